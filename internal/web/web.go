// Package web is the shell that every room stands in: routes with their access rule, forms, pages,
// errors, leaving, and the headers that keep a page from being kept.
//
// A room hands in a list of routes. A route carries everything that is promised about it (who may come,
// the neutral title, the byte budget, the action), so that one test can walk all routes and hold each
// to its promise. The shell knows no room: who is signed in, what the site is called and what the words
// say are handed to it by the composition root.
package web

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"footing/internal/person"
)

// A Room is one part of what people do here, with its routes and its embedded files.
type Room struct {
	Name       string
	Pages      fs.FS             // *.html, each defining "main"; files beginning with _ are parts for the others
	Words      fs.FS             // <language>.toml for members' screens, <language>.desk.toml for desks
	Migrations fs.FS             // *.sql
	Scripts    map[string]string // name → source; a page names the one it needs
	Routes     []Route
	Twins      []Twin // members' tasks as pages of paper
}

// A Route is one thing somebody can do here.
type Route struct {
	Pattern string // as for http.ServeMux, with the method: "GET /share/{contribution}"
	Allow   Access
	Title   string // catalogue key of a title that gives nothing away
	Weight  Weight
	Do      Action
	// Keeps marks the action that saves a draft as she types. Leaving a page hands it what is on the
	// page, so that nothing typed is lost.
	Keeps bool
	// Upload marks an action whose form is files and nothing that is typed: sent twice it is done once, too.
	Upload bool
	// Secret marks an action whose form holds a passphrase or a code: nothing of it is carried along when the
	// session has ended.
	Secret bool
	// Script names one of the room's scripts that the page sends beside the shell's own.
	Script string
	// Table marks what can be done on a tablet that is handed round: one task of hers, nobody's past
	// things, no settings, no files, nobody else's words.
	Table bool
	// Closes marks what can be done while room on the disk is short, beside what its address says: it lets
	// somebody in, or lets go of something. Everything else that is posted waits.
	Closes bool
	// Once marks what answers with a page that is shown once and holds nobody's words, such as a code. Who
	// sends the same form again gets this page again.
	Once bool
	// Twin names the page of paper that does the same, or says why there is none: Reading, Screen. A test
	// asks it of every route that members may use.
	Twin string
}

// An Action answers one request. It returns a fault where it knows what to say.
type Action func(*Request) (Answer, error)

// Access says who may come: anybody, or somebody signed in with one of the standings. The relation says
// what ties the person to the thing behind the path; the action enforces it by asking for the thing as
// that person, and the access test tries it with somebody else's id.
type Access struct {
	Anybody   bool       // also without signing in
	Standings person.Set // any one of these; Members for everybody who is signed in
	Relation  Relation
	Factor    bool // the second factor must have been given in this session
	Sure      bool // she must have given her passphrase a few minutes ago at most; if not she is asked, and goes on
}

// A Relation ties a person to the thing behind a path.
type Relation string

// The relations.
const (
	Any        Relation = "any"         // nothing particular stands behind the path
	Own        Relation = "own"         // hers
	InAudience Relation = "in audience" // shared with her
	SameStudy  Relation = "same study"  // of a study whose analyst she is
)

// Everybody is open to all, signed in or not.
func Everybody() Access { return Access{Anybody: true, Relation: Any} }

// Members allows everybody who is signed in.
func Members(r Relation) Access { return Access{Standings: person.Standings(), Relation: r} }

// Taking allows those who take part, as whatever. Whoever only gives money reads, and changes and decides nothing.
func Taking(r Relation) Access {
	return Only(r, person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice)
}

// Only allows those who hold one of the standings or duties.
func Only(r Relation, standings ...person.Standing) Access {
	return Access{Standings: standings, Relation: r}
}

// Desk allows those who administer or analyse, after their second factor.
func Desk(r Relation, standings ...person.Standing) Access {
	return Access{Standings: standings, Relation: r, Factor: true}
}

// A Weight is a page's budget: how many bytes a first view may take, compressed, with everything in it.
type Weight struct {
	Name  string
	Bytes int
	Desk  bool // a staff screen: carries the desk's styles
	Wide  bool // its tables and transcripts take the whole screen; others stay in one column
}

// The budgets of pages.md section 4. File, Playing and Nothing are answers without a page.
var (
	Member  = Weight{Name: "member", Bytes: 14 << 10}
	Staff   = Weight{Name: "staff", Bytes: 30 << 10, Desk: true}
	AtDesk  = Weight{Name: "desk", Bytes: 30 << 10, Desk: true, Wide: true}
	Coding  = Weight{Name: "coding", Bytes: 35 << 10, Desk: true, Wide: true}
	File    = Weight{Name: "file", Bytes: 1 << 40}
	Playing = Weight{Name: "playing", Bytes: 1 << 40} // a recording, fetched when somebody presses play
	Nothing = Weight{Name: "nothing", Bytes: 4 << 10}
)

// body returns the classes of <body> for a page of that weight.
func (w Weight) body() string {
	switch {
	case w.Wide:
		return "desk wide"
	case w.Desk:
		return "desk"
	}
	return ""
}

// closing are the last words of addresses that let go of something.
var closing = []string{"back", "cancel", "close", "drop", "end", "now", "off", "others", "part", "remove", "retire", "stop", "take", "undo", "unmark"}

// GoesOnWhenFull reports whether the route needs no more room on the disk than is kept for letting go.
func (r Route) GoesOnWhenFull() bool {
	return r.Closes || slices.Contains(closing, path.Base(r.Pattern))
}

// check refuses a route with a field missing: a forgotten access rule must not mean "everybody".
func (r Route) check() error {
	method, path, ok := strings.Cut(r.Pattern, " ")
	var missing []string
	if !ok || method == "" || !strings.HasPrefix(path, "/") {
		missing = append(missing, "method and path")
	}
	if r.Allow.Relation == "" || (!r.Allow.Anybody && len(r.Allow.Standings) == 0) {
		missing = append(missing, "access rule")
	}
	if r.Title == "" {
		missing = append(missing, "title")
	}
	if r.Weight.Bytes == 0 {
		missing = append(missing, "weight")
	}
	if r.Do == nil {
		missing = append(missing, "action")
	}
	if len(missing) > 0 {
		return fmt.Errorf("route %q lacks its %s", r.Pattern, strings.Join(missing, ", "))
	}
	if r.Keeps && method != "POST" {
		return errors.New("route " + r.Pattern + " keeps a draft but is not a POST")
	}
	return nil
}

// allows reports whether v may come in at all. What stands behind the path is the action's to check.
func (a Access) allows(v person.Viewer) bool {
	return a.Anybody || (v.Known() && v.Standings.Meets(a.Standings))
}
