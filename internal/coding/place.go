package coding

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"footing/internal/consent"
)

// A Mark is one theme on a stretch of one turn. Places are in code points of the stored text, from Start
// up to, not including, End.
type Mark struct {
	consent.Span
	Theme int // the theme's number
}

// A Run is a stretch of a turn under the same themes.
type Run struct {
	consent.Span
	Themes []int // each once, in the order of the marks; none means plain text
}

// Flatten cuts a turn of that many code points where marks begin and end. The runs follow each other
// without a gap from 0 to length; neighbours differ in their themes. What lies outside the turn is left
// out.
func Flatten(length int, marks []Mark) []Run {
	cuts := make([]int, 0, 2*len(marks)+2)
	cuts = append(cuts, 0, max(length, 0))
	for _, m := range marks {
		cuts = append(cuts, min(max(m.Start, 0), length), min(max(m.End, 0), length))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var runs []Run
	for i := 0; i+1 < len(cuts); i++ {
		r := Run{Span: consent.Span{Start: cuts[i], End: cuts[i+1]}}
		for _, m := range marks {
			if m.Start <= r.Start && r.End <= m.End && !slices.Contains(r.Themes, m.Theme) {
				r.Themes = append(r.Themes, m.Theme)
			}
		}
		if n := len(runs); n > 0 && slices.Equal(runs[n-1].Themes, r.Themes) {
			runs[n-1].End = r.End
			continue
		}
		runs = append(runs, r)
	}
	return runs
}

// Words returns the places of a text's words: what stands between white space, and in scripts that are
// written without spaces each letter with its marks.
func Words(text []rune) []consent.Span {
	var words []consent.Span
	start := -1
	end := func(i int) {
		if start >= 0 {
			words = append(words, consent.Span{Start: start, End: i})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			end(i)
		case start < 0:
			start = i
		case unicode.In(r, unspaced...) || (unicode.In(text[i-1], unspaced...) && unicode.IsLetter(r)):
			end(i)
			start = i
		}
	}
	end(len(text))
	return words
}

// unspaced are the scripts whose words are not set apart by spaces.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}

func appendTrimmed(list []consent.Span, text []rune, start, end int) []consent.Span {
	if s := trim(text, consent.Span{Start: start, End: end}); s.Start < s.End {
		return append(list, s)
	}
	return list
}

// trim takes the white space off both ends of a place.
func trim(text []rune, s consent.Span) consent.Span {
	s.Start, s.End = max(s.Start, 0), min(s.End, len(text))
	for s.Start < s.End && unicode.IsSpace(text[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && unicode.IsSpace(text[s.End-1]) {
		s.End--
	}
	return s
}

// around returns what is left of a place when the masked ones are taken out of it, each piece trimmed.
func around(text []rune, s consent.Span, masked []consent.Span) []consent.Span {
	masked = slices.Clone(masked)
	slices.SortFunc(masked, func(a, b consent.Span) int { return a.Start - b.Start })
	var left []consent.Span
	at := s.Start
	for _, m := range masked {
		if m.End <= at || m.Start >= s.End {
			continue
		}
		left = appendTrimmed(left, text, at, min(m.Start, s.End))
		at = max(at, m.End)
	}
	return appendTrimmed(left, text, at, s.End)
}

// A measured text can be cut at its code points without reading it from its start each time.
type measured struct {
	text string
	at   []int32 // the byte that each code point begins with; nil where each is one byte
}

func newMeasured(text string) measured {
	m := measured{text: text}
	if n := utf8.RuneCountInString(text); n < len(text) {
		m.at = make([]int32, 0, n)
		for i := range text {
			m.at = append(m.at, int32(i))
		}
	}
	return m
}

// len returns how many code points there are.
func (m measured) len() int {
	if m.at == nil {
		return len(m.text)
	}
	return len(m.at)
}

// cut returns the text at a place. It shares the bytes of the whole.
func (m measured) cut(s consent.Span) string {
	return m.text[m.byte(s.Start):m.byte(max(s.Start, s.End))]
}

// byte returns where a code point begins, the nearest one when there is none of that number.
func (m measured) byte(i int) int {
	switch i = max(i, 0); {
	case i >= m.len():
		return len(m.text)
	case m.at == nil:
		return i
	}
	return int(m.at[i])
}

// cut returns the text at a place.
func cut(text []rune, s consent.Span) string {
	return string(text[min(max(s.Start, 0), len(text)):min(max(s.End, 0), len(text))])
}
