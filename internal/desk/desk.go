// Package desk is where an analyst begins: the studies she is named in, and for each what there is to do,
// in the order in which the Framework Method has it (Gale and others, 2013), which nobody has to keep to
// (R79).
package desk

import (
	"embed"
	"io/fs"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// Deps is what the room stands on.
type Deps struct {
	DB      *store.DB
	Studies *study.Studies
	Sources *source.Sources
	// Flags are what the rooms ask an analyst to look at again.
	Flags []Flags
}

// Flags lists what of the viewer's own in a study she should look at again, because what it was made from
// was taken back.
type Flags func(q *web.Request, study string) ([]look.Line, error)

// Room is the desk.
type Room struct{ Deps }

// New returns the room.
func New(d Deps) *Room { return &Room{d} }

// Web returns the room's route and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "desk", Pages: sub("pages"), Words: sub("words"), Routes: []web.Route{
		{Pattern: "GET /desk", Allow: web.Desk(web.SameStudy, person.Analyst), Title: "desk.title", Weight: web.AtDesk, Do: r.show},
	}}
}

// deskPage is the studies somebody analyses.
type deskPage struct {
	Title   look.Title
	Sources look.Card
	Checks  look.Card // what is kept for checking, also of studies that are over
	Studies []studyCard
	Empty   look.Empty
}

// studyCard is one study with its steps.
type studyCard struct {
	Question string
	Again    []look.Line // to be looked at again
	AgainSay string
	Counts   look.Table
	Steps    []look.Card

	id string
}

// steps are what can be done in a study, in order.
var steps = []step{
	{"frame", "/frame/", ""}, {"index", "/index/", ""}, {"find", "/find/", ""}, {"matrix", "/matrix/", ""},
	{"coverage", "/matrix/", "/coverage"}, {"export", "/export/", ""}, {"releases", "/releases/", ""},
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := deskPage{Title: look.Title{Text: t("desk.heading"), Lead: t("desk.lead")}, Empty: look.Empty{Title: t("desk.empty")},
		Sources: look.Card{Title: look.Link{Href: "/source", Text: t("desk.step_sources")}, Text: t("desk.step_sources_text")},
		Checks:  look.Card{Title: look.Link{Href: "/checks", Text: t("desk.step_checks")}, Text: t("desk.step_checks_text")}}
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		running, err := r.Studies.Running(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, s := range running {
			if !s.Names(q.Viewer.ID) {
				continue
			}
			counts, err := r.Sources.Counts(q.Context(), tx, q.Partnership(), s.ID)
			if err != nil {
				return err
			}
			p.Studies = append(p.Studies, card(q, s, counts))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range p.Studies {
		for _, flags := range r.Flags {
			more, err := flags(q, p.Studies[i].id)
			if err != nil {
				return nil, err
			}
			p.Studies[i].Again = append(p.Studies[i].Again, more...)
		}
	}
	return q.Show("desk", p), nil
}

// card makes one study's steps.
func card(q *web.Request, s study.Study, counts map[consent.Kind]int) studyCard {
	t := q.Words.T
	c := studyCard{id: s.ID, Question: s.Question, AgainSay: t("desk.again"), Counts: look.Table{Caption: t("desk.counts"), Label: t("desk.counts"), Numbers: true, Head: []string{t("desk.kind"), t("desk.how_many")}}}
	for _, kind := range source.Kinds() {
		c.Counts.Rows = append(c.Counts.Rows, []string{t("desk.kind_" + string(kind)), q.Words.T("desk.number", "count", counts[kind])})
	}
	for _, st := range steps {
		c.Steps = append(c.Steps, look.Card{Title: look.Link{Href: st.path(s.ID), Text: t("desk.step_" + st.name)}, Text: t("desk.step_" + st.name + "_text")})
	}
	return c
}

// A step is one thing to do in a study and where it is done.
type step struct{ name, before, after string }

func (s step) path(study string) string { return s.before + study + s.after }
