package search

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A term is one word of a query, or several that must stand together.
type term struct {
	text   string
	prefix bool // the last word may go on
}

// Longer queries are cut: nobody types them, and each word costs time.
const (
	longest = 400 // code points
	most    = 16  // terms
)

// parse takes apart what somebody typed. Nothing in it is an operator except quotation marks, and no
// query is wrong.
func parse(query string) []term {
	runes := []rune(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
			return '"'
		}
		return r
	}, strings.ToValidUTF8(query, " ")))
	parts := strings.Split(string(runes[:min(len(runes), longest)]), `"`)
	var terms []term
	for i, part := range parts {
		quoted := i%2 == 1 && i < len(parts)-1 // the last mark may have no partner
		words := []string{part}
		if !quoted {
			words = strings.Fields(part)
		}
		for w, word := range words {
			if len(tokens(word)) > 0 {
				last := !quoted && i == len(parts)-1 && w == len(words)-1
				terms = append(terms, term{strings.TrimSpace(word), last})
			}
		}
	}
	return terms[:min(len(terms), most)]
}

// expression writes terms as an FTS5 query in which everything typed is quoted.
func expression(terms []term) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = `"` + t.text + `"` // parse leaves no quotation mark in a term
		if t.prefix {
			parts[i] += " *"
		}
	}
	return strings.Join(parts, " AND ")
}

// A Span is where something stands in a text, in code points: from Start up to, not including, End.
type Span struct{ Start, End int }

// Spans returns where the words of a query stand in a text that was opened, for marking them. Spans are
// in order and do not overlap.
func Spans(query, text string) []Span {
	found := tokens(text)
	var spans []Span
	for _, t := range parse(query) {
		want := tokens(t.text)
		for i := 0; i+len(want) <= len(found); i++ {
			if stands(found[i:i+len(want)], want, t.prefix) {
				spans = append(spans, Span{found[i].Start, found[i+len(want)-1].End})
			}
		}
	}
	slices.SortFunc(spans, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return join(spans)
}

// join makes one span of those that overlap. They are in order.
func join(spans []Span) []Span {
	var joined []Span
	for _, s := range spans {
		if n := len(joined); n > 0 && s.Start < joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, s.End)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

func stands(found, want []token, prefix bool) bool {
	for i, w := range want {
		last := i == len(want)-1
		if found[i].folded != w.folded && !(prefix && last && strings.HasPrefix(found[i].folded, w.folded)) {
			return false
		}
	}
	return true
}

// A token is a word of a text, folded as the index folds it.
type token struct {
	Span
	folded string
}

// tokens takes a text apart as FTS5's unicode61 does: letters, numbers and private-use characters make
// words, marks on them go along and are dropped, as are capitals.
func tokens(text string) []token {
	var list []token
	var folded strings.Builder
	start, at := -1, 0
	end := func() {
		if start >= 0 {
			list = append(list, token{Span{start, at}, folded.String()})
			start = -1
			folded.Reset()
		}
	}
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.L, unicode.N, unicode.Co):
			if start < 0 {
				start = at
			}
			fold(&folded, r)
		case start >= 0 && unicode.Is(unicode.Mn, r):
		default:
			end()
		}
		at++
	}
	end()
	return list
}

// fold writes r without capitals and accents.
func fold(b *strings.Builder, r rune) {
	if r < 0x80 {
		b.WriteRune(unicode.ToLower(r))
		return
	}
	for _, d := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, d) {
			b.WriteRune(unicode.ToLower(d))
		}
	}
}
