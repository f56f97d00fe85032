// Package box is the inside of the vault: what a key is, what opened words are, and the cipher.
//
// It lies in an internal folder so that the compiler keeps it to the vault's own packages: nobody else
// can get at the bytes of a key, and with a key in hand there is no way to open anything but through
// package unseal.
package box

import (
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is the length of a key in bytes.
const KeySize = chacha20poly1305.KeySize

// format leads every sealed value, so that another cipher can follow one day.
const format = 1

// Overhead is by how many bytes a sealed value is longer than what it seals.
const Overhead = 1 + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

var (
	// ErrShut is returned for a sealed value that does not open: another key, another place, or
	// changed bytes. Which of them cannot be told.
	ErrShut = errors.New("sealed value does not open: wrong key, wrong place or changed bytes")

	errRedacted = errors.New("keys and opened words are never encoded")
)

// A Key seals values. The zero Key is no key. Printing, logging or encoding one never shows its bytes.
//
// The bytes are two pointers away because package fmt prints the unexported fields of whatever holds a
// Key without asking its methods, and follows one pointer to an array.
type Key struct{ b **[KeySize]byte }

// NewKey returns a new random key.
func NewKey() Key {
	var b [KeySize]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never returns an error
	return KeyOf(b)
}

// KeyOf returns the key with these bytes.
func KeyOf(b [KeySize]byte) Key {
	at := &b
	return Key{&at}
}

// Raw returns k's own bytes. It is a function, not a method, so that only the vault can call it.
func Raw(k Key) []byte { return (*k.b)[:] }

// Wipe overwrites k's bytes, for every copy of k. The runtime may have moved copies of its own; this
// shortens how long a key lies in memory and promises no more.
func Wipe(k Key) {
	if k.b != nil {
		clear(Raw(k))
	}
}

// IsZero reports whether k is no key.
func (k Key) IsZero() bool { return k.b == nil }

// String returns a placeholder.
func (k Key) String() string { return "[key]" }

// Format prints a placeholder for every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[key]") }

// LogValue returns a placeholder.
func (k Key) LogValue() slog.Value { return slog.StringValue("[key]") }

// MarshalText always returns an error.
func (k Key) MarshalText() ([]byte, error) { return nil, errRedacted }

// GobEncode always returns an error.
func (k Key) GobEncode() ([]byte, error) { return nil, errRedacted }

// Words is opened text. It has no String and no JSON; printing or logging it shows a placeholder, and
// encoding it is an error. Reveal is the one way to the text.
type Words struct{ text *string } // by pointer, which fmt does not follow to a string

// Hold returns text as Words.
func Hold(text string) Words { return Words{&text} }

// Reveal returns the text, for a page or an export that shows it to the person it was opened for. A
// static check allows it in page and export files alone.
func (w Words) Reveal() string {
	if w.text == nil {
		return ""
	}
	return *w.text
}

// Format prints a placeholder for every verb.
func (w Words) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[words]") }

// LogValue returns a placeholder.
func (w Words) LogValue() slog.Value { return slog.StringValue("[words]") }

// MarshalText always returns an error.
func (w Words) MarshalText() ([]byte, error) { return nil, errRedacted }

// GobEncode always returns an error.
func (w Words) GobEncode() ([]byte, error) { return nil, errRedacted }

// Cipher returns XChaCha20-Poly1305 under k. It may be used by many goroutines. It panics on the zero
// key, which only a mistake of ours can bring here.
func Cipher(k Key) cipher.AEAD {
	if k.b == nil {
		panic("box: no key")
	}
	c, err := chacha20poly1305.NewX(Raw(k))
	if err != nil {
		panic(err) // a Key has the right length
	}
	return c
}

// Seal appends plaintext, sealed under c and bound to place, to dst: format, random nonce, ciphertext,
// tag. With 24 random bytes a nonce does not repeat.
func Seal(dst []byte, c cipher.AEAD, place, plaintext []byte) []byte {
	start := len(dst)
	dst = append(dst, format)
	dst = append(dst, make([]byte, chacha20poly1305.NonceSizeX)...)
	nonce := dst[start+1:]
	_, _ = rand.Read(nonce)
	return c.Seal(dst, nonce, plaintext, place)
}

// Open appends what sealed holds to dst, or returns ErrShut.
func Open(dst []byte, c cipher.AEAD, place, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != format {
		return nil, ErrShut
	}
	nonce, body := sealed[1:1+chacha20poly1305.NonceSizeX], sealed[1+chacha20poly1305.NonceSizeX:]
	opened, err := c.Open(dst, nonce, body, place)
	if err != nil {
		return nil, ErrShut
	}
	return opened, nil
}
