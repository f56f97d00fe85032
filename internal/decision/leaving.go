package decision

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

// forget ends what somebody had here when she leaves. What she said goes on counting, without her and without
// her words: nobody who leaves, or is made to, takes a stop along. What she wrote and nobody else saw goes;
// what waited for her hand alone is taken back.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM decision_said WHERE partnership_id = $1 AND person_id = $2 AND key_id <> ''
		UNION ALL SELECT key_id FROM decision_interest WHERE partnership_id = $1 AND person_id = $2
		UNION ALL SELECT key_id FROM decision_doubt WHERE partnership_id = $1 AND person_id = $2
		UNION ALL SELECT key_id FROM decision_told WHERE partnership_id = $1 AND kind = 'reply' AND about_id IN (`+hersDoubted+`)`, p, who)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`UPDATE decision_said SET person_id = '', signed = 0, key_id = '', words = NULL WHERE partnership_id = $1 AND person_id = $2`,
		`UPDATE decision_said SET by_id = '' WHERE partnership_id = $1 AND by_id = $2`,
		`UPDATE decision_counter SET agreed = 0 WHERE partnership_id = $1 AND person_id = $2 AND decision_id NOT IN (` + countedSlips + `)`,
		`UPDATE decision_counter SET person_id = '' WHERE partnership_id = $1 AND person_id = $2`,
		`UPDATE decision_roll SET person_id = id WHERE partnership_id = $1 AND person_id = $2`,
		`DELETE FROM decision_interest WHERE partnership_id = $1 AND person_id = $2`,
		`DELETE FROM decision_told WHERE partnership_id = $1 AND kind = 'reply' AND about_id IN (` + hersDoubted + `)`,
		`DELETE FROM decision_doubt WHERE partnership_id = $1 AND person_id = $2`,
		`DELETE FROM decision_rung WHERE partnership_id = $1 AND person_id = $2`,
	} {
		if _, err := tx.Exec(ctx, statement, p, who); err != nil {
			return err
		}
	}
	if err := r.Gate.Doom(ctx, tx, p, keys...); err != nil {
		return err
	}
	if err := r.unsaved().DropAll(ctx, tx, p, who); err != nil {
		return err
	}
	return r.orphan(ctx, tx, p, who)
}

// hersDoubted are the doubts of somebody. What the writer answered to them repeats them and goes along.
const hersDoubted = `SELECT id FROM decision_doubt WHERE partnership_id = $1 AND person_id = $2`

// countedSlips are the decisions whose slips are in the box. Of any others what she agreed to ends with her: whoever
// counts after her agrees by herself.
const countedSlips = `SELECT decision_id FROM decision_counter WHERE partnership_id = $1 AND agreed = 1 GROUP BY decision_id HAVING count(*) = 2`

// orphan ends or hands to the group what somebody who leaves had written.
func (r *Room) orphan(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	wrote, err := store.List(ctx, tx, scanDecision, decisions+` AND d.writer_id = $2 ORDER BY d.id`, p, who)
	if err != nil {
		return err
	}
	for _, d := range wrote {
		if d.Course.Stage == Draft {
			key, err := deleteDecision(ctx, tx, p, d)
			if err != nil {
				return err
			}
			if err := r.Gate.Doom(ctx, tx, p, key); err != nil {
				return err
			}
			continue
		}
		if d.Course.Stage == Put || (d.Course.Open() && d.Frame.Method == Advice) {
			if d.Course, err = d.Course.TakeBack(r.Now()); err != nil {
				return err
			}
			if err := r.finish(ctx, tx, p, d); err != nil {
				return err
			}
		}
	}
	_, err = tx.Exec(ctx, `UPDATE decision_decision SET writer_id = '' WHERE partnership_id = $1 AND writer_id = $2`, p, who)
	return err
}
