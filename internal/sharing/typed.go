package sharing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// typedPage is what was typed up of her voice, for her to check: with the recording, a box in which she can
// put it right, and who could read it once she says yes.
type typedPage struct {
	Check  look.Check
	Title  look.Title
	State  look.Note
	Sound  []look.Sound
	Action string
	Newer  look.Newer
	Text   look.Field
	seen
	Acts []look.Button
}

// hersToCheck is a recording of hers with what was typed up of it.
type hersToCheck struct {
	mine
	rec  consent.Recording
	row  typedRow     // sent to her; empty when nothing was
	now  []consent.ID // the turns that were typed up before and said yes to
	text string       // what stands in the box
}

func (r *Room) toCheck(q *web.Request) (h hersToCheck, err error) {
	if h.mine, err = r.hers(q.Context(), q, consent.ID(q.Path("contribution"))); err != nil {
		return h, err
	}
	heard := h.heard()
	if len(heard) == 0 {
		return h, fault.Missing
	}
	h.rec = heard[0]
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		if h.row, err = typedOf(q.Context(), tx, q.Partnership(), h.c.ID, h.rec.ID); err != nil {
			return err
		}
		h.now, err = typedTurns(q.Context(), tx, q.Partnership(), h.c.ID)
		return err
	})
	if err != nil {
		return h, err
	}
	if !h.row.sent { // what a typist has not given to her is the typist's
		h.row = typedRow{}
	}
	if h.text, err = r.openTyped(q.Context(), q.Viewer, h.row, q.Viewer.ID); h.row.id == "" {
		for _, turn := range h.left() {
			if slices.Contains(h.now, turn.ID) {
				h.text += turn.Words.Reveal()
			}
		}
	}
	return h, err
}

func (r *Room) newTypedPage(q *web.Request, h hersToCheck, text, problem string) (typedPage, error) {
	t, own := q.Words.T, "/share/"+string(h.c.ID)
	p := typedPage{Title: look.Title{Text: t("sharing.typed_heading"), Lead: t("sharing.typed_lead")}, Sound: players(q, own, []consent.Recording{h.rec}),
		Action: own + "/typed", Newer: look.Newer{From: web.From(h.row.id, h.text)},
		Text: look.Field{Name: "typed", Label: t("sharing.typed_label"), Hint: t("sharing.typed_hint"), WhoTitle: t("sharing.typed_who_title"), Who: t("sharing.typed_who"),
			Value: text, Rows: 12, Max: textLimit, Left: t("sharing.left"), Over: t("sharing.over"), Problem: problem},
		seen: seen{SeeTitle: t("sharing.typed_see"), SeeNone: t("sharing.see_nobody")},
		Acts: []look.Button{{Text: t("sharing.typed_yes")}}}
	switch {
	case h.row.id != "":
		p.State = look.Note{Title: t("sharing.typed_new")}
		p.Acts = append(p.Acts, look.Button{Text: t("sharing.typed_no"), Look: look.Second, Name: "no", Value: "1"})
	case h.text != "":
		p.State = look.Note{Title: t("sharing.typed_before")}
	}
	p.Acts = append(p.Acts, look.Button{Text: t("sharing.change_leave"), Look: look.Second, Href: own})
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#typed", Text: problem}}}
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return p, err
	}
	words := h.speaker.Terms
	words.Yes = slices.DeleteFunc(slices.Clone(words.Yes), func(y consent.Yes) bool { return y.Purpose == consent.Typing || y.Use == toHear })
	p.See, err = r.see(q.Context(), q, words, at)
	return p, err
}

func (r *Room) showTyped(q *web.Request) (web.Answer, error) {
	h, err := r.toCheck(q)
	if err != nil {
		return nil, err
	}
	p, err := r.newTypedPage(q, h, h.text, "")
	return q.Show("typed", p), err
}

// sayTyped is her yes or no to what was typed up, as it stands in the box. Yes makes it words of hers under the
// terms she has given, in the place of what was typed up before, which is erased. No ends it.
func (r *Room) sayTyped(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[typeForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	h, err := r.toCheck(q)
	if err != nil {
		return nil, err
	}
	again := func(key string, args ...any) (web.Answer, error) {
		p, err := r.newTypedPage(q, h, f.Typed, q.Words.T(key, args...))
		return q.Again("typed", p), err
	}
	own := "/share/" + string(h.c.ID)
	switch {
	case f.From != "" && f.From != web.From(h.row.id, h.text):
		return again("sharing.typing_newer")
	case f.No && h.row.id != "":
		err := r.db.Write(q.Context(), func(tx *store.Tx) error { return r.dropTyped(q.Context(), tx, q.Partnership(), h.row) })
		return web.GoSaying(own, "sharing.typed_refused"), err
	case problem != nil:
		return again("web.too_long", "max", textLimit)
	case strings.TrimSpace(f.Typed) == "":
		return again("sharing.typing_empty")
	}
	err = r.use(q, h, f.Typed)
	if errors.Is(err, errDraftNewer) {
		if h, err = r.toCheck(q); err == nil {
			return again("sharing.typing_newer")
		}
	}
	return web.GoSaying(own, "sharing.typed_said"), err
}

// use makes what she said yes to words of hers, in the place of what was typed up before, which is erased. When
// something else stands there by now, it returns errDraftNewer.
func (r *Room) use(q *web.Request, h hersToCheck, text string) error {
	part := consent.Part{Contribution: h.c.ID, Speaker: h.speaker.ID}
	for _, turn := range h.left() {
		if slices.Contains(h.now, turn.ID) {
			part.Turns = append(part.Turns, turn.ID)
		}
	}
	return r.gate.AddTurns(q.Context(), q.Viewer, part, Paragraphs(text), func(ctx context.Context, tx *store.Tx, turns []consent.ID) error {
		if err := r.dropTyped(ctx, tx, q.Partnership(), h.row); err != nil {
			return err
		}
		now, err := typedTurns(ctx, tx, q.Partnership(), h.c.ID)
		if err != nil {
			return err
		}
		if !slices.Equal(now, h.now) {
			return errDraftNewer
		}
		return putTypedTurns(ctx, tx, q.Partnership(), h.c.ID, turns)
	})
}
