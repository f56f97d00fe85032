package account_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"footing/internal/account"
	"footing/internal/store"
)

func TestCheckPassphrase_AsksForLengthAndNothingElse(t *testing.T) {
	for passphrase, want := range map[string]error{
		"tea urn":                        account.ErrPassphraseShort,
		"       a       ":                account.ErrPassphraseShort,
		"tea urns":                       nil,
		"kestrel ":                       account.ErrPassphraseShort,
		"ünïcödé!":                       nil,
		"oak kite lemon tram":            nil,
		"all lower case and no figures":  nil,
		"Password1":                      account.ErrPassphraseCommon,
		"pass word 123":                  account.ErrPassphraseCommon,
		"zzzzzzzzzzzz":                   account.ErrPassphraseCommon,
		"éééééééééééé":                   account.ErrPassphraseCommon,
		"wren of the hill":               account.ErrPassphraseCommon,
		strings.Repeat("oak kite ", 60):  account.ErrPassphraseLong,
		strings.Repeat("oak kite ", 50):  nil,
		strings.Repeat("\u00e9kite ", 7): nil,
	} {
		if err := account.CheckPassphrase(passphrase, "Wren of the Hill"); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: %v, want %v", passphrase, err, want)
		}
	}
}

func TestHash_PHCOfTheChosenCost(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "main.db"))
	byDefault := account.New(account.Deps{DB: w.db, Box: box{}})
	for a, want := range map[*account.Accounts]string{w.Accounts: "$argon2id$v=19$m=64,t=1,p=1$", byDefault: "$argon2id$v=19$m=65536,t=3,p=1$"} {
		hashed, err := a.Hash(t.Context(), good)
		if err != nil || !strings.HasPrefix(string(hashed), want) {
			t.Errorf("hash %s, %v; want %s…", hashed, err, want)
		}
		again, err := a.Hash(t.Context(), good)
		if err != nil || hashed == again {
			t.Errorf("the same passphrase hashed twice gives one text: %v", err)
		}
	}
}

func TestEasyWords_FourOfTheList(t *testing.T) {
	list, seen := account.List(), map[string]bool{}
	for range 200 {
		words := account.EasyWords()
		if seen[words] {
			t.Errorf("%q came twice", words)
		}
		seen[words] = true
		parts := strings.Fields(words)
		if len(parts) != 4 {
			t.Errorf("%q is not four words", words)
		}
		for _, part := range parts {
			if !slices.Contains(list, part) {
				t.Errorf("%q is not on the list", part)
			}
		}
		if err := account.CheckPassphrase(words, "Wren"); err != nil {
			t.Errorf("%q is refused: %v", words, err)
		}
	}
}

// unwelcome are words that must not be read out to anybody here, and some that sound like others.
var unwelcome = strings.Fields(`
	kill dead death blood knife gun fight war hurt pain cry sad fear scare afraid alone lost dark hit slap punch choke
	trap chain lock prison police court judge doctor nurse hospital clinic pill drug wine beer church god angel pray sin
	sex bed bedroom naked kiss hug touch body breast father mother husband wife daddy baby child
	pear pair bear bare deer dear sun son rose rows stair stare plane plain sea see red read blue blew night knight
	mail male tail tale meat meet week weak wood would flour flower one two four eight right write sail sale`)

func TestEasyWords_ListIsKind(t *testing.T) {
	list := account.List()
	if len(list) != 2048 {
		t.Errorf("the list has %d words; its entropy is stated for 2048", len(list))
	}
	if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Error("the list is not sorted, or a word is there twice")
	}
	for _, word := range list {
		if n := utf8.RuneCountInString(word); n < 3 || n > 8 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not 3 to 8 plain letters", word)
		}
		if slices.Contains(unwelcome, word) {
			t.Errorf("%q is unwelcome", word)
		}
	}
	for i, a := range list {
		for _, b := range list[i+1:] {
			if oneLetterApart(a, b) {
				t.Errorf("%q and %q are one letter apart", a, b)
			}
		}
	}
}

func oneLetterApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

func TestFoldName_SettlesAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		key, err := account.FoldName(name)
		if err != nil {
			if !errors.Is(err, account.ErrNameUnusable) || strings.Contains(err.Error(), name) && len(name) > 3 {
				t.Fatalf("%q: %v", name, err)
			}
			return
		}
		if again, err := account.FoldName("  " + key + " "); err != nil || again != key {
			t.Fatalf("%q folds to %q and then to %q, %v", name, key, again, err)
		}
	})
}

// TestDatabase_HoldsNothingThatLetsSomebodyIn looks for every secret in the database's files.
func TestDatabase_HoldsNothingThatLetsSomebodyIn(t *testing.T) {
	dir := t.TempDir()
	w := newWorld(t, filepath.Join(dir, "main.db"))
	w.join("p1", "Wren")
	s, ctx := w.signIn(here, "Wren"), t.Context()
	_ = w.miss("a name mistyped with care", home)
	secrets := append(w.recoveryCodes(here, "p1"), good, s.Token, "a name mistyped", "192.0.2", "my label",
		strings.ReplaceAll(w.enrol("p1").Secret, " ", ""))
	w.must(w.db.Write(ctx, func(tx *store.Tx) error {
		_, code, err1 := w.Invite(ctx, tx, here, "p1")
		link, err2 := w.Link(ctx, tx, here, "p1", 1<<40)
		_, token, err3 := w.NewToken(ctx, tx, here, s.Session, "my label")
		secrets = append(secrets, code, link, token)
		return errors.Join(err1, err2, err3)
	}))
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	w.must(err)
	found := false
	for _, file := range files {
		text, err := os.ReadFile(file)
		w.must(err)
		found = found || bytes.Contains(text, []byte("argon2id"))
		for i, secret := range secrets {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("secret %d stands in %s", i, filepath.Base(file))
			}
		}
	}
	if !found {
		t.Error("not even a hash was found: the files looked at are not the database's")
	}
}
