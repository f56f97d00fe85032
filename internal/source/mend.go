package source

import (
	"errors"
	"fmt"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// mendLimit is how many characters one turn may have.
const mendLimit = 20000

// mendPage is one turn as it is typed, to be put right, and the passages that lost their place in it.
type mendPage struct {
	Check   look.Check
	Title   look.Title
	LostSay look.Note
	Now     string // the turn as it stands, above the passages to be placed in it
	NowSay  string
	Lost    []lostView
	Action  string
	Newer   look.Newer
	Text    look.Field
	Acts    []look.Button
}

// mendPage fills the page. problem is what stands against the text; typed and other are what was typed to
// place a lost passage, and what stands against that.
func (r *Room) mendPage(q *web.Request, m marking, turn consent.Turn, text, problem string, typed placeForm, other string) (mendPage, error) {
	t := q.Words.T
	p := mendPage{
		Title:  look.Title{Text: t("source.mend_heading", "n", turn.Seq, "name", m.speaker(q, turn.Speaker)), Lead: t("source.mend_lead")},
		Action: fmt.Sprintf("/source/%s/mend/%s", m.ID, turn.ID),
		Text: look.Field{Name: "text", Label: t("source.mend_text"), WhoTitle: t("source.mend_who_title"), Who: t("source.mend_who"),
			Value: text, Rows: 8, Problem: problem},
		Acts: []look.Button{{Text: t("source.mend_save")}, {Text: t("source.mark_back_turn"), Look: look.Second, Href: m.atTurn(turn)}},
	}
	p.Newer.From = web.From(turn.Words.Reveal())
	var err error
	if p.Lost, err = r.lostViews(q, m, turn, typed, other); err != nil {
		return p, err
	}
	if len(p.Lost) > 0 {
		p.LostSay = look.Note{Title: t("source.lost_title", "count", len(p.Lost)), Text: t("source.lost_text")}
		p.Now, p.NowSay = turn.Words.Reveal(), t("source.lost_now")
	}
	at := "#text"
	for _, l := range p.Lost {
		if l.Words.Problem != "" {
			problem, at = l.Words.Problem, "#"+l.Words.At()
		}
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: problem}}}
	}
	return p, nil
}

func (r *Room) showMend(q *web.Request) (web.Answer, error) {
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	p, err := r.mendPage(q, m, turn, turn.Words.Reveal(), "", placeForm{}, "")
	return q.Show("mend", p), err
}

type mendForm struct {
	Text string `form:"text" max:"20000"`
	From string `form:"from"`
}

// mend puts the typing of a turn right. The words stay the speaker's: her terms stay, and she sees what
// was changed. What is marked or indexed in it moves with the words; what could not move is listed at
// once, on the same page.
func (r *Room) mend(q *web.Request) (web.Answer, error) {
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[mendForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	stands, was := "", turn.Words.Reveal()
	switch {
	case f.From != "" && f.From != web.From(was) && f.Text != was:
		return r.mendNewer(q, f.Text)
	case problem != nil:
		stands = q.Words.T("web.too_long", "max", mendLimit)
	case f.Text == "":
		stands = q.Words.T("source.mend_empty")
	case f.Text != was:
		err := r.gate.Mend(q.Context(), q.Viewer, m.ID, turn.ID, was, f.Text)
		if errors.Is(err, consent.ErrMended) {
			return r.mendNewer(q, f.Text)
		}
		if err != nil {
			return nil, err
		}
	}
	if stands != "" {
		p, err := r.mendPage(q, m, turn, f.Text, stands, placeForm{}, "")
		return q.Again("mend", p), err
	}
	lost, err := r.lostIn(q, m.ID, turn.ID)
	if len(lost) > 0 {
		return web.GoSaying(fmt.Sprintf("/source/%s/mend/%s", m.ID, turn.ID), "source.mended_lost"), err
	}
	return web.GoSaying(m.atTurn(turn), "source.mended"), err
}

// mendNewer shows what was typed below what the turn says by now: somebody else mended it meanwhile.
func (r *Room) mendNewer(q *web.Request, typed string) (web.Answer, error) {
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	p, err := r.mendPage(q, m, turn, typed, "", placeForm{}, "")
	p.Newer = q.Newer(p.Newer.From, look.SummaryRow{Term: q.Words.T("source.lost_now"), Value: turn.Words.Reveal()})
	return q.Again("mend", p), err
}
