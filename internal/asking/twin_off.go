package asking

import (
	"net/url"

	"footing/internal/web"
	"footing/internal/web/look"
)

// What is said of an entry of the shelf on a sheet.
const (
	sayOff  = "off"
	sayBack = "back"
)

// putsBack reports whether answers show everybody an entry again. Taking it off never waits.
func putsBack(answers url.Values) bool { return answers == nil || answers.Get("do") == sayBack }

// shelved lists what stands on the shelf, and what was taken off and can be put back.
func (r *Room) shelved(q *web.Request) ([]look.Option, error) {
	list, err := r.Shelf(q.Context(), q.Viewer)
	var options []look.Option
	for _, e := range list {
		options = append(options, look.Option{Value: e.ID, Label: e.Title})
	}
	return options, err
}

// offOnPaper prints what stands there, and asks for the one of the two that can be done.
func (r *Room) offOnPaper(q *web.Request, id string) (web.Asked, error) {
	list, err := r.Versions(q.Context(), q.Viewer, id)
	if err != nil {
		return web.Asked{}, err
	}
	t, now := q.Words.T, list[0]
	do := look.Choice{Name: "do", Legend: t("asking.twin_off_do"), Options: []look.Option{{Value: sayOff, Label: t("asking.take_off"), Hint: t("asking.take_off_hint")}}}
	if !now.Off.IsZero() {
		do.Options = []look.Option{{Value: sayBack, Label: t("asking.put_back")}}
	}
	return web.Asked{About: now.Title, Notes: []look.Note{{Title: now.Title, Text: now.Known.Known}}, Asks: []look.Ask{look.Choose(do)}}, nil
}

func (r *Room) enterOff(q *web.Request, id string) (string, error) {
	f, err := web.Parse[doForm](q)
	if err == nil && f.Do != sayOff && f.Do != sayBack {
		err = errChoose
	}
	if err != nil {
		return "", err
	}
	return id, r.SetOff(q.Context(), q.Viewer, id, f.Do == sayOff)
}
