package apart_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/apart"
	"footing/internal/mine"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/web"
	"footing/internal/web/look"
)

// group is one in which Kez and Bea are of the women, Jo, Lindsay and Ruth of everyone else, and Ros of both.
type group struct {
	*fixture.Site
	room                             *apart.Room
	kez, bea, jo, lindsay, ruth, ros *fixture.Browser
}

func newGroup(t *testing.T) group {
	t.Helper()
	g := fixture.New(t)
	room := apart.New(apart.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	copies := mine.New(mine.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now, Parts: []mine.Part{room.Held}})
	s := g.Serve(room.Web(), copies.Web())
	as := func(name string, is ...person.Standing) *fixture.Browser { return s.As(g.Person(name, is...)) }
	return group{s, room, as("Kez", person.LivedExperience), as("Bea", person.LivedExperience), as("Jo", person.Charity, person.Facilitator),
		as("Lindsay", person.Clinician), as("Ruth", person.Researcher), as("Ros", person.LivedExperience, person.Charity)}
}

// list is what Lindsay says of the GPs' list.
var list = []string{"over", "0", "name", "The GPs' list", "who", string(person.Clinician), "who", string(person.Practice), "for", "Dates of training.", "leaves", "The dates, in the notes."}

// at is the first address on a page that begins so.
func (b group) at(page fixture.Page, begin string) string {
	b.T.Helper()
	found := regexp.MustCompile(begin + `[a-z2-7]{26}`).FindString(page.Body)
	if found == "" {
		b.T.Fatalf("nothing leads to %s on %s", begin, page.Path)
	}
	return found
}

// R19: that there is a closed one, who is in it, what for and what leaves it, every member reads.
func TestSpaces_EveryMemberReadsThatThereIsOne(t *testing.T) {
	b := newGroup(t)
	b.kez.Get("/apart").HasText("Nobody has named one yet")
	for left := range len(list)/2 - 1 { // each of them is needed
		form := append([]string{}, list[:2*left+2]...)
		form = append(form, list[min(2*left+4, len(list)):]...)
		if name := list[2*left+2]; name == "who" {
			continue // there are two
		}
		b.lindsay.Post("/apart/new", form...).Is(http.StatusUnprocessableEntity, b.Ground)
	}
	b.lindsay.Post("/apart/new", append(list, "who", string(person.LivedExperience))...).Is(http.StatusUnprocessableEntity, b.Ground)
	b.kez.Get("/apart").HasText("Nobody has named one yet")
	b.lindsay.Post("/apart/new", list...).HasText("Everybody can read it now.")
	for _, v := range []*fixture.Browser{b.kez, b.jo, b.ruth, b.ros} {
		page := v.Get("/apart")
		for _, text := range []string{"The GPs' list", "Dates of training.", "The dates, in the notes.", "Said by Lindsay on 1 March 2027."} {
			page.HasText(text)
		}
	}
	if found := b.Holding("apart_", "training", "GPs"); len(found) > 0 {
		t.Errorf("words lie in the clear: %v", found)
	}
	at := b.at(b.jo.Get("/apart"), "/apart/space/")
	b.kez.Get(at).Is(http.StatusNotFound, b.Ground)
	b.kez.Post("/apart/new", list...).Is(http.StatusNotFound, b.Ground)
	b.jo.Post(at, append(list, "leaves", "Nothing.")...).HasText("Said by Jo") // who does not run it alone changes it under her own name
	again := b.lindsay.Post(at, append(list, "leaves", "All of it.")...).Is(http.StatusUnprocessableEntity, b.Ground)
	again.HasText("The dates, in the notes.")
	b.ruth.Post(at + "/end").HasText("It ended on 1 March 2027.")
	b.kez.Get("/apart").HasText("What has ended")
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Leave(ctx, tx, b.P, b.Named("Ruth").ID, "")
	})
	b.kez.Get("/apart").HasText("The GPs' list") // it does not go with whoever said so
}

// R19: the women's page is not there for anybody else, whoever also holds something else among them.
func TestOurs_IsNotThereForAnybodyElse(t *testing.T) {
	b := newGroup(t)
	b.kez.Post("/apart/ours").Is(http.StatusUnprocessableEntity, b.Ground)
	b.kez.Post("/apart/ours", "words", "Tea before, at mine?").HasText("The other women can read it now.")
	b.bea.Get("/apart/ours").HasText("Tea before, at mine?")
	b.bea.Get("/apart").One("a[href='/apart/ours']")
	none := b.jo.Get("/apart/nothing")
	for _, v := range []*fixture.Browser{b.jo, b.lindsay, b.ruth, b.ros} {
		page := v.Get("/apart/ours").Is(http.StatusNotFound, b.Ground)
		if page.Text() != none.Text() {
			t.Errorf("a page that is not there reads %q, and this one %q", none.Text(), page.Text())
		}
		v.Post("/apart/ours", "words", "Me too").Is(http.StatusNotFound, b.Ground)
		v.Get("/apart").None("a[href='/apart/ours']")
	}
	if found := b.Holding("apart_", "Tea before"); len(found) > 0 {
		t.Errorf("words lie in the clear: %v", found)
	}
	drop := b.at(b.kez.Get("/apart/ours"), "/apart/ours/") + "/drop"
	for _, v := range []*fixture.Browser{b.bea, b.jo} {
		v.Post(drop).Is(http.StatusNotFound, b.Ground)
	}
	b.kez.Get("/me/copy/all").HasText("Tea before, at mine?")
	b.bea.Get("/me/copy/all").LacksText("Tea before")
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	b.bea.Get("/apart/ours").LacksText("Tea before")
	b.bea.Post(b.at(b.kez.Get("/apart/ours"), "/apart/ours/")+"/stands").Is(http.StatusNotFound, b.Ground)
	b.kez.Post(b.at(b.kez.Get("/apart/ours"), "/apart/ours/") + "/stands")
	b.bea.Get("/apart/ours").HasText("Tea before")
	b.kez.Post(drop).HasText("It is erased.")
	b.bea.Post("/apart/ours", "words", "I bring the cake.")
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Leave(ctx, tx, b.P, b.Named("Bea").ID, "")
	})
	if n := b.Sum("1", "apart_note"); n != 0 {
		t.Errorf("%d notes are left", n)
	}
}

// What nobody names here has a way from this page.
func TestSpaces_LeadToWhatIsHarderToSee(t *testing.T) {
	g := fixture.New(t)
	room := apart.New(apart.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now, Beside: func(*web.Request) []look.Link { return []look.Link{{Href: "/decides", Text: "Who decides"}} }})
	g.Serve(room.Web()).As(g.Person("Kez", person.LivedExperience)).Get("/apart").One("a[href='/decides']")
}

// Each change stands there with a name: what somebody said is not written over by whoever says it anew.
func TestSpaces_EachChangeStaysWithItsName(t *testing.T) {
	b := newGroup(t)
	b.lindsay.Post("/apart/new", list...)
	at := b.at(b.jo.Get("/apart"), "/apart/space/")
	b.kez.Get("/apart").None("a[href$='/before']") // nothing was said before
	b.jo.Post(at, append(list, "leaves", "Nothing.")...).HasText("Said by Jo")
	b.ruth.Post(at + "/end").HasText("Said by Ruth on 1 March 2027. It ended on 1 March 2027.")
	b.kez.Get("/apart").One("a[href='" + at + "/before']")
	for _, v := range []*fixture.Browser{b.kez, b.lindsay} {
		page := v.Get(at + "/before")
		page.HasText("Said by Ruth on 1 March 2027.")
		last := 0
		for _, text := range []string{"Said by Ruth", "What was said before", "Said by Jo on 1 March 2027.", "Said by Lindsay on 1 March 2027."} {
			if i := strings.Index(page.Text(), text); i < last {
				t.Errorf("%q does not come after what is newer: %s", text, page.Text())
			} else {
				last = i
			}
		}
	}
	b.lindsay.Get("/me/copy/all").HasText("The dates, in the notes.") // what she said is in her own copy still
	b.kez.Get("/apart/space/nothing/before").Is(http.StatusNotFound, b.Ground)
}
