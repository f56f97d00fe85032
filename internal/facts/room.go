package facts

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
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
	DB     *store.DB
	Circle *circle.Circle
	Now    func() time.Time
	// Of counts each fact, in the room where it happens. Nil: the fact is not shown.
	Of map[Fact]Counter
}

// Room is what is counted.
type Room struct {
	Deps
	tried tried
}

// New returns the room.
func New(d Deps) *Room { return &Room{Deps: d, tried: tried{until: map[Fact]time.Time{}}} }

// taking are those who take part, and come here. Whoever only gives money does not.
var taking = person.Set{person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "facts", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: []web.Route{
		{Pattern: "GET /decides/counted", Allow: web.Only(web.Any, taking...), Title: "facts.title", Weight: web.Member, Do: r.show, Twin: web.Reading},
	}}
}

// Beside is the way here from the page of what is harder to see.
func (r *Room) Beside(q *web.Request) []look.Link {
	return []look.Link{{Href: "/decides/counted", Text: q.Words.T("facts.link")}}
}
