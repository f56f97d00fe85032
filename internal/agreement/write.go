package agreement

import (
	"errors"
	"strings"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

type draftPage struct {
	Check  look.Check
	Title  look.Title
	Newer  look.Newer
	Text   look.Field
	Over   int64
	Draft  look.Draft
	Acts   []look.Button
	Drop   look.Button
	Thrown *thrownNote // what she threw away and can bring back
}

type draftForm struct {
	Text string `form:"text" max:"20000"`
	Over int64  `form:"over"`
	Stop bool   `form:"stop"`
}

func newDraftPage(q *web.Request, f draftForm, problem string) draftPage {
	t := q.Words.T
	p := draftPage{
		Title: look.Title{Text: t("agreement.new_heading"), Lead: t("agreement.new_lead")}, Over: f.Over,
		Text: look.Field{Name: "text", Label: t("agreement.text"), Hint: t("agreement.text_hint"), WhoTitle: t("agreement.who_title"), Who: t("agreement.who"),
			Value: f.Text, Rows: 16, Max: Limit, Left: t("agreement.left"), Over: t("agreement.over"), Problem: problem},
		Draft: look.Draft{Now: t("agreement.draft_now"), Saved: t("agreement.draft_saved"), Unsaved: t("agreement.draft_unsaved")},
		Acts:  []look.Button{{Text: t("agreement.ask_everybody")}, {Text: t("agreement.stop"), Look: look.Second, Name: "stop", Value: "1"}},
		Drop:  look.Button{Text: t("agreement.drop"), Look: look.Quiet},
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#text", Text: problem}}}
	}
	return p
}

// showDraft shows her draft, which begins as the newest version.
func (r *Room) showDraft(q *web.Request) (web.Answer, error) {
	f, d, err := r.draft(q)
	if err != nil || d.thrown.IsZero() {
		return q.Show("new", newDraftPage(q, f, "")), err
	}
	p, err := r.afterThrowing(q, d)
	return q.Show("new", p), err
}

// draft returns what she has written so far; without a draft, the newest version.
func (r *Room) draft(q *web.Request) (f draftForm, d draft, err error) {
	var last Version
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		if d, err = getDraft(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		last, err = newest(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil || d.key == "" {
		return draftForm{Text: last.Text, Over: last.N}, d, err
	}
	opened, err := r.Gate.Papers(q.Context(), q.Viewer, consent.Use{}, []consent.Paper{{
		Table: "agreement_draft", Column: "body", Row: string(q.Viewer.ID), Key: d.key, Sealed: d.sealed, Writer: q.Viewer.ID}})
	if err != nil || !opened[0].Open {
		return draftForm{Text: last.Text, Over: last.N}, d, err
	}
	return draftForm{Text: opened[0].Words.Reveal(), Over: d.over}, d, nil
}

// save seals what she has written, under her draft's own key.
func (r *Room) save(q *web.Request, f draftForm) error {
	var d draft
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		d, err = getDraft(q.Context(), tx, q.Viewer)
		return err
	})
	if err != nil {
		return err
	}
	row := string(q.Viewer.ID)
	if d.key == "" {
		d.key, d.sealed, err = r.Gate.SealPaper(q.Context(), q.Partnership(), "agreement_draft", "body", row, f.Text)
	} else {
		d.sealed, err = r.Gate.ResealPaper(q.Context(), q.Partnership(), "agreement_draft", "body", row, d.key, f.Text)
	}
	if err != nil {
		return err
	}
	d.over = f.Over
	return r.DB.Write(q.Context(), func(tx *store.Tx) error { return saveDraft(q.Context(), tx, q.Viewer, d) })
}

// keep saves the draft while she types, and when she leaves.
func (r *Room) keep(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[draftForm](q)
	if errors.Is(err, web.ErrUnreadable) {
		return nil, err
	}
	return web.Data("kept"), r.save(q, f) // too long a text is kept too: she can shorten it later
}

// publish makes her draft the newest version and asks everybody anew. What she wrote is kept whatever
// happens.
func (r *Room) publish(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[draftForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	if err := r.save(q, f); err != nil {
		return nil, err
	}
	if f.Stop {
		return web.GoSaying("/agreement", "agreement.draft_saved"), nil
	}
	text := strings.TrimSpace(f.Text)
	err := problem
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
			if _, err := r.Write(q.Context(), tx, q.Partnership(), q.Viewer.ID, text, f.Over); err != nil {
				return err
			}
			return r.drop(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		})
	}
	if errors.Is(err, ErrNewer) {
		return r.catchUp(q, f)
	}
	if err != nil {
		return r.again(q, f, err)
	}
	return web.GoSaying("/agreement", "agreement.published"), nil
}

// catchUp lays her text over somebody else's newer one, which she is shown beside it: asking everybody once
// more then goes over what she has seen.
func (r *Room) catchUp(q *web.Request, f draftForm) (web.Answer, error) {
	var last Version
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		last, err = newest(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	f.Over = last.N
	p := newDraftPage(q, f, circle.Say(q, ErrNewer))
	p.Newer = q.Newer("", look.SummaryRow{Term: q.Words.T("agreement.newest_now"), Value: last.Text})
	return q.Again("new", p), r.save(q, f)
}

func (r *Room) again(q *web.Request, f draftForm, err error) (web.Answer, error) {
	for _, known := range []error{ErrEmpty, ErrSame} {
		if errors.Is(err, known) {
			return q.Again("new", newDraftPage(q, f, circle.Say(q, known))), nil
		}
	}
	if len([]rune(f.Text)) > Limit {
		return q.Again("new", newDraftPage(q, f, q.Words.T("web.too_long", "max", Limit))), nil
	}
	return nil, err
}
