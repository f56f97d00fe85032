package app_test

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// tone is a sound file that a browser plays: some seconds of one tone, as WAV.
func tone(t *testing.T, seconds int) string {
	t.Helper()
	const rate = 8000
	n := uint32(seconds * rate)
	head := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
	binary.LittleEndian.PutUint32(head[4:], 36+n)
	head = binary.LittleEndian.AppendUint32(head, rate)
	head = binary.LittleEndian.AppendUint32(head, rate)
	head = append(head, "\x01\x00\x08\x00data"...)
	head = binary.LittleEndian.AppendUint32(head, n)
	for i := range n {
		head = append(head, byte(128+40*math.Sin(float64(i)/5)))
	}
	file := filepath.Join(t.TempDir(), "recording of me.wav")
	if err := os.WriteFile(file, head, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// From a phone without scripts to somebody's ears: a file through a plain field, heard by herself, shared with
// her voice, and played by a reader once she presses play; before that nothing of it is fetched.
func TestSpoken_InABrowser(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser; what they do is tried on both in sharing")
	for name, options := range map[string][]browser.Option{
		"small": {browser.Size(360, 700), browser.NoJavaScript}, "wide": {browser.Size(1280, 900), browser.Dark},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			tab := h.as(t, "Bren", options...)
			tab.Go(h.url + "/share")
			tab.Click("text=Write something")
			draft := tab.URL()
			tab.Fill("textarea[name=text]", "The bus, in a few words.")
			screen(t, tab, name+"-spoken-before")
			tab.Upload("input[name=sound]", tone(t, 3))
			tab.Click("text=Save and go on")
			tab.Go(draft)
			screen(t, tab, name+"-spoken-draft")
			tab.Go(draft + "/who")
			tab.Check("input[value=lived-experience]")
			tab.Click("text=Save and go on")
			tab.Click("text=Save and go on")
			screen(t, tab, name+"-spoken-voice")
			if tab.Exists("main input:checked") {
				t.Error("an answer is ticked for her")
			}
			tab.Check("input[name=voice][value=yes]")
			tab.Check("input[name=typist][value='person:" + h.idOf(t, "Jo Tarrant") + "']")
			tab.Click("text=Save and go on")
			tab.Go(draft + "/until")
			tab.Check("input[name=until][value='3']")
			tab.Click("text=Save and go on")
			tab.Go(draft + "/check")
			screen(t, tab, name+"-spoken-check")
			tab.Click("text=Share it like this")
			screen(t, tab, name+"-spoken-own")
			plays := func(tab *browser.Tab) {
				if name == "wide" { // without scripts the test cannot wait for it
					plays(t, tab)
				}
			}
			plays(tab)
			own := tab.URL()
			typist := h.as(t, "Jo", options...)
			typist.Click("text=Somebody asks you to type up what she said.")
			screen(t, typist, name+"-typing")
			typist.Click("main .card a")
			screen(t, typist, name+"-typing-one")
			plays(typist)
			typist.Fill("textarea[name=typed]", "The bus is late.")
			typist.Click("text=Give it to her to check")
			tab.Go(own + "/typed")
			screen(t, tab, name+"-typed")
			tab.Click("text=Yes, these are my words")
			tab.Go(own + "/words")
			screen(t, tab, name+"-spoken-reword")

			reader := h.as(t, "Tolu", options...)
			reader.Go(strings.Replace(own, "/share/", "/read/", 1))
			reader.Click("text=Open it")
			screen(t, reader, name+"-spoken-read")
			for _, r := range reader.Requests() {
				if strings.Contains(r, "/play/") {
					t.Errorf("it is fetched before she presses play: %s", r)
				}
			}
			plays(reader)
		})
	}
}

// plays presses play and waits until something was heard.
func plays(t *testing.T, tab *browser.Tab) {
	t.Helper()
	var heard string
	tab.Eval(`(async () => {
		const a = document.querySelector("audio");
		a.muted = true;
		try {
			await a.play();
			await new Promise((go, stop) => { a.ontimeupdate = () => a.currentTime > 0.2 && go(); setTimeout(() => stop("nothing was heard"), 8000) });
			a.pause();
			a.currentTime = 2.5;
			await new Promise((go, stop) => { a.onseeked = go; setTimeout(() => stop("moving on does not work"), 8000) });
			return Math.round(a.duration) + " seconds";
		} catch (e) { return String(e) }
	})()`, &heard)
	if heard != "3 seconds" {
		t.Errorf("%s: it plays as %q", tab.URL(), heard)
	}
}
