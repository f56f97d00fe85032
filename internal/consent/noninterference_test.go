package consent_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
)

// A doing is one thing that somebody does with what was contributed, in the partnership it is done in.
type doing struct {
	who     person.ID
	what    string
	talk    int
	touches bool // may stand on Ann's list: somebody opens what she said something in
}

// doings are what can be done with Ann's talk, Bea's, and the one in which both speak, by number.
var doings = map[string]func(*world, *talks, doing) error{
	"read": func(w *world, k *talks, d doing) error {
		_, err := w.gate.Open(w.t.Context(), viewer(k.p, d.who), inStudy, Reading, k.of[d.talk].ID)
		return err
	},
	"export": func(w *world, k *talks, d doing) error {
		_, err := w.gate.Open(w.t.Context(), viewer(k.p, d.who), inStudy, NewAct("export"), k.of[d.talk].ID)
		return err
	},
	"read a sentence": func(w *world, k *talks, d doing) error {
		_, err := w.gate.Papers(w.t.Context(), viewer(k.p, d.who), inStudy, k.points[d.talk:d.talk+1])
		return err
	},
	"count": func(w *world, k *talks, d doing) error {
		_, err := w.gate.PapersOpen(w.t.Context(), viewer(k.p, d.who), inStudy, k.points)
		_, err2 := w.gate.Rule(w.t.Context(), viewer(k.p, d.who), Use{Analysis, "s1", Number})
		return errors.Join(err, err2)
	},
	"look at what stands before it": func(w *world, k *talks, d doing) error {
		_, err := w.gate.FrontOf(w.t.Context(), viewer(k.p, d.who), inStudy, k.of[d.talk].ID)
		return err
	},
	"search": func(w *world, k *talks, _ doing) error {
		return w.gate.Each(w.t.Context(), k.p, func(search.Passage) error { return nil })
	},
	"look at her own": func(w *world, k *talks, d doing) error {
		_, err := w.gate.OpenOwn(w.t.Context(), viewer(k.p, d.who), k.of[d.talk].ID)
		return err
	},
	"take back": func(w *world, k *talks, d doing) error { // what is Bea's
		return w.gate.TakeBack(w.t.Context(), viewer(k.p, "bea"), k.partOfBea(d.talk), false)
	},
	"bring back": func(w *world, k *talks, d doing) error {
		return w.gate.BringBack(w.t.Context(), viewer(k.p, "bea"), k.partOfBea(d.talk))
	},
	"refuse": func(w *world, k *talks, d doing) error {
		part := k.partOfBea(d.talk)
		return w.db.Write(w.t.Context(), func(tx *store.Tx) error {
			return w.gate.SetTerms(w.t.Context(), tx, viewer(k.p, "bea"), part.Contribution, part.Speaker, Terms{Owner: "bea"})
		})
	},
	"answer": func(w *world, k *talks, d doing) error {
		return w.db.Write(w.t.Context(), func(tx *store.Tx) error {
			return w.gate.SetAnswer(w.t.Context(), tx, k.p, "bea", []Answer{AnswerYes, AnswerNo}[d.talk%2])
		})
	},
}

// talks are a talk of Ann's, one of Bea's, and one of both, with a sentence that rests on each.
type talks struct {
	p      person.Partnership
	of     [3]*Prepared
	points []Paper
}

func (k *talks) partOfBea(n int) Part {
	talk := k.of[1+n%2]
	return Part{Contribution: talk.ID, Speaker: talk.Speakers[len(talk.Speakers)-1]}
}

func (w *world) talks(p person.Partnership) *talks {
	w.t.Helper()
	k := &talks{p: p}
	for _, who := range []person.ID{"ann", "cat", "dan"} {
		w.join(p, who, Audience{ToAnalysts, "s1"})
	}
	for n, who := range [][]person.ID{{"ann"}, {"bea"}, {"ann", "bea"}} {
		in := Incoming{Kind: Interview, Title: "Talk", Note: "About buses", Keeper: "dan"}
		for i, id := range who {
			in.Speakers = append(in.Speakers, NewSpeaker{Role: Member, Person: id})
			in.Turns = append(in.Turns, NewTurn{Speaker: i, Text: "The bus was late."})
		}
		prepared, err := w.gate.Prepare(w.t.Context(), p, in)
		if err != nil {
			w.t.Fatal(err)
		}
		row := string(prepared.ID)
		key, sealed, err := w.gate.SealPaper(w.t.Context(), p, "matrix_text", "words", row, "“Late.”")
		if err != nil {
			w.t.Fatal(err)
		}
		point := Paper{Ref: Ref{"point", row}, Table: "matrix_text", Column: "words", Row: row, Key: key, Sealed: sealed, Writer: "dan", Readers: []Audience{{ToAnalysts, "s1"}}}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			err := prepared.Save(ctx, tx)
			for i, id := range who {
				if err == nil {
					err = w.gate.SetTerms(ctx, tx, viewer(p, id), prepared.ID, prepared.Speakers[i], Terms{Owner: id, Yes: []Yes{w.study()}})
				}
			}
			if err != nil {
				return err
			}
			return w.gate.RestOn(ctx, tx, p, point.Ref, SpanRef(prepared.Turns[0], Span{0, 7}))
		})
		k.of[n], k.points = prepared, append(k.points, point)
	}
	return k
}

// P16: Ann's list tells her who opened what she said, and nothing else. In one partnership everything is done
// that was drawn, in another only what opens words of hers, at the same times: her lists are the same. So they
// depend on nobody else's items and on nothing that others do for themselves.
func TestOpenings_TellNothingOfOthers(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "m.db"), filepath.Join(t.TempDir(), "k.db"))
	names := []string{}
	for name := range doings {
		names = append(names, name)
	}
	slices.Sort(names)
	seen, drawn := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		drawn++
		all, some := w.talks(person.Partnership(fmt.Sprint("all", drawn))), w.talks(person.Partnership(fmt.Sprint("some", drawn)))
		for range rapid.IntRange(1, 12).Draw(t, "doings") {
			d := doing{who: rapid.SampledFrom([]person.ID{"ann", "bea", "cat", "dan"}).Draw(t, "who"), what: rapid.SampledFrom(names).Draw(t, "what"),
				talk: rapid.IntRange(0, 2).Draw(t, "talk")}
			d.touches = d.talk != 1 && slices.Contains([]string{"read", "export", "read a sentence"}, d.what)
			for _, k := range []*talks{all, some} {
				if k == some && !d.touches {
					continue
				}
				if err := doings[d.what](w, k, d); err != nil && fault.KindOf(err) != fault.NotFound {
					t.Fatalf("%v: %v", d, err)
				}
			}
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "minutes")) * time.Minute)
		}
		for n := range all.of {
			a, b := w.listOf(all, n), w.listOf(some, n)
			if !slices.Equal(a, b) {
				t.Fatalf("of talk %d Ann reads %v; had others not done what is theirs, she would read %v", n, a, b)
			}
			seen += len(a)
		}
	})
	if seen == 0 {
		t.Error("nothing was on any list: the property shows nothing")
	}
}

// listOf is Ann's list for a talk, without the ids that differ from one partnership to the other.
func (w *world) listOf(k *talks, n int) []Opening {
	w.t.Helper()
	var list []Opening
	w.read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		list, err = w.gate.Openings(ctx, tx, viewer(k.p, "ann"), k.of[n].ID)
		return err
	})
	for i := range list {
		list[i].Contribution, list[i].Speaker = "", ""
		if list[i].Act != Reading {
			list[i].Act = "a file"
		}
	}
	return list
}
