package decision

import (
	"context"
	"slices"
	"strconv"

	"footing/internal/agreement"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// onePage is one decision: where it stands, what it is about, what is said to it, and what came out.
type onePage struct {
	Title   look.Title
	States  []look.Note
	Acts    []look.Button
	Forms   []act
	Summary look.Summary
	Parts   []section
	Links   []look.Link
}

// section is a list under a heading, or as much of it as there is room for, with the way to all of it.
type section struct {
	Head, Lead string
	Lines      []look.Line
	All        look.Link
	Pages      look.Pages
}

// around is everything that stands beside the text of a decision.
type around struct {
	roll      place
	on        bool // the viewer is on the roll
	slips     Slips
	said      []said
	doubts    []Doubt
	interests []interest
	seen      []seen
	next      []Decision // those that open it again
	before    Decision   // the one it opens again
	names     map[person.ID]string
}

func (r *Room) around(ctx context.Context, v person.Viewer, d Decision) (a around, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		p := v.Partnership
		if a.roll, a.on, err = onRoll(ctx, tx, p, d.ID, v.ID); err != nil {
			return err
		}
		if a.on {
			if a.said, err = listSaid(ctx, tx, p, d.ID); err != nil {
				return err
			}
			if a.slips, err = slipsOf(ctx, tx, p, d.ID); err != nil {
				return err
			}
		}
		if a.doubts, err = listDoubts(ctx, tx, p, d.ID); err != nil {
			return err
		}
		if a.interests, err = listInterests(ctx, tx, p, d.ID); err != nil {
			return err
		}
		if a.seen, err = listSeen(ctx, tx, p, d.ID); err != nil {
			return err
		}
		if a.next, err = store.List(ctx, tx, scanDecision, decisions+` AND d.of_id = $2 AND d.stage <> 'draft' ORDER BY d.made, d.id`, p, d.ID); err != nil {
			return err
		}
		if d.Of != "" {
			if a.before, err = get(ctx, tx, v, d.Of); err != nil {
				return err
			}
		}
		a.names, err = r.Circle.Names(ctx, tx, p)
		return err
	})
	return a, err
}

// due settles the decision in the path when its time has come, so that whoever looks sees what came out.
func (r *Room) due(q *web.Request) (Decision, Text, error) {
	d, text, err := r.load(q.Context(), q.Viewer, q.Path("decision"))
	if err != nil || !d.Course.Open() || q.Now().Before(d.Course.Until) {
		return d, text, err
	}
	if err := r.settle(q.Context(), q.Partnership(), d.ID); err != nil {
		return d, text, err
	}
	return r.load(q.Context(), q.Viewer, d.ID)
}

func (r *Room) showOne(q *web.Request) (web.Answer, error) {
	d, text, err := r.due(q)
	if err != nil {
		return nil, err
	}
	if d.Course.Stage == Draft {
		return web.Go("/decide/" + d.ID + "/part/1"), nil
	}
	a, err := r.around(q.Context(), q.Viewer, d)
	if err != nil {
		return nil, err
	}
	p := onePage{Title: look.Title{Text: text.Title, Lead: text.Question}, Links: []look.Link{{Href: "/decide", Text: q.Words.T("decision.to_all")}}}
	f := newFitting(q, d, text)
	for _, one := range r.kinds() {
		if f.of == one.name {
			if p.Parts, err = beside(q, d, text, a, f, one); len(p.Parts) > 0 {
				p.Links = []look.Link{{Href: f.at, Text: q.Words.T("decision.back_to_it")}}
				return q.Show("one", p), err
			}
		}
	}
	f.of = ""
	p.States = states(q, d, text, a)
	p.Acts, p.Forms = acts(q, d, a)
	p.Summary.Rows = append(textRows(q, text, "")[1:], r.moreRows(q, d, a)...)
	p.Parts, err = beside(q, d, text, a, f, r.kinds()...)
	return q.Show("one", p), err
}

// kind is one kind of thing that stands beside a decision.
type kind struct {
	name string
	make func(*web.Request, Decision, Text, around, *fitting) (section, error)
}

// kinds lists them in the order in which they stand on the page.
func (r *Room) kinds() []kind {
	return []kind{{"heed", r.heedPart}, {"after", r.changedPart}, {"said", r.saidPart}, {"gain", r.gainPart}, {"doubt", r.doubtPart}, {"ladder", ladderPart}}
}

// beside makes those sections that have something in them.
func beside(q *web.Request, d Decision, text Text, a around, f *fitting, kinds ...kind) (list []section, err error) {
	for _, one := range kinds {
		s, err := one.make(q, d, text, a, f)
		if err != nil {
			return nil, err
		}
		if s.Head != "" {
			list = append(list, s)
		}
	}
	return list, nil
}

// states says where the decision stands, first of all.
func states(q *web.Request, d Decision, text Text, a around) []look.Note {
	t, c := q.Words.T, d.Course
	var note look.Note
	switch {
	case c.Stage == Closed:
		note = outcomeNote(q, d, text)
	case c.Stage == Talking && c.Secret:
		note = look.Note{Title: t("decision.state_talking"), Text: t("decision.state_talk_text", "date", q.Words.Date(c.Until))}
	default:
		note = look.Note{Title: t("decision.state_" + string(c.Stage)), Text: t("decision.state_"+string(c.Stage)+"_text", "date", q.Words.Date(c.Until))}
	}
	list := []look.Note{note}
	if c.Stage == Balloting && a.roll.Slip {
		list = append(list, look.Note{Text: t("decision.slip_yours")})
	}
	if c.Open() && c.Outcome == Waits {
		list = append(list, waitNote(q, d))
	}
	if c.Open() && a.on && slices.ContainsFunc(a.said, func(s said) bool { return s.House == person.Lived && s.Said.Word.Stops() }) {
		list = append(list, look.Note{Text: t("decision.women_stop")})
	}
	if a.before.ID != "" {
		list = append(list, look.Note{Text: t("decision.opens_again"), Links: []look.Link{{Href: "/decide/" + a.before.ID, Text: t("decision.the_one_before")}}})
	}
	for _, n := range a.next {
		list = append(list, look.Note{Text: t("decision.opened_again"), Links: []look.Link{{Href: "/decide/" + n.ID, Text: t("decision.the_next")}}})
	}
	return list
}

// outcomeNote says what came out, by whom, and what happens next.
func outcomeNote(q *web.Request, d Decision, text Text) look.Note {
	t := q.Words.T
	n := look.Note{Title: t("decision.out_" + string(d.Course.Outcome)), Text: t("decision.out_"+string(d.Course.Outcome)+"_text", "date", q.Words.Date(d.Course.Closed),
		"again", q.Words.Date(d.Course.Closed.AddDate(0, 0, 7*text.Again)))}
	if d.Course.Outcome == Passed && text.Method.Marks() && d.Result.Choice >= 0 && d.Result.Choice < len(text.Choices) {
		n.Text = t("decision.chosen", "choice", text.Choices[d.Result.Choice]) + " " + n.Text
	}
	if d.Course.Outcome == NotPassed {
		n.Text += " " + t("decision.apart_"+string(d.Frame.Rule.Apart))
	}
	return n
}

// waitNote says of which house too few took part, and what would help.
func waitNote(q *web.Request, d Decision) look.Note {
	t := q.Words.T
	if d.Result.Slips {
		return look.Note{Title: t("decision.waits"), Text: t("decision.waits_slips")}
	}
	if len(d.Result.Short) == 0 {
		return look.Note{Title: t("decision.waits"), Text: t("decision.waits_words")}
	}
	key := "decision.waits_both"
	if len(d.Result.Short) == 1 {
		key = "decision.waits_" + string(d.Result.Short[0])
	}
	return look.Note{Title: t("decision.waits"), Text: t(key) + " " + t("decision.waits_help")}
}

// acts are what the viewer can do.
func acts(q *web.Request, d Decision, a around) (buttons []look.Button, forms []act) {
	t, at, c := q.Words.T, "/decide/"+d.ID, d.Course
	decides := q.Viewer.Standings.Meets(web.Taking(web.Any).Standings)
	mine := d.Writer == q.Viewer.ID
	lived := q.Viewer.Standings.Has(person.LivedExperience)
	add := func(path, key string, style look.Look) {
		buttons = append(buttons, look.Button{Text: t(key), Href: at + path, Look: style})
	}
	if c.Stage == Talking && a.on {
		add("/answer", "decision.to_answer", look.Main)
	}
	if c.Stage == Balloting && a.on && !a.roll.Slip {
		add("/ballot", "decision.to_ballot", look.Main)
	}
	if c.Stage == Balloting && a.on && a.slips.Given() && a.slips[a.roll.House].Counter == q.Viewer.ID {
		add("/count", "decision.to_unfold", look.Second)
	}
	if d.slips() && a.on && (c.Stage == Talking || (c.Stage == Balloting && a.slips.Given())) {
		add("/slip", "decision.to_slip", look.Second)
	}
	if c.Stage == Put && mine {
		add("/part/1", "decision.to_change", look.Second)
	}
	if c.Stage == Put && (mine || lived) {
		forms = append(forms, act{at + "/open", look.Button{Text: t("decision.open")}})
	}
	if decides && !c.Over() {
		key := "decision.to_ladder"
		if c.Stage == Put {
			key = "decision.to_doubt"
		}
		add("/doubt", key, look.Second)
	}
	if mine && c.Open() && d.Frame.Method == Advice {
		add("/after", "decision.to_heed", look.Second)
	}
	if mine && c.Stage == Closed {
		add("/after", "decision.to_after", look.Second)
	}
	if mine && (c.Stage == Put || c.Open()) {
		forms = append(forms, act{at + "/stop", look.Button{Text: t("decision.take_back"), Look: look.Quiet}})
	}
	if lived && c.Over() {
		forms = append(forms, act{at + "/again", look.Button{Text: t("decision.open_again"), Look: look.Second}})
	}
	return buttons, forms
}

// textRows is what somebody wrote, as it is read. With back set, each answer can be changed.
func textRows(q *web.Request, text Text, back string) []look.SummaryRow {
	t := q.Words.T
	var rows []look.SummaryRow
	row := func(field string, values ...string) {
		values = slices.DeleteFunc(values, func(s string) bool { return s == "" })
		if len(values) == 0 && (back == "" || field == "choices") {
			return
		} else if len(values) == 0 {
			values = []string{t("decision.not_said")}
		}
		one := look.SummaryRow{Term: t("decision.sum_" + field), Values: values}
		if back != "" {
			one.Change = look.Link{Href: back + "/part/" + strconv.Itoa(partOf(field)) + "#" + field, Text: t("decision.change"), About: one.Term}
		}
		rows = append(rows, one)
	}
	if back != "" {
		row("name", text.Title)
	}
	row("question", text.Question)
	row("choices", text.Choices...)
	row("matter", worded(q, "decision.matter_", string(text.Matter)))
	if text.Matter == agreement.Money {
		row("amount", amountWords(q, text))
	}
	row("method", worded(q, "decision.method_", string(text.Method)))
	secret := "no"
	if text.Secret {
		secret = "yes"
	}
	row("secret", t("decision.secret_"+secret))
	row("fixed", text.Fixed)
	row("why", text.Why)
	row("interest", text.Interest)
	if text.Rung > 0 {
		row("rung", rungWords(q, text.Rung))
	} else {
		row("rung")
	}
	if text.Again > 0 {
		row("again", t("decision.weeks", "count", text.Again))
	} else {
		row("again")
	}
	return rows
}

// amountWords is how much money it is about; what is no number stands as it was typed, until it is mended.
func amountWords(q *web.Request, text Text) string {
	pounds, ok := text.Pounds()
	switch {
	case !ok:
		return text.Amount
	case pounds == 0:
		return ""
	}
	return q.Words.T("decision.pounds", "amount", pounds)
}

// worded returns the words of a choice, and nothing of none.
func worded(q *web.Request, key, value string) string {
	if value == "" {
		return ""
	}
	return q.Words.T(key + value)
}

// moreRows is who wrote it, and by what it is decided, once that is taken down.
func (r *Room) moreRows(q *web.Request, d Decision, a around) []look.SummaryRow {
	t := q.Words.T
	rows := []look.SummaryRow{{Term: t("decision.sum_writer"), Value: name(q, a.names, d.Writer)}}
	if d.Course.Opened.IsZero() {
		return rows
	}
	for _, h := range Houses() {
		rule := d.Frame.House(h)
		values := []string{t("decision.way_"+string(rule.Way), "share", rule.Share), t("decision.quorum", "count", rule.Quorum, "of", d.Frame.Of[h])}
		if h == person.Lived {
			values = append(values, t("decision.stops", "count", max(d.Frame.Stops, 1)))
		}
		rows = append(rows, look.SummaryRow{Term: t("decision.rule_" + string(h)), Values: values})
	}
	return append(rows, look.SummaryRow{Term: t("decision.sum_opened"), Value: q.Words.Date(d.Course.Opened)})
}
