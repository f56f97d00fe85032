package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// signIn gives a tab somebody's session, with the second factor given.
func (d *desk) signIn(tab *browser.Tab, token string) {
	d.T.Helper()
	tab.Go(d.URL + "/support")
	tab.Eval(`document.cookie = "s=`+token+`; path=/"`, nil)
}

func TestUpload_InABrowser(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	for name, options := range map[string][]browser.Option{"with scripts": nil, "without scripts": {browser.NoJavaScript}} {
		t.Run(name, func(t *testing.T) {
			tab := browser.New(t, append(options, browser.Size(1280, 900))...)
			d := newDesk(t)
			d.signIn(tab, string(d.sender(d.ruth).Transport.(withCookie)))
			folder := t.TempDir()
			good, bad := filepath.Join(folder, "walk.txt"), filepath.Join(folder, "broken.docx")
			d.Must(os.WriteFile(good, []byte(talk), 0o600))
			d.Must(os.WriteFile(bad, []byte("PK\x03\x04 not a zip"), 0o600))

			tab.Go(d.URL + "/source/upload")
			tab.Upload("#files", bad)
			tab.Click("text=Show me what is in them")
			tab.Until("the problem is told of", func() bool { return strings.Contains(tab.Text("main"), "cannot be opened") })
			if strings.Contains(tab.URL(), "/import/") {
				t.Fatal("a file that cannot be read leads on")
			}
			tab.Upload("#files", good, bad)
			tab.Click("text=Show me what is in them")
			tab.Until("what was found is shown", func() bool { return strings.Contains(tab.URL(), "/import/") })
			if text := tab.Text("main"); !strings.Contains(text, "4 turns, 2 speakers") || !strings.Contains(text, "cannot be opened") {
				t.Errorf("the page says %q", text)
			}
			tab.Check("input[name=kind][value=interview]")
			tab.Fill("#voice\\.0\\.1", "Bren")
			tab.Click("text=Keep these")
			tab.Until("the source is shown", func() bool { return strings.Contains(tab.URL(), "/source/") })
			if text := tab.Text("main"); !strings.Contains(text, "Bren") || !strings.Contains(text, "Asked the questions") {
				t.Errorf("the page says %q", text)
			}
			d.noneLeft()
			for _, e := range tab.Errors() {
				if !strings.Contains(e, "422") { // the answer to the broken file alone
					t.Error(e)
				}
			}
			d.Pass(time.Second)
		})
	}
}

func TestPages_AreOpenToAll(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	tab := browser.New(t)
	d := newDesk(t)
	id := d.keep(d.ruth, "outside")
	note := d.noteOf(d.bren)
	turn := regexp.MustCompile(`/source/` + string(id) + `/mark/[a-z0-9]+`).FindString(d.at(d.ruth).Get("/source/" + string(id) + "/mark").Body)
	waiting := d.upload(d.ruth, part{file: "walk.txt", text: talk}, part{file: "bad.pdf", text: "%PDF-1.7"})
	d.at(d.ruth).Post("/source/"+string(id)+"/mark", "turn", "2", "about", string(d.lena.ID))
	d.signIn(tab, string(d.sender(d.ruth).Transport.(withCookie)))
	pages := []string{"/source", "/source/upload", waiting, "/source/" + string(id), "/source/" + string(id) + "/facts",
		fmt.Sprintf("/source/%s/terms/%s", id, d.parts(id)[1].Speaker), "/source/" + string(id) + "/mark", turn}
	look := func(path string) {
		tab.Go(d.URL + path)
		for _, v := range tab.Axe() {
			t.Errorf("%s: %v", path, v)
		}
		if out := os.Getenv("FOOTING_SHOTS"); out != "" {
			tab.Screenshot(filepath.Join(out, strings.ReplaceAll(strings.TrimPrefix(path, "/"), "/", "-")+".png"))
		}
	}
	for _, path := range pages {
		look(path)
	}
	d.signIn(tab, string(d.sender(d.bren).Transport.(withCookie)))
	look("/offer-note/" + string(note))
}
