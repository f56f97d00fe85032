package consent_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "footing/internal/consent"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/pg"
)

// openings are the ways in which words come out of the gate for somebody who did not say them, each with
// who is on record for it and as what act. A paper reads no key of what it rests on, and may quote it all
// the same. A note is read to decide, and is on nobody's record.
var openings = map[string]struct {
	reader person.ID
	act    Act
}{
	"open":   {"cat", Reading},
	"export": {"cat", "export:"},
	"index":  {Program, Reading},
	"papers": {"cat", Reading},
	"note":   {},
}

// playOpening opens words in a child, which may be killed over it.
func (s scene) playOpening(ctx context.Context, gate *Gate) error {
	cat := viewer(here, "cat")
	words := func(list []Contribution, err error) error {
		for _, c := range list {
			fmt.Println("words", c.ID)
		}
		return err
	}
	switch s.Name {
	case "open":
		return words(gate.Open(ctx, cat, inStudy, Reading, s.Talk))
	case "export":
		return words(gate.Open(ctx, cat, inStudy, NewAct("export"), s.Talk, s.Second))
	case "index":
		return gate.Each(ctx, here, func(p search.Passage) error {
			fmt.Println("words", p.ID)
			return nil
		})
	case "note":
		_, err := gate.FrontOf(ctx, cat, inStudy, s.Talk)
		return err
	case "papers":
		point := Paper{Ref: Ref{Kind: "point", ID: "p1"}, Table: "matrix_text", Column: "words", Row: "p1", Writer: "cat"}
		var err error
		if point.Key, point.Sealed, err = gate.SealPaper(ctx, here, point.Table, point.Column, point.Row, "Talks help."); err != nil {
			return err
		}
		if err := s.rest(ctx, gate, point.Ref); err != nil {
			return err
		}
		list, err := gate.Papers(ctx, cat, inStudy, []Paper{point})
		if err == nil && !list[0].Open {
			err = errors.New("the paper does not open")
		}
		return err
	}
	return errors.New("no such scene")
}

// rest records that a paper rests on the first of Ann's turns.
func (s scene) rest(ctx context.Context, gate *Gate, ref Ref) error {
	db, err := store.Open(ctx, s.Main)
	if err != nil {
		return err
	}
	err = db.Write(ctx, func(tx *store.Tx) error {
		return gate.RestOn(ctx, tx, here, ref, SpanRef(s.Turn, Span{Start: 0, End: 7}))
	})
	return errors.Join(err, db.Close())
}

// P15: an opening is on record before a key is read, in whatever way the words come out. A child that is
// killed at each step never has got to a key of somebody's words without a row that tells her.
func TestOpen_NeverWordsWithoutARow(t *testing.T) {
	if engine.Of() == store.Postgres { // where a step is made before a key is read, and not at each commit
		for name, steps := range map[string]int{"open": 1, "export": 1, "index": 2} {
			killedOpening(t, steps, func() scene {
				w, _, s := killWorld(t, name, pg.Database(t), pg.Database(t))
				w.close()
				return s
			})
		}
		return
	}
	for name := range openings {
		t.Run(name, func(t *testing.T) {
			base := t.TempDir()
			w, _, s := killWorld(t, name, filepath.Join(base, "main.db"), filepath.Join(base, "keys.db"))
			w.close()
			killedOpening(t, len(steppedLines(copied(t, base, s).run(t, 0, 0))), func() scene { return copied(t, base, s) })
		})
	}
}

// killedOpening plays a scene once for each of its steps, killed there, and once to its end.
func killedOpening(t *testing.T, steps int, fresh func() scene) {
	t.Helper()
	before, after := 0, 0
	for at := 1; at <= steps+1; at++ {
		s := fresh()
		said := s.run(t, at, 0)
		if done := slices.Contains(said, "done"); done != (at == steps+1) {
			t.Fatalf("step %d of %d of %s: having got to the end is %v", at, steps, s.Name, done)
		}
		asked, rows := s.askedAndRecorded(t, said)
		for speaker := range asked {
			if !rows[speaker] {
				t.Errorf("%s, killed at step %d after %v: a key to somebody's words was asked for and she is not told", s.Name, at, said)
			}
		}
		if len(asked) > 0 {
			after++
		}
		if len(rows) == 0 {
			before++
		}
	}
	onRecord := openings[fresh().Name].reader != ""
	if onRecord && (after < 2 || steps > 2 && before == 0) || !onRecord && (after > 0 || before != steps+1) {
		t.Errorf("of %d runs %d had no row and %d had asked for a key", steps+1, before, after)
	}
}

// askedAndRecorded returns whose words' keys a child asked for before it was killed, and of whose parts
// an opening is on record as that scene's would be.
func (s scene) askedAndRecorded(t *testing.T, said []string) (asked, recorded map[ID]bool) {
	t.Helper()
	w := openWorld(t, s.Main, s.Keys, s.Root, s.Now)
	defer w.close()
	asked, recorded = map[ID]bool{}, map[ID]bool{}
	whose := map[string]ID{}
	var quoted ID // whose words a paper rests on
	w.read(func(ctx context.Context, tx *store.Tx) error {
		err := tx.Each(ctx, func(r store.Row) error {
			var speaker ID
			var reader person.ID
			var act Act
			err := r.Scan(&speaker, &reader, &act)
			if want := openings[s.Name]; reader != want.reader || !strings.HasPrefix(string(act), string(want.act)) {
				t.Errorf("%s is on record as %s by %s", s.Name, act, reader)
			}
			recorded[speaker] = true
			return err
		}, `SELECT speaker_id, reader_id, act FROM consent_opening WHERE partnership_id = $1`, here)
		if err != nil {
			return err
		}
		return tx.Each(ctx, func(r store.Row) error {
			var turn, speaker ID
			var key string
			err := r.Scan(&turn, &key, &speaker)
			whose[key] = speaker
			if turn == s.Turn {
				quoted = speaker
			}
			return err
		}, `SELECT id, key_id, speaker_id FROM consent_turn WHERE partnership_id = $1`, here)
	})
	for _, line := range said {
		keys, ok := strings.CutPrefix(line, "asked ")
		for _, key := range strings.Fields(keys) {
			speaker, words := whose[key]
			if s.Name == "papers" {
				speaker, words = quoted, true
			}
			if ok && words {
				asked[speaker] = true
			}
		}
	}
	return asked, recorded
}
