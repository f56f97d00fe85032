package meeting

import (
	"slices"
	"strings"
	"unicode"
)

// gap stands where a name was.
const gap = "…"

// without returns a text in which a gap stands for names: of people, whole and each word of them; of places and
// sites whole, with or without their "The". What somebody typed can hold what no list knows, so whoever prints
// it looks through it.
func without(text string, people, titles []string) string {
	list := slices.Concat(people, titles)
	for _, name := range people {
		list = append(list, strings.Fields(name)...)
	}
	for _, name := range titles {
		if short, ok := strings.CutPrefix(name, "The "); ok {
			list = append(list, short)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	for _, name := range list {
		text = replaceWord(text, name)
	}
	return text
}

// replaceWord puts a gap for a name where no letter stands before or after it, however it is written.
func replaceWord(text, name string) string {
	letters, want := []rune(text), []rune(name)
	if len(want) == 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(letters); {
		end := i + len(want)
		if end <= len(letters) && strings.EqualFold(string(letters[i:end]), name) && !letter(letters, i-1) && !letter(letters, end) {
			b.WriteString(gap)
			i = end
			continue
		}
		b.WriteRune(letters[i])
		i++
	}
	return b.String()
}

func letter(letters []rune, i int) bool {
	return i >= 0 && i < len(letters) && (unicode.IsLetter(letters[i]) || unicode.IsDigit(letters[i]))
}
