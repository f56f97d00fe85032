package record

import (
	"context"
	"errors"
	"fmt"
	"io"

	"footing/internal/lang"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// Verify checks a partnership's whole log against the lines that witnesses kept, writes what it found to
// out in plain words, each finding with where it is, and reports whether the log holds. It changes
// nothing. It returns an error for a line that cannot be read and a log that cannot be reached.
//
// It is for whoever holds the server, so it also tells how long the log is now.
func Verify(ctx context.Context, db *store.DB, p person.Partnership, witnesses []string, out io.Writer) (ok bool, err error) {
	words, err := lang.Load(wordFiles())
	if err != nil {
		return false, err
	}
	w := words.In("en")
	var lines []ledger.Checkpoint
	for _, text := range witnesses {
		line, err := ledger.ParseCheckpoint(text)
		if err != nil {
			return false, fmt.Errorf("reading the line %q: %s", text, w.T(ledger.ErrLine.Say))
		}
		lines = append(lines, line)
	}
	var report ledger.Report
	err = db.Read(ctx, func(tx *store.Tx) error {
		report, err = ledger.Verify(ctx, tx, p, lines, nil)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("checking the log: %w", err)
	}
	to := printer{w: out}
	for _, line := range Report(w, report, len(lines)) {
		to.line(line)
	}
	for _, f := range report.Findings {
		to.line(fmt.Sprintf("  %s: entry %d, %d in all", f.Fault, f.Seq, f.Count))
	}
	if ok = Holds(report); ok {
		to.line(w.T("record.line_now", "line", report.Checkpoint.String()))
	}
	return ok, to.err
}

// printer writes lines and remembers what went wrong.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(text string) {
	_, err := fmt.Fprintln(p.w, text)
	p.err = errors.Join(p.err, err)
}
