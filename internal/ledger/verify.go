package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"footing/internal/person"
	"footing/internal/store"
)

// Verify recomputes everything the log says about itself, from its rows: every leaf, every commitment
// whose salt is kept, every node of the tree, the counter, and that facts are gone only where an
// erasure is logged. It then compares the log with the checkpoints that witnesses kept. progress, if
// not nil, is told now and then how many entries of how many were checked.
//
// Without a witness a log that was rewritten as a whole, tree and all, looks sound: that is what the
// printed lines are for. An error means that the log could not be read.
func Verify(ctx context.Context, tx *store.Tx, p person.Partnership, witnesses []Checkpoint, progress func(done, total int64)) (Report, error) {
	v := verifier{p: p, absent: map[int64]bool{}}
	if err := v.load(ctx, tx); err != nil {
		return Report{}, fmt.Errorf("reading the log's tree: %w", err)
	}
	next := int64(0)
	err := tx.Each(ctx, func(r store.Row) error {
		e, err := scanRow(r)
		if err != nil {
			return err
		}
		if e.seq < 0 || e.seq >= v.size {
			v.report.find(RowExtra, e.seq)
			return nil
		}
		v.missing(next, e.seq)
		v.entry(e)
		next = e.seq + 1
		if progress != nil && next%1000 == 0 {
			progress(next, v.size)
		}
		return nil
	}, rows+`ORDER BY e.seq`, string(p))
	if err != nil {
		return Report{}, fmt.Errorf("reading the log: %w", err)
	}
	v.missing(next, v.size)
	v.leftovers()
	if progress != nil {
		progress(v.size, v.size)
	}
	v.report.Checkpoint = v.tree.at(v.tree.leaves)
	v.report.Findings = append(v.report.Findings, v.tree.judge(witnesses, v.restores)...)
	return v.report, nil
}

// A verifier walks the entries in order and rebuilds the tree beside the stored one.
type verifier struct {
	p        person.Partnership
	size     int64       // how many entries there should be
	stored   []tlog.Hash // the tree as stored, by position
	have     []bool      // which positions are stored
	tree     tree        // the tree rebuilt from the stored leaves
	absent   map[int64]bool
	closed   []int64
	restores []restore
	report   Report
}

// load reads counter, tree and numbers of rows. What it trusts for size is at most what there are rows
// for, so that a changed counter cannot make it count for ever.
func (v *verifier) load(ctx context.Context, tx *store.Tx) error {
	counter, err := size(ctx, tx, v.p)
	if err != nil {
		return err
	}
	var counts [3]int64
	for i, query := range []string{
		`SELECT COUNT(*) FROM ledger_entry WHERE partnership_id = $1`,
		`SELECT COUNT(*) FROM ledger_hash WHERE partnership_id = $1`,
		`SELECT COUNT(*) FROM ledger_facts f WHERE partnership_id = $1 AND NOT EXISTS (SELECT 1 FROM ledger_entry e
			WHERE e.partnership_id = f.partnership_id AND e.seq = f.seq)`,
	} {
		if counts[i], err = store.Get(ctx, tx, store.One[int64], query, string(v.p)); err != nil {
			return err
		}
	}
	entries, hashes, orphans := counts[0], counts[1], counts[2]
	v.size = max(0, min(counter, max(entries, hashes)))
	if counter != entries {
		v.report.find(CounterChanged, counter)
	}
	v.report.findMany(RowExtra, -1, orphans)
	hashes = max(hashes, tlog.StoredHashCount(entries))
	v.stored, v.have = make([]tlog.Hash, hashes), make([]bool, hashes)
	return tx.Each(ctx, func(r store.Row) error {
		var position int64
		var hash []byte
		if err := r.Scan(&position, &hash); err != nil {
			return err
		}
		if position < 0 || position >= hashes || len(hash) != tlog.HashSize {
			v.report.find(TreeChanged, position)
			return nil
		}
		v.stored[position], v.have[position] = tlog.Hash(hash), true
		return nil
	}, `SELECT position, hash FROM ledger_hash WHERE partnership_id = $1 ORDER BY position`, string(v.p))
}

// entry checks one row and takes its leaf into the tree. The tree grows from the stored leaf where
// there is one: a changed row is then one finding, not one for each node above it.
func (v *verifier) entry(e row) {
	want := leaf(v.p, e.seq, e.at, e.kind, e.commitment)
	if got, ok := v.leaf(e.seq); ok && got != want {
		v.report.find(RowChanged, e.seq)
		want = got
	}
	v.grow(want)
	switch {
	case e.subject == nil:
		v.absent[e.seq] = true
	case !e.opens():
		v.report.find(FactsChanged, e.seq)
	case e.kind == Erasure:
		var facts closedFacts
		_ = json.Unmarshal([]byte(*e.facts), &facts) // what it does not name is reported as missing
		v.closed = append(v.closed, facts.Closed...)
	case e.kind == Restore:
		v.restores = append(v.restores, e.restored())
	}
}

// leaf returns the stored leaf of entry seq.
func (v *verifier) leaf(seq int64) (tlog.Hash, bool) {
	position := tlog.StoredHashIndex(0, seq)
	if position >= int64(len(v.have)) || !v.have[position] {
		return tlog.Hash{}, false
	}
	return v.stored[position], true
}

// grow takes a leaf into the tree and compares the nodes it completes with the stored ones.
func (v *verifier) grow(leaf tlog.Hash) {
	made := v.tree.add(leaf)
	first := len(v.tree.hashes) - made
	for i := first; i < len(v.tree.hashes); i++ {
		if i >= len(v.have) || !v.have[i] || v.stored[i] != v.tree.hashes[i] {
			v.report.find(TreeChanged, int64(i))
		}
	}
}

// missing reports entries from to until that have no row; the stored leaves stand in for them.
func (v *verifier) missing(from, until int64) {
	v.report.findMany(RowMissing, from, until-from)
	for seq := from; seq < until; seq++ {
		stored, _ := v.leaf(seq)
		v.grow(stored)
	}
}

// leftovers reports stored nodes beyond the tree, and facts whose absence or presence is unexplained.
func (v *verifier) leftovers() {
	for i := len(v.tree.hashes); i < len(v.have); i++ {
		if v.have[i] {
			v.report.find(TreeChanged, int64(i))
		}
	}
	closed := map[int64]bool{}
	for _, seq := range v.closed {
		closed[seq] = true
		if !v.absent[seq] {
			v.report.find(FactsKept, seq)
		}
	}
	var gone []int64
	for seq := range v.absent {
		if closed[seq] {
			v.report.Erased++
		} else {
			gone = append(gone, seq)
		}
	}
	slices.Sort(gone)
	for _, seq := range gone {
		v.report.find(FactsMissing, seq)
	}
}
