package asking

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
)

// column is what the column with somebody's words is called in every table of this room.
const column = "words"

// texts opens the texts of requests as the women were given them; a draft is opened for its asker.
func (r *Room) texts(ctx context.Context, v person.Viewer, list []Request) ([]consent.Opened[Text], error) {
	papers := make([]consent.Paper, len(list))
	for i, q := range list {
		papers[i] = q.put()
		if q.Round.N == 0 {
			papers[i] = q.draft()
		}
	}
	return consent.Values[Text](ctx, r.Gate, v, papers)
}

// values returns what could be opened.
func values[T any](list []consent.Opened[T]) []T {
	var open []T
	for _, o := range slices.DeleteFunc(list, func(o consent.Opened[T]) bool { return !o.OK }) {
		open = append(open, o.Value)
	}
	return open
}
