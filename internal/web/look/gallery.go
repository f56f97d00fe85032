package look

import (
	"fmt"
	"html/template"
	"io"
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

// A Show says how the gallery is shown.
type Show struct {
	Desk      bool   // the pieces of desk pages; else those of every page
	RTL       bool   // from right to left
	Class     string // classes of <html>: "big", "clear"
	ScriptURL string // where Script is served; empty for none
}

// Gallery writes a page with every piece in every state to w: for designers, and for tests of contrast, size and reach.
// It shows made-up content alone and asks nothing of the reader's account.
func Gallery(w io.Writer, show Show) error {
	t, err := AddTo(template.New("gallery"))
	if err != nil {
		return err
	}
	if t, err = t.ParseFS(files, "gallery.html"); err != nil {
		return fmt.Errorf("reading the gallery page: %w", err)
	}
	render := func(name string, value any) (template.HTML, error) {
		var out strings.Builder
		if err := t.ExecuteTemplate(&out, name, value); err != nil {
			return "", fmt.Errorf("showing %s: %w", name, err)
		}
		return template.HTML(out.String()), nil
	}
	type part struct {
		Piece
		HTML template.HTML
	}
	page := struct {
		Show
		Dir       string
		CSS       template.CSS
		Top, Foot template.HTML
		Parts     []part
	}{Show: show, Dir: "ltr", CSS: template.CSS(CSS())}
	if show.RTL {
		page.Dir = "rtl"
	}
	if show.Desk {
		page.CSS = template.CSS(DeskCSS())
	}
	if page.Top, err = render("top", galleryTop); err != nil {
		return err
	}
	if page.Foot, err = render("foot", galleryFoot); err != nil {
		return err
	}
	for _, p := range Pieces() {
		if p.Desk != show.Desk {
			continue
		}
		html, err := render(p.Template, p.Value)
		if err != nil {
			return err
		}
		page.Parts = append(page.Parts, part{p, html})
	}
	if err := t.ExecuteTemplate(w, "gallery", page); err != nil {
		return fmt.Errorf("writing the gallery: %w", err)
	}
	return nil
}

// Pieces returns every piece in every state: those of all pages, then those of the desk.
func Pieces() []Piece { return append(pagePieces(), deskPieces()...) }

var galleryTop = Top{
	Skip: "Skip to the main part", Name: "Notes", Leave: "Leave this page", Away: "/away",
	TwoMore: "Press Shift two more times to leave this page.", OneMore: "Press Shift once more to leave this page.",
	NavLabel: "Your pages",
	Nav:      []Link{{Href: "#home", Text: "Home"}, {Href: "#share", Text: "Share", Here: true}, {Href: "#decide", Text: "Decide"}, {Href: "#learn", Text: "Learn"}, {Href: "#you", Text: "You"}},
}

var galleryFoot = Foot{
	HelpText: "Asha is here Monday to Thursday, 10 to 4.", Help: Link{Href: "#support", Text: "Ways to get support"},
	Urgent: "If you are not safe right now, you can call 999.",
	Links:  []Link{{Href: "#shared-phone", Text: "Using a shared phone"}, {Href: "#how", Text: "How this works"}, {Href: "#out", Text: "Sign out"}},
	Leave:  Link{Href: "/away", Text: "Leave this page"},
}
