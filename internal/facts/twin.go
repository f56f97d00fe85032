package facts

import (
	"slices"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: writing down what is held outside of the program, and taking that back.
func (r *Room) twins() []web.Twin {
	own := web.Only(web.Any, taking...)
	return []web.Twin{
		{Name: "holds", Title: "facts.twin_new", Allow: own, Gives: web.Always, Ask: onPaper, Enter: r.enterLine, At: func(string) string { return "/decides/who" }},
		{Name: "holds-back", Title: "facts.twin_drop", Allow: own, Of: "holds", Things: r.hersOnPaper, Ask: r.dropOnPaper, Enter: r.enterDrop},
	}
}

func onPaper(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{About: q.Words.T("facts.new_lead"), Asks: asks(q, lineForm{})}, nil
}

func (r *Room) enterLine(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[lineForm](q)
	if err != nil {
		return "", err
	}
	return r.Write(q.Context(), q.Viewer, f.line())
}

// hers lists what the viewer wrote.
func (r *Room) hers(q *web.Request) ([]Line, error) {
	all, err := r.Lines(q.Context(), q.Viewer)
	return slices.DeleteFunc(all, func(l Line) bool { return l.Person != q.Viewer.ID }), err
}

func (r *Room) hersOnPaper(q *web.Request) ([]look.Option, error) {
	list, err := r.hers(q)
	var options []look.Option
	for _, l := range list {
		options = append(options, look.Option{Value: l.ID, Label: q.Words.T("facts.kind_" + string(l.Kind)), Hint: q.Words.Date(l.True)})
	}
	return options, err
}

func (r *Room) dropOnPaper(q *web.Request, id string) (web.Asked, error) {
	list, err := r.hers(q)
	i := slices.IndexFunc(list, func(l Line) bool { return l.ID == id })
	if err == nil && i < 0 {
		err = fault.Missing
	}
	if err != nil {
		return web.Asked{}, err
	}
	t := q.Words.T
	return web.Asked{About: t("facts.kind_" + string(list[i].Kind)),
		Asks: []look.Ask{look.Choose(look.Choice{Name: "do", Legend: t("facts.twin_drop"), Options: []look.Option{{Value: "drop", Label: t("facts.drop")}}})}}, nil
}

type dropForm struct {
	Do string `form:"do"`
}

func (r *Room) enterDrop(q *web.Request, id string) (string, error) {
	f, err := web.Parse[dropForm](q)
	if err != nil || f.Do != "drop" {
		return id, err
	}
	return "", r.Drop(q.Context(), q.Viewer, id)
}
