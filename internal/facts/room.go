package facts

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// A Counter says how often each did what, of what was settled from one day on and before another.
type Counter func(ctx context.Context, tx *store.Tx, p person.Partnership, from, until time.Time) (Did, error)

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Circle  *circle.Circle
	Studies *study.Studies
	Now     func() time.Time
	// Of counts each fact, in the room where it happens. Nil: the fact is not shown.
	Of map[Fact]Counter
	// Met tells of meetings that were, for times and places. Nil: they are not shown.
	Met interface {
		Met(ctx context.Context, v person.Viewer, from, until string) ([]Met, error)
	}
}

// Room is what is counted, and who holds what.
type Room struct {
	Deps
	tried tried
}

// New returns the room. When somebody leaves, what she wrote here goes with her.
func New(d Deps) *Room {
	r := &Room{Deps: d, tried: tried{until: map[Fact]time.Time{}}}
	d.Circle.WhenLeaving(r.forget)
	return r
}

// taking are those who take part, and come here. Whoever only gives money does not.
var taking = person.Set{person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "facts", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	some, one, own := web.Only(web.Any, taking...), web.Only(web.InAudience, taking...), web.Only(web.Own, taking...)
	const title = "facts.title"
	return []web.Route{
		{Pattern: "GET /decides/counted", Allow: some, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /decides/who", Allow: some, Title: title, Weight: web.Member, Do: r.showWho, Twin: web.Reading},
		{Pattern: "GET /decides/who/new", Allow: some, Title: title, Weight: web.Member, Do: r.showNew, Twin: "holds"},
		{Pattern: "POST /decides/who/new", Allow: some, Title: title, Weight: web.Nothing, Do: r.saveNew, Twin: "holds"},
		{Pattern: "POST /decides/who/{line}/still", Allow: one, Title: title, Weight: web.Nothing, Do: r.still, Twin: "holds-still"},
		{Pattern: "POST /decides/who/{line}/back", Allow: own, Title: title, Weight: web.Nothing, Do: r.letStand, Twin: "holds-back"},
		{Pattern: "POST /decides/who/{line}/drop", Allow: own, Title: title, Weight: web.Nothing, Do: r.drop, Twin: "holds-back"},
	}
}

// Beside is the way here from the page of what is harder to see.
func (r *Room) Beside(q *web.Request) []look.Link {
	return []look.Link{{Href: counted, Text: q.Words.T("facts.link")}, {Href: "/decides/who", Text: q.Words.T("facts.who_heading")}}
}
