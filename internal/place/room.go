package place

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/unsaved"
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

// Room is places.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she had typed and not saved goes.
func New(d Deps) *Room {
	r := &Room{d}
	d.Circle.WhenLeaving(r.unsaved().DropAll)
	return r
}

// unsaved is where this room keeps what somebody has typed and not saved.
func (r *Room) unsaved() unsaved.Shelf {
	return unsaved.Shelf{DB: r.DB, Gate: r.Gate, Table: "place_unsaved"}
}

// Names returns the places where one meets today, by id, for whoever plans a meeting.
func (r *Room) Names(ctx context.Context, v person.Viewer) (map[string]string, error) {
	list, err := r.List(ctx, v)
	names := map[string]string{}
	for _, p := range list {
		if text := p.Now().Text; !text.Away {
			names[p.ID] = text.Name
		}
	}
	return names, err
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	all, in := web.Members(web.Any), web.Members(web.InAudience)
	const title = "place.title"
	return web.Room{Name: "place", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /places", Allow: all, Title: title, Weight: web.Member, Do: r.showList, Twin: web.Reading},
		{Pattern: "GET /places/new", Allow: web.Taking(web.Any), Title: title, Weight: web.Member, Do: r.showWrite, Twin: "place"},
		{Pattern: "POST /places/new", Allow: web.Taking(web.Any), Title: title, Weight: web.Member, Do: r.write, Twin: "place"},
		{Pattern: "POST /places/new/keep", Allow: web.Taking(web.Any), Title: title, Weight: web.Nothing, Do: r.keep, Keeps: true, Twin: "place"},
		{Pattern: "GET /places/{place}", Allow: in, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /places/{place}/before/{version}", Allow: in, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /places/{place}/change", Allow: web.Taking(web.InAudience), Title: title, Weight: web.Member, Do: r.showWrite, Twin: "place-change"},
		{Pattern: "POST /places/{place}/change", Allow: web.Taking(web.InAudience), Title: title, Weight: web.Member, Do: r.write, Twin: "place-change"},
		{Pattern: "POST /places/{place}/change/keep", Allow: web.Taking(web.InAudience), Title: title, Weight: web.Nothing, Do: r.keep, Keeps: true, Twin: "place-change"},
	}}
}
