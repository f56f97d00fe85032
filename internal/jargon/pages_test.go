package jargon_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"footing/internal/byhand"
	"footing/internal/jargon"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
)

type group struct {
	*fixture.Site
	room               *jargon.Room
	jo, kez, mia, fund *fixture.Browser
}

func newGroup(t *testing.T) *group {
	t.Helper()
	g := fixture.New(t)
	room := jargon.New(jargon.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(room.Web(), paper.Web())
	return &group{Site: s, room: room, jo: s.As(g.Person("Jo", person.Charity, person.Facilitator)), kez: s.As(g.Person("Kez", person.LivedExperience)),
		mia: s.As(g.Person("Mia", person.LivedExperience)), fund: s.As(g.Person("Wim", person.Funder))}
}

// later moves the clock on, after which everybody signs in anew.
func (g *group) later(days int) {
	g.Pass(time.Duration(days) * 24 * time.Hour)
	for name, b := range map[string]**fixture.Browser{"Jo": &g.jo, "Kez": &g.kez, "Mia": &g.mia, "Wim": &g.fund} {
		*b = g.As(g.Named(name))
	}
}

// word returns the page of the first word on the list, "" when there is none.
func word(b *fixture.Browser) string {
	for _, e := range b.Get("/words").All(".card a[href^='/words/']") {
		at, _ := e.Attr("href")
		return at
	}
	return ""
}

// rows returns every row of the main database but those of words, and those alone.
func (g *group) rows() (others, words []string) {
	g.T.Helper()
	all, err := engine.Rows(g.T.Context(), g.DB)
	g.Must(err)
	for _, row := range all {
		if strings.HasPrefix(row, "jargon_word "+string(g.P)) {
			words = append(words, row)
		} else {
			others = append(others, row)
		}
	}
	slices.Sort(others)
	return others, words
}

// R24: marking stores no name. Two different people mark a word, and the database differs by one number, which is
// the same whoever it was: in no other row of any table is there a trace, and no row of words has an id of a
// person or an hour.
func TestMark_NothingRemembersWho(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/words/hard", "word", "Triage")
	g.later(7)
	at := word(g.kez)
	for _, b := range []*fixture.Browser{g.kez, g.jo, g.fund} { // whoever has looked at it once
		b.Get(at)
	}
	others, _ := g.rows()
	for n, b := range []*fixture.Browser{g.kez, g.jo, g.fund, g.kez} {
		b.Post(at + "/hard").HasText("Marked, without your name.")
		now, words := g.rows()
		if !slices.Equal(now, others) {
			t.Fatalf("after mark %d rows beside the word's changed", n+1)
		}
		if len(words) != 1 || !strings.Contains(words[0], " 1 "+string(rune('1'+n))+" ") { // one of the week before, so many of this
			t.Fatalf("after mark %d the word is %q", n+1, words)
		}
	}
	if n := g.Sum("1", "jargon_word", "counted % 86400000000 <> 0"); n != 0 {
		t.Error("an hour is kept")
	}
	for _, name := range []string{"Kez", "Jo", "Wim"} {
		if found := g.Holding("jargon_", string(g.Named(name).ID), "triage", "Triage"); len(found) != 0 {
			t.Errorf("%q holds who marked it, or the word", found)
		}
	}
}

// A word that is new makes rows of its own, and none of them, in either database, is tied to whoever marked it.
func TestMark_ANewWordIsNobodys(t *testing.T) {
	g := newGroup(t)
	g.kez.Get("/words")
	kez := string(g.Named("Kez").ID)
	before := g.Holding("", kez)
	entries := g.Sum("1", "ledger_entry")
	page := g.kez.Get("/words")
	page.None("[data-draft]") // nothing is saved while she writes
	page.HasText("Nothing here keeps who marked it.")
	g.kez.Post("/words/hard", "word", "triage").HasText("It counts from Monday on.")
	if after := g.Holding("", kez); !slices.Equal(before, after) {
		t.Errorf("rows with her id are %q, before she marked a word %q", after, before)
	}
	if n := g.Sum("1", "ledger_entry"); n != entries {
		t.Error("the log says that somebody marked a word")
	}
}

// What is marked changes no page before Monday, hers neither, and on Monday it is one number for the week.
func TestMark_CountsOnMonday(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/words/hard").Is(http.StatusUnprocessableEntity, g.Ground).HasText("Please say which word.")
	before := g.mia.Get("/words").Body
	g.kez.Post("/words/hard", "word", "Triage")
	g.mia.Post("/words/hard", "word", " triage ")
	for _, b := range []*fixture.Browser{g.kez, g.mia, g.jo} {
		if word(b) != "" {
			t.Error("a word is shown in the week in which it was marked")
		}
	}
	if after := g.mia.Get("/words").Body; after != before {
		t.Error("somebody else's page changed when a word was marked")
	}
	g.later(6)
	if word(g.jo) != "" {
		t.Error("it is shown on a Sunday")
	}
	g.later(1)
	list := g.jo.Get("/words")
	list.HasText("triage")
	list.HasText("Marked as hard: 2")
	g.jo.Post(word(g.jo) + "/hard")
	g.jo.Get(word(g.jo)).HasText("Marked as hard: 2")
	g.later(7)
	g.jo.Get(word(g.jo)).HasText("Marked as hard: 3")
}

func TestExplain_EachVersionHasANameAndStays(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/words/hard", "word", "triage")
	g.later(7)
	at := word(g.kez)
	g.kez.Get(at).HasText("Nobody has said yet what it means.")
	g.jo.Post(at+"/mean").Is(http.StatusUnprocessableEntity, g.Ground).HasText("what it means")
	g.jo.Post(at+"/mean", "meaning", "Sorting by acuity.", "from", "0").HasText("Sorting by acuity.")
	g.mia.Post(at+"/mean", "meaning", "Who is seen first.\nBy how ill they are.", "from", "1").HasText("By how ill they are.")
	page := g.kez.Get(at)
	page.HasText("Mia, 8 March 2027")
	old := g.kez.Get(at + "/before/1")
	old.HasText("Sorting by acuity.")
	old.HasText("This is what it said before.")
	g.kez.Get(at+"/before/9").Is(http.StatusNotFound, g.Ground)

	// Who was slower loses nothing and writes over nothing, whether on the word's page or as a new word.
	for to, form := range map[string][]string{at + "/mean": {"from", "1"}, "/words/new": {"word", "Triage"}} {
		page := g.jo.Post(to, append(form, "meaning", "Putting people in order.")...).Is(http.StatusUnprocessableEntity, g.Ground)
		page.HasText("Who is seen first.")
		if !strings.Contains(page.Body, "Putting people in order.") {
			t.Error("what he typed is gone")
		}
	}
	g.kez.Get("/words").HasText("Who is seen first.")
	if found := g.Holding("jargon_", "Sorting", "seen first"); len(found) != 0 {
		t.Errorf("words lie in the clear: %q", found)
	}
}

// A word can be explained that nobody marked; whoever gives money marks words, and explains none.
func TestExplain_ANewWord(t *testing.T) {
	g := newGroup(t)
	g.fund.Post("/words/new", "word", "cohort", "meaning", "A group.").Is(http.StatusNotFound, g.Ground)
	g.fund.Get("/words").None("a[href='/words/new']")
	g.mia.Post("/words/new", "meaning", "A group.").Is(http.StatusUnprocessableEntity, g.Ground).HasText("Please say which word.")
	page := g.mia.Post("/words/new", "word", "Cohort", "meaning", "A group that is looked at for years.").Is(http.StatusOK, g.Ground)
	page.HasText("cohort")
	page.HasText("A group that is looked at for years.")
	page.LacksText("Marked as hard")
	g.fund.Get(page.Path).HasText("A group that is looked at for years.")
	g.fund.Get(page.Path+"/mean").Is(http.StatusNotFound, g.Ground)
	g.fund.Post(page.Path + "/hard").HasText("Marked, without your name.")
}

// When somebody leaves, what a word means stays, and her name goes.
func TestLeaving_TheMeaningIsTheGroups(t *testing.T) {
	g := newGroup(t)
	at := g.mia.Post("/words/new", "word", "cohort", "meaning", "A group.").Path
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		return g.Circle.Leave(ctx, tx, g.P, g.Named("Mia").ID, "")
	})
	page := g.kez.Get(at)
	page.HasText("A group.")
	page.LacksText("Mia")
}

func TestPaper_SayingWhatAWordMeans(t *testing.T) {
	g := newGroup(t)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, g.Named("Kez").ID, true)
	})
	mo := string(g.Named("Mo").ID)
	g.paper("word", mo, "word", "Cohort", "meaning", "A group.")
	at := word(g.kez)
	g.kez.Get(at).HasText("Mo, 1 March 2027")
	g.paper("word-mean", mo+"/"+strings.TrimPrefix(at, "/words/"), "meaning", "A group that is looked at for years.")
	g.kez.Get(at).HasText("looked at for years")
}

// paper has Jo print a sheet for Mo and enter it, with Kez beside her, who says yes.
func (g *group) paper(twin, about string, form ...string) {
	g.T.Helper()
	page := g.jo.Post("/paper/for/"+twin, "for", about).Is(http.StatusOK, g.Ground)
	form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "paper", "hand.beside", string(g.Named("Kez").ID)}, form...)
	g.jo.Post("/paper/enter/read", form...).Is(http.StatusOK, g.Ground)
	g.jo.Post("/paper/enter/done", form...).HasText("waits for the person beside her")
	action, _ := g.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	g.kez.Post(action, "yes", "1").HasText("Done")
}
