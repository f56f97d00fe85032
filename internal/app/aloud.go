package app

import "footing/internal/aloud"

// aloudPages lists the pages that one of the group can read to the others: those that say the same to
// everybody, whoever's they are, such as each question on the way to something shared. The first page greets
// each by name, and a page with somebody's words or things on it is not another's to read.
var aloudPages = []aloud.Page{
	{Path: "/support", Label: "web.support"}, {Path: "/phones", Label: "web.shared_phone"}, {Path: "/promises", Label: "web.promises"}, {Path: "/language", Label: "web.language"}, {Path: "/letters", Label: "web.letters"},
	{Path: "/share", Label: "web.link_share"}, {Path: "/draft/{draft}", Label: "sharing.text_heading"}, {Path: "/draft/{draft}/who", Label: "sharing.who_heading"},
	{Path: "/draft/{draft}/not", Label: "sharing.not_heading"}, {Path: "/draft/{draft}/sound", Label: "sharing.sound_heading"}, {Path: "/draft/{draft}/use", Label: "sharing.use_heading"},
	{Path: "/draft/{draft}/how", Label: "sharing.how_heading"}, {Path: "/draft/{draft}/name", Label: "sharing.name_heading"}, {Path: "/draft/{draft}/until", Label: "sharing.until_heading"},
	{Path: "/draft/{draft}/out", Label: "sharing.out_heading"}, {Path: "/draft/{draft}/front", Label: "sharing.front_heading"}, {Path: "/share/{contribution}/change", Label: "sharing.change_heading"},
	{Path: "/read", Label: "web.link_read"}, {Path: "/known", Label: "asking.shelf_heading"}, {Path: "/asked/about", Label: "entry.me_asked"}, {Path: "/first", Label: "rehearsal.heading"},
	{Path: "/agreement", Label: "web.link_agreement"}, {Path: "/agenda/new", Label: "meeting.propose"}, {Path: "/places/new", Label: "place.new"}, {Path: "/words/new", Label: "jargon.new"}, {Path: "/people", Label: "web.link_people"}, {Path: "/studies", Label: "web.link_studies"}, {Path: "/record", Label: "web.link_record"},
	{Path: "/me", Label: "web.me"}, {Path: "/me/about", Label: "entry.me_about"}, {Path: "/me/helpers", Label: "entry.me_helpers"}, {Path: "/me/try", Label: "entry.do_leaving"}, {Path: "/me/copy", Label: "entry.me_copy"},
	{Path: "/needs", Label: "needs.heading"}, {Path: "/needs/new", Label: "needs.new_heading"}, {Path: "/paper", Label: "entry.me_paper"}, {Path: "/me/end", Label: "entry.leave_group"},
}
