package decision

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// place is somebody's place on the roll of one decision.
type place struct {
	ID     string
	Person person.ID // her place's own id once she has left
	House  person.House
	Done   bool // her ballot is in
	Slip   bool // she answers on a folded slip
}

func scanPlace(row store.Row) (place, error) {
	var p place
	var done, slip int64
	err := row.Scan(&p.ID, &p.Person, &p.House, &done, &slip)
	p.Done, p.Slip = done == 1, slip == 1
	return p, err
}

const (
	places       = `SELECT id, person_id, house, done, slip FROM decision_roll WHERE partnership_id = $1 AND decision_id = $2`
	insertPlaces = `INSERT INTO decision_roll (partnership_id, decision_id, id, person_id, house, done) VALUES `
)

// onRoll returns somebody's place on the roll, and false when she has none.
func onRoll(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, who person.ID) (place, bool, error) {
	at, err := store.Get(ctx, tx, scanPlace, places+` AND person_id = $3`, p, decision, who)
	if errors.Is(err, fault.Missing) {
		return place{}, false, nil
	}
	return at, err == nil, err
}

// writeRoll takes down who can answer, in the order of ids that say nothing, and returns how many of each house.
func writeRoll(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, roll []circle.Voice) (map[person.House]int, error) {
	of := map[person.House]int{}
	for part := range slices.Chunk(roll, together) {
		rows := rowsOf(part, func(v circle.Voice) []any {
			of[v.House]++
			return []any{p, decision, store.RandomID(), v.Person, v.House, 0}
		})
		if err := insertMany(ctx, tx, insertPlaces, rows); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// together is how many rows are written in one statement.
const together = 500

// rowsOf makes the values of rows.
func rowsOf[T any](list []T, row func(T) []any) [][]any {
	rows := make([][]any, len(list))
	for i, one := range list {
		rows[i] = row(one)
	}
	return rows
}

// insertMany writes rows of one length in one statement.
func insertMany(ctx context.Context, tx *store.Tx, insert string, rows [][]any) error {
	var values []string
	var args []any
	for _, row := range rows {
		marks := make([]string, len(row))
		for i, value := range row {
			args = append(args, value)
			marks[i] = fmt.Sprintf("$%d", len(args))
		}
		values = append(values, "("+strings.Join(marks, ", ")+")")
	}
	_, err := tx.Exec(ctx, insert+strings.Join(values, ", "), args...)
	return err
}
