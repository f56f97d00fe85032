package apart

import (
	"context"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Write keeps a note of the viewer's to the other women, and returns its id.
func (r *Room) Write(ctx context.Context, v person.Viewer, words string) (string, error) {
	switch {
	case !Hers(v):
		return "", fault.Missing
	case words == "":
		return "", ErrWords
	}
	id := store.RandomID()
	key, sealed, err := r.Gate.SealPaper(ctx, v.Partnership, "apart_note", "words", id, words)
	if err != nil {
		return "", err
	}
	return id, r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO apart_note (partnership_id, id, person_id, made, shut, key_id, words) VALUES ($1, $2, $3, $4, 0, $5, $6)`,
			v.Partnership, id, v.ID, store.Micros(r.Now()), key, sealed)
		return err
	})
}

// Drop erases a note of the viewer's own.
func (r *Room) Drop(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		return r.dropNotes(ctx, tx, v.Partnership, ` AND id = $2 AND person_id = $3`, id, v.ID)
	})
}

// Stands opens a note of the viewer's own again that was shut when an older copy was put back.
func (r *Room) Stands(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE apart_note SET shut = 0 WHERE partnership_id = $1 AND id = $2 AND person_id = $3`, v.Partnership, id, v.ID)
		return store.Changed(n, err, fault.Missing)
	})
}

// oursPage is the women's own page.
type oursPage struct {
	Check look.Check
	Title look.Title
	Ask   look.Ask
	Do    look.Button
	None  string
	Notes []noteCard
	Back  look.Link
}

// noteCard is one note on it.
type noteCard struct {
	By, When, Hint string
	Paras          []string
	Action         string
	Acts           []look.Button
}

type noteForm struct {
	Words string `form:"words" max:"2000"`
}

func (f noteForm) words() string { return strings.TrimSpace(f.Words) }

func (r *Room) ours(q *web.Request, f noteForm) (oursPage, error) {
	t := q.Words.T
	list, names, err := r.Notes(q.Context(), q.Viewer)
	p := oursPage{Title: look.Title{Text: t("apart.ours"), Lead: t("apart.ours_lead")}, Ask: box(q, "words", "apart.ask_words", f.Words, "apart.ours_who"),
		Do: look.Button{Text: t("apart.write")}, Back: look.Link{Href: "/apart", Text: t("apart.back")}}
	if len(list) == 0 {
		p.None = t("apart.ours_none")
	}
	for _, n := range list {
		one := noteCard{By: names[n.Person], When: q.Words.Date(n.Made), Paras: look.Paras(n.Words)}
		if n.Person == q.Viewer.ID {
			one.Action, one.Acts = "/apart/ours/"+n.ID+"/drop", []look.Button{{Text: t("apart.drop"), Look: look.Quiet}}
			if n.Shut {
				one.Hint = t("apart.shut")
				one.Acts = append(one.Acts, look.Button{Text: t("apart.stands"), Look: look.Quiet, Action: "/apart/ours/" + n.ID + "/stands"})
			}
		}
		p.Notes = append(p.Notes, one)
	}
	return p, err
}

func (r *Room) showOurs(q *web.Request) (web.Answer, error) {
	p, err := r.ours(q, noteForm{})
	return q.Show("ours", p), err
}

func (r *Room) write(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[noteForm](q)
	if err == nil {
		_, err = r.Write(q.Context(), q.Viewer, f.words())
	}
	if err == nil {
		return web.GoSaying("/apart/ours", "apart.written"), nil
	}
	if fault.KindOf(err) != fault.Invalid {
		return nil, err
	}
	p, other := r.ours(q, f)
	p.Check = check(q, err)
	return q.Again("ours", p), other
}

func (r *Room) dropNote(q *web.Request) (web.Answer, error) {
	return web.GoSaying(r.after(q), "apart.dropped"), r.Drop(q.Context(), q.Viewer, q.Path("note"))
}

func (r *Room) noteStands(q *web.Request) (web.Answer, error) {
	return web.GoSaying(r.after(q), "apart.saved"), r.Stands(q.Context(), q.Viewer, q.Path("note"))
}

// after is where she is led: somebody who is not one of the women any more still erases what she wrote there.
func (r *Room) after(q *web.Request) string {
	if Hers(q.Viewer) {
		return "/apart/ours"
	}
	return "/apart"
}

// Held is what is kept here of the viewer, for her own copy: what she wrote to the other women, and what she said
// meets apart.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	t, me := q.Words.T, q.Viewer.ID
	list, names, err := r.Spaces(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	h := look.Held{Heading: t("apart.heading")}
	before, err := r.Before(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	for _, s := range append(list, before...) {
		if s.By == me {
			c := s.card(q, names)
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(s.Made), Text: t("apart.held_space", "what", s.Text.Name), Words: append(look.Paras(s.Text.For), look.Paras(s.Text.Leaves)...), More: []string{c.Meta}})
		}
	}
	written, _, err := r.notesFor(q.Context(), q.Viewer)
	for _, n := range written {
		if n.Person == me {
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(n.Made), Text: t("apart.held_note"), Words: look.Paras(n.Words)})
		}
	}
	if err != nil || len(h.Lines) == 0 {
		return nil, err
	}
	return []look.Held{h}, nil
}
