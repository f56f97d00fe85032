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
func (f *File) textFormat() (string, error) {
	vtt, err := f.startsAsWebVTT()
	if err != nil || vtt {
		return WebVTT, err
	}
	captions, err := f.startsAsCaptions()
	if err == nil && !captions && saysCaptions(f.name) {
		captions, err = f.timingAnywhere()
	}
	ext := extension(f.name)
	switch {
	case captions && ext == ".vtt":
		return WebVTT, err
	case captions:
		return SubRip, err
	case ext == ".md", ext == ".markdown":
		return Markdown, err
	}
	return Text, err
}

// firstLine goes to the first line with something on it.
func firstLine(ls *stream) bool {
	for ls.next() {
		if !blank(ls.line) {
			return true
		}
	}
	return false
}

// startsAsWebVTT follows the WebVTT signature: the word alone or followed by
// white space (https://www.w3.org/TR/webvtt1/#file-structure).
func (f *File) startsAsWebVTT() (bool, error) {
	ls := f.lines()
	if !firstLine(ls) {
		return false, ls.err
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(ls.line, blanks), "WEBVTT")
	return ok && (rest == "" || strings.ContainsRune(blanks, rune(rest[0]))), nil
}

// startsAsCaptions reports whether the first lines are a cue: a timing line,
// or a line with a name for the cue and then a timing line.
func (f *File) startsAsCaptions() (bool, error) {
	ls := f.lines()
	for n, more := 0, firstLine(ls); n < 2 && more; n++ {
		if _, ok := timing(ls.line); ok {
			return true, nil
		}
		more = ls.next()
	}
	return false, ls.err
}

var timingStart = regexp.MustCompile(`^[ \t]*` + clock + `[ \t]*-->[ \t]*` + clock)

func (f *File) timingAnywhere() (bool, error) {
	ls := f.lines()
	for ls.next() {
		if timingStart.MatchString(ls.line) {
			return true, nil
		}
	}
	return false, ls.err
}
