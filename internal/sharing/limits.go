package sharing

import (
	"context"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Limits is the agreement, as far as sharing asks it: what people here cannot keep private is shown before
// somebody shares for the first time, and once more when it has changed (R55).
type Limits interface {
	// Limits returns it, and what writes down, in the transaction that shares, that the viewer was shown it: nil
	// once she was.
	Limits(q *web.Request) ([]look.SummaryRow, func(context.Context, *store.Tx) error, error)
}

// limitsPart is that on the last page before sharing.
type limitsPart struct {
	Heading, Text string
	Summary       look.Summary
}

// unread returns what she must be shown before she shares, nil once she was, and what writes down that she was.
func (r *Room) unread(q *web.Request) (*limitsPart, func(context.Context, *store.Tx) error, error) {
	p, keep, err := r.allLimits(q)
	if keep == nil {
		return nil, func(context.Context, *store.Tx) error { return nil }, err
	}
	return p, keep, err
}

// allLimits is it whether she was shown it or not. A sheet of paper always has it: whoever brings one must not
// learn from it who shared something before.
func (r *Room) allLimits(q *web.Request) (*limitsPart, func(context.Context, *store.Tx) error, error) {
	if r.limits == nil {
		return nil, nil, nil
	}
	rows, keep, err := r.limits.Limits(q)
	if err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	t := q.Words.T
	return &limitsPart{t("sharing.limits_heading"), t("sharing.limits_text"), look.Summary{Rows: rows}}, keep, nil
}

// notes is the same on a sheet of paper.
func (p *limitsPart) notes() []look.Note {
	if p == nil {
		return nil
	}
	notes := []look.Note{{Title: p.Heading + ".", Text: p.Text}}
	for _, row := range p.Summary.Rows {
		notes = append(notes, look.Note{Title: row.Term + ".", Text: row.Value})
	}
	return notes
}
