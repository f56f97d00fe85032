package agreement

import (
	"slices"
	"strconv"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Changing rules on paper asks everybody anew, with the text and all other rules as they stand: one sheet for how a
// kind of thing is decided, and one for what is not decided here and cannot be kept private.

// standing returns the version that is changed, and what is carried of it.
func (r *Room) standing(q *web.Request) (Version, look.Ask, error) {
	var last Version
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		last, err = newest(q.Context(), tx, q.Partnership())
		return err
	})
	return last, look.Carry("over", strconv.FormatInt(last.N, 10)), err
}

func (r *Room) askRuleOnPaper(q *web.Request, _ string) (web.Asked, error) {
	last, over, err := r.standing(q)
	t := q.Words.T
	a := web.Asked{Notes: []look.Note{{Text: t("agreement.twin_rule_note")}}, Asks: []look.Ask{over}}
	about := look.Choice{Name: "thing", Legend: t("agreement.twin_rule_which")}
	for _, m := range Matters() {
		about.Options = append(about.Options, look.Option{Value: string(m), Label: t("agreement.matter_" + string(m))})
	}
	for _, row := range say(q, last.Rules, FirstStops).Summary.Rows {
		a.Notes = append(a.Notes, noteOf(row))
	}
	a.Asks = append(append(a.Asks, look.Choose(about)), askRule(q, nil, Rule{})...)
	return a, err
}

func (r *Room) askListsOnPaper(q *web.Request, _ string) (web.Asked, error) {
	last, over, err := r.standing(q)
	t := q.Words.T
	a := web.Asked{Notes: []look.Note{{Text: t("agreement.twin_rule_note")}, {Title: t("agreement.limits_heading") + ".", Text: t("agreement.limits_ask")}}, Asks: []look.Ask{over}}
	for _, l := range say(q, last.Rules, FirstStops).Lists {
		for _, row := range l.Summary.Rows {
			a.Notes = append(a.Notes, noteOf(row))
		}
	}
	a.Asks = append(append(a.Asks, askClosed(q, last.Rules.Closed)...), askLimits(q, nil)...)
	return a, err
}

// enterRule changes how one kind of thing is decided.
func (r *Room) enterRule(q *web.Request, _ string) (string, error) {
	return r.enter(q, func(f changeForm, rules Rules) (Change, error) {
		if !slices.Contains(Matters(), Matter(f.Thing)) {
			return Change{}, ErrRule
		}
		return f.change(rules, f.Thing), nil
	})
}

// enterLists changes the two lists. What is left empty about a profession stays as it is.
func (r *Room) enterLists(q *web.Request, _ string) (string, error) {
	return r.enter(q, func(f changeForm, rules Rules) (Change, error) {
		change := f.change(rules, closedThing)
		change.Limits = besides(f.limits(), rules.Limits)
		return change, nil
	})
}

// enter writes a version over the one that stood when the sheet was printed.
func (r *Room) enter(q *web.Request, read func(changeForm, Rules) (Change, error)) (string, error) {
	f, err := web.Parse[changeForm](q)
	if err != nil {
		return "", err
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		last, err := newest(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		change, err := read(f, last.Rules)
		if err != nil {
			return err
		}
		_, err = r.Write(q.Context(), tx, q.Partnership(), q.Viewer.ID, last.Text, change, f.Over)
		return err
	})
}

// besides returns limits with those of other professions beside them, in the order of professions.
func besides(limits, others []Confidence) *[]Confidence {
	all := slices.Clone(limits)
	for _, o := range others {
		if !slices.ContainsFunc(limits, func(l Confidence) bool { return l.Of == o.Of }) {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b Confidence) int {
		return slices.Index(Professions(), a.Of) - slices.Index(Professions(), b.Of)
	})
	return &all
}
