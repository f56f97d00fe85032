// Package language lets somebody choose the language of the pages, signed in or not, and says honestly how
// much of each language's words a person who speaks it has read.
package language

import (
	"embed"
	"io/fs"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/lang"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// keeps is how long this phone keeps the choice.
const keeps = 365 * 24 * time.Hour

// Deps is what the room stands on. Words is asked when a page is made: the catalogue is read after the
// rooms are.
type Deps struct {
	DB     *store.DB
	Circle *circle.Circle
	Words  func() *lang.Catalogue
	Now    func() time.Time
}

// Room is the choice of language.
type Room struct{ Deps }

// New returns the room.
func New(d Deps) *Room { return &Room{d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	open := web.Everybody()
	return web.Room{Name: "language", Pages: sub("pages"), Words: sub("words"), Routes: []web.Route{
		{Pattern: "GET /language", Allow: open, Title: "language.title", Weight: web.Member, Do: r.show, Table: true, Twin: web.Screen},
		{Pattern: "POST /language", Allow: open, Title: "language.title", Weight: web.Nothing, Do: r.choose, Table: true, Twin: web.Screen},
	}}
}

type page struct {
	Title     look.Title
	Languages []tongue
	Note      look.Note
}

// tongue is one language, in its own words.
type tongue struct {
	Code, Name, Direction string
	Read                  string // how much of it has been read
	Here                  bool
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	t, words := q.Words.T, r.Words()
	p := page{Title: look.Title{Text: t("language.heading"), Lead: t("language.lead")}, Note: look.Note{Text: t("language.note")}}
	for _, code := range words.Languages() {
		own := words.In(code)
		one := tongue{Code: code, Name: own.Name(), Direction: own.Direction(), Here: code == q.Words.Language()}
		switch reading := words.Reading(code); {
		case code == words.Languages()[0]:
			one.Read = own.T("language.first")
		case reading.Read == 0:
			one.Read = own.T("language.unread")
		case reading.Read < reading.Of:
			one.Read = own.T("language.partly", "read", reading.Read, "of", reading.Of, "by", strings.Join(reading.By, ", "))
		default:
			one.Read = own.T("language.read", "by", strings.Join(reading.By, ", "))
		}
		p.Languages = append(p.Languages, one)
	}
	return q.Show("language", p), nil
}

type languageForm struct {
	Language string `form:"language"`
}

// choose keeps the language on this phone and, for somebody signed in, wherever she signs in.
func (r *Room) choose(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[languageForm](q)
	if err != nil {
		return nil, err
	}
	code := r.Words().In(f.Language).Language()
	q.Keep(web.Language, code, r.Now().Add(keeps))
	if q.Viewer.Known() {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
			return r.Circle.Speak(q.Context(), tx, q.Partnership(), q.Viewer.ID, code)
		})
	}
	return web.Go("/"), err
}
