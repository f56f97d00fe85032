package consent_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
	"footing/internal/testing/nextdoor"
	"footing/internal/vault"
)

// chunk is how many bytes a chunk of a blob holds.
const chunk = 256 << 10

// blob writes a blob of these bytes for a day, in pieces of any length.
func (w *world) blob(v person.Viewer, content []byte) ID {
	w.t.Helper()
	b, err := w.gate.NewBlob(w.t.Context(), v, w.now.Add(24*time.Hour))
	for rest := content; err == nil && len(rest) > 0; {
		piece := rest[:min(len(rest), 1+rand.IntN(2*chunk))]
		_, err = b.Write(piece)
		rest = rest[len(piece):]
	}
	if err = errors.Join(err, b.Close()); err != nil {
		w.t.Fatal(err)
	}
	if b.Size() != int64(len(content)) {
		w.t.Fatalf("%d bytes are written, and it says %d", len(content), b.Size())
	}
	return b.ID
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
	return b
}

// stored counts what is stored of blobs, next door left out.
func (w *world) stored(table string) (n int) {
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM `+table+` WHERE partnership_id = $1`, here)
		return err
	})
	return n
}

func (w *world) sweep() {
	w.t.Helper()
	if err := w.gate.SweepBlobs(w.t.Context(), here); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) drop(v person.Viewer, id ID) error {
	return w.db.Write(w.t.Context(), func(tx *store.Tx) error { return w.gate.DropBlob(w.t.Context(), tx, v, id) })
}

func TestBlob_IsReadAsItWasWritten(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for _, size := range []int{0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 1 + rand.IntN(4*chunk)} {
			content := randomBytes(size)
			r, err := w.gate.OpenBlob(t.Context(), viewer(here, "ann"), w.blob(viewer(here, "ann"), content))
			if err != nil {
				t.Fatalf("%d bytes: %v", size, err)
			}
			if r.Size() != int64(size) {
				t.Errorf("%d bytes are said to be %d", size, r.Size())
			}
			if err := iotest.TestReader(io.NewSectionReader(r, 0, r.Size()), content); err != nil {
				t.Errorf("%d bytes: %v", size, err)
			}
			if n, err := r.ReadAt(make([]byte, 1), int64(size)); n != 0 || !errors.Is(err, io.EOF) {
				t.Errorf("beyond the end of %d bytes: %d, %v", size, n, err)
			}
		}
	})
}

// Whatever is done to the rows of a blob, its bytes come back as they were or not at all.
func TestBlob_ChangedRowsDoNotOpen(t *testing.T) {
	const one = ` WHERE partnership_id = $1 AND blob_id = $2`
	changes := map[string][]string{
		"swapped": {`UPDATE consent_chunk SET n = -1` + one + ` AND n = 0`, `UPDATE consent_chunk SET n = 0` + one + ` AND n = 1`, `UPDATE consent_chunk SET n = 1` + one + ` AND n = -1`},
		"missing": {`DELETE FROM consent_chunk` + one + ` AND n = 1`},
		"cut off": {`DELETE FROM consent_chunk` + one + ` AND n = 2`, `UPDATE consent_blob SET size = 2 * 262144 WHERE partnership_id = $1 AND id = $2`},
		"emptied": {`UPDATE consent_blob SET size = 0 WHERE partnership_id = $1 AND id = $2`},
		"put on":  {`INSERT INTO consent_chunk SELECT partnership_id, blob_id, 3, bytes FROM consent_chunk` + one + ` AND n = 1`, `UPDATE consent_blob SET size = size + 262144 WHERE partnership_id = $1 AND id = $2`},
		"shorter": {`UPDATE consent_blob SET size = size - 1 WHERE partnership_id = $1 AND id = $2`},
		"another's": {`UPDATE consent_chunk SET blob_id = 'other'` + one + ` AND n = 1`,
			`INSERT INTO consent_chunk SELECT partnership_id, $2, n, bytes FROM consent_chunk WHERE partnership_id = $1 AND blob_id <> $2 AND blob_id <> 'other' AND n = 1`},
	}
	engines(t, func(t *testing.T, w *world) {
		ann := viewer(here, "ann")
		w.blob(ann, randomBytes(3*chunk))
		for name, statements := range changes {
			id := w.blob(ann, randomBytes(2*chunk+5))
			w.write(func(ctx context.Context, tx *store.Tx) error {
				for _, s := range statements {
					if _, err := tx.Exec(ctx, s, here, id); err != nil {
						return err
					}
				}
				return nil
			})
			r, err := w.gate.OpenBlob(t.Context(), ann, id)
			if err == nil {
				_, err = io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
			}
			if !errors.Is(err, vault.ErrShut) {
				t.Errorf("%s: %v, want that it does not open", name, err)
			}
			w.write(func(ctx context.Context, tx *store.Tx) error { // out of the next one's way
				_, err := tx.Exec(ctx, `DELETE FROM consent_chunk WHERE partnership_id = $1 AND blob_id IN ($2, 'other')`, here, id)
				return err
			})
		}
	})
}

func TestBlob_OpensForItsOwnerAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.blob(viewer(here, "ann"), []byte("a walk"))
		for _, other := range []person.Viewer{viewer(here, "bea"), viewer(there, "ann"), viewer(here, "")} {
			if _, err := w.gate.OpenBlob(t.Context(), other, id); !errors.Is(err, fault.Missing) {
				t.Errorf("%s of %s: %v, want that it is not there", other.ID, other.Partnership, err)
			}
			if err := w.drop(other, id); !errors.Is(err, fault.Missing) {
				t.Errorf("%s of %s lets go of it: %v", other.ID, other.Partnership, err)
			}
		}
		// Not even with the row changed: the owner is bound to each chunk.
		w.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE consent_blob SET person_id = 'bea' WHERE partnership_id = $1 AND id = $2`, here, id)
			return err
		})
		if _, err := w.gate.OpenBlob(t.Context(), viewer(here, "bea"), id); !errors.Is(err, vault.ErrShut) {
			t.Errorf("given to another: %v, want that it does not open", err)
		}
	})
}

func TestBlob_AReaderStopsAtItsNextChunk(t *testing.T) {
	ends := map[string]func(*testing.T, *world, ID){
		"let go of": func(t *testing.T, w *world, id ID) {
			if err := w.drop(viewer(here, "ann"), id); err != nil {
				t.Fatal(err)
			}
		},
		"its key destroyed": func(t *testing.T, w *world, id ID) {
			var key string
			w.read(func(ctx context.Context, tx *store.Tx) (err error) {
				key, err = store.Get(ctx, tx, store.One[string], `SELECT key_id FROM consent_blob WHERE partnership_id = $1 AND id = $2`, here, id)
				return err
			})
			if err := w.ring.Destroy(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		},
		"its time over": func(_ *testing.T, w *world, _ ID) { w.now = w.now.Add(25 * time.Hour) },
	}
	engines(t, func(t *testing.T, w *world) {
		for name, end := range ends {
			id := w.blob(viewer(here, "ann"), randomBytes(3*chunk))
			r, err := w.gate.OpenBlob(t.Context(), viewer(here, "ann"), id)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.ReadAt(make([]byte, 10), 0); err != nil {
				t.Fatal(err)
			}
			end(t, w, id)
			if n, err := r.ReadAt(make([]byte, chunk), 10); n != chunk-10 || !errors.Is(err, fault.Missing) {
				t.Errorf("%s: %d bytes were read on, and %v", name, n, err)
			}
		}
	})
}

func TestBlob_LettingGoLeavesNeitherKeyNorBytes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		nextdoor.Build(t, w.db)
		before, err := w.ring.Rows(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ann := viewer(here, "ann")
		kept, dropped := w.blob(ann, randomBytes(chunk+1)), w.blob(ann, randomBytes(11*chunk))
		if err := w.drop(ann, dropped); err != nil {
			t.Fatal(err)
		}
		if err := w.drop(ann, dropped); !errors.Is(err, fault.Missing) {
			t.Errorf("letting go twice: %v", err)
		}
		w.sweep()
		if blobs, chunks := w.stored("consent_blob"), w.stored("consent_chunk"); blobs != 1 || chunks != 2 {
			t.Errorf("%d blobs and %d chunks are left, want the one that was kept", blobs, chunks)
		}
		w.now = w.now.Add(24 * time.Hour)
		if _, err := w.gate.OpenBlob(t.Context(), ann, kept); !errors.Is(err, fault.Missing) {
			t.Errorf("its time is over and it opens: %v", err)
		}
		w.sweep()
		if err := w.gate.DestroyDue(t.Context(), here); err != nil {
			t.Fatal(err)
		}
		after, err := w.ring.Rows(t.Context())
		if n := w.stored("consent_blob") + w.stored("consent_chunk"); n != 0 || after != before || err != nil {
			t.Errorf("%d rows and %d keys are left (%v)", n, after-before, err)
		}
	})
}

// Whoever writes one is killed between two chunks: for an hour somebody may still be writing it, and then
// nothing of it is left. On SQLite at each step; a step is a commit on either store.
func TestBlob_WrittenByWhoeverIsKilledGoesAfterAnHour(t *testing.T) {
	engine.Once(t, "which step a process is killed at shows on SQLite alone")
	base := t.TempDir()
	w, _, s := killWorld(t, "upload", filepath.Join(base, "main.db"), filepath.Join(base, "keys.db"))
	w.close()
	total := len(steppedLines(copied(t, base, s).run(t, 0, 0)))
	for at := 1; at <= total; at++ {
		mine := copied(t, base, s)
		mine.run(t, at, 0)
		w := openWorld(t, mine.Main, mine.Keys, mine.Root, mine.Now)
		begun := w.stored("consent_blob")
		w.now = w.now.Add(time.Hour - time.Second)
		w.sweep()
		if n := w.stored("consent_blob"); n != begun {
			t.Errorf("killed at step %d of %d, and swept within the hour: %d blobs of %d are there", at, total, n, begun)
		}
		w.now = w.now.Add(time.Second)
		w.sweep()
		if n := w.stored("consent_blob") + w.stored("consent_chunk"); n != 0 {
			t.Errorf("killed at step %d of %d: %d rows are left after the hour", at, total, n)
		}
		w.close()
	}
	if total < 6 {
		t.Errorf("only %d steps: this test sees too little", total)
	}
}

func TestBlob_LetGoOfWhileItIsWrittenTakesNoMore(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		b, err := w.gate.NewBlob(t.Context(), viewer(here, "ann"), w.now.Add(24*time.Hour))
		if err == nil {
			_, err = b.Write(randomBytes(chunk + 1))
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := w.drop(viewer(here, "ann"), b.ID); err != nil {
			t.Fatal(err)
		}
		_, err = b.Write(randomBytes(chunk))
		if closed := b.Close(); !errors.Is(err, fault.Missing) || !errors.Is(closed, fault.Missing) {
			t.Errorf("writing on: %v, closing: %v", err, closed)
		}
		w.sweep()
		if n := w.stored("consent_blob") + w.stored("consent_chunk"); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

// P9: nothing of a blob is readable on a disk, while it is written, waits and is read.
func TestBlob_IsNowhereReadable(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	w := newWorld(t, engine.Database(t, tmp, "main.db"), engine.Database(t, tmp, "keys.db"))
	word := canary.New()
	content := bytes.Repeat([]byte(canary.Text(word)), 5000)
	r, err := w.gate.OpenBlob(t.Context(), viewer(here, "ann"), w.blob(viewer(here, "ann"), content))
	if err == nil {
		_, err = io.Copy(io.Discard, io.NewSectionReader(r, 0, r.Size()))
	}
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{tmp: true, filepath.Dir(w.root): true}
	if engine.Of() == store.Postgres {
		var files string
		if _, err := w.db.Raw().ExecContext(t.Context(), "CHECKPOINT"); err != nil {
			t.Fatal(err)
		}
		if err := w.db.Raw().QueryRowContext(t.Context(), "SHOW data_directory").Scan(&files); err != nil {
			t.Fatal(err)
		}
		places[files] = true
	}
	for place := range maps.Keys(places) {
		hits, err := canary.Finder{Words: []string{word}}.Look(place)
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range hits {
			t.Error(hit)
		}
	}
	if info, err := os.Stat(filepath.Join(tmp, "main.db-wal")); engine.Of() == store.SQLite && (err != nil || info.Size() < chunk) {
		t.Errorf("the log was not searched (%v)", err)
	}
}
