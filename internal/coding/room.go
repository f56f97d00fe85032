package coding

import (
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

//go:embed pages/*.html words/*.toml migrations/*.sql coding.js
var files embed.FS

// Deps is what the room stands on. All of it is needed.
type Deps struct {
	DB      *store.DB
	Gate    *consent.Gate
	Events  *event.Bus
	Circle  *circle.Circle
	Studies *study.Studies
	Sources *source.Sources
	Now     func() time.Time
}

// Room is the frame of each study and what is indexed in it.
type Room struct {
	db      *store.DB
	gate    *consent.Gate
	events  *event.Bus
	circle  *circle.Circle
	studies *study.Studies
	sources *source.Sources
	now     func() time.Time
}

// New returns the room. When the gate destroys turns for good, what was indexed in them goes too.
func New(d Deps) *Room {
	r := &Room{d.DB, d.Gate, d.Events, d.Circle, d.Studies, d.Sources, d.Now}
	d.Gate.WhenDestroyed(r.forget)
	d.Gate.WhenMended(r.moved)
	d.Gate.WhenSevered(r.sever)
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	script, err := files.ReadFile("coding.js")
	if err != nil {
		panic(err) // it is embedded
	}
	return web.Room{Name: "coding", Pages: sub("pages"), Words: sub("words"), Migrations: sub("migrations"),
		Scripts: map[string]string{"coding": string(script)}, Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	page := func(pattern string, weight web.Weight, do web.Action) web.Route {
		return web.Route{Pattern: pattern, Allow: web.Desk(web.SameStudy, person.Analyst), Title: "coding.title", Weight: weight, Do: do}
	}
	document, again := page("GET /index/{study}/{source}", web.Coding, r.showDocument), page("POST /index/{study}/{source}", web.Coding, r.postDocument)
	document.Script, again.Script = "coding", "coding"
	file := web.File
	file.Desk = true // it answers with the desk page again when something is to be checked
	return []web.Route{
		page("GET /frame/{study}", web.AtDesk, r.showFrame),
		page("POST /frame/{study}/seed", web.Nothing, r.seed),
		page("GET /frame/{study}/new", web.AtDesk, r.showNew),
		page("POST /frame/{study}/new", web.AtDesk, r.addTheme),
		page("GET /frame/{study}/{theme}", web.AtDesk, r.showEdit),
		page("POST /frame/{study}/{theme}", web.AtDesk, r.editTheme),
		page("POST /frame/{study}/{theme}/retire", web.Nothing, r.retire),
		page("GET /index/{study}", web.AtDesk, r.showList),
		document, again,
		page("POST /index/{study}/{source}/undo", web.Nothing, r.undo),
		page("GET /index/{study}/{source}/live", web.Nothing, r.live),
		page("GET /index/{study}/{source}/{turn}", web.AtDesk, r.showTurn),
		page("POST /index/{study}/{source}/{turn}", web.AtDesk, r.postTurn),
		page("GET /theme/{study}/{theme}", web.Coding, r.showTheme),
		page("POST /theme/{study}/{theme}", web.Nothing, r.revisit),
		page("GET /export/{study}", web.AtDesk, r.showExport),
		page("POST /export/{study}", file, r.postExport),
	}
}
