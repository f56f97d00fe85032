package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// A file is one room's words in one language, for members or for staff.
type file struct {
	name     string
	language string
	desk     bool
	texts    map[string]text
}

// A text is what stands behind one key, by plural form. One without plurals has the form "other" alone.
type text struct {
	forms  map[string]string
	pieces []piece // of one without plurals
	desk   bool
}

func newText(forms map[string]string, desk bool) text {
	t := text{forms: forms, desk: desk}
	if len(forms) == 1 {
		t.pieces = pieces(forms["other"])
	}
	return t
}

// pluralForms are the forms that languages have, as Unicode names them.
var pluralForms = []string{"zero", "one", "two", "few", "many", "other"}

func (t text) message(key string) *i18n.Message {
	f := t.forms
	return &i18n.Message{ID: key, Zero: f["zero"], One: f["one"], Two: f["two"], Few: f["few"], Many: f["many"], Other: f["other"]}
}

func readRoom(room fs.FS) ([]file, error) {
	var files []file
	for _, pattern := range []string{"*.toml", "words/*.toml", "own/*.toml"} {
		names, err := fs.Glob(room, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if isReading(name) {
				continue
			}
			f, err := readFile(room, name)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return nil, errors.New("a room's file system holds no words")
	}
	return files, nil
}

func readFile(room fs.FS, name string) (file, error) {
	base, desk := strings.CutSuffix(strings.TrimSuffix(path.Base(name), ".toml"), ".desk")
	tag, err := language.Parse(base)
	if err != nil {
		return file{}, fmt.Errorf("%q is no language", base)
	}
	b, err := fs.ReadFile(room, name)
	if err != nil {
		return file{}, err
	}
	var raw map[string]any
	if err := toml.Unmarshal(b, &raw); err != nil {
		return file{}, err
	}
	f := file{name: name, language: tag.String(), desk: desk, texts: map[string]text{}}
	return f, f.collect("", raw)
}

// keyShape is a room's name, a point, and a name within the room.
var keyShape = regexp.MustCompile(`^[a-z][a-z0-9]*(\.[a-z0-9_-]+)+$`)

// collect turns what the TOML file holds into texts. Keys may stand in quotes or without: both
// "room.key" and room.key are the key room.key.
func (f *file) collect(prefix string, raw map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		key := strings.TrimPrefix(prefix+"."+name, ".")
		var forms map[string]string
		var err error
		switch v := raw[name].(type) {
		case string:
			forms = map[string]string{"other": v}
		case map[string]any:
			if forms, err = plurals(v); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			if forms == nil {
				if err := f.collect(key, v); err != nil {
					return err
				}
				continue
			}
		default:
			return fmt.Errorf("%s is neither a text nor plural forms", key)
		}
		if _, there := f.texts[key]; there {
			return fmt.Errorf("%s is there twice", key)
		}
		if !keyShape.MatchString(key) {
			return fmt.Errorf("the key %q is not like room.key", key)
		}
		for _, s := range forms {
			if err := checkText(s); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
		}
		f.texts[key] = newText(forms, f.desk)
	}
	return nil
}

// plurals returns the plural forms that a table holds, nil when it is a table of keys. A table that
// seems to be both, or that lacks the form every language has, is an error: it is a slip of the pen.
func plurals(table map[string]any) (map[string]string, error) {
	forms := make(map[string]string, len(table))
	for _, form := range pluralForms {
		if s, ok := table[form].(string); ok {
			forms[form] = s
		}
	}
	switch {
	case len(forms) == 0:
		return nil, nil
	case len(forms) < len(table):
		return nil, errors.New("plural forms stand beside something else")
	case forms["other"] == "":
		return nil, errors.New(`the plural form "other" is not there`)
	}
	return forms, nil
}

var place = regexp.MustCompile(`\{\{\s*\.([A-Za-z][A-Za-z0-9_]*)\s*\}\}`)

// checkText reports a text that is empty or holds anything in braces but named places.
func checkText(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("the text is empty")
	}
	if !strings.Contains(s, "{{") {
		return nil // as most are, and reading each as a template is half of what Load takes
	}
	if strings.Contains(place.ReplaceAllString(s, ""), "{{") {
		return errors.New("a place in it is not like {{.name}}")
	}
	_, err := template.New("").Parse(s)
	return err
}

// places returns the names of the places in any form of a text, sorted.
func (t text) places() []string {
	var names []string
	for _, s := range t.forms {
		if !strings.Contains(s, "{{") {
			continue
		}
		for _, m := range place.FindAllStringSubmatch(s, -1) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// partial are languages that only some pages are in, as the ones for leaving, for help and for signing in.
// Elsewhere they show English.
var partial = map[string]bool{"ar": true}

// gaps compares the files of one room: members' with members', staff's with staff's.
func gaps(files []file) []string {
	var list []string
	for _, a := range files {
		for _, b := range files {
			if a.desk != b.desk || a.language == b.language {
				continue
			}
			for key, t := range a.texts {
				other, there := b.texts[key]
				switch {
				case !there && partial[b.language]:
				case !there:
					list = append(list, fmt.Sprintf("%s: %s is in %s only", b.language, key, a.language))
				case a.language < b.language && !slices.Equal(t.places(), other.places()):
					list = append(list, fmt.Sprintf("%s: %s has other places than in %s", b.language, key, a.language))
				}
			}
		}
	}
	return list
}
