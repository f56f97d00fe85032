// Package intake turns the bytes of a recording's transcript into speaker
// turns: plain text, Markdown, Word (.docx), WebVTT and SubRip captions.
//
// It is a pure tool. It touches no disk and no network, and it decides nothing
// about whose words may be kept: what it found is shown to a person first.
//
// # What is kept
//
// A turn's text is exactly what the file holds between one speaker's label and
// the next, code point by code point: never normalised, folded or re-wrapped,
// so that emoji, combining marks and right-to-left text keep their places. Only
// these change: a byte order mark at the start goes; CRLF and a lone CR become
// one line feed; spaces, tabs and line feeds at the two ends of a turn go. In
// captions the markup and escapes that WebVTT and SubRip define are read, and
// neighbouring cues of one speaker become one turn, joined by a space.
//
// # Who is taken as a speaker
//
// Labels are judged by the evidence of the whole document; see [evidence].
// Text before the first speaker becomes a turn without one. Where there are no
// speakers each paragraph (in captions each cue) is a turn.
//
// go-astisub was tried for captions and not kept: it drops all but the first
// voice of a line and writes the others' names to the standard log, swallows
// words in angle brackets, and trims the lines.
package intake

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits on one transcript.
const (
	// MaxBytes is the largest file Read takes.
	MaxBytes = 100 << 20
	// MaxTurns is the largest number of turns, or caption cues, in one file:
	// more than two thousand hours of talk.
	MaxTurns = 1 << 20
)

// The formats Read knows, as Transcript.Format names them.
const (
	Text     = "txt"
	Markdown = "md"
	Word     = "docx"
	WebVTT   = "vtt"
	SubRip   = "srt"
)

// Transcript is what one file holds.
type Transcript struct {
	Turns      []Turn
	Speakers   []Speaker // in order of first appearance; turns without a speaker are not among them
	Characters int       // Unicode code points in all turns' texts, labels and times not counted
	Warnings   []Warning
	Format     string // Text, Markdown, Word, WebVTT or SubRip
	Encoding   string // "UTF-8", "UTF-16LE", "UTF-16BE" or "Windows-1252"
}

// Turn is what one speaker said until another spoke.
type Turn struct {
	Speaker string // the label as written, without its marks; empty when none was given
	At      time.Duration
	HasTime bool   // whether At, from the start of the recording, was written in the file
	Text    string // valid UTF-8; lines end in "\n"; may be empty when a label stands alone
}

// Speaker is one label and how much was said under it.
type Speaker struct {
	Label      string
	Turns      int
	Characters int // Unicode code points
}

// Read finds the speaker turns in the size bytes of r. The name is only a hint
// of the format, which is decided by content. When progress is not nil it is
// called with the number of bytes read so far, never falling, and at the end
// with size.
//
// The decoded text is held once and the turns of a text file share its memory.
// What is wrong with a file is a *Problem; an error of r is returned wrapped.
func Read(name string, r io.ReaderAt, size int64, progress func(done int64)) (*Transcript, error) {
	switch {
	case size <= 0:
		return nil, problemEmpty()
	case size > MaxBytes:
		return nil, problemTooLarge()
	}
	src := &source{r: r, size: size, progress: progress}
	t := &Transcript{}
	text, err := t.load(name, src)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, problemEmpty()
	}
	if err := t.cut(name, text); err != nil {
		return nil, err
	}
	t.count()
	if t.Characters == 0 {
		return nil, problemEmpty()
	}
	src.finish()
	return t, nil
}

// load reads the whole file into one string and sets Format and Encoding. In
// the text of a Word file "\v" is a line break inside a paragraph, as in Word.
func (t *Transcript) load(name string, src *source) (string, error) {
	start, err := src.head(sniffLength)
	if err != nil {
		return "", err
	}
	if err := foreign(name, start); err != nil {
		return "", err
	}
	if isZip(start) {
		t.Format, t.Encoding = Word, "UTF-8"
		text, warnings, err := readWord(src)
		t.Warnings = warnings
		return text, err
	}
	text, encoding, err := decode(src, start)
	if err != nil {
		return "", err
	}
	t.Format, t.Encoding = textFormat(name, text), encoding
	if encoding == "Windows-1252" {
		t.warn(GuessedEncoding, 0)
	}
	return text, nil
}

// cut fills Turns from the text.
func (t *Transcript) cut(name, text string) error {
	lined := text
	if t.Format == Word {
		lined = strings.ReplaceAll(text, "\v", "\n")
	}
	if t.Format == WebVTT || t.Format == SubRip || t.Format == Word && startsAsCaptions(lined) {
		return t.cutCaptions(lined)
	}
	if saysCaptions(name) {
		t.warn(NotCaptions, 0)
	}
	ev := weigh(lined)
	if ev.conversation() {
		return t.cutTurns(lined, ev)
	}
	t.warn(NoSpeakers, 0)
	return t.cutParagraphs(text)
}

// add appends a turn, with the white space at its ends taken off.
func (t *Transcript) add(turn Turn) error {
	turn.Text = strings.Trim(turn.Text, blanks)
	if turn.Text == "" && turn.Speaker == "" {
		return nil
	}
	if len(t.Turns) >= MaxTurns {
		return problemTooManyTurns()
	}
	t.Turns = append(t.Turns, turn)
	return nil
}

// count fills Speakers and Characters from Turns.
func (t *Transcript) count() {
	at := map[string]int{}
	for _, turn := range t.Turns {
		n := utf8.RuneCountInString(turn.Text)
		t.Characters += n
		if turn.Speaker == "" {
			continue
		}
		i, known := at[turn.Speaker]
		if !known {
			i = len(t.Speakers)
			at[turn.Speaker] = i
			t.Speakers = append(t.Speakers, Speaker{Label: turn.Speaker})
		}
		t.Speakers[i].Turns++
		t.Speakers[i].Characters += n
	}
}

// source is the file being read, in any order, with its progress.
type source struct {
	r        io.ReaderAt
	size     int64
	progress func(int64)
	reported int64
	quiet    bool // reading out of order, which is no progress
}

// ReadAt implements io.ReaderAt and reports progress. A damaged zip may point
// outside the file; nothing is there.
func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= s.size {
		return 0, io.EOF
	}
	n, err := s.r.ReadAt(p, off)
	if done := off + int64(n); s.progress != nil && !s.quiet && done > s.reported && done < s.size {
		s.reported = done
		s.progress(done)
	}
	return n, err
}

func (s *source) finish() {
	if s.progress != nil {
		s.progress(s.size)
	}
}

// head returns up to n bytes from the start.
func (s *source) head(n int) ([]byte, error) {
	p := make([]byte, min(int64(n), s.size))
	return p, s.readFull(p, 0)
}

// readFull fills p from off; a file shorter than it was said to be is an error.
func (s *source) readFull(p []byte, off int64) error {
	n, err := s.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("reading a transcript: %w", err)
}
