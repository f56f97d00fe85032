package demo

import (
	"context"
	"fmt"

	"footing/internal/power"
)

// fillPower says what people noticed, on the day they did, and what was answered to it.
func (f *filler) fillPower(ctx context.Context) error {
	for i, n := range f.corpus.Power.Noticed {
		f.ago(n.DaysAgo)
		text := power.Text{Form: power.Form(n.Form), What: n.What, Who: n.Who, Asked: power.Asked(n.Asked), After: n.After}
		e, err := f.Power.Say(ctx, f.viewer(n.Person), power.Kind(n.Kind), text, !n.Unsigned)
		if err == nil && n.Answer != "" {
			f.ago(n.AnsweredAgo)
			err = f.Power.Answer(ctx, f.viewer(n.AnsweredBy), e.ID, n.Answer)
		}
		if err != nil {
			return fmt.Errorf("what was noticed, %d: %w", i, err)
		}
	}
	return nil
}
