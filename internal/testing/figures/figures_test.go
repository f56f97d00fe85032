package figures_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/store"
	"footing/internal/testing/figures"
)

// BenchmarkServer measures the program as it is released, as a process of its own that answers at a
// socket, with corpora of three sizes: what a request takes of its processor, how many bytes are sent,
// how many requests it answers in a second, and how much memory it takes meanwhile.
//
// The one who asks runs on the same processors. What he takes is in no figure but requests in a second.
func BenchmarkServer(b *testing.B) {
	if os.Getenv("FOOTING_BENCH") == "" {
		b.Skip("make bench runs this: it takes minutes")
	}
	program := build(b)
	b.Run("demo", func(b *testing.B) { demonstration(b, program) })
	for _, k := range figures.Sizes() {
		b.Run(fmt.Sprintf("K=%d", k), func(b *testing.B) {
			h := fill(b, program, k)
			b.Run("start", h.start)
			s := h.serve(b)
			defer s.stop()
			c := &client{h: h, s: s, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true},
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
			c.pages(b)
			b.Run("load", c.load)
			b.Run("exports", c.exports)
			b.Run("add", c.add)
		})
	}
}

// demonstration measures the demo from its start to its first answer, filled.
func demonstration(b *testing.B, program string) {
	starts(b, func() *server { return run(b, program, "demo", "--addr", "127.0.0.1:0") })
}

// start measures the program from its start to its first answer.
func (h *house) start(b *testing.B) { starts(b, func() *server { return h.serve(b) }) }

func starts(b *testing.B, start func() *server) {
	var cpu time.Duration
	for b.Loop() {
		s := start()
		ask(b, s.url)
		b.StopTimer()
		cpu += s.cpu()
		s.stop()
		b.StartTimer()
	}
	b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "cpu-ms/op")
}

// ask asks for the first page.
func ask(b *testing.B, address string) {
	b.Helper()
	answer, err := http.Get(address)
	must(b, err)
	_, err = io.Copy(io.Discard, answer.Body)
	must(b, err)
	must(b, answer.Body.Close())
	if answer.StatusCode != http.StatusOK {
		b.Fatalf("the first page answered %d", answer.StatusCode)
	}
}

// client is an analyst's browser.
type client struct {
	h    *house
	s    *server
	http *http.Client
}

// send sends a request and returns how many bytes came back, compressed.
func (c *client) send(method, path string, form url.Values, want int) (int64, error) {
	request, err := http.NewRequest(method, c.s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	request.AddCookie(&http.Cookie{Name: "s", Value: c.h.token})
	request.Header.Set("Accept-Encoding", "gzip")
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%s answered %d", path, answer.StatusCode)
	}
	return n, err
}

func (c *client) get(b *testing.B, path string) int64 {
	b.Helper()
	n, err := c.send(http.MethodGet, path, nil, http.StatusOK)
	must(b, err)
	return n
}

// document is the address of a document's page.
func (c *client) document(i int) string { return "/index/" + c.h.Study + "/" + string(c.h.Docs[i].ID) }

// pages measures one page after the other, one request at a time.
func (c *client) pages(b *testing.B) {
	theme := "/theme/" + c.h.Study + "/" + c.h.Themes[7]
	for _, x := range []struct{ name, path string }{
		{"document", c.document(c.h.last)}, {"document_densest", c.document(0)}, {"theme_first_50", theme}, {"theme_all", theme + "?all=1"},
		{"frame", "/frame/" + c.h.Study}, {"sources", "/index/" + c.h.Study},
	} {
		b.Run(x.name, func(b *testing.B) {
			for range 5 { // connections, statements and the hour's opening come first
				c.get(b, x.path)
			}
			var sent int64
			figures.Measure(b, c.s.cpu, func() { sent = c.get(b, x.path) })
			b.ReportMetric(float64(sent)/1024, "kB-sent")
		})
	}
}

const (
	connections = 8
	perLoad     = 150 // requests on each
)

// load asks for the document on eight connections at once.
func (c *client) load(b *testing.B) {
	path := c.document(c.h.last)
	must(b, c.s.ResetPeak())
	var cpu, wall time.Duration
	var took []time.Duration
	for b.Loop() {
		before, begun := c.s.cpu(), time.Now()
		took = append(took, c.together(b, path)...)
		cpu, wall = cpu+c.s.cpu()-before, wall+time.Since(begun)
	}
	n := float64(len(took))
	slices.Sort(took)
	at := func(p int) float64 { return took[len(took)*p/100].Seconds() * 1000 }
	b.ReportMetric(n/wall.Seconds(), "req/s")
	b.ReportMetric(cpu.Seconds()*1000/n, "cpu-ms/req")
	b.ReportMetric(at(50), "p50-ms")
	b.ReportMetric(at(99), "p99-ms")
	c.peak(b)
}

// together sends the requests of one load and returns what each took.
func (c *client) together(b *testing.B, path string) []time.Duration {
	took := make([]time.Duration, connections*perLoad)
	var next atomic.Int64
	var group sync.WaitGroup
	for range connections {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(took)); i = next.Add(1) - 1 {
				begun := time.Now()
				if _, err := c.send(http.MethodGet, path, nil, http.StatusOK); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(begun)
			}
		})
	}
	group.Wait()
	return took
}

func (c *client) peak(b *testing.B) {
	b.Helper()
	n, err := c.s.Peak()
	must(b, err)
	b.ReportMetric(float64(n)/(1<<20), "peak-MB")
}

// exports measures the two files of all codings.
func (c *client) exports(b *testing.B) {
	for _, what := range []string{"codings.csv", "codings.xlsx"} {
		b.Run(what, func(b *testing.B) {
			must(b, c.s.ResetPeak())
			var sent int64
			figures.Measure(b, c.s.cpu, func() {
				var err error
				sent, err = c.send(http.MethodPost, "/export/"+c.h.Study, url.Values{"what": {what}, "purpose": {"to measure"}}, http.StatusOK)
				must(b, err)
			})
			b.ReportMetric(float64(sent)/1024, "kB-sent")
			c.peak(b)
		})
	}
}

// add measures adding a theme to some words of the document with 300 marks. After each sixty they are
// deleted again, by another process than the one that is measured: with thousands of marks it would be
// another document.
func (c *client) add(b *testing.B) {
	path, i := c.document(c.h.last), 0
	db, err := store.Open(b.Context(), filepath.Join(c.h.dir, "main.db"))
	must(b, err)
	defer db.Close()
	begun := store.Micros(time.Now())
	figures.Measure(b, c.s.cpu, func() {
		form := url.Values{"version": {"1"}, "theme": {c.h.Themes[i%60]}, "part": {strconv.Itoa(1+i%40) + ":0:" + strconv.Itoa(40+i/2400)}}
		_, err := c.send(http.MethodPost, path, form, http.StatusSeeOther)
		must(b, err)
		if i++; i%60 == 0 {
			must(b, db.Write(b.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(b.Context(), `DELETE FROM coding_part WHERE contribution_id = $1 AND at >= $2`, string(c.h.Docs[c.h.last].ID), begun)
				return err
			}))
		}
	})
}
