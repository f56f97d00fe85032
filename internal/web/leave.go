package web

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
)

// away ends the session and answers at once with a blank page that goes on to an everyday site. It is
// the same for everybody, signed in or not, and nothing about it is written down (U3).
//
// With scripts, what was typed comes in the same beacon: the field "keep" names the action that saves
// the draft, and it runs before the session ends.
func (s *Shell) away(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		s.keep(r)
	}
	to := "https://www.bbc.co.uk/weather"
	if site, err := s.Site(r.Context()); err == nil && site.LeaveTo != "" {
		to = site.LeaveTo
	}
	if c, err := r.Cookie(s.cookieName()); err == nil && c.Value != "" {
		if err := s.Sessions.End(r.Context(), c.Value); err != nil {
			s.Log.Error("ending a session", "error", err)
		}
	}
	gone := s.cookie("")
	gone.MaxAge = -1
	http.SetCookie(w, gone)
	h := w.Header()
	h.Set("Clear-Site-Data", `"cache", "cookies", "storage"`)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
	_ = blank.Execute(w, to) // whoever left does not wait for an error
}

// blank is a page with nothing on it. Its title is a zero-width space, so that no address is shown in
// its place in the list behind the Back button.
var blank = template.Must(template.New("away").Parse(
	`<!doctype html><html lang="en"><meta charset="utf-8"><title>&#8203;</title><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url={{.}}"></html>`))

// keepLimit is how much a beacon may bring: browsers send 64 KiB at most.
const keepLimit = 128 << 10

// keep hands the form that came with the beacon to the action that saves it. The answer is thrown away;
// an action that may not be used, or that is none that keeps, does nothing.
func (s *Shell) keep(r *http.Request) {
	r.Body = http.MaxBytesReader(nil, r.Body, keepLimit)
	if err := r.ParseForm(); err != nil { // ParseMultipartForm alone would hide that a plain one broke off
		return
	}
	if err := r.ParseMultipartForm(keepLimit); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return
	}
	path, err := url.Parse(r.PostForm.Get("keep"))
	if err != nil || path.Path == "" {
		return
	}
	inner, err := http.NewRequestWithContext(context.WithValue(r.Context(), leaving{}, true), http.MethodPost, path.Path, bytes.NewBufferString(r.PostForm.Encode()))
	if err != nil {
		return
	}
	inner.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	inner.Header.Set("Cookie", r.Header.Get("Cookie"))
	s.keeps.ServeHTTP(discarded{http.Header{}}, inner)
}

// leaving marks the request that saves what was typed when somebody leaves.
type leaving struct{}

// Leaving reports whether a form is saved because its page is left, so that nothing can be asked about it any
// more: by Leave this page, or as a tab is closed, which a browser's beacon tells.
func (q *Request) Leaving() bool {
	return q.Context().Value(leaving{}) != nil || q.HTTP.Header.Get("Sec-Fetch-Mode") == "no-cors"
}

// discarded is a response that nobody reads.
type discarded struct{ header http.Header }

// Header returns headers that nobody reads.
func (d discarded) Header() http.Header { return d.header }

// Write throws b away.
func (d discarded) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader does nothing.
func (d discarded) WriteHeader(int) {}
