package web

import (
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web/look"
)

// A form that arrives when its sender is not signed in any more waits in the page that asks her to sign in,
// sealed for her: whoever else holds the phone reads nothing of it, in the page or in its source, and
// nothing of it is stored here. It opens for the person whose session it came from, and she sends it on
// herself: what was typed may have been typed by somebody else who held her phone.

// carriedField names the field that holds the sealed form.
const carriedField = "carried"

// The most that is carried along, and for how long.
const (
	carryLimit = 512 << 10
	carryLasts = 24 * time.Hour
)

// carried is a form that waits.
type carried struct {
	For   person.ID
	In    person.Partnership
	Until time.Time
	On    string // where it was going
	Typed [][2]string
}

// carryPage asks who was there to sign in again, or for her second code.
type carryPage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Hidden [][2]string
	Asks   []look.Field
	Acts   []look.Button
	Other  look.Link
}

// askWho answers a form that came without what its route asks for, a session or a second code, with the page
// that asks for that. A form with nothing in it has nothing to lose: the answer is the way there.
func (q *Request) askWho(kind fault.Kind) Answer {
	if q.HTTP.Method == http.MethodPost && (q.isMultipart() || q.readForm() != nil || len(q.typed()) > 0) {
		sealed, why := q.seal()
		return q.askWhoWith(kind, sealed, why, "")
	}
	if kind == fault.SecondFactor {
		return Go("/factor")
	}
	return Go("/")
}

// AskWho answers with that page once more when the form that came from it carries something; nil when it
// carries nothing. problem is what stands against what was given.
func (q *Request) AskWho(kind fault.Kind, problem string) Answer {
	if sealed := q.HTTP.PostForm.Get(carriedField); sealed != "" {
		return q.askWhoWith(kind, sealed, "web.carry_kept", problem)
	}
	return nil
}

func (q *Request) askWhoWith(kind fault.Kind, sealed, why, problem string) Answer {
	p := q.whoPage(kind, sealed, problem)
	p.Title.Lead = q.Words.T(why)
	q.Route = nowhere
	return shown{"web", "carry", statuses[kind], p}
}

// whoPage is the page that asks who was there, with what waits.
func (q *Request) whoPage(kind fault.Kind, sealed, problem string) carryPage {
	t := q.Words.T
	p := carryPage{Title: look.Title{Text: t("web.carry_heading")}, Action: "/in", Acts: []look.Button{{Text: t("web.again_go")}},
		Asks: []look.Field{{Name: "name", Label: t("web.carry_name"), Autocomplete: "username"},
			{Name: "passphrase", Label: t("web.again_words"), Type: "password", Autocomplete: "current-password", Show: t("web.again_show"), Problem: problem}}}
	if kind == fault.SecondFactor {
		p.Title.Text, p.Action = t("web.carry_factor"), "/factor"
		p.Asks = []look.Field{{Name: "code", Label: t("web.carry_code"), Short: true, InputMode: "numeric", Autocomplete: "one-time-code", Problem: problem}}
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + p.Asks[len(p.Asks)-1].Name, Text: problem}}}
	}
	if sealed != "" {
		p.Hidden = [][2]string{{carriedField, sealed}}
	}
	switch {
	case kind == fault.SecondFactor && sealed == "":
		p.Other = look.Link{Href: "/factor", Text: t("web.carry_no_code")}
	case kind == fault.SecondFactor:
		p.Acts = append(p.Acts, look.Button{Text: t("web.carry_no_code"), Look: look.Second, Name: "begin", Value: "1"})
	case sealed != "":
		p.Acts = append(p.Acts, look.Button{Text: t("web.carry_printed"), Look: look.Second, Name: "begin", Value: "1", Action: "/recover"},
			look.Button{Text: t("web.carry_in"), Look: look.Second, Action: "/in/kept"})
	}
	return p
}

// Carried returns what the form that was read carries along for somebody, sealed; "" when it carries nothing.
func (q *Request) Carried() [][2]string {
	if sealed := q.HTTP.PostForm.Get(carriedField); sealed != "" {
		return [][2]string{{carriedField, sealed}}
	}
	return nil
}

// seal returns the form sealed for whoever it came from, "" when it cannot be carried, and the key of the
// sentence that says which.
func (q *Request) seal() (sealed, why string) {
	switch {
	case q.readForm() != nil:
		if q.isMultipart() { // a file that is too long to be read through, or broke off
			return "", "web.carry_file"
		}
		return "", "web.form_unreadable"
	case q.isMultipart() && len(q.typed()) == 0:
		return "", "web.carry_file"
	case q.HTTP.PostForm.Get(carriedField) != "": // came from this page, and her session ended once more
		return q.HTTP.PostForm.Get(carriedField), "web.carry_kept"
	}
	who, err := q.whose()
	if err != nil {
		q.shell.Log.Error("whose a form was", "error", err)
	}
	return q.sealFor(who)
}

// sealFor returns the form that was read, sealed for somebody.
func (q *Request) sealFor(who person.ID) (sealed, why string) {
	if q.Route.Secret {
		return "", "web.carry_secret"
	}
	if who == "" {
		return "", "web.carry_unknown"
	}
	on, _ := q.goingOn()
	plain, err := json.Marshal(carried{who, q.Partnership(), q.Now().Add(carryLasts), on, q.typed()})
	if err != nil || len(plain) > carryLimit {
		return "", "web.carry_long"
	}
	why = "web.carry_kept"
	if q.files > 0 {
		why = "web.carry_kept_file"
	}
	return base64.RawURLEncoding.EncodeToString(q.shell.Sessions.Seal(plain)), why
}

// whose returns who sent the form: the viewer, or whoever the session was of that has ended.
func (q *Request) whose() (person.ID, error) {
	if q.Viewer.Known() {
		return q.Viewer.ID, nil
	}
	if q.Token == "" {
		return "", nil
	}
	return q.shell.Sessions.Whose(q.Context(), q.Token)
}

func (q *Request) isMultipart() bool {
	kind, _, _ := mime.ParseMediaType(q.HTTP.Header.Get("Content-Type"))
	return kind == "multipart/form-data"
}

// keptPage shows her what waited, to be sent on or not.
type keptPage struct {
	Title  look.Title
	Said   []string // what reads like words, as she typed it
	Action string
	Hidden [][2]string
	Acts   []look.Button
}

// TakeUp answers whoever has just signed in, or given her second code, with what she sent before that and
// what waited for it; nil when nothing did, or when it was somebody else's. token is her session's.
func (q *Request) TakeUp(token string) (Answer, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(q.HTTP.PostForm.Get(carriedField))
	if err != nil || len(sealed) == 0 {
		return nil, nil
	}
	v, err := q.shell.Sessions.Viewer(q.Context(), q.Site.Partnership, token)
	if err != nil {
		return nil, err
	}
	var c carried
	plain, err := q.shell.Sessions.Unseal(sealed)
	if err != nil || json.Unmarshal(plain, &c) != nil || !v.Known() || c.For != v.ID || c.In != v.Partnership || q.Now().After(c.Until) {
		return nil, nil // nobody learns that there was something
	}
	q.Viewer, q.Token, q.Route = v, token, nowhere
	t := q.Words.T
	p := keptPage{Title: look.Title{Text: t("web.kept_heading"), Lead: t("web.kept_lead")}, Action: local(c.On), Hidden: c.Typed,
		Acts: []look.Button{{Text: t("web.kept_go")}, {Text: t("web.kept_not"), Look: look.Second, Href: "/"}}}
	for _, field := range c.Typed {
		if strings.ContainsAny(strings.TrimSpace(field[1]), " \n") {
			p.Said = append(p.Said, field[1])
		}
	}
	return shown{"web", "kept", http.StatusOK, p}, nil
}
