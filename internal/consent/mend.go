package consent

import (
	"context"
	"fmt"
	"unicode/utf8"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// ErrMended is returned when somebody else mended the same turn meanwhile.
var ErrMended = fault.New(fault.Conflict, "web.newer")

// Mend corrects the typing of one turn. It is for the keeper of the contribution: the record is put
// right, the words stay the speaker's, her terms stay as they are, and she sees what was changed. Places
// in the turn move with the words; what cannot be moved covers the whole turn until somebody looks, so
// that nothing is ever open that was shut. was is the turn as its keeper read it, empty for whatever it says:
// where it says something else by now nothing is changed and ErrMended is returned. It must be called outside
// of a transaction.
func (g *Gate) Mend(ctx context.Context, keeper person.Viewer, contribution, turn ID, was, text string) error {
	var key string
	var sealed []byte
	p := keeper.Partnership
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		ruling, err := g.RuleIn(ctx, tx, keeper, Use{Purpose: Keeping, Form: Words}, contribution)
		if err != nil {
			return err
		}
		if !ruling.Turn(turn) {
			return errClosed
		}
		_, err = store.Get(ctx, tx, func(r store.Row) (ID, error) { return turn, r.Scan(&key, &sealed) },
			`SELECT key_id, words FROM consent_turn WHERE partnership_id = $1 AND id = $2`, p, turn)
		return err
	})
	if err != nil {
		return err
	}
	keys, err := g.keys.Keys(ctx, []string{key})
	if err != nil {
		return fmt.Errorf("reading keys: %w", err)
	}
	k, ok := keys[key]
	if !ok {
		return errClosed
	}
	place := placeOf(p, "consent_turn", "words", turn, key)
	before, err := unseal.Open(k, place, sealed)
	if err != nil {
		return fmt.Errorf("turn %s: %w", turn, err)
	}
	if was != "" && was != before.Reveal() {
		return ErrMended
	}
	m := mending{p: p, contribution: contribution, turn: turn, key: key, old: sealed, length: utf8.RuneCountInString(text),
		by: keeper.ID, moved: Moved(before.Reveal(), text), covering: covering(before.Reveal(), text), words: vault.Seal(k, place, []byte(text)), id: store.NewID()}
	m.before = vault.Seal(k, placeOf(p, "consent_correction", "before", ID(m.id), key), []byte(before.Reveal()))
	return g.db.Write(ctx, func(tx *store.Tx) error { return g.mend(ctx, tx, m) })
}

// A Moving is a mended turn, as rooms are told of it that keep places in it.
type Moving struct {
	Turn       ID
	Correction ID // names what the turn said before; see Before
	// To returns where a place of the old text stands in the new one. Where nobody can tell it is the whole
	// new text, and false.
	To func(Span) (Span, bool)
}

// mending is a mended turn, sealed and ready to be written.
type mending struct {
	p                  person.Partnership
	contribution, turn ID
	id, key            string
	old, words, before []byte
	length             int
	by                 person.ID
	moved              func(Span) (Span, bool)
	covering           func(Span) Span
}

func (g *Gate) mend(ctx context.Context, tx *store.Tx, m mending) error {
	n, err := tx.Exec(ctx, `UPDATE consent_turn SET words = $3, length = $4 WHERE partnership_id = $1 AND id = $2 AND words = $5`,
		m.p, m.turn, m.words, m.length, m.old)
	if err := store.Changed(n, err, ErrMended); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO consent_correction (partnership_id, contribution_id, turn_id, id, made, made_by, key_id, before)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, m.p, m.contribution, m.turn, m.id, store.Micros(g.now()), m.by, m.key, m.before)
	if err != nil {
		return err
	}
	if err := m.moveMentions(ctx, tx); err != nil {
		return err
	}
	if err := m.moveLineage(ctx, tx); err != nil {
		return err
	}
	for _, do := range g.mended {
		if err := do(ctx, tx, m.p, Moving{m.turn, ID(m.id), m.moved}); err != nil {
			return err
		}
	}
	return g.events.Publish(ctx, tx, m.p, TopicTerms, string(m.contribution))
}

func (m mending) moveMentions(ctx context.Context, tx *store.Tx) error {
	list, err := store.List(ctx, tx, func(r store.Row) (Mention, error) {
		var x Mention
		err := r.Scan(&x.ID, &x.Start, &x.End)
		return x, err
	}, `SELECT id, start_at, end_at FROM consent_mention WHERE partnership_id = $1 AND contribution_id = $2 AND turn_id = $3 ORDER BY id`,
		m.p, m.contribution, m.turn)
	if err != nil {
		return err
	}
	for _, x := range list {
		to := m.covering(x.Span)
		_, err := tx.Exec(ctx, `UPDATE consent_mention SET start_at = $4, end_at = $5
			WHERE partnership_id = $1 AND contribution_id = $2 AND id = $3`, m.p, m.contribution, x.ID, to.Start, to.End)
		if err != nil {
			return err
		}
	}
	return nil
}

// moveLineage moves the passages that something rests on.
func (m mending) moveLineage(ctx context.Context, tx *store.Tx) error {
	type line struct{ from, to Ref }
	list, err := store.List(ctx, tx, func(r store.Row) (line, error) {
		var l line
		err := r.Scan(&l.from.Kind, &l.from.ID, &l.to.ID)
		l.to.Kind = spanKind
		return l, err
	}, `SELECT from_kind, from_id, to_id FROM consent_rests_on
		WHERE partnership_id = $1 AND to_kind = $2 AND to_id >= $3 AND to_id < $4 ORDER BY from_kind, from_id, to_id`,
		m.p, spanKind, string(m.turn)+":", string(m.turn)+";")
	if err != nil {
		return err
	}
	for _, l := range list {
		_, s, ok := l.to.Passage()
		if !ok {
			continue
		}
		place, _ := m.moved(s) // the whole turn when nobody can tell
		to := SpanRef(m.turn, place)
		if to == l.to {
			continue
		}
		_, err := tx.Exec(ctx, `DELETE FROM consent_rests_on WHERE partnership_id = $1 AND from_kind = $2 AND from_id = $3 AND to_kind = $4 AND to_id = $5`,
			m.p, l.from.Kind, l.from.ID, spanKind, l.to.ID)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO consent_rests_on (partnership_id, from_kind, from_id, to_kind, to_id)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, m.p, l.from.Kind, l.from.ID, spanKind, to.ID)
		if err != nil {
			return err
		}
	}
	return nil
}
