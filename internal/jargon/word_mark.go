package jargon

import (
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

type markForm struct {
	Word string `form:"word" max:"60"`
}

// markNew answers the box at the top of the list. Whether the word is on it already is not said: it could be one
// that somebody marked this week.
func (r *Room) markNew(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[markForm](q)
	if err == nil {
		err = r.Mark(q.Context(), q.Viewer, f.Word)
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		p, loading := r.list(q, f.Word)
		if loading != nil {
			return nil, loading
		}
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#word", Text: circle.Say(q, err)}}}
		return q.Again("words", p), nil
	}
	return web.GoSaying("/words", "jargon.marked"), err
}

// markThis answers the button on a word's own page.
func (r *Room) markThis(q *web.Request) (web.Answer, error) {
	w, _, err := r.one(q.Context(), q.Viewer, q.Path("word"))
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/words/"+w.ID, "jargon.marked"), r.markOne(q.Context(), q.Partnership(), w.ID)
}
