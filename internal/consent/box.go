package consent

import (
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// A Box seals and opens small secrets that are nobody's words, such as second-factor secrets.
type Box struct{ Key vault.Key }

var boxPlace = vault.Place{Table: "box"}

// Seal returns plain, sealed.
func (b Box) Seal(plain []byte) []byte { return vault.Seal(b.Key, boxPlace, plain) }

// Open returns what Seal sealed, or vault.ErrShut.
func (b Box) Open(sealed []byte) ([]byte, error) {
	w, err := unseal.Open(b.Key, boxPlace, sealed)
	return []byte(w.Reveal()), err
}
