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
// # What is held
//
// A file is read two or three times rather than once: to see which letters it is
// in, to decide who speaks, and to cut the turns. So a piece of the text and one
// turn are in memory, and never the whole. What can be as long as the file is a
// single turn, or a line without an end.
//
// go-astisub was tried for captions and not kept: it drops all but the first
// voice of a line and writes the others' names to the standard log, swallows
// words in angle brackets, and trims the lines.
package intake

import (
	"errors"
	"fmt"
	"io"
	"slices"
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

	// While turns are cut: who takes them, how many there were, and where each label is in Speakers.
	do      func(Turn) error
	turns   int
	speaker map[string]int
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
// It holds all turns; for a file that is too long for that there is [Open].
// What is wrong with a file is a *Problem; an error of r is returned wrapped.
func Read(name string, r io.ReaderAt, size int64, progress func(done int64)) (*Transcript, error) {
	f, err := Open(name, r, size, progress)
	if err != nil {
		return nil, err
	}
	var turns []Turn
	t, err := f.Each(func(turn Turn) error {
		turns = append(turns, turn)
		return nil
	})
	if err != nil {
		return nil, err
	}
	t.Turns = turns
	f.src.finish()
	return t, nil
}

// File is a transcript whose turns are found anew each time they are asked for,
// so that no more than one of them is held.
type File struct {
	name  string
	src   *source
	text  func(lined bool) pieces // from its beginning
	word  bool
	found Transcript // without its turns: what is known before they are cut
	cut   func(*Transcript) error
}

// Open reads the size bytes of r through, two or three times, and decides who
// speaks and how turns are told apart; see Read. r must stay readable while the
// File is used.
func Open(name string, r io.ReaderAt, size int64, progress func(done int64)) (*File, error) {
	switch {
	case size <= 0:
		return nil, problemEmpty()
	case size > MaxBytes:
		return nil, problemTooLarge()
	}
	f := &File{name: name, src: &source{r: r, size: size, progress: progress}}
	if err := f.sniff(); err != nil {
		return nil, err
	}
	if err := f.decide(); err != nil {
		return nil, err
	}
	return f, nil
}

// Each calls do for every turn, in order, and returns what was found beside
// them: the transcript without its turns. It ends with the first error of do.
func (f *File) Each(do func(Turn) error) (*Transcript, error) {
	t := f.found
	t.Warnings = slices.Clone(f.found.Warnings)
	t.do, t.speaker = do, map[string]int{}
	if err := f.cut(&t); err != nil {
		return nil, err
	}
	if t.Characters == 0 {
		return nil, problemEmpty()
	}
	t.do, t.speaker = nil, nil
	return &t, nil
}

// sniff tells format and encoding, and how the text is read. In the text of a
// Word file "\v" is a line break inside a paragraph, as in Word.
func (f *File) sniff() error {
	start, err := f.src.head(sniffLength)
	if err != nil {
		return err
	}
	if err := foreign(f.name, start); err != nil {
		return err
	}
	if isZip(start) {
		w, err := openWord(f.src)
		if err != nil {
			return err
		}
		f.word, f.found.Format, f.found.Encoding = true, Word, "UTF-8"
		f.text = func(lined bool) pieces { return &wordPieces{file: w, lined: lined} }
		return nil
	}
	e, err := encodingOf(f.src, start)
	if err != nil {
		return err
	}
	f.found.Encoding = e.name
	f.text = func(bool) pieces { return newDecoded(f.src, e) }
	if f.found.Format, err = f.textFormat(); err != nil {
		return err
	}
	if e.name == "Windows-1252" {
		f.found.warn(GuessedEncoding, 0)
	}
	return nil
}

// lines returns the text's lines, from its beginning.
func (f *File) lines() *stream { return newStream(f.text(true)) }

// decide looks the text through and chooses how turns are cut from it.
func (f *File) decide() error {
	captions, err := f.startsAsCaptions()
	if err != nil {
		return err
	}
	if f.found.Format == WebVTT || f.found.Format == SubRip || f.word && captions {
		return f.decideCaptions()
	}
	ev, layout, err := f.weigh()
	if err != nil {
		return err
	}
	if saysCaptions(f.name) {
		f.found.warn(NotCaptions, 0)
	}
	if ev.conversation() {
		f.cut = func(t *Transcript) error { return f.cutTurns(t, ev) }
		return nil
	}
	f.found.warn(NoSpeakers, 0)
	each := f.word || !layout.blankInside && layout.long
	f.cut = func(t *Transcript) error { return f.cutParagraphs(t, each) }
	return nil
}

// seen is called when all lines were read once: a text without words has no
// turns.
func (f *File) seen(ls *stream) error {
	if ls.err != nil {
		return ls.err
	}
	if w, ok := ls.from.(*wordPieces); ok {
		w.warnOf(&f.found)
	}
	if !ls.words {
		return problemEmpty()
	}
	return nil
}

// add hands a turn on, with the white space at its ends taken off, and counts
// it. Its label is one string for all turns of its speaker.
func (t *Transcript) add(turn Turn) error {
	turn.Text = strings.Trim(turn.Text, blanks)
	if turn.Text == "" && turn.Speaker == "" {
		return nil
	}
	if t.turns++; t.turns > MaxTurns {
		return problemTooManyTurns()
	}
	n := utf8.RuneCountInString(turn.Text)
	t.Characters += n
	if turn.Speaker != "" {
		i, known := t.speaker[turn.Speaker]
		if !known {
			i = len(t.Speakers)
			t.Speakers = append(t.Speakers, Speaker{Label: strings.Clone(turn.Speaker)})
			t.speaker[t.Speakers[i].Label] = i
		}
		t.Speakers[i].Turns++
		t.Speakers[i].Characters += n
		turn.Speaker = t.Speakers[i].Label
	}
	return t.do(turn)
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
