package asking

import (
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// asksPage is where asking begins: what is known comes first, then one's own requests, and to the women
// those that were put to them.
type asksPage struct {
	Title  look.Title
	First  look.Note // what is known comes first
	Start  look.Button
	How    look.Link
	Groups []asksGroup
	Thrown []thrownRow
	Words  struct{ Thrown, ThrownText string }
}

type asksGroup struct {
	Head  string
	Cards []look.Card
}

func (r *Room) showAsks(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	var list []Request
	var names map[person.ID]string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if list, err = r.list(ctx, tx, q.Viewer); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	shown, err := r.texts(ctx, q.Viewer, list)
	if err != nil {
		return nil, err
	}
	p := asksPage{Title: look.Title{Text: t("asking.heading"), Lead: t("asking.lead")}, Start: look.Button{Text: t("asking.start")},
		First: look.Note{Text: t("asking.how_note"), Links: []look.Link{{Href: "/known", Text: t("asking.read_shelf")}}},
		How:   look.Link{Href: "/asks/how", Text: t("asking.to_how")}}
	groups := map[string][]look.Card{}
	p.Words.Thrown, p.Words.ThrownText = t("asking.thrown"), t("asking.thrown_text")
	for i, req := range list {
		if !req.Thrown.IsZero() {
			p.Thrown = append(p.Thrown, r.thrownRow(q, req))
			continue
		}
		group, card := r.askCard(q, req, shown[i], names)
		groups[group] = append(groups[group], card)
	}
	for _, group := range []string{"waits", "mine", "out", "before"} {
		if len(groups[group]) > 0 {
			p.Groups = append(p.Groups, asksGroup{t("asking.group_" + group), groups[group]})
		}
	}
	return q.Show("asks", p), nil
}

// tags are the shapes of the stages.
var tags = map[Stage]look.TagKind{Draft: look.Only, Waiting: look.Wait, Refused: look.Closed, Out: look.Shared, Over: look.Plain, TakenBack: look.Closed}

// askCard is one request in the list, with the group it stands in.
func (r *Room) askCard(q *web.Request, req Request, text consent.Opened[Text], names map[person.ID]string) (string, look.Card) {
	t, stage := q.Words.T, req.Round.Stage(q.Now())
	title := text.Value.Title
	if title == "" {
		title = t("asking.untitled")
	}
	card := look.Card{Title: look.Link{Href: "/asks/" + req.ID, Text: title}, Tags: []look.Tag{{Text: t("asking.tag_" + string(stage)), Kind: tags[stage]}}}
	if req.Asker == q.Viewer.ID {
		card.Meta = t("asking.begun", "date", q.Words.Date(req.Made))
		return "mine", card
	}
	card.Meta = t("asking.put_by", "name", names[req.Asker], "date", q.Words.Date(req.Round.Asked))
	switch stage {
	case Waiting:
		return "waits", card
	case Out:
		return "out", card
	}
	return "before", card
}
