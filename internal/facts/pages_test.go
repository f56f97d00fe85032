package facts_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"footing/internal/facts"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// thing is something that somebody put on a list, and what became of it on which day.
type thing struct {
	who, sort string
	on        time.Time
}

// group is one of four women and four others, with what there is to count.
type group struct {
	*fixture.Site
	room   *facts.Room
	things []thing
	kez    *fixture.Browser
}

func newGroup(t *testing.T) *group {
	t.Helper()
	b := &group{}
	g := fixture.New(t)
	b.room = facts.New(facts.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now, Of: map[facts.Fact]facts.Counter{facts.Agenda: b.count}})
	b.Site = g.Serve(b.room.Web())
	for _, name := range []string{"Kez", "Bea", "Ivy", "Tolu"} {
		g.Person(name, person.LivedExperience)
	}
	for _, name := range []string{"Jo", "Ruth", "Dan", "Hana"} {
		g.Person(name, person.Researcher)
	}
	b.kez = b.As(g.Named("Kez"))
	return b
}

func (b *group) count(_ context.Context, _ *store.Tx, _ person.Partnership, from, until time.Time) (facts.Did, error) {
	did := facts.Did{}
	for _, one := range b.things {
		if who := b.Named(one.who).ID; !one.on.Before(from) && one.on.Before(until) {
			if did[who] == nil {
				did[who] = map[string]int{}
			}
			did[who][one.sort]++
		}
	}
	return did, nil
}

// settle has something of each of these people settled now.
func (b *group) settle(sort string, names ...string) {
	for _, name := range names {
		b.things = append(b.things, thing{name, sort, b.Now()})
	}
}

// next lets time pass up to the next first of a month, on which the program counts.
func (b *group) next() {
	b.T.Helper()
	now := b.Now()
	b.Pass(time.Date(now.Year(), now.Month()+1, 1, 3, 0, 0, 0, time.UTC).Sub(now))
	b.Must(b.room.Tidy(b.T.Context(), b.P))
	b.kez = b.As(b.Named("Kez"))
}

// R35: one page says by group and never by person what was counted, by whom, of which time, and what it cannot show,
// with a chart and the same numbers as a table.
func TestPage_CountsByGroup(t *testing.T) {
	b := newGroup(t)
	b.kez.Get("/decides/counted").HasText("There is no count of this yet.")
	b.settle("taken", "Kez", "Bea", "Ivy", "Kez", "Jo", "Ruth", "Dan")
	b.settle("dropped", "Jo", "Ruth", "Hana")
	b.next()
	page := b.kez.Get("/decides/counted")
	page.One("h2").HasText("The women’s group put 4 things on a list, and 4 were talked about. Everyone else put 6, and 3 were talked about.")
	page.HasText("Counted by the program.")
	page.HasText("It cannot show what nobody dared to put on a list")
	page.One("svg desc").HasText("The women’s group. Talked about: 4, Taken off the list: 0, Still waiting after 90 days: 0. Everyone else. Talked about: 3, Taken off the list: 3")
	var rows []string
	for _, row := range page.All("tbody tr") {
		rows = append(rows, row.Text())
	}
	want := []string{"The women’s group 4 0 0 4", "Everyone else 3 3 0 6", "Both together 7 3 0 10"}
	if fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("the table is %q, want %q", rows, want)
	}
	for _, name := range []string{"Bea", "Ivy", "Jo", "Ruth", "Dan", "Hana"} {
		page.LacksText(name)
	}
	fay := b.As(b.Person("Fay", person.Funder))
	fay.Get("/decides/counted").Is(http.StatusNotFound, b.Ground)
	for _, who := range []string{"Kez", "Jo"} {
		if found := b.Holding("facts_count", string(b.Named(who).ID)); len(found) != 0 {
			t.Errorf("a count holds who did it: %q", found)
		}
	}
}

// What fewer than three people are behind waits for the next month, together with all else of that fact, and no two
// counts differ by one person.
func TestTidy_TooLittleWaitsForTheNextMonth(t *testing.T) {
	b := newGroup(t)
	b.settle("taken", "Kez", "Bea", "Kez", "Kez", "Kez", "Jo", "Ruth", "Dan")
	b.next()
	b.kez.Get("/decides/counted").HasText("There is no count of this yet.")
	if n := b.Sum("1", "facts_count"); n != 0 {
		t.Errorf("%d counts are kept", n)
	}
	b.settle("taken", "Ivy")
	b.next()
	page := b.kez.Get("/decides/counted")
	page.HasText("The women’s group put 6 things on a list, and 6 were talked about.")
	page.HasText("Up to")

	b.settle("taken", "Tolu", "Jo") // one of each since
	b.next()
	again := b.kez.Get("/decides/counted")
	if again.One("section").Text() != page.One("section").Text() {
		t.Error("one more of each is seen")
	}
	b.settle("taken", "Kez", "Bea", "Ruth", "Dan")
	b.next()
	last := b.kez.Get("/decides/counted")
	last.HasText("The women’s group put 3 things on a list, and 3 were talked about.")
	last.One("table").HasText("The women’s group 3 0 0 3")
	every := b.kez.Get("/decides/counted?of=agenda")
	tables := every.All("table")
	if len(tables) != 2 {
		t.Fatalf("%d tables are shown, want that of each count", len(tables))
	}
	tables[0].HasText("The women’s group 3 0 0 3")
	tables[1].HasText("The women’s group 6 0 0 6")
}

// A few things that are counted are on a page, and every count of each is on pages of its own, the newest first: all
// that was ever counted is somewhere, and each page comes to any phone.
func TestPage_EveryCountIsSomewhere(t *testing.T) {
	b := newGroup(t)
	for _, f := range facts.Facts() {
		b.room.Of[f] = func(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (facts.Did, error) {
			did, err := b.count(ctx, tx, p, from, until)
			for _, of := range did {
				of[f.Sorts()[0]] = of["done"]
			}
			return did, err
		}
	}
	b.room.Met = &meetings{}
	const months = 14
	var want []string
	for n := range months {
		begun := time.Date(b.Now().Year(), b.Now().Month(), 1, 0, 0, 0, 0, time.UTC)
		b.settle("done", "Kez", "Bea", "Ivy", "Jo", "Ruth", "Dan")
		b.next()
		when, last := "From "+begun.Format("2 January 2006")+" to ", begun.AddDate(0, 1, -1).Format("2 January 2006")
		if n == 0 {
			when = "Up to "
		}
		want = slices.Insert(want, 0, when+last)
	}
	pages := b.kez.Whole("/decides/counted")
	headings := map[string]int{}
	for _, page := range pages {
		for _, h := range page.All("section h2") {
			headings[h.Text()]++
		}
		if n := len(page.All("section")); n > 3 {
			t.Errorf("%d things are on one page", n)
		}
	}
	if len(headings) != len(facts.Facts())+1 {
		t.Errorf("%d things are counted, want %d: %v", len(headings), len(facts.Facts())+1, headings)
	}
	for _, f := range facts.Facts() {
		var got []string
		for _, leaf := range []string{"", "&leaf=2"} {
			for _, caption := range b.kez.Get("/decides/counted?of=" + string(f) + leaf).All("caption") {
				got = append(got, caption.Text())
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("of %s the counts are %q, want each once, the newest first: %q", f, got, want)
		}
	}
	if of := fixture.Count(pages, "See all 14 counts"); of < 3 {
		t.Errorf("%d pages lead to all counts", of)
	}
}

// A count stays as it was shown, also when all of it was taken back or somebody has left.
func TestTidy_WhatWasShownStays(t *testing.T) {
	b := newGroup(t)
	b.settle("taken", "Kez", "Bea", "Ivy", "Jo", "Ruth", "Dan")
	b.next()
	before := b.kez.Get("/decides/counted").One("section").Text()
	b.things = nil
	bea := b.Named("Bea").ID
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.Circle.Leave(ctx, tx, b.P, bea, "somebody") })
	for range 3 {
		b.next()
	}
	if after := b.kez.Get("/decides/counted").One("section").Text(); after != before {
		t.Errorf("it says %q, and before: %q", after, before)
	}
}

// At the end of a year what may be shown is shown, and what is withheld is said to be, and not kept either.
func TestTidy_AtTheEndOfAYear(t *testing.T) {
	b := newGroup(t)
	for b.Now().Month() != time.December {
		b.next()
	}
	b.settle("taken", "Kez", "Kez", "Kez", "Kez", "Kez", "Jo", "Ruth", "Dan", "Hana")
	b.next()
	page := b.kez.Get("/decides/counted")
	page.One("h2").HasText("What became of things that people put on a list")
	page.HasText("not shown")
	if found := b.Holding("facts_count", "[5", ",5", "[4", ",4"); len(found) != 0 {
		t.Errorf("numbers that are not shown are kept: %q", found)
	}
}
