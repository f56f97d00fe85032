package apart

import (
	"net/url"
	"slices"
	"strings"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: naming what meets apart and saying it anew, and what the women write to
// each other. Of that only they print a sheet, type it in and sit beside her: whoever types reads it and could write
// in her name, and nobody else is to do either where the women are among themselves.
func (r *Room) twins() []web.Twin {
	women := web.Only(web.Own, person.LivedExperience)
	back := func(string) string { return "/apart" }
	ours := func(string) string { return "/apart/ours" }
	return []web.Twin{
		{Name: "space", Title: "apart.twin_space", Allow: others(web.Any), Gives: web.Always, Ask: spaceOnPaper, Enter: r.enterSpace, At: back},
		{Name: "space-change", Title: "apart.twin_change", Allow: others(web.InAudience), Gives: goesOn, Things: r.spacesOnPaper, Ask: r.changeOnPaper, Enter: r.enterChange, At: back},
		{Name: "ours", Title: "apart.twin_write", Allow: women, Among: Hers, Gives: web.Always, Ask: noteOnPaper, Enter: r.enterNote, At: ours},
		{Name: "ours-back", Title: "apart.twin_back", Allow: women, Among: Hers, Gives: opens, Of: "ours", Things: r.hersOnPaper, Ask: r.backOnPaper, Enter: r.enterBack, At: ours},
	}
}

// What she says of something on a sheet.
const (
	sayEnd    = "end"    // it meets no more
	sayDrop   = "drop"   // her note is to be erased
	sayStands = "stands" // her note may be read again
)

// goesOn reports whether answers say something anew. That it has ended never waits.
func goesOn(answers url.Values) bool { return answers == nil || answers.Get("do") != sayEnd }

// opens reports whether answers let the others read it again. Erasing never waits.
func opens(answers url.Values) bool { return answers == nil || answers.Get("do") == sayStands }

func spaceOnPaper(q *web.Request, _ string) (web.Asked, error) {
	return web.Asked{Notes: []look.Note{{Text: q.Words.T("apart.new_lead")}}, Asks: newSpaceForm(q, "", spaceForm{}).Asks}, nil
}

func (r *Room) enterSpace(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[spaceForm](q)
	if err != nil {
		return "", err
	}
	return r.Name(q.Context(), q.Viewer, "", 0, f.text())
}

func (r *Room) spacesOnPaper(q *web.Request) ([]look.Option, error) {
	list, _, err := r.Spaces(q.Context(), q.Viewer)
	var options []look.Option
	for _, s := range list {
		options = append(options, look.Option{Value: s.ID, Label: s.Text.Name})
	}
	return options, err
}

// changeOnPaper prints what is said of it, and asks all of it anew: what is left empty stays as it is. The sheet
// carries which version that was, so that nothing is said over what somebody said since.
func (r *Room) changeOnPaper(q *web.Request, id string) (web.Asked, error) {
	s, err := r.space(q.Context(), q.Viewer, id)
	if err != nil {
		return web.Asked{}, err
	}
	_, names, err := r.Spaces(q.Context(), q.Viewer)
	t := q.Words.T
	a := web.Asked{About: s.Text.Name, Notes: []look.Note{{Title: t("apart.twin_now"), Text: s.Text.Name}}}
	for _, row := range s.card(q, names).Summary.Rows {
		a.Notes = append(a.Notes, look.Note{Title: row.Term, Text: strings.Join(row.Values, "; ")})
	}
	a.Notes = append(a.Notes, look.Note{Text: t("apart.twin_keep")})
	if s.Ended.IsZero() {
		a.Asks = append(a.Asks, look.Choose(look.Choice{Name: "do", Legend: t("apart.twin_ended"), Options: []look.Option{{Value: sayEnd, Label: t("apart.end")}}}))
	}
	a.Asks = append(a.Asks, newSpaceForm(q, id, spaceForm{Over: s.n}).Asks...)
	return a, err
}

type sayForm struct {
	Do string `form:"do"`
}

func (r *Room) enterChange(q *web.Request, id string) (string, error) {
	say, err := web.Parse[sayForm](q)
	if err != nil {
		return "", err
	}
	if say.Do == sayEnd {
		return id, r.End(q.Context(), q.Viewer, id)
	}
	f, err := web.Parse[spaceForm](q)
	if err != nil {
		return "", err
	}
	s, err := r.space(q.Context(), q.Viewer, id)
	if err != nil {
		return "", err
	}
	return r.Name(q.Context(), q.Viewer, id, f.Over, f.text().over(s.Text))
}

// over fills what a sheet leaves empty with what was said before.
func (t SpaceText) over(old SpaceText) SpaceText {
	for _, one := range []struct{ now, before *string }{{&t.Name, &old.Name}, {&t.For, &old.For}, {&t.Leaves, &old.Leaves}} {
		if *one.now == "" {
			*one.now = *one.before
		}
	}
	if len(t.Who) == 0 {
		t.Who = old.Who
	}
	return t
}

// noteOnPaper says first who may have the sheet in her hands.
func noteOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Title: t("apart.twin_hand_title"), Text: t("apart.twin_hand")}},
		Asks: []look.Ask{box(q, "words", "apart.ask_words", "", "apart.ours_who")}}, nil
}

func (r *Room) enterNote(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[noteForm](q)
	if err != nil {
		return "", err
	}
	return r.Write(q.Context(), q.Viewer, f.words())
}

// hersOnPaper lists what she wrote, by the day and never by its words: paper lies about.
func (r *Room) hersOnPaper(q *web.Request) ([]look.Option, error) {
	var options []look.Option
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		list, err := notes(q.Context(), tx, q.Partnership())
		for _, n := range list {
			if n.Person == q.Viewer.ID {
				options = append(options, look.Option{Value: n.ID, Label: q.Words.Date(n.Made)})
			}
		}
		return err
	})
	return options, err
}

func (r *Room) backOnPaper(q *web.Request, id string) (web.Asked, error) {
	list, err := r.hersOnPaper(q)
	i := slices.IndexFunc(list, func(o look.Option) bool { return o.Value == id })
	t := q.Words.T
	hand := look.Note{Title: t("apart.twin_hand_title"), Text: t("apart.twin_hand")}
	if err != nil || i < 0 { // erased since, which is what the sheet would be for
		return web.Asked{Notes: []look.Note{hand, {Text: t("apart.twin_gone")}}}, err
	}
	return web.Asked{About: list[i].Label, Notes: []look.Note{hand, {Text: t("apart.twin_of", "date", list[i].Label)}},
		Asks: []look.Ask{look.Choose(look.Choice{Name: "do", Legend: t("apart.twin_do"), Options: []look.Option{
			{Value: sayDrop, Label: t("apart.drop")}, {Value: sayStands, Label: t("apart.stands"), Hint: t("apart.twin_stands_hint")}}})}}, nil
}

func (r *Room) enterBack(q *web.Request, id string) (string, error) {
	f, err := web.Parse[sayForm](q)
	if err != nil {
		return "", err
	}
	switch f.Do {
	case sayDrop:
		return "", r.Drop(q.Context(), q.Viewer, id)
	case sayStands:
		return id, r.Stands(q.Context(), q.Viewer, id)
	}
	return "", ErrDo
}
