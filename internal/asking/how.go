package asking

import (
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// howPage says how asking works here: the group's rule, and the kinds of thing one can be asked about.
type howPage struct {
	Title     look.Title
	Steps     []string
	RuleHead  string
	Rule      string
	Wait      look.Note
	Yes       act
	RuleLink  look.Link
	KindsHead string
	Kinds     []string
	Start     string
	KindsLink look.Link
	Back      look.Link
}

func (r *Room) showHow(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	var rule Rule
	var waits *Rule
	var all []Kind
	var names map[person.ID]string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if rule, waits, err = rules(ctx, tx, q.Partnership()); err != nil {
			return err
		}
		if all, err = kinds(ctx, tx, q.Partnership()); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	p := howPage{Title: look.Title{Text: t("asking.how_heading"), Lead: t("asking.how_lead")}, RuleHead: t("asking.rule_heading"),
		Steps:     []string{t("asking.how_1"), t("asking.how_2"), t("asking.how_3"), t("asking.how_4"), t("asking.how_5")},
		Rule:      t("asking.rule_now", "days", rule.Days, "fine", rule.Fine),
		KindsHead: t("asking.kinds_heading"), Start: t("asking.kinds_start"), Back: look.Link{Href: "/known", Text: t("asking.to_shelf")}}
	for _, k := range openKinds(all) {
		p.Kinds = append(p.Kinds, k.Name)
	}
	woman := q.Viewer.Standings.Has(person.LivedExperience)
	if woman {
		p.RuleLink = look.Link{Href: "/asks/how/rule", Text: t("asking.to_rule")}
		p.KindsLink = look.Link{Href: "/asks/how/kinds", Text: t("asking.to_kinds")}
	}
	if waits != nil {
		p.Wait = look.Note{Title: t("asking.rule_waits"), Text: t("asking.rule_waits_text", "name", names[waits.By], "days", waits.Days, "fine", waits.Fine)}
		if woman && waits.By != q.Viewer.ID {
			p.Yes = act{"/asks/how/rule/" + strconv.FormatInt(waits.N, 10) + "/yes", look.Button{Text: t("asking.rule_yes"), Look: look.Second}}
		}
	}
	return q.Show("how", p), err
}

type ruleForm struct {
	Days string `form:"days"`
	Fine string `form:"fine"`
}

// rule is what was typed. What is no number is below any that there may be.
func (f ruleForm) rule() Rule { return Rule{Days: figure(f.Days), Fine: figure(f.Fine)} }

func figure(typed string) int {
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil {
		return -1
	}
	return n
}

func newRulePage(q *web.Request, f ruleForm) form {
	t := q.Words.T
	number := func(name, typed string) look.Field {
		l := line(q, name, typed)
		l.Short, l.InputMode = true, "numeric"
		return l
	}
	return form{Title: look.Title{Text: t("asking.to_rule"), Lead: t("asking.rule_lead")}, Action: "/asks/how/rule",
		Asks: []look.Ask{look.Write(number("days", f.Days)), look.Write(number("fine", f.Fine))},
		Acts: []look.Button{{Text: t("asking.rule_save")}, {Text: t("asking.rule_leave"), Look: look.Second, Href: "/asks/how"}}}
}

func (r *Room) showRule(q *web.Request) (web.Answer, error) {
	var rule Rule
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		rule, _, err = rules(q.Context(), tx, q.Partnership())
		return err
	})
	return q.Show("form", newRulePage(q, ruleForm{strconv.Itoa(rule.Days), strconv.Itoa(rule.Fine)})), err
}

func (r *Room) saveRule(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[ruleForm](q)
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
			return r.SetRule(q.Context(), tx, q.Viewer, f.rule())
		})
	}
	if err != nil {
		return newRulePage(q, f).again(q, "days", err)
	}
	return web.GoSaying("/asks/how", "asking.rule_saved"), nil
}

// sayYes is a second woman's yes to a milder rule.
func (r *Room) sayYes(q *web.Request) (web.Answer, error) {
	n, err := strconv.ParseInt(q.Path("rule"), 10, 64)
	if err != nil {
		return nil, fault.Missing
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.Second(q.Context(), tx, q.Viewer, n) })
	return web.GoSaying("/asks/how", "asking.rule_saved"), err
}

// kindsPage is where the women say what there is to be asked about.
type kindsPage struct {
	Form  form
	Kinds []kindLine
}

type kindLine struct {
	Name string
	Act  act
}

type kindForm struct {
	Name string `form:"name" max:"60"`
}

func (r *Room) newKindsPage(q *web.Request, name string) (kindsPage, error) {
	t := q.Words.T
	all, err := r.kinds(q)
	p := kindsPage{Form: form{Title: look.Title{Text: t("asking.to_kinds"), Lead: t("asking.kinds_lead")}, Action: "/asks/how/kinds",
		Asks: []look.Ask{look.Write(line(q, "name", name))}, Acts: []look.Button{{Text: t("asking.kind_add")}},
		After: []look.Link{{Href: "/asks/how", Text: t("asking.to_how")}}}}
	for _, k := range all {
		do, label := "/off", t("asking.kind_off")
		if k.Off {
			do, label = "/back", t("asking.kind_back")
		}
		p.Kinds = append(p.Kinds, kindLine{k.Name, act{"/asks/how/kinds/" + k.ID + do, look.Button{Text: label, About: k.Name, Look: look.Quiet}}})
	}
	return p, err
}

func (r *Room) showKinds(q *web.Request) (web.Answer, error) {
	p, err := r.newKindsPage(q, "")
	return q.Show("kinds", p), err
}

func (r *Room) addKind(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[kindForm](q)
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.AddKind(q.Context(), tx, q.Partnership(), f.Name) })
	}
	if k := fault.KindOf(err); err != nil && k == fault.Invalid {
		p, other := r.newKindsPage(q, f.Name)
		p.Form = p.Form.wrong(q, "name", circle.Say(q, err))
		return q.Again("kinds", p), other
	}
	return web.GoSaying("/asks/how/kinds", "asking.kind_saved"), err
}

func (r *Room) offKind(q *web.Request) (web.Answer, error)  { return r.setKind(q, true) }
func (r *Room) backKind(q *web.Request) (web.Answer, error) { return r.setKind(q, false) }

func (r *Room) setKind(q *web.Request, off bool) (web.Answer, error) {
	err := r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.SetKindOff(q.Context(), tx, q.Partnership(), q.Path("kind"), off)
	})
	return web.GoSaying("/asks/how/kinds", "asking.kind_saved"), err
}
