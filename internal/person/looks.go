package person

import (
	"slices"
	"strings"
)

// Looks is how somebody has pages shown. It is hers and kept with her, as her language is; the zero value is
// that of somebody who never chose.
type Looks struct {
	Chosen bool // she chose, be it that all stays as it is
	Clear  bool // letters that are told apart more easily
	Size   Size // of the letters
	Less   bool // less data for each page
}

// A Size is how large letters are.
type Size string

// The sizes, smallest first.
const (
	Usual   Size = ""
	Larger  Size = "larger"
	Largest Size = "largest"
)

// String returns the choice as it is stored: its words in a fixed order, "usual" for one that changes nothing,
// and nothing for none.
func (l Looks) String() string {
	if !l.Chosen {
		return ""
	}
	var words []string
	if l.Clear {
		words = append(words, "clear")
	}
	if l.Size != Usual {
		words = append(words, string(l.Size))
	}
	if l.Less {
		words = append(words, "less")
	}
	if words == nil {
		return "usual"
	}
	return strings.Join(words, " ")
}

// ParseLooks reads what String wrote. Words that it does not know change nothing: a phone keeps a choice for
// longer than a version of the program is used.
func ParseLooks(stored string) Looks {
	words := strings.Fields(stored)
	l := Looks{Chosen: len(words) > 0, Clear: slices.Contains(words, "clear"), Less: slices.Contains(words, "less")}
	for _, size := range []Size{Larger, Largest} {
		if slices.Contains(words, string(size)) {
			l.Size = size
		}
	}
	return l
}
