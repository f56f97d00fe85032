// Package find is the desk where an analyst looks for words in the sources of her study.
//
// The index answers with the ids of turns and no words. Which of those the gate opens for her, for this
// study, in words, is settled before anything is counted; what a page shows is opened through the gate
// like everything else, and its owner sees that. The query travels in the body of a form, never in an
// address, and is in no log.
package find

import (
	"unicode"

	"footing/internal/search"
)

// A Run is a stretch of a passage. Found says that it is what was looked for.
type Run struct {
	Text  string
	Found bool
}

// How much of a passage is shown, in code points.
const (
	before = 80
	length = 320
)

// snippet returns the part of a text around the first words found in it, taken apart into what was
// looked for and the rest. It begins and ends between words, with "…" where something is left out.
func snippet(text string, spans []search.Span) []Run {
	runes := []rune(text)
	first := 0
	if len(spans) > 0 {
		first = spans[0].Start
	}
	start := wordStart(runes, max(0, first-before), first)
	end := wordEnd(runes, min(len(runes), start+length), start)
	var runs []Run
	add := func(from, to int, found bool) {
		if from < to {
			runs = append(runs, Run{string(runes[from:to]), found})
		}
	}
	if start > 0 {
		runs = append(runs, Run{Text: "… "})
	}
	at := start
	for _, s := range spans {
		if s.Start >= end {
			break
		}
		add(at, s.Start, false)
		at = min(s.End, end)
		add(s.Start, at, true)
	}
	add(at, end, false)
	if end < len(runes) {
		runs = append(runs, Run{Text: " …"})
	}
	return runs
}

// wordStart moves at forward to the beginning of a word, to until at most.
func wordStart(runes []rune, at, until int) int {
	if at == 0 {
		return 0
	}
	for i := at; i < until; i++ {
		if unicode.IsSpace(runes[i-1]) && !unicode.IsSpace(runes[i]) {
			return i
		}
	}
	return until
}

// wordEnd moves at back to the end of a word. A word that is longer than all that is shown is cut.
func wordEnd(runes []rune, at, from int) int {
	if at == len(runes) {
		return at
	}
	for i := at; i > from; i-- {
		if unicode.IsSpace(runes[i]) && !unicode.IsSpace(runes[i-1]) {
			return i
		}
	}
	return at
}
