package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Cost is what hashing a passphrase takes (RFC 9106, argon2id).
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

const (
	saltLength = 16
	keyLength  = 32
)

// Hashed is a passphrase's argon2id hash in PHC form: $argon2id$v=19$m=…,t=…,p=…$salt$key. The empty
// Hashed belongs to an account that no passphrase opens.
type Hashed string

// What is demanded of a passphrase, in characters. NIST SP 800-63B asks for length and for a list of
// common ones, and advises against every other rule. Four words are always long enough.
const (
	shortest = 8
	longest  = 500
)

//go:embed common.txt
var commonText string

var common = folded(strings.Fields(commonText))

func folded(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}

// CheckPassphrase reports what stands against a passphrase for somebody of that name, nil if nothing
// does: it must have 8 characters, be no more than 500, be none of the commonest and not be the name.
func CheckPassphrase(passphrase, name string) error {
	plain := tidy(passphrase)
	switch n := utf8.RuneCountInString(plain); {
	case n < shortest:
		return ErrPassphraseShort
	case n > longest:
		return ErrPassphraseLong
	}
	squeezed := strings.ToLower(strings.ReplaceAll(plain, " ", ""))
	first, _ := utf8.DecodeRuneInString(squeezed)
	oneSign := strings.Trim(squeezed, string(first)) == ""
	if oneSign || common[squeezed] || squeezed == strings.ToLower(strings.ReplaceAll(tidy(name), " ", "")) {
		return ErrPassphraseCommon
	}
	return nil
}

// tidy makes what different keyboards send for one passphrase the same: NFKC, single spaces, none at
// the ends. Capital letters stay as they are.
func tidy(passphrase string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(passphrase)), " ")
}

// Hash hashes a passphrase. At most two are hashed at once; others wait until ctx ends.
func (a *Accounts) Hash(ctx context.Context, passphrase string) (Hashed, error) {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // crypto/rand.Read never returns an error
	key, err := a.key(ctx, passphrase, salt, a.config.Cost)
	if err != nil {
		return "", err
	}
	c, b64 := a.config.Cost, base64.RawStdEncoding
	return Hashed(fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
		c.MemoryKiB, c.Passes, c.Lanes, b64.EncodeToString(salt), b64.EncodeToString(key))), nil
}

func (a *Accounts) key(ctx context.Context, passphrase string, salt []byte, c Cost) ([]byte, error) {
	select {
	case a.hashing <- struct{}{}:
		defer func() { <-a.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return a.derive([]byte(tidy(passphrase)), salt, c.Passes, c.MemoryKiB, c.Lanes, keyLength), nil
}

// matches reports whether passphrase is the one hashed, and whether the hash should be renewed because
// the cost was changed. An empty hash, which also stands for an unknown name, takes the same work and
// matches nothing.
func (a *Accounts) matches(ctx context.Context, passphrase string, hashed Hashed) (ok, stale bool, err error) {
	if utf8.RuneCountInString(passphrase) > 4*longest {
		passphrase = "" // too long for anybody's; hashing it would only take time
	}
	cost, salt, want := a.config.Cost, make([]byte, saltLength), []byte(nil)
	if hashed != "" {
		if cost, salt, want, err = hashed.parse(); err != nil {
			return false, false, err
		}
	}
	got, err := a.key(ctx, passphrase, salt, cost)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, cost != a.config.Cost, nil
}

func (h Hashed) parse() (c Cost, salt, key []byte, err error) {
	bad := errors.New("reading a passphrase's hash: it is not argon2id in PHC form")
	parts := strings.Split(string(h), "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v=19" {
		return c, nil, nil, bad
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.MemoryKiB, &c.Passes, &c.Lanes); err != nil {
		return c, nil, nil, bad
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || c.Passes == 0 || c.Lanes == 0 || len(key) != keyLength {
		return c, nil, nil, bad
	}
	return c, salt, key, nil
}
