package lang

import (
	"fmt"
	"strings"
)

// Most texts have one form and a place or two, and pages ask for hundreds of them: those are filled here,
// at a tenth of what a template takes. What has plural forms is go-i18n's.

// A piece of a text is something it says, or the name of a place.
type piece struct {
	text  string
	place bool
}

// pieces cuts a text at its places.
func pieces(s string) []piece {
	if !strings.Contains(s, "{{") {
		return []piece{{text: s}}
	}
	var list []piece
	at := 0
	for _, m := range place.FindAllStringSubmatchIndex(s, -1) {
		list = append(list, piece{text: s[at:m[0]]}, piece{s[m[2]:m[3]], true})
		at = m[1]
	}
	return append(list, piece{text: s[at:]})
}

// fill returns the text with its places filled from names and values in turn, and the name of a place
// that nothing was given for.
func (w Words) fill(list []piece, args []any) (s, missing string) {
	if len(list) == 1 {
		return list[0].text, ""
	}
	var b strings.Builder
	for _, p := range list {
		if !p.place {
			b.WriteString(p.text)
			continue
		}
		v, ok := given(args, p.text)
		if !ok {
			return "", p.text
		}
		switch v := w.said(v).(type) {
		case string:
			b.WriteString(v)
		default:
			fmt.Fprint(&b, v)
		}
	}
	return b.String(), ""
}

// said is what stands in a text for a value: a whole number as one reads it, everything else as it is.
func (w Words) said(v any) any {
	switch n := v.(type) {
	case int:
		return w.Number(n)
	case int64:
		return w.Number(int(n))
	}
	return v
}

// given returns the value of a name; when it is there twice, the last one counts.
func given(args []any, name string) (v any, ok bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			v, ok = args[i+1], true
		}
	}
	return v, ok
}
