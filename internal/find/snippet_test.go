package find

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/search"
)

func TestSnippet_ShowsTheWordsInTheirPlace(t *testing.T) {
	long := strings.Repeat("quiet ", 40)
	for _, c := range []struct {
		query, text string
		want        []Run
	}{
		{"bus", "The bus was late.", []Run{{"The ", false}, {"bus", true}, {" was late.", false}}},
		{"bus", "🙂 Bus, bus", []Run{{"🙂 ", false}, {"Bus", true}, {", ", false}, {"bus", true}}},
		{"bus", "", nil},
		{"tram", "The bus.", []Run{{"The bus.", false}}},
		{"bus", long + "bus", []Run{{"… ", false}, {strings.Repeat("quiet ", 13), false}, {"bus", true}}},
		{"bus", "bus " + strings.Repeat("quiet ", 80), []Run{{"bus", true}, {" " + strings.TrimSpace(strings.Repeat("quiet ", 52)), false}, {" …", false}}},
	} {
		if diff := cmp.Diff(c.want, snippet(c.text, search.Spans(c.query, c.text))); diff != "" {
			t.Errorf("%q in %.20q (-want +got):\n%s", c.query, c.text, diff)
		}
	}
}

// A snippet is a part of the text as it stands, short, and what it marks is what was looked for.
func TestSnippet_IsAPartOfTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab é\u0301 \n🙂.")), 0, 900, -1).Draw(t, "text")
		spans := search.Spans("a", text)
		var all strings.Builder
		marked := false
		for _, r := range snippet(text, spans) {
			if r.Text == "… " || r.Text == " …" {
				continue
			}
			all.WriteString(r.Text)
			if r.Found && len(search.Spans("a", r.Text)) == 0 {
				t.Fatalf("%q is marked, in which nothing is found", r.Text)
			}
			marked = marked || r.Found
		}
		if !strings.Contains(text, all.String()) {
			t.Fatalf("the snippet %q is not in the text", all.String())
		}
		if n := utf8.RuneCountInString(all.String()); n > length {
			t.Fatalf("the snippet has %d code points, at most %d", n, length)
		}
		if len(spans) > 0 && !marked {
			t.Fatal("something was found and nothing is marked")
		}
	})
}
