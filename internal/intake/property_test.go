package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/intake"
)

// words are made of letters that are easily lost or moved.
var (
	oneWord = rapid.StringOfN(rapid.RuneFrom([]rune("abcXYZ019é,.'’—€œ👩\u200d👧e\u0301مرحبا\u200fשלום語\u2028\u00a0")), 1, 12, -1)
	line    = rapid.Map(rapid.SliceOfN(oneWord, 1, 8), func(ws []string) string {
		return "so " + strings.Join(ws, " ") + " x"
	})
	// body is what one speaker says: lines and blank lines, with no white space
	// at its ends.
	body = rapid.Map(rapid.SliceOfN(line, 1, 4), func(ls []string) string {
		return strings.Join(ls, "\n\n")
	})
)

// A document written from turns is read as those turns, in every shape, with
// every kind of line end, in every encoding.
func TestRead_RoundTrip(t *testing.T) {
	shapes := map[string]func(label string, n int, text string) string{
		"plain": func(l string, n int, text string) string { return l + ": " + text },
		"bold":  func(l string, n int, text string) string { return "**" + l + ":** " + text },
		"timed": func(l string, n int, text string) string { return fmt.Sprintf("%s (%s) - %s", l, stamp(n), text) },
		"otter": func(l string, n int, text string) string { return fmt.Sprintf("%s  %s\n%s", l, stamp(n), text) },
		"teams": func(l string, n int, text string) string { return fmt.Sprintf("%s\n%s\n%s", l, stamp(n), text) },
	}
	for shape, write := range shapes {
		t.Run(shape, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				labels := []string{"Maya", "Dr Ruth Hill", "مها", "Interviewer 2"}
				// Each speaks twice, so that labels recur; then in any order.
				order := append(append([]string{}, labels...), labels...)
				order = append(order, rapid.SliceOfN(rapid.SampledFrom(labels), 0, 8).Draw(t, "order")...)
				var want []intake.Turn
				var doc []string
				for i, l := range order {
					turn := intake.Turn{Speaker: l, Text: body.Draw(t, "body")}
					if shape != "plain" && shape != "bold" {
						turn.At, turn.HasTime = time.Duration(i*7)*time.Second, true
					}
					want = append(want, turn)
					doc = append(doc, write(l, i*7, turn.Text))
				}
				text := strings.Join(doc, "\n\n") + "\n"
				ends := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
				data := encode(strings.ReplaceAll(text, "\n", ends), rapid.SampledFrom(encodings).Draw(t, "encoding"))
				got, err := intake.Read("a.txt", strings.NewReader(data), int64(len(data)), nil)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got.Turns); diff != "" {
					t.Fatalf("turns (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// The same, through captions with voices: a cue for each turn.
func TestRead_RoundTripCaptions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("WEBVTT\n\n")
		var want []intake.Turn
		labels := []string{"Maya", "Dr Ruth Hill", "مها", "lower case"}
		for i, text := range rapid.SliceOfN(body, 1, 8).Draw(t, "texts") {
			text = strings.ReplaceAll(text, "\n\n", "\n<&>\n")
			turn := intake.Turn{Speaker: labels[i%len(labels)], At: time.Duration(i*7) * time.Second, HasTime: true, Text: text}
			want = append(want, turn)
			safe := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
			fmt.Fprintf(&b, "%d\n%s.000 --> 9:00:00.000\n<v %s>%s</v>\n\n", i, stamp(i*7), turn.Speaker, safe)
		}
		data := encode(b.String(), rapid.SampledFrom(encodings).Draw(t, "encoding"))
		got, err := intake.Read("a.vtt", strings.NewReader(data), int64(len(data)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Turns); diff != "" {
			t.Fatalf("turns (-want +got):\n%s", diff)
		}
	})
}

// And through Word, a paragraph for each line.
func TestRead_RoundTripWord(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		labels := []string{"Maya", "Ruth"}
		var want []intake.Turn
		var paragraphs []string
		for i, text := range rapid.SliceOfN(body, 4, 8).Draw(rt, "texts") {
			text = strings.ReplaceAll(text, "\n\n", "\n")
			want = append(want, said(labels[i%2], text))
			paragraphs = append(paragraphs, strings.Split(labels[i%2]+": "+text, "\n")...)
		}
		data := word(t, paragraphs...)
		got, err := intake.Read("a.docx", strings.NewReader(string(data)), int64(len(data)), nil)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Turns); diff != "" {
			rt.Fatalf("turns (-want +got):\n%s", diff)
		}
	})
}

// Any text at all: what is between two turns' texts is a label and its marks.
func TestRead_NoCharacterLost(t *testing.T) {
	piece := rapid.SampledFrom([]string{"Maya: ", "Ruth: ", "**Maya:** ", "Maya (0:01) - ", "Ruth  0:02\n", "Maya\n0:3\n", "One: ", "Date: ", "\n", "\n\n", "\r\n", "\t", " ", "https://", "[", "("})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 30).Draw(t, "n") {
			b.WriteString(rapid.OneOf(piece, line, rapid.StringN(0, 10, -1)).Draw(t, "piece"))
		}
		text := strings.ReplaceAll(b.String(), "\x00", "")
		got, err := intake.Read("a.txt", strings.NewReader(text), int64(len(text)), nil)
		if err == nil && got.Format == intake.Text {
			checkNothingLost(t, text, got)
		}
	})
}

// checkNothingLost walks a plain text: the turns' texts come in it in order,
// and between two of them there is one label with white space, times and marks.
func checkNothingLost(t interface{ Fatalf(string, ...any) }, text string, got *intake.Transcript) {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	n := 0
	for i, turn := range got.Turns {
		n += utf8.RuneCountInString(turn.Text)
		label := strings.Index(text, turn.Speaker)
		if label < 0 {
			t.Fatalf("turn %d: its label is not in what is left", i)
		}
		at := strings.Index(text[label+len(turn.Speaker):], turn.Text)
		if at < 0 {
			t.Fatalf("turn %d: its text is not in what is left", i)
		}
		after := label + len(turn.Speaker)
		if gap := text[:label] + text[after:after+at]; strings.ContainsFunc(gap, isWord) {
			t.Fatalf("turn %d: %q was lost before it", i, gap)
		}
		text = text[after+at+len(turn.Text):]
	}
	if strings.ContainsFunc(text, isWord) {
		t.Fatalf("%q was lost at the end", text)
	}
	if n != got.Characters {
		t.Fatalf("%d characters, want %d", got.Characters, n)
	}
}

func isWord(r rune) bool {
	return !unicode.IsDigit(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !strings.ContainsRune("*_()[]:\uFF1A.,-–—", r)
}

var encodings = []string{"UTF-8", "UTF-8 with mark", "UTF-16LE", "UTF-16BE", "UTF-16LE without mark", "UTF-16BE without mark"}

func encode(s, encoding string) string {
	switch encoding {
	case "UTF-8 with mark":
		return "\ufeff" + s
	case "UTF-16LE":
		return string(utf16Bytes("\ufeff"+s, false))
	case "UTF-16BE":
		return string(utf16Bytes("\ufeff"+s, true))
	case "UTF-16LE without mark":
		return string(utf16Bytes(s, false))
	case "UTF-16BE without mark":
		return string(utf16Bytes(s, true))
	}
	return s
}

func stamp(seconds int) string { return fmt.Sprintf("%d:%02d", seconds/60, seconds%60) }
