package entry

import (
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// front is the first page: the set-up, the door, or what there is today.
func (r *Room) front(q *web.Request) (web.Answer, error) {
	switch {
	case !q.Site.Ready:
		return q.Show("form", newSetUpPage(q, setUpForm{LeaveTo: "https://www.bbc.co.uk/weather"})), nil
	case !q.Viewer.Known():
		return q.Show("form", newSignInPage(q, signInForm{})), nil
	}
	if q.Viewer.Table != "" {
		return web.Go("/table/tasks"), nil
	}
	return r.home(q)
}

// homePage is what somebody finds after signing in. It is never empty: there are always three small
// things that are true and that she may do, and none that she must. It counts nothing.
type homePage struct {
	Title    look.Title
	Things   []look.Card
	NewHead  string
	New      []look.Link
	None     string
	AlsoHead string
	Also     []look.Link
}

func (r *Room) home(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	p := homePage{Title: look.Title{Text: t("entry.hello", "name", q.Viewer.Name), Lead: t("entry.home_lead")},
		Things: things(q), NewHead: t("entry.new"), None: t("entry.nothing_new"), AlsoHead: t("entry.also"), Also: also(q)}
	own, err := r.news(q)
	if err != nil {
		return nil, err
	}
	p.New = own
	for _, news := range r.News {
		links, err := news(q)
		if err != nil {
			return nil, err
		}
		p.New = append(p.New, links...)
	}
	return q.Show("home", p), nil
}

// things are three small things to do. A newcomer gets those that are open to her.
func things(q *web.Request) []look.Card {
	card := func(path, key string) look.Card {
		t := q.Words.T
		return look.Card{Title: look.Link{Href: path, Text: t("entry." + key)}, Text: t("entry." + key + "_text")}
	}
	if !q.Viewer.Standings.Meets(person.Standings()) {
		return []look.Card{card("/agreement", "do_agreement"), card("/me/try", "do_leaving"), card("/first", "do_try")}
	}
	return []look.Card{card("/agreement", "do_agreement"), card("/share", "do_share"), card("/read", "do_read")}
}

// also are pages that are reached from here and not from the list on top, which is long enough.
func also(q *web.Request) []look.Link {
	if !q.Viewer.Standings.Meets(person.Standings()) {
		return nil
	}
	links := []look.Link{{Href: "/known", Text: q.Words.T("entry.also_known")}}
	if q.Viewer.Standings.Has(person.LivedExperience) {
		links = append(links, look.Link{Href: "/asked", Text: q.Words.T("entry.also_asked")})
	}
	return links
}

// news is what the door itself has to say.
func (r *Room) news(q *web.Request) ([]look.Link, error) {
	t := q.Words.T
	var links []look.Link
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		left, err := r.Accounts.RecoveryCodesLeft(q.Context(), tx, q.Partnership(), q.Viewer.ID)
		if err != nil {
			return err
		}
		if left == 0 {
			links = append(links, look.Link{Href: "/me/codes", Text: t("entry.news_codes")})
		}
		f, err := r.openFounding(q, tx)
		if err == nil && f.First == q.Viewer.ID {
			links = append(links, look.Link{Href: "/founding", Text: t("entry.news_founding", "name", f.Second)})
		}
		return err
	})
	if q.Viewer.Standings.Meets(person.Set{person.Administrator, person.Analyst, person.Facilitator}) && !q.Viewer.Factor {
		links = append(links, look.Link{Href: "/factor", Text: t("entry.news_factor")})
	}
	return links, err
}
