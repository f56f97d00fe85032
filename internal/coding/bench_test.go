package coding_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"footing/internal/coding"
	"footing/internal/store"
)

// corpus is what ../shared/bench/corpus.py makes: documents with codings at places of the joined paragraphs.
type corpus struct {
	Codes []struct{ Path string }
	Docs  []struct {
		Name  string
		Paras []string
	}
	Codings [][4]int // document, start, end, code
}

// readCorpus makes a corpus of k codings, or skips where its maker is not there.
func readCorpus(t testing.TB, k int) corpus {
	t.Helper()
	maker, err := filepath.Abs("../../../shared/bench/corpus.py")
	must(t, err)
	if _, err := os.Stat(maker); err != nil {
		t.Skip("needs ../shared/bench/corpus.py beside the repository")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	out, err := exec.CommandContext(t.Context(), python, maker, strconv.Itoa(k)).Output()
	must(t, err)
	var c corpus
	must(t, json.Unmarshal(out, &c))
	return c
}

// library is a corpus kept in Footing: sealed, with terms, and indexed.
type library struct {
	*desk
	themes []string
	docs   []talk
}

// newLibrary keeps the corpus. The codings are written straight into the table, since it is the reading
// that is measured; one is added the usual way, by a benchmark of its own.
func newLibrary(b *testing.B, k int) *library {
	b.Helper()
	c := readCorpus(b, k)
	w, g := onFixture(b)
	site := g.Serve(w.room.Web())
	l := &library{desk: &desk{world: w, Ground: g, site: site, cats: site.AtDesk(w.cat)}}
	for _, code := range c.Codes {
		l.themes = append(l.themes, w.theme(code.Path, ""))
	}
	starts := make([][]int, len(c.Docs))
	for i, doc := range c.Docs {
		var turns []said
		at := 0
		for n, para := range doc.Paras {
			turns = append(turns, said{n % 2, para})
			starts[i] = append(starts[i], at)
			at += len([]rune(para)) + 1
		}
		l.docs = append(l.docs, w.talk(turns...))
	}
	w.write(func(ctx context.Context, tx *store.Tx) error {
		for _, place := range c.Codings {
			doc, turn := l.docs[place[0]], 0
			for turn+1 < len(starts[place[0]]) && starts[place[0]][turn+1] <= place[1] {
				turn++
			}
			from := starts[place[0]][turn]
			_, err := tx.Exec(ctx, `INSERT INTO coding_part (partnership_id, study_id, contribution_id, coding_id, n, theme_id, turn_id,
				start_at, end_at, by_id, at, frame_version, removed, removed_by) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, 60, 0, '')`,
				w.p, w.study, doc.ID, store.RandomID(), l.themes[place[3]], doc.Turns[turn], place[1]-from, place[2]-from, w.cat.ID, store.Micros(w.clock()))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return l
}

// page asks for a page within the process, so that the client's work is not measured, and returns its
// size as sent.
func (l *library) page(b *testing.B, path string) int {
	request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
	request.RemoteAddr = "127.0.0.1:1"
	request.Header.Set("Accept-Encoding", "gzip")
	request.AddCookie(&http.Cookie{Name: "s", Value: l.token})
	answer := httptest.NewRecorder()
	l.site.Shell.Handler().ServeHTTP(answer, request)
	if answer.Code != http.StatusOK {
		b.Fatalf("%s answered %d", path, answer.Code)
	}
	return answer.Body.Len()
}

// BenchmarkIndex measures what an analyst does, with 100,000 codings on 100 documents of 5,000 words,
// through the gate and sealed. Set FOOTING_CODINGS for another number.
func BenchmarkIndex(b *testing.B) {
	k := 100_000
	if n, err := strconv.Atoi(os.Getenv("FOOTING_CODINGS")); err == nil {
		k = n
	}
	l := newLibrary(b, k)
	l.token = l.session()
	last := l.docs[len(l.docs)-1]
	document := "/index/" + l.study + "/" + string(last.ID)
	theme := "/theme/" + l.study + "/" + l.themes[7]
	for _, x := range []struct{ name, path string }{
		{"document_300_marks", document}, {"document_full", "/index/" + l.study + "/" + string(l.docs[0].ID)},
		{"theme_first_50", theme}, {"theme_all", theme + "?all=1"}, {"frame", "/frame/" + l.study}, {"sources", "/index/" + l.study},
	} {
		b.Run(x.name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				size = l.page(b, x.path)
			}
			b.ReportMetric(float64(size)/1024, "kB-sent")
		})
	}
	b.Run("add", func(b *testing.B) {
		i := 0
		for b.Loop() {
			i++
			_, err := l.room.Add(b.Context(), l.cat, l.study, last.ID, l.themes[i%60], []coding.Part{last.part(1+i%40, 0, 40+i/2400)})
			must(b, err)
		}
	})
	for _, what := range []string{coding.CodingsCSV, coding.CodingsXLSX} {
		b.Run(what, func(b *testing.B) {
			for b.Loop() {
				write, err := l.room.Export(b.Context(), l.cat, l.study, what, "to measure", l.site.Words.In("en"))
				must(b, err)
				must(b, write(io.Discard))
			}
		})
	}
}

func TestDocument_WithThreeHundredMarksWeighsLittle(t *testing.T) {
	c := readCorpus(t, 1)
	d := newDesk(t)
	var turns []said
	at, starts := 0, []int{}
	doc := len(c.Docs) - 1
	for _, para := range c.Docs[doc].Paras {
		turns, starts = append(turns, said{1, para}), append(starts, at)
		at += len([]rune(para)) + 1
	}
	k := d.world.talk(turns...)
	themes := make([]string, len(c.Codes))
	for i, code := range c.Codes {
		themes[i] = d.theme(code.Path, "")
	}
	n := 0
	for _, place := range c.Codings {
		if place[0] != doc {
			continue
		}
		turn := 0
		for turn+1 < len(starts) && starts[turn+1] <= place[1] {
			turn++
		}
		d.add(d.cat, k, themes[place[3]], k.part(turn+1, place[1]-starts[turn], place[2]-starts[turn]))
		n++
	}
	body := d.get("/index/" + d.study + "/" + string(k.ID)).Body
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.Copy(z, strings.NewReader(body))
	d.Must(err)
	d.Must(z.Close())
	script := new(coding.Room).Web().Scripts["coding"]
	if b.Len() > 35<<10 {
		t.Errorf("the page with %d passages has %d bytes compressed, more than 35 kB", n, b.Len())
	}
	if to := os.Getenv("FOOTING_DUMP"); to != "" {
		d.Must(os.WriteFile(to, []byte(body), 0o600))
	}
	t.Logf("%d passages: %d bytes, %d compressed; script %d bytes", n, len(body), b.Len(), len(script))
}
