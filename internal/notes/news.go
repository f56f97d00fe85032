package notes

import (
	"slices"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// News is a quiet line on the first page while notes are in their first week of being open, so that whoever
// took part finds them in time. It opens nothing.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	if !mayWrite(q) {
		return nil, nil
	}
	var open []Notes
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		open, err = store.List(q.Context(), tx, scanNotes, allNotes+` AND step = $2 AND shut = 0 ORDER BY opened, meeting_id`, q.Partnership(), Open)
		return err
	})
	open = slices.DeleteFunc(open, func(n Notes) bool { return n.FinalFrom() <= r.today() })
	if err != nil || len(open) == 0 {
		return nil, err
	}
	all, err := r.Meetings.All(q.Context(), q.Viewer)
	var links []look.Link
	for _, n := range open {
		if i := slices.IndexFunc(all, func(m Meeting) bool { return m.ID == n.Meeting }); i >= 0 {
			links = append(links, look.Link{Href: "/notes/" + n.Meeting, Text: q.Words.T("notes.news", "date", q.Words.Date(at(n.FinalFrom())), "day", q.Words.Day(at(all[i].Day)))})
		}
	}
	return links, err
}

// Links are what the page of a meeting leads to.
func (r *Room) Links(q *web.Request, meeting string) []look.Link {
	return []look.Link{{Href: "/notes/" + meeting, Text: q.Words.T("notes.link")}}
}

// Beside leads from the list of meetings to what is to be done.
func (r *Room) Beside(q *web.Request) []look.Link {
	return []look.Link{{Href: "/todo", Text: q.Words.T("notes.todo_heading")}}
}
