package web

import (
	"io"
	"net/http"

	"footing/internal/fault"
	"footing/internal/web/look"
)

// errFull is what is said of everything new while room on the disk is short.
var errFull = fault.New(fault.Full, "web.full")

// fullPage says that there is no room. What was typed stays on it, to be sent once more.
type fullPage struct {
	Title  look.Title
	Typed  string
	Action string
	Hidden [][2]string
	Acts   []look.Button
	Start  look.Link
}

// sayFull returns the key of what is said of a full disk: whether there is room left for letting go.
func (s *Shell) sayFull() string {
	if s.Spare {
		return errFull.Say
	}
	return "web.full_waits"
}

func (q *Request) full() Answer {
	t := q.Words.T
	p := fullPage{Title: look.Title{Text: t("web.full_heading"), Lead: t(q.shell.sayFull())}, Start: look.Link{Href: "/", Text: t("web.to_start")}}
	if q.HTTP.Method == http.MethodPost {
		body := q.HTTP.Body
		if err := q.readForm(); err != nil {
			_, _ = io.Copy(io.Discard, body) // a browser reads no answer before it has sent everything
		} else if q.files == 0 || len(q.typed()) > 0 {
			p.Action, p.Hidden = q.HTTP.URL.RequestURI(), q.typed()
			p.Typed, p.Acts = t("web.full_typed"), []look.Button{{Text: t("web.full_again")}}
		}
	}
	q.Route = nowhere
	return shown{"web", "full", http.StatusInsufficientStorage, p}
}
