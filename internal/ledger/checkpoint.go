package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Checkpoint is the log at one moment: how many entries it had and the first 20 bytes of its root.
// 160 bits keep a forger at 2^80 tries even if he writes both logs, and fit on one printed line.
type Checkpoint struct {
	Size int64
	Root [20]byte
}

// ErrLine is returned for a line that is no checkpoint, or one with a slip of the pen in it.
var ErrLine = fault.New(fault.Invalid, "ledger.line_unreadable")

// letters leaves out i, l, o and u: nobody has to tell them from 1, 0 and v on a photocopy.
var letters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// String returns the line to print: "log 1042: " and nine groups of four letters, the last of which
// tells a mistyped line from a forged log.
func (c Checkpoint) String() string {
	text := c.letters()
	var b strings.Builder
	fmt.Fprintf(&b, "log %d:", c.Size)
	for i := 0; i < len(text); i += 4 {
		b.WriteByte(' ')
		b.WriteString(text[i : i+4])
	}
	return b.String()
}

func (c Checkpoint) letters() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "footing checkpoint 1\n%d\n%x", c.Size, c.Root))
	return letters.EncodeToString(c.Root[:]) + letters.EncodeToString(sum[:])[:4]
}

// ParseCheckpoint reads a printed line, however it was spaced or capitalised. It returns ErrLine when
// the line cannot have been printed by a log.
func ParseCheckpoint(line string) (Checkpoint, error) {
	line = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(line)), "log")
	before, after, _ := strings.Cut(line, ":")
	size, err := strconv.ParseInt(strings.TrimSpace(before), 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, ErrLine
	}
	text := strings.NewReplacer("-", "", "o", "0", "i", "1", "l", "1").Replace(strings.Join(strings.Fields(after), ""))
	c := Checkpoint{Size: size}
	if len(text) != 36 {
		return Checkpoint{}, ErrLine
	}
	if _, err := letters.Decode(c.Root[:], []byte(text[:32])); err != nil || c.letters() != text {
		return Checkpoint{}, ErrLine
	}
	return c, nil
}

func checkpoint(size int64, root tlog.Hash) Checkpoint {
	return Checkpoint{Size: size, Root: [20]byte(root[:20])}
}

// Head returns the log's newest checkpoint, for meeting notes, reports and backups. A page that anybody
// can reload shows Page.Checkpoint instead: a number that grows while one watches tells of a withdrawal.
func Head(ctx context.Context, tx *store.Tx, p person.Partnership) (Checkpoint, error) {
	n, err := size(ctx, tx, p)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("reading the log's size: %w", err)
	}
	return at(ctx, tx, p, n)
}

// at returns the checkpoint the log had at an earlier size.
func at(ctx context.Context, tx *store.Tx, p person.Partnership, size int64) (Checkpoint, error) {
	root, err := tlog.TreeHash(size, stored(ctx, tx, p))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("reading the log's tree: %w", err)
	}
	return checkpoint(size, root), nil
}
