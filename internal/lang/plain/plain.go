// Package plain checks that words on screen can be read by everybody: short sentences, a reading age of
// nine to eleven, no words that put people down or belong to an office, nothing shouted.
//
// It measures English. The numbers point at what to rewrite; whether a text is kind, people must say.
package plain

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"footing/internal/lang"
)

// What a page that members see may be.
const (
	MeanSentence = 15.0 // words, over a page
	Grade        = 6.0  // Flesch-Kincaid, over a page
	LongSentence = 25   // words, for any one
)

// enough is how many words a text needs before its grade says anything: "Information" alone has grade 32.
const enough = 40

// A Finding is one thing to rewrite.
type Finding struct {
	Where string // the catalogue's key, empty outside a catalogue
	What  string // the word or the sentence
	Why   string
}

// String returns the finding on one line.
func (f Finding) String() string {
	if f.Where == "" {
		return fmt.Sprintf("%q: %s", f.What, f.Why)
	}
	return fmt.Sprintf("%s: %q: %s", f.Where, f.What, f.Why)
}

// Check returns what to rewrite in the text of a page. Lines end sentences, so headings and buttons are
// given on lines of their own.
func Check(text string) []Finding { return append(CheckWords(text), checkReading(text)...) }

// checkReading returns what to say about a text as a whole.
func checkReading(text string) (findings []Finding) {
	m := Measure(text)
	if mean := m.MeanSentence(); mean > MeanSentence {
		findings = append(findings, Finding{What: start(text), Why: fmt.Sprintf("a sentence has %.1f words on average, at most %g", mean, MeanSentence)})
	}
	if grade := m.Grade(); m.Words >= enough && grade > Grade {
		findings = append(findings, Finding{What: start(text), Why: fmt.Sprintf("the reading grade is %.1f, at most %g", grade, Grade)})
	}
	return findings
}

// CheckWords returns what to rewrite in a text of any length: unwelcome words, shouting, and sentences
// that are too long by themselves.
func CheckWords(text string) []Finding {
	findings := banned(text)
	for _, s := range Sentences(text) {
		if n := len(Words(s)); n > LongSentence {
			findings = append(findings, Finding{What: start(s), Why: fmt.Sprintf("the sentence has %d words, at most %d", n, LongSentence)})
		}
	}
	return findings
}

// start returns the first words of a text, to find it again.
func start(text string) string {
	words := strings.Fields(text)
	if len(words) > 8 {
		return strings.Join(words[:8], " ") + " …"
	}
	return strings.Join(words, " ")
}

// CheckCatalogue checks the English words that members see in one room's files, each by itself and all
// together, and that every language of the room has the same keys. Staff's files are measured by
// nothing but that. It returns an error for files that cannot be read.
func CheckCatalogue(room fs.FS) ([]Finding, error) {
	c, err := lang.Load(room)
	if err != nil {
		return nil, err
	}
	var findings []Finding
	texts := c.Members("en")
	var all strings.Builder
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		text := filled(texts[key])
		for _, f := range CheckWords(text) {
			f.Where = key
			findings = append(findings, f)
		}
		all.WriteString(text + "\n")
	}
	for _, f := range checkReading(all.String()) {
		f.Where = "all together"
		findings = append(findings, f)
	}
	for _, gap := range c.Gaps() {
		findings = append(findings, Finding{Where: "languages", What: gap, Why: "every language of a room has the same keys and places"})
	}
	return findings, nil
}

// filled returns a text as it may look on the page, every place filled with one short word.
func filled(text string) string { return places.ReplaceAllString(text, "Wren") }

var places = regexp.MustCompile(`\{\{[^}]*\}\}|\{[a-z]+\}`)
