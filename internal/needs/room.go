package needs

import (
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
	Now    func() time.Time
}

// Room is what members need to take part.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she said here goes with her.
func New(d Deps) *Room {
	r := &Room{d}
	if d.Circle != nil {
		d.Circle.WhenLeaving(r.forget)
	}
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "needs", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	own := web.Members(web.Own)
	host, hosts := web.Only(web.Any, person.Facilitator), web.Only(web.InAudience, person.Facilitator)
	const title = "needs.title"
	return []web.Route{
		{Pattern: "GET /needs", Allow: own, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /needs/new", Allow: own, Title: title, Weight: web.Member, Do: r.showNew, Twin: "needs"},
		{Pattern: "POST /needs/new", Allow: own, Title: title, Weight: web.Member, Do: r.saveNew, Twin: "needs"},
		{Pattern: "GET /needs/line/{line}", Allow: own, Title: title, Weight: web.Member, Do: r.showLine, Twin: "needed"},
		{Pattern: "POST /needs/line/{line}", Allow: own, Title: title, Weight: web.Member, Do: r.saveLine, Twin: "needed"},
		{Pattern: "POST /needs/line/{line}/drop", Allow: own, Title: title, Weight: web.Nothing, Do: r.drop, Twin: "needed"},
		{Pattern: "POST /needs/booked/{booking}", Closes: true, Allow: own, Title: title, Weight: web.Nothing, Do: r.answer, Twin: "needed"},
		{Pattern: "GET /needs/arrange", Allow: host, Title: title, Weight: web.Member, Do: r.showArrange, Twin: web.Duty},
		{Pattern: "GET /needs/arrange/{line}", Allow: hosts, Title: title, Weight: web.Member, Do: r.showBook, Twin: web.Duty},
		{Pattern: "POST /needs/arrange/{line}", Allow: hosts, Title: title, Weight: web.Member, Do: r.book, Twin: web.Duty},
		{Pattern: "POST /needs/arrange/{booking}/off", Allow: hosts, Title: title, Weight: web.Nothing, Do: r.callOff, Twin: web.Duty},
	}
}
