package ledger

import (
	"bytes"
	"encoding/json"

	"golang.org/x/mod/sumdb/tlog"
)

// A Fault says in which way a log does not hold.
type Fault string

// What can be wrong with a log.
const (
	RowChanged     Fault = "row-changed"     // an entry is not what was logged
	RowMissing     Fault = "row-missing"     // entries were taken out
	RowExtra       Fault = "row-extra"       // an entry or facts that the log does not know
	FactsChanged   Fault = "facts-changed"   // facts are not what was committed to
	FactsMissing   Fault = "facts-missing"   // facts are gone and no erasure says so
	FactsKept      Fault = "facts-kept"      // facts are there although an erasure says they went
	TreeChanged    Fault = "tree-changed"    // the stored tree is not the tree of the entries
	CounterChanged Fault = "counter-changed" // the counter is not the number of entries
	Lost           Fault = "lost"            // the log is shorter than a witness saw it: an old copy was put back
	LossLogged     Fault = "loss-logged"     // as Lost, and the log itself says so
	Forged         Fault = "forged"          // the log is not a continuation of what a witness saw
)

// A Finding is one thing that is wrong.
type Finding struct {
	Fault   Fault
	Seq     int64      // the first entry or stored hash concerned; for LossLogged the entry that says so
	Count   int64      // how many, at least 1
	Witness Checkpoint // for Lost, LossLogged and Forged: the line that shows it
}

// A Report is what checking a log found.
type Report struct {
	Checkpoint Checkpoint // of the log as it is; worth nothing with findings other than LossLogged
	Erased     int64      // entries whose facts were destroyed, as logged
	Findings   []Finding  // empty for a log that holds
}

func (r *Report) find(f Fault, seq int64) { r.findMany(f, seq, 1) }

// findMany adds count neighbours to the report, as one finding with those just before them.
func (r *Report) findMany(f Fault, seq, count int64) {
	if count <= 0 {
		return
	}
	if n := len(r.Findings); n > 0 {
		last := &r.Findings[n-1]
		if last.Fault == f && last.Seq+last.Count == seq {
			last.Count += count
			return
		}
	}
	r.Findings = append(r.Findings, Finding{Fault: f, Seq: seq, Count: count})
}

// A restore is an entry that says a copy was put back: the log went on from entry seq, having had
// reached size.
type restore struct{ seq, size int64 }

// A tree is a Merkle tree rebuilt in memory.
type tree struct {
	leaves int64
	hashes []tlog.Hash
}

// ReadHashes implements tlog.HashReader.
func (t *tree) ReadHashes(positions []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(positions))
	for i, position := range positions {
		hashes[i] = t.hashes[position]
	}
	return hashes, nil
}

// add grows the tree by a leaf and returns how many hashes that made.
func (t *tree) add(leaf tlog.Hash) int {
	hashes, err := tlog.StoredHashesForRecordHash(t.leaves, leaf, t)
	if err != nil {
		panic(err) // ReadHashes above never fails
	}
	t.leaves, t.hashes = t.leaves+1, append(t.hashes, hashes...)
	return len(hashes)
}

// at returns the checkpoint of the tree's first size leaves.
func (t *tree) at(size int64) Checkpoint {
	root, err := tlog.TreeHash(size, t)
	if err != nil {
		panic(err) // ReadHashes above never fails
	}
	return checkpoint(size, root)
}

// judge compares the log with what witnesses saw. A log that is shorter than a witness saw it is an
// older copy. One that is long enough and has another root was rewritten, unless a restore was logged
// at a size below the witness's and admits to a loss up to it.
func (t *tree) judge(witnesses []Checkpoint, restores []restore) []Finding {
	var findings []Finding
	for _, w := range witnesses {
		if w.Size <= t.leaves && t.at(w.Size) == w {
			continue
		}
		finding := Finding{Fault: Forged, Seq: min(w.Size, t.leaves), Count: 1, Witness: w}
		if w.Size > t.leaves {
			finding.Fault, finding.Seq, finding.Count = Lost, t.leaves, w.Size-t.leaves
		}
		for _, r := range restores {
			if r.seq < w.Size && w.Size <= r.size {
				finding.Fault, finding.Seq, finding.Count = LossLogged, r.seq, w.Size-r.seq
			}
		}
		findings = append(findings, finding)
	}
	return findings
}

// opens reports whether the row's facts are what it is committed to.
func (e row) opens() bool {
	return e.subject != nil && e.facts != nil && len(e.salt) == 32 &&
		bytes.Equal(commit(e.salt, *e.subject, *e.facts), e.commitment)
}

// restored returns what a Restore entry admits to. Facts that cannot be read admit to nothing.
func (e row) restored() restore {
	var facts lostFacts
	if e.facts != nil && json.Unmarshal([]byte(*e.facts), &facts) != nil {
		facts = lostFacts{}
	}
	return restore{e.seq, facts.Size}
}
