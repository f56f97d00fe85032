package sharing

import (
	"context"
	"errors"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Asks names a request that somebody answers: what it is called and who asks, fault.Missing where it is
// not hers to answer. Asking keeps them; nil means that nothing is asked here.
type Asks interface {
	Asked(ctx context.Context, v person.Viewer, id string) (title, asker string, err error)
	// Brings, OnPaper and PutAside are for whoever has no screen: what somebody brings to her, what stands
	// on it, and taking it off the list.
	Brings(q *web.Request) ([]web.Brought, error)
	OnPaper(q *web.Request, id string) (title string, notes []look.Note, err error)
	PutAside(ctx context.Context, v person.Viewer, id string, back bool) error
}

// asked is the request that a draft, or something shared, answers. It is empty for one that answers none,
// or none that she may still see.
type asked struct{ id, title, asker string }

func (r *Room) asked(ctx context.Context, v person.Viewer, id string) (asked, error) {
	if id == "" || r.asks == nil {
		return asked{}, nil
	}
	title, asker, err := r.asks.Asked(ctx, v, id)
	if errors.Is(err, fault.Missing) {
		return asked{}, nil
	}
	return asked{id, title, asker}, err
}

// note says beside a draft what it answers, and that whoever asked sees it only if she chooses so.
func (a asked) note(q *web.Request) look.Note {
	if a.id == "" {
		return look.Note{}
	}
	return look.Note{Title: q.Words.T("sharing.answers", "name", a.asker), Text: a.title + ". " + q.Words.T("sharing.answers_text", "name", a.asker),
		Links: []look.Link{{Href: "/asks/" + a.id, Text: q.Words.T("sharing.answers_see")}}}
}

// Answer remembers that something shared answers a request. Its terms are hers as ever.
func (r *Room) Answer(ctx context.Context, tx *store.Tx, p person.Partnership, contribution consent.ID, ask string) error {
	if ask == "" {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO sharing_answer (partnership_id, contribution_id, ask_id) VALUES ($1, $2, $3)`, p, contribution, ask)
	return err
}

// AnswersTo lists what was shared in answer to a request. It says nothing about who may open it: callers
// show only what a ruling lets their reader open.
func (r *Room) AnswersTo(ctx context.Context, tx *store.Tx, p person.Partnership, ask string) ([]consent.ID, error) {
	return store.List(ctx, tx, store.One[consent.ID], `SELECT contribution_id FROM sharing_answer
		WHERE partnership_id = $1 AND ask_id = $2 ORDER BY contribution_id`, p, ask)
}

// answeredBy returns which request something shared answers, empty for none.
func answeredBy(ctx context.Context, tx *store.Tx, p person.Partnership, contribution consent.ID) (string, error) {
	ask, err := store.Get(ctx, tx, store.One[string], `SELECT ask_id FROM sharing_answer WHERE partnership_id = $1 AND contribution_id = $2`, p, contribution)
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return ask, err
}

// answerLink returns a link to the request that something of hers answers, the zero Link when there is none.
func (r *Room) answerLink(q *web.Request, contribution consent.ID) (look.Link, error) {
	var id string
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		id, err = answeredBy(q.Context(), tx, q.Partnership(), contribution)
		return err
	})
	if err != nil {
		return look.Link{}, err
	}
	to, err := r.asked(q.Context(), q.Viewer, id)
	if err != nil || to.id == "" {
		return look.Link{}, err
	}
	return look.Link{Href: "/asks/" + to.id, Text: q.Words.T("sharing.answers_own", "title", to.title, "name", to.asker)}, nil
}

// askedLink leads one of the women to what she is asked, where anything is asked at all.
func (r *Room) askedLink(q *web.Request) look.Link {
	if r.asks == nil || !q.Viewer.Standings.Has(person.LivedExperience) {
		return look.Link{}
	}
	return look.Link{Href: "/asked", Text: q.Words.T("sharing.asked_link")}
}
