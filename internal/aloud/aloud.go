// Package aloud is where one of the group reads a page of the site to the others: a recording that stands at
// the top of that page, for whoever comes to it (R10). It holds the page's words and nothing of anybody's.
//
// Whoever read it takes it away again, and so does whoever looks after the site. When she leaves it goes.
package aloud

import (
	"slices"
)

// A Page is a page that can be read aloud, by its path as its route has it and the catalogue key of what it is
// called.
type Page struct{ Path, Label string }

// Pages lists the pages that can be read aloud: those that say the same to everybody, whoever's they are, such
// as each question on the way to something shared. The first page greets each by name, and a page with
// somebody's words or things on it is not another's to read.
var Pages = []Page{
	{"/support", "web.support"}, {"/phones", "web.shared_phone"}, {"/promises", "web.promises"}, {"/language", "web.language"}, {"/letters", "web.letters"},
	{"/share", "web.link_share"}, {"/draft/{draft}", "sharing.text_heading"}, {"/draft/{draft}/who", "sharing.who_heading"},
	{"/draft/{draft}/not", "sharing.not_heading"}, {"/draft/{draft}/sound", "sharing.sound_heading"}, {"/draft/{draft}/use", "sharing.use_heading"},
	{"/draft/{draft}/how", "sharing.how_heading"}, {"/draft/{draft}/name", "sharing.name_heading"}, {"/draft/{draft}/until", "sharing.until_heading"},
	{"/draft/{draft}/out", "sharing.out_heading"}, {"/draft/{draft}/front", "sharing.front_heading"}, {"/share/{contribution}/change", "sharing.change_heading"},
	{"/read", "web.link_read"}, {"/known", "asking.shelf_heading"}, {"/asked/about", "entry.me_asked"}, {"/first", "rehearsal.heading"},
	{"/agreement", "web.link_agreement"}, {"/people", "web.link_people"}, {"/studies", "web.link_studies"}, {"/record", "web.link_record"},
	{"/me", "web.me"}, {"/me/about", "entry.me_about"}, {"/me/helpers", "entry.me_helpers"}, {"/me/try", "entry.do_leaving"}, {"/me/copy", "entry.me_copy"},
	{"/needs", "needs.heading"}, {"/needs/new", "needs.new_heading"}, {"/paper", "entry.me_paper"}, {"/me/end", "entry.leave_group"},
}

// labelOf returns what a page is called, and false for one that cannot be read aloud.
func labelOf(path string) (string, bool) {
	i := slices.IndexFunc(Pages, func(p Page) bool { return p.Path == path })
	if i < 0 {
		return "", false
	}
	return Pages[i].Label, true
}
