package circle

import (
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// leavePage is each page on the way out: the first, one decision, or the last.
type leavePage struct {
	Steps  look.Steps
	Title  look.Title
	Notes  []look.Note
	Sums   []look.Summary
	Action string
	Asks   []look.Choice
	Acts   []look.Button
}

// stepBack pauses her part in one action. No reason is asked.
func (r *Room) stepBack(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.StepBack(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	return web.GoSaying("/me", "circle.stepped_back"), err
}

// comeBack ends the pause just as easily.
func (r *Room) comeBack(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Circle.Return(q.Context(), tx, q.Partnership(), q.Viewer.ID)
	})
	return web.GoSaying("/me", "circle.came_back"), err
}

// sharesIn lists somebody's own parts of one thing, each by her title or by how it begins.
func sharesIn(c consent.Contribution, who person.ID, taken map[consent.ID]bool) []share {
	var list []share
	for _, s := range c.Speakers {
		if s.Person != who || !s.Open || taken[s.ID] {
			continue
		}
		one := share{part: consent.Part{Contribution: c.ID, Speaker: s.ID}, id: string(s.ID), kind: c.Kind}
		if len(c.Speakers) == 1 {
			one.title = c.Title.Reveal()
		}
		for _, turn := range c.Turns {
			if turn.Speaker == s.ID && turn.Open && one.title == "" {
				one.title = first(turn.Words.Reveal())
			}
		}
		list = append(list, one)
	}
	return list
}

// showLeave says what leaving is and where she is on the way. Nothing is done here.
func (r *Room) showLeave(q *web.Request) (web.Answer, error) {
	l, err := r.leaver(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := leavePage{Title: look.Title{Text: t("circle.leave_heading"), Lead: t("circle.leave_lead")}, Action: "/me/end/stay"}
	rows := []look.SummaryRow{{Term: t("circle.leave_shared"), Value: strconv.Itoa(len(l.shares))}}
	if l.kept > 0 {
		rows = append(rows, look.SummaryRow{Term: t("circle.leave_kept"), Value: strconv.Itoa(l.kept)})
	}
	p.Sums = []look.Summary{{Rows: rows}}
	on, stay := t("circle.leave_begin"), look.Button{Text: t("circle.leave_not"), Look: look.Second, Href: "/me"}
	if len(l.chosen) > 0 {
		on, stay.Href = t("circle.leave_go_on"), ""
	}
	p.Acts = []look.Button{{Text: on, Href: "/me/end/" + l.next("")}, stay}
	return q.Show("leave", p), nil
}

// stay forgets what she has chosen so far.
func (r *Room) stay(q *web.Request) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error { return unchoose(q.Context(), tx, q.Partnership(), q.Viewer.ID) })
	return web.GoSaying("/me", "circle.leave_stayed"), err
}

// step is a page of one decision, without what it asks.
func (l leaver) step(q *web.Request, step string, title look.Title) leavePage {
	t, steps := q.Words.T, l.steps()
	now := 1
	for i, s := range steps {
		if s == step {
			now = i + 1
		}
	}
	return leavePage{Title: title, Action: "/me/end/" + step,
		Steps: look.Steps{Text: t("circle.leave_part", "now", now, "of", len(steps)+1), Now: now, Of: len(steps) + 1},
		Acts: []look.Button{{Text: t("circle.leave_next")}, {Text: t("circle.leave_later"), Look: look.Second, Href: "/me"},
			{Text: t("circle.leave_skip"), Look: look.Second, Href: "/me/end/" + theEnd}}}
}

// becomes are the three things that can become of what she shared, the least sharing first.
func becomes(q *web.Request, chosen string) []look.Option {
	var list []look.Option
	for _, what := range []string{goes, unnamed, stays} {
		list = append(list, look.Option{Value: what, Label: q.Words.T("circle." + what), Hint: q.Words.T("circle." + what + "_hint"), Chosen: chosen == what})
	}
	return list
}

func (r *Room) showThing(q *web.Request) (web.Answer, error) {
	l, err := r.leaver(q)
	if err != nil {
		return nil, err
	}
	s, err := l.find(q.Path("part"))
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := l.step(q, s.id, look.Title{Text: s.named(q)})
	p.Asks = []look.Choice{{Name: "what", Legend: t("circle.leave_thing"), Hint: t("circle.leave_thing_hint"), Options: becomes(q, l.chosen[s.id])}}
	if more := l.alike(s); more > 0 {
		label := t("circle.leave_all_label", "kind", t("circle.kind_"+string(s.kind)), "n", more)
		p.Asks = append(p.Asks, look.Choice{Name: "all", Legend: t("circle.leave_all"), Multiple: true, Options: []look.Option{{Value: "1", Label: label}}})
	}
	return q.Show("leave", p), nil
}

// alike is how many other things of that kind there are.
func (l leaver) alike(s share) (n int) {
	for _, other := range l.shares {
		if other.kind == s.kind && other.id != s.id {
			n++
		}
	}
	return n
}

// named is what a thing is called, with a word for one without words.
func (s share) named(q *web.Request) string {
	if s.title == "" {
		return q.Words.T("circle.untitled")
	}
	return s.title
}

type thingForm struct {
	What string `form:"what"`
	All  bool   `form:"all"`
}

// saveThing keeps what she chose about one thing, or about all of its kind, and goes on.
func (r *Room) saveThing(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[thingForm](q)
	if err != nil {
		return nil, err
	}
	l, err := r.leaver(q)
	if err != nil {
		return nil, err
	}
	this, err := l.find(q.Path("part"))
	if err != nil {
		return nil, err
	}
	if f.What != stays && f.What != unnamed {
		f.What = goes // also when she chose nothing, as the page says
	}
	return r.keepChoices(q, l, this.id, func(about string) string {
		if s, err := l.find(about); about == this.id || f.All && err == nil && s.kind == this.kind {
			return f.What
		}
		return ""
	})
}

// keepChoices keeps what choice says about each step, without those it says nothing of, and goes on.
func (r *Room) keepChoices(q *web.Request, l leaver, step string, choice func(about string) string) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		for _, about := range l.steps() {
			what := choice(about)
			if what == "" {
				continue
			}
			l.chosen[about] = what
			if err := choose(q.Context(), tx, q.Viewer, about, what); err != nil {
				return err
			}
		}
		return nil
	})
	return web.Go("/me/end/" + l.next(step)), err
}

// showKept asks who keeps what she kept for others.
func (r *Room) showKept(q *web.Request) (web.Answer, error) {
	l, err := r.leaver(q)
	if err == nil && (l.kept == 0 || len(l.heirs) == 0) {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := l.step(q, ofKept, look.Title{Text: t("circle.kept_heading"), Lead: t("circle.kept_lead", "n", l.kept)})
	c := look.Choice{Name: "to", Legend: t("circle.kept_legend"), Hint: t("circle.kept_hint", "name", l.admin.Name)}
	for _, who := range l.heirs {
		c.Options = append(c.Options, look.Option{Value: string(who.ID), Label: who.Name, Hint: called(q, who.Standings), Chosen: string(who.ID) == l.chosen[ofKept]})
	}
	p.Asks = []look.Choice{c}
	return q.Show("leave", p), nil
}

type keptForm struct {
	To string `form:"to"`
}

func (r *Room) saveKept(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[keptForm](q)
	if err != nil {
		return nil, err
	}
	l, err := r.leaver(q)
	if err == nil && l.kept == 0 {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	if f.To == "" {
		f.To = string(l.admin.ID)
	}
	return r.keepChoices(q, l, ofKept, only(ofKept, f.To))
}

// only is the choice about one thing.
func only(about, choice string) func(string) string {
	return func(other string) string {
		if other == about {
			return choice
		}
		return ""
	}
}

// nameAsk asks whether her name stays on pages that say who did something.
func nameAsk(q *web.Request, chosen string) look.Choice {
	t := q.Words.T
	return look.Choice{Name: "name", Legend: t("circle.keep_name_legend"), Hint: t("circle.keep_name_hint"), Options: []look.Option{
		{Value: goes, Label: t("circle.name_goes"), Chosen: chosen == goes}, {Value: stays, Label: t("circle.name_stays"), Chosen: chosen == stays}}}
}

func (r *Room) showName(q *web.Request) (web.Answer, error) {
	l, err := r.leaver(q)
	if err != nil {
		return nil, err
	}
	p := l.step(q, ofName, look.Title{Text: q.Words.T("circle.name_heading")})
	p.Asks = []look.Choice{nameAsk(q, l.chosen[ofName])}
	return q.Show("leave", p), nil
}

type nameForm struct {
	Name string `form:"name"`
}

func (r *Room) saveName(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[nameForm](q)
	if err != nil {
		return nil, err
	}
	l, err := r.leaver(q)
	if err != nil {
		return nil, err
	}
	if f.Name = strings.TrimSpace(f.Name); f.Name != stays {
		f.Name = goes
	}
	return r.keepChoices(q, l, ofName, only(ofName, f.Name))
}
