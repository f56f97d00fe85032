// Package canary looks for words where they must not be: in any file, in any of the usual disguises.
//
// A test makes a canary, a word that is in no other text, has it written wherever somebody's words go,
// and then searches every byte that the program left. A canary is found as it is and in any case, in
// base64 at each of its three alignments, in hex, as UTF-16 of either byte order, inside gzip, zlib and
// zip, and, given what opens them, inside age files.
package canary

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"filippo.io/age"
)

// New returns a made-up word of 18 letters in mixed case. It is long enough never to come about by
// chance.
func New() string {
	letters := []byte("Zq")
	for i := range 16 {
		letter := byte('a' + rand.IntN(26))
		if i%4 == 0 {
			letter -= 'a' - 'A'
		}
		letters = append(letters, letter)
	}
	return string(letters)
}

// Text returns a sentence with the canary in it several times, so that one of them is whole whatever
// page of a database a text is cut at.
func Text(word string) string { return strings.Repeat("We said "+word+" at the table. ", 6) }

// A Hit is a place where a canary was found.
type Hit struct {
	Path string // with what had to be opened on the way, such as "x.age!age!gzip"
	Word string
	Form string
}

// String names file and form, for a test's message.
func (h Hit) String() string { return fmt.Sprintf("%s in %s, as %s", h.Word, h.Path, h.Form) }

// A Finder looks for words. The zero value with Words set looks everywhere but in age files.
type Finder struct {
	Words      []string
	Identities []age.Identity // what opens age files on the way
}

// Look searches the given files and folders, folders with all that is in them. A file that disappears
// meanwhile is left out. It returns each word, file and form once.
func (f Finder) Look(paths ...string) ([]Hit, error) {
	var hits []Hit
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				if os.IsNotExist(err) {
					err = nil
				}
				return err
			}
			content, err := os.ReadFile(path)
			if os.IsNotExist(err) {
				return nil
			} else if err != nil {
				return err
			}
			hits = append(hits, f.Bytes(path, content)...)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return hits, nil
}

// Bytes searches bytes that are not a file, such as a response or a log kept in memory.
func (f Finder) Bytes(name string, content []byte) []Hit { return f.within(name, content, 0) }

// deepest is how many layers, such as gzip in age, are opened.
const deepest = 4

func (f Finder) within(name string, content []byte, depth int) []Hit {
	var hits []Hit
	folded := fold(content)
	for _, word := range f.Words {
		for _, form := range formsOf(word) {
			where := content
			if form.folded {
				where = folded
			}
			if bytes.Contains(where, form.bytes) {
				hits = append(hits, Hit{name, word, form.name})
			}
		}
	}
	if depth == deepest {
		return hits
	}
	for _, layer := range f.layers(content) {
		hits = append(hits, f.within(name+"!"+layer.name, layer.content, depth+1)...)
	}
	return hits
}

type form struct {
	name   string
	bytes  []byte
	folded bool // looked for in any case
}

func formsOf(word string) []form {
	lower := []byte(strings.ToLower(word))
	forms := []form{
		{"plain text", lower, true},
		{"hex", []byte(hex.EncodeToString([]byte(word))), true},
		{"hex of lower case", []byte(hex.EncodeToString(lower)), true},
		{"UTF-16LE", wide(string(lower), 0), true},
		{"UTF-16BE", wide(string(lower), 1), true},
	}
	for _, text := range [][]byte{[]byte(word), lower} {
		for shift := range 3 {
			forms = append(forms, form{fmt.Sprintf("base64 at %d", shift), middle(base64.StdEncoding, text, shift), false},
				form{fmt.Sprintf("base64url at %d", shift), middle(base64.URLEncoding, text, shift), false})
		}
	}
	return forms
}

// middle returns the letters that text has in base64 whatever stands before and after it, when it begins
// shift bytes into a group of three.
func middle(encoding *base64.Encoding, text []byte, shift int) []byte {
	padded := append(bytes.Repeat([]byte{0}, shift), text...)
	whole := encoding.EncodeToString(padded[:len(padded)/3*3])
	if shift > 0 {
		whole = whole[4:] // the first group is shared with what stands before
	}
	return []byte(whole)
}

// wide returns ASCII text in UTF-16 with its low bytes at even (0) or odd (1) places.
func wide(text string, low int) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		pair := [2]byte{}
		pair[low], pair[1-low] = byte(unit), byte(unit>>8)
		b = append(b, pair[:]...)
	}
	return b
}

// fold lowers ASCII capitals.
func fold(content []byte) []byte {
	folded := make([]byte, len(content))
	for i, c := range content {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		folded[i] = c
	}
	return folded
}

type layer struct {
	name    string
	content []byte
}

// most is how much is read out of one packed thing.
const most = 256 << 20

// layers returns what is packed in content.
func (f Finder) layers(content []byte) []layer {
	var found []layer
	add := func(name string, r io.Reader) {
		inside, _ := io.ReadAll(io.LimitReader(r, most)) // what comes out before an error counts too
		if len(inside) > 0 {
			found = append(found, layer{name, inside})
		}
	}
	for at := range each(content, []byte{0x1f, 0x8b, 8}) {
		if r, err := gzip.NewReader(bytes.NewReader(content[at:])); err == nil {
			add("gzip", r)
		}
	}
	for _, level := range []byte{0x01, 0x5e, 0x9c, 0xda} {
		for at := range each(content, []byte{0x78, level}) {
			if r, err := zlib.NewReader(bytes.NewReader(content[at:])); err == nil {
				add("zlib", r)
			}
		}
	}
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		if z, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
			for _, member := range z.File {
				if r, err := member.Open(); err == nil {
					add("zip:"+member.Name, r)
				}
			}
		}
	}
	if len(f.Identities) > 0 && bytes.HasPrefix(content, []byte("age-encryption.org/")) {
		if r, err := age.Decrypt(bytes.NewReader(content), f.Identities...); err == nil {
			add("age", r)
		}
	}
	return found
}

// each yields every place of mark in content.
func each(content, mark []byte) func(func(int) bool) {
	return func(yield func(int) bool) {
		for at := 0; ; at++ {
			next := bytes.Index(content[at:], mark)
			if next < 0 || !yield(at+next) {
				return
			}
			at += next
		}
	}
}
