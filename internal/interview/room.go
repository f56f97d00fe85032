package interview

import (
	"embed"
	"io/fs"
	"time"

	"footing/internal/agreement"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the table of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Limits is the agreement, as far as an interview asks it: what people here cannot keep private, as each version that
// was agreed says it, the one that counts now first.
type Limits interface {
	LimitsTold(q *web.Request) ([]agreement.Told, error)
}

// Records are what interviews become, as far as this room asks: whose part of one the viewer, who keeps it, may write
// down the telling of, for which study it is, and what she is called there. She has no id outside the circle. Of
// anything else it is missing: of what others keep, of whoever asked, and of what is taken back.
type Records interface {
	Interviewed(q *web.Request, part consent.Part) (study string, who person.ID, name string, err error)
}

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Circle  *circle.Circle
	Studies *study.Studies
	Limits  Limits
	Records Records
	Now     func() time.Time
}

// Room is where interviews are prepared and begin.
type Room struct{ Deps }

// New returns the room. When somebody leaves, interviews with her that are no record go with her; of those that are,
// nothing says any more that it was her.
func New(d Deps) *Room {
	r := &Room{d}
	if d.Circle != nil {
		d.Circle.WhenLeaving(r.leave)
	}
	if d.Gate != nil {
		d.Gate.WhenSevered(r.sever)
	}
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	desk := web.Desk(web.SameStudy, person.Researcher, person.Charity, person.Analyst)
	keeper := desk
	keeper.Relation = web.Own
	mine := web.Members(web.Own)
	const title = "interview.title"
	return web.Room{Name: "interview", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /talks", Allow: desk, Title: title, Weight: web.AtDesk, Do: r.showTalks},
		{Pattern: "POST /talks", Allow: desk, Title: title, Weight: web.AtDesk, Do: r.prepare},
		{Pattern: "GET /talks/{talk}", Allow: mine, Title: title, Weight: web.Member, Do: r.showTalk, Twin: twinTalk},
		{Pattern: "POST /talks/{talk}/shown", Allow: mine, Title: title, Weight: web.Member, Do: r.shown, Twin: twinTalk},
		{Pattern: "POST /talks/{talk}/drop", Allow: mine, Title: title, Weight: web.Nothing, Do: r.dropTalk, Twin: twinTalk},
		{Pattern: "POST /talks/{talk}/begin", Allow: keeper, Title: title, Weight: web.Member, Do: r.begin},
		{Pattern: "GET /source/{source}/told/{speaker}", Allow: keeper, Title: title, Weight: web.AtDesk, Do: r.showTold},
		{Pattern: "POST /source/{source}/told/{speaker}", Allow: keeper, Title: title, Weight: web.AtDesk, Do: r.saveTold},
	}}
}
