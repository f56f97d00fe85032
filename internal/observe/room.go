package observe

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
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Circle  *circle.Circle
	Studies *study.Studies
	Now     func() time.Time
	// Meetings are those that were made known and not called off, by their day.
	Meetings interface {
		All(ctx context.Context, v person.Viewer) ([]Meeting, error)
	}
	// Present lists who must have said yes: everybody who told a meeting how she takes part in it, is named on it, or
	// hosts it. It is asked as the meeting begins, and kept nowhere.
	Present interface {
		Present(ctx context.Context, v person.Viewer, meeting string) ([]person.ID, error)
	}
	// Past lists the meetings that nobody can look at any more how answers stand for: their day is over, or they were
	// called off. Pages wakes the open pages of a meeting. Nil: none are open.
	Past interface {
		Past(ctx context.Context, tx *store.Tx, p person.Partnership) ([]string, error)
	}
	Pages interface {
		Changed(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) error
	}
	// Records are what was brought in of a meeting. Without takes back what somebody said in them and closes what
	// speaks of her, or all of it for nobody in particular. Shut takes them out of analysis alone. Nil: there are none.
	Records interface {
		Without(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string, who person.ID) error
		Shut(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) error
	}
}

// Room is watching meetings.
type Room struct{ Deps }

// New returns the room. When somebody leaves, her answers go with her.
func New(d Deps) *Room {
	r := &Room{d}
	d.Circle.WhenLeaving(r.forget)
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	in, askers := web.Members(web.InAudience), web.Only(web.InAudience, person.Facilitator, person.Analyst)
	const title = "observe.title"
	return web.Room{Name: "observe", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /observe/{meeting}", Allow: in, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /observe/{meeting}/answer", Allow: in, Title: title, Weight: web.Member, Do: r.showAnswer, Twin: "watched"},
		{Pattern: "POST /observe/{meeting}/answer", Allow: in, Title: title, Weight: web.Member, Do: r.answer, Twin: "watched"},
		{Pattern: "POST /observe/{meeting}/no", Closes: true, Allow: in, Title: title, Weight: web.Nothing, Do: r.no, Twin: "watched"},
		{Pattern: "GET /observe/{meeting}/ask", Allow: askers, Title: title, Weight: web.Member, Do: r.showAsk, Twin: web.Duty},
		{Pattern: "POST /observe/{meeting}/ask", Allow: askers, Title: title, Weight: web.Member, Do: r.ask, Twin: web.Duty},
		{Pattern: "POST /observe/{meeting}/may", Allow: askers, Title: title, Weight: web.Nothing, Do: r.may, Twin: web.Duty},
		{Pattern: "POST /observe/{meeting}/end", Closes: true, Allow: askers, Title: title, Weight: web.Nothing, Do: r.end, Twin: web.Duty},
	}}
}
