package consent

import (
	"context"
	"errors"
	"fmt"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
)

// A BlobWriter writes a blob, chunk by chunk, and holds no more than one chunk of it. One goroutine uses it.
type BlobWriter struct {
	ID ID

	// ctx ends the writing: io.Writer has no place for one.
	ctx   context.Context
	gate  *Gate
	owner person.Viewer
	until time.Time
	key   vault.Key
	plain []byte // what is not sealed yet
	n     int64  // chunks so far
	size  int64
	ended error // why nothing more can be written
}

var errWritten = errors.New("writing to a blob that is at its end")

// NewBlob makes an empty blob of its owner's, to be written and closed. It goes by itself at the time until,
// and an hour after its last chunk when it is never closed. It must be called outside of a transaction, and
// so must the writer's methods; they end with ctx.
func (g *Gate) NewBlob(ctx context.Context, owner person.Viewer, until time.Time) (*BlobWriter, error) {
	w := &BlobWriter{ID: ID(store.RandomID()), ctx: ctx, gate: g, owner: owner, until: until}
	key := store.RandomID()
	keys, err := g.keys.Create(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	w.key = keys[key]
	err = g.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO consent_blob (partnership_id, id, person_id, key_id, size, until, done, gone)
			VALUES ($1, $2, $3, $4, 0, $5, 0, 0)`, owner.Partnership, w.ID, owner.ID, key, store.Micros(g.now().Add(unfinished)))
		return err
	})
	return w, err
}

// Size returns how many bytes were written.
func (w *BlobWriter) Size() int64 { return w.size }

// Write puts p on the blob's end. A chunk is sealed and stored when it is full and more comes.
func (w *BlobWriter) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		if len(w.plain) == chunkSize {
			w.put(false)
		}
		if w.ended != nil {
			return written, w.ended
		}
		if w.plain == nil {
			w.plain = make([]byte, 0, chunkSize)
		}
		n := min(len(p), chunkSize-len(w.plain))
		w.plain = append(w.plain, p[:n]...)
		p, written, w.size = p[n:], written+n, w.size+int64(n)
	}
	return written, nil
}

// Close stores the last chunk. From then on the blob can be opened. It returns what went wrong before, too.
func (w *BlobWriter) Close() error {
	if w.put(true); w.ended != nil {
		return w.ended
	}
	w.ended = errWritten
	return nil
}

// put seals what is in plain and stores it, unless something went wrong before. What is let go of meanwhile,
// or was not written on for so long that it was swept, takes no more chunks.
func (w *BlobWriter) put(last bool) {
	if w.ended != nil {
		return
	}
	until := w.gate.now().Add(unfinished)
	if last {
		until = w.until
	}
	p, sealed := w.owner.Partnership, vault.Seal(w.key, chunkPlace(w.owner, w.ID, w.n, last), w.plain)
	err := w.gate.db.Write(w.ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(w.ctx, `UPDATE consent_blob SET size = $3, until = $4, done = $5
			WHERE partnership_id = $1 AND id = $2 AND done = 0 AND gone = 0`, p, w.ID, w.size, store.Micros(until), store.Bool(last))
		if err := store.Changed(n, err, errClosed); err != nil {
			return err
		}
		_, err = tx.Exec(w.ctx, `INSERT INTO consent_chunk (partnership_id, blob_id, n, bytes) VALUES ($1, $2, $3, $4)`, p, w.ID, w.n, sealed)
		return err
	})
	if err != nil {
		w.ended = fmt.Errorf("writing a blob: %w", err)
		return
	}
	clear(w.plain)
	w.plain = w.plain[:0]
	w.n++
}
