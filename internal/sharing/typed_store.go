package sharing

import (
	"context"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A typedRow is what a typist has of a recording so far, sealed for her and for whose voice it is.
type typedRow struct {
	contribution, recording, turn consent.ID
	id                            string
	typist                        person.ID
	key                           string
	sealed                        []byte
	sent                          bool // given to the owner to check
}

// paper is the row for the gate. owner is whose voice it is.
func (d typedRow) paper(owner person.ID) consent.Paper {
	return consent.Paper{Table: "sharing_typed", Column: "words", Row: d.id, Key: d.key, Sealed: d.sealed, Writer: d.typist,
		Readers: []consent.Audience{{Kind: consent.ToPerson, ID: string(owner)}}}
}

// listTyped lists what was typed up of a partnership's recordings and waits for a yes.
func listTyped(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]typedRow, error) {
	return store.List(ctx, tx, func(r store.Row) (typedRow, error) {
		var d typedRow
		var sent int64
		err := r.Scan(&d.contribution, &d.recording, &d.turn, &d.id, &d.typist, &d.key, &d.sealed, &sent)
		d.sent = sent > 0
		return d, err
	}, `SELECT contribution_id, recording_id, turn_id, id, person_id, key_id, words, sent FROM sharing_typed
		WHERE partnership_id = $1 AND `+where+` ORDER BY contribution_id, recording_id`, append([]any{p}, args...)...)
}

// typedOf returns what is typed up of a recording and not said yes or no to. It is empty when nothing is.
func typedOf(ctx context.Context, tx *store.Tx, p person.Partnership, contribution, recording consent.ID) (typedRow, error) {
	list, err := listTyped(ctx, tx, p, `contribution_id = $2 AND recording_id = $3`, contribution, recording)
	if err != nil || len(list) == 0 {
		return typedRow{contribution: contribution, recording: recording}, err
	}
	return list[0], nil
}

// putTyped puts what a typist has by now in the place of what stood there. Its key goes with the next change of
// epoch. When something else stands there by now, it returns errDraftNewer.
func (r *Room) putTyped(ctx context.Context, tx *store.Tx, p person.Partnership, was, d typedRow) error {
	now, err := typedOf(ctx, tx, p, d.contribution, d.recording)
	if err != nil {
		return err
	}
	if now.id != was.id {
		return errDraftNewer
	}
	if err := r.dropTyped(ctx, tx, p, now); err != nil {
		return err
	}
	sent := int64(0)
	if d.sent {
		sent = store.Micros(r.now())
	}
	_, err = tx.Exec(ctx, `INSERT INTO sharing_typed (partnership_id, contribution_id, recording_id, turn_id, id, person_id, key_id, words, changed, sent)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, p, d.contribution, d.recording, d.turn, d.id, d.typist, d.key, d.sealed, store.Micros(r.now()), sent)
	return err
}

// dropTyped ends what was typed up. There may be none.
func (r *Room) dropTyped(ctx context.Context, tx *store.Tx, p person.Partnership, d typedRow) error {
	if d.id == "" {
		return nil
	}
	n, err := tx.Exec(ctx, `DELETE FROM sharing_typed WHERE partnership_id = $1 AND contribution_id = $2 AND recording_id = $3 AND id = $4`,
		p, d.contribution, d.recording, d.id)
	if err := store.Changed(n, err, errDraftNewer); err != nil {
		return err
	}
	return r.gate.Doom(ctx, tx, p, d.key)
}

// dropAll ends everything that was typed up and that a condition holds of.
func (r *Room) dropAll(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	list, err := listTyped(ctx, tx, p, where, args...)
	for _, d := range list {
		if err == nil {
			err = r.dropTyped(ctx, tx, p, d)
		}
	}
	return err
}

// typedDestroyed ends what was typed up of parts that are erased: their turns and recordings are gone.
func (r *Room) typedDestroyed(ctx context.Context, tx *store.Tx, p person.Partnership, gone []consent.ID) error {
	for _, id := range gone {
		if err := r.dropAll(ctx, tx, p, `(turn_id = $2 OR recording_id = $2)`, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM sharing_typed_turn WHERE partnership_id = $1 AND turn_id = $2`, p, id); err != nil {
			return err
		}
	}
	return nil
}

// typedSevered ends what was typed up of a part that is nobody's by now, and that its words came from a voice.
func (r *Room) typedSevered(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	if err := r.dropAll(ctx, tx, v.Partnership, `contribution_id = $2`, part.Contribution); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM sharing_typed_turn WHERE partnership_id = $1 AND contribution_id = $2`, v.Partnership, part.Contribution)
	return err
}

// typedTurns lists the turns of a contribution that were typed up from a voice.
func typedTurns(ctx context.Context, tx *store.Tx, p person.Partnership, contribution consent.ID) ([]consent.ID, error) {
	return store.List(ctx, tx, store.One[consent.ID], `SELECT turn_id FROM sharing_typed_turn WHERE partnership_id = $1 AND contribution_id = $2 ORDER BY turn_id`,
		p, contribution)
}

// putTypedTurns notes which turns of a contribution were typed up from a voice.
func putTypedTurns(ctx context.Context, tx *store.Tx, p person.Partnership, contribution consent.ID, turns []consent.ID) error {
	for _, id := range turns {
		_, err := tx.Exec(ctx, `INSERT INTO sharing_typed_turn (partnership_id, contribution_id, turn_id) VALUES ($1, $2, $3)`, p, contribution, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// openTyped opens what is typed up, for its typist or its owner.
func (r *Room) openTyped(ctx context.Context, v person.Viewer, d typedRow, owner person.ID) (string, error) {
	if d.id == "" {
		return "", nil
	}
	opened, err := r.gate.Papers(ctx, v, consent.Use{}, []consent.Paper{d.paper(owner)})
	if err != nil {
		return "", err
	}
	if !opened[0].Open {
		return "", fault.Missing
	}
	return opened[0].Words.Reveal(), nil
}
