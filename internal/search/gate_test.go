package search_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
	"footing/internal/vault/keyring"
)

const p person.Partnership = "here"

var ann = person.Viewer{Partnership: p, ID: "ann"}

func newGate(t *testing.T) (*store.DB, *consent.Gate) {
	t.Helper()
	dir, clock := t.TempDir(), func() time.Time { return time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC) }
	open := func(name string) *store.DB {
		db, err := store.Open(t.Context(), engine.Database(t, dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	db := open("main.db")
	if err := db.Migrate(t.Context(), consent.Migrations, event.Migrations, ledger.Migrations); err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(t.Context(), open("keys.db"), filepath.Join(dir, "root.key"), clock)
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	return db, consent.New(db, ring, event.New(db, clock, quiet), clock, time.Hour, quiet)
}

// share has Ann contribute a text in two turns, for everybody to read.
func share(t *testing.T, db *store.DB, gate *consent.Gate, first, second string) (*consent.Prepared, consent.Part) {
	t.Helper()
	made, err := gate.Prepare(t.Context(), p, consent.Incoming{Kind: consent.Idea, Keeper: "ann",
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: "ann"}}, Turns: []consent.NewTurn{{Text: first}, {Text: second}}})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(made.Save(t.Context(), tx), gate.SetTerms(t.Context(), tx, ann, made.ID, made.Speakers[0], consent.Terms{Owner: "ann",
			Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToPublic}, Use: consent.Use{Purpose: consent.Heard, Form: consent.Words},
				Until: time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)}}}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return made, consent.Part{Contribution: made.ID, Speaker: made.Speakers[0]}
}

func finds(t *testing.T, s *search.Indexes, word string) int {
	t.Helper()
	hits, err := s.Search(t.Context(), p, word, 0)
	if err != nil {
		t.Fatal(err)
	}
	return len(hits)
}

// P12: search cannot bring back what I took back, neither what is hidden and could be undone nor what is
// erased, neither in the index as it is nor in one built anew.
func TestGate_SearchForgetsWhatIsTakenBack(t *testing.T) {
	for _, erase := range []bool{false, true} {
		db, gate := newGate(t)
		mine, other, kept := canary.New(), canary.New(), canary.New()
		s := search.New(gate, search.Idle)
		t.Cleanup(s.Close)
		made, part := share(t, db, gate, canary.Text(mine), canary.Text(other))
		share(t, db, gate, canary.Text(kept), "More.")
		for _, word := range []string{mine, other, kept} {
			if finds(t, s, word) != 1 {
				t.Fatal("before taking back, a word is not found: this test sees nothing")
			}
		}
		trace := func(words ...string) []canary.Hit {
			return canary.Finder{Words: words}.Bytes("the index", search.Image(t, s, p))
		}
		if len(trace(mine)) == 0 {
			t.Fatal("before taking back, the word is not in the index's bytes: this test sees nothing")
		}
		one := part
		one.Turns = made.Turns[:1]
		if err := gate.TakeBack(t.Context(), ann, one, erase); err != nil {
			t.Fatal(err)
		}
		s.Forget(p, string(made.Turns[0]))
		if hits := trace(mine); finds(t, s, mine) != 0 || len(hits) > 0 {
			t.Errorf("erase %v: one turn is taken back and still found: %v", erase, hits)
		}
		if finds(t, s, other) != 1 || finds(t, s, kept) != 1 {
			t.Errorf("erase %v: what was not taken back is lost", erase)
		}
		if err := gate.TakeBack(t.Context(), ann, part, erase); err != nil {
			t.Fatal(err)
		}
		s.Drop(p)
		if finds(t, s, other) != 0 || finds(t, s, mine) != 0 || finds(t, s, kept) != 1 {
			t.Errorf("erase %v: an index built anew holds what was taken back", erase)
		}
		if hits := trace(mine, other); len(hits) > 0 {
			t.Errorf("erase %v: an index built anew: %v", erase, hits)
		}
	}
}
