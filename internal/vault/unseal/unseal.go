// Package unseal opens what package vault sealed. Only the gate (package consent) imports it, which a
// test holds; so the gate is the one way to anybody's words.
package unseal

import (
	"crypto/cipher"

	"footing/internal/vault"
	"footing/internal/vault/internal/box"
)

// Open returns the words sealed under key for that place, or vault.ErrShut.
func Open(key vault.Key, place vault.Place, sealed []byte) (vault.Words, error) {
	return new(Opener).Open(key, place, sealed)
}

// An Opener opens many values, one after the other. It keeps the last key's cipher and its buffers, so
// the turns of a document or the passages of an export cost one copy of their text each. The zero
// Opener is ready; one goroutine uses it.
type Opener struct {
	key    vault.Key
	cipher cipher.AEAD
	place  []byte
	text   []byte
}

// Open returns the words sealed under key for that place, or vault.ErrShut. It panics on the zero key.
func (o *Opener) Open(key vault.Key, place vault.Place, sealed []byte) (vault.Words, error) {
	if o.cipher == nil || o.key != key {
		o.key, o.cipher = key, box.Cipher(key)
	}
	o.place = place.Bind(o.place[:0])
	text, err := box.Open(o.text[:0], o.cipher, o.place, sealed)
	if err != nil {
		return vault.Words{}, err
	}
	o.text = text
	return vault.Hold(string(text)), nil
}
