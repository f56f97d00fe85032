package decision

import (
	"slices"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// slipPage is about folded slips: who answers on one, and who counts them.
type slipPage struct {
	Check   look.Check
	Title   look.Title
	Notes   []look.Note
	Summary look.Summary
	Forms   []form
	Back    look.Link
}

// slipped is a decision with its slips, as one on its roll may see them.
type slipped struct {
	d     Decision
	text  Text
	at    place
	slips Slips
	names map[person.ID]string
	given []string // who of the viewer's house answers on one, for whoever counts those
}

// counts reports whether the viewer counts her house's slips.
func (s slipped) counts(v person.Viewer) bool { return s.slips[s.at.House].Counter == v.ID }

// slipped reads the slips of the decision in the path, for one on its roll.
func (r *Room) slipped(q *web.Request) (s slipped, err error) {
	if s.d, s.text, err = r.due(q); err != nil {
		return s, err
	}
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var on bool
		if s.at, on, err = onRoll(q.Context(), tx, q.Partnership(), s.d.ID, q.Viewer.ID); err != nil {
			return err
		}
		if !on || !s.d.slips() {
			return fault.Missing
		}
		if s.slips, err = slipsOf(q.Context(), tx, q.Partnership(), s.d.ID); err != nil {
			return err
		}
		if s.names, err = r.Circle.Names(q.Context(), tx, q.Partnership()); err != nil || !s.counts(q.Viewer) {
			return err
		}
		list, err := store.List(q.Context(), tx, scanPlace, places+` AND slip = 1 AND house = $3 ORDER BY id`, q.Partnership(), s.d.ID, s.at.House)
		for _, one := range list {
			s.given = append(s.given, name(q, s.names, one.Person))
		}
		slices.Sort(s.given)
		return err
	})
	return s, err
}

func (r *Room) showSlip(q *web.Request) (web.Answer, error) {
	s, err := r.slipped(q)
	if err == nil && !s.d.Course.Open() {
		err = ErrSettled
	}
	return q.Show("slip", newSlipPage(q, s)), err
}

func newSlipPage(q *web.Request, s slipped) slipPage {
	t, at := q.Words.T, "/decide/"+s.d.ID
	p := slipPage{Title: look.Title{Text: t("decision.slip_heading"), Lead: s.text.Question}, Back: look.Link{Href: at, Text: t("decision.slip_back")}}
	p.Notes = []look.Note{{Text: t(slipHow(s.d))}, {Title: t("decision.who_title"), Text: t("decision.slip_who")}, {Text: t("decision.slip_three")}}
	p.Summary.Rows = letterRows(q, s.d, s.text)
	for _, h := range Houses() {
		p.Summary.Rows = append(p.Summary.Rows, look.SummaryRow{Term: t("decision.slip_counts_" + string(h)), Value: s.counter(q, h)})
	}
	talking := s.d.Course.Stage == Talking
	if talking {
		p.Forms = append(p.Forms, form{Action: at + "/slip", Asks: slipAsks(q, s.at), Acts: []look.Button{{Text: t("decision.slip_save")}}})
	} else if s.at.Slip {
		p.Notes = slices.Insert(p.Notes, 0, look.Note{Text: t("decision.slip_yours")})
	}
	if (talking || s.slips.Given()) && !s.counts(q.Viewer) && !s.slips.Named(s.at.House, talking) {
		p.Forms = append(p.Forms, form{Action: at + "/counter", Acts: []look.Button{{Text: t("decision.slip_count_me"), Look: look.Second}}})
	}
	return p
}

// slipHow says what to write on a slip.
func slipHow(d Decision) string {
	switch d.Frame.Method {
	case Score:
		return "decision.slip_how_marks"
	case Ranked:
		return "decision.slip_how_ranked"
	}
	return "decision.slip_how"
}

// counter is who counts for a house, by name.
func (s slipped) counter(q *web.Request, h person.House) string {
	if who := s.slips[h].Counter; who != "" {
		return name(q, s.names, who)
	}
	return q.Words.T("decision.slip_nobody")
}

// onSlip and onScreen are the two ways to answer in secret.
const (
	onSlip   = "slip"
	onScreen = "screen"
)

func slipAsks(q *web.Request, at place) []look.Ask {
	t := q.Words.T
	return []look.Ask{look.Choose(look.Choice{Name: "how", Legend: t("decision.slip_ask"), Options: []look.Option{
		{Value: onSlip, Label: t("decision.slip_ask_slip"), Chosen: at.Slip}, {Value: onScreen, Label: t("decision.slip_ask_screen")}}})}
}

type slipForm struct {
	How string `form:"how"`
}

// keepSlip keeps how the viewer answers, as a form says it.
func (r *Room) keepSlip(q *web.Request, id string) error {
	f, err := web.Parse[slipForm](q)
	if err == nil && f.How != onSlip && f.How != onScreen {
		err = ErrAnswer
	}
	if err != nil {
		return err
	}
	return r.Slip(q.Context(), q.Viewer, id, f.How == onSlip)
}

func (r *Room) saveSlip(q *web.Request) (web.Answer, error) {
	s, err := r.slipped(q)
	if err != nil {
		return nil, err
	}
	if err := r.keepSlip(q, s.d.ID); err != nil {
		return newSlipPage(q, s).again(q, 0, "how", err)
	}
	return web.GoSaying("/decide/"+s.d.ID+"/slip", "decision.slip_saved"), nil
}

// again shows the page once more with a problem beside a field of one of its forms.
func (p slipPage) again(q *web.Request, n int, field string, err error) (web.Answer, error) {
	if k := fault.KindOf(err); (k != fault.Invalid && k != fault.Conflict) || n >= len(p.Forms) {
		return nil, err
	}
	f := p.Forms[n].wrong(q, field, circle.Say(q, err))
	p.Check, f.Check = f.Check, look.Check{}
	p.Forms[n] = f
	return q.Again("slip", p), nil
}

func (r *Room) countSlips(q *web.Request) (web.Answer, error) {
	s, err := r.slipped(q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/decide/"+s.d.ID+"/slip", "decision.slip_saved"), r.CountSlips(q.Context(), q.Viewer, s.d.ID)
}

// handOut names those to whom somebody hands a slip.
func (s slipped) handOut(q *web.Request) string {
	if len(s.given) == 0 {
		return q.Words.T("decision.slip_none_given")
	}
	return strings.Join(s.given, ", ")
}
