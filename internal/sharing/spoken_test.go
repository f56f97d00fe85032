package sharing_test

import (
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/sharing"
	"footing/internal/sound"
	"footing/internal/testing/fixture"
)

// voice is the beginning of an ogg file with something after it that is nowhere else.
func voice(n int) string { return "OggS\x00\x02" + strings.Repeat("la la, Ann says. ", n) }

// leave sends the text page with a sound file, as a browser does.
func (w *ground) leave(b *fixture.Browser, to string, file io.Reader, form ...string) fixture.Page {
	w.T.Helper()
	reader, writer := io.Pipe()
	body := multipart.NewWriter(writer)
	go func() {
		var err error
		for i := 0; err == nil && i+1 < len(form); i += 2 {
			err = body.WriteField(form[i], form[i+1])
		}
		if err == nil {
			var part io.Writer
			if part, err = body.CreateFormFile("sound", "me-and-my-sister.m4a"); err == nil {
				_, err = io.Copy(part, file)
			}
		}
		if err == nil {
			err = body.Close()
		}
		writer.CloseWithError(err)
	}()
	request, err := http.NewRequestWithContext(w.T.Context(), http.MethodPost, w.URL+to, reader)
	w.Must(err)
	request.Header.Set("Content-Type", body.FormDataContentType())
	return b.Send(request)
}

// heard returns what somebody gets at an address, and with which status.
func (w *ground) heard(b *fixture.Browser, path string, headers ...string) (int, string, http.Header) {
	w.T.Helper()
	request, err := http.NewRequestWithContext(w.T.Context(), http.MethodGet, w.URL+path, nil)
	w.Must(err)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	for _, c := range b.Cookies() {
		request.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(request)
	w.Must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	w.Must(err)
	return answer.StatusCode, string(text), answer.Header
}

// source returns where the one player on a page finds its sound.
func source(p fixture.Page) string {
	src, _ := p.One("audio[controls][preload=none]").Attr("src")
	return src
}

// shareSpoken shares what Ann left spoken with the women, and returns its address.
func (w *ground) shareSpoken(text, said string, voiced ...string) string {
	w.T.Helper()
	b, d := w.draft(w.ann, "")
	w.heading(w.leave(b, d, strings.NewReader(said), "text", text, "kind", "idea"), "Who may read it?")
	w.heading(b.Post(d+"/who", "who", "lived-experience"), "Should anybody not see it?")
	w.heading(b.Post(d+"/not"), "May your voice be heard?")
	w.heading(b.Post(d+"/sound", voiced...), "What may it be used for?")
	b.Post(d+"/until", "until", "3")
	return w.heading(b.Post(d+"/share"), "This is yours").Path
}

// A draft keeps what she left spoken for her alone: she hears it, puts another in its place, takes it away.
func TestSpoken_InADraftIsHersAlone(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "")
	page := b.Get(d)
	page.One("form[enctype='multipart/form-data'] input[type=file][name=sound]")
	page.One("main").HasText("People can know a voice")
	first, second := voice(40_000), voice(3)
	w.heading(w.leave(b, d, strings.NewReader(first), "text", "", "kind", "idea"), "Who may read it?")
	play := source(b.Get(d))
	if status, got, h := w.heard(b, play); status != 200 || got != first || h.Get("Content-Type") != "audio/ogg" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("she hears %d, %d bytes of %d, as %s, %s", status, len(got), len(first), h.Get("Content-Type"), h.Get("Cache-Control"))
	}
	for _, other := range []person.Viewer{w.bea, w.jo} {
		if status, got, _ := w.heard(w.As(other), play); status != 404 || strings.Contains(got, "la la") {
			t.Errorf("%s gets %d", other.Name, status)
		}
	}
	if _, got, _ := w.heard(w.Visitor(), play); strings.Contains(got, "la la") {
		t.Error("somebody who is not signed in hears it")
	}
	b.Get("/share").One(".card").HasText("You left this spoken")
	w.leave(b, d, strings.NewReader(second), "text", "And a word.", "kind", "idea")
	if _, got, _ := w.heard(b, play); got != second {
		t.Errorf("put in its place, and she hears %d bytes", len(got))
	}
	b.Get(d + "/check").One("main").HasText("A recording of your voice")
	b.Post(d, "text", "And a word.", "hush", "1").None("audio")
	if status, _, _ := w.heard(b, play); status != 404 {
		t.Errorf("taken away, and there is %d", status)
	}
	w.leave(b, d, strings.NewReader(second), "text", "", "kind", "idea")
	b.Post(d + "/drop")
	if status, _, _ := w.heard(b, play); status != 404 {
		t.Errorf("the draft is thrown away, and she gets %d", status)
	}
	b.Post(d + "/return")
	if _, got, _ := w.heard(b, play); got != second {
		t.Errorf("the draft is back, and she hears %d bytes", len(got))
	}
	b.Post(d + "/drop")
	b.Post(d+"/now").Is(200, w.Ground)
	w.Must(w.Gate.SweepBlobs(t.Context(), w.ann.Partnership))
	if n := w.Sum("1", "consent_blob") + w.Sum("1", "consent_chunk"); n != 0 {
		t.Errorf("%d rows of recordings are left", n)
	}
}

// What cannot be kept is told in a sentence beside the field, and what she typed is there.
func TestSpoken_WhatCannotBeKeptLosesNothing(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "")
	for name, c := range map[string]struct {
		file io.Reader
		says string
	}{
		"a picture":  {strings.NewReader("\x89PNG\r\n\x1a\n and more"), "no sound file that can be kept"},
		"a page":     {strings.NewReader("<!doctype html><p>" + strings.Repeat("x", 1<<20)), "no sound file that can be kept"},
		"too large":  {io.MultiReader(strings.NewReader(voice(1)), io.LimitReader(zeros{}, sound.MaxBytes)), "larger than 50 megabytes"},
		"a bit more": {io.MultiReader(strings.NewReader(voice(1)), io.LimitReader(zeros{}, 3*sound.MaxBytes)), "larger than 50 megabytes"},
	} {
		page := w.leave(b, d, c.file, "text", "Typed before: "+name, "kind", "opinion").Is(http.StatusUnprocessableEntity, w.Ground)
		page.One("#sound-problem").HasText(c.says)
		page.One("textarea[name=text]").HasText("Typed before: " + name)
		page.One("#check a[href='#sound']")
		b.Get(d).One("textarea[name=text]").HasText("Typed before: " + name)
		b.Get(d).None("audio")
	}
	w.Must(w.Gate.SweepBlobs(t.Context(), w.ann.Partnership))
	if n := w.Sum("1", "consent_blob") + w.Sum("1", "consent_chunk"); n != 0 {
		t.Errorf("%d rows are left of what was not kept", n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// "May my voice be heard, or only typed words used": nothing is ticked, and silence is no.
func TestSpoken_IsHeardByThoseSheLetsHear(t *testing.T) {
	w := newGround(t)
	said := voice(2000)
	for name, c := range map[string]struct {
		answer []string
		heard  bool
	}{"no answer": {nil, false}, "only typed words": {[]string{"voice", "no"}, false}, "her yes": {[]string{"voice", "yes"}, true}} {
		own := w.shareSpoken("Buses. "+name, said, c.answer...)
		read := strings.Replace(own, "/share/", "/read/", 1)
		page := w.As(w.bea).Get(read+"/words").Is(200, w.Ground)
		page.One("blockquote").HasText("Buses. " + name)
		play := strings.Replace(source(w.As(w.ann).Get(own)), "/share/", "/read/", 1)
		if c.heard && source(page) != play || !c.heard && len(page.All("audio")) > 0 {
			t.Errorf("%s: %d players are on Bea's page", name, len(page.All("audio")))
		}
		if status, got, _ := w.heard(w.As(w.bea), play); (status == 200 && got == said) != c.heard {
			t.Errorf("%s: Bea gets %d, %d bytes", name, status, len(got))
		}
		if status, got, _ := w.heard(w.As(w.ann), source(w.As(w.ann).Get(own))); status != 200 || got != said {
			t.Errorf("%s: she herself gets %d, %d bytes", name, status, len(got))
		}
		for _, other := range []person.Viewer{w.jo, w.ruth} {
			if status, _, _ := w.heard(w.As(other), play); status != 404 {
				t.Errorf("%s: %s gets %d", name, other.Name, status)
			}
		}
		if status, _, _ := w.heard(w.As(w.bea), strings.Replace(play, "/read/", "/share/", 1)); status != 404 {
			t.Errorf("%s: Bea gets %d at its owner's address", name, status)
		}
		opened := w.As(w.ann).Get(own + "/opened").One("main")
		if opened.HasText("Bea"); strings.Contains(opened.Text(), "To hear your voice") != c.heard {
			t.Errorf("%s: who opened it says %q", name, opened.Text())
		}
	}
}

// Before she answers, nothing is ticked; the check shows the answer, and it can be changed and taken back as
// what is written can.
func TestSpoken_AskedCheckedChangedAndTakenBack(t *testing.T) {
	w := newGround(t)
	said := voice(2000)
	b, d := w.draft(w.ann, "")
	w.leave(b, d, strings.NewReader(said), "text", "", "kind", "idea")
	b.Post(d+"/who", "who", "lived-experience")
	asked := w.heading(b.Get(d+"/sound"), "May your voice be heard?")
	asked.None("input[checked]")
	asked.All("legend")[0].HasText("May my voice be heard, or only typed words used?")
	b.Post(d+"/sound", "voice", "yes")
	b.Post(d+"/until", "until", "3")
	check := w.heading(b.Get(d+"/check"), "Is this right?")
	check.One("main").HasText("Those who may read it may also hear my voice")
	check.One("main").HasText("To hear your voice")
	own := w.heading(b.Post(d+"/share"), "This is yours").Path
	play := strings.Replace(source(b.Get(own)), "/share/", "/read/", 1)
	hears := func(when string, want bool) {
		t.Helper()
		if status, got, _ := w.heard(w.As(w.bea), play); (status == 200 && got == said) != want {
			t.Errorf("%s: Bea gets %d, %d bytes", when, status, len(got))
		}
		if listed := len(w.As(w.bea).Get("/read").All(".card")) == 1; listed != want {
			t.Errorf("%s: Bea has it in her list: %v", when, listed)
		}
	}
	hears("shared", true)
	b.Get(own).One("main").HasText("May be heard by: The women")
	who := []string{"who", "lived-experience", "until", "3"}
	b.Post(own+"/change", append(who, "voice", "no")...).Is(200, w.Ground)
	hears("only typed words, of which there are none", false)
	b.Get(own + "/change").One("input[name=voice][value=yes]")
	b.Post(own+"/change", append(who, "voice", "yes")...)
	hears("her yes again", true)
	b.Post(own + "/back")
	hears("taken back", false)
	b.Post(own + "/return")
	hears("brought back", true)
	b.Post(own+"/words", "text", "Something else.").Is(200, w.Ground)
	hears("new words", false)
	b.Get(own).None("audio")
}

// Of what she wrote and said, she can take back the voice alone.
func TestSpoken_TheVoiceAloneIsTakenBack(t *testing.T) {
	w := newGround(t)
	own := w.shareSpoken("Buses.", voice(9), "voice", "yes")
	b := w.As(w.ann)
	rec := source(b.Get(own))
	rec = rec[strings.LastIndex(rec, "/")+1:]
	b.Get(own + "/part").One("input[name=turn][value='" + rec + "']")
	b.Post(own+"/part", "turn", rec)
	read := strings.Replace(own, "/share/", "/read/", 1)
	page := w.As(w.bea).Get(read+"/words").Is(200, w.Ground)
	page.One("blockquote").HasText("Buses.")
	page.None("audio")
	b.Get(own).One("main").HasText("Part of this is taken back")
	b.Post(own + "/return")
	w.As(w.bea).Get(read + "/words").One("audio")
}

// A player asks for a stretch, and for more when somebody moves on.
func TestSpoken_IsPlayedInStretches(t *testing.T) {
	w := newGround(t)
	said := voice(40_000)
	own := w.shareSpoken("", said, "voice", "yes")
	b := w.As(w.bea)
	play := strings.Replace(source(w.As(w.ann).Get(own)), "/share/", "/read/", 1)
	n := len(said)
	for ask, want := range map[string]struct {
		status int
		body   string
		is     string
	}{
		"bytes=0-9":                   {206, said[:10], fmt.Sprintf("bytes 0-9/%d", n)},
		"bytes=300000-":               {206, said[300000:], fmt.Sprintf("bytes 300000-%d/%d", n-1, n)},
		"bytes=-7":                    {206, said[n-7:], fmt.Sprintf("bytes %d-%d/%d", n-7, n-1, n)},
		fmt.Sprintf("bytes=%d-", n+5): {416, "", fmt.Sprintf("bytes */%d", n)},
		"":                            {200, said, ""},
	} {
		status, got, h := w.heard(b, play, "Range", ask)
		if status != want.status || (status != 416 && got != want.body) || h.Get("Content-Range") != want.is || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%q: %d, %d bytes, %q", ask, status, len(got), h.Get("Content-Range"))
		}
		if status != 416 && (h.Get("Content-Type") != "audio/ogg" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Encoding") != "" || h.Get("Accept-Ranges") != "bytes") {
			t.Errorf("%q: it is sent as %v", ask, h)
		}
	}
	status, got, h := w.heard(w.As(w.ann), source(w.As(w.ann).Get(own))+"/file")
	if status != 200 || got != said || !strings.Contains(h.Get("Content-Disposition"), "sound.ogg") {
		t.Errorf("saved as a file: %d, %d bytes, %s", status, len(got), h.Get("Content-Disposition"))
	}
}

// Whoever it is open to hears no more of it once it is taken back, and is not given the half for the whole.
func TestSpoken_TakenBackWhileItPlays(t *testing.T) {
	w := newGround(t)
	own := w.shareSpoken("", "OggS"+strings.Repeat("la", 8<<20), "voice", "yes")
	play := strings.Replace(source(w.As(w.ann).Get(own)), "/share/", "/read/", 1)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.URL+play, nil)
	w.Must(err)
	for _, c := range w.As(w.bea).Cookies() {
		request.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(request)
	w.Must(err)
	defer answer.Body.Close()
	if _, err := io.ReadFull(answer.Body, make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	w.As(w.ann).Post(own + "/back")
	if n, err := io.Copy(io.Discard, answer.Body); err == nil || n >= 12<<20 {
		t.Errorf("%d bytes came after it was taken back, and then %v", n, err)
	}
}

// What is left spoken and no answer opens is on nobody's list, and whoever is shown nothing of a voice is not
// told that it is there.
func TestSpoken_SilentIsOnNoList(t *testing.T) {
	w := newGround(t)
	w.shareSpoken("", voice(9))
	if cards := w.As(w.bea).Get("/read").All(".card"); len(cards) != 0 {
		t.Errorf("%d things are on Bea's list", len(cards))
	}
}

// The names of files say things. None is kept.
func TestSpoken_FileNamesAreNotKept(t *testing.T) {
	w := newGround(t)
	own := w.shareSpoken("Buses.", voice(9), "voice", "yes")
	b := w.As(w.ann)
	for _, page := range []string{own, "/share", "/me/copy/all"} {
		if strings.Contains(b.Get(page).Body, "sister") {
			t.Errorf("%s says what her file is called", page)
		}
	}
}

// Terms go to the page and back as they were, a voice and a typist among them.
func TestSpoken_AnswersOfTerms(t *testing.T) {
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	a := sharing.Answers{Who: []string{"lived-experience", "person:bob"}, Voice: "yes", Typist: "person:jo", Until: "3", Uses: map[string]string{}}
	terms := a.Terms("ann", now)
	back := sharing.AnswersOf(terms, now)
	if back.Voice != "yes" || back.Typist != "person:jo" || len(back.Who) != 2 {
		t.Errorf("%+v", back)
	}
	if again := back.Terms("ann", now); !sharing.Within(again, terms) {
		t.Errorf("saved unchanged it allows more: %+v", again.Yes)
	}
	one := terms
	one.Yes = nil
	for _, y := range terms.Yes { // the voice for one of the two alone
		if y.Form != consent.Voice || y.Audience.Kind == consent.ToPerson {
			one.Yes = append(one.Yes, y)
		}
	}
	if less := sharing.AnswersOf(one, now); less.Voice == "yes" || !sharing.Within(less.Terms("ann", now), one) {
		t.Errorf("%+v", less)
	}
}

// A finger slips: what she took out of a draft, or put another in the place of, she can bring back for as long as
// what is taken back can be; then it is gone, and with the draft at once.
func TestSpoken_TakenOutComesBack(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "")
	first, second := voice(40), voice(3)
	w.leave(b, d, strings.NewReader(first), "text", "The bus.", "kind", "idea")
	play := source(b.Get(d))
	plays := func(when, want string) {
		t.Helper()
		if status, got, _ := w.heard(b, play); got != want && (want != "" || status != 404) {
			t.Errorf("%s: she hears %d, %d bytes, want %d", when, status, len(got), len(want))
		}
	}
	b.Get(d).None("button[name=back]")
	page := b.Post(d, "text", "The bus, late.", "hush", "1").Is(200, w.Ground)
	page.One("main").HasText("A recording was in this draft before. It is erased on")
	page.None("audio")
	plays("taken out", "")
	page = b.Post(d, "text", "The bus, very late.", "back", "1").Is(200, w.Ground)
	page.One("main").HasText("The recording is back in your draft.")
	page.None("button[name=back]")
	if got := page.One("textarea").Text(); got != "The bus, very late." {
		t.Errorf("bringing it back keeps %q of what she typed", got)
	}
	plays("brought back", first)

	w.leave(b, d, strings.NewReader(second), "text", "The bus.", "kind", "idea")
	plays("another in its place", second)
	b.Post(d, "text", "The bus.", "back", "1")
	plays("the one before is back", first)
	b.Post(d, "text", "The bus.", "back", "1")
	plays("and the other again", second)
	if n := w.Sum("1", "consent_blob", "gone = 0"); n != 2 {
		t.Errorf("%d recordings are kept, want both while either can be brought back", n)
	}

	w.Pass(8 * 24 * time.Hour)
	b = w.As(w.ann)
	b.Get(d).None("button[name=back]")
	b.Post(d, "text", "The bus.", "back", "1")
	plays("its time is over", second)
	w.Must(w.Gate.SweepBlobs(t.Context(), w.ann.Partnership))
	if n := w.Sum("1", "consent_blob"); n != 1 {
		t.Errorf("after its time %d recordings are kept, want one", n)
	}

	b.Post(d, "text", "The bus.", "hush", "1")
	w.leave(b, d, strings.NewReader(first), "text", "The bus.", "kind", "idea")
	b.Post(d+"/share").Is(200, w.Ground)
	w.Must(w.Gate.SweepBlobs(t.Context(), w.ann.Partnership))
	if n := w.Sum("1", "consent_blob"); n != 1 {
		t.Errorf("it is shared, and %d recordings are kept, want the one in it", n)
	}
	b, d = w.draft(w.ann, "")
	w.leave(b, d, strings.NewReader(first), "text", "", "kind", "idea")
	b.Post(d, "text", "", "hush", "1")
	b.Post(d + "/drop")
	b.Post(d+"/now").Is(200, w.Ground)
	w.Must(w.Gate.SweepBlobs(t.Context(), w.ann.Partnership))
	if n := w.Sum("1", "consent_blob"); n != 1 {
		t.Errorf("the draft is erased, and %d recordings are kept, want the shared one alone", n)
	}
}

// The page about her voice asks nothing where she left nothing spoken: it leads on.
func TestSpoken_NothingIsAskedOfAVoiceThatIsNotThere(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "In words alone.")
	w.heading(b.Get(d+"/sound"), "What may it be used for?")
	if at := b.Get(d + "/sound?from=check").Path; at != d+"/check" {
		t.Errorf("from the check it leads to %s", at)
	}
}
