package byhand

import (
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// minePage shows somebody what was written down for her, by whom, and with whom beside her.
type minePage struct {
	Title look.Title
	Cards []mineCard
	None  string
	Allow look.Choice
	Acts  []look.Button
}

type mineCard struct {
	look.Card
	Drop   string
	Button look.Button
}

func (r *Room) showMine(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	var list []Entry
	var names map[person.ID]string
	var allowed bool
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if list, err = entriesOf(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		if allowed, err = isAllowed(q.Context(), tx, q.Partnership(), q.Viewer.ID); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	p := minePage{Title: look.Title{Text: t("byhand.mine_heading"), Lead: t("byhand.mine_lead")}, None: t("byhand.mine_none"),
		Allow: look.Choice{Name: "allow", Legend: t("byhand.allow"), Hint: t("byhand.allow_hint"), Row: true, Options: []look.Option{
			{Value: "", Label: t("byhand.no"), Chosen: !allowed}, {Value: "1", Label: t("byhand.yes"), Chosen: allowed}}},
		Acts: []look.Button{{Text: t("byhand.save"), Look: look.Second}}}
	for _, e := range list {
		twin, err := r.twin(q, e.Twin)
		if err != nil {
			return nil, err
		}
		c := mineCard{Card: look.Card{Title: look.Link{Text: t(twin.Title)}, Meta: q.Words.Date(e.Made),
			Text: t("byhand.mine_"+e.Hand.Way, "by", names[e.Hand.By], "beside", names[e.Hand.Beside]), Tags: []look.Tag{stateTag(q, e.State)}}}
		if e.State == Waiting {
			c.Drop, c.Button = "/me/paper/"+e.ID+"/drop", look.Button{Text: t("byhand.mine_drop"), Look: look.Second}
		}
		if e.State == Done && twin.At != nil {
			c.Links = []look.Link{{Href: twin.At(e.Thing), Text: t("byhand.mine_change")}}
		}
		p.Cards = append(p.Cards, c)
	}
	return q.Show("mine", p), nil
}

func stateTag(q *web.Request, s State) look.Tag {
	kind := map[State]look.TagKind{Waiting: look.Wait, Doing: look.Wait, Done: look.Shared, Dropped: look.Closed}[s]
	return look.Tag{Text: q.Words.T("byhand.state_" + string(s)), Kind: kind}
}

type allowForm struct {
	Allow bool `form:"allow"`
}

// allow keeps whether others may write things down for somebody who signs in herself.
func (r *Room) allow(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[allowForm](q)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return setAllowed(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Allow)
	})
	return web.GoSaying("/me/paper", "byhand.saved"), err
}

// drop stops what waits, by her own hand.
func (r *Room) drop(q *web.Request) (web.Answer, error) {
	var e Entry
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		e, err = getEntry(q.Context(), tx, q.Partnership(), q.Path("entry"))
		return err
	})
	if err == nil && e.Person != q.Viewer.ID {
		err = fault.Missing
	}
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/me/paper", "byhand.dropped"), r.end(q, e)
}
