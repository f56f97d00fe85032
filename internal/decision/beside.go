package decision

import (
	"context"
	"errors"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Gain keeps what the viewer, or her work, gains by a decision that is not over. It stands beside her name, for
// everybody. Nothing written takes it off.
func (r *Room) Gain(ctx context.Context, v person.Viewer, id, words string) error {
	words = strings.TrimSpace(words)
	var key string
	var sealed []byte
	if words != "" {
		var err error
		if key, sealed, err = r.Gate.SealValue(ctx, v.Partnership, "decision_interest", column, id+"/"+string(v.ID), words); err != nil {
			return err
		}
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err == nil && d.Course.Over() {
			err = ErrSettled
		}
		if err != nil {
			return err
		}
		old, err := dropInterest(ctx, tx, v.Partnership, id, v.ID)
		if err != nil {
			return err
		}
		if words != "" {
			_, err = tx.Exec(ctx, `INSERT INTO decision_interest (partnership_id, decision_id, person_id, key_id, words) VALUES ($1, $2, $3, $4, $5)`,
				v.Partnership, id, v.ID, key, sealed)
		}
		return errors.Join(err, r.Gate.Doom(ctx, tx, v.Partnership, old...))
	})
}

func dropInterest(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, who person.ID) ([]string, error) {
	return store.List(ctx, tx, store.One[string], `DELETE FROM decision_interest WHERE partnership_id = $1 AND decision_id = $2 AND person_id = $3
		RETURNING key_id`, p, decision, who)
}

// interest is what somebody gains by a decision.
type interest struct {
	Person person.ID
	key    string
	words  []byte
}

func (i interest) paper(decision string) consent.Paper {
	return consent.Paper{Table: "decision_interest", Column: column, Row: decision + "/" + string(i.Person), Key: i.key, Sealed: i.words, Writer: i.Person, Readers: everybody}
}

func listInterests(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) ([]interest, error) {
	return store.List(ctx, tx, func(row store.Row) (interest, error) {
		var i interest
		err := row.Scan(&i.Person, &i.key, &i.words)
		return i, err
	}, `SELECT person_id, key_id, words FROM decision_interest WHERE partnership_id = $1 AND decision_id = $2 ORDER BY person_id`, p, decision)
}

// See keeps on which step of the ladder the viewer sees a decision. 0 is none, and takes hers off.
func (r *Room) See(ctx context.Context, v person.Viewer, id string, rung Rung) error {
	if rung < 0 || rung > Rungs {
		return ErrAnswer
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err == nil && d.Course.Stage == Draft {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		return putSeen(ctx, tx, v.Partnership, id, v.ID, rung)
	})
}

// putSeen keeps on which step somebody sees a decision, in the place of what she said before.
func putSeen(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, who person.ID, rung Rung) error {
	_, err := tx.Exec(ctx, `DELETE FROM decision_rung WHERE partnership_id = $1 AND decision_id = $2 AND person_id = $3`, p, decision, who)
	if err != nil || rung == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO decision_rung (partnership_id, decision_id, person_id, rung) VALUES ($1, $2, $3, $4)`, p, decision, who, int(rung))
	return err
}

// putWriters keeps the writer's own step beside those of the others, so that hers is counted as theirs are. Where she
// has said since that she sees it on another one, that stays.
func putWriters(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision, rung Rung) error {
	_, err := tx.Exec(ctx, `INSERT INTO decision_rung (partnership_id, decision_id, person_id, rung) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, p, d.ID, d.Writer, int(rung))
	return err
}

// seen is where somebody sees a decision on the ladder.
type seen struct {
	Person person.ID
	Rung   Rung
}

func listSeen(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) ([]seen, error) {
	return store.List(ctx, tx, func(row store.Row) (seen, error) {
		var s seen
		err := row.Scan(&s.Person, &s.Rung)
		return s, err
	}, `SELECT person_id, rung FROM decision_rung WHERE partnership_id = $1 AND decision_id = $2 ORDER BY rung, person_id`, p, decision)
}
