// Package vault seals words, so that what is on the disk is of no use without a key that can be
// destroyed.
//
// Each value is sealed with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under a key of its own
// contribution version or speaker, bound to the place it is stored at: moved to another row, column,
// owner or partnership it no longer opens. Sealing is open to all; opening is in package unseal, which
// the gate alone imports; keys are kept by package keyring.
//
// Sealing hides what was written, not how long it is.
package vault

import (
	"encoding/binary"

	"footing/internal/person"
	"footing/internal/vault/internal/box"
)

// A Key seals values. The zero Key is no key. Its bytes are out of reach outside the vault: printing
// and logging show a placeholder, encoding is an error.
type Key = box.Key

// Words is opened text: no String, no JSON, a placeholder in prints and logs. Words.Reveal is the one
// way to the text.
type Words = box.Words

// ErrShut is returned for a sealed value that does not open: another key, another place, or changed
// bytes. Which of them cannot be told.
var ErrShut = box.ErrShut

// NewKey returns a random key that is stored nowhere. Keys that are to last come from keyring.
func NewKey() Key { return box.NewKey() }

// Hold returns text as Words, for text that is already in the clear and should go no further.
func Hold(text string) Words { return box.Hold(text) }

// A Place is where a sealed value is stored. It is not secret; sealing binds a value to it.
type Place struct {
	Table       string
	Column      string
	Row         string
	Partnership person.Partnership
	Owner       string // whose words, as the row says
	Version     int64  // of the row, zero where rows have none
}

// Bind appends p as associated data to dst. Every text is led by its length, so two places never give
// the same bytes.
func (p Place) Bind(dst []byte) []byte {
	for _, s := range [...]string{p.Table, p.Column, p.Row, string(p.Partnership), p.Owner} {
		dst = binary.AppendUvarint(dst, uint64(len(s)))
		dst = append(dst, s...)
	}
	return binary.BigEndian.AppendUint64(dst, uint64(p.Version))
}

// Seal returns plaintext sealed under key for that place. It panics on the zero key.
func Seal(key Key, place Place, plaintext []byte) []byte {
	var room [128]byte
	dst := make([]byte, 0, len(plaintext)+box.Overhead)
	return box.Seal(dst, box.Cipher(key), place.Bind(room[:0]), plaintext)
}
