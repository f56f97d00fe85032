// Package care holds the pages that are there for everybody, signed in or not: where to find somebody to
// talk to, what to know about a shared phone, and what is promised here (R52, R57, U6).
//
// None of them watches over anybody: the site is not an emergency service and says so.
package care

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/BurntSushi/toml"

	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml promises.toml
var files embed.FS

// A Promise is one sentence that a page gives, with the tests that show it. A sentence without a passing
// test is not to be shown.
type Promise struct {
	Number   int      `toml:"number"`
	Sentence string   `toml:"sentence"`
	Tests    []string `toml:"tests"` // package.TestName
}

// Promises returns what is promised, by number.
func Promises() ([]Promise, error) {
	var list struct {
		Promise []Promise `toml:"promise"`
	}
	if _, err := toml.DecodeFS(files, "promises.toml", &list); err != nil {
		return nil, fmt.Errorf("reading the promises: %w", err)
	}
	return list.Promise, nil
}

// Room is the pages for everybody.
type Room struct {
	promises []Promise
}

// New returns the room. It fails when the promises cannot be read.
func New() (*Room, error) {
	list, err := Promises()
	return &Room{list}, err
}

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "care", Pages: sub("pages"), Words: sub("words"), Routes: []web.Route{
		{Pattern: "GET /support", Allow: web.Everybody(), Title: "care.support_title", Weight: web.Member, Do: r.showSupport},
		{Pattern: "GET /phones", Allow: web.Everybody(), Title: "care.phone_title", Weight: web.Member, Do: r.showPhone},
		{Pattern: "GET /promises", Allow: web.Everybody(), Title: "care.promises_title", Weight: web.Member, Do: r.showPromises},
	}}
}

// page is a heading with a note, parts or cards under it, and a list.
type page struct {
	Title look.Title
	First look.Note
	Parts []look.Title
	Cards []look.Card
	List  []string
	After look.Note
}

// lines are the telephone lines offered, each with keys for its name, its number and when to use it.
// They serve all of the United Kingdom or say where they do not.
var lines = []string{"999", "111", "samaritans", "shout"}

// showSupport offers somebody to talk to.
func (r *Room) showSupport(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := page{Title: look.Title{Text: t("care.support"), Lead: t("care.support_lead")},
		First: look.Note{Title: t("care.not_watched"), Text: t("care.not_watched_text")},
		After: look.Note{Title: t("care.here"), Text: t("care.here_text")}}
	for _, l := range lines {
		p.Cards = append(p.Cards, look.Card{Title: look.Link{Text: t("care.line_" + l)}, Text: t("care.line_" + l + "_text"), Meta: t("care.line_" + l + "_when")})
	}
	return q.Show("page", p), nil
}

// showPhone says what leaving hides and what it does not, without telling anybody to clear anything.
func (r *Room) showPhone(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := page{Title: look.Title{Text: t("care.phone"), Lead: t("care.phone_lead")}}
	for _, about := range []string{"leave", "stays", "files", "clear", "key", "away"} {
		p.Parts = append(p.Parts, look.Title{Text: t("care.phone_" + about), Lead: t("care.phone_" + about + "_text")})
	}
	return q.Show("page", p), nil
}

// showPromises lists what is promised, and what is not.
func (r *Room) showPromises(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := page{Title: look.Title{Text: t("care.promises"), Lead: t("care.promises_lead")},
		After: look.Note{Title: t("care.not_promised"), Text: t("care.not_promised_text")}}
	for _, one := range r.promises {
		p.List = append(p.List, one.Sentence)
	}
	return q.Show("page", p), nil
}
