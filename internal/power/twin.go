package power

import (
	"net/url"
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: saying something with one's name, and taking it back. What is to
// have no name cannot go this way, since what is entered is kept with the name of whose it is: it is written
// on any sheet without one, and typed at the screen without a name by whoever is given it.
func (r *Room) twins() []web.Twin {
	own := web.Taking(web.Any)
	return []web.Twin{
		{Name: "decides", Title: "power.twin_say", Allow: own, Gives: web.Always, Things: kindsOnPaper, Ask: r.sayOnPaper, Enter: r.enterSay, At: func(string) string { return "/decides" }},
		{Name: "unsaid", Title: "power.twin_drop", Allow: own, Gives: opens, Of: "decides", Things: r.hersOnPaper, Ask: r.dropOnPaper, Enter: r.enterDrop},
		{Name: "decides-list", Title: "power.list_change", Allow: own, Gives: web.Always, Ask: r.listOnPaper, Enter: r.enterList, At: func(string) string { return "/decides/list" }},
	}
}

func kindsOnPaper(q *web.Request) ([]look.Option, error) {
	var list []look.Option
	for _, k := range Kinds() {
		list = append(list, look.Option{Value: string(k), Label: q.Words.T("power.new_" + string(k))})
	}
	return list, nil
}

func (r *Room) sayOnPaper(q *web.Request, kind string) (web.Asked, error) {
	k := Kind(kind)
	if !slices.Contains(Kinds(), k) {
		return web.Asked{}, fault.Missing
	}
	t := q.Words.T
	return web.Asked{About: t("power.new_" + kind), Notes: []look.Note{{Text: t("power.twin_named")}, {Text: t("power.twin_unnamed")}}, Asks: asks(q, k, sayForm{}, false)}, nil
}

func (r *Room) enterSay(q *web.Request, kind string) (string, error) {
	f, err := web.Parse[sayForm](q)
	if err != nil {
		return "", err
	}
	e, err := r.Say(q.Context(), q.Viewer, Kind(kind), f.text(), true)
	return e.ID, err
}

func (r *Room) hersOnPaper(q *web.Request) ([]look.Option, error) {
	list, _, err := r.hers(q)
	var options []look.Option
	for _, e := range list {
		options = append(options, look.Option{Value: e.ID, Label: q.Words.T("power.said_" + string(e.Kind)), Hint: q.Words.Date(e.Shown)})
	}
	return options, err
}

// hers lists what the viewer said with her name.
func (r *Room) hers(q *web.Request) ([]Entry, world, error) {
	w, err := r.read(q.Context(), q.Viewer)
	return slices.DeleteFunc(slices.Clone(w.entries), func(e Entry) bool { return e.By != q.Viewer.ID }), w, err
}

func (r *Room) dropOnPaper(q *web.Request, said string) (web.Asked, error) {
	e, _, err := r.entry(q.Context(), q.Viewer, said)
	if err == nil && e.By != q.Viewer.ID {
		err = fault.Missing
	}
	t := q.Words.T
	do := look.Choice{Name: "do", Legend: t("power.twin_drop"), Options: []look.Option{{Value: "drop", Label: t("power.drop")}}}
	if e.Shut {
		do.Options = append(do.Options, look.Option{Value: sayStand, Label: t("power.let_stand")})
	}
	return web.Asked{About: q.Words.Date(e.Shown), Asks: []look.Ask{look.Choose(do)}}, err
}

type dropForm struct {
	Do string `form:"do"`
}

func (r *Room) enterDrop(q *web.Request, said string) (string, error) {
	f, err := web.Parse[dropForm](q)
	switch {
	case err == nil && f.Do == sayStand:
		return said, r.DB.Write(q.Context(), func(tx *store.Tx) error { return setOpen(q.Context(), tx, q.Viewer, said) })
	case err != nil || f.Do != "drop":
		return said, err
	}
	return "", r.Drop(q.Context(), q.Viewer, said)
}

// sayStand lets what an older copy brought back stand again.
const sayStand = "stand"

// opens reports whether answers show everybody something again. Taking it back never waits.
func opens(answers url.Values) bool { return answers == nil || answers.Get("do") == sayStand }

// listOnPaper prints the questions there are, and asks all of them anew. The sheet carries which version that was.
func (r *Room) listOnPaper(q *web.Request, _ string) (web.Asked, error) {
	all, err := r.Lists(q.Context(), q.Viewer)
	if err != nil {
		return web.Asked{}, err
	}
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("power.list_change_lead")}, {Title: t("power.list_questions"), Text: strings.Join(all[0].Ask, " ")}, {Title: t("power.list_whose"), Text: all[0].Source}},
		Asks: listForms(q, listForm{Over: all[0].N}).Asks}, nil
}

func (r *Room) enterList(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[listForm](q)
	if err != nil {
		return "", err
	}
	return "", r.WriteList(q.Context(), q.Viewer, f.Over, f.questions())
}
