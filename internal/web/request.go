package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/lang"
	"footing/internal/person"
)

// A Request is one request with the person who makes it.
type Request struct {
	HTTP   *http.Request
	Viewer person.Viewer
	Site   Site
	Route  Route
	Room   string
	Words  lang.Words
	Looks  person.Looks // how she has pages shown: hers, or kept on this phone
	Token  string       // the session's token, "" without one

	shell  *Shell
	w      http.ResponseWriter
	read   bool // the form was read
	unread error
	files  int     // that were in it
	page   *string // the value of the page that an upload came from, once it was looked at
}

// Context returns the request's context, which ends when the person goes away.
func (q *Request) Context() context.Context { return q.HTTP.Context() }

// Partnership returns the partnership the request is about.
func (q *Request) Partnership() person.Partnership { return q.Site.Partnership }

// Path returns the value of a part of the path, such as contribution in "/share/{contribution}".
func (q *Request) Path(name string) string { return q.HTTP.PathValue(name) }

// Query returns a value of the address's query.
func (q *Request) Query(name string) string { return q.HTTP.URL.Query().Get(name) }

// Now returns the time by the injected clock.
func (q *Request) Now() time.Time { return q.shell.Now() }

// WantsData reports whether a command asks, rather than a page.
func (q *Request) WantsData() bool {
	return strings.HasPrefix(q.HTTP.Header.Get("Accept"), "application/json")
}

// The cookies that keep on this phone which language somebody chose, and how she has pages shown.
const (
	Language = "language"
	Looks    = "looks"
)

// missing is what a person is told of a thing that is not there or not hers.
var missing = fault.Missing

// request gathers who is there and what the site is.
func (s *Shell) request(w http.ResponseWriter, r *http.Request, room string, route Route) (*Request, error) {
	q := &Request{HTTP: r, Route: route, Room: room, shell: s, w: w, Words: s.Words.In("en")}
	site, err := s.Site(r.Context())
	if err != nil {
		return q, err
	}
	q.Site = site
	if q.Viewer, q.Token, err = s.viewer(r, site.Partnership); err != nil {
		return q, err
	}
	language := q.Viewer.Language
	if chosen := q.Kept(Language); chosen != "" {
		language = chosen
	}
	q.Words = s.Words.In(language)
	q.Looks = q.looks()
	return q, nil
}

// looks returns how pages are shown: as she chose herself; where she did not, or nobody has signed in, as was
// chosen on this phone; and else with less data where the browser asks for that.
func (q *Request) looks() person.Looks {
	l := q.Viewer.Looks
	if !l.Chosen {
		l = person.ParseLooks(q.Kept(Looks))
	}
	if !l.Chosen {
		l.Less = q.HTTP.Header.Get("Save-Data") == "on"
	}
	return l
}

func (s *Shell) viewer(r *http.Request, p person.Partnership) (person.Viewer, string, error) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		v, err := s.Sessions.Bearer(r.Context(), p, token)
		return v, "", err
	}
	c, err := r.Cookie(s.cookieName())
	if errors.Is(err, http.ErrNoCookie) || c.Value == "" {
		return person.Viewer{}, "", nil
	}
	v, err := s.Sessions.Viewer(r.Context(), p, c.Value)
	return v, c.Value, err
}

// admit applies the route's access rule. Somebody unknown is sent to the front page from everywhere,
// somebody known who may not come is told what she would be told of a page that does not exist.
func (s *Shell) admit(q *Request) error {
	switch {
	case q.Route.Allow.Anybody:
		return nil
	case !q.Viewer.Known():
		return fault.New(fault.SignIn, "web.sign_in")
	case !q.Route.Allow.allows(q.Viewer), q.Viewer.Table != "" && !q.Route.Table:
		return missing
	case q.Route.Allow.Factor && !q.Viewer.Factor:
		return fault.New(fault.SecondFactor, "web.factor")
	case q.Route.Weight.Name == File.Name && q.Viewer.NoFiles:
		return fault.New(fault.Invalid, "web.no_files")
	case q.Route.Allow.Sure && !q.Viewer.Sure:
		return fault.New(fault.Again, "web.again")
	}
	return nil
}

// Still reports whether the person may still be where the request brought her: a page that is told what
// changes must not be told it for longer than she is signed in and may come. It asks anew.
func (q *Request) Still() bool {
	now := *q
	var err error
	if now.Viewer, _, err = q.shell.viewer(q.HTTP, q.Site.Partnership); err == nil {
		err = q.shell.admit(&now)
	}
	return err == nil && now.Viewer.ID == q.Viewer.ID
}

// cookieName is the name of the session's cookie.
func (s *Shell) cookieName() string { return s.kept("s") }

// SignIn gives the browser a session token. stay keeps it when the browser is closed, until then.
func (q *Request) SignIn(token string, stay time.Time) {
	c := q.shell.cookie(token)
	if !stay.IsZero() {
		c.Expires = stay
	}
	http.SetCookie(q.w, c)
}

// SignOut takes the session token from the browser. Ending the session is the caller's.
func (q *Request) SignOut() {
	c := q.shell.cookie("")
	c.MaxAge = -1
	http.SetCookie(q.w, c)
}

func (s *Shell) cookie(token string) *http.Cookie {
	return &http.Cookie{Name: s.cookieName(), Value: token, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
}
