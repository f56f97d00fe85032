package apart

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Name says that something meets apart, or says it anew over what was said of it after over changes, which
// stays beneath it, in the name of the viewer, and returns its id. One that had ended goes on again.
func (r *Room) Name(ctx context.Context, v person.Viewer, id string, over int64, text SpaceText) (string, error) {
	if err := text.Check(); err != nil {
		return "", err
	}
	var old Space
	if id != "" {
		var err error
		if old, err = r.space(ctx, v, id); err != nil {
			return "", err
		}
		if old.n != over {
			return "", ErrNewer
		}
	} else {
		id = store.RandomID()
	}
	key, sealed, err := r.Gate.SealValue(ctx, v.Partnership, "apart_space", "words", id, text)
	if err != nil {
		return "", err
	}
	return id, r.DB.Write(ctx, func(tx *store.Tx) error {
		if old.ID == "" {
			_, err := tx.Exec(ctx, `INSERT INTO apart_space (partnership_id, id, by_id, made, ended, n, key_id, words) VALUES ($1, $2, $3, $4, 0, 0, $5, $6)`,
				v.Partnership, id, v.ID, store.Micros(r.Now()), key, sealed)
			return err
		}
		if err := keepBefore(ctx, tx, v.Partnership, id, over); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `UPDATE apart_space SET by_id = $4, made = $5, ended = 0, n = n + 1, key_id = $6, words = $7 WHERE partnership_id = $1 AND id = $2 AND n = $3`,
			v.Partnership, id, over, v.ID, store.Micros(r.Now()), key, sealed)
		return store.Changed(n, err, ErrNewer)
	})
}

// End says in the viewer's name that something which met apart is no more. It stays on the list.
func (r *Room) End(ctx context.Context, v person.Viewer, id string) error {
	s, err := r.space(ctx, v, id)
	if err != nil || !s.Ended.IsZero() {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := keepBefore(ctx, tx, v.Partnership, id, s.n); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `UPDATE apart_space SET by_id = $4, made = $5, ended = $5, n = n + 1 WHERE partnership_id = $1 AND id = $2 AND n = $3`, v.Partnership, id, s.n, v.ID, store.Micros(r.Now()))
		return store.Changed(n, err, ErrNewer)
	})
}

// page is what meets apart, as every member reads it.
type page struct {
	Title  look.Title
	Acts   []look.Button
	None   look.Empty
	Spaces []spaceCard
	Past   string
	Ended  []spaceCard
	Links  []look.Link
}

// spaceCard is one of them.
type spaceCard struct {
	Name    string
	Summary look.Summary
	Meta    string
	Change  look.Link
	Before  look.Link
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	list, names, err := r.Spaces(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	p := page{Title: look.Title{Text: t("apart.heading"), Lead: t("apart.lead")}, Past: t("apart.past")}
	mayName := q.Viewer.Standings.Meets(Others())
	if mayName {
		p.Acts = []look.Button{{Text: t("apart.new"), Href: "/apart/new"}}
	}
	for _, s := range list {
		card := s.card(q, names)
		if mayName {
			card.Change = look.Link{Href: "/apart/space/" + s.ID, Text: t("apart.change"), About: s.Text.Name}
		}
		if s.n > 0 {
			card.Before = look.Link{Href: "/apart/space/" + s.ID + "/before", Text: t("apart.before"), About: s.Text.Name}
		}
		if s.Ended.IsZero() {
			p.Spaces = append(p.Spaces, card)
		} else {
			p.Ended = append(p.Ended, card)
		}
	}
	if len(p.Spaces) == 0 {
		p.None = look.Empty{Title: t("apart.none"), Text: t("apart.none_text")}
	}
	if Hers(q.Viewer) {
		p.Links = append(p.Links, look.Link{Href: "/apart/ours", Text: t("apart.ours_link")})
	}
	if r.Beside != nil {
		p.Links = append(p.Links, r.Beside(q)...)
	}
	p.Links = append(p.Links, look.Link{Href: "/meetings", Text: t("apart.to_meetings")})
	return q.Show("apart", p), nil
}

func (s Space) card(q *web.Request, names map[person.ID]string) spaceCard {
	t := q.Words.T
	var who []string
	for _, one := range s.Text.Who {
		who = append(who, t(circle.Label(one)))
	}
	c := spaceCard{Name: s.Text.Name, Meta: t("apart.said_by", "name", names[s.By], "date", q.Words.Date(s.Made)),
		Summary: look.Summary{Rows: []look.SummaryRow{{Term: t("apart.row_who"), Values: who}, {Term: t("apart.row_for"), Values: look.Paras(s.Text.For)}, {Term: t("apart.row_leaves"), Values: look.Paras(s.Text.Leaves)}}}}
	if !s.Ended.IsZero() {
		c.Meta += " " + t("apart.ended_on", "date", q.Words.Date(s.Ended))
	}
	return c
}

type spaceForm struct {
	Over   int64    `form:"over"`
	Name   string   `form:"name" max:"120"`
	Who    []string `form:"who"`
	For    string   `form:"for" max:"1000"`
	Leaves string   `form:"leaves" max:"1000"`
}

func (f spaceForm) text() SpaceText {
	s := SpaceText{Name: strings.TrimSpace(f.Name), For: strings.TrimSpace(f.For), Leaves: strings.TrimSpace(f.Leaves)}
	for _, one := range f.Who {
		s.Who = append(s.Who, person.Standing(one))
	}
	return s
}

// newSpaceForm asks about something that meets apart.
func newSpaceForm(q *web.Request, id string, f spaceForm) form {
	t := q.Words.T
	who := look.Choice{Name: "who", Legend: t("apart.ask_who"), Multiple: true}
	for _, s := range Others() {
		who.Options = append(who.Options, look.Option{Value: string(s), Label: t(circle.Label(s)), Chosen: slices.Contains(f.Who, string(s))})
	}
	p := form{Title: look.Title{Text: t("apart.new_heading"), Lead: t("apart.new_lead")}, Action: "/apart/new",
		Asks: []look.Ask{look.Write(look.Field{Name: "name", Label: t("apart.ask_name"), Hint: t("apart.ask_name_hint"), Value: f.Name, Autocomplete: "off",
			WhoTitle: t("apart.who_title"), Who: t("apart.who_all")}), look.Choose(who),
			box(q, "for", "apart.ask_for", f.For, "apart.who_all"), box(q, "leaves", "apart.ask_leaves", f.Leaves, "apart.who_all"), look.Carry("over", strconv.FormatInt(f.Over, 10))},
		Acts: []look.Button{{Text: t("apart.new_do")}}, Back: look.Link{Href: "/apart", Text: t("apart.back")}}
	if id != "" {
		p.Action = "/apart/space/" + id
		p.Other, p.OtherAction = look.Button{Text: t("apart.end"), Look: look.Second}, p.Action+"/end"
	}
	return p
}

func (r *Room) showSpace(q *web.Request) (web.Answer, error) {
	id := q.Path("space")
	if id == "" {
		return q.Show("form", newSpaceForm(q, "", spaceForm{})), nil
	}
	s, err := r.space(q.Context(), q.Viewer, id)
	if err != nil {
		return nil, err
	}
	f := spaceForm{Over: s.n, Name: s.Text.Name, For: s.Text.For, Leaves: s.Text.Leaves}
	for _, one := range s.Text.Who {
		f.Who = append(f.Who, string(one))
	}
	p := newSpaceForm(q, id, f)
	if !s.Ended.IsZero() { // saving it again says that it goes on
		p.OtherAction = ""
	}
	return q.Show("form", p), nil
}

func (r *Room) name(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[spaceForm](q)
	if err == nil {
		_, err = r.Name(q.Context(), q.Viewer, q.Path("space"), f.Over, f.text())
	}
	if err == nil {
		return web.GoSaying("/apart", "apart.named"), nil
	}
	p := newSpaceForm(q, q.Path("space"), f)
	if id := q.Path("space"); id != "" {
		now, other := r.space(q.Context(), q.Viewer, id)
		if other != nil {
			return nil, other
		}
		if now.n != f.Over { // somebody was quicker: what stands there now, above what was typed
			f.Over = now.n
			p = newSpaceForm(q, id, f)
			p.Newer = q.Newer("", look.SummaryRow{Term: q.Words.T("apart.ask_name"), Value: now.Text.Name}, look.SummaryRow{Term: q.Words.T("apart.ask_for"), Value: now.Text.For},
				look.SummaryRow{Term: q.Words.T("apart.ask_leaves"), Value: now.Text.Leaves})
		}
	}
	return p.again(q, err)
}

func (r *Room) end(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/apart", "apart.saved"), r.End(q.Context(), q.Viewer, q.Path("space"))
}
