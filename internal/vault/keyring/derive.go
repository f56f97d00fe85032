package keyring

import (
	"crypto/hkdf"
	"crypto/sha256"

	"footing/internal/vault"
	"footing/internal/vault/internal/box"
)

// Derive returns the key that the root key gives for a label (HKDF, RFC 5869). It seals what is nobody's
// words and must outlive every epoch, such as second-factor secrets. It cannot be destroyed by itself.
func (r *Ring) Derive(label string) vault.Key {
	key, err := hkdf.Key(sha256.New, box.Raw(r.root), nil, "footing "+label, box.KeySize)
	if err != nil {
		panic(err) // only a length that SHA-256 cannot give would be refused
	}
	return box.KeyOf([box.KeySize]byte(key))
}
