package needs

import (
	"context"
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// Say keeps something that somebody needs and who may know, and returns its id.
func (r *Room) Say(ctx context.Context, v person.Viewer, text Text, may May) (string, error) {
	if err := text.Check(); err != nil {
		return "", err
	}
	l := Line{ID: store.RandomID(), Person: v.ID, May: may, Made: r.Now()}
	var err error
	if l.key, l.words, err = r.Gate.SealValue(ctx, v.Partnership, "needs_line", column, l.ID, text.filled()); err != nil {
		return "", err
	}
	return l.ID, r.DB.Write(ctx, func(tx *store.Tx) error { return insertLine(ctx, tx, v.Partnership, l) })
}

// line returns one of the viewer's own lines, with what was booked for it.
func (r *Room) line(ctx context.Context, v person.Viewer, id string) (Line, []Booking, error) {
	w, err := r.hers(ctx, v)
	if err != nil {
		return Line{}, nil, err
	}
	i := slices.IndexFunc(w.lines, func(l Line) bool { return l.ID == id })
	if i < 0 {
		return Line{}, nil, fault.Missing
	}
	return w.lines[i], w.of(id), nil
}

// Change puts new words and a new answer to who may know in the place of what l says, and returns ErrNewer
// when something else stands there by now. Once nobody may know, what was booked for it is to be called off.
func (r *Room) Change(ctx context.Context, v person.Viewer, l Line, text Text, may May) error {
	text.Kind = l.Text.Kind
	if err := text.Check(); err != nil {
		return err
	}
	was := l.words
	sealed, err := r.Gate.ResealValue(ctx, v.Partnership, "needs_line", column, l.ID, l.key, text.filled())
	if err != nil {
		return err
	}
	l.May, l.words = may, sealed
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := changeLine(ctx, tx, v.Partnership, l, was); err != nil {
			return err
		}
		if may == Nobody {
			return r.letGo(ctx, tx, v.Partnership, l.ID)
		}
		return nil
	})
}

// Drop erases one of the viewer's own lines.
func (r *Room) Drop(ctx context.Context, v person.Viewer, id string) error {
	l, _, err := r.line(ctx, v, id)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return r.dropLine(ctx, tx, v.Partnership, l) })
}

// Answer keeps what the viewer says to something that was booked for her. What was called off she takes off
// her page with any answer.
func (r *Room) Answer(ctx context.Context, v person.Viewer, booking string, says State) error {
	w, err := r.hers(ctx, v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(w.bookings, func(b Booking) bool { return b.ID == booking })
	if i < 0 {
		return fault.Missing
	}
	b := w.bookings[i]
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		switch {
		case b.State == Off:
			return r.dropBooking(ctx, tx, v.Partnership, b)
		case slices.Contains(b.Answers(), says):
			return setState(ctx, tx, v.Partnership, b, says)
		}
		return ErrChoose
	})
}

// Book keeps what was booked for a line that the viewer, who hosts, may know.
func (r *Room) Book(ctx context.Context, v person.Viewer, l Line, booked Booked) error {
	if err := booked.Check(l.Text.Kind, r.Now()); err != nil {
		return err
	}
	b := Booking{ID: store.RandomID(), Line: l.ID, Person: l.Person, By: v.ID, Made: r.Now(), State: Made}
	var err error
	if b.key, b.words, err = r.Gate.SealValue(ctx, v.Partnership, "needs_booking", column, b.ID, booked); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE needs_line SET made = made WHERE partnership_id = $1 AND id = $2 AND may <> ''`, v.Partnership, l.ID)
		if err := store.Changed(n, err, fault.Missing); err != nil { // she took it back meanwhile
			return err
		}
		return insertBooking(ctx, tx, v.Partnership, b)
	})
}

// CallOff ends a booking for the viewer, who hosts. What she whose it is does not want any more goes; anything
// else stays on her page as called off.
func (r *Room) CallOff(ctx context.Context, v person.Viewer, booking string) error {
	w, err := r.arranged(ctx, v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(w.bookings, func(b Booking) bool { return b.ID == booking && b.State != Off })
	if i < 0 {
		return fault.Missing
	}
	b := w.bookings[i]
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if b.State == Cancelled || b.State == Another {
			return r.dropBooking(ctx, tx, v.Partnership, b)
		}
		return setState(ctx, tx, v.Partnership, b, Off)
	})
}

type answerForm struct {
	Says string `form:"says"`
}

func (r *Room) answer(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[answerForm](q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/needs", "needs.saved"), r.Answer(q.Context(), q.Viewer, q.Path("booking"), State(f.Says))
}

func (r *Room) drop(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/needs", "needs.dropped"), r.Drop(q.Context(), q.Viewer, q.Path("line"))
}

func (r *Room) callOff(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/needs/arrange", "needs.called_off"), r.CallOff(q.Context(), q.Viewer, q.Path("booking"))
}
