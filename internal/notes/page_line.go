package notes

import (
	"errors"
	"strconv"
	"strings"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// wordsForm is what is said of a line or of the notes as a whole.
type wordsForm struct {
	Words string `form:"words" max:"8000"`
	There string `form:"there"`
	Sign  string `form:"sign"`
	Move  string `form:"move"`
	Over  int64  `form:"from"` // how often the line was changed before
}

// typed is what was typed on the page of a line.
type typed struct {
	words wordsForm
	out   outForm
}

// newLine is the page of one line, or of something that puts one right: what it says, and what can be done.
func (r *Room) newLine(q *web.Request, w world, id string, f typed) (form, error) {
	t, at := q.Words.T, "/notes/"+w.meeting.ID+"/line/"+id
	p := form{Title: look.Title{Text: t("notes.line_heading_one"), Lead: w.meeting.when(q)}, Back: look.Link{Href: "/notes/" + w.meeting.ID, Text: t("notes.back_notes")}}
	if one, err := w.right(id); err == nil && !one.Gone {
		p.Words, p.Meta = Lines(one.Text.Words), w.byWhom(q, one)
		if one.By == q.Viewer.ID {
			p.Parts = append(p.Parts, part{Action: at + "/drop", Acts: []look.Button{{Text: t("notes.drop"), Look: look.Second}}})
		}
		if mayWrite(q) && w.notes.TakesOut(q.Viewer, one) {
			p.Parts = append(p.Parts, w.askOut(q, at, f.out, false))
		}
		return p, nil
	}
	l, err := w.line(id)
	if err != nil || l.Gone {
		return p, fault.Missing
	}
	p.Words = []string{l.Text}
	if !mayWrite(q) {
		return p, nil
	}
	switch {
	case w.notes.Writes(q.Viewer):
		now := f.words
		if now.Words == "" {
			now.Words = l.Text
		}
		p.Parts = append(p.Parts, part{Head: t("notes.change"), Action: at + "/change", Newer: look.Newer{From: strconv.FormatInt(l.N, 10)},
			Asks: []look.Ask{box(q, "notes.ask_change", now.Words, "notes.who_all"), choose(q, "move", f.words.Move, string(Up), string(Down))}, Acts: []look.Button{{Text: t("notes.save")}}})
	case w.notes.Corrects():
		p.Parts = append(p.Parts, part{Head: t("notes.right"), Notes: r.beforeRight(q, w), Action: at + "/right", Asks: w.askRight(q, "notes.ask_right", f.words, true),
			Acts: []look.Button{{Text: t("notes.right_do")}}})
	}
	p.Parts = append(p.Parts, w.askOut(q, at, f.out, w.notes.Step != Final))
	return p, nil
}

func (r *Room) showLine(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err != nil {
		return nil, err
	}
	p, err := r.newLine(q, w, q.Path("line"), typed{})
	return q.Show("form", p), err
}

// lineAgain shows the page of a line once more with what was typed on it.
func (r *Room) lineAgain(q *web.Request, err error, f typed) (web.Answer, error) {
	w, other := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if other != nil {
		return nil, other
	}
	p, other := r.newLine(q, w, q.Path("line"), f)
	if other != nil {
		return nil, other
	}
	if !errors.Is(err, ErrNewer) {
		return p.again(q, err)
	}
	if !w.notes.Writes(q.Viewer) { // they have moved on: what she typed stands where she can put it right
		p.Notes = append(p.Notes, w.about(q)...)
		return p.again(q, err)
	}
	l, _ := w.line(q.Path("line"))
	p.Words = nil
	p.Parts[0].Newer = q.Newer(p.Parts[0].Newer.From, look.SummaryRow{Term: q.Words.T("notes.change"), Value: l.Text})
	return q.Again("form", p), nil
}

func (r *Room) change(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[wordsForm](q)
	if err == nil {
		err = r.Change(q.Context(), q.Viewer, q.Path("meeting"), q.Path("line"), f.Over, strings.Join(Lines(f.Words), " "), Shift(f.Move))
	}
	if err != nil {
		return r.lineAgain(q, err, typed{words: f})
	}
	return web.GoSaying("/notes/"+q.Path("meeting"), "notes.saved"), nil
}

func (r *Room) putRight(q *web.Request) (web.Answer, error) {
	f, err := r.correct(q, q.Path("line"))
	if err != nil {
		return r.lineAgain(q, err, typed{words: f})
	}
	return saidRight(q, f), nil
}

func (r *Room) drop(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/notes/"+q.Path("meeting"), "notes.dropped"), r.TakeBack(q.Context(), q.Viewer, q.Path("line"))
}
