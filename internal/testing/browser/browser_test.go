package browser_test

import (
	"crypto/tls"
	"fmt"
	"html/template"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/testing/browser"
)

// The small site that the tests walk through. Its policy is as strict as
// Footing's, so that the tools are shown to work under it.
const policy = "default-src 'none'; script-src 'self'; img-src 'self'; form-action 'self'; connect-src 'self'"

const formPage = `<!doctype html><html lang="en"><title>Form</title><body><main>
<h1>A small form</h1>
<noscript><p id="plain">Scripts are off.</p></noscript>
<p id="state">as sent</p>
<form method="post" action="/thanks" enctype="multipart/form-data">
  <p><label>Words <textarea name="words">old words</textarea></label></p>
  <p><label>Day <input type="date" name="day"></label></p>
  <p><label>Who <select name="who"><option value="me">Only me</option><option value="all">Everybody here</option></select></label></p>
  <p><label><input type="checkbox" name="notes" value="yes"> Notes</label></p>
  <p><label><input type="radio" name="when" value="now"> Now</label> <label><input type="radio" name="when" value="later"> Later</label></p>
  <p><label>File <input type="file" name="file"></label></p>
  <p><textarea rows="150" aria-label="a long way down"></textarea></p>
  <button>Send it</button>
</form>
<p><a href="/slow">A slow page</a> <a href="#top">Up</a> <a href="/table.csv">A table</a> <a href="/never">Nobody answers</a></p>
<details><summary>More about it</summary><p id="more">Here is more.</p></details>
<p id="gone" hidden>not shown</p>
</main><script src="/page.js"></script></body></html>`

const pageScript = `
document.getElementById("state").textContent = "changed by a script";
let shifts = 0;
addEventListener("keydown", (e) => {
  shifts = e.key === "Shift" ? shifts + 1 : 0;
  if (shifts === 3) document.getElementById("state").textContent = "shift three times";
});
addEventListener("load", () => fetch("/beat"));`

var thanks = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><title>Thanks</title>
<main><h1>Thank you</h1><dl>{{range $k, $v := .}}<dt>{{$k}}</dt><dd id="{{$k}}">{{$v}}</dd>{{end}}</dl></main>`))

func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	page := func(path, text string, wait time.Duration) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(wait)
			w.Header().Set("Content-Security-Policy", policy)
			_, _ = io.WriteString(w, text)
		})
	}
	page("/form", formPage, 0)
	page("/slow", `<!doctype html><html lang="en"><title>Slow</title><main><h1>There at last</h1></main>`, 300*time.Millisecond)
	page("/away", `<!doctype html><html lang="en"><meta http-equiv="refresh" content="0; url=/slow"><title>Blank</title>`, 0)
	page("/poor", `<!doctype html><title>Poor</title><img src="/dot.png"><input type="text"><p style="color: #ccc">pale</p>`, 0)
	mux.HandleFunc("GET /page.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = io.WriteString(w, pageScript)
	})
	mux.HandleFunc("GET /beat", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("GET /table.csv", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Disposition", "attachment; filename=table.csv")
		_, _ = io.WriteString(w, "a,b\n")
	})
	mux.HandleFunc("GET /never", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("GET /cookie", func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("been")
		http.SetCookie(w, &http.Cookie{Name: "been", Value: "here"})
		_, _ = fmt.Fprintf(w, "<title>Cookie</title><p>been here: %v", err == nil)
	})
	mux.HandleFunc("POST /thanks", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		sent := map[string]string{}
		for _, name := range []string{"words", "day", "who", "notes", "when"} {
			sent[name] = r.PostForm.Get(name)
		}
		if _, file, err := r.FormFile("file"); err == nil {
			sent["file"] = file.Filename
		}
		_ = thanks.Execute(w, sent)
	})
	server := httptest.NewServer(mux)
	// Close waits for answers, and one path never gives any.
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return server.URL
}

// both runs a test with scripts and without.
func both(t *testing.T, test func(t *testing.T, options ...browser.Option)) {
	t.Run("scripts", func(t *testing.T) { test(t) })
	t.Run("no scripts", func(t *testing.T) { test(t, browser.NoJavaScript) })
}

func TestTab_FillsAndSendsAForm(t *testing.T) {
	both(t, func(t *testing.T, options ...browser.Option) {
		tab := browser.New(t, options...)
		file := filepath.Join(t.TempDir(), "notes.txt")
		if err := os.WriteFile(file, []byte("a line"), 0o600); err != nil {
			t.Fatal(err)
		}
		tab.Go(site(t) + "/form")
		tab.Fill("textarea", "naïve words, “quoted” 🌱")
		tab.Fill("[name=day]", "2026-11-23")
		tab.Fill("select", "Everybody here")
		tab.Check("[name=notes]")
		tab.Check("[name=when][value=later]")
		tab.Upload("[name=file]", file)
		tab.Click("text=Send it")
		for id, want := range map[string]string{
			"h1": "Thank you", "#words": "naïve words, “quoted” 🌱", "#day": "2026-11-23", "#who": "all",
			"#notes": "yes", "#when": "later", "#file": "notes.txt",
		} {
			if got := tab.Text(id); got != want {
				t.Errorf("%s arrived as %q, want %q", id, got, want)
			}
		}
	})
}

func TestTab_ScriptsOnAndOff(t *testing.T) {
	url := site(t)
	on := browser.New(t)
	on.Go(url + "/form")
	off := browser.New(t, browser.NoJavaScript)
	off.Go(url + "/form")
	if got := on.Text("#state"); got != "changed by a script" {
		t.Errorf("with scripts: %q", got)
	}
	if got := off.Text("#state"); got != "as sent" {
		t.Errorf("without scripts: %q", got)
	}
	if on.Exists("#plain") || !off.Visible("#plain") {
		t.Error("noscript is shown with scripts, or not without")
	}
	for range 2 {
		off.Axe() // has scripts on for a moment
		off.Reload()
		if got := off.Text("#state"); got != "as sent" {
			t.Errorf("without scripts, after Axe: %q", got)
		}
	}
}

func TestTab_ClickWaitsForWhatFollows(t *testing.T) {
	both(t, func(t *testing.T, options ...browser.Option) {
		url := site(t)
		tab := browser.New(t, options...)
		tab.Go(url + "/form")
		if tab.Visible("#more") || tab.Visible("#gone") {
			t.Error("closed or hidden parts are visible")
		}
		tab.Click("summary")
		if !tab.Visible("#more") {
			t.Error("the summary did not open")
		}
		tab.Click("text=Up")
		tab.Click("text=A table")
		if got := tab.URL(); got != url+"/form#top" {
			t.Errorf("after a fragment and a download: at %s", got)
		}
		tab.Click("text=A slow page")
		if got := tab.Title(); got != "Slow" {
			t.Errorf("after the link: at %q", got)
		}
		tab.Back()
		if got := tab.Title(); got != "Form" {
			t.Errorf("after going back: at %q", got)
		}
		tab.Focus("[name=day]")
		tab.Press(browser.KeyEnter)
		if got := tab.Title(); got != "Thanks" {
			t.Errorf("after Enter in a field: at %q", got)
		}
		want := []browser.Entry{{URL: "about:blank"}, {URL: url + "/form", Title: "Form"}, {URL: url + "/form#top", Title: "Form"}, {URL: url + "/thanks", Title: "Thanks"}}
		if diff := cmp.Diff(want, tab.History()); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
	})
}

// TestTab_WaitsForTheRestOfAPage reads a page that loads itself again, while
// only its beginning has come.
func TestTab_WaitsForTheRestOfAPage(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			return
		}
		_, _ = fmt.Fprint(w, "<!doctype html><title>In two parts</title><main>Beginning")
		if asked.Add(1) > 1 {
			w.(http.Flusher).Flush()
			close(begun)
			<-goOn
		}
		_, _ = fmt.Fprint(w, " and end</main>")
	}))
	t.Cleanup(server.Close)

	tab := browser.New(t)
	tab.Go(server.URL)
	tab.Eval("void setTimeout(() => location.reload())", nil)
	<-begun
	time.AfterFunc(300*time.Millisecond, func() { close(goOn) })
	if got := tab.HTML(); !strings.Contains(got, "and end") {
		t.Errorf("half a page is read: %s", got)
	}
}

func TestTab_MetaRefreshAndDeadServer(t *testing.T) {
	url := site(t)
	tab := browser.New(t, browser.NoJavaScript)
	tab.Go(url + "/away")
	tab.Until("the page goes on by itself", func() bool { return tab.Title() == "Slow" })
	tab.Go(url + "/form")
	tab.ClickWithoutWaiting("text=Nobody answers")
	tab.Until("the request is on its way", func() bool { return slices.Contains(tab.Requests(), url+"/never") })
	tab.Stop()
	if got := tab.Text("h1"); got != "A small form" {
		t.Errorf("while nobody answers: %q", got)
	}
}

func TestTab_PressReachesThePage(t *testing.T) {
	tab := browser.New(t)
	tab.Go(site(t) + "/form")
	tab.Press(browser.KeyShift + browser.KeyShift + browser.KeyShift)
	if got := tab.Text("#state"); got != "shift three times" {
		t.Errorf("after three times Shift: %q", got)
	}
	tab.Focus("textarea")
	tab.Press("a", browser.WithCtrl)
	tab.Press("new")
	if got := tab.Text("textarea"); got != "new" {
		t.Errorf("typed over: %q", got)
	}
}

func TestTab_RequestsNamesEveryAddress(t *testing.T) {
	url := site(t)
	tab := browser.New(t)
	tab.Go(url + "/form")
	tab.Until("the script asks", func() bool { return strings.Contains(strings.Join(tab.Requests(), " "), "/beat") })
	if diff := cmp.Diff([]string{url + "/form", url + "/page.js", url + "/beat"}, tab.Requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestTab_ErrorsShowABreachOfThePolicy(t *testing.T) {
	tab := browser.New(t)
	tab.Go(site(t) + "/poor")
	if got := strings.Join(tab.Errors(), "\n"); !strings.Contains(got, "Content Security Policy") {
		t.Errorf("errors = %q, want the refused style", got)
	}
}

func TestTab_LooksAsAsked(t *testing.T) {
	tab := browser.New(t, browser.Size(320, 500), browser.Dark, browser.ForcedColours, browser.TextZoom200, browser.CPUSlowdown(2))
	tab.Go(site(t) + "/form")
	for expression, want := range map[string]string{
		"innerWidth + 'x' + innerHeight":                      "320x500",
		"matchMedia('(prefers-color-scheme: dark)').matches":  "true",
		"matchMedia('(forced-colors: active)').matches":       "true",
		"getComputedStyle(document.documentElement).fontSize": "32px",
	} {
		var got string
		tab.Eval("String("+expression+")", &got)
		if got != want {
			t.Errorf("%s = %s, want %s", expression, got, want)
		}
	}
}

func TestTab_ScreenshotShowsTheWholePage(t *testing.T) {
	tab := browser.New(t)
	tab.Go(site(t) + "/form")
	path := filepath.Join(t.TempDir(), "made", "form.png")
	tab.Screenshot(path)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatal(err)
	}
	if picture.Width != 360 || picture.Height < 2000 {
		t.Errorf("picture is %d by %d", picture.Width, picture.Height)
	}
}

func TestTab_AxeFindsFaults(t *testing.T) {
	both(t, func(t *testing.T, options ...browser.Option) {
		url := site(t)
		tab := browser.New(t, options...)
		tab.Go(url + "/poor")
		found := map[string]browser.Violation{}
		for _, v := range tab.Axe() {
			found[v.ID] = v
		}
		for _, id := range []string{"html-has-lang", "image-alt", "label"} {
			if v, ok := found[id]; !ok || len(v.Nodes) == 0 || !strings.Contains(v.String(), v.Nodes[0].HTML) {
				t.Errorf("axe-core did not find %s in %v", id, found)
			}
		}
		tab.Go(url + "/slow")
		if v := tab.Axe(); len(v) != 0 {
			t.Errorf("axe-core found faults in a sound page: %v", v)
		}
	})
}

func TestTab_EachHasCookiesOfItsOwn(t *testing.T) {
	url := site(t)
	first, second := browser.New(t), browser.New(t)
	first.Go(url + "/cookie")
	first.Go(url + "/cookie")
	second.Go(url + "/cookie")
	if a, b := first.Text("p"), second.Text("p"); a != "been here: true" || b != "been here: false" {
		t.Errorf("first tab %q, second tab %q", a, b)
	}
}

func TestTab_CheckWorksOnABoxDrawnByItsLabel(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<!doctype html><title>Boxes</title><p style="height: 1500px"></p>
<p style="position: relative"><input type="checkbox" id="drawn" style="clip-path: inset(50%); position: absolute; width: 1px; height: 1px">
<label for="drawn">Drawn by the label</label></p>
<input type="checkbox" id="plain" checked><label for="plain">Plain, <a href="/elsewhere">with a link</a></label>`)
	}))
	t.Cleanup(server.Close)
	tab := browser.New(t, browser.NoJavaScript)
	tab.Go(server.URL)
	ticked := func(want int) {
		t.Helper()
		if got := tab.Count(":checked"); got != want {
			t.Errorf("%d boxes are ticked, want %d", got, want)
		}
	}
	ticked(1)
	tab.Check("#drawn")
	tab.Check("#plain") // is so already
	ticked(2)
	tab.Uncheck("#plain")
	tab.Uncheck("#drawn")
	ticked(0)
	if got := tab.URL(); got != server.URL+"/" {
		t.Errorf("a click on a box led to %s", got)
	}
}

func TestTab_FilmShowsWhenTheScreenIsBlank(t *testing.T) {
	tab := browser.New(t)
	tab.Go(site(t) + "/form")
	tab.Eval(`addEventListener("click", () => setTimeout(() => document.body.textContent = "", 200)), 0`, nil)
	tab.Eval(`new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))`, nil)
	frames := tab.Film(func() {
		tab.Click("h1")
		tab.Until("the page is empty", func() bool { return !tab.Exists("h1") })
		time.Sleep(200 * time.Millisecond)
	})
	var blank []time.Duration
	for _, f := range frames {
		if f.Blank() {
			blank = append(blank, f.At.Sub(tab.ActedAt()))
		}
	}
	if len(frames) < 2 || frames[0].Blank() || len(blank) == 0 {
		t.Fatalf("%d frames, %d of them blank, want words and then nothing", len(frames), len(blank))
	}
	if blank[0] < 200*time.Millisecond || blank[0] > 10*time.Second {
		t.Errorf("the screen is blank %v after the click, want 200 ms and a little", blank[0])
	}
}

func TestTab_BackShowsAPageFromMemoryUnlessToldNotTo(t *testing.T) {
	url := site(t)
	for want, options := range map[string][]browser.Option{"from memory": {browser.Whole}, "Form": {browser.NoBackForwardCache}} {
		tab := browser.New(t, options...)
		tab.Go(url + "/form")
		tab.Eval(`addEventListener("pageshow", (e) => document.title = e.persisted ? "from memory" : "anew"), 0`, nil)
		tab.Go(url + "/cookie")
		tab.Back()
		if got := tab.Title(); got != want {
			t.Errorf("Back shows %q, want %q", got, want)
		}
		tab.Forward()
		if got := tab.URL(); got != url+"/cookie" {
			t.Errorf("Forward leads to %s", got)
		}
	}
}

func TestTab_AnotherSharesCookies(t *testing.T) {
	url := site(t)
	tab := browser.New(t, browser.NoBackForwardCache)
	tab.Go(url + "/cookie")
	other := tab.Another()
	other.Go(url + "/cookie")
	if got := other.Text("p"); got != "been here: true" {
		t.Errorf("the second tab says %q", got)
	}
	tab = browser.New(t)
	tab.Take(url, []*http.Cookie{{Name: "been", Value: "here"}})
	tab.Go(url + "/cookie")
	if got := tab.Text("p"); got != "been here: true" {
		t.Errorf("with a cookie taken the tab says %q", got)
	}
}

func TestTab_SpokenIsWhatAScreenReaderHas(t *testing.T) {
	tab := browser.New(t)
	tab.Go(site(t) + "/form")
	for _, want := range []string{"A small form", "Words", "old words", "Only me"} {
		if !strings.Contains(tab.Spoken(), want) {
			t.Errorf("a screen reader does not find %q in:\n%s", want, tab.Spoken())
		}
	}
	if strings.Contains(tab.Spoken(), "not shown") {
		t.Error("what is hidden is spoken")
	}
}

func TestTab_ShowLeavesNothingOfHowItLooked(t *testing.T) {
	tab := browser.New(t, browser.Size(320, 500), browser.Dark, browser.Printed, browser.TextZoom200, browser.NoJavaScript)
	tab.Go(site(t) + "/form")
	var paper bool
	tab.Eval(`matchMedia("print").matches`, &paper)
	if !paper {
		t.Error("the page is not shown as printed")
	}
	tab.Show()
	var got string
	tab.Eval(`innerWidth + " " + matchMedia("print").matches + " " + matchMedia("(prefers-color-scheme: dark)").matches + " " + getComputedStyle(document.documentElement).fontSize`, &got)
	if got != "360 false false 16px" {
		t.Errorf("the page is shown as %s, want a small phone by day", got)
	}
	tab.Reload()
	if got := tab.Text("#state"); got != "changed by a script" {
		t.Errorf("scripts are still off: %q", got)
	}
}

func TestCertificate_IsTrustedByTabsAlone(t *testing.T) {
	cert, key := browser.Certificate(t)
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<!doctype html><title>Sealed</title>")
	}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.StartTLS()
	t.Cleanup(server.Close)
	tab := browser.New(t)
	tab.Go(server.URL)
	var secure bool
	tab.Eval("isSecureContext", &secure)
	if tab.Title() != "Sealed" || !secure {
		t.Errorf("the page is %q, over a connection to trust: %v", tab.Title(), secure)
	}
	if _, err := http.Get(server.URL); err == nil {
		t.Error("everybody trusts the certificate")
	}
}
