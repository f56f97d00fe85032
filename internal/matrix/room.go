package matrix

import (
	"embed"
	"io/fs"
	"net/url"
	"strings"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml migrations/*.sql print.html
var files embed.FS

//go:embed matrix.js
var script string

// Web returns the room's routes and files.
func (r *Room) Web() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	return web.Room{Name: "matrix", Pages: sub("pages"), Words: sub("words"), Migrations: sub("migrations"),
		Scripts: map[string]string{"matrix": script}, Routes: r.routes(), Twins: r.twins()}
}

func (r *Room) routes() []web.Route {
	desk, mine, named := web.Desk(web.SameStudy, person.Analyst), web.Members(web.Own), web.Members(web.InAudience)
	sure := named // somebody else may hold her phone
	sure.Sure = true
	page := func(pattern string, do web.Action) web.Route {
		return web.Route{Pattern: pattern, Allow: desk, Title: "matrix.title", Weight: web.AtDesk, Do: do}
	}
	act := func(pattern string, do web.Action) web.Route {
		return web.Route{Pattern: pattern, Allow: desk, Title: "matrix.title", Weight: web.Nothing, Do: do}
	}
	keeping := func(pattern string, do web.Action) web.Route {
		route := act(pattern, do)
		route.Keeps = true
		return route
	}
	file := func(pattern string, do web.Action) web.Route {
		return web.Route{Pattern: pattern, Allow: desk, Title: "matrix.title", Weight: web.File, Do: do}
	}
	reading := func(pattern string, do web.Action) web.Route { // as many words as a long transcript
		route := page(pattern, do)
		route.Weight = web.Coding
		return route
	}
	whole := reading("GET /matrix/{study}", r.showWhole)
	whole.Script = "matrix"
	const study, cell, point = "/matrix/{study}", "/matrix/{study}/cell/{case}/{theme}", "/matrix/{study}/point/{point}"
	return []web.Route{
		whole,
		reading("GET "+study+"/theme/{theme}", r.showTheme),
		page("GET "+study+"/case/{case}", r.showCase),
		page("GET "+cell, r.showCell),
		page("POST "+cell, r.addPoint),
		keeping("POST "+cell+"/keep", r.keepCell),
		act("POST "+cell+"/mark", r.markCell),
		page("GET "+point, r.showPoint),
		page("POST "+point, r.changePoint),
		keeping("POST "+point+"/keep", r.keepPoint),
		act("POST "+point+"/remove", r.removePoint),
		act("POST "+point+"/return", r.returnPoint),
		page("GET "+study+"/coverage", r.showCoverage),
		page("GET "+study+"/cases", r.showGrouping),
		act("POST "+study+"/cases", r.saveGrouping),
		page("GET "+study+"/export", r.showExport),
		file("POST "+study+"/export", r.export),
		page("GET /releases/{study}", r.showReleases),
		file("GET "+study+"/live", r.live),
		{Pattern: "GET /checks", Allow: named, Title: "matrix.check_title", Weight: web.Member, Do: r.showChecks, Twin: web.Reading},
		{Pattern: "GET /checks/{check}", Allow: sure, Title: "matrix.check_title", Weight: web.Member, Do: r.showCheck, Twin: web.Reading},
		{Pattern: "POST /checks/{check}", Allow: sure, Title: "matrix.check_title", Weight: web.Member, Do: r.say, Twin: web.Duty},
		{Pattern: "GET /checks/{check}/{contribution}/{reason}", Allow: sure, Title: "matrix.check_title", Weight: web.Member, Do: r.check, Twin: web.Reading},
		{Pattern: "GET /side-by-side", Allow: mine, Title: "matrix.join_title", Weight: web.Member, Do: r.showJoin},
		{Pattern: "POST /side-by-side", Allow: mine, Title: "matrix.join_title", Weight: web.Nothing, Do: r.saveJoin, Twin: "together"},
	}
}

// at is where a page of a study's matrix lies.
func at(study string, rest ...string) string {
	return "/matrix/" + strings.Join(append([]string{study}, rest...), "/")
}

// placeOf returns where a link leads: the very turn, on the page of its source.
func placeOf(study string, l Link) string {
	return "/index/" + study + "/" + string(l.Source) + "#t" + itoa(l.Seq)
}

// caseAt is where one case is read. It keeps to what the reader narrowed the list to.
func (n naming) caseAt(c Case) string {
	path := at(n.w.Study.ID, "case", c.ID)
	if query := n.q.HTTP.URL.Query(); query.Has("kind") || query.Has("house") || query.Has("sort") {
		path += "?" + url.Values{"kind": query["kind"], "house": query["house"], "sort": query["sort"]}.Encode()
	}
	return path
}

// naming says what things are called on a page.
type naming struct {
	q         *web.Request
	w         *View
	practices map[string]string
}

// kindOf names a kind of source with its number among them: "Interview 3".
func (n naming) kindOf(k consent.Kind, number int) string {
	return n.q.Words.T("matrix.kind_"+string(k), "n", number)
}

// caseName names a row: what its keeper called it, or what it is with its number.
func (n naming) caseName(c Case) string {
	switch c.Kind {
	case ByPerson:
		return n.q.Words.T("matrix.case_person", "n", n.nth(c))
	case ByPractice:
		if name := n.practices[c.ID]; name != "" {
			return name
		}
	}
	if c.Title != "" {
		return c.Title
	}
	return n.kindOf(c.Of, c.N)
}

// nth counts a person among those who are rows.
func (n naming) nth(c Case) int {
	count := 0
	for _, other := range n.w.Cases {
		if other.Kind == ByPerson {
			count++
		}
		if other.ID == c.ID {
			break
		}
	}
	return count
}

// caseMeta says what a row is, beside its name.
func (n naming) caseMeta(c Case) string {
	side := n.side(c.Side)
	if c.Kind == BySource && c.Title == "" {
		return side
	}
	what := n.kindOf(c.Of, c.N)
	if len(c.Sources) > 1 {
		what = n.q.Words.T("matrix.case_sources", "count", len(c.Sources))
	}
	if side == "" {
		return what
	}
	return what + ", " + side
}

func (n naming) side(s Side) string {
	if s == "" {
		return ""
	}
	return n.q.Words.T("matrix.side_" + string(s))
}

// places are the links of a point, each named by the number of its turn, and by its source where that is
// not the one the point stands at.
func (n naming) places(p Point) []look.Link {
	var list []look.Link
	seen := map[string]bool{}
	for _, l := range p.Links {
		href := placeOf(n.w.Study.ID, l)
		if seen[href] {
			continue
		}
		seen[href] = true
		link := look.Link{Href: href, Text: itoa(l.Seq)}
		if l.Source != p.Source {
			link.Text = n.placeText(l)
		}
		list = append(list, link)
	}
	return list
}

// placeText names a place in words: "Interview 3, part 12".
func (n naming) placeText(l Link) string {
	return n.q.Words.T("matrix.place_text", "source", n.sourceName(l.Source), "n", l.Seq)
}

func (n naming) sourceName(id consent.ID) string {
	for _, m := range n.w.material {
		if m.ID == id {
			return n.kindOf(m.Kind, m.N)
		}
	}
	return ""
}

func hueOf(t coding.Theme) string { return look.Theme{N: t.Hue}.Hue() }
