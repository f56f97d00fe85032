package matrix

import (
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// writeForm is the box to write in with the passages to rest on.
type writeForm struct {
	Heading, Action, Keep string
	Check                 look.Check
	Field                 look.Field
	Theme                 look.Select
	Version               int64
	Live                  string
	Here, Elsewhere       passageList
	Shut                  string
	Send                  look.Button
	Draft                 look.Draft
}

type passageList struct {
	ID           string // of its legend
	Legend, Hint string
	Passages     []passageView
}

type passageView struct {
	ID     string
	Coding string
	Ticked bool
	Parts  []string
	Place  look.Link
	Themes string
}

// themes lets whoever charts put a point under a sub-theme, where the theme has any.
func (s spot) themes(chosen string) look.Select {
	if len(s.column.Under) < 2 {
		return look.Select{}
	}
	choose := look.Select{Name: "theme", Label: s.q.Words.T("matrix.under")}
	for i, id := range s.column.Under {
		theme, _ := s.w.Frame.Theme(id)
		name := s.themeName(id, theme.Name)
		if i == 0 {
			name = s.q.Words.T("matrix.in_general", "theme", name)
		}
		if theme.Retired.IsZero() {
			choose.Options = append(choose.Options, look.Option{Value: id, Label: name, Chosen: id == chosen})
		}
	}
	return choose
}

// write fills the box to write in with the passages of a cell.
func (n naming) write(list []Passage, shut int, in typed, problem *fault.Error) writeForm {
	t := n.q.Words.T
	f := writeForm{Version: in.Version, Live: n.live("only=closed&"), Send: look.Button{Text: t("matrix.save")},
		Draft: look.Draft{Saved: t("matrix.draft_saved"), Unsaved: t("matrix.draft_unsaved")},
		Field: look.Field{Name: "text", Label: t("matrix.text_label"), Hint: t("matrix.text_hint"), WhoTitle: t("matrix.who_title"), Who: t("matrix.who"),
			Rows: 4, Max: LongestPoint, Left: t("matrix.left"), Over: t("matrix.over"), Value: in.Text},
		Here:      passageList{ID: "rests-on", Legend: t("matrix.passages_here"), Hint: t("matrix.passages_hint")},
		Elsewhere: passageList{ID: "elsewhere", Legend: t("matrix.passages_elsewhere")}}
	if shut > 0 {
		f.Shut = t("matrix.passages_shut")
	}
	for i, p := range list {
		v := passageView{ID: "p" + itoa(i), Coding: p.Coding.ID, Ticked: slices.Contains(in.Codings, p.Coding.ID), Parts: p.Parts, Themes: n.themePath(p.Coding.Theme)}
		v.Place = look.Link{Href: placeOf(n.w.Study.ID, p.Links[0]), Text: t("matrix.see_place", "n", p.Links[0].Seq), About: t("matrix.place_in", "source", n.sourceName(p.Links[0].Source))}
		if p.Here || v.Ticked {
			f.Here.Passages = append(f.Here.Passages, v)
		} else {
			f.Elsewhere.Passages = append(f.Elsewhere.Passages, v)
		}
	}
	if len(f.Here.Passages) == 0 {
		f.Here.Hint = t("matrix.passages_none")
	}
	if problem != nil {
		text, field := t(problem.Say, "max", LongestPoint), f.Field.At()
		if problem.Is(ErrNoLink) || problem.Is(ErrShutLink) {
			field = f.Here.ID
		} else {
			f.Field.Problem = text
		}
		f.Check = look.Check{Title: t("matrix.check"), Items: []look.CheckItem{{Href: "#" + field, Text: text}}}
	}
	return f
}

// keepCell keeps what somebody is typing in a cell.
func (r *Room) keepCell(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[typed](q)
	if err != nil {
		return nil, err
	}
	s, err := r.spot(q)
	if err != nil {
		return nil, err
	}
	on := s.w.shown(s.c.Sources, in.Codings)
	err = r.keep(q.Context(), q.Viewer, s.w.Study.ID, s.place(), Unsaved{Text: in.Text, Theme: in.Theme, Codings: in.Codings}, on)
	return web.Data("kept"), err
}

// shown returns the places that unsaved words may rest on: what was ticked, or everything indexed in the
// sources when nothing was.
func (w *View) shown(sources []consent.ID, ticked []string) []Link {
	var links []Link
	for _, c := range w.codings {
		if slices.Contains(sources, c.Contribution) && (len(ticked) == 0 || slices.Contains(ticked, c.ID)) {
			for _, p := range c.Parts {
				links = append(links, Link{Turn: p.Turn, Span: p.Span})
			}
		}
	}
	return links
}
