package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"footing/internal/person"
	"footing/internal/web/look"
)

// A Twin is one of a member's tasks as a page of paper: the same questions as on the screen, and the
// same action that carries the answers out. Whoever never signs in is a full member through it.
//
// The room that owns the task hands in the twin and names it on its routes; the room byhand prints it
// with a code, takes down what she wrote or said, reads it back, and calls Enter as her.
type Twin struct {
	Name  string // in addresses and beside the routes: "share"
	Title string // catalogue key of what the sheet is called; it gives nothing away
	Allow Access // who she must be, as on the task's routes
	// Among reports whether somebody is of those among whom the task stays: nobody else prints its sheet, types
	// it in or sits beside her, and for everybody else it is not there. Nil: whoever writes for others may.
	Among func(person.Viewer) bool
	// Gives reports whether answers open or commit something; without answers, whether some could. Such an
	// entry waits for the yes of the person she chose beside her. What only closes (taking back, stepping
	// back, a no) never waits. Nil: none does.
	Gives func(answers url.Values) bool
	// Newcomer marks the task of somebody who is not here yet: Enter is called as whoever enters, and makes
	// her.
	Newcomer bool
	// Things lists what the sheet can be about, for q.Viewer, such as one thing she shared. Nil: nothing in
	// particular. Of names the twin whose entries make such things: what is hers alone, so that whoever prints for
	// her is offered only what she herself wrote down or sat beside. Without it they are offered what she is.
	Of     string
	Things func(*Request) ([]look.Option, error)
	// Ask returns the questions, asked of q.Viewer, about that thing.
	Ask func(q *Request, thing string) (Asked, error)
	// Enter does what the form says, as q.Viewer with q.Viewer.Hand set, and returns the id of what it made
	// or changed. A fault says what needs another look.
	Enter func(q *Request, thing string) (string, error)
	// At returns the path of the page on which she can put right what was entered; nil where there is none.
	At func(thing string) string
	// Brings lists what q.Viewer can bring to those who named her to, and what they answer with this task;
	// nil: nothing is ever brought. It is worked out each time it is looked at. What is brought has no code
	// and stands in no row, so that nothing says who was brought something and did not answer.
	Brings func(*Request) ([]Brought, error)
	// Aside takes what is brought off the list for q.Viewer, or puts it back.
	Aside func(q *Request, thing string, back bool) error
}

// Brought is what somebody asks, for one who named the person at the screen to bring it to her. Without a
// Thing nothing is asked of her at the moment.
type Brought struct {
	Person person.ID
	Name   string // hers
	Thing  string // what Ask and Enter are called with
	Title  string
	Meta   string // who asks, and until when
	Aside  bool   // taken off the list
}

// Asked is what stands on a sheet: what to know first, and the questions.
type Asked struct {
	About string // what in particular it is about, for whoever says that it is right; often nothing
	Notes []look.Note
	Asks  []look.Ask
}

// Why a route has no task of its own on paper. A test holds everything that a member can post to these, or to a twin.
const (
	// Reading marks what is read: a page prints as it is, and somebody can read it out to her.
	Reading = "reading"
	// Screen marks what is about the screen and means nothing without one: signing in and what keeps that safe, how
	// pages look and what they leave out, what was typed or recorded there and nobody has had yet, printing sheets and
	// typing them in.
	Screen = "screen"
	// Alone marks what is between her and herself. Whoever typed it in would read it, so nobody does: on paper, the
	// paper is hers and stays with her.
	Alone = "alone"
	// Unnamed marks what has nobody's name. What is typed in from paper has one, so it has no sheet: she says it in the
	// room, or hands on a piece of paper without her name, and whoever is given it says it without a name as well.
	Unnamed = "unnamed"
	// Card marks what is said without a word in the moment, with a card that is printed on what she has with her.
	// Nothing of it is typed in.
	Card = "card"
	// Duty marks what somebody took on for the group who works at a screen, under her own name: hosting, writing
	// notes, counting slips, typing up, reading for a study, checking, keeping lists, answering for what she asks of
	// others. Somebody without a screen who takes it on does it with one who has, and what is hers to say in it has a
	// sheet.
	Duty = "duty"
)

// Reasons lists them.
func Reasons() []string { return []string{Reading, Screen, Alone, Unnamed, Card, Duty} }

// check refuses a twin with a field missing.
func (t Twin) check() error {
	if t.Name == "" || slices.Contains(Reasons(), t.Name) || t.Title == "" || (len(t.Allow.Standings) == 0 && !t.Newcomer) || t.Ask == nil || t.Enter == nil {
		return fmt.Errorf("twin %q lacks its name, title, access rule, questions or action", t.Name)
	}
	return nil
}

// Always is for a task whose every answer opens or commits something.
func Always(url.Values) bool { return true }

// Waits reports whether an entry with those answers waits for a second yes.
func (t Twin) Waits(answers url.Values) bool { return t.Gives != nil && t.Gives(answers) }

// Fits reports whether the task is one of hers.
func (t Twin) Fits(her person.Viewer) bool { return t.Allow.allows(her) && t.Admits(her) }

// Admits reports whether somebody may know of the task: print it, type it in, sit beside.
func (t Twin) Admits(v person.Viewer) bool { return t.Among == nil || t.Among(v) }

// Twins returns every room's twins, in the order of the rooms.
func (s *Shell) Twins() []Twin { return s.twins }

// Twins returns every room's twins, in the order of the rooms.
func (q *Request) Twins() []Twin { return q.shell.twins }

// As returns the request as she makes it by q.Viewer's hand: as her, in her language, with these answers.
// Only byhand calls it, after it has asked whether that may be.
func (q *Request) As(her person.Viewer, answers url.Values) *Request {
	r := q.HTTP.Clone(q.HTTP.Context())
	r.Method, r.Body = http.MethodPost, http.NoBody
	r.PostForm, r.Form, r.MultipartForm = answers, answers, nil
	as := *q
	as.HTTP, as.Viewer, as.Words, as.Token = r, her, q.shell.Words.In(her.Language), ""
	as.read, as.unread, as.page = true, nil, nil
	return &as
}
