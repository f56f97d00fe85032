package circle_test

import (
	"context"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// Who can decide: each once, in one house; nobody whose standing does not count yet, who stepped back or left,
// who has only a duty or only gives money.
func TestRoll_WhoAndInWhichHouse(t *testing.T) {
	g := fixture.New(t)
	want := map[person.ID]person.House{
		g.Person("Ann", person.LivedExperience).ID:                     person.Lived,
		g.Person("Bea", person.LivedExperience, person.Facilitator).ID: person.Lived,
		g.Person("Both", person.LivedExperience, person.Charity).ID:    person.Others,
		g.Person("Ruth", person.Researcher, person.Clinician).ID:       person.Others,
		g.Person("Pam", person.Practice, person.Funder).ID:             person.Others,
	}
	g.Person("Fay", person.Funder)
	g.Person("Adam", person.Administrator)
	back, gone := g.Person("Back", person.LivedExperience), g.Person("Gone", person.Charity)
	newcomer := g.Person("New")
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := g.Circle.Give(ctx, tx, g.P, newcomer.ID, person.LivedExperience, back.ID, false); err != nil {
			return err
		}
		if err := g.Circle.StepBack(ctx, tx, g.P, back.ID); err != nil {
			return err
		}
		return g.Circle.Leave(ctx, tx, g.P, gone.ID, "")
	})
	check := func() {
		t.Helper()
		var roll []circle.Voice
		g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			roll, err = g.Circle.Roll(ctx, tx, g.P, g.Now())
			return err
		})
		if len(roll) != len(want) {
			t.Errorf("%d people are on the list, want %d: %v", len(roll), len(want), roll)
		}
		for _, v := range roll {
			if want[v.Person] != v.House {
				t.Errorf("%s is in %q, want %q", v.Person, v.House, want[v.Person])
			}
		}
	}
	check()
	g.Pass(circle.Wait - time.Second)
	check()
	g.Pass(time.Second)
	want[newcomer.ID] = person.Lived
	check()
}
