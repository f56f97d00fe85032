package decision

import (
	"context"
	"encoding/json"

	"footing/internal/consent"
	"footing/internal/person"
)

// column is what the column with somebody's words is called in most tables of this room.
const column = "words"

// everybody is whom a decision is shown to once it is put forward.
var everybody = []consent.Audience{{Kind: consent.ToPartnership}}

// seal seals a value under a key of its own, for a row of a table. It must be called outside of a writing
// transaction.
func (r *Room) seal(ctx context.Context, p person.Partnership, table, column, row string, value any) (key string, sealed []byte, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", nil, err
	}
	return r.Gate.SealPaper(ctx, p, table, column, row, string(text))
}

// reseal seals a new value over an old one, under the key it has, or seals it anew where there is none.
func (r *Room) reseal(ctx context.Context, p person.Partnership, table, column, row, key string, value any) (string, []byte, error) {
	if key == "" {
		return r.seal(ctx, p, table, column, row, value)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return "", nil, err
	}
	sealed, err := r.Gate.ResealPaper(ctx, p, table, column, row, key, string(text))
	return key, sealed, err
}

// opened is a paper as somebody may read it; OK is false where she may not, or nothing is left.
type opened[T any] struct {
	Value T
	OK    bool
}

// open opens papers for a viewer, in their order.
func open[T any](ctx context.Context, r *Room, v person.Viewer, papers []consent.Paper) ([]opened[T], error) {
	list := make([]opened[T], len(papers))
	shown, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	if err != nil {
		return nil, err
	}
	for i, o := range shown {
		if !o.Open {
			continue
		}
		if err := json.Unmarshal([]byte(o.Words.Reveal()), &list[i].Value); err != nil {
			return nil, err
		}
		list[i].OK = true
	}
	return list, nil
}

// openOne opens one paper, and returns the zero value where she may not read it.
func openOne[T any](ctx context.Context, r *Room, v person.Viewer, paper consent.Paper) (T, error) {
	list, err := open[T](ctx, r, v, []consent.Paper{paper})
	if err != nil {
		var zero T
		return zero, err
	}
	return list[0].Value, nil
}
