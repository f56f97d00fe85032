package sharing

import (
	"strings"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// openingsPage is who has opened something of hers, for her alone.
type openingsPage struct {
	Title   look.Title
	Table   look.Table
	None    string
	Program string // reads too, and when is nobody's to know
	Back    look.Link
}

func (r *Room) showOpenings(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	m, err := r.hers(ctx, q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	var openings []consent.Opening
	var names map[person.ID]string
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if openings, err = r.gate.Openings(ctx, tx, q.Viewer, m.c.ID); err != nil {
			return err
		}
		names, err = r.circle.Names(ctx, tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	reasons, err := r.gate.Reasons(ctx, q.Viewer, m.c.ID)
	if err != nil {
		return nil, err
	}
	p := openingsPage{Title: look.Title{Text: t("sharing.opened_heading"), Lead: t("sharing.opened_lead")},
		Back: look.Link{Href: "/share/" + string(m.c.ID), Text: t("sharing.opened_back")}, Program: t("sharing.opened_search"),
		Table: look.Table{Label: t("sharing.opened_heading"), Head: []string{t("sharing.opened_who"), t("sharing.opened_when"), t("sharing.opened_why")}}}
	for _, o := range openings {
		name := names[o.Reader]
		if o.Reader == consent.Program {
			name = t("sharing.opened_program")
		}
		p.Table.Rows = append(p.Table.Rows, []string{name, q.Words.When(o.Hour), why(q, o, reasons[o.Act].Reveal())})
	}
	if len(openings) == 0 {
		p.None = t("sharing.opened_none")
	}
	return q.Show("opened", p), nil
}

// why says for what somebody opened it, and whether it left here in a file or on paper. Whoever checked what was
// printed gave a reason.
func why(q *web.Request, o consent.Opening, reason string) string {
	text := q.Words.T("sharing.why_" + string(o.Purpose))
	if o.Purpose == consent.Checking {
		return q.Words.T("sharing.why_because", "what", text, "reason", reason)
	}
	if o.Act == consent.Hearing && o.Purpose == consent.Heard {
		text = q.Words.T("sharing.why_hearing")
	}
	if act, _, left := strings.Cut(string(o.Act), ":"); left {
		text += " (" + q.Words.T("sharing.act_"+act) + ")"
	}
	return text
}
