package between

import (
	"errors"
	"strings"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// onePage is what the viewer and somebody else agreed.
type onePage struct {
	Check   look.Check
	Title   look.Title
	Due     look.Note
	Parts   []part // what holds and what waits
	Answers []look.Button
	Action  string
	From    string
	Head    string
	Newer   look.Newer
	Asks    []look.Ask
	Acts    []look.Button
	Then    look.Note
	End     look.Button
	Back    look.Link
}

// part is words with what they are.
type part struct {
	Head  string
	Words []string
	Meta  string
}

// from names what a form about one begins from.
func (a Agreed) from(q *web.Request) string {
	texts := []string{a.Now.Words, q.Words.Date(a.Now.Again)}
	if a.Before != nil {
		texts = append(texts, a.Before.Words)
	}
	return web.From(texts...)
}

func newPart(q *web.Request, key, name string, t Terms) part {
	return part{q.Words.T("between."+key, "name", name), strings.Split(t.Words, "\n\n"), q.Words.T("between.again_on", "date", q.Words.Date(t.Again))}
}

func newOnePage(q *web.Request, a Agreed, name string, f termsForm) onePage {
	t, at := q.Words.T, "/between/"+a.ID
	p := onePage{Title: look.Title{Text: t("between.with", "name", name), Lead: a.state(q, name)}, Action: at, Back: look.Link{Href: "/between", Text: t("between.back")}}
	if a.Ended != "" {
		p.End = look.Button{Text: t("between.take_off"), Look: look.Second}
		return p
	}
	if held := a.Holding(); held != nil {
		p.Parts = append(p.Parts, newPart(q, "part_holds", name, *held))
	}
	if !a.Holds() {
		key := "part_waits"
		if a.Waits(q.Viewer.ID) {
			key = "part_asks"
			p.Answers = append(p.Answers, look.Button{Text: t("between.yes"), Action: at + "/yes"})
		}
		p.Parts = append(p.Parts, newPart(q, key, name, a.Now))
		if a.Before != nil {
			p.Answers = append(p.Answers, look.Button{Text: t("between.leave"), Look: look.Second, Action: at + "/back"})
		}
	}
	if a.Due(q.Now()) {
		p.Due = look.Note{Title: t("between.due"), Text: t("between.due_text", "name", name)}
	}
	p.From = a.from(q)
	p.Newer = look.Newer{From: p.From}
	p.Head, p.Asks, p.Acts = t("between.change"), askTerms(q, f, name), []look.Button{{Text: t("between.suggest")}}
	end := t("between.end")
	if a.Holding() == nil && a.Waits(q.Viewer.ID) {
		end = t("between.no")
	}
	p.Then, p.End = look.Note{Title: t("between.end_title"), Text: t("between.end_text", "name", name)}, look.Button{Text: end, Look: look.Second}
	return p
}

func (r *Room) showOne(q *web.Request) (web.Answer, error) {
	a, name, err := r.one(q.Context(), q.Viewer, q.Path("agreed"))
	if err != nil {
		return nil, err
	}
	return q.Show("one", newOnePage(q, a, name, termsForm{Words: a.Now.Words})), nil
}

// saveOne suggests other words, or the same to be looked at on a later day.
func (r *Room) saveOne(q *web.Request) (web.Answer, error) {
	a, name, err := r.one(q.Context(), q.Viewer, q.Path("agreed"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[termsForm](q)
	if errors.Is(err, web.ErrUnreadable) {
		return nil, err
	}
	if err == nil && f.From != "" && f.From != a.from(q) {
		err = ErrNewer
	}
	if err == nil {
		err = r.Change(q.Context(), q.Viewer, a, f.Words, f.months())
	}
	if errors.Is(err, ErrNewer) {
		return r.newer(q, f)
	}
	if fault.KindOf(err) == fault.Invalid {
		p := newOnePage(q, a, name, f)
		p.Check = wrong(q, err)
		return q.Again("one", p), nil
	}
	return web.GoSaying("/between/"+a.ID, "between.asked"), err
}

// newer shows what stands there by now, with what she typed kept in the boxes.
func (r *Room) newer(q *web.Request, f termsForm) (web.Answer, error) {
	a, name, err := r.one(q.Context(), q.Viewer, q.Path("agreed"))
	if err != nil {
		return nil, err
	}
	p := newOnePage(q, a, name, f)
	p.Newer = q.Newer(p.From, look.SummaryRow{Term: q.Words.T("between.words"), Value: a.Now.Words})
	return q.Again("one", p), nil
}

// answer does what a button says about the words that she read. Others than those are shown first.
func (r *Room) answer(q *web.Request, say string, do func(Agreed) error) (web.Answer, error) {
	a, _, err := r.one(q.Context(), q.Viewer, q.Path("agreed"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[termsForm](q)
	if err != nil {
		return nil, err
	}
	if f.From != a.from(q) {
		err = ErrNewer
	} else {
		err = do(a)
	}
	if errors.Is(err, ErrNewer) {
		return r.newer(q, termsForm{Words: a.Now.Words})
	}
	return web.GoSaying("/between", say), err
}

func (r *Room) sayYes(q *web.Request) (web.Answer, error) {
	return r.answer(q, "between.saved", func(a Agreed) error { return r.Yes(q.Context(), q.Viewer, a) })
}

func (r *Room) takeBack(q *web.Request) (web.Answer, error) {
	return r.answer(q, "between.saved", func(a Agreed) error { return r.Back(q.Context(), q.Viewer, a) })
}

// endIt ends it, whatever stands there: letting go never waits.
func (r *Room) endIt(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/between", "between.ended"), r.End(q.Context(), q.Viewer, q.Path("agreed"))
}
