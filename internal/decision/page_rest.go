package decision

import (
	"footing/internal/web"
	"footing/internal/web/look"
)

// What people wrote beside a decision stands on its page as far as there is room, so that it comes to any phone. All of
// one kind has pages of its own then, to which the decision's own leads.
const (
	roomBeside = 9000  // bytes of words on the page of a decision, its own text among them
	roomAlone  = 15000 // on a page of one kind
	aLine      = 80    // bytes of a line beside its words
)

// fitting says what stands on a page of a decision.
type fitting struct {
	q    *web.Request
	at   string
	of   string // which kind has the page for itself; empty on the decision's own
	left int
}

func newFitting(q *web.Request, d Decision, text Text) *fitting {
	left := roomBeside - len(text.Question) - len(text.Fixed) - len(text.Why) - len(text.Interest)
	for _, c := range text.Choices {
		left -= len(c)
	}
	return &fitting{q: q, at: "/decide/" + d.ID, of: q.Query("of"), left: left}
}

// cut says which lines of a section stand on this page, by how long they are, and leads to the others.
func (f *fitting) cut(s *section, name string, sizes []int) (from, to int) {
	if f.of == name {
		from, to, s.Pages = f.q.Leaves(f.at, name, s.Head, sizes, roomAlone)
		return from, to
	}
	for ; to < len(sizes) && sizes[to] <= f.left; to++ {
		f.left -= sizes[to]
	}
	if to < len(sizes) {
		s.All = look.Link{Href: f.at + "?of=" + name, Text: f.q.Words.T("decision.read_all", "count", len(sizes)), About: s.Head}
	}
	return 0, to
}
