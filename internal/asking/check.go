package asking

import (
	"errors"
	"strconv"

	"footing/internal/circle"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// checkPage is the last part: everything once more, as the women's group will read it.
type checkPage struct {
	Check   look.Check
	Steps   look.Steps
	Title   look.Title
	Notes   []look.Note
	Summary look.Summary
	Acts    []look.Button
	Put     string
	Drop    act
}

func (r *Room) showCheck(q *web.Request) (web.Answer, error) {
	req, text, err := r.writable(q)
	if err != nil {
		return nil, err
	}
	p, err := r.newCheckPage(q, req, text)
	return q.Show("check", p), err
}

func (r *Room) newCheckPage(q *web.Request, req Request, text Text) (checkPage, error) {
	t, at := q.Words.T, "/asks/"+req.ID
	rows, err := r.summary(q, req, text, at)
	if err != nil {
		return checkPage{}, err
	}
	var rule Rule
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		rule, _, err = rules(q.Context(), tx, q.Partnership())
		return err
	})
	p := checkPage{Steps: look.Steps{Text: t("asking.part", "now", parts, "of", parts), Now: parts, Of: parts},
		Title: look.Title{Text: t("asking.check_heading"), Lead: t("asking.check_lead")}, Summary: rows, Put: at + "/put",
		Notes: []look.Note{{Title: t("asking.next_title"), Text: t("asking.next_text", "days", rule.Days, "fine", rule.Fine)}},
		Acts:  []look.Button{{Text: t("asking.put")}, {Text: t("asking.stop"), Look: look.Second, Href: "/asks"}}}
	if text.ForExperience() && text.Pay != PayAmount {
		p.Notes = append(p.Notes, look.Note{Title: t("asking.unpaid_title"), Text: t("asking.unpaid_text")})
	}
	if gaps := text.Gaps(); len(gaps) > 0 {
		p.Acts = p.Acts[1:]
		p.Check.Title = t("asking.gaps_heading")
		for _, g := range gaps {
			p.Check.Items = append(p.Check.Items, look.CheckItem{Href: at + "/part/" + strconv.Itoa(g.Part) + "#" + g.Field, Text: t("asking.gap_" + g.Field)})
		}
	}
	if req.Round.N == 0 {
		p.Drop = act{at + "/drop", look.Button{Text: t("asking.throw_away"), Look: look.Quiet}}
	}
	return p, err
}

// put puts the text to the women's group.
func (r *Room) put(q *web.Request) (web.Answer, error) {
	req, text, err := r.writable(q)
	if err != nil {
		return nil, err
	}
	if len(text.Gaps()) > 0 {
		return web.Go("/asks/" + req.ID + "/check"), nil
	}
	err = r.Put(q.Context(), q.Viewer, req.ID)
	if errors.Is(err, ErrSame) {
		p, other := r.newCheckPage(q, req, text)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "/asks/" + req.ID + "/part/1", Text: circle.Say(q, err)}}}
		return q.Again("check", p), other
	}
	if errors.Is(err, ErrNewer) {
		err = nil // the same button, pressed twice
	}
	return web.GoSaying("/asks/"+req.ID, "asking.is_put"), err
}

func (r *Room) stop(q *web.Request) (web.Answer, error) {
	id := q.Path("ask")
	return web.GoSaying("/asks/"+id, "asking.stopped"), r.Stop(q.Context(), q.Viewer, id)
}
