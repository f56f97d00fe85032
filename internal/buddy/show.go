package buddy

import (
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is who is there for the viewer and for whom she is, and what is asked.
type listPage struct {
	Title look.Title
	Who   look.Who
	Cards []look.Card
	None  look.Empty
	New   look.Button
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	list, names, err := r.rows(q.Context(), q.Viewer)
	p := listPage{Title: look.Title{Text: t("buddy.heading"), Lead: t("buddy.lead")}, Who: look.Who{Title: t("buddy.who_title"), Text: t("buddy.who")},
		New: look.Button{Text: t("buddy.add"), Href: "/buddy/new"}}
	for _, l := range list {
		if name := names[l.With(q.Viewer.ID)]; l.Sees(q.Viewer.ID) {
			p.Cards = append(p.Cards, look.Card{Title: look.Link{Href: "/buddy/" + l.ID, Text: t("buddy.with", "name", name)}, Text: l.state(q, name)})
		}
	}
	if len(p.Cards) == 0 {
		p.None = look.Empty{Title: t("buddy.none"), Text: t("buddy.none_text")}
	}
	return q.Show("list", p), err
}

// state says in a sentence where one stands, for one of the two.
func (l Link) state(q *web.Request, name string) string {
	me, t := q.Viewer.ID, q.Words.T
	switch {
	case l.Ended != "":
		return t("buddy.state_ended")
	case !l.Rests.IsZero():
		return t("buddy.state_rests", "name", name, "date", q.Words.Date(l.Rests))
	case l.Holds():
		return t("buddy.state_holds")
	case l.Waits(me) && (l.Stood || l.Asker == me):
		return t("buddy.state_restored")
	case l.Waits(me):
		return t("buddy.state_asks", "name", name)
	case l.Stood:
		return t("buddy.state_half", "name", name)
	}
	return t("buddy.state_asked", "name", name)
}

// onePage is what there is between the viewer and one other.
type onePage struct {
	Title  look.Title
	Words  []said
	Note   look.Note
	Action string
	Yes    *look.Button
	End    look.Button
	Back   look.Link
}

// said is what one of the two wrote.
type said struct {
	Head  string
	Paras []string
}

func (r *Room) showOne(q *web.Request) (web.Answer, error) {
	var l Link
	var name string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if l, err = get(q.Context(), tx, q.Viewer, q.Path("buddy")); err != nil {
			return err
		}
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		name = names[l.With(q.Viewer.ID)]
		return err
	})
	if err != nil {
		return nil, err
	}
	list := []Link{l}
	if err := r.open(q.Context(), q.Viewer, list); err != nil {
		return nil, err
	}
	return q.Show("one", newOnePage(q, list[0], name)), nil
}

func newOnePage(q *web.Request, l Link, name string) onePage {
	t, me := q.Words.T, q.Viewer.ID
	p := onePage{Title: look.Title{Text: t("buddy.with", "name", name), Lead: l.state(q, name)}, Words: l.said(q, name), Action: "/buddy/" + l.ID,
		Back: look.Link{Href: "/buddy", Text: t("buddy.back")}}
	end := func(key, note string) {
		p.End = look.Button{Text: t("buddy." + key), Look: look.Second}
		if note != "" {
			p.Note = look.Note{Title: t("buddy." + note + "_title"), Text: t("buddy."+note, "name", name)}
		}
	}
	switch {
	case l.over():
		end("take_off", "")
	case l.Holds():
		end("end", "end_note")
	case l.Stood:
		end("end", "end_note")
	case l.Asker == me:
		end("take_back", "back_note")
	default:
		end("not_now", "no_note")
	}
	if l.Waits(me) {
		key := "yes"
		if l.Stood || l.Asker == me {
			key = "stands"
		}
		p.Yes = &look.Button{Text: t("buddy." + key), Action: p.Action + "/yes"}
	}
	return p
}

// said lists what the two wrote, as far as it may be read now.
func (l Link) said(q *web.Request, name string) []said {
	var list []said
	for i, words := range l.Words {
		switch {
		case words == "":
		case l.Two[i] == q.Viewer.ID:
			list = append(list, said{q.Words.T("buddy.words_mine"), look.Paras(words)})
		default:
			list = append(list, said{q.Words.T("buddy.words_of", "name", name), look.Paras(words)})
		}
	}
	return list
}

func (r *Room) sayYes(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/buddy", "buddy.said_yes"), r.Yes(q.Context(), q.Viewer, q.Path("buddy"))
}

// end is every way of letting go of one: letting go never waits.
func (r *Room) end(q *web.Request) (web.Answer, error) {
	return web.GoSaying("/buddy", "buddy.done"), r.LetGo(q.Context(), q.Viewer, q.Path("buddy"))
}

// News tells somebody, on her own first page, that somebody asks her something, that something has ended, and what an
// older copy has brought back. It opens nothing.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	if !q.Viewer.Standings.Meets(takes) {
		return nil, nil
	}
	list, names, err := r.rows(q.Context(), q.Viewer)
	var links []look.Link
	for _, l := range list {
		key := ""
		switch me := q.Viewer.ID; {
		case l.Ended != "" && l.Ended != me:
			key = "news_ended"
		case l.Waits(me):
			key = "news_asks"
		}
		if key != "" {
			links = append(links, look.Link{Href: "/buddy/" + l.ID, Text: q.Words.T("buddy."+key, "name", names[l.With(q.Viewer.ID)])})
		}
	}
	return links, err
}
