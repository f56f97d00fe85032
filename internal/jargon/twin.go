package jargon

import (
	"strings"

	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is saying what a word means on paper, of a new one and of one that is there. A mark has no sheet: what is
// entered from paper is kept with whose it is, and a mark is nobody's. Whoever she tells the word marks it.
func (r *Room) twins() []web.Twin {
	at := func(id string) string { return "/words/" + id }
	return []web.Twin{
		{Name: "word", Title: "jargon.new", Allow: web.Taking(web.Any), Gives: web.Always, Ask: askOnPaper, Enter: r.enter, At: at},
		{Name: "word-mean", Title: "jargon.mend", Allow: web.Taking(web.InAudience), Gives: web.Always, Of: "word", Things: r.things, Ask: r.mendOnPaper, Enter: r.enter, At: at},
	}
}

func askOnPaper(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("jargon.mean_lead")}}, Asks: asks(q, meanForm{}, true)}, nil
}

func (r *Room) things(q *web.Request) ([]look.Option, error) {
	words, _, err := r.known(q.Context(), q.Viewer)
	var options []look.Option
	for _, w := range Due(words, r.Now()) {
		options = append(options, look.Option{Value: w.ID, Label: w.Text})
	}
	return options, err
}

// mendOnPaper prints what the word means so far, and asks what it means.
func (r *Room) mendOnPaper(q *web.Request, thing string) (web.Asked, error) {
	w, _, err := r.one(q.Context(), q.Viewer, thing)
	if err != nil {
		return web.Asked{}, err
	}
	a := web.Asked{About: w.Text, Notes: []look.Note{{Title: w.Text}}, Asks: asks(q, meanForm{}, false)}
	if a.Notes[0].Text = w.Now().Text; w.Now().N == 0 {
		a.Notes[0].Text = q.Words.T("jargon.not_yet")
	}
	return a, nil
}

// enter keeps what a sheet says over what the newest version says. A new word that is explained by then is mended.
func (r *Room) enter(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[meanForm](q)
	if err != nil {
		return "", err
	}
	w, err := r.find(q.Context(), q.Viewer, fold(f.Word))
	if thing != "" {
		w, _, err = r.one(q.Context(), q.Viewer, thing)
		f.Word = w.Text
	}
	if err != nil {
		return "", err
	}
	return r.Explain(q.Context(), q.Viewer, f.Word, w.Now().N, strings.TrimSpace(f.Meaning))
}
