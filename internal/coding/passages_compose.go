package coding

import (
	"cmp"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// passages writes a theme's passages for a page. Like the turns of a document they are put together here,
// since a theme can have thousands.
type passages struct {
	q    *web.Request
	t    themeCodings
	old  bool // only those from before the theme meant what it means now, each with its two answers
	most int  // how many go on the page

	b      strings.Builder
	n      int  // written so far
	more   bool // there was one more than go on the page
	signed map[signature]string
}

// A signature is who indexed something and in which hour, which is on one day wherever the clock is.
type signature struct {
	by person.ID
	at time.Time
}

// contextLength is how many code points before and after a passage are shown with it.
const contextLength = 90

// source writes the passages of one source, in the order of its text.
func (p *passages) source(o openedSource) {
	who, _ := voices(p.q.Words, o.words, p.t.names)
	from := title(p.q.Words, o.source.Kind, o.words.Title.Reveal())
	for _, c := range o.list {
		if p.old && !c.Stale(p.t.theme) {
			continue
		}
		if p.n == p.most {
			p.more = true
			return
		}
		p.n++
		turn := o.words.Turns[o.at[c.Parts[0].Turn]]
		p.b.WriteString(`<li>`)
		p.words(o, c)
		p.b.WriteString(`<p class="meta"><a href="`)
		escape(&p.b, placePath(p.t.frame.Study, o.source.ID, turn.Seq))
		p.b.WriteString(`">`)
		escape(&p.b, p.q.Words.T("coding.place", "source", from, "n", turn.Seq))
		p.b.WriteString(`</a> `)
		escape(&p.b, who[turn.Speaker]+". "+p.sign(c))
		p.b.WriteString(`</p>`)
		if p.old {
			p.answers(c)
		}
		p.b.WriteString("</li>\n")
	}
}

// words writes a passage with some of the words around it.
func (p *passages) words(o openedSource, c Coding) {
	b, mark := &p.b, look.Run{Themes: []int{p.t.theme.Hue}}
	b.WriteString(`<p dir="auto">`)
	for i, part := range c.Parts {
		text := o.measured(o.at[part.Turn])
		if i > 0 {
			b.WriteString(" … ")
		} else {
			from := max(0, part.Start-contextLength)
			if from > 0 {
				b.WriteString("… ")
			}
			escape(b, text.cut(consent.Span{Start: from, End: part.Start}))
		}
		b.WriteString(`<mark class="` + mark.Class() + `">`)
		escape(b, text.cut(part.Span))
		b.WriteString(`</mark>`)
		if i == len(c.Parts)-1 {
			escape(b, text.cut(consent.Span{Start: part.End, End: part.End + contextLength}))
			if part.End+contextLength < text.len() {
				b.WriteString(" …")
			}
		}
	}
	b.WriteString(`</p>`)
}

// sign says who indexed a passage and on which day.
func (p *passages) sign(c Coding) string {
	s := signature{c.By, c.At.Truncate(time.Hour)}
	text, ok := p.signed[s]
	if !ok {
		text = p.q.Words.T("coding.by", "name", cmp.Or(p.t.names[c.By], p.q.Words.T("circle.somebody_left")), "when", p.q.Words.Date(c.At))
		p.signed[s] = text
	}
	return text
}

// answers writes the two answers to a passage that was indexed under an older definition.
func (p *passages) answers(c Coding) {
	p.b.WriteString(`<p class="acts">`)
	for _, answer := range [...]string{"fits", "remove"} {
		p.b.WriteString(`<button class="quiet" name="` + answer + `" value="`)
		escape(&p.b, string(c.Contribution)+"."+c.ID)
		p.b.WriteString(`">`)
		escape(&p.b, p.q.Words.T("coding."+answer))
		p.b.WriteString(`</button> `)
	}
	p.b.WriteString(`</p>`)
}
