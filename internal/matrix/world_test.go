package matrix_test

import (
	"context"
	"testing"
	"time"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// world is a study with a frame, two interviews and their passages, and an open desk.
type world struct {
	*fixture.Ground
	sources *source.Sources
	coding  *coding.Room
	room    *matrix.Room

	ann, bea, cat, dan person.Viewer // ann and bea gave interviews; cat and dan analyse
	study              string
	trust, waiting     string // top themes
	promise            string // a sub-theme of trust
	talks              []talk
}

// talk is one interview that was kept, with its parts.
type talk struct {
	*source.Prepared
	codings []string // of the member's turns, in order, under "promise"
}

// hers is the index of the member's part of a talk.
const hers = 1

func newWorld(t *testing.T) *world {
	t.Helper()
	return fill(t, fixture.New(t, source.New(source.Deps{}).Web().Migrations, coding.New(coding.Deps{Gate: &consent.Gate{}}).Web().Migrations,
		matrix.New(matrix.Deps{Gate: &consent.Gate{}}).Web().Migrations))
}

func fill(t *testing.T, g *fixture.Ground) *world {
	t.Helper()
	w := &world{Ground: g}
	w.sources = source.NewSources(g.Gate, g.Now)
	w.coding = coding.New(coding.Deps{DB: g.DB, Gate: g.Gate, Events: g.Events, Circle: g.Circle, Studies: g.Studies, Sources: w.sources, Now: g.Now})
	w.room = matrix.New(matrix.Deps{DB: g.DB, Gate: g.Gate, Events: g.Events, Circle: g.Circle, Studies: g.Studies, Sources: w.sources, Coding: w.coding, Now: g.Now})
	w.ann, w.bea = g.Person("Ann", person.LivedExperience), g.Person("Bea", person.LivedExperience)
	w.cat, w.dan = g.Person("Cat", person.Researcher), g.Person("Dan", person.Researcher)
	w.study = g.Study("What helps people to come back?", w.cat, w.dan)
	for _, v := range []*person.Viewer{&w.cat, &w.dan} {
		v.Standings, v.Factor = append(v.Standings, person.Analyst), true
	}
	w.trust, w.waiting = w.theme("", "Trust"), w.theme("", "Waiting")
	w.promise = w.theme(w.trust, "Keeping a promise")
	for _, who := range []person.Viewer{w.ann, w.bea} {
		w.talks = append(w.talks, w.talk(who, "The bus was late and nobody minded.", "They said ten days and it was ten days."))
		g.Pass(time.Hour)
	}
	return w
}

func (w *world) theme(parent, name string) string {
	w.T.Helper()
	n := coding.NewTheme{Name: name, Parent: parent}
	n.Definition = name + ", as we mean it."
	id, err := w.coding.AddTheme(w.T.Context(), w.cat, w.study, n)
	w.Must(err)
	return id
}

// talk keeps an interview with somebody on terms for the study, offers it, and indexes each thing she said.
func (w *world) talk(who person.Viewer, said ...string) talk {
	w.T.Helper()
	ctx := w.T.Context()
	in := consent.Incoming{Kind: consent.Interview, Title: "A talk", Note: "About getting there", Keeper: w.dan.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Interviewer, Person: w.dan.ID, Label: "Dan"}, {Role: consent.Member, Person: who.ID, Label: "Her"}}}
	for _, text := range said {
		in.Turns = append(in.Turns, consent.NewTurn{Speaker: 0, Text: "And then?"}, consent.NewTurn{Speaker: hers, Text: text})
	}
	prepared, err := w.sources.Prepare(ctx, w.P, w.study, in, source.Facts{})
	w.Must(err)
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := prepared.Save(ctx, tx); err != nil {
			return err
		}
		if err := w.Gate.SetTerms(ctx, tx, who, prepared.ID, prepared.Speakers[hers], w.terms(who, consent.Words)); err != nil {
			return err
		}
		src, err := w.sources.Get(ctx, tx, w.P, prepared.ID)
		if err != nil {
			return err
		}
		return w.sources.Move(ctx, tx, w.P, src, source.Offered)
	})
	k := talk{Prepared: prepared}
	for i, text := range said {
		part := coding.Part{Turn: prepared.Turns[2*i+1], Span: consent.Span{End: len([]rune(text))}}
		ids, err := w.coding.Add(ctx, w.cat, w.study, prepared.ID, w.promise, []coding.Part{part})
		w.Must(err)
		k.codings = append(k.codings, ids...)
	}
	return k
}

func (w *world) terms(owner person.Viewer, form consent.Form) consent.Terms {
	return consent.Terms{Owner: owner.ID, Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: w.study},
		Use: consent.Use{Purpose: consent.Analysis, For: w.study, Form: form}, Until: w.Now().AddDate(1, 0, 0)}}}
}

// link leads to one thing she said in a talk.
func (w *world) link(k talk, n int) matrix.Link {
	length := []int{35, 40}[n]
	return matrix.Link{Coding: k.codings[n], Source: k.ID, Turn: k.Turns[2*n+1], Seq: 2*n + 2, Span: consent.Span{End: length}}
}

func (w *world) add(v person.Viewer, theme, text string, links ...matrix.Link) string {
	w.T.Helper()
	id, err := w.room.Add(w.T.Context(), v, w.study, matrix.Saying{Theme: theme, Text: text, Links: links})
	w.Must(err)
	return id
}

func (w *world) takeBack(who person.Viewer, k talk, erase bool, turns ...consent.ID) {
	w.T.Helper()
	w.Must(w.Gate.TakeBack(w.T.Context(), who, consent.Part{Contribution: k.ID, Speaker: k.Speakers[hers], Turns: turns}, erase))
}

// point returns a point as somebody sees it.
func (w *world) point(v person.Viewer, id string) matrix.Point {
	w.T.Helper()
	view, err := w.room.View(w.T.Context(), v, w.study)
	w.Must(err)
	for _, p := range view.Points {
		if p.ID == id {
			return p
		}
	}
	w.T.Fatalf("no point %s", id)
	return matrix.Point{}
}

func (w *world) text(v person.Viewer, id string) string {
	w.T.Helper()
	p := w.point(v, id)
	if !p.Open {
		return ""
	}
	return p.Words.Reveal()
}
