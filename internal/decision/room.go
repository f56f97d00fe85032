package decision

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"footing/internal/agreement"
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

// Rules knows by which rules the group decides today.
type Rules interface {
	RulesInForce(ctx context.Context, tx *store.Tx, p person.Partnership) (agreement.Rules, error)
}

// Stops knows how many stops the women's house takes today.
type Stops interface {
	Stops(ctx context.Context, tx *store.Tx, p person.Partnership) (int, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
	Rules  Rules
	Stops  Stops
	Now    func() time.Time
}

// Room is deciding.
type Room struct {
	Deps
	urn urn
}

// New returns the room. When somebody leaves, what she said here goes on counting without her.
func New(d Deps) *Room {
	r := &Room{Deps: d}
	d.Circle.WhenLeaving(r.forget)
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "decision", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes(), Twins: r.twins()}
}

func (r *Room) routes() []web.Route {
	all, write, hers, shown := web.Members(web.Any), web.Taking(web.Any), web.Taking(web.Own), web.Taking(web.InAudience)
	const title = "decision.title"
	return []web.Route{
		{Pattern: "GET /decide", Allow: all, Title: title, Weight: web.Member, Do: r.showAll, Twin: web.Reading},
		{Pattern: "POST /decide/new", Allow: write, Title: title, Weight: web.Nothing, Do: r.begin, Twin: "propose"},
		{Pattern: "GET /decide/{decision}", Allow: web.Members(web.InAudience), Title: title, Weight: web.Member, Do: r.showOne, Twin: web.Reading},
		{Pattern: "GET /decide/{decision}/part/{part}", Allow: hers, Title: title, Weight: web.Member, Do: r.showPart, Twin: "propose"},
		{Pattern: "POST /decide/{decision}/part/{part}", Allow: hers, Title: title, Weight: web.Member, Do: r.savePart, Twin: "propose"},
		{Pattern: "POST /decide/{decision}/part/{part}/keep", Allow: hers, Title: title, Weight: web.Nothing, Do: r.keepPart, Keeps: true, Twin: "propose"},
		{Pattern: "GET /decide/{decision}/check", Allow: hers, Title: title, Weight: web.Member, Do: r.showCheck, Twin: "propose"},
		{Pattern: "POST /decide/{decision}/put", Allow: hers, Title: title, Weight: web.Member, Do: r.put, Twin: "propose"},
		{Pattern: "POST /decide/{decision}/drop", Allow: hers, Title: title, Weight: web.Nothing, Do: r.dropDraft, Twin: web.Screen},
		{Pattern: "POST /decide/{decision}/stop", Allow: hers, Title: title, Weight: web.Nothing, Do: r.takeBack, Twin: "propose-on"},
		{Pattern: "POST /decide/{decision}/open", Allow: shown, Title: title, Weight: web.Member, Do: r.openIt, Twin: "propose-on"},
		{Pattern: "GET /decide/{decision}/doubt", Allow: shown, Title: title, Weight: web.Member, Do: r.showDoubt, Twin: "question"},
		{Pattern: "POST /decide/{decision}/doubt", Allow: shown, Title: title, Weight: web.Member, Do: r.doubt, Twin: "question"},
		{Pattern: "POST /decide/{decision}/doubt/keep", Allow: shown, Title: title, Weight: web.Nothing, Do: r.keepDoubt, Keeps: true, Twin: "question"},
		{Pattern: "GET /decide/{decision}/reply/{doubt}", Allow: hers, Title: title, Weight: web.Member, Do: r.showReply, Twin: "propose-on"},
		{Pattern: "POST /decide/{decision}/reply/{doubt}", Allow: hers, Title: title, Weight: web.Member, Do: r.reply, Twin: "propose-on"},
		{Pattern: "POST /decide/{decision}/reply/{doubt}/keep", Allow: hers, Title: title, Weight: web.Nothing, Do: r.keepReply, Keeps: true, Twin: "propose-on"},
		{Pattern: "GET /decide/{decision}/answer", Allow: shown, Title: title, Weight: web.Member, Do: r.showAnswer, Twin: "decide"},
		{Pattern: "POST /decide/{decision}/answer", Allow: shown, Title: title, Weight: web.Member, Do: r.answer, Twin: "decide"},
		{Pattern: "POST /decide/{decision}/answer/keep", Allow: shown, Title: title, Weight: web.Nothing, Do: r.keepAnswer, Keeps: true, Twin: "decide"},
		{Pattern: "GET /decide/{decision}/ballot", Allow: shown, Title: title, Weight: web.Member, Do: r.showBallot, Twin: "slip"},
		{Pattern: "POST /decide/{decision}/ballot", Allow: shown, Title: title, Weight: web.Member, Do: r.ballot, Secret: true, Twin: "slip"},
		{Pattern: "GET /decide/{decision}/slip", Allow: shown, Title: title, Weight: web.Member, Do: r.showSlip, Twin: "slip"},
		{Pattern: "POST /decide/{decision}/slip", Allow: shown, Title: title, Weight: web.Member, Do: r.saveSlip, Twin: "slip"},
		{Pattern: "POST /decide/{decision}/counter", Allow: shown, Title: title, Weight: web.Nothing, Do: r.countSlips, Twin: web.Duty},
		{Pattern: "GET /decide/{decision}/count", Allow: shown, Title: title, Weight: web.Member, Do: r.showUnfold, Twin: web.Duty},
		{Pattern: "GET /decide/{decision}/count/slip", Allow: shown, Title: title, Weight: web.Member, Do: r.showPaperSlip, Twin: web.Reading},
		{Pattern: "POST /decide/{decision}/count", Allow: shown, Title: title, Weight: web.Member, Do: r.enterSlips, Secret: true, Twin: web.Duty},
		{Pattern: "POST /decide/{decision}/count/agree", Allow: shown, Title: title, Weight: web.Member, Do: r.agreeSlips, Twin: web.Duty},
		{Pattern: "GET /decide/{decision}/after", Allow: hers, Title: title, Weight: web.Member, Do: r.showAfter, Twin: "propose-on"},
		{Pattern: "POST /decide/{decision}/after", Allow: hers, Title: title, Weight: web.Member, Do: r.after, Twin: "propose-on"},
		{Pattern: "POST /decide/{decision}/after/keep", Allow: hers, Title: title, Weight: web.Nothing, Do: r.keepAfter, Keeps: true, Twin: "propose-on"},
		{Pattern: "POST /decide/{decision}/again", Allow: web.Only(web.InAudience, person.LivedExperience), Title: title, Weight: web.Nothing, Do: r.again, Twin: "propose"},
	}
}
