// Package lang is the catalogue of words on screen.
//
// Every room owns its words, in TOML files beside its code: words/en.toml for pages that members see
// and words/en.desk.toml for pages of staff, with the same names in every further language (cy.toml,
// ar.desk.toml). A key is written in full, its room first, and its text may hold named places and
// plural forms:
//
//	"sharing.heading" = "Share something"
//	"sharing.by" = "Shared by {{.name}}"
//	"sharing.readers" = { one = "{{.count}} person read this", other = "{{.count}} people read this" }
//
// Which plural forms a language has is the Unicode CLDR's matter, through go-i18n.
package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// first is the language that every room has. Texts missing elsewhere are shown in it.
const first = "en"

// own holds the names of months and days, which belong to no room.
//
//go:embed own/*.toml
var own embed.FS

// A Catalogue holds every room's words in every language. It does not change after Load, except for
// what Missing reports.
type Catalogue struct {
	// Zone is where the clock on the wall is. Nil is UTC. Set it before the first use.
	Zone *time.Location

	bundle    *i18n.Bundle
	matcher   language.Matcher
	languages []string // first leads
	words     map[string]Words
	texts     map[string]map[string]text // language, key
	gaps      []string
	readings  map[string]map[string]read // language, key

	mu      sync.Mutex
	missing map[string]bool
}

// Load reads the words of all rooms. Each file system holds one room's files, at its root or in words/.
// It returns an error for a room without a file, a file that cannot be read, a key that is there twice,
// and a text whose places or plural forms cannot be understood.
func Load(rooms ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{bundle: i18n.NewBundle(language.MustParse(first)), texts: map[string]map[string]text{}, readings: map[string]map[string]read{}, missing: map[string]bool{}}
	for _, room := range append([]fs.FS{own}, rooms...) {
		files, err := readRoom(room)
		if err != nil {
			return nil, fmt.Errorf("reading words: %w", err)
		}
		for _, f := range files {
			if err := c.add(f); err != nil {
				return nil, fmt.Errorf("reading words: %s: %w", f.name, err)
			}
		}
		c.gaps = append(c.gaps, gaps(files)...)
		if err := c.addReadings(room); err != nil {
			return nil, fmt.Errorf("reading who has read the words: %w", err)
		}
	}
	c.index()
	return c, nil
}

func (c *Catalogue) add(f file) error {
	texts := c.texts[f.language]
	if texts == nil {
		texts = map[string]text{}
		c.texts[f.language] = texts
	}
	tag := language.MustParse(f.language) // readRoom parsed it
	for key, t := range f.texts {
		if _, there := texts[key]; there {
			return fmt.Errorf("%s is there twice", key)
		}
		texts[key] = t
		if len(t.forms) == 1 {
			continue // what has no plural forms is filled here (fill.go)
		}
		if err := c.bundle.AddMessages(tag, t.message(key)); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

// index makes the Words of every language once, since every page asks for them.
func (c *Catalogue) index() {
	for name := range c.texts {
		if name != first {
			c.languages = append(c.languages, name)
		}
	}
	slices.Sort(c.languages)
	c.languages = slices.Insert(c.languages, 0, first)
	c.words = make(map[string]Words, len(c.languages))
	tags := make([]language.Tag, len(c.languages))
	for i, name := range c.languages {
		tags[i] = language.MustParse(name)
		c.words[name] = Words{c: c, language: name, local: i18n.NewLocalizer(c.bundle, name), texts: c.texts[name]}
	}
	c.matcher = language.NewMatcher(tags)
}

// Languages returns the languages that there are words in, such as "en" and "cy", English first.
func (c *Catalogue) Languages() []string { return slices.Clone(c.languages) }

// In returns the words of a language: a name such as "cy", or what a browser prefers, such as
// "cy-GB,en;q=0.8". For one that there are no words in it returns English.
func (c *Catalogue) In(name string) Words {
	if w, ok := c.words[name]; ok {
		return w
	}
	wanted, _, err := language.ParseAcceptLanguage(name)
	if err != nil {
		return c.words[first]
	}
	_, at, confidence := c.matcher.Match(wanted...)
	if confidence == language.No {
		return c.words[first]
	}
	return c.words[c.languages[at]]
}

// Gaps returns what is not the same in every language of a room, sorted: keys that one has and another
// has not, and places that differ. A test expects none.
func (c *Catalogue) Gaps() []string { return slices.Sorted(slices.Values(c.gaps)) }

// Missing returns what was asked for in vain since Load, sorted: keys that are in no file, and texts
// whose places were not filled. A test that opens every page expects none.
func (c *Catalogue) Missing() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]string, 0, len(c.missing))
	for key := range c.missing {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

func (c *Catalogue) miss(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.missing[what] = true
}

// Members returns all texts of a language that members see, by key; of a text with plural forms every
// form, as key and form. Staff's texts and other languages' are not among them.
func (c *Catalogue) Members(name string) map[string]string {
	list := map[string]string{}
	for key, t := range c.texts[name] {
		if t.desk || strings.HasPrefix(key, "lang.") {
			continue
		}
		for form, s := range t.forms {
			if len(t.forms) > 1 {
				list[key+" "+form] = s
			} else {
				list[key] = s
			}
		}
	}
	return list
}
