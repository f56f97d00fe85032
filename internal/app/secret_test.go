package app_test

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/app"
	"footing/internal/coding"
	"footing/internal/decision"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/nextdoor"
)

// P21. While a secret decision is open, every page of everybody, each one's own copy among them, and every file that
// leaves the study, by its page as by `footing export`, is the same, byte by byte, under two hidden tallies of the same
// people.
func TestSecret_NoPageCopyOrFileShowsHowItStands(t *testing.T) {
	beside(t)
	engine.Once(t, "its pages and forms are read and sent on both by TestPages_EveryOneForEverybody and TestCanary_ThroughEveryForm")
	var still atomic.Pointer[time.Time] // once it is set the clock stands, so that no page changes by itself
	h := open(t, func(c *app.Config) {
		runs := c.Now
		c.Now = func() time.Time {
			if at := still.Load(); at != nil {
				return *at
			}
			return runs()
		}
	})
	study := h.running(t)
	id, voters := h.secretly(t, &still)
	all := h.everybody(t)
	ids := h.foreign(t)
	maps.Copy(ids, map[string]string{"decision": id, "study": study, "part": "1", "entry": "4"})
	room := h.Demo(h.clock).Decision
	for _, v := range voters {
		if err := room.Cast(t.Context(), v, id, decision.Said{Word: decision.Yes}); err != nil {
			t.Fatal(err)
		}
	}
	everyPage(t, all, ids) // they open what was shared with them, and its owners see that
	yes := everyPage(t, all, ids)
	for _, at := range []string{"Bren /me/copy/all", "Ruth /decide/" + id, "Jo /record"} {
		if !strings.Contains(yes[at], "<h1") {
			t.Errorf("%s is no page: the test shows too little", at)
		}
	}
	stops := func(word decision.Answer) {
		t.Helper()
		if err := h.Store().Write(t.Context(), func(tx *store.Tx) error {
			n, err := tx.Exec(t.Context(), `UPDATE decision_ballot SET word = $2 WHERE partnership_id = $3 AND decision_id = $1`, id, word, voters[0].Partnership)
			if err == nil && n != int64(len(voters)) {
				t.Errorf("%d ballots are in the box", n)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	stops(decision.Stop)
	for at, is := range everyPage(t, all, ids) {
		if is != yes[at] {
			t.Errorf("under another tally %s is not what it was: %s", at, firstDifference(yes[at], is))
		}
	}
	ruth := h.visit(t, "Ruth", person.Analyst)
	for at, what := range map[string]string{"/export/" + ids["study"]: coding.CodingsCSV, "/matrix/" + ids["study"] + "/export": matrix.ChartsCSV} {
		file := func() string {
			got := ruth.ask(t, "POST", at, url.Values{"what": {what}, "purpose": {"To compare."}})
			if got.status != 200 || len(got.body) < 100 {
				t.Fatalf("%s answers %d: %s", at, got.status, got.body)
			}
			return got.body
		}
		stopped := file()
		stops(decision.Yes)
		if agreed := file(); agreed != stopped {
			t.Errorf("under another tally %s is not what it was: %s", what, firstDifference(stopped, agreed))
		}
		stops(decision.Stop)
	}
}

// secretly makes enough people, and a secret decision whose ballots are open by the time it returns. The clock stands
// from then on. It returns the decision and some who can answer.
func (h *house) secretly(t *testing.T, still *atomic.Pointer[time.Time]) (string, []person.Viewer) {
	t.Helper()
	ctx, w := t.Context(), h.Demo(h.clock)
	now := h.clock.Now()
	still.Store(&now)
	p, err := h.Partnership(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var voters []person.Viewer
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.DB.Write(ctx, func(tx *store.Tx) error {
		for i := range 6 {
			for _, s := range []person.Standing{person.LivedExperience, person.Charity} {
				who, err := w.Circle.Add(ctx, tx, p, fmt.Sprint(s, " ", i), "")
				if err != nil {
					return err
				}
				if err := w.Circle.Give(ctx, tx, p, who, s, who, true); err != nil {
					return err
				}
				voters = append(voters, person.Viewer{Partnership: p, ID: who, Standings: person.Set{s}})
			}
		}
		return nil
	}))
	ruth := h.named(t, "Ruth Ellery")
	id, err := w.Decision.Begin(ctx, ruth, "", decision.Text{Title: "The day", Question: "Do we meet on Mondays?", Fixed: "The room.", Why: "It is booked.", Interest: "Nothing.",
		Matter: agreement.Everyday, Method: decision.Majority, Secret: true, Rung: 6, Again: 4})
	must(err)
	must(w.Decision.Put(ctx, ruth, id))
	must(w.Decision.Open(ctx, voters[0], id)) // one of the women can always
	for range 60 {
		if stage := h.stage(t, id); stage == string(decision.Balloting) {
			must(h.Tidy(ctx))
			return id, voters
		}
		now = now.AddDate(0, 0, 1)
		still.Store(&now)
		must(h.Tidy(ctx))
	}
	t.Fatal("ballots never open")
	return "", nil
}

// stage is where a decision stands.
func (h *house) stage(t *testing.T, id string) (stage string) {
	t.Helper()
	if err := h.Store().Read(t.Context(), func(tx *store.Tx) (err error) {
		stage, err = store.Get(t.Context(), tx, store.One[string], `SELECT stage FROM decision_decision WHERE id = $1 AND partnership_id <> $2`, id, nextdoor.There)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return stage
}

// running is the study of the made-up partnership.
func (h *house) running(t *testing.T) (id string) {
	t.Helper()
	p, err := h.Partnership(t.Context())
	if err == nil {
		err = h.Store().Read(t.Context(), func(tx *store.Tx) error {
			list, err := h.Demo(h.clock).Studies.Running(t.Context(), tx, p)
			if len(list) > 0 {
				id = list[0].ID
			}
			return err
		})
	}
	if err != nil || id == "" {
		t.Fatalf("no study runs: %v", err)
	}
	return id
}
