package aloud

import (
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
	Now    func() time.Time
	Pages  []Page // those that can be read aloud, in the order in which they are offered
}

// Room is the pages that are read aloud.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she read goes with her.
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
	members := web.Members(web.Any)
	return web.Room{Name: "aloud", Pages: sub("pages"), Words: sub("words"), Migrations: sub("migrations"), Routes: []web.Route{
		{Pattern: "GET /aloud", Allow: members, Title: "aloud.title", Weight: web.Member, Do: r.showAll, Twin: web.Screen},
		{Pattern: "POST /aloud", Allow: members, Title: "aloud.title", Weight: web.Member, Do: r.keep, Twin: web.Screen},
		{Pattern: "POST /aloud/{recording}/remove", Allow: web.Members(web.Own), Title: "aloud.title", Weight: web.Nothing, Do: r.remove, Twin: web.Screen},
		{Pattern: "GET /aloud/{recording}", Allow: web.Everybody(), Title: "aloud.title", Weight: web.Playing, Do: r.play},
	}}
}

// Mine is the way there from "My settings".
func (r *Room) Mine(q *web.Request) ([]look.Card, error) {
	if !q.Viewer.Standings.Meets(person.Standings()) {
		return nil, nil
	}
	return []look.Card{{Title: look.Link{Href: "/aloud", Text: q.Words.T("aloud.heading")}, Text: q.Words.T("aloud.card")}}, nil
}
