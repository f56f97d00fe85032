package intake

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// chunk is how much of a file is read at a time.
const chunk = 256 << 10

// An encoding is how a file stores its letters, and where they begin.
type encoding struct {
	name    string
	from    int64
	decoder decoder
}

// encodingOf returns the encoding of a file all of which can be read in it.
//
// A byte order mark decides. Without one: zero bytes on one side of each pair
// mean UTF-16; valid UTF-8 is UTF-8; anything else is Windows-1252, unless it
// holds at least as many whole UTF-8 letters as bad bytes (then it is UTF-8
// with damage) or bytes that Windows-1252 does not have.
func encodingOf(src *source, start []byte) (encoding, error) {
	little, big := utf16Decoder{big: false}, utf16Decoder{big: true}
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		return checked(src, encoding{"UTF-8", 3, utf8Decoder{}})
	case bytes.HasPrefix(start, []byte("\xFF\xFE")):
		return checked(src, encoding{"UTF-16LE", 2, little})
	case bytes.HasPrefix(start, []byte("\xFE\xFF")):
		return checked(src, encoding{"UTF-16BE", 2, big})
	}
	switch zeroSide(start) {
	case littleEnd:
		return checked(src, encoding{"UTF-16LE", 0, little})
	case bigEnd:
		return checked(src, encoding{"UTF-16BE", 0, big})
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return encoding{}, problemNotText()
	}
	e, err := checked(src, encoding{"UTF-8", 0, utf8Decoder{}})
	if p, ok := errors.AsType[*Problem](err); !ok || p.Kind != Encoding {
		return e, err
	}
	damaged, surveyErr := damagedUTF8(src)
	if surveyErr != nil {
		return encoding{}, surveyErr
	}
	if damaged {
		return encoding{}, err
	}
	return checked(src, encoding{"Windows-1252", 0, windows1252Decoder{}})
}

// checked reads all of a file once and returns e, or why it cannot be read so.
func checked(src *source, e encoding) (encoding, error) {
	d := newDecoded(src, e)
	var text []byte
	for {
		var err error
		if text, err = d.more(text[:0]); errors.Is(err, io.EOF) {
			return e, nil
		} else if err != nil {
			return e, err
		}
	}
}

// decoder turns bytes of one encoding into UTF-8.
type decoder interface {
	name() string
	// decode appends what p holds to dst and returns how much of p it used. It
	// leaves at most a few bytes, the start of a letter, and stops earlier only
	// at a bad byte.
	decode(dst, p []byte) (out []byte, used int)
}

// maxLeft is the longest start of a letter a decoder may leave for more bytes.
const maxLeft = 3

// decoded gives a file's text piece by piece.
type decoded struct {
	src     *source
	decoder decoder
	off     int64 // of what is read next
	in      []byte
	left    int // bytes of in that wait for the rest of their letter
	scratch []byte
	afterCR bool
	line    int
}

func newDecoded(src *source, e encoding) *decoded {
	return &decoded{src: src, decoder: e.decoder, off: e.from, in: make([]byte, maxLeft+chunk), line: 1}
}

// more appends the next piece.
func (d *decoded) more(dst []byte) ([]byte, error) {
	if d.off >= d.src.size {
		if d.left > 0 {
			return dst, problemBrokenText(d.decoder.name(), d.line)
		}
		return dst, io.EOF
	}
	n := int(min(chunk, d.src.size-d.off))
	if err := d.src.readFull(d.in[d.left:d.left+n], d.off); err != nil {
		return dst, err
	}
	d.off += int64(n)
	p := d.in[:d.left+n]
	var used int
	d.scratch, used = d.decoder.decode(d.scratch[:0], p)
	if bytes.IndexByte(d.scratch, 0) >= 0 {
		return dst, problemNotText()
	}
	begin := len(dst)
	dst = d.breaks(dst, d.scratch)
	d.line += bytes.Count(dst[begin:], []byte("\n"))
	if d.left = copy(d.in, p[used:]); d.left > maxLeft {
		return dst, problemBrokenText(d.decoder.name(), d.line)
	}
	return dst, nil
}

// breaks appends p to dst and makes each CRLF and CR a single line feed.
func (d *decoded) breaks(dst, p []byte) []byte {
	for len(p) > 0 {
		if d.afterCR && p[0] == '\n' {
			p = p[1:]
		}
		d.afterCR = false
		cr := bytes.IndexByte(p, '\r')
		if cr < 0 {
			return append(dst, p...)
		}
		dst = append(append(dst, p[:cr]...), '\n')
		d.afterCR = true
		p = p[cr+1:]
	}
	return dst
}

type utf8Decoder struct{}

func (utf8Decoder) name() string { return "UTF-8" }

func (utf8Decoder) decode(dst, p []byte) ([]byte, int) {
	used := len(p)
	for back := 1; back <= maxLeft && back <= len(p); back++ {
		if c := p[len(p)-back]; utf8.RuneStart(c) {
			if !utf8.FullRune(p[len(p)-back:]) {
				used = len(p) - back
			}
			break
		}
	}
	if utf8.Valid(p[:used]) {
		return append(dst, p[:used]...), used
	}
	// A few bad bytes at the very end must not pass for a letter still to come.
	good := 0
	for good < used {
		r, n := utf8.DecodeRune(p[good:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		good += n
	}
	return append(dst, p[:good]...), good
}

type utf16Decoder struct{ big bool }

func (d utf16Decoder) name() string { return "UTF-16" }

func (d utf16Decoder) unit(p []byte) rune {
	if d.big {
		return rune(p[0])<<8 | rune(p[1])
	}
	return rune(p[1])<<8 | rune(p[0])
}

func (d utf16Decoder) decode(dst, p []byte) ([]byte, int) {
	used := 0
	for used+2 <= len(p) {
		r, n := d.unit(p[used:]), 2
		if utf16.IsSurrogate(r) {
			if used+4 > len(p) {
				break
			}
			if r = utf16.DecodeRune(r, d.unit(p[used+2:])); r == utf8.RuneError {
				break
			}
			n = 4
		}
		dst = utf8.AppendRune(dst, r)
		used += n
	}
	return dst, used
}

type windows1252Decoder struct{}

func (windows1252Decoder) name() string { return "UTF-8 or Windows-1252" }

func (windows1252Decoder) decode(dst, p []byte) ([]byte, int) {
	for i, c := range p {
		switch {
		case c >= 0x80 && c < 0xA0:
			r := windows1252[c-0x80]
			if r == 0 {
				return dst, i
			}
			dst = utf8.AppendRune(dst, r)
		case c < 0x20 && !strings.ContainsRune("\t\n\v\f\r", rune(c)):
			return dst, i
		default:
			dst = utf8.AppendRune(dst, rune(c))
		}
	}
	return dst, len(p)
}

// windows1252 maps 0x80 to 0x9F as the WHATWG Encoding Standard's index does,
// with zero where Microsoft's table has no letter.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// damagedUTF8 reports whether a file that is not valid UTF-8 was meant to be:
// it has at least as many whole letters beyond ASCII as bad bytes.
func damagedUTF8(src *source) (bool, error) {
	whole, bad := 0, 0
	p := make([]byte, chunk)
	for off := int64(0); off < src.size; {
		p = p[:min(chunk, src.size-off)]
		if err := src.readFull(p, off); err != nil {
			return false, err
		}
		i, end := 0, off+int64(len(p)) == src.size
		for i < len(p) && (end || utf8.FullRune(p[i:])) { // a letter that a piece cuts is read with the next
			r, n := utf8.DecodeRune(p[i:])
			switch {
			case r == utf8.RuneError && n == 1:
				bad++
			case n > 1:
				whole++
			}
			i += n
		}
		off += int64(i)
	}
	return whole >= bad, nil
}

type side int

const (
	neither side = iota
	littleEnd
	bigEnd
)

// zeroSide tells UTF-16 without a mark: spaces, line ends and Latin letters
// have a zero byte, always in the same half of the pair.
func zeroSide(start []byte) side {
	var zeros [2]int
	for i, c := range start {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > 4*zeros[0] && readsAsUTF16(start, false):
		return littleEnd
	case zeros[0] > 4*zeros[1] && readsAsUTF16(start, true):
		return bigEnd
	}
	return neither
}

// readsAsUTF16 keeps pictures and sound, which also hold zeros, from passing
// for text: they soon hold control characters or half letters.
func readsAsUTF16(start []byte, big bool) bool {
	out, used := utf16Decoder{big: big}.decode(nil, start)
	control := bytes.ContainsFunc(out, func(r rune) bool { return r < 0x20 && !strings.ContainsRune("\t\n\v\f\r", r) })
	return len(start)-used <= maxLeft && !control
}
