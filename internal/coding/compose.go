package coding

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"footing/internal/web/look"
)

// A page of a long source has some hundred turns and thousands of pieces. Through html/template they cost
// ten times what they cost here (measured: 4.0 ms and 0.4 ms for 533 pieces), so the turns of a document
// are put together in this file. It writes exactly the piece "turn" of package look, which a test holds
// it to. Every text goes through escape.

// A turnView is a turn with a line under it that says that some of its words are kept closed.
type turnView struct {
	look.Turn
	Kept string
}

// composeTurns returns the list items of a document's turns.
func composeTurns(turns []turnView) look.HTML {
	var b strings.Builder
	b.Grow(len(turns) * 1024)
	for i := range turns {
		turns[i].compose(&b)
		b.WriteByte('\n')
	}
	return look.HTML(b.String())
}

func (t *turnView) compose(b *strings.Builder) {
	b.WriteString(`<li class="turn`)
	if t.Asks {
		b.WriteString(` asks`)
	}
	b.WriteString(`" id="`)
	escape(b, t.ID)
	b.WriteString("\">\n")
	if t.Tick != "" {
		t.composeTick(b)
	}
	b.WriteString("\n<div>")
	t.composeHead(b)
	b.WriteByte('\n')
	if t.Closed != "" {
		b.WriteString(`<p class="shut">`)
		escape(b, t.Closed)
		b.WriteString(`</p>`)
	} else {
		t.composeText(b)
	}
	if t.Kept != "" {
		b.WriteString(`<p class="hint">`)
		escape(b, t.Kept)
		b.WriteString(`</p>`)
	}
	b.WriteByte('\n')
	if len(t.Chips) > 0 {
		t.composeChips(b)
	}
	if t.Words.Href != "" {
		b.WriteString("\n<a class=\"quiet\" href=\"")
		escape(b, t.Words.Href)
		b.WriteString(`">`)
		escape(b, t.Words.Text)
		if t.Words.About != "" {
			about(b, t.Words.About)
		}
		b.WriteString(`</a>`)
	}
	b.WriteString("\n</div></li>")
}

func (t *turnView) composeTick(b *strings.Builder) {
	b.WriteString(`<input type="checkbox" id="`)
	escape(b, t.ID)
	b.WriteString(`-tick" name="`)
	escape(b, t.Tick)
	b.WriteString(`" value="`)
	b.WriteString(strconv.Itoa(t.N))
	b.WriteByte('"')
	if t.Ticked {
		b.WriteString(` checked`)
	}
	if len(t.Chips) > 0 {
		b.WriteString(` aria-describedby="`)
		escape(b, t.ID)
		b.WriteString(`-themes"`)
	}
	b.WriteByte('>')
}

func (t *turnView) composeHead(b *strings.Builder) {
	end := `</b>`
	if t.Tick != "" {
		b.WriteString(`<label for="`)
		escape(b, t.ID)
		b.WriteString(`-tick">`)
		end = `</label>`
	} else {
		b.WriteString(`<b>`)
	}
	b.WriteString(strconv.Itoa(t.N))
	b.WriteString(`. `)
	escape(b, t.Speaker)
	if t.Tick == "" {
		b.WriteString(end)
	}
	if t.Time != "" {
		if t.Tick == "" {
			b.WriteString(` <span class="meta">`)
		} else {
			b.WriteString(`<span>`)
		}
		escape(b, t.Time)
		b.WriteString(`</span>`)
	}
	if t.Tick != "" {
		b.WriteString(end)
	}
}

// composeText writes the words. Nothing may stand in the paragraph beside them: places are counted there.
func (t *turnView) composeText(b *strings.Builder) {
	b.WriteString(`<p dir="auto">`)
	for _, r := range t.Runs {
		if len(r.Themes) == 0 {
			escape(b, r.Text)
			continue
		}
		b.WriteString(`<mark class="`)
		b.WriteString(r.Class())
		b.WriteByte('"')
		if more := r.More(); more != "" {
			b.WriteString(` data-more="`)
			b.WriteString(more)
			b.WriteByte('"')
		}
		b.WriteByte('>')
		escape(b, r.Text)
		b.WriteString(`</mark>`)
	}
	b.WriteString(`</p>`)
}

func (t *turnView) composeChips(b *strings.Builder) {
	b.WriteString(`<ul class="chips" id="`)
	escape(b, t.ID)
	b.WriteString(`-themes" aria-label="`)
	escape(b, t.ChipsLabel)
	b.WriteString(`">`)
	for _, c := range t.Chips {
		b.WriteString(`<li class="chip `)
		b.WriteString(c.Hue())
		b.WriteString(`">`)
		escape(b, c.Text)
		if c.Remove.Text != "" {
			b.WriteString(`<button name="`)
			escape(b, c.Remove.Name)
			b.WriteString(`" value="`)
			escape(b, c.Remove.Value)
			b.WriteString(`">`)
			escape(b, c.Remove.Text)
			about(b, c.Remove.About)
			b.WriteString(`</button>`)
		}
		b.WriteString(`</li>`)
	}
	b.WriteString(`</ul>`)
}

// about writes what is said of a link or button to whoever hears it out of its place.
func about(b *strings.Builder, text string) {
	b.WriteString(`<span class="vh"> `)
	escape(b, text)
	b.WriteString(`</span>`)
}

// escape writes text so that a browser reads back the same code points, in an element or in quotes: the
// five signs of HTML, a carriage return, which a browser would take for a line feed, and what is no
// Unicode or may not stand in a page, as the sign that says so.
func escape(b *strings.Builder, text string) {
	from := 0
	for i := 0; i < len(text); {
		c, n := text[i], 1
		with := ""
		switch {
		case c == '<':
			with = "&lt;"
		case c == '>':
			with = "&gt;"
		case c == '&':
			with = "&amp;"
		case c == '"':
			with = "&#34;"
		case c == '\'':
			with = "&#39;"
		case c == '\r':
			with = "&#13;"
		case c == 0:
			with = "\uFFFD"
		case c >= utf8.RuneSelf:
			var r rune
			if r, n = utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && n == 1 {
				with = "\uFFFD"
			}
		}
		if with != "" {
			b.WriteString(text[from:i])
			b.WriteString(with)
			from = i + n
		}
		i += n
	}
	b.WriteString(text[from:])
}
