package observe

import (
	"errors"
	"net/url"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is saying yes or no on paper. Whoever types it in reads it, which the sheet says.
func (r *Room) twins() []web.Twin {
	return []web.Twin{{Name: "watched", Title: "observe.twin", Allow: web.Members(web.InAudience),
		Gives: func(answers url.Values) bool { return answers == nil || answers.Get("says") == yes },
		Ask:   r.onPaper, Enter: r.enter, At: func(meeting string) string { return "/observe/" + meeting }}}
}

// onPaper asks about which meeting it is. All about which somebody asks stand there, whatever she said to one.
func (r *Room) onPaper(q *web.Request, _ string) (web.Asked, error) {
	list, err := r.every(q.Context(), q.Viewer)
	t := q.Words.T
	which := look.Choice{Name: "about", Legend: t("observe.ask_which")}
	notes := append(before(q), look.Note{Text: t("observe.twin_writer")})
	for _, w := range list {
		if len(w.request.stands(w.meeting).Answers()) == 0 {
			continue
		}
		which.Options = append(which.Options, look.Option{Value: w.meeting.ID, Label: w.meeting.when(q)})
		notes = append(notes, look.Note{Title: w.meeting.when(q), Text: t("observe.twin_asked", "name", w.names[w.request.Watcher], "down", w.request.Text.Down, "not", w.request.Text.Not)})
	}
	return web.Asked{Notes: notes, Asks: []look.Ask{look.Choose(which), askAnswer(q)}}, err
}

type paperForm struct {
	About string `form:"about"`
	Says  string `form:"says"`
}

func (r *Room) enter(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperForm](q)
	if err != nil {
		return "", err
	}
	err = r.says(q, f.About, f.Says)
	if errors.Is(err, fault.Missing) { // no meeting is ticked
		err = ErrChoose
	}
	return f.About, err
}
