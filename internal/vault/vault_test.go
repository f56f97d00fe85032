package vault_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"footing/internal/person"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// places draws any place; short texts make near misses likely.
var places = rapid.Custom(func(t *rapid.T) vault.Place {
	text := rapid.StringMatching(`[ab\x00]{0,3}`)
	return vault.Place{
		Table: text.Draw(t, "table"), Column: text.Draw(t, "column"), Row: text.Draw(t, "row"),
		Partnership: person.Partnership(text.Draw(t, "partnership")), Owner: text.Draw(t, "owner"),
		Version: rapid.Int64().Draw(t, "version"),
	}
})

func TestSeal_OpensAtItsPlaceWithItsKey(t *testing.T) {
	var opener unseal.Opener // one for all, so that it changes keys
	rapid.Check(t, func(t *rapid.T) {
		key, place, text := vault.NewKey(), places.Draw(t, "place"), rapid.String().Draw(t, "text")
		sealed := vault.Seal(key, place, []byte(text))
		if len(text) > 3 && bytes.Contains(sealed, []byte(text)) {
			t.Fatal("the text is in the sealed bytes")
		}
		if bytes.Equal(sealed, vault.Seal(key, place, []byte(text))) {
			t.Fatal("sealing twice gave the same bytes")
		}
		for range 2 {
			words, err := opener.Open(key, place, sealed)
			if err != nil || words.Reveal() != text {
				t.Fatalf("opened %q, %v; want %q", words.Reveal(), err, text)
			}
		}
	})
}

func TestSeal_StaysShutElsewhereAndWhenChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, place := vault.NewKey(), places.Draw(t, "place")
		sealed := vault.Seal(key, place, rapid.SliceOf(rapid.Byte()).Draw(t, "text"))
		shut := func(what string, key vault.Key, place vault.Place, sealed []byte) {
			if words, err := unseal.Open(key, place, sealed); !errors.Is(err, vault.ErrShut) || words.Reveal() != "" {
				t.Fatalf("%s: opened with %v", what, err)
			}
		}
		shut("another key", vault.NewKey(), place, sealed)
		if other := places.Draw(t, "other place"); other != place {
			shut("another place", key, other, sealed)
		}
		flipped := bytes.Clone(sealed)
		flipped[rapid.IntRange(0, len(sealed)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		shut("a flipped bit", key, place, flipped)
		shut("a cut end", key, place, sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "length")])
		shut("a longer end", key, place, append(bytes.Clone(sealed), 0))
	})
}

func TestPlace_BindsWithoutAmbiguity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := places.Draw(t, "a"), places.Draw(t, "b")
		if same := bytes.Equal(a.Bind(nil), b.Bind(nil)); same != (a == b) {
			t.Fatalf("%+v and %+v bind alike: %v", a, b, same)
		}
	})
	a := vault.Place{Table: "ab", Column: "c"}
	b := vault.Place{Table: "a", Column: "bc"}
	if bytes.Equal(a.Bind(nil), b.Bind(nil)) {
		t.Error("moving a letter from one field to the next binds alike")
	}
}

func TestSeal_PanicsWithoutAKey(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("sealed without a key")
		}
	}()
	vault.Seal(vault.Key{}, vault.Place{}, []byte("text"))
}

// A long document: 200 turns of 400 bytes.
func turns() (vault.Key, []vault.Place, [][]byte) {
	key, list, texts := vault.NewKey(), make([]vault.Place, 200), make([][]byte, 200)
	for i := range list {
		list[i] = vault.Place{Table: "turn", Column: "words", Row: "0190a5c2-7e3d-7b11-8c44-0123456789ab",
			Partnership: "p7c2", Owner: "k3xw", Version: int64(i)}
		texts[i] = bytes.Repeat([]byte("word "), 80)
	}
	return key, list, texts
}

func BenchmarkSeal_200Turns(b *testing.B) {
	key, list, texts := turns()
	b.ReportAllocs()
	for b.Loop() {
		for i := range list {
			vault.Seal(key, list[i], texts[i])
		}
	}
}

func BenchmarkOpen_200Turns(b *testing.B) {
	key, list, texts := turns()
	sealed := make([][]byte, len(texts))
	for i := range list {
		sealed[i] = vault.Seal(key, list[i], texts[i])
	}
	var opener unseal.Opener
	b.ReportAllocs()
	for b.Loop() {
		for i := range list {
			if _, err := opener.Open(key, list[i], sealed[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
}
