package look_test

import (
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"footing/internal/testing/browser"
	"footing/internal/web/look"
)

// A desk is a server with one page, which writes down what the page script sends.
type desk struct {
	*httptest.Server
	mu      sync.Mutex
	sent    []string      // "METHOD /path: form words", in the order of arrival
	seen    string        // what the page itself measured while it was left
	refuse  bool          // drafts are refused
	text    string        // the live part of the page
	events  chan string   // messages to the live part
	slowly  time.Duration // how long the page after it takes to answer
	keeping time.Duration // how long keeping unsaved words takes
}

const draftForm = `<form method="post" action="/send" data-draft="/draft" class="stack"><input type="hidden" name="draft" value="d7">
{{template "field" .Field}}{{template "draft" .Draft}}<input type="file" name="file" aria-label="File"><button class="btn">Save and continue</button></form>
<div id="live" data-live="/events"><p id="text">{{.Text}}</p><input id="inside" aria-label="Inside"></div>`

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{events: make(chan string, 4), text: "As it was"}
	page, err := look.AddTo(template.New("page"))
	if err != nil {
		t.Fatal(err)
	}
	template.Must(page.Parse(`<!doctype html><html lang="en"><head><title>Share something - Notes</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>` + look.CSS() + `</style><script type="module" src="/page.js"></script></head><body>{{template "top" .Top}}<main class="page stack" id="main"><h1>Share</h1>` + draftForm + `</main></body></html>`))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /page.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		io.WriteString(w, look.Script())
	})
	mux.HandleFunc("GET /share", func(w http.ResponseWriter, _ *http.Request) {
		d.mu.Lock()
		text := d.text
		d.mu.Unlock()
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'unsafe-inline'; img-src data:")
		err := page.Execute(w, map[string]any{
			"Text":  text,
			"Top":   look.Top{Skip: "Skip", Name: "Notes", Leave: "Leave this page", Away: "/away", TwoMore: "Twice more", OneMore: "Once more"},
			"Field": look.Field{Name: "words", Label: "Say", Rows: 3, Max: 20, Left: "Characters left: {n}", Over: "{n} too many"},
			"Draft": look.Draft{Saved: "Kept.", Unsaved: "Not yet."},
		})
		if err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("POST /draft", func(w http.ResponseWriter, r *http.Request) {
		d.note(r)
		if d.refuse {
			http.Error(w, "no", http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("POST /away", func(_ http.ResponseWriter, r *http.Request) {
		if d.keeping < time.Second {
			time.Sleep(d.keeping)
			d.note(r)
			return
		}
		d.note(r)
		select {
		case <-time.After(d.keeping):
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("GET /away", func(w http.ResponseWriter, r *http.Request) {
		d.note(r)
		time.Sleep(d.slowly)
		w.Header().Set("Cache-Control", "no-store")
		io.WriteString(w, `<!doctype html><html lang="en"><title>Weather</title><p id="gone">Weather`)
	})
	mux.HandleFunc("POST /seen", func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		d.mu.Lock()
		d.seen = string(b)
		d.mu.Unlock()
	})
	mux.HandleFunc("GET /events", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		for {
			select {
			case <-r.Context().Done():
				return
			case e := <-d.events:
				fmt.Fprintf(w, "data: %s\n\n", e)
				w.(http.Flusher).Flush()
			}
		}
	})
	mux.HandleFunc("GET /other", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<!doctype html><html lang="en"><title>Notes</title><p id="other">Other`)
	})
	d.Server = httptest.NewServer(mux)
	t.Cleanup(func() {
		d.CloseClientConnections()
		d.Close()
	})
	return d
}

func (d *desk) note(r *http.Request) {
	line := r.Method + " " + r.URL.Path
	if r.Method == http.MethodPost {
		_ = r.ParseMultipartForm(1 << 20) // a body that is no form shows as empty values
		line += ": " + r.FormValue("draft") + " " + r.FormValue("words")
		if r.MultipartForm != nil && len(r.MultipartForm.File) > 0 {
			line += " and a file"
		}
	}
	d.mu.Lock()
	d.sent = append(d.sent, line)
	d.mu.Unlock()
}

func (d *desk) log() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.sent, "; ")
}

func (d *desk) setText(s string) {
	d.mu.Lock()
	d.text = s
	d.mu.Unlock()
}

// watch makes the page tell how long after the last act its body was empty, and under which title.
const watch = `let at; for (const a of ["click", "keyup"]) addEventListener(a, () => at = performance.now(), true);
new MutationObserver(() => { if (!document.body.childNodes.length) navigator.sendBeacon("/seen", Math.ceil(performance.now() - at) + "|" + document.title) })
  .observe(document.body, {childList: true})`

func open(t *testing.T, d *desk, options ...browser.Option) *browser.Tab {
	t.Helper()
	tab := browser.New(t, options...)
	tab.Go(d.URL + "/share")
	return tab
}

func TestLeave_BlanksAtOnceAndTakesUnsavedWordsAlong(t *testing.T) {
	d := newDesk(t)
	d.slowly, d.keeping = 1500*time.Millisecond, 200*time.Millisecond
	file := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(file, []byte("a note"), 0o600); err != nil {
		t.Fatal(err)
	}
	tab := open(t, d, browser.Whole)
	tab.Eval(watch, nil)
	tab.Upload("[type=file]", file)
	tab.Fill("#words", "by the window")
	tab.ClickWithoutWaiting("text=Leave this page")
	tab.Until("the page after it is there", func() bool { return tab.Exists("#gone") })
	if got, want := d.log(), "POST /away: d7 by the window; GET /away"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	ms, title, _ := strings.Cut(d.seen, "|")
	if n, err := strconv.Atoi(ms); err != nil || n > 100 {
		t.Errorf("the screen was empty after %q ms, want at most 100", ms)
	}
	if strings.TrimSpace(strings.ReplaceAll(title, "\u200b", "")) != "" {
		t.Errorf("the title was %q while leaving, want it blank", title)
	}
	for _, e := range tab.History() {
		if strings.Contains(e.URL, "/share") {
			t.Errorf("the page that was left is in the history: %v", e)
		}
	}
}

func TestLeave_DoesNotWaitForAServerThatHangs(t *testing.T) {
	d := newDesk(t)
	d.keeping = 20 * time.Second
	tab := open(t, d, browser.Whole)
	tab.Fill("#words", "by the window")
	start := time.Now()
	tab.ClickWithoutWaiting("text=Leave this page")
	tab.Until("the page after it is there", func() bool { return tab.Exists("#gone") })
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("the page after it came after %v", took)
	}
}

func TestLeave_WithNothingUnsavedSendsNothing(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d, browser.Whole)
	tab.Click("text=Leave this page")
	tab.Until("the page after it is there", func() bool { return tab.Exists("#gone") })
	if got := d.log(); got != "GET /away" {
		t.Errorf("sent %q, want GET /away alone", got)
	}
}

func TestLeave_WithoutScripts(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d, browser.Whole, browser.NoJavaScript)
	tab.Click("text=Leave this page")
	tab.Wait("#gone")
}

func TestShift_ThreeAloneLeave(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d, browser.Whole)
	tab.Press(browser.KeyShift)
	tab.Until("the first is spoken", func() bool { return tab.Text("[data-said]") == "Twice more" })
	tab.Press(browser.KeyShift)
	tab.Until("the second is spoken", func() bool { return tab.Text("[data-said]") == "Once more" })
	for range 3 { // which belongs to other things, and leaves nothing
		tab.Press(kb.Escape)
	}
	for range 2 { // nor did the Shifts before it count on
		tab.Press(browser.KeyShift)
	}
	if tab.Exists("#gone") {
		t.Fatal("Escape counts")
	}
	tab.Press(browser.KeyShift)
	tab.Until("the page after it is there", func() bool { return tab.Exists("#gone") })
}

// typing presses 100,000 keys as hands do, with capitals in every order that fingers let go, held capitals, marking
// with Shift and an arrow, Ctrl with Shift, and now and then one or two Shifts alone. Each act ends in some other key.
const typing = `(() => {
  const box = document.getElementById("words");
  let seed = 7;
  const any = n => (seed = seed * 48271 % 2147483647) % n;
  const key = (type, key, more) => box.dispatchEvent(new KeyboardEvent(type, {key, bubbles: true, ...more}));
  const down = (k, more) => key("keydown", k, more), up = (k, more) => key("keyup", k, more);
  const acts = [
    () => { down("Shift"); down("A"); up("A"); up("Shift"); return 2 },
    () => { down("Shift"); down("A"); up("Shift"); up("a"); return 2 },
    () => { down("a"); down("Shift"); up("a"); down("B"); up("Shift"); up("B"); return 3 },
    () => { down("Shift"); for (let i = any(9); i > 0; i--) { down("Shift", {repeat: true}); down("C"); up("C") } down("D"); up("D"); up("Shift"); return 9 },
    () => { down("Shift"); for (let i = 5; i > 0; i--) { down("ArrowLeft"); up("ArrowLeft") } up("Shift"); return 6 },
    () => { down("Control"); down("Shift", {ctrlKey: true}); up("Shift", {ctrlKey: true}); up("Control"); return 2 },
    () => { for (let i = any(3); i > 0; i--) { down("Shift"); up("Shift") } down("e"); up("e"); return 2 },
    () => { down("Shift"); down("Shift", {repeat: true}); up("Shift"); down(" "); up(" "); return 2 },
  ];
  for (let keys = 0; keys < 100000;) keys += acts[any(acts.length)]();
  return !!document.getElementById("words");
})()`

func TestShift_NeverWhileTyping(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d)
	tab.Focus("#words")
	var still bool
	tab.Eval(typing, &still)
	if !still {
		t.Error("typing with capitals left the page")
	}
	tab.Press(browser.KeyShift)
	tab.Press(browser.KeyShift)
	tab.Click("h1")
	tab.Press(browser.KeyShift)
	if !tab.Exists("#words") {
		t.Error("two presses, a touch and a third left the page")
	}
}

// Presses are spread over time by their own stamps, so the test need not wait for them.
func TestShift_FiveSecondsInAll(t *testing.T) {
	for _, c := range []struct {
		apart int
		leave bool
	}{{2400, true}, {2600, false}} {
		d := newDesk(t)
		tab := open(t, d)
		tab.Eval(fmt.Sprintf(`for (let i = 0; i < 3; i++) for (const type of ["keydown", "keyup"]) {
			const e = new KeyboardEvent(type, {key: "Shift", bubbles: true});
			Object.defineProperty(e, "timeStamp", {value: 1000 + i * %d});
			document.body && document.dispatchEvent(e) }`, c.apart), nil)
		if c.leave {
			tab.Until("the page after it is there", func() bool { return tab.Exists("#gone") })
		} else if !tab.Exists("#words") {
			t.Errorf("three presses %d ms apart left the page", c.apart)
		}
	}
}

func TestDraft_SavesAfterAPauseAndSaysSo(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d)
	tab.Fill("#words", "one")
	tab.Until("the line says it is kept", func() bool { return tab.Text("[data-status]") == "Kept." })
	if got, want := d.log(), "POST /draft: d7 one"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	d.refuse = true
	tab.Fill("#words", "two")
	tab.Until("the line says it is not kept", func() bool { return tab.Text("[data-status]") == "Not yet." })
	tab.Eval(`addEventListener("visibilitychange", e => e.stopImmediatePropagation(), true)`, nil)
	tab.Go(d.URL + "/other")
	tab.Until("the words travel when the page is left any other way", func() bool { return strings.HasSuffix(d.log(), "POST /draft: d7 two; POST /draft: d7 two") })
}

func TestCount_SpeaksAfterAPause(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d)
	tab.Fill("#words", "one 🙂")
	tab.Until("the count is right", func() bool { return tab.Text("#words-count") == "Characters left: 15" })
	tab.Fill("#words", strings.Repeat("a", 23))
	tab.Until("going over is said", func() bool { return tab.Text("#words-count") == "3 too many" })
}

func TestLive_RenewsWhenNobodyTypesAndAtOnceWhenWordsClose(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d)
	d.setText("Changed once")
	d.events <- "changed"
	tab.Until("the part is renewed", func() bool { return tab.Text("#text") == "Changed once" })
	tab.Focus("#inside")
	d.setText("Changed twice")
	d.events <- "changed"
	time.Sleep(300 * time.Millisecond)
	if got := tab.Text("#text"); got != "Changed once" {
		t.Errorf("the part says %q while somebody types in it", got)
	}
	tab.Focus("#words")
	tab.Until("the part is renewed after typing", func() bool { return tab.Text("#text") == "Changed twice" })
	tab.Focus("#inside")
	d.setText("Closed")
	d.events <- "closed"
	tab.Until("what was taken back is gone at once", func() bool { return tab.Text("#text") == "Closed" })
}

func TestBack_AsksTheServerAnew(t *testing.T) {
	d := newDesk(t)
	tab := open(t, d, browser.Whole)
	tab.Go(d.URL + "/other")
	d.setText("As it is now")
	tab.Back()
	tab.Until("the page is new", func() bool { return tab.Exists("#text") && tab.Text("#text") == "As it is now" })
}
