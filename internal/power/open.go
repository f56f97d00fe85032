package power

import (
	"context"
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
	entries, answers := w.entries, make([]Answer, 0, len(list))
	w.entries = nil
	err := r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		if n := i - len(entries); n >= 0 {
			answers = append(answers, list[n])
			return &answers[len(answers)-1].Words
		}
		w.entries = append(w.entries, entries[i])
		return &w.entries[len(w.entries)-1].Text
	})
	for i := range w.entries {
		w.entries[i].Text.Fill = ""
	}
	for _, a := range answers {
		w.answers[a.Entry] = a
	}
	return err
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
