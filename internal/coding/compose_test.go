package coding

import (
	"bytes"
	"html/template"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"footing/internal/web/look"
)

// tree writes what a browser makes of markup: elements with their attributes, and text without the white
// space between elements, which the piece lays out and the composer need not.
func tree(t testing.TB, markup string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "ol", DataAtom: atom.Ol})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var write func(n *html.Node, within bool)
	write = func(n *html.Node, within bool) {
		switch n.Type {
		case html.TextNode:
			if within || strings.TrimSpace(n.Data) != "" {
				b.WriteString("«" + n.Data + "»")
			}
		case html.ElementNode:
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key + "=" + a.Val)
			}
			b.WriteString(">")
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				write(c, within || n.Data == "p" || n.Data == "span")
			}
			b.WriteString("</>")
		}
	}
	for _, n := range nodes {
		write(n, false)
	}
	return b.String()
}

func piece(t testing.TB) *template.Template {
	t.Helper()
	page, err := look.AddTo(template.New("page"))
	if err != nil {
		t.Fatal(err)
	}
	return template.Must(page.Parse(`{{template "turn" .}}`))
}

func anyTurn(t *rapid.T) look.Turn {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("ab<&>\"'+é🙂ש ")), 1, 8, -1)
	turn := look.Turn{ID: "t7", N: 7, Speaker: word.Draw(t, "speaker"), Asks: rapid.Bool().Draw(t, "asks"), ChipsLabel: word.Draw(t, "label")}
	if rapid.Bool().Draw(t, "timed") {
		turn.Time = "0:04:12"
	}
	if rapid.Bool().Draw(t, "closed") {
		turn.Closed = word.Draw(t, "why")
		return turn
	}
	if rapid.Bool().Draw(t, "can tick") {
		turn.Tick, turn.Ticked = "turn", rapid.Bool().Draw(t, "ticked")
		turn.Words = look.Link{Href: "/index/s/" + rapid.StringMatching(`[a-z0-9]{4}`).Draw(t, "id"), Text: word.Draw(t, "link"), About: word.Draw(t, "about")}
	}
	turn.Runs = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) look.Run {
		return look.Run{Text: word.Draw(t, "text"), Themes: rapid.SliceOfN(rapid.IntRange(-1, 30), 0, 5).Draw(t, "themes")}
	}), 0, 5).Draw(t, "runs")
	turn.Chips = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) look.Chip {
		chip := look.Chip{Text: word.Draw(t, "chip"), Theme: rapid.IntRange(-1, 30).Draw(t, "theme")}
		if rapid.Bool().Draw(t, "hers") {
			chip.Remove = look.Button{Text: word.Draw(t, "remove"), About: word.Draw(t, "of"), Name: "remove", Value: "abc"}
		}
		return chip
	}), 0, 4).Draw(t, "chips")
	return turn
}

func TestCompose_WritesThePieceOfTheTemplate(t *testing.T) {
	page := piece(t)
	rapid.Check(t, func(rt *rapid.T) {
		turn := anyTurn(rt)
		var want bytes.Buffer
		if err := page.Execute(&want, turn); err != nil {
			rt.Fatal(err)
		}
		view := turnView{Turn: turn}
		var got strings.Builder
		view.compose(&got)
		if w, g := tree(t, want.String()), tree(t, got.String()); w != g {
			rt.Fatalf("composed\n%s\nthe template writes\n%s", g, w)
		}
	})
}

// TestCompose_KeepsPlaces shows that what a browser counts in the paragraph is what is stored: each code
// point in its place.
func TestCompose_KeepsPlaces(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := anyText(rt)
		view := turnView{Turn: look.Turn{ID: "t1", N: 1, Speaker: "x"}}
		for _, r := range Flatten(len(text), anyMarks(rt, len(text))) {
			view.Runs = append(view.Runs, look.Run{Text: cut(text, r.Span), Themes: r.Themes})
		}
		var b strings.Builder
		view.compose(&b)
		if got := paragraphOf(t, b.String()); got != string(text) {
			rt.Fatalf("the page holds %q, want %q", got, string(text))
		}
	})
}

func paragraphOf(t testing.TB, markup string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type != html.TextNode {
			continue
		}
		for p := n.Parent; p != nil; p = p.Parent {
			if p.Data == "p" {
				b.WriteString(n.Data)
				break
			}
		}
	}
	return b.String()
}
