package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// words is a full-text index: an SQLite database that was never a file. It lives on one connection,
// because an in-memory database ends with it. The caller lets in one at a time.
type words struct {
	db   *sql.DB
	conn *sql.Conn
}

// memory opens a database of its own in memory. Deleted rows are overwritten, and what SQLite sorts
// aside stays in memory too.
const memory = "file::memory:?_pragma=secure_delete(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-4000)"

var schema = []string{
	`CREATE TABLE passage (n INTEGER PRIMARY KEY, id TEXT NOT NULL, text TEXT NOT NULL)`,
	`CREATE INDEX passage_id ON passage (id)`,
	`CREATE VIRTUAL TABLE word USING fts5(text, content = 'passage', content_rowid = 'n',
		tokenize = 'unicode61 remove_diacritics 2')`,
}

// rebuild makes the index anew from the passages that are left. A plain delete would keep the words in
// their segment until it is merged. FTS5's secure-delete takes them out of the segment, but leaves what
// tells the first word of a page from the one before in its list of pages: measured, up to the whole
// word.
const rebuild = `INSERT INTO word (word) VALUES ('rebuild')`

// newWords makes an index of what feed hands to add.
func newWords(ctx context.Context, feed func(add func(Passage) error) error) (w *words, err error) {
	w = &words{}
	if w.db, err = sql.Open("sqlite", memory); err != nil {
		return w, fmt.Errorf("making an index: %w", quiet(err))
	}
	if w.conn, err = w.db.Conn(ctx); err != nil {
		return w, fmt.Errorf("making an index: %w", quiet(err))
	}
	for _, statement := range schema {
		if _, err := w.conn.ExecContext(ctx, statement); err != nil {
			return w, fmt.Errorf("making an index: %w", quiet(err))
		}
	}
	return w, w.write(ctx, func(tx *inserter) error { return feed(tx.add) })
}

// write runs do in a transaction.
func (w *words) write(ctx context.Context, do func(*inserter) error) error {
	tx, err := w.conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("changing an index: %w", quiet(err))
	}
	defer func() { _ = tx.Rollback() }() // nothing to roll back once committed
	in := &inserter{ctx: ctx, tx: tx}
	if in.passage, err = tx.PrepareContext(ctx, `INSERT INTO passage (id, text) VALUES ($1, $2)`); err != nil {
		return fmt.Errorf("changing an index: %w", quiet(err))
	}
	if in.word, err = tx.PrepareContext(ctx, `INSERT INTO word (rowid, text) VALUES ($1, $2)`); err != nil {
		return fmt.Errorf("changing an index: %w", quiet(err))
	}
	if err := do(in); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("changing an index: %w", quiet(err))
	}
	return nil
}

// An inserter adds to an index within a transaction.
type inserter struct {
	ctx           context.Context
	tx            *sql.Tx
	passage, word *sql.Stmt
}

func (in *inserter) add(p Passage) error {
	result, err := in.passage.ExecContext(in.ctx, p.ID, p.Text)
	if err == nil {
		var n int64
		if n, err = result.LastInsertId(); err == nil {
			_, err = in.word.ExecContext(in.ctx, n, p.Text)
		}
	}
	if err != nil {
		return fmt.Errorf("adding to an index: %w", quiet(err))
	}
	return nil
}

// apply makes changes in their order. It does not end with a request: half a taking back is none.
func (w *words) apply(changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	return w.write(context.Background(), func(in *inserter) error {
		removed := int64(0)
		for _, c := range changes {
			n, err := in.remove(c.id)
			if err != nil {
				return err
			}
			removed += n
			if c.text == nil {
				continue
			}
			if err := in.add(Passage{c.id, *c.text}); err != nil {
				return err
			}
		}
		if removed == 0 {
			return nil
		}
		if _, err := in.tx.ExecContext(in.ctx, rebuild); err != nil {
			return fmt.Errorf("rebuilding an index: %w", quiet(err))
		}
		return nil
	})
}

// remove takes a passage's text away and returns how many there were. The index must be rebuilt then.
func (in *inserter) remove(id string) (int64, error) {
	result, err := in.tx.ExecContext(in.ctx, `DELETE FROM passage WHERE id = $1`, id)
	if err != nil {
		return 0, fmt.Errorf("taking out of an index: %w", quiet(err))
	}
	return result.RowsAffected()
}

// find returns the n best passages for an FTS5 expression, all of them if n is 0.
func (w *words) find(ctx context.Context, match string, n int) ([]Hit, error) {
	if n == 0 {
		n = -1
	}
	rows, err := w.conn.QueryContext(ctx, `SELECT p.id, word.rank FROM word JOIN passage p ON p.n = word.rowid
		WHERE word MATCH $1 ORDER BY word.rank, p.id LIMIT $2`, match, n)
	if err != nil {
		return nil, fmt.Errorf("searching: %w", quiet(err))
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var h Hit
		if err := rows.Scan(&h.ID, &h.Rank); err != nil {
			return nil, fmt.Errorf("searching: %w", quiet(err))
		}
		hits = append(hits, h)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("searching: %w", quiet(err))
	}
	return hits, nil
}

// close frees the index's memory. It may be called on one that was half made.
func (w *words) close() {
	if w.conn != nil {
		_ = w.conn.Close() // an in-memory database has nothing to lose
	}
	if w.db != nil {
		_ = w.db.Close()
	}
}

// quiet takes the text out of SQLite's errors, which quote what somebody searched for.
func quiet(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return fmt.Errorf("sqlite error %d", e.Code())
	}
	return err
}
