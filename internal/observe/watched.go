package observe

import (
	"cmp"
	"context"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Watched is what the page of a meeting says: that somebody asks to watch it, or what came of that. Where nobody
// asks it says nothing, and leads whoever could ask to where she does. It opens nothing.
func (r *Room) Watched(q *web.Request, meeting string, began, over bool) (look.Note, error) {
	var list []Request
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = requestsWhere(q.Context(), tx, q.Partnership(), ` AND meeting_id = $2`, meeting)
		return err
	})
	t, at := q.Words.T, "/observe/"+meeting
	m := Meeting{ID: meeting, Began: began, Over: over}
	switch {
	case err != nil:
		return look.Note{}, err
	case len(list) > 0:
		return look.Note{Text: t(list[0].stands(m).says()), Links: []look.Link{{Href: at, Text: t("observe.link")}}}, nil
	case m.Takes() && asks(q.Viewer):
		return look.Note{Links: []look.Link{{Href: at + "/ask", Text: t("observe.ask_link")}}}, nil
	}
	return look.Note{}, nil
}

// A Seen is a meeting as the records of what was watched need to know it.
type Seen struct {
	Meeting Meeting
	Agreed  bool        // everybody had said yes, and nobody has ended it
	Study   string      // for which it was asked
	Yes     []person.ID // who of those that were asked about says yes to this day
	// Still fails with ErrNewer when somebody changed what she says since. It is asked in the transaction that goes by
	// what stands here.
	Still func(context.Context, *store.Tx) error
}

// Seen lists the meetings of which there can be a record: those that are over, and those that began.
func (r *Room) Seen(ctx context.Context, v person.Viewer, of ...person.ID) ([]Seen, error) {
	all, err := r.Meetings.All(ctx, v)
	if err != nil {
		return nil, err
	}
	var asked []Request
	if err := r.DB.Read(ctx, func(tx *store.Tx) error {
		asked, err = requestsWhere(ctx, tx, v.Partnership, ``)
		return err
	}); err != nil {
		return nil, err
	}
	var list []Seen
	for _, m := range all {
		one := Seen{Meeting: m, Still: func(context.Context, *store.Tx) error { return nil }}
		stage := Asked
		for _, request := range asked {
			if request.Meeting != m.ID {
				continue
			}
			stage = request.stands(m)
			one.Agreed, one.Study = stage == Agreed, request.Study
			if err := r.hears(ctx, v.Partnership, request, of, &one); err != nil {
				return nil, err
			}
		}
		if m.Over || m.Began || stage != Asked {
			list = append(list, one)
		}
	}
	return list, nil
}

// hears looks who of some people says yes to being watched, where it was agreed to. Elsewhere nobody's yes counts.
func (r *Room) hears(ctx context.Context, p person.Partnership, request Request, of []person.ID, one *Seen) error {
	if !one.Agreed {
		return nil
	}
	var given []Answer
	read := func(tx *store.Tx) ([]Answer, error) {
		list, err := answersWhere(ctx, tx, p, ` AND meeting_id = $2`, request.Meeting)
		return slices.DeleteFunc(list, func(a Answer) bool { return !slices.Contains(of, a.Person) }), err
	}
	if err := r.DB.Read(ctx, func(tx *store.Tx) (err error) {
		given, err = read(tx)
		return err
	}); err != nil {
		return err
	}
	open, err := r.openAnswers(ctx, p, given)
	one.Yes = yeses(open)
	one.Still = func(ctx context.Context, tx *store.Tx) error {
		if err := stays(ctx, tx, p, request); err != nil {
			return err
		}
		if now, err := read(tx); err != nil || !slices.EqualFunc(given, now, same) {
			return cmp.Or(err, error(ErrNewer))
		}
		return nil
	}
	return err
}
