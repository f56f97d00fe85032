package notes

import (
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

type outForm struct {
	There string `form:"there"`
	Left  string `form:"left"`
}

// askOut asks what is left where something is taken out, where there is a choice.
func (w world) askOut(q *web.Request, at string, f outForm, choice bool) part {
	t := q.Words.T
	p := part{Head: t("notes.out"), Notes: []look.Note{{Text: t("notes.out_before")}}, Action: at + "/out", Asks: w.outAsks(q, f, choice), Acts: []look.Button{{Text: t("notes.out_do"), Look: look.Second}}}
	if !choice {
		p.Notes = append(p.Notes, look.Note{Text: t("notes.out_gap")})
	}
	return p
}

func (w world) outAsks(q *web.Request, f outForm, choice bool) []look.Ask {
	var list []look.Ask
	if !w.notes.Shut || !w.notes.Keeps(q.Viewer) {
		for _, a := range w.askThere(q, f.There) {
			a.Choice.ID = "out-there" // the question may stand above as well
			list = append(list, a)
		}
	}
	if choice {
		list = append(list, choose(q, "left", f.Left, aGap, nothing))
	}
	return list
}

func (r *Room) takeOut(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[outForm](q)
	if err == nil {
		err = r.out(q, q.Viewer, q.Path("meeting"), q.Path("line"), f)
	}
	if err != nil {
		return r.lineAgain(q, err, typed{out: f})
	}
	return web.GoSaying("/notes/"+q.Path("meeting"), "notes.is_out"), nil
}

// out takes something out as a form says. Of a line that is not final yet she says what is left there.
func (r *Room) out(q *web.Request, v person.Viewer, meeting, id string, f outForm) error {
	w, err := r.read(q.Context(), v, meeting)
	if err != nil {
		return err
	}
	if _, err := w.line(id); err == nil && w.notes.Step != Final && f.Left != aGap && f.Left != nothing {
		return ErrChoose
	}
	return r.TakeOut(q.Context(), v, meeting, id, f.Left == aGap, f.There == yes)
}
