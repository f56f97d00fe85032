package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/web/look"
)

// An Answer is what an action gives back: a page, a way on, a file.
type Answer interface{ write(*Request) error }

type shown struct {
	room, name string
	status     int
	data       any
}

// Show answers with a page of the room. name is the file in its pages folder without ".html"; data is
// the page's own struct.
func (q *Request) Show(name string, data any) Answer {
	return shown{q.Room, name, http.StatusOK, data}
}

// Again answers with the page once more because something on it needs another look. What was typed is
// in data.
func (q *Request) Again(name string, data any) Answer {
	return shown{q.Room, name, http.StatusUnprocessableEntity, data}
}

// HTML returns the main part of a page of the room, for a file that carries it. Nothing else may hold it:
// what is on a page was opened for whoever asked.
func (q *Request) HTML(name string, data any) (look.HTML, error) {
	t, err := q.shell.pages.set(q.Room, name, q.Words.Language())
	if err != nil {
		return "", err
	}
	var part strings.Builder
	err = t.ExecuteTemplate(&part, "main", data)
	return look.HTML(part.String()), err
}

func (a shown) write(q *Request) error {
	if q.WantsData() {
		return data{a.status, a.data}.write(q)
	}
	var page bytes.Buffer // a page that fails half-way must not be seen half
	if err := q.shell.pages.render(&page, q, a); err != nil {
		if a.room == "web" {
			http.Error(q.w, "Something went wrong here.", http.StatusInternalServerError)
			return err
		}
		return errors.Join(err, q.shell.problem(q, err).write(q))
	}
	h := q.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", q.policy())
	q.w.WriteHeader(a.status)
	_, err := q.w.Write(withOnce(page.Bytes(), q.pageValue()))
	return err
}

type goTo struct {
	path string
	said string
}

// Go answers a finished action with the way on. path is one of ours.
func Go(path string) Answer { return goTo{path: path} }

// GoSaying is Go with one quiet line on the next page: a key of the catalogue.
func GoSaying(path, key string) Answer { return goTo{path, key} }

func (a goTo) write(q *Request) error {
	if q.Viewer.Table != "" && !q.shell.atTable(a.path) { // her one task is done
		if err := q.shell.Sessions.End(q.Context(), q.Token); err != nil {
			return err
		}
		q.SignOut()
		a = goTo{tablePath, "web.table_done"}
	}
	if a.said != "" {
		http.SetCookie(q.w, &http.Cookie{Name: "said", Value: a.said, Path: "/", MaxAge: 60, HttpOnly: true, Secure: q.shell.Secure, SameSite: http.SameSiteLaxMode})
	}
	if q.WantsData() {
		return data{http.StatusOK, map[string]string{"next": a.path}}.write(q)
	}
	q.w.Header().Set("Location", local(a.path))
	q.w.WriteHeader(http.StatusSeeOther)
	return nil
}

// local keeps a redirect on this host.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.HasPrefix(path, "/\\") {
		return "/"
	}
	return path
}

type data struct {
	status int
	value  any
}

// Data answers a command with JSON.
func Data(value any) Answer { return data{http.StatusOK, value} }

func (a data) write(q *Request) error {
	q.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	q.w.WriteHeader(a.status)
	return json.NewEncoder(q.w).Encode(a.value)
}

type attached struct {
	name, kind string
	body       func(io.Writer) error
}

// Attach answers with a file that body writes as it goes. name is what the browser saves it as; it must
// give nothing away.
func Attach(name, contentType string, body func(io.Writer) error) Answer {
	return attached{name, contentType, body}
}

func (a attached) write(q *Request) error {
	h := q.w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
	out := &sending{ResponseWriter: q.w, line: http.NewResponseController(q.w)}
	err := a.body(out)
	_ = out.line.SetWriteDeadline(time.Time{})
	switch {
	case err == nil:
		return nil
	case out.n > 0:
		return errors.Join(errCut, err)
	}
	h.Del("Content-Disposition") // nothing has gone yet: a page can say what is wrong
	return q.shell.problem(q, err).write(q)
}

type streamed func(http.ResponseWriter, *http.Request) error

// Stream answers with whatever do writes: server-sent events, sound.
func Stream(do func(http.ResponseWriter, *http.Request) error) Answer { return streamed(do) }

func (a streamed) write(q *Request) error { return a(q.w, q.HTTP) }

// problem turns an error into the page that says what to do next.
func (s *Shell) problem(q *Request, err error) Answer {
	kind := fault.KindOf(err)
	f := asFault(err)
	if kind == fault.Internal {
		s.log(q, "action", err)
		f = fault.New(fault.Internal, "web.our_fault")
	}
	if kind == fault.Full && f.Err != nil { // it was found out just now
		s.log(q, "no room", err)
	}
	if kind == fault.Full {
		f = fault.New(fault.Full, s.sayFull())
	}
	if q.WantsData() {
		return data{statuses[kind], map[string]string{"problem": q.Words.T(f.Say, pairs(f.Args)...)}}
	}
	if errors.Is(err, errAnothers) {
		return q.notHers(err)
	}
	switch kind {
	case fault.SignIn, fault.SecondFactor:
		return q.askWho(kind)
	case fault.Again:
		return q.askAgain("")
	case fault.Full:
		return q.full()
	}
	q.Route = nowhere // a refusal must not tell by its title or styles which page it stands for
	page := problemPage{
		Title: look.Title{Text: q.Words.T("web.problem_heading"), Lead: q.Words.T(f.Say, pairs(f.Args)...)},
		Start: look.Link{Href: "/", Text: q.Words.T("web.to_start")},
	}
	if kind == fault.Internal {
		page.Next = q.Words.T("web.our_fault_next")
	}
	return shown{"web", "problem", statuses[kind], page}
}

// problemPage is the page behind every refusal.
type problemPage struct {
	Title look.Title
	Next  string
	Start look.Link
}

var statuses = map[fault.Kind]int{
	fault.Internal:     http.StatusInternalServerError,
	fault.NotFound:     http.StatusNotFound,
	fault.Invalid:      http.StatusUnprocessableEntity,
	fault.Conflict:     http.StatusConflict,
	fault.Busy:         http.StatusTooManyRequests,
	fault.SignIn:       http.StatusUnauthorized,
	fault.SecondFactor: http.StatusForbidden,
	fault.Again:        http.StatusForbidden,
	fault.Full:         http.StatusInsufficientStorage,
}

func asFault(err error) *fault.Error {
	f, _ := errors.AsType[*fault.Error](err)
	return f
}

func pairs(args map[string]any) []any {
	list := make([]any, 0, 2*len(args))
	for k, v := range args {
		list = append(list, k, v)
	}
	return list
}
