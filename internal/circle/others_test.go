package circle_test

import (
	"context"
	"slices"
	"testing"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/web"
)

// Whom somebody can ask is everybody else who is here, has not stepped back, and takes part as is asked for.
func TestOthers_AreWhoTakesPart(t *testing.T) {
	g := fixture.New(t)
	bren := g.Person("Bren", person.LivedExperience)
	g.Person("Kez", person.LivedExperience)
	g.Person("Fay", person.Funder)
	g.Person("Ada", person.Administrator)
	back, gone := g.Person("Bea", person.LivedExperience), g.Person("Jo", person.Charity)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := g.Circle.StepBack(ctx, tx, g.P, back.ID); err != nil {
			return err
		}
		return g.Circle.Leave(ctx, tx, g.P, gone.ID, "")
	})
	for _, c := range []struct {
		as   person.Set
		want []string
	}{{person.Standings(), []string{"Fay", "Kez"}}, {web.Taking(web.Own).Standings, []string{"Kez"}}} {
		var names []string
		g.Read(func(ctx context.Context, tx *store.Tx) error {
			list, err := g.Circle.Others(ctx, tx, bren, c.as)
			for _, o := range circle.Options(list, list[0].ID) {
				names = append(names, o.Label)
				if o.Chosen != (o.Value == string(list[0].ID)) || !circle.Among(list, person.ID(o.Value)) {
					t.Errorf("%s is chosen: %v", o.Label, o.Chosen)
				}
			}
			return err
		})
		if !slices.Equal(names, c.want) {
			t.Errorf("as %v Bren can ask %v, want %v", c.as, names, c.want)
		}
	}
}
