package source

import (
	"context"
	"errors"
	"fmt"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// How long an upload waits to be confirmed, and how many of one person wait at once. Beyond them the
// oldest goes.
const (
	waitTime   = 24 * time.Hour
	waitAtOnce = 5
)

var (
	// errGone is told of an upload that is not there: confirmed long ago, cancelled or another's.
	errGone = fault.New(fault.NotFound, "source.import_gone")
	// errUsed says that a file was kept or left out at the same moment by another request.
	errUsed = errors.New("the file is kept or left out already")
)

// An arrival is one upload between being shown and being kept. It lies in the database, sealed, so that any
// replica can show and keep it, whichever took it in.
type arrival struct {
	id    string
	made  time.Time
	files []*received
}

// A finding is what was found in one file, as it is sealed.
type finding struct {
	Found
	First []line `json:"first"`
}

// findingPlace names the text in which the finding of file n is sealed.
func findingPlace(arrival string, n int) string { return fmt.Sprintf("%s.%d", arrival, n) }

// addArrival lets an upload wait for its owner to keep it.
func (r *Room) addArrival(ctx context.Context, owner person.Viewer, made time.Time, files []*received) (*arrival, error) {
	a := &arrival{id: store.RandomID(), made: made, files: files}
	sealed := make([][]byte, len(files))
	for i, f := range files {
		var err error
		if f.key, sealed[i], err = r.gate.SealValue(ctx, owner.Partnership, "source_import_file", "found", findingPlace(a.id, i), finding{f.Found, f.lines}); err != nil {
			return nil, err
		}
	}
	return a, r.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO source_import (partnership_id, id, made_by, made) VALUES ($1, $2, $3, $4)`,
			owner.Partnership, a.id, owner.ID, store.Micros(made))
		if err != nil {
			return err
		}
		for i, f := range files {
			_, err := tx.Exec(ctx, `INSERT INTO source_import_file (partnership_id, import_id, n, blob_id, source_id, key_id, found)
				VALUES ($1, $2, $3, $4, '', $5, $6)`, owner.Partnership, a.id, i, f.blob, f.key, sealed[i])
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// dropOldest lets go of somebody's oldest uploads beyond the limit.
func (r *Room) dropOldest(ctx context.Context, tx *store.Tx, owner person.Viewer) error {
	all, err := store.List(ctx, tx, store.One[string], `SELECT id FROM source_import
		WHERE partnership_id = $1 AND made_by = $2 ORDER BY made DESC, id`, owner.Partnership, owner.ID)
	if err != nil {
		return err
	}
	for _, id := range all[min(len(all), waitAtOnce):] {
		if err := r.dropArrival(ctx, tx, owner, id); err != nil {
			return err
		}
	}
	return nil
}

// arrival returns the upload of a request with what was found in it, if it is the viewer's.
func (r *Room) arrival(q *web.Request) (*arrival, error) {
	a := &arrival{id: q.Path("import")}
	var papers []consent.Paper
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		made, err := store.Get(q.Context(), tx, store.One[int64], `SELECT made FROM source_import
			WHERE partnership_id = $1 AND id = $2 AND made_by = $3`, q.Partnership(), a.id, q.Viewer.ID)
		if err != nil {
			return err
		}
		a.made = store.Time(made)
		return tx.Each(q.Context(), func(row store.Row) error {
			f := &received{n: len(a.files)}
			paper := consent.Paper{Table: "source_import_file", Column: "found", Row: findingPlace(a.id, f.n), Writer: q.Viewer.ID}
			err := row.Scan(&f.blob, &f.Source, &f.key, &paper.Sealed)
			paper.Key = f.key
			a.files, papers = append(a.files, f), append(papers, paper)
			return err
		}, `SELECT blob_id, source_id, key_id, found FROM source_import_file WHERE partnership_id = $1 AND import_id = $2 ORDER BY n`, q.Partnership(), a.id)
	})
	switch {
	case isMissing(err), err == nil && r.now().Sub(a.made) >= waitTime:
		return nil, errGone
	case err != nil:
		return nil, err
	}
	opened, err := consent.Values[finding](q.Context(), r.gate, q.Viewer, papers)
	if err != nil {
		return nil, err
	}
	for i, f := range a.files {
		found := opened[i].Value
		if !opened[i].OK {
			return nil, errGone
		}
		found.Source = f.Source
		f.Found, f.lines = found.Found, found.First
	}
	return a, nil
}

// use marks a file as kept as a source, or as left out when that is empty, and lets go of its bytes. Of two
// transactions that use it only one goes through; the other gets errUsed.
func (r *Room) use(ctx context.Context, tx *store.Tx, owner person.Viewer, a *arrival, f *received, source consent.ID) error {
	n, err := tx.Exec(ctx, `UPDATE source_import_file SET blob_id = '', source_id = $5
		WHERE partnership_id = $1 AND import_id = $2 AND n = $3 AND blob_id = $4`, owner.Partnership, a.id, f.n, f.blob, source)
	if err == nil && n == 0 {
		err = errUsed
	}
	if err != nil {
		return err
	}
	if err := r.gate.DropBlob(ctx, tx, owner, f.blob); !isMissing(err) { // its time may be over
		return err
	}
	return nil
}

// catchUp takes over what another request made of a file at the same moment. It returns errGone when the
// upload was let go of.
func (r *Room) catchUp(ctx context.Context, owner person.Viewer, a *arrival, f *received) error {
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		_, err := store.Get(ctx, tx, func(row store.Row) (bool, error) { return true, row.Scan(&f.blob, &f.Source) },
			`SELECT blob_id, source_id FROM source_import_file WHERE partnership_id = $1 AND import_id = $2 AND n = $3`, owner.Partnership, a.id, f.n)
		return err
	})
	if isMissing(err) || err == nil && f.blob != "" {
		return errGone
	}
	return err
}

// dropArrival lets go of an upload: its rows, and the keys and bytes of its files.
func (r *Room) dropArrival(ctx context.Context, tx *store.Tx, owner person.Viewer, id string) error {
	files, err := store.List(ctx, tx, func(row store.Row) (f received, err error) {
		err = row.Scan(&f.blob, &f.key)
		return f, err
	}, `DELETE FROM source_import_file WHERE partnership_id = $1 AND import_id = $2 RETURNING blob_id, key_id`, owner.Partnership, id)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := r.gate.Doom(ctx, tx, owner.Partnership, f.key); err != nil {
			return err
		}
		if f.blob == "" {
			continue
		}
		if err := r.gate.DropBlob(ctx, tx, owner, f.blob); err != nil && !isMissing(err) {
			return err
		}
	}
	_, err = tx.Exec(ctx, `DELETE FROM source_import WHERE partnership_id = $1 AND id = $2`, owner.Partnership, id)
	return err
}

// Expire lets go of uploads that nobody confirmed for a day. The program calls it from time to time.
func (r *Room) Expire(ctx context.Context, p person.Partnership) error {
	type waiting struct {
		id    string
		owner person.ID
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		old, err := store.List(ctx, tx, func(row store.Row) (w waiting, err error) {
			err = row.Scan(&w.id, &w.owner)
			return w, err
		}, `SELECT id, made_by FROM source_import WHERE partnership_id = $1 AND made <= $2 ORDER BY id`, p, store.Micros(r.now().Add(-waitTime)))
		if err != nil {
			return err
		}
		for _, w := range old {
			if err := r.dropArrival(ctx, tx, person.Viewer{ID: w.owner, Partnership: p}, w.id); err != nil {
				return err
			}
		}
		return nil
	})
}
