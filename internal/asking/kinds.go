package asking

import (
	"context"
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Kind is a kind of thing one can choose to be asked about.
type Kind struct {
	ID, Name string
	Off      bool // taken off: nobody can choose it any more, or be asked about it
}

// kinds returns every kind there is or was: those the group was given to start with, then its own.
func kinds(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Kind, error) {
	list := slices.Clone(firstKinds())
	err := tx.Each(ctx, func(row store.Row) error {
		var k Kind
		var off int64
		err := row.Scan(&k.ID, &k.Name, &off)
		k.Off = off > 0
		if i := slices.IndexFunc(list, func(known Kind) bool { return known.ID == k.ID }); i >= 0 {
			list[i].Off = k.Off
		} else {
			list = append(list, k)
		}
		return err
	}, `SELECT id, name, off FROM asking_kind WHERE partnership_id = $1 ORDER BY name, id`, p)
	return list, err
}

// open returns the kinds that can be chosen today.
func openKinds(all []Kind) []Kind {
	return slices.DeleteFunc(slices.Clone(all), func(k Kind) bool { return k.Off })
}

// AddKind adds a kind of the group's own.
func (r *Room) AddKind(ctx context.Context, tx *store.Tx, p person.Partnership, name string) error {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		return ErrNoName
	}
	_, err := tx.Exec(ctx, `INSERT INTO asking_kind (partnership_id, id, name, off) VALUES ($1, $2, $3, 0)`, p, store.RandomID(), name)
	return err
}

// SetKindOff takes a kind off, or puts it back.
func (r *Room) SetKindOff(ctx context.Context, tx *store.Tx, p person.Partnership, id string, off bool) error {
	all, err := kinds(ctx, tx, p)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(k Kind) bool { return k.ID == id }) {
		return fault.Missing
	}
	at := int64(0)
	if off {
		at = store.Micros(r.Now())
	}
	_, err = tx.Exec(ctx, `INSERT INTO asking_kind (partnership_id, id, name, off) VALUES ($1, $2, '', $3)
		ON CONFLICT (partnership_id, id) DO UPDATE SET off = $3`, p, id, at)
	return err
}

const everyRule = `SELECT n, days, fine, made, by_id, second_id FROM asking_rule WHERE partnership_id = $1`

func scanRule(row store.Row) (Rule, error) {
	var r Rule
	var made int64
	err := row.Scan(&r.N, &r.Days, &r.Fine, &made, &r.By, &r.Second)
	r.Made = store.Time(made)
	return r, err
}

// rules returns the rule that holds, and the one that waits for a second woman's yes.
func rules(ctx context.Context, tx *store.Tx, p person.Partnership) (holds Rule, waits *Rule, err error) {
	all, err := store.List(ctx, tx, scanRule, everyRule+` ORDER BY n`, p)
	if err != nil {
		return Rule{}, nil, err
	}
	holds, waits = InForce(all)
	return holds, waits, nil
}

// SetRule writes a new rule, by one of the women. A milder one holds once another of them says yes.
func (r *Room) SetRule(ctx context.Context, tx *store.Tx, v person.Viewer, rule Rule) error {
	if err := rule.Check(); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO asking_rule (partnership_id, n, days, fine, made, by_id, second_id)
		SELECT $1, COALESCE(MAX(n), 0) + 1, $2, $3, $4, $5, '' FROM asking_rule WHERE partnership_id = $1`,
		v.Partnership, rule.Days, rule.Fine, store.Micros(r.Now()), v.ID)
	return err
}

// Second says yes to the rule that waits, by another of the women than the one who wrote it.
func (r *Room) Second(ctx context.Context, tx *store.Tx, v person.Viewer, n int64) error {
	_, waits, err := rules(ctx, tx, v.Partnership)
	if err != nil {
		return err
	}
	if waits == nil || waits.N != n || waits.By == v.ID {
		return fault.Missing
	}
	_, err = tx.Exec(ctx, `UPDATE asking_rule SET second_id = $3 WHERE partnership_id = $1 AND n = $2`, v.Partnership, n, v.ID)
	return err
}
