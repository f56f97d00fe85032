package canary_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"footing/internal/testing/canary"
)

func packed(t *testing.T, open func(io.Writer) (io.WriteCloser, error), text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := open(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wide(text string, high bool) []byte {
	var b []byte
	for _, c := range []byte(text) {
		if high {
			b = append(b, 0, c)
		} else {
			b = append(b, c, 0)
		}
	}
	return b
}

func TestLook_FindsEveryDisguise(t *testing.T) {
	word := canary.New()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	gz := func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }
	files := map[string][]byte{
		"plain":    []byte("before " + word + " after"),
		"lower":    []byte(strings.ToLower(word)),
		"upper":    []byte(strings.ToUpper(word)),
		"hex":      []byte(hex.EncodeToString([]byte("x" + word + "y"))),
		"HEX":      []byte(strings.ToUpper(hex.EncodeToString([]byte(word)))),
		"utf16le":  wide(word, false),
		"utf16be":  wide(word, true),
		"gzip":     packed(t, gz, word),
		"gzip-mid": append([]byte("some bytes before"), packed(t, gz, word)...),
		"zlib":     packed(t, func(w io.Writer) (io.WriteCloser, error) { return zlib.NewWriter(w), nil }, word),
		"age": packed(t, func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, id.Recipient()) },
			string(packed(t, gz, word))),
	}
	for i, before := range []string{"", "a", "ab", "abc"} {
		files["base64-"+string(rune('0'+i))] = []byte(base64.StdEncoding.EncodeToString([]byte(before + word + "and more")))
		files["base64url-"+string(rune('0'+i))] = []byte(base64.RawURLEncoding.EncodeToString([]byte(before + strings.ToLower(word))))
	}
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	member, err := z.Create("sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(member, "<v>"+word+"</v>"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	files["zip"] = book.Bytes()

	find := canary.Finder{Words: []string{word, canary.New()}, Identities: []age.Identity{id}}
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		hits, err := find.Look(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 {
			t.Errorf("the word is not found in %s", name)
		}
	}
	all, err := find.Look(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range all {
		if h.Word != word {
			t.Errorf("a word that is nowhere was found: %v", h)
		}
	}
	if hits := find.Bytes("nothing", bytes.Repeat([]byte("We said nothing at the table. "), 1000)); len(hits) > 0 {
		t.Errorf("found where there is nothing: %v", hits)
	}
	closed := canary.Finder{Words: []string{word}}
	if hits, err := closed.Look(filepath.Join(dir, "age")); err != nil || len(hits) > 0 {
		t.Errorf("without what opens it, an age file shows %v (%v)", hits, err)
	}
}
