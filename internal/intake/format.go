package intake

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// sniffLength is how much of the start of a file is looked at to tell its kind.
const sniffLength = 8 << 10

func isZip(start []byte) bool { return bytes.HasPrefix(start, []byte("PK\x03\x04")) }

// foreign returns a Problem when the first bytes are those of a format that
// people do send but that Read does not know, or when a file named as Word is
// none.
func foreign(name string, start []byte) error {
	switch {
	case isZip(start):
		return nil
	case bytes.HasPrefix(start, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return problemOldWord()
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return problemSaveAs("a PDF")
	case bytes.HasPrefix(start, []byte(`{\rtf`)):
		return problemSaveAs("a rich text file")
	case extension(name) == ".docx":
		return problemNotWord()
	}
	return nil
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

func saysCaptions(name string) bool {
	ext := extension(name)
	return ext == ".vtt" || ext == ".srt"
}

// textFormat tells captions by their first lines, and Markdown by its name.
func textFormat(name, text string) string {
	switch {
	case startsAsWebVTT(text):
		return WebVTT
	case startsAsCaptions(text), saysCaptions(name) && timingAnywhere.MatchString(text):
		if extension(name) == ".vtt" {
			return WebVTT
		}
		return SubRip
	case extension(name) == ".md", extension(name) == ".markdown":
		return Markdown
	}
	return Text
}

// startsAsWebVTT follows the WebVTT signature: the word alone or followed by
// white space (https://www.w3.org/TR/webvtt1/#file-structure).
func startsAsWebVTT(text string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, blanks), "WEBVTT")
	return ok && (rest == "" || strings.ContainsRune(blanks, rune(rest[0])))
}

var timingAnywhere = regexp.MustCompile(`(?m)^[ \t]*` + clock + `[ \t]*-->[ \t]*` + clock)

// startsAsCaptions reports whether the first lines are a cue: a timing line,
// or a line with a name for the cue and then a timing line.
func startsAsCaptions(text string) bool {
	ls := lines{text: strings.TrimLeft(text, blanks)}
	for n := 0; n < 2 && ls.next(); n++ {
		if _, ok := timing(ls.line); ok {
			return true
		}
	}
	return false
}
