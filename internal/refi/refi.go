// Package refi reads and writes code books in the exchange format of the
// REFI-QDA standard (.qdc), so that a frame built here can be opened in NVivo,
// ATLAS.ti, MAXQDA or QualCoder, and theirs here.
//
// Written files follow the published schema, Codebook.xsd, to the letter.
// Reading is kinder, because programs differ in what they write: any
// "urn:QDA-XML:codebook:" namespace is accepted, GUIDs may be in either case
// and in braces, and a colour that cannot be read is left out. Sets of codes,
// which the standard also allows, are not read.
package refi

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Namespace is the one namespace the standard defines for code books. Files
// are always written with it.
const Namespace = "urn:QDA-XML:codebook:1.0"

const (
	// MaxBytes is the size of the largest file that is read.
	MaxBytes = 16 << 20
	// MaxDepth is how many levels of codes may lie inside each other.
	MaxDepth = 64
)

// The errors callers may want to answer each in its own words. They come
// wrapped; compare with errors.Is.
var (
	// ErrNotCodebook says the file is no REFI-QDA code book.
	ErrNotCodebook = errors.New("not a REFI-QDA code book")
	// ErrMalformed says the file is broken, or breaks the standard in a way
	// that cannot be read round.
	ErrMalformed = errors.New("the code book is damaged")
	// ErrTooLarge says the file, or its nesting, passes MaxBytes or MaxDepth.
	ErrTooLarge = errors.New("the code book is too large")
	// ErrDoctype says the file declares a document type. None needs to, and
	// entities declared in one can be used to exhaust memory or read files.
	ErrDoctype = errors.New("the code book declares a document type")
	// ErrEmpty says there is no code to write; the schema asks for one.
	ErrEmpty = errors.New("the code book has no codes")
)

// Codebook is a tree of codes and the program it came from.
type Codebook struct {
	Origin string // name and version of the program that wrote it
	Codes  []Code
}

// Code is one code or theme and the codes below it.
type Code struct {
	GUID        string // 8-4-4-4-12 hexadecimal digits; lower case when read
	Name        string
	Description string // see Entry for the usual parts
	Colour      string // "#RRGGBB", upper case when read; "" for none
	Codable     bool   // false for a heading that takes no passages itself
	Children    []Code
}

// NormalGUID gives a GUID the one spelling used here: lower case, no braces,
// no white space around it. Programs write the same GUID in different case,
// so GUIDs from two sources are compared in this spelling. The error wraps
// ErrMalformed.
func NormalGUID(s string) (string, error) {
	s = strings.TrimSpace(s)
	if len(s) == 38 && s[0] == '{' && s[37] == '}' {
		s = s[1:37]
	}
	if len(s) != 36 {
		return "", fmt.Errorf("%w: a GUID is not of the form 8-4-4-4-12", ErrMalformed)
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (s[i] == '-') || !dash && !isHex(s[i]) {
			return "", fmt.Errorf("%w: a GUID is not of the form 8-4-4-4-12", ErrMalformed)
		}
	}
	return strings.ToLower(s), nil
}

// normalColour spells a colour "#RRGGBB" in upper case, from that or from the
// short "#RGB"; ok is false when s is neither.
func normalColour(s string) (colour string, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) == 4 {
		s = string([]byte{s[0], s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	if len(s) != 7 || s[0] != '#' {
		return "", false
	}
	for i := 1; i < len(s); i++ {
		if !isHex(s[i]) {
			return "", false
		}
	}
	return s, true
}

func isHex(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

// Clean returns s as it is written: characters that no XML 1.0 document can
// hold (section 2.2 of that standard: control characters other than tab and
// line ends, U+FFFE, U+FFFF) are left out, and bytes that are not UTF-8 become
// U+FFFD. Nothing else changes.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, s)
}
