package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"

	"footing/internal/testing/browser"
)

// recorder stands where a test would stand and keeps how it ended.
type recorder struct {
	testing.TB
	fatal string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatalf(format string, args ...any) {
	r.fatal = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// TestTab_FailureSaysWhy makes each mistake in a tab of its own, all at once.
func TestTab_FailureSaysWhy(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `<!doctype html><title>Faults</title><h1>Some faults</h1>
<button id="off" disabled>Off</button>
<p style="position: relative"><a id="under" href="/">Under</a><b id="over" style="position: absolute; inset: 0"></b></p>
<p hidden><button id="gone">Gone</button></p>
<select><option>One</option></select>
<input type="checkbox" onclick="return false">`)
	}))
	t.Cleanup(server.Close)

	var all sync.WaitGroup
	for _, c := range []struct {
		name, want string
		do         func(*browser.Tab)
	}{
		{"missing", "#none: not possible within 10s: ", func(tab *browser.Tab) { tab.Click("#none") }},
		{"disabled", "it is disabled", func(tab *browser.Tab) { tab.Click("#off") }},
		{"covered", `covered by <b id="over"`, func(tab *browser.Tab) { tab.Click("#under") }},
		{"hidden", "it is not visible", func(tab *browser.Tab) { tab.Click("#gone") }},
		{"no choice", "there is no such choice", func(tab *browser.Tab) { tab.Fill("select", "Two") }},
		{"stays unticked", "yet it is checked: false", func(tab *browser.Tab) { tab.Check("[type=checkbox]") }},
		{"never", "in vain until the moon is blue", func(tab *browser.Tab) {
			tab.Until("the moon is blue", func() bool { return false })
		}},
		{"unresolved", "ERR_NAME_NOT_RESOLVED", func(tab *browser.Tab) { tab.Go("http://footing.example/") }},
	} {
		r := &recorder{TB: t}
		tab := browser.New(r)
		tab.Go(server.URL)
		all.Go(func() {
			done := make(chan struct{})
			go func() { // Fatalf ends it
				defer close(done)
				c.do(tab)
			}()
			<-done
			if !strings.Contains(r.fatal, c.want) {
				t.Errorf("%s: the test ended with %q, want it to say %q", c.name, r.fatal, c.want)
			}
			if c.name == "missing" && !strings.Contains(r.fatal, "Some faults") {
				t.Errorf("the message does not show the page: %q", r.fatal)
			}
		})
	}
	all.Wait()
}
