package plain_test

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"footing/internal/lang/plain"
)

// whats returns what was found, joined.
func whats(findings []plain.Finding) string {
	list := make([]string, len(findings))
	for i, f := range findings {
		list[i] = f.What
	}
	return strings.Join(list, "|")
}

func TestCheckWords_MatchesWholeWords(t *testing.T) {
	for text, want := range map[string]string{
		"You can take this back at any time.":       "",
		"Submit your proposal":                      "Submit|proposal",
		"She disclosed it, and a DNA was noted.":    "disclosed|DNA",
		"In that case, the victim’s words":          "case|victim",
		"non-compliant and noncompliant":            "non-compliant|noncompliant",
		"trauma-informed care":                      "trauma",
		"Two houses; a quorum: the roll/terms":      "houses|quorum|roll|terms",
		"Understanding casework, household, a term": "",
		"outstanding showcases, controlled":         "",
		"Please wait NOW, says your GP in the NHS":  "NOW",
		"Well done!":                                "Well done!",
		"I am A member":                             "",
		strings.Repeat("and then ", 12):             "",
		strings.Repeat("and then ", 13):             "and then and then and then and then …",
		"One is short. " + strings.Repeat("x ", 26): "x x x x x x x x …",
	} {
		if got := whats(plain.CheckWords(text)); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

func TestSyllables_OfEverydayWords(t *testing.T) {
	for n, words := range map[int]string{
		1: `share time see the a through words named shared saved liked stopped leave place changed 12 one's can't eyes makes notes friends`,
		2: `people table sharing woman reading wanted needed ended without choose-one meeting places changes boxes wishes quiet paper open pages safely region nation special question`,
		3: `idea another remember somebody together analyst tomorrow family radio agreement`,
		4: `everybody information community experience usually material`,
		5: `opportunity organisation decided-upon`,
	} {
		for word := range strings.FieldsSeq(words) {
			if got := plain.Syllables(word); got != n {
				t.Errorf("%q has %d syllables, want %d", word, got, n)
			}
		}
	}
}

func TestMeasure_KnownText(t *testing.T) {
	m := plain.Measure("The cat sat on the mat. It was 3.5 years old?\nA heading\n\n“Yes.” (No.)")
	if m.Sentences != 5 || m.Words != 16 {
		t.Errorf("%+v, want 5 sentences and 16 words", m)
	}
	cat := plain.Measure("The cat sat on the mat.")
	if want := 0.39*6 + 11.8*1 - 15.59; math.Abs(cat.Grade()-want) > 1e-9 || cat.MeanSentence() != 6 {
		t.Errorf("grade %v, mean %v; want %v and 6", cat.Grade(), cat.MeanSentence(), want)
	}
	if m := plain.Measure(" … \n"); m.Sentences != 0 || m.Grade() != 0 || m.MeanSentence() != 0 {
		t.Errorf("nothing to read measures %+v", m)
	}
}

func TestCheck_ReadingOfAPage(t *testing.T) {
	easy := "You can read this page. It is short. You choose who sees what you write.\n" +
		"You can stop when you like. We keep your words for you. Nobody else can see them yet. You can come back and go on."
	if f := plain.Check(easy); len(f) != 0 {
		t.Errorf("an easy page gives %v", f)
	}
	hard := strings.Repeat("Notwithstanding organisational considerations, participation arrangements necessitate appropriate authorisation. ", 6)
	if f := plain.Check(hard); len(f) != 1 || !strings.Contains(f[0].Why, "grade") {
		t.Errorf("a hard page gives %v", f)
	}
	long := strings.Repeat("We went to the shop and then we went to the park and it was good. ", 4)
	if f := plain.Check(long); len(f) != 1 || !strings.Contains(f[0].Why, "average") {
		t.Errorf("a page of long sentences gives %v", f)
	}
	if f := plain.Check("Confidentiality"); len(f) != 0 {
		t.Errorf("one long word alone gives %v", f)
	}
}

func TestCheckCatalogue_MembersWordsAndLanguages(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	room := fstest.MapFS{
		"words/en.toml": file(`"a.good" = "Shared with {{.name}}"
"a.bad" = "Submit"
"a.some" = { one = "{{.count}} case", other = "{{.count}} people" }`),
		"words/en.desk.toml": file(`"a.desk" = "Export all cases"`),
		"words/cy.toml":      file(`"a.good" = "Rhannwyd gyda {{.name}}"`),
	}
	findings, err := plain.CheckCatalogue(room)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`a.bad: "Submit": say send, share or save`,
		`a.some one: "case": say person, meeting, or if`,
		`languages: "cy: a.bad is in en only"`, `languages: "cy: a.some is in en only"`,
	}
	if len(findings) != len(want) {
		t.Fatalf("found %v, want %v", findings, want)
	}
	for i, f := range findings {
		if !strings.HasPrefix(f.String(), want[i]) {
			t.Errorf("found %s, want %s", f, want[i])
		}
	}
	if _, err := plain.CheckCatalogue(fstest.MapFS{"en.toml": file("=")}); err == nil {
		t.Error("a broken file was taken")
	}
}

func TestCheck_TakesAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		plain.Check(text)
		if m := plain.Measure(text); m.Syllables < m.Words || m.Words < m.Sentences {
			t.Fatalf("%q measures %+v", text, m)
		}
	})
}
