package decision

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"footing/internal/agreement"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// unfolding reads the slips of a decision for one of the two who count them, while ballots are open.
func (r *Room) unfolding(q *web.Request) (slipped, error) {
	s, err := r.slipped(q)
	switch {
	case err != nil:
	case !s.counts(q.Viewer) || !s.slips.Given():
		err = fault.Missing
	case s.d.Course.Stage != Balloting:
		err = ErrSettled
	}
	return s, err
}

func (r *Room) showUnfold(q *web.Request) (web.Answer, error) {
	s, err := r.unfolding(q)
	if err != nil {
		return nil, err
	}
	return q.Show("slip", newUnfoldPage(q, s, s.entered())), nil
}

// totalsForm is what is on the slips of one house.
type totalsForm struct {
	Yes   string `form:"yes" max:"6"`
	No    string `form:"no" max:"6"`
	Stop  string `form:"stop" max:"6"`
	Ready string `form:"ready" max:"6"`
	Talk  string `form:"talk" max:"6"`
	Pass  string `form:"pass" max:"6"`
	All   string `form:"all" max:"6"` // where choices are put in order: how many slips there are
	More  bool   `form:"more"`        // she asks for more rows, and saves nothing yet

	Marks [][]string // for each choice, how many gave it each mark
	Rows  []orderRow // for each order, how many slips say it
	fresh int        // the first of the rows she asked for, counted from 1
}

// parseTotals reads the form, with the marks of each choice where there are any, or the rows of orders.
func parseTotals(q *web.Request, s slipped) (totalsForm, error) {
	f, err := web.Parse[totalsForm](q)
	if s.d.Frame.Method == Ranked && q.HTTP.PostForm != nil {
		f.Rows = rowsIn(q.HTTP.PostForm, s.most())
	}
	if s.d.Frame.Method == Score && q.HTTP.PostForm != nil {
		for c := range s.d.Frame.Choices {
			row := make([]string, MaxMark+1)
			for mark := range row {
				row[mark] = q.HTTP.PostForm.Get(markBox(c, mark))
			}
			f.Marks = append(f.Marks, row)
		}
	}
	return f, err
}

// markBox names the box for how many gave a choice a mark.
func markBox(choice, mark int) string {
	return "mark-" + strconv.Itoa(choice) + "-" + strconv.Itoa(mark)
}

// mark returns what was typed for a mark of a choice.
func (f totalsForm) mark(choice, mark int) string {
	if choice < len(f.Marks) {
		return f.Marks[choice][mark]
	}
	return ""
}

// number reads one box. An empty one is no number.
func number(text string) (int, error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, ErrSlipsEmpty
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 999_999 {
		return 0, ErrSlipsNumber
	}
	return n, nil
}

// of returns what was typed for a word.
func (f totalsForm) of(a Answer) string {
	return map[Answer]string{Yes: f.Yes, No: f.No, Stop: f.Stop, NotReady: f.Ready, Talk: f.Talk, Pass: f.Pass}[a]
}

// totals reads the numbers, and says beside which box something is wrong. An empty box is no number: slips that nobody
// typed in would be none. A box that is not asked for in this way of answering may be.
func (f totalsForm) totals(d Decision) (t Totals, field string, err error) {
	m := d.Frame.Method
	if t.Pairs, field, err = f.pairs(d.Frame.Choices); err != nil {
		return t, field, err
	}
	for c, row := range f.Marks {
		marks := make([]int, len(row))
		for mark, text := range row {
			if marks[mark], err = number(text); err != nil {
				return t, markBox(c, mark), err
			}
		}
		t.Marks = append(t.Marks, marks)
	}
	var n [6]int
	for i, a := range slipWords {
		text := f.of(a)
		if strings.TrimSpace(text) == "" && !slices.Contains(m.Words(), a) {
			continue
		}
		if n[i], err = number(text); err != nil {
			return t, string(a), err
		}
	}
	t.Counts = agreement.Counts{Yes: n[0], No: n[1], Stop: n[2], NotReady: n[3], Talk: n[4], Pass: n[5]}
	if m == Ranked {
		err = f.adds(t.Pairs.Orders + sum(n[:]))
	}
	return t, firstBox(m), err
}

// firstBox is where what is wrong with all of the numbers is said.
func firstBox(m Method) string {
	switch m {
	case Score:
		return markBox(0, MaxMark)
	case Ranked:
		return allBox
	}
	return string(m.Words()[0])
}

// entering is where numbers are sent to.
const entering = "/count"

// wrong shows the page once more with a problem beside a box. Where there are no boxes it stays an error.
func (p slipPage) wrong(q *web.Request, field string, err error) (web.Answer, error) {
	n := slices.IndexFunc(p.Forms, func(f form) bool { return strings.HasSuffix(f.Action, entering) })
	if n < 0 {
		return nil, err
	}
	return p.again(q, n, field, err)
}

// newUnfoldPage is the page of one of the two who count: whom she hands a slip, what was entered, her yes to all of it,
// and the boxes for her own house's, with what stands there. Once both agreed it holds no number any more.
func newUnfoldPage(q *web.Request, s slipped, typed totalsForm) slipPage {
	t, at := q.Words.T, "/decide/"+s.d.ID
	p := slipPage{Title: look.Title{Text: t("decision.unfold_heading"), Lead: s.text.Question}, Back: look.Link{Href: at, Text: t("decision.slip_back")}}
	if s.slips.Counted() {
		p.Notes = []look.Note{{Text: t("decision.unfold_done")}}
		return p
	}
	p.Notes = s.unfoldNotes(q)
	p.Summary.Rows = letterRows(q, s.d, s.text)
	complete := true
	for _, h := range Houses() {
		b := s.slips[h]
		if b.Given == 0 {
			continue
		}
		row := look.SummaryRow{Term: t("decision.slip_house_" + string(h)), Values: []string{t("decision.unfold_given", "count", b.Given)}}
		if complete = complete && b.Totals != nil; b.Totals == nil {
			row.Values = append(row.Values, t("decision.unfold_not_yet"))
		} else {
			row.Values = append(row.Values, s.totalsWords(q, *b.Totals)...)
		}
		if b.Agreed {
			row.Values = append(row.Values, t("decision.unfold_agreed", "name", s.counter(q, h)))
		}
		p.Summary.Rows = append(p.Summary.Rows, row)
	}
	if complete && !s.slips[s.at.House].Agreed {
		p.Forms = append(p.Forms, form{Action: at + "/count/agree", Asks: []look.Ask{look.Carry("from", s.slips.shown())}, Acts: []look.Button{{Text: t("decision.unfold_agree")}}})
	}
	if own := s.slips[s.at.House]; own.Given > 0 {
		key := "decision.unfold_enter"
		if own.Totals != nil {
			key = "decision.unfold_change"
		}
		f := form{Action: at + entering, Asks: s.totalsAsks(q, typed), Rows: orderAsks(q, typed), Acts: []look.Button{{Text: t(key), Look: look.Second}}}
		if s.d.Frame.Method == Ranked && len(typed.Rows) < s.most() {
			f.Acts = append(f.Acts, look.Button{Text: t("decision.unfold_more"), Look: look.Second, Name: "more", Value: "1"})
		}
		p.Forms = append(p.Forms, f)
	}
	return p
}

// unfoldNotes say how to count: whom she hands a slip, what is on it, and when slips stay folded.
func (s slipped) unfoldNotes(q *web.Request) []look.Note {
	t := q.Words.T
	hand := look.Note{Title: t("decision.unfold_hand"), Text: s.handOut(q)}
	if s.most() > 0 {
		hand.Links = []look.Link{{Href: "/decide/" + s.d.ID + "/count/slip", Text: t("decision.unfold_print")}}
	}
	notes := []look.Note{hand, {Text: t("decision.unfold_how")}, {Text: t("decision.slips_few")}}
	switch s.d.Frame.Method {
	case Score:
		notes = append(notes, look.Note{Text: t("decision.unfold_marks")})
	case Ranked:
		notes = append(notes, look.Note{Text: t("decision.unfold_orders")})
	}
	return notes
}

// totalsAsks are the boxes for the numbers, those of each choice from the best mark on.
func (s slipped) totalsAsks(q *web.Request, typed totalsForm) (asks []look.Ask) {
	ask := func(name, label, value string) {
		asks = append(asks, look.Write(look.Field{Name: name, Label: label, Value: value, Short: true, InputMode: "numeric", Autocomplete: "off"}))
	}
	if s.d.Frame.Method == Ranked {
		ask(allBox, q.Words.T("decision.unfold_all"), typed.All)
	}
	if s.d.Frame.Method == Score {
		for c, choice := range s.text.Choices {
			for mark := MaxMark; mark >= 0; mark-- {
				ask(markBox(c, mark), q.Words.T("decision.unfold_mark", "choice", choice, "number", mark, "mark", markWords(q, Score, mark)), typed.mark(c, mark))
			}
		}
	}
	for _, a := range s.d.Frame.Method.Words() {
		ask(string(a), q.Words.T("decision.says_"+string(a)), typed.of(a))
	}
	return asks
}

// entered is what stands in the boxes: what she entered before, if she did. Orders are not kept, and their rows are empty.
func (s slipped) entered() (f totalsForm) {
	if s.d.Frame.Method == Ranked {
		f = f.more(s.most())
		f.fresh = 0
	}
	t := s.slips[s.at.House].Totals
	if t == nil {
		return f
	}
	for _, marks := range t.Marks {
		var row []string
		for _, n := range marks {
			row = append(row, strconv.Itoa(n))
		}
		f.Marks = append(f.Marks, row)
	}
	for a, box := range map[Answer]*string{Yes: &f.Yes, No: &f.No, Stop: &f.Stop, NotReady: &f.Ready, Talk: &f.Talk, Pass: &f.Pass} {
		*box = strconv.Itoa(wordOf(t.Counts, a))
	}
	return f
}

// totalsWords is what is on a house's slips, in words.
func (s slipped) totalsWords(q *web.Request, t Totals) []string {
	var list []string
	if s.d.Frame.Method == Ranked {
		list = pairsWords(q, t.Pairs, s.d.Frame.Choices)
	}
	for c, marks := range t.Marks {
		var each []string
		for mark := MaxMark; mark >= 0; mark-- {
			each = append(each, markWords(q, Score, mark)+": "+strconv.Itoa(marks[mark]))
		}
		list = append(list, s.text.Choices[c]+" – "+strings.Join(each, ", "))
	}
	for _, a := range s.d.Frame.Method.Words() {
		list = append(list, q.Words.T("decision.says_"+string(a))+": "+strconv.Itoa(wordOf(t.Counts, a)))
	}
	return list
}

func (r *Room) enterSlips(q *web.Request) (web.Answer, error) {
	s, err := r.unfolding(q)
	if err != nil {
		return nil, err
	}
	f, err := parseTotals(q, s)
	if f.More {
		return q.Show("slip", newUnfoldPage(q, s, f.more(s.most()))), nil
	}
	field := firstBox(s.d.Frame.Method)
	var t Totals
	if err == nil {
		t, field, err = f.totals(s.d)
	}
	if err == nil {
		err = r.EnterSlips(q.Context(), q.Viewer, s.d.ID, t)
	}
	if err != nil {
		return newUnfoldPage(q, s, f).wrong(q, field, err)
	}
	return web.GoSaying("/decide/"+s.d.ID+"/count", "decision.unfold_entered"), nil
}

type agreeForm struct {
	From string `form:"from"`
}

func (r *Room) agreeSlips(q *web.Request) (web.Answer, error) {
	s, err := r.unfolding(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[agreeForm](q)
	if err == nil {
		err = r.AgreeSlips(q.Context(), q.Viewer, s.d.ID, f.From)
	}
	if errors.Is(err, ErrNewer) || errors.Is(err, ErrSlipsFirst) {
		p := newUnfoldPage(q, s, s.entered())
		p.Notes = append([]look.Note{{Text: q.Words.T("decision.unfold_changed"), Said: true}}, p.Notes...)
		return q.Again("slip", p), nil
	}
	return web.GoSaying("/decide/"+s.d.ID+"/count", "decision.unfold_yours"), err
}
