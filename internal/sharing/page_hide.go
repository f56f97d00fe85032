package sharing

import (
	"slices"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// hidePage is where somebody says which topics she would rather not come across, and for how long. It is
// the one place that says anything about it.
type hidePage struct {
	Title  look.Title
	Now    look.Note
	Show   *returnForm
	Action string
	Topics look.Choice
	Long   look.Choice
	Acts   []look.Button
	List   look.Link // to the group's list, for those who change it
}

func (r *Room) showHide(q *web.Request) (web.Answer, error) {
	wishes, err := r.wishes(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	topics, err := r.readTopics(q)
	if err != nil {
		return nil, err
	}
	t, hiding := q.Words.T, wishes.Hiding(q.Now())
	p := hidePage{Title: look.Title{Text: t("sharing.hide_heading"), Lead: t("sharing.hide_lead")}, Action: "/me/topics",
		Topics: look.Choice{Name: "topic", Legend: t("sharing.hide_legend"), Multiple: true},
		Long:   look.Choice{Name: "long", Legend: t("sharing.hide_long"), Hint: t("sharing.hide_long_hint")},
		Acts:   []look.Button{{Text: t("sharing.save_line")}, {Text: t("sharing.leave_line"), Look: look.Second, Href: "/me"}}}
	for _, topic := range topics {
		if on := slices.Contains(hiding, topic.ID); on || !topic.Off {
			p.Topics.Options = append(p.Topics.Options, look.Option{Value: topic.ID, Label: topic.Name, Chosen: on})
		}
	}
	for _, long := range []string{HideToday, HideWeek, HideAlways} {
		p.Long.Options = append(p.Long.Options, look.Option{Value: long, Label: t("sharing.hide_" + long)})
	}
	if len(hiding) > 0 {
		p.Now = look.Note{Text: hidingUntil(q, wishes)}
		p.Show = &returnForm{"/me/topics/show", look.Button{Text: t("sharing.hide_show"), Look: look.Second}}
	}
	if q.Viewer.Standings.Meets(listKeepers) {
		p.List = look.Link{Href: "/topics", Text: t("sharing.topics_link")}
	}
	return q.Show("hide", p), nil
}

// hidingUntil is the quiet line that something does not come up for her.
func hidingUntil(q *web.Request, w Wishes) string {
	if w.Until.IsZero() {
		return q.Words.T("sharing.hide_now")
	}
	return q.Words.T("sharing.hide_now_until", "when", q.Words.When(w.Until))
}

// Mine adds to "My settings" what she can choose for herself here. For whom nothing is shared there is
// nothing to choose.
func (r *Room) Mine(q *web.Request) ([]look.Card, error) {
	if !q.Viewer.Standings.Meets(person.Standings()) {
		return nil, nil
	}
	wishes, err := r.wishes(q.Context(), q.Viewer)
	t := q.Words.T
	hide := look.Card{Title: look.Link{Href: "/me/topics", Text: t("sharing.hide_card")}, Text: t("sharing.hide_card_text")}
	if len(wishes.Hiding(q.Now())) > 0 {
		hide.Text = hidingUntil(q, wishes)
	}
	ends := look.Card{Title: look.Link{Href: "/me/reminders", Text: t("sharing.pace_heading")}, Text: paceName(q, wishes.Pace)}
	return []look.Card{hide, ends}, err
}

func (r *Room) readTopics(q *web.Request) (list []Topic, err error) {
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = r.topics(q, tx)
		return err
	})
	return list, err
}

type hideForm struct {
	Topics []string `form:"topic"`
	Long   string   `form:"long"`
}

func (r *Room) hide(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[hideForm](q)
	if err != nil {
		return nil, err
	}
	topics, err := r.readTopics(q)
	if err != nil {
		return nil, err
	}
	known := slices.DeleteFunc(f.Topics, func(id string) bool {
		return !slices.ContainsFunc(topics, func(t Topic) bool { return t.ID == id })
	})
	err = r.wish(q.Context(), q.Viewer, func(w Wishes) Wishes { return w.Hide(known, f.Long, q.Now()) })
	return web.GoSaying("/me/topics", "sharing.saved"), err
}

// showAgain undoes all hiding at once.
func (r *Room) showAgain(q *web.Request) (web.Answer, error) {
	err := r.wish(q.Context(), q.Viewer, func(w Wishes) Wishes { return w.Hide(nil, "", q.Now()) })
	return web.GoSaying("/me/topics", "sharing.hide_shown"), err
}
