package app_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/nextdoor"
	"footing/internal/web"
)

// visitor asks the program's routes directly, without a network, as one of the five or as nobody.
type visitor struct {
	name      string
	standings person.Set
	h         *house
	cookies   []*http.Cookie
	packs     bool // what comes is compressed, as a browser asks for it: whoever weighs nothing need not wait for that
}

// answer is what came back.
type answer struct {
	status   int
	location string
	body     string
	bytes    int // as sent
	header   http.Header
}

// visit signs somebody in. nobody is "".
func (h *house) visit(t *testing.T, who string, standings ...person.Standing) *visitor {
	t.Helper()
	v := &visitor{name: who, standings: standings, h: h}
	if who == "" {
		return v
	}
	a := v.ask(t, "POST", h.link(t, who), nil)
	if a.status != http.StatusSeeOther || len(v.cookies) == 0 {
		t.Fatalf("signing in as %s answers %d", who, a.status)
	}
	return v
}

// everybody signs in all five and adds nobody.
func (h *house) everybody(t *testing.T) []*visitor {
	t.Helper()
	return []*visitor{
		h.visit(t, ""),
		h.visit(t, "Bren", person.LivedExperience),
		h.visit(t, "Tolu", person.LivedExperience, person.Analyst),
		h.visit(t, "Jo", person.Charity, person.Administrator, person.Facilitator),
		h.visit(t, "Dr", person.Clinician),
		h.visit(t, "Ruth", person.Researcher, person.Analyst),
	}
}

func (v *visitor) ask(t *testing.T, method, path string, form url.Values) answer {
	t.Helper()
	return v.send(t, method, path, form, nil)
}

// send is ask with further headers.
func (v *visitor) send(t *testing.T, method, path string, form url.Values, headers http.Header) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form.Encode()))
	r.RemoteAddr = "127.0.0.1:1"
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.packs {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	maps.Copy(r.Header, headers)
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	v.h.Handler().ServeHTTP(w, r)
	v.keep(w.Result().Cookies())
	a := answer{status: w.Code, location: w.Header().Get("Location"), bytes: w.Body.Len(), header: w.Header(), body: w.Body.String()}
	if w.Header().Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		a.body = string(text)
	}
	if headers.Get("Accept") == "" { // pages are the same but for the value by which a form is done once
		a.body = once.ReplaceAllString(a.body, "")
	}
	if strings.Contains(a.body, nextdoor.Mark) {
		t.Errorf("%s %s shows something of the partnership next door", method, path)
	}
	return a
}

var once = regexp.MustCompile(`<input type="hidden" name="once" value="[.A-Za-z0-9_-]+">`)

// keep takes over cookies as a browser does.
func (v *visitor) keep(fresh []*http.Cookie) {
	for _, c := range fresh {
		list := v.cookies[:0:0]
		for _, old := range v.cookies {
			if old.Name != c.Name {
				list = append(list, old)
			}
		}
		if c.MaxAge >= 0 && c.Value != "" {
			list = append(list, c)
		}
		v.cookies = list
	}
}

// may reports whether a route lets this visitor in at all.
func (v *visitor) may(a web.Access) bool {
	return a.Anybody || (v.name != "" && v.standings.Meets(a.Standings))
}

// filled puts values into the parts of a pattern's path; what has none gets the fallback.
func filled(pattern string, values map[string]string, fallback string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if !strings.HasPrefix(p, "{") {
			continue
		}
		name := strings.Trim(p, "{}$.")
		switch value := values[name]; {
		case name == "":
			parts[i] = ""
		case value != "":
			parts[i] = value
		default:
			parts[i] = fallback
		}
	}
	return method, strings.Join(parts, "/")
}

func hasParts(pattern string) bool {
	return strings.Contains(strings.ReplaceAll(pattern, "{$}", ""), "{")
}
