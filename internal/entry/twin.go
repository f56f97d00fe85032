package entry

import (
	"footing/internal/circle"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: coming to the group without an account. It gives no standing:
// those who hold lived experience say yes, as to anybody.
func (r *Room) twins() []web.Twin {
	return []web.Twin{
		{Name: "join", Title: "entry.twin_join", Newcomer: true, Gives: web.Always, Ask: r.askJoin, Enter: r.enterJoin},
		{Name: "name", Title: "entry.twin_name", Allow: circle.SignedIn(web.Own), Gives: web.Always, Ask: askName, Enter: r.enterName, At: func(string) string { return "/me" }},
	}
}

func (r *Room) askJoin(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{
		Notes: []look.Note{{Title: t("entry.twin_join_note_title"), Text: t("entry.twin_join_note")}, {Text: t("entry.twin_join_paper")}},
		Asks: []look.Ask{look.Write(look.Field{Name: "name", Label: t("entry.name"), Hint: t("entry.name_hint"),
			WhoTitle: t("entry.who_title"), Who: t("entry.name_who"), Autocomplete: "off", Max: 60})},
	}, nil
}

// enterJoin puts somebody new into the circle and before those who hold lived experience. Whoever entered
// it stands as who asked.
func (r *Room) enterJoin(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[nameForm](q)
	if err != nil {
		return "", err
	}
	var id string
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		who, err := r.Circle.Add(q.Context(), tx, q.Partnership(), f.Name, "")
		if err != nil {
			return err
		}
		id = string(who)
		if err := r.Circle.Ask(q.Context(), tx, q.Partnership(), who, q.Viewer.Hand.By); err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), circle.Act{By: q.Viewer.Hand.By, What: circle.Invited, About: "lived-experience"})
	})
	return id, err
}

func askName(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Asks: []look.Ask{look.Write(look.Field{Name: "name", Label: t("entry.name"), Hint: t("entry.name_hint"),
		WhoTitle: t("entry.who_title"), Who: t("entry.name_who"), Autocomplete: "off", Max: 60})}}, nil
}

// enterName gives her another name, with which she also signs in if she does.
func (r *Room) enterName(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[nameForm](q)
	if err != nil {
		return "", err
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		has, err := r.Accounts.Has(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		if err == nil && has {
			err = r.Accounts.Rename(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Name)
		}
		if err != nil {
			return err
		}
		return r.Circle.Rename(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Name)
	})
}
