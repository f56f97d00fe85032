package coding

import (
	"context"
	"strings"

	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
)

// live tells an open document that something in it changed: "closed" when somebody took something back or
// changed what she allows, "changed" when somebody indexed something. A change made on that same page means
// nothing to it.
func (r *Room) live(q *web.Request) (web.Answer, error) {
	ctx, id, page := q.Context(), consent.ID(q.Path("source")), q.Query("page")
	topics := []string{consent.TopicTaken, consent.TopicTerms, TopicCoding}
	woken := r.events.Subscribe(ctx, q.Partnership(), topics...)
	err := r.db.Read(ctx, func(tx *store.Tx) error { return r.mayIndex(ctx, tx, q.Viewer, q.Path("study"), id) })
	if err != nil {
		return nil, err
	}
	return q.Live(woken, func(ctx context.Context, since int64) (int64, string, error) {
		list, now, dropped, err := r.events.Missed(ctx, q.Partnership(), since, topics...)
		if err != nil || dropped {
			return now, "closed", err // too long ago to know: as if everything changed
		}
		said := ""
		for _, e := range list {
			source, from, _ := strings.Cut(e.Subject, ".")
			switch {
			case source != "" && source != string(id):
			case e.Topic != TopicCoding:
				said = "closed"
			case said == "" && (from == "" || from != page):
				said = "changed"
			}
		}
		return now, said, nil
	}), nil
}
