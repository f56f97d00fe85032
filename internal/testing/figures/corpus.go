// Package figures is what docs/figures.md is measured with: a corpus of any size, kept in Footing sealed
// and with terms as people would have kept it, and meters of the processor time and the memory that a
// process takes.
//
// Processor time is what compares: on a machine that others use too, wall time measures the others.
package figures

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// A Corpus is what ../shared/bench/corpus.py makes: a hundred documents of 5,000 words with K codings
// under 60 codes, and one more document of 5,000 words with 300 codings.
type Corpus struct {
	Codes []struct{ Path string }
	Docs  []struct {
		Name  string
		Paras []string
	}
	Codings [][4]int // document, start and end in the paragraphs joined by line feeds, code
}

// Read makes the corpus of k codings, always the same one, or skips where its maker is not there.
func Read(t testing.TB, k int) Corpus {
	t.Helper()
	maker := filepath.Join(root(t), "..", "shared", "bench", "corpus.py")
	if _, err := os.Stat(maker); err != nil {
		t.Skip("needs ../shared/bench/corpus.py beside the repository")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	out, err := exec.CommandContext(t.Context(), python, maker, strconv.Itoa(k)).Output()
	must(t, err)
	var c Corpus
	must(t, json.Unmarshal(out, &c))
	return c
}

// A Place is where a coding stands: its paragraph, and code points in it from Start up to, not including,
// End.
type Place struct{ Doc, Para, Start, End, Code int }

// Places returns the codings by paragraph, in which each of them lies whole.
func (c Corpus) Places() []Place {
	starts := make([][]int, len(c.Docs))
	for i, doc := range c.Docs {
		at := 0
		for _, para := range doc.Paras {
			starts[i] = append(starts[i], at)
			at += len([]rune(para)) + 1
		}
	}
	list := make([]Place, len(c.Codings))
	for i, x := range c.Codings {
		of, para := starts[x[0]], 0
		for para+1 < len(of) && of[para+1] <= x[1] {
			para++
		}
		list[i] = Place{x[0], para, x[1] - of[para], x[2] - of[para], x[3]}
	}
	return list
}

// Last returns the number of the document with exactly 300 codings.
func (c Corpus) Last() int { return len(c.Docs) - 1 }

// root returns the folder that go.mod lies in.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	must(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
