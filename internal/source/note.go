package source

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// notePage is a reflective note that its writer can offer to a study (R72). It stays hers: what the study
// may do with it is what her own answers say, and here she only opens the door.
type notePage struct {
	Check   look.Check
	Title   look.Title
	State   look.Note
	Action  string
	Parts   look.Choice // her paragraphs, to tick those that speak of somebody
	About   look.Choice
	Mark    look.Button
	Marked  string
	Remove  []look.Button
	Study   look.Choice
	Acts    []look.Button
	Stop    *oneButton
	Answers look.Link
}

// own is her note with everything the page needs.
type own struct {
	c       consent.Contribution
	speaker consent.Speaker
	marks   []consent.Mention
	people  []circle.Person
	studies []study.Study
	source  Source // zero when it was never offered
}

// note returns a note that the viewer wrote and keeps herself. Nothing else has such a page.
func (r *Room) note(q *web.Request) (own, error) {
	var o own
	id, ctx, p := consent.ID(q.Path("contribution")), q.Context(), q.Partnership()
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		mine, err := r.gate.Mine(ctx, tx, q.Viewer)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(mine, func(h consent.Heading) bool {
			return h.ID == id && h.Kind == consent.Note && h.Keeper == q.Viewer.ID
		}) {
			return fault.Missing
		}
		if taken, err := r.gate.Taken(ctx, tx, p, id); err != nil || slices.ContainsFunc(taken, func(w consent.Withdrawal) bool { return w.Turn == "" }) {
			return errors.Join(err, fault.Missing)
		}
		if o.source, err = r.sources.Get(ctx, tx, p, id); err != nil && !isMissing(err) {
			return err
		}
		if o.marks, err = r.gate.Mentions(ctx, tx, p, id); err != nil {
			return err
		}
		if o.people, err = r.circle.List(ctx, tx, p); err != nil {
			return err
		}
		o.studies, err = r.studies.Running(ctx, tx, p)
		return err
	})
	if err != nil {
		return o, err
	}
	if o.c, err = r.gate.OpenOwn(ctx, q.Viewer, id); err != nil {
		return o, err
	}
	for _, s := range o.c.Speakers {
		if s.Person == q.Viewer.ID {
			o.speaker = s
		}
	}
	return o, nil
}

func (r *Room) showNote(q *web.Request) (web.Answer, error) {
	o, err := r.note(q)
	if err != nil {
		return nil, err
	}
	return q.Show("note", o.page(q, "", "")), nil
}

func (o own) page(q *web.Request, at, problem string) notePage {
	t, path := q.Words.T, "/offer-note/"+string(o.c.ID)
	p := notePage{
		Title:  look.Title{Text: t("source.note_heading"), Lead: t("source.note_lead")},
		Action: path, Mark: look.Button{Text: t("source.note_mark"), Look: look.Second, Name: "act", Value: "mark"},
		Parts:   look.Choice{Name: "turn", Legend: t("source.note_parts"), Hint: t("source.note_parts_hint"), Multiple: true},
		About:   look.Choice{Name: "about", Legend: t("source.note_about")},
		Study:   look.Choice{Name: "study", Legend: t("source.note_study")},
		Acts:    []look.Button{{Text: t("source.note_offer"), Name: "act", Value: "offer"}, {Text: t("source.note_leave"), Look: look.Second, Href: "/share/" + string(o.c.ID)}},
		Answers: look.Link{Href: "/share/" + string(o.c.ID) + "/change", Text: t("source.note_answers")},
	}
	for _, turn := range o.c.Turns {
		if turn.Open && turn.Speaker == o.speaker.ID {
			p.Parts.Options = append(p.Parts.Options, look.Option{Value: strconv.Itoa(turn.Seq), Label: strings.TrimSpace(turn.Words.Reveal())})
		}
	}
	for _, who := range o.people {
		if who.ID != q.Viewer.ID {
			p.About.Options = append(p.About.Options, who.Option(""))
		}
	}
	for _, s := range o.studies {
		p.Study.Options = append(p.Study.Options, look.Option{Value: s.ID, Label: s.Question, Chosen: s.ID == o.source.Study})
	}
	o.addMarks(q, &p)
	o.addState(q, &p, path)
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + at, Text: problem}}}
	}
	return p
}

// addMarks lists the places that she has marked, each with a way to take the mark away.
func (o own) addMarks(q *web.Request, p *notePage) {
	t := q.Words.T
	for _, m := range o.marks {
		i := slices.IndexFunc(o.people, func(who circle.Person) bool { return who.ID == m.About })
		n := slices.IndexFunc(o.c.Turns, func(turn consent.Turn) bool { return turn.ID == m.Turn })
		if i < 0 || n < 0 {
			continue
		}
		p.Marked = t("source.note_marked")
		p.Remove = append(p.Remove, look.Button{Text: t("source.note_unmark", "n", o.c.Turns[n].Seq, "name", o.people[i].Name),
			Look: look.Quiet, Name: "act", Value: "unmark:" + string(m.ID)})
	}
}

// addState says whether the note is offered, and whether her answers let the study read it.
func (o own) addState(q *web.Request, p *notePage, path string) {
	t := q.Words.T
	if o.source.State != Offered {
		return
	}
	p.State = look.Note{Title: t("source.note_is_offered"), Text: t("source.note_decides")}
	if _, yes := Analysable(o.speaker.Terms, o.source.Study, q.Now()); !yes {
		p.State.Text = t("source.note_no_yes")
	}
	p.Stop = &oneButton{path + "/stop", "", look.Button{Text: t("source.note_stop"), Look: look.Second}}
	p.Acts = p.Acts[1:]
}

// noteForm is what comes back. Act says which button was pressed.
type noteForm struct {
	Act   string   `form:"act"`
	Turns []string `form:"turn"`
	About string   `form:"about"`
	Study string   `form:"study"`
}

func (r *Room) offerNote(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[noteForm](q)
	if err != nil {
		return nil, err
	}
	o, err := r.note(q)
	if err != nil {
		return nil, err
	}
	mark, unmarking := strings.CutPrefix(f.Act, "unmark:")
	switch {
	case unmarking:
		err = r.db.Write(q.Context(), func(tx *store.Tx) error {
			return r.gate.Unmark(q.Context(), tx, q.Partnership(), o.c.ID, consent.ID(mark))
		})
		return web.GoSaying("/offer-note/"+string(o.c.ID), "source.note_unmarked"), err
	case f.Act == "mark":
		return r.markNote(q, o, f)
	}
	return r.placeNote(q, o, f)
}

// markNote marks paragraphs of hers that speak of somebody: that person's own answer then decides.
func (r *Room) markNote(q *web.Request, o own, f noteForm) (web.Answer, error) {
	var marks []consent.Mention
	for _, turn := range o.c.Turns {
		if slices.Contains(f.Turns, strconv.Itoa(turn.Seq)) && turn.Open && turn.Speaker == o.speaker.ID {
			marks = append(marks, consent.Mention{Turn: turn.ID, Span: consent.Span{End: turn.Length}})
		}
	}
	m := marking{kept: kept{Source: Source{ID: o.c.ID}}, marks: o.marks, people: o.people}
	if !m.knows(f.About) || len(marks) == 0 {
		return q.Again("note", o.page(q, "turn", q.Words.T("source.note_mark_needs"))), nil
	}
	err := r.save(q, m, person.ID(f.About), marks)
	return web.GoSaying("/offer-note/"+string(o.c.ID), "source.note_mark_saved"), err
}

// placeNote offers the note to the study she chose. Offered twice it is offered once.
func (r *Room) placeNote(q *web.Request, o own, f noteForm) (web.Answer, error) {
	if !slices.ContainsFunc(o.studies, func(s study.Study) bool { return s.ID == f.Study }) {
		return q.Again("note", o.page(q, "study", q.Words.T("source.note_study_needed"))), nil
	}
	err := r.db.Write(q.Context(), func(tx *store.Tx) error {
		if o.source.ID != "" {
			return r.sources.place(q.Context(), tx, q.Partnership(), o.source, f.Study)
		}
		return r.sources.insert(q.Context(), tx, q.Partnership(), Source{ID: o.c.ID, Study: f.Study, Kind: consent.Note, State: Offered, Keeper: q.Viewer.ID}, partsOf(o.c))
	})
	if errors.Is(err, store.ErrDuplicate) { // the same button, pressed twice
		err = nil
	}
	return web.GoSaying("/offer-note/"+string(o.c.ID), "source.note_offered"), err
}

// partsOf counts the voices of a contribution that is there already.
func partsOf(c consent.Contribution) []Part {
	parts := make([]Part, len(c.Speakers))
	for i, s := range c.Speakers {
		parts[i] = Part{Speaker: s.ID, Role: s.Role, Person: s.Person}
		for _, turn := range c.Turns {
			if turn.Speaker != s.ID {
				continue
			}
			if parts[i].Turns == 0 {
				parts[i].first = turn.ID
			}
			parts[i].Turns++
		}
	}
	return parts
}

// stopNote takes her note out of the study again.
func (r *Room) stopNote(q *web.Request) (web.Answer, error) {
	o, err := r.note(q)
	if err != nil {
		return nil, err
	}
	if o.source.ID == "" {
		return nil, fault.Missing
	}
	return web.GoSaying(fmt.Sprintf("/offer-note/%s", o.c.ID), "source.note_stopped"), r.moveTo(q, o.source, Closed)
}
