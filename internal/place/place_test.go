package place_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/byhand"
	"footing/internal/person"
	"footing/internal/place"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

type group struct {
	*fixture.Site
	room           *place.Room
	jo, kez, funds *fixture.Browser
}

func newGroup(t *testing.T) group {
	t.Helper()
	g := fixture.New(t)
	room := place.New(place.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(room.Web(), paper.Web())
	b := group{Site: s, room: room, jo: s.As(g.Person("Jo", person.Charity, person.Facilitator)), kez: s.As(g.Person("Kez", person.LivedExperience)), funds: s.As(g.Person("Wim", person.Funder))}
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, b.Named("Kez").ID, true)
	})
	return b
}

var kettle = []string{"name", "The Green Kettle", "address", "Lane Street 4, by the side door.", "others", "A dance class on Mondays.", "out", "Two doors to the yard.\nThe yard has a gate."}

func TestPlace_EachVersionHasANameAndStays(t *testing.T) {
	b := newGroup(t)
	b.kez.Get("/places").HasText("No place is described yet")
	b.kez.Post("/places/new").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Please say what we call it.")
	page := b.kez.Post("/places/new", kettle...).Is(http.StatusOK, b.Ground)
	at := page.Path
	for _, want := range []string{"The Green Kettle", "A dance class on Mondays.", "The yard has a gate.", "Kez, 1 March 2027", "A quiet room Nobody has written this yet."} {
		page.HasText(want)
	}
	b.jo.Post(at+"/change", append(kettle, "quiet", "The pantry. It locks from inside.", "from", "1")...).HasText("Saved.")
	page = b.kez.Get(at)
	page.HasText("The pantry. It locks from inside.")
	page.HasText("Jo, 1 March 2027")
	old := b.kez.Get(at + "/before/1")
	old.HasText("This is what it said before.")
	old.LacksText("The pantry")
	b.kez.Get(at+"/before/9").Is(http.StatusNotFound, b.Ground)

	// Who was slower loses nothing and writes over nothing.
	page = b.kez.Post(at+"/change", append(kettle, "quiet", "There is none.", "from", "1")...).Is(http.StatusUnprocessableEntity, b.Ground)
	page.HasText("The pantry. It locks from inside.")
	if !strings.Contains(page.Body, "There is none.") {
		t.Error("what she typed is gone")
	}
	b.kez.Get(at).HasText("The pantry")

	b.kez.Post(at+"/change", append(kettle, "away", "1", "from", "2")...).HasText("We do not meet there any more.")
	b.jo.Get("/places").HasText("Where we do not meet any more")
	if got := b.Holding("place_", "Kettle", "dance class", "pantry"); len(got) > 0 {
		t.Errorf("words lie in the clear: %v", got)
	}
}

func TestPlace_WhoGivesMoneyReadsAndWritesNothing(t *testing.T) {
	b := newGroup(t)
	at := b.kez.Post("/places/new", kettle...).Path
	b.funds.Get(at).HasText("A dance class on Mondays.")
	b.funds.Get(at).None("a[href='" + at + "/change']")
	for _, to := range []string{"/places/new", at + "/change"} {
		b.funds.Post(to, kettle...).Is(http.StatusNotFound, b.Ground)
	}
}

func TestNames_AreThoseWhereOneMeets(t *testing.T) {
	b := newGroup(t)
	at := b.kez.Post("/places/new", kettle...).Path
	b.kez.Post("/places/new", "name", "The library")
	b.kez.Post(at+"/change", append(kettle, "away", "1", "from", "1")...)
	names, err := b.room.Names(t.Context(), b.Named("Jo"))
	b.Must(err)
	if len(names) != 1 || !strings.Contains(strings.Join(values(names), ""), "library") {
		t.Errorf("one meets in %v", names)
	}
}

func values(m map[string]string) (list []string) {
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

// paper has Jo print a sheet for Mo and enter it, with Kez beside her, who says yes.
func (b group) paper(twin, about string, form ...string) {
	b.T.Helper()
	page := b.jo.Post("/paper/for/"+twin, "for", about).Is(http.StatusOK, b.Ground)
	form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "paper", "hand.beside", string(b.Named("Kez").ID)}, form...)
	b.jo.Post("/paper/enter/read", form...).Is(http.StatusOK, b.Ground)
	b.jo.Post("/paper/enter/done", form...).HasText("waits for the person beside her")
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.kez.Post(action, "yes", "1").HasText("Done")
}

func TestPaper_WritingOfAPlaceWithoutAScreen(t *testing.T) {
	b := newGroup(t)
	mo := string(b.Named("Mo").ID)
	b.paper("place", mo, kettle...)
	list, err := b.room.List(t.Context(), b.Named("Kez"))
	b.Must(err)
	b.kez.Get("/places/" + list[0].ID).HasText("Mo, 1 March 2027")
	b.paper("place-change", mo+"/"+list[0].ID, "children", "They can play in the yard.")
	page := b.kez.Get("/places/" + list[0].ID)
	page.HasText("They can play in the yard.")
	page.HasText("A dance class on Mondays.") // what was left empty stays
}

func TestPlace_WhatIsTypedWaitsForHerAlone(t *testing.T) {
	b := newGroup(t)
	b.kez.Post("/places/new/keep", kettle...).Is(http.StatusOK, b.Ground)
	b.jo.Get("/places/new").LacksText("Kettle")
	page := b.kez.Get("/places/new")
	page.HasText("You began this before.")
	if !strings.Contains(page.Body, "A dance class on Mondays.") {
		t.Error("what she typed is gone")
	}
	if strings.Contains(b.kez.Get("/places/new?again=1").Body, "Kettle") {
		t.Error("she cannot begin again")
	}
	if got := b.Holding("place_", "Kettle", "dance class"); len(got) > 0 {
		t.Errorf("words lie in the clear: %v", got)
	}
	at := b.kez.Post("/places/new", kettle...).Path
	b.kez.Get("/places/new").LacksText("You began this before.")

	// What was begun on a version that is not the last any more writes over nothing.
	b.kez.Post(at+"/change/keep", append(kettle, "quiet", "There is none.", "from", "1")...)
	b.jo.Post(at+"/change", append(kettle, "quiet", "The pantry.", "from", "1")...)
	page = b.kez.Get(at + "/change")
	from, _ := page.One("input[name=from]").Attr("value")
	page = b.kez.Post(at+"/change", append(kettle, "quiet", "There is none.", "from", from)...).Is(http.StatusUnprocessableEntity, b.Ground)
	page.HasText("The pantry.")
	if !strings.Contains(page.Body, "There is none.") {
		t.Error("what she typed is gone")
	}
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Leave(ctx, tx, b.P, b.Named("Kez").ID, "Kez")
	})
	if n := b.Sum("1", "place_unsaved"); n != 0 {
		t.Errorf("%d rows stay of what she typed after she has left", n)
	}
}
