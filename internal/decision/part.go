package decision

import (
	"strconv"
	"strings"

	"footing/internal/agreement"
	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// parts is how many parts the form of a decision has, with the page that shows it all.
const parts = 5

// textForm is what any part of the form sends. Choices are lines of one box.
type textForm struct {
	Title    string `form:"name" max:"100"`
	Question string `form:"question" max:"2000"`
	Matter   string `form:"matter"`
	Amount   string `form:"amount" max:"100"`
	Method   string `form:"method"`
	Choices  string `form:"choices" max:"1000"`
	Secret   string `form:"secret"`
	Fixed    string `form:"fixed" max:"2000"`
	Why      string `form:"why" max:"2000"`
	Interest string `form:"interest" max:"1000"`
	Rung     int    `form:"rung"`
	Again    int    `form:"again"`
	Stop     bool   `form:"stop"`
}

// into takes over the answers of one part.
func (f textForm) into(part int, t Text) Text {
	switch part {
	case 1:
		t.Title, t.Question, t.Matter, t.Amount = f.Title, f.Question, agreement.Matter(f.Matter), f.Amount
	case 2:
		t.Method, t.Secret, t.Choices = Method(f.Method), f.Secret == "yes", lines(f.Choices)
	case 3:
		t.Fixed, t.Why, t.Interest = f.Fixed, f.Why, f.Interest
	case 4:
		t.Rung, t.Again = Rung(f.Rung), f.Again
	}
	return t
}

// lines returns what stands on the lines of a box.
func lines(box string) []string {
	var list []string
	for line := range strings.Lines(box) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// newPart makes the page of one part, with the answers so far.
func newPart(q *web.Request, d Decision, part int, a Text) form {
	t := q.Words.T
	n := strconv.Itoa(part)
	action := "/decide/" + d.ID + "/part/" + n
	p := form{Steps: look.Steps{Text: t("decision.part", "now", part, "of", parts), Now: part, Of: parts},
		Title: look.Title{Text: t("decision.part" + n), Lead: t("decision.part" + n + "_lead")}, Action: action,
		Acts: []look.Button{{Text: t("decision.continue")}, {Text: t("decision.stop_here"), Look: look.Second, Name: "stop", Value: "1"}}}
	who := "decision.draft_who"
	if d.Course.Stage == Put {
		who = "decision.put_who"
	} else {
		p.Keep, p.Draft = action+"/keep", q.Draft()
	}
	write := func(name, value string, rows, limit int) look.Ask {
		b := box(q, name, value, rows, limit)
		b.WhoTitle, b.Who = t("decision.who_title"), t(who)
		return look.Write(b)
	}
	switch part {
	case 1:
		amount := line(q, "amount", a.Amount)
		amount.Short, amount.InputMode = true, "numeric"
		p.Asks = []look.Ask{look.Write(line(q, "name", a.Title)), write("question", a.Question, 4, 2000),
			look.Choose(look.Choice{Name: "matter", Legend: t("decision.matter"), Options: options(q, "decision.matter_", agreement.Matters(), a.Matter)}),
			look.Write(amount)}
	case 2:
		secret := look.Choice{Name: "secret", Legend: t("decision.secret"), Hint: t("decision.secret_hint"), Options: []look.Option{
			{Value: "no", Label: t("decision.secret_no"), Chosen: !a.Secret && a.Method != ""}, {Value: "yes", Label: t("decision.secret_yes"), Hint: t("decision.secret_yes_hint"), Chosen: a.Secret}}}
		p.Asks = []look.Ask{look.Choose(look.Choice{Name: "method", Legend: t("decision.method"), Options: options(q, "decision.method_", Methods(), a.Method)}),
			write("choices", strings.Join(a.Choices, "\n"), 4, 1000), look.Choose(secret)}
	case 3:
		p.Asks = []look.Ask{write("fixed", a.Fixed, 3, 2000), write("why", a.Why, 3, 2000), write("interest", a.Interest, 2, 1000)}
	case 4:
		again := look.Choice{Name: "again", Legend: t("decision.again"), Row: true}
		for _, weeks := range Later {
			again.Options = append(again.Options, look.Option{Value: strconv.Itoa(weeks), Label: t("decision.weeks", "count", weeks), Chosen: weeks == a.Again})
		}
		p.Asks = []look.Ask{look.Choose(rungChoice(q, a.Rung)), look.Choose(again)}
	}
	return p
}

// rungChoice asks on which step of the ladder a decision is, the highest first.
func rungChoice(q *web.Request, chosen Rung) look.Choice {
	c := look.Choice{Name: "rung", Legend: q.Words.T("decision.rung"), Hint: q.Words.T("decision.rung_hint")}
	for n := Rung(Rungs); n >= 1; n-- {
		c.Options = append(c.Options, look.Option{Value: strconv.Itoa(int(n)), Label: rungWords(q, n), Chosen: n == chosen})
	}
	return c
}

func rungWords(q *web.Request, n Rung) string {
	return q.Words.T("decision.rung_" + strconv.Itoa(int(n)))
}

// part returns which part the path names.
func part(q *web.Request) (int, error) {
	n, err := strconv.Atoi(q.Path("part"))
	if err != nil || n < 1 || n >= parts {
		return 0, fault.Missing
	}
	return n, nil
}

// begin makes a draft that only its writer sees, and goes to its first part.
func (r *Room) begin(q *web.Request) (web.Answer, error) {
	id, err := r.Begin(q.Context(), q.Viewer, "", Text{})
	return web.Go("/decide/" + id + "/part/1"), err
}

func (r *Room) showPart(q *web.Request) (web.Answer, error) {
	n, err := part(q)
	if err != nil {
		return nil, err
	}
	d, text, err := r.writable(q.Context(), q.Viewer, q.Path("decision"))
	if err != nil {
		return nil, err
	}
	return q.Show("form", newPart(q, d, n, text)), nil
}

// savePart keeps one part and goes on to the next, or stops here.
func (r *Room) savePart(q *web.Request) (web.Answer, error) {
	n, err := part(q)
	if err != nil {
		return nil, err
	}
	d, text, err := r.writable(q.Context(), q.Viewer, q.Path("decision"))
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[textForm](q)
	text = f.into(n, text)
	if problem != nil && d.Course.Stage == Put {
		return newPart(q, d, n, text).again(q, tooLong(f), problem) // half of it is shown to nobody
	}
	if err := r.Save(q.Context(), q.Viewer, d.ID, text); err != nil {
		return nil, err
	}
	switch {
	case f.Stop:
		return web.GoSaying("/decide", "web.draft_saved"), nil
	case problem != nil:
		return newPart(q, d, n, text).again(q, tooLong(f), problem)
	}
	if n+1 < parts {
		return web.Go("/decide/" + d.ID + "/part/" + strconv.Itoa(n+1)), nil
	}
	return web.Go("/decide/" + d.ID + "/check"), nil
}

// tooLong returns the first field that is longer than it can be.
func tooLong(f textForm) string {
	fields := []struct {
		name, value string
		max         int
	}{{"name", f.Title, 100}, {"question", f.Question, 2000}, {"amount", f.Amount, 100}, {"choices", f.Choices, 1000}, {"fixed", f.Fixed, 2000}, {"why", f.Why, 2000}}
	for _, one := range fields {
		if len([]rune(one.value)) > one.max {
			return one.name
		}
	}
	return "interest"
}

// keepPart saves a part of a draft while it is typed, and when the page is left.
func (r *Room) keepPart(q *web.Request) (web.Answer, error) {
	n, err := part(q)
	if err != nil {
		return nil, err
	}
	d, text, err := r.writable(q.Context(), q.Viewer, q.Path("decision"))
	if err == nil && d.Course.Stage != Draft {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	f, _ := web.Parse[textForm](q) // too long a text is kept too: it can be shortened later
	return web.Data("kept"), r.Save(q.Context(), q.Viewer, d.ID, f.into(n, text))
}

// checkPage is the last part: everything once more, as everybody will read it.
type checkPage struct {
	Check   look.Check
	Steps   look.Steps
	Title   look.Title
	Note    look.Note
	Summary look.Summary
	Put     string
	Acts    []look.Button
	Drop    act
}

func (r *Room) newCheckPage(q *web.Request, d Decision, text Text) checkPage {
	t, at := q.Words.T, "/decide/"+d.ID
	p := checkPage{Steps: look.Steps{Text: t("decision.part", "now", parts, "of", parts), Now: parts, Of: parts},
		Title: look.Title{Text: t("decision.check_heading"), Lead: t("decision.check_lead")}, Summary: look.Summary{Rows: textRows(q, text, at)}, Put: at + "/put",
		Note: look.Note{Title: t("decision.next_title"), Text: t("decision.next_text")},
		Acts: []look.Button{{Text: t("decision.put")}, {Text: t("decision.stop_here"), Look: look.Second, Href: "/decide"}}}
	if gaps := trimmed(text).Gaps(); len(gaps) > 0 {
		p.Acts, p.Check.Title = p.Acts[1:], t("decision.gaps_heading")
		for _, field := range gaps {
			p.Check.Items = append(p.Check.Items, look.CheckItem{Href: at + "/part/" + strconv.Itoa(partOf(field)) + "#" + field, Text: t("decision.gap_" + field)})
		}
	}
	if d.Course.Stage == Draft {
		p.Drop = act{at + "/drop", look.Button{Text: t("decision.throw_away"), Look: look.Quiet}}
	}
	return p
}

// partOf returns in which part of the form a field stands.
func partOf(field string) int {
	switch field {
	case "name", "question", "matter", "amount":
		return 1
	case "method", "choices", "secret":
		return 2
	case "fixed", "why", "interest":
		return 3
	}
	return 4
}

func (r *Room) showCheck(q *web.Request) (web.Answer, error) {
	d, text, err := r.writable(q.Context(), q.Viewer, q.Path("decision"))
	if err != nil {
		return nil, err
	}
	return q.Show("check", r.newCheckPage(q, d, text)), nil
}

// put puts the text forward, for everybody to see.
func (r *Room) put(q *web.Request) (web.Answer, error) {
	d, text, err := r.writable(q.Context(), q.Viewer, q.Path("decision"))
	if err != nil {
		return nil, err
	}
	tidy := trimmed(text)
	if len(tidy.Gaps()) > 0 {
		return web.Go("/decide/" + d.ID + "/check"), nil
	}
	if encode(tidy) != encode(text) {
		if err := r.Save(q.Context(), q.Viewer, d.ID, tidy); err != nil {
			return nil, err
		}
	}
	if err := r.Put(q.Context(), q.Viewer, d.ID); fault.KindOf(err) == fault.Invalid {
		p := r.newCheckPage(q, d, tidy)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "/decide/" + d.ID + "/part/1", Text: circle.Say(q, err)}}}
		return q.Again("check", p), nil
	} else if err != nil {
		return nil, err
	}
	return web.GoSaying("/decide/"+d.ID, "decision.is_put"), nil
}

func (r *Room) dropDraft(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/decide", "decision.thrown_away"), r.Drop(q.Context(), q.Viewer, q.Path("decision"))
}

func (r *Room) takeBack(q *web.Request) (web.Answer, error) {
	id := q.Path("decision")
	return web.GoSaying("/decide/"+id, "decision.is_back"), r.TakeBack(q.Context(), q.Viewer, id)
}
