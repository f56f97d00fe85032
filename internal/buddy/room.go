package buddy

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

// Room is who is there for whom, for the two alone.
type Room struct{ Deps }

// takes is as whom somebody takes part.
var takes = web.Taking(web.Own).Standings

// New returns the room. When somebody leaves, what there was between her and others goes with her.
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
	own := web.Taking(web.Own)
	const title = "buddy.title"
	return web.Room{Name: "buddy", Pages: sub("pages"), Words: sub("words"), Migrations: Migrations, Twins: r.twins(), Routes: []web.Route{
		{Pattern: "GET /buddy", Allow: own, Title: title, Weight: web.Member, Do: r.show, Twin: web.Reading},
		{Pattern: "GET /buddy/new", Allow: own, Title: title, Weight: web.Member, Do: r.showNew, Twin: "buddy"},
		{Pattern: "POST /buddy/new", Allow: own, Title: title, Weight: web.Member, Do: r.saveNew, Twin: "buddy"},
		{Pattern: "GET /buddy/{buddy}", Allow: own, Title: title, Weight: web.Member, Do: r.showOne, Twin: "buddy-again"},
		{Pattern: "POST /buddy/{buddy}/yes", Allow: own, Title: title, Weight: web.Nothing, Do: r.sayYes, Twin: "buddy-again"},
		{Pattern: "POST /buddy/{buddy}/end", Allow: own, Title: title, Weight: web.Nothing, Do: r.end, Twin: "buddy-again"},
	}}
}

// rows lists what there is between the viewer and others, with the words shut, and everybody's names where there is any.
func (r *Room) rows(ctx context.Context, v person.Viewer) (list []Link, names map[person.ID]string, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if list, err = listOf(ctx, tx, v); err != nil || len(list) == 0 {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, v.Partnership)
		return err
	})
	return list, names, err
}

// hers lists what there is for the viewer, opened, with everybody's names.
func (r *Room) hers(ctx context.Context, v person.Viewer) ([]Link, map[person.ID]string, error) {
	list, names, err := r.rows(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	list = slices.DeleteFunc(list, func(l Link) bool { return !l.Sees(v.ID) })
	return list, names, r.open(ctx, v, list)
}

// open opens the words of what there is for the viewer.
func (r *Room) open(ctx context.Context, v person.Viewer, list []Link) error {
	var papers []consent.Paper
	var into []*string
	for i := range list {
		if l := &list[i]; l.Open() {
			papers, into = append(papers, l.papers()...), append(into, &l.Words[0], &l.Words[1])
		}
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	for i, o := range opened {
		if o.Open {
			*into[i] = o.Words.Reveal()
		}
	}
	return err
}
