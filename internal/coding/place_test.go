package coding

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/consent"
)

// letters holds what breaks naive counting: signs beyond 16 bits, marks that combine, a joined emoji,
// letters written from right to left, both line ends, and the signs of HTML.
var letters = []rune("ab .?é\u0301🙂\u200d👩שלם日本\r\n<&>\"'“”")

func anyText(t *rapid.T) []rune {
	return rapid.SliceOfN(rapid.SampledFrom(letters), 0, 60).Draw(t, "text")
}

func anyMarks(t *rapid.T, length int) []Mark {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Mark {
		a := rapid.IntRange(-2, length+2).Draw(t, "start")
		return Mark{consent.Span{Start: a, End: rapid.IntRange(a-1, length+3).Draw(t, "end")}, rapid.IntRange(-1, 4).Draw(t, "theme")}
	}), 0, 12).Draw(t, "marks")
}

func TestFlatten_EveryLetterHasExactlyItsThemes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText(t)
		marks := anyMarks(t, len(text))
		runs := Flatten(len(text), marks)
		var again strings.Builder
		at := 0
		for i, r := range runs {
			if r.Start != at || r.End <= r.Start {
				t.Fatalf("run %d goes from %d to %d, the one before ended at %d", i, r.Start, r.End, at)
			}
			if i > 0 && slices.Equal(r.Themes, runs[i-1].Themes) {
				t.Fatalf("runs %d and %d have the same themes", i-1, i)
			}
			at = r.End
			again.WriteString(cut(text, r.Span))
			for k := r.Start; k < r.End; k++ {
				if want, got := themesAt(marks, k), sorted(r.Themes); !slices.Equal(want, got) {
					t.Fatalf("letter %d has themes %v, want %v", k, got, want)
				}
			}
		}
		if again.String() != string(text) {
			t.Fatalf("the runs read %q, want %q", again.String(), string(text))
		}
	})
}

func themesAt(marks []Mark, k int) []int {
	set := map[int]bool{}
	for _, m := range marks {
		if m.Start <= k && k < m.End {
			set[m.Theme] = true
		}
	}
	var list []int
	for theme := range set {
		list = append(list, theme)
	}
	return sorted(list)
}

func sorted(list []int) []int {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

func TestFlatten_FirstThemeFirst(t *testing.T) {
	got := Flatten(10, []Mark{{consent.Span{Start: 2, End: 8}, 5}, {consent.Span{Start: 4, End: 6}, 1}, {consent.Span{Start: 4, End: 6}, 5}})
	want := []Run{{consent.Span{Start: 0, End: 2}, nil}, {consent.Span{Start: 2, End: 4}, []int{5}}, {consent.Span{Start: 4, End: 6}, []int{5, 1}},
		{consent.Span{Start: 6, End: 8}, []int{5}}, {consent.Span{Start: 8, End: 10}, nil}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
}

func TestWords_CoverEverythingButSpace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText(t)
		var got strings.Builder
		last := 0
		for _, w := range Words(text) {
			if w.Start < last || w.End <= w.Start {
				t.Fatalf("a word goes from %d to %d after %d", w.Start, w.End, last)
			}
			last = w.End
			got.WriteString(cut(text, w))
		}
		if want := strings.Join(strings.Fields(string(text)), ""); got.String() != want {
			t.Fatalf("the words read %q, want %q", got.String(), want)
		}
	})
}

func TestWords_KeepWhatBelongsTogether(t *testing.T) {
	for text, want := range map[string][]string{
		"Not now, thanks.":       {"Not", "now,", "thanks."},
		"e\u0301te\u0301 🙂👩‍👩‍👧": {"e\u0301te\u0301", "🙂👩‍👩‍👧"},
		"שלום לכולם":             {"שלום", "לכולם"},
		"日本 ok":                  {"日", "本", "ok"},
		" \r\n":                  nil,
	} {
		var got []string
		for _, w := range Words([]rune(text)) {
			got = append(got, cut([]rune(text), w))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("words of %q (-want +got):\n%s", text, diff)
		}
	}
}

func TestAround_NeverTouchesWhatIsMasked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText(t)
		span := rapid.Custom(func(t *rapid.T) consent.Span {
			a := rapid.IntRange(0, len(text)).Draw(t, "start")
			return consent.Span{Start: a, End: rapid.IntRange(a, len(text)).Draw(t, "end")}
		})
		place, masked := span.Draw(t, "place"), rapid.SliceOfN(span, 0, 4).Draw(t, "masked")
		left := around(text, place, masked)
		open := 0
		for _, s := range left {
			if s.Start < place.Start || s.End > place.End || s.Start >= s.End {
				t.Fatalf("%v is not within %v", s, place)
			}
			for _, m := range masked {
				if m.Start < s.End && s.Start < m.End {
					t.Fatalf("%v touches the masked %v", s, m)
				}
			}
			open += len(strings.Join(strings.Fields(cut(text, s)), ""))
		}
		hidden := func(k int) bool {
			return slices.ContainsFunc(masked, func(m consent.Span) bool { return m.Start <= k && k < m.End })
		}
		want := 0
		for k := place.Start; k < place.End; k++ {
			if !hidden(k) {
				want += len(strings.Join(strings.Fields(string(text[k])), ""))
			}
		}
		if open != want {
			t.Fatalf("%d bytes of words are left of %d that are open", open, want)
		}
	})
}

// A text cut by its measure is the text cut out of its code points, wherever a place lies.
func TestMeasured_CutsWhereCodePointsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runes := anyText(t)
		if rapid.Bool().Draw(t, "plain") {
			runes = []rune(rapid.StringMatching(`[ -~]*`).Draw(t, "letters"))
		}
		m := newMeasured(string(runes))
		if m.len() != len(runes) {
			t.Fatalf("%q has %d code points, said to have %d", m.text, len(runes), m.len())
		}
		s := consent.Span{Start: rapid.IntRange(-2, 70).Draw(t, "start"), End: rapid.IntRange(-2, 70).Draw(t, "end")}
		want := ""
		if s.Start < s.End {
			want = cut(runes, s)
		}
		if got := m.cut(s); got != want {
			t.Fatalf("%q cut at %v is %q, want %q", m.text, s, got, want)
		}
	})
}
