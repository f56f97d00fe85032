package consent

import (
	"context"
	"encoding/json"
	"fmt"

	"footing/internal/person"
)

// A value is what most papers hold: the text of a draft, a line, an answer, as one value of the room's, which is
// sealed in JSON. How long it is the room decides, by what it fills the value up with: sealing hides what a text
// says, and not its length.

// SealValue is SealPaper for a value.
func (g *Gate) SealValue(ctx context.Context, p person.Partnership, table, column, row string, value any) (key string, sealed []byte, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", nil, fmt.Errorf("sealing a value in %s: %w", table, err)
	}
	return g.SealPaper(ctx, p, table, column, row, string(text))
}

// ResealValue is ResealPaper for a value.
func (g *Gate) ResealValue(ctx context.Context, p person.Partnership, table, column, row, key string, value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("sealing a value in %s: %w", table, err)
	}
	return g.ResealPaper(ctx, p, table, column, row, key, string(text))
}

// OpenValues is Papers for papers that rest on nothing and hold values. For each that is open, in their order, it
// asks into for where its value goes, and reads it there before it asks for the next. Those that are shut, or have no
// key any more, it is not asked about.
func (g *Gate) OpenValues(ctx context.Context, v person.Viewer, papers []Paper, into func(i int) any) error {
	opened, err := g.Papers(ctx, v, Use{}, papers)
	if err != nil {
		return err
	}
	for i, o := range opened {
		if o.Open && json.Unmarshal([]byte(o.Words.Reveal()), into(i)) != nil { // what is wrong with it would quote it
			return fmt.Errorf("paper in %s: its parts cannot be told apart", papers[i].Table)
		}
	}
	return nil
}

// An Opened is a value as somebody may read it; OK is false where she may not, or nothing is left.
type Opened[T any] struct {
	Value T
	OK    bool
}

// Values opens papers that hold values of one type, as OpenValues does, in their order.
func Values[T any](ctx context.Context, g *Gate, v person.Viewer, papers []Paper) ([]Opened[T], error) {
	list := make([]Opened[T], len(papers))
	err := g.OpenValues(ctx, v, papers, func(i int) any {
		list[i].OK = true
		return &list[i].Value
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// ValueOf opens one paper that holds a value, and returns the zero value where she may not read it.
func ValueOf[T any](ctx context.Context, g *Gate, v person.Viewer, paper Paper) (T, error) {
	var value T
	err := g.OpenValues(ctx, v, []Paper{paper}, func(int) any { return &value })
	return value, err
}
