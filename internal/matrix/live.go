package matrix

import (
	"context"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
)

// live is where a page of the matrix listens.
func (n naming) live(query string) string {
	return n.q.LiveAt(at(n.w.Study.ID, "live?"+query), n.w.seen)
}

// live tells an open page that something in it changed: "closed" when somebody took something back or
// changed what she allows; "changed" when somebody charted or indexed something. What stands beside a form
// asks for the first alone.
func (r *Room) live(q *web.Request) (web.Answer, error) {
	ctx := q.Context()
	topics := []string{consent.TopicTaken, consent.TopicTerms}
	if q.Query("only") != "closed" {
		topics = append(topics, TopicCharted, coding.TopicCoding)
	}
	woken := r.Events.Subscribe(ctx, q.Partnership(), topics...)
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		_, err := r.Studies.For(ctx, tx, q.Viewer, q.Path("study"))
		return err
	})
	if err != nil {
		return nil, err
	}
	return q.Live(woken, func(ctx context.Context, since int64) (int64, string, error) {
		list, now, dropped, err := r.Events.Missed(ctx, q.Partnership(), since, topics...)
		if err != nil || dropped {
			return now, "closed", err
		}
		said := ""
		for _, e := range list {
			switch e.Topic {
			case consent.TopicTaken, consent.TopicTerms:
				said = "closed"
			default:
				if said == "" {
					said = "changed"
				}
			}
		}
		return now, said, nil
	}), nil
}
