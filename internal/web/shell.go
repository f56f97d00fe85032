package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"footing/internal/fault"
	"footing/internal/lang"
	"footing/internal/person"
	"footing/internal/web/look"
)

// Site is what the group chose to show of itself. The name is neutral (R11).
type Site struct {
	Partnership person.Partnership // empty until somebody makes one
	Name        string
	LeaveTo     string // where "Leave this page" goes: an everyday site
	Ready       bool   // there is a partnership
}

// Sessions tells the shell who is there. Entry keeps them.
type Sessions interface {
	// Viewer returns who the session token belongs to, the zero Viewer when it is no good any more, and while there is
	// no partnership.
	Viewer(ctx context.Context, p person.Partnership, token string) (person.Viewer, error)
	// Bearer does the same for a command's token.
	Bearer(ctx context.Context, p person.Partnership, token string) (person.Viewer, error)
	// Whose returns whose session a token was that opens nothing any more, while that can still be told: empty
	// when it cannot, and for a tablet that is handed round.
	Whose(ctx context.Context, token string) (person.ID, error)
	// Seal seals what a page carries along, under a key of the server's; Unseal opens it.
	Seal(plain []byte) []byte
	Unseal(sealed []byte) ([]byte, error)
	// End ends the session of that token. Ending one that is gone is no error.
	End(ctx context.Context, token string) error
}

// Config is what the shell is given. Every field is needed except Trusted, Log, Short and Spare.
type Config struct {
	Rooms    []Room
	Words    *lang.Catalogue
	Site     func(context.Context) (Site, error)
	Sessions Sessions
	Links    []Link
	Now      func() time.Time
	Log      *slog.Logger
	Aloud    func(*Request) (look.Sound, error) // a page that one of the group reads to the others. Nil: none is
	Short    func() bool                        // room on the disk is short: nothing new is taken in. Nil: it never is
	Spare    bool                               // room is kept for letting go when the disk is full
	Secure   bool                               // pages come over TLS, ours or a proxy's
	Trusted  []netip.Prefix                     // proxies whose X-Forwarded headers count
}

// Shell serves all rooms' routes.
type Shell struct {
	Config
	mux     *http.ServeMux
	keeps   *http.ServeMux
	routes  []Route
	pages   *pages
	files   []file
	scripts map[string]string // name → path
	twins   []Twin
	once    *onceForms
}

// New checks every route, reads every page and returns the shell. It fails on a route with a field
// missing, on two routes with one pattern, and on a page that cannot be read.
func New(c Config) (*Shell, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Shell{Config: c, mux: http.NewServeMux(), keeps: http.NewServeMux(), files: []file{scriptFile, iconFile, lettersFile, furtherFile}, scripts: map[string]string{}, once: newOnceForms(c.Now)}
	pages, err := readPages(c.Rooms, c.Words)
	if err != nil {
		return nil, err
	}
	s.pages = pages
	for _, style := range pages.css {
		s.files = append(s.files, style.file)
	}
	for _, room := range c.Rooms {
		for name, source := range room.Scripts {
			f := newFile(".js", scriptType, []byte(look.SqueezeJS(source)))
			s.files, s.scripts[name] = append(s.files, f), f.path
		}
		for _, twin := range room.Twins {
			if err := twin.check(); err != nil {
				return nil, fmt.Errorf("room %s: %w", room.Name, err)
			}
			s.twins = append(s.twins, twin)
		}
		for _, route := range room.Routes {
			if err := s.mount(room, route); err != nil {
				return nil, err
			}
		}
	}
	s.mux.HandleFunc("GET /away", s.away)
	s.mux.HandleFunc("POST /away", s.away)
	s.mux.HandleFunc("GET /kept/{file}", s.static)
	s.mux.HandleFunc("/", s.nowhere)
	return s, nil
}

func (s *Shell) mount(room Room, route Route) (err error) {
	if err := route.check(); err != nil {
		return fmt.Errorf("room %s: %w", room.Name, err)
	}
	defer func() { // ServeMux panics on patterns that clash
		if p := recover(); p != nil {
			err = fmt.Errorf("room %s: %v", room.Name, p)
		}
	}()
	handler := s.serve(room.Name, route)
	s.mux.Handle(route.Pattern, handler)
	if route.Keeps {
		route.Closes = true // what she has typed when she leaves is kept while there is any room
		s.keeps.Handle(route.Pattern, s.serve(room.Name, route))
	}
	s.routes = append(s.routes, route)
	return nil
}

// Routes returns every route, for the tests that range over them.
func (s *Shell) Routes() []Route { return s.routes }

// Handler returns the whole site: routes inside cross-origin protection, compression and headers.
func (s *Shell) Handler() http.Handler {
	return s.guarded(s.mux)
}

// serve turns an action into a handler: who is there, may she come, answer, or say what went wrong.
func (s *Shell) serve(room string, route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q, err := s.request(w, r, room, route)
		if err == nil {
			err = q.hers()
		}
		if err == nil {
			err = s.admit(q)
		}
		if err == nil && r.Method == http.MethodPost && s.Short != nil && !route.GoesOnWhenFull() && s.Short() {
			err = errFull
		}
		var answer Answer
		var first *onceSent
		if err == nil {
			if first, answer = s.once.begin(q); first != nil {
				defer s.once.end(first)
			}
		} else if answer = s.once.led(q); answer != nil {
			err = nil
		}
		if err == nil && answer == nil {
			answer, err = route.Do(q)
		}
		if err != nil {
			answer = s.problem(q, err)
		}
		if err := answer.write(q); err != nil {
			if !errors.Is(err, errCut) || fault.KindOf(err) == fault.Internal { // else it was taken back while it was sent
				s.log(q, "answering", err)
			}
			if errors.Is(err, errCut) {
				if first != nil {
					first.status = 0 // it may be asked for again
				}
				panic(http.ErrAbortHandler)
			}
		}
	})
}

// nowhere stands for every path that is not a route.
var nowhere = Route{Pattern: "GET /", Title: "web.not_found_title", Weight: Member, Allow: Members(Any)}

// nowhere answers every path that is not a route, exactly as a route does that may not be seen.
func (s *Shell) nowhere(w http.ResponseWriter, r *http.Request) {
	q, err := s.request(w, r, "web", nowhere)
	if err == nil {
		err = s.admit(q)
	}
	if err == nil {
		err = missing
	}
	if err := s.problem(q, err).write(q); err != nil {
		s.log(q, "answering", err)
	}
}

// log notes a fault of ours. When whoever asked has gone, or the server stops and cannot wait any longer,
// what broke off because of that is none.
func (s *Shell) log(q *Request, what string, err error) {
	level := slog.LevelError
	if q.Context().Err() != nil {
		level = slog.LevelDebug
	}
	s.Log.Log(context.WithoutCancel(q.Context()), level, what, "route", q.Route.Pattern, "error", err)
}
