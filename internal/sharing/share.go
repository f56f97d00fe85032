package sharing

import (
	"context"
	"errors"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// share turns a draft into something shared, under the terms she chose, and the draft is gone. Sent
// twice it shares once: the second time there is no draft, and she is shown what she has shared.
func (r *Room) share(q *web.Request) (web.Answer, error) {
	ctx := q.Context()
	d, a, err := r.open(ctx, q.Viewer, q.Path("draft"))
	if errors.Is(err, fault.Missing) {
		return web.Go("/share"), nil
	}
	if err != nil {
		return nil, err
	}
	if !a.Said() {
		return web.Go("/draft/" + d.id), nil
	}
	if page, err := r.stale(q, d, a); page != nil || err != nil {
		return page, err
	}
	at, err := r.around(ctx, q)
	if err != nil {
		return nil, err
	}
	a = at.still(a, q.Now())
	_, shown, err := r.unread(q)
	if err != nil {
		return nil, err
	}
	id, err := r.give(ctx, q, a, a.Terms(q.Viewer.ID, q.Now()), func(ctx context.Context, tx *store.Tx) error {
		if a.Shared(q.Now()) {
			if err := shown(ctx, tx); err != nil {
				return err
			}
		}
		return r.discard(q, tx, q.Viewer, d.id)
	})
	if errors.Is(err, fault.Missing) { // the same button, pressed twice
		return web.Go("/share"), nil
	}
	return web.GoSaying("/share/"+id, "sharing.shared"), err
}

// give keeps what she wrote under her terms, together with what first does, and returns its id.
func (r *Room) give(ctx context.Context, q *web.Request, a Answers, terms consent.Terms, first func(context.Context, *store.Tx) error) (string, error) {
	n := consent.Incoming{Kind: a.Kind, Note: a.About, Topics: a.Topics, Keeper: q.Viewer.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: q.Viewer.ID, Label: q.Viewer.Name}}}
	for _, text := range Paragraphs(a.Text) {
		n.Turns = append(n.Turns, consent.NewTurn{Text: text})
	}
	if len(n.Turns) == 0 { // it was left spoken: what is typed up takes the place of this
		n.Turns = []consent.NewTurn{{}}
	}
	prepared, err := r.gate.Prepare(ctx, q.Partnership(), n)
	if err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := first(ctx, tx); err != nil {
			return err
		}
		if err := prepared.Save(ctx, tx); err != nil {
			return err
		}
		if a.Spoken.Is() {
			err := r.gate.AddRecording(ctx, tx, q.Viewer, prepared.ID, prepared.Speakers[0], a.Spoken.Blob, string(a.Spoken.Kind))
			if err != nil {
				return err
			}
		}
		if err := r.Answer(ctx, tx, q.Partnership(), prepared.ID, a.Ask); err != nil {
			return err
		}
		return r.gate.SetTerms(ctx, tx, q.Viewer, prepared.ID, prepared.Speakers[0], terms)
	})
	if putOff := a.answered(later); err == nil && len(putOff) > 0 {
		err = r.wish(ctx, q.Viewer, func(w Wishes) Wishes { return w.PuttingOff(prepared.ID, putOff) })
	}
	return string(prepared.ID), err
}

type shareForm struct {
	Seen string `form:"seen"`
}

// stale shows the check once more when something on it is not as she looked at it: somebody has come who
// could open it too, or she has changed it in another window. Where there is something to be shown before she
// shares, nothing is shared from anywhere but that page.
func (r *Room) stale(q *web.Request, d draftRow, a Answers) (web.Answer, error) {
	f, err := web.Parse[shareForm](q)
	if err != nil {
		return nil, err
	}
	p, err := r.newCheckPage(q, d, a)
	if err != nil || p.Seen == f.Seen || f.Seen == "" && p.Limits == nil {
		return nil, err
	}
	if f.Seen == "" {
		return q.Again("check", p), nil
	}
	p.Check = look.Check{Title: q.Words.T("sharing.stale_title"), Items: []look.CheckItem{{Href: "#main", Text: q.Words.T("sharing.stale")}}}
	return q.Again("check", p), nil
}
