package meeting

import (
	"context"

	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// live tells an open page of a meeting that something on it changed: what is talked about, or the list. That
// somebody needs a pause is told to those who host, and that it was seen to her; nobody else's page is woken by
// either.
func (r *Room) live(q *web.Request) (web.Answer, error) {
	ctx, id := q.Context(), q.Path("meeting")
	topics := []string{TopicNow, TopicSeen}
	if q.Viewer.Standings.Has(person.Facilitator) {
		topics[1] = TopicAsked
	}
	woken := r.Events.Subscribe(ctx, q.Partnership(), topics...)
	if _, _, err := r.sitting(ctx, q.Viewer, id, nil); err != nil {
		return nil, err
	}
	return q.Live(woken, func(ctx context.Context, since int64) (int64, string, error) {
		list, now, dropped, err := r.Events.Missed(ctx, q.Partnership(), since, topics...)
		if err != nil || dropped {
			return now, "changed", err
		}
		hers, err := r.concerns(ctx, q.Viewer, id, list)
		if hers {
			return now, "changed", err
		}
		return now, "", err
	}), nil
}

// concerns reports whether one of some events is about what the viewer sees on the page of a meeting.
func (r *Room) concerns(ctx context.Context, v person.Viewer, meeting string, list []event.Event) (yes bool, err error) {
	for _, e := range list {
		if e.Topic != TopicSeen {
			yes = yes || e.Subject == meeting
			continue
		}
		err := r.DB.Read(ctx, func(tx *store.Tx) error {
			hers, err := pausesWhere(ctx, tx, v.Partnership, ` AND id = $2 AND person_id = $3`, e.Subject, v.ID)
			yes = yes || len(hers) > 0
			return err
		})
		if err != nil {
			return false, err
		}
	}
	return yes, nil
}
