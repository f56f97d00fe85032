package buddy_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/buddy"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// trio is two women, and a worker whom it is no business of.
type trio struct {
	*fixture.Site
	room          *buddy.Room
	bren, kez, jo *fixture.Browser
}

func newTrio(t *testing.T) trio {
	t.Helper()
	g := fixture.New(t)
	r := buddy.New(buddy.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	g.News = append(g.News, r.News)
	s := g.Serve(r.Web())
	g.Person("Fay", person.Funder)
	return trio{s, r, s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Kez", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))}
}

func (p trio) id(name string) string { return string(p.Named(name).ID) }

// ask has somebody ask another, and returns where it stands.
func (p trio) ask(who *fixture.Browser, whom, words string) string {
	p.T.Helper()
	page := who.Post("/buddy/new", "whom", p.id(whom), "words", words).Is(http.StatusOK, p.Ground)
	for _, link := range page.All(".cards a[href^='/buddy/']") {
		if href, _ := link.Attr("href"); link.Text() == "You and "+whom {
			return href
		}
	}
	p.T.Fatalf("she asked %s, and her page does not say so", whom)
	return ""
}

// buddies counts who is there for somebody.
func (p trio) buddies(name string) int {
	p.T.Helper()
	list, err := p.room.Buddies(p.T.Context(), p.Named(name))
	p.Must(err)
	return len(list)
}

// R15: it is there only after both said yes, and nobody else learns of it at any time.
func TestBuddy_OnlyAfterBothSaidYesAndForNobodyElse(t *testing.T) {
	p := newTrio(t)
	form := p.bren.Get("/buddy/new")
	form.None("input[checked]")
	form.LacksText("Fay")
	at := p.ask(p.bren, "Kez", "Persimmon: ring me before the meeting.")
	p.bren.Get(at).HasText("You have asked Kez.")
	if p.buddies("Bren") != 0 || p.buddies("Kez") != 0 {
		t.Error("one of them said yes, and it is there")
	}
	nobody := func() {
		t.Helper()
		p.jo.Get(at).Is(http.StatusNotFound, p.Ground)
		p.jo.Get("/buddy").LacksText("Bren")
		p.jo.Get("/").None("section a[href^='/buddy']")
		for _, action := range []string{"/yes", "/end"} {
			p.jo.Post(at+action).Is(http.StatusNotFound, p.Ground)
		}
	}
	nobody()
	p.bren.Get("/").None("section a[href='" + at + "']")
	p.kez.Get("/").One("section a[href='" + at + "']").HasText("Bren has a question for you alone.")
	p.kez.Get(at).HasText("Persimmon")
	p.kez.Post(at + "/yes")
	p.kez.Post(at+"/yes").Is(http.StatusOK, p.Ground)
	for _, who := range []*fixture.Browser{p.bren, p.kez} {
		who.Get(at).HasText("You both said yes.")
	}
	if p.buddies("Bren") != 1 || p.buddies("Kez") != 1 || p.buddies("Jo") != 0 {
		t.Error("both said yes, and it is not there for the two alone")
	}
	nobody()
	for _, found := range p.Holding("buddy_link", "Persimmon") {
		t.Errorf("what she wrote lies in the clear: %s", found)
	}
}

// Either ends it at once; the other sees once that it has ended, and nothing else is left.
func TestBuddy_EitherEndsItAndNothingRemains(t *testing.T) {
	p := newTrio(t)
	at := p.ask(p.bren, "Kez", "Plums.")
	p.kez.Post(at + "/yes")
	p.kez.Post(at + "/end").LacksText("Bren")
	p.kez.Get(at).Is(http.StatusNotFound, p.Ground)
	if p.buddies("Bren") != 0 {
		t.Error("it has ended, and is there")
	}
	page := p.bren.Get(at)
	page.HasText("This has ended.")
	page.LacksText("Plums")
	if n := p.Sum("length(first_words) + length(second_words)", "buddy_link"); n != 0 {
		t.Errorf("it has ended, and %d bytes are left", n)
	}
	p.bren.Get("/").One("section a[href='" + at + "']")
	p.bren.Post(at + "/end").LacksText("Kez")
	if n := p.Sum("1", "buddy_link"); n != 0 {
		t.Errorf("both are done with it, and %d rows are left", n)
	}
}

// A no needs no reason and says no more than "not now". The same person is asked again after ninety days, or once she
// turns to whoever asked.
func TestBuddy_NotNow(t *testing.T) {
	p := newTrio(t)
	at := p.ask(p.bren, "Kez", "Plums.")
	p.kez.Post(at + "/end").LacksText("Bren")
	page := p.bren.Get(at)
	page.HasText("Kez says: not now.")
	page.LacksText("Plums")
	again := p.bren.Post("/buddy/new", "whom", p.id("Kez"), "words", "Pears.").Is(http.StatusUnprocessableEntity, p.Ground)
	again.One("#check a[href='#whom']").HasText("said “not now” not long ago")
	again.One("textarea").HasText("Pears.")
	p.bren.Post(at + "/end").LacksText("Kez")
	p.bren.Post("/buddy/new", "whom", p.id("Kez")).Is(http.StatusUnprocessableEntity, p.Ground)
	back := p.ask(p.kez, "Bren", "")
	p.bren.Post(back + "/yes")
	if p.buddies("Bren") != 1 {
		t.Error("she turned to her, both said yes, and it is not there")
	}

	p.jo.Post(p.ask(p.bren, "Jo", "") + "/end")
	p.Pass(buddy.Rest - time.Minute)
	p.Must(p.room.Tidy(t.Context(), p.P))
	p.As(p.Named("Bren")).Post("/buddy/new", "whom", p.id("Jo")).Is(http.StatusUnprocessableEntity, p.Ground)
	p.Pass(time.Minute)
	p.Must(p.room.Tidy(t.Context(), p.P))
	if n := p.Sum("1", "buddy_link", "rests > 0"); n != 0 {
		t.Error("ninety days are over, and it is kept that she said not now")
	}
	p.As(p.Named("Bren")).Post("/buddy/new", "whom", p.id("Jo")).Is(http.StatusOK, p.Ground)
}

func TestBuddy_TakenBackLeavesNothing(t *testing.T) {
	p := newTrio(t)
	at := p.ask(p.bren, "Kez", "Plums.")
	p.bren.Post(at + "/end").LacksText("Kez")
	p.kez.Get(at).Is(http.StatusNotFound, p.Ground)
	p.kez.Get("/").None("section a[href^='/buddy']")
	if n := p.Sum("1", "buddy_link"); n != 0 {
		t.Errorf("she took it back, and %d rows are left", n)
	}
	p.ask(p.bren, "Kez", "") // which is not asking again after a no
}

// Two who ask each other at the same moment have one link, with what each of them wrote.
func TestBuddy_TwoAskEachOtherAtOnce(t *testing.T) {
	p := newTrio(t)
	bren, kez := p.Named("Bren"), p.Named("Kez")
	done := make(chan error)
	go func() {
		_, err := p.room.Ask(context.Background(), bren, kez.ID, "Plums.")
		done <- err
	}()
	go func() {
		_, err := p.room.Ask(context.Background(), kez, bren.ID, "Pears.")
		done <- err
	}()
	for range 2 {
		p.Must(<-done)
	}
	if n := p.Sum("1", "buddy_link"); n != 1 || p.buddies("Bren") != 1 || p.buddies("Kez") != 1 {
		t.Errorf("two asked each other at once, and there are %d rows", n)
	}
	href, _ := p.bren.Get("/buddy").One(".cards a[href^='/buddy/']").Attr("href")
	page := p.bren.Get(href)
	page.HasText("Plums.")
	page.HasText("Pears.")
}

func TestBuddy_WithWhoTakesPart(t *testing.T) {
	p := newTrio(t)
	for _, whom := range []string{"", p.id("Bren"), p.id("Fay"), "nobody"} {
		page := p.bren.Post("/buddy/new", "whom", whom, "words", "Plums.").Is(http.StatusUnprocessableEntity, p.Ground)
		page.One("#check a[href='#whom']")
		page.One("textarea").HasText("Plums.")
	}
	p.As(p.Named("Fay")).Get("/buddy").Is(http.StatusNotFound, p.Ground)
}

// One that ended after an older copy was made is not there again until both say that it stands. Whoever leaves takes
// it along.
func TestBuddy_AnOlderCopyAndLeaving(t *testing.T) {
	p := newTrio(t)
	at := p.ask(p.bren, "Kez", "Plums.")
	p.kez.Post(at + "/yes")
	asked := p.ask(p.jo, "Kez", "Pears.")
	p.Write(func(ctx context.Context, tx *store.Tx) error { return p.room.AfterRestore(ctx, tx, p.P) })
	if p.buddies("Bren") != 0 {
		t.Error("an older copy was put back, and it is there before anybody said so")
	}
	for _, who := range []*fixture.Browser{p.bren, p.kez} {
		page := who.Get(at)
		page.HasText("Does this still stand?")
		page.LacksText("Plums")
	}
	p.kez.Get(asked).Is(http.StatusNotFound, p.Ground)
	p.jo.Get(asked).HasText("Does this still stand?")
	p.kez.Post(at + "/yes")
	if p.buddies("Kez") != 0 {
		t.Error("one of them said that it stands, and it is there")
	}
	p.bren.Post(at + "/yes")
	p.bren.Get(at).HasText("Plums.")
	if p.buddies("Kez") != 1 {
		t.Error("both said that it stands, and it is not there")
	}
	kez := p.Named("Kez").ID
	p.Write(func(ctx context.Context, tx *store.Tx) error { return p.Circle.Leave(ctx, tx, p.P, kez, "") })
	p.bren.Get(at).Is(http.StatusNotFound, p.Ground)
	if n := p.Sum("1", "buddy_link"); n != 0 || p.buddies("Bren") != 0 {
		t.Errorf("she left, and %d of hers are here", n)
	}
	if strings.Contains(p.bren.Get("/buddy").Text(), "Kez") {
		t.Error("her name stands there still")
	}
}
