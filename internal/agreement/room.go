package agreement

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
	// Words leads to hard words and what they mean; nil: the line is not shown.
	Words interface{ Link(*web.Request) look.Link }
}

// Room is the agreement.
type Room struct {
	Deps
}

// New returns the room. When somebody leaves, her draft goes with her.
func New(d Deps) *Room {
	r := &Room{d}
	d.Circle.WhenLeaving(r.drop)
	d.Circle.WhenLeaving(r.dropYes)
	d.Circle.WhenLeaving(r.dropShown)
	return r
}

// women allows those whose own number of stops it is.
var women = web.Only(web.Any, person.LivedExperience)

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "agreement", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes(), Twins: r.twins()}
}

func (r *Room) routes() []web.Route {
	read, answer := circle.SignedIn(web.Any), web.Members(web.Any)
	return []web.Route{
		{Pattern: "GET /agreement", Allow: read, Title: "agreement.title", Weight: web.Member, Do: r.show, Table: true, Twin: "agree"},
		{Pattern: "GET /agreement/all", Allow: read, Title: "agreement.title", Weight: web.Member, Do: r.showAll},
		{Pattern: "GET /agreement/{version}", Allow: read, Title: "agreement.title", Weight: web.Member, Do: r.showOne},
		{Pattern: "POST /agreement/{version}/answer", Allow: answer, Title: "agreement.title", Weight: web.Nothing, Do: r.answer, Table: true, Twin: "agree"},
		{Pattern: "GET /agreement/new", Allow: write, Title: "agreement.title", Weight: web.Member, Do: r.showDraft},
		{Pattern: "POST /agreement/new", Allow: write, Title: "agreement.title", Weight: web.Member, Do: r.publish, Twin: "suggest"},
		{Pattern: "POST /agreement/new/keep", Allow: write, Title: "agreement.title", Weight: web.Nothing, Do: r.keep, Keeps: true, Twin: "suggest"},
		{Pattern: "POST /agreement/new/drop", Allow: write, Title: "agreement.title", Weight: web.Nothing, Do: r.throwAway, Twin: "suggest"},
		{Pattern: "POST /agreement/new/return", Allow: write, Title: "agreement.title", Weight: web.Nothing, Do: r.returnDraft, Twin: web.Screen},
		{Pattern: "GET /agreement/new/rule/{thing}", Allow: write, Title: "agreement.title", Weight: web.Member, Do: r.showChange, Twin: "rule"},
		{Pattern: "POST /agreement/new/rule/{thing}", Allow: write, Title: "agreement.title", Weight: web.Member, Do: r.saveChange, Twin: "rule"},
		{Pattern: "GET /agreement/stops", Allow: women, Title: "agreement.title", Weight: web.Member, Do: r.showStops, Twin: "stops"},
		{Pattern: "POST /agreement/stops", Allow: women, Title: "agreement.title", Weight: web.Member, Do: r.saveStops, Twin: "stops"},
		{Pattern: "POST /agreement/stops/{row}/yes", Allow: women, Title: "agreement.title", Weight: web.Nothing, Do: r.sayYesToStops, Twin: "stops"},
	}
}

// News asks whoever takes part for an answer to a version she has not answered.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	if !q.Viewer.Standings.Meets(person.Standings()) {
		return nil, nil
	}
	var links []look.Link
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		last, err := newest(q.Context(), tx, q.Partnership())
		if err != nil || last.N == 0 {
			return err
		}
		answers, err := answersTo(q.Context(), tx, q.Partnership(), last.N)
		if answers[q.Viewer.ID] == "" {
			links = append(links, look.Link{Href: "/agreement", Text: q.Words.T("agreement.news")})
		}
		return err
	})
	return links, err
}
