// Package look is how every page of Footing looks: two style sheets, one script, a neutral icon, and the pieces of markup
// that rooms share, so that a field or a card is written once.
//
// A room fills a struct of this package (Field, Choice, Card and so on) and writes {{template "field" .Story}}. Labels
// arrive already translated; this package holds no words. No piece uses a style attribute or an inline handler, so a
// page can be served under a strict content security policy with the style sheet allowed by its hash.
package look

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
	"sync"
)

//go:embed look.css desk.css clear.css page.js icon.svg components.html desk.html gallery.html letters
var files embed.FS

var (
	sheet      = sync.OnceValue(func() string { return squeezeCSS(read("look.css")) })
	deskSheet  = sync.OnceValue(func() string { return squeezeCSS(read("look.css") + read("desk.css")) })
	clearSheet = sync.OnceValue(func() string { return squeezeCSS(read("clear.css")) })
	script     = sync.OnceValue(func() string { return squeezeJS(read("page.js")) })
)

// CSS returns the style sheet of members' pages, squeezed, to be sent inside <style> and allowed by its hash.
func CSS() string { return sheet() }

// DeskCSS returns the style sheet of desk pages, those with transcripts, matrices, filters or charts: CSS and what they
// add. Such a page has class "desk" on its body, and "wide" where it needs more than one column.
func DeskCSS() string { return deskSheet() }

// ClearCSS returns what follows either style sheet for who chose clearer letters, with the addresses that Letters and
// FurtherLetters are served from.
func ClearCSS(letters, further string) string {
	return strings.NewReplacer("LETTERS", letters, "FURTHER", further).Replace(clearSheet())
}

// Letters returns the typeface of ClearCSS as WOFF2: Atkinson Hyperlegible Next by the Braille Institute, all weights,
// with the letters of English. Its licence lies beside it.
func Letters() []byte { return []byte(read("letters/atkinson-hyperlegible-next.woff2")) }

// FurtherLetters returns those of other languages in Latin letters, as the circumflexed w and y of Welsh. A browser asks
// for them where a page has one.
func FurtherLetters() []byte { return []byte(read("letters/atkinson-hyperlegible-next-ext.woff2")) }

// Script returns the page script, squeezed, to be served from a hash-named address as <script type="module">.
// What it asks of the markup is written at its head and in the pieces.
func Script() string { return script() }

// SqueezeJS takes comment lines and indentation out of a room's own script, as Script does with the page's.
func SqueezeJS(js string) string { return squeezeJS(js) }

// Icon returns the icon of every page as SVG: a sheet of notes, neutral on purpose.
func Icon() []byte { return []byte(read("icon.svg")) }

// AddTo defines the pieces in t, which the pages of a room are parsed into. It returns t, or an error when t was
// executed before, since html/template then allows no more definitions.
func AddTo(t *template.Template) (*template.Template, error) {
	t, err := t.ParseFS(files, "components.html", "desk.html")
	if err != nil {
		return nil, fmt.Errorf("adding the shared pieces of markup: %w", err)
	}
	return t, nil
}

// read returns one of the embedded files. That it is there is settled when the program is built.
func read(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(b)
}
