package notes

import (
	"strings"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// askRight asks for what puts a line right, or what is missing: what happens with a name and without stands
// before the box.
func (w world) askRight(q *web.Request, key string, f wordsForm, screen bool) []look.Ask {
	list := append(w.askThere(q, f.There), box(q, key, f.Words, "notes.who_right"))
	if screen {
		list = append(list, choose(q, "sign", f.Sign, named, unnamed))
	}
	return list
}

func (r *Room) beforeRight(q *web.Request, w world) []look.Note {
	t := q.Words.T
	return []look.Note{{Text: t("notes.right_before")}, {Title: t("notes.unsigned_title"), Text: t("notes.unsigned_text", "date", q.Words.Date(at(w.notes.ShownFrom(r.today(), false))))}}
}

// newMissing asks for what is missing.
func (r *Room) newMissing(q *web.Request, w world, f wordsForm) form {
	t, at := q.Words.T, "/notes/"+w.meeting.ID
	return form{Title: look.Title{Text: t("notes.say_missing"), Lead: w.meeting.when(q)}, Notes: r.beforeRight(q, w),
		Parts: []part{{Action: at + "/right", Asks: w.askRight(q, "notes.ask_missing", f, true), Acts: []look.Button{{Text: t("notes.right_do")}}}}, Back: look.Link{Href: at, Text: t("notes.back_notes")}}
}

func (r *Room) showMissing(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer, q.Path("meeting"))
	if err == nil && !w.notes.Corrects() {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	return q.Show("form", r.newMissing(q, w, wordsForm{})), nil
}

func (r *Room) missing(q *web.Request) (web.Answer, error) {
	f, err := r.correct(q, "")
	if err != nil {
		return r.lost(q, err, func(w world) form { return r.newMissing(q, w, f) })
	}
	return saidRight(q, f), nil
}

// correct keeps what a form says beside a line.
func (r *Room) correct(q *web.Request, line string) (wordsForm, error) {
	f, err := web.Parse[wordsForm](q)
	if err == nil && f.Sign != named && f.Sign != unnamed {
		err = ErrSign
	}
	if err == nil {
		_, err = r.Correct(q.Context(), q.Viewer, q.Path("meeting"), line, strings.TrimSpace(f.Words), f.Sign == named, f.There == yes)
	}
	return f, err
}

func saidRight(q *web.Request, f wordsForm) web.Answer {
	if f.Sign == unnamed {
		return web.GoSaying("/notes/"+q.Path("meeting"), "notes.saved_unsigned")
	}
	return web.GoSaying("/notes/"+q.Path("meeting"), "notes.saved")
}
