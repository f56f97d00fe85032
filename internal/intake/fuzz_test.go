package intake_test

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"

	"footing/internal/intake"
)

// checkRead is what holds for any bytes: an error is a Problem with a sentence
// and nothing else; a transcript adds up.
func checkRead(t *testing.T, name string, data []byte) {
	got, err := intake.Read(name, bytes.NewReader(data), int64(len(data)), nil)
	if err != nil {
		var p *intake.Problem
		if got != nil || !errors.As(err, &p) || p.Sentence == "" {
			t.Fatalf("got %v, %v", got, err)
		}
		return
	}
	characters, turns, labelled := 0, 0, 0
	for _, turn := range got.Turns {
		if !utf8.ValidString(turn.Text) || !utf8.ValidString(turn.Speaker) || turn.At < 0 {
			t.Fatalf("turn %+v", turn)
		}
		characters += utf8.RuneCountInString(turn.Text)
		if turn.Speaker != "" {
			labelled++
		}
	}
	for _, s := range got.Speakers {
		turns += s.Turns
	}
	if characters != got.Characters || turns != labelled {
		t.Fatalf("%d characters of %d, %d turns of %d", got.Characters, characters, turns, labelled)
	}
	if got.Encoding == "UTF-8" && (got.Format == intake.Text || got.Format == intake.Markdown) {
		checkNothingLost(t, string(data), got)
	}
}

// FuzzRead gives any bytes under any name.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"Maya: One.\n\nRuth: Two.\n\nMaya: Three.\r\n\r\nRuth: Four.",
		"**Maya:** One.\n\n**Ruth** (0:01): Two.\n\n**Maya:** Three.",
		"Maya (00:00:01) - One.\n\nRuth [0:02]: Two.\n\n[0:03] Maya: Three.",
		"Maya  0:03\nOne.\n\nRuth\n0:07\nTwo.",
		"Date: 3 May\n\nInterviewer: One.\nmaya: two",
		"Caf\xE9: na\xEFve",
	} {
		f.Add("a.txt", []byte(s))
		f.Add("a.md", utf16Bytes("\ufeff"+s, true))
	}
	f.Fuzz(checkRead)
}

// FuzzReadCaptions gives WebVTT and SubRip.
func FuzzReadCaptions(f *testing.F) {
	f.Add("a.vtt", []byte("WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000 align:start\n<v.loud Maya>One &lt;</v> <i>two</i>\n\n00:00:03.000 --> 00:00:04.000\n<v Ruth>Three"))
	f.Add("a.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Maya: One.\n\n2\n00:00:03,000 --> 00:00:04,000\nRuth: Two.\nMaya: Three."))
	f.Add("a.txt", []byte("0:0:0.0 --> 0:0:3.250\nMaya\nOne.\n0:0:4.0 --> 0:0:5.0\nMaya\nTwo."))
	f.Fuzz(checkRead)
}

// FuzzReadWord gives the bytes of a .docx, and FuzzReadWordText the XML inside
// one, which random bytes of a zip seldom reach.
func FuzzReadWord(f *testing.F) {
	f.Add("a.docx", word(f, "Maya: One.", "Ruth: Two\tthree.\nFour."))
	f.Add("a.docx", archive(f, entry{"word/document.xml", documentHead + documentTail}))
	f.Fuzz(checkRead)
}

// FuzzReadWordText: see FuzzReadWord.
func FuzzReadWordText(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>Maya: One.</w:t><w:tab/><w:br/></w:r></w:p><w:del><w:p/></w:del>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>One &amp; two</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`)
	f.Add(`<mc:AlternateContent><mc:Choice/><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent><w:sym w:char="F04A"/>`)
	f.Fuzz(func(t *testing.T, body string) {
		checkRead(t, "a.docx", wordXML(t, body))
	})
}
