package decision

import "unicode"

// Letter returns the letter under which a choice stands on a slip, counted from 0. "None of these" has the one behind
// the last choice's.
func Letter(choice int) string { return string(rune('A' + choice)) }

// Order reads an order of so many choices as it stands on a slip: their letters, the best first, in capitals or not,
// with spaces and commas between them or without. What stands with "=" between shares a place, and what is left out has
// none. So all that can be chosen on a screen can be written, and nothing else.
func Order(text string, choices int) (Said, error) {
	s := Said{Marks: make([]int, choices+1)}
	place, shares := 0, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || r == ',':
			continue
		case r == '=' && place > 0 && !shares:
			shares = true
			continue
		case r == '=':
			return Said{}, ErrOrderShares
		}
		c := int(unicode.ToUpper(r)) - 'A'
		switch {
		case c < 0 || c > choices:
			return Said{}, ErrOrderLetter.With("last", Letter(choices))
		case s.Marks[c] > 0:
			return Said{}, ErrOrderTwice
		}
		if !shares {
			place++
		}
		s.Marks[c], shares = place, false
	}
	switch {
	case shares:
		return Said{}, ErrOrderShares
	case place == 0:
		return Said{}, ErrSlipsRow
	}
	return s, nil
}
