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
	return q.Show("slip", newUnfoldPage(q, s, totalsForm{})), nil
}

// totalsForm is what is on the slips of one house.
type totalsForm struct {
	Yes   string `form:"yes" max:"6"`
	No    string `form:"no" max:"6"`
	Stop  string `form:"stop" max:"6"`
	Ready string `form:"ready" max:"6"`
	Talk  string `form:"talk" max:"6"`
	Pass  string `form:"pass" max:"6"`
}

// of returns what was typed for a word.
func (f totalsForm) of(a Answer) string {
	return map[Answer]string{Yes: f.Yes, No: f.No, Stop: f.Stop, NotReady: f.Ready, Talk: f.Talk, Pass: f.Pass}[a]
}

// counts reads the numbers, and says beside which box something is wrong. An empty box is no number: slips that nobody
// typed in would be none. A box that is not asked for in this way of answering may be.
func (f totalsForm) counts(m Method) (c agreement.Counts, field string, err error) {
	var n [6]int
	for i, a := range slipWords {
		text := strings.TrimSpace(f.of(a))
		if text == "" && !slices.Contains(m.Words(), a) {
			continue
		}
		if text == "" {
			return c, string(a), ErrSlipsEmpty
		}
		if n[i], err = strconv.Atoi(text); err != nil || n[i] < 0 {
			return c, string(a), ErrSlipsNumber
		}
	}
	return agreement.Counts{Yes: n[0], No: n[1], Stop: n[2], NotReady: n[3], Talk: n[4], Pass: n[5]}, string(Yes), nil
}

// newUnfoldPage is the page of one of the two who count: whom she hands a slip, what was entered, the boxes for her
// own house's, and her yes to all of it. Once both agreed it holds no number any more.
func newUnfoldPage(q *web.Request, s slipped, typed totalsForm) slipPage {
	t, at := q.Words.T, "/decide/"+s.d.ID
	p := slipPage{Title: look.Title{Text: t("decision.unfold_heading"), Lead: s.text.Question}, Back: look.Link{Href: at, Text: t("decision.slip_back")}}
	if s.slips.Counted() {
		p.Notes = []look.Note{{Text: t("decision.unfold_done")}}
		return p
	}
	p.Notes = []look.Note{{Title: t("decision.unfold_hand"), Text: s.handOut(q)}, {Text: t("decision.unfold_how")}, {Text: t("decision.slips_few")}}
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
			row.Values = append(row.Values, totalsWords(q, s.d.Frame.Method, *b.Totals)...)
		}
		if b.Agreed {
			row.Values = append(row.Values, t("decision.unfold_agreed", "name", s.counter(q, h)))
		}
		p.Summary.Rows = append(p.Summary.Rows, row)
	}
	if s.slips[s.at.House].Given > 0 {
		f := form{Action: at + "/count", Acts: []look.Button{{Text: t("decision.unfold_enter"), Look: look.Second}}}
		for _, a := range s.d.Frame.Method.Words() {
			f.Asks = append(f.Asks, look.Write(look.Field{Name: string(a), Label: t("decision.says_" + string(a)), Value: typed.of(a), Short: true, InputMode: "numeric", Autocomplete: "off"}))
		}
		p.Forms = append(p.Forms, f)
	}
	if complete && !s.slips[s.at.House].Agreed {
		p.Forms = append(p.Forms, form{Action: at + "/count/agree", Asks: []look.Ask{look.Carry("from", s.slips.shown())}, Acts: []look.Button{{Text: t("decision.unfold_agree")}}})
	}
	return p
}

// totalsWords is what is on a house's slips, in words.
func totalsWords(q *web.Request, m Method, c agreement.Counts) []string {
	var list []string
	for _, a := range m.Words() {
		list = append(list, q.Words.T("decision.says_"+string(a))+": "+strconv.Itoa(wordOf(c, a)))
	}
	return list
}

func (r *Room) enterSlips(q *web.Request) (web.Answer, error) {
	s, err := r.unfolding(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[totalsForm](q)
	field := string(Yes)
	var c agreement.Counts
	if err == nil {
		c, field, err = f.counts(s.d.Frame.Method)
	}
	if err == nil {
		err = r.EnterSlips(q.Context(), q.Viewer, s.d.ID, c)
	}
	if err != nil {
		return newUnfoldPage(q, s, f).again(q, 0, field, err)
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
		p := newUnfoldPage(q, s, totalsForm{})
		p.Notes = append([]look.Note{{Text: q.Words.T("decision.unfold_changed"), Said: true}}, p.Notes...)
		return q.Again("slip", p), nil
	}
	return web.GoSaying("/decide/"+s.d.ID+"/count", "decision.unfold_yours"), err
}
