package facts

import (
	"html/template"
	"slices"
	"strings"

	"footing/internal/chart"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// The facts are on as many pages as it takes, a few on each, and all counts of one on pages of its own.
const (
	aFew  = 3
	aYear = 12 // counts of a fact
)

const counted = "/decides/counted"

// page is facts, for a group to read together.
type page struct {
	Title look.Title
	How   string
	Rules []string
	Facts []shown
	Pages look.Pages
	Back  look.Link
}

// shown is one fact: a sentence, a chart of the newest count, and the same numbers as a table.
type shown struct {
	Says   string // the newest count as a sentence, which is the heading
	By     string // who counted, of which time
	Chart  template.HTML
	Open   string // what opens the tables; empty where they stand open
	Tables []look.Table
	Every  look.Link // to every count, where there is more than one
	Not    string    // what it cannot show
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	var all map[Fact][]Count
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		all, err = allCounts(q.Context(), tx, q.Partnership())
		return err
	})
	t := q.Words.T
	p := page{Title: look.Title{Text: t("facts.heading"), Lead: t("facts.lead")}, How: t("facts.how"),
		Rules: []string{t("facts.how_counted"), t("facts.how_small"), t("facts.how_secret")}, Back: look.Link{Href: "/decides", Text: t("facts.back")}}
	if f := Fact(q.Query("of")); len(all[f]) > 1 {
		p.every(q, f, all[f])
		return q.Show("facts", p), err
	}
	for _, f := range Facts() {
		if r.Of[f] != nil {
			p.Facts = append(p.Facts, fact(q, f, all[f]))
		}
	}
	if err == nil && r.Met != nil {
		err = r.addTimes(q, &p)
	}
	from, to, pages := q.Leaves(counted, "facts", t("facts.leaves"), ones(len(p.Facts)), aFew)
	p.Facts, p.Pages = p.Facts[from:to], pages
	return q.Show("facts", p), err
}

// every makes it the page of all counts of a fact, the newest first, each as a table that stands open.
func (p *page) every(q *web.Request, f Fact, list []Count) {
	t := q.Words.T
	s := fact(q, f, list)
	s.Open, s.Every = "", look.Link{}
	for _, c := range list[1:] {
		s.Tables = append(s.Tables, c.table(q))
	}
	from, to, pages := q.Leaves(counted, string(f), t("facts.leaves"), ones(len(list)), aYear)
	s.Tables, p.Pages = s.Tables[from:to], pages
	p.Title, p.Facts, p.Back = look.Title{Text: t("facts." + string(f) + "_what"), Lead: t("facts.every_lead")}, []shown{s}, look.Link{Href: counted, Text: t("facts.heading")}
}

// ones are the sizes of so many things of which a page holds a number, however long they are.
func ones(n int) []int { return slices.Repeat([]int{1}, n) }

func fact(q *web.Request, f Fact, list []Count) shown {
	t := q.Words.T
	s := shown{Not: t("facts." + string(f) + "_not")}
	if len(list) == 0 {
		s.Says, s.By = t("facts."+string(f)+"_what"), t("facts.none")
		return s
	}
	c := list[0]
	s.Says, s.By = c.sentence(q), t("facts.by", "time", c.time(q))
	s.Chart, s.Open, s.Tables = chart.Bars(c.chart(q)), t("facts.table"), []look.Table{c.table(q)}
	if len(list) > 1 {
		s.Every = look.Link{Href: counted + "?of=" + string(f), Text: t("facts.every", "count", len(list)), About: t("facts." + string(f) + "_what")}
	}
	return s
}

// sentence says the newest count. Where something is withheld, it says what was counted and no number.
func (c Count) sentence(q *web.Request) string {
	if !c.Numbers.Whole() {
		return q.Words.T("facts." + string(c.Fact) + "_what")
	}
	women, others, last := c.Numbers[0], c.Numbers[1], len(c.Fact.Sorts())
	return q.Words.T("facts."+string(c.Fact)+"_says", "women", women[0], "women_all", women[last], "others", others[0], "others_all", others[last])
}

// time says of which time it is: whole months that are over.
func (c Count) time(q *web.Request) string {
	last := c.Until.AddDate(0, 0, -1)
	if c.From.IsZero() {
		return q.Words.T("facts.time_first", "until", q.Words.Date(last))
	}
	return q.Words.T("facts.time", "from", q.Words.Date(c.From), "until", q.Words.Date(last))
}

// label names a row or a column.
func label(q *web.Request, f Fact, sort string) string {
	return q.Words.T("facts." + string(f) + "_of_" + sort)
}

// number is a number as it is read, or words in its place.
func number(q *web.Request, n int) string {
	if n == Withheld {
		return q.Words.T("facts.withheld")
	}
	return q.Words.Number(n)
}

// houseLabels are the labels of the rows.
func houseLabels(q *web.Request) []string {
	var list []string
	for _, h := range Houses() {
		list = append(list, q.Words.T("facts.house_"+string(h)))
	}
	return list
}

// chart draws a count, and says all that is drawn. Where nothing is shown but how many there are in all, it is one
// bar.
func (c Count) chart(q *web.Request) chart.Chart {
	drawn := chart.Chart{ID: string(c.Fact), Title: q.Words.T("facts." + string(c.Fact) + "_what")}
	var said []string
	for i, house := range houseLabels(q) {
		g := chart.Group{Label: house}
		var of []string
		for j, sort := range c.Fact.Sorts() {
			n := c.Numbers[i][j]
			b := chart.Bar{Label: label(q, c.Fact, sort), Count: n, Number: number(q, n)}
			if n == Withheld {
				b = chart.Bar{Label: b.Label, Words: b.Number}
			}
			of = append(of, b.Label+": "+number(q, n))
			g.Bars = append(g.Bars, b)
		}
		drawn.Groups = append(drawn.Groups, g)
		said = append(said, house+". "+strings.Join(of, ", ")+".")
	}
	drawn.Desc = strings.Join(said, " ")
	return drawn
}

// table is a count in numbers, with its totals.
func (c Count) table(q *web.Request) look.Table {
	t := look.Table{Caption: c.time(q), Label: q.Words.T("facts." + string(c.Fact) + "_what"), Head: []string{q.Words.T("facts.group")}, Numbers: true}
	sorts := c.Fact.Sorts()
	for _, sort := range sorts {
		t.Head = append(t.Head, label(q, c.Fact, sort))
	}
	if len(sorts) > 1 {
		t.Head = append(t.Head, q.Words.T("facts.all"))
	}
	for i, house := range append(houseLabels(q), q.Words.T("facts.both")) {
		row := []string{house}
		for j := range t.Head[1:] {
			row = append(row, number(q, c.Numbers[i][j]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
