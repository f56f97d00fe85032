package needs

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// page is what somebody said that she needs, with what was booked, and what others let everybody know.
type page struct {
	Title   look.Title
	Who     look.Who
	Cards   []card
	None    look.Empty
	New     look.Button
	Heading string
	Others  []look.Card
	Arrange look.Link
}

// card is one line with what was booked for it.
type card struct {
	look.Card
	Booked []booked
}

// booked is one booking as she sees it.
type booked struct {
	Heading string
	Summary look.Summary
	State   string
	Action  string
	Acts    []look.Button
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	w, err := r.hers(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	others, err := r.read(q.Context(), q.Viewer, func(tx *store.Tx, w *world) error {
		var err error
		w.lines, err = shared(q.Context(), tx, q.Partnership(), false)
		return err
	})
	if err != nil {
		return nil, err
	}
	p := page{Title: look.Title{Text: t("needs.heading"), Lead: t("needs.lead")}, New: look.Button{Text: t("needs.add"), Href: "/needs/new"},
		Who: look.Who{Title: t("needs.who_title"), Text: t("needs.who", "hosts", hostNames(q, w))}, Heading: t("needs.others")}
	for _, l := range w.lines {
		c := card{Card: look.Card{Title: look.Link{Href: "/needs/line/" + l.ID, Text: t("needs.kind_" + string(l.Text.Kind))}, Text: l.Text.short(), Tags: []look.Tag{mayTag(q, l.May)}}}
		for _, b := range w.of(l.ID) {
			c.Booked = append(c.Booked, newBooked(q, b))
		}
		p.Cards = append(p.Cards, c)
	}
	if len(p.Cards) == 0 {
		p.None = look.Empty{Title: t("needs.none"), Text: t("needs.none_text")}
	}
	for _, l := range others.lines {
		if l.Person != q.Viewer.ID {
			p.Others = append(p.Others, look.Card{Title: look.Link{Text: w.names[l.Person] + ": " + t("needs.kind_"+string(l.Text.Kind))}, Text: l.Text.short()})
		}
	}
	if q.Viewer.Standings.Has(person.Facilitator) {
		p.Arrange = look.Link{Href: "/needs/arrange", Text: t("needs.arrange_link")}
	}
	return q.Show("needs", p), nil
}

// hostNames lists who hosts meetings today.
func hostNames(q *web.Request, w world) string {
	var names []string
	for _, id := range w.hosts {
		names = append(names, w.names[id])
	}
	slices.Sort(names)
	if len(names) == 0 {
		return q.Words.T("needs.no_hosts")
	}
	return strings.Join(names, ", ")
}

// short returns what everybody who may know a line is shown first.
func (t Text) short() string {
	return strings.Join(slices.DeleteFunc([]string{t.Language, t.Words}, func(s string) bool { return s == "" }), ". ")
}

func mayTag(q *web.Request, m May) look.Tag {
	kind := map[May]look.TagKind{Nobody: look.Only, Hosts: look.Shared, Everybody: look.Shared}[m]
	return look.Tag{Text: q.Words.T("needs.may_" + cmp.Or(string(m), "nobody")), Kind: kind}
}

// newBooked shows her a booking and asks whether it is right.
func newBooked(q *web.Request, b Booking) booked {
	t := q.Words.T
	v := booked{Heading: t("needs.booked"), Summary: look.Summary{Rows: b.Booked.rows(q)}, State: t("needs.state_" + string(b.State)), Action: "/needs/booked/" + b.ID}
	for _, says := range b.Answers() {
		v.Acts = append(v.Acts, look.Button{Text: t("needs.says_" + string(says)), Look: look.Second, Name: "says", Value: string(says)})
	}
	if b.State == Off {
		v.Acts = []look.Button{{Text: t("needs.says_gone"), Look: look.Second, Name: "says", Value: "gone"}}
	}
	return v
}

// rows is a booking as it is read.
func (b Booked) rows(q *web.Request) []look.SummaryRow {
	t := q.Words.T
	var rows []look.SummaryRow
	for _, row := range [][2]string{{"what", b.What}, {"when", b.When}, {"who", b.Who}, {"for", b.For}} {
		if row[1] != "" {
			rows = append(rows, look.SummaryRow{Term: t("needs.sum_" + row[0]), Value: row[1]})
		}
	}
	if day, ok := b.agreed(); ok {
		rows = append(rows, look.SummaryRow{Term: t("needs.sum_agreed"), Value: t("needs.agreed_on", "date", q.Words.Date(day))})
	}
	return rows
}

// form is a page that asks.
type form struct {
	Check  look.Check
	Title  look.Title
	Notes  []look.Note
	Newer  look.Newer
	Action string
	Asks   []look.Ask
	Dated  look.Dated
	Acts   []look.Button
	Drop   string // where a second button leads
	Button look.Button
	Back   look.Link
}

// wrong says on the page what needs another look.
func (f form) wrong(q *web.Request, err error) form {
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#main", Text: circle.Say(q, err)}}}
	return f
}

// again reports whether somebody at the screen can mend a fault.
func again(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Invalid || k == fault.Conflict
}

// asks are the questions about one line, with what was said so far. The kind is asked of a new one alone.
func asks(q *web.Request, t Text, may *May, fresh bool) []look.Ask {
	say := q.Words.T
	field := func(name, value string, rows int) look.Ask {
		f := look.Field{Name: name, Label: say("needs." + name), Value: value, Rows: rows, Autocomplete: "off"}
		if key := "needs." + name + "_hint"; q.Words.Has(key) {
			f.Hint = say(key)
		}
		if rows > 0 {
			f.WhoTitle, f.Who = say("needs.who_title"), say("needs.words_who")
		}
		return look.Write(f)
	}
	var list []look.Ask
	if fresh {
		kind := look.Choice{Name: "kind", Legend: say("needs.kind")}
		for _, k := range Kinds() {
			kind.Options = append(kind.Options, look.Option{Value: string(k), Label: say("needs.kind_" + string(k)), Chosen: k == t.Kind})
		}
		list = append(list, look.Choose(kind))
	}
	if fresh || t.Kind == Interpreter {
		list = append(list, field("language", t.Language, 0))
	}
	list = append(list, field("words", t.Words, 3))
	if fresh || t.Kind != Ease {
		list = append(list, field("like", t.Like, 0), field("not", t.Not, 0))
	}
	who := look.Choice{Name: "may", Legend: say("needs.may"), Hint: say("needs.may_hint")}
	for _, m := range Mays() {
		who.Options = append(who.Options, look.Option{Value: cmp.Or(string(m), "nobody"), Label: say("needs.may_" + cmp.Or(string(m), "nobody")), Chosen: may != nil && *may == m})
	}
	return append(list, look.Choose(who))
}

type lineForm struct {
	Kind     string `form:"kind"`
	Language string `form:"language" max:"80"`
	Words    string `form:"words" max:"1000"`
	Like     string `form:"like" max:"200"`
	Not      string `form:"not" max:"200"`
	May      string `form:"may"`
	From     string `form:"from"`
}

func (f lineForm) text() Text {
	trim := strings.TrimSpace
	return Text{Kind: Kind(f.Kind), Language: trim(f.Language), Words: trim(f.Words), Like: trim(f.Like), Not: trim(f.Not)}
}

// may returns who may know by the form. No answer is nobody.
func (f lineForm) may() May {
	if m := May(f.May); slices.Contains(Mays(), m) {
		return m
	}
	return Nobody
}

func newForm(q *web.Request, t Text, may *May) form {
	say := q.Words.T
	return form{Title: look.Title{Text: say("needs.new_heading"), Lead: say("needs.new_lead")}, Notes: before(q), Action: "/needs/new", Asks: asks(q, t, may, true),
		Acts: []look.Button{{Text: say("needs.save")}}, Back: look.Link{Href: "/needs", Text: say("needs.back")}}
}

// before says who sees what, before anything is asked.
func before(q *web.Request) []look.Note {
	return []look.Note{{Title: q.Words.T("needs.who_title"), Text: q.Words.T("needs.before")}}
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	return q.Show("form", newForm(q, Text{}, nil)), nil
}

func (r *Room) saveNew(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[lineForm](q)
	if err == nil {
		_, err = r.Say(q.Context(), q.Viewer, f.text(), f.may())
	}
	if err != nil && again(err) {
		may := f.may()
		return q.Again("form", newForm(q, f.text(), &may).wrong(q, err)), nil
	}
	return web.GoSaying("/needs", "needs.saved"), err
}

// from names what a form about a line begins from.
func (l Line) from() string {
	return web.From(l.Text.Language, l.Text.Words, l.Text.Like, l.Text.Not, string(l.May))
}

func lineForms(q *web.Request, l Line, t Text, may May) form {
	say := q.Words.T
	t.Kind = l.Text.Kind
	f := newForm(q, t, nil)
	f.Title, f.Action, f.Asks = look.Title{Text: say("needs.kind_" + string(l.Text.Kind)), Lead: say("needs.line_lead")}, "/needs/line/"+l.ID, asks(q, t, &may, false)
	f.Newer = look.Newer{From: l.from()}
	f.Notes = append(f.Notes, look.Note{Title: say("needs.then_title"), Text: say("needs.then")})
	f.Drop, f.Button = "/needs/line/"+l.ID+"/drop", look.Button{Text: say("needs.drop"), Look: look.Second}
	return f
}

func (r *Room) showLine(q *web.Request) (web.Answer, error) {
	l, _, err := r.line(q.Context(), q.Viewer, q.Path("line"))
	if err != nil {
		return nil, err
	}
	return q.Show("form", lineForms(q, l, l.Text, l.May)), nil
}

func (r *Room) saveLine(q *web.Request) (web.Answer, error) {
	l, _, err := r.line(q.Context(), q.Viewer, q.Path("line"))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[lineForm](q)
	if err == nil && f.From != "" && f.From != l.from() {
		err = ErrNewer
	}
	if err == nil {
		err = r.Change(q.Context(), q.Viewer, l, f.text(), f.may())
	}
	if errors.Is(err, ErrNewer) {
		page := lineForms(q, l, f.text(), f.may())
		page.Newer = q.Newer(page.Newer.From, l.rows(q)...)
		return q.Again("form", page), nil
	}
	if err != nil && again(err) {
		return q.Again("form", lineForms(q, l, f.text(), f.may()).wrong(q, err)), nil
	}
	return web.GoSaying("/needs", "needs.saved"), err
}

// rows is a line as it is read.
func (l Line) rows(q *web.Request) []look.SummaryRow {
	t := q.Words.T
	var rows []look.SummaryRow
	for _, row := range [][2]string{{"language", l.Text.Language}, {"words", l.Text.Words}, {"like", l.Text.Like}, {"not", l.Text.Not}} {
		if row[1] != "" {
			rows = append(rows, look.SummaryRow{Term: t("needs." + row[0]), Value: row[1]})
		}
	}
	return append(rows, look.SummaryRow{Term: t("needs.may"), Value: mayTag(q, l.May).Text})
}
