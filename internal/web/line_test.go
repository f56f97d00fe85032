package web_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/fault"
	"footing/internal/web"
)

// files are routes that answer with a file: whole, broken off in the middle, broken before it began.
func files() []web.Route {
	file := func(pattern string, body func(io.Writer) error) web.Route {
		return web.Route{Pattern: pattern, Allow: web.Everybody(), Title: "room.title", Weight: web.File, Do: func(*web.Request) (web.Answer, error) {
			return web.Attach("file.csv", "text/csv; charset=utf-8", body), nil
		}}
	}
	rows := func(w io.Writer, n int) (err error) {
		for i := range n {
			if err == nil {
				_, err = fmt.Fprintf(w, "%d,a row of some length that is written as it goes\r\n", i)
			}
		}
		return err
	}
	return []web.Route{
		file("GET /whole", func(w io.Writer) error { return rows(w, 4000) }),
		file("GET /half", func(w io.Writer) error {
			if err := rows(w, 2000); err != nil {
				return err
			}
			return io.ErrUnexpectedEOF
		}),
		file("GET /endless", func(w io.Writer) error {
			for {
				if err := rows(w, 1000); err != nil {
					return err
				}
			}
		}),
		{Pattern: "POST /raw", Allow: web.Everybody(), Title: "room.title", Weight: web.Nothing, Do: func(q *web.Request) (web.Answer, error) {
			_, err := io.Copy(io.Discard, q.HTTP.Body)
			return nil, fmt.Errorf("reading: %w", err)
		}},
		file("GET /none", func(io.Writer) error { return fault.New(fault.Conflict, "web.newer") }),
	}
}

// A file that breaks off is not taken for the whole; one that cannot begin says why on a page.
func TestAttach_HalfAFileIsNotTakenForTheWhole(t *testing.T) {
	s := newSite(t)
	whole, err := io.ReadAll(s.do(t, "GET", "/whole", "", nil).Body)
	if err != nil || !strings.Contains(string(whole), "3999,") {
		t.Fatalf("a whole file arrives with %v", err)
	}
	if half, err := io.ReadAll(s.do(t, "GET", "/half", "", nil).Body); err == nil {
		t.Errorf("of a file that broke off %d bytes arrive as if they were all", len(half))
	}
	none := s.do(t, "GET", "/none", "", nil)
	if none.StatusCode != http.StatusConflict || none.Header.Get("Content-Disposition") != "" || !strings.Contains(body(t, none), "<h1>") {
		t.Errorf("a file that cannot begin answers %d as %q", none.StatusCode, none.Header.Get("Content-Disposition"))
	}
}

// A line that stands still in the middle of a form is let go; one that moves slowly is not.
func TestBody_StandingStillIsLetGo(t *testing.T) {
	defer web.WaitForLines(300 * time.Millisecond)()
	s := newSite(t)
	const form = "text=slowly+and+slowly"
	send := func(pause time.Duration, bytes int) string {
		line, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer line.Close()
		fmt.Fprintf(line, "POST /send HTTP/1.1\r\nHost: x\r\nCookie: s=ann\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", len(form))
		for i := range bytes {
			time.Sleep(pause)
			if _, err := line.Write([]byte{form[i]}); err != nil {
				break
			}
		}
		_ = line.SetReadDeadline(time.Now().Add(20 * time.Second))
		answer, err := io.ReadAll(io.LimitReader(line, 12))
		if err != nil {
			t.Fatalf("the line is held: %v", err)
		}
		return string(answer)
	}
	if got := send(20*time.Millisecond, len(form)); got != "HTTP/1.1 200" {
		t.Errorf("a slow line that moves is answered %q", got)
	}
	if got := send(0, len(form)/2); got != "HTTP/1.1 422" {
		t.Errorf("half a form is answered %q", got)
	}
	if len(s.kept) == 0 || s.kept[0] != "ann : slowly and slowly" {
		t.Errorf("what came slowly is kept as %q", s.kept)
	}
}

// Whoever goes away in the middle of sending, or of an answer, is no fault of ours: nothing is logged.
func TestLog_GoingAwayIsNoFault(t *testing.T) {
	defer web.WaitForLines(100 * time.Millisecond)()
	s := newSite(t)
	for request, want := range map[string]string{
		"POST /raw HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf": "HTTP/1.1 422",
		"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n":                        "HTTP/1.1 200",
	} {
		line, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(line, request)
		if got, err := io.ReadAll(io.LimitReader(line, 12)); string(got) != want {
			t.Errorf("the answer begins %q, %v: want %q", got, err, want)
		}
		line.Close()
	}
	s.Close() // waits for both
	if log := s.log.String(); log != "" {
		t.Errorf("the log says %s", log)
	}
}
