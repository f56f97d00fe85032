package circle_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
	"footing/internal/testing/nextdoor"
)

// shared shares one thing of somebody's with everybody here, by name, and returns it.
func shared(g *fixture.Ground, by person.Viewer, words string) *consent.Prepared {
	one, err := g.Gate.Prepare(g.T.Context(), g.P, consent.Incoming{Kind: consent.Idea, Keeper: by.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: by.ID, Label: by.Name}}, Turns: []consent.NewTurn{{Text: words}}})
	g.Must(err)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := one.Save(ctx, tx); err != nil {
			return err
		}
		return g.Gate.SetTerms(ctx, tx, by, one.ID, one.Speakers[0], consent.Terms{Owner: by.ID, Attribution: consent.ByName,
			Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToPartnership}, Use: heard, Until: g.Now().AddDate(0, 6, 0)}}})
	})
	return one
}

var heard = consent.Use{Purpose: consent.Heard, Form: consent.Words}

// about is the page of leaving that asks about a thing.
func about(one *consent.Prepared) string {
	return "/me/end/" + string(one.Speakers[0])
}

// read is what somebody reads of a thing, and by whom.
func read(g *fixture.Ground, v person.Viewer, one *consent.Prepared) (words, by string) {
	c, err := g.Gate.OpenOne(g.T.Context(), v, heard, consent.Reading, one.ID)
	if err != nil {
		return "", ""
	}
	var names map[person.ID]string
	g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		names, err = g.Circle.Names(ctx, tx, g.P)
		return err
	})
	return c.Turns[0].Words.Reveal(), c.Speakers[0].Called(names).Reveal()
}

// tied lists the rows of both databases in which somebody's id stands together with one of a thing's.
func tied(g *fixture.Ground, who person.ID, one *consent.Prepared) (found []string) {
	keys, err := store.Open(g.T.Context(), g.Keys)
	g.Must(err)
	defer keys.Close()
	for _, db := range []*store.DB{g.DB, keys} {
		rows, err := engine.Rows(g.T.Context(), db)
		g.Must(err)
		for _, row := range rows {
			if strings.Contains(row, string(nextdoor.There)) {
				continue // a copy that belongs to others
			}
			for _, id := range append([]consent.ID{one.ID, one.Speakers[0]}, one.Turns...) {
				if strings.Contains(row, string(who)) && strings.Contains(row, string(id)) {
					found = append(found, row)
				}
			}
		}
	}
	return found
}

// She is asked about one thing at a time, can stop half-way, and each thing follows her choice after her last
// yes: erased, as it was under her name, or open with nothing that says whose it is (R7).
func TestLeave_EachThingFollowsHerChoice(t *testing.T) {
	g, s := serve(t)
	bren, jo := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity)
	gone, kept, nobodys, silent := shared(g, bren, "Tea first"), shared(g, bren, "A quiet room"), shared(g, bren, "Say it plainly"), shared(g, bren, "Longer talks")
	b := s.As(bren)
	b.Get("/me/end").Is(http.StatusOK, g)
	page := b.Get(about(kept)).Is(http.StatusOK, g)
	page.One("h1").HasText("A quiet room")
	page.None("input[checked]")
	page.HasText("If you choose nothing, it is taken back and erased.")
	b.Get(about(nobodys)).HasText("you will not see who opens it")
	s.As(jo).Get(about(kept)).Is(http.StatusNotFound, g)
	b.Post(about(gone), "what", "goes")
	b.Post(about(kept), "what", "stays")
	b.Post(about(silent)) // nothing chosen

	b = s.As(bren) // another day
	b.Post(about(nobodys), "what", "unnamed").One("form[action='/me/end/name']")
	check := b.Post("/me/end/name", "name", "stays").Is(http.StatusOK, g)
	check.HasText("Nothing has been done yet.")
	for i, want := range []string{"2", "1", "1"} {
		if got := strings.TrimSpace(check.All("dl dd")[i].Text()); got != want {
			t.Errorf("line %d of what will happen says %q, want %q", i+1, got, want)
		}
	}
	if words, _ := read(g, jo, gone); words != "Tea first" {
		t.Fatal("choosing did something before the last yes")
	}
	if len(tied(g, bren.ID, nobodys)) == 0 {
		t.Fatal("nothing ties her to what she shared: the test shows nothing")
	}
	b.Post("/me/end/now").One("form[action='/in']")

	for _, one := range []*consent.Prepared{gone, silent} {
		if words, _ := read(g, jo, one); words != "" {
			t.Errorf("what was to go can still be read: %q", words)
		}
	}
	if words, by := read(g, jo, kept); words != "A quiet room" || by != "Bren" {
		t.Errorf("what stays as it is reads %q by %q", words, by)
	}
	if words, by := read(g, jo, nobodys); words != "Say it plainly" || by != "" {
		t.Errorf("what stays without her name reads %q by %q", words, by)
	}
	if rows := tied(g, bren.ID, nobodys); len(rows) > 0 {
		t.Errorf("rows still tie her to it:\n%s", strings.Join(rows, "\n"))
	}
	if g.Sum("1", "circle_leaving") != 0 {
		t.Error("what she chose outlives her leaving")
	}
}

// Without a word her name goes with what she shared, and what was hers to sign in with.
func TestLeave_SilenceTakesBack(t *testing.T) {
	g, s := serve(t)
	bren, jo := g.Person("Bren", person.LivedExperience), g.Person("Jo", person.Charity)
	one := shared(g, bren, "Tea first")
	s.As(bren).Post("/me/end/now")
	if words, _ := read(g, jo, one); words != "" {
		t.Errorf("she chose nothing, and it can still be read: %q", words)
	}
	s.Visitor().Post("/in", "name", "Bren", "passphrase", fixture.Passphrase).Is(http.StatusUnprocessableEntity, g)
	s.As(jo).Get("/people").LacksText("Bren")
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		names, err := g.Circle.Names(ctx, tx, g.P)
		if names[bren.ID] == "Bren" {
			t.Error("her name stayed")
		}
		return err
	})
	if again := g.Person("Bren", person.Charity); again.ID == bren.ID { // her name is free again
		t.Error("somebody new became her")
	}
}

// One choice can be for all of a kind, and staying after all forgets them.
func TestLeave_AllOfAKindAndStaying(t *testing.T) {
	g, s := serve(t)
	bren := g.Person("Bren", person.LivedExperience)
	one, two := shared(g, bren, "Tea first"), shared(g, bren, "A quiet room")
	b := s.As(bren)
	b.Post(about(one), "what", "stays", "all", "1").One("form[action='/me/end/name']")
	b.Get(about(two)).One("input[value=stays][checked]")
	b.Get("/me/end").One("form[action='/me/end/stay'] button")
	b.Post("/me/end/stay").HasText("You are staying.")
	b.Get(about(two)).None("input[checked]")
}

// Nobody's recording is left without somebody who keeps it: it goes to whom she names, or to whoever looks
// after the site.
func TestLeave_WhatSheKeepsIsHandedOn(t *testing.T) {
	for _, named := range []bool{true, false} {
		g, s := serve(t)
		wim, jo, ros, bren := g.Person("Wim", person.Administrator), g.Person("Jo", person.Charity), g.Person("Ros", person.Researcher), g.Person("Bren", person.LivedExperience)
		talk, err := g.Gate.Prepare(t.Context(), g.P, consent.Incoming{Kind: consent.Interview, Keeper: ros.ID, Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: bren.ID}},
			Turns: []consent.NewTurn{{Text: "The bus was late."}}})
		g.Must(err)
		g.Write(talk.Save)
		b := s.As(ros)
		page := b.Get("/me/end/keep").Is(http.StatusOK, g)
		page.HasText("If you choose nobody, they go to Wim.")
		page.None("input[value='" + string(bren.ID) + "']")
		want := wim
		if named {
			want = jo
			b.Post("/me/end/keep", "to", string(jo.ID))
		}
		b.Get("/me/end/check").HasText("1, kept by " + want.Name)
		b.Post("/me/end/now")
		g.Read(func(ctx context.Context, tx *store.Tx) error {
			h, err := g.Gate.HeadingOf(ctx, tx, g.P, talk.ID)
			if h.Keeper != want.ID {
				t.Errorf("it is kept by %q, want %s (%s)", h.Keeper, want.Name, want.ID)
			}
			return err
		})
	}
}

// The last who looks after the site, and the last woman from the group, are told what it means and go all the
// same.
func TestLeave_TheLastIsToldAndNotHeldBack(t *testing.T) {
	g, s := serve(t)
	bren, wim := g.Person("Bren", person.LivedExperience), g.Person("Wim", person.Administrator)
	s.As(bren).Get("/me/end/check").HasText("You are the last woman from the group here.")
	s.As(wim).Get("/me/end/check").HasText("Nobody else looks after this site.")
	ann := g.Person("Ann", person.LivedExperience)
	s.As(bren).Get("/me/end/check").LacksText("You are the last woman")
	for _, v := range []person.Viewer{wim, ann, bren} {
		s.As(v).Post("/me/end/now").One("form[action='/in']")
	}
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		left, err := g.Circle.List(ctx, tx, g.P)
		if len(left) > 0 {
			t.Errorf("%d are still here", len(left))
		}
		return err
	})
}
