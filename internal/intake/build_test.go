package intake_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"footing/internal/intake"
)

// read is Read over bytes, checking what holds for every transcript.
func read(t testing.TB, name string, data []byte) (*intake.Transcript, error) {
	t.Helper()
	last := int64(-1)
	got, err := intake.Read(name, bytes.NewReader(data), int64(len(data)), func(done int64) {
		if done <= last && done != int64(len(data)) || done > int64(len(data)) {
			t.Errorf("progress went from %d to %d of %d", last, done, len(data))
		}
		last = done
	})
	if err != nil {
		if got != nil {
			t.Error("a transcript came with an error")
		}
		return nil, err
	}
	if last != int64(len(data)) {
		t.Errorf("progress ended at %d of %d", last, len(data))
	}
	return got, nil
}

func mustRead(t testing.TB, name string, data []byte) *intake.Transcript {
	t.Helper()
	got, err := read(t, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// problem reads data that must not be readable.
func problem(t testing.TB, name string, data []byte) *intake.Problem {
	t.Helper()
	_, err := read(t, name, data)
	var p *intake.Problem
	if !errors.As(err, &p) {
		t.Fatalf("got error %v, want a *Problem", err)
	}
	if !strings.HasSuffix(p.Sentence, "Nothing was saved.") || p.Error() != p.Sentence {
		t.Errorf("sentence %q", p.Sentence)
	}
	return p
}

func said(speaker, text string) intake.Turn { return intake.Turn{Speaker: speaker, Text: text} }

func saidAt(speaker string, at time.Duration, text string) intake.Turn {
	return intake.Turn{Speaker: speaker, At: at, HasTime: true, Text: text}
}

type entry struct{ name, body string }

// archive writes a zip of the entries.
func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e.body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	documentHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`
	documentTail = `</w:body></w:document>`
	rels         = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
)

// wordXML is a .docx whose body is the XML.
func wordXML(t testing.TB, body string) []byte {
	t.Helper()
	return archive(t, entry{"_rels/.rels", rels}, entry{"word/document.xml", documentHead + body + documentTail})
}

// word is a .docx of paragraphs; "\n" in one is a line break, "\t" a tab.
func word(t testing.TB, paragraphs ...string) []byte {
	t.Helper()
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(`<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr><w:r>`)
		for i, line := range strings.Split(p, "\n") {
			if i > 0 {
				b.WriteString(`<w:br/>`)
			}
			for j, cell := range strings.Split(line, "\t") {
				if j > 0 {
					b.WriteString(`<w:tab/>`)
				}
				b.WriteString(`<w:t xml:space="preserve">`)
				if err := xml.EscapeText(&b, []byte(cell)); err != nil {
					t.Fatal(err)
				}
				b.WriteString(`</w:t>`)
			}
		}
		b.WriteString(`</w:r></w:p>`)
	}
	return wordXML(t, b.String())
}

// utf16Bytes encodes s, little end first unless big.
func utf16Bytes(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}
