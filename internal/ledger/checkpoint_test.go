package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"footing/internal/ledger"
)

func TestCheckpoint_LineReadsBackAndSlipsAreNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := ledger.Checkpoint{Size: rapid.Int64Min(0).Draw(t, "size")}
		copy(c.Root[:], rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "root"))
		line := c.String()
		size, letters, _ := strings.Cut(line, ":")
		for _, typed := range []string{line, strings.ToUpper(line), "  " + strings.ReplaceAll(line, " ", "") + "\n",
			size + ":" + strings.NewReplacer("0", "O", "1", "l", " ", "-").Replace(letters)} {
			if got, err := ledger.ParseCheckpoint(typed); err != nil || got != c {
				t.Fatalf("%q reads as %v: %v", typed, got, err)
			}
		}
		at := rapid.IntRange(strings.Index(line, ":")+1, len(line)-1).Draw(t, "slip")
		wrong := []byte(line)
		if wrong[at] == ' ' {
			return
		}
		wrong[at] = "0123456789abcdefghjkmnpqrstvwxyz"[(strings.IndexByte("0123456789abcdefghjkmnpqrstvwxyz", wrong[at])+1)%32]
		if _, err := ledger.ParseCheckpoint(string(wrong)); !errors.Is(err, ledger.ErrLine) {
			// The check has 20 bits: one slip in a million passes and then shows as another root.
			if got, _ := ledger.ParseCheckpoint(string(wrong)); got == c {
				t.Fatalf("%q passes for %q", wrong, line)
			}
		}
	})
	for _, line := range []string{"", "log", "log 3", "log x: abc", "log -1: " + strings.Repeat("0", 36), "12:" + strings.Repeat("é", 18)} {
		if _, err := ledger.ParseCheckpoint(line); !errors.Is(err, ledger.ErrLine) {
			t.Errorf("%q gives %v, want ErrLine", line, err)
		}
	}
}
