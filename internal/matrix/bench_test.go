package matrix_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/testing/engine"
	"footing/internal/web"
)

// crowd charts n more cases: each with three points under every one of six themes.
func (w *world) crowd(cases int) {
	w.t.Helper()
	themes := []string{w.trust, w.waiting}
	for i := len(themes); i < 6; i++ {
		themes = append(themes, w.theme("", fmt.Sprint("Theme ", i)))
	}
	for i := range cases {
		k := w.talk(w.ann)
		for j, theme := range themes {
			for n := range 3 {
				w.add(w.cat, theme, sentence(i, j, n), w.link(k, 0), w.link(k, 1))
			}
		}
	}
}

// sentence makes up a point of sixteen words, each time another one, so that it packs no better than what people
// write.
func sentence(seed ...int) string {
	words := strings.Fields(`asked first before waiting made rest easier bear desk phone nobody rings back named person letter sits door chair bus
		timetable money paid late early promise kept broken plain reason given figure shown meeting moved minutes agenda wrote question answered
		never always sometimes once twice since spring practice nurse doctor reception manager shared decided together alone beside walked left
		stayed quiet loud room window light cold warm tea card words own spoke listened heard missed changed nothing something small large`)
	r := rand.New(rand.NewPCG(uint64(seed[0]), uint64(seed[1]*10+seed[2])))
	said := make([]string, 16)
	for i := range said {
		said[i] = words[r.IntN(len(words))]
	}
	return strings.Join(said, " ") + "."
}

// The whole matrix of a study as large as the one it is made for, ten thousand words, stays within the
// budget of a page with a transcript as long.
func TestWhole_OfAWholeStudyFitsTheBudget(t *testing.T) {
	engine.Once(t, "a page's bytes are the same on both")
	w, site := onFixture(t)
	w.crowd(33)
	p := site.AtDesk(w.cat).Get(w.whole()).Is(http.StatusOK, site.Ground)
	if n := len(p.All("td li")); n != 33*6*3 {
		t.Fatalf("%d points are shown", n)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write([]byte(p.Body))
	must(t, err)
	must(t, z.Close())
	if packed.Len() > web.Coding.Bytes {
		t.Errorf("the page takes %d bytes, its budget is %d", packed.Len(), web.Coding.Bytes)
	}
	t.Logf("%d bytes, %d packed", len(p.Body), packed.Len())
}

func BenchmarkView(b *testing.B) {
	dir := b.TempDir()
	w := newWorld(b, filepath.Join(dir, "main.db"), filepath.Join(dir, "keys.db"))
	w.crowd(33)
	for b.Loop() {
		view, err := w.room.View(b.Context(), w.cat, w.study)
		must(b, err)
		must(b, w.room.Read(b.Context(), w.cat, view, consent.Reading, func(matrix.Point) bool { return true }))
		if cells := view.Cells(view.Columns("")); len(cells) != 33+len(w.talks) {
			b.Fatalf("%d rows", len(cells))
		}
	}
}
