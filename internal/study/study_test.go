package study_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/fixture"
)

var day = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func TestRuns_OnlyWhenAllowedAndBetweenItsDays(t *testing.T) {
	base := study.Study{Question: "What helps?", Approved: day, Begins: day, Ends: day.AddDate(1, 0, 0)}
	with := func(change func(*study.Study)) study.Study { s := base; change(&s); return s }
	for name, c := range map[string]struct {
		s    study.Study
		now  time.Time
		want bool
	}{
		"approved":               {base, day, true},
		"not approved":           {with(func(s *study.Study) { s.Approved = time.Time{} }), day, false},
		"approved tomorrow":      {with(func(s *study.Study) { s.Approved = day.AddDate(0, 0, 1) }), day, false},
		"needs none, and why":    {with(func(s *study.Study) { s.Approved, s.NoApproval = time.Time{}, "an audit" }), day, true},
		"before it begins":       {base, day.Add(-time.Second), false},
		"the moment it is over":  {base, base.Ends, false},
		"ended before its time":  {base.EndedAt(day.AddDate(0, 1, 0)), day.AddDate(0, 1, 0), false},
		"ended before it begins": {base.EndedAt(day.AddDate(0, -1, 0)), day, false},
	} {
		if got := c.s.Runs(c.now); got != c.want {
			t.Errorf("%s: runs is %v, want %v", name, got, c.want)
		}
	}
	for name, s := range map[string]study.Study{
		"ended early": base.EndedAt(day.AddDate(0, 1, 0)), "ended before it begins": base.EndedAt(day.AddDate(0, -1, 0)), "ended at once": base.EndedAt(day)} {
		if err := s.Check(); err != nil {
			t.Errorf("%s: it cannot be kept: %v", name, err)
		}
	}
}

func serve(t *testing.T) (*fixture.Ground, *fixture.Site) {
	g := fixture.New(t)
	return g, g.Serve(study.NewRoom(study.Deps{DB: g.DB, Circle: g.Circle, Studies: g.Studies}).Web(),
		circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has}).Web())
}

// filled is a whole study as it is typed, with one answer changed.
func filled(over ...string) []string {
	fields := map[string]string{"question": "What helps people to get in?", "chosen_by": "The women from the group", "sponsor": "University of Wexmouth",
		"committee": "Wexmouth Committee", "reference": "W-1", "approved-day": "1", "approved-month": "2", "approved-year": "2027",
		"ends-day": "31", "ends-month": "12", "ends-year": "2027", "retention": "10"}
	for i := 0; i < len(over); i += 2 {
		fields[over[i]] = over[i+1]
	}
	var form []string
	for k, v := range fields {
		form = append(form, k, v)
	}
	return form
}

func TestStudies_MadeByResearchersReadByEverybody(t *testing.T) {
	g, s := serve(t)
	ruth := s.AtDesk(g.Person("Ruth", person.Researcher))
	bren := s.As(g.Person("Bren", person.LivedExperience))
	bren.Post("/studies/new", filled()...).Is(http.StatusNotFound, g)
	made := ruth.Post("/studies/new", filled()...).Is(http.StatusOK, g)
	at := made.Path
	page := bren.Get(at).Is(http.StatusOK, g)
	for _, want := range []string{"What helps people to get in?", "The women from the group", "Wexmouth Committee, on 1 February 2027", "31 December 2027", "10 years", "Open now"} {
		page.HasText(want)
	}
	page.None("a[href='" + at + "/edit']")
	bren.Get(at+"/edit").Is(http.StatusNotFound, g)
	bren.Get("/people/done").HasText("Ruth wrote down a new study.")
	s.As(g.Person("Ada")).Get("/studies").Is(http.StatusNotFound, g)

	edited := ruth.Get(at + "/edit")
	edited.One("#ends").HasAttr("value", "31")
	version, _ := edited.One("input[name=version]").Attr("value")
	ruth.Post(at+"/edit", filled("question", "What helps?", "version", version)...).HasText("What helps?")
	late := ruth.Post(at+"/edit", filled("question", "Mine!", "version", version)...).Is(http.StatusUnprocessableEntity, g)
	late.One("#question").HasAttr("value", "Mine!")
	late.HasText("What helps?") // what the other one wrote
	ruth.Post(at + "/end").HasText("Over")
	bren.Get(at).HasText("Nothing is read for this study")
}

func TestStudies_WhatCannotBeKeptComesBackAsTyped(t *testing.T) {
	g, s := serve(t)
	ruth := s.AtDesk(g.Person("Ruth", person.Researcher))
	for _, c := range []struct{ field, name, value string }{
		{"question", "question", ""}, {"ends", "ends-day", "32"}, {"ends", "ends-year", "2020"}, {"approved", "approved-month", "x"},
		{"no_approval", "no_approval", "an audit"}, {"retention", "retention", "ten"},
	} {
		page := ruth.Post("/studies/new", filled(c.name, c.value)...).Is(http.StatusUnprocessableEntity, g)
		page.One("#" + c.field + "-problem")
		page.One("input[name=sponsor]").HasAttr("value", "University of Wexmouth")
	}
}

func TestSheets_AddedAndNeverChanged(t *testing.T) {
	g, s := serve(t)
	ruth := s.AtDesk(g.Person("Ruth", person.Researcher))
	at := "/studies/" + g.Study("What helps?")
	sheet := []string{"sheet", "1.0", "body", "We ask six people.", "taking_back", "Any day, until it is printed."}
	ruth.Post(at+"/sheets", sheet...).HasText("Version 1.0")
	again := ruth.Post(at+"/sheets", "sheet", "1.0", "body", "Another text.", "taking_back", "Never.").Is(http.StatusUnprocessableEntity, g)
	again.One("#sheet-problem")
	again.One("textarea[name=body]").HasText("Another text.")
	page := s.As(g.Person("Bren", person.LivedExperience)).Get(at)
	page.HasText("Any day, until it is printed.")
	page.LacksText("Another text.")
	ruth.Post(at+"/amendments", "amendment", "W-1/A1", "what", "", "amended-day", "1", "amended-month", "2", "amended-year", "2027").Is(http.StatusUnprocessableEntity, g)
	ruth.Post(at+"/amendments", "amendment", "W-1/A1", "what", "One more reader", "amended-day", "1", "amended-month", "2", "amended-year", "2027").HasText("One more reader (W-1/A1, 1 February 2027)")
}

func TestReaders_NamedForAllToSeeAndFreeToStop(t *testing.T) {
	g, s := serve(t)
	ruth, tolu := s.AtDesk(g.Person("Ruth", person.Researcher)), g.Person("Tolu", person.LivedExperience)
	var practice circle.Practice
	g.Write(func(ctx context.Context, tx *store.Tx) (err error) {
		practice, err = g.Circle.AddPractice(ctx, tx, g.P, "Quillet Street Surgery")
		return err
	})
	at := "/studies/" + g.Study("What helps?")
	ruth.Post(at+"/readers", "person", string(tolu.ID), "practice", practice.ID).Is(http.StatusOK, g)
	ruth.Post(at+"/readers", "person", string(g.Person("Ada").ID)).Is(http.StatusNotFound, g)
	page := s.As(g.Person("Bren", person.LivedExperience)).Get(at)
	page.One(".person").HasText("A woman from the group. Works at Quillet Street Surgery.")
	page.None("form")

	in := func() int {
		var ids []person.ID
		g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			ids, err = g.Gate.InAudience(ctx, tx, g.P, consent.Audience{Kind: consent.ToAnalysts, ID: strings.TrimPrefix(at, "/studies/")})
			return err
		})
		return len(ids)
	}
	if in() != 1 {
		t.Fatal("she is named and not in the study's audience")
	}
	s.As(tolu).Post(at + "/stop").HasText("You do not read for this study any more.")
	if in() != 0 {
		t.Error("she stopped and is still in the study's audience")
	}
	s.As(tolu).Post(at+"/stop").Is(http.StatusNotFound, g)
}

func TestIsAnalyst_OnlyWhileTheStudyRuns(t *testing.T) {
	g, s := serve(t)
	ruth := g.Person("Ruth", person.Researcher)
	id := g.Study("What helps?", ruth)
	is := func() (yes bool) {
		g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = g.Studies.IsAnalyst(ctx, tx, g.P, ruth.ID)
			return err
		})
		return yes
	}
	if !is() {
		t.Fatal("named in a study that runs, she is no analyst")
	}
	s.AtDesk(ruth).Post("/studies/" + id + "/end")
	if is() {
		t.Error("the study is over and she is still an analyst")
	}
}

func TestLeave_EndsBeingNamed(t *testing.T) {
	g, _ := serve(t)
	tolu := g.Person("Tolu", person.LivedExperience)
	id := g.Study("What helps?", tolu)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		return g.Circle.Leave(ctx, tx, g.P, tolu.ID, "Somebody")
	})
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		s, err := g.Studies.Get(ctx, tx, g.P, id)
		if s.Names(tolu.ID) {
			t.Error("she left and is still named")
		}
		return err
	})
}

// agreement says whether anything was agreed.
type agreement bool

// Agreed returns it.
func (a *agreement) Agreed(context.Context, *store.Tx, person.Partnership) (bool, error) {
	return bool(*a), nil
}

// Under borrowed rules no study begins (ADR 13): the page says what to do first, and what was typed is kept.
func TestStudies_NoneBeginsBeforeAnythingIsAgreed(t *testing.T) {
	g, s := serve(t)
	var agreed agreement
	g.Studies.Agreement = &agreed
	ruth := s.AtDesk(g.Person("Ruth", person.Researcher))
	page := ruth.Post("/studies/new", filled()...).Is(http.StatusUnprocessableEntity, g)
	page.HasText("Please agree first how you work together.")
	if !strings.Contains(page.Body, "What helps people to get in?") {
		t.Error("what she typed is gone")
	}
	if n := g.Sum("1", "study_study"); n != 0 {
		t.Errorf("%d studies began", n)
	}
	agreed = true
	ruth.Post("/studies/new", filled()...).Is(http.StatusOK, g)
}
