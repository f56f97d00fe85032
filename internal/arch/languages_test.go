package arch_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"footing/internal/lang"
)

// A page half in Welsh and half in English is read by nobody with ease. So a room that speaks Welsh
// speaks it whole: each of its texts is there, with the places that the English one has.
func TestLanguages_ARoomSpeaksThemWholeOrNot(t *testing.T) {
	for _, room := range foldersOfWords(t) {
		c, err := lang.Load(os.DirFS(room))
		if err != nil {
			t.Fatal(err)
		}
		for _, gap := range c.Gaps() {
			language, what, _ := strings.Cut(gap, ": ")
			file := "internal/" + filepath.Base(filepath.Dir(room)) + "/words/" + language + ".toml"
			if language == "en" {
				t.Errorf("%s, and is gone from %s. Take it out there too", what, file)
				continue
			}
			t.Errorf("%s. Write it in %s, with the same {{.places}}. A first version is enough: the page of languages says that nobody has read it", what, file)
		}
	}
}

// Every form of a text with plurals that a language has stands in it: one that is missing would be
// shown in English, for some numbers only.
func TestLanguages_APluralHasEveryFormOfItsLanguage(t *testing.T) {
	forms := map[string][]string{
		"cy": {"zero", "one", "two", "few", "many", "other"},
		"ar": {"zero", "one", "two", "few", "many", "other"},
	}
	c, err := lang.Load(wordsOfRooms(t)...)
	if err != nil {
		t.Fatal(err)
	}
	for language, all := range forms {
		has := map[string][]string{}
		for key := range c.Members(language) {
			if key, form, plural := strings.Cut(key, " "); plural {
				has[key] = append(has[key], form)
			}
		}
		for key, some := range has {
			for _, form := range all {
				if !slices.Contains(some, form) {
					t.Errorf("%s: %s has no form %q. Write all of %v, or one text that is right for every number", language, key, form, all)
				}
			}
		}
	}
}

// wordsOfRooms returns the folders that hold words.
func wordsOfRooms(t *testing.T) (list []fs.FS) {
	t.Helper()
	for _, dir := range foldersOfWords(t) {
		list = append(list, os.DirFS(dir))
	}
	return list
}

func foldersOfWords(t *testing.T) (list []string) {
	t.Helper()
	for _, pattern := range []string{"../*/words", "../web/*/words"} {
		dirs, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, dirs...)
	}
	return list
}
