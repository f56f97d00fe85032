package study

import (
	"context"
	"embed"
	"io/fs"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Circle  *circle.Circle
	Studies *Studies
}

// Room is the pages about studies. Every member can read all of them: what is asked, who allowed it,
// what was promised and who reads by name.
type Room struct {
	Deps
}

// NewRoom returns the room. When somebody takes part no longer, she is named in no study any more.
func NewRoom(d Deps) *Room {
	d.Circle.WhenOut(d.Studies.UnnameAll)
	return &Room{d}
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "study", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	here := circle.Here(web.Any)
	desk := web.Desk(web.Any, person.Researcher, person.Administrator)
	return []web.Route{
		{Pattern: "GET /studies", Allow: here, Title: "study.title", Weight: web.Member, Do: r.showAll},
		{Pattern: "GET /studies/{study}", Allow: here, Title: "study.title", Weight: web.Member, Do: r.showOne},
		{Pattern: "POST /studies/{study}/stop", Allow: web.Members(web.Own), Title: "study.title", Weight: web.Nothing, Do: r.stop, Twin: web.Duty},
		{Pattern: "GET /studies/new", Allow: desk, Title: "study.title", Weight: web.Staff, Do: r.showNew},
		{Pattern: "POST /studies/new", Allow: desk, Title: "study.title", Weight: web.Staff, Do: r.add},
		{Pattern: "GET /studies/{study}/edit", Allow: desk, Title: "study.title", Weight: web.Staff, Do: r.showEdit},
		{Pattern: "POST /studies/{study}/edit", Allow: desk, Title: "study.title", Weight: web.Staff, Do: r.edit},
		{Pattern: "POST /studies/{study}/sheets", Allow: desk, Title: "study.title", Weight: web.Staff, Do: r.addSheet},
		{Pattern: "POST /studies/{study}/amendments", Allow: desk, Title: "study.title", Weight: web.Staff, Do: r.amend},
		{Pattern: "POST /studies/{study}/readers", Allow: desk, Title: "study.title", Weight: web.Staff, Do: r.name},
		{Pattern: "POST /studies/{study}/readers/{person}/end", Allow: desk, Title: "study.title", Weight: web.Nothing, Do: r.unname},
		{Pattern: "POST /studies/{study}/end", Allow: desk, Title: "study.title", Weight: web.Nothing, Do: r.end},
	}
}

// load returns the study of the path.
func (r *Room) load(q *web.Request) (s Study, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		s, err = r.Studies.Get(q.Context(), tx, q.Partnership(), q.Path("study"))
		return err
	})
	return s, err
}

// act runs do and writes down, in one transaction, that the viewer did it.
func (r *Room) act(q *web.Request, a circle.Act, do func(context.Context, *store.Tx) error) error {
	a.By = q.Viewer.ID
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := do(q.Context(), tx); err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), a)
	})
}
