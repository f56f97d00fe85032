package web

import (
	"strconv"

	"footing/internal/web/look"
)

// Leaves says which of many things stand on the page that was asked for by ?of=name&leaf=number, and leads to the
// others. A page holds as many as there is room for, and one at least. sizes are how long each of them is, in
// characters, and at is the address of the page. Without such a question it is the first; while all fit on one, there
// are no links.
func (q *Request) Leaves(at, name, label string, sizes []int, room int) (from, to int, pages look.Pages) {
	begins := leaves(sizes, room)
	here := 0
	if n, err := strconv.Atoi(q.Query("leaf")); err == nil && q.Query("of") == name && 1 <= n && n <= len(begins) {
		here = n - 1
	}
	for n, begin := range begins {
		end := len(sizes)
		if n+1 < len(begins) {
			end = begins[n+1]
		}
		if n == here {
			from, to = begin, end
		}
		text := q.Words.T("web.leaf", "from", begin+1, "to", end, "of", len(sizes))
		if end == begin+1 {
			text = q.Words.T("web.leaf_one", "number", end, "of", len(sizes))
		}
		link := look.Link{Href: at + "?of=" + name + "&leaf=" + strconv.Itoa(n+1), Here: n == here, Text: text}
		if pages.Links = append(pages.Links, link); n == here+1 {
			pages.Next = look.Link{Href: link.Href, Text: q.Words.T("web.leaf_next", "leaf", text)}
		}
	}
	if len(begins) < 2 {
		return from, to, look.Pages{}
	}
	pages.Label = label
	return from, to, pages
}

// leaves returns with which thing each page begins.
func leaves(sizes []int, room int) (begins []int) {
	left := 0
	for i, size := range sizes {
		if i == 0 || size > left {
			begins, left = append(begins, i), room
		}
		left -= size
	}
	return begins
}
