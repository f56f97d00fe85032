// Package letters lets somebody choose how pages are shown to her, signed in or not: clearer letters, larger
// ones, less data. It is hers and kept (U40).
package letters

import (
	"embed"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// keeps is how long this phone keeps the choice.
const keeps = 365 * 24 * time.Hour

// Deps is what the room stands on.
type Deps struct {
	DB     *store.DB
	Circle *circle.Circle
	Now    func() time.Time
}

// Room is the choice.
type Room struct{ Deps }

// New returns the room.
func New(d Deps) *Room { return &Room{d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	open := web.Everybody()
	return web.Room{Name: "letters", Pages: sub("pages"), Words: sub("words"), Routes: []web.Route{
		{Pattern: "GET /letters", Allow: open, Title: "letters.title", Weight: web.Member, Do: r.show, Table: true, Twin: web.Screen},
		{Pattern: "POST /letters", Allow: open, Title: "letters.title", Weight: web.Nothing, Do: r.choose, Table: true, Twin: web.Screen},
	}}
}

type page struct {
	Title look.Title
	Asks  []look.Choice
	Acts  []look.Button
	Note  look.Note
}

// show asks three things, each answered as it is now, so that the page shows what it is about.
func (r *Room) show(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	ask := func(name, now string, answers ...string) look.Choice {
		c := look.Choice{Name: name, Legend: t("letters." + name)}
		for _, a := range answers {
			o := look.Option{Value: a, Label: t("letters." + name + "_" + a), Chosen: a == now}
			if hint := "letters." + name + "_" + a + "_hint"; q.Words.Has(hint) {
				o.Hint = t(hint)
			}
			c.Options = append(c.Options, o)
		}
		return c
	}
	either := func(yes bool, other string) string {
		if yes {
			return other
		}
		return "usual"
	}
	note := "letters.note"
	if !q.Viewer.Known() {
		note = "letters.note_out"
	}
	return q.Show("letters", page{
		Title: look.Title{Text: t("letters.heading"), Lead: t("letters.lead")},
		Asks: []look.Choice{
			ask("shapes", either(q.Looks.Clear, "clear"), "usual", "clear"),
			ask("size", either(q.Looks.Size != person.Usual, string(q.Looks.Size)), "usual", string(person.Larger), string(person.Largest)),
			ask("data", either(q.Looks.Less, "less"), "usual", "less"),
		},
		Acts: []look.Button{{Text: t("letters.save")}},
		Note: look.Note{Text: t(note)},
	}), nil
}

type lettersForm struct {
	Shapes string `form:"shapes"`
	Size   string `form:"size"`
	Data   string `form:"data"`
}

// choose keeps the choice with her and, where the screen is her own, on this phone: the page on which she signs
// in is then shown so, too.
func (r *Room) choose(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[lettersForm](q)
	if err != nil {
		return nil, err
	}
	// What is not one of the answers is dropped, and so is the usual: it is what is left.
	looks := person.ParseLooks(f.Shapes + " " + f.Size + " " + f.Data)
	looks.Chosen = true
	if q.Viewer.Table == "" {
		q.Keep(web.Looks, looks.String(), r.Now().Add(keeps))
	}
	if q.Viewer.Known() {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
			return r.Circle.Show(q.Context(), tx, q.Partnership(), q.Viewer.ID, looks)
		})
	}
	return web.GoSaying("/letters", "letters.kept"), err
}
