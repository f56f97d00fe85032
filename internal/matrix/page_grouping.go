package matrix

import (
	"context"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// groupingPage asks what counts as a case, for each kind of source.
type groupingPage struct {
	Title  look.Title
	Nav    []look.Link
	Action string
	Kinds  []look.Select
	Puts   []put
	PutsH  string
	Hint   string
	Save   look.Button
}

// put is where one source is put: with a meeting, with a practice.
type put struct {
	Name    string
	Selects []look.Select
}

func (r *Room) showGrouping(q *web.Request) (web.Answer, error) {
	n, err := r.look(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := groupingPage{Title: look.Title{Text: t("matrix.cases_heading"), Lead: t("matrix.cases_lead")}, Nav: n.nav(), Action: at(n.w.Study.ID, "cases"),
		PutsH: t("matrix.cases_put"), Hint: t("matrix.cases_join_hint"), Save: look.Button{Text: t("matrix.cases_save")}}
	for _, k := range source.Kinds() {
		p.Kinds = append(p.Kinds, n.choice(k))
	}
	for _, m := range n.w.material {
		kind := n.w.grouping.Choice[m.Kind]
		if _, known := n.w.caseOf[m.ID]; !known || (kind != ByMeeting && kind != ByPractice) {
			continue
		}
		name := n.kindOf(m.Kind, m.N)
		p.Puts = append(p.Puts, put{name, []look.Select{{Name: "put-" + string(m.ID), Label: name, Options: n.groups(kind, m)}}})
	}
	return q.Show("cases", p), nil
}

// choice asks what one kind of source counts as.
func (n naming) choice(k consent.Kind) look.Select {
	s := look.Select{Name: "kind-" + string(k), Label: n.q.Words.T("matrix.kinds_" + string(k))}
	chosen := n.w.grouping.Choice[k]
	for _, kind := range CaseKinds() {
		s.Options = append(s.Options, look.Option{Value: string(kind), Label: n.q.Words.T("matrix.by_" + string(kind)), Chosen: kind == chosen})
	}
	return s
}

// groups lists the meetings or practices that a source can be put with.
func (n naming) groups(kind CaseKind, of Material) []look.Option {
	options := []look.Option{{Label: n.q.Words.T("matrix.by_itself")}}
	chosen := n.w.grouping.Groups[kind][of.ID]
	if kind == ByPractice {
		for id, name := range n.practices {
			options = append(options, look.Option{Value: id, Label: name, Chosen: id == chosen})
		}
		slices.SortFunc(options[1:], func(a, b look.Option) int { return strings.Compare(a.Label, b.Label) })
		return options
	}
	for _, m := range n.w.material {
		if _, known := n.w.caseOf[m.ID]; known && m.Kind == consent.Observation {
			options = append(options, look.Option{Value: string(m.ID), Label: n.kindOf(m.Kind, m.N), Chosen: string(m.ID) == chosen})
		}
	}
	return options
}

// saveGrouping saves what counts as a case. Points stay where they are: the row they show in follows.
func (r *Room) saveGrouping(q *web.Request) (web.Answer, error) {
	if _, err := web.Parse[struct{}](q); err != nil {
		return nil, err
	}
	n, err := r.look(q)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := n.save(q.Context(), tx); err != nil {
			return err
		}
		return r.Events.Publish(q.Context(), tx, q.Partnership(), TopicCharted, "")
	})
	if err != nil {
		return nil, err
	}
	return web.GoSaying(at(n.w.Study.ID, "cases"), "matrix.cases_saved"), nil
}

// save writes the choices of the form and where each source was put, as far as both make sense.
func (n naming) save(ctx context.Context, tx *store.Tx) error {
	in, form := scope{n.q.Partnership(), n.w.Study.ID}, n.q.HTTP.PostForm
	for _, k := range source.Kinds() {
		kind := CaseKind(form.Get("kind-" + string(k)))
		if kind == "" {
			continue
		}
		if !slices.Contains(CaseKinds(), kind) {
			return fault.Missing
		}
		if err := in.saveChoice(ctx, tx, k, kind); err != nil {
			return err
		}
	}
	for _, m := range n.w.material {
		kind := n.w.grouping.Choice[m.Kind]
		values, asked := form["put-"+string(m.ID)]
		if !asked || (kind != ByMeeting && kind != ByPractice) {
			continue
		}
		known := slices.ContainsFunc(n.groups(kind, m), func(o look.Option) bool { return o.Value == values[0] })
		if !known {
			return fault.Missing
		}
		if err := in.saveGroup(ctx, tx, kind, m.ID, values[0]); err != nil {
			return err
		}
	}
	return nil
}
