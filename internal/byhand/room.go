package byhand

import (
	"context"
	"embed"
	"io/fs"
	"slices"
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

// Accounts says who signs in herself.
type Accounts interface {
	Has(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (bool, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB       *store.DB
	Gate     *consent.Gate
	Circle   *circle.Circle
	Accounts Accounts
	Now      func() time.Time
}

// Room is paper instead of a screen.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what waits of hers is dropped.
func New(d Deps) *Room {
	r := &Room{d}
	if d.Circle != nil {
		d.Circle.WhenLeaving(r.forget)
	}
	if d.Gate != nil {
		d.Gate.WhenSevered(r.sever)
	}
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "byhand", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	here, own := circle.Here(web.Any), circle.SignedIn(web.Own)
	write := web.Only(web.Any, circle.Writers()...)
	carry := web.Only(web.Own, circle.Writers()...)
	return []web.Route{
		{Pattern: "GET /paper", Allow: here, Title: "byhand.title", Weight: web.Member, Do: r.showTasks, Twin: web.Screen},
		{Pattern: "GET /paper/for/{twin}", Allow: here, Title: "byhand.title", Weight: web.Member, Do: r.showFor, Twin: web.Screen},
		{Pattern: "POST /paper/for/{twin}", Allow: here, Title: "byhand.title", Weight: web.Member, Do: r.makeSheet, Twin: web.Screen},
		{Pattern: "GET /paper/sheet/{code}", Allow: here, Title: "byhand.title", Weight: web.Member, Do: r.showSheet, Twin: web.Screen},
		{Pattern: "GET /paper/enter", Allow: write, Title: "byhand.title", Weight: web.Member, Do: r.showCode, Twin: web.Screen},
		{Pattern: "POST /paper/enter", Allow: write, Title: "byhand.title", Weight: web.Member, Do: r.showQuestions, Twin: web.Screen},
		{Pattern: "POST /paper/enter/read", Allow: write, Title: "byhand.title", Weight: web.Member, Do: r.readBack, Twin: web.Screen},
		{Pattern: "POST /paper/enter/done", Allow: write, Title: "byhand.title", Weight: web.Member, Do: r.enter, Twin: web.Screen},
		{Pattern: "GET /paper/beside", Allow: here, Title: "byhand.title", Weight: web.Member, Do: r.showBeside, Twin: web.Screen},
		{Pattern: "POST /paper/beside/{entry}", Allow: web.Access{Standings: here.Standings, Relation: web.Own}, Title: "byhand.title", Weight: web.Member, Do: r.sayBeside, Twin: web.Screen},
		{Pattern: "GET /paper/bring", Allow: write, Title: "byhand.title", Weight: web.Member, Do: r.showBring, Twin: web.Screen},
		{Pattern: "GET /paper/bring/{twin}/{person}/{thing}", Allow: carry, Title: "byhand.title", Weight: web.Member, Do: r.showBrought, Twin: web.Screen},
		{Pattern: "POST /paper/bring/{twin}/{person}/{thing}", Allow: carry, Title: "byhand.title", Weight: web.Member, Do: r.askBrought, Twin: web.Screen},
		{Pattern: "POST /paper/bring/{twin}/{person}/{thing}/aside", Allow: carry, Title: "byhand.title", Weight: web.Nothing, Do: r.asideBrought, Twin: web.Screen},
		{Pattern: "GET /me/paper", Allow: own, Title: "byhand.title", Weight: web.Member, Do: r.showMine, Twin: web.Reading},
		{Pattern: "POST /me/paper/allow", Allow: own, Title: "byhand.title", Weight: web.Nothing, Do: r.allow, Twin: web.Screen},
		{Pattern: "POST /me/paper/{entry}/drop", Allow: own, Title: "byhand.title", Weight: web.Nothing, Do: r.drop, Twin: web.Screen},
	}
}

// News tells whoever sat beside somebody that her yes is waited for, and whoever brings what is asked that
// there is something to bring. It does not say to whom, and not whether anybody answered.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var links []look.Link
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := r.waiting(q, tx)
		if err == nil && len(list) > 0 {
			links = append(links, look.Link{Href: "/paper/beside", Text: q.Words.T("byhand.news_beside")})
		}
		return err
	})
	if err != nil || !MayWrite(q.Viewer) {
		return links, err
	}
	list, err := r.broughts(q)
	if slices.ContainsFunc(list, func(b brought) bool { return b.Thing != "" && !b.Aside }) {
		links = append(links, look.Link{Href: "/paper/bring", Text: q.Words.T("byhand.news_bring")})
	}
	return links, err
}

// forget drops what waits of somebody who leaves, and what waits for her yes.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	list, err := entriesOf(ctx, tx, p, who)
	if err != nil {
		return err
	}
	beside, err := waitingBeside(ctx, tx, p, who)
	if err != nil {
		return err
	}
	for _, e := range append(list, beside...) {
		if e.State != Waiting {
			continue
		}
		if err := endEntry(ctx, tx, p, e.ID, Dropped, "", r.Now()); err != nil {
			return err
		}
		if err := r.Gate.Doom(ctx, tx, p, e.key); err != nil {
			return err
		}
	}
	return setAllowed(ctx, tx, p, who, false)
}

// sever forgets which sheets were printed and what was entered about something of hers that is hers no longer.
func (r *Room) sever(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	const about = ` WHERE partnership_id = $1 AND person_id = $2 AND thing = $3`
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM byhand_entry`+about+` AND key_id <> '' ORDER BY id`,
		v.Partnership, v.ID, part.Contribution)
	if err != nil {
		return err
	}
	for _, table := range []string{"byhand_sheet", "byhand_entry"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+about, v.Partnership, v.ID, part.Contribution); err != nil {
			return err
		}
	}
	return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
}
