package needs

import (
	"context"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const (
	lines    = `SELECT id, person_id, may, made, key_id, words FROM needs_line WHERE partnership_id = $1`
	bookings = `SELECT id, line_id, person_id, by_id, made, state, key_id, words FROM needs_booking WHERE partnership_id = $1`
)

func scanLine(r store.Row) (Line, error) {
	var l Line
	var made int64
	err := r.Scan(&l.ID, &l.Person, &l.May, &made, &l.key, &l.words)
	l.Made = store.Time(made)
	return l, err
}

func scanBooking(r store.Row) (Booking, error) {
	var b Booking
	var made int64
	err := r.Scan(&b.ID, &b.Line, &b.Person, &b.By, &made, &b.State, &b.key, &b.words)
	b.Made = store.Time(made)
	return b, err
}

// linesOf lists what somebody needs, in the order in which she said it.
func linesOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Line, error) {
	return store.List(ctx, tx, scanLine, lines+` AND person_id = $2 ORDER BY made, id`, v.Partnership, v.ID)
}

// shared lists the lines that others let somebody know: all that are for everybody and, for whoever hosts,
// those that are for the hosts.
func shared(ctx context.Context, tx *store.Tx, p person.Partnership, host bool) ([]Line, error) {
	may := Everybody
	if host {
		may = Hosts
	}
	return store.List(ctx, tx, scanLine, lines+` AND may IN ($2, $3) ORDER BY made, id`, p, Everybody, may)
}

// bookingsOf lists what was booked for somebody.
func bookingsOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Booking, error) {
	return store.List(ctx, tx, scanBooking, bookings+` AND person_id = $2 ORDER BY made, id`, v.Partnership, v.ID)
}

// allBookings lists what was booked, for whoever hosts.
func allBookings(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Booking, error) {
	return store.List(ctx, tx, scanBooking, bookings+` ORDER BY made, id`, p)
}

func insertLine(ctx context.Context, tx *store.Tx, p person.Partnership, l Line) error {
	_, err := tx.Exec(ctx, `INSERT INTO needs_line (partnership_id, id, person_id, may, made, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p, l.ID, l.Person, l.May, store.Micros(l.Made), l.key, l.words)
	return err
}

// changeLine keeps new words and a new answer to who may know, if the old words still stand there.
func changeLine(ctx context.Context, tx *store.Tx, p person.Partnership, l Line, was []byte) error {
	n, err := tx.Exec(ctx, `UPDATE needs_line SET may = $4, words = $5 WHERE partnership_id = $1 AND id = $2 AND person_id = $3 AND words = $6`,
		p, l.ID, l.Person, l.May, l.words, was)
	return store.Changed(n, err, ErrNewer)
}

func insertBooking(ctx context.Context, tx *store.Tx, p person.Partnership, b Booking) error {
	_, err := tx.Exec(ctx, `INSERT INTO needs_booking (partnership_id, id, line_id, person_id, by_id, made, state, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, p, b.ID, b.Line, b.Person, b.By, store.Micros(b.Made), b.State, b.key, b.words)
	return err
}

// setState moves a booking on, if it still is as it was.
func setState(ctx context.Context, tx *store.Tx, p person.Partnership, b Booking, to State) error {
	n, err := tx.Exec(ctx, `UPDATE needs_booking SET state = $4 WHERE partnership_id = $1 AND id = $2 AND state = $3`, p, b.ID, b.State, to)
	return store.Changed(n, err, ErrNewer)
}

// dropBooking deletes a booking and hands its key to the next change of epoch.
func (r *Room) dropBooking(ctx context.Context, tx *store.Tx, p person.Partnership, b Booking) error {
	if _, err := tx.Exec(ctx, `DELETE FROM needs_booking WHERE partnership_id = $1 AND id = $2`, p, b.ID); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, b.key)
}

// letGo ends what was booked for a line that nobody may know any more. What was booked stays, as something to
// call off and without her; what was called off goes.
func (r *Room) letGo(ctx context.Context, tx *store.Tx, p person.Partnership, line string) error {
	list, err := store.List(ctx, tx, scanBooking, bookings+` AND line_id = $2 ORDER BY id`, p, line)
	if err != nil {
		return err
	}
	for _, b := range list {
		if b.State == Off {
			if err := r.dropBooking(ctx, tx, p, b); err != nil {
				return err
			}
		}
	}
	_, err = tx.Exec(ctx, `UPDATE needs_booking SET state = $3, line_id = '', person_id = '' WHERE partnership_id = $1 AND line_id = $2`, p, line, Cancelled)
	return err
}

// dropLine erases a line: its key goes, and what was booked for it is to be called off.
func (r *Room) dropLine(ctx context.Context, tx *store.Tx, p person.Partnership, l Line) error {
	n, err := tx.Exec(ctx, `DELETE FROM needs_line WHERE partnership_id = $1 AND id = $2`, p, l.ID) // first: whoever books it waits
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return err
	}
	if err := r.letGo(ctx, tx, p, l.ID); err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, l.key)
}

// forget erases what somebody said she needs when she leaves.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	list, err := linesOf(ctx, tx, person.Viewer{Partnership: p, ID: who})
	if err != nil {
		return err
	}
	for _, l := range list {
		if err := r.dropLine(ctx, tx, p, l); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE needs_booking SET by_id = '' WHERE partnership_id = $1 AND by_id = $2`, p, who)
	return err
}

// AfterRestore shuts every line for all but the woman whose it is, and drops what was booked: she may have
// changed either since.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	if _, err := tx.Exec(ctx, `UPDATE needs_line SET may = '' WHERE partnership_id = $1`, p); err != nil {
		return err
	}
	list, err := allBookings(ctx, tx, p)
	if err != nil {
		return err
	}
	for _, b := range list {
		if err := r.dropBooking(ctx, tx, p, b); err != nil {
			return err
		}
	}
	return nil
}

// column is what the column with somebody's words is called in both tables.
const column = "words"

// readers are who may read a line or a booking beside the woman whose it is.
func readers(may May, hosts []person.ID) []consent.Audience {
	var list []consent.Audience
	switch may {
	case Everybody:
		list = append(list, consent.Audience{Kind: consent.ToPartnership})
		fallthrough
	case Hosts:
		for _, h := range hosts {
			list = append(list, consent.Audience{Kind: consent.ToPerson, ID: string(h)})
		}
	}
	return list
}
