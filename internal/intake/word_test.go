package intake_test

import (
	"strings"
	"testing"

	"footing/internal/intake"
)

func TestRead_WordContent(t *testing.T) {
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	for _, c := range []struct {
		name, body, want string
		warning          intake.WarningKind
	}{
		{"runs join", `<w:p>` + run("On") + run("e &amp; ") + run("two") + `</w:p>`, "One & two", ""},
		{"tabs and breaks", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:cr/><w:t>four</w:t></w:r></w:p>`, "One\ttwo\nthree\nfour", ""},
		{"hyphens and symbols", `<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>`, "a\u2011b\u00ADc\uF04A", ""},
		{"a table", `<w:tbl><w:tr><w:tc><w:p>` + run("One") + `</w:p></w:tc><w:tc><w:p>` + run("Two") + `</w:p></w:tc></w:tr></w:tbl>`, "One|Two", ""},
		{"deleted text", `<w:p>` + run("One ") + `<w:del w:id="1"><w:r><w:delText>gone </w:delText></w:r></w:del><w:ins w:id="2">` + run("new") + `</w:ins></w:p>`, "One new", intake.DeletedText},
		{"moved text", `<w:p><w:moveFrom w:id="1">` + run("here ") + `</w:moveFrom>` + run("One ") + `<w:moveTo w:id="2">` + run("here") + `</w:moveTo></w:p>`, "One here", intake.DeletedText},
		{"a field", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>` + run("One") + `</w:p>`, "One", ""},
		{"a link and a control", `<w:p><w:hyperlink>` + run("One ") + `</w:hyperlink><w:sdt><w:sdtContent>` + run("two") + `</w:sdtContent></w:sdt></w:p>`, "One two", ""},
		{"a comment", `<w:p>` + run("One") + `<w:r><w:commentReference w:id="0"/></w:r></w:p>`, "One", intake.SideNotes},
		{"a text box, once", `<w:p>` + run("One") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p>` + run("box") + `</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>` + run("box") + `</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>` + run("two") + `</w:p>`, "One\nbox|two", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, "a.docx", wordXML(t, c.body))
			var texts []string
			for _, turn := range got.Turns {
				texts = append(texts, turn.Text)
			}
			if all := strings.Join(texts, "|"); all != c.want {
				t.Errorf("got %q, want %q", all, c.want)
			}
			warned := false
			for _, w := range got.Warnings {
				warned = warned || w.Kind == c.warning
				if w.Sentence == "" {
					t.Errorf("no sentence for %s", w.Kind)
				}
			}
			if warned != (c.warning != "") {
				t.Errorf("warnings %v, want %q", got.Warnings, c.warning)
			}
		})
	}
}

// The text is found where the package says it is, and in the strict namespace.
func TestRead_WordForTheWeb(t *testing.T) {
	elsewhere := strings.Replace(rels, "word/document.xml", "/word/document2.xml", 1)
	strict := strings.Replace(documentHead, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", 1)
	got := mustRead(t, "a.docx", archive(t, entry{"_rels/.rels", elsewhere},
		entry{"word/document2.xml", strict + "<w:p><w:r><w:t>One.</w:t></w:r></w:p>" + documentTail}))
	if len(got.Turns) != 1 || got.Turns[0].Text != "One." {
		t.Errorf("got %v", got.Turns)
	}
}
