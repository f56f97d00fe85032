package consent_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"

	. "footing/internal/consent"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
)

// rows returns what is on record about a reader, by its hour.
func (w *world) rows(reader person.ID) (hours []int64) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		hours, err = store.List(ctx, tx, store.One[int64], `SELECT hour FROM consent_opening WHERE partnership_id = $1 AND reader_id = $2 ORDER BY hour`, here, reader)
		return err
	})
	return hours
}

func (w *world) openings(of ID) (list []Opening) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		list, err = w.gate.Openings(ctx, tx, viewer(here, "ann"), of)
		return err
	})
	return list
}

// P15, P16: what the program read for search is on record, once and without a time, and the owner's list is
// the same whether and whenever somebody searched.
func TestOpenings_SearchHasNoTime(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		for range 2 {
			if err := w.gate.Each(t.Context(), here, func(search.Passage) error { return nil }); err != nil {
				t.Fatal(err)
			}
			if rows := w.rows(Program); len(rows) != 1 || rows[0] != 0 {
				t.Errorf("the program's reading is on record at %v, want one row without a time", rows)
			}
			if list := w.openings(talk.ID); len(list) != 0 {
				t.Errorf("Ann is told when somebody searched: %v", list)
			}
			w.now = w.now.Add(time.Hour)
		}
	})
}

// Rows from before, with their times, are made such rows.
func TestOpenings_SearchLosesItsTimes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		put := func(purpose Purpose, hour int) {
			w.write(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO consent_opening (partnership_id, contribution_id, speaker_id, reader_id, purpose, purpose_id, hour, act)
					VALUES ($1, 'c', 's', $2, $3, '', $4, 'reading')`, here, Program, purpose, hour)
				return err
			})
		}
		put(Searching, 3600)
		put(Searching, 7200)
		put(Heard, 7200) // a first try with a pretend sentence
		text, err := fs.ReadFile(Migrations, "202702041000_search_opening.sql")
		if err != nil {
			t.Fatal(err)
		}
		_, statements, _ := strings.Cut(string(text), "-- +goose Up")
		for statement := range strings.SplitSeq(strings.TrimSpace(statements), ";") {
			if statement == "" {
				continue
			}
			w.write(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, statement)
				return err
			})
		}
		if rows := w.rows(Program); len(rows) != 2 || rows[0] != 0 || rows[1] != 7200 {
			t.Errorf("on record is %v, want one row without a time and that of the try", rows)
		}
	})
}

// P15: a sentence about somebody's words may quote them. Reading it is on record for whoever said what it
// rests on, an hour each, and asking whether it would open is not.
func TestOpenings_OfWhatRestsOnHerWords(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, other := w.interview(here, w.study()), w.interview(here, w.study())
		key, sealed, err := w.gate.SealPaper(t.Context(), here, "matrix_text", "words", "p1", "“The bus was late.”")
		if err != nil {
			t.Fatal(err)
		}
		point := Paper{Ref: Ref{"point", "p1"}, Table: "matrix_text", Column: "words", Row: "p1", Key: key, Sealed: sealed, Writer: "dan",
			Readers: []Audience{{ToAnalysts, "s1"}}}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			if err := w.gate.RestOn(ctx, tx, here, Ref{"passage", "c1"}, SpanRef(talk.Turns[1], Span{0, 7})); err != nil {
				return err
			}
			return w.gate.RestOn(ctx, tx, here, point.Ref, Ref{"passage", "c1"})
		})
		cat, summed := viewer(here, "cat"), Use{Analysis, "s1", Paraphrase}
		if o, err := w.gate.PapersOpen(t.Context(), cat, summed, []Paper{point}); err != nil || !o[0].Open || o[0].Words.Reveal() != "" || len(w.openings(talk.ID)) > 0 {
			t.Errorf("asking opens %v (%v), on record is %v", o, err, w.openings(talk.ID))
		}
		for range 2 {
			if o, err := w.gate.Papers(t.Context(), cat, summed, []Paper{point}); err != nil || o[0].Words.Reveal() == "" {
				t.Fatalf("the sentence does not open: %v", err)
			}
		}
		list := w.openings(talk.ID)
		if len(list) != 1 || list[0].Reader != "cat" || list[0].Purpose != Analysis || list[0].For != "s1" || list[0].Act != Reading {
			t.Errorf("on record is %v, want Cat's reading for the study once", list)
		}
		if _, err := w.gate.PapersFor(t.Context(), cat, summed, NewAct("export"), []Paper{point}); err != nil || len(w.openings(talk.ID)) != 2 {
			t.Errorf("a file is no row of its own (%v)", err)
		}
		if list := w.openings(other.ID); len(list) > 0 {
			t.Errorf("on record for words that nothing rests on is %v", list)
		}
		w.join(here, "ann", Audience{ToAnalysts, "s1"})
		if o, err := w.gate.Papers(t.Context(), viewer(here, "ann"), summed, []Paper{point}); err != nil || !o[0].Open || len(w.openings(talk.ID)) != 2 {
			t.Errorf("Ann reads what rests on her own words: %v (%v), on record is %v", o, err, w.openings(talk.ID))
		}
		if _, err := w.gate.Papers(t.Context(), viewer(here, "bea"), summed, []Paper{point}); err != nil || len(w.openings(talk.ID)) != 2 {
			t.Error("somebody to whom nothing opened is on record")
		}
	})
}
