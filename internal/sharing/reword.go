package sharing

import (
	"errors"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// rewordPage is her words once more, to be changed. New words are shared with nobody until she says so.
type rewordPage struct {
	Check  look.Check
	Title  look.Title
	Gone   look.Note // part of it is taken back
	Voice  look.Note // what becomes of her recording
	Action string
	Newer  look.Newer
	Text   look.Field
	Acts   []look.Button
}

// from names her words as they stand, for a form that begins from them.
func (m mine) from() string {
	text, ids := m.rewordable()
	texts := []string{text}
	for _, id := range ids {
		texts = append(texts, string(id))
	}
	return web.From(texts...)
}

func newRewordPage(q *web.Request, m mine, text, problem string) rewordPage {
	t := q.Words.T
	p := rewordPage{Title: look.Title{Text: t("sharing.reword_heading"), Lead: t("sharing.reword_lead")}, Action: "/share/" + string(m.c.ID) + "/words",
		Newer: look.Newer{From: m.from()},
		Text: look.Field{Name: "text", Label: t("sharing.text_label"), WhoTitle: t("sharing.text_who_title"), Who: t("sharing.reword_who"),
			Value: text, Rows: 8, Max: textLimit, Left: t("sharing.left"), Over: t("sharing.over"), Problem: problem},
		Acts: []look.Button{{Text: t("sharing.reword_save")}, {Text: t("sharing.change_leave"), Look: look.Second, Href: "/share/" + string(m.c.ID)}}}
	if _, can := m.open(q.Now()); can {
		p.Gone = look.Note{Title: t("sharing.part_title"), Text: t("sharing.reword_part")}
	}
	if len(m.voice) > 0 {
		p.Voice = look.Note{Title: t("sharing.reword_voice_title"), Text: t("sharing.reword_voice")}
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#text", Text: problem}}}
	}
	return p
}

// showReword shows her words to be changed. What she has taken back is not among them.
func (r *Room) showReword(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	text, ids := m.rewordable()
	if len(ids) == 0 {
		return web.Go("/share/" + string(m.c.ID)), nil
	}
	return q.Show("reword", newRewordPage(q, m, text, "")), nil
}

type rewordForm struct {
	Text string `form:"text" max:"20000"`
	From string `form:"from"`
}

// reword puts new words in place of the old. What was allowed with the old ones ends, and she is asked
// anew. When they are not those any more that she began from, since she took some back or changed them in
// another tab, nothing is changed and what she typed is kept apart: nothing taken back comes back by it.
func (r *Room) reword(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[rewordForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	text, over := m.rewordable()
	switch stale := f.From != m.from() && (f.From != "" || len(m.taken) > 0); {
	case f.Text == text:
		return web.Go("/share/" + string(m.c.ID)), nil
	case len(over) == 0, stale:
		return r.rewordApart(q, m, f.Text)
	case problem != nil:
		return q.Again("reword", newRewordPage(q, m, f.Text, q.Words.T("web.too_long", "max", textLimit))), nil
	case f.Text == "":
		return q.Again("reword", newRewordPage(q, m, f.Text, q.Words.T("sharing.text_empty"))), nil
	}
	err = r.gate.Rewrite(q.Context(), q.Viewer, m.c.ID, over, Paragraphs(f.Text))
	if errors.Is(err, consent.ErrRewritten) {
		return r.rewordApart(q, m, f.Text)
	}
	return web.GoSaying("/share/"+string(m.c.ID)+"/change", "sharing.reworded"), err
}

// rewordApart keeps new words apart from those they were meant to replace.
func (r *Room) rewordApart(q *web.Request, m mine, text string) (web.Answer, error) {
	if strings.TrimSpace(text) == "" {
		return nil, fault.New(fault.Conflict, "web.newer")
	}
	return r.keepApart(q, Answers{Kind: m.c.Kind, Text: text}, "sharing.reword_apart")
}

// keepApart keeps what she typed as a draft of its own, which nobody else sees, and says why.
func (r *Room) keepApart(q *web.Request, typed Answers, said string) (web.Answer, error) {
	id, err := r.begin(q.Context(), q.Viewer, "")
	if err != nil {
		return nil, err
	}
	d, a, err := r.open(q.Context(), q.Viewer, id)
	if err != nil {
		return nil, err
	}
	a.Kind, a.Text, a.Spoken = typed.Kind, typed.Text, typed.Spoken
	return web.GoSaying("/draft/"+id, said), r.save(q.Context(), q.Viewer, d, a)
}
