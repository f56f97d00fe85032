package refi

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// guid makes up a GUID that ends in n.
func guid(n int) string { return fmt.Sprintf("0f0f0f0f-1111-4222-8333-%012x", n) }

// bookGen draws code books with any text at all in them.
func bookGen() *rapid.Generator[Codebook] {
	text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{"", " a ", "a\r\nb\rc\n", "<&>\"'", "]]>", "ŵŷ 🌱", "\x00\x0b\ufffe\uffff"}))
	return rapid.Custom(func(t *rapid.T) Codebook {
		count := 0
		var codes func(depth, least int) []Code
		codes = func(depth, least int) []Code {
			var out []Code
			for range rapid.IntRange(least, max(least, 3-depth)).Draw(t, "codes") {
				count++
				id := guid(count)
				if rapid.Bool().Draw(t, "braces and capitals") {
					id = "{" + strings.ToUpper(id) + "}"
				}
				out = append(out, Code{
					GUID:        id,
					Name:        text.Draw(t, "name"),
					Description: text.Draw(t, "description"),
					Colour:      rapid.StringMatching(`(#[0-9A-F]{6})?`).Draw(t, "colour"),
					Codable:     rapid.Bool().Draw(t, "codable"),
					Children:    codes(depth+1, 0),
				})
			}
			return out
		}
		return Codebook{Origin: text.Draw(t, "origin"), Codes: codes(0, 1)}
	})
}

// cleaned is what a code book is expected to come back as.
func cleaned(book Codebook) Codebook {
	var clean func(codes []Code) []Code
	clean = func(codes []Code) []Code {
		var out []Code
		for _, c := range codes {
			c.GUID = strings.ToLower(strings.Trim(c.GUID, "{}"))
			c.Name, c.Description = Clean(c.Name), Clean(c.Description)
			c.Children = clean(c.Children)
			out = append(out, c)
		}
		return out
	}
	return Codebook{Origin: Clean(book.Origin), Codes: clean(book.Codes)}
}

func encode(t interface{ Fatal(...any) }, book Codebook) []byte {
	var buf bytes.Buffer
	if err := EncodeCodebook(&buf, book); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestCodebook_RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := bookGen().Draw(t, "book")
		got, err := DecodeCodebook(iotest.OneByteReader(bytes.NewReader(encode(t, book))))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cleaned(book), got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestCodebook_FollowsTheSchema(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed (Debian package libxml2-utils)")
	}
	schema := filepath.Join(shared(t), "refi", "schema", "Codebook.xsd")
	dir := t.TempDir()
	args := []string{"--noout", "--schema", schema}
	for i := range 40 {
		path := filepath.Join(dir, fmt.Sprint(i, ".qdc"))
		if err := os.WriteFile(path, encode(t, bookGen().Example(i)), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.Command("xmllint", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestEncode_ControlCharactersLeftOut(t *testing.T) {
	book := Codebook{Codes: []Code{{GUID: guid(1), Name: "wait\x00ing\x1b\uffff", Description: "a\tb\r\nc\xffd"}}}
	got, err := DecodeCodebook(bytes.NewReader(encode(t, book)))
	if err != nil {
		t.Fatal(err)
	}
	if got.Codes[0].Name != "waiting" || got.Codes[0].Description != "a\tb\r\nc\ufffdd" {
		t.Fatalf("got %q, %q", got.Codes[0].Name, got.Codes[0].Description)
	}
}

func TestEncode_Refuses(t *testing.T) {
	deep := func(levels int) []Code {
		var codes []Code
		for i := range levels {
			codes = []Code{{GUID: guid(i), Children: codes}}
		}
		return codes
	}
	for name, c := range map[string]struct {
		codes []Code
		want  error
	}{
		"nothing":          {nil, ErrEmpty},
		"no GUID":          {[]Code{{Name: "listening"}}, ErrMalformed},
		"a bad GUID":       {[]Code{{GUID: strings.Replace(guid(1), "-", "x", 1)}}, ErrMalformed},
		"a GUID twice":     {[]Code{{GUID: guid(10), Children: []Code{{GUID: strings.ToUpper(guid(10))}}}}, ErrMalformed},
		"a named colour":   {[]Code{{GUID: guid(1), Colour: "green"}}, ErrMalformed},
		"too deep a nest":  {deep(MaxDepth + 1), ErrTooLarge},
		"the deepest nest": {deep(MaxDepth), nil},
	} {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			err := EncodeCodebook(&buf, Codebook{Codes: c.codes})
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err != nil && buf.Len() > 0 {
				t.Fatalf("%d bytes written beside the error", buf.Len())
			}
			if err == nil {
				if _, err := DecodeCodebook(&buf); err != nil {
					t.Fatalf("what was written cannot be read: %v", err)
				}
			}
		})
	}
}

func TestEncode_WriterFails(t *testing.T) {
	if err := EncodeCodebook(failing{}, Codebook{Codes: []Code{{GUID: guid(1)}}}); !errors.Is(err, io.ErrClosedPipe) {
		t.Fatalf("got %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// one wraps codes in a root element with the given namespace.
func one(namespace, codes string) string {
	return `<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="` + namespace + `" origin="made up"><Codes>` + codes + `</Codes></CodeBook>`
}

func TestDecode_ReadsWhatOtherProgramsWrite(t *testing.T) {
	code := `<Code guid="` + guid(1) + `" name="waiting" isCodable="true"/>`
	standard := one(Namespace, code)
	want := Codebook{Origin: "made up", Codes: []Code{{GUID: guid(1), Name: "waiting", Codable: true}}}
	utf16le := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(strings.Replace(standard, "utf-8", "utf-16", 1))) {
		utf16le = append(utf16le, byte(unit), byte(unit>>8))
	}
	for name, in := range map[string]string{
		"standard namespace":             standard,
		"namespace 0:4":                  one("urn:QDA-XML:codebook:0:4", code),
		"namespace 1:0":                  one("urn:QDA-XML:codebook:1:0", code),
		"byte order mark":                "\ufeff" + standard,
		"UTF-16":                         string(utf16le),
		"UTF-8 declared as UTF-16":       strings.Replace(standard, "utf-8", "utf-16", 1),
		"prefix":                         `<q:CodeBook xmlns:q="` + Namespace + `" origin="made up"><q:Codes>` + strings.Replace(code, "<Code", "<q:Code", 1) + `</q:Codes></q:CodeBook>`,
		"GUID in braces and capitals":    one(Namespace, strings.Replace(code, guid(1), "{"+strings.ToUpper(guid(1))+"}", 1)),
		"isCodable 1":                    one(Namespace, strings.Replace(code, `"true"`, `" 1 "`, 1)),
		"isCodable left out":             one(Namespace, strings.Replace(code, `isCodable="true"`, "", 1)),
		"colour that is none":            one(Namespace, strings.Replace(code, "/>", ` color="teal"/>`, 1)),
		"sets and elements of their own": strings.Replace(standard, "</Codes>", `</Codes><Sets><Set guid="`+guid(2)+`" name="s"/></Sets><Own><Code guid="x"/></Own>`, 1),
		"comments and white space after": standard + "\n<!-- made up -->\n",
		"whole project":                  `<Project xmlns="urn:QDA-XML:project:1.0" origin="made up"><Users/><CodeBook><Codes>` + code + `</Codes></CodeBook><Sources/></Project>`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := DecodeCodebook(strings.NewReader(in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func TestDecode_KeepsColoursHeadingsAndNesting(t *testing.T) {
	in := one(Namespace, `<Code guid="`+guid(1)+`" name="care" isCodable="false" color="#a1b">`+
		`<Description>first `+"\n"+`<![CDATA[<second>]]> &#x175;</Description>`+
		`<Code guid="`+guid(2)+`" name="listening" isCodable="0" color="#00ff7f"><Code guid="`+guid(3)+`" name="time" isCodable="true"/></Code>`+
		`</Code><Code guid="`+guid(4)+`" name="money" isCodable="true"/>`)
	want := []Code{
		{GUID: guid(1), Name: "care", Colour: "#AA11BB", Description: "first \n<second> ŵ", Children: []Code{
			{GUID: guid(2), Name: "listening", Colour: "#00FF7F", Children: []Code{{GUID: guid(3), Name: "time", Codable: true}}},
		}},
		{GUID: guid(4), Name: "money", Codable: true},
	}
	got, err := DecodeCodebook(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.Codes, cmpopts.EquateEmpty()); diff != "" {
		t.Fatal(diff)
	}
}

func TestDecode_Refuses(t *testing.T) {
	secret := "a line of hers"
	code := `<Code guid="` + guid(1) + `" name="` + secret + `" isCodable="true"/>`
	standard := one(Namespace, code)
	nested := strings.Repeat(`<Code guid="`+guid(1)+`" name="n" isCodable="true">`, 5000) + strings.Repeat(`</Code>`, 5000)
	for name, c := range map[string]struct {
		in   string
		want error
	}{
		"nothing":               {"", ErrNotCodebook},
		"plain text":            {secret, ErrNotCodebook},
		"another root":          {`<html><body>` + secret + `</body></html>`, ErrNotCodebook},
		"another namespace":     {one("urn:other", code), ErrNotCodebook},
		"cut off":               {standard[:len(standard)-5], ErrMalformed},
		"tags crossed":          {one(Namespace, "<Code></Codes>"), ErrMalformed},
		"two roots":             {standard + standard, ErrMalformed},
		"text after the end":    {standard + secret, ErrMalformed},
		"a document type":       {`<!DOCTYPE CodeBook [<!ENTITY a "` + secret + `">]>` + standard, ErrDoctype},
		"a document type after": {standard + `<!DOCTYPE x>`, ErrDoctype},
		"an unknown entity":     {one(Namespace, `<Code guid="`+guid(1)+`" name="&`+secret[:1]+`;"/>`), ErrMalformed},
		"bytes not UTF-8":       {one(Namespace, "\xff"+code), ErrMalformed},
		"another encoding":      {strings.Replace(standard, "utf-8", "windows-1252", 1), ErrMalformed},
		"no GUID":               {one(Namespace, `<Code name="`+secret+`"/>`), ErrMalformed},
		"a GUID twice":          {one(Namespace, code+code), ErrMalformed},
		"too deep":              {one(Namespace, nested), ErrTooLarge},
		"deep elsewhere":        {`<Project xmlns="urn:QDA-XML:project:1.0">` + strings.Repeat("<a>", 5000), ErrTooLarge},
		"too large":             {standard + strings.Repeat(" ", MaxBytes), ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := DecodeCodebook(strings.NewReader(c.in))
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if strings.Contains(err.Error(), secret) || len(err.Error()) > 150 {
				t.Errorf("the error tells what the file says: %v", err)
			}
			if got.Codes != nil {
				t.Errorf("%d codes came with the error", len(got.Codes))
			}
		})
	}
}

func TestDecode_ReaderFails(t *testing.T) {
	in := io.MultiReader(strings.NewReader(one(Namespace, "")[:80]), iotest.ErrReader(io.ErrClosedPipe))
	if _, err := DecodeCodebook(in); !errors.Is(err, io.ErrClosedPipe) {
		t.Fatalf("got %v", err)
	}
}

func TestDecode_RealExports(t *testing.T) {
	samples := filepath.Join(shared(t), "refi", "samples")
	t.Run("project.qde", func(t *testing.T) {
		file, err := os.Open(filepath.Join(samples, "atlasti-mac-8.4.0-REFI-vendor-set.qde"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		checkReal(t, file)
	})
	t.Run("project.qdpx", func(t *testing.T) {
		archive, err := zip.OpenReader(filepath.Join(samples, "atlasti-8.4.0-rewritten-by-sky-loom.qdpx"))
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		for _, entry := range archive.File {
			if strings.EqualFold(entry.Name, "project.qde") {
				file, err := entry.Open()
				if err != nil {
					t.Fatal(err)
				}
				defer file.Close()
				checkReal(t, file)
				return
			}
		}
		t.Fatal("no project.qde inside")
	})
}

// checkReal reads a real export, asks whether all its codes are there and
// whether they survive being written by us.
func checkReal(t *testing.T, file io.Reader) {
	t.Helper()
	raw, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	book, err := DecodeCodebook(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var count func(codes []Code) int
	count = func(codes []Code) int {
		n := len(codes)
		for _, c := range codes {
			n += count(c.Children)
			if c.Name == "" || c.Colour == "" && bytes.Contains(raw, []byte(strings.ToUpper(c.GUID)+`" color`)) {
				t.Errorf("code %s lost its name or colour", c.GUID)
			}
		}
		return n
	}
	if got, want := count(book.Codes), bytes.Count(raw, []byte("<Code ")); got != want || got == 0 {
		t.Errorf("read %d codes of %d", got, want)
	}
	again, err := DecodeCodebook(bytes.NewReader(encode(t, book)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(book, again); diff != "" {
		t.Error(diff)
	}
}

// shared finds the folder of schemas and samples beside the repository.
func shared(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			if path := filepath.Join(dir, "..", "shared"); isDir(filepath.Join(path, "refi")) {
				return path
			}
		}
	}
	t.Skip("the REFI-QDA schema and samples (../shared/refi) are not here")
	return ""
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
