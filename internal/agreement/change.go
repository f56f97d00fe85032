package agreement

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Rules are changed in a draft, one kind of thing a page. Nobody but its writer sees it until everybody is asked.

// changePage asks about one kind of thing.
type changePage struct {
	Check  look.Check
	Title  look.Title
	Note   look.Note
	Warn   look.Note // of more people than there are
	Newer  look.Newer
	Action string
	Asks   []look.Ask
	Acts   []look.Button
}

type changeForm struct {
	LivedWay     string   `form:"lived.way"`
	LivedShare   string   `form:"lived.share"`
	LivedEnough  string   `form:"lived.enough"`
	OthersWay    string   `form:"others.way"`
	OthersShare  string   `form:"others.share"`
	OthersEnough string   `form:"others.enough"`
	Days         string   `form:"days"`
	Opens        string   `form:"opens"`
	Apart        string   `form:"apart"`
	What         string   `form:"what" max:"600"`
	Why          string   `form:"why" max:"600"`
	Off          []string `form:"off"` // which of the list, by their place in it
	Charity      string   `form:"charity" max:"600"`
	Clinician    string   `form:"clinician" max:"600"`
	Practice     string   `form:"practice" max:"600"`
	Researcher   string   `form:"researcher" max:"600"`
	From         string   `form:"from"`
	Over         int64    `form:"over"`  // on paper: the version that stood there when it was printed
	Thing        string   `form:"thing"` // on paper: what it is about
	Undo         bool     `form:"undo"`
}

// change is what the form would change in rules. What is left empty stays as it is.
func (f changeForm) change(rules Rules, thing string) Change {
	switch thing {
	case closedThing:
		closed := f.closed(rules.Closed)
		return Change{Closed: &closed}
	case limitsThing:
		limits := f.limits()
		return Change{Limits: &limits}
	}
	var rule Rule
	if now := rules.InForce().Rule(Matter(thing)); now != nil {
		rule = *now
	}
	rule.Lived, rule.Others = rule.Lived.typed(f.LivedWay, f.LivedShare, f.LivedEnough), rule.Others.typed(f.OthersWay, f.OthersShare, f.OthersEnough)
	rule.Days = typed(rule.Days, f.Days)
	rule.Opens, rule.Apart = cmp.Or(Opener(f.Opens), rule.Opens), cmp.Or(Disagree(f.Apart), rule.Apart)
	return Change{By: map[Matter]Rule{Matter(thing): rule}}
}

// typed returns the house with what was typed in the place of what it says. The share belongs to the one way that
// has one.
func (h House) typed(way, share, enough string) House {
	h.Way, h.Quorum = cmp.Or(Way(way), h.Way), typed(h.Quorum, enough)
	if h.Way == Share {
		h.Share = typed(h.Share, share)
	} else {
		h.Share = 0
	}
	return h
}

// typed returns the number that was typed, and what it was before for none.
func typed(was int, text string) int {
	if strings.TrimSpace(text) == "" {
		return was
	}
	return figure(text)
}

// figure reads a number. What is none is a number that no rule takes.
func figure(typed string) int {
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil {
		return -1
	}
	return n
}

// closed adds to the list what is written, and takes off it what is ticked.
func (f changeForm) closed(list []Closed) []Closed {
	var left []Closed
	for i, c := range list {
		if !slices.Contains(f.Off, strconv.Itoa(i)) {
			left = append(left, c)
		}
	}
	if c := (Closed{What: strings.TrimSpace(f.What), Why: strings.TrimSpace(f.Why)}); c != (Closed{}) {
		left = append(left, c)
	}
	return left
}

// limits takes the professions about which something is written.
func (f changeForm) limits() []Confidence {
	said := map[person.Standing]string{person.Charity: f.Charity, person.Clinician: f.Clinician, person.Practice: f.Practice, person.Researcher: f.Researcher}
	var list []Confidence
	for _, of := range Professions() {
		if text := strings.TrimSpace(said[of]); text != "" {
			list = append(list, Confidence{Of: of, Text: text})
		}
	}
	return list
}

// isThing reports whether there is a page about that.
func isThing(thing string) bool {
	return thing == closedThing || thing == limitsThing || slices.Contains(Matters(), Matter(thing))
}

// from names what the page about a thing begins from.
func from(q *web.Request, r Rules, thing string) string { return web.From(sayThing(q, r, thing)...) }

func newChangePage(q *web.Request, w written, thing string) changePage {
	t, r := q.Words.T, w.rules()
	p := changePage{Title: look.Title{Text: named(q, thing), Lead: t("agreement.ask_lead")}, Note: look.Note{Title: t("agreement.who_title"), Text: t("agreement.who")},
		Action: "/agreement/new/rule/" + thing, Newer: look.Newer{From: from(q, r, thing)}, Asks: asksAbout(q, w.last.Rules, w.change, thing),
		Acts: []look.Button{{Text: t("agreement.rule_keep")}, {Text: t("agreement.rule_undo"), Look: look.Second, Name: "undo", Value: "1"}}}
	switch thing {
	case closedThing:
		p.Title.Lead = t("agreement.closed_ask")
	case limitsThing:
		p.Title.Lead = t("agreement.limits_ask")
	}
	return p
}

// named is what a thing is called.
func named(q *web.Request, thing string) string {
	for _, o := range things(q) {
		if o.Value == thing {
			return o.Label
		}
	}
	return ""
}

// typed puts what she typed in the place of what the rules say.
func (p changePage) typed(q *web.Request) changePage {
	for i, ask := range p.Asks {
		p.Asks[i] = ask.Filled(q.HTTP.PostForm)
	}
	return p
}

func (r *Room) showChange(q *web.Request) (web.Answer, error) {
	thing := q.Path("thing")
	if !isThing(thing) {
		return nil, fault.Missing
	}
	w, err := r.written(q)
	if err == nil && !w.draft.thrown.IsZero() {
		w.change = Change{}
	}
	if err != nil {
		return nil, err
	}
	page := newChangePage(q, w, thing)
	of, err := r.sizes(q)
	if warn := tooMany(q, of, w.rules(), thing); len(warn) > 0 {
		page.Warn = look.Note{Title: q.Words.T("agreement.too_many_title"), Text: strings.Join(warn, " ")}
	}
	return q.Show("rule", page), err
}

// tooMany says in which group fewer people can decide today than the rule about a thing asks to take part. It is said
// where rules are written and not refused: the group may grow.
func tooMany(q *web.Request, of map[person.House]int, rules Rules, thing string) (list []string) {
	rule := rules.InForce().Rule(Matter(thing))
	if rule == nil {
		return nil
	}
	for _, h := range rule.TooMany(of) {
		list = append(list, q.Words.T("agreement.too_many_"+string(h), "of", of[h], "count", rule.House(h).Quorum))
	}
	return list
}

// sizes returns how many of each house can decide today.
func (r *Room) sizes(q *web.Request) (map[person.House]int, error) {
	of := map[person.House]int{}
	return of, r.DB.Read(q.Context(), func(tx *store.Tx) error {
		roll, err := r.Circle.Roll(q.Context(), tx, q.Partnership(), q.Now())
		for _, v := range roll {
			of[v.House]++
		}
		return err
	})
}

// saveChange keeps what she would change in her draft.
func (r *Room) saveChange(q *web.Request) (web.Answer, error) {
	thing := q.Path("thing")
	if !isThing(thing) {
		return nil, fault.Missing
	}
	f, problem := web.Parse[changeForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	w, err := r.written(q)
	if err != nil {
		return nil, err
	}
	if !w.draft.thrown.IsZero() {
		w.Text, w.Over, w.change = w.last.Text, w.last.N, Change{}
	}
	page := newChangePage(q, w, thing)
	if now := from(q, w.rules(), thing); f.From != "" && f.From != now {
		page = page.typed(q)
		page.Newer = q.Newer(now, look.SummaryRow{Term: page.Title.Text, Value: strings.Join(sayThing(q, w.rules(), thing), " ")})
		return q.Again("rule", page), nil
	}
	change := w.change.without(thing)
	if !f.Undo && problem == nil {
		change = change.with(f.change(w.rules(), thing))
		problem = change.To(w.last.Rules).Check()
	}
	if err := problem; err != nil && !f.Undo {
		page = page.typed(q)
		page.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + troubled(err, page.Asks), Text: circle.Say(q, err)}}}
		return q.Again("rule", page), nil
	}
	return web.GoSaying("/agreement/new", "web.draft_saved"), r.save(q, w.Text, w.Over, &change)
}

// troubled returns the id of the question about days, or of the first of a page.
func troubled(err error, asks []look.Ask) string {
	first := asks[0]
	switch {
	case errors.Is(err, ErrDays):
		return "days"
	case first.Field != nil:
		return first.Field.At()
	}
	return first.Choice.At()
}

// with returns the change with another made beside it.
func (c Change) with(o Change) Change {
	by := maps.Clone(c.By)
	if by == nil {
		by = map[Matter]Rule{}
	}
	maps.Copy(by, o.By)
	return Change{By: by, Closed: cmp.Or(o.Closed, c.Closed), Limits: cmp.Or(o.Limits, c.Limits)}
}

// without returns the change that leaves a thing alone.
func (c Change) without(thing string) Change {
	switch thing {
	case closedThing:
		c.Closed = nil
	case limitsThing:
		c.Limits = nil
	}
	c.By = maps.Clone(c.By)
	delete(c.By, Matter(thing))
	return c
}
