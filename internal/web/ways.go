package web

import (
	"strings"

	"footing/internal/web/look"
)

// Link is one line of the list that stands on top of every signed-in page.
type Link struct {
	Path  string
	Label string // catalogue key
	Allow Access
	// Also are other paths under which its pages are.
	Also []string
	// Parts are pages of one thing within it, listed on each of them. A part of their paths such as {study}
	// is filled from the path of the page that is open, and where that has none they are not shown.
	Parts []Link
}

// ways returns where this person can go: the list of her pages, and the parts of the one that is open.
func (q *Request) ways() (all, parts look.Pages) {
	t := q.Words.T
	all.Label = t("web.nav")
	if q.Viewer.Table != "" { // one task, and nowhere else to go
		all.Links = []look.Link{{Href: tableTasks, Text: t("web.table_tasks"), Here: q.HTTP.URL.Path == tableTasks}, {Href: tableEnd, Text: t("web.table_end")}}
		return all, parts
	}
	for _, l := range q.shell.Links {
		if !q.Viewer.Known() || !l.Allow.allows(q.Viewer) {
			continue
		}
		within := look.Pages{Label: t(l.Label)}
		nearest := -1 // of the parts, the one whose path says most about this page
		for _, p := range l.Parts {
			path, known := q.fill(p.Path)
			if !known {
				continue
			}
			if q.isAt(path, p.Also) && (nearest < 0 || len(path) > len(within.Links[nearest].Href)) {
				nearest = len(within.Links)
			}
			within.Links = append(within.Links, look.Link{Href: path, Text: t(p.Label)})
		}
		if nearest >= 0 && len(within.Links) > 1 {
			within.Links[nearest].Here = true
			parts = within
		}
		all.Links = append(all.Links, look.Link{Href: l.Path, Text: t(l.Label), Here: nearest >= 0 || q.isAt(l.Path, l.Also)})
	}
	return all, parts
}

// isAt reports whether the page that is open is at the path, or under it or one of the others. A refusal
// is nowhere.
func (q *Request) isAt(path string, others []string) bool {
	at := q.HTTP.URL.Path
	if q.Route.Pattern == nowhere.Pattern {
		return false
	}
	if under(at, path) {
		return true
	}
	for _, other := range others {
		if filled, known := q.fill(other); known && q.isAt(filled, nil) {
			return true
		}
	}
	return false
}

// fill puts values of the open page's path into another one. It reports false when one is not known.
func (q *Request) fill(path string) (string, bool) {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, "{"); ok {
			if parts[i] = q.Path(strings.TrimSuffix(name, "}")); parts[i] == "" {
				return "", false
			}
		}
	}
	return strings.Join(parts, "/"), true
}

// Whereabouts returns what the pages are called that somebody does a task on, such as "Meetings", and where that stands in
// the list of pages; "" and the length of the list for a task whose pages are not in it. Who may open them does not
// matter: whoever prints a sheet for others need not.
func (q *Request) Whereabouts(t Twin) (label string, at int) {
	at, longest := len(q.shell.Links), 0
	for _, r := range q.shell.routes {
		if r.Twin != t.Name {
			continue
		}
		_, path, _ := strings.Cut(r.Pattern, " ")
		for i, l := range q.shell.Links {
			for _, begins := range append([]string{l.Path}, l.Also...) {
				if under(path, begins) && len(begins) > longest {
					label, at, longest = q.Words.T(l.Label), i, len(begins)
				}
			}
		}
	}
	return label, at
}

// under reports whether a path is another one or below it; what is below the first page is not.
func under(path, other string) bool {
	return path == other || (other != "/" && strings.HasPrefix(path, other+"/"))
}
