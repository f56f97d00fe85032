package checkin

import (
	"context"
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
	// Buddies are who is there for somebody; they come first when she asks for a call. Nil: nobody does.
	Buddies interface {
		Buddies(ctx context.Context, v person.Viewer) ([]circle.Person, error)
	}
	Now func() time.Time
}

// Room is arriving and going.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she wrote here goes with her.
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
	own := web.Members(web.Own)
	const title = "checkin.title"
	return web.Room{Name: "checkin", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /today", Allow: own, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /today/note", Allow: own, Title: title, Weight: web.Member, Do: r.showNote, Twin: web.Alone},
		{Pattern: "POST /today/note", Allow: own, Title: title, Weight: web.Member, Do: r.keep, Twin: web.Alone},
		{Pattern: "POST /today/note/{note}/drop", Allow: own, Title: title, Weight: web.Nothing, Do: r.dropNote, Twin: web.Alone},
		{Pattern: "GET /today/call", Allow: own, Title: title, Weight: web.Member, Do: r.showAsk, Twin: "call"},
		{Pattern: "POST /today/call", Allow: own, Title: title, Weight: web.Member, Do: r.ask, Twin: "call"},
		{Pattern: "POST /today/call/{call}", Closes: true, Allow: own, Title: title, Weight: web.Nothing, Do: r.say, Twin: "call-over"},
	}}
}
