package demo

import "context"

// fillFacts has the program count what was settled by the autumn, as it would have on the first of a month.
func (f *filler) fillFacts(ctx context.Context) error {
	f.ago(50)
	return f.Facts.Tidy(ctx, f.p)
}
