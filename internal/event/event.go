// Package event says that something changed, to whoever is looking.
//
// An event is a row with a number, written in the transaction that made the change. Everything else is
// a hint to go and read the rows: a wake-up after a commit in this process, a NOTIFY from another one on
// PostgreSQL, and a look each second on either engine. A lost hint therefore costs a second and loses
// nothing. Events carry a topic and a random id, never words.
package event

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(migrations, "migrations")

// An Event is one change. Numbers grow by one within a partnership.
type Event struct {
	Seq     int64
	Topic   string // a word of the room that publishes it
	Subject string // the random id of what changed; may be empty
}

// Kept is how long events can be read again.
const Kept = 24 * time.Hour

// ErrTooOld is returned by Since when events after the given number were dropped already: whoever
// asked reads everything anew and goes on from Head.
var ErrTooOld = errors.New("reading events: those were dropped")

// A Bus publishes events and wakes those who subscribed. It works while Run runs.
type Bus struct {
	db    *store.DB
	now   func() time.Time
	log   *slog.Logger
	every time.Duration // how often it looks without a hint
	kick  chan struct{} // holds one hint to look now
	subscribers
}

// New returns a bus on db. now is the clock.
func New(db *store.DB, now func() time.Time, log *slog.Logger) *Bus {
	return &Bus{db: db, now: now, log: log, every: time.Second, kick: make(chan struct{}, 1)}
}

// channel is the PostgreSQL channel on which processes wake each other.
const channel = "footing_event"

// Publish writes an event in the transaction that makes the change. The row is written at the end of
// the transaction, wherever Publish is called: it holds the partnership's counter until the commit, and
// taken last by every action that counter is never waited for in a circle.
func (b *Bus) Publish(ctx context.Context, tx *store.Tx, p person.Partnership, topic, subject string) error {
	tx.Before(func() error { return b.publish(ctx, tx, p, topic, subject) })
	return nil
}

func (b *Bus) publish(ctx context.Context, tx *store.Tx, p person.Partnership, topic, subject string) error {
	seq, err := store.Get(ctx, tx, store.One[int64], `INSERT INTO event_head (partnership_id, seq) VALUES ($1, 1)
		ON CONFLICT (partnership_id) DO UPDATE SET seq = event_head.seq + 1 RETURNING seq`, string(p))
	if err != nil {
		return fmt.Errorf("counting events: %w", err)
	}
	if _, err := tx.Exec(ctx, `INSERT INTO event (partnership_id, seq, at, topic, subject) VALUES ($1, $2, $3, $4, $5)`,
		string(p), seq, store.Micros(b.now()), topic, subject); err != nil {
		return fmt.Errorf("writing an event: %w", err)
	}
	if b.db.Engine() == store.Postgres {
		// Equal notifications of one transaction are delivered once.
		if _, err := tx.Exec(ctx, `SELECT pg_notify($1, $2)`, channel, string(p)); err != nil {
			return fmt.Errorf("notifying: %w", err)
		}
	}
	tx.After(b.look)
	return nil
}

// look asks Run to look at the rows now.
func (b *Bus) look() {
	select {
	case b.kick <- struct{}{}:
	default: // a look is due already
	}
}

// Head returns the number of the newest event, 0 if there was none.
func Head(ctx context.Context, tx *store.Tx, p person.Partnership) (int64, error) {
	seq, err := store.Get(ctx, tx, store.One[int64], `SELECT seq FROM event_head WHERE partnership_id = $1`, string(p))
	if errors.Is(err, fault.Missing) {
		return 0, nil
	}
	return seq, err
}

// Since returns the events after seq, oldest first, of the given topics or of all if none is given. It
// returns ErrTooOld when some after seq are no longer kept.
func Since(ctx context.Context, tx *store.Tx, p person.Partnership, seq int64, topics ...string) ([]Event, error) {
	head, err := Head(ctx, tx, p)
	if err != nil || head <= seq {
		return nil, err
	}
	oldest, err := store.Get(ctx, tx, store.One[int64], `SELECT COALESCE(MIN(seq), $2) FROM event WHERE partnership_id = $1`, string(p), head+1)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	if oldest > seq+1 {
		return nil, ErrTooOld
	}
	query, args := `SELECT seq, topic, subject FROM event WHERE partnership_id = $1 AND seq > $2`, []any{string(p), seq}
	if len(topics) > 0 {
		query += ` AND topic IN ` + store.In(3, len(topics))
		for _, topic := range topics {
			args = append(args, topic)
		}
	}
	events, err := store.List(ctx, tx, func(r store.Row) (e Event, err error) {
		return e, r.Scan(&e.Seq, &e.Topic, &e.Subject)
	}, query+` ORDER BY seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	return events, nil
}

// Missed is Since for whoever only looks what to read anew, in a transaction of its own. It returns the number
// to go on from; dropped says that events after seq are no longer kept, so that anything may have changed.
func (b *Bus) Missed(ctx context.Context, p person.Partnership, seq int64, topics ...string) (list []Event, now int64, dropped bool, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		if now, err = Head(ctx, tx, p); err != nil {
			return err
		}
		if list, err = Since(ctx, tx, p, seq, topics...); errors.Is(err, ErrTooOld) {
			dropped, err = true, nil
		}
		return err
	})
	return list, max(now, seq), dropped, err
}

// Forget drops the events of a topic about a subject, of which nothing is to be left. Numbers stay as they were:
// whoever asked for those after an older one reads everything anew, or misses nothing but these.
func Forget(ctx context.Context, tx *store.Tx, p person.Partnership, topic, subject string) error {
	_, err := tx.Exec(ctx, `DELETE FROM event WHERE partnership_id = $1 AND topic = $2 AND subject = $3`, string(p), topic, subject)
	return err
}

// trim drops what is older than Kept.
func (b *Bus) trim(ctx context.Context) error {
	return b.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM event WHERE at < $1`, store.Micros(b.now().Add(-Kept)))
		return err
	})
}
