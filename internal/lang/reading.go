package lang

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// A Reading says how much of a language's words somebody who speaks it has read and found right. Words in
// a further language are first written by whoever makes the program; until a person has read them, a page
// must not pretend that they are good.
type Reading struct {
	Of   int      // texts that members see
	Read int      // of those, read as they stand today
	By   []string // who read them, by name
}

// read is what stands behind a key in a file of readings, such as words/cy.read.toml: who read the text,
// when, and which text it was, so that one that changed since counts as not read.
type read struct {
	By string `toml:"by"`
	On string `toml:"on"`
	Of string `toml:"of"` // Mark of the text
}

// Mark returns what a reading keeps of a text: the first sixteen hexadecimal digits of the SHA-256 of its
// forms.
func (t text) mark() string {
	var b strings.Builder
	for _, form := range slices.Sorted(maps.Keys(t.forms)) {
		fmt.Fprintf(&b, "%s=%s\n", form, t.forms[form])
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

// isReading reports whether a file holds readings and no words.
func isReading(name string) bool { return strings.HasSuffix(name, ".read.toml") }

// addReadings reads who has read a room's words, by language and key.
func (c *Catalogue) addReadings(room fs.FS) error {
	for _, pattern := range []string{"*.read.toml", "words/*.read.toml", "own/*.read.toml"} {
		names, err := fs.Glob(room, pattern)
		if err != nil {
			return err
		}
		for _, name := range names {
			b, err := fs.ReadFile(room, name)
			if err != nil {
				return err
			}
			var list map[string]read
			if err := toml.Unmarshal(b, &list); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			language := strings.TrimSuffix(path.Base(name), ".read.toml")
			if c.readings[language] == nil {
				c.readings[language] = map[string]read{}
			}
			maps.Copy(c.readings[language], list)
		}
	}
	return nil
}

// Reading returns how much of a language's words has been read.
func (c *Catalogue) Reading(language string) Reading {
	var r Reading
	for key, t := range c.texts[language] {
		if t.desk || strings.HasPrefix(key, "lang.") {
			continue
		}
		r.Of++
		if one, ok := c.readings[language][key]; ok && one.By != "" && one.Of == t.mark() {
			r.Read++
			r.By = append(r.By, one.By)
		}
	}
	slices.Sort(r.By)
	r.By = slices.Compact(r.By)
	return r
}

// Mark returns what to write as "of" beside a key when somebody has read its text; empty for a key that
// the language lacks.
func (c *Catalogue) Mark(language, key string) string {
	t, ok := c.texts[language][key]
	if !ok {
		return ""
	}
	return t.mark()
}
