package meeting

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/event"
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
	Events *event.Bus
	Circle *circle.Circle
	Now    func() time.Time
	// Beside are further pages that the list of meetings leads to. Nil: none.
	Beside func(*web.Request) []look.Link
	// Notes are further pages of one meeting that has come to its day. Nil: none.
	Notes func(q *web.Request, meeting string) []look.Link
	// Printed is what its notes add to the paper of such a meeting. Nil: nothing.
	Printed func(q *web.Request, meeting string) ([]look.Held, error)
	// Begins is what is settled as a meeting begins, in the transaction in which it does. Nil: nothing.
	Begins func(ctx context.Context, v person.Viewer, meeting string) (func(*store.Tx) error, error)
	// Watched says that somebody asks to watch a meeting, or what came of it, and leads there. Nil: nobody can.
	Watched func(q *web.Request, meeting string, began, over bool) (look.Note, error)
	// Places are where one meets, as members describe it. Nil: a place is words alone.
	Places interface {
		Names(ctx context.Context, v person.Viewer) (map[string]string, error)
	}
	// Buddies are who is there for somebody, offered to her alone. Nil: nobody is.
	Buddies interface {
		Buddies(ctx context.Context, v person.Viewer) ([]circle.Person, error)
	}
}

// Room is meetings.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she said here goes with her.
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
	return web.Room{Name: "meeting", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	all, in, own := web.Members(web.Any), web.Members(web.InAudience), web.Members(web.Own)
	host, hosts := web.Only(web.Any, person.Facilitator), web.Only(web.InAudience, person.Facilitator)
	women := web.Only(web.Any, person.LivedExperience)
	const title, agenda = "meeting.title", "meeting.title_agenda"
	return []web.Route{
		{Pattern: "GET /meetings", Allow: all, Title: title, Weight: web.Member, Do: r.showList, Twin: web.Reading},
		{Pattern: "GET /meetings/new", Allow: host, Title: title, Weight: web.Member, Do: r.showNew, Twin: web.Duty},
		{Pattern: "POST /meetings/new", Allow: host, Title: title, Weight: web.Member, Do: r.plan, Twin: web.Duty},
		{Pattern: "GET /meetings/hosts", Allow: all, Title: title, Weight: web.Member, Do: r.showHosts, Twin: web.Reading},
		{Pattern: "GET /meetings/hosts/me", Allow: host, Title: title, Weight: web.Member, Do: r.showRecord, Twin: web.Duty},
		{Pattern: "POST /meetings/hosts/me", Allow: host, Title: title, Weight: web.Member, Do: r.saveRecord, Twin: web.Duty},
		{Pattern: "GET /meetings/hosts/enough", Allow: women, Title: title, Weight: web.Member, Do: r.showCounts, Twin: "enough"},
		{Pattern: "POST /meetings/hosts/enough", Allow: women, Title: title, Weight: web.Member, Do: r.saveCounts, Twin: "enough"},

		{Pattern: "GET /meetings/{meeting}", Allow: in, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /meetings/{meeting}/plan", Allow: hosts, Title: title, Weight: web.Member, Do: r.showPlan, Twin: web.Screen},
		{Pattern: "GET /meetings/{meeting}/plan/{field}", Allow: hosts, Title: title, Weight: web.Member, Do: r.showField, Twin: web.Duty},
		{Pattern: "POST /meetings/{meeting}/plan/{field}", Allow: hosts, Title: title, Weight: web.Member, Do: r.saveField, Twin: web.Duty},
		{Pattern: "POST /meetings/{meeting}/known", Allow: hosts, Title: title, Weight: web.Member, Do: r.makeKnown, Twin: web.Duty},
		{Pattern: "GET /meetings/{meeting}/off", Allow: hosts, Title: title, Weight: web.Member, Do: r.showOff, Twin: web.Duty},
		{Pattern: "POST /meetings/{meeting}/off", Allow: hosts, Title: title, Weight: web.Member, Do: r.callOff, Twin: web.Duty},
		{Pattern: "GET /meetings/{meeting}/take", Allow: in, Title: title, Weight: web.Member, Do: r.showTake, Twin: web.Reading},
		{Pattern: "GET /meetings/{meeting}/pack", Allow: in, Title: title, Weight: web.Member, Do: r.showPack, Twin: web.Reading},
		{Pattern: "GET /meetings/{meeting}/day", Allow: in, Title: title, Weight: web.File, Do: r.showDay, Twin: web.Screen},
		{Pattern: "GET /meetings/{meeting}/ways", Allow: hosts, Title: title, Weight: web.Member, Do: r.showWays, Twin: web.Screen},
		{Pattern: "GET /meetings/{meeting}/way", Allow: in, Title: title, Weight: web.Member, Do: r.showWay, Twin: "way"},
		{Pattern: "POST /meetings/{meeting}/way", Allow: in, Title: title, Weight: web.Member, Do: r.saveWay, Twin: "way"},
		{Pattern: "POST /meetings/{meeting}/way/drop", Allow: in, Title: title, Weight: web.Nothing, Do: r.dropWay, Twin: "way"},
		{Pattern: "GET /meetings/{meeting}/now", Allow: in, Title: title, Weight: web.Member, Do: r.showNow, Twin: web.Reading},
		{Pattern: "GET /meetings/{meeting}/live", Allow: in, Title: title, Weight: web.Nothing, Do: r.live, Twin: web.Reading},
		{Pattern: "POST /meetings/{meeting}/step", Allow: hosts, Title: title, Weight: web.Member, Do: r.step, Twin: web.Duty},
		{Pattern: "POST /meetings/{meeting}/pause", Allow: in, Title: title, Weight: web.Member, Do: r.needPause, Twin: web.Card},
		{Pattern: "POST /meetings/{meeting}/pause/drop", Allow: in, Title: title, Weight: web.Nothing, Do: r.noPause, Twin: web.Card},
		{Pattern: "POST /meetings/{meeting}/pause/seen", Allow: hosts, Title: title, Weight: web.Nothing, Do: r.seePauses, Twin: web.Duty},
		{Pattern: "GET /meetings/{meeting}/say", Allow: in, Title: title, Weight: web.Member, Do: r.showSay, Twin: "heard"},
		{Pattern: "POST /meetings/{meeting}/say", Allow: in, Title: title, Weight: web.Member, Do: r.say, Twin: "heard"},

		{Pattern: "GET /agenda/new", Allow: all, Title: agenda, Weight: web.Member, Do: r.showPropose, Twin: "agenda"},
		{Pattern: "POST /agenda/new", Allow: all, Title: agenda, Weight: web.Member, Do: r.propose, Twin: "agenda"},
		{Pattern: "GET /agenda/{item}", Allow: in, Title: agenda, Weight: web.Member, Do: r.showItem, Twin: web.Reading},
		{Pattern: "POST /agenda/{item}/fate", Allow: in, Title: agenda, Weight: web.Member, Do: r.decide, Twin: "again"},
		{Pattern: "POST /agenda/{item}/drop", Allow: own, Title: agenda, Weight: web.Nothing, Do: r.dropItem, Twin: "agenda-back"},
		{Pattern: "POST /agenda/{item}/stands", Allow: own, Title: agenda, Weight: web.Nothing, Do: r.itemStands, Twin: "agenda-back"},
		{Pattern: "POST /said/{said}/drop", Allow: own, Title: agenda, Weight: web.Nothing, Do: r.dropSaid, Twin: "heard-back"},
		{Pattern: "POST /said/{said}/stands", Allow: own, Title: agenda, Weight: web.Nothing, Do: r.saidStands, Twin: "heard-back"},
	}
}
