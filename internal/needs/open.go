package needs

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// world is what a viewer may see of what is needed and booked.
type world struct {
	hosts    []person.ID // who hosts meetings today
	names    map[person.ID]string
	lines    []Line
	bookings []Booking
}

// read reads, as pick finds them, the lines and bookings that the viewer may know, opened. What she may not is
// left out.
func (r *Room) read(ctx context.Context, v person.Viewer, pick func(tx *store.Tx, w *world) error) (world, error) {
	var w world
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		people, err := r.Circle.List(ctx, tx, v.Partnership)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Standings.Has(person.Facilitator) {
				w.hosts = append(w.hosts, p.ID)
			}
		}
		if w.names, err = r.Circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		return pick(tx, &w)
	})
	if err != nil {
		return w, err
	}
	return w, r.open(ctx, v, &w)
}

// open opens what is there, for the viewer.
func (r *Room) open(ctx context.Context, v person.Viewer, w *world) error {
	var papers []consent.Paper
	for _, l := range w.lines {
		papers = append(papers, consent.Paper{Table: "needs_line", Column: column, Row: l.ID, Key: l.key, Sealed: l.words, Writer: l.Person, Readers: readers(l.May, w.hosts)})
	}
	for _, b := range w.bookings {
		papers = append(papers, consent.Paper{Table: "needs_booking", Column: column, Row: b.ID, Key: b.key, Sealed: b.words, Writer: b.Person, Readers: readers(Hosts, w.hosts)})
	}
	lines, bookings := w.lines, w.bookings
	w.lines, w.bookings = nil, nil
	err := r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		if n := i - len(lines); n >= 0 {
			w.bookings = append(w.bookings, bookings[n])
			return &w.bookings[len(w.bookings)-1].Booked
		}
		w.lines = append(w.lines, lines[i])
		return &w.lines[len(w.lines)-1].Text
	})
	for i := range w.lines {
		w.lines[i].Text.Fill = ""
	}
	return err
}

// hers reads what the viewer said that she needs, and what was booked for her.
func (r *Room) hers(ctx context.Context, v person.Viewer) (world, error) {
	return r.read(ctx, v, func(tx *store.Tx, w *world) error {
		var err error
		if w.lines, err = linesOf(ctx, tx, v); err != nil {
			return err
		}
		w.bookings, err = bookingsOf(ctx, tx, v)
		return err
	})
}

// arranged reads what whoever hosts may know, and all that was booked.
func (r *Room) arranged(ctx context.Context, v person.Viewer) (world, error) {
	return r.read(ctx, v, func(tx *store.Tx, w *world) error {
		var err error
		if w.lines, err = shared(ctx, tx, v.Partnership, true); err != nil {
			return err
		}
		w.bookings, err = allBookings(ctx, tx, v.Partnership)
		return err
	})
}

// of returns the bookings of a line.
func (w world) of(line string) []Booking {
	var list []Booking
	for _, b := range w.bookings {
		if b.Line == line {
			list = append(list, b)
		}
	}
	return list
}
