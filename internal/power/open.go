package power

import (
	"context"
	"encoding/json"
	"slices"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// world is what a viewer may see of what was said and answered.
type world struct {
	people  []circle.Person
	names   map[person.ID]string
	entries []Entry
	answers map[string]Answer
}

// read reads what the viewer may see now, opened: what everybody sees, and what is hers.
func (r *Room) read(ctx context.Context, v person.Viewer) (world, error) {
	w := world{answers: map[string]Answer{}}
	var list []Answer
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if w.people, err = r.Circle.List(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if w.names, err = r.Circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if w.entries, err = allEntries(ctx, tx, v.Partnership); err != nil {
			return err
		}
		list, err = allAnswers(ctx, tx, v.Partnership)
		return err
	})
	if err != nil {
		return w, err
	}
	w.entries = slices.DeleteFunc(w.entries, func(e Entry) bool { return !e.visible(r.Now()) && (e.By == "" || e.By != v.ID) })
	seen := func(id string) bool { return slices.ContainsFunc(w.entries, func(e Entry) bool { return e.ID == id }) }
	list = slices.DeleteFunc(list, func(a Answer) bool { return !seen(a.Entry) })
	return w, r.open(ctx, v, &w, list)
}

// open opens entries and answers for the viewer, and leaves out what has no key any more.
func (r *Room) open(ctx context.Context, v person.Viewer, w *world, list []Answer) error {
	var papers []consent.Paper
	for _, e := range w.entries {
		papers = append(papers, consent.Paper{Table: "power_entry", Column: column, Row: e.ID, Key: e.key, Sealed: e.words, Writer: e.By, Readers: everybody()})
	}
	for _, a := range list {
		papers = append(papers, consent.Paper{Table: "power_answer", Column: column, Row: a.Entry, Key: a.key, Sealed: a.sealed, Writer: a.By, Readers: everybody()})
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	if err != nil {
		return err
	}
	all := w.entries
	w.entries = nil
	for i, o := range opened {
		switch n := i - len(all); {
		case !o.Open:
		case n < 0:
			e := all[i]
			if err := json.Unmarshal([]byte(o.Words.Reveal()), &e.Text); err != nil {
				return err
			}
			e.Text.Fill = ""
			w.entries = append(w.entries, e)
		default:
			a := list[n]
			if err := json.Unmarshal([]byte(o.Words.Reveal()), &a.Words); err != nil {
				return err
			}
			w.answers[a.Entry] = a
		}
	}
	return nil
}

// entry returns one entry as the viewer may see it.
func (r *Room) entry(ctx context.Context, v person.Viewer, id string) (Entry, world, error) {
	w, err := r.read(ctx, v)
	if err != nil {
		return Entry{}, w, err
	}
	i := slices.IndexFunc(w.entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, w, fault.Missing
	}
	return w.entries[i], w, nil
}
