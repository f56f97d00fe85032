package demo

import (
	"embed"
	"io/fs"

	"footing/internal/web"
	"footing/internal/web/look"
)

//go:embed pages/*.html words/*.toml
var files embed.FS

// Components returns the pages that show every piece of pages in every state, for designers and tests. They
// hold made-up content alone, send nothing, and are served by the demonstration only.
func Components() web.Room {
	sub := func(dir string) fs.FS { f, _ := fs.Sub(files, dir); return f }
	route := func(path string, desk bool, weight web.Weight) web.Route {
		return web.Route{Pattern: "GET " + path, Allow: web.Everybody(), Title: "demo.title", Weight: weight, Twin: web.Screen,
			Do: func(q *web.Request) (web.Answer, error) { return showComponents(q, desk) }}
	}
	return web.Room{Name: "demo", Pages: sub("pages"), Words: sub("words"), Routes: []web.Route{
		route("/components", false, web.Weight{Name: "components", Bytes: web.AtDesk.Bytes}),
		route("/components/desk", true, web.AtDesk),
	}}
}

type componentsPage struct {
	Links []look.Link
	Parts []look.Shown
}

func showComponents(q *web.Request, desk bool) (web.Answer, error) {
	parts, err := look.Gallery(desk)
	t := q.Words.T
	return q.Show("components", componentsPage{Parts: parts,
		Links: []look.Link{{Href: "/components", Text: t("demo.page")}, {Href: "/components/desk", Text: t("demo.desk")}}}), err
}
