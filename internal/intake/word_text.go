package intake

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The two namespaces of WordprocessingML, transitional and strict (ECMA-376),
// and that of alternative content.
const (
	wordSpace   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictSpace = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	choiceSpace = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// wordText collects the text of a Word document: each paragraph, also in a
// table or a text box, ends in "\n"; a line break inside one is "\v".
type wordText struct {
	text      bytes.Buffer // what was not taken yet
	skip      int          // elements inside one whose text is left out
	inText    int          // elements inside w:t
	inRun     int          // elements inside w:r
	deleted   bool
	sideNotes bool
}

func (w *wordText) token(tok xml.Token) {
	switch tok := tok.(type) {
	case xml.StartElement:
		w.start(tok)
	case xml.EndElement:
		w.end(tok)
	case xml.CharData:
		if w.skip == 0 && w.inText > 0 {
			w.addText(string(tok))
		}
	}
}

// addText keeps letters as they are; white space that would part lines here
// becomes a line break inside the paragraph.
func (w *wordText) addText(s string) {
	w.text.WriteString(breaksInside.Replace(s))
}

var breaksInside = strings.NewReplacer("\n", "\v", "\r", "\v")

func (w *wordText) start(e xml.StartElement) {
	if w.skip > 0 {
		w.skip++
		return
	}
	if e.Name.Space == choiceSpace && e.Name.Local == "Fallback" {
		w.skip = 1 // It says the same as the Choice before it.
		return
	}
	if e.Name.Space != wordSpace && e.Name.Space != strictSpace {
		return
	}
	switch e.Name.Local {
	case "del", "moveFrom":
		w.deleted, w.skip = true, 1
	case "delText", "instrText", "delInstrText":
		w.skip = 1
	case "footnoteReference", "endnoteReference", "commentReference":
		w.sideNotes = true
	case "r":
		w.inRun++
	case "t":
		w.inText++
	case "txbxContent":
		w.text.WriteByte('\v')
	case "br", "cr":
		w.text.WriteByte('\v')
	case "tab":
		if w.inRun > 0 { // Elsewhere it sets a tab stop.
			w.text.WriteByte('\t')
		}
	case "noBreakHyphen":
		w.text.WriteRune('\u2011')
	case "softHyphen":
		w.text.WriteRune('\u00AD')
	case "sym":
		if n, err := strconv.ParseUint(attr(e, "char"), 16, 16); err == nil && utf8.ValidRune(rune(n)) && n >= ' ' {
			w.text.WriteRune(rune(n))
		}
	}
}

func (w *wordText) end(e xml.EndElement) {
	if w.skip > 0 {
		w.skip--
		return
	}
	if e.Name.Space != wordSpace && e.Name.Space != strictSpace {
		return
	}
	switch e.Name.Local {
	case "p":
		w.text.WriteByte('\n')
	case "r":
		w.inRun--
	case "t":
		w.inText--
	}
}

// warnOf warns of what was left out.
func (w *wordText) warnOf(t *Transcript) {
	if w.deleted {
		t.warn(DeletedText, 0)
	}
	if w.sideNotes {
		t.warn(SideNotes, 0)
	}
}
