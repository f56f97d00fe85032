package mine_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/byhand"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/mine"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// printing is a group in which Mo has no screen. Jo writes things down, and Kez sits beside.
type printing struct {
	*fixture.Ground
	site                 *fixture.Site
	room                 *mine.Room
	mo, jo, kez, bea, al person.Viewer
	hers                 consent.ID // something that Mo shared with nobody
}

func newPrinting(t *testing.T) *printing {
	t.Helper()
	g := fixture.New(t)
	w := &printing{Ground: g, room: mine.New(mine.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Parts: []mine.Part{notes}, Now: g.Now})}
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	g.News = append(g.News, w.room.News)
	w.site = g.Serve(circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove}).Web(), w.room.Web(), paper.Web())
	w.jo, w.kez = g.Person("Jo", person.Charity), g.Person("Kez", person.LivedExperience)
	w.bea, w.al = g.Person("Bea", person.LivedExperience), g.Person("Al", person.Researcher)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, w.kez.ID, true)
	})
	w.mo = g.Named("Mo")
	w.hers = w.said(w.mo, "It rained.").ID
	return w
}

// said is something that somebody says, shared with those named.
func (w *printing) said(who person.Viewer, text string, to ...consent.Audience) *consent.Prepared {
	w.T.Helper()
	said, err := w.Gate.Prepare(w.T.Context(), w.P, consent.Incoming{Kind: consent.Idea, Keeper: who.ID, Turns: []consent.NewTurn{{Text: text}},
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: who.ID}}})
	w.Must(err)
	terms := consent.Terms{Owner: who.ID}
	for _, a := range to {
		terms.Yes = append(terms.Yes, consent.Yes{Audience: a, Use: consent.Use{Purpose: consent.Heard, Form: consent.Words}, Until: w.Now().AddDate(1, 0, 0)})
	}
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := said.Save(ctx, tx); err != nil {
			return err
		}
		return w.Gate.SetTerms(ctx, tx, who, said.ID, said.Speakers[0], terms)
	})
	return said
}

// paper has Jo print Mo's sheet and enter on it whom she chose.
func (w *printing) paper(with string) fixture.Page {
	w.T.Helper()
	jo := w.site.As(w.jo)
	page := jo.Post("/paper/for/copy", "for", string(w.mo.ID)).Is(http.StatusOK, w.Ground)
	page.HasText("the person you choose sees all of it")
	page.HasText("Some printers keep a copy inside")
	form := []string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "with", with, "hand.way", "spoken", "hand.beside", string(w.kez.ID)}
	jo.Post("/paper/enter/read", form...).Is(http.StatusOK, w.Ground)
	return jo.Post("/paper/enter/done", form...)
}

// yes has Kez say that it is what Mo said.
func (w *printing) yes() {
	w.T.Helper()
	kez := w.site.As(w.kez)
	action, _ := kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	kez.Post(action, "yes", "1").HasText("Done")
}

// action is where the copy that waits for somebody is opened, empty when none does.
func (w *printing) action(v person.Viewer) string {
	w.T.Helper()
	for _, form := range w.site.As(v).Get("/paper/print").All("form[action^='/paper/print/']") {
		at, _ := form.Attr("action")
		return at
	}
	return ""
}

func (w *printing) opened(owner person.Viewer, id consent.ID) (list []consent.Opening) {
	w.T.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		list, err = w.Gate.Openings(ctx, tx, owner, id)
		return err
	})
	return list
}

// A woman without a screen has her copy printed with whom she chose, after the one beside her said yes: once,
// for a few minutes, and on record.
func TestPaper_AWomanWithoutAScreen(t *testing.T) {
	w := newPrinting(t)
	w.paper(string(w.jo.ID)).HasText("waits for the person beside her")
	if w.action(w.jo) != "" {
		t.Fatal("Jo can open it before the one beside Mo said yes")
	}
	w.yes()
	jo := w.site.As(w.jo)
	jo.Get("/").One("a[href='/paper/print']").HasText("Somebody wants to print her copy with you")
	list := jo.Get("/paper/print")
	list.HasText("For Mo")
	list.HasText("Some keep what they print")
	if got := w.opened(w.mo, w.hers); len(got) != 0 {
		t.Errorf("before it was opened %v is on record", got)
	}
	at := w.action(w.jo)
	for _, v := range []person.Viewer{w.kez, w.al} {
		if w.action(v) != "" {
			t.Errorf("%s is offered a copy that is for Jo", v.Name)
		}
		w.site.As(v).Post(at).Is(http.StatusNotFound, w.Ground)
	}
	w.site.AsBefore(w.jo).Post(at).Is(http.StatusForbidden, w.Ground).LacksText("A note of Mo")
	page := jo.Post(at).Is(http.StatusOK, w.Ground)
	page.One(".large").HasText("A note of Mo")
	page.HasText("Printed with Jo.")
	page.None(".large a, .large form")
	got := w.opened(w.mo, w.hers)
	if len(got) != 1 || got[0].Reader != w.jo.ID || got[0].Purpose != consent.Copying || !strings.HasPrefix(string(got[0].Act), "print:") {
		t.Errorf("her list of openings says %v, want Jo, once, for her copy", got)
	}
	w.Pass(5 * time.Minute)
	w.site.As(w.jo).Post(at).Is(http.StatusOK, w.Ground).HasText("Jo opened it to print it with you.") // a printer that jams
	w.Pass(5 * time.Minute)
	w.site.As(w.jo).Post(at).Is(http.StatusNotFound, w.Ground)
	if w.action(w.jo) != "" {
		t.Error("after its minutes it is still offered")
	}
}

// Her yes ends by itself after a day, when she says so, when somebody leaves, and with a backup that is put
// back. Ending it waits for nobody.
func TestPaper_TheYesEnds(t *testing.T) {
	for name, end := range map[string]func(*printing){
		"a day is over":           func(w *printing) { w.Pass(mine.PaperLasts) },
		"she said so on paper":    func(w *printing) { w.paper("nobody").HasText("Done, as she said.") },
		"she chose somebody else": func(w *printing) { w.paper(string(w.al.ID)); w.yes() },
		"a backup was put back": func(w *printing) {
			w.Write(func(ctx context.Context, tx *store.Tx) error { return w.room.AfterRestore(ctx, tx, w.P) })
		},
		"she left": func(w *printing) {
			w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.mo.ID, "") })
		},
		"whoever she chose stepped": func(w *printing) {
			w.Write(func(ctx context.Context, tx *store.Tx) error {
				return w.Circle.Take(ctx, tx, w.P, w.jo.ID, person.Charity)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newPrinting(t)
			w.paper(string(w.jo.ID))
			w.yes()
			at := w.action(w.jo)
			end(w)
			if got := w.site.As(w.Named("Jo")).Post(at).Status; got != http.StatusNotFound {
				t.Errorf("%s, and opening it answers %d", name, got)
			}
			if n := len(w.opened(w.mo, w.hers)); n != 0 {
				t.Error("what was refused is on record as opened")
			}
		})
	}
}

// On a screen she chooses after she was told what stays, sees when it was opened, and can stop it.
func TestPaper_OnAScreen(t *testing.T) {
	w := newPrinting(t)
	w.site.AsBefore(w.bea).Get("/me/copy/with").Is(http.StatusForbidden, w.Ground)
	bea := w.site.As(w.bea)
	page := bea.Get("/me/copy/with").Is(http.StatusOK, w.Ground)
	page.HasText("Some printers keep a copy inside")
	page.None("input[checked]")
	bea.Post("/me/copy/with").Is(http.StatusUnprocessableEntity, w.Ground).HasText("Choose the person")
	bea.Post("/me/copy/with", "with", string(w.mo.ID)).Is(http.StatusUnprocessableEntity, w.Ground) // who has no screen
	bea.Post("/me/copy/with", "with", string(w.jo.ID)).HasText("Jo may open it once")
	at := w.action(w.jo)
	bea.Post("/me/copy/with/stop").LacksText("Jo may open it once")
	w.site.As(w.jo).Post(at).Is(http.StatusNotFound, w.Ground)
	bea.Post("/me/copy/with", "with", string(w.jo.ID))
	at = w.action(w.jo)
	w.site.As(w.jo).Post(at).Is(http.StatusOK, w.Ground).HasText("A note of Bea")
	bea.Get("/me/copy").HasText("Jo opened it to print it with you.")
	bea.Post("/me/copy/with/stop") // and the page is shut at once
	w.site.As(w.jo).Post(at).Is(http.StatusNotFound, w.Ground)
	bea.Get("/me/copy").HasText("Jo opened it to print it with you.")
}

// Words of others are in it only when they were shared with both, and whoever said them sees both.
func TestPaper_WordsOfOthersOnlyForBoth(t *testing.T) {
	w := newPrinting(t)
	var places []*consent.Prepared
	for _, to := range []consent.Audience{{Kind: consent.ToLived}, {Kind: consent.ToPartnership}, {Kind: consent.ToPerson, ID: string(w.jo.ID)}} {
		said := w.said(w.bea, "Mo made tea for "+to.Kind, to)
		w.Write(func(ctx context.Context, tx *store.Tx) error {
			return w.Gate.Mark(ctx, tx, w.P, consent.Mention{Contribution: said.ID, Turn: said.Turns[0], Span: consent.Span{End: 40}, About: w.mo.ID, By: w.bea.ID})
		})
		places = append(places, said)
	}
	w.paper(string(w.jo.ID))
	w.yes()
	at := w.action(w.jo)
	w.site.As(w.jo).Post(at).Is(http.StatusOK, w.Ground).LacksText("said:") // Mo has not said that others may read what is said of her
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		return w.Gate.SetAnswer(ctx, tx, w.P, w.mo.ID, consent.AnswerYes)
	})
	page := w.site.As(w.jo).Post(at).Is(http.StatusOK, w.Ground)
	page.HasText("Mo made tea for " + consent.ToPartnership)
	page.LacksText("Mo made tea for " + consent.ToLived)
	page.LacksText("Mo made tea for " + consent.ToPerson)
	readers := map[person.ID]bool{}
	for _, o := range w.opened(w.bea, places[1].ID) {
		readers[o.Reader] = true
	}
	if len(readers) != 2 || !readers[w.jo.ID] || !readers[w.mo.ID] {
		t.Errorf("Bea is told that %v read it, want Mo and Jo", readers)
	}
	if got := w.opened(w.bea, places[2].ID); len(got) != 0 {
		t.Error("Jo is on record for what was not on the page")
	}
}
