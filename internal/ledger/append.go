package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Append logs e in the transaction that makes the change, so that neither is ever without the other.
// It holds the partnership's counter until that transaction ends: call it after the change's own rows,
// and at most with event.Publish behind it, so that two actions never wait for each other in a circle.
func Append(ctx context.Context, tx *store.Tx, p person.Partnership, e Entry) error {
	facts, err := e.encode()
	if err != nil {
		return err
	}
	size, err := store.Get(ctx, tx, store.One[int64], `INSERT INTO ledger_head (partnership_id, size) VALUES ($1, 1)
		ON CONFLICT (partnership_id) DO UPDATE SET size = ledger_head.size + 1 RETURNING size`, string(p))
	if err != nil {
		return fmt.Errorf("counting log entries: %w", err)
	}
	seq, at, salt := size-1, store.Micros(e.At), newSalt()
	commitment := commit(salt, e.Subject, facts)
	if _, err := tx.Exec(ctx, `INSERT INTO ledger_entry (partnership_id, seq, at, kind, commitment)
		VALUES ($1, $2, $3, $4, $5)`, string(p), seq, at, string(e.Kind), commitment); err != nil {
		return fmt.Errorf("logging an entry: %w", err)
	}
	if _, err := tx.Exec(ctx, `INSERT INTO ledger_facts (partnership_id, seq, subject, salt, facts)
		VALUES ($1, $2, $3, $4, $5)`, string(p), seq, e.Subject, salt, facts); err != nil {
		return fmt.Errorf("logging facts: %w", err)
	}
	return grow(ctx, tx, p, seq, leaf(p, seq, at, e.Kind, commitment))
}

// grow stores the hashes that the new leaf completes: two on average, 1 + log₂ n at most.
func grow(ctx context.Context, tx *store.Tx, p person.Partnership, seq int64, leaf tlog.Hash) error {
	hashes, err := tlog.StoredHashesForRecordHash(seq, leaf, stored(ctx, tx, p))
	if err != nil {
		return fmt.Errorf("reading the log's tree: %w", err)
	}
	first, args, values := tlog.StoredHashIndex(0, seq), []any{string(p)}, []string{}
	for i, h := range hashes {
		values = append(values, fmt.Sprintf("($1, $%d, $%d)", len(args)+1, len(args)+2))
		args = append(args, first+int64(i), h[:])
	}
	query := `INSERT INTO ledger_hash (partnership_id, position, hash) VALUES ` + strings.Join(values, ", ")
	if _, err := tx.Exec(ctx, query, args...); err != nil {
		return fmt.Errorf("growing the log's tree: %w", err)
	}
	return nil
}

// stored reads nodes of the tree by their positions.
func stored(ctx context.Context, tx *store.Tx, p person.Partnership) tlog.HashReaderFunc {
	return func(positions []int64) ([]tlog.Hash, error) {
		if len(positions) == 0 {
			return nil, nil
		}
		args, hashes, found := []any{string(p)}, make([]tlog.Hash, len(positions)), 0
		for _, position := range positions {
			args = append(args, position)
		}
		err := tx.Each(ctx, func(r store.Row) error {
			var position int64
			var hash []byte
			if err := r.Scan(&position, &hash); err != nil {
				return err
			}
			i := slices.Index(positions, position)
			if i < 0 || copy(hashes[i][:], hash) != tlog.HashSize {
				return errDamaged
			}
			found++
			return nil
		}, `SELECT position, hash FROM ledger_hash WHERE partnership_id = $1 AND position IN `+
			store.In(2, len(positions)), args...)
		if err == nil && found != len(positions) {
			err = errDamaged
		}
		return hashes, err
	}
}

// errDamaged stops appending to a log whose tree does not hold; Verify says what is wrong with it.
var errDamaged = errors.New("the log's tree is damaged")

// closedFacts are the facts of an Erasure: whose salts and facts were destroyed.
type closedFacts struct {
	Closed []int64 `json:"closed"`
}

// FactsTable is the table whose deleted rows must be scrubbed from the disk after Forget
// (store.DB.Scrub).
const FactsTable = "ledger_facts"

// Forget destroys the salts and facts of all Terms and Withdrawal entries about the given subjects.
// Their leaves stay. It logs one Erasure that names their places, so that facts cannot go missing in
// any other way; without such entries it logs nothing.
func Forget(ctx context.Context, tx *store.Tx, p person.Partnership, at time.Time, subjects ...string) error {
	erased := closedFacts{}
	for _, subject := range subjects {
		places, err := store.List(ctx, tx, store.One[int64], `SELECT f.seq FROM ledger_facts f
			JOIN ledger_entry e ON e.partnership_id = f.partnership_id AND e.seq = f.seq
			WHERE f.partnership_id = $1 AND f.subject = $2 AND e.kind IN ($3, $4) ORDER BY f.seq`,
			string(p), subject, string(Terms), string(Withdrawal))
		if err != nil {
			return fmt.Errorf("reading log entries to forget: %w", err)
		}
		for _, seq := range places {
			if _, err := tx.Exec(ctx, `DELETE FROM ledger_facts WHERE partnership_id = $1 AND seq = $2`, string(p), seq); err != nil {
				return fmt.Errorf("forgetting logged facts: %w", err)
			}
		}
		erased.Closed = append(erased.Closed, places...)
	}
	if len(erased.Closed) == 0 {
		return nil
	}
	slices.Sort(erased.Closed)
	return Append(ctx, tx, p, Entry{At: at, Kind: Erasure, Facts: erased})
}

// lostFacts are the facts of a Restore: the latest checkpoint that a witness holds.
type lostFacts struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
}

// Restored logs that the database was put back from a backup. last is the latest checkpoint that any
// witness holds, the zero Checkpoint if none does. Checkpoints between the restored log and last are
// reported as lost from then on, no longer as forged.
func Restored(ctx context.Context, tx *store.Tx, p person.Partnership, at time.Time, last Checkpoint) error {
	return Append(ctx, tx, p, Entry{At: at, Kind: Restore, Facts: lostFacts{last.Size, fmt.Sprintf("%x", last.Root)}})
}

// size returns how many entries the log has.
func size(ctx context.Context, tx *store.Tx, p person.Partnership) (int64, error) {
	n, err := store.Get(ctx, tx, store.One[int64], `SELECT size FROM ledger_head WHERE partnership_id = $1`, string(p))
	if errors.Is(err, fault.Missing) {
		return 0, nil
	}
	return n, err
}
