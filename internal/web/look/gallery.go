package look

import (
	"fmt"
	"html/template"
	"strings"
)

// A Piece is one piece of markup in one state, as the gallery shows it.
type Piece struct {
	Template string // the name it is defined under
	State    string // what there is to see
	Value    any
	Desk     bool // it belongs to desk pages
	Form     bool // it stands in a form
}

// A Shown is a piece as it stands on a page.
type Shown struct {
	Piece
	HTML template.HTML
}

// Gallery returns every piece in every state, those of desk pages or those of every page, for a page that shows them to
// designers and to tests of contrast, size and reach. It is made-up content alone.
func Gallery(desk bool) ([]Shown, error) {
	t, err := AddTo(template.New("gallery"))
	if err != nil {
		return nil, err
	}
	if t, err = t.ParseFS(files, "gallery.html"); err != nil {
		return nil, fmt.Errorf("reading the gallery: %w", err)
	}
	var all []Shown
	for _, p := range Pieces() {
		if p.Desk != desk {
			continue
		}
		var out strings.Builder
		if err := t.ExecuteTemplate(&out, p.Template, p.Value); err != nil {
			return nil, fmt.Errorf("showing %s: %w", p.Template, err)
		}
		all = append(all, Shown{p, template.HTML(out.String())})
	}
	return all, nil
}

// Pieces returns every piece in every state: those of all pages, then those of the desk.
func Pieces() []Piece { return append(pagePieces(), deskPieces()...) }
