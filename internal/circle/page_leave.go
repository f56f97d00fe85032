package circle

import (
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// What can become of one thing she shared when she leaves (R7).
const (
	stays   = "stays"
	unnamed = "unnamed"
	goes    = "goes"
)

// share is her part of one thing she shared.
type share struct {
	part  consent.Part
	id    string // of the form field: contribution and part
	title string
}

type leavePage struct {
	Title  look.Title
	Action string
	Asks   []look.Choice
	None   string
	Sum    look.Summary
	Hidden [][2]string
	Note   look.Note
	Acts   []look.Button
}

// stepBack pauses her part in one action. No reason is asked.
func (r *Room) stepBack(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.StepBack(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	return web.GoSaying("/me", "circle.stepped_back"), err
}

// comeBack ends the pause just as easily.
func (r *Room) comeBack(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.Return(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	return web.GoSaying("/me", "circle.came_back"), err
}

// mine returns what she shared and has not taken back. Her own parts alone are opened: others who said
// something beside her are not told that she thinks of leaving.
func (r *Room) mine(q *web.Request) ([]share, error) {
	var headings []consent.Heading
	taken := map[consent.ID]bool{} // speakers
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if headings, err = r.Gate.Mine(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		for _, h := range headings {
			list, err := r.Gate.Taken(q.Context(), tx, q.Partnership(), h.ID)
			if err != nil {
				return err
			}
			for _, w := range list {
				taken[w.Speaker] = taken[w.Speaker] || w.Turn == ""
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var list []share
	for _, h := range headings {
		c, err := r.Gate.OpenOwn(q.Context(), q.Viewer, h.ID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		for _, s := range c.Speakers {
			if s.Person == q.Viewer.ID && s.Open && !taken[s.ID] {
				list = append(list, share{consent.Part{Contribution: c.ID, Speaker: s.ID}, string(c.ID) + "." + string(s.ID), c.Title.Reveal()})
			}
		}
	}
	return list, nil
}

func (r *Room) showLeave(q *web.Request) (web.Answer, error) {
	shares, err := r.mine(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := leavePage{Title: look.Title{Text: t("circle.leave_heading"), Lead: t("circle.leave_lead")}, Action: "/me/end",
		Acts: []look.Button{{Text: t("circle.leave_on")}, {Text: t("circle.leave_not"), Look: look.Second, Href: "/me"}}}
	for _, s := range shares {
		p.Asks = append(p.Asks, look.Choice{Name: s.id, Legend: s.named(q), Options: []look.Option{
			{Value: goes, Label: t("circle.goes"), Hint: t("circle.goes_hint")},
			{Value: unnamed, Label: t("circle.unnamed"), Hint: t("circle.unnamed_hint")},
			{Value: stays, Label: t("circle.stays"), Hint: t("circle.stays_hint")},
		}})
	}
	if len(shares) == 0 {
		p.None = t("circle.nothing_shared")
	}
	p.Asks = append(p.Asks, look.Choice{Name: "name", Legend: t("circle.keep_name_legend"), Hint: t("circle.keep_name_hint"), Options: []look.Option{
		{Value: "goes", Label: t("circle.name_goes")}, {Value: "stays", Label: t("circle.name_stays")}}})
	return q.Show("leave", p), nil
}

// named is the title she gave it, or a word for one without.
func (s share) named(q *web.Request) string {
	if s.title == "" {
		return q.Words.T("circle.untitled")
	}
	return s.title
}

// checkLeave shows what was chosen before anything is done.
func (r *Room) checkLeave(q *web.Request) (web.Answer, error) {
	if _, err := web.Parse[struct{}](q); err != nil {
		return nil, err // half of what she chose is not what she chose
	}
	shares, err := r.mine(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := leavePage{Title: look.Title{Text: t("circle.leave_check"), Lead: t("circle.leave_check_lead")}, Action: "/me/end/now",
		Note: look.Note{Title: t("circle.cannot_undo"), Text: t("circle.cannot_undo_text")},
		Acts: []look.Button{{Text: t("circle.leave_now")}, {Text: t("circle.leave_not"), Look: look.Second, Href: "/me"}}}
	change := look.Link{Href: "/me/end", Text: t("circle.change")}
	for _, s := range shares {
		what := chosen(q, s.id)
		p.Hidden = append(p.Hidden, [2]string{s.id, what})
		change.About = s.named(q)
		p.Sum.Rows = append(p.Sum.Rows, look.SummaryRow{Term: s.named(q), Value: t("circle." + what), Change: change})
	}
	name := "name_stays"
	if q.HTTP.PostFormValue("name") != "stays" {
		name = "name_goes"
	}
	p.Hidden = append(p.Hidden, [2]string{"name", strings.TrimPrefix(name, "name_")})
	change.About = t("circle.keep_name_legend")
	p.Sum.Rows = append(p.Sum.Rows, look.SummaryRow{Term: t("circle.keep_name_legend"), Value: t("circle." + name), Change: change})
	return q.Show("leave", p), nil
}

// chosen reads her answer for one thing. What she did not choose stays as it is, which can still end by
// itself; nothing is destroyed by silence.
func chosen(q *web.Request, id string) string {
	switch answer := q.HTTP.PostFormValue(id); answer {
	case goes, unnamed:
		return answer
	}
	return stays
}

// leave does what was chosen and ends her part. Each step can be done again, so that being cut off
// half-way loses nothing and leaves nothing half erased.
func (r *Room) leave(q *web.Request) (web.Answer, error) {
	if _, err := web.Parse[struct{}](q); err != nil {
		return nil, err // half of what she chose is not what she chose
	}
	shares, err := r.mine(q)
	if err != nil {
		return nil, err
	}
	for _, s := range shares {
		switch chosen(q, s.id) {
		case goes:
			err = r.Gate.TakeBack(q.Context(), q.Viewer, s.part, true)
		case unnamed:
			err = r.unname(q, s.part)
		}
		if err != nil {
			return nil, err
		}
	}
	name := q.Words.T("circle.somebody_left")
	if q.HTTP.PostFormValue("name") == "stays" {
		name = ""
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := r.Circle.Leave(q.Context(), tx, q.Partnership(), q.Viewer.ID, name); err != nil {
			return err
		}
		return r.Remove(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	if err != nil {
		return nil, err
	}
	q.SignOut()
	return web.GoSaying("/", "circle.left"), nil
}

// unname keeps what she allows and takes her name off it. The day it was given stays the same: taking a
// name away opens nothing to people who came since.
func (r *Room) unname(q *web.Request, part consent.Part) error {
	return r.DB.Write(q.Context(), func(tx *store.Tx) error {
		t, err := r.Gate.TermsOf(q.Context(), tx, q.Viewer, part.Contribution, part.Speaker)
		if err != nil || t.Given.IsZero() {
			return err // nothing is allowed, so nothing shows her name
		}
		t.Attribution, t.How = consent.ByNone, consent.How{Way: "screen", By: q.Viewer.ID}
		return r.Gate.SetTerms(q.Context(), tx, q.Viewer, part.Contribution, part.Speaker, t)
	})
}
