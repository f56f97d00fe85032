package decision

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// paperSlip is a slip to print and to hand out. All of a house's are alike, and nobody's name or number is on one.
type paperSlip struct {
	Title look.Title
	How   string
	List  []string // what can be put in order, each with its letter
	Lines []string // what a number is written beside
	Line  bool     // there is one line to write on
	Or    string
	Ticks []string // the answers of which one is ticked
	Foot  string
	Copy  string // how many to print, which is not printed
	Back  look.Link
}

// showPaperSlip is for whoever counts, who hands slips out: who prints her own would have another paper.
func (r *Room) showPaperSlip(q *web.Request) (web.Answer, error) {
	s, err := r.unfolding(q)
	if err == nil && s.slips.Counted() {
		err = ErrSettled
	}
	if err != nil {
		return nil, err
	}
	return q.Show("paper", newPaperSlip(q, s)), nil
}

func newPaperSlip(q *web.Request, s slipped) paperSlip {
	t := q.Words.T
	p := paperSlip{Title: look.Title{Text: t("decision.ballot_heading"), Lead: s.text.Question}, Foot: t("decision.paper_foot"),
		Copy: t("decision.paper_copy", "count", len(s.given)), Back: look.Link{Href: "/decide/" + s.d.ID + "/count", Text: t("decision.slip_back")}}
	for _, row := range letterRows(q, s.d, s.text) {
		p.List = row.Values
	}
	switch s.d.Frame.Method {
	case Ranked:
		p.How, p.Or, p.Line = t("decision.paper_order"), t("decision.paper_or"), true
	case Score:
		p.How, p.Or, p.Lines = t("decision.paper_marks"), t("decision.paper_or"), s.text.Choices
	default:
		p.Or = t("decision.paper_one")
	}
	for _, a := range s.d.Frame.Method.Words() {
		p.Ticks = append(p.Ticks, t("decision.says_"+string(a)))
	}
	return p
}
