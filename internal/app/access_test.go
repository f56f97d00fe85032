package app_test

import (
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

// absent is an id that nothing has.
const absent = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

// Every route × everybody: who has no business there is told the same as where nothing is, and who may
// come is told the same of somebody else's things as of things that do not exist.
func TestAccess_EveryRouteEveryStandingEveryRelation(t *testing.T) {
	beside(t)
	h := open(t)
	visitors := h.everybody(t)
	theirs := map[string]map[string]string{}
	foreign := h.foreign(t)
	for i, v := range visitors[1:] { // each is tried with the drafts and sessions of the next one
		next := visitors[1+(i+1)%(len(visitors)-1)]
		mine := map[string]string{"draft": next.draft(t), "session": next.session(t)}
		maps.Copy(mine, foreign)
		theirs[v.name] = mine
	}
	tried, refused := 0, 0
	for _, route := range h.Shell().Routes() {
		for _, name := range []string{"passphrase", "old", "pin", "again"} { // nothing that lets somebody in is carried in a page
			if _, asks := forms[route.Pattern][name]; asks && !route.Allow.Anybody && !route.Secret && route.Pattern != "POST /again" {
				t.Errorf("%s asks for %q and is not Secret", route.Pattern, name)
			}
		}
		for _, v := range visitors {
			tried++
			if !v.may(route.Allow) {
				refused++
				v.isTurnedAway(t, route)
				continue
			}
			if route.Allow.Anybody || route.Allow.Relation == web.Any || !hasParts(route.Pattern) {
				continue
			}
			refused++
			method, path := filled(route.Pattern, theirs[v.name], absent)
			_, none := filled(route.Pattern, nil, absent)
			got, want := v.ask(t, method, path, nil), v.ask(t, method, none, nil)
			turned := got.status == http.StatusNotFound || (got.status == http.StatusSeeOther && got.location == want.location)
			if !turned || got.status != want.status || got.body != want.body {
				t.Errorf("%s: %s gets %d for somebody else's and %d for nothing", route.Pattern, v.name, got.status, want.status)
			}
		}
	}
	t.Logf("%d routes, %d requests, %d refusals", len(h.Shell().Routes()), tried, refused)
}

// isTurnedAway checks that a visitor who may not come learns nothing.
func (v *visitor) isTurnedAway(t *testing.T, route web.Route) {
	t.Helper()
	method, path := filled(route.Pattern, nil, absent)
	got := v.ask(t, method, path, nil)
	if v.name == "" {
		if got.status != http.StatusSeeOther || got.location != "/" {
			t.Errorf("%s: signed out it answers %d to %q, want the first page", route.Pattern, got.status, got.location)
		}
		return
	}
	nothing := v.ask(t, "GET", "/there/is/nothing/here", nil)
	if got.status != http.StatusNotFound || got.body != nothing.body {
		t.Errorf("%s: %s gets %d, which is not what a page that does not exist looks like", route.Pattern, v.name, got.status)
	}
}

// foreign returns ids that exist and that a visitor has nothing to do with, by the names that paths have
// for them.
func (h *house) foreign(t *testing.T) map[string]string {
	t.Helper()
	ctx := t.Context()
	w := h.Demo(h.clock)
	ids := map[string]string{}
	var p person.Partnership
	var kez person.ID
	read := func(do func(*store.Tx) error) {
		if err := w.DB.Read(ctx, do); err != nil {
			t.Fatal(err)
		}
	}
	site, err := h.Partnership(ctx)
	if err != nil {
		t.Fatal(err)
	}
	p = site
	read(func(tx *store.Tx) error {
		who, err := w.Circle.Named(ctx, tx, p, "Kez")
		kez = who.ID
		return err
	})
	private, err := w.Gate.Prepare(ctx, p, consent.Incoming{Kind: consent.Idea, Keeper: kez,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: kez}}, Turns: []consent.NewTurn{{Text: "Mine."}}})
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB.Write(ctx, func(tx *store.Tx) error {
		if err := private.Save(ctx, tx); err != nil {
			return err
		}
		now := h.clock.Now()
		other, err := w.Studies.Add(ctx, tx, p, study.Study{Question: "Another one", Approved: now.AddDate(0, 0, -1), Begins: now.AddDate(0, 0, -1), Ends: now.AddDate(1, 0, 0)})
		ids["study"] = other
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ids["contribution"], ids["source"] = string(private.ID), string(private.ID)
	ids["speaker"], ids["turn"] = string(private.Speakers[0]), string(private.Turns[0])
	return ids
}

// draft begins something and returns its id.
func (v *visitor) draft(t *testing.T) string {
	t.Helper()
	a := v.ask(t, "POST", "/share/new", nil)
	id := strings.TrimPrefix(a.location, "/draft/")
	if id == "" || id == a.location {
		t.Fatalf("%s begins a draft and is sent to %q", v.name, a.location)
	}
	return id
}

var sessionAction = regexp.MustCompile(`/me/sessions/([a-z2-7]+)/end`)

// session returns the id of a session of hers, as her own page names it.
func (v *visitor) session(t *testing.T) string {
	t.Helper()
	if m := sessionAction.FindStringSubmatch(v.ask(t, "GET", "/me/sessions", nil).body); m != nil {
		return m[1]
	}
	return absent
}
