package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync"

	"footing/internal/lang"
	"footing/internal/web/look"
)

//go:embed pages/*.html
var ownPages embed.FS

//go:embed words/*.toml
var ownWords embed.FS

// Words returns the shell's own catalogue files.
func Words() fs.FS { sub, _ := fs.Sub(ownWords, "words"); return sub }

// pages holds every room's templates, one set per language, since a template's words are bound when it
// is read.
type pages struct {
	rooms map[string]fs.FS
	words *lang.Catalogue
	css   map[sheet]style

	mu    sync.Mutex
	sets  map[string]*template.Template // room/page/language
	bases map[string]*template.Template // what every page begins with, by language
}

// readPages reads what every page begins with, and each room's pages by themselves, so that a broken one stops the
// start. A page's whole set is put together when somebody first opens it: for all of them that is most of what a start
// takes.
func readPages(rooms []Room, words *lang.Catalogue) (*pages, error) {
	own, err := fs.Sub(ownPages, "pages")
	if err != nil {
		return nil, err
	}
	p := &pages{rooms: map[string]fs.FS{"web": own}, words: words, sets: map[string]*template.Template{}, bases: map[string]*template.Template{}}
	p.css = styles()
	for _, room := range rooms {
		if room.Pages != nil {
			p.rooms[room.Name] = room.Pages
		}
	}
	if _, err := p.base("en"); err != nil {
		return nil, err
	}
	for room, files := range p.rooms {
		names, err := fs.Glob(files, "*.html")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if strings.HasPrefix(name, "_") || (room == "web" && name == "layout.html") {
				continue
			}
			name = strings.TrimSuffix(name, ".html")
			if _, err := p.add(template.New(name).Funcs(funcs(words.In("en"))), room, name); err != nil {
				return nil, fmt.Errorf("page %s/%s: %w", room, name, err)
			}
		}
	}
	return p, nil
}

// set returns the template of a page in a language, reading it the first time.
func (p *pages) set(room, name, language string) (*template.Template, error) {
	key := room + "/" + name + "/" + language
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.sets[key]; t != nil {
		return t, nil
	}
	t, err := p.read(room, name, language)
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", key, err)
	}
	p.sets[key] = t
	return t, nil
}

// base returns a copy of what every page in a language begins with: the layout and the pieces.
func (p *pages) base(language string) (*template.Template, error) {
	t := p.bases[language]
	if t == nil {
		var err error
		if t, err = template.New("layout").Funcs(funcs(p.words.In(language))).ParseFS(p.rooms["web"], "layout.html"); err != nil {
			return nil, err
		}
		if t, err = look.AddTo(t); err != nil {
			return nil, err
		}
		p.bases[language] = t
	}
	return t.Clone()
}

func (p *pages) read(room, name, language string) (*template.Template, error) {
	t, err := p.base(language)
	if err != nil {
		return nil, err
	}
	return p.add(t, room, name)
}

// add parses a page and its room's parts into t.
func (p *pages) add(t *template.Template, room, name string) (_ *template.Template, err error) {
	files := p.rooms[room]
	if files == nil {
		return nil, fs.ErrNotExist
	}
	if parts, _ := fs.Glob(files, "_*.html"); len(parts) > 0 {
		if t, err = t.ParseFS(files, parts...); err != nil {
			return nil, err
		}
	}
	return t.ParseFS(files, name+".html")
}

// frame is what the layout sees. A page's own template sees its own struct alone.
type frame struct {
	Title               string
	Site                Site
	Language, Direction string
	Size                string       // class of <html> for larger letters
	Style               template.CSS // in the page
	Sheet               string       // or beside it
	Scripts             []string
	Icon                string
	Said                string
	Aloud               look.Sound // at the top of a page that is read aloud
	Body                string     // classes of <body>
	Top                 look.Top
	Foot                look.Foot
	Refresh             string // where a page on a tablet goes by itself when nobody touches it
	Page                any
}

func (p *pages) render(w io.Writer, q *Request, a shown) error {
	t, err := p.set(a.room, a.name, q.Words.Language())
	if err != nil {
		return err
	}
	scripts := []string{scriptFile.path}
	if q.Route.Script != "" {
		scripts = append(scripts, q.shell.scripts[q.Route.Script])
	}
	f := frame{
		Title: q.Words.T(q.Route.Title), Site: q.Site, Language: q.Words.Language(), Direction: q.Words.Direction(),
		Size: string(q.Looks.Size), Scripts: scripts, Icon: iconFile.path,
		Body: q.Route.Weight.body(), Said: q.said(), Top: q.top(), Foot: q.foot(), Page: a.data,
	}
	if style := p.css[q.sheet()]; q.Looks.Less {
		f.Sheet = style.file.path
	} else {
		f.Style = style.text
	}
	if q.shell.Aloud != nil && a.status == http.StatusOK && !q.Route.Weight.Desk && q.Viewer.Table == "" {
		if f.Aloud, err = q.shell.Aloud(q); err != nil {
			return err
		}
	}
	if q.Viewer.Table != "" {
		f.Refresh = tableEnd
	}
	return t.ExecuteTemplate(w, "layout.html", f)
}

// top is the head of every page: skip, name, leave, and the pages this person may open.
func (q *Request) top() look.Top {
	t := q.Words.T
	top := look.Top{
		Skip: t("web.skip"), Name: q.Site.Name, Leave: t("web.leave"), Away: "/away", TwoMore: t("web.two_more"), OneMore: t("web.one_more"),
	}
	top.Nav, top.Parts = q.ways()
	return top
}

// foot is the end of every page: help in the same place on each, signed in or not (R52).
func (q *Request) foot() look.Foot {
	t := q.Words.T
	return look.Foot{
		Help: look.Link{Href: "/support", Text: t("web.support")}, Urgent: t("web.urgent"),
		Links: []look.Link{{Href: "/phones", Text: t("web.shared_phone")}, {Href: "/promises", Text: t("web.promises")}, {Href: "/language", Text: t("web.language")}, {Href: "/letters", Text: t("web.letters")}},
		Leave: look.Link{Href: "/away", Text: t("web.leave")},
	}
}

// said takes the quiet line left by the action before this page, once.
func (q *Request) said() string {
	c, err := q.HTTP.Cookie("said")
	if err != nil || c.Value == "" || !q.Words.Has(c.Value) {
		return ""
	}
	http.SetCookie(q.w, &http.Cookie{Name: "said", Path: "/", MaxAge: -1, HttpOnly: true, Secure: q.shell.Secure})
	return q.Words.T(c.Value)
}

// funcs are what a page may call. Words come from the catalogue, dates are said plainly.
func funcs(words lang.Words) template.FuncMap {
	return template.FuncMap{
		"t":    words.T,
		"date": words.Date,
		"when": words.When,
		"list": func(items ...any) []any { return items },
		"add":  func(a, b int) int { return a + b },
	}
}
