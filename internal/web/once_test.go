package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"footing/internal/fault"
	"footing/internal/web"
)

var onceValue = regexp.MustCompile(`name="once" value="([A-Z2-7]+)"`)

// making are routes that make something and answer with where it is, with a page that is shown once, with
// one that may hold words, and with a file. The text "no" cannot be kept, the first time.
func making(made *atomic.Int32) []web.Route {
	var refused atomic.Bool
	route := func(pattern string, once bool, answer func(q *web.Request, n int32) web.Answer) web.Route {
		return web.Route{Pattern: pattern, Allow: web.Members(web.Own), Title: "room.title", Weight: web.Member, Once: once, Do: func(q *web.Request) (web.Answer, error) {
			f, err := web.Parse[struct {
				Text string `form:"text"`
			}](q)
			if err != nil {
				return nil, err
			}
			if f.Text == "no" && !refused.Swap(true) {
				return nil, fault.New(fault.Invalid, "web.number")
			}
			return answer(q, made.Add(1)), nil
		}}
	}
	return []web.Route{
		route("POST /make", false, func(_ *web.Request, n int32) web.Answer { return web.Go(fmt.Sprintf("/made/%d", n)) }),
		route("POST /code", true, func(q *web.Request, n int32) web.Answer { return q.Show("hello", fmt.Sprintf("code %d", n)) }),
		route("POST /words", false, func(q *web.Request, n int32) web.Answer { return q.Show("hello", fmt.Sprintf("words %d", n)) }),
		route("POST /file", false, func(_ *web.Request, n int32) web.Answer {
			return web.Attach("file.txt", "text/plain", func(w io.Writer) error { _, err := fmt.Fprintf(w, "file %d", n); return err })
		}),
	}
}

func TestOnce_TheSameFormIsDoneOnce(t *testing.T) {
	s := newSite(t)
	value := onceValue.FindStringSubmatch(body(t, s.do(t, "GET", "/asked", "ann", nil)))
	if value == nil {
		t.Fatal("a page has a form without the value by which it is done once")
	}
	send := func(path, token, text string, headers ...string) (status int, location, said string) {
		if headers == nil {
			headers = []string{"Accept", "text/html"}
		}
		a := s.do(t, "POST", path, token, url.Values{"text": {text}, "once": {value[1]}}, headers...)
		return a.StatusCode, a.Header.Get("Location"), body(t, a)
	}

	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if status, location, _ := send("/make", "ann", "a"); status != http.StatusSeeOther || location != "/made/1" {
				t.Errorf("a form that is sent many times at once answers %d, %q", status, location)
			}
		})
	}
	all.Wait()
	if _, location, _ := send("/make", "ann", "a"); location != "/made/1" || s.made.Load() != 1 {
		t.Errorf("sent once more it leads to %q, and %d were made", location, s.made.Load())
	}
	for n, other := range []struct{ token, text, accept string }{{"ann", "b", "text/html"}, {"ruth", "a", "text/html"}, {"ann", "a", "*/*"}} {
		if _, location, _ := send("/make", other.token, other.text, "Accept", other.accept); location != fmt.Sprintf("/made/%d", n+2) {
			t.Errorf("what is another form (%v) leads to %q", other, location)
		}
	}

	if status, _, _ := send("/make", "ann", "no"); status != http.StatusUnprocessableEntity {
		t.Errorf("what cannot be kept answers %d", status)
	}
	if status, _, _ := send("/make", "ann", "no"); status != http.StatusSeeOther {
		t.Errorf("what was not kept cannot be sent once more: %d", status)
	}

	_, _, code := send("/code", "ann", "a")
	if _, _, again := send("/code", "ann", "a"); again != code || !strings.Contains(code, "code 6") {
		t.Errorf("a code that is shown once is lost by a second tap: %s", again)
	}
	send("/words", "ann", "a")
	if _, _, again := send("/words", "ann", "a"); !strings.Contains(again, "words 8") {
		t.Errorf("a page that may hold words is not made anew: %s", again)
	}
	send("/file", "ann", "a")
	if status, _, again := send("/file", "ann", "a"); status != http.StatusConflict || !strings.Contains(again, "It was done once") || s.made.Load() != 9 {
		t.Errorf("a file is asked for twice and answered with %d: %s", status, again)
	}
}
