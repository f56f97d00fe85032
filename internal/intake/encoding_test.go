package intake_test

import (
	"strings"
	"testing"

	"footing/internal/intake"
)

func TestRead_Encodings(t *testing.T) {
	const text = "Maya: Café “one” – 👩‍👧 e\u0301.\n\nRuth: שלום\r\n\r\nMaya: x\n\nRuth: y"
	const western = "Maya: Caf\xE9 \x93one\x94 \x96 \x80.\r\n\r\nRuth: na\xEFve\n\nMaya: x\n\nRuth: y"
	for _, c := range []struct {
		name, in, encoding, first string
	}{
		{"UTF-8", encode(text, "UTF-8"), "UTF-8", "Café “one” – 👩‍👧 e\u0301."},
		{"UTF-8 with mark", encode(text, "UTF-8 with mark"), "UTF-8", "Café “one” – 👩‍👧 e\u0301."},
		{"UTF-16LE", encode(text, "UTF-16LE"), "UTF-16LE", "Café “one” – 👩‍👧 e\u0301."},
		{"UTF-16BE", encode(text, "UTF-16BE"), "UTF-16BE", "Café “one” – 👩‍👧 e\u0301."},
		{"UTF-16LE without mark", encode(text, "UTF-16LE without mark"), "UTF-16LE", "Café “one” – 👩‍👧 e\u0301."},
		{"UTF-16BE without mark", encode(text, "UTF-16BE without mark"), "UTF-16BE", "Café “one” – 👩‍👧 e\u0301."},
		{"Windows-1252", western, "Windows-1252", "Café “one” – €."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, "a.txt", []byte(c.in))
			if got.Encoding != c.encoding {
				t.Errorf("encoding %q, want %q", got.Encoding, c.encoding)
			}
			if len(got.Turns) != 4 || got.Turns[0].Text != c.first {
				t.Errorf("turns %+v", got.Turns)
			}
			if warned := len(got.Warnings) == 1 && got.Warnings[0].Kind == intake.GuessedEncoding; warned != (c.encoding == "Windows-1252") {
				t.Errorf("warnings %v", got.Warnings)
			}
		})
	}
}

// Letters and line ends that fall across the pieces in which a file is read
// come out whole.
func TestRead_LettersAcrossPieces(t *testing.T) {
	const piece = 256 << 10
	for shift := range 8 {
		for _, letters := range []string{"👩é", "\r\né", "é\r\n👩"} {
			text := strings.Repeat("a", piece-8+shift) + letters + strings.Repeat("b", 100)
			want := strings.ReplaceAll(text, "\r\n", "\n")
			for _, encoding := range encodings {
				got := mustRead(t, "a.txt", []byte(encode(text, encoding)))
				var all []string
				for _, turn := range got.Turns {
					all = append(all, turn.Text)
				}
				if strings.Join(all, "\n") != want {
					t.Errorf("%q shifted by %d in %s is changed", letters, shift, encoding)
				}
			}
		}
	}
}

// A letter that lies across two pieces is a whole one where damage is weighed against whole letters.
func TestRead_DamageIsWeighedAcrossPieces(t *testing.T) {
	const piece = 256 << 10
	for shift := range 4 {
		text := strings.Repeat("a", piece-shift) + "é" + strings.Repeat("b", 10) + "\xe9 c"
		if p := problem(t, "a.txt", []byte(text)); p.Kind != intake.Encoding {
			t.Errorf("shifted by %d: %s", shift, p.Sentence)
		}
	}
}
