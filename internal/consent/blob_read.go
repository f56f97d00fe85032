package consent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// A BlobReader reads a blob, from anywhere in it, and holds one opened chunk. It is an io.ReaderAt; where an
// io.ReadSeeker is wanted, io.NewSectionReader makes one of it. Many goroutines may use it.
type BlobReader struct {
	// ctx ends the reading: io.ReaderAt has no place for one.
	ctx   context.Context
	gate  *Gate
	owner person.Viewer
	id    ID
	key   string
	size  int64
	still func(context.Context) error // asked before each chunk; nil for its owner

	mu     sync.Mutex
	plain  string // the chunk read last
	loaded int64  // its number, -1 for none
}

// OpenBlob returns a reader for its owner's blob, or fault.Missing when there is none that is written to its
// end: somebody else's is none. Each chunk is asked for anew, and so is the key: a reader stops at its next
// chunk once the blob is let go of. It must be used outside of a transaction on the pool that it reads, and
// ends with ctx.
func (g *Gate) OpenBlob(ctx context.Context, owner person.Viewer, id ID) (*BlobReader, error) {
	return g.openBlob(ctx, owner, id, nil)
}

// openBlob is OpenBlob for whoever still lets in.
func (g *Gate) openBlob(ctx context.Context, owner person.Viewer, id ID, still func(context.Context) error) (*BlobReader, error) {
	r := &BlobReader{ctx: ctx, gate: g, owner: owner, id: id, still: still, loaded: -1}
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		_, err := store.Get(ctx, tx, func(row store.Row) (bool, error) { return true, row.Scan(&r.key, &r.size) },
			`SELECT key_id, size FROM consent_blob WHERE `+blobOpen, owner.Partnership, id, owner.ID, store.Micros(g.now()))
		return err
	})
	if err != nil {
		return nil, err
	}
	// The last chunk vouches for the size that the row says.
	r.mu.Lock()
	defer r.mu.Unlock()
	return r, r.load(max(0, (r.size-1)/chunkSize))
}

// blobOpen is what holds of a blob that its owner can read now.
const blobOpen = `partnership_id = $1 AND id = $2 AND person_id = $3 AND done = 1 AND gone = 0 AND until > $4`

// Size returns the blob's length in bytes.
func (r *BlobReader) Size() int64 { return r.size }

// ReadAt opens the chunks that hold the bytes asked for. It returns vault.ErrShut for a chunk that was
// changed, and fault.Missing when the blob is not there any more.
func (r *BlobReader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("reading a blob before its start")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for n < len(p) {
		at := off + int64(n)
		if at >= r.size {
			return n, io.EOF
		}
		if err := r.load(at / chunkSize); err != nil {
			return n, err
		}
		n += copy(p[n:], r.plain[at%chunkSize:])
	}
	return n, nil
}

// load opens chunk n into plain.
func (r *BlobReader) load(n int64) error {
	if r.loaded == n {
		return nil
	}
	r.plain, r.loaded = "", -1
	if r.still != nil {
		if err := r.still(r.ctx); err != nil {
			return err
		}
	}
	sealed, err := r.sealed(n)
	if err != nil {
		return err
	}
	keys, err := r.gate.keys.Keys(r.ctx, []string{r.key})
	if err != nil {
		return fmt.Errorf("reading a blob: %w", err)
	}
	key, ok := keys[r.key]
	if !ok {
		return errClosed
	}
	last := (n+1)*chunkSize >= r.size
	words, err := unseal.Open(key, chunkPlace(r.owner, r.id, n, last), sealed)
	if err != nil {
		return err
	}
	if plain := words.Reveal(); int64(len(plain)) == min(r.size-n*chunkSize, chunkSize) {
		r.plain, r.loaded = plain, n
		return nil
	}
	return vault.ErrShut // the row says another size
}

// sealed reads chunk n, if the blob is still there.
func (r *BlobReader) sealed(n int64) (bytes []byte, err error) {
	err = r.gate.db.Read(r.ctx, func(tx *store.Tx) error {
		bytes, err = store.Get(r.ctx, tx, store.One[[]byte], `SELECT c.bytes FROM
			(SELECT partnership_id, id FROM consent_blob WHERE `+blobOpen+`) b
			LEFT JOIN consent_chunk c ON c.partnership_id = b.partnership_id AND c.blob_id = b.id AND c.n = $5`,
			r.owner.Partnership, r.id, r.owner.ID, store.Micros(r.gate.now()), n)
		return err
	})
	if err == nil && bytes == nil {
		err = vault.ErrShut
	}
	return bytes, err
}
