package web_test

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What is sent from a page of Ann's while Ruth is signed in does nothing, and Ruth sees nothing of it. Ann's own
// goes through, and so does what comes from a page that was made for nobody.
func TestWhose_AFormOfSomebodyElsesPageDoesNothing(t *testing.T) {
	s := newSite(t)
	anns := s.page(t, "ann")
	const words = "It took me three years"
	for _, path := range []string{"/make", "/code", "/send", "/keep/d1"} {
		a := s.do(t, "POST", path, "ruth", url.Values{"text": {words}, "once": {anns}}, "Accept", "text/html")
		page := body(t, a)
		if a.StatusCode != http.StatusConflict || !strings.Contains(page, "open for somebody else, and nothing was done") {
			t.Errorf("%s answers %d: %s", path, a.StatusCode, page)
		}
		if strings.Contains(page, words) || strings.Contains(page, "ann") {
			t.Errorf("%s shows what was written, or whose it was: %s", path, page)
		}
	}
	if s.made.Load() != 0 || len(s.kept) > 0 {
		t.Errorf("%d things were made and %q kept for somebody else", s.made.Load(), s.kept)
	}
	data := s.do(t, "POST", "/make", "ruth", url.Values{"once": {anns}}, "Accept", "application/json")
	if data.StatusCode != http.StatusConflict || !strings.Contains(body(t, data), "nothing was done") {
		t.Errorf("a script is answered %d", data.StatusCode)
	}
	if a := s.do(t, "POST", "/make", "ruth", url.Values{"once": {".made-up"}}); a.StatusCode != http.StatusConflict {
		t.Errorf("a value that nobody made answers %d", a.StatusCode)
	}
	for _, once := range []string{anns, "NOBODYSNOBODYSNOBODYSNOBOD"} {
		if a := s.do(t, "POST", "/make", "ann", url.Values{"text": {words}, "once": {once}}); a.StatusCode != http.StatusSeeOther {
			t.Errorf("her own form answers %d", a.StatusCode)
		}
	}
}

// A file from somebody else's page is not taken in either: whose page it is stands before the file.
func TestWhose_AFileFromSomebodyElsesPageIsNotTakenIn(t *testing.T) {
	s := newSite(t)
	anns := s.page(t, "ann")
	for token, want := range map[string]int{"ruth": http.StatusConflict, "ann": http.StatusSeeOther} {
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		file := func() error {
			part, err := w.CreateFormFile("file", "walk.txt")
			if err == nil {
				_, err = io.WriteString(part, strings.Repeat("Words. ", 50_000))
			}
			return err
		}
		if err := errors.Join(w.WriteField("once", anns), file(), w.Close()); err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/upload", &form)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", w.FormDataContentType())
		r.AddCookie(&http.Cookie{Name: "s", Value: token})
		a, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != want {
			t.Errorf("as %s it answers %d, want %d", token, a.StatusCode, want)
		}
	}
	if s.made.Load() != 1 {
		t.Errorf("%d files were taken in, want hers alone", s.made.Load())
	}
}
