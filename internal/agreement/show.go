package agreement

import (
	"strconv"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// textPage shows one version and, for the newest, asks what she says to it.
type textPage struct {
	Title  look.Title
	Note   look.Note
	How    look.Note // when a version that waits counts
	Paras  []Para
	Rules  *rulesPart
	Action string
	Yours  string
	Acts   []look.Button
	Empty  look.Empty
	Links  []look.Link
}

// seen is what a page shows of the agreement.
type seen struct {
	all     []Version
	holding Version
	answer  Answer
	writer  string
	stops   int
}

func (r *Room) load(q *web.Request, n int64) (v Version, s seen, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		if s.stops, err = r.Stops(q.Context(), tx, q.Partnership()); err != nil {
			return err
		}
		if s.all, err = listVersions(q.Context(), tx, q.Partnership()); err != nil || len(s.all) == 0 {
			return err
		}
		if n == 0 {
			n = s.all[0].N
		}
		for _, one := range s.all {
			if one.N == n {
				v = one
			}
		}
		if v.N == 0 {
			return fault.Missing
		}
		if s.holding, err = r.holding(q.Context(), tx, q.Partnership(), s.all); err != nil {
			return err
		}
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		s.writer = names[v.Writer]
		answers, err := answersTo(q.Context(), tx, q.Partnership(), n)
		s.answer = answers[q.Viewer.ID]
		return err
	})
	return v, s, err
}

// show shows the newest version.
func (r *Room) show(q *web.Request) (web.Answer, error) {
	v, s, err := r.load(q, 0)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	mayWrite := q.Viewer.Standings.Meets(person.Standings()[:5])
	if v.N == 0 {
		p := textPage{Title: look.Title{Text: t("agreement.heading")}, Empty: look.Empty{Title: t("agreement.none"), Text: t("agreement.none_text")}}
		if mayWrite {
			p.Empty.Go = look.Button{Text: t("agreement.begin"), Href: "/agreement/new", Look: look.Second}
		}
		p.Rules, p.Links = newRulesPart(q, v, s), r.words(q)
		return q.Show("text", p), nil
	}
	p := newTextPage(q, v, s)
	if q.Viewer.Standings.Meets(person.Standings()) {
		p.Action = "/agreement/" + strconv.FormatInt(v.N, 10) + "/answer"
		p.Yours = t("agreement.you_" + answerWord(s.answer))
		p.Acts = []look.Button{
			{Text: t("agreement.yes"), Name: "answer", Value: string(Yes), Look: look.Second},
			{Text: t("agreement.not_yet"), Name: "answer", Value: string(NotYet), Look: look.Second}}
	}
	if mayWrite {
		p.Links = append(p.Links, look.Link{Href: "/agreement/new", Text: t("agreement.suggest")})
	}
	if len(s.all) > 1 {
		p.Links = append(p.Links, look.Link{Href: "/agreement/all", Text: t("agreement.earlier")})
	}
	p.Links = append(p.Links, r.words(q)...)
	return q.Show("text", p), nil
}

// words leads whoever takes part to hard words.
func (r *Room) words(q *web.Request) []look.Link {
	if r.Words == nil || !q.Viewer.Standings.Meets(person.Standings()) {
		return nil
	}
	return []look.Link{r.Words.Link(q)}
}

func answerWord(a Answer) string {
	if a == "" {
		return "none"
	}
	return string(a)
}

// newTextPage shows a version and says whether it holds. It does not say who has not answered.
func newTextPage(q *web.Request, v Version, s seen) textPage {
	t := q.Words.T
	p := textPage{Title: look.Title{Text: t("agreement.heading"), Lead: t("agreement.version", "n", v.N, "by", s.writer, "date", q.Words.Date(v.Written))}, Paras: Paras(v.Text), Rules: newRulesPart(q, v, s)}
	switch {
	case s.holding.N == v.N && ruleOf(s.all, v) != nil:
		p.Note = look.Note{Title: t("agreement.holds"), Text: t("agreement.holds_rule")}
	case s.holding.N == v.N:
		p.Note = look.Note{Title: t("agreement.holds"), Text: t("agreement.holds_text")}
	case v.N != s.all[0].N:
		p.Note = look.Note{Text: t("agreement.past")}
	case s.holding.N == 0:
		p.Note = look.Note{Title: t("agreement.waits"), Text: t("agreement.waits_first")}
		p.How = whenAgreed(q, v, s)
	default:
		p.How = whenAgreed(q, v, s)
		title := t("agreement.waits")
		if ruleOf(s.all, v) != nil {
			title = t("agreement.waits_rule")
		}
		p.Note = look.Note{Title: title, Text: t("agreement.waits_text", "n", s.holding.N),
			Links: []look.Link{{Href: "/agreement/" + strconv.FormatInt(s.holding.N, 10), Text: t("agreement.see", "n", s.holding.N)}}}
	}
	return p
}

// whenAgreed says what it takes until a version counts.
func whenAgreed(q *web.Request, v Version, s seen) look.Note {
	t := q.Words.T
	how := look.Note{Title: t("agreement.when"), Text: t("agreement.rule_everybody")}
	if rule := ruleOf(s.all, v); rule != nil {
		how.Text = strings.Join([]string{sayHouse(q, person.Lived, rule.Lived), sayHouse(q, person.Others, rule.Others),
			t("agreement.when_until", "date", q.Words.Date(v.Ends(*rule))), t("agreement.when_stops", "n", s.stops)}, " ")
	}
	return how
}

// newRulesPart is what a version says about deciding.
func newRulesPart(q *web.Request, v Version, s seen) *rulesPart {
	p := say(q, v.Rules, s.stops)
	if mayStop(q.Viewer) {
		p.Change = look.Link{Href: "/agreement/stops", Text: q.Words.T("agreement.stops_link")}
	}
	return &p
}

// showOne shows an earlier version.
func (r *Room) showOne(q *web.Request) (web.Answer, error) {
	n, err := strconv.ParseInt(q.Path("version"), 10, 64)
	if err != nil || n < 1 {
		return nil, fault.Missing
	}
	v, s, err := r.load(q, n)
	if err == nil && v.N == 0 {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	p := newTextPage(q, v, s)
	p.Links = []look.Link{{Href: "/agreement", Text: q.Words.T("agreement.newest")}}
	return q.Show("text", p), nil
}

type allPage struct {
	Title look.Title
	Cards []look.Card
}

// showAll lists every version there was.
func (r *Room) showAll(q *web.Request) (web.Answer, error) {
	_, s, err := r.load(q, 0)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := allPage{Title: look.Title{Text: t("agreement.all_heading"), Lead: t("agreement.all_lead")}}
	for _, v := range s.all {
		n := strconv.FormatInt(v.N, 10)
		c := look.Card{Title: look.Link{Href: "/agreement/" + n, Text: t("agreement.number", "n", v.N)}, Meta: q.Words.Date(v.Written)}
		if v.N == s.holding.N {
			c.Tags = []look.Tag{{Text: t("agreement.holds_tag"), Kind: look.Shared}}
		}
		p.Cards = append(p.Cards, c)
	}
	return q.Show("all", p), nil
}

type answerForm struct {
	Answer string `form:"answer"`
}

// answer keeps yes or not yet.
func (r *Room) answer(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[answerForm](q)
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(q.Path("version"), 10, 64)
	if err != nil {
		return nil, fault.Missing
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Answer(q.Context(), tx, q.Partnership(), q.Viewer.ID, n, Answer(f.Answer))
	})
	return web.GoSaying("/agreement", "agreement.answered"), err
}
