package coding_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"footing/internal/account"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// desk is a world whose pages are open to Cat.
type desk struct {
	*world
	*fixture.Ground
	site  *fixture.Site
	cats  *fixture.Browser
	talk  talk
	base  string // of the document
	token string // of a session, for benchmarks
}

func newDesk(t *testing.T, turns ...said) *desk {
	t.Helper()
	w, g := onFixture(t)
	site := g.Serve(w.room.Web())
	if len(turns) == 0 {
		turns = plain
	}
	k := w.talk(turns...)
	return &desk{world: w, Ground: g, site: site, cats: site.AtDesk(w.cat), talk: k, base: "/index/" + w.study + "/" + string(k.ID)}
}

func (d *desk) get(path string) fixture.Page {
	d.T.Helper()
	return d.cats.Get(path).Is(http.StatusOK, d.Ground)
}

func (d *desk) post(path string, form ...string) fixture.Page {
	d.T.Helper()
	return d.cats.Post(path, form...).Is(http.StatusOK, d.Ground)
}

func TestDocument_TickedTurnsAreIndexed(t *testing.T) {
	d := newDesk(t)
	theme := d.theme("The desk", "")
	page := d.get("/index/" + d.study)
	page.One("main .card a").HasText("Talk one")
	page.One("main .note").HasText("can see that you opened them")

	page = d.post(d.base, "version", "1", "turn", "2", "turn", "3", "turn", "5", "theme", theme)
	page.One("p[role=status].note").HasText("The theme is added.")
	if n := len(d.codings(coding.Filter{})); n != 2 {
		t.Errorf("two ticked after each other and one apart made %d passages, want 2", n)
	}
	page.One("#t2 mark").HasText("The desk is lower now.")
	page.One("#t2 .chip").HasText("The desk")
	page.None("#t1 mark")
	page.None("#t4 .chip")
	page.One("#t2 label").LacksText("Ann") // names are masked unless she chose to be named

	openings := 0
	d.world.read(func(ctx context.Context, tx *store.Tx) error {
		list, err := d.world.gate.Openings(ctx, tx, d.ann, d.talk.ID)
		openings = len(list)
		return err
	})
	if openings != 1 {
		t.Errorf("Ann sees %d openings of this hour, want 1", openings)
	}
}

func TestDocument_ProblemKeepsWhatWasTicked(t *testing.T) {
	d := newDesk(t)
	page := d.cats.Post(d.base, "version", "1", "turn", "2", "theme", "").Is(http.StatusUnprocessableEntity, d.Ground)
	page.One("#check").HasText("Choose a theme")
	page.One("#t2-tick").HasAttr("checked", "")
	d.cats.Post(d.base, "version", "0", "turn", "2", "theme", coding.Other).Is(http.StatusConflict, d.Ground)
	d.cats.Post(d.base, "version", "1", "part", "2:x:9", "theme", coding.Other).Is(http.StatusUnprocessableEntity, d.Ground)
	d.cats.Post(d.base, "version", "1", "turn", "99", "theme", coding.Other).Is(http.StatusNotFound, d.Ground)
}

func TestDocument_SeveralThemesRemoveAndUndo(t *testing.T) {
	d := newDesk(t)
	one, two := d.theme("The desk", ""), d.theme("Being seen", "")
	d.post(d.base, "version", "1", "part", "2:0:21", "theme", one)
	d.pass(time.Second)
	page := d.post(d.base, "version", "1", "part", "2:4:11", "theme", two)
	marks := page.All("#t2 mark")
	if len(marks) != 3 || marks[1].Text() != "desk is" {
		t.Fatalf("overlapping passages make %d marks: %v", len(marks), page.One("#t2 p").HTML())
	}
	marks[1].HasAttr("class", "h0 u1")
	page = d.post(d.base + "/undo")
	page.One("p[role=status].note").HasText("undone")
	if n := len(page.All("#t2 mark")); n != 1 {
		t.Errorf("%d marks are left after undoing, want 1", n)
	}
	id, _ := page.One("#t2 .chip button").Attr("value")
	page = d.post(d.base, "version", "1", "remove", id)
	page.None("mark")
	page = d.get(d.base + "/2")
	page.One("main").HasText("By Cat, 1 March 2027")
	page.One("main").HasText("Removed by Cat")
	id = d.codings(coding.Filter{Removed: true})[0].ID
	if !d.codings(coding.Filter{Removed: true})[0].Removed.IsZero() && d.codings(coding.Filter{Removed: true})[0].Theme != one {
		id = d.codings(coding.Filter{Removed: true})[1].ID
	}
	d.post(d.base+"/2", "version", "1", "back", id).One("p[role=status].note").HasText("It is back.")

	toluPage := d.site.AtDesk(d.tolu).Get(d.base).Is(http.StatusOK, d.Ground)
	toluPage.One("#t2 .chip").HasText("The desk")
	toluPage.None("#t2 .chip button") // another's goes by the page that says whose it is
}

func TestTurn_SentencesAndWords(t *testing.T) {
	d := newDesk(t, said{0, "So?"}, said{1, "It is lower. I can see 🙂 her face! That helps."})
	page := d.get(d.base + "/2")
	if n := len(page.All(`input[name="sentence"]`)); n != 3 {
		t.Fatalf("three sentences are offered as %d", n)
	}
	d.post(d.base+"/2", "version", "1", "sentence", "0", "sentence", "1", "theme", coding.Other)
	passage := func(i int) consent.Span { return d.codings(coding.Filter{})[i].Parts[0].Span }
	if got, want := passage(0), (consent.Span{Start: 0, End: 34}); got != want {
		t.Errorf("two sentences are at %v, want %v", got, want)
	}
	d.post(d.base + "/undo")

	page = d.post(d.base+"/2", "version", "1", "sentence", "1", "do", "words")
	if n := len(page.All(`input[name="first"]`)); n != 6 {
		t.Errorf("the ticked sentence has 6 words, %d are offered", n)
	}
	first, last := "", ""
	for _, radio := range page.All(".opt") {
		label, input := radio.One("label").Text(), radio.One("input")
		if name, _ := input.Attr("name"); name == "first" && label == "🙂" {
			first, _ = input.Attr("value")
		} else if name == "last" && label == "face!" {
			last, _ = input.Attr("value")
		}
	}
	page = d.cats.Post(d.base+"/2", "version", "1", "do", "words", "sentence", "1", "first", last, "last", first, "theme", coding.Other)
	page.Is(http.StatusUnprocessableEntity, d.Ground).One("#check").HasText("last word that does not come before")
	page = d.post(d.base+"/2", "version", "1", "do", "words", "sentence", "1", "first", first, "last", last, "theme", coding.Other)
	page.One("#t2 mark").HasText("🙂 her face!")
}

func TestDocument_KeepsPlacesOfEveryScript(t *testing.T) {
	texts := []string{"e\u0301te\u0301 👩‍👩‍👧 fini", "שלום לכולם, הגעתי", "one\r\ntwo\r\nthree <b>&amp;", "日本の駅 — ok"}
	var turns []said
	for _, text := range texts {
		turns = append(turns, said{1, text})
	}
	d := newDesk(t, turns...)
	for i, text := range texts {
		runes := []rune(text)
		for at, r := range runes {
			if r == ' ' || r == '\n' {
				d.post(d.base, "version", "1", "part", strconv.Itoa(i+1)+":"+strconv.Itoa(at+1)+":"+strconv.Itoa(len(runes)), "theme", coding.Other)
				break
			}
		}
	}
	for _, c := range d.codings(coding.Filter{}) {
		p := c.Parts[0]
		for i, id := range d.talk.Turns {
			if id != p.Turn {
				continue
			}
			want := string([]rune(texts[i])[p.Start:p.End])
			got := paragraphText(t, d.get(d.base).Body, i+1)
			if !strings.Contains(got, want) {
				t.Errorf("turn %d: %q is not in the page's %q", i+1, want, got)
			}
		}
	}
	page := d.get("/theme/" + d.study + "/" + coding.Other)
	for _, want := range []string{"👩‍👩‍👧 fini", "לכולם, הגעתי", "— ok"} {
		found := false
		for _, mark := range page.All("mark") {
			found = found || mark.Text() == want
		}
		if !found {
			t.Errorf("the theme's page lacks the passage %q", want)
		}
	}
}

// paragraphText returns the text of a turn's paragraph code point for code point.
func paragraphText(t *testing.T, body string, n int) string {
	t.Helper()
	_, rest, _ := strings.Cut(body, `id="t`+strconv.Itoa(n)+`"`)
	_, rest, _ = strings.Cut(rest, `<p dir="auto">`)
	text, _, found := strings.Cut(rest, "</p>")
	if !found {
		t.Fatalf("turn %d has no words", n)
	}
	var b strings.Builder
	for text != "" {
		before, after, tag := strings.Cut(text, "<")
		b.WriteString(before)
		text = ""
		if tag {
			_, text, _ = strings.Cut(after, ">")
		}
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&#13;", "\r", "&amp;", "&").Replace(b.String())
}

func TestDocument_ClosedWordsCarryNoMarks(t *testing.T) {
	d := newDesk(t)
	d.add(d.cat, d.talk, coding.Other, d.talk.part(2, 0, 21))
	d.add(d.cat, d.talk, coding.Other, d.talk.part(3, 0, 26))
	d.world.write(func(ctx context.Context, tx *store.Tx) error {
		return d.world.gate.Mark(ctx, tx, d.p, consent.Mention{Contribution: d.talk.ID, Turn: d.talk.Turns[1], Span: consent.Span{Start: 4, End: 8}, About: d.bea.ID, By: d.dan.ID})
	})
	d.Must(d.world.gate.TakeBack(t.Context(), d.bea, consent.Part{Contribution: d.talk.ID, Speaker: d.talk.Speakers[2]}, false))
	for _, path := range []string{d.base, "/theme/" + d.study + "/" + coding.Other} {
		page := d.get(path)
		page.None("mark")
		page.LacksText("by the door")
	}
	page := d.get(d.base)
	page.One("#t3 .shut").HasText("These words are closed.")
	page.None("#t3 .chip")
	page.None("#t3 input")
	page.One("#t2 p.hint").HasText("kept closed")
	page.One("#t2").HasText("The ···· is lower now.")
	d.cats.Get(d.base+"/3").Is(http.StatusNotFound, d.Ground)
	d.get("/frame/" + d.study).One("main").HasText("none yet")
}

func TestScriptAnswer_HoldsTheTurnsThatChanged(t *testing.T) {
	d := newDesk(t)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.site.URL+d.base, strings.NewReader("version=1&turn=2&turn=3&theme=other"))
	d.Must(err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	body := d.raw(request)
	for _, want := range []string{`"t2":`, `"t3":`, `The theme is added.`} {
		if !strings.Contains(body, want) {
			t.Errorf("the answer lacks %s: %s", want, body)
		}
	}
	if strings.Contains(body, `"t5":`) {
		t.Error("a turn that did not change was sent")
	}
}

// send sends a request with a session of Cat's own: the fixture's browser sets no headers.
func (d *desk) send(request *http.Request) *http.Response {
	d.T.Helper()
	request.AddCookie(&http.Cookie{Name: "s", Value: d.session()})
	answer, err := http.DefaultClient.Do(request)
	d.Must(err)
	return answer
}

// session signs Cat in once more, with her second factor, and returns the token.
func (d *desk) session() string {
	d.T.Helper()
	d.Pass(time.Minute) // a code works once
	var opened account.Opened
	d.world.write(func(ctx context.Context, tx *store.Tx) error {
		var err error
		opened, err = d.Accounts.NewSession(ctx, tx, d.p, d.cat.ID, account.Computer, false)
		return err
	})
	opened, err := d.Accounts.GiveFactor(d.T.Context(), d.p, opened.Session, d.site.FactorCode(d.cat), netip.MustParseAddr("127.0.0.1"))
	d.Must(err)
	return opened.Token
}

// raw sends a request with Cat's session and returns the body.
func (d *desk) raw(request *http.Request) string {
	d.T.Helper()
	answer := d.send(request)
	defer answer.Body.Close()
	var b bytes.Buffer
	_, err := b.ReadFrom(answer.Body)
	d.Must(err)
	return b.String()
}

func TestLive_TellsAnOpenPageWithinASecond(t *testing.T) {
	d := newDesk(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go d.Events.Run(ctx)
	lines := make(chan string, 8)
	page := d.get(d.base)
	at, _ := page.One("[data-live]").Attr("data-live")
	own, _ := page.One("input[name=page]").Attr("value")
	d.add(d.tolu, d.talk, coding.Other, d.talk.part(3, 0, 4)) // before the page listens
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.site.URL+at, nil)
	d.Must(err)
	answer := d.send(request)
	if got := answer.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("the stream is %q, status %d", got, answer.StatusCode)
	}
	go func() {
		defer answer.Body.Close()
		for scan := bufio.NewScanner(answer.Body); scan.Scan(); {
			if line, data := strings.CutPrefix(scan.Text(), "data: "); data {
				lines <- line
			}
		}
	}()
	expect := func(want string) {
		t.Helper()
		select {
		case got := <-lines:
			if got != want {
				t.Errorf("the page is told %q, want %q", got, want)
			}
		case <-time.After(time.Second):
			t.Errorf("the page is not told %q within a second", want)
		}
	}
	expect("changed")
	d.add(d.tolu, d.talk, coding.Other, d.talk.part(2, 0, 21))
	expect("changed")
	d.post(d.base, "version", "1", "page", own, "turn", "5", "theme", coding.Other) // its own doing
	d.Must(d.world.gate.TakeBack(t.Context(), d.bea, consent.Part{Contribution: d.talk.ID, Speaker: d.talk.Speakers[2]}, false))
	expect("closed")
	d.allow(d.ann, d.talk.ID, d.talk.Speakers[1], consent.Theme)
	expect("closed")
}

func TestPages_AreForAnalysts(t *testing.T) {
	d := newDesk(t)
	theme := d.theme("The desk", "")
	dan, ann := d.site.AtDesk(d.dan), d.site.As(d.ann)
	for _, path := range []string{"/frame/" + d.study, "/frame/" + d.study + "/new", "/frame/" + d.study + "/" + theme, "/index/" + d.study, d.base, d.base + "/live",
		d.base + "/2", "/theme/" + d.study + "/" + theme, "/export/" + d.study} {
		dan.Get(path).Is(http.StatusNotFound, d.Ground)
		ann.Get(path).Is(http.StatusNotFound, d.Ground)
	}
	d.cats.Get("/index/another/"+string(d.talk.ID)).Is(http.StatusNotFound, d.Ground)
	d.cats.Get("/theme/"+d.study+"/nothing").Is(http.StatusNotFound, d.Ground)
}

func TestDocument_WeighsLittle(t *testing.T) {
	var turns []said
	for range 90 {
		turns = append(turns, said{1, strings.Repeat("some plain words in a row ", 9)})
	}
	d := newDesk(t, turns...)
	body := d.get(d.base).Body
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(body))
	d.Must(err)
	d.Must(z.Close())
	for _, link := range []string{"/kept/"} {
		if !strings.Contains(body, link) {
			t.Errorf("the page sends no script from %s", link)
		}
	}
	if b.Len() > 35<<10 {
		t.Errorf("the page has %d bytes compressed", b.Len())
	}
}
