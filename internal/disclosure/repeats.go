package disclosure

import (
	"strings"
	"unicode"
)

// run is from how many words on a quote can be found by looking for it.
const run = 6

// Repeats returns the runs of six or more words that a quote has in common with one of the documents which
// the public can read, such as minutes: whoever looks for them finds who spoke. The words are in lower case,
// without what stands between them. Each run is as long as it can be, in the order of the quote.
func Repeats(quote string, documents []string) []string {
	known := map[string]bool{}
	for _, document := range documents {
		all := words(document)
		for i := run; i <= len(all); i++ {
			known[strings.Join(all[i-run:i], " ")] = true
		}
	}
	var found []string
	all := words(quote)
	for i := 0; i+run <= len(all); i++ {
		end := i + run
		for end <= len(all) && known[strings.Join(all[end-run:end], " ")] {
			end++
		}
		if end--; end >= i+run {
			found = append(found, strings.Join(all[i:end], " "))
			i = end - run
		}
	}
	return found
}

// words takes a text apart at whatever is neither a letter, its mark nor a number.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number)
	})
}
