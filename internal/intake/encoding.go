package intake

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// chunk is how much of a file is read at a time.
const chunk = 256 << 10

// decode returns the whole file as UTF-8 with lines ending in "\n", and the
// name of the encoding it was in.
//
// A byte order mark decides. Without one: zero bytes on one side of each pair
// mean UTF-16; valid UTF-8 is UTF-8; anything else is Windows-1252, unless it
// holds at least as many whole UTF-8 letters as bad bytes (then it is UTF-8
// with damage) or bytes that Windows-1252 does not have.
func decode(src *source, start []byte) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		text, err = decodeWith(src, 3, utf8Decoder{})
		return text, "UTF-8", err
	case bytes.HasPrefix(start, []byte("\xFF\xFE")):
		text, err = decodeWith(src, 2, utf16Decoder{big: false})
		return text, "UTF-16LE", err
	case bytes.HasPrefix(start, []byte("\xFE\xFF")):
		text, err = decodeWith(src, 2, utf16Decoder{big: true})
		return text, "UTF-16BE", err
	}
	switch zeroSide(start) {
	case littleEnd:
		text, err = decodeWith(src, 0, utf16Decoder{big: false})
		return text, "UTF-16LE", err
	case bigEnd:
		text, err = decodeWith(src, 0, utf16Decoder{big: true})
		return text, "UTF-16BE", err
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return "", "", problemNotText()
	}
	text, err = decodeWith(src, 0, utf8Decoder{})
	if p, ok := errors.AsType[*Problem](err); !ok || p.Kind != Encoding {
		return text, "UTF-8", err
	}
	damaged, surveyErr := damagedUTF8(src)
	if surveyErr != nil {
		return "", "", surveyErr
	}
	if damaged {
		return "", "", err
	}
	text, err = decodeWith(src, 0, windows1252Decoder{})
	return text, "Windows-1252", err
}

// decoder turns bytes of one encoding into UTF-8.
type decoder interface {
	name() string
	// decode appends what p holds to dst and returns how much of p it used. It
	// leaves at most a few bytes, the start of a letter, and stops earlier only
	// at a bad byte.
	decode(dst, p []byte) (out []byte, used int)
	// widest is the most UTF-8 bytes that one byte can become, times two.
	widest() int64
}

// maxLeft is the longest start of a letter a decoder may leave for more bytes.
const maxLeft = 3

func decodeWith(src *source, from int64, d decoder) (string, error) {
	var out breaks
	out.Grow(int((src.size - from) * d.widest() / 2))
	in := make([]byte, maxLeft+chunk)
	var scratch []byte
	left := 0
	for off := from; off < src.size; {
		n := int(min(chunk, src.size-off))
		if err := src.readFull(in[left:left+n], off); err != nil {
			return "", err
		}
		off += int64(n)
		p := in[:left+n]
		var used int
		scratch, used = d.decode(scratch[:0], p)
		if bytes.IndexByte(scratch, 0) >= 0 {
			return "", problemNotText()
		}
		out.write(scratch)
		left = copy(in, p[used:])
		if left > maxLeft {
			return "", problemBrokenText(d.name(), out.line())
		}
	}
	if left > 0 {
		return "", problemBrokenText(d.name(), out.line())
	}
	return out.String(), nil
}

// breaks collects text and makes each CRLF and CR a single line feed.
type breaks struct {
	strings.Builder
	afterCR bool
}

func (b *breaks) write(p []byte) {
	for len(p) > 0 {
		if b.afterCR && p[0] == '\n' {
			p = p[1:]
		}
		b.afterCR = false
		cr := bytes.IndexByte(p, '\r')
		if cr < 0 {
			b.Write(p)
			return
		}
		b.Write(p[:cr])
		b.WriteByte('\n')
		b.afterCR = true
		p = p[cr+1:]
	}
}

func (b *breaks) line() int { return 1 + strings.Count(b.String(), "\n") }

type utf8Decoder struct{}

func (utf8Decoder) name() string  { return "UTF-8" }
func (utf8Decoder) widest() int64 { return 2 }

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
func (utf16Decoder) widest() int64  { return 1 }

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

func (windows1252Decoder) name() string  { return "UTF-8 or Windows-1252" }
func (windows1252Decoder) widest() int64 { return 2 }

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
	for off := int64(0); off < src.size; off += chunk {
		p = p[:min(chunk, src.size-off)]
		if err := src.readFull(p, off); err != nil {
			return false, err
		}
		for i := 0; i < len(p); {
			r, n := utf8.DecodeRune(p[i:])
			switch {
			case r == utf8.RuneError && n == 1:
				bad++
			case n > 1:
				whole++
			}
			i += n
		}
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
