package agreement

import (
	"context"
	"strings"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// answered is what somebody said to a version.
type answered struct {
	version int64
	answer  Answer
	at      time.Time
}

// answersOf lists what somebody said to each version, the oldest first.
func answersOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]answered, error) {
	return store.List(ctx, tx, func(r store.Row) (answered, error) {
		var a answered
		var at int64
		err := r.Scan(&a.version, &a.answer, &at)
		a.at = store.Time(at)
		return a, err
	}, `SELECT version, answer, at FROM agreement_answer WHERE partnership_id = $1 AND person_id = $2 ORDER BY version`, v.Partnership, v.ID)
}

// Held is what is kept here of the viewer, for her own copy: her answers, the versions she wrote, her
// draft.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	var answers []answered
	var versions []Version
	var limits shown
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if answers, err = answersOf(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		if limits, err = getShown(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		versions, err = listVersions(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	w, err := r.written(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("agreement.held_heading")}
	for _, a := range answers {
		h.Lines = append(h.Lines, look.Line{When: q.Words.Date(a.at), Text: t("agreement.held_"+string(a.answer), "n", a.version)})
	}
	for _, v := range versions {
		if v.Writer == q.Viewer.ID {
			h.Lines = append(h.Lines, look.Line{When: q.Words.Date(v.Written), Text: t("agreement.held_wrote", "n", v.N), Words: strings.Split(v.Text, "\n\n"), More: heldRules(q, v.Rules, ownThings(v.Rules))})
		}
	}
	if w.draft.key != "" {
		h.Lines = append(h.Lines, look.Line{Text: t("agreement.held_draft"), Words: strings.Split(w.Text, "\n\n"), More: heldRules(q, w.rules(), w.change.things())})
	}
	if limits.version > 0 {
		h.Lines = append(h.Lines, look.Line{When: q.Words.Date(limits.at), Text: t("agreement.held_shown", "n", limits.version)})
	}
	stops, err := r.heldStops(q)
	if err != nil {
		return nil, err
	}
	h.Lines = append(h.Lines, stops...)
	if len(h.Lines) == 0 {
		h.Lead = t("agreement.held_none")
	}
	return []look.Held{h}, nil
}

// heldRules says what rules say about some things.
func heldRules(q *web.Request, r Rules, about []string) []string {
	var said []string
	for _, thing := range about {
		said = append(said, named(q, thing)+": "+strings.Join(sayThing(q, r, thing), " "))
	}
	return said
}

// ownThings lists what rules say something about.
func ownThings(r Rules) []string {
	c := Change{By: r.By}
	if len(r.Closed) > 0 {
		c.Closed = &r.Closed
	}
	if len(r.Limits) > 0 {
		c.Limits = &r.Limits
	}
	return c.things()
}

// things lists what a change is about.
func (c Change) things() []string {
	var list []string
	for _, m := range Matters() {
		if _, ok := c.By[m]; ok {
			list = append(list, string(m))
		}
	}
	if c.Closed != nil {
		list = append(list, closedThing)
	}
	if c.Limits != nil {
		list = append(list, limitsThing)
	}
	return list
}

// heldStops is what she chose about stops, and what she said yes to.
func (r *Room) heldStops(q *web.Request) ([]look.Line, error) {
	if !mayStop(q.Viewer) {
		return nil, nil
	}
	c, err := r.choosing(q)
	if err != nil {
		return nil, err
	}
	var lines []look.Line
	for _, s := range []*Stopping{&c.holds, c.waits} {
		if s != nil && s.N > 0 && s.Writer == q.Viewer.ID {
			line := look.Line{When: q.Words.Date(s.Written), Text: q.Words.T("agreement.held_stops", "n", s.Stops)}
			if s.Meets != "" {
				line.Words = []string{s.Meets}
			}
			lines = append(lines, line)
		}
	}
	if c.said {
		lines = append(lines, look.Line{Text: q.Words.T("agreement.held_stops_yes", "n", c.waits.Stops)})
	}
	return lines, nil
}
