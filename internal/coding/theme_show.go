package coding

import (
	"math"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/source"
	"footing/internal/web"
	"footing/internal/web/look"
)

// themePage is a theme with its passages.
type themePage struct {
	Title    look.Title
	Seen     look.Note
	Meaning  look.Summary
	Edit     look.Link
	Subs     []look.Theme
	SubsHead string
	Heading  string
	Old      look.Note // passages that were indexed before the theme meant what it means now
	List     look.HTML
	None     string
	More     look.Link
	Action   string
}

func (r *Room) showTheme(q *web.Request) (web.Answer, error) {
	ctx, t, study := q.Context(), q.Words.T, q.Path("study")
	theme, err := r.themeOf(ctx, q.Viewer, study, q.Path("theme"))
	if err != nil {
		return nil, err
	}
	history, err := r.History(ctx, q.Viewer, study, theme.theme.ID)
	if err != nil {
		return nil, err
	}
	all, old := q.Query("all") != "", q.Query("old") != ""
	p := themePage{Title: look.Title{Text: theme.frame.Path(theme.theme.ID)}, Seen: look.Note{Text: t("coding.seen")},
		Meaning: meaning(q, newest(history)), Action: themePath(study, theme.theme.ID),
		Edit:    look.Link{Href: "/frame/" + study + "/" + theme.theme.ID, Text: t("coding.edit"), About: theme.theme.Name},
		Heading: t("coding.passages_heading"), SubsHead: t("coding.subs")}
	for _, sub := range theme.frame.Themes {
		if sub.Parent == theme.theme.ID {
			p.Subs = append(p.Subs, look.Theme{Title: look.Link{Href: themePath(study, sub.ID), Text: sub.Name}, N: sub.Hue})
		}
	}
	shown, more, err := r.composePassages(q, theme, all, old)
	if err != nil {
		return nil, err
	}
	p.List = shown
	if shown == "" {
		p.None = t("coding.passages_none")
	}
	if more {
		p.More = look.Link{Href: p.Action + "?all=1", Text: t("coding.passages_all")}
	}
	switch {
	case old:
		p.Heading = t("coding.old_heading")
		p.Old = look.Note{Text: t("coding.old_lead"), Links: []look.Link{{Href: p.Action, Text: t("coding.passages_every")}}}
	case theme.stale:
		p.Old = look.Note{Text: t("coding.old_some"), Links: []look.Link{{Href: p.Action + "?old=1", Text: t("coding.old_show")}}}
	}
	return q.Show("theme", p), nil
}

// composePassages writes the passages of a page, opening no more sources than it shows, and reports
// whether some were left for later.
func (r *Room) composePassages(q *web.Request, t themeCodings, all, old bool) (html look.HTML, more bool, err error) {
	p := passages{q: q, t: t, old: old, most: firstPassages, signed: map[signature]string{}}
	if all || old {
		p.most = math.MaxInt
	}
	for rest := t.sources; len(rest) > 0 && !p.more; {
		if p.n == p.most {
			p.more = true
			break
		}
		some := rest[:t.enough(rest, p.most-p.n)]
		rest = rest[len(some):]
		opened, err := r.openBatch(q.Context(), q.Viewer, t.frame, consent.Reading, some, Filter{Theme: t.theme.ID})
		if err != nil {
			return "", false, err
		}
		for _, o := range opened {
			p.source(o)
		}
	}
	return look.HTML(p.b.String()), p.more, nil
}

// enough returns how many of the sources to open next for a page that wants so many more passages.
func (t themeCodings) enough(rest []source.Source, want int) int {
	some, passages := 0, 0
	for some < min(len(rest), perPage) && passages < want {
		passages += t.counts[rest[some].ID]
		some++
	}
	return some
}

// themeForm is what the page of older passages sends: a source and a coding, "id.id".
type themeForm struct {
	Fits   string `form:"fits"`
	Remove string `form:"remove"`
}

// revisit takes the answer to one passage that was indexed under an older definition.
func (r *Room) revisit(q *web.Request) (web.Answer, error) {
	form, err := web.Parse[themeForm](q)
	if err != nil {
		return nil, err
	}
	study := q.Path("study")
	do, value, said := r.StillFits, form.Fits, "coding.fits_said"
	if form.Remove != "" {
		do, value, said = r.Remove, form.Remove, "coding.removed"
	}
	id, coding, ok := strings.Cut(value, ".")
	if !ok {
		return nil, fault.Missing
	}
	return web.GoSaying(themePath(study, q.Path("theme"))+"?old=1", said), do(q.Context(), q.Viewer, study, consent.ID(id), coding)
}

// meaning lists the parts of a definition that are not empty.
func meaning(q *web.Request, d Definition) look.Summary {
	var s look.Summary
	for _, part := range [...]struct{ key, text string }{
		{"coding.definition", d.Definition}, {"coding.use_when", d.UseWhen}, {"coding.not_when", d.NotWhen},
		{"coding.example", d.Example}, {"coding.origin", d.Source},
	} {
		if part.text != "" {
			s.Rows = append(s.Rows, look.SummaryRow{Term: q.Words.T(part.key), Value: part.text})
		}
	}
	return s
}
