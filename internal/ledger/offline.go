package ledger

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"footing/internal/person"
	"footing/internal/store"
)

// A line is one line of an exported log. The first names the partnership; the others are entries in
// order. A private entry shows its leaf alone, which tells neither when nor what.
type line struct {
	Partnership person.Partnership `json:"partnership,omitempty"`
	Leaf        []byte             `json:"leaf,omitempty"`
	At          int64              `json:"at,omitempty"`
	Kind        Kind               `json:"kind,omitempty"`
	Commitment  []byte             `json:"commitment,omitempty"`
	Subject     *string            `json:"subject,omitempty"`
	Salt        []byte             `json:"salt,omitempty"`
	Facts       *string            `json:"facts,omitempty"`
}

// Export writes the log so that anybody can check it without this server: one JSON object a line, for
// VerifyOffline. What members may not see of each other is not in it.
func Export(ctx context.Context, tx *store.Tx, p person.Partnership, w io.Writer) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	if err := encoder.Encode(line{Partnership: p}); err != nil {
		return fmt.Errorf("exporting the log: %w", err)
	}
	err := tx.Each(ctx, func(r store.Row) error {
		e, err := scanRow(r)
		if err != nil {
			return err
		}
		if e.kind.Private() {
			hash := leaf(p, e.seq, e.at, e.kind, e.commitment)
			return encoder.Encode(line{Leaf: hash[:]})
		}
		return encoder.Encode(line{At: e.at, Kind: e.kind, Commitment: e.commitment,
			Subject: e.subject, Salt: e.salt, Facts: e.facts})
	}, rows+`ORDER BY e.seq`, string(p))
	if err != nil {
		return fmt.Errorf("exporting the log: %w", err)
	}
	return out.Flush()
}

// VerifyOffline checks an exported log against printed checkpoints, with no database and no server. A
// log that was changed anywhere before a checkpoint gives another root, so it does not match the
// printed line. An error means that the file is no exported log.
func VerifyOffline(export io.Reader, witnesses []Checkpoint) (Report, error) {
	lines := bufio.NewScanner(export)
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	head, err := readLine(lines.Bytes())
	if err != nil || head.Partnership == "" {
		return Report{}, errors.New("reading an exported log: it does not begin with a partnership")
	}
	var report Report
	var t tree
	var restores []restore
	for seq := int64(0); lines.Scan(); seq++ {
		l, err := readLine(lines.Bytes())
		if err != nil {
			return Report{}, fmt.Errorf("reading entry %d of an exported log: %w", seq, err)
		}
		if len(l.Leaf) == tlog.HashSize {
			t.add(tlog.Hash(l.Leaf))
			continue
		}
		e := row{seq, l.At, l.Kind, l.Commitment, l.Subject, l.Salt, l.Facts}
		t.add(leaf(head.Partnership, seq, e.at, e.kind, e.commitment))
		if !e.opens() {
			report.find(FactsChanged, seq)
		} else if e.kind == Restore {
			restores = append(restores, e.restored())
		}
	}
	if err := lines.Err(); err != nil {
		return Report{}, fmt.Errorf("reading an exported log: %w", err)
	}
	report.Checkpoint = t.at(t.leaves)
	report.Findings = append(report.Findings, t.judge(witnesses, restores)...)
	return report, nil
}

// readLine reads one line, which must be written exactly as Export writes it: then no byte of a file can
// be changed without its being found.
func readLine(text []byte) (line, error) {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return line{}, errors.New("it is no entry")
	}
	if again, err := json.Marshal(l); err != nil || !bytes.Equal(again, text) {
		return line{}, errors.New("it is not written as it was exported")
	}
	return l, nil
}
