package place

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is writing of a place on paper, of a new one and of one that is there.
func (r *Room) twins() []web.Twin {
	at := func(id string) string { return "/places/" + id }
	return []web.Twin{
		{Name: "place", Title: "place.new", Allow: web.Taking(web.Any), Gives: web.Always, Ask: askOnPaper, Enter: r.enter, At: at},
		{Name: "place-change", Title: "place.change", Allow: web.Taking(web.InAudience), Gives: web.Always, Things: r.things, Ask: r.changeOnPaper, Enter: r.enter, At: at},
	}
}

func askOnPaper(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("place.write_lead")}}, Asks: asks(q, Text{}, true)}, nil
}

func (r *Room) things(q *web.Request) ([]look.Option, error) {
	list, err := r.List(q.Context(), q.Viewer)
	var options []look.Option
	for _, one := range list {
		options = append(options, look.Option{Value: one.ID, Label: one.Now().Text.Name})
	}
	return options, err
}

// changeOnPaper prints what stands there, and asks all of it anew: what is left empty stays as it is.
func (r *Room) changeOnPaper(q *web.Request, thing string) (web.Asked, error) {
	one, _, err := r.one(q.Context(), q.Viewer, thing)
	if err != nil {
		return web.Asked{}, err
	}
	a := web.Asked{About: one.Now().Text.Name, Notes: []look.Note{{Text: q.Words.T("place.twin_keep")}}, Asks: asks(q, Text{}, false)}
	for _, row := range one.Now().Text.rows(q) {
		for _, value := range row.Values {
			a.Notes = append(a.Notes, look.Note{Title: row.Term, Text: value})
		}
	}
	return a, nil
}

// enter keeps what a sheet says, over what the newest version says where the sheet says nothing.
func (r *Room) enter(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[placeForm](q)
	if err != nil || thing == "" {
		if err != nil {
			return "", err
		}
		return r.Write(q.Context(), q.Viewer, "", 0, f.text())
	}
	one, _, err := r.one(q.Context(), q.Viewer, thing)
	if err != nil {
		return "", err
	}
	now, text := one.Now(), f.text()
	text.Away = text.Away || now.Text.Away
	if text.Name == "" {
		text.Name = now.Text.Name
	}
	for part, old := range now.Text.Parts {
		if text.Parts[part] == "" {
			text.Parts[part] = old
		}
	}
	return r.Write(q.Context(), q.Viewer, thing, now.N, text)
}
