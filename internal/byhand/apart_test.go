package byhand_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/apart"
	"footing/internal/byhand"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// among is a group in which Mo has no screen. Kez, Bren and Bea are of the women as she is, Jo, Lindsay and Ann are
// of everyone else, Ros is of both, and Ann has no screen either.
type among struct {
	group
	room              *apart.Room
	bea, lindsay, ros *fixture.Browser
}

func newAmong(t *testing.T) among {
	t.Helper()
	g := fixture.New(t)
	room := apart.New(apart.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(room.Web(), paper.Web())
	as := func(name string, is ...person.Standing) *fixture.Browser { return s.As(g.Person(name, is...)) }
	lived := person.LivedExperience
	b := among{group{Site: s, jo: as("Jo", person.Charity, person.Facilitator), kez: as("Kez", lived), bren: as("Bren", lived)}, room,
		as("Bea", lived), as("Lindsay", person.Clinician), as("Ros", lived, person.Charity)}
	kez := b.Named("Kez").ID
	for _, one := range []struct {
		name string
		is   person.Standing
	}{{"Mo", lived}, {"Ann", person.Clinician}} {
		g.Write(func(ctx context.Context, tx *store.Tx) error {
			id, err := g.Circle.Add(ctx, tx, g.P, one.name, "")
			if err != nil {
				return err
			}
			return g.Circle.Give(ctx, tx, g.P, id, one.is, kez, true)
		})
	}
	return b
}

// R19 on paper: what the women write to each other is printed, typed in and stood beside by them alone. To anybody else
// the task is not there, its sheet has no code, and nothing that is entered can name them.
func TestApart_TheWomensNotesOnPaper(t *testing.T) {
	b := newAmong(t)
	mo := b.id("Mo")
	for _, who := range []*fixture.Browser{b.jo, b.lindsay, b.ros} {
		who.Get("/paper").LacksText("Notes to each other")
		for _, twin := range []string{"ours", "ours-back"} {
			who.Get("/paper/for/"+twin).Is(http.StatusNotFound, b.Ground)
			who.Post("/paper/for/"+twin, "for", mo).Is(http.StatusNotFound, b.Ground)
		}
	}
	b.kez.Get("/paper").HasText("Notes to each other")
	b.kez.Get("/paper/for/ours").LacksText("Ann")
	code := b.print(b.kez, "ours", "for", mo)
	sheet := b.kez.Get("/paper/sheet/" + code)
	sheet.HasText("Only one of the women.")
	sheet.HasText("Please give this page to nobody else.")

	said := []string{"code", code, "words", "Tangerine: I bring the chairs.", "hand.way", "paper", "hand.beside", b.id("Bren")}
	for _, who := range []*fixture.Browser{b.jo, b.lindsay, b.ros} {
		none := who.Post("/paper/enter", "code", "K7M-R4T").Is(http.StatusUnprocessableEntity, b.Ground)
		for _, path := range []string{"/paper/enter", "/paper/enter/read", "/paper/enter/done"} {
			page := who.Post(path, said...).Is(http.StatusUnprocessableEntity, b.Ground)
			page.LacksText("Mo")
			if got, want := page.Text(), none.Text(); path == "/paper/enter" && got != want {
				t.Errorf("a code that there is reads %q, and one that there is not %q", got, want)
			}
		}
	}
	asked := b.kez.Post("/paper/enter", "code", code)
	asked.HasText("Bea")
	for _, name := range []string{"Jo", "Lindsay", "Ros"} { // could not be beside her, named by a form or not
		asked.None("input[name='hand.beside'][value='" + b.id(name) + "']")
		b.kez.Post("/paper/enter/done", append(said[:len(said)-1:len(said)-1], b.id(name))...).Is(http.StatusUnprocessableEntity, b.Ground)
	}
	b.kez.Post("/paper/enter/done", said...).HasText("It now waits for the person beside her.")
	b.bea.Get("/apart/ours").LacksText("Tangerine")
	if found := b.Holding("", "Tangerine"); len(found) > 0 {
		t.Errorf("what was taken down lies in the clear: %v", found)
	}
	b.beside(b.bren, "yes").HasText("Done")
	page := b.bea.Get("/apart/ours")
	page.HasText("Mo")
	page.HasText("Tangerine: I bring the chairs.")
	if n := b.countAnswers(); n != 0 {
		t.Errorf("%d entries still hold what was written down", n)
	}
	if found := b.Holding("", "Tangerine"); len(found) > 0 {
		t.Errorf("her words lie in the clear: %v", found)
	}

	b.lindsay.Get("/paper").LacksText("1 March 2027")
	b.jo.Post("/paper/for/ours-back", "for", mo+"/"+b.note()).Is(http.StatusNotFound, b.Ground)
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	b.bea.Get("/apart/ours").LacksText("Tangerine")
	code = b.print(b.kez, "ours-back", "for", mo+"/"+b.note())
	b.kez.Get("/paper/sheet/" + code).LacksText("Tangerine")
	b.entered(b.kez, code, "hand.way", "spoken", "hand.beside", b.id("Bren")).HasText("Please choose one.")
	b.entered(b.kez, code, "do", "stands", "hand.way", "spoken", "hand.beside", b.id("Bren"))
	b.beside(b.bren, "yes").HasText("Done")
	b.bea.Get("/apart/ours").HasText("Tangerine")
	back, other := b.print(b.kez, "ours-back", "for", mo+"/"+b.note()), b.print(b.bren, "ours-back", "for", mo+"/"+b.note())
	b.entered(b.kez, back, "do", "drop", "hand.way", "spoken", "hand.beside", b.id("Bea")).HasText("Done, as she said.")
	b.bea.Get("/apart/ours").LacksText("Tangerine")
	b.bren.Get("/paper/sheet/" + other).HasText("This note is erased already.")
	if n := b.Sum("1", "apart_note"); n != 0 {
		t.Errorf("%d notes are left", n)
	}
}

// note is the id of the one note there is.
func (b among) note() string {
	b.T.Helper()
	var id string
	b.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = store.Get(ctx, tx, store.One[string], `SELECT id FROM apart_note WHERE partnership_id = $1`, b.P)
		return err
	})
	return id
}

// Whoever takes up something else after she sat beside is told of nothing, and what waited reaches nobody.
func TestApart_WhoIsNotOfThemAnyMoreSaysNoYes(t *testing.T) {
	b := newAmong(t)
	code := b.print(b.kez, "ours", "for", b.id("Mo"))
	b.entered(b.kez, code, "words", "Tangerine.", "hand.way", "spoken", "hand.beside", b.id("Bren"))
	action, _ := b.bren.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	kez, bren := b.Named("Kez").ID, b.Named("Bren").ID
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Give(ctx, tx, b.P, bren, person.Charity, kez, true)
	})
	b.bren.Get("/paper/beside").HasText("Nothing waits for you.")
	for _, answer := range []string{"yes", "no"} {
		b.bren.Post(action, answer, "1").Is(http.StatusNotFound, b.Ground)
	}
	b.bea.Get("/apart/ours").LacksText("Tangerine")
}

// She who signs in sees who typed it, and takes it back herself.
func TestApart_ANoteFromPaperIsHersToTakeBack(t *testing.T) {
	b := newAmong(t)
	b.entered(b.kez, b.print(b.bea, "ours", "for", b.id("Bea")), "words", "Tangerine.", "hand.way", "paper", "hand.beside", b.id("Bren"))
	b.beside(b.bren, "yes")
	mine := b.bea.Get("/me/paper")
	mine.HasText("From paper. Kez entered it. Bren was beside you.")
	mine.One("a[href='/apart/ours']")
	b.bea.Post("/apart/ours/" + b.note() + "/drop").HasText("It is erased.")
	b.kez.Get("/apart/ours").LacksText("Tangerine")
}

// R19 on paper: whoever has no screen names what she runs, says it anew and ends it, under her name.
func TestApart_NamingWhatMeetsApartOnPaper(t *testing.T) {
	b := newAmong(t)
	ann, hand := b.id("Ann"), []string{"hand.way", "paper", "hand.beside", b.id("Kez")}
	b.jo.Get("/paper/for/space").LacksText("Mo") // she is not one of those who could
	code := b.print(b.jo, "space", "for", ann)
	b.jo.Get("/paper/sheet/" + code).HasText("Who is in it?")
	b.entered(b.jo, code, append([]string{"over", "0", "name", "The GPs' list", "who", "clinician", "for", "Dates."}, hand...)...).HasText("waits for the person beside her")
	b.kez.Get("/apart").LacksText("The GPs' list")
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.kez.Post(action, "yes", "1").HasText("Please say what comes out of it.")
	b.beside(b.kez, "no")
	code = b.print(b.jo, "space", "for", ann)
	b.entered(b.jo, code, append([]string{"over", "0", "name", "The GPs' list", "who", "clinician", "for", "Dates.", "leaves", "The dates."}, hand...)...)
	b.beside(b.kez, "yes").HasText("Done")
	b.kez.Get("/apart").HasText("Said by Ann on 1 March 2027.")

	at, _ := b.jo.Get("/apart").One("a[href^='/apart/space/']").Attr("href")
	thing := ann + "/" + strings.TrimPrefix(at, "/apart/space/")
	b.jo.Get("/paper/for/space-change").HasText("For Ann: The GPs' list")
	code = b.print(b.jo, "space-change", "for", thing)
	b.jo.Get("/paper/sheet/" + code).HasText("The dates.")
	b.entered(b.jo, code, append([]string{"over", "0", "leaves", "All of it."}, hand...)...)
	b.beside(b.kez, "yes").HasText("Done")
	page := b.kez.Get("/apart")
	page.HasText("All of it.")
	page.HasText("Dates.") // what she left empty stays
	code = b.print(b.jo, "space-change", "for", thing)
	stale := append([]string{"code", code, "over", "0", "leaves", "Nothing."}, hand...)
	b.jo.Post("/paper/enter/done", stale...) // somebody has said more since she read it
	b.beside(b.kez, "yes").Is(http.StatusConflict, b.Ground)
	b.beside(b.kez, "no")
	code = b.print(b.jo, "space-change", "for", thing)
	b.entered(b.jo, code, append([]string{"do", "end"}, hand...)...).HasText("Done, as she said.")
	b.kez.Get("/apart").HasText("It ended on 1 March 2027.")
	b.kez.Get("/paper/for/space").Is(http.StatusOK, b.Ground)
}

// What asks for everybody is printed for somebody without a screen too, by whoever prints for her.
func TestPaper_WhatIsNobodysOwnIsPrintedForHer(t *testing.T) {
	b := newAmong(t)
	b.lindsay.Post("/apart/new", "over", "0", "name", "The list", "who", "clinician", "for", "Dates.", "leaves", "Dates.")
	page := b.kez.Get("/paper/for/space-change")
	page.HasText("For Ann: The list")
	page.LacksText("For Jo: The list") // signs in herself
}
