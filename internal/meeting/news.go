package meeting

import (
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// News is a quiet line on the first page: that one meets now, or when the next meeting is. It opens nothing.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var list []Meeting
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = allMeetings(q.Context(), tx, q.Partnership())
		return err
	})
	for _, m := range list {
		if m.State == Known && m.Sits(r.today()) {
			return []look.Link{{Href: "/meetings/" + m.ID + "/now", Text: q.Words.T("meeting.news_now")}}, err
		}
	}
	for _, m := range list {
		if m.State == Known && !m.Over(r.today()) {
			return []look.Link{{Href: "/meetings/" + m.ID, Text: q.Words.T("meeting.news", "day", q.Words.Day(at(m.Day)))}}, err
		}
	}
	return nil, err
}
