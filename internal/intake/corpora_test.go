package intake_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// shared finds a folder beside the repository that holds real texts.
func shared(t *testing.T, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	path = filepath.Join(dir, "..", "shared", path)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: real transcripts are not at %s", path)
	}
	return path
}

// Every turn of real transcripts is kept, none is merged with another, and no
// character is lost: what is expected is cut out with a regular expression, by
// itself.
func TestRead_RealTranscripts(t *testing.T) {
	for _, c := range []struct {
		folder, files string
		label         *regexp.Regexp
	}{
		{"corpora/interviews", "*.txt", regexp.MustCompile(`(?m)^([^\n()]+) \((\d\d:\d\d:\d\d)\) - ?`)},
		{"corpora/episodes", "*.md", regexp.MustCompile(`(?m)^\*\*([^\n*]+):\*\* ?`)},
	} {
		files, err := filepath.Glob(filepath.Join(shared(t, c.folder), c.files))
		if err != nil || len(files) == 0 {
			t.Skipf("skipped: no real transcripts in %s", c.folder)
		}
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				checkTurns(t, filepath.Base(file), string(data), c.label)
				checkTurns(t, "windows.txt", strings.ReplaceAll(string(data), "\n", "\r\n"), c.label)
			})
		}
	}
}

func checkTurns(t *testing.T, name, text string, label *regexp.Regexp) {
	t.Helper()
	got := mustRead(t, name, []byte(text))
	text = strings.ReplaceAll(text, "\r\n", "\n")
	starts := label.FindAllStringSubmatchIndex(text, -1)
	if len(got.Turns) != len(starts) {
		t.Fatalf("%d turns, want %d", len(got.Turns), len(starts))
	}
	letters, speakers := 0, map[string]int{}
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		want := strings.TrimSpace(text[m[1]:end])
		letters += utf8.RuneCountInString(want)
		who := text[m[2]:m[3]]
		speakers[who]++
		if turn := got.Turns[i]; turn.Speaker != who || turn.Text != want || turn.HasTime != (len(m) > 4) {
			t.Fatalf("turn %d differs: speaker or text or time", i)
		}
	}
	if before := strings.TrimSpace(text[:starts[0][0]]); before != "" {
		t.Errorf("%d bytes before the first turn", len(before))
	}
	if got.Characters != letters {
		t.Errorf("%d characters, want %d", got.Characters, letters)
	}
	if len(got.Speakers) != len(speakers) {
		t.Errorf("%d speakers, want %d", len(got.Speakers), len(speakers))
	}
	for _, s := range got.Speakers {
		if s.Turns != speakers[s.Label] {
			t.Errorf("a speaker has %d turns, want %d", s.Turns, speakers[s.Label])
		}
	}
}
