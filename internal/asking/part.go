package asking

import (
	"context"
	"slices"
	"strconv"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// parts is how many parts the form of a request has, with the page that shows it all.
const parts = 6

// around is what the questions ask about.
type around struct {
	entries []Entry
	kinds   []Kind
	studies []study.Study
}

func (r *Room) around(ctx context.Context, q *web.Request) (around, error) {
	var at around
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if at.kinds, err = kinds(ctx, tx, q.Partnership()); err != nil {
			return err
		}
		at.studies, err = r.Studies.Running(ctx, tx, q.Partnership())
		return err
	})
	if err == nil {
		at.entries, err = r.Shelf(ctx, q.Viewer)
	}
	return at, err
}

// askForm is what any part of the form sends.
type askForm struct {
	Title    string   `form:"entry_title" max:"100"`
	What     string   `form:"what" max:"3000"`
	Study    string   `form:"study"`
	Known    []string `form:"known"`
	More     string   `form:"more" max:"3000"`
	Why      string   `form:"why" max:"3000"`
	Gain     string   `form:"gain" max:"3000"`
	Interest string   `form:"interest" max:"3000"`
	Pay      string   `form:"pay"`
	Amount   string   `form:"amount"`
	Support  string   `form:"support" max:"3000"`
	Kind     string   `form:"kind"`
	Ways     []string `form:"ways"`
	Weeks    int      `form:"weeks"`
	Stop     bool     `form:"stop"`
}

// into takes over the answers of one part.
func (f askForm) into(part int, t Text) Text {
	switch part {
	case 1:
		t.Title, t.What, t.Study = f.Title, f.What, f.Study
	case 2:
		t.Known, t.More, t.Why = f.Known, f.More, f.Why
	case 3:
		t.Gain, t.Interest = f.Gain, f.Interest
	case 4:
		t.Pay, t.Support = Pay(f.Pay), f.Support
		t.Pence, _ = ParsePence(f.Amount)
	case 5:
		t.Kind, t.Weeks, t.Ways = f.Kind, f.Weeks, nil
		for _, way := range Ways() {
			if slices.Contains(f.Ways, string(way)) {
				t.Ways = append(t.Ways, way)
			}
		}
	}
	return t
}

// newPart makes the page of one part, with the answers so far.
func newPart(q *web.Request, id string, part int, a Text, at around) form {
	t := q.Words.T
	action := "/asks/" + id + "/part/" + strconv.Itoa(part)
	p := form{Steps: look.Steps{Text: t("asking.part", "now", part, "of", parts), Now: part, Of: parts},
		Title:  look.Title{Text: t("asking.part" + strconv.Itoa(part)), Lead: t("asking.part" + strconv.Itoa(part) + "_lead")},
		Action: action, Keep: action + "/keep", Draft: q.Draft(),
		Acts: []look.Button{{Text: t("asking.continue")}, {Text: t("asking.stop"), Look: look.Second, Name: "stop", Value: "1"}}}
	write := func(name, value string, rows int) look.Ask {
		b := box(q, name, value, rows, 3000)
		b.WhoTitle, b.Who = t("asking.who_title"), t("asking.what_who")
		return look.Write(b)
	}
	switch part {
	case 1:
		p.Asks = []look.Ask{look.Write(line(q, "entry_title", a.Title)), write("what", a.What, 5)}
		if len(at.studies) > 0 {
			p.Asks = append(p.Asks, look.Choose(studyChoice(q, a, at)))
		}
	case 2:
		p.Asks = []look.Ask{write("more", a.More, 3), write("why", a.Why, 3)}
		if c := knownChoice(q, a, at); len(c.Options) > 0 {
			p.Asks = slices.Insert(p.Asks, 0, look.Choose(c))
		}
		p.After = []look.Link{{Href: "/known", Text: t("asking.read_shelf")}}
	case 3:
		p.Asks = []look.Ask{write("gain", a.Gain, 3), write("interest", a.Interest, 3)}
	case 4:
		amount := line(q, "amount", "")
		if amount.Short = true; a.Pence > 0 {
			amount.Value = Pounds(a.Pence)
		}
		p.Asks = []look.Ask{look.Choose(look.Choice{Name: "pay", Legend: t("asking.pay"), Options: options(q, "asking.pay_", Pays(), a.Pay)}),
			look.Write(amount), write("support", a.Support, 3)}
	case 5:
		p.Asks = []look.Ask{look.Choose(kindChoice(q, a, at)),
			look.Choose(look.Choice{Name: "ways", Legend: t("asking.ways"), Hint: t("asking.ways_hint"), Multiple: true,
				Options: options(q, "asking.way_", Ways(), a.Ways...)}),
			look.Choose(weeksChoice(q, a))}
	}
	return p
}

func studyChoice(q *web.Request, a Text, at around) look.Choice {
	c := look.Choice{Name: "study", Legend: q.Words.T("asking.study"), Options: []look.Option{{Value: "", Label: q.Words.T("asking.no_study")}}}
	for _, s := range at.studies {
		c.Options = append(c.Options, look.Option{Value: s.ID, Label: s.Question, Chosen: s.ID == a.Study})
	}
	return c
}

func knownChoice(q *web.Request, a Text, at around) look.Choice {
	c := look.Choice{Name: "known", ID: "entries", Legend: q.Words.T("asking.entries"), Multiple: true}
	for _, e := range at.entries {
		if e.Off.IsZero() {
			c.Options = append(c.Options, look.Option{Value: e.ID, Label: e.Title, Chosen: slices.Contains(a.Known, e.ID)})
		}
	}
	return c
}

func kindChoice(q *web.Request, a Text, at around) look.Choice {
	c := look.Choice{Name: "kind", Legend: q.Words.T("asking.kind"), Hint: q.Words.T("asking.kind_hint")}
	for _, k := range openKinds(at.kinds) {
		c.Options = append(c.Options, look.Option{Value: k.ID, Label: k.Name, Chosen: k.ID == a.Kind})
	}
	return c
}

func weeksChoice(q *web.Request, a Text) look.Choice {
	c := look.Choice{Name: "weeks", Legend: q.Words.T("asking.weeks"), Hint: q.Words.T("asking.weeks_hint"), Row: true}
	for _, n := range Weeks {
		c.Options = append(c.Options, look.Option{Value: strconv.Itoa(n), Label: q.Words.T("asking.weeks_n", "count", n), Chosen: n == a.Weeks})
	}
	return c
}

// part returns which part the path names.
func part(q *web.Request) (int, error) {
	n, err := strconv.Atoi(q.Path("part"))
	if err != nil || n < 1 || n >= parts {
		return 0, fault.Missing
	}
	return n, nil
}

// begin makes a draft that only its asker sees, and goes to its first part.
func (r *Room) begin(q *web.Request) (web.Answer, error) {
	id, err := r.Begin(q.Context(), q.Viewer, Text{})
	return web.Go("/asks/" + id + "/part/1"), err
}

// writable returns a request of hers that can be written on: one that is out, or over, cannot.
func (r *Room) writable(q *web.Request) (Request, Text, error) {
	req, text, err := r.mine(q.Context(), q.Viewer, q.Path("ask"))
	if stage := req.Round.Stage(q.Now()); err == nil && (stage == Out || stage == Over || req.Left()) {
		err = ErrSettled
	}
	return req, text, err
}

func (r *Room) showPart(q *web.Request) (web.Answer, error) {
	n, err := part(q)
	if err != nil {
		return nil, err
	}
	req, text, err := r.writable(q)
	if err != nil {
		return nil, err
	}
	at, err := r.around(q.Context(), q)
	return q.Show("form", newPart(q, req.ID, n, text, at)), err
}

// savePart keeps one part and goes on to the next, or stops here.
func (r *Room) savePart(q *web.Request) (web.Answer, error) {
	n, err := part(q)
	if err != nil {
		return nil, err
	}
	req, text, err := r.writable(q)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[askForm](q)
	text = f.into(n, text)
	if err := r.Save(q.Context(), q.Viewer, req.ID, text); err != nil {
		return nil, err
	}
	amount, wrong := "amount", Pay(f.Pay) == PayAmount && text.Pence == 0
	switch {
	case f.Stop:
		return web.GoSaying("/asks", "web.draft_saved"), nil
	case problem == nil && (n != 4 || !wrong):
		next := "/check"
		if n+1 < parts {
			next = "/part/" + strconv.Itoa(n+1)
		}
		return web.Go("/asks/" + req.ID + next), nil
	}
	at, err := r.around(q.Context(), q)
	if err != nil {
		return nil, err
	}
	p := newPart(q, req.ID, n, text, at)
	if problem != nil {
		return p.again(q, tooLong(f), problem)
	}
	for _, a := range p.Asks {
		if a.Field != nil && a.Field.Name == amount {
			a.Field.Value = f.Amount
		}
	}
	return q.Again("form", p.wrong(q, amount, q.Words.T("asking.amount_problem"))), nil
}

// tooLong returns the first field that is longer than it can be.
func tooLong(f askForm) string {
	for _, one := range []struct {
		name, value string
		max         int
	}{{"entry_title", f.Title, 100}, {"what", f.What, 3000}, {"more", f.More, 3000}, {"why", f.Why, 3000}, {"gain", f.Gain, 3000}, {"interest", f.Interest, 3000}} {
		if len([]rune(one.value)) > one.max {
			return one.name
		}
	}
	return "support"
}

// keepPart saves a part while it is typed, and when the page is left.
func (r *Room) keepPart(q *web.Request) (web.Answer, error) {
	n, err := part(q)
	if err != nil {
		return nil, err
	}
	req, text, err := r.writable(q)
	if err != nil {
		return nil, err
	}
	f, _ := web.Parse[askForm](q) // too long a text is kept too: it can be shortened later
	return web.Data("kept"), r.Save(q.Context(), q.Viewer, req.ID, f.into(n, text))
}
