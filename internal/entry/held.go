package entry

import (
	"errors"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// doors is every way in that the viewer has, as facts: nothing in it opens anything.
type doors struct {
	sessions    []account.Session
	tokens      []account.Token
	invitations []account.Invitation
	codes       int
	factor      bool
	founding    founding
}

func (r *Room) doors(q *web.Request) (doors, error) {
	var d doors
	ctx, p, id := q.Context(), q.Partnership(), q.Viewer.ID
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if d.sessions, err = r.Accounts.Sessions(ctx, tx, p, id); err != nil {
			return err
		}
		if d.tokens, err = r.Accounts.Tokens(ctx, tx, p, id); err != nil {
			return err
		}
		if d.codes, err = r.Accounts.RecoveryCodesLeft(ctx, tx, p, id); err != nil {
			return err
		}
		if d.factor, err = r.Accounts.HasFactor(ctx, tx, p, id); err != nil {
			return err
		}
		all, err := r.Accounts.Invitations(ctx, tx, p)
		for _, i := range all {
			if i.By == id {
				d.invitations = append(d.invitations, i)
			}
		}
		if err != nil {
			return err
		}
		if d.founding, err = getFounding(ctx, tx, p); errors.Is(err, fault.Missing) {
			err = nil
		}
		return err
	})
	return d, err
}

// Held is what the door keeps of the viewer, for her own copy: how she signs in, and where she is signed
// in. Passphrase, codes and keys are kept as something that cannot be turned back, so they are not in it.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	d, err := r.doors(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("entry.held_heading"), Lead: t("entry.held_lead")}
	for _, s := range d.sessions {
		h.Lines = append(h.Lines, look.Line{When: t("entry.session_since", "when", q.Words.When(s.Created)), Text: t("entry.on_" + deviceWord(s.Device)),
			More: []string{t("entry.held_seen", "when", q.Words.When(s.Seen)), t("entry.held_until", "when", q.Words.When(s.Expires))}})
	}
	for _, k := range d.tokens {
		line := look.Line{When: q.Words.Date(k.Created), Text: t("entry.held_token", "label", k.Label), More: []string{t("entry.held_until", "when", q.Words.Date(k.Expires))}}
		if !k.Used.IsZero() {
			line.More = append(line.More, t("entry.held_used", "date", q.Words.Date(k.Used)))
		}
		h.Lines = append(h.Lines, line)
	}
	for _, i := range d.invitations {
		h.Lines = append(h.Lines, look.Line{When: q.Words.Date(i.Made), Text: t("entry.held_invited"), More: []string{t("entry.held_until", "when", q.Words.Date(i.Expires))}})
	}
	if d.founding.First == q.Viewer.ID {
		h.Lines = append(h.Lines, look.Line{Text: t("entry.held_founding", "name", d.founding.Second)})
	}
	factor := "entry.held_no_factor"
	if d.factor {
		factor = "entry.held_factor"
	}
	h.Lines = append(h.Lines, look.Line{Text: t("entry.me_codes_text", "count", d.codes)}, look.Line{Text: t(factor)})
	return []look.Held{h}, nil
}
