package decision

import (
	"context"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Heed is what whoever decides after advice writes: whose she followed, and why not the others'.
type Heed struct {
	Whose  string `json:"whose"`
	WhyNot string `json:"why_not"`
}

// Follow keeps whose advice the writer follows. Without it the decision does not pass.
func (r *Room) Follow(ctx context.Context, v person.Viewer, id string, h Heed) error {
	h.Whose, h.WhyNot = strings.TrimSpace(h.Whose), strings.TrimSpace(h.WhyNot)
	if h.Whose == "" || h.WhyNot == "" {
		return ErrEmpty
	}
	return r.tell(ctx, v, id, heed, h, func(d Decision) bool { return d.Course.Open() && d.Frame.Method == Advice })
}

// Tell keeps what changed because of what somebody said, once it is closed.
func (r *Room) Tell(ctx context.Context, v person.Viewer, id, words string) error {
	if words = strings.TrimSpace(words); words == "" {
		return ErrEmpty
	}
	return r.tell(ctx, v, id, after, words, func(d Decision) bool { return d.Course.Stage == Closed })
}

// tell keeps something the writer tells about her decision, as long as may says so.
func (r *Room) tell(ctx context.Context, v person.Viewer, id, kind string, value any, may func(Decision) bool) error {
	t, err := r.sealTold(ctx, v.Partnership, id, kind, value)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err == nil && (d.Writer != v.ID || !may(d)) {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		return r.putTold(ctx, tx, v.Partnership, id, kind, t)
	})
}
