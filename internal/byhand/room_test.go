package byhand_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/byhand"
	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// group is one in which one woman has no phone: Kez founds it with Bren, Jo writes things down.
type group struct {
	*fixture.Site
	jo, kez, bren *fixture.Browser
	agreed        *agreement.Room
}

func newGroup(t *testing.T) group {
	t.Helper()
	g := fixture.New(t)
	agreed := agreement.New(agreement.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	people := circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has})
	s := g.Serve(people.Web(), agreed.Web(), paper.Web())
	return group{s, s.As(g.Person("Jo", person.Charity)), s.As(g.Person("Kez", person.LivedExperience)), s.As(g.Person("Bren", person.LivedExperience)), agreed}
}

func (b group) id(name string) string { return string(b.Named(name).ID) }

// print makes a sheet and returns its code.
func (b group) print(who *fixture.Browser, twin string, form ...string) string {
	b.T.Helper()
	page := who.Post("/paper/for/"+twin, form...).Is(http.StatusOK, b.Ground)
	return page.Path[strings.LastIndex(page.Path, "/")+1:]
}

// entered enters a sheet that was read back and found right.
func (b group) entered(who *fixture.Browser, code string, form ...string) fixture.Page {
	b.T.Helper()
	form = append([]string{"code", code}, form...)
	who.Post("/paper/enter/read", form...).Is(http.StatusOK, b.Ground).HasText("Read this to her")
	return who.Post("/paper/enter/done", form...)
}

// beside presses a button on what waits for somebody who sat beside.
func (b group) beside(who *fixture.Browser, answer string) fixture.Page {
	b.T.Helper()
	action, _ := who.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	return who.Post(action, answer, "1")
}

// join brings Mo into the group on paper.
func (b group) join() {
	b.T.Helper()
	code := b.print(b.jo, "join")
	b.entered(b.jo, code, "name", "Mo", "hand.way", "spoken", "hand.beside", b.id("Kez"))
	b.beside(b.kez, "yes").HasText("Done")
	b.bren.Post("/people/"+b.id("Mo")+"/yes").Is(http.StatusOK, b.Ground)
}

func TestPaper_AMemberWithoutAPhone(t *testing.T) {
	b := newGroup(t)
	code := b.print(b.jo, "join")
	b.jo.Get("/paper/sheet/" + code).HasText("What would you like to be called here?")
	b.entered(b.jo, code, "name", "Mo", "hand.way", "spoken", "hand.beside", b.id("Kez")).HasText("waits for the person beside her")
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		if _, err := b.Circle.Named(ctx, tx, b.P, "Mo"); err == nil {
			t.Error("Mo is here before the person beside her said that it is right")
		}
		return nil
	})
	b.beside(b.kez, "yes").HasText("Done")
	if mo := b.Named("Mo"); mo.Standings.Has(person.LivedExperience) {
		t.Error("paper alone made Mo one of the women; one of them has to say yes")
	}
	b.bren.Post("/people/"+b.id("Mo")+"/yes").Is(http.StatusOK, b.Ground)
	if mo := b.Named("Mo"); !mo.Standings.Has(person.LivedExperience) {
		t.Error("Bren said yes, and Mo is not one of the women")
	}

	b.jo.Post("/agreement/new", "text", "**Quiet is fine.**", "over", "0")
	for _, who := range []*fixture.Browser{b.jo, b.kez, b.bren} {
		who.Post("/agreement/1/answer", "answer", "yes")
	}
	b.kez.Get("/agreement").HasText("Not everybody has answered yet.")
	code = b.print(b.jo, "agree", "for", b.id("Mo"))
	b.jo.Get("/paper/sheet/" + code).HasText("Quiet is fine.")
	answer := []string{"version", "1", "answer", "yes", "hand.way", "paper", "hand.beside", b.id("Kez")}
	b.entered(b.jo, code, answer...)
	b.kez.Get("/agreement").HasText("Not everybody has answered yet.")
	b.bren.Post("/paper/enter/done", append([]string{"code", code}, answer...)...).HasText("No page has that code")
	b.beside(b.kez, "yes")
	b.kez.Get("/agreement").HasText("This is what we agreed.")

	code = b.print(b.jo, "break", "for", b.id("Mo"))
	b.entered(b.jo, code, "break", "back", "hand.way", "spoken", "hand.beside", b.id("Kez")).HasText("Done, as she said.")
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		mo, err := b.Circle.Get(ctx, tx, b.P, b.Named("Mo").ID)
		if mo.Taking() {
			t.Error("Mo said that she takes a break, and it waits: stepping back never waits")
		}
		return err
	})
	if n := b.countAnswers(); n != 0 {
		t.Errorf("%d entries still hold what was written down, after it was carried out", n)
	}
}

// countAnswers counts the entries that hold sealed answers.
func (b group) countAnswers() int { return b.Sum("1", "byhand_entry", "answers IS NOT NULL") }

func TestPaper_TheOneBesideHerCanStopIt(t *testing.T) {
	b := newGroup(t)
	b.join()
	b.jo.Post("/agreement/new", "text", "Money first.", "over", "0")
	code := b.print(b.jo, "agree", "for", b.id("Mo"))
	b.entered(b.jo, code, "version", "1", "answer", "yes", "hand.way", "paper", "hand.beside", b.id("Kez"))
	b.bren.Get("/paper/beside").HasText("Nothing waits for you.")
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.bren.Post(action, "yes", "1").Is(http.StatusNotFound, b.Ground)
	b.jo.Post(action, "yes", "1").Is(http.StatusNotFound, b.Ground)
	b.beside(b.kez, "no").HasText("Nothing was done.")
	b.kez.Post(action, "yes", "1").Is(http.StatusNotFound, b.Ground)
	for _, who := range []*fixture.Browser{b.jo, b.kez, b.bren} {
		who.Post("/agreement/1/answer", "answer", "yes")
	}
	b.kez.Get("/agreement").HasText("Not everybody has answered yet.")
	if n := b.countAnswers(); n != 0 {
		t.Errorf("%d entries hold answers after a no", n)
	}
}

func TestPaper_NobodyEntersForWhoSignsInHerself(t *testing.T) {
	b := newGroup(t)
	b.jo.Get("/paper/for/break").LacksText("Bren")
	b.jo.Post("/paper/for/break", "for", b.id("Bren")).Is(http.StatusUnprocessableEntity, b.Ground)
	code := b.print(b.bren, "break", "for", b.id("Bren")) // she prints it herself: that is her yes
	b.jo.Post("/paper/enter", "code", code).HasText("For Bren.")
	b.bren.Post("/me/paper/allow", "allow", "1")
	other := b.print(b.jo, "break", "for", b.id("Bren"))
	b.bren.Post("/me/paper/allow", "allow", "")
	b.jo.Post("/paper/enter", "code", other).HasText("No page has that code")
	b.kez.Get("/paper/sheet/"+code).Is(http.StatusUnprocessableEntity, b.Ground)
	b.entered(b.jo, code, "break", "back", "hand.way", "paper", "hand.beside", b.id("Kez"))
	mine := b.bren.Get("/me/paper")
	mine.HasText("Jo entered it. Kez was beside you.")
	mine.One("a[href='/me']")
}

func TestPaper_WhatNeedsAnotherLookLosesNothing(t *testing.T) {
	b := newGroup(t)
	b.join()
	code := b.print(b.jo, "break", "for", b.id("Mo"))
	page := b.jo.Post("/paper/enter/read", "code", code, "break", "return", "hand.way", "spoken").Is(http.StatusUnprocessableEntity, b.Ground)
	page.HasText("Choose the person she wanted beside her.")
	page.One("input[value='return'][checked]")
	b.jo.Post("/paper/enter/read", "code", code, "break", "return", "hand.way", "spoken", "hand.beside", b.id("Jo")).Is(http.StatusUnprocessableEntity, b.Ground)
	b.entered(b.jo, code, "hand.way", "spoken", "hand.beside", b.id("Kez")).HasText("Choose one: take a break, or come back.")
	b.entered(b.jo, code, "break", "return", "hand.way", "spoken", "hand.beside", b.id("Kez")).HasText("Done, as she said.")
	b.jo.Post("/paper/enter", "code", "K7M-R4T").Is(http.StatusUnprocessableEntity, b.Ground).One("input[value='K7M-R4T']")
	code = b.print(b.jo, "break", "for", b.id("Mo"))
	b.Pass(byhand.Lasts)
	b.As(b.Named("Jo")).Post("/paper/enter", "code", code).HasText("No page has that code")
}

func TestPaper_LeavingDropsWhatWaits(t *testing.T) {
	b := newGroup(t)
	b.join()
	b.jo.Post("/agreement/new", "text", "Tea first.", "over", "0")
	code := b.print(b.jo, "agree", "for", b.id("Mo"))
	b.entered(b.jo, code, "version", "1", "answer", "yes", "hand.way", "paper", "hand.beside", b.id("Kez"))
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Leave(ctx, tx, b.P, b.Named("Mo").ID, "")
	})
	b.kez.Get("/paper/beside").HasText("Nothing waits for you.")
	if n := b.countAnswers(); n != 0 {
		t.Errorf("%d entries hold answers of somebody who left", n)
	}
}

// R12 on paper: she suggests how one kind of thing is decided, and everybody is asked. The sheet for her answer
// carries the rules, and how many stops their group takes is hers to say too.
func TestPaper_RulesAndStops(t *testing.T) {
	b := newGroup(t)
	b.join()
	b.jo.Post("/agreement/new", "text", "Tea first.", "over", "0")
	hand := []string{"hand.way", "spoken", "hand.beside", b.id("Kez")}
	code := b.print(b.jo, "rule", "for", b.id("Mo"))
	b.jo.Get("/paper/sheet/" + code).HasText("We have not said yet.")
	b.entered(b.jo, code, append([]string{"over", "1", "thing", "money", "lived.way", "all", "lived.enough", "2", "others.way", "majority", "others.enough", "1", "days", "9",
		"opens", "lived", "apart", "outside"}, hand...)...)
	b.kez.Get("/agreement").LacksText("everybody says yes")
	b.beside(b.kez, "yes")
	b.kez.Get("/agreement").HasText("The women’s group: everybody says yes. At least 2 of them take part.")
	code = b.print(b.jo, "limits", "for", b.id("Mo"))
	b.entered(b.jo, code, append([]string{"over", "2", "clinician", "If a child is not safe."}, hand...)...)
	b.beside(b.kez, "yes")
	b.kez.Get("/agreement").HasText("If a child is not safe.")
	code = b.print(b.jo, "agree", "for", b.id("Mo"))
	b.jo.Get("/paper/sheet/" + code).HasText("The women’s group: everybody says yes. At least 2 of them take part.")

	b.kez.Post("/agreement/stops", "stops", "2", "over", "0")
	b.bren.Post("/agreement/stops/1/yes")
	b.kez.Get("/agreement").HasText("It takes 1 of the women’s group to stop something.")
	code = b.print(b.jo, "stops", "for", b.id("Mo"))
	b.entered(b.jo, code, append([]string{"over", "1", "yes", "1"}, hand...)...)
	b.beside(b.kez, "yes")
	b.kez.Get("/agreement").HasText("It takes 2 of the women’s group to stop something.")
}
