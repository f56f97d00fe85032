package coding_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/interview"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/refi"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
	"footing/internal/testing/nextdoor"
	"footing/internal/vault/keyring"
)

// world is a room on real stores: one partnership with a study, an analyst, another one, a keeper and two
// women who were interviewed.
type world struct {
	t       testing.TB
	room    *coding.Room
	gate    *consent.Gate
	events  *event.Bus
	db      *store.DB
	circle  *circle.Circle
	studies *study.Studies
	sources *source.Sources
	p       person.Partnership
	study   string

	cat, tolu, dan, ann, bea person.Viewer
	clock                    func() time.Time
	pass                     func(time.Duration)
}

// engines runs a test on the run's engine.
func engines(t *testing.T, test func(*testing.T, *world)) {
	engine.Run(t, func(t *testing.T, database func(name string) string) {
		test(t, newWorld(t, database("main.db"), database("keys.db"), "here"))
	})
}

func newWorld(t testing.TB, main, keys string, p person.Partnership) *world {
	t.Helper()
	open := func(address string) *store.DB {
		db, err := store.Open(t.Context(), address)
		must(t, err)
		t.Cleanup(func() { db.Close() })
		return db
	}
	var mu sync.Mutex
	now := fixture.Start
	w := &world{t: t, p: p, db: open(main),
		clock: func() time.Time { mu.Lock(); defer mu.Unlock(); return now },
		pass:  func(d time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(d) }}
	quiet := slog.New(slog.DiscardHandler)
	must(t, w.db.Migrate(t.Context(), consent.Migrations, event.Migrations, ledger.Migrations, circle.Migrations, study.Migrations,
		interview.Migrations, new(source.Room).Web().Migrations, new(coding.Room).Web().Migrations))
	nextdoor.Build(t, w.db)
	ring, err := keyring.Open(t.Context(), open(keys), filepath.Join(t.TempDir(), "root.key"), w.clock)
	must(t, err)
	w.events = event.New(w.db, w.clock, quiet)
	w.gate = consent.New(w.db, ring, w.events, w.clock, fixture.Undo, quiet)
	w.circle = circle.New(w.gate, w.clock)
	w.studies = study.New(w.gate, w.circle, nil, w.clock)
	w.people(func(name string, standings ...person.Standing) person.Viewer {
		var v person.Viewer
		w.write(func(ctx context.Context, tx *store.Tx) error {
			id, err := w.circle.Add(ctx, tx, p, name, "")
			for _, s := range standings {
				if err == nil {
					err = w.circle.Give(ctx, tx, p, id, s, id, true)
				}
			}
			v = person.Viewer{Partnership: p, ID: id, Name: name, Standings: standings}
			return err
		})
		return v
	})
	return w
}

// onFixture makes the same world on a fixture, for tests that open pages.
func onFixture(t testing.TB) (*world, *fixture.Ground) {
	t.Helper()
	g := fixture.New(t, interview.Migrations, new(source.Room).Web().Migrations)
	w := &world{t: t, p: g.P, db: g.DB, clock: g.Now, pass: g.Pass, events: g.Events, gate: g.Gate, circle: g.Circle, studies: g.Studies}
	w.people(g.Person)
	return w, g
}

func (w *world) people(add func(string, ...person.Standing) person.Viewer) {
	w.t.Helper()
	w.sources = source.NewSources(w.gate, fixture.Told(), w.clock)
	w.room = coding.New(coding.Deps{DB: w.db, Gate: w.gate, Events: w.events, Circle: w.circle, Studies: w.studies, Sources: w.sources, Now: w.clock})
	w.cat, w.tolu = add("Cat", person.Researcher), add("Tolu", person.Researcher)
	w.dan = add("Dan", person.Charity)
	w.ann, w.bea = add("Ann", person.LivedExperience), add("Bea", person.LivedExperience)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		var err error
		now := w.clock()
		w.study, err = w.studies.Add(ctx, tx, w.p, study.Study{Question: "What helps?", Approved: now, Begins: now, Ends: now.AddDate(1, 0, 0)})
		for _, v := range []person.Viewer{w.cat, w.tolu} {
			if err == nil {
				err = w.studies.Name(ctx, tx, w.p, w.study, v.ID, "")
			}
		}
		return err
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) write(do func(context.Context, *store.Tx) error) {
	w.t.Helper()
	must(w.t, w.db.Write(w.t.Context(), func(tx *store.Tx) error { return do(w.t.Context(), tx) }))
}

func (w *world) read(do func(context.Context, *store.Tx) error) {
	w.t.Helper()
	must(w.t, w.db.Read(w.t.Context(), func(tx *store.Tx) error { return do(w.t.Context(), tx) }))
}

// said is one turn of a made-up talk.
type said struct {
	who  int // 0 asks, 1 is Ann, 2 is Bea
	text string
}

// talk is a source as it was kept.
type talk struct {
	*source.Prepared
}

var plain = []said{
	{0, "How did you find the new desk?"},
	{1, "The desk is lower now. I can see who I am talking to."},
	{2, "I still stand by the door. It suits me."},
	{0, "And the phone?"},
	{1, "Nobody rings back. That has not changed at all."},
}

// talk keeps a source in which Ann and Bea allow the study their words and which is offered to it.
func (w *world) talk(turns ...said) talk {
	w.t.Helper()
	in := consent.Incoming{Kind: consent.Interview, Title: "Talk one", Note: "About the surgery desk", Keeper: w.dan.ID, Speakers: []consent.NewSpeaker{
		{Role: consent.Interviewer, Person: w.dan.ID, Label: "Dan"}, {Role: consent.Member, Person: w.ann.ID, Label: "Ann"}, {Role: consent.Member, Person: w.bea.ID, Label: "Bea"}}}
	for _, s := range turns {
		in.Turns = append(in.Turns, consent.NewTurn{Speaker: s.who, Text: s.text})
	}
	prepared, err := w.sources.Prepare(w.t.Context(), w.p, w.study, in, source.Facts{Title: "Talk one"})
	must(w.t, err)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		if err := prepared.Save(ctx, tx); err != nil {
			return err
		}
		src, err := w.sources.Get(ctx, tx, w.p, prepared.ID)
		if err != nil {
			return err
		}
		if err := fixture.TellBefore(ctx, tx, w.p, prepared.ID, prepared.Speakers[1:]...); err != nil {
			return err
		}
		return w.sources.Move(ctx, tx, w.p, src, source.Offered)
	})
	for i, v := range []person.Viewer{w.dan, w.ann, w.bea} {
		w.allow(v, prepared.ID, prepared.Speakers[i], consent.Words)
	}
	return talk{prepared}
}

// allow gives the study's analysts somebody's part in a form.
func (w *world) allow(v person.Viewer, id, speaker consent.ID, form consent.Form) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.SetTerms(ctx, tx, v, id, speaker, consent.Terms{Owner: v.ID, Given: w.clock(), Yes: []consent.Yes{{
			Audience: consent.Audience{Kind: consent.ToAnalysts, ID: w.study}, Until: w.clock().AddDate(1, 0, 0),
			Use: consent.Use{Purpose: consent.Analysis, For: w.study, Form: form}}}})
	})
}

// theme adds a theme and returns its id.
func (w *world) theme(name, parent string) string {
	w.t.Helper()
	id, err := w.room.AddTheme(w.t.Context(), w.cat, w.study, coding.NewTheme{Name: name, Parent: parent, Entry: refi.Entry{Definition: "What " + name + " means"}})
	must(w.t, err)
	return id
}

// add indexes one passage, a place in each of some turns.
func (w *world) add(v person.Viewer, t talk, theme string, parts ...coding.Part) string {
	w.t.Helper()
	ids, err := w.room.Add(w.t.Context(), v, w.study, t.ID, theme, parts)
	must(w.t, err)
	if len(ids) != 1 {
		w.t.Fatalf("one passage made %d codings", len(ids))
	}
	return ids[0]
}

func (t talk) part(turn, start, end int) coding.Part {
	return coding.Part{Turn: t.Turns[turn-1], Span: consent.Span{Start: start, End: end}}
}

func (w *world) codings(only coding.Filter) []coding.Coding {
	w.t.Helper()
	var list []coding.Coding
	w.read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		list, err = w.room.Codings(ctx, tx, w.p, w.study, only)
		return err
	})
	return list
}

func (w *world) frame() coding.Frame {
	w.t.Helper()
	var f coding.Frame
	w.read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		f, err = w.room.Frame(ctx, tx, w.p, w.study)
		return err
	})
	return f
}
