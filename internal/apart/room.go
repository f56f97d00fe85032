package apart

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

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
	Now    func() time.Time
	// Beside leads to where somebody says what nobody names here. Nil: nowhere.
	Beside func(*web.Request) []look.Link
}

// Room is what meets apart.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she wrote to the other women goes with her.
func New(d Deps) *Room {
	r := &Room{d}
	if d.Circle != nil {
		d.Circle.WhenLeaving(r.forget)
	}
	return r
}

// Link leads here from other pages.
func (r *Room) Link(q *web.Request) []look.Link {
	return []look.Link{{Href: "/apart", Text: q.Words.T("apart.heading")}}
}

// others may say that something meets apart: everyone else.
func others(rel web.Relation) web.Access { return web.Only(rel, Others()...) }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	const title = "apart.title"
	women, own := web.Only(web.InAudience, person.LivedExperience), web.Members(web.Own)
	return web.Room{Name: "apart", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /apart", Allow: web.Members(web.Any), Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /apart/new", Allow: others(web.Any), Title: title, Weight: web.Member, Do: r.showSpace, Twin: "space"},
		{Pattern: "POST /apart/new", Allow: others(web.Any), Title: title, Weight: web.Member, Do: r.name, Twin: "space"},
		{Pattern: "GET /apart/space/{space}", Allow: others(web.InAudience), Title: title, Weight: web.Member, Do: r.showSpace, Twin: "space-change"},
		{Pattern: "POST /apart/space/{space}", Allow: others(web.InAudience), Title: title, Weight: web.Member, Do: r.name, Twin: "space-change"},
		{Pattern: "GET /apart/space/{space}/before", Allow: web.Members(web.InAudience), Title: title, Weight: web.Member, Do: r.showBefore, Twin: web.Reading},
		{Pattern: "POST /apart/space/{space}/end", Allow: others(web.InAudience), Title: title, Weight: web.Nothing, Do: r.end, Twin: "space-change"},
		{Pattern: "GET /apart/ours", Allow: women, Title: title, Weight: web.Member, Do: r.showOurs, Twin: web.Reading},
		{Pattern: "POST /apart/ours", Allow: women, Title: title, Weight: web.Member, Do: r.write, Twin: "ours"},
		{Pattern: "POST /apart/ours/{note}/drop", Allow: own, Title: title, Weight: web.Nothing, Do: r.dropNote, Twin: "ours-back"},
		{Pattern: "POST /apart/ours/{note}/stands", Allow: own, Title: title, Weight: web.Nothing, Do: r.noteStands, Twin: "ours-back"},
	}}
}
