package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"footing/internal/consent"
)

func TestPageOf_EveryTurnIsOnOnePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		turns := make([]consent.Turn, rapid.IntRange(1, 400).Draw(t, "turns"))
		for i := range turns {
			turns[i].Length = rapid.IntRange(0, 2*pageLength).Draw(t, "length")
		}
		for at := 0; at < len(turns); {
			begin, end := pageOf(turns, at+1)
			length := 0
			for _, turn := range turns[begin:end] {
				length += turn.Length
			}
			if begin != at || end <= begin || end-begin > pageTurns || (length > pageLength && end-begin > 1) {
				t.Fatalf("turn %d is on the page from %d to %d with %d characters", at, begin, end, length)
			}
			at = end
		}
	})
	if begin, end := pageOf(nil, 1); begin != 0 || end != 0 {
		t.Error("a page without turns has some")
	}
	if begin, end := pageOf(make([]consent.Turn, 3), 99); begin != 0 || end != 3 {
		t.Errorf("beyond the end is the page from %d to %d", begin, end)
	}
}

func TestFirstWords_AreALineAndCutWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := firstWords(rapid.String().Draw(t, "text"))
		if !utf8.ValidString(line) || strings.ContainsAny(line, "\n\r\t") || len(strings.Fields(line)) > shownWords {
			t.Fatalf("%q", line)
		}
	})
	if got := firstWords(strings.Repeat("🙂", 2000)); strings.Contains(got, "\ufffd") || !strings.HasSuffix(got, "🙂…") {
		t.Errorf("a long word is cut to %q", got)
	}
}

func TestCleanName_Cases(t *testing.T) {
	for name, want := range map[string]string{
		"walk.txt": "walk.txt", `C:\notes\walk.txt`: "walk.txt", "../../etc/passwd": "passwd", "a\nb\x00c.txt": "a b c.txt",
		"caf\xe9.txt": "caf\ufffd.txt", strings.Repeat("é", 300): strings.Repeat("é", maxName),
	} {
		if got := cleanName(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}
