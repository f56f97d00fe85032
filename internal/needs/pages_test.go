package needs_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/byhand"
	"footing/internal/needs"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// group is one in which Jo hosts, Kez signs in, and Mo has no screen.
type group struct {
	*fixture.Site
	room               *needs.Room
	jo, kez, bea, ruth *fixture.Browser
}

func newGroup(t *testing.T) group {
	t.Helper()
	g := fixture.New(t)
	room := needs.New(needs.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(room.Web(), paper.Web())
	b := group{Site: s, room: room, jo: s.As(g.Person("Jo", person.Charity, person.Facilitator)), kez: s.As(g.Person("Kez", person.LivedExperience)),
		bea: s.As(g.Person("Bea", person.LivedExperience)), ruth: s.As(g.Person("Ruth", person.Researcher))}
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, b.Named("Kez").ID, true)
	})
	return b
}

// first returns where the first link or form on a page leads that begins so.
func first(page fixture.Page, attr, begin string) string {
	for _, e := range page.All("[" + attr + "^='" + begin + "']") {
		at, _ := e.Attr(attr)
		if at != begin+"new" {
			return at
		}
	}
	return ""
}

// says has Kez say what she needs.
func (b group) says(form ...string) string {
	b.T.Helper()
	return first(b.kez.Post("/needs/new", form...).Is(http.StatusOK, b.Ground), "href", "/needs/line/")
}

var interpreter = []string{"kind", "interpreter", "language", "Somali", "words", "Please speak slowly.", "like", "Amina", "not", "anybody from my street"}

// booked is what Jo fills in for it.
var booked = []string{"what", "Somali, two hours", "when", "Tuesday at ten", "who", "Amina Warsame", "for", "the first meeting", "agreed", "1", "agreed_on-day", "26", "agreed_on-month", "2", "agreed_on-year", "2027"}

func TestNeeds_NobodyKnowsUntilSheSaysWho(t *testing.T) {
	b := newGroup(t)
	b.jo.Get("/needs/arrange").HasText("Nothing to arrange")
	page := b.kez.Get("/needs/new")
	page.None("input[checked]")
	page.HasText("only you, until you choose")
	at := b.says(interpreter...)
	mine := b.kez.Get("/needs")
	mine.HasText("An interpreter")
	mine.HasText("Nobody yet")
	for _, v := range []*fixture.Browser{b.jo, b.bea, b.ruth} {
		v.Get("/needs").LacksText("Somali")
		v.Get(at).Is(http.StatusNotFound, b.Ground)
	}
	b.jo.Get("/needs/arrange").LacksText("Kez")

	b.kez.Post(at, append(interpreter, "may", "hosts")...)
	b.jo.Get("/needs/arrange").HasText("anybody from my street")
	for _, v := range []*fixture.Browser{b.bea, b.ruth} {
		v.Get("/needs").LacksText("Somali")
		v.Get("/needs/arrange").Is(http.StatusNotFound, b.Ground)
	}
	b.kez.Post(at, append(interpreter, "may", "everybody")...)
	b.bea.Get("/needs").HasText("Kez: An interpreter")
	b.bea.Get("/needs").LacksText("anybody from my street") // whom she would rather not have is for those who arrange it
	b.kez.Post("/needs/new", "kind", "ease", "words", "A seat by the door.", "may", "everybody")
	b.bea.Get("/needs").HasText("A seat by the door.")
	b.jo.Get("/needs/arrange").HasText("A seat by the door.")
	for _, h := range b.jo.Get("/needs/arrange").All("h3") {
		if h.Text() == "Bea" || h.Text() == "Ruth" {
			t.Error("whoever said nothing stands on the list")
		}
	}
	b.kez.Post(at, append(interpreter, "may", "nobody")...)
	b.jo.Get("/needs/arrange").LacksText("Somali")
	if n := b.Sum("1", "needs_line", "words LIKE '%Somali%'"); n != 0 {
		t.Error("what she needs lies in the clear")
	}
	// A host who hosts no longer knows no longer.
	b.kez.Post(at, append(interpreter, "may", "hosts")...)
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Take(ctx, tx, b.P, b.Named("Jo").ID, person.Facilitator)
	})
	b.As(b.Named("Jo")).Get("/needs/arrange").Is(http.StatusNotFound, b.Ground)
}

func TestBooking_ByNameAndOnlyWithTheAgreement(t *testing.T) {
	b := newGroup(t)
	b.says(append(interpreter, "may", "hosts")...)
	at := first(b.jo.Get("/needs/arrange"), "href", "/needs/arrange/")
	b.jo.Get(at).None("input[checked]")
	b.jo.Post(at, booked[:8]...).Is(http.StatusUnprocessableEntity, b.Ground).HasText("has to agree on paper first")
	b.jo.Post(at, booked[:4]...).Is(http.StatusUnprocessableEntity, b.Ground).HasText("who comes")
	b.bea.Post(at, booked...).Is(http.StatusNotFound, b.Ground)
	b.jo.Post(at, booked...).HasText("No answer is needed")
	mine := b.kez.Get("/needs")
	for _, want := range []string{"Amina Warsame", "Tuesday at ten", "the first meeting", "agreed to it on paper on 26 February 2027", "Is that right for you?"} {
		mine.HasText(want)
	}
	b.bea.Get("/needs").LacksText("Amina")
	answer := first(mine, "action", "/needs/booked/")
	b.bea.Post(answer, "says", "right").Is(http.StatusNotFound, b.Ground)
	b.jo.Post(answer, "says", "right").Is(http.StatusNotFound, b.Ground)
	b.kez.Post(answer, "says", "right").HasText("You said: that is right.")
	b.jo.Get("/needs/arrange").HasText("She said: that is right.")
	b.kez.Post(answer, "says", "another").HasText("You said: not this person.")
	b.jo.Get("/needs/arrange").HasText("book somebody else")
	off := first(b.jo.Get("/needs/arrange"), "action", "/needs/arrange/")
	b.bea.Post(off).Is(http.StatusNotFound, b.Ground)
	b.jo.Post(off)
	b.kez.Get("/needs").LacksText("Amina Warsame")

	b.jo.Post(at, booked...)
	b.jo.Post(first(b.jo.Get("/needs/arrange"), "action", "/needs/arrange/"))
	gone := b.kez.Get("/needs")
	gone.HasText("called off by the people who arrange it")
	b.kez.Post(first(gone, "action", "/needs/booked/"), "says", "gone").LacksText("Amina Warsame")
	if n := b.Sum("1", "needs_booking"); n != 0 {
		t.Errorf("%d bookings are kept that nobody needs", n)
	}
}

// What she takes back is erased at once, and what was booked is to be called off, without her words or her.
func TestDrop_IsErasedAndWhatWasBookedIsCalledOff(t *testing.T) {
	for name, end := range map[string]func(group, string){
		"erased":   func(b group, at string) { b.kez.Post(at + "/drop").HasText("It is erased.") },
		"narrowed": func(b group, at string) { b.kez.Post(at, interpreter...) },
		"left": func(b group, _ string) {
			b.Write(func(ctx context.Context, tx *store.Tx) error {
				return b.Circle.Leave(ctx, tx, b.P, b.Named("Kez").ID, "")
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newGroup(t)
			at := b.says(append(interpreter, "may", "hosts")...)
			b.jo.Post(first(b.jo.Get("/needs/arrange"), "href", "/needs/arrange/"), booked...)
			end(b, at)
			if n := b.Sum("1", "needs_line"); (n == 0) != (name != "narrowed") {
				t.Errorf("after it was %s, %d lines are kept", name, n)
			}
			page := b.jo.Get("/needs/arrange")
			page.HasText("Please call this off")
			page.HasText("Amina Warsame")
			page.LacksText("Kez")
			page.LacksText("Please speak slowly")
			b.jo.Post(first(page, "action", "/needs/arrange/")).HasText("Nothing to arrange")
			if n := b.Sum("1", "needs_booking"); n != 0 {
				t.Errorf("%d bookings are kept after they were called off", n)
			}
		})
	}
}

func TestBooking_CancelledByHer(t *testing.T) {
	b := newGroup(t)
	b.says("kind", "children", "may", "hosts")
	at := first(b.jo.Get("/needs/arrange"), "href", "/needs/arrange/")
	b.jo.Post(at, "what", "A childminder", "when", "Tuesday").Is(http.StatusOK, b.Ground) // who hears nothing needs no agreement
	answer := first(b.kez.Get("/needs"), "action", "/needs/booked/")
	b.kez.Post(answer, "says", "cancelled").HasText("You cancelled it.")
	b.kez.Post(answer, "says", "right").Is(http.StatusUnprocessableEntity, b.Ground)
	b.jo.Post(first(b.jo.Get("/needs/arrange"), "action", "/needs/arrange/"))
	b.kez.Get("/needs").LacksText("A childminder")
}

// What she typed is not lost, and what stands there by now is shown, when she changed it in another window.
func TestChange_InTwoWindows(t *testing.T) {
	b := newGroup(t)
	at := b.says(append(interpreter, "may", "hosts")...)
	from, _ := b.kez.Get(at).One("input[name=from]").Attr("value")
	b.kez.Post(at, "from", from, "language", "Arabic", "may", "hosts")
	page := b.kez.Post(at, "from", from, "language", "Tigrinya", "may", "hosts").Is(http.StatusUnprocessableEntity, b.Ground)
	page.HasText("Arabic")
	page.One("input[value='Tigrinya']")
	b.kez.Post(at, "language", "", "may", "hosts").Is(http.StatusUnprocessableEntity, b.Ground).HasText("which language")
}

// paper has Jo print a sheet for Mo and enter it, with Kez beside her.
func (b group) paper(twin, about string, form ...string) fixture.Page {
	b.T.Helper()
	page := b.jo.Post("/paper/for/"+twin, "for", about).Is(http.StatusOK, b.Ground)
	form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "spoken", "hand.beside", string(b.Named("Kez").ID)}, form...)
	b.jo.Post("/paper/enter/read", form...).Is(http.StatusOK, b.Ground)
	return b.jo.Post("/paper/enter/done", form...)
}

func (b group) yes() {
	b.T.Helper()
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.kez.Post(action, "yes", "1").HasText("Done")
}

// Whoever has no screen says what she needs on paper, changes it, answers to what is booked and takes it back.
func TestPaper_SayingChangingAnswering(t *testing.T) {
	b := newGroup(t)
	mo := string(b.Named("Mo").ID)
	b.paper("needs", mo, "kind", "sign").HasText("Done, as she said.") // nobody may know: nothing waits
	b.jo.Get("/needs/arrange").LacksText("Mo")
	b.paper("needs", mo, append(interpreter, "may", "hosts")...).HasText("waits for the person beside her")
	b.jo.Get("/needs/arrange").LacksText("Somali")
	b.yes()
	b.jo.Get("/needs/arrange").HasText("Somali")
	b.jo.Post(first(b.jo.Get("/needs/arrange"), "href", "/needs/arrange/"), booked...)

	var line, booking string
	b.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		if line, err = store.Get(ctx, tx, store.One[string], `SELECT id FROM needs_line WHERE partnership_id = $1 AND may = 'hosts'`, b.P); err == nil {
			booking, err = store.Get(ctx, tx, store.One[string], `SELECT id FROM needs_booking WHERE partnership_id = $1`, b.P)
		}
		return err
	})
	about := mo + "/" + line
	b.paper("needed", about, "booking-"+booking, "right").HasText("waits for the person beside her")
	b.yes()
	b.jo.Get("/needs/arrange").HasText("She said: that is right.")
	b.paper("needed", about, "booking-"+booking, "another").HasText("Done, as she said.")
	b.jo.Get("/needs/arrange").HasText("She said: not this person.")
	b.paper("needed", about, "do", "everybody").HasText("waits for the person beside her")
	b.yes()
	b.bea.Get("/needs").HasText("Mo: An interpreter")
	b.paper("needed", about).Is(http.StatusUnprocessableEntity, b.Ground)
	b.paper("needed", about, "do", "erase").HasText("Done, as she said.")
	b.bea.Get("/needs").LacksText("Mo")
	b.jo.Get("/needs/arrange").LacksText("Mo")
	if b.ruth.Post("/paper/for/needed", "for", about).Status != http.StatusUnprocessableEntity {
		t.Error("Ruth neither wrote it down nor sat beside, and can print a sheet about what Mo needs")
	}
}

// After a backup was put back nobody knows anything, since she may have taken it back since.
func TestRestore_NobodyKnows(t *testing.T) {
	b := newGroup(t)
	b.says(append(interpreter, "may", "everybody")...)
	b.jo.Post(first(b.jo.Get("/needs/arrange"), "href", "/needs/arrange/"), booked...)
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	b.bea.Get("/needs").LacksText("Somali")
	b.jo.Get("/needs/arrange").HasText("Nothing to arrange")
	b.kez.Get("/needs").HasText("Nobody yet")
}
