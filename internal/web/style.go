package web

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"

	"footing/internal/web/look"
)

// sheet says which style sheet a page has.
type sheet struct{ desk, clear bool }

// sheet returns the one for this page and this reader.
func (q *Request) sheet() sheet { return sheet{q.Route.Weight.Desk, q.Looks.Clear} }

// style is a style sheet as it goes into a page, with the hash that the content security policy allows, and
// as a file beside it.
//
// In the page it spares a first view a second way to the server and back. Pages are never kept, so it comes
// with each of them; a file does once. Who wants less data gets the file.
type style struct {
	text template.CSS
	hash string
	file file
}

func styles() map[sheet]style {
	all := map[sheet]style{}
	for desk, text := range map[bool]string{false: look.CSS(), true: look.DeskCSS()} {
		all[sheet{desk, false}] = newStyle(text)
		all[sheet{desk, true}] = newStyle(text + look.ClearCSS(lettersFile.path, furtherFile.path))
	}
	return all
}

func newStyle(text string) style {
	sum := sha256.Sum256([]byte(text))
	return style{template.CSS(text), "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'", newFile(".css", "text/css; charset=utf-8", []byte(text))}
}

// policy returns the content security policy of the page: nothing from anywhere but here, one style sheet,
// and letters for who chose them.
func (q *Request) policy() string {
	from := q.shell.pages.css[q.sheet()].hash
	if q.Looks.Less {
		from = "'self'"
	}
	if q.Looks.Clear {
		from += "; font-src 'self'"
	}
	return "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'; style-src " + from +
		"; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
