package circle

import (
	"strconv"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// checkLeave says in numbers what will happen, before anything is done.
func (r *Room) checkLeave(q *web.Request) (web.Answer, error) {
	l, err := r.leaver(q)
	if err != nil {
		return nil, err
	}
	lasts, err := r.lasts(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := leavePage{Title: look.Title{Text: t("circle.leave_check"), Lead: t("circle.leave_check_lead")}, Action: "/me/end/now",
		Notes: append(lasts, look.Note{Title: t("circle.cannot_undo"), Text: t("circle.cannot_undo_text")}),
		Acts: []look.Button{{Text: t("circle.leave_now")}, {Text: t("circle.leave_later"), Look: look.Second, Href: "/me"},
			{Text: t("circle.leave_not"), Look: look.Second, Action: "/me/end/stay"}}}
	p.Sums = append(p.Sums, look.Summary{Rows: l.counts(q)})
	var each look.Summary
	for _, s := range l.shares {
		each.Rows = append(each.Rows, look.SummaryRow{Term: s.named(q), Value: t("circle." + l.choice(s.id)),
			Change: look.Link{Href: "/me/end/" + s.id, Text: t("circle.change"), About: s.named(q)}})
	}
	if len(each.Rows) > 0 {
		p.Sums = append(p.Sums, each)
	}
	return q.Show("leave", p), nil
}

// counts are the lines that say what will happen: how many things go, stay and lose her name, who keeps
// what she kept, and what becomes of her name.
func (l leaver) counts(q *web.Request) []look.SummaryRow {
	t := q.Words.T
	var rows []look.SummaryRow
	for _, what := range []string{goes, unnamed, stays} {
		rows = append(rows, look.SummaryRow{Term: t("circle.will_" + what), Value: strconv.Itoa(l.count(what))})
	}
	if to := l.heir(); l.kept > 0 && to.ID != "" {
		row := look.SummaryRow{Term: t("circle.leave_kept"), Value: t("circle.will_hand", "n", l.kept, "name", to.Name)}
		if len(l.heirs) > 0 {
			row.Change = look.Link{Href: "/me/end/" + ofKept, Text: t("circle.change"), About: row.Term}
		}
		rows = append(rows, row)
	}
	name := t("circle.name_goes")
	if l.chosen[ofName] == stays {
		name = t("circle.name_stays")
	}
	return append(rows, look.SummaryRow{Term: t("circle.will_drafts"), Value: t("circle.will_drafts_go")},
		look.SummaryRow{Term: t("circle.keep_name_legend"), Value: name, Change: look.Link{Href: "/me/end/" + ofName, Text: t("circle.change"), About: t("circle.keep_name_legend")}})
}

// lasts says what it means when she is the last who looks after the site, or the last woman from the group.
// It holds nobody back.
func (r *Room) lasts(q *web.Request) ([]look.Note, error) {
	var notes []look.Note
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		for _, s := range []person.Standing{person.Administrator, person.LivedExperience} {
			if !q.Viewer.Standings.Has(s) {
				continue
			}
			other, err := holder(q.Context(), tx, q.Partnership(), s, q.Viewer.ID)
			if err != nil {
				return err
			}
			if other == "" {
				t := q.Words.T
				notes = append(notes, look.Note{Title: t("circle.last_title_" + string(s)), Text: t("circle.last_text_" + string(s)),
					Links: []look.Link{{Href: "/people", Text: t("circle.last_link_" + string(s))}}})
			}
		}
		return nil
	})
	return notes, err
}

// leave does what was chosen and ends her part.
func (r *Room) leave(q *web.Request) (web.Answer, error) {
	if _, err := web.Parse[struct{}](q); err != nil {
		return nil, err // what did not arrive whole is not her yes
	}
	l, err := r.leaver(q)
	if err != nil {
		return nil, err
	}
	if err := r.end(q, l); err != nil {
		return nil, err
	}
	q.SignOut()
	return web.GoSaying("/", "circle.left"), nil
}

// end hands over what she kept, does with each thing what was chosen, and ends her part. Each step can be
// done again, so that being cut off half-way loses nothing and leaves nothing half erased: until the last she
// is still here, and what is left is asked of her anew.
func (r *Room) end(q *web.Request, l leaver) error {
	ctx := q.Context()
	if to := l.heir(); l.kept > 0 && to.ID != "" {
		err := r.DB.Write(ctx, func(tx *store.Tx) error { return r.Gate.HandOver(ctx, tx, q.Viewer, to.ID) })
		if err != nil {
			return err
		}
	}
	for _, s := range l.shares {
		var err error
		switch l.choice(s.id) {
		case goes:
			err = r.Gate.TakeBack(ctx, q.Viewer, s.part, true)
		case unnamed:
			err = r.Gate.Sever(ctx, q.Viewer, s.part)
		}
		if err != nil {
			return err
		}
	}
	name := q.Words.T("circle.somebody_left")
	if l.chosen[ofName] == stays {
		name = ""
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := r.Circle.Leave(ctx, tx, q.Partnership(), q.Viewer.ID, name); err != nil {
			return err
		}
		return r.Remove(ctx, tx, q.Partnership(), q.Viewer.ID)
	})
}
