package coding

import (
	"strconv"
	"strings"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// framePage is the frame of a study: its themes, and the published sets it can begin with.
type framePage struct {
	Title    look.Title
	Seen     look.Note // a theme's page opens words: said before anybody goes there
	Themes   []look.Theme
	Retired  []look.Theme
	Old      string // heading of the retired ones
	Add      look.Button
	SetsHead string
	SetsNote string
	Seed     string // where the form goes
	Sets     []setCard
}

// setCard is one set with where it comes from.
type setCard struct {
	Name, Meta, Note string
	Themes           []string
	Sources          []look.Link
	Add              look.Button
}

func (r *Room) showFrame(q *web.Request) (web.Answer, error) {
	ctx, t, study := q.Context(), q.Words.T, q.Path("study")
	var f Frame
	var tally Tally
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := r.studies.For(ctx, tx, q.Viewer, study); err != nil {
			return err
		}
		var err error
		if f, err = r.Frame(ctx, tx, q.Partnership(), study); err != nil {
			return err
		}
		tally, err = r.Tally(ctx, tx, q.Viewer, study)
		return err
	})
	if err != nil {
		return nil, err
	}
	p := framePage{Title: look.Title{Text: t("coding.frame_heading"), Lead: t("coding.frame_lead", "n", f.Version)},
		Seen: look.Note{Text: t("coding.seen_before")}, Old: t("coding.retired"), Add: look.Button{Text: t("coding.theme_add"), Href: "/frame/" + study + "/new"},
		SetsHead: t("coding.sets"), SetsNote: t("coding.sets_note"), Seed: "/frame/" + study + "/seed"}
	for _, theme := range f.Themes {
		line := themeLine(study, f, theme)
		line.Count = t("coding.none_yet")
		if n := tally.Theme(theme.ID); n > 0 {
			line.Count = strconv.Itoa(n)
		}
		if theme.Retired.IsZero() {
			p.Themes = append(p.Themes, line)
		} else {
			line.Title.Text, line.Under = f.Path(theme.ID), ""
			p.Retired = append(p.Retired, line)
		}
	}
	for _, s := range Sets() {
		p.Sets = append(p.Sets, newSetCard(q, s))
	}
	return q.Show("frame", p), nil
}

// themeLine is a theme's line in the frame. What is part of another theme stands under it.
func themeLine(study string, f Frame, theme Theme) look.Theme {
	line := look.Theme{Title: look.Link{Href: themePath(study, theme.ID), Text: theme.Name}, N: theme.Hue}
	if theme.Parent != "" {
		line.Under = f.Path(theme.ID)
	}
	return line
}

func newSetCard(q *web.Request, s Set) setCard {
	card := setCard{Name: s.Name, Meta: s.Version, Note: s.Note,
		Add: look.Button{Text: q.Words.T("coding.seed"), About: s.Name, Look: look.Second, Name: "set", Value: s.ID}}
	for _, theme := range s.Themes {
		card.Themes = append(card.Themes, theme.Name+": "+theme.Definition)
	}
	for _, address := range s.Sources {
		host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://"), "/")
		card.Sources = append(card.Sources, look.Link{Href: address, Text: host})
	}
	return card
}

type seedForm struct {
	Set string `form:"set"`
}

func (r *Room) seed(q *web.Request) (web.Answer, error) {
	form, err := web.Parse[seedForm](q)
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/frame/"+q.Path("study"), "coding.seeded"), r.Seed(q.Context(), q.Viewer, q.Path("study"), form.Set)
}
