package jargon

import (
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
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

// Room is hard words.
type Room struct{ Deps }

// New returns the room. When somebody leaves, her name goes from what she explained.
func New(d Deps) *Room {
	r := &Room{d}
	d.Circle.WhenLeaving(r.forget)
	return r
}

// Link leads to the words, for a page on which somebody may come by one.
func (r *Room) Link(q *web.Request) look.Link {
	return look.Link{Href: "/words", Text: q.Words.T("jargon.link")}
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	all, in := web.Members(web.Any), web.Members(web.InAudience)
	const title = "jargon.title"
	return web.Room{Name: "jargon", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /words", Allow: all, Title: title, Weight: web.Member, Do: r.showList, Twin: web.Reading},
		// A mark is nobody's: whoever she tells the word can make it, and what is entered from paper is kept with a name.
		{Pattern: "POST /words/hard", Allow: all, Title: title, Weight: web.Member, Do: r.markNew, Twin: web.Unnamed},
		{Pattern: "GET /words/new", Allow: web.Taking(web.Any), Title: title, Weight: web.Member, Do: r.showExplain, Twin: "word"},
		{Pattern: "POST /words/new", Allow: web.Taking(web.Any), Title: title, Weight: web.Member, Do: r.explain, Twin: "word"},
		{Pattern: "GET /words/{word}", Allow: in, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /words/{word}/before/{version}", Allow: in, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "POST /words/{word}/hard", Allow: in, Title: title, Weight: web.Nothing, Do: r.markThis, Twin: web.Unnamed},
		{Pattern: "GET /words/{word}/mean", Allow: web.Taking(web.InAudience), Title: title, Weight: web.Member, Do: r.showExplain, Twin: "word-mean"},
		{Pattern: "POST /words/{word}/mean", Allow: web.Taking(web.InAudience), Title: title, Weight: web.Member, Do: r.explain, Twin: "word-mean"},
	}}
}

func mayWrite(q *web.Request) bool { return q.Viewer.Standings.Meets(web.Taking(web.Any).Standings) }
