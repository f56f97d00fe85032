package consent_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "footing/internal/consent"
	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/vault/keyring"
)

// world is a gate on real stores, with two partnerships that hold the same people and groups.
type world struct {
	t        *testing.T
	gate     *Gate
	db, keys *store.DB
	ring     *keyring.Ring
	root     string // file of the root key
	now      time.Time
}

const (
	here  person.Partnership = "here"
	there person.Partnership = "there"
)

// engines runs a test on the run's engine.
func engines(t *testing.T, test func(*testing.T, *world)) {
	engine.Run(t, func(t *testing.T, database func(name string) string) {
		test(t, newWorld(t, database("main.db"), database("keys.db")))
	})
}

func newWorld(t *testing.T, main, keys string) *world {
	t.Helper()
	w := openWorld(t, main, keys, filepath.Join(t.TempDir(), "root.key"), day0)
	for _, p := range []person.Partnership{here, there} {
		for _, who := range []person.ID{"ann", "bea", "cat", "dan"} {
			w.join(p, who, Audience{Kind: ToPartnership})
		}
		w.join(p, "ann", Audience{Kind: ToLived})
		w.join(p, "bea", Audience{Kind: ToLived})
		w.join(p, "cat", Audience{ToAnalysts, "s1"})
	}
	return w
}

func openWorld(t *testing.T, main, keys, root string, now time.Time) *world {
	t.Helper()
	w := &world{t: t, now: now, root: root}
	open := func(address string) *store.DB {
		db, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	w.db, w.keys = open(main), open(keys)
	if err := w.db.Migrate(t.Context(), Migrations, event.Migrations, ledger.Migrations); err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return w.now }
	var err error
	if w.ring, err = keyring.Open(t.Context(), w.keys, root, clock); err != nil {
		t.Fatal(err)
	}
	w.gate = New(w.db, w.ring, event.New(w.db, clock, slog.New(slog.DiscardHandler)), clock, 7*24*time.Hour, slog.New(slog.DiscardHandler))
	return w
}

func (w *world) close() {
	w.t.Helper()
	if err := errors.Join(w.db.Close(), w.keys.Close()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) write(do func(context.Context, *store.Tx) error) {
	w.t.Helper()
	if err := w.db.Write(w.t.Context(), func(tx *store.Tx) error { return do(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(do func(context.Context, *store.Tx) error) {
	w.t.Helper()
	if err := w.db.Read(w.t.Context(), func(tx *store.Tx) error { return do(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) join(p person.Partnership, who person.ID, a Audience) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error { return w.gate.Join(ctx, tx, p, who, a, w.now) })
}

func viewer(p person.Partnership, id person.ID) person.Viewer {
	return person.Viewer{Partnership: p, ID: id}
}

// interview keeps a talk between dan, who asks, and ann, who may be analysed in study s1.
func (w *world) interview(p person.Partnership, yes ...Yes) *Prepared {
	w.t.Helper()
	prepared, err := w.gate.Prepare(w.t.Context(), p, Incoming{Kind: Interview, Title: "Talk one", Note: "About buses", Topics: []string{"buses"}, Keeper: "dan",
		Speakers: []NewSpeaker{{Interviewer, "dan", "Dan"}, {Member, "ann", "Ann"}},
		Turns:    []NewTurn{{0, "How was it?", 0}, {1, "The bus was late, the talk was good.", 0}, {0, "And then?", 0}, {1, "Then Bea came and we laughed.", 0}}})
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(ctx context.Context, tx *store.Tx) error {
		if err := prepared.Save(ctx, tx); err != nil {
			return err
		}
		if len(yes) == 0 {
			return nil
		}
		return w.gate.SetTerms(ctx, tx, viewer(p, "ann"), prepared.ID, prepared.Speakers[1], Terms{Owner: "ann", Yes: yes})
	})
	return prepared
}

var inStudy = Use{Analysis, "s1", Words}

func (w *world) study() Yes {
	return Yes{Audience: Audience{ToAnalysts, "s1"}, Use: inStudy, Until: w.now.AddDate(1, 0, 0)}
}

// words returns what a reader gets to see, shut turns left out.
func (w *world) words(v person.Viewer, u Use, id ID) string {
	w.t.Helper()
	c, err := w.gate.OpenOne(w.t.Context(), v, u, Reading, id)
	if errors.Is(err, fault.Missing) {
		return ""
	}
	if err != nil {
		w.t.Fatal(err)
	}
	var open []string
	for _, t := range c.Turns {
		if t.Open {
			open = append(open, t.Words.Reveal())
		}
	}
	return strings.Join(open, " | ")
}

const annsWords = "The bus was late, the talk was good. | Then Bea came and we laughed."

func TestOpen_OnlyWhatTermsAllowAndOnRecord(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, silent := w.interview(here, w.study()), w.interview(there, w.study())
		if got := w.words(viewer(here, "cat"), inStudy, talk.ID); got != annsWords {
			t.Errorf("the analyst reads %q, want Ann's turns alone", got)
		}
		for _, v := range []person.Viewer{viewer(here, "bea"), viewer(here, "dan"), viewer(there, "cat")} {
			if got := w.words(v, inStudy, talk.ID); strings.Contains(got, "bus") {
				t.Errorf("%s of %s reads %q, want nothing", v.ID, v.Partnership, got)
			}
		}
		if got := w.words(viewer(here, "cat"), inStudy, silent.ID); got != "" {
			t.Errorf("the other partnership's talk opens here: %q", got)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			hers, err := w.gate.Openings(ctx, tx, viewer(here, "ann"), talk.ID)
			if err != nil || len(hers) != 1 || hers[0].Reader != "cat" || hers[0].Purpose != Analysis {
				t.Errorf("Ann sees openings %v (%v), want Cat's reading for the study once", hers, err)
			}
			others, err := w.gate.Openings(ctx, tx, viewer(here, "cat"), talk.ID)
			if len(others) != 0 {
				t.Errorf("Cat is shown openings of Ann's words: %v", others)
			}
			return err
		})
	})
}

func TestOpen_ARowAnHourAndEachExportItsOwn(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "m.db"), filepath.Join(t.TempDir(), "k.db"))
	talk := w.interview(here, w.study())
	cat := viewer(here, "cat")
	open := func(act Act) {
		if _, err := w.gate.Open(t.Context(), cat, inStudy, act, talk.ID); err != nil {
			t.Fatal(err)
		}
	}
	open(Reading)
	open(Reading)
	w.now = w.now.Add(time.Hour)
	open(Reading)
	open(NewAct("export"))
	open(NewAct("export"))
	w.read(func(ctx context.Context, tx *store.Tx) error {
		list, err := w.gate.Openings(ctx, tx, viewer(here, "ann"), talk.ID)
		if len(list) != 4 {
			t.Errorf("%d rows, want two hours of reading and two exports", len(list))
		}
		return err
	})
}

func TestTakeBack_ShutsAtOnceAndCanBeUndone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, ann, cat := w.interview(here, w.study()), viewer(here, "ann"), viewer(here, "cat")
		part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		if err := w.gate.TakeBack(t.Context(), viewer(here, "dan"), part, false); !errors.Is(err, fault.Missing) {
			t.Errorf("the keeper takes Ann's part back: %v", err)
		}
		if err := w.gate.TakeBack(t.Context(), ann, part, false); err != nil {
			t.Fatal(err)
		}
		if got := w.words(cat, inStudy, talk.ID); got != "" {
			t.Errorf("taken back and still read: %q", got)
		}
		if err := w.gate.BringBack(t.Context(), ann, part); err != nil {
			t.Fatal(err)
		}
		if got := w.words(cat, inStudy, talk.ID); got != annsWords {
			t.Errorf("brought back and not as it was: %q", got)
		}
	})
}

func TestTakeBack_ErasedNowIsGoneAndTheRestStays(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, ann, cat := w.interview(here, w.study()), viewer(here, "ann"), viewer(here, "cat")
		var emptied []ID
		w.gate.WhenDestroyed(func(_ context.Context, _ *store.Tx, _ person.Partnership, turns []ID) error {
			emptied = append(emptied, turns...)
			return nil
		})
		one := Part{Contribution: talk.ID, Speaker: talk.Speakers[1], Turns: []ID{talk.Turns[1]}}
		if err := w.gate.TakeBack(t.Context(), ann, one, true); err != nil {
			t.Fatal(err)
		}
		if got := w.words(cat, inStudy, talk.ID); got != "Then Bea came and we laughed." {
			t.Errorf("after one turn is gone the analyst reads %q, want the other", got)
		}
		if len(emptied) != 1 || emptied[0] != talk.Turns[1] {
			t.Errorf("rooms were told of %v, want the one turn", emptied)
		}
		if err := w.gate.BringBack(t.Context(), ann, one); !errors.Is(err, fault.Missing) {
			t.Errorf("what is destroyed can be brought back: %v", err)
		}
		rows, err := w.ring.Rows(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if rows != 3 { // title, Dan's part, what is left of Ann's
			t.Errorf("%d keys are left, want 3", rows)
		}
	})
}

func TestDestroyDue_AfterTheUndoTime(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "m.db"), filepath.Join(t.TempDir(), "k.db"))
	talk, ann := w.interview(here, w.study()), viewer(here, "ann")
	part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
	if err := w.gate.TakeBack(t.Context(), ann, part, false); err != nil {
		t.Fatal(err)
	}
	for _, hours := range []int{7*24 - 1, 2} {
		w.now = w.now.Add(time.Duration(hours) * time.Hour)
		if err := w.gate.DestroyDue(t.Context(), here); err != nil {
			t.Fatal(err)
		}
		c, err := w.gate.OpenOwn(t.Context(), ann, talk.ID)
		if err != nil {
			t.Fatal(err)
		}
		if open, want := c.Turns[1].Open, hours > 2; open != want {
			t.Errorf("%d hours on, her own words open is %v, want %v", hours, open, want)
		}
	}
}

func TestMention_OpensOnlyWithHerYes(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "m.db"), filepath.Join(t.TempDir(), "k.db"))
	talk, cat := w.interview(here, w.study()), viewer(here, "cat")
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.Mark(ctx, tx, here, Mention{Contribution: talk.ID, Turn: talk.Turns[3], Span: Span{5, 13}, About: "bea", By: "dan"})
	})
	if got := w.words(cat, inStudy, talk.ID); !strings.HasSuffix(got, "| Then ··· ···· and we laughed.") {
		t.Errorf("without Bea's answer the analyst reads %q", got)
	}
	w.read(func(ctx context.Context, tx *store.Tx) error {
		r, err := w.gate.RuleIn(ctx, tx, cat, Use{Analysis, "s1", Number}, talk.ID)
		if r.Span(talk.Turns[3], Span{0, 7}) || !r.Span(talk.Turns[3], Span{13, 20}) {
			t.Error("a passage that touches the mention counts, or one that does not is not counted")
		}
		return err
	})
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.SetAnswer(ctx, tx, here, "bea", AnswerYes)
	})
	if got := w.words(cat, inStudy, talk.ID); got != annsWords {
		t.Errorf("with Bea's yes the analyst reads %q", got)
	}
}

func TestPaper_ShutWhileSomethingItRestsOnIs(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, ann, cat, bea := w.interview(here, w.study()), viewer(here, "ann"), viewer(here, "cat"), viewer(here, "bea")
		w.now = w.now.Add(time.Minute)
		w.join(here, "bea", Audience{ToAnalysts, "s1"})
		key, sealed, err := w.gate.SealPaper(t.Context(), here, "matrix_point", "words", "p1", "Buses decide who comes.")
		if err != nil {
			t.Fatal(err)
		}
		point := Paper{Ref: Ref{"point", "p1"}, Table: "matrix_point", Column: "words", Row: "p1", Key: key, Sealed: sealed, Writer: "cat",
			Readers: []Audience{{ToAnalysts, "s1"}}}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			if err := w.gate.RestOn(ctx, tx, here, Ref{"passage", "c1"}, SpanRef(talk.Turns[1], Span{0, 7})); err != nil {
				return err
			}
			return w.gate.RestOn(ctx, tx, here, point.Ref, Ref{"passage", "c1"})
		})
		see := func(v person.Viewer) (string, bool) {
			o, err := w.gate.Papers(t.Context(), v, Use{Analysis, "s1", Theme}, []Paper{point})
			if err != nil {
				t.Fatal(err)
			}
			return o[0].Words.Reveal(), o[0].Resting
		}
		if got, _ := see(cat); got != "Buses decide who comes." {
			t.Errorf("the writer reads %q", got)
		}
		if got, _ := see(viewer(here, "dan")); got != "" {
			t.Errorf("somebody who is no reader reads %q", got)
		}
		if got, _ := see(bea); got != "" { // joined after Ann gave her terms: what it rests on is shut for her
			t.Errorf("a later analyst reads %q", got)
		}
		if err := w.gate.TakeBack(t.Context(), ann, Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}, false); err != nil {
			t.Fatal(err)
		}
		if got, resting := see(cat); got != "" || resting {
			t.Errorf("after taking back the point reads %q, resting %v", got, resting)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			uses, err := w.gate.UsesOfTurns(ctx, tx, here, talk.Turns[1])
			if len(uses) != 1 || uses[0] != (Ref{"passage", "c1"}) {
				t.Errorf("uses of the turn are %v", uses)
			}
			up, err2 := w.gate.UsedIn(ctx, tx, here, uses[0])
			if len(up) != 1 || up[0] != point.Ref {
				t.Errorf("what rests on the passage is %v, want the point", up)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestSetTerms_RefusesWhatCannotBeKept(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "m.db"), filepath.Join(t.TempDir(), "k.db"))
	talk := w.interview(here)
	try := func(v person.Viewer, terms Terms) error {
		return w.db.Write(t.Context(), func(tx *store.Tx) error {
			return w.gate.SetTerms(t.Context(), tx, v, talk.ID, talk.Speakers[1], terms)
		})
	}
	endless := w.study()
	endless.Until = time.Time{}
	if err := try(viewer(here, "ann"), Terms{Yes: []Yes{endless}}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a yes without an end is kept: %v", err)
	}
	if err := try(viewer(here, "ann"), Terms{Yes: []Yes{w.study()}, How: How{Way: "paper"}}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("paper without the sheet's version is kept: %v", err)
	}
	if err := try(viewer(here, "bea"), Terms{Yes: []Yes{w.study()}}); !errors.Is(err, fault.Missing) {
		t.Errorf("somebody else sets Ann's terms: %v", err)
	}
}
