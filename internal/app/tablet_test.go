package app_test

import (
	"net/url"
	"strings"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// A tablet goes round, by keyboard alone, with scripts and without: each woman taps her picture, gives her
// number and says one thing; afterwards it shows the pictures and nothing of hers, by Back neither.
func TestTablet_GoesRoundInABrowser(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, which TestTable_TwoWomenOneTablet of package table makes on both")
	for name, c := range map[string]struct {
		options  []browser.Option
		pictures map[string]string
	}{
		"scripts":   {[]browser.Option{browser.Size(1280, 900)}, map[string]string{"Bren": "kite"}},
		"noscripts": {[]browser.Option{browser.Size(360, 740), browser.NoJavaScript, browser.Dark}, map[string]string{"Bren": "kite", "Tolu": "leaf"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			for who, picture := range c.pictures {
				h.visit(t, who).ask(t, "POST", "/me/picture", url.Values{"picture": {picture}, "pin": {"4711"}})
			}
			tab := h.as(t, "Jo", append(c.options, browser.Whole)...)
			tab.Go(h.url + "/table/new")
			tab.Check("input[name=hours][value='2']")
			enter(tab, "text=Open it")
			if got := tab.Text("h1"); got != "Whose turn is it?" {
				t.Fatalf("opened, the tablet shows %q", got)
			}
			for who, picture := range c.pictures {
				said := who + " would like a quiet corner by the window."
				enter(tab, "[href$='/"+picture+"']")
				tab.Until("the box for the number has the focus", func() bool { return tab.Exists("#pin:focus") })
				tab.Press("4711" + browser.KeyEnter)
				if got := tab.Text("h1"); got != "Hello "+who {
					t.Fatalf("%s gave her number and is shown %q", who, got)
				}
				enter(tab, "form[action='/share/new'] button")
				tab.Focus("textarea")
				tab.Press(said)
				enter(tab, "main .btn")
				if got := tab.Text("h1"); got != "Who may read it?" {
					t.Fatalf("%s wrote something and is shown %q", who, got)
				}
				enter(tab, "button[name=stop]")
				for range 4 { // wherever she is led, her turn ends there or by the link
					if tab.Text("h1") == "Whose turn is it?" {
						break
					}
					tab.Go(h.url + "/table/end")
				}
				if strings.Contains(tab.HTML(), said) || strings.Contains(tab.HTML(), who) {
					t.Errorf("after her turn something of %s is on the tablet", who)
				}
				for range 3 {
					tab.Back()
					if strings.Contains(tab.HTML(), said) {
						t.Errorf("Back shows what %s wrote, at %s", who, tab.URL())
					}
				}
				tab.Go(h.url + "/table")
				if a := h.visit(t, who).ask(t, "GET", "/share", nil); !strings.Contains(a.body, said[:20]) {
					t.Errorf("what %s wrote is not among her own drafts", who)
				}
			}
		})
	}
}

// enter presses the Enter key on a link or button.
func enter(tab *browser.Tab, selector string) {
	tab.Focus(selector)
	tab.Press(browser.KeyEnter)
}
