package demo

import (
	"context"
	"fmt"
)

// fillJargon has words marked, by nobody in particular, and explained.
func (f *filler) fillJargon(ctx context.Context) error {
	for _, w := range f.corpus.Words {
		f.ago(70)
		for range w.Marks {
			if err := f.Jargon.Mark(ctx, f.viewer("bren"), w.Text); err != nil {
				return fmt.Errorf("%s: %w", w.Text, err)
			}
		}
		for n, said := range w.Said {
			f.ago(said.DaysAgo)
			if _, err := f.Jargon.Explain(ctx, f.viewer(said.Person), w.Text, int64(n), said.Text); err != nil {
				return fmt.Errorf("%s: %w", w.Text, err)
			}
		}
	}
	return nil
}
