package mine

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"footing/internal/account"
	"footing/internal/lang/plain"
)

// unlock does what the file's script does.
func unlock(kept, words string) (string, error) {
	all, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return "", err
	}
	key, err := pbkdf2.Key(sha256.New, words, all[:16], rounds, 32)
	if err != nil {
		return "", err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	text, err := seal.Open(nil, all[16:28], all[28:], nil)
	return string(text), err
}

func TestLock_OpensWithItsWordsAlone(t *testing.T) {
	if rounds < 600_000 {
		t.Errorf("%d rounds are too few", rounds)
	}
	const text, words = "<h1>All of it</h1>", "orchard kettle ribbon atlas"
	kept, err := lock([]byte(text), "  Orchard kettle\tribbon atlas ")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unlock(kept, "Orchard kettle ribbon atlas"); err != nil || strings.TrimRight(got, " ") != text {
		t.Errorf("its words open %q (%v)", got, err)
	}
	if got, err := unlock(kept, words); err == nil {
		t.Errorf("other words open %q", got)
	}
	again, err := lock([]byte(text), words)
	if err != nil {
		t.Fatal(err)
	}
	if again[:32] == kept[:32] {
		t.Error("two files have the same salt")
	}
}

func TestLock_LengthSaysLittle(t *testing.T) {
	for _, n := range []int{0, 1, step - 1, step, step + 1} {
		if got := len(padded(bytes.Repeat([]byte{'x'}, n))); got%step != 0 || got <= n || got > n+step {
			t.Errorf("%d bytes become %d", n, got)
		}
	}
}

func TestCheckWords_LongEnoughAndTwice(t *testing.T) {
	for _, c := range []struct {
		words, again string
		want         error
	}{
		{"orchard kettle ribbon atlas", "orchard kettle ribbon atlas", nil},
		{"orchard kettle", "orchard  kettle ", nil},
		{"orchard kettle", "orchard kettles", ErrDiffer},
		{"orchard k", "orchard k", ErrShort},
		{"short", "short", account.ErrPassphraseShort},
		{"passwordpassword", "passwordpassword", nil},
		{"Bren of the Mill", "Bren of the Mill", account.ErrPassphraseCommon},
	} {
		if got := CheckWords(c.words, c.again, "Bren of the Mill"); !errors.Is(got, c.want) {
			t.Errorf("%q and %q: %v, want %v", c.words, c.again, got, c.want)
		}
	}
}

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(New(Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
