package look

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A colour is red, green and blue from 0 to 1.
type colour [3]float64

func hex(t *testing.T, s string) colour {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 {
		t.Fatalf("%q is not a colour of six hex digits", s)
	}
	return colour{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}
}

func hsl(h, s, l float64) colour {
	var c colour
	for i, n := range [...]float64{0, 8, 4} {
		k := math.Mod(n+h/30, 12)
		c[i] = l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))
	}
	return c
}

// luminance is relative luminance as WCAG 2.2 defines it.
func (c colour) luminance() float64 {
	var lin [3]float64
	for i, v := range c {
		if v <= 0.04045 {
			lin[i] = v / 12.92
		} else {
			lin[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*lin[0] + 0.7152*lin[1] + 0.0722*lin[2]
}

func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// hueOf returns the hue in degrees and the chroma from 0 to 1.
func hueOf(c colour) (hue, chroma float64) {
	hi, lo := max(c[0], c[1], c[2]), min(c[0], c[1], c[2])
	chroma = hi - lo
	if chroma == 0 {
		return 0, 0
	}
	switch hi {
	case c[0]:
		hue = math.Mod((c[1]-c[2])/chroma+6, 6)
	case c[1]:
		hue = (c[2]-c[0])/chroma + 2
	default:
		hue = (c[0]-c[1])/chroma + 4
	}
	return hue * 60, chroma
}

var declaration = regexp.MustCompile(`--([a-z0-9]+):\s*([^;{}]+)`)

// tokens returns the custom properties of the first :root, and those with what the dark :root changes.
func tokens(t *testing.T, css string) (light, dark map[string]string) {
	t.Helper()
	light, dark = map[string]string{}, map[string]string{}
	fill := func(m map[string]string, block string) {
		for _, d := range declaration.FindAllStringSubmatch(block[:strings.Index(block, "}")], -1) {
			m[d[1]] = strings.TrimSpace(d[2])
		}
	}
	start := strings.Index(css, ":root")
	night := strings.Index(css, "(prefers-color-scheme: dark)")
	if start < 0 || night < start {
		t.Fatal("the sheet has no :root followed by a dark one")
	}
	fill(light, css[start:])
	fill(dark, css[start:])
	fill(dark, css[night+strings.Index(css[night:], ":root"):])
	return light, dark
}

// schemes returns the tokens of both sheets for each colour scheme.
func schemes(t *testing.T) map[string]map[string]string {
	t.Helper()
	light, dark := tokens(t, read("look.css"))
	deskLight, deskDark := tokens(t, read("desk.css"))
	for k, v := range deskLight {
		light[k] = v
	}
	for k, v := range deskDark {
		dark[k] = v
	}
	return map[string]map[string]string{"light": light, "dark": dark}
}

func TestContrast_EveryPairOfTokensThatMeets(t *testing.T) {
	pairs := []struct {
		front string
		backs string
		least float64
	}{
		{"ink", "bg card note check sight s1 s2", 7},
		{"soft", "bg card note", 7},
		{"link", "bg card note", 7},
		{"link", "sight", 7},
		{"amber", "bg card check", 7},
		{"lilac", "sight", 7},
		{"on", "brand", 7},
		{"brand", "bg card", 7}, // the words of the second button
		{"dim", "s3", 4.5},
		{"dim", "s4", 7},
		{"field", "bg card", 4.5}, // the edge of a box needs 3
		{"brand", "note", 3},      // the edge of what is chosen
		{"edge", "focus", 7},      // the two rings of focus against each other
	}
	for name, scheme := range schemes(t) {
		for _, p := range pairs {
			for back := range strings.FieldsSeq(p.backs) {
				got := contrast(hex(t, scheme[p.front]), hex(t, scheme[back]))
				if got < p.least {
					t.Errorf("%s: %s on %s has contrast %.2f, want at least %.1f", name, p.front, back, got, p.least)
				}
			}
		}
		// One of the two rings of focus stands out from whatever is behind it.
		for _, back := range []string{"bg", "card", "note", "check", "brand"} {
			b := hex(t, scheme[back])
			if got := max(contrast(hex(t, scheme["edge"]), b), contrast(hex(t, scheme["focus"]), b)); got < 3 {
				t.Errorf("%s: focus on %s has contrast %.2f, want at least 3", name, back, got)
			}
		}
	}
}

var hueRule = regexp.MustCompile(`\.([huw])(\d+) \{ --[huw]: (\d+) \}`)

func TestContrast_ThemesAreReadableAndTheirStripesSeen(t *testing.T) {
	rules := hueRule.FindAllStringSubmatch(read("desk.css"), -1)
	if len(rules) != 3*Hues {
		t.Fatalf("%d rules for hues, want %d", len(rules), 3*Hues)
	}
	number := func(s string) float64 {
		n, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	of := map[string]string{}
	for _, r := range rules {
		if seen, ok := of[r[2]]; ok && seen != r[3] {
			t.Errorf("theme %s has the hues %s and %s", r[2], seen, r[3])
		}
		of[r[2]] = r[3]
	}
	for name, scheme := range schemes(t) {
		ink := hex(t, scheme["ink"])
		tint := func(h string) colour { return hsl(number(h), number(scheme["sat"])/100, number(scheme["tint"])/100) }
		for n, h := range of {
			if got := contrast(ink, tint(h)); got < 7 {
				t.Errorf("%s: text on theme %s has contrast %.2f, want at least 7", name, n, got)
			}
			key := hsl(number(h), 0.55, number(scheme["key"])/100)
			for _, back := range []string{"bg", "card"} {
				if got := contrast(key, hex(t, scheme[back])); got < 3 {
					t.Errorf("%s: the edge of theme %s on %s has contrast %.2f, want at least 3", name, n, back, got)
				}
			}
		}
	}
}

func TestColour_NoReds(t *testing.T) {
	red := func(c colour) bool {
		h, chroma := hueOf(c)
		return chroma > 0.08 && (h < 25 || h > 335)
	}
	if !red(colour{0.7, 0.1, 0.1}) {
		t.Fatal("a plain red is not seen as one")
	}
	code := regexp.MustCompile(`#[0-9a-f]{3,8}\b`)
	for _, name := range []string{"look.css", "desk.css", "icon.svg"} {
		for _, s := range code.FindAllString(cssComment.ReplaceAllString(read(name), ""), -1) {
			if len(s) == 4 {
				s = fmt.Sprintf("#%c%[1]c%c%[2]c%c%[3]c", s[1], s[2], s[3])
			}
			if red(hex(t, s[:7])) {
				t.Errorf("%s has the red %s", name, s)
			}
		}
	}
	for _, r := range hueRule.FindAllStringSubmatch(read("desk.css"), -1) {
		h, err := strconv.ParseFloat(r[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		if red(hsl(h, 0.6, 0.4)) {
			t.Errorf("theme hue %s is red", r[3])
		}
	}
}

var (
	timed   = regexp.MustCompile(`(?:transition|animation)[a-z-]*:([^;}]*)`)
	seconds = regexp.MustCompile(`([\d.]+)(m?s)\b`)
)

// U28 and U30: nothing is set in capitals, nothing flashes, what moves takes a fifth of a second at most, and
// nothing moves for whoever asked her machine for that.
func TestMotion_ShortAndOnlyWhereItIsWelcome(t *testing.T) {
	css := DeskCSS() + ClearCSS("a", "b")
	for _, never := range []string{"text-transform", "font-variant-caps", "@keyframes", "animation", "text-decoration:blink", "scroll-behavior"} {
		if strings.Contains(css, never) {
			t.Errorf("the styles have %s", never)
		}
	}
	welcome := "@media (prefers-reduced-motion:no-preference){"
	_, after, ok := strings.Cut(css, welcome)
	if !ok {
		t.Fatal("nothing asks whether motion is welcome")
	}
	inside, _, _ := strings.Cut(after, "}}")
	moves := timed.FindAllString(css, -1)
	if len(moves) == 0 || len(moves) != len(timed.FindAllString(inside, -1)) {
		t.Errorf("%d of %d moves ask first: %q", len(timed.FindAllString(inside, -1)), len(moves), moves)
	}
	for _, m := range moves {
		for _, s := range seconds.FindAllStringSubmatch(m, -1) {
			n, err := strconv.ParseFloat(s[1], 64)
			if err != nil {
				t.Fatal(err)
			}
			if s[2] == "s" {
				n *= 1000
			}
			if n > 200 {
				t.Errorf("%s takes %v ms, at most 200", m, n)
			}
		}
	}
}
