package find

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// perPage is how many passages are opened for one page.
const perPage = 20

// asked is what the form sends.
type asked struct {
	Query string `form:"q"`
	Page  int64  `form:"page"`
}

// findPage is the form and what was found. Nothing of it stays anywhere.
type findPage struct {
	Check  look.Check
	Title  look.Title
	Seen   look.Note
	Action string
	Field  look.Field
	Search look.Button
	Query  string // for the buttons that lead on
	Said   string // how many were found
	Found  []passage
	Pages  []look.Button
}

// passage is one that was found, around the words that were looked for.
type passage struct {
	Link  look.Link
	Title string // what the source is called
	Who   string // who speaks, if she chose to be named
	Runs  []Run
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	if _, err := r.study(q); err != nil {
		return nil, err
	}
	return q.Show("find", r.page(q, "")), nil
}

// study returns the study of the address, to its analysts alone.
func (r *Room) study(q *web.Request) (study.Study, error) {
	var s study.Study
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		s, err = r.Studies.For(q.Context(), tx, q.Viewer, q.Path("study"))
		return err
	})
	return s, err
}

// page returns the page with its form as it was sent.
func (r *Room) page(q *web.Request, query string) findPage {
	t := q.Words.T
	return findPage{
		Title:  look.Title{Text: t("find.heading"), Lead: t("find.lead")},
		Seen:   look.Note{Title: t("find.seen_title"), Text: t("find.seen_text")},
		Action: "/find/" + q.Path("study"), Query: query,
		Field:  look.Field{Name: "q", Label: t("find.label"), Hint: t("find.hint"), Value: query, Type: "search", Autocomplete: "off"},
		Search: look.Button{Text: t("find.search")},
	}
}

func (r *Room) find(q *web.Request) (web.Answer, error) {
	s, err := r.study(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[asked](q)
	if err != nil {
		return nil, err
	}
	p := r.page(q, f.Query)
	use := consent.Use{Purpose: consent.Analysis, For: s.ID, Form: consent.Words}
	list, err := r.open(q.Context(), q.Viewer, use, f.Query)
	if errors.Is(err, search.ErrBusy) {
		problem := q.Words.T(search.ErrBusy.Say)
		p.Field.Problem = problem
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#q", Text: problem}}}
		return q.Again("find", p), nil
	}
	if err != nil {
		return nil, err
	}
	first := min(max(int(f.Page)-1, 0), max(len(list)-1, 0)/perPage) * perPage
	last := min(first+perPage, len(list))
	if p.Found, err = r.passages(q, use, f.Query, list[first:last]); err != nil {
		return nil, err
	}
	p.tell(q, first, last, len(list))
	return q.Show("find", p), nil
}

// open looks for a query and returns the places of what the viewer may open for the use, best first.
// What she may not open is not even counted.
func (r *Room) open(ctx context.Context, v person.Viewer, u consent.Use, query string) ([]place, error) {
	hits, err := r.Indexes.Search(ctx, v.Partnership, query, 0)
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	var list []place
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := r.places(ctx, tx, v.Partnership, hits)
		if err != nil || len(all) == 0 {
			return err
		}
		in := contributions(all)
		if len(in) > few {
			in = nil // the ruling over everything
		}
		ruling, err := r.Gate.RuleIn(ctx, tx, v, u, in...)
		if err != nil {
			return err
		}
		source, err := r.sources(ctx, tx, v.Partnership, u.For)
		if err != nil {
			return err
		}
		for _, at := range all {
			if ruling.Turn(at.turn) && source(at.contribution) {
				list = append(list, at)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("asking the gate what may be found: %w", err)
	}
	return list, nil
}

// sources returns a function that knows the study's sources.
func (r *Room) sources(ctx context.Context, tx *store.Tx, p person.Partnership, study string) (func(consent.ID) bool, error) {
	if r.Sources == nil {
		return func(consent.ID) bool { return true }, nil
	}
	ids, err := r.Sources.Of(ctx, tx, p, study)
	known := make(map[consent.ID]bool, len(ids))
	for _, id := range ids {
		known[id] = true
	}
	return func(id consent.ID) bool { return known[id] }, err
}

// passages opens what stands at the places. What was taken back a moment ago is left out.
func (r *Room) passages(q *web.Request, u consent.Use, query string, list []place) ([]passage, error) {
	turns := make([]consent.ID, len(list))
	for i, at := range list {
		turns[i] = at.turn
	}
	opened, err := r.Gate.OpenTurns(q.Context(), q.Viewer, u, consent.Reading, turns...)
	if err != nil {
		return nil, err
	}
	var names map[person.ID]string
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	found := map[consent.ID]passage{}
	for _, c := range opened {
		for _, turn := range c.Turns {
			if turn.Open {
				found[turn.ID] = passageOf(q, c, turn, query, names)
			}
		}
	}
	var passages []passage
	for _, at := range list {
		if p, ok := found[at.turn]; ok {
			passages = append(passages, p)
		}
	}
	return passages, nil
}

func passageOf(q *web.Request, c consent.Contribution, turn consent.Turn, query string, names map[person.ID]string) passage {
	text := turn.Words.Reveal()
	p := passage{
		Link: look.Link{
			Href: "/index/" + q.Path("study") + "/" + string(c.ID) + "#t" + strconv.Itoa(turn.Seq),
			Text: q.Words.T("find.place", "kind", q.Words.T("find.kind_"+string(c.Kind)), "date", q.Words.Date(c.Made), "n", turn.Seq),
		},
		Title: c.Title.Reveal(),
		Runs:  snippet(text, search.Spans(query, text)),
	}
	for _, s := range c.Speakers {
		if s.ID == turn.Speaker {
			p.Who = s.Called(names).Reveal()
		}
	}
	return p
}

// tell says how many were found, and leads to the others.
func (p *findPage) tell(q *web.Request, first, last, all int) {
	t := q.Words.T
	switch {
	case p.Query == "":
		return
	case all == 0:
		p.Said = t("find.nothing")
		return
	case all <= perPage:
		p.Said = t("find.found", "count", all)
	default:
		p.Said = t("find.found_part", "first", first+1, "last", last, "all", all)
	}
	page := first/perPage + 1
	if first > 0 {
		p.Pages = append(p.Pages, look.Button{Text: t("find.earlier"), Look: look.Second, Name: "page", Value: strconv.Itoa(page - 1)})
	}
	if last < all {
		p.Pages = append(p.Pages, look.Button{Text: t("find.more"), Look: look.Second, Name: "page", Value: strconv.Itoa(page + 1)})
	}
}
