package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/fault"
	"footing/internal/web"
)

var onceValue = regexp.MustCompile(`name="once" value="([.A-Za-z0-9_-]+)"`)

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
	upload := func(q *web.Request) (web.Answer, error) {
		form, err := q.HTTP.MultipartReader()
		for err == nil {
			var part *multipart.Part
			if part, err = form.NextPart(); err == nil && part.FileName() != "" {
				size, err := io.Copy(io.Discard, part)
				return web.Go(fmt.Sprintf("/made/%d?%d", made.Add(1), size)), err
			}
		}
		return nil, err
	}
	beside := func(q *web.Request) (web.Answer, error) {
		size := int64(0)
		f, err := web.ParseWithFile[struct {
			Text string `form:"text"`
		}](q, func(_ string, file io.Reader) (err error) { size, err = io.Copy(io.Discard, file); return err })
		return web.Go(fmt.Sprintf("/made/%d?%s?%d", made.Add(1), f.Text, size)), err
	}
	return []web.Route{
		{Pattern: "POST /beside", Allow: web.Members(web.Own), Title: "room.title", Weight: web.Nothing, Do: beside},
		{Pattern: "POST /upload", Upload: true, Allow: web.Members(web.Own), Title: "room.title", Weight: web.Nothing, Do: upload},
		route("POST /make", false, func(_ *web.Request, n int32) web.Answer { return web.Go(fmt.Sprintf("/made/%d", n)) }),
		route("POST /code", true, func(q *web.Request, n int32) web.Answer { return q.Show("hello", fmt.Sprintf("code %d", n)) }),
		route("POST /words", false, func(q *web.Request, n int32) web.Answer { return q.Show("hello", fmt.Sprintf("words %d", n)) }),
		route("POST /file", false, func(_ *web.Request, n int32) web.Answer {
			return web.Attach("file.txt", "text/plain", func(w io.Writer) error { _, err := fmt.Fprintf(w, "file %d", n); return err })
		}),
	}
}

// page returns the value of a page with a form, as somebody gets it.
func (s *site) page(t *testing.T, token string) string {
	t.Helper()
	value := onceValue.FindStringSubmatch(body(t, s.do(t, "GET", "/asked", token, nil)))
	if value == nil {
		t.Fatal("a page has a form without the value by which it is done once")
	}
	return value[1]
}

func TestOnce_TheSameFormIsDoneOnce(t *testing.T) {
	s := newSite(t)
	value := map[string]string{"ann": s.page(t, "ann"), "ruth": s.page(t, "ruth")}
	send := func(path, token, text string, headers ...string) (status int, location, said string) {
		if headers == nil {
			headers = []string{"Accept", "text/html"}
		}
		a := s.do(t, "POST", path, token, url.Values{"text": {text}, "once": {value[token]}}, headers...)
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

// What is remembered is forgotten by the clock that the program is given, and a page that shows a code is not
// readable in it: only who sends the same form brings what opens it.
func TestOnce_ForgetsByTheClockAndKeepsNoCode(t *testing.T) {
	s := newSite(t)
	form := url.Values{"once": {s.page(t, "ann")}}
	send := func(path string) (location, said string) {
		a := s.do(t, "POST", path, "ann", form, "Accept", "text/html")
		return a.Header.Get("Location"), body(t, a)
	}
	_, code := send("/code")
	if !strings.Contains(code, "code 1") {
		t.Fatalf("the page says %s", code)
	}
	kept := web.Remembered(s.shell)
	if len(kept) < 100 {
		t.Fatalf("%d bytes are remembered: the page cannot be given again", len(kept))
	}
	for _, word := range []string{"code 1", "<h1>", "words"} {
		if strings.Contains(string(kept), word) {
			t.Errorf("what is remembered of a page that shows a code can be read: %q is in it", word)
		}
	}
	s.pass(119 * time.Second)
	if _, again := send("/code"); again != code {
		t.Error("within two minutes the code is not shown again")
	}
	s.pass(2 * time.Second)
	if _, again := send("/code"); !strings.Contains(again, "code 2") {
		t.Error("after two minutes by the program's own clock it is still remembered")
	}
}

// Two taps on an upload bring one in. Another file from the same page is another upload.
func TestOnce_AnUploadIsDoneOnce(t *testing.T) {
	s := newSite(t)
	value := s.page(t, "ann")
	send := func(content string) string { return s.upload(t, "/upload", value, "", content) }
	long := strings.Repeat("A bench half-way would be good. ", 10_000)
	for range 3 {
		if at := send(long); at != fmt.Sprintf("/made/1?%d", len(long)) {
			t.Errorf("a file that is sent again leads to %q", at)
		}
	}
	if at := send("Short."); at != "/made/2?6" {
		t.Errorf("another file leads to %q", at)
	}
}

// Two taps on a form that has words and a file in it are one: the same words and file, though a browser draws
// another line between them each time. A word that she mended in between is another form, also where it is as long.
func TestOnce_WordsBesideAFileAreSentOnce(t *testing.T) {
	s := newSite(t)
	value := s.page(t, "ann")
	long := strings.Repeat("la la ", 50_000)
	for range 3 {
		if at := s.upload(t, "/beside", value, "the bus", long); at != fmt.Sprintf("/made/1?the bus?%d", len(long)) {
			t.Errorf("what is sent again leads to %q", at)
		}
	}
	if at := s.upload(t, "/beside", value, "the bun", long); at != fmt.Sprintf("/made/2?the bun?%d", len(long)) {
		t.Errorf("with a letter mended it leads to %q", at)
	}
	if at := s.upload(t, "/beside", value, "the bun", "no"+long[2:]); !strings.HasPrefix(at, "/made/3?") {
		t.Errorf("with another file of that length it leads to %q", at)
	}
	if at := s.upload(t, "/beside", s.page(t, "ann"), "the bun", long); !strings.HasPrefix(at, "/made/4?") {
		t.Errorf("from another page it leads to %q", at)
	}
}

// upload sends a form as a browser sends one with a file, and returns where it leads.
func (s *site) upload(t *testing.T, to, page, text, content string) string {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if err := w.WriteField("once", page); err != nil {
		t.Fatal(err)
	}
	if text != "" {
		if err := w.WriteField("text", text); err != nil {
			t.Fatal(err)
		}
	}
	file, err := w.CreateFormFile("file", "walk.txt")
	if err == nil {
		_, err = io.WriteString(file, content)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+to, &form)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Accept", "text/html")
	r.AddCookie(&http.Cookie{Name: "s", Value: "ann"})
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	return a.Header.Get("Location")
}
