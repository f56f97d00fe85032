package keyring

import (
	"context"
	"fmt"
	"time"

	"footing/internal/store"
)

// Progress says how far one kind of copy is.
type Progress string

// The kinds of progress.
const (
	Done    Progress = "done"
	Waiting Progress = "waiting"
	Unknown Progress = "unknown" // the database does not let this program see it
)

// A State says where what was destroyed last may still be found. Copies beyond the database's reach,
// such as backups and archived logs, end with their own time.
type State struct {
	Destroyed time.Time // zero if nothing ever was
	Tables    Progress  // the key store's own tables
	Log       Progress  // the write-ahead log's files
	Standbys  Progress  // standbys that are connected or have a replication slot
}

// Scrubbed tells how far the destruction last asked for is.
func (r *Ring) Scrubbed(ctx context.Context) (State, error) {
	s, err := r.state(ctx)
	if err != nil {
		return State{}, fmt.Errorf("asking what is scrubbed: %w", err)
	}
	destroyed := store.Time(s.opened)
	switch {
	case s.number == 1:
		return State{time.Time{}, Done, Done, Done}, nil
	case s.scrubbed == 0:
		return State{destroyed, Waiting, Waiting, Waiting}, nil
	case r.db.Engine() == store.SQLite:
		return State{destroyed, Done, Done, Done}, nil
	}
	traces, err := r.db.Traces(ctx)
	if err != nil {
		return State{}, fmt.Errorf("asking what is scrubbed: %w", err)
	}
	log, err := r.log(ctx, s, traces)
	if err != nil {
		return State{}, fmt.Errorf("asking what is scrubbed: %w", err)
	}
	return State{destroyed, Done, log, standbys(s, traces)}, nil
}

// log tells about the log's files. The older ones must be gone; and where the server uses old files
// again, it must have written over all that were waiting for it then.
func (r *Ring) log(ctx context.Context, s state, t store.Traces) (Progress, error) {
	switch {
	case !t.Log:
		return Unknown, nil
	case t.Oldest <= s.scrubbed:
		return Waiting, nil
	case s.clear != 0 && t.Now >= s.clear, s.clear == 0 && t.End == 0:
		return Done, nil
	case s.clear != 0:
		return Waiting, nil
	}
	err := r.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE epoch SET clear = $1 WHERE number = $2`, t.End, s.number)
		return err
	})
	return Waiting, err
}

func standbys(s state, t store.Traces) Progress {
	switch {
	case !t.Standbys:
		return Unknown
	case t.Replayed == 0 || t.Replayed >= s.scrubbed:
		return Done
	}
	return Waiting
}

// state is the row of the epoch in force without its key.
type state struct{ number, opened, scrubbed, clear int64 }

func (r *Ring) state(ctx context.Context) (s state, err error) {
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		s, err = store.Get(ctx, tx, func(from store.Row) (s state, err error) {
			err = from.Scan(&s.number, &s.opened, &s.scrubbed, &s.clear)
			return s, err
		}, `SELECT number, opened, scrubbed, clear FROM epoch`)
		return err
	})
	return s, err
}
