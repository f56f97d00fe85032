package source

import (
	"cmp"
	"fmt"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// onePage is a source as its keeper sees it, or an analyst: what is known of it without a word opened.
type onePage struct {
	Check    look.Check
	Title    look.Title
	State    look.Tag
	Next     []look.Note // what is still to be done before it can be analysed
	PartsSay string
	Parts    []partView
	FactsSay string
	Facts    look.Summary
	Change   look.Link
	Mark     look.Link
	Offer    *offerForm
	Close    *oneButton
	Back     look.Link
}

// partView is one voice on it.
type partView struct {
	Card  look.Card
	Forms []oneButton
}

// oneButton is a form that is one button.
type oneButton struct {
	Action string
	Text   string
	Button look.Button
}

// offerForm asks the keeper to say that she has marked every place.
type offerForm struct {
	Action  string
	Heading string
	Said    look.Choice
	Acts    []look.Button
}

func (r *Room) showOne(q *web.Request) (web.Answer, error) {
	k, err := r.known(q)
	if err != nil {
		return nil, err
	}
	p, err := r.newOnePage(q, k, "")
	if err != nil {
		return nil, err
	}
	return q.Show("one", p), nil
}

// known returns a source that the viewer keeps, or one that is offered in a running study that names her
// and of which something is open to her, if only to be counted. To anybody else it does not exist: neither
// a yes that she is not in nor what was taken back is hers to learn of.
func (r *Room) known(q *web.Request) (kept, error) {
	k, err := r.load(q.Context(), q.Viewer, consent.ID(q.Path("source")))
	if err != nil || k.Keeper == q.Viewer.ID {
		return k, err
	}
	if k.State != Offered || !k.study.Names(q.Viewer.ID) || !k.study.Runs(q.Now()) {
		return k, fault.Missing
	}
	k.open, err = r.gate.Rule(q.Context(), q.Viewer, consent.Use{Purpose: consent.Analysis, For: k.Study, Form: consent.Number}, k.ID)
	if err == nil && !k.open.Told(k.ID) {
		err = fault.Missing
	}
	return k, err
}

func (r *Room) newOnePage(q *web.Request, k kept, problem string) (onePage, error) {
	t, path := q.Words.T, "/source/"+string(k.ID)
	facts := map[consent.ID]Facts{}
	if !k.shut() {
		var err error
		if facts, err = r.sources.FactsOf(q.Context(), q.Viewer, k.Source); err != nil {
			return onePage{}, err
		}
	}
	kind, title := kindName(q, k.Kind), facts[k.ID].Title
	p := onePage{
		Title:    look.Title{Text: cmp.Or(title, kind), Lead: t("source.one_lead", "kind", kind, "date", q.Words.Date(k.Added), "question", k.study.Question)},
		State:    stateTag(q, k.State),
		PartsSay: t("source.parts_heading"), Back: look.Link{Href: "/source", Text: t("source.to_list")},
	}
	if f, ok := facts[k.ID]; ok {
		p.FactsSay, p.Facts = t("source.facts_heading"), factsSummary(q, f)
	}
	how, err := r.howTold(q, k)
	if err != nil {
		return p, err
	}
	yes := 0
	for i := range k.parts {
		view, analysable, err := r.partView(q, k, i, how)
		if err != nil {
			return p, err
		}
		if analysable && k.parts[i].Role != consent.Interviewer {
			yes++
		}
		p.Parts = append(p.Parts, view)
	}
	if err := r.meetingNote(q, k, &p); err != nil {
		return p, err
	}
	if k.Keeper == q.Viewer.ID && !k.shut() {
		p.forKeeper(q, k, path, yes, problem)
		if note := untoldNote(q, k); note.Title != "" && k.State != Offered {
			p.Next = append([]look.Note{note}, p.Next...)
		}
		lost, err := r.lostNote(q, k.ID)
		if err != nil {
			return p, err
		}
		if lost.Title != "" {
			p.Next = append(p.Next, lost)
		}
	}
	return p, nil
}

// forKeeper adds what the keeper can do next.
func (p *onePage) forKeeper(q *web.Request, k kept, path string, yes int, problem string) {
	t := q.Words.T
	p.Mark = look.Link{Href: path + "/mark", Text: t("source.mark_link")}
	if k.key != "" {
		p.Change = look.Link{Href: path + "/facts", Text: t("source.facts_change")}
	}
	if k.State == Offered {
		p.Close = &oneButton{path + "/close", t("source.close_text"), look.Button{Text: t("source.close"), Look: look.Second}}
	}
	if yes == 0 {
		p.Next = append(p.Next, look.Note{Title: t("source.next_terms_title"), Text: t("source.next_terms")})
	}
	if !k.study.Runs(q.Now()) {
		p.Next = append(p.Next, look.Note{Title: t("source.next_study_title"), Text: t("source.next_study")})
	}
	if k.State == Offered {
		return
	}
	p.Offer = &offerForm{Action: path + "/offer", Heading: t("source.offer_heading"), Acts: []look.Button{{Text: t("source.offer")}},
		Said: look.Choice{Name: "marked", Legend: t("source.offer_legend"), Hint: t("source.offer_hint"), Multiple: true, Problem: problem,
			Options: []look.Option{{Value: "1", Label: t("source.offer_said"), Chosen: k.State == Marked}}}}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#marked", Text: problem}}}
	}
}

// partView shows one voice: how much of it there is, how much is closed, and to its keeper or owner what
// it allows. It reports whether the part may be analysed. An analyst is told of a part that is not open to
// her that it is not, and nothing else.
func (r *Room) partView(q *web.Request, k kept, i int, how map[consent.ID]string) (partView, bool, error) {
	t, part := q.Words.T, k.parts[i]
	if k.Keeper != q.Viewer.ID && part.Person != q.Viewer.ID && !k.open.Voice(part.Speaker) {
		return partView{Card: look.Card{Title: look.Link{Text: placeName(q, part, i)}, Tags: []look.Tag{{Text: t("source.closed_to_you"), Kind: look.Closed}}}}, false, nil
	}
	closed := k.closedTurns(part)
	v := partView{Card: look.Card{Title: look.Link{Text: partName(q, k, i)},
		Meta: t("source.role_"+string(part.Role)) + ". " + t("source.part_turns", "count", part.Turns)}}
	w, taken := k.withdrawn(part)
	switch {
	case part.Gone:
		v.Card.Tags = []look.Tag{{Text: t("source.part_gone"), Kind: look.Closed}}
		return v, false, nil
	case taken:
		v.Card.Tags = []look.Tag{{Text: t("source.part_taken"), Kind: look.Closed}}
		if r.mayBringBack(q, k, part, w) {
			v.Forms = []oneButton{{fmt.Sprintf("/source/%s/return/%s", k.ID, part.Speaker), "", look.Button{Text: t("source.return"), Look: look.Quiet, About: v.Card.Title.Text}}}
		}
		return v, false, nil
	case closed > 0:
		v.Card.Tags = []look.Tag{{Text: t("source.part_some", "count", closed), Kind: look.Closed}}
	}
	if k.Keeper != q.Viewer.ID {
		return v, false, nil
	}
	if told := how[part.Speaker]; told != "" {
		v.Card.Meta += ". " + told
	}
	terms, err := r.termsOf(q, k, part)
	if err != nil {
		return v, false, err
	}
	until, yes := Analysable(terms, k.Study, q.Now())
	if yes {
		v.Card.Text = t("source.part_until", "date", q.Words.Date(until))
	} else {
		v.Card.Text = t("source.part_no_terms")
	}
	v.Card.Links, v.Forms = partDoings(q, k, part, terms, v.Card.Title.Text)
	return v, yes, nil
}

// partDoings is what a keeper can do about a part: her own is hers to change, that of somebody outside
// the circle is written down for her, and taken back for her when she asks. What is nobody's any more stays as
// it was left.
func partDoings(q *web.Request, k kept, part Part, terms consent.Terms, name string) ([]look.Link, []oneButton) {
	t := q.Words.T
	if part.Person == q.Viewer.ID {
		return []look.Link{{Href: "/share/" + string(k.ID), Text: t("source.own_terms_link")}}, nil
	}
	if terms.Severed() {
		return nil, nil
	}
	links := []look.Link{{Href: fmt.Sprintf("/source/%s/terms/%s", k.ID, part.Speaker), Text: t("source.terms_link"), About: name}}
	if part.Person != "" {
		return links, nil
	}
	return links, []oneButton{{fmt.Sprintf("/source/%s/back/%s", k.ID, part.Speaker), "", look.Button{Text: t("source.back"), Look: look.Quiet, About: name}}}
}

func (r *Room) mayBringBack(q *web.Request, k kept, part Part, w consent.Withdrawal) bool {
	return k.Keeper == q.Viewer.ID && part.Person == "" && w.Destroyed.IsZero() && w.EraseAt.After(q.Now())
}

func (r *Room) termsOf(q *web.Request, k kept, part Part) (consent.Terms, error) {
	var terms consent.Terms
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		terms, err = r.gate.TermsOf(q.Context(), tx, q.Viewer, k.ID, part.Speaker)
		return err
	})
	return terms, err
}

// takeBack takes back the part of somebody outside the circle, who has asked her keeper to. It can be
// undone for as long as everybody's can.
func (r *Room) takeBack(q *web.Request) (web.Answer, error) {
	k, part, err := r.outsiders(q)
	if err != nil {
		return nil, err
	}
	if _, taken := k.withdrawn(part); !taken {
		err = r.gate.TakeBack(q.Context(), q.Viewer, consent.Part{Contribution: k.ID, Speaker: part.Speaker}, false)
	}
	return web.GoSaying("/source/"+string(k.ID), "source.taken_back"), err
}

// bringBack undoes that.
func (r *Room) bringBack(q *web.Request) (web.Answer, error) {
	k, part, err := r.outsiders(q)
	if err != nil {
		return nil, err
	}
	err = r.gate.BringBack(q.Context(), q.Viewer, consent.Part{Contribution: k.ID, Speaker: part.Speaker})
	return web.GoSaying("/source/"+string(k.ID), "source.brought_back"), err
}

// outsiders returns the part of somebody outside the circle in a source that the viewer keeps.
func (r *Room) outsiders(q *web.Request) (kept, Part, error) {
	k, err := r.keeps(q)
	if err != nil {
		return k, Part{}, err
	}
	part, err := k.part(consent.ID(q.Path("speaker")))
	if err == nil && part.Person != "" {
		err = fault.Missing // a member takes back herself
	}
	return k, part, err
}
