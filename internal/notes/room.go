package notes

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
	Now    func() time.Time
	// Meetings are those that notes can be of, as the viewer may know them.
	Meetings interface {
		All(ctx context.Context, v person.Viewer) ([]Meeting, error)
	}
}

// Room is notes of meetings.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she put beside notes with her name goes with her.
func New(d Deps) *Room {
	r := &Room{d}
	d.Circle.WhenLeaving(r.forget)
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	in, own, does := web.Members(web.InAudience), web.Members(web.Own), web.Taking(web.InAudience)
	const title = "notes.title"
	all := web.Members(web.Any)
	return web.Room{Name: "notes", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /notes/{meeting}", Allow: in, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /notes/{meeting}/add", Allow: does, Title: title, Weight: web.Member, Do: r.showAdd, Twin: "note"},
		{Pattern: "POST /notes/{meeting}/add", Allow: does, Title: title, Weight: web.Member, Do: r.add, Twin: "note"},
		{Pattern: "POST /notes/{meeting}/step", Allow: does, Title: title, Weight: web.Nothing, Do: r.move, Twin: web.Duty},
		{Pattern: "POST /notes/{meeting}/stands", Allow: does, Title: title, Weight: web.Nothing, Do: r.stands, Twin: web.Duty},
		{Pattern: "GET /notes/{meeting}/right", Allow: does, Title: title, Weight: web.Member, Do: r.showMissing, Twin: "note-right"},
		{Pattern: "POST /notes/{meeting}/right", Allow: does, Title: title, Weight: web.Member, Do: r.missing, Twin: "note-right"},
		{Pattern: "GET /notes/{meeting}/line/{line}", Allow: in, Title: title, Weight: web.Member, Do: r.showLine, Twin: web.Reading},
		{Pattern: "POST /notes/{meeting}/line/{line}/change", Allow: does, Title: title, Weight: web.Member, Do: r.change, Twin: web.Duty},
		{Pattern: "POST /notes/{meeting}/line/{line}/right", Allow: does, Title: title, Weight: web.Member, Do: r.putRight, Twin: "note-right"},
		{Pattern: "POST /notes/{meeting}/line/{line}/out", Allow: does, Title: title, Weight: web.Member, Do: r.takeOut, Twin: "note-out"},
		{Pattern: "POST /notes/{meeting}/line/{line}/drop", Allow: own, Title: title, Weight: web.Nothing, Do: r.drop, Twin: "note-back"},

		{Pattern: "GET /todo", Allow: all, Title: title, Weight: web.Member, Do: r.showTodos, Twin: web.Reading},
		{Pattern: "GET /todo/new", Allow: web.Taking(web.Any), Title: title, Weight: web.Member, Do: r.showNewTodo, Twin: "todo"},
		{Pattern: "POST /todo/new", Allow: web.Taking(web.Any), Title: title, Weight: web.Member, Do: r.saveTodo, Twin: "todo"},
		{Pattern: "GET /todo/{todo}", Allow: in, Title: title, Weight: web.Member, Do: r.showTodo, Twin: "todo-done"},
		{Pattern: "POST /todo/{todo}", Allow: does, Title: title, Weight: web.Member, Do: r.answer, Twin: "todo-done"},
		{Pattern: "POST /todo/{todo}/out", Allow: own, Title: title, Weight: web.Nothing, Do: r.eraseTodo(What), Twin: "todo-back"},
		{Pattern: "POST /todo/{todo}/words/out", Allow: own, Title: title, Weight: web.Nothing, Do: r.eraseTodo(Why), Twin: "todo-words-back"},
		{Pattern: "POST /todo/{todo}/stands", Allow: does, Title: title, Weight: web.Nothing, Do: r.vouch(What), Twin: web.Duty},
		{Pattern: "POST /todo/{todo}/words/stands", Allow: does, Title: title, Weight: web.Nothing, Do: r.vouch(Why), Twin: web.Duty},
	}}
}

func mayWrite(q *web.Request) bool { return q.Viewer.Standings.Meets(web.Taking(web.Any).Standings) }
