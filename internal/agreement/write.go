package agreement

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
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
	Rules  draftRules
	Draft  look.Draft
	Acts   []look.Button
	Drop   look.Button
	Thrown *thrownNote // what she threw away and can bring back
}

// draftRules is what her draft says about deciding, each thing with the button that leads to its page. The button
// sends the form along, so that what is in the box is kept.
type draftRules struct {
	Heading, Lead string
	Rows          []draftRule
}

type draftRule struct {
	Term   string
	Values []string
	Change look.Button
}

type draftForm struct {
	Text string `form:"text" max:"20000"`
	Over int64  `form:"over"`
	Stop bool   `form:"stop"`
	Rule string `form:"rule"` // where she goes on to
}

func newDraftPage(q *web.Request, f draftForm, rules Rules, problem string) draftPage {
	t := q.Words.T
	p := draftPage{
		Title: look.Title{Text: t("agreement.new_heading"), Lead: t("agreement.new_lead")}, Over: f.Over,
		Text: look.Field{Name: "text", Label: t("agreement.text"), Hint: t("agreement.text_hint"), WhoTitle: t("agreement.who_title"), Who: t("agreement.who"),
			Value: f.Text, Rows: 16, Max: Limit, Left: t("agreement.left"), Over: t("agreement.over"), Problem: problem},
		Rules: draftRules{Heading: t("agreement.rules_heading"), Lead: t("agreement.rules_lead")},
		Draft: q.Draft(),
		Acts:  []look.Button{{Text: t("agreement.ask_everybody")}, {Text: t("agreement.stop"), Look: look.Second, Name: "stop", Value: "1"}},
		Drop:  look.Button{Text: t("agreement.drop"), Look: look.Quiet},
	}
	for _, thing := range things(q) {
		p.Rules.Rows = append(p.Rules.Rows, draftRule{Term: thing.Label, Values: sayThing(q, rules, thing.Value),
			Change: look.Button{Text: t("agreement.rule_change"), About: thing.Label, Name: "rule", Value: thing.Value, Look: look.Quiet}})
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#text", Text: problem}}}
	}
	return p
}

// showDraft shows her draft, which begins as the newest version.
func (r *Room) showDraft(q *web.Request) (web.Answer, error) {
	w, err := r.written(q)
	if err != nil {
		return nil, err
	}
	if w.draft.thrown.IsZero() {
		of, err := r.sizes(q)
		p := newDraftPage(q, w.draftForm, w.rules(), "")
		for i, thing := range things(q) {
			p.Rules.Rows[i].Values = append(p.Rules.Rows[i].Values, tooMany(q, of, w.rules(), thing.Value)...)
		}
		return q.Show("new", p), err
	}
	p, err := r.afterThrowing(q, w.draft)
	return q.Show("new", p), err
}

// written is what somebody has written so far.
type written struct {
	draftForm
	change Change // what she would change in the rules
	draft  draft
	last   Version // the newest version
}

// rules are what the rules would be.
func (w written) rules() Rules { return w.change.To(w.last.Rules) }

// written returns what she has written so far; without a draft, the newest version.
func (r *Room) written(q *web.Request) (written, error) {
	var w written
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if w.draft, err = getDraft(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		w.last, err = newest(q.Context(), tx, q.Partnership())
		return err
	})
	w.Text, w.Over = w.last.Text, w.last.N
	if err != nil || w.draft.key == "" {
		return w, err
	}
	papers := []consent.Paper{w.draft.paper(q.Viewer.ID, "body", w.draft.sealed)}
	if len(w.draft.rules) > 0 {
		papers = append(papers, w.draft.paper(q.Viewer.ID, "rules", w.draft.rules))
	}
	opened, err := r.Gate.Papers(q.Context(), q.Viewer, consent.Use{}, papers)
	if err != nil || !opened[0].Open {
		return w, err
	}
	w.Text, w.Over = opened[0].Words.Reveal(), w.draft.over
	if len(opened) > 1 && opened[1].Open {
		err = json.Unmarshal([]byte(opened[1].Words.Reveal()), &w.change)
	}
	return w, err
}

// paper is one of the two texts of a draft.
func (d draft) paper(writer person.ID, column string, sealed []byte) consent.Paper {
	return consent.Paper{Table: "agreement_draft", Column: column, Row: string(writer), Key: d.key, Sealed: sealed, Writer: writer}
}

// save seals what she has written, under her draft's own key, with what she would change in the rules: nil leaves
// that as it is.
func (r *Room) save(q *web.Request, text string, over int64, change *Change) error {
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
		d.key, d.sealed, err = r.Gate.SealPaper(q.Context(), q.Partnership(), "agreement_draft", "body", row, text)
	} else {
		d.sealed, err = r.Gate.ResealPaper(q.Context(), q.Partnership(), "agreement_draft", "body", row, d.key, text)
	}
	if err != nil {
		return err
	}
	if d.rules == nil || !d.thrown.IsZero() { // she begins anew
		d.rules = []byte{}
	}
	if change != nil {
		if d.rules, err = r.Gate.ResealValue(q.Context(), q.Partnership(), "agreement_draft", "rules", row, d.key, change); err != nil {
			return err
		}
	}
	d.over = over
	return r.DB.Write(q.Context(), func(tx *store.Tx) error { return saveDraft(q.Context(), tx, q.Viewer, d) })
}

// keep saves the draft while she types, and when she leaves.
func (r *Room) keep(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[draftForm](q)
	if errors.Is(err, web.ErrUnreadable) {
		return nil, err
	}
	return web.Data("kept"), r.save(q, f.Text, f.Over, nil) // too long a text is kept too: she can shorten it later
}

// publish makes her draft the newest version and asks everybody anew. What she wrote is kept whatever
// happens.
func (r *Room) publish(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[draftForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	if err := r.save(q, f.Text, f.Over, nil); err != nil {
		return nil, err
	}
	switch {
	case f.Rule != "":
		return web.Go("/agreement/new/rule/" + url.PathEscape(f.Rule)), nil
	case f.Stop:
		return web.GoSaying("/agreement", "web.draft_saved"), nil
	}
	w, err := r.written(q)
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(f.Text)
	err = problem
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
			if _, err := r.Write(q.Context(), tx, q.Partnership(), q.Viewer.ID, text, w.change, f.Over); err != nil {
				return err
			}
			return r.drop(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		})
	}
	if errors.Is(err, ErrNewer) {
		return r.catchUp(q, w)
	}
	if fault.KindOf(err) == fault.Invalid {
		return q.Again("new", newDraftPage(q, f, w.rules(), circle.Say(q, err))), nil
	}
	return web.GoSaying("/agreement", "agreement.published"), err
}

// catchUp lays her text over somebody else's newer one, which she is shown beside it: asking everybody once
// more then goes over what she has seen.
func (r *Room) catchUp(q *web.Request, w written) (web.Answer, error) {
	var all []Version
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		all, err = listVersions(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	last, begun := all[0], Version{}
	for _, v := range all {
		if v.N == w.Over {
			begun = v
		}
	}
	now := []look.SummaryRow{{Term: q.Words.T("agreement.newest_now"), Value: last.Text}}
	for _, thing := range things(q) {
		is, was := strings.Join(sayThing(q, last.Rules, thing.Value), " "), strings.Join(sayThing(q, begun.Rules, thing.Value), " ")
		if is != was {
			now = append(now, look.SummaryRow{Term: thing.Label, Value: is})
		}
	}
	w.Over, w.last = last.N, last
	p := newDraftPage(q, w.draftForm, w.rules(), circle.Say(q, ErrNewer))
	p.Newer = q.Newer("", now...)
	return q.Again("new", p), r.save(q, w.Text, w.Over, nil)
}
