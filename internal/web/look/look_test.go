package look

import (
	"bytes"
	"compress/gzip"
	"testing"
)

func gzipped(t *testing.T, s string) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestBudget_SheetsAndScriptFitTheirBytes(t *testing.T) {
	page := gzipped(t, CSS())
	for _, c := range []struct {
		name      string
		got, most int
	}{
		{"members' style sheet", page, 3800},
		{"what the desk adds to it", gzipped(t, DeskCSS()) - page, 2500},
		{"page script", gzipped(t, Script()), 2000},
	} {
		if c.got > c.most {
			t.Errorf("%s has %d bytes gzipped, want at most %d", c.name, c.got, c.most)
		} else {
			t.Logf("%s: %d bytes gzipped of %d", c.name, c.got, c.most)
		}
	}
}

func TestSqueeze_KeepsWhatMatters(t *testing.T) {
	for in, want := range map[string]string{
		"/* a */ a > b + c { color : x; margin: 1px calc(1rem + 2px) }\n": "a>b+c{color :x;margin:1px calc(1rem + 2px)}",
		"a { top: calc(50% - 1rem) }":                                     "a{top:calc(50% - 1rem)}",
		"@media (min-width: 40em) { a { b: c; } }":                        "@media (min-width:40em){a{b:c}}",
		".a :checked + label::before { inset: 0 }":                        ".a :checked+label::before{inset:0}",
	} {
		if got := squeezeCSS(in); got != want {
			t.Errorf("squeezeCSS(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := squeezeJS("// a\n\tb();\n\n  c(\"// d\");\n"), "b();\nc(\"// d\");\n"; got != want {
		t.Errorf("squeezeJS gives %q, want %q", got, want)
	}
}
