package decision_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"footing/internal/decision"
	"footing/internal/testing/engine"
)

// An order is read as it stands on a slip, however it is typed in, and what cannot stand on one is said.
func TestOrder_ReadsWhatStandsOnASlip(t *testing.T) {
	engine.Once(t, "it reads letters, without a database")
	for text, want := range map[string][]int{
		"A B C":         {1, 2, 3},
		"bac":           {2, 1, 3},
		" B,a , C ":     {2, 1, 3},
		"c":             {0, 0, 1},
		"A=B C":         {1, 1, 2},
		"c = a = b":     {1, 1, 1},
		"C A\u00a0=\tB": {2, 2, 1},
	} {
		if got, err := decision.Order(text, 2); err != nil || !slices.Equal(got.Marks, want) || got.Check(decision.Ranked, 2) != nil {
			t.Errorf("%q is %v, %v, want %v", text, got.Marks, err, want)
		}
	}
	for text, want := range map[string]error{
		"":       decision.ErrSlipsRow,
		" , ":    decision.ErrSlipsRow,
		"A B D":  decision.ErrOrderLetter,
		"A > B":  decision.ErrOrderLetter,
		"1 2 3":  decision.ErrOrderLetter,
		"Ａ":      decision.ErrOrderLetter,
		"A\xff":  decision.ErrOrderLetter,
		"A B a":  decision.ErrOrderTwice,
		"A=A":    decision.ErrOrderTwice,
		"=A":     decision.ErrOrderShares,
		"A=":     decision.ErrOrderShares,
		"A= =B ": decision.ErrOrderShares,
	} {
		if got, err := decision.Order(text, 2); !errors.Is(err, want) || got.Marks != nil {
			t.Errorf("%q is %v, %v, want %v", text, got, err, want)
		}
	}
}

// P18. Whatever can be chosen on a screen can be written on a slip, and adds up to the same: every answer to two and to
// three choices.
func TestOrder_EveryAnswerOfAScreenCanBeWritten(t *testing.T) {
	engine.Once(t, "it reads letters, without a database")
	for choices := 2; choices <= 3; choices++ {
		tried := 0
		for n := range power(choices+2, choices+1) {
			s := decision.Said{}
			for range choices + 1 {
				s.Marks, n = append(s.Marks, n%(choices+2)), n/(choices+2)
			}
			if s.Check(decision.Ranked, choices) != nil {
				continue
			}
			tried++
			got, err := decision.Order(letters(s), choices)
			if (decision.Pairs{}).Plus(got, 1) != (decision.Pairs{}).Plus(s, 1) || err != nil {
				t.Fatalf("%v is written %q, and read as %v, %v", s.Marks, letters(s), got.Marks, err)
			}
		}
		if want := power(choices+2, choices+1) - 1; tried != want {
			t.Errorf("%d answers to %d choices were written, and there are %d", tried, choices, want)
		}
	}
}

func power(base, times int) int {
	n := 1
	for range times {
		n *= base
	}
	return n
}

// letters is an answer as somebody writes it on a slip.
func letters(s decision.Said) string {
	var places []string
	for place := 1; place <= len(s.Marks); place++ {
		var at []string
		for c, mark := range s.Marks {
			if mark == place {
				at = append(at, decision.Letter(c))
			}
		}
		if at != nil {
			places = append(places, strings.Join(at, "="))
		}
	}
	return strings.Join(places, " ")
}

// Whatever is typed into a row is an order that a screen could give, or a sentence; and an order has the letters that
// were typed, each once.
func FuzzOrder(f *testing.F) {
	for _, seed := range []string{"", "b a c", "A=B, C", "=", "a==b", "aa", "x", "\xff", "ſA", "A\u2028B"} {
		f.Add(seed, 2)
	}
	f.Fuzz(func(t *testing.T, text string, choices int) {
		choices = 2 + int(uint(choices)%(decision.MaxChoices-1))
		got, err := decision.Order(text, choices)
		if err != nil {
			for _, known := range []error{decision.ErrSlipsRow, decision.ErrOrderLetter, decision.ErrOrderTwice, decision.ErrOrderShares} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("%q: %v", text, err)
		}
		if err := got.Check(decision.Ranked, choices); err != nil {
			t.Fatalf("%q is %v, which is no answer", text, got.Marks)
		}
		typed := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == ',' || r == '=' {
				return -1
			}
			return unicode.ToUpper(r)
		}, text)
		placed := 0
		for c, place := range got.Marks {
			if n := strings.Count(typed, decision.Letter(c)); n > 1 || (n == 1) != (place > 0) {
				t.Fatalf("%q is %v", text, got.Marks)
			}
			placed += min(place, 1)
		}
		if placed != len(typed) {
			t.Fatalf("%q is %v, with something left out", text, got.Marks)
		}
		if again, err := decision.Order(letters(got), choices); err != nil || fmt.Sprint(again) != fmt.Sprint(got) {
			t.Fatalf("%q is %v, and written out %v, %v", text, got, again, err)
		}
	})
}
