package power

import (
	"context"
	"slices"
	"strings"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// page is all that was said, with what it is owed.
type page struct {
	Title look.Title
	Who   look.Who
	Say   string
	New   []look.Button
	List  look.Link
	Links []look.Link // beside it, to other rooms
	Set   look.Link
	Kinds []kindOf
}

// kindOf is what was said of one kind. A kind of which nothing was said says so (R38).
type kindOf struct {
	Heading string
	None    string
	Cards   []look.Card
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	w, err := r.read(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := page{Title: look.Title{Text: t("power.heading"), Lead: t("power.lead")}, Say: t("power.say"),
		Who:  look.Who{Title: t("power.who_title"), Text: t("power.who", "names", w.answererNames(q))},
		List: look.Link{Href: "/decides/list", Text: t("power.to_list")}}
	if r.Beside != nil {
		p.Links = r.Beside(q)
	}
	if q.Viewer.Standings.Has(person.Facilitator) {
		p.Set = look.Link{Href: "/decides/day", Text: t("power.to_day")}
	}
	for _, k := range Kinds() {
		p.New = append(p.New, look.Button{Text: t("power.new_" + string(k)), Href: "/decides/new/" + string(k), Look: look.Second})
		of := kindOf{Heading: t("power.said_" + string(k))}
		for _, e := range w.entries {
			if e.Kind == k {
				of.Cards = append(of.Cards, w.card(q, e, r.Now()))
			}
		}
		if len(of.Cards) == 0 {
			of.None = t("power.none_" + string(k))
		}
		p.Kinds = append(p.Kinds, of)
	}
	return q.Show("power", p), nil
}

// card is an entry in the list. What it says waits until somebody opens it (P22).
func (w world) card(q *web.Request, e Entry, now time.Time) look.Card {
	t := q.Words.T
	c := look.Card{Title: look.Link{Href: "/decides/said/" + e.ID, Text: w.byWhom(q, e)}, Text: w.owed(q, e, now)}
	if e.Kind == Seen {
		c.Meta = t("power.form_" + string(e.Text.Form))
	}
	if e.Shut {
		c.Tags = []look.Tag{{Text: t("power.shut"), Kind: look.Only}}
	}
	return c
}

// byWhom says who said it and since when it stands here, a day that was fixed before for what has no name.
func (w world) byWhom(q *web.Request, e Entry) string {
	if e.By == "" {
		return q.Words.T("power.unsigned", "date", q.Words.Date(e.Shown))
	}
	return q.Words.T("power.signed", "name", w.names[e.By], "date", q.Words.Date(e.Shown))
}

// owed says what was answered or by when it will be, and says it as well when that day is over.
func (w world) owed(q *web.Request, e Entry, now time.Time) string {
	t := q.Words.T
	if a, answered := w.answers[e.ID]; answered {
		return t("power.answered", "name", w.names[a.By], "date", q.Words.Date(a.On))
	}
	if now.After(e.Due().AddDate(0, 0, 1)) {
		return t("power.late", "date", q.Words.Date(e.Due()))
	}
	return t("power.owed", "date", q.Words.Date(e.Due()))
}

// answererNames lists who answers today.
func (w world) answererNames(q *web.Request) string {
	var names []string
	for _, p := range answerers(w.people) {
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		return q.Words.T("power.no_answerers")
	}
	return strings.Join(names, ", ")
}

// News tells whoever answers that something waits for an answer. It says neither what nor how much.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	if !q.Viewer.Standings.Meets(person.Set{person.Facilitator, person.Administrator}) || !q.Viewer.Standings.Meets(web.Taking(web.Any).Standings) {
		return nil, nil
	}
	var waits bool
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		people, err := r.Circle.List(q.Context(), tx, q.Partnership())
		if err != nil || !(world{people: people}).owes(q.Viewer) {
			return err
		}
		waits, err = r.waiting(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil || !waits {
		return nil, err
	}
	return []look.Link{{Href: "/decides", Text: q.Words.T("power.news")}}, nil
}

// waiting reports whether something that everybody sees has no answer.
func (r *Room) waiting(ctx context.Context, tx *store.Tx, p person.Partnership) (bool, error) {
	all, err := allEntries(ctx, tx, p)
	if err != nil {
		return false, err
	}
	answered, err := allAnswers(ctx, tx, p)
	return slices.ContainsFunc(all, func(e Entry) bool {
		return e.visible(r.Now()) && !slices.ContainsFunc(answered, func(a Answer) bool { return a.Entry == e.ID })
	}), err
}
