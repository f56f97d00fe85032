package checkin_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/byhand"
	"footing/internal/checkin"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// group is one in which Jo hosts, Kez and Bea sign in, and Mo has no screen.
type group struct {
	*fixture.Site
	room         *checkin.Room
	jo, kez, bea *fixture.Browser
}

func newGroup(t *testing.T) group {
	t.Helper()
	g := fixture.New(t)
	room := checkin.New(checkin.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	g.News = append(g.News, room.News)
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(room.Web(), paper.Web())
	b := group{Site: s, room: room, jo: s.As(g.Person("Jo", person.Charity, person.Facilitator)), kez: s.As(g.Person("Kez", person.LivedExperience)), bea: s.As(g.Person("Bea", person.LivedExperience))}
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, b.Named("Kez").ID, true)
	})
	return b
}

func (b group) rows() int { return b.Sum("1", "checkin_note") + b.Sum("1", "checkin_call") }

// at returns where the first form on a page leads that begins so.
func (b group) at(v *fixture.Browser, begin string) string {
	b.T.Helper()
	found := regexp.MustCompile(begin + `[a-z2-7]{26}[a-z/]*`).FindString(v.Get("/today").Body)
	if found == "" {
		b.T.Fatalf("no form leads to %s", begin)
	}
	return found
}

// P23: what she writes as she arrives or goes is hers alone, and skipping it leaves nothing.
func TestNote_IsHersAloneAndSkippingLeavesNoTrace(t *testing.T) {
	b := newGroup(t)
	page := b.kez.Get("/today/note")
	page.None("input[checked]")
	page.One("a[href='/today'].btn").HasText("Skip this")
	b.kez.Get("/today")
	b.kez.Post("/today/note").Is(http.StatusUnprocessableEntity, b.Ground)
	if n := b.rows(); n != 0 {
		t.Errorf("skipping leaves %d rows", n)
	}
	b.kez.Post("/today/note", "when", "going", "words", "Lighter than on Monday.").HasText("Lighter than on Monday.")
	b.kez.Get("/today").HasText("Going, 1 March 2027")
	for _, v := range []*fixture.Browser{b.jo, b.bea} {
		v.Get("/today").LacksText("Lighter")
		v.Post(b.at(b.kez, "/today/note/")).Is(http.StatusNotFound, b.Ground)
	}
	if got := b.Holding("checkin_", "Lighter"); len(got) > 0 {
		t.Errorf("her words lie in the clear: %v", got)
	}
	b.kez.Post(b.at(b.kez, "/today/note/")).HasText("It is erased.")
	if n := b.rows(); n != 0 {
		t.Errorf("%d rows are left after she erased it", n)
	}
}

// A call is owed until the woman who asked says that it was made, or that she does not need it.
func TestCall_IsFollowedUntilSheSaysItIsOver(t *testing.T) {
	b := newGroup(t)
	jo := string(b.Named("Jo").ID)
	b.kez.Post("/today/call", "whom", jo).Is(http.StatusUnprocessableEntity, b.Ground).HasText("reach you safely")
	b.kez.Post("/today/call", "how", "Ring twice.").Is(http.StatusUnprocessableEntity, b.Ground).HasText("who should call you")
	b.kez.Post("/today/call", "whom", jo, "how", "Ring twice, after six.").HasText("Jo is asked to call you.")
	b.jo.Get("/").HasText("A call waits for your word.")
	b.jo.Get("/today").HasText("Ring twice, after six.")
	b.bea.Get("/today").LacksText("Kez")
	b.bea.Get("/").LacksText("A call waits")
	call := b.at(b.kez, "/today/call/")
	b.bea.Post(call, "says", "not-now").Is(http.StatusNotFound, b.Ground)
	b.jo.Post(call, "says", "right").Is(http.StatusUnprocessableEntity, b.Ground) // she does not end it herself
	b.jo.Post(call, "says", "called").LacksText("Ring twice")
	b.kez.Get("/").HasText("A call waits for your word.")
	b.kez.Get("/today").HasText("Jo says that she called you. Is that right?")
	b.kez.Post(call, "says", "not-yet").HasText("Jo is asked to call you.")
	b.jo.Post(call, "says", "not-me")
	b.kez.Get("/today").HasText("Jo cannot call you. You can ask somebody else.")
	b.jo.Get("/today").LacksText("Ring twice")
	b.kez.Post(call, "says", "not-now")
	if n := b.rows(); n != 0 {
		t.Errorf("%d rows are left once it is over", n)
	}
	b.kez.Post("/today/call", "whom", jo, "how", "Ring twice, after six.")
	call = b.at(b.kez, "/today/call/")
	b.jo.Post(call, "says", "called")
	b.kez.Post(call, "says", "right").LacksText("Ring twice")
	if n := b.rows(); n != 0 {
		t.Errorf("%d rows are left once it was made", n)
	}
}

func TestCall_AfterARestoreAndWhenSomebodyLeaves(t *testing.T) {
	b := newGroup(t)
	b.kez.Post("/today/call", "whom", string(b.Named("Jo").ID), "how", "Ring twice.")
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	b.jo.Get("/today").LacksText("Ring twice.")
	b.kez.Post(b.at(b.kez, "/today/call/"), "says", "wanting").HasText("Jo is asked to call you.")
	b.jo.Get("/today").HasText("Ring twice.")
	b.kez.Post("/today/note", "when", "arriving", "words", "Here.")
	leave := func(name string) {
		b.Write(func(ctx context.Context, tx *store.Tx) error {
			return b.Circle.Leave(ctx, tx, b.P, b.Named(name).ID, "")
		})
	}
	leave("Jo")
	b.kez.Get("/today").HasText("cannot call you")
	leave("Kez")
	if n := b.rows(); n != 0 {
		t.Errorf("%d rows are left after she left", n)
	}
}

// paper has Jo print a sheet for Mo and enter it, with Kez beside her.
func (b group) paper(twin, about string, form ...string) fixture.Page {
	b.T.Helper()
	page := b.jo.Post("/paper/for/"+twin, "for", about).Is(http.StatusOK, b.Ground)
	form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "spoken", "hand.beside", string(b.Named("Kez").ID)}, form...)
	b.jo.Post("/paper/enter/read", form...).Is(http.StatusOK, b.Ground)
	return b.jo.Post("/paper/enter/done", form...)
}

func TestPaper_ACallWithoutAScreen(t *testing.T) {
	b := newGroup(t)
	mo := string(b.Named("Mo").ID)
	b.paper("call", mo, "whom", string(b.Named("Bea").ID), "how", "At the shop, on Tuesdays.").HasText("waits for the person beside her")
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.kez.Post(action, "yes", "1").HasText("Done")
	b.bea.Get("/today").HasText("Mo asked for a call")
	call := strings.TrimPrefix(b.at(b.bea, "/today/call/"), "/today/call/")
	b.paper("call-over", mo+"/"+call, "says", "not-now").HasText("Done, as she said.")
	b.bea.Get("/today").LacksText("Mo")
}
