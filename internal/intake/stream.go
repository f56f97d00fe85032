package intake

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// pieces gives a file's text piece by piece, as UTF-8 with lines ending in "\n".
type pieces interface {
	// more appends the next piece to dst; io.EOF says that there is none.
	more(dst []byte) ([]byte, error)
}

// stream walks a file line by line, like lines, and holds no more than one piece of its text and two lines.
type stream struct {
	from  pieces
	buf   []byte
	at    int // in buf, where the line after next begins
	ended bool
	err   error // what went wrong; lines end there

	ahead    textLine
	hasAhead bool
	textLine      // the current line
	words    bool // whether a line so far had something on it beside white space
}

// textLine is one line, and where it stands in the text.
type textLine struct {
	start int64  // offset of line
	end   int64  // offset just after line's line feed
	line  string // without its line feed
	n     int    // its number, from 1
}

func newStream(from pieces) *stream {
	s := &stream{from: from}
	s.read()
	return s
}

// next goes to the next line. After the last one err tells whether all of the file was read.
func (s *stream) next() bool {
	if !s.hasAhead || s.err != nil {
		return false
	}
	s.textLine = s.ahead
	s.words = s.words || strings.TrimSpace(s.line) != ""
	s.read()
	return s.err == nil
}

// following returns the line after the current one.
func (s *stream) following() string {
	if !s.hasAhead {
		return ""
	}
	return s.ahead.line
}

// rest appends the current line from offset from on, with its line feed, to dst.
func (s *stream) rest(dst []byte, from int64) []byte {
	dst = append(dst, s.line[min(max(from-s.start, 0), int64(len(s.line))):]...)
	if s.end > max(from, s.start+int64(len(s.line))) {
		dst = append(dst, '\n')
	}
	return dst
}

// read reads the line after the one ahead.
func (s *stream) read() {
	seen := 0 // bytes of the rest of buf without a line feed
	for {
		if i := bytes.IndexByte(s.buf[s.at+seen:], '\n'); i >= 0 {
			s.take(seen+i, 1)
			return
		}
		seen = len(s.buf) - s.at
		if s.ended {
			s.take(seen, 0)
			return
		}
		s.buf = append(s.buf[:0], s.buf[s.at:]...)
		s.at = 0
		var err error
		if s.buf, err = s.from.more(s.buf); errors.Is(err, io.EOF) {
			s.ended = true
		} else if err != nil {
			s.err, s.hasAhead = err, false
			return
		}
	}
}

// take makes the next bytes of buf the line ahead; feed is 1 when a line feed follows them.
func (s *stream) take(length, feed int) {
	s.hasAhead = length+feed > 0
	start := s.ahead.end
	s.ahead = textLine{start, start + int64(length+feed), string(s.buf[s.at : s.at+length]), s.ahead.n + 1}
	s.at += length + feed
}
