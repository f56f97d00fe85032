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
	Frame    look.Link
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
		Frame:   look.Link{Href: "/frame/" + study, Text: t("coding.to_frame")},
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
	var b strings.Builder
	n, most := 0, firstPassages
	if all || old {
		most = math.MaxInt
	}
	for rest := t.sources; len(rest) > 0; {
		if n == most {
			return look.HTML(b.String()), true, nil
		}
		some := rest[:t.enough(rest, most-n)]
		rest = rest[len(some):]
		opened, err := r.openBatch(q.Context(), q.Viewer, t.frame, consent.Reading, some, Filter{Theme: t.theme.ID})
		if err != nil {
			return "", false, err
		}
		for _, o := range opened {
			who, _ := voices(q.Words, o.words)
			from := title(q.Words, o.source.Kind, o.words.Title.Reveal())
			for _, c := range o.list {
				switch {
				case old && !c.Stale(t.theme):
				case n == most:
					more = true
				default:
					n++
					composePassage(&b, q, t, o, c, from, who, old)
				}
			}
		}
	}
	return look.HTML(b.String()), more, nil
}

// enough returns how many of the sources to open next for a page that wants so many more passages.
func (t themeCodings) enough(rest []source.Source, want int) int {
	some, passages := 0, 0
	for some < min(len(rest), batch) && passages < want {
		passages += t.counts[rest[some].ID]
		some++
	}
	return some
}

// contextLength is how many code points before and after a passage are shown with it.
const contextLength = 90

// composePassage writes one passage with some of the words around it, where it stands, who indexed it and
// when. Like the turns of a document it is put together here, since a theme can have thousands.
func composePassage(b *strings.Builder, q *web.Request, t themeCodings, o openedSource, c Coding, from string, who map[consent.ID]string, old bool) {
	first := c.Parts[0]
	turn := o.words.Turns[o.at[first.Turn]]
	b.WriteString(`<li><p dir="auto">`)
	for i, p := range c.Parts {
		text := o.text[o.at[p.Turn]]
		if i > 0 {
			b.WriteString(" … ")
		} else if at := max(0, p.Start-contextLength); p.Start > 0 {
			if at > 0 {
				b.WriteString("… ")
			}
			escape(b, cut(text, consent.Span{Start: at, End: p.Start}))
		}
		mark := look.Run{Themes: []int{t.theme.Hue}}
		b.WriteString(`<mark class="` + mark.Class() + `">`)
		escape(b, cut(text, p.Span))
		b.WriteString(`</mark>`)
		if i == len(c.Parts)-1 {
			escape(b, cut(text, consent.Span{Start: p.End, End: p.End + contextLength}))
			if p.End+contextLength < len(text) {
				b.WriteString(" …")
			}
		}
	}
	b.WriteString(`</p><p class="meta"><a href="`)
	escape(b, placePath(t.frame.Study, o.source.ID, turn.Seq))
	b.WriteString(`">`)
	escape(b, q.Words.T("coding.place", "source", from, "n", turn.Seq))
	b.WriteString(`</a> `)
	escape(b, who[turn.Speaker]+". "+q.Words.T("coding.by", "name", t.names[c.By], "when", q.Words.Date(c.At)))
	b.WriteString(`</p>`)
	if old {
		composeRevisit(b, q, c)
	}
	b.WriteString("</li>\n")
}

// composeRevisit writes the two answers to a passage that was indexed under an older definition.
func composeRevisit(b *strings.Builder, q *web.Request, c Coding) {
	b.WriteString(`<p class="acts">`)
	for _, answer := range [...]string{"fits", "remove"} {
		b.WriteString(`<button class="quiet" name="` + answer + `" value="`)
		escape(b, string(c.Contribution)+"."+c.ID)
		b.WriteString(`">`)
		escape(b, q.Words.T("coding."+answer))
		b.WriteString(`</button> `)
	}
	b.WriteString(`</p>`)
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
