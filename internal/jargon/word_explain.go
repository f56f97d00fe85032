package jargon

import (
	"errors"
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is the page on which somebody says what a word means.
type form struct {
	Check  look.Check
	Title  look.Title
	Newer  look.Newer
	Action string
	Asks   []look.Ask
	Acts   []look.Button
	Back   look.Link
}

type meanForm struct {
	Word    string `form:"word" max:"60"` // of one that is not there yet
	Meaning string `form:"meaning" max:"1000"`
	Over    int64  `form:"from"` // how many versions there were
}

// asks are the questions: which word, of a new one, and what it means.
func asks(q *web.Request, f meanForm, fresh bool) []look.Ask {
	t := q.Words.T
	var list []look.Ask
	if fresh {
		list = append(list, look.Write(look.Field{Name: "word", Label: t("jargon.ask_word"), Value: f.Word, Autocomplete: "off", WhoTitle: t("jargon.who_title"), Who: t("jargon.who_mean")}))
	}
	return append(list, look.Write(look.Field{Name: "meaning", Label: t("jargon.ask_mean"), Hint: t("jargon.ask_mean_hint"), Value: f.Meaning, Rows: 4, Autocomplete: "off",
		WhoTitle: t("jargon.who_title"), Who: t("jargon.who_mean")}))
}

func newForm(q *web.Request, w Word, f meanForm) form {
	t, fresh := q.Words.T, w.ID == ""
	p := form{Title: look.Title{Text: t("jargon.new"), Lead: t("jargon.mean_lead")}, Action: "/words/new", Asks: asks(q, f, fresh),
		Acts: []look.Button{{Text: t("jargon.save")}}, Back: look.Link{Href: "/words", Text: t("jargon.back")}}
	if !fresh {
		p.Title.Text, p.Action, p.Back.Href = t("jargon.what_means", "word", w.Text), "/words/"+w.ID+"/mean", "/words/"+w.ID
		p.Newer = look.Newer{From: strconv.FormatInt(w.Now().N, 10)}
	}
	return p
}

// about returns the word that a form is about, an empty one for a new one.
func (r *Room) about(q *web.Request) (Word, error) {
	if q.Path("word") == "" {
		return Word{}, nil
	}
	w, _, err := r.one(q.Context(), q.Viewer, q.Path("word"))
	return w, err
}

func (r *Room) showExplain(q *web.Request) (web.Answer, error) {
	w, err := r.about(q)
	if err != nil {
		return nil, err
	}
	return q.Show("form", newForm(q, w, meanForm{Meaning: w.Now().Text})), nil
}

func (r *Room) explain(q *web.Request) (web.Answer, error) {
	w, err := r.about(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[meanForm](q)
	word, id := f.Word, ""
	if w.ID != "" {
		word = w.Text
	}
	if err == nil {
		id, err = r.Explain(q.Context(), q.Viewer, word, f.Over, strings.TrimSpace(f.Meaning))
	}
	switch {
	case errors.Is(err, ErrNewer):
		return r.newer(q, word, f)
	case err != nil && fault.KindOf(err) == fault.Invalid:
		p, field := newForm(q, w, f), "#meaning"
		if errors.Is(err, ErrWord) {
			field = "#word"
		}
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: field, Text: circle.Say(q, err)}}}
		return q.Again("form", p), nil
	}
	return web.GoSaying("/words/"+id, "jargon.saved"), err
}

// newer shows what somebody else wrote of the word meanwhile, above what was typed.
func (r *Room) newer(q *web.Request, word string, f meanForm) (web.Answer, error) {
	w, err := r.find(q.Context(), q.Viewer, fold(word))
	if err != nil {
		return nil, err
	}
	p := newForm(q, w, f)
	p.Newer = q.Newer(p.Newer.From, look.SummaryRow{Term: w.Text, Value: w.Now().Text})
	return q.Again("form", p), nil
}
