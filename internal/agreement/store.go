package agreement

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const versions = `SELECT version, body, rules, under, written, writer_id, agreed FROM agreement_version`

func scanVersion(r store.Row) (Version, error) {
	var v Version
	var written, agreed int64
	if err := r.Scan(&v.N, &v.Text, &v.rules, &v.Under, &written, &v.Writer, &agreed); err != nil {
		return v, err
	}
	v.Written, v.Agreed, v.Bare = store.Time(written), store.Time(agreed), v.rules == ""
	if v.Bare {
		return v, nil
	}
	return v, json.Unmarshal([]byte(v.rules), &v.Rules)
}

func listVersions(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Version, error) {
	return store.List(ctx, tx, scanVersion, versions+` WHERE partnership_id = $1 ORDER BY version DESC`, p)
}

// newest returns the newest version, the zero Version when there is none.
func newest(ctx context.Context, tx *store.Tx, p person.Partnership) (Version, error) {
	v, err := store.Get(ctx, tx, scanVersion, versions+` WHERE partnership_id = $1 ORDER BY version DESC LIMIT 1`, p)
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return v, err
}

func insertVersion(ctx context.Context, tx *store.Tx, p person.Partnership, v Version) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement_version (partnership_id, version, body, rules, under, written, writer_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p, v.N, v.Text, v.rules, v.Under, store.Micros(v.Written), v.Writer)
	return err
}

// setAgreed keeps since when a version counts.
func setAgreed(ctx context.Context, tx *store.Tx, p person.Partnership, n int64, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE agreement_version SET agreed = $3 WHERE partnership_id = $1 AND version = $2`, p, n, store.Micros(at))
	return err
}

func answersTo(ctx context.Context, tx *store.Tx, p person.Partnership, version int64) (map[person.ID]Answer, error) {
	answers := map[person.ID]Answer{}
	err := tx.Each(ctx, func(r store.Row) error {
		var who person.ID
		var a Answer
		err := r.Scan(&who, &a)
		answers[who] = a
		return err
	}, `SELECT person_id, answer FROM agreement_answer WHERE partnership_id = $1 AND version = $2`, p, version)
	return answers, err
}

func setAnswer(ctx context.Context, tx *store.Tx, p person.Partnership, version int64, who person.ID, a Answer, at int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement_answer (partnership_id, version, person_id, answer, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (partnership_id, version, person_id) DO UPDATE SET answer = $4, at = $5`, p, version, who, a, at)
	return err
}

// draft is what somebody has written so far, sealed.
type draft struct {
	key    string
	sealed []byte
	rules  []byte    // what she would change in the rules, sealed under the same key; empty for nothing
	over   int64     // the version it was begun on
	thrown time.Time // when she threw it away; zero while she did not
}

// getDraft returns somebody's draft, be it thrown away, and one without a key when she has none.
func getDraft(ctx context.Context, tx *store.Tx, v person.Viewer) (draft, error) {
	d, err := store.Get(ctx, tx, func(r store.Row) (draft, error) {
		var d draft
		var thrown int64
		err := r.Scan(&d.key, &d.sealed, &d.rules, &d.over, &thrown)
		d.thrown = store.Time(thrown)
		return d, err
	}, `SELECT key_id, body, rules, over, thrown FROM agreement_draft WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return d, err
}

// saveDraft keeps what she writes, in place of what she may have thrown away before.
func saveDraft(ctx context.Context, tx *store.Tx, v person.Viewer, d draft) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement_draft (partnership_id, person_id, key_id, body, rules, over) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (partnership_id, person_id) DO UPDATE SET key_id = $3, body = $4, rules = $5, over = $6, thrown = 0`,
		v.Partnership, v.ID, d.key, d.sealed, d.rules, d.over)
	return err
}

func deleteDraft(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM agreement_draft WHERE partnership_id = $1 AND person_id = $2`, p, who)
	return err
}
