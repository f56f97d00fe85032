package between_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/between"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// pair is a woman, the worker who is also her support, and somebody it is no business of.
type pair struct {
	*fixture.Site
	room           *between.Room
	bren, jo, ruth *fixture.Browser
}

func newPair(t *testing.T) pair {
	t.Helper()
	g := fixture.New(t)
	r := between.New(between.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	g.News = append(g.News, r.News)
	s := g.Serve(r.Web())
	return pair{s, r, s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity)),
		s.As(g.Person("Ruth", person.Researcher, person.Administrator))}
}

// words is what Bren asks of Jo.
const words = "Persimmon: in meetings you are not my support."

// asked has Bren ask Jo, and returns where it stands.
func (p pair) asked() string {
	p.T.Helper()
	page := p.bren.Post("/between/new", "whom", string(p.Named("Jo").ID), "words", words, "again", "3").Is(http.StatusOK, p.Ground)
	href, _ := page.One(".cards a[href^='/between/']").Attr("href")
	return href
}

// fromOf returns what the buttons and the form of a page begin from.
func fromOf(page fixture.Page) string {
	value, _ := page.All("input[name='from']")[0].Attr("value")
	return value
}

// R13: it holds once both have said yes; each of the two sees it, and nobody else.
func TestBetween_TheTwoAndNobodyElse(t *testing.T) {
	p := newPair(t)
	p.bren.Get("/between/new").None("input[checked]")
	at := p.asked()
	p.bren.Get(at).HasText("It waits for Jo.")
	p.jo.Get("/").One("section a[href='" + at + "']").HasText("Bren asks you to agree")
	page := p.jo.Get(at)
	page.HasText(words)
	p.jo.Post(at+"/yes", "from", fromOf(page))
	for _, who := range []*fixture.Browser{p.bren, p.jo} {
		who.Get(at).HasText("You both said yes. You look at it again on 1 June 2027.")
	}
	p.ruth.Get(at).Is(http.StatusNotFound, p.Ground)
	p.ruth.Get("/between").LacksText("Bren")
	p.ruth.Post(at, "words", "Mine.", "again", "1").Is(http.StatusNotFound, p.Ground)
	for _, action := range []string{"/yes", "/back", "/end"} {
		p.ruth.Post(at+action, "from", "x").Is(http.StatusNotFound, p.Ground)
	}
	for _, found := range p.Holding("between_agreed", "Persimmon") {
		t.Errorf("what they agreed lies in the clear: %s", found)
	}
}

// R13: once its day is past both are told, and nobody else; it goes on.
func TestBetween_OverdueForBothAndNobodyElse(t *testing.T) {
	p := newPair(t)
	at := p.asked()
	p.jo.Post(at+"/yes", "from", fromOf(p.jo.Get(at)))
	news := "section a[href='" + at + "']"
	for _, who := range []*fixture.Browser{p.bren, p.jo, p.ruth} {
		who.Get("/").None(news)
	}
	p.Pass(93 * 24 * time.Hour)
	bren, jo, ruth := p.As(p.Named("Bren")), p.As(p.Named("Jo")), p.As(p.Named("Ruth"))
	bren.Get("/").One(news).HasText("You and Jo wanted to look again")
	jo.Get("/").One(news).HasText("You and Bren wanted to look again")
	ruth.Get("/").None(news)
	page := jo.Get(at)
	page.HasText("It is time to look at it again.")
	page.HasText("What you both said yes to")
	jo.Post(at, "from", fromOf(page), "words", words, "again", "6").Is(http.StatusOK, p.Ground)
	bren.Post(at+"/yes", "from", fromOf(bren.Get(at)))
	bren.Get("/").None(news)
	jo.Get("/").None(news)
}

// Either changes or ends it. Until the other has said yes what held goes on; what has ended is erased for both.
func TestBetween_EitherChangesOrEndsIt(t *testing.T) {
	p := newPair(t)
	at := p.asked()
	p.jo.Post(at, "words", "Plums.", "again", "1").HasText("It waits for Bren.")
	page := p.bren.Get(at)
	page.LacksText("What you both said yes to")
	stale := fromOf(page)
	p.jo.Post(at, "words", "Plums and pears.", "again", "1")
	p.bren.Post(at+"/yes", "from", stale).Is(http.StatusUnprocessableEntity, p.Ground).HasText("Plums and pears.")
	p.bren.Post(at+"/yes", "from", fromOf(p.bren.Get(at)))
	p.bren.Post(at, "words", "Apples.", "again", "12")
	page = p.jo.Get(at)
	page.HasText("Plums and pears.")
	page.HasText("Apples.")
	p.jo.Post(at+"/back", "from", fromOf(page))
	p.bren.Get(at).LacksText("Apples.")
	p.bren.Get(at).HasText("You both said yes.")
	p.bren.Post(at, "words", "", "again", "12").Is(http.StatusUnprocessableEntity, p.Ground).One("#check a[href='#words']")
	page = p.bren.Post(at, "from", stale, "words", "Cherries.", "again", "12").Is(http.StatusUnprocessableEntity, p.Ground)
	page.One("textarea").HasText("Cherries.")

	p.jo.Post(at + "/end").LacksText("Bren")
	p.jo.Get(at).Is(http.StatusNotFound, p.Ground)
	page = p.bren.Get(at)
	page.HasText("Jo has ended this. The words are gone.")
	page.LacksText("Plums")
	if n := p.Sum("length(words)", "between_agreed"); n != 0 {
		t.Errorf("it has ended, and %d bytes are left", n)
	}
	p.bren.Get("/").One("section a[href='" + at + "']")
	p.bren.Post(at + "/end").LacksText("Jo has ended")
	if n := p.Sum("1", "between_agreed"); n != 0 {
		t.Errorf("both are done with it, and %d rows are left", n)
	}
}

func TestBetween_WithWhoTakesPart(t *testing.T) {
	p := newPair(t)
	for _, whom := range []string{"", string(p.Named("Bren").ID), "nobody"} {
		page := p.bren.Post("/between/new", "whom", whom, "words", words, "again", "3").Is(http.StatusUnprocessableEntity, p.Ground)
		page.One("#check a[href='#whom']")
		page.One("textarea").HasText(words)
	}
}

// What she leaves behind, and what an older copy holds.
func TestBetween_LeavingAndAnOlderCopy(t *testing.T) {
	p := newPair(t)
	at := p.asked()
	p.jo.Post(at+"/yes", "from", fromOf(p.jo.Get(at)))
	p.bren.Post(at, "words", "Apples.", "again", "12")
	p.Write(func(ctx context.Context, tx *store.Tx) error { return p.room.AfterRestore(ctx, tx, p.P) })
	for _, who := range []*fixture.Browser{p.bren, p.jo} {
		page := who.Get(at)
		page.LacksText("What you both said yes to")
		page.HasText(words)
		page.LacksText("Apples.")
	}
	for _, who := range []*fixture.Browser{p.bren, p.jo} {
		who.Post(at+"/yes", "from", fromOf(who.Get(at)))
	}
	p.jo.Get(at).HasText("You both said yes.")
	jo := p.Named("Jo").ID
	p.Write(func(ctx context.Context, tx *store.Tx) error { return p.Circle.Leave(ctx, tx, p.P, jo, "") })
	p.bren.Get(at).Is(http.StatusNotFound, p.Ground)
	if n := p.Sum("1", "between_agreed"); n != 0 {
		t.Errorf("she left, and %d of what she agreed is here", n)
	}
	if strings.Contains(p.bren.Get("/between").Text(), "Jo") {
		t.Error("her name stands there still")
	}
}
