package consent

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"time"

	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations holds the gate's tables.
var Migrations, _ = fs.Sub(migrations, "migrations")

// Keys is what the gate asks of the keyring.
type Keys interface {
	// Create makes a random key for each id.
	Create(ctx context.Context, ids ...string) (map[string]vault.Key, error)
	// Keys returns the keys that exist; a destroyed or unknown id is absent.
	Keys(ctx context.Context, ids []string) (map[string]vault.Key, error)
	// Destroy makes the ids' keys unrecoverable before it returns, as far as the engine can.
	Destroy(ctx context.Context, ids ...string) error
}

// Topics of the events the gate publishes.
const (
	TopicTaken = "taken"  // something was taken back or brought back
	TopicTerms = "terms"  // somebody changed what she allows
	TopicAdded = "shared" // something was contributed
)

// Gate is the way to words. It is safe for use by many goroutines.
type Gate struct {
	db     *store.DB
	keys   Keys
	events *event.Bus
	now    func() time.Time
	log    *slog.Logger
	undo   time.Duration

	destroyed []func(context.Context, *store.Tx, person.Partnership, []ID) error
	mended    []func(context.Context, *store.Tx, person.Partnership, Moving) error
	severed   []func(context.Context, *store.Tx, person.Viewer, Part) error
	handed    []func(context.Context, *store.Tx, person.Viewer, person.ID, []ID) error
}

// New returns the gate over a database and its keys. undo is how long something taken back can be
// brought back; zero destroys at once.
func New(db *store.DB, keys Keys, events *event.Bus, now func() time.Time, undo time.Duration, log *slog.Logger) *Gate {
	return &Gate{db: db, keys: keys, events: events, now: now, undo: undo, log: log}
}

// WhenDestroyed registers what a room deletes of its own when turns or recordings are destroyed: codings, links. It
// runs in the transaction that empties the turns.
func (g *Gate) WhenDestroyed(do func(context.Context, *store.Tx, person.Partnership, []ID) error) {
	g.destroyed = append(g.destroyed, do)
}

// WhenMended registers what a room does when the typing of a turn was mended: it moves the places it
// keeps in that turn, and notes those that could not be moved. It runs in the transaction that mends.
func (g *Gate) WhenMended(do func(context.Context, *store.Tx, person.Partnership, Moving) error) {
	g.mended = append(g.mended, do)
}

// WhenSevered registers what a room does when somebody's part is kept and is hers no longer: it empties her
// id wherever its rows tie it to that part. It is told all of its turns, in the transaction that severs it.
func (g *Gate) WhenSevered(do func(context.Context, *store.Tx, person.Viewer, Part) error) {
	g.severed = append(g.severed, do)
}

// WhenHandedOver registers what a room does when somebody hands the contributions she keeps to somebody
// else. It is told who kept them, who does now, and which, in the transaction that does it.
func (g *Gate) WhenHandedOver(do func(ctx context.Context, tx *store.Tx, from person.Viewer, to person.ID, ids []ID) error) {
	g.handed = append(g.handed, do)
}

// UndoTime returns how long something taken back can be brought back.
func (g *Gate) UndoTime() time.Duration { return g.undo }

// errClosed is returned when nothing of what was asked for may be opened. From outside it looks like
// something that does not exist.
var errClosed = fault.Missing
