package coding_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"footing/internal/coding"
	"footing/internal/store"
	"footing/internal/testing/figures"
)

// ownNumber is the number by which an open page knows what it did itself.
var ownNumber = regexp.MustCompile(`(name="page" value=|live\?page=)"?[a-z2-7]+|since=[A-Za-z0-9_-]+|name="once" value="[.A-Za-z0-9_-]+"|/(index|plain)/`)

// library is a corpus kept in Footing, open to Cat.
type library struct {
	*desk
	figures.Library
	corpus figures.Corpus
}

func newLibrary(b *testing.B, k int) *library {
	b.Helper()
	w, g := onFixture(b)
	l := &library{desk: &desk{world: w, Ground: g}, corpus: figures.Read(b, k)}
	l.site = g.Serve(w.room.Plain())
	l.cats = l.site.AtDesk(w.cat)
	l.Library = figures.House{DB: w.db, Gate: w.gate, Sources: w.sources, Coding: w.room, Now: w.clock,
		Study: w.study, Analyst: w.cat, Keeper: w.dan, Member: w.ann}.Keep(b, l.corpus)
	l.token = l.session()
	return l
}

// inTheClear keeps the last document once more, for the plain page.
func (l *library) inTheClear() {
	last := l.corpus.Last()
	doc := l.Docs[last]
	l.world.write(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, coding.PlainTable); err != nil {
			return err
		}
		for i, para := range l.corpus.Docs[last].Paras {
			role := []string{"interviewer", "member"}[i%2]
			_, err := tx.Exec(ctx, `INSERT INTO plain_turn VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, 'Made up')`, l.p, doc.ID, i+1, doc.Turns[i],
				doc.Speakers[i%2], role, len([]rune(para)), para, l.corpus.Docs[last].Name)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// page asks for a page within the process, so that the client's work is not measured.
func (l *library) page(b *testing.B, path string) *bytes.Buffer {
	return l.ask(b, httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil), http.StatusOK)
}

func (l *library) ask(b *testing.B, request *http.Request, want int) *bytes.Buffer {
	request.RemoteAddr = "127.0.0.1:1"
	request.Header.Set("Accept-Encoding", "gzip")
	request.AddCookie(&http.Cookie{Name: "s", Value: l.token})
	answer := httptest.NewRecorder()
	l.site.Shell.Handler().ServeHTTP(answer, request)
	if answer.Code != want {
		b.Fatalf("%s answered %d", request.URL.Path, answer.Code)
	}
	return answer.Body
}

// BenchmarkIndex measures what an analyst does within one process, sealed and through the gate: for
// profiles and for memory. What a server takes, BenchmarkServer of package figures measures.
func BenchmarkIndex(b *testing.B) {
	for _, k := range figures.Sizes() {
		b.Run(fmt.Sprintf("K=%d", k), func(b *testing.B) {
			l := newLibrary(b, k)
			l.pages(b)
			b.Run("sealed_to_plain", l.sealedToPlain)
			b.Run("add", l.add)
			for _, what := range []string{coding.CodingsCSV, coding.CodingsXLSX} {
				b.Run(what, func(b *testing.B) {
					b.ReportAllocs()
					figures.Measure(b, figures.CPU, func() {
						write, err := l.room.Export(b.Context(), l.cat, l.study, what, "to measure", l.site.Words.In("en"))
						must(b, err)
						must(b, write(io.Discard))
					})
				})
			}
		})
	}
}

func (l *library) pages(b *testing.B) {
	index, theme := "/index/"+l.study, "/theme/"+l.study+"/"+l.Themes[7]
	for _, x := range []struct{ name, path string }{
		{"document", l.document()}, {"document_densest", index + "/" + string(l.Docs[0].ID)},
		{"theme_first_50", theme}, {"theme_all", theme + "?all=1"}, {"frame", "/frame/" + l.study}, {"sources", index},
	} {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			figures.Measure(b, figures.CPU, func() { l.page(b, x.path) })
		})
	}
}

// document is the address of the document with 300 marks.
func (l *library) document() string {
	return "/index/" + l.study + "/" + string(l.Docs[l.corpus.Last()].ID)
}

// sealedToPlain makes the page with 300 marks through the gate and from rows in the clear by turns, and
// reports what the one costs of the other. Each turn is several pages long, so that sweeping falls to the
// one that made the litter.
func (l *library) sealedToPlain(b *testing.B) {
	const turn, turns = 25, 6
	l.inTheClear()
	sealed, plain := l.document(), strings.Replace(l.document(), "/index/", "/plain/", 1)
	if a, c := l.shown(b, sealed), l.shown(b, plain); a != c {
		b.Fatalf("the two pages differ:\n%s\n%s", a, c)
	}
	var took [2]time.Duration
	rounds := 0
	for b.Loop() {
		for range turns {
			rounds++
			for i, path := range []string{sealed, plain} {
				before := figures.CPU()
				for range turn {
					l.page(b, path)
				}
				took[i] += figures.CPU() - before
			}
		}
	}
	of := float64(time.Millisecond) * turn * float64(rounds)
	b.ReportMetric(float64(took[0])/of, "sealed-cpu-ms")
	b.ReportMetric(float64(took[1])/of, "plain-cpu-ms")
	b.ReportMetric(float64(took[0])/float64(took[1]), "sealed/plain")
}

// shown returns a page without the number that each page has for itself.
func (l *library) shown(b *testing.B, path string) string {
	packed, err := gzip.NewReader(l.page(b, path))
	must(b, err)
	text, err := io.ReadAll(packed)
	must(b, err)
	return ownNumber.ReplaceAllString(string(text), "")
}

// add puts a theme on some words of the document with 300 marks, each time others. After each sixty they
// are deleted again: with thousands of marks it would be another document.
func (l *library) add(b *testing.B) {
	b.ReportAllocs()
	i, begun, last := 0, store.Micros(l.clock()), string(l.Docs[l.corpus.Last()].ID)
	figures.Measure(b, figures.CPU, func() {
		form := url.Values{"version": {"1"}, "theme": {l.Themes[i%60]}, "part": {fmt.Sprintf("%d:0:%d", 1+i%40, 40+i/2400)}}
		request := httptest.NewRequestWithContext(b.Context(), http.MethodPost, l.document(), strings.NewReader(form.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		l.ask(b, request, http.StatusSeeOther)
		if i++; i%60 == 0 {
			l.world.write(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, `DELETE FROM coding_part WHERE contribution_id = $1 AND at > $2`, last, begun)
				return err
			})
		}
	})
}

func TestDocument_WithThreeHundredMarksWeighsLittle(t *testing.T) {
	c := figures.Read(t, 1)
	d := newDesk(t)
	var turns []said
	for _, para := range c.Docs[c.Last()].Paras {
		turns = append(turns, said{1, para})
	}
	k := d.world.talk(turns...)
	themes := make([]string, len(c.Codes))
	for i, code := range c.Codes {
		themes[i] = d.theme(code.Path, "")
	}
	n := 0
	for _, place := range c.Places() {
		if place.Doc == c.Last() {
			d.add(d.cat, k, themes[place.Code], k.part(place.Para+1, place.Start, place.End))
			n++
		}
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/index/"+d.study+"/"+string(k.ID), nil)
	request.RemoteAddr = "127.0.0.1:1"
	request.Header.Set("Accept-Encoding", "gzip")
	request.AddCookie(&http.Cookie{Name: "s", Value: d.session()})
	answer := httptest.NewRecorder()
	d.site.Shell.Handler().ServeHTTP(answer, request)
	sent := answer.Body.Len()
	packed, err := gzip.NewReader(answer.Body)
	d.Must(err)
	body, err := io.ReadAll(packed)
	d.Must(err)
	script := new(coding.Room).Web().Scripts["coding"]
	if sent > 35_000 {
		t.Errorf("the page with %d passages has %d bytes compressed, more than 35 kB", n, sent)
	}
	t.Logf("%d passages: %d bytes, %d compressed; script %d bytes", n, len(body), sent, len(script))
}
