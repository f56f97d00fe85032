package circle

import (
	"context"
	"embed"
	"io/fs"
	"strings"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *Circle
	// Remove deletes how somebody signs in, when she leaves.
	Remove func(context.Context, *store.Tx, person.Partnership, person.ID) error
	// Signs reports whether somebody signs in by herself. Whoever does not cannot look after the site.
	Signs func(context.Context, *store.Tx, person.Partnership, person.ID) (bool, error)
}

// Room is the pages about people, practices and settings.
type Room struct {
	Deps
}

// NewRoom returns the room.
func NewRoom(d Deps) *Room { return &Room{d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "circle", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes(), Twins: r.twins()}
}

// Here allows everybody who takes part and whoever has a duty; not newcomers, to whom nobody's name is
// shown before she has a place here.
func Here(rel web.Relation) web.Access {
	return web.Access{Standings: append(person.Standings(), person.Administrator, person.Facilitator), Relation: rel}
}

func (r *Room) routes() []web.Route {
	here, signedIn := Here(web.Any), SignedIn(web.Own)
	admin := web.Desk(web.Any, person.Administrator)
	leaving := func(pattern string, weight web.Weight, do web.Action) web.Route {
		return web.Route{Pattern: pattern, Allow: signedIn, Title: "circle.leave_title", Weight: weight, Do: do, Twin: "leave"}
	}
	return []web.Route{
		{Pattern: "GET /people", Allow: here, Title: "circle.title", Weight: web.Member, Do: r.showPeople},
		{Pattern: "GET /people/keep", Allow: here, Title: "circle.title", Weight: web.Member, Do: r.showNaming},
		{Pattern: "POST /people/keep", Allow: web.Only(web.Any, Namers()...), Title: "circle.title", Weight: web.Member, Do: r.name, Twin: "keep"},
		{Pattern: "POST /people/keep/stop", Allow: web.Only(web.Any, Namers()...), Title: "circle.title", Weight: web.Nothing, Do: r.sayNo, Twin: "keep"},
		{Pattern: "POST /people/keep/yes", Allow: web.Desk(web.Own, Namers()...), Title: "circle.title", Weight: web.Nothing, Do: r.takeOn, Twin: web.Screen},
		{Pattern: "GET /people/done", Allow: here, Title: "circle.title", Weight: web.Member, Do: r.showActs},
		{Pattern: "GET /people/{person}", Allow: here, Title: "circle.title", Weight: web.Member, Do: r.showPerson},
		{Pattern: "POST /people/{person}/yes", Allow: web.Only(web.Any, person.LivedExperience), Title: "circle.title", Weight: web.Nothing, Do: r.sayYes, Twin: "yes"},
		{Pattern: "POST /people/{person}/group", Allow: web.Only(web.Any, person.LivedExperience), Title: "circle.title", Weight: web.Nothing, Do: r.letChoose, Twin: "yes"},
		{Pattern: "GET /me/group", Allow: web.Only(web.Own, person.LivedExperience), Title: "circle.title", Weight: web.Member, Do: r.showHouse, Twin: "with"},
		{Pattern: "POST /me/group", Allow: web.Only(web.Own, person.LivedExperience), Title: "circle.title", Weight: web.Member, Do: r.saveHouse, Twin: "with"},
		{Pattern: "POST /people/{person}/undo", Allow: web.Only(web.Any, person.LivedExperience), Title: "circle.title", Weight: web.Nothing, Do: r.undoYes, Twin: "yes"},
		{Pattern: "POST /people/{person}/later", Allow: web.Only(web.Any, person.LivedExperience), Title: "circle.title", Weight: web.Nothing, Do: r.sayLater, Twin: "yes"},
		{Pattern: "POST /people/{person}/give", Allow: admin, Title: "circle.title", Weight: web.Nothing, Do: r.give},
		{Pattern: "POST /people/{person}/take", Allow: admin, Title: "circle.title", Weight: web.Nothing, Do: r.take},
		{Pattern: "POST /people/{person}/practice", Allow: admin, Title: "circle.title", Weight: web.Nothing, Do: r.setPractice},
		{Pattern: "GET /settings", Allow: admin, Title: "circle.settings_title", Weight: web.Staff, Do: r.showSettings},
		{Pattern: "POST /settings", Allow: admin, Title: "circle.settings_title", Weight: web.Staff, Do: r.saveSettings},
		{Pattern: "POST /practices", Allow: admin, Title: "circle.settings_title", Weight: web.Staff, Do: r.addPractice},
		{Pattern: "GET /practices/{practice}", Allow: admin, Title: "circle.settings_title", Weight: web.Staff, Do: r.showPractice},
		{Pattern: "POST /practices/{practice}", Allow: admin, Title: "circle.settings_title", Weight: web.Staff, Do: r.renamePractice},
		{Pattern: "POST /practices/{practice}/off", Allow: admin, Title: "circle.settings_title", Weight: web.Staff, Do: r.dropPractice},
		{Pattern: "POST /me/back", Allow: signedIn, Title: "circle.pause_title", Weight: web.Nothing, Do: r.stepBack, Twin: "break"},
		{Pattern: "POST /me/return", Allow: signedIn, Title: "circle.pause_title", Weight: web.Nothing, Do: r.comeBack, Twin: "break"},
		leaving("GET /me/wish", web.Member, r.showWish), leaving("POST /me/wish/drop", web.Nothing, r.dropWish),
		leaving("GET /me/end", web.Member, r.showLeave), leaving("POST /me/end/stay", web.Nothing, r.stay),
		leaving("GET /me/end/{part}", web.Member, r.showThing), leaving("POST /me/end/{part}", web.Nothing, r.saveThing),
		leaving("GET /me/end/keep", web.Member, r.showKept), leaving("POST /me/end/keep", web.Nothing, r.saveKept),
		leaving("GET /me/end/name", web.Member, r.showName), leaving("POST /me/end/name", web.Nothing, r.saveName),
		leaving("GET /me/end/check", web.Member, r.checkLeave), leaving("POST /me/end/now", web.Nothing, r.leave),
	}
}

// called says what somebody is here, in the group's words: "Charity worker, hosts meetings".
func called(q *web.Request, set person.Set) string {
	var list []string
	for _, s := range append(person.Standings(), person.Administrator, person.Facilitator) {
		if set.Has(s) {
			list = append(list, q.Words.T(Label(s)))
		}
	}
	return strings.Join(list, ", ")
}

// check is the list of things to look at again with one line, empty for no problem.
func check(q *web.Request, field, problem string) look.Check {
	if problem == "" {
		return look.Check{}
	}
	return look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + field, Text: problem}}}
}
