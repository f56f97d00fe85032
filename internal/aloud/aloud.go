// Package aloud is where one of the group reads a page of the site to the others: a recording that stands at
// the top of that page, for whoever comes to it (R10). It holds the page's words and nothing of anybody's.
//
// Whoever read it takes it away again, and so does whoever looks after the site. When she leaves it goes.
package aloud

import "slices"

// A Page is a page that can be read aloud, by its path as its route has it and the catalogue key of what it is
// called.
type Page struct{ Path, Label string }

// labelOf returns what a page is called, and false for one that cannot be read aloud.
func (r *Room) labelOf(path string) (string, bool) {
	i := slices.IndexFunc(r.Pages, func(p Page) bool { return p.Path == path })
	if i < 0 {
		return "", false
	}
	return r.Pages[i].Label, true
}
