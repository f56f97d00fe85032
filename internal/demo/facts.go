package demo

import (
	"context"

	"footing/internal/facts"
)

// fillFacts has people write down who holds what, and the program count what was settled by the autumn, as it would
// have on the first of a month.
func (f *filler) fillFacts(ctx context.Context) error {
	for _, l := range f.corpus.Power.Holds {
		f.ago(l.DaysAgo)
		_, err := f.Facts.Write(ctx, f.viewer(l.Person), facts.Line{Kind: facts.Kind(l.Kind), Text: facts.LineText{What: l.What, Who: l.Who}})
		if err != nil {
			return err
		}
	}
	f.ago(50)
	return f.Facts.Tidy(ctx, f.p)
}
