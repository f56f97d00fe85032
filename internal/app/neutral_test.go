package app_test

import (
	_ "embed"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// The only words that titles and addresses may be made of, one a line. Each could stand on any site about
// anything: nothing about a person, a story or a reason to be here. A new word is put there by somebody
// who has thought of whoever looks through the list of pages over her shoulder.
var (
	//go:embed testdata/titles.txt
	titleWords string
	//go:embed testdata/addresses.txt
	addressWords string
)

// A random id is 26 letters and digits of base 32, that is 130 bits: it can neither be guessed nor read.
// It means something only to whoever is signed in and may open what it stands for.
var (
	randomID = regexp.MustCompile(`^[a-z2-7]{26}$`)
	number   = regexp.MustCompile(`^[0-9]{1,6}$`)
	titleOf  = regexp.MustCompile(`<title>([^<]*)</title>`)
	token    = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`) // signs somebody in, once
)

// telling returns the first word of a title that is not among the neutral ones.
func telling(title string) string {
	for _, word := range strings.Fields(strings.ToLower(title)) {
		if !among(word, titleWords) {
			return word
		}
	}
	return ""
}

// tellingPath returns the first part of an address that is neither a neutral word nor a random id.
func tellingPath(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for _, values := range u.Query() {
		parts = append(parts, values...)
	}
	for i, part := range parts {
		if part != "" && !among(part, addressWords) && !randomID.MatchString(part) && !number.MatchString(part) &&
			(parts[max(i-1, 0)] != "in" || !token.MatchString(part)) {
			return part
		}
	}
	return ""
}

func among(word, list string) bool {
	for one := range strings.FieldsSeq(list) {
		if one == word {
			return true
		}
	}
	return false
}

// Whoever reads the list of pages in her browser sees neutral words and random ids (P6): on every route
// there is, for everybody, and in every link that leads on.
func TestNeutral_EveryTitleAndAddress(t *testing.T) {
	engine.Once(t, "it reads what pages are called, which TestPages_EveryOneForEverybody opens on both")
	beside(t)
	h := open(t)
	where := map[string]string{} // a word that is not among the neutral ones, and where it stands
	for _, r := range h.Shell().Routes() {
		_, path, _ := strings.Cut(r.Pattern, " ")
		for part := range strings.SplitSeq(path, "/") {
			if !strings.HasPrefix(part, "{") && tellingPath("/"+part) != "" {
				where[part] = "the address of " + r.Pattern
			}
		}
	}
	for _, v := range h.everybody(t) {
		for _, s := range v.walk(t, 2) {
			if m := titleOf.FindStringSubmatch(s.body); m != nil {
				title, ok := strings.CutSuffix(m[1], " - Quince Lane Notes") // the group chose that name
				if word := telling(title); word != "" || !ok {
					where[word] = "the title " + m[1]
				}
			}
			for _, m := range linked.FindAllStringSubmatch(s.body, -1) {
				if part := tellingPath(m[1]); part != "" && !strings.HasPrefix(m[1], "/kept/") {
					where[part] = "a link to " + m[1]
				}
			}
		}
	}
	for word, place := range where {
		t.Errorf("%q is in %s, and not among the words that tell nothing: look for another, or add it to testdata", word, place)
	}
}

// neutral checks a line of the list behind the Back button.
func (w *walked) neutral(t *testing.T, e browser.Entry) {
	t.Helper()
	path, ours := strings.CutPrefix(e.URL, w.h.url)
	title, _ := strings.CutSuffix(strings.Trim(e.Title, "\u200b"), " - Quince Lane Notes")
	if !ours {
		return // the tab as it was opened, and where leaving led
	}
	if part := tellingPath(path); part != "" {
		t.Errorf("the list of pages has the address %s, in which %q tells something", e.URL, part)
	}
	if title != path && telling(title) != "" {
		t.Errorf("the list of pages has the title %q", e.Title)
	}
}
