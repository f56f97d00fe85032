package power_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/byhand"
	"footing/internal/person"
	"footing/internal/power"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// group is one in which Jo hosts meetings, and so answers.
type group struct {
	*fixture.Site
	room                    *power.Room
	jo, kez, bea, ruth, fay *fixture.Browser
}

func newGroup(t *testing.T) group {
	t.Helper()
	g := fixture.New(t)
	room := power.New(power.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(room.Web(), paper.Web())
	return group{Site: s, room: room, jo: s.As(g.Person("Jo", person.Charity, person.Facilitator)), kez: s.As(g.Person("Kez", person.LivedExperience)),
		bea: s.As(g.Person("Bea", person.LivedExperience)), ruth: s.As(g.Person("Ruth", person.Researcher)), fay: s.As(g.Person("Fay", person.Funder))}
}

// said returns where the first thing that was said stands, as that person sees it; "" when she sees none.
func said(b *fixture.Browser) string {
	for _, e := range b.Get("/decides").All("a[href^='/decides/said/']") {
		at, _ := e.Attr("href")
		return at
	}
	return ""
}

// later moves the clock on, after which everybody signs in anew.
func (g *group) later(days int) {
	g.Pass(time.Duration(days) * 24 * time.Hour)
	for name, b := range map[string]**fixture.Browser{"Jo": &g.jo, "Kez": &g.kez, "Bea": &g.bea, "Ruth": &g.ruth, "Fay": &g.fay} {
		*b = g.As(g.Named(name))
	}
}

var noticed = []string{"form", "hidden", "what", "The list of what we talk about came from the office.", "sign"}

// R34: what is said without a name has no id of whoever said it in the database or the log, is shown to nobody
// before the group's day, and then without an hour.
func TestSay_WithoutANameNothingOfHerIsKept(t *testing.T) {
	g := newGroup(t)
	page := g.kez.Get("/decides/new/seen")
	page.None("input[checked]")
	page.None("[data-draft]") // nothing is saved while she writes
	page.HasText("People may still guess.")
	page.HasText("put it in other words with you")
	page.HasText("These people answer: Jo.")
	page.All("a[href='/support']")
	before := g.Sum("1", "ledger_entry")
	g.kez.Post("/decides/new/seen", append(noticed, "without")...).HasText("on the group’s day")
	g.kez.Post("/decides/new/wrong", "what", "The money came late.", "sign", "without")
	for _, b := range []*fixture.Browser{g.kez, g.bea, g.jo, g.ruth} {
		if at := said(b); at != "" {
			t.Errorf("before the day %s can be opened", at)
		}
	}
	if n := g.Sum("1", "ledger_entry"); n != before {
		t.Error("the log says that somebody said something")
	}
	for _, table := range []string{"power_entry", "power_answer", "power_list", "power_day"} {
		if found := g.Holding(table, string(g.Named("Kez").ID), "The list of what", "came late"); len(found) != 0 {
			t.Errorf("%s holds %q", table, found)
		}
	}
	if n := g.Sum("1", "power_entry", "shown % 86400000000 <> 0"); n != 0 {
		t.Error("an hour is kept")
	}

	g.later(8)
	for _, b := range []*fixture.Browser{g.kez, g.bea, g.jo, g.ruth} {
		list := b.Get("/decides")
		list.HasText("Without a name, shown on")
		list.LacksText("came from the office") // what it says waits until it is opened
	}
	one := g.bea.Get(said(g.bea))
	one.HasText("came from the office")
	one.LacksText("Kez")
	one.HasText("An answer is owed by")
	g.kez.Get(said(g.kez)).None("form[action$='/drop']") // nobody can take it back, she neither
	g.kez.Post(said(g.kez)+"/drop").Is(http.StatusNotFound, g.Ground)
	g.fay.Get("/decides").Is(http.StatusNotFound, g.Ground)
	g.fay.Get(said(g.bea)).Is(http.StatusNotFound, g.Ground)
}

func TestSay_NothingIsChosenForHer(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/decides/new/seen", noticed[:4]...).Is(http.StatusUnprocessableEntity, g.Ground).HasText("whether your name stands beside it")
	back := g.kez.Post("/decides/new/seen", append(noticed[:4:4], "sign", "")...)
	back.HasText("came from the office") // what she typed is kept on the page
	if n := g.Sum("1", "power_entry"); n != 0 {
		t.Error("something is kept without her answer")
	}
	g.kez.Get("/decides/new/nothing").Is(http.StatusNotFound, g.Ground)
}

// R37: whether she was asked has to be said, and "I do not know" is an answer.
func TestPulled_WasSheAskedIsCompulsory(t *testing.T) {
	g := newGroup(t)
	dilemma := []string{"what", "She wanted to come, and it was late.", "who", "Two of us.", "after", "She came.", "sign", "name"}
	g.kez.Post("/decides/new/pulled", dilemma...).Is(http.StatusUnprocessableEntity, g.Ground).HasText("Please say whether she was asked.")
	g.kez.Post("/decides/new/pulled", append(dilemma, "asked", "unknown")...)
	one := g.bea.Get(said(g.bea))
	for _, want := range []string{"She wanted to come, and it was late.", "Two of us.", "I do not know", "She came.", "Kez"} {
		one.HasText(want)
	}
}

// R38: where nothing went wrong, the page says plainly that nothing is written.
func TestWrong_AnEmptyListSaysSo(t *testing.T) {
	g := newGroup(t)
	g.bea.Get("/decides").HasText("Few groups make no mistakes, so some may be missing.")
	g.ruth.Post("/decides/new/wrong", "what", "The money came late.", "after", "Ask in the week before.", "sign", "name")
	page := g.bea.Get("/decides")
	page.LacksText("so some may be missing")
	page.LacksText("came late")
	page.HasText("Ruth")
}

// Whoever answers is said beforehand, and the day by which; when it is over, the page says that it is late.
func TestElsewhere_AnAnswerIsOwed(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/decides/new/elsewhere", "what", "That we meet on Fridays.", "sign", "name").Is(http.StatusUnprocessableEntity, g.Ground)
	g.kez.Post("/decides/new/elsewhere", "what", "That we meet on Fridays.", "who", "In the diary of one person.", "sign", "name")
	at := said(g.kez)
	g.bea.Get(at).None("form[action$='/answer']")
	g.bea.Post(at+"/answer", "reply", "No.").Is(http.StatusNotFound, g.Ground)
	g.jo.Get(at).HasText("An answer is owed by")
	g.later(16)
	g.bea.Get("/decides").HasText("It is late, and nobody has answered.")
	g.jo.Post(at+"/answer", "reply", " ").Is(http.StatusUnprocessableEntity, g.Ground).HasText("Please write an answer.")
	g.jo.Post(at+"/answer", "reply", "You are right.\nWe will ask everybody.").HasText("We will ask everybody.")
	g.jo.Post(at+"/answer", "reply", "Something else.").Is(http.StatusUnprocessableEntity, g.Ground) // one answer, and it stays
	g.bea.Get(at).HasText("Jo answered on")
	if found := g.Holding("power_answer", "ask everybody"); len(found) != 0 {
		t.Errorf("an answer lies in the clear: %q", found)
	}
}

func TestDrop_HersIsErasedWithItsAnswer(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/decides/new/seen", append(noticed, "name")...)
	at := said(g.kez)
	g.jo.Post(at+"/answer", "reply", "We will write it together.")
	g.bea.Post(at+"/drop").Is(http.StatusNotFound, g.Ground)
	g.kez.Post(at + "/drop").HasText("It is erased.")
	g.jo.Get(at).Is(http.StatusNotFound, g.Ground)
	if n := g.Sum("1", "power_entry") + g.Sum("1", "power_answer"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
	if n := g.Sum("1", "consent_doomed"); n != 2 {
		t.Errorf("%d keys are to go, want hers and the answer's", n)
	}
}

// After an older copy was put back, what has a name is its writer's alone until she has looked: she may have
// taken it back since.
func TestRestore_WhatHasANameIsShutUntilSheSays(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/decides/new/seen", append(noticed, "name")...)
	at := said(g.kez)
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.room.AfterRestore(ctx, tx, g.P) })
	g.bea.Get(at).Is(http.StatusNotFound, g.Ground)
	g.bea.Post(at+"/back").Is(http.StatusNotFound, g.Ground)
	g.jo.Post(at+"/answer", "reply", "Yes.").Is(http.StatusNotFound, g.Ground)
	g.kez.Get(at).HasText("An older copy of this site was put back.")
	g.kez.Post(at + "/back")
	g.bea.Get(at).HasText("came from the office")
}

func TestLeaving_WhatHasHerNameGoes(t *testing.T) {
	g := newGroup(t)
	g.kez.Post("/decides/new/seen", append(noticed, "name")...)
	g.kez.Post("/decides/new/seen", append(noticed, "without")...)
	g.kez.Post("/decides/list/new", "questions", "Who sits where?", "source", "us", "over", "0")
	kez := g.Named("Kez").ID
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Leave(ctx, tx, g.P, kez, "somebody") })
	if n := g.Sum("1", "power_entry"); n != 1 {
		t.Errorf("%d entries are left, want the one that has no name", n)
	}
	if found := g.Holding("power_list", string(kez)); len(found) != 0 {
		t.Errorf("the list names her: %q", found)
	}
	g.bea.Get("/decides/list").HasText("Who sits where?")
}

// The questions are data with a source, which the group changes; each version stays.
func TestList_IsTheGroupsAndKeepsItsVersions(t *testing.T) {
	g := newGroup(t)
	first := g.kez.Get("/decides/list")
	first.HasText("Who can end the project?")
	first.HasText("Written for this program.")
	g.kez.Get("/decides/list/new").HasText("Whose building are we in?")
	g.kez.Post("/decides/list/new", "questions", "Who sits where?\n\n Who makes the tea? ", "source", "our meeting in May", "over", "0")
	now := g.bea.Get("/decides/list")
	now.HasText("Who makes the tea?")
	now.HasText("our meeting in May")
	now.HasText("when Kez changed them")
	now.HasText("Who can end the project?") // in the version before
	g.ruth.Post("/decides/list/new", "questions", "Something else?", "source", "me", "over", "0").Is(http.StatusUnprocessableEntity, g.Ground).HasText("Who makes the tea?")
	g.ruth.Post("/decides/list/new", "questions", "", "source", "me", "over", "1").Is(http.StatusUnprocessableEntity, g.Ground)
	if found := g.Holding("power_list", "the tea", "in May"); len(found) != 0 {
		t.Errorf("the list lies in the clear: %q", found)
	}
}

func TestDay_IsTheHostsToChooseAndHoldsFromThenOn(t *testing.T) {
	g := newGroup(t)
	g.kez.Get("/decides/day").Is(http.StatusNotFound, g.Ground)
	g.kez.Post("/decides/new/seen", append(noticed, "without")...)
	g.jo.Get("/decides/day").HasText("What is written already keeps its day.")
	tomorrow := int(g.Now().Weekday()+1) % 7
	g.jo.Post("/decides/day", "day", string(rune('0'+tomorrow)))
	g.kez.Post("/decides/new/wrong", "what", "The money came late.", "sign", "without")
	g.later(1)
	g.bea.Get(said(g.bea)).HasText("The money came late.")
}

// On paper too: the questions are changed over the version that was printed, and what has a name stands again after an older
// copy was put back, by its writer's yes.
func TestPaper_QuestionsAndStanding(t *testing.T) {
	g := newGroup(t)
	enter := func(twin, about string, form ...string) {
		t.Helper()
		page := g.kez.Post("/paper/for/"+twin, "for", string(g.Named("Kez").ID)+about).Is(http.StatusOK, g.Ground)
		form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "paper", "hand.beside", string(g.Named("Bea").ID)}, form...)
		g.jo.Post("/paper/enter/done", form...).HasText("waits for the person beside her")
		action, _ := g.bea.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
		g.bea.Post(action, "yes", "1").HasText("Done")
	}
	enter("decides-list", "", "over", "0", "questions", "Who sits where?", "source", "us")
	g.bea.Get("/decides/list").HasText("Who sits where?")
	g.kez.Post("/decides/new/seen", append(noticed, "name")...)
	at := said(g.kez)
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.room.AfterRestore(ctx, tx, g.P) })
	g.bea.Get(at).Is(http.StatusNotFound, g.Ground)
	enter("unsaid", "/"+strings.TrimPrefix(at, "/decides/said/"), "do", "stand")
	g.bea.Get(at).HasText("came from the office")
}
