package source_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/interview"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
	"footing/internal/vault/keyring"
)

func TestSources_EveryMethod(t *testing.T) {
	engine.Run(t, func(t *testing.T, database func(name string) string) {
		testSources(t, openStore(t, database("main.db")), openStore(t, database("keys.db")))
	})
}

func openStore(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

const (
	here  person.Partnership = "here"
	there person.Partnership = "there"
)

// testSources runs every method of the store, with two partnerships that hold the same.
func testSources(t *testing.T, db, keys *store.DB) {
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(db.Migrate(ctx, consent.Migrations, event.Migrations, ledger.Migrations, interview.Migrations, source.New(source.Deps{}).Web().Migrations))
	now := func() time.Time { return day }
	ring, err := keyring.Open(ctx, keys, filepath.Join(t.TempDir(), "root.key"), now)
	must(err)
	log := slog.New(slog.DiscardHandler)
	gate := consent.New(db, ring, event.New(db, now, log), now, 0, log)
	sources := source.NewSources(gate, fixture.Told(), now)
	write := func(do func(*store.Tx) error) { t.Helper(); must(db.Write(ctx, do)) }

	ids := map[person.Partnership]consent.ID{}
	for _, p := range []person.Partnership{here, there} {
		prepared, err := sources.Prepare(ctx, p, "s1", consent.Incoming{Kind: consent.Interview, Title: "A walk", Keeper: "ruth",
			Speakers: []consent.NewSpeaker{{Role: consent.Interviewer, Person: "ruth", Label: "R"}, {Role: consent.Outside, Label: "P1"}, {Role: consent.Member, Person: "ann", Label: "A"}},
			Turns:    []consent.NewTurn{{Speaker: 0, Text: "How?"}, {Speaker: 1, Text: "So."}, {Speaker: 2, Text: "And so."}, {Speaker: 1, Text: "Yes."}}}, source.Facts{Title: "A walk", Minutes: 40})
		must(err)
		write(func(tx *store.Tx) error { return prepared.Save(ctx, tx) })
		ids[p] = prepared.ID
	}
	get := func(p person.Partnership) (src source.Source) {
		t.Helper()
		must(db.Read(ctx, func(tx *store.Tx) (err error) { src, err = sources.Get(ctx, tx, p, ids[p]); return err }))
		return src
	}
	parts := func() (list []source.Part) {
		t.Helper()
		must(db.Read(ctx, func(tx *store.Tx) (err error) { list, err = sources.Parts(ctx, tx, here, ids[here]); return err }))
		return list
	}
	lists := func() (all, offered, kept []source.Source, counts map[consent.Kind]int) {
		t.Helper()
		must(db.Read(ctx, func(tx *store.Tx) error {
			var e1, e2, e3, e4 error
			all, e1 = sources.List(ctx, tx, here, "s1")
			offered, e2 = sources.Offered(ctx, tx, here, "s1")
			kept, e3 = sources.Kept(ctx, tx, person.Viewer{Partnership: here, ID: "ruth"})
			counts, e4 = sources.Counts(ctx, tx, here, "s1")
			return errors.Join(e1, e2, e3, e4)
		}))
		return all, offered, kept, counts
	}

	src := get(here)
	if src.ID != ids[here] || src.Study != "s1" || src.Kind != consent.Interview || src.State != source.Unmarked || !src.Added.Equal(day) || src.Keeper != "ruth" {
		t.Errorf("the source is %+v", src)
	}
	must(db.Read(ctx, func(tx *store.Tx) error {
		if _, err := sources.Get(ctx, tx, here, ids[there]); !errors.Is(err, fault.Missing) {
			t.Errorf("another partnership's source is answered with %v", err)
		}
		return nil
	}))
	var turns []int
	for _, part := range parts() {
		turns = append(turns, part.Turns)
	}
	if diff := cmp.Diff([]int{1, 2, 1}, turns); diff != "" {
		t.Errorf("turns of each voice (-want +got):\n%s", diff)
	}
	facts, err := sources.FactsOf(ctx, person.Viewer{Partnership: here, ID: "ruth"}, src)
	must(err)
	if diff := cmp.Diff(map[consent.ID]source.Facts{src.ID: {Title: "A walk", Minutes: 40}}, facts); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if facts, err = sources.FactsOf(ctx, person.Viewer{Partnership: here, ID: "dan"}, src); err != nil || len(facts) != 0 {
		t.Errorf("somebody else is told %d facts (%v)", len(facts), err)
	}
	all, offered, kept, counts := lists()
	if len(all) != 1 || len(offered) != 0 || len(kept) != 1 || len(counts) != 0 {
		t.Errorf("at first there are %d, offered %d, kept %d, counted %v", len(all), len(offered), len(kept), counts)
	}
	for _, known := range [][]consent.ID{nil, {parts()[1].Speaker}} { // R55: nobody was told, or one of two
		write(func(tx *store.Tx) error { return fixture.TellBefore(ctx, tx, here, ids[here], known...) })
		if err := db.Write(ctx, func(tx *store.Tx) error { return sources.Move(ctx, tx, here, src, source.Offered) }); fault.KindOf(err) != fault.Invalid {
			t.Errorf("it is known of %d of two that they were told what cannot be kept private, and offering answers %v", len(known), err)
		}
		note := src
		note.Kind = consent.Note // whatever a caller says that it is
		if err := db.Write(ctx, func(tx *store.Tx) error { return sources.Move(ctx, tx, here, note, source.Offered) }); err == nil || get(here).State != source.Unmarked {
			t.Errorf("under another kind it is offered (%v)", err)
		}
	}
	write(func(tx *store.Tx) error { return fixture.TellBefore(ctx, tx, here, ids[here], parts()[2].Speaker) })
	write(func(tx *store.Tx) error { return sources.Move(ctx, tx, here, src, source.Offered) })
	if err := db.Write(ctx, func(tx *store.Tx) error { return sources.Move(ctx, tx, here, src, source.Offered) }); fault.KindOf(err) != fault.Conflict {
		t.Errorf("moving from a state it is not in any more: %v", err)
	}
	if err := db.Write(ctx, func(tx *store.Tx) error { return sources.Move(ctx, tx, here, get(here), source.Marked) }); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a move that is none: %v", err)
	}
	if _, offered, _, counts = lists(); len(offered) != 1 || counts[consent.Interview] != 1 {
		t.Errorf("offered are %d, counted %v", len(offered), counts)
	}

	take := func(who person.ID, i int) {
		t.Helper()
		must(gate.TakeBack(ctx, person.Viewer{Partnership: here, ID: who}, consent.Part{Contribution: ids[here], Speaker: parts()[i].Speaker}, true))
	}
	take("ann", 2)
	if p := parts(); !p[2].Gone || p[1].Gone || get(here).State != source.Offered {
		t.Errorf("one of two took hers back: %+v, %s", p, get(here).State)
	}
	take("ruth", 1) // for somebody outside
	if p := parts(); !p[1].Gone || p[0].Gone || get(here).State != source.Closed {
		t.Errorf("both took theirs back: %+v, %s", p, get(here).State)
	}
	if got := get(there).State; got != source.Unmarked {
		t.Errorf("the other partnership's source is %s", got)
	}
	if facts, err = sources.FactsOf(ctx, person.Viewer{Partnership: here, ID: "ruth"}, get(here)); err != nil || len(facts) != 0 {
		t.Errorf("its facts are still told (%v)", err)
	}
}
