// Package rehearsal is a first try with a pretend sentence: share it, see who opened it, take it back,
// watch it go.
//
// Nothing in it is play: the sentence goes through the same gate as any other, with terms for one reader,
// the program itself. The opening she sees is a real one, and taking it back destroys a real key. That is
// the test somebody wants to make before she trusts a place with anything.
package rehearsal

import (
	"embed"
	"errors"
	"io/fs"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// Kind marks a pretend sentence.
const Kind consent.Kind = "rehearsal"

// lasts is how long a pretend sentence stays open when she does not take it back.
const lasts = 24 * time.Hour

// Deps is what the room stands on.
type Deps struct {
	DB   *store.DB
	Gate *consent.Gate
	Now  func() time.Time
}

// Room is the first try.
type Room struct{ Deps }

// New returns the room.
func New(d Deps) *Room { return &Room{d} }

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	own := circle.SignedIn(web.Own)
	return web.Room{Name: "rehearsal", Pages: sub("pages"), Words: sub("words"), Routes: []web.Route{
		{Pattern: "GET /first", Allow: own, Title: "rehearsal.title", Weight: web.Member, Do: r.show, Twin: web.Screen},
		{Pattern: "POST /first", Allow: own, Title: "rehearsal.title", Weight: web.Member, Do: r.share, Twin: web.Screen},
		{Pattern: "GET /first/{contribution}", Allow: own, Title: "rehearsal.title", Weight: web.Member, Do: r.showStep, Twin: web.Screen},
		{Pattern: "POST /first/{contribution}/read", Allow: own, Title: "rehearsal.title", Weight: web.Nothing, Do: r.read, Twin: web.Screen},
		{Pattern: "POST /first/{contribution}/back", Allow: own, Title: "rehearsal.title", Weight: web.Nothing, Do: r.takeBack, Twin: web.Screen},
	}}
}

// A step is how far a try has come.
type step int

const (
	shared step = iota + 2 // the first step is writing
	opened
	gone
)

// stepOf returns how far a try has come, from what the gate says.
func stepOf(openings int, taken bool) step {
	switch {
	case taken:
		return gone
	case openings > 0:
		return opened
	}
	return shared
}

// page is one step of the try.
type page struct {
	Check    look.Check
	Steps    look.Steps
	Title    look.Title
	Words    string
	Openings look.Summary
	Note     look.Note
	Text     *look.Field
	Action   string
	Acts     []look.Button
	Links    []look.Link
}

func steps(q *web.Request, now step) look.Steps {
	return look.Steps{Text: q.Words.T("rehearsal.part", "now", int(now), "of", 4), Now: int(now), Of: 4}
}

// show offers the pretend sentence.
func (r *Room) show(q *web.Request) (web.Answer, error) {
	return q.Show("step", newFirst(q, q.Words.T("rehearsal.sentence"), "")), nil
}

func newFirst(q *web.Request, text, problem string) page {
	t := q.Words.T
	p := page{Steps: steps(q, 1), Title: look.Title{Text: t("rehearsal.heading"), Lead: t("rehearsal.lead")}, Action: "/first",
		Text: &look.Field{Name: "text", Label: t("rehearsal.text"), Hint: t("rehearsal.text_hint"), WhoTitle: t("rehearsal.who_title"), Who: t("rehearsal.who"),
			Value: text, Rows: 2, Max: 200, Left: t("rehearsal.left"), Over: t("rehearsal.over"), Problem: problem},
		Acts: []look.Button{{Text: t("rehearsal.share")}, {Text: t("rehearsal.skip"), Look: look.Second, Href: "/"}}}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#text", Text: problem}}}
	}
	return p
}

type textForm struct {
	Text string `form:"text" max:"200"`
}

// share shares the sentence with the program and nobody else, for a day at most.
func (r *Room) share(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[textForm](q)
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid:
		return q.Again("step", newFirst(q, f.Text, circle.Say(q, err))), nil
	case err != nil:
		return nil, err
	case f.Text == "":
		return q.Again("step", newFirst(q, "", q.Words.T("rehearsal.empty"))), nil
	}
	ctx, v := q.Context(), q.Viewer
	prepared, err := r.Gate.Prepare(ctx, v.Partnership, consent.Incoming{Kind: Kind, Keeper: v.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: v.ID, Label: v.Name}}, Turns: []consent.NewTurn{{Text: f.Text}}})
	if err != nil {
		return nil, err
	}
	terms := consent.Terms{Owner: v.ID, Attribution: consent.ByNone, How: consent.How{Way: "screen", By: v.ID}, Yes: []consent.Yes{{
		Audience: consent.Audience{Kind: consent.ToPerson, ID: string(consent.Program)},
		Use:      consent.Use{Purpose: consent.Heard, Form: consent.Words}, Until: r.Now().Add(lasts), Later: true}}}
	err = r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := prepared.Save(ctx, tx); err != nil {
			return err
		}
		return r.Gate.SetTerms(ctx, tx, v, prepared.ID, prepared.Speakers[0], terms)
	})
	return web.Go("/first/" + string(prepared.ID)), err
}

// hers returns a try of hers and how far it has come.
func (r *Room) hers(q *web.Request) (consent.Contribution, []consent.Opening, step, error) {
	ctx := q.Context()
	id := consent.ID(q.Path("contribution"))
	c, err := r.Gate.OpenOwn(ctx, q.Viewer, id)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return c, nil, 0, err
	}
	var openings []consent.Opening
	taken := false
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		heading, err := r.Gate.HeadingOf(ctx, tx, q.Partnership(), id)
		if err != nil || heading.Kind != Kind || heading.Keeper != q.Viewer.ID {
			return errors.Join(err, fault.Missing)
		}
		back, err := r.Gate.Taken(ctx, tx, q.Partnership(), id)
		if err != nil {
			return err
		}
		taken = len(back) > 0
		if !taken {
			openings, err = r.Gate.Openings(ctx, tx, q.Viewer, id)
		}
		return err
	})
	return c, openings, stepOf(len(openings), taken), err
}

// showStep shows where the try stands. On the last page the program tries to read it once more, and cannot.
func (r *Room) showStep(q *web.Request) (web.Answer, error) {
	c, openings, now, err := r.hers(q)
	if err != nil {
		return nil, err
	}
	t, at := q.Words.T, "/first/"+string(c.ID)
	if now == gone {
		p := page{Steps: steps(q, now), Title: look.Title{Text: t("rehearsal.gone"), Lead: t("rehearsal.gone_lead")}, Note: look.Note{Text: t("rehearsal.tried")},
			Links: []look.Link{{Href: "/me/helpers", Text: t("rehearsal.helpers")}, {Href: "/", Text: t("rehearsal.end")}}}
		if readable, err := r.readAs(q, consent.ID(q.Path("contribution"))); err != nil || readable {
			return nil, errors.Join(err, errStillThere)
		}
		return q.Show("step", p), nil
	}
	p := page{Steps: steps(q, now), Words: c.Turns[0].Words.Reveal()}
	if now == shared {
		p.Title, p.Action = look.Title{Text: t("rehearsal.shared"), Lead: t("rehearsal.shared_lead")}, at+"/read"
		p.Acts = []look.Button{{Text: t("rehearsal.let_read")}, {Text: t("rehearsal.take_back"), Look: look.Second, Action: at + "/back"}}
		return q.Show("step", p), nil
	}
	p.Title, p.Action = look.Title{Text: t("rehearsal.opened"), Lead: t("rehearsal.opened_lead")}, at+"/back"
	for _, o := range openings {
		p.Openings.Rows = append(p.Openings.Rows, look.SummaryRow{Term: t("rehearsal.program"), Value: q.Words.When(o.Hour)})
	}
	p.Acts = []look.Button{{Text: t("rehearsal.take_back")}}
	return q.Show("step", p), nil
}

// errStillThere is a promise broken: what was taken back could be read. The log hears of it.
var errStillThere = errors.New("a sentence that was taken back could still be read")

// readAs opens the sentence as the program and reports whether there was anything to read.
func (r *Room) readAs(q *web.Request, id consent.ID) (bool, error) {
	program := person.Viewer{Partnership: q.Partnership(), ID: consent.Program}
	_, err := r.Gate.OpenOne(q.Context(), program, consent.Use{Purpose: consent.Heard, Form: consent.Words}, consent.Reading, id)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// read lets the program open the sentence, which is recorded like anybody's opening.
func (r *Room) read(q *web.Request) (web.Answer, error) {
	c, _, now, err := r.hers(q)
	if err != nil {
		return nil, err
	}
	if now != gone {
		if _, err := r.readAs(q, c.ID); err != nil {
			return nil, err
		}
	}
	return web.Go("/first/" + q.Path("contribution")), nil
}

// takeBack takes the sentence back and erases it now.
func (r *Room) takeBack(q *web.Request) (web.Answer, error) {
	c, _, now, err := r.hers(q)
	if err != nil {
		return nil, err
	}
	if now != gone {
		err = r.Gate.TakeBack(q.Context(), q.Viewer, consent.Part{Contribution: c.ID, Speaker: c.Speakers[0].ID}, true)
	}
	return web.Go("/first/" + q.Path("contribution")), err
}
