package asking

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

// Answers knows what was shared in answer to a request. Sharing keeps it; nil means that nothing is shown.
type Answers interface {
	AnswersTo(ctx context.Context, tx *store.Tx, p person.Partnership, ask string) ([]consent.ID, error)
	// Shared lists what others shared with somebody, without what she would rather not come across.
	Shared(ctx context.Context, v person.Viewer) ([]consent.Heading, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB       *store.DB
	Gate     *consent.Gate
	Circle   *circle.Circle
	Studies  *study.Studies
	Answers  Answers
	Accounts Accounts
	Now      func() time.Time
}

// Room is the shelf, and asking.
type Room struct {
	Deps
}

// New returns the room. When somebody leaves, what she had here ends with her.
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
	return web.Room{Name: "asking", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes(), Twins: r.twins()}
}

// asks are those who may ask and write on the shelf: whoever takes part, as whatever. Whoever gives money
// reads what is for everybody and changes nothing.
func asks(rel web.Relation) web.Access {
	return web.Only(rel, person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice)
}

func (r *Room) routes() []web.Route {
	all, write, hers := web.Members(web.Any), asks(web.Any), asks(web.Own)
	women, woman := web.Only(web.InAudience, person.LivedExperience), web.Only(web.Own, person.LivedExperience)
	const shelf, title = "asking.shelf_title", "asking.title"
	return []web.Route{
		{Pattern: "GET /known", Allow: all, Title: shelf, Weight: web.Member, Do: r.showShelf, Twin: web.Reading},
		{Pattern: "GET /known/new", Allow: write, Title: shelf, Weight: web.Member, Do: r.showWrite, Twin: "known"},
		{Pattern: "POST /known/new", Allow: write, Title: shelf, Weight: web.Member, Do: r.writeEntry, Twin: "known"},
		{Pattern: "POST /known/new/keep", Allow: write, Title: shelf, Weight: web.Nothing, Do: r.keepEntry, Keeps: true, Twin: "known"},
		{Pattern: "GET /known/{entry}", Allow: all, Title: shelf, Weight: web.Member, Do: r.showEntry, Twin: web.Reading},
		{Pattern: "GET /known/{entry}/change", Allow: write, Title: shelf, Weight: web.Member, Do: r.showWrite, Twin: "known"},
		{Pattern: "POST /known/{entry}/change", Allow: write, Title: shelf, Weight: web.Member, Do: r.writeEntry, Twin: "known"},
		{Pattern: "POST /known/{entry}/change/keep", Allow: write, Title: shelf, Weight: web.Nothing, Do: r.keepEntry, Keeps: true, Twin: "known"},
		{Pattern: "POST /known/{entry}/off", Allow: write, Title: shelf, Weight: web.Nothing, Do: r.takeOff, Twin: "known-off"},
		{Pattern: "POST /known/{entry}/back", Allow: write, Title: shelf, Weight: web.Nothing, Do: r.putBack, Twin: "known-off"},

		{Pattern: "GET /asks", Allow: write, Title: title, Weight: web.Member, Do: r.showAsks, Twin: web.Reading},
		{Pattern: "POST /asks/new", Allow: write, Title: title, Weight: web.Nothing, Do: r.begin, Twin: "ask"},
		{Pattern: "GET /asks/{ask}", Allow: asks(web.InAudience), Title: title, Weight: web.Member, Do: r.showAsk, Twin: web.Reading},
		{Pattern: "GET /asks/{ask}/part/{part}", Allow: hers, Title: title, Weight: web.Member, Do: r.showPart, Twin: "ask"},
		{Pattern: "POST /asks/{ask}/part/{part}", Allow: hers, Title: title, Weight: web.Member, Do: r.savePart, Twin: "ask"},
		{Pattern: "POST /asks/{ask}/part/{part}/keep", Allow: hers, Title: title, Weight: web.Nothing, Do: r.keepPart, Keeps: true, Twin: "ask"},
		{Pattern: "GET /asks/{ask}/check", Allow: hers, Title: title, Weight: web.Member, Do: r.showCheck, Twin: "ask"},
		{Pattern: "POST /asks/{ask}/put", Allow: hers, Title: title, Weight: web.Member, Do: r.put, Twin: "ask"},
		{Pattern: "POST /asks/{ask}/drop", Allow: hers, Title: title, Weight: web.Nothing, Do: r.dropDraft, Twin: web.Screen},
		{Pattern: "POST /asks/{ask}/return", Allow: hers, Title: title, Weight: web.Nothing, Do: r.returnDraft, Twin: web.Screen},
		{Pattern: "POST /asks/{ask}/now", Allow: hers, Title: title, Weight: web.Nothing, Do: r.eraseDraft, Twin: web.Screen},
		{Pattern: "POST /asks/{ask}/stop", Allow: hers, Title: title, Weight: web.Nothing, Do: r.stop, Twin: "ask-stop"},
		{Pattern: "GET /asks/{ask}/say", Allow: women, Title: title, Weight: web.Member, Do: r.showSay, Twin: "say"},
		{Pattern: "POST /asks/{ask}/say", Allow: women, Title: title, Weight: web.Member, Do: r.say, Twin: "say"},
		{Pattern: "POST /asks/{ask}/say/keep", Allow: women, Title: title, Weight: web.Nothing, Do: r.keepSay, Keeps: true, Twin: "say"},
		{Pattern: "GET /asks/{ask}/told", Allow: hers, Title: title, Weight: web.Member, Do: r.showTell, Twin: "known"},
		{Pattern: "POST /asks/{ask}/told", Allow: hers, Title: title, Weight: web.Member, Do: r.tell, Twin: "known"},
		{Pattern: "POST /asks/{ask}/told/keep", Allow: hers, Title: title, Weight: web.Nothing, Do: r.keepTell, Keeps: true, Twin: "known"},

		{Pattern: "GET /asked", Allow: woman, Title: title, Weight: web.Member, Do: r.showAsked, Twin: web.Reading},
		{Pattern: "POST /asked/{ask}/aside", Allow: women, Title: title, Weight: web.Nothing, Do: r.putAside, Twin: web.Screen},
		{Pattern: "GET /asked/about", Allow: woman, Title: title, Weight: web.Member, Do: r.showAbout, Twin: "asked"},
		{Pattern: "POST /asked/about", Allow: woman, Title: title, Weight: web.Nothing, Do: r.saveAbout, Twin: "asked"},

		{Pattern: "GET /asks/how", Allow: all, Title: title, Weight: web.Member, Do: r.showHow, Twin: web.Reading},
		{Pattern: "GET /asks/how/rule", Allow: woman, Title: title, Weight: web.Member, Do: r.showRule, Twin: "ask-how"},
		{Pattern: "POST /asks/how/rule", Allow: woman, Title: title, Weight: web.Member, Do: r.saveRule, Twin: "ask-how"},
		{Pattern: "POST /asks/how/rule/{rule}/yes", Allow: women, Title: title, Weight: web.Nothing, Do: r.sayYes, Twin: "ask-how"},
		{Pattern: "GET /asks/how/kinds", Allow: woman, Title: title, Weight: web.Member, Do: r.showKinds, Twin: "ask-how"},
		{Pattern: "POST /asks/how/kinds", Allow: woman, Title: title, Weight: web.Member, Do: r.addKind, Twin: "ask-how"},
		{Pattern: "POST /asks/how/kinds/{kind}/off", Allow: women, Title: title, Weight: web.Nothing, Do: r.offKind, Twin: "ask-how"},
		{Pattern: "POST /asks/how/kinds/{kind}/back", Allow: women, Title: title, Weight: web.Nothing, Do: r.backKind, Twin: "ask-how"},
	}
}
