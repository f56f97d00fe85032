package consent

import (
	"unicode"

	"footing/internal/vault"
)

// masked blanks passages, code point for code point, so that places in the text stay where they are.
// Spaces stay too: a page may break its lines there.
func masked(w vault.Words, spans []Span) vault.Words {
	if len(spans) == 0 {
		return w
	}
	text := []rune(w.Reveal())
	for _, s := range spans {
		for i := max(0, s.Start); i < min(s.End, len(text)); i++ {
			if !unicode.IsSpace(text[i]) {
				text[i] = '·'
			}
		}
	}
	return vault.Hold(string(text))
}
