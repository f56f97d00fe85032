package asking

import (
	"context"
	"slices"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// hers is what one of the women is asked, and what she is not bothered with. It is worked out each time
// from what she chose, on her own pages alone.
type hers struct {
	choice
	requests []Request
	texts    []Text
	answered []bool
}

// askedOf returns what the viewer is asked: every request that is out, or was, about what she chose, from
// somebody else. While she takes a break she is asked nothing.
func (r *Room) askedOf(ctx context.Context, v person.Viewer, stages ...Stage) (hers, error) {
	var h hers
	var who circle.Person
	var out []Request
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if who, err = r.Circle.Get(ctx, tx, v.Partnership, v.ID); err != nil {
			return err
		}
		out, err = r.list(ctx, tx, v)
		return err
	})
	if err != nil || !who.Taking() || !who.Standings.Has(person.LivedExperience) {
		return h, err
	}
	out = slices.DeleteFunc(out, func(q Request) bool { return q.Asker == v.ID || !slices.Contains(stages, q.Round.Stage(r.Now())) })
	if h.choice, _, err = r.choice(ctx, v); err != nil || len(out) == 0 || len(h.Kinds) == 0 {
		return h, err
	}
	shown, err := r.texts(ctx, v, out)
	if err != nil {
		return h, err
	}
	for i, q := range out {
		if shown[i].OK && slices.Contains(h.Kinds, shown[i].Value.Kind) {
			h.requests, h.texts = append(h.requests, q), append(h.texts, shown[i].Value)
		}
	}
	h.answered, err = r.answeredBy(ctx, v, h.requests)
	return h, err
}

// answeredBy says which requests the viewer has answered.
func (r *Room) answeredBy(ctx context.Context, v person.Viewer, list []Request) ([]bool, error) {
	answered := make([]bool, len(list))
	if r.Answers == nil || len(list) == 0 {
		return answered, nil
	}
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		mine, err := r.Gate.Mine(ctx, tx, v)
		if err != nil {
			return err
		}
		for i, q := range list {
			given, err := r.Answers.AnswersTo(ctx, tx, v.Partnership, q.ID)
			if err != nil {
				return err
			}
			answered[i] = slices.ContainsFunc(mine, func(h consent.Heading) bool { return slices.Contains(given, h.ID) })
		}
		return nil
	})
	return answered, err
}

// asideAsked is how a request is put out of the way of one who does not want to be shown it again.
func asideAsked(id string) string { return "asked/" + id }

// askedPage is what one of the women is asked. She sees it, and nobody else sees that she did.
type askedPage struct {
	Title  look.Title
	List   []askedLine
	None   look.Empty
	Aside  []look.Link
	Came   []look.Link
	Words  struct{ Aside, Came string }
	Chosen look.Note
}

type askedLine struct {
	Card look.Card
	Away act
}

func (r *Room) showAsked(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	h, err := r.askedOf(ctx, q.Viewer, Out, Over)
	if err != nil {
		return nil, err
	}
	var all []Kind
	var names map[person.ID]string
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if all, err = kinds(ctx, tx, q.Partnership()); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	p := askedPage{Title: look.Title{Text: t("asking.asked_heading"), Lead: t("asking.asked_lead")}, Chosen: chosenNote(q, h.choice, all)}
	p.Words.Aside, p.Words.Came = t("asking.aside_heading"), t("asking.came_heading")
	for i, req := range h.requests {
		link := look.Link{Href: "/asks/" + req.ID, Text: h.texts[i].Title}
		switch over := req.Round.Stage(q.Now()) == Over; {
		case over && req.Entry != "":
			p.Came = append(p.Came, link)
		case over:
		case slices.Contains(h.Aside, asideAsked(req.ID)):
			p.Aside = append(p.Aside, link)
		default:
			line := askedLine{Card: look.Card{Title: link, Meta: t("asking.asked_meta", "name", names[req.Asker], "date", q.Words.Date(req.Round.Ends()))},
				Away: act{"/asked/" + req.ID + "/aside", look.Button{Text: t("asking.put_aside"), About: h.texts[i].Title, Look: look.Quiet}}}
			if h.answered[i] {
				line.Card.Tags = []look.Tag{{Text: t("asking.you_answered"), Kind: look.Only}}
			}
			p.List = append(p.List, line)
		}
	}
	if len(p.List) == 0 {
		p.None = look.Empty{Title: t("asking.asked_none"), Text: t("asking.asked_none_text")}
	}
	return q.Show("asked", p), err
}

// chosenNote says what she chose, with the one step that changes it.
func chosenNote(q *web.Request, c choice, all []Kind) look.Note {
	t := q.Words.T
	text := ""
	for _, k := range openKinds(all) {
		if slices.Contains(c.Kinds, k.ID) {
			if text != "" {
				text += "; "
			}
			text += k.Name
		}
	}
	if text == "" {
		text = t("asking.chosen_nothing")
	}
	return look.Note{Title: t("asking.chosen_title"), Text: text + ".", Links: []look.Link{{Href: "/asked/about", Text: t("asking.to_about")}}}
}

// putAside takes a request off her own list. Nothing else changes, for anybody.
func (r *Room) putAside(q *web.Request) (web.Answer, error) {
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		_, err := r.get(q.Context(), tx, q.Viewer, q.Path("ask"))
		return err
	})
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/asked", "asking.is_aside"), r.aside(q.Context(), q.Viewer, asideAsked(q.Path("ask")))
}

// showAbout is her own choice of what she may be asked about. Nothing is ticked for her, and nothing
// ticked is nothing asked.
func (r *Room) showAbout(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	c, _, err := r.choice(ctx, q.Viewer)
	if err != nil {
		return nil, err
	}
	all, err := r.kinds(q)
	if err != nil {
		return nil, err
	}
	var bearer person.ID
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		bearer, err = bearerOf(ctx, tx, q.Viewer)
		return err
	})
	if err != nil {
		return nil, err
	}
	bring, err := r.bearers(q, bearer)
	bring.Options[0].Chosen = bearer == ""
	return q.Show("form", form{Title: look.Title{Text: t("asking.about_heading"), Lead: t("asking.about_lead")}, Action: "/asked/about",
		Notes: []look.Note{{Title: t("asking.who_title"), Text: t("asking.about_who")}}, Asks: []look.Ask{look.Choose(aboutChoice(q, c, all)), look.Choose(bring)},
		Acts:   []look.Button{{Text: t("asking.about_save")}},
		Others: []act{{"/asked/about", look.Button{Text: t("asking.about_nothing"), Look: look.Second}}}}), err
}

// aboutChoice asks what she may be asked about.
func aboutChoice(q *web.Request, c choice, all []Kind) look.Choice {
	t := q.Words.T
	about := look.Choice{Name: "about", Legend: t("asking.about"), Hint: t("asking.about_hint"), Multiple: true}
	for _, k := range openKinds(all) {
		about.Options = append(about.Options, look.Option{Value: k.ID, Label: k.Name, Chosen: slices.Contains(c.Kinds, k.ID)})
	}
	return about
}

// kinds reads every kind there is or was.
func (r *Room) kinds(q *web.Request) (all []Kind, err error) {
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		all, err = kinds(q.Context(), tx, q.Partnership())
		return err
	})
	return all, err
}

type aboutForm struct {
	About []string `form:"about"`
	Bring string   `form:"bring"`
}

// of returns what was chosen of the kinds that can be.
func (f aboutForm) of(all []Kind) []string {
	return slices.DeleteFunc(f.About, func(id string) bool {
		return !slices.ContainsFunc(openKinds(all), func(k Kind) bool { return k.ID == id })
	})
}

func (r *Room) saveAbout(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[aboutForm](q)
	if err != nil {
		return nil, err
	}
	about, err := r.chooseAs(q, f)
	said := "asking.about_saved"
	if len(about) == 0 {
		said = "asking.about_saved_nothing"
	}
	return web.GoSaying("/asked", said), err
}

// chooseAs keeps what the form says, as far as it was offered, and returns what she chose.
func (r *Room) chooseAs(q *web.Request, f aboutForm) ([]string, error) {
	all, err := r.kinds(q)
	if err != nil {
		return nil, err
	}
	bring, err := r.bearers(q, "")
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(bring.Options, func(o look.Option) bool { return o.Value == f.Bring }) {
		f.Bring = ""
	}
	about := f.of(all)
	return about, r.ChooseWith(q.Context(), q.Viewer, about, person.ID(f.Bring))
}

// Asked returns what a request is called and who asks, for whoever answers it, and fault.Missing to
// anybody it is not open to.
func (r *Room) Asked(ctx context.Context, v person.Viewer, id string) (title, asker string, err error) {
	var req Request
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if req, err = r.get(ctx, tx, v, id); err != nil {
			return err
		}
		if req.Round.Sent.IsZero() || !v.Standings.Has(person.LivedExperience) {
			return fault.Missing
		}
		who, err := r.Circle.Get(ctx, tx, v.Partnership, req.Asker)
		asker = who.Name
		return err
	})
	if err != nil {
		return "", "", err
	}
	text, err := r.texts(ctx, v, []Request{req})
	if err != nil {
		return "", "", err
	}
	return text[0].Value.Title, asker, nil
}
