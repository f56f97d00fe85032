package sharing

import (
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/web"
	"footing/internal/web/look"
)

// partPage lists her turns, to take back some of them.
type partPage struct {
	Title  look.Title
	Action string
	Turns  look.Choice
	Acts   []look.Button
}

func (r *Room) showPart(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	t, path := q.Words.T, "/share/"+string(m.c.ID)
	p := partPage{Title: look.Title{Text: t("sharing.part_heading"), Lead: t("sharing.part_lead")}, Action: path + "/part",
		Turns: look.Choice{Name: "turn", Legend: t("sharing.part_legend"), Multiple: true},
		Acts: []look.Button{{Text: t("sharing.back")}, {Text: t("sharing.erase"), Look: look.Quiet, Name: "erase", Value: "1"},
			{Text: t("sharing.change_leave"), Look: look.Second, Href: path}}}
	for _, turn := range m.left() {
		if words := turn.Words.Reveal(); words != "" {
			p.Turns.Options = append(p.Turns.Options, look.Option{Value: string(turn.ID), Label: words})
		}
	}
	for _, rec := range m.heard() {
		p.Turns.Options = append(p.Turns.Options, look.Option{Value: string(rec.ID), Label: t("sharing.part_voice")})
	}
	return q.Show("part", p), nil
}

// own returns her turns, in order, those she took back too.
func (m mine) own() []consent.Turn {
	return slices.DeleteFunc(slices.Clone(m.c.Turns), func(t consent.Turn) bool { return t.Speaker != m.speaker.ID })
}

// left returns her turns that are not taken back.
func (m mine) left() []consent.Turn {
	var list []consent.Turn
	for _, turn := range m.c.Turns {
		gone := slices.ContainsFunc(m.taken, func(w consent.Withdrawal) bool { return w.Turn == "" || w.Turn == turn.ID })
		if turn.Speaker == m.speaker.ID && turn.Open && !gone {
			list = append(list, turn)
		}
	}
	return list
}

// rewordable is what of her words can be changed: those that are not taken back.
func (m mine) rewordable() (text string, ids []consent.ID) {
	var words []string
	ids = []consent.ID{}
	for _, turn := range m.left() {
		words, ids = append(words, turn.Words.Reveal()), append(ids, turn.ID)
	}
	return strings.Join(words, ""), ids
}

type partForm struct {
	Turns []string `form:"turn"`
	Erase bool     `form:"erase"`
}

// takePart takes back the turns she ticked. Those that are back already, or are not hers, are passed over.
func (r *Room) takePart(q *web.Request) (web.Answer, error) {
	m, err := r.hers(q.Context(), q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[partForm](q)
	if err != nil {
		return nil, err
	}
	part := consent.Part{Contribution: m.c.ID, Speaker: m.speaker.ID}
	for _, turn := range m.left() {
		if slices.Contains(f.Turns, string(turn.ID)) {
			part.Turns = append(part.Turns, turn.ID)
		}
	}
	for _, rec := range m.heard() {
		if slices.Contains(f.Turns, string(rec.ID)) {
			part.Turns = append(part.Turns, rec.ID)
		}
	}
	back := "/share/" + string(m.c.ID)
	if len(part.Turns) == 0 {
		return web.GoSaying(back, "sharing.part_none"), nil
	}
	return web.GoSaying(back, "sharing.part_taken"), r.gate.TakeBack(q.Context(), q.Viewer, part, f.Erase)
}
