package web

import (
	"net/http"
	"slices"

	"footing/internal/web/look"
)

// againPage asks for the passphrase once more, in the place of what was asked for. What was typed goes
// along, so that nothing of it is lost.
type againPage struct {
	Check  look.Check
	Title  look.Title
	Words  look.Field
	Hidden [][2]string
	Acts   []look.Button
}

// The names of the form's own values.
const (
	againWords = "again"      // the passphrase
	againOn    = "again-on"   // the path to go on to
	againPost  = "again-post" // set when that is a form to be sent on
)

// AskAgain answers with the page that asks for the passphrase, once more with what stands against it.
// Entry calls it for a form that came from that page.
func (q *Request) AskAgain(problem string) Answer { return q.askAgain(problem) }

func (q *Request) askAgain(problem string) Answer {
	t := q.Words.T
	p := againPage{
		Title: look.Title{Text: t("web.again_heading"), Lead: t("web.again_lead")},
		Words: look.Field{Name: againWords, Label: t("web.again_words"), Type: "password", Autocomplete: "current-password", Show: t("web.again_show"), Problem: problem},
		Acts:  []look.Button{{Text: t("web.again_go")}, {Text: t("web.again_not"), Look: look.Second, Href: "/me"}},
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + againWords, Text: problem}}}
	}
	on, post := q.goingOn()
	p.Hidden = append(p.Hidden, [2]string{againOn, on})
	if post {
		p.Hidden = append(p.Hidden, [2]string{againPost, "1"})
		p.Hidden = append(append(p.Hidden, q.typed()...), q.Carried()...)
	}
	q.Route = Route{Pattern: q.Route.Pattern, Title: "web.not_found_title", Weight: Member}
	return shown{"web", "again", http.StatusForbidden, p}
}

// goingOn returns where the request was going when it was asked for the passphrase, and whether it sends
// a form there.
func (q *Request) goingOn() (path string, post bool) {
	if q.HTTP.Method == http.MethodPost {
		_ = q.readForm() // what cannot be read is not there to go along
	}
	if on := q.HTTP.PostForm.Get(againOn); on != "" {
		return local(on), q.HTTP.PostForm.Get(againPost) != ""
	}
	return q.HTTP.URL.RequestURI(), q.HTTP.Method == http.MethodPost
}

// typed returns the values of the form that waits, without this page's own.
func (q *Request) typed() [][2]string {
	var names []string
	for name := range q.HTTP.PostForm {
		if name != carriedField && name != againWords && name != againOn && name != againPost && name != onceField {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var list [][2]string
	for _, name := range names {
		for _, value := range q.HTTP.PostForm[name] {
			list = append(list, [2]string{name, value})
		}
	}
	return list
}

// GivenAgain returns the passphrase that was typed on that page.
func (q *Request) GivenAgain() (string, error) {
	err := q.readForm()
	return q.HTTP.PostForm.Get(againWords), err
}

// GoOn answers with what was asked for before the passphrase was. A form is sent on as it was typed: the
// browser sends the same once more, to where it was going.
func (q *Request) GoOn() Answer {
	on, post := q.goingOn()
	return sentOn{on, post}
}

type sentOn struct {
	path string
	post bool
}

func (a sentOn) write(q *Request) error {
	if !a.post {
		return goTo{path: a.path}.write(q)
	}
	q.w.Header().Set("Location", local(a.path))
	q.w.WriteHeader(http.StatusTemporaryRedirect)
	return nil
}
