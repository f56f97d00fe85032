package facts

import (
	"net/url"
	"slices"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: writing down what is held outside of the program, saying that it is still
// true, and taking what one wrote back, or letting it stand after an older copy was put back.
func (r *Room) twins() []web.Twin {
	own := web.Only(web.Any, taking...)
	return []web.Twin{
		{Name: "holds", Title: "facts.twin_new", Allow: own, Gives: web.Always, Ask: onPaper, Enter: r.enterLine, At: func(string) string { return "/decides/who" }},
		{Name: "holds-back", Title: "facts.twin_drop", Allow: own, Gives: opens, Of: "holds", Things: r.hersOnPaper, Ask: r.dropOnPaper, Enter: r.enterDrop},
		{Name: "holds-still", Title: "facts.twin_still", Allow: own, Gives: web.Always, Things: r.trueOnPaper, Ask: r.stillOnPaper, Enter: r.enterStill},
	}
}

// What is said of a line on a sheet.
const (
	sayDrop  = "drop"
	sayStand = "stand"
	sayStill = "still"
)

// opens reports whether answers show everybody a line again. Erasing never waits.
func opens(answers url.Values) bool { return answers == nil || answers.Get("do") == sayStand }

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
	return options(q, list), err
}

func options(q *web.Request, list []Line) (options []look.Option) {
	for _, l := range list {
		options = append(options, look.Option{Value: l.ID, Label: q.Words.T("facts.kind_" + string(l.Kind)), Hint: q.Words.Date(l.True)})
	}
	return options
}

// trueOnPaper lists what everybody can read, which anybody can say is still so.
func (r *Room) trueOnPaper(q *web.Request) ([]look.Option, error) {
	list, err := r.Lines(q.Context(), q.Viewer)
	return options(q, slices.DeleteFunc(list, func(l Line) bool { return l.Shut })), err
}

func (r *Room) stillOnPaper(q *web.Request, id string) (web.Asked, error) {
	list, err := r.Lines(q.Context(), q.Viewer)
	i := slices.IndexFunc(list, func(l Line) bool { return l.ID == id && !l.Shut })
	if err == nil && i < 0 {
		err = fault.Missing
	}
	if err != nil {
		return web.Asked{}, err
	}
	t, kind := q.Words.T, q.Words.T("facts.kind_"+string(list[i].Kind))
	return web.Asked{About: kind, Notes: []look.Note{{Title: kind, Text: list[i].Text.What}, {Text: t("facts.line_who", "who", list[i].Text.Who)}},
		Asks: []look.Ask{look.Choose(look.Choice{Name: "do", Legend: t("facts.twin_still"), Options: []look.Option{{Value: sayStill, Label: t("facts.still")}}})}}, nil
}

func (r *Room) enterStill(q *web.Request, id string) (string, error) {
	f, err := web.Parse[dropForm](q)
	if err != nil || f.Do != sayStill {
		return id, err
	}
	return id, r.Still(q.Context(), q.Viewer, id)
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
	do := look.Choice{Name: "do", Legend: t("facts.twin_drop"), Options: []look.Option{{Value: sayDrop, Label: t("facts.drop")}}}
	if list[i].Shut {
		do.Options = append(do.Options, look.Option{Value: sayStand, Label: t("facts.let_stand")})
	}
	return web.Asked{About: t("facts.kind_" + string(list[i].Kind)), Asks: []look.Ask{look.Choose(do)}}, nil
}

type dropForm struct {
	Do string `form:"do"`
}

func (r *Room) enterDrop(q *web.Request, id string) (string, error) {
	f, err := web.Parse[dropForm](q)
	switch {
	case err == nil && f.Do == sayStand:
		return id, r.LetStand(q.Context(), q.Viewer, id)
	case err != nil || f.Do != sayDrop:
		return id, err
	}
	return "", r.Drop(q.Context(), q.Viewer, id)
}
