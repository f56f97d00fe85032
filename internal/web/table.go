package web

import (
	"net/http"
	"net/url"
	"time"
)

// A tablet that is handed round shows one page with a picture for each member; tablePath is that page, and
// tableEnd ends whoever's turn it was. The room table serves them.
const (
	tablePath  = "/table"
	tableTasks = "/table/tasks"
	tableEnd   = "/table/end"
)

// atTable reports whether a path leads to something that can be done on a tablet that is handed round.
func (s *Shell) atTable(path string) bool {
	r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: path}, Host: "localhost"}
	_, pattern := s.mux.Handler(r)
	for _, route := range s.routes {
		if route.Pattern == pattern {
			return route.Table || route.Allow.Anybody
		}
	}
	return false
}

// Keep gives the browser a token that is not a session's, until then; an empty one is taken away.
func (q *Request) Keep(name, token string, until time.Time) {
	c := q.shell.cookie(token)
	c.Name, c.Expires = q.shell.kept(name), until
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(q.w, c)
}

// Kept returns a token that Keep gave, empty without one.
func (q *Request) Kept(name string) string {
	c, err := q.HTTP.Cookie(q.shell.kept(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// kept carries the __Host- prefix over TLS, so that no other site on the host can set the cookie.
func (s *Shell) kept(name string) string {
	if s.Secure {
		return "__Host-" + name
	}
	return name
}
