package agreement

import (
	"strconv"
	"strings"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// How rules are said. On members' pages the houses are "the women's group" and "everyone else".

// rulesPart is how each kind of thing is decided, as everybody reads it.
type rulesPart struct {
	Heading string
	Note    look.Note // that the rules are borrowed, and what that leaves out
	Summary look.Summary
	Stops   string
	Change  look.Link // for the women: how many stops their group takes
	Lists   []list
}

// list is a list of what else was agreed.
type list struct {
	Heading, Lead string
	Summary       look.Summary
}

// say says rules, with how many stops the women's house takes.
func say(q *web.Request, r Rules, stops int) rulesPart {
	t := q.Words.T
	p := rulesPart{Heading: t("agreement.rules_heading"), Stops: t("agreement.stops_now", "n", stops)}
	if !r.Own() {
		p.Note = look.Note{Title: t("agreement.borrowed"), Text: t("agreement.borrowed_text")}
	}
	for _, m := range Matters() {
		p.Summary.Rows = append(p.Summary.Rows, look.SummaryRow{Term: t("agreement.matter_" + string(m)), Values: sayMatter(q, r, m)})
	}
	for _, one := range []list{sayClosed(q, r.Closed), sayLimits(q, r.Limits)} {
		if len(one.Summary.Rows) > 0 {
			p.Lists = append(p.Lists, one)
		}
	}
	return p
}

// sayMatter says in a few sentences how one kind of thing is decided.
func sayMatter(q *web.Request, r Rules, m Matter) []string {
	t := q.Words.T
	rule := r.InForce().Rule(m)
	switch {
	case rule == nil && m == Changes:
		return []string{t("agreement.rule_everybody")}
	case rule == nil:
		return []string{t("agreement.rule_none")}
	}
	opens, apart := t("agreement.opens_"+string(rule.Opens)), t("agreement.apart_"+string(rule.Apart))
	return []string{sayHouse(q, person.Lived, rule.Lived), sayHouse(q, person.Others, rule.Others), t("agreement.rule_days", "n", rule.Days) + " " + opens, apart}
}

// sayHouse says how one house agrees.
func sayHouse(q *web.Request, house person.House, h House) string {
	t := q.Words.T
	return t("agreement.rule_"+string(house), "way", t("agreement.way_"+string(h.Way), "n", h.Share), "n", h.Quorum)
}

func sayClosed(q *web.Request, closed []Closed) list {
	l := list{Heading: q.Words.T("agreement.closed_heading")}
	for _, c := range closed {
		l.Summary.Rows = append(l.Summary.Rows, look.SummaryRow{Term: c.What, Value: c.Why})
	}
	return l
}

func sayLimits(q *web.Request, limits []Confidence) list {
	t := q.Words.T
	l := list{Heading: t("agreement.limits_heading"), Lead: t("agreement.limits_lead")}
	for _, one := range limits {
		l.Summary.Rows = append(l.Summary.Rows, look.SummaryRow{Term: t("agreement.limits_" + string(one.Of)), Value: one.Text})
	}
	return l
}

// A thing is what one page of a change asks about: a matter, or one of the two lists.
const (
	closedThing = "closed"
	limitsThing = "limits"
)

// things lists them, with what they are called.
func things(q *web.Request) []look.Option {
	var list []look.Option
	for _, m := range Matters() {
		list = append(list, look.Option{Value: string(m), Label: q.Words.T("agreement.matter_" + string(m))})
	}
	return append(list, look.Option{Value: closedThing, Label: q.Words.T("agreement.closed_heading")}, look.Option{Value: limitsThing, Label: q.Words.T("agreement.limits_heading")})
}

// sayThing says what rules say about one of them now.
func sayThing(q *web.Request, r Rules, thing string) []string {
	var rows []look.SummaryRow
	switch thing {
	case closedThing:
		rows = sayClosed(q, r.Closed).Summary.Rows
	case limitsThing:
		rows = sayLimits(q, r.Limits).Summary.Rows
	default:
		return sayMatter(q, r, Matter(thing))
	}
	var said []string
	for _, row := range rows {
		said = append(said, row.Term+": "+row.Value)
	}
	if len(said) == 0 {
		said = []string{q.Words.T("agreement.nothing_yet")}
	}
	return said
}

// asksAbout are the questions about one thing: what the rules say now stands beside each, and only what somebody
// would change is filled in.
func asksAbout(q *web.Request, now Rules, change Change, thing string) []look.Ask {
	switch thing {
	case closedThing:
		return askClosed(q, change.To(now).Closed)
	case limitsThing:
		return askLimits(q, change.To(now).Limits)
	}
	var hers Rule
	if rule, ok := change.By[Matter(thing)]; ok {
		hers = rule
	}
	return askRule(q, now.InForce().Rule(Matter(thing)), hers)
}

// askRule are the questions about one matter. now is nil where nothing is said yet.
func askRule(q *web.Request, now *Rule, hers Rule) []look.Ask {
	t := q.Words.T
	if now == nil {
		now = &Rule{}
	}
	var list []look.Ask
	for _, h := range []person.House{person.Lived, person.Others} {
		list = append(list, askHouse(q, h, now.House(h), hers.House(h))...)
	}
	list = append(list, number("days", t("agreement.ask_days"), t("agreement.ask_days_hint", "min", minDays, "max", maxDays)+nowIs(q, figureOf(now.Days)), hers.Days))
	opens := look.Choice{Name: "opens", Legend: t("agreement.ask_opens")}
	for _, o := range []Opener{LivedOpens, AnyOpens} {
		label := t("agreement.opener_" + string(o))
		opens.Options = append(opens.Options, look.Option{Value: string(o), Label: label, Chosen: o == hers.Opens})
		if o == now.Opens {
			opens.Hint = strings.TrimSpace(nowIs(q, label))
		}
	}
	apart := look.Choice{Name: "apart", Legend: t("agreement.ask_apart")}
	for _, d := range []Disagree{Stays, Again, Outside} {
		label := t("agreement.then_" + string(d))
		apart.Options = append(apart.Options, look.Option{Value: string(d), Label: label, Chosen: d == hers.Apart})
		if d == now.Apart {
			apart.Hint = strings.TrimSpace(nowIs(q, label))
		}
	}
	return append(list, look.Choose(opens), look.Choose(apart))
}

// askHouse are the questions about how one house agrees.
func askHouse(q *web.Request, house person.House, now, hers House) []look.Ask {
	t, at := q.Words.T, string(house)
	way := look.Choice{Name: at + ".way", ID: at + "-way", Legend: t("agreement.ask_way_" + at)}
	for _, w := range Ways() {
		label := t("agreement.choose_" + string(w))
		way.Options = append(way.Options, look.Option{Value: string(w), Label: label, Chosen: w == hers.Way})
		if w == now.Way {
			way.Hint = strings.TrimSpace(nowIs(q, label))
		}
	}
	least := minOthers
	if house == person.Lived {
		least = minLived
	}
	return []look.Ask{look.Choose(way),
		number(at+".share", t("agreement.ask_share"), t("agreement.ask_share_hint", "min", minShare, "max", maxShare)+nowIs(q, figureOf(now.Share)), hers.Share),
		number(at+".enough", t("agreement.ask_enough_"+at), t("agreement.ask_enough_hint", "min", least)+nowIs(q, figureOf(now.Quorum)), hers.Quorum)}
}

// nowIs says what the rules say now, where they do.
func nowIs(q *web.Request, now string) string {
	if now == "" {
		return ""
	}
	return " " + q.Words.T("agreement.now_is", "now", now)
}

// figureOf writes a number, and nothing for none.
func figureOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// number is a question that is answered with a few digits.
func number(name, label, hint string, n int) look.Ask {
	return look.Write(look.Field{Name: name, Label: label, Hint: hint, Value: figureOf(n), Short: true, InputMode: "numeric", Autocomplete: "off"})
}

// askClosed asks what is not decided here and why, and what to take off the list.
func askClosed(q *web.Request, closed []Closed) []look.Ask {
	t := q.Words.T
	list := []look.Ask{look.Write(look.Field{Name: "what", Label: t("agreement.ask_what"), Hint: t("agreement.ask_what_hint"), Autocomplete: "off"}),
		look.Write(look.Field{Name: "why", Label: t("agreement.ask_why"), Autocomplete: "off"})}
	off := look.Choice{Name: "off", Legend: t("agreement.ask_off"), Multiple: true}
	for i, c := range closed {
		off.Options = append(off.Options, look.Option{Value: strconv.Itoa(i), Label: c.What, Hint: c.Why})
	}
	if len(closed) > 0 {
		list = append(list, look.Choose(off))
	}
	return list
}

// askLimits asks for each profession what it cannot keep to itself.
func askLimits(q *web.Request, limits []Confidence) []look.Ask {
	var list []look.Ask
	for _, of := range Professions() {
		f := look.Field{Name: string(of), Label: q.Words.T("agreement.limits_" + string(of)), WhoTitle: q.Words.T("agreement.who_title"), Who: q.Words.T("agreement.who"), Rows: 3}
		for _, l := range limits {
			if l.Of == of {
				f.Value = l.Text
			}
		}
		list = append(list, look.Write(f))
	}
	return list
}
