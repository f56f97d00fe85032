package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
)

// A blob is bytes too many for one value: an upload that waits to be confirmed, or a recording. It is a row
// and chunks of 256 kB, each a row of its own and written in a transaction of its own, so that nobody waits
// for somebody's slow line. It has a key of its own, belongs to one person, who alone opens it, and goes by
// itself at a time that it is given. NewBlob writes one, OpenBlob reads it, DropBlob lets go of it. Others
// open one only when it has become a recording; see recording.go.
//
// A chunk is bound to its number and to whether it is the last: chunks that are moved, swapped, cut off or
// put on do not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
//
// It lies in this package because reading it is opening: nobody but the gate unseals.

const (
	// chunkSize is how many bytes a chunk holds; the last one holds what is left. It cannot change while
	// there are blobs.
	chunkSize = 256 << 10
	// unfinished is how long after its last chunk a blob that is still written goes: whoever wrote it ended.
	unfinished = time.Hour
	// dropAtOnce is how many chunks one transaction deletes: few, so that a full disk has room for it.
	dropAtOnce = 4
)

// chunkPlace binds a chunk to its blob and owner, its number, and whether it is the last.
func chunkPlace(owner person.Viewer, blob ID, n int64, last bool) vault.Place {
	column := "bytes"
	if last {
		column = "last bytes"
	}
	return vault.Place{Table: "consent_chunk", Column: column, Row: string(blob), Partnership: owner.Partnership, Owner: string(owner.ID), Version: n}
}

// DropBlob lets go of its owner's blob: from the commit on it is not there, and its key and chunks follow
// at the next sweep. It returns fault.Missing when there is none, or somebody has let go of it before, so
// that of two transactions that use a blob up only one goes through.
func (g *Gate) DropBlob(ctx context.Context, tx *store.Tx, owner person.Viewer, id ID) error {
	key, err := store.Get(ctx, tx, store.One[string], `UPDATE consent_blob SET gone = 1
		WHERE partnership_id = $1 AND id = $2 AND person_id = $3 AND gone = 0 RETURNING key_id`, owner.Partnership, id, owner.ID)
	if err != nil {
		return err
	}
	return g.Doom(ctx, tx, owner.Partnership, key)
}

// KeepBlob keeps its owner's blob, which is written to its end, until another time: Never for one that
// something else now holds and lets go of. It returns fault.Missing when there is none.
func (g *Gate) KeepBlob(ctx context.Context, tx *store.Tx, owner person.Viewer, id ID, until time.Time) error {
	n, err := tx.Exec(ctx, `UPDATE consent_blob SET until = $5 WHERE `+blobOpen, owner.Partnership, id, owner.ID, store.Micros(g.now()), store.Micros(until))
	return store.Changed(n, err, errClosed)
}

// SweepBlobs lets go of blobs whose time is over and deletes the chunks of all that were let go of, a few in
// each transaction. It can be stopped at any point and started again. The keys go with DestroyDue.
func (g *Gate) SweepBlobs(ctx context.Context, p person.Partnership) error {
	var gone []ID
	err := g.db.Write(ctx, func(tx *store.Tx) error {
		// The keys are those of the rows that were changed: a blob may be written on just now.
		keys, err := store.List(ctx, tx, store.One[string], `UPDATE consent_blob SET gone = 1
			WHERE partnership_id = $1 AND gone = 0 AND until <= $2 RETURNING key_id`, p, store.Micros(g.now()))
		if err != nil {
			return err
		}
		if err := g.Doom(ctx, tx, p, keys...); err != nil {
			return err
		}
		gone, err = store.List(ctx, tx, store.One[ID], `SELECT id FROM consent_blob WHERE partnership_id = $1 AND gone = 1 ORDER BY id`, p)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range gone {
		for more := true; more; {
			if more, err = g.dropChunks(ctx, p, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropChunks deletes a few of a blob's chunks, and its row once there is none. It reports whether the row is
// still there.
func (g *Gate) dropChunks(ctx context.Context, p person.Partnership, id ID) (more bool, err error) {
	err = g.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `DELETE FROM consent_chunk WHERE partnership_id = $1 AND blob_id = $2 AND n IN
			(SELECT n FROM consent_chunk WHERE partnership_id = $1 AND blob_id = $2 ORDER BY n DESC LIMIT $3)`, p, id, dropAtOnce)
		if more = n > 0; more || err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM consent_blob WHERE partnership_id = $1 AND id = $2`, p, id)
		return err
	})
	return more, err
}
