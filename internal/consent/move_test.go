package consent_test

import (
	"testing"

	"pgregory.net/rapid"

	. "footing/internal/consent"
)

func TestMoved_Cases(t *testing.T) {
	before, after := "The buss was late 🙂 today.", "The bus was very late 🙂 today."
	at := func(s, of string) Span {
		runes := []rune(of)
		for i := range runes {
			if end := i + len([]rune(s)); end <= len(runes) && string(runes[i:end]) == s {
				return Span{i, end}
			}
		}
		t.Fatalf("%q is not in %q", s, of)
		return Span{}
	}
	moved := Moved(before, after)
	for _, passage := range []string{"The", "🙂 today", "today."} {
		got, ok := moved(at(passage, before))
		if want := at(passage, after); !ok || got != want {
			t.Errorf("%q moved to %v (%v), want %v", passage, got, ok, want)
		}
	}
	if got, ok := moved(Span{0, len([]rune(before))}); !ok || got != (Span{0, len([]rune(after))}) {
		t.Errorf("a passage around the change became %v (%v)", got, ok)
	}
	if got, ok := moved(at("was late", before)); ok {
		t.Errorf("a passage whose words changed moved to %v, want somebody to look", got)
	}
}

func TestMoved_KeepsTheWordsUnlessTheyChanged(t *testing.T) {
	letters := rapid.StringOf(rapid.SampledFrom([]rune("ab é🙂")))
	rapid.Check(t, func(t *rapid.T) {
		head, tail := letters.Draw(t, "head"), letters.Draw(t, "tail")
		before, after := head+letters.Draw(t, "old")+tail, head+letters.Draw(t, "new")+tail
		old, fresh := []rune(before), []rune(after)
		start := rapid.IntRange(0, len(old)).Draw(t, "start")
		s := Span{start, rapid.IntRange(start, len(old)).Draw(t, "end")}
		got, ok := Moved(before, after)(s)
		if !ok {
			return
		}
		if got.Start < 0 || got.End < got.Start || got.End > len(fresh) {
			t.Fatalf("%v moved outside the text: %v", s, got)
		}
		prefix := 0
		for prefix < min(len(old), len(fresh)) && old[prefix] == fresh[prefix] {
			prefix++
		}
		suffix := 0
		for suffix < min(len(old), len(fresh))-prefix && old[len(old)-1-suffix] == fresh[len(fresh)-1-suffix] {
			suffix++
		}
		outside := s.End <= prefix || s.Start >= len(old)-suffix
		if outside && string(old[s.Start:s.End]) != string(fresh[got.Start:got.End]) {
			t.Fatalf("%q became %q although it did not change", string(old[s.Start:s.End]), string(fresh[got.Start:got.End]))
		}
	})
}
