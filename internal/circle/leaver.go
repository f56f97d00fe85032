package circle

import (
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
)

// What can become of one thing she shared when she leaves (R7). What she does not choose goes.
const (
	goes    = "goes"
	unnamed = "unnamed"
	stays   = "stays"
)

// What she chooses beside that: who keeps what she kept for others, and whether her name stays in lists.
const (
	ofKept = "keep"
	ofName = "name"
	theEnd = "check"
)

// share is her part of one thing she shared.
type share struct {
	part  consent.Part
	id    string // of the page about it: that of her part
	kind  consent.Kind
	title string // hers, or the first words of it
}

// A leaver is somebody who may leave, with what there is to choose and what she has chosen.
type leaver struct {
	shares []share
	kept   int      // what she keeps in which others speak
	heirs  []Person // who may keep it
	admin  Person   // who gets it where she names nobody; no id where nobody is left
	chosen map[string]string
}

// leaver returns what the viewer would leave behind. Her own parts alone are opened: others who said
// something beside her are not told that she thinks of leaving.
func (r *Room) leaver(q *web.Request) (leaver, error) {
	var l leaver
	var headings []consent.Heading
	taken := map[consent.ID]bool{} // speakers
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if headings, err = r.Gate.Mine(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		for _, h := range headings {
			list, err := r.Gate.Taken(q.Context(), tx, q.Partnership(), h.ID)
			if err != nil {
				return err
			}
			for _, w := range list {
				taken[w.Speaker] = taken[w.Speaker] || w.Turn == ""
			}
		}
		if l.chosen, err = choices(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		kept, err := r.Gate.Kept(q.Context(), tx, q.Viewer)
		if l.kept = len(kept); err != nil || l.kept == 0 {
			return err
		}
		return r.heirs(q, tx, &l)
	})
	if err != nil {
		return l, err
	}
	for _, h := range headings {
		c, err := r.Gate.OpenOwn(q.Context(), q.Viewer, h.ID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return l, err
		}
		l.shares = append(l.shares, sharesIn(c, q.Viewer.ID, taken)...)
	}
	return l, nil
}

// heirs finds who may keep what she kept: those whose work it is, and first of all whoever looks after the
// site, who can hand it on.
func (r *Room) heirs(q *web.Request, tx *store.Tx, l *leaver) error {
	people, err := r.Circle.List(q.Context(), tx, q.Partnership())
	if err != nil {
		return err
	}
	l.heirs = keepers(people, q.Viewer.ID)
	id, err := holder(q.Context(), tx, q.Partnership(), person.Administrator, q.Viewer.ID)
	for _, who := range people {
		if who.ID == id {
			l.admin = who
		}
	}
	if l.admin.ID == "" && len(l.heirs) > 0 {
		l.admin = l.heirs[0]
	}
	return err
}

// keepers returns those of some people who may keep what others said, somebody left out.
func keepers(people []Person, but person.ID) []Person {
	return slices.DeleteFunc(slices.Clone(people), func(p Person) bool {
		return p.ID == but || !p.Standings.Meets(person.Set{person.Researcher, person.Charity})
	})
}

// find returns one thing she shared. Anything else does not exist.
func (l leaver) find(id string) (share, error) {
	for _, s := range l.shares {
		if s.id == id {
			return s, nil
		}
	}
	return share{}, fault.Missing
}

// choice is what becomes of a thing: what she did not choose goes.
func (l leaver) choice(id string) string {
	if c := l.chosen[id]; c == stays || c == unnamed {
		return c
	}
	return goes
}

// count is how many things that becomes of.
func (l leaver) count(choice string) (n int) {
	for _, s := range l.shares {
		if l.choice(s.id) == choice {
			n++
		}
	}
	return n
}

// heir is who will keep what she kept; no id where nobody can.
func (l leaver) heir() Person {
	for _, who := range l.heirs {
		if string(who.ID) == l.chosen[ofKept] {
			return who
		}
	}
	return l.admin
}

// steps lists the pages there are for her, in order, without the last.
func (l leaver) steps() []string {
	var list []string
	for _, s := range l.shares {
		list = append(list, s.id)
	}
	if l.kept > 0 && len(l.heirs) > 0 {
		list = append(list, ofKept)
	}
	return append(list, ofName)
}

// next returns the first page after a step on which she has not chosen yet, then those before it, and the
// last page when there is none.
func (l leaver) next(after string) string {
	steps := l.steps()
	at := slices.Index(steps, after) + 1
	for _, step := range append(slices.Clone(steps[at:]), steps[:at]...) {
		if _, done := l.chosen[step]; !done && step != after {
			return step
		}
	}
	return theEnd
}

// firstLength is how many letters of what she said stand for it.
const firstLength = 60

// first returns the beginning of a text, cut at a word.
func first(text string) string {
	line, _, more := strings.Cut(strings.TrimSpace(text), "\n")
	runes := []rune(line)
	for i, r := range runes {
		if (r == ' ' && i > firstLength) || i == 2*firstLength {
			return string(runes[:i]) + "…"
		}
	}
	if more {
		line += "…"
	}
	return line
}
