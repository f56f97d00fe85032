package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// loadSealed reads the newest versions of contributions as they are stored, in the order asked for.
func loadSealed(ctx context.Context, tx *store.Tx, p person.Partnership, ids []ID, f facts) ([]sealedContribution, error) {
	in, args := only("id", p, ids)
	found := map[ID]*sealedContribution{}
	err := tx.Each(ctx, func(r store.Row) error {
		c := &sealedContribution{}
		var made int64
		err := r.Scan(&c.ID, &c.Kind, &c.Keeper, &made, &c.Version, &c.key, &c.title, &c.note)
		c.Made = store.Time(made)
		found[c.ID] = c
		return err
	}, `SELECT x.id, x.kind, x.keeper_id, x.made, x.version, x.key_id, x.title, x.note FROM consent_contribution x WHERE `+in, args...)
	if err != nil {
		return nil, err
	}
	in, args = only("contribution_id", p, ids)
	if err := loadSealedSpeakers(ctx, tx, in, args, found, f); err != nil {
		return nil, err
	}
	if err := loadSealedTurns(ctx, tx, in, args, found); err != nil {
		return nil, err
	}
	list := make([]sealedContribution, 0, len(ids))
	for _, id := range ids {
		if c := found[id]; c != nil {
			list = append(list, *c)
		}
	}
	return list, nil
}

func loadSealedSpeakers(ctx context.Context, tx *store.Tx, in string, args []any, found map[ID]*sealedContribution, f facts) error {
	return tx.Each(ctx, func(r store.Row) error {
		var s Speaker
		var contribution ID
		var label []byte
		if err := r.Scan(&contribution, &s.ID, &s.Role, &s.Person, &label); err != nil {
			return err
		}
		s.Terms = f.speakers[s.ID].terms
		c := found[contribution]
		c.Speakers = append(c.Speakers, s)
		c.labels = append(c.labels, label)
		return nil
	}, `SELECT x.contribution_id, x.id, x.role, x.person_id, x.label FROM consent_speaker x
		WHERE `+in+` ORDER BY x.contribution_id, x.position`, args...)
}

func loadSealedTurns(ctx context.Context, tx *store.Tx, in string, args []any, found map[ID]*sealedContribution) error {
	return tx.Each(ctx, func(r store.Row) error {
		var t Turn
		var contribution ID
		var key string
		var at int64
		var words []byte
		if err := r.Scan(&contribution, &t.ID, &t.Speaker, &t.Seq, &key, &at, &t.Length, &words); err != nil {
			return err
		}
		t.At = time.Duration(at) * time.Millisecond
		c := found[contribution]
		c.Turns = append(c.Turns, t)
		c.words = append(c.words, words)
		c.keys = append(c.keys, key)
		return nil
	}, `SELECT x.contribution_id, x.id, x.speaker_id, x.seq, x.key_id, x.at_ms, x.length, x.words FROM consent_turn x
		JOIN consent_contribution c ON c.partnership_id = x.partnership_id AND c.id = x.contribution_id AND c.version = x.version
		WHERE `+in+` ORDER BY x.contribution_id, x.seq`, args...)
}
