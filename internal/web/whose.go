package web

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web/look"
)

// On a shared phone one woman's page can stay open in a tab while another signs in. What is sent from it must
// not become the other one's. So the value that every page puts into its forms says, sealed, for whom the page
// was made, and a form under somebody else's session does nothing. What was written in it is sealed for her
// whose page it was; the other one sees none of it.

// herPage begins the value of a page that was made for somebody. Pages for nobody, such as the one that asks
// to sign in, have a random one.
const herPage = "."

// errAnothers is said of a form from a page that was made for somebody else.
var errAnothers = fault.New(fault.Conflict, "web.anothers")

// anothers is errAnothers with whose page it was, empty where that cannot be told.
type anothers struct{ who person.ID }

func (a anothers) Error() string { return "a form from somebody else's page" }

// Unwrap says what it is for a person.
func (a anothers) Unwrap() error { return errAnothers }

// pageValue returns the value of a page for its forms: another one for each page, which says for whom it is.
func (q *Request) pageValue() string {
	if !q.Viewer.Known() {
		return rand.Text()
	}
	return herPage + base64.RawURLEncoding.EncodeToString(q.shell.Sessions.Seal([]byte(q.Viewer.ID)))
}

// pageSent returns the value of the page from which a form was sent, "" without one.
func (q *Request) pageSent() string {
	if !q.isMultipart() {
		if q.readForm() != nil {
			return ""
		}
		return q.HTTP.PostForm.Get(onceField)
	}
	if q.page == nil {
		value := pageIn(q.peek(peekMost), q.boundary())
		q.page = &value
	}
	return *q.page
}

// begins returns how an upload begins, without the line between its parts: a browser makes another one up each
// time it sends the same.
func (q *Request) begins() string {
	return string(bytes.ReplaceAll(q.peek(beginsMost), []byte(q.boundary()), nil))
}

// FromPage names the page that a form was sent from: the same for all that comes from it, whether a button was
// pressed or the page saved by itself. It is empty where that cannot be told.
func (q *Request) FromPage() string {
	if q.pageSent() == "" {
		return ""
	}
	return From(q.pageSent())
}

// hers refuses a form that was sent from a page made for somebody else.
func (q *Request) hers() error {
	if q.HTTP.Method != http.MethodPost || !q.Viewer.Known() || q.Token == "" {
		return nil
	}
	sealed, is := strings.CutPrefix(q.pageSent(), herPage)
	if !is {
		return nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(sealed)
	if err == nil {
		plain, err = q.shell.Sessions.Unseal(plain)
	}
	if err == nil && person.ID(plain) == q.Viewer.ID {
		return nil
	}
	_ = q.readForm() // to its end: a browser reads no answer before it has sent everything
	if err != nil {
		return anothers{}
	}
	return anothers{person.ID(plain)}
}

// notHers answers such a form. Who sent it may be either of them: whose page it was can sign in there and has
// what she wrote; the other one goes on as she is. On a tablet that is handed round nothing is kept.
func (q *Request) notHers(err error) Answer {
	a, _ := errors.AsType[anothers](err)
	sealed, why, tablet := "", "", q.Viewer.Table != ""
	switch {
	case q.readForm() != nil:
		why = "web.form_unreadable"
	case q.isMultipart() && len(q.typed()) == 0:
		why = "web.carry_file"
	case !tablet && len(q.typed()) > 0:
		sealed, why = q.sealFor(a.who)
	}
	q.Viewer = person.Viewer{} // whoever signs in on this page need not be who is signed in
	t := q.Words.T
	lead := t(errAnothers.Say)
	if why != "" {
		lead += " " + t(why)
	}
	start := look.Link{Href: "/", Text: t("web.to_start")}
	if sealed == "" {
		q.Route = nowhere
		return shown{"web", "problem", http.StatusConflict, problemPage{Title: look.Title{Text: t("web.anothers_heading"), Lead: lead}, Start: start}}
	}
	page := q.whoPage(fault.SignIn, sealed, "")
	page.Title, page.Other = look.Title{Text: t("web.anothers_heading"), Lead: lead}, start
	q.Route = nowhere
	return shown{"web", "carry", http.StatusConflict, page}
}

// peekMost is how much of an upload is looked at for the value of its page: that is the first field. beginsMost is
// how much tells it from another one of its length: the longest text that a page takes is within it.
const (
	peekMost   = 1 << 10
	beginsMost = 128 << 10
)

// peeked is the body of a request of which the beginning was looked at.
type peeked struct {
	*bufio.Reader
	io.Closer
}

// peek returns the beginning of an upload, at most so much, and leaves the upload to be read.
func (q *Request) peek(most int) []byte {
	if q.HTTP.Body == nil {
		return nil
	}
	body, is := q.HTTP.Body.(peeked)
	if !is || body.Size() < most {
		body = peeked{bufio.NewReaderSize(q.HTTP.Body, most), q.HTTP.Body}
		q.HTTP.Body = body
	}
	first, _ := body.Peek(most) // a shorter upload is all there is
	return first
}

// boundary returns the line between the parts of an upload.
func (q *Request) boundary() string {
	_, params, err := mime.ParseMediaType(q.HTTP.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return params["boundary"]
}

// pageIn returns the value of a page from the beginning of an upload that came from it.
func pageIn(first []byte, boundary string) string {
	if boundary == "" {
		return ""
	}
	part, err := multipart.NewReader(bytes.NewReader(first), boundary).NextPart()
	if err != nil || part.FormName() != onceField || part.FileName() != "" {
		return ""
	}
	value, err := io.ReadAll(part)
	if err != nil {
		return ""
	}
	return string(value)
}
