package look_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/web/look"
)

// galleries serves the gallery: /page, /desk, and each from right to left.
func galleries(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for path, show := range map[string]look.Show{
		"/page": {ScriptURL: "/page.js"}, "/desk": {Desk: true, ScriptURL: "/page.js"},
		"/page-rtl": {RTL: true}, "/desk-rtl": {RTL: true, Desk: true}, "/page-big": {Class: "big clear"},
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			if err := look.Gallery(w, show); err != nil {
				t.Error(err)
			}
		})
	}
	mux.HandleFunc("GET /page.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		io.WriteString(w, look.Script())
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// tooWide lists what is cut off at the sides, apart from regions that scroll on purpose and can be reached by keyboard.
const tooWide = `[...document.querySelectorAll("body *")].filter(e => {
  const r = e.getBoundingClientRect();
  return (r.right > document.documentElement.clientWidth + 1 || r.left < -1) && !e.closest(".matrix,.scroll,.vh,.skip");
}).slice(0, 5).map(e => e.outerHTML.slice(0, 90))`

// tooSmall lists what is touched and less than 44 px high. Links in running text may be smaller (WCAG 2.5.8).
const tooSmall = `[...document.querySelectorAll(".btn,.quiet,.leave,.nav a,summary,.in,.opt,.chip button,.themes a,.check a,.help,.foot li a,.card h2 a,.matrix tbody th a")]
  .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90) + " " + e.getBoundingClientRect().height)`

// longest returns the greatest number of characters on a line of any paragraph.
const longest = `(() => {
  let most = 0;
  const range = document.createRange();
  for (const p of document.querySelectorAll("main p, main li, main dd, main .words p")) for (const n of p.childNodes) {
    if (n.nodeType != 3) continue;
    let top = null, count = 0;
    for (let i = 0; i < n.length; i++) {
      range.setStart(n, i);
      range.setEnd(n, i + 1);
      const y = range.getBoundingClientRect().top;
      if (top === null || Math.abs(y - top) > 6) count = 0, top = y;
      most = Math.max(most, ++count);
    }
  }
  return most;
})()`

func TestGallery_ForEveryEyeAndScreen(t *testing.T) {
	server := galleries(t)
	for _, c := range []struct {
		name    string
		width   int
		zoomed  bool
		options []browser.Option
	}{
		{"320", 320, false, nil},
		{"320 with text twice as big", 320, true, []browser.Option{browser.TextZoom200}},
		{"360 dark", 360, false, []browser.Option{browser.Dark}},
		{"360 forced colours", 360, false, []browser.Option{browser.ForcedColours}},
		{"1280", 1280, false, nil},
		{"1280 dark", 1280, false, []browser.Option{browser.Dark}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := browser.New(t, append(c.options, browser.Size(c.width, 800))...)
			paths := []string{"/page", "/desk", "/page-rtl", "/desk-rtl"}
			if !c.zoomed { // our own big text and the reader's at once is more than a small phone can hold
				paths = append(paths, "/page-big")
			}
			for _, path := range paths {
				tab.Go(server.URL + path)
				for _, v := range tab.Axe() {
					t.Errorf("%s: %v", path, v)
				}
				for what, script := range map[string]string{"cut off at the side": tooWide, "too small to touch": tooSmall} {
					var found []string
					tab.Eval(script, &found)
					for _, f := range found {
						t.Errorf("%s: %s: %s", path, what, f)
					}
				}
				var most int
				tab.Eval(longest, &most)
				if most > 72 || most < 10 { // 70, and the odd narrow letter
					t.Errorf("%s: the longest line has %d characters, want at most 70", path, most)
				}
			}
		})
	}
}

func TestLeaveLink_IsNeverCovered(t *testing.T) {
	server := galleries(t)
	for _, width := range []int{320, 1280} {
		for _, zoom := range [][]browser.Option{nil, {browser.TextZoom200}} {
			tab := browser.New(t, append(zoom, browser.Size(width, 640))...)
			for _, path := range []string{"/page", "/desk"} {
				tab.Go(server.URL + path)
				for _, part := range []string{"0", "0.5", "1"} {
					var reached bool
					tab.Eval(fmt.Sprintf(`(() => { scrollTo(0, document.documentElement.scrollHeight * %s);
						const r = document.querySelector("[data-leave]").getBoundingClientRect();
						return r.height >= 48 && !!document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)?.closest("[data-leave]") })()`, part), &reached)
					if !reached {
						t.Errorf("%s at %d px, scrolled to %s: the link that leaves is covered, away or small", path, width, part)
					}
				}
			}
		}
	}
}
