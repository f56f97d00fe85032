package demo

import (
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/demo/texts"
	"footing/internal/store"
)

// fillMoments lists what the group waits for: the ends that people in the texts chose, each at the latest
// when the last of them ends.
func (f *filler) fillMoments(ctx context.Context) error {
	days := map[string]int{}
	var names []string
	take := func(t texts.Terms) {
		for _, y := range t.Yes {
			last, known := days[y.UntilEvent]
			switch {
			case y.UntilEvent == "":
			case !known:
				names, days[y.UntilEvent] = append(names, y.UntilEvent), y.UntilDays
			default:
				days[y.UntilEvent] = max(last, y.UntilDays)
			}
		}
	}
	for _, s := range f.corpus.Sources {
		for _, who := range s.Speakers {
			if who.Terms != nil {
				take(*who.Terms)
			}
		}
	}
	for _, s := range f.corpus.Shares {
		take(s.Terms)
	}
	return f.write(ctx, func(tx *store.Tx) error {
		for _, name := range names {
			m := consent.Moment{ID: consent.ID(store.RandomID()), Name: name, Latest: time.Now().UTC().AddDate(0, 0, days[name])}
			f.moments[name] = m.ID
			if err := f.Gate.AddMoment(ctx, tx, f.p, m); err != nil {
				return err
			}
		}
		return nil
	})
}
