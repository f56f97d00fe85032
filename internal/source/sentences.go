package source

import (
	"strings"
	"unicode"

	"footing/internal/consent"
)

// Sentences cuts a text where a sentence ends, so that part of a turn can be ticked. Places are in code
// points; each sentence keeps the white space after it, so that together they are the whole text. It is
// a help for choosing, not grammar: "Dr. Who" becomes two.
func Sentences(text string) []consent.Span {
	var list []consent.Span
	runes := []rune(text)
	start := 0
	for i, r := range runes {
		last := i == len(runes)-1
		if !last && !(unicode.IsSpace(r) && !unicode.IsSpace(runes[i+1]) && (r == '\n' || ended(runes[max(start, i-longestEnding):i]))) {
			continue
		}
		list = append(list, consent.Span{Start: start, End: i + 1})
		start = i + 1
	}
	return list
}

// longestEnding is how far back a full stop is looked for: it stands behind few brackets and quotation
// marks, and a turn of many pages must not be read again at every space.
const longestEnding = 8

// ended reports whether a stretch of text ends like a sentence: with a full stop or one of its
// relatives, perhaps inside a quotation mark or bracket.
func ended(runes []rune) bool {
	text := strings.TrimRightFunc(string(runes), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.Pf, unicode.Pe) || r == '"' || r == '\''
	})
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") ||
		strings.HasSuffix(text, "…") || strings.HasSuffix(text, "؟") || strings.HasSuffix(text, "。")
}

// cutout returns the code points of a span.
func cutout(text string, s consent.Span) string {
	runes := []rune(text)
	return string(runes[min(s.Start, len(runes)):min(s.End, len(runes))])
}
