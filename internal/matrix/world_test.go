package matrix_test

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
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
	"footing/internal/vault/keyring"
)

// world is a study with a frame and two interviews whose passages are indexed, on real stores.
type world struct {
	t       testing.TB
	db      *store.DB
	ring    *keyring.Ring
	gate    *consent.Gate
	events  *event.Bus
	circle  *circle.Circle
	studies *study.Studies
	sources *source.Sources
	coding  *coding.Room
	room    *matrix.Room
	clock   func() time.Time
	pass    func(time.Duration)

	p                  person.Partnership
	study              string
	ann, bea, cat, dan person.Viewer // ann and bea gave interviews; cat and dan analyse
	trust, waiting     string        // top themes
	promise            string        // a sub-theme of trust
	talks              []talk        // ann's, bea's
}

// engines runs a test on the run's engine, beside a second partnership with equal data.
func engines(t *testing.T, test func(*testing.T, *world)) {
	engine.Run(t, func(t *testing.T, database func(name string) string) {
		test(t, newWorld(t, database("main.db"), database("keys.db")))
	})
}

func newWorld(t testing.TB, main, keys string) *world {
	t.Helper()
	open := func(address string) *store.DB {
		db, err := store.Open(t.Context(), address)
		must(t, err)
		t.Cleanup(func() { must(t, db.Close()) })
		return db
	}
	var mu sync.Mutex
	now := fixture.Start
	w := &world{t: t, p: "here", db: open(main),
		clock: func() time.Time { mu.Lock(); defer mu.Unlock(); return now },
		pass:  func(d time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(d) }}
	must(t, w.db.Migrate(t.Context(), consent.Migrations, event.Migrations, ledger.Migrations, circle.Migrations, study.Migrations,
		interview.Migrations, new(source.Room).Web().Migrations, new(coding.Room).Web().Migrations, new(matrix.Room).Web().Migrations))
	var err error
	w.ring, err = keyring.Open(t.Context(), open(keys), filepath.Join(t.TempDir(), "root.key"), w.clock)
	must(t, err)
	quiet := slog.New(slog.DiscardHandler)
	w.events = event.New(w.db, w.clock, quiet)
	w.gate = consent.New(w.db, w.ring, w.events, w.clock, fixture.Undo, quiet)
	w.circle = circle.New(w.gate, w.clock)
	w.studies = study.New(w.gate, w.circle, nil, w.clock)
	w.rooms()
	beside := *w
	beside.p = "there"
	for _, one := range []*world{&beside, w} {
		one.fill(one.person)
	}
	beside.add(beside.cat, beside.trust, "Nothing of this is theirs to read.", beside.link(beside.talks[0], 0))
	return w
}

// onFixture makes the same world on a fixture with a site, for tests that open pages.
func onFixture(t testing.TB) (*world, *fixture.Site) {
	t.Helper()
	g := fixture.New(t, interview.Migrations, new(source.Room).Web().Migrations)
	w := &world{t: t, p: g.P, db: g.DB, ring: g.Ring, clock: g.Now, pass: g.Pass, events: g.Events, gate: g.Gate, circle: g.Circle, studies: g.Studies}
	w.rooms()
	site := g.Serve(w.coding.Web(), w.room.Web())
	w.fill(g.Person)
	return w, site
}

func (w *world) rooms() {
	w.sources = source.NewSources(w.gate, fixture.Told(), w.clock)
	w.coding = coding.New(coding.Deps{DB: w.db, Gate: w.gate, Events: w.events, Circle: w.circle, Studies: w.studies, Sources: w.sources, Now: w.clock})
	w.room = matrix.New(matrix.Deps{DB: w.db, Gate: w.gate, Events: w.events, Circle: w.circle, Studies: w.studies, Sources: w.sources, Coding: w.coding, Now: w.clock})
}

func (w *world) person(name string, standings ...person.Standing) person.Viewer {
	w.t.Helper()
	v := person.Viewer{Partnership: w.p, Name: name, Standings: standings}
	w.write(func(ctx context.Context, tx *store.Tx) error {
		var err error
		v.ID, err = w.circle.Add(ctx, tx, w.p, name, "")
		for _, s := range standings {
			if err == nil {
				err = w.circle.Give(ctx, tx, w.p, v.ID, s, v.ID, true)
			}
		}
		return err
	})
	return v
}

func (w *world) fill(add func(string, ...person.Standing) person.Viewer) {
	w.t.Helper()
	w.ann, w.bea = add("Ann", person.LivedExperience), add("Bea", person.LivedExperience)
	w.cat, w.dan = add("Cat", person.Researcher), add("Dan", person.Researcher)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		var err error
		now := w.clock()
		w.study, err = w.studies.Add(ctx, tx, w.p, study.Study{Question: "What helps people to come back?", Approved: now, Begins: now, Ends: now.AddDate(1, 0, 0)})
		for _, v := range []person.Viewer{w.cat, w.dan} {
			if err == nil {
				err = w.studies.Name(ctx, tx, w.p, w.study, v.ID, "")
			}
		}
		return err
	})
	w.trust, w.waiting = w.theme("", "Trust"), w.theme("", "Waiting")
	w.promise = w.theme(w.trust, "Keeping a promise")
	for _, who := range []person.Viewer{w.ann, w.bea} {
		w.talks = append(w.talks, w.talk(who))
		w.pass(time.Hour)
	}
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

func (w *world) theme(parent, name string) string {
	w.t.Helper()
	n := coding.NewTheme{Name: name, Parent: parent}
	n.Definition = name + ", as we mean it."
	id, err := w.coding.AddTheme(w.t.Context(), w.cat, w.study, n)
	must(w.t, err)
	return id
}

// A talk is an interview that was kept and offered, with each thing she said indexed under "promise".
type talk struct {
	*source.Prepared
	codings []string
}

// hers is the index of the member's part of a talk.
const hers = 1

// said is what she says in every talk. Her turns are the second and the fourth.
var said = []string{"The bus was late and nobody minded.", "They said ten days and it was ten days."}

func (w *world) talk(who person.Viewer) talk {
	w.t.Helper()
	in := consent.Incoming{Kind: consent.Interview, Title: "A talk", Note: "About getting there", Keeper: w.dan.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Interviewer, Person: w.dan.ID, Label: "Dan"}, {Role: consent.Member, Person: who.ID, Label: "Her"}}}
	for _, text := range said {
		in.Turns = append(in.Turns, consent.NewTurn{Speaker: 0, Text: "And then?"}, consent.NewTurn{Speaker: hers, Text: text})
	}
	prepared, err := w.sources.Prepare(w.t.Context(), w.p, w.study, in, source.Facts{})
	must(w.t, err)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		if err := prepared.Save(ctx, tx); err != nil {
			return err
		}
		src, err := w.sources.Get(ctx, tx, w.p, prepared.ID)
		if err != nil {
			return err
		}
		if err := fixture.TellBefore(ctx, tx, w.p, prepared.ID, prepared.Speakers[1]); err != nil {
			return err
		}
		return w.sources.Move(ctx, tx, w.p, src, source.Offered)
	})
	w.allow(who, talk{Prepared: prepared}, consent.Words)
	k := talk{Prepared: prepared}
	for n := range said {
		link := w.link(k, n)
		ids, err := w.coding.Add(w.t.Context(), w.cat, w.study, k.ID, w.promise, []coding.Part{{Turn: link.Turn, Span: link.Span}})
		must(w.t, err)
		k.codings = append(k.codings, ids...)
	}
	return k
}

// allow gives the study's analysts her part of a talk in a form.
func (w *world) allow(who person.Viewer, k talk, form consent.Form) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.SetTerms(ctx, tx, who, k.ID, k.Speakers[hers], consent.Terms{Owner: who.ID, Yes: []consent.Yes{{
			Audience: consent.Audience{Kind: consent.ToAnalysts, ID: w.study}, Until: w.clock().AddDate(1, 0, 0),
			Use: consent.Use{Purpose: consent.Analysis, For: w.study, Form: form}}}})
	})
}

// link leads to one of the things she said in a talk.
func (w *world) link(k talk, n int) matrix.Link {
	l := matrix.Link{Source: k.ID, Turn: k.Turns[2*n+1], Seq: 2*n + 2, Span: consent.Span{End: len([]rune(said[n]))}}
	if n < len(k.codings) {
		l.Coding = k.codings[n]
	}
	return l
}

func (w *world) add(v person.Viewer, theme, text string, links ...matrix.Link) string {
	w.t.Helper()
	id, err := w.room.Add(w.t.Context(), v, w.study, matrix.Saying{Theme: theme, Text: text, Links: links})
	must(w.t, err)
	return id
}

func (w *world) takeBack(who person.Viewer, k talk, erase bool, turns ...consent.ID) {
	w.t.Helper()
	must(w.t, w.gate.TakeBack(w.t.Context(), who, consent.Part{Contribution: k.ID, Speaker: k.Speakers[hers], Turns: turns}, erase))
}

func (w *world) bringBack(who person.Viewer, k talk) {
	w.t.Helper()
	must(w.t, w.gate.BringBack(w.t.Context(), who, consent.Part{Contribution: k.ID, Speaker: k.Speakers[hers]}))
}

func (w *world) view(v person.Viewer) *matrix.View {
	w.t.Helper()
	view, err := w.room.View(w.t.Context(), v, w.study)
	must(w.t, err)
	must(w.t, w.room.Read(w.t.Context(), v, view, consent.Reading, func(matrix.Point) bool { return true }))
	return view
}

// point returns a point as somebody sees it.
func (w *world) point(v person.Viewer, id string) matrix.Point {
	w.t.Helper()
	for _, p := range w.view(v).Points {
		if p.ID == id {
			return p
		}
	}
	w.t.Fatalf("no point %s", id)
	return matrix.Point{}
}

// text returns what a point says to somebody, "" when it is closed.
func (w *world) text(v person.Viewer, id string) string {
	w.t.Helper()
	p := w.point(v, id)
	if !p.Open {
		return ""
	}
	return p.Words.Reveal()
}

// versions lists the versions of a point whose text is left.
func (w *world) versions(id string) (left []int) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		left, err = store.List(ctx, tx, store.One[int], `SELECT version FROM matrix_text
			WHERE partnership_id = $1 AND point_id = $2 AND words IS NOT NULL ORDER BY version`, w.p, id)
		return err
	})
	return left
}
