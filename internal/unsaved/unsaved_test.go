package unsaved_test

import (
	"context"
	"slices"
	"testing"
	"testing/fstest"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/unsaved"
)

// tables are those of a room with one form.
var tables = fstest.MapFS{"209901010000_porch.sql": {Data: []byte(`-- +goose Up
CREATE TABLE porch_unsaved (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	place TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, person_id, place)
);`)}}

type form struct {
	What, Why string
	Loud      bool
	More      []string
}

func porch(t *testing.T) (*fixture.Ground, unsaved.Shelf) {
	g := fixture.New(t, tables)
	return g, unsaved.Shelf{DB: g.DB, Gate: g.Gate, Table: "porch_unsaved"}
}

func keep(t *testing.T, s unsaved.Shelf, v person.Viewer, place string, f form) {
	t.Helper()
	if err := s.Keep(t.Context(), v, place, f); err != nil {
		t.Fatal(err)
	}
}

// left returns what stands in a place, and says so when nothing does.
func left(t *testing.T, s unsaved.Shelf, v person.Viewer, place string) string {
	t.Helper()
	f, found, err := unsaved.Kept[form](t.Context(), s, v, place)
	if err != nil {
		t.Fatal(err)
	}
	if !found {
		return "nothing"
	}
	return f.What
}

func TestShelf_KeepsTheLastForHerAlone(t *testing.T) {
	g, s := porch(t)
	bren, cass := g.Person("Bren", person.LivedExperience), g.Person("Cass", person.LivedExperience)
	keep(t, s, bren, "step", form{What: "marigold", Loud: true})
	keep(t, s, bren, "step", form{What: "marigold and thyme"})
	keep(t, s, cass, "step", form{What: "sorrel"})
	if got := left(t, s, bren, "step"); got != "marigold and thyme" {
		t.Errorf("what Bren typed last: %s", got)
	}
	if got := left(t, s, bren, "gate"); got != "nothing" {
		t.Errorf("in another place: %s", got)
	}
	if got := left(t, s, cass, "step"); got != "sorrel" {
		t.Errorf("what Cass typed: %s", got)
	}
	if n := g.Sum("1", "porch_unsaved"); n != 2 {
		t.Errorf("%d rows for two places", n)
	}
	if found := g.Holding("porch", "marigold", "sorrel"); len(found) > 0 {
		t.Errorf("words stand open: %q", found)
	}
	if n := g.Sum("1", "consent_doomed"); n != 0 {
		t.Errorf("%d keys are to go while she types: a form has one key for life", n)
	}
}

func TestShelf_WordsForHerCopy(t *testing.T) {
	g, s := porch(t)
	bren, cass := g.Person("Bren", person.LivedExperience), g.Person("Cass", person.LivedExperience)
	keep(t, s, bren, "step", form{What: "marigold", Why: "", Loud: true, More: []string{"thyme", "", "rue"}})
	keep(t, s, bren, "gate", form{Why: "sage"})
	keep(t, s, cass, "step", form{What: "sorrel"})
	got, err := s.Words(t.Context(), bren)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"sage"}, {"thyme", "rue", "marigold"}} // by place, and by the names of fields
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestShelf_DropsWithTheKeys(t *testing.T) {
	g, s := porch(t)
	bren, cass := g.Person("Bren", person.LivedExperience), g.Person("Cass", person.LivedExperience)
	for _, place := range []string{"step", "gate", "path"} {
		keep(t, s, bren, place, form{What: place})
		keep(t, s, cass, place, form{What: place})
	}
	for range 2 { // what is gone already is no error
		if err := s.Drop(t.Context(), bren, "step"); err != nil {
			t.Fatal(err)
		}
	}
	if got := left(t, s, bren, "step") + " " + left(t, s, bren, "gate") + " " + left(t, s, cass, "step"); got != "nothing gate step" {
		t.Errorf("after one was dropped: %s", got)
	}
	if n := g.Sum("1", "consent_doomed"); n != 1 {
		t.Errorf("%d keys are to go, not the one", n)
	}
	g.Write(func(ctx context.Context, tx *store.Tx) error { return s.DropAll(ctx, tx, g.P, bren.ID) })
	if got := left(t, s, bren, "gate") + " " + left(t, s, bren, "path") + " " + left(t, s, cass, "gate"); got != "nothing nothing gate" {
		t.Errorf("after Bren has left: %s", got)
	}
	if n := g.Sum("1", "consent_doomed"); n != 3 {
		t.Errorf("%d keys are to go, not three", n)
	}
}
