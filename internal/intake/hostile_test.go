package intake_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"footing/internal/intake"
)

func TestRead_Problems(t *testing.T) {
	good := word(t, "Maya: One.", "Ruth: Two.")
	damaged := bytes.Clone(good)
	damaged[len(damaged)/2] ^= 0x55
	for _, c := range []struct {
		name, file string
		in         []byte
		kind       intake.Kind
		says       string
	}{
		{"nothing", "a.txt", nil, intake.Empty, "no words"},
		{"only white space", "a.txt", []byte(" \r\n\t\n"), intake.Empty, "no words"},
		{"only a mark", "a.txt", []byte("\ufeff"), intake.Empty, "no words"},
		{"an empty Word file", "a.docx", word(t, ""), intake.Empty, "no words"},
		{"captions without words", "a.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\n\n"), intake.Empty, "no words"},
		{"text named as Word", "a.docx", []byte("Maya: One."), intake.Broken, "says it is a Word file"},
		{"a truncated Word file", "a.docx", good[:len(good)-40], intake.Broken, "cannot be opened"},
		{"half a Word file", "a.docx", good[:len(good)/2], intake.Broken, "cannot be opened"},
		{"a damaged Word file", "a.docx", damaged, intake.Broken, "damaged"},
		{"a zip that points before itself", "a.docx", []byte("PK\x03\x04PK\x01\x02000000000000000000000000\x11\x00\x00\x00\x00\x00000000000000word/document.xmlPK\x05\x06000000\x01\x00?\x00\x00\x000001\x00\x00"), intake.Broken, "damaged"},
		{"a zip of something else", "a.docx", archive(t, entry{"photo.jpg", "x"}), intake.Broken, "cannot be opened"},
		{"a Word file without its text", "a.docx", archive(t, entry{"_rels/.rels", rels}), intake.Broken, "cannot be opened"},
		{"unfinished XML", "a.docx", archive(t, entry{"word/document.xml", documentHead + "<w:p><w:r><w:t>One"}), intake.Broken, "damaged"},
		{"an entity", "a.docx", wordXML(t, `<w:p><w:r><w:t>&lol;</w:t></w:r></w:p>`), intake.Broken, "damaged"},
		{"a DOCTYPE", "a.docx", archive(t, entry{"word/document.xml", `<!DOCTYPE d [<!ENTITY lol SYSTEM "file:///etc/passwd">]>` + documentHead + `<w:p><w:r><w:t>&lol;</w:t></w:r></w:p>` + documentTail}), intake.Unsafe, "DOCTYPE"},
		{"a DOCTYPE in the relations", "a.docx", archive(t, entry{"_rels/.rels", `<!DOCTYPE r [<!ENTITY a "b">]>` + rels}, entry{"word/document.xml", documentHead + documentTail}), intake.Unsafe, "DOCTYPE"},
		{"deep XML", "a.docx", wordXML(t, strings.Repeat("<w:p>", 100_000)), intake.Unsafe, "deep"},
		{"a zip bomb", "a.docx", wordXML(t, "<w:p><w:r><w:t>"+strings.Repeat("0", 30<<20)+"</w:t></w:r></w:p>"), intake.Unsafe, "unpacks"},
		{"a zip bomb of spaces", "a.docx", archive(t, entry{"word/document.xml", strings.Repeat(" ", 30<<20)}), intake.Unsafe, "unpacks"},
		{"a bomb that lies", "a.docx", lyingBomb(t), intake.Broken, "damaged"},
		{"very many parts", "a.docx", manyEntries(t, 60_000), intake.Unsafe, "more parts"},
		{"many parts", "a.docx", manyEntries(t, 6_000), intake.Unsafe, "more parts"},
		{"an older Word file", "a.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"), intake.UnknownFormat, "older Word"},
		{"a PDF", "a.pdf", []byte("%PDF-1.7\n"), intake.UnknownFormat, "a PDF"},
		{"rich text", "a.rtf", []byte(`{\rtf1 hello}`), intake.UnknownFormat, "rich text"},
		{"a picture", "a.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), intake.UnknownFormat, "does not look like"},
		{"a zero byte", "a.txt", []byte(strings.Repeat("Maya: One.\n", 2000) + "\x00"), intake.UnknownFormat, "does not look like"},
		{"damaged UTF-8", "a.txt", []byte("Café\ncafé\ncaf\xC3 x\n"), intake.Encoding, "around line 3 of this file cannot be read as UTF-8"},
		{"UTF-8 that stops", "a.txt", []byte("Café\ncafé\ncaf\xC3"), intake.Encoding, "line 3"},
		{"a mark, then not UTF-8", "a.txt", []byte("\ufeffcaf\xE9\n"), intake.Encoding, "line 1"},
		{"neither UTF-8 nor Windows-1252", "a.txt", []byte("one\ncaf\x81 x\xff"), intake.Encoding, "around line 2 of this file cannot be read as UTF-8 or Windows-1252"},
		{"half a pair in UTF-16", "a.txt", append(utf16Bytes("\ufeffone\ntwo\n", false), 0x00, 0xD8, 'x', 0), intake.Encoding, "around line 3 of this file cannot be read as UTF-16"},
		{"an odd byte in UTF-16", "a.txt", append(utf16Bytes("\ufeffone\n", true), 0), intake.Encoding, "line 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := problem(t, c.file, c.in)
			if p.Kind != c.kind || !strings.Contains(p.Sentence, c.says) {
				t.Errorf("got %s: %s", p.Kind, p.Sentence)
			}
		})
	}
}

// lyingBomb is a zip bomb whose directory says that its part is small.
func lyingBomb(t *testing.T) []byte {
	b := archive(t, entry{"word/document.xml", documentHead + strings.Repeat(" ", 30<<20) + documentTail})
	directory := bytes.LastIndex(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[directory+24:], 10)
	return b
}

func manyEntries(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Names inside a Word file are never paths: a traversal reads nothing, and one
// beside the text does no harm.
func TestRead_WordPathsAreIgnored(t *testing.T) {
	away := strings.Replace(rels, "word/document.xml", "../../../../etc/passwd", 1)
	p := problem(t, "a.docx", archive(t, entry{"_rels/.rels", away}, entry{"word/document.xml", documentHead + documentTail}))
	if p.Kind != intake.Broken {
		t.Errorf("got %s: %s", p.Kind, p.Sentence)
	}
	got := mustRead(t, "a.docx", archive(t,
		entry{"../../../tmp/evil", "x"}, entry{"/etc/passwd", "x"}, entry{`..\evil`, "x"}, entry{"_rels/.rels", rels},
		entry{"word/document.xml", documentHead + "<w:p><w:r><w:t>One.</w:t></w:r></w:p>" + documentTail}))
	if len(got.Turns) != 1 || got.Turns[0].Text != "One." {
		t.Errorf("got %v", got.Turns)
	}
}

func TestRead_TooLarge(t *testing.T) {
	got, err := intake.Read("a.txt", endless(endlessTurn), intake.MaxBytes+1, nil)
	var p *intake.Problem
	if got != nil || !errors.As(err, &p) || p.Kind != intake.TooLarge {
		t.Errorf("got %v, %v", got, err)
	}
	for name, in := range map[string]string{
		"turns":      strings.Repeat("A: b\nB: c\n", intake.MaxTurns/2+1),
		"paragraphs": strings.Repeat("a\n\n", intake.MaxTurns+1),
		"voices":     "WEBVTT\n\n0:1 --> 0:2\n" + strings.Repeat("<v A>b<v B>c", intake.MaxTurns/2+1),
		"labels":     "WEBVTT\n\n0:1 --> 0:2\n" + strings.Repeat("A: b\nB: c\n", intake.MaxTurns/2+1),
		"cues":       "WEBVTT\n\n" + strings.Repeat("0:1 --> 0:2\na\n", intake.MaxTurns+1),
	} {
		if p := problem(t, "a", []byte(in)); p.Kind != intake.TooLarge {
			t.Errorf("%s: got %s: %s", name, p.Kind, p.Sentence)
		}
	}
}

// A reader's own error comes back as it is, not as a problem of the file.
func TestRead_ReaderFails(t *testing.T) {
	broken := errors.New("the upload is gone")
	for name, data := range map[string][]byte{"a.txt": bytes.Repeat([]byte("Maya: One.\n"), 100_000), "a.docx": word(t, "One.")} {
		for _, from := range []int64{0, int64(len(data)) / 2} {
			got, err := intake.Read(name, failing{data, from, broken}, int64(len(data)), nil)
			if got != nil || !errors.Is(err, broken) {
				t.Errorf("%s failing from %d: got %v, %v", name, from, got, err)
			}
		}
	}
	_, err := intake.Read("a.txt", strings.NewReader("One."), 10, nil)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a short file: got %v", err)
	}
}

// failing reads data up to a place and then fails.
type failing struct {
	data []byte
	from int64
	err  error
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, f.err
	}
	return copy(p, f.data[off:]), nil
}

// endless is a transcript of any length that takes no memory: the same text again and again.
type endless string

const endlessCue = "00:00:01.000 --> 00:00:02.000\n<v Maya Jones>And then we all went for a long walk by the river, where the ducks were asleep and the boats lay still and the café had just opened its door</v>\n\n" +
	"00:00:02.000 --> 00:00:03.000\n<v Ruth>and it was a bright day, and nobody was in a hurry to be home, so that we sat down on the bench by the water and shared the bread we had brought</v>\n\n"

const endlessTurn = "Maya Jones: And then we all went for a long walk by the river, and it was a bright day, and nobody was in a hurry to be home.\n\n"

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	for n := 0; n < len(p); {
		n += copy(p[n:], e[(off+int64(n))%int64(len(e)):])
	}
	return len(p), nil
}

// Of large files no more than a little is held at once: a piece of the text and a turn. Counted is what is alive while
// turns are handed out, and once all is read. They have 32 MB here, four times what may be held, and with FOOTING_SOAK=1
// the 100 MB that a file may have.
func TestOpen_HoldsOneTurnAtATime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many megabytes: needs a run without -short, as make check is")
	}
	const most = 8 << 20
	size := int64(32 << 20)
	if os.Getenv("FOOTING_SOAK") == "1" {
		size = intake.MaxBytes
	}
	alive := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for name, r := range map[string]io.ReaderAt{"a.txt": endless(endlessTurn), "a.vtt": endless(endlessCue)} {
		before, peak, turns := alive(), uint64(0), 0
		f, err := intake.Open(name, r, size, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.Each(func(turn intake.Turn) error {
			if turns++; turns%(turnsOf(size)/4) == 0 {
				peak = max(peak, alive())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d turns, %d kB more than before alive", name, turns, int64(peak-before)>>10)
		if want := turnsOf(size); turns < want || len(got.Turns) != 0 || got.Speakers[0].Turns < want/2 {
			t.Errorf("%s: %d turns, want %d", name, turns, want)
		}
		if peak > before+most {
			t.Errorf("%s: %d MB are held of a file of %d MB", name, (peak-before)>>20, size>>20)
		}
		runtime.KeepAlive(f)
	}
}

// turnsOf is how many turns there are at least in so many bytes of the endless ones.
func turnsOf(size int64) int { return int(size / 200) }

func BenchmarkRead(b *testing.B) {
	const size = 1 << 20
	b.Run("txt", func(b *testing.B) {
		b.SetBytes(size)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := intake.Read("a.txt", endless(endlessTurn), size, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	text := make([]byte, size)
	if _, err := (endless(endlessTurn)).ReadAt(text, 0); err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"a.docx": word(b, strings.Split(string(text), "\n")...),
		"a.vtt":  []byte("WEBVTT\n\n" + strings.ReplaceAll(string(text), "Maya Jones: ", "00:01.000 --> 00:02.000\n<v Maya Jones>")),
	} {
		b.Run(name[2:], func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := intake.Read(name, bytes.NewReader(data), int64(len(data)), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
