package observe

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
)

const (
	requests = `SELECT meeting_id, by_id, watcher_id, study_id, made, stage, key_id, words FROM observe_request WHERE partnership_id = $1`
	answers  = `SELECT id, meeting_id, person_id, key_id, words FROM observe_answer WHERE partnership_id = $1`
)

// requestsWhere lists the requests of which a condition holds.
func requestsWhere(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]Request, error) {
	return store.List(ctx, tx, func(r store.Row) (Request, error) {
		var one Request
		var made int64
		err := r.Scan(&one.Meeting, &one.By, &one.Watcher, &one.Study, &made, &one.Stage, &one.key, &one.words)
		one.Made = store.Time(made)
		return one, err
	}, requests+where+` ORDER BY made, meeting_id`, append([]any{p}, args...)...)
}

// answersWhere lists the answers of which a condition holds.
func answersWhere(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]Answer, error) {
	return store.List(ctx, tx, func(r store.Row) (Answer, error) {
		var a Answer
		err := r.Scan(&a.ID, &a.Meeting, &a.Person, &a.key, &a.words)
		return a, err
	}, answers+where+` ORDER BY id`, append([]any{p}, args...)...)
}

// insertRequest keeps the one request that there is for a meeting.
func insertRequest(ctx context.Context, tx *store.Tx, p person.Partnership, one Request) error {
	n, err := tx.Exec(ctx, `INSERT INTO observe_request (partnership_id, meeting_id, by_id, watcher_id, study_id, made, stage, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
		p, one.Meeting, one.By, one.Watcher, one.Study, store.Micros(one.Made), one.Stage, one.key, one.words)
	return store.Changed(n, err, ErrAsked)
}

// setStage moves a request on, if it still is where it was.
func setStage(ctx context.Context, tx *store.Tx, p person.Partnership, one Request, to Stage) error {
	n, err := tx.Exec(ctx, `UPDATE observe_request SET stage = $4 WHERE partnership_id = $1 AND meeting_id = $2 AND stage = $3`, p, one.Meeting, one.Stage, to)
	return store.Changed(n, err, ErrNewer)
}

// stays reports ErrNewer when a request is not at the stage at which it was read, and keeps others from moving it on
// before this transaction is done.
func stays(ctx context.Context, tx *store.Tx, p person.Partnership, one Request) error {
	return setStage(ctx, tx, p, one, one.Stage)
}

// putAnswer keeps an answer: a first one as a row of its own, any other in the place of what she said before.
func putAnswer(ctx context.Context, tx *store.Tx, p person.Partnership, a Answer, first bool) error {
	if first {
		n, err := tx.Exec(ctx, `INSERT INTO observe_answer (partnership_id, id, meeting_id, person_id, key_id, words) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
			p, a.ID, a.Meeting, a.Person, a.key, a.words)
		return store.Changed(n, err, ErrNewer)
	}
	n, err := tx.Exec(ctx, `UPDATE observe_answer SET words = $3 WHERE partnership_id = $1 AND id = $2`, p, a.ID, a.words)
	return store.Changed(n, err, ErrNewer)
}

// dropAnswers erases answers of which a condition holds, with their keys.
func (r *Room) dropAnswers(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) error {
	list, err := answersWhere(ctx, tx, p, where, args...)
	if err != nil || len(list) == 0 {
		return err
	}
	keys := make([]string, len(list))
	for i, a := range list {
		keys[i] = a.key
	}
	if _, err := tx.Exec(ctx, `DELETE FROM observe_answer WHERE partnership_id = $1`+where, append([]any{p}, args...)...); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}
