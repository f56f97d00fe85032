package consent

import (
	"context"
	"fmt"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A listening is what lets somebody hear a recording that is not hers, chunk by chunk.
type listening struct {
	gate   *Gate
	reader person.Viewer
	use    Use
	rec    Recording
	hour   time.Time // on record up to this one
}

// Hear returns a reader for a recording in a contribution, for somebody who may hear it for the use; for
// anybody else it is not there. That it is opened is on record before its key is read, once for each hour in
// which something of it is read. Each chunk asks anew whether she may: once it is taken back, its terms end,
// or she is not let in any more, the reader stops at the next. The owner hears her own, and nothing is
// recorded. It must be used outside of a transaction, and ends with ctx.
func (g *Gate) Hear(ctx context.Context, v person.Viewer, u Use, contribution, id ID) (*BlobReader, Recording, error) {
	l := &listening{gate: g, reader: v, use: u}
	var owner person.ID
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if l.rec, err = g.recording(ctx, tx, v, u, contribution, id); err != nil {
			return err
		}
		owner, err = store.Get(ctx, tx, store.One[person.ID], `SELECT person_id FROM consent_speaker
			WHERE partnership_id = $1 AND contribution_id = $2 AND id = $3`, v.Partnership, contribution, l.rec.Speaker)
		return err
	})
	if err != nil {
		return nil, l.rec, err
	}
	var still func(context.Context) error
	if owner != v.ID {
		still = l.still
	}
	r, err := g.openBlob(ctx, person.Viewer{Partnership: v.Partnership, ID: owner}, id, still)
	return r, l.rec, err
}

// recording returns the one that is named, if the reader may hear it for the use.
func (g *Gate) recording(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, contribution, id ID) (Recording, error) {
	list, err := g.Recordings(ctx, tx, v, u, contribution)
	for _, rec := range list {
		if rec.ID == id {
			return rec, nil
		}
	}
	if err == nil {
		err = fault.Missing
	}
	return Recording{}, err
}

// still asks whether it may be heard on, and puts that on record when it is not yet for this hour.
func (l *listening) still(ctx context.Context) error {
	hour := hourOf(l.use, l.gate.now())
	heard := map[part]bool{{l.rec.Contribution, l.rec.Speaker}: true}
	var fresh []part
	err := l.gate.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := l.gate.recording(ctx, tx, l.reader, l.use, l.rec.Contribution, l.rec.ID); err != nil || hour.Equal(l.hour) {
			return err
		}
		var err error
		fresh, err = unrecorded(ctx, tx, l.reader, l.use, Hearing, hour, heard)
		return err
	})
	if err != nil {
		return err
	}
	if err := l.gate.record(ctx, l.reader, l.use, Hearing, hour, fresh); err != nil {
		return fmt.Errorf("recording an opening: %w", err)
	}
	l.hour = hour
	return nil
}
