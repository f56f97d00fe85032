package demo

import (
	"context"
	"fmt"

	"footing/internal/observe"
)

// fillWatched has somebody ask to watch meetings, and others say yes to that. One is looked at on its day.
func (f *filler) fillWatched(ctx context.Context) error {
	for _, w := range f.corpus.Meetings.Watched {
		meeting := f.meetings[w.Meeting]
		f.ago(w.AskedAgo)
		by := f.viewer(w.By)
		if err := f.Observe.Ask(ctx, by, observe.Request{Meeting: meeting, Watcher: by.ID, Study: f.study, Text: observe.Text{Down: w.Down, Not: w.Not}}); err != nil {
			return fmt.Errorf("%s: %w", w.Meeting, err)
		}
		for _, who := range w.Yes {
			if err := f.Observe.Say(ctx, f.viewer(who), meeting, true); err != nil {
				return fmt.Errorf("%s: %w", w.Meeting, err)
			}
		}
		if !w.Looked {
			continue
		}
		for _, m := range f.corpus.Meetings.Meetings {
			if m.ID == w.Meeting {
				f.ago(m.DaysAgo)
			}
		}
		if err := f.Observe.May(ctx, by, meeting); err != nil {
			return fmt.Errorf("%s: %w", w.Meeting, err)
		}
	}
	return nil
}
