package consent_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	. "footing/internal/consent"
	"footing/internal/fault"
)

// said is a value as a room has one.
type said struct {
	Words string   `json:"words"`
	With  []string `json:"with"`
}

// keep seals a value for Ann, and for everybody to read.
func (w *world) keep(row string, value any) Paper {
	w.t.Helper()
	p := Paper{Table: "room_said", Column: "words", Row: row, Writer: "ann", Readers: []Audience{{Kind: ToPartnership}}}
	var err error
	if p.Key, p.Sealed, err = w.gate.SealValue(w.t.Context(), here, p.Table, p.Column, row, value); err != nil {
		w.t.Fatal(err)
	}
	return p
}

func TestValue_IsSealedAsItsJSONAndReadByWhoMay(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := said{"The bus was late.", []string{"bea"}}
		p := w.keep("s1", first)
		text, err := json.Marshal(first)
		if err != nil {
			t.Fatal(err)
		}
		if o, err := w.gate.Papers(t.Context(), viewer(here, "bea"), Use{}, []Paper{p}); err != nil || o[0].Words.Reveal() != string(text) {
			t.Errorf("what is sealed is %q (%v), want %q and nothing around it", o[0].Words.Reveal(), err, text)
		}
		key, second := p.Key, said{"The tram was late.", nil}
		if p.Sealed, err = w.gate.ResealValue(t.Context(), here, p.Table, p.Column, p.Row, key, second); err != nil {
			t.Fatal(err)
		}
		if got, err := ValueOf[said](t.Context(), w.gate, viewer(here, "bea"), p); err != nil || got.Words != second.Words {
			t.Errorf("Bea reads %q (%v), want what was sealed over it under the same key", got.Words, err)
		}
		if got, err := ValueOf[said](t.Context(), w.gate, viewer(here, "eve"), p); err != nil || got.Words != "" {
			t.Errorf("somebody who is no reader reads %q (%v)", got.Words, err)
		}
		p.Row = "s2"
		if got, err := ValueOf[said](t.Context(), w.gate, viewer(here, "ann"), p); err == nil || got.Words != "" {
			t.Errorf("moved to another row it reads %q", got.Words)
		}
	})
}

func TestValue_WithoutAKeyNothingIsLeft(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first, gone, last := w.keep("s1", said{Words: "One."}), w.keep("s2", said{Words: "Two."}), w.keep("s3", said{Words: "Three."})
		if err := w.ring.Destroy(t.Context(), gone.Key); err != nil {
			t.Fatal(err)
		}
		if _, err := w.gate.ResealValue(t.Context(), here, gone.Table, gone.Column, gone.Row, gone.Key, said{}); !errors.Is(err, fault.Missing) {
			t.Errorf("it is sealed again without a key: %v", err)
		}
		papers := []Paper{first, gone, last}
		list, err := Values[said](t.Context(), w.gate, viewer(here, "bea"), papers)
		if err != nil || len(list) != 3 || !list[0].OK || list[1].OK || list[1].Value.Words != "" || list[2].Value.Words != "Three." {
			t.Errorf("read are %v (%v), want the first and the last in their places", list, err)
		}
		var asked []int
		var read []said
		err = w.gate.OpenValues(t.Context(), viewer(here, "bea"), papers, func(i int) any {
			asked = append(asked, i)
			read = append(read, said{})
			return &read[len(read)-1]
		})
		if err != nil || !slices.Equal(asked, []int{0, 2}) || read[0].Words != "One." || read[1].Words != "Three." {
			t.Errorf("asked about %v and read %v (%v), want what is open, in its order", asked, read, err)
		}
	})
}

// A log shows errors to whoever keeps the server, who is to read nobody's words.
func TestValue_ThatCannotBeReadIsNotQuoted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.keep("s1", 1234567)
		_, err := ValueOf[said](t.Context(), w.gate, viewer(here, "ann"), p)
		if err == nil || strings.Contains(err.Error(), "1234567") || !strings.Contains(err.Error(), p.Table) {
			t.Errorf("a value of another shape: %v, want an error that names the table and not the value", err)
		}
		if _, _, err := w.gate.SealValue(t.Context(), here, p.Table, p.Column, p.Row, func() {}); err == nil {
			t.Error("something that has no JSON is sealed")
		}
	})
}
