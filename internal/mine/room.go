package mine

import (
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

//go:embed pages/*.html words/*.toml migrations/*.sql file.html file.js
var files embed.FS

// A Part tells what one room keeps of whoever asks. It must not record an opening of her own words.
type Part func(*web.Request) ([]look.Held, error)

// Deps is what the room stands on.
type Deps struct {
	DB       *store.DB
	Gate     *consent.Gate
	Circle   *circle.Circle
	Accounts Accounts
	// Parts are what the rooms keep of her, in the order in which it is shown.
	Parts []Part
	Now   func() time.Time
}

// Room is somebody's own copy.
type Room struct {
	Deps
	locking chan struct{} // one file is locked at a time: it takes a second of work
}

// New returns the room. When somebody leaves, the list of her copies goes with her.
func New(d Deps) *Room {
	r := &Room{Deps: d, locking: make(chan struct{}, 1)}
	if d.Circle != nil {
		d.Circle.WhenLeaving(r.forget)
	}
	return r
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "mine", Pages: sub("pages"), Words: sub("words"), Migrations: sub("migrations"), Routes: r.routes(), Twins: r.twins()}
}

// whole is the weight of everything on one page: as long as what is kept of her, so that no number of bytes
// would be right for it.
var whole = web.Weight{Name: "whole", Bytes: 1 << 40}

func (r *Room) routes() []web.Route {
	own := circle.SignedIn(web.Own)
	sure := own
	sure.Sure = true
	print := web.Only(web.Own, circle.Writers()...)
	print.Sure = true
	return []web.Route{
		{Pattern: "GET /me/copy", Allow: own, Title: "mine.title", Weight: web.Member, Do: r.showWays, Twin: web.Reading},
		{Pattern: "GET /me/copy/all", Allow: sure, Title: "mine.title", Weight: whole, Do: r.showAll, Twin: web.Reading},
		{Pattern: "GET /me/copy/file", Allow: sure, Title: "mine.title", Weight: web.Member, Do: r.showFile, Twin: web.Screen},
		{Pattern: "GET /me/copy/with", Allow: sure, Title: "mine.title", Weight: web.Member, Do: r.showWith, Twin: "copy"},
		{Pattern: "POST /me/copy/with", Allow: sure, Title: "mine.title", Weight: web.Member, Do: r.saveWith, Twin: "copy"},
		{Pattern: "POST /me/copy/with/stop", Allow: own, Title: "mine.title", Weight: web.Nothing, Do: r.stopWith, Twin: "copy"},
		{Pattern: "GET /paper/print", Allow: web.Only(web.Any, circle.Writers()...), Title: "mine.title", Weight: web.Member, Do: r.showPrint, Twin: web.Screen},
		{Pattern: "POST /paper/print/{copy}", Allow: print, Title: "mine.title", Weight: whole, Do: r.openPaper, Twin: web.Screen},
		{Pattern: "POST /me/copy/file", Allow: sure, Title: "mine.title", Weight: web.File, Do: r.makeFile, Secret: true, Twin: web.Screen},
	}
}

// waysPage says first what a file leaves behind, and then offers the ways.
type waysPage struct {
	Title  look.Title
	Who    look.Who
	Ways   []way
	Stop   look.Button // takes back that it is printed with somebody
	Copies look.Held
	Print  look.Link // of others, with her
}

// A way to a copy.
type way struct {
	Heading string
	Notes   []look.Note
	Go      look.Button
}

func (r *Room) showWays(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	var prints []Paper
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		prints, err = papersOf(q.Context(), tx, q.Viewer)
		return err
	})
	if err != nil {
		return nil, err
	}
	copies, err := r.heldCopies(q)
	p := waysPage{
		Title: look.Title{Text: t("mine.heading"), Lead: t("mine.lead")},
		Who:   look.Who{Title: t("mine.who_title"), Text: t("mine.who")},
		Ways: []way{
			{t("mine.read_heading"), []look.Note{note(q, "paper")}, look.Button{Text: t("mine.read"), Href: "/me/copy/all"}},
			{t("mine.with_way"), []look.Note{note(q, "with_sees")}, look.Button{Text: t("mine.with_go"), Href: "/me/copy/with"}},
			fileWay(q),
		},
		Copies: copies,
	}
	if slices.ContainsFunc(prints, func(p Paper) bool { return p.Open(r.Now()) }) {
		p.Stop = look.Button{Text: t("mine.with_stop"), Look: look.Second}
	}
	if q.Viewer.Standings.Meets(circle.Writers()) {
		p.Print = look.Link{Href: "/paper/print", Text: t("mine.print_heading")}
	}
	return q.Show("ways", p), err
}

// fileWay says what a file leaves behind before it offers one. Who switched files off is told where.
func fileWay(q *web.Request) way {
	t := q.Words.T
	if q.Viewer.NoFiles {
		return way{t("mine.file_heading"), []look.Note{note(q, "off")}, look.Button{Text: t("mine.off_go"), Look: look.Second, Href: "/me/helpers"}}
	}
	return way{t("mine.file_heading"), []look.Note{note(q, "stays"), note(q, "locked"), note(q, "scripts")}, look.Button{Text: t("mine.file"), Href: "/me/copy/file"}}
}

func note(q *web.Request, key string) look.Note {
	return look.Note{Title: q.Words.T("mine." + key + "_title"), Text: q.Words.T("mine." + key)}
}

// heldCopies lists the copies she took, and those that are printed with somebody.
func (r *Room) heldCopies(q *web.Request) (look.Held, error) {
	var copies []Copy
	var prints []Paper
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if copies, err = listCopies(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		if prints, err = papersOf(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	t := q.Words.T
	h := look.Held{Heading: t("mine.copies_heading"), Lead: t("mine.copies_none")}
	for _, p := range prints {
		switch {
		case !p.Begun.IsZero():
			h.Lines = append(h.Lines, look.Line{When: q.Words.When(p.Begun), Text: t("mine.copy_paper", "name", names[p.With])})
		case p.Open(r.Now()):
			h.Lines = append(h.Lines, look.Line{When: q.Words.When(p.Made), Text: t("mine.copy_waits", "name", names[p.With], "when", q.Words.When(p.Until))})
		}
	}
	for _, c := range copies {
		h.Lines = append(h.Lines, look.Line{When: q.Words.When(c.At), Text: t("mine.copy_file")})
	}
	if len(h.Lines) > 0 {
		h.Lead = t("mine.copies_lead")
	}
	return h, err
}

// News tells whoever was chosen that somebody would like to print her copy with her.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var list []Paper
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = papersWith(q.Context(), tx, q.Viewer, r.Now())
		return err
	})
	if len(list) == 0 {
		return nil, err
	}
	return []look.Link{{Href: "/paper/print", Text: q.Words.T("mine.news_print")}}, err
}
