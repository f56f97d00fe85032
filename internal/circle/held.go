package circle

import (
	"context"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// held is a standing or duty that somebody has or had.
type held struct {
	standing     person.Standing
	since, until time.Time
	by           person.ID
}

// history lists every standing and duty somebody ever had, the oldest first.
func (c *Circle) history(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) ([]held, error) {
	return store.List(ctx, tx, func(r store.Row) (held, error) {
		var h held
		var since, until int64
		err := r.Scan(&h.standing, &since, &until, &h.by)
		h.since, h.until = store.Time(since), store.Time(until)
		return h, err
	}, `SELECT standing, since, until, given_by FROM circle_standing
		WHERE partnership_id = $1 AND person_id = $2 ORDER BY since, standing`, p, who)
}

// hers is what the circle keeps of the viewer.
type hers struct {
	who       Person
	parts     []held
	groups    []consent.Membership
	practices []Practice
	acts      []Act
	asked     []Asking
	choosings []Choosing
	leaving   map[string]string
	naming    Naming
	names     map[person.ID]string
}

func (r *Room) hers(q *web.Request) (hers, error) {
	var h hers
	ctx, p := q.Context(), q.Partnership()
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if h.who, err = r.Circle.Get(ctx, tx, p, q.Viewer.ID); err != nil {
			return err
		}
		if h.parts, err = r.Circle.history(ctx, tx, p, q.Viewer.ID); err != nil {
			return err
		}
		if h.groups, err = r.Gate.MembershipsOf(ctx, tx, q.Viewer); err != nil {
			return err
		}
		if h.practices, err = r.Circle.Practices(ctx, tx, p); err != nil {
			return err
		}
		if h.acts, err = r.Circle.actsWith(ctx, tx, p, q.Viewer.ID); err != nil {
			return err
		}
		if h.asked, err = r.Circle.Asked(ctx, tx, p); err != nil {
			return err
		}
		if h.choosings, err = r.Circle.Choosings(ctx, tx, p); err != nil {
			return err
		}
		if h.leaving, err = choices(ctx, tx, q.Viewer); err != nil {
			return err
		}
		if n, runs, err := r.Circle.Naming(ctx, tx, p); err != nil {
			return err
		} else if runs {
			h.naming = n
		}
		h.names, err = r.Circle.Names(ctx, tx, p)
		return err
	})
	return h, err
}

// Held is what the circle keeps of the viewer, for her own copy: who she is here, since when and by whose
// word, and what was done by her or about her.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	h, err := r.hers(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	you := look.Held{Heading: t("circle.held_you"), Lines: []look.Line{
		{Text: t("circle.held_name", "name", h.who.Name)},
		{When: q.Words.Date(h.who.Made), Text: t("circle.held_since")},
	}}
	if h.who.Language != "" {
		you.Lines = append(you.Lines, look.Line{Text: t("circle.held_language", "language", h.who.Language)})
	}
	if h.who.Looks.Chosen {
		you.Lines = append(you.Lines, look.Line{Text: t("circle.held_looks", "looks", looks(t, h.who.Looks))})
	}
	if !h.who.Back.IsZero() {
		you.Lines = append(you.Lines, look.Line{When: q.Words.Date(h.who.Back), Text: t("circle.held_break")})
	}
	if len(h.leaving) > 0 {
		you.Lines = append(you.Lines, look.Line{Text: t("circle.held_leaving")})
	}
	for _, a := range h.asked {
		if a.Person == q.Viewer.ID {
			you.Lines = append(you.Lines, look.Line{When: q.Words.Date(a.At), Text: t("circle.held_asked", "by", h.names[a.By])})
		}
	}
	for _, c := range h.choosings {
		switch {
		case c.Person == q.Viewer.ID && c.By == "":
			you.Lines = append(you.Lines, look.Line{Text: t("circle.house_waits")})
		case c.Person == q.Viewer.ID:
			you.Lines = append(you.Lines, look.Line{Text: t("circle.house_from", "date", q.Words.Date(c.From))})
		case c.By == q.Viewer.ID:
			you.Lines = append(you.Lines, look.Line{Text: t("circle.held_house_yes", "name", h.names[c.Person])})
		}
	}
	if n := h.naming; q.Viewer.ID == n.Person || q.Viewer.ID == n.First || q.Viewer.ID == n.Second {
		you.Lines = append(you.Lines, look.Line{When: q.Words.Date(n.Made), Text: t("circle.held_naming", "name", h.names[n.Person])})
	}
	done := look.Held{Heading: t("circle.held_done")}
	for _, a := range h.acts {
		done.Lines = append(done.Lines, look.Line{When: q.Words.Date(a.At), Text: sayAct(q, a, h.names)})
	}
	if len(done.Lines) == 0 {
		done.Lead = t("circle.done_none")
	}
	return []look.Held{you, h.part(q), done}, nil
}

// part is as what she takes and took part.
func (h hers) part(q *web.Request) look.Held {
	t := q.Words.T
	part := look.Held{Heading: t("circle.held_part")}
	add := func(what string, since, until time.Time, by person.ID) {
		line := look.Line{When: t("circle.held_from", "date", q.Words.Date(since)), Text: what}
		if !until.IsZero() {
			line.When = t("circle.held_from_until", "date", q.Words.Date(since), "until", q.Words.Date(until))
		}
		if by != "" && by != q.Viewer.ID {
			line.More = []string{t("circle.held_by", "name", h.names[by])}
		}
		part.Lines = append(part.Lines, line)
	}
	for _, p := range h.parts {
		add(t(Label(p.standing)), p.since, p.until, p.by)
	}
	for _, g := range h.groups {
		for _, pr := range h.practices {
			if g.Audience.Kind == consent.ToPractice && g.Audience.ID == pr.ID {
				add(t("circle.works_at")+": "+pr.Name, g.Since, g.Until, "")
			}
		}
	}
	if len(part.Lines) == 0 {
		part.Lead = t("circle.no_part_yet")
	}
	return part
}

// looks says how she has pages shown.
func looks(t func(string, ...any) string, l person.Looks) string {
	var chosen []string
	if l.Clear {
		chosen = append(chosen, t("circle.looks_clear"))
	}
	if l.Size != person.Usual {
		chosen = append(chosen, t("circle.looks_"+string(l.Size)))
	}
	if l.Less {
		chosen = append(chosen, t("circle.looks_less"))
	}
	if chosen == nil {
		chosen = []string{t("circle.looks_usual")}
	}
	return strings.Join(chosen, ", ")
}
