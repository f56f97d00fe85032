package between

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
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml migrations/*.sql
var files embed.FS

// Migrations holds the table of this package.
var Migrations, _ = fs.Sub(files, "migrations")

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Gate   *consent.Gate
	Circle *circle.Circle
	Now    func() time.Time
}

// Room is what two people agree between them.
type Room struct{ Deps }

// New returns the room. When somebody leaves, what she agreed with others goes with her.
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
	return web.Room{Name: "between", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: r.routes()}
}

func (r *Room) routes() []web.Route {
	own := web.Members(web.Own)
	const title = "between.title"
	return []web.Route{
		{Pattern: "GET /between", Allow: own, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /between/new", Allow: own, Title: title, Weight: web.Member, Do: r.showNew, Twin: "between"},
		{Pattern: "POST /between/new", Allow: own, Title: title, Weight: web.Member, Do: r.saveNew, Twin: "between"},
		{Pattern: "GET /between/{agreed}", Allow: own, Title: title, Weight: web.Member, Do: r.showOne, Twin: "between-again"},
		{Pattern: "POST /between/{agreed}", Allow: own, Title: title, Weight: web.Member, Do: r.saveOne, Twin: "between-again"},
		{Pattern: "POST /between/{agreed}/yes", Allow: own, Title: title, Weight: web.Nothing, Do: r.sayYes, Twin: "between-again"},
		{Pattern: "POST /between/{agreed}/back", Allow: own, Title: title, Weight: web.Nothing, Do: r.takeBack, Twin: "between-again"},
		{Pattern: "POST /between/{agreed}/end", Allow: own, Title: title, Weight: web.Nothing, Do: r.endIt, Twin: "between-again"},
	}
}

// rows lists what the viewer agreed with others, with the words shut, and everybody's names where there is any.
func (r *Room) rows(ctx context.Context, v person.Viewer) (list []Agreed, names map[person.ID]string, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if list, err = listOf(ctx, tx, v); err != nil || len(list) == 0 {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, v.Partnership)
		return err
	})
	return list, names, err
}

// News tells the two, each on her own first page, what waits for her yes, what has ended, and what there is to look
// at again.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	list, names, err := r.rows(q.Context(), q.Viewer)
	var links []look.Link
	for _, a := range list {
		key := ""
		switch {
		case a.Ended != "" && a.Ended != q.Viewer.ID:
			key = "ended"
		case a.Waits(q.Viewer.ID):
			key = "waits"
		case a.Due(q.Now()):
			key = "due"
		}
		if key != "" {
			links = append(links, look.Link{Href: "/between/" + a.ID, Text: q.Words.T("between.news_"+key, "name", names[a.With(q.Viewer.ID)])})
		}
	}
	return links, err
}

// open opens the words of the viewer's own.
func (r *Room) open(ctx context.Context, v person.Viewer, list []Agreed) error {
	var papers []consent.Paper
	var terms []*Terms
	for i := range list {
		papers, terms = append(papers, list[i].papers()...), append(terms, list[i].terms()...)
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	for i, o := range opened {
		if o.Open {
			terms[i].Words = o.Words.Reveal()
		}
	}
	return err
}
