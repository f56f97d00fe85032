package mine

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// How a file is locked. The script in it knows the same numbers.
const (
	// rounds of PBKDF2. OWASP's password storage sheet asks for 600,000 with SHA-256 (2023); a phone of ten
	// years ago takes these in some seconds.
	rounds = 1_000_000
	saltOf = 16
	keyOf  = 32 // AES-256

	// step is what a locked text's length is a multiple of, so that it says little about how much she said.
	step = 64 << 10
)

// lock locks a text with words. It returns salt, nonce and sealed text as base64 that fits a page.
func lock(text []byte, words string) (string, error) {
	salt := make([]byte, saltOf)
	_, _ = rand.Read(salt) // crypto/rand.Read never returns an error
	key, err := pbkdf2.Key(sha256.New, tidy(words), salt, rounds, keyOf)
	if err != nil {
		return "", fmt.Errorf("making a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	seal, err := cipher.NewGCMWithRandomNonce(block) // the nonce stands first
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(seal.Seal(salt, nil, padded(text), nil)), nil
}

// padded adds spaces, which a page does not show.
func padded(text []byte) []byte {
	return append(text, bytes.Repeat([]byte{' '}, step-len(text)%step)...)
}

// tidy makes what different keyboards send for the same words the same: NFKC, single spaces, none at the
// ends. The file's script does exactly this too.
func tidy(words string) string {
	return strings.Join(strings.FieldsFunc(norm.NFKC.String(words), func(r rune) bool {
		return r == ' ' || '\t' <= r && r <= '\r'
	}), " ")
}
