package consent

import "strings"

// Moved returns where places of an old text stand in a new one. A place before or after what changed
// moves with it; one that holds the whole change stretches over it; one inside stays when its words
// stand once in what is new. For all others it is the whole new text and false: somebody must look.
func Moved(before, after string) func(Span) (Span, bool) {
	old, fresh := []rune(before), []rune(after)
	head, oldEnd, tail := changed(old, fresh)
	shift := len(fresh) - len(old)
	return func(s Span) (Span, bool) {
		switch {
		case s.End <= head:
			return s, true
		case s.Start >= oldEnd:
			return Span{s.Start + shift, s.End + shift}, true
		case s.Start <= head && s.End >= oldEnd && s.End+shift > s.Start:
			return Span{s.Start, s.End + shift}, true
		}
		if to, ok := found(string(old[s.Start:s.End]), string(fresh[head:len(fresh)-tail]), head); ok {
			return to, true
		}
		return Span{0, len(fresh)}, false
	}
}

// covering returns where places that hide something stand in the new text. One that touches what changed
// covers all of what is new there: a name typed in full must not look out from under its mark.
func covering(before, after string) func(Span) Span {
	old, fresh := []rune(before), []rune(after)
	head, oldEnd, tail := changed(old, fresh)
	shift := len(fresh) - len(old)
	return func(s Span) Span {
		switch {
		case s.End < head:
			return s
		case s.Start > oldEnd:
			return Span{s.Start + shift, s.End + shift}
		}
		return Span{min(s.Start, head), max(len(fresh)-tail, s.End+shift)}
	}
}

// changed returns where two texts begin to differ, where that ends in the old one, and how much is the
// same at the end.
func changed(old, fresh []rune) (head, oldEnd, tail int) {
	head = commonHead(old, fresh)
	tail = commonHead(reversed(old[head:]), reversed(fresh[head:]))
	return head, len(old) - tail, tail
}

// found looks for a passage that stands exactly once in what changed, which begins at offset.
func found(passage, changed string, offset int) (Span, bool) {
	if strings.Count(changed, passage) != 1 {
		return Span{}, false
	}
	start := offset + len([]rune(changed[:strings.Index(changed, passage)]))
	return Span{start, start + len([]rune(passage))}, true
}

func commonHead(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func reversed(r []rune) []rune {
	c := make([]rune, len(r))
	for i, v := range r {
		c[len(r)-1-i] = v
	}
	return c
}
