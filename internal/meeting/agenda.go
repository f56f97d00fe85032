package meeting

import (
	"context"
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Propose puts something on the list of a meeting, or on none yet, under the viewer's name, and returns its id.
func (r *Room) Propose(ctx context.Context, v person.Viewer, meeting string, text ItemText) (string, error) {
	if text.Title == "" {
		return "", ErrWords
	}
	if meeting != "" {
		if err := r.toCome(ctx, v, meeting); err != nil {
			return "", err
		}
	}
	i := Item{ID: store.RandomID(), Meeting: meeting, Person: v.ID, Made: r.Now()}
	var err error
	if i.key, i.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_item", column, i.ID, text); err != nil {
		return "", err
	}
	return i.ID, r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := insertItem(ctx, tx, v.Partnership, i); err != nil {
			return err
		}
		return r.tell(ctx, tx, v.Partnership, meeting)
	})
}

// toCome returns ErrWhere for a meeting on whose list nothing can be put: one that is not known, called off or
// over.
func (r *Room) toCome(ctx context.Context, v person.Viewer, id string) error {
	m, _, err := r.theMeeting(ctx, v, id, nil)
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil, err == nil && (m.State != Known || m.Over(r.today())):
		return ErrWhere
	}
	return err
}

// item reads one item that the viewer may know, with all meetings she may know and what was said to it.
func (r *Room) item(ctx context.Context, v person.Viewer, id string) (Item, world, error) {
	w, err := r.everyMeeting(ctx, v, func(tx *store.Tx, w *world) error {
		var err error
		if w.items, err = itemsWhere(ctx, tx, v.Partnership, ` AND id = $2`, id); err != nil {
			return err
		}
		w.said, err = saidWhere(ctx, tx, v.Partnership, ` AND item_id = $2`, id)
		return err
	})
	if err == nil && (len(w.items) == 0 || !w.items[0].open) {
		err = fault.Missing
	}
	if err != nil {
		return Item{}, w, err
	}
	return w.items[0], w, nil
}

// Decide says what became of an item, in the viewer's name. Nothing is dropped without a reason.
func (r *Room) Decide(ctx context.Context, v person.Viewer, id string, f Fate) error {
	i, _, err := r.item(ctx, v, id)
	if err != nil {
		return err
	}
	f.ID, f.Item, f.From, f.By, f.Made = store.RandomID(), i.ID, i.Meeting, v.ID, r.Now()
	if f.What != Moved {
		f.To = ""
	}
	if !slices.Contains(i.Next(v), f.What) {
		return ErrChoose
	}
	if err := f.Check(); err != nil {
		return err
	}
	if f.What == Moved {
		if err := r.toCome(ctx, v, f.To); err != nil {
			return err
		}
	}
	if f.key, f.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_fate", column, f.ID, f.Why); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := addFate(ctx, tx, v.Partnership, i, f); err != nil {
			return err
		}
		return r.tell(ctx, tx, v.Partnership, f.From, f.To)
	})
}

// TakeBack erases an item of the viewer's own.
func (r *Room) TakeBack(ctx context.Context, v person.Viewer, id string) error {
	i, err := r.ownItem(ctx, v, id)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		keys, err := eraseItem(ctx, tx, v.Partnership, i)
		if err != nil {
			return err
		}
		if err := r.Gate.Doom(ctx, tx, v.Partnership, keys...); err != nil {
			return err
		}
		return r.tell(ctx, tx, v.Partnership, i.Meeting)
	})
}

// Stands opens an item of the viewer's own again that was shut when an older copy was put back.
func (r *Room) Stands(ctx context.Context, v person.Viewer, id string) error {
	i, err := r.ownItem(ctx, v, id)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE meeting_item SET shut = 0 WHERE partnership_id = $1 AND id = $2 AND person_id = $3`, v.Partnership, id, v.ID); err != nil {
			return err
		}
		return r.tell(ctx, tx, v.Partnership, i.Meeting)
	})
}

func (r *Room) ownItem(ctx context.Context, v person.Viewer, id string) (Item, error) {
	i, _, err := r.item(ctx, v, id)
	if err == nil && i.Person != v.ID {
		err = fault.Missing
	}
	return i, err
}

type proposeForm struct {
	For   string `form:"for"`
	Title string `form:"about" max:"120"`
	More  string `form:"more" max:"2000"`
}

func (f proposeForm) text() ItemText {
	return ItemText{Title: strings.TrimSpace(f.Title), More: strings.TrimSpace(f.More)}
}

// lists are the meetings on whose list something can be put.
func (w world) lists(q *web.Request, today, but, chosen string) []look.Option {
	var list []look.Option
	for _, m := range w.meetings {
		if m.State == Known && !m.Over(today) && m.ID != but {
			list = append(list, look.Option{Value: m.ID, Label: m.when(q), Hint: m.Text.Lines[Purpose].Words, Chosen: m.ID == chosen})
		}
	}
	return list
}

// askPropose are the questions about something to talk about.
func (w world) askPropose(q *web.Request, today string, f proposeForm) []look.Ask {
	t := q.Words.T
	list := look.Choice{Name: "for", Legend: t("meeting.ask_for"), Hint: t("meeting.ask_for_hint"), Options: w.lists(q, today, "", f.For)}
	asks := []look.Ask{line(q, "about", "meeting.ask_about", f.Title), box(q, "more", "meeting.ask_more", f.More, "meeting.who_named")}
	if len(list.Options) > 0 {
		asks = append(asks, look.Choose(list))
	}
	return asks
}

func (w world) newPropose(q *web.Request, today string, f proposeForm) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("meeting.propose"), Lead: t("meeting.propose_lead")}, Action: "/agenda/new", Asks: w.askPropose(q, today, f),
		Acts: []look.Button{{Text: t("meeting.propose_do")}}, Back: look.Link{Href: "/meetings", Text: t("meeting.back")}}
}

// showPropose asks for which meeting it is only of who does not come from the page of one.
func (r *Room) showPropose(q *web.Request) (web.Answer, error) {
	w, err := r.everyMeeting(q.Context(), q.Viewer, nil)
	p := w.newPropose(q, r.today(), proposeForm{})
	if m, ok := w.meeting(q.Query("for")); ok && m.State == Known && !m.Over(r.today()) {
		p.Notes = []look.Note{{Text: q.Words.T("meeting.on_list", "when", m.when(q))}}
		p.Asks = append(p.Asks[:2], look.Carry("for", m.ID))
	}
	return q.Show("form", p), err
}

func (r *Room) propose(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[proposeForm](q)
	id := ""
	if err == nil {
		id, err = r.Propose(q.Context(), q.Viewer, f.For, f.text())
	}
	if err != nil {
		w, other := r.everyMeeting(q.Context(), q.Viewer, nil)
		if other != nil {
			return nil, other
		}
		return w.newPropose(q, r.today(), f).again(q, err)
	}
	return web.GoSaying("/agenda/"+id, "meeting.proposed"), nil
}
