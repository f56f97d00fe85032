package lang

import (
	"fmt"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// Words are the words of one language. Its methods can be handed to html/template as functions.
type Words struct {
	c        *Catalogue
	language string
	local    *i18n.Localizer
	texts    map[string]text
}

// strict makes a place that nothing was given for an error rather than "<no value>".
var strict = &template.TextParser{Option: "missingkey=error"}

// T returns the text of a key. args are names and values in turn, for its places: T("sharing.by",
// "name", n). Whole numbers are said as Number says them. The one called "count" also chooses the plural form. A key that no file has, or a place
// that nothing was given for, gives the key in brackets, and Catalogue.Missing reports it; a key that
// only this language lacks gives the English text.
func (w Words) T(key string, args ...any) string {
	t, ok := w.texts[key]
	if !ok {
		if t, ok = w.c.texts[first][key]; !ok {
			w.c.miss(key)
			return "[" + key + "]"
		}
	}
	if t.pieces != nil {
		s, missing := w.fill(t.pieces, args)
		if missing != "" {
			w.c.miss(key + ": nothing is given for " + missing)
			return "[" + key + "]"
		}
		return s
	}
	data, count := make(map[string]any, len(args)/2), any(nil)
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = w.said(args[i+1])
		if args[i] == "count" {
			count = args[i+1]
		}
	}
	s, err := w.local.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: count, TemplateParser: strict})
	if s == "" {
		w.c.miss(fmt.Sprintf("%s: %v", key, err))
		return "[" + key + "]"
	}
	return s
}

// Has reports whether T has a text for key.
func (w Words) Has(key string) bool {
	if _, ok := w.texts[key]; ok {
		return true
	}
	_, ok := w.c.texts[first][key]
	return ok
}

// Language returns the language's name, such as "en", for the lang attribute.
func (w Words) Language() string { return w.language }

// Name returns what the language calls itself.
func (w Words) Name() string { return w.T("lang.name") }

// rightToLeft are the scripts in use that run from right to left (ISO 15924).
var rightToLeft = []string{"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}

// Direction returns the direction of the language's script, "ltr" or "rtl", for the dir attribute.
func (w Words) Direction() string { return Direction(w.language) }

// Direction returns "rtl" for a language that is written from right to left, "ltr" for every other.
func Direction(name string) string {
	script, _ := language.Make(name).Script()
	if slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}
