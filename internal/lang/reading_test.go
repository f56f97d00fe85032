package lang_test

import (
	"testing"
	"testing/fstest"

	"footing/internal/lang"
)

func TestReading_AChangedTextCountsAsNotRead(t *testing.T) {
	words := func(cy, read string) *lang.Catalogue {
		t.Helper()
		room := fstest.MapFS{
			"en.toml": {Data: []byte(`"tea.hello" = "Hello"` + "\n" + `"tea.bye" = "Bye"`)},
			"cy.toml": {Data: []byte(`"tea.hello" = "` + cy + `"` + "\n" + `"tea.bye" = "Hwyl"`)},
		}
		if read != "" {
			room["cy.read.toml"] = &fstest.MapFile{Data: []byte(read)}
		}
		c, err := lang.Load(room)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	fresh := words("Helo", "")
	if r := fresh.Reading("cy"); r.Of != 2 || r.Read != 0 || len(r.By) != 0 {
		t.Errorf("with no readings %+v is read, want nothing of 2", r)
	}
	by := `"tea.hello" = { by = "Gwen", on = "2027-03-01", of = "` + fresh.Mark("cy", "tea.hello") + `" }`
	if r := words("Helo", by).Reading("cy"); r.Read != 1 || len(r.By) != 1 || r.By[0] != "Gwen" {
		t.Errorf("Gwen has read one text, and %+v is counted", r)
	}
	if r := words("Shwmae", by).Reading("cy"); r.Read != 0 {
		t.Errorf("the text changed since Gwen read it, and %+v is counted", r)
	}
}
