package sharing

import (
	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// A Made tells the owner of a part what a room made of it, one line for each use (R45).
type Made func(*web.Request, consent.Part) ([]look.Line, error)

// made lists what was made of her words, room by room.
func (r *Room) made(q *web.Request, m mine) ([]look.Line, error) {
	part := consent.Part{Contribution: m.c.ID, Speaker: m.speaker.ID, Turns: m.turns()}
	var lines []look.Line
	for _, made := range r.makes {
		more, err := made(q, part)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

// madePage is what was made of one thing of hers, for her alone.
type madePage struct {
	Title look.Title
	State look.Note
	Lines []look.Line
	None  string
	Note  look.Note
	Back  look.Link
}

func (r *Room) showMade(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := madePage{Title: look.Title{Text: t("sharing.made_heading"), Lead: t("sharing.made_lead")},
		Note: look.Note{Title: t("sharing.made_back_title"), Text: t("sharing.made_back_text")},
		Back: look.Link{Href: "/share/" + string(m.c.ID), Text: t("sharing.opened_back")}}
	if len(m.taken) > 0 {
		p.State = look.Note{Title: t("sharing.made_taken_title"), Text: t("sharing.made_taken_text")}
	}
	if p.Lines, err = r.made(q, m); err != nil {
		return nil, err
	}
	if len(p.Lines) == 0 {
		p.None = t("sharing.made_none")
	}
	return q.Show("made", p), nil
}
