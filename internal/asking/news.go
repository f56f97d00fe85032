package asking

import (
	"slices"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// News is a quiet line on the first page: to whoever is asked, to the women while something waits for
// them, to an asker who is late with what came of it. Each is one line, however many there are.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var list []Request
	var who circle.Person
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if who, err = r.Circle.Get(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		list, err = r.list(q.Context(), tx, q.Viewer)
		return err
	})
	if err != nil || !who.Taking() || len(list) == 0 {
		return nil, err
	}
	var links []look.Link
	for _, req := range list {
		by := req.Round.TellBy(q.Now())
		if req.Asker == q.Viewer.ID && req.Entry == "" && !by.IsZero() && q.Now().After(by) {
			links = append(links, look.Link{Href: "/asks/" + req.ID, Text: q.Words.T("asking.news_late")})
			break
		}
	}
	if !who.Standings.Has(person.LivedExperience) {
		return links, nil
	}
	more, err := r.womensNews(q, list)
	return append(links, more...), err
}

func (r *Room) womensNews(q *web.Request, list []Request) ([]look.Link, error) {
	h, err := r.askedOf(q.Context(), q.Viewer, Out)
	if err != nil {
		return nil, err
	}
	var links []look.Link
	waits := slices.ContainsFunc(list, func(req Request) bool {
		return req.Asker != q.Viewer.ID && req.Round.Stage(q.Now()) == Waiting && !slices.Contains(h.Aside, asideSay(req.ID, req.Round.N))
	})
	if waits {
		links = append(links, look.Link{Href: "/asks", Text: q.Words.T("asking.news_waits")})
	}
	for i, req := range h.requests {
		if !h.answered[i] && !slices.Contains(h.Aside, asideAsked(req.ID)) {
			return append(links, look.Link{Href: "/asked", Text: q.Words.T("asking.news_asked")}), nil
		}
	}
	return links, nil
}
