// Package aloud is where one of the group reads a page of the site to the others: a recording that stands at
// the top of that page, for whoever comes to it (R10). It holds the page's words and nothing of anybody's.
//
// Whoever read it takes it away again, and so does whoever looks after the site. When she leaves it goes.
package aloud

import (
	"slices"
)

// A Page is a page that can be read aloud, by its address and the catalogue key of what links call it.
type Page struct{ Path, Label string }

// Pages lists the pages that can be read aloud: those that stand on every page's list and foot, and stay the
// same for everybody. The first page is none of them: it greets each by name.
var Pages = []Page{
	{"/support", "web.support"}, {"/phones", "web.shared_phone"}, {"/promises", "web.promises"}, {"/language", "web.language"},
	{"/share", "web.link_share"}, {"/read", "web.link_read"}, {"/agreement", "web.link_agreement"}, {"/people", "web.link_people"},
	{"/studies", "web.link_studies"}, {"/record", "web.link_record"}, {"/me", "web.me"},
}

// labelOf returns what a page is called, and false for one that cannot be read aloud.
func labelOf(path string) (string, bool) {
	i := slices.IndexFunc(Pages, func(p Page) bool { return p.Path == path })
	if i < 0 {
		return "", false
	}
	return Pages[i].Label, true
}
