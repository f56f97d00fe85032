package coding_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// tab opens the document in a browser in which Cat is signed in.
func (d *desk) tab(t *testing.T, options ...browser.Option) *browser.Tab {
	t.Helper()
	tab := browser.New(t, append([]browser.Option{browser.Size(1100, 900)}, options...)...)
	tab.Go(d.site.URL + "/healthz-not-there")
	tab.Eval(`document.cookie = "s=`+d.session()+`; path=/"`, nil)
	tab.Go(d.site.URL + d.base)
	return tab
}

// pick sets a selection in a turn, from one place of its paragraph to another, as a pointer does.
func itoa(n int) string { return strconv.Itoa(n) }

func pick(tab *browser.Tab, from, to string, start, end int) {
	tab.Eval(`(() => {
		const at = (id, n) => { const w = document.createTreeWalker(document.querySelector(id + " p[dir]"), NodeFilter.SHOW_TEXT); let k;
			while (k = w.nextNode()) { if (n <= k.length) return [k, n]; n -= k.length } };
		getSelection().setBaseAndExtent(...at("`+from+`", `+itoa(start)+`), ...at("`+to+`", `+itoa(end)+`)) })()`, nil)
}

func (d *desk) passages() []string {
	d.T.Helper()
	var list []string
	for _, mark := range d.get("/theme/" + d.study + "/" + coding.Other + "?all=1").All("main mark") {
		list = append(list, mark.Text())
	}
	return list
}

func TestBrowser_WithoutScripts(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	d := newDesk(t)
	tab := d.tab(t, browser.NoJavaScript)
	tab.Check("#t2-tick")
	tab.Eval(`document.querySelector("select[name=theme]").value = "other"`, nil)
	tab.Click(".bar > .btn")
	tab.Wait("#t2 mark")
	tab.Click("#t2 .chip button")
	tab.Until("the mark is gone", func() bool { return !tab.Exists("#t2 mark") })
}

func TestBrowser_SelectingAddsWithoutANewPage(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	d := newDesk(t, said{0, "So?"}, said{1, "It is 🙂 lower now. I can see her face."}, said{2, "Me too, by the door."})
	tab := d.tab(t)
	tab.Eval(`window.same = true`, nil)
	pick(tab, "#t2", "#t2", 7, 12) // in the middle of words, with a sign of two units before it
	tab.Until("what is chosen is said", func() bool { return tab.Text("[data-say]") == "Chosen: 🙂 lower" })
	tab.Eval(`document.querySelector("select[name=theme]").value = "other"`, nil)
	tab.Click(".bar > .btn")
	tab.Until("the mark is there", func() bool { return tab.Exists("#t2 mark") && tab.Text("#t2 mark") == "🙂 lower" })
	tab.Until("it is said", func() bool { return tab.Text("[data-say]") == "The theme is added." })

	pick(tab, "#t2", "#t3", 24, 4)
	tab.Until("words over two turns are chosen", func() bool { return tab.Text("[data-say]") == "Chosen: can see her face. … Me too" })
	tab.Click("[data-recents] button") // the theme used last stands ready
	tab.Until("both turns are marked", func() bool { return tab.Count("#t2 mark") == 2 && tab.Exists("#t3 mark") })
	var same bool
	tab.Eval(`window.same === true`, &same)
	if !same {
		t.Error("adding a theme loaded the page anew")
	}
	if got := d.passages(); len(got) != 3 || got[0] != "🙂 lower" || got[1] != "can see her face." || got[2] != "Me too" {
		t.Errorf("passages: %q", got)
	}
	tab.Click("#t3 .chip button")
	tab.Until("removing goes without a page too", func() bool { return !tab.Exists("#t3 mark") && tab.Count("#t2 mark") == 1 })
	if problems := tab.Errors(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
	if found := tab.Axe(); len(found) > 0 {
		t.Errorf("accessibility: %v", found)
	}
}

func TestBrowser_KeyboardAlone(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	d := newDesk(t)
	tab := d.tab(t)
	tab.Focus("#t2-tick")
	tab.Press(browser.KeyRight)
	tab.Press(browser.KeyRight)
	tab.Press(browser.KeyRight, chromedp.ModifierShift)
	tab.Press(browser.KeyRight, chromedp.ModifierShift)
	tab.Press(browser.KeyLeft, chromedp.ModifierShift)
	tab.Until("two words are chosen", func() bool { return tab.Text("[data-say]") == "Chosen: desk is" })
	tab.Focus("select[name=theme]")
	tab.Press("O")
	tab.Focus("[data-coding] .bar .btn")
	tab.Press(browser.KeyEnter)
	tab.Until("the words are marked", func() bool { return tab.Exists("#t2 mark") && tab.Text("#t2 mark") == "desk is" })
}

func TestBrowser_TapFirstWordTapLast(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	d := newDesk(t)
	tab := d.tab(t, browser.Size(360, 800))
	var tall int
	tab.Eval(`Math.round(document.querySelector(".bar").getBoundingClientRect().height)`, &tall)
	if tall > 280 {
		t.Errorf("the bar takes %d of 800 pixels of a phone", tall)
	}
	tab.Click("text=Tap words")
	tap := func(start int) {
		tab.Eval(`(() => { const p = document.querySelector("#t2 p[dir]"), r = document.createRange(); p.scrollIntoView({block: "center"});
			r.setStart(p.firstChild, `+itoa(start)+`); r.setEnd(p.firstChild, `+itoa(start+1)+`); const b = r.getBoundingClientRect();
			p.dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: b.x + b.width / 2, clientY: b.y + b.height / 2})) })()`, nil)
	}
	tap(19) // "now"
	tap(5)  // "desk": the order does not matter
	tab.Until("everything between is chosen", func() bool { return tab.Text("[data-say]") == "Chosen: desk is lower now" })
}

func TestBrowser_OpenPageLosesWhatIsTakenBack(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them; package event tries its hints on both")
	d := newDesk(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go d.Events.Run(ctx)
	tab := d.tab(t)
	tab.Check("#t5-tick")
	tab.Until("her words are there", func() bool { return tab.Exists("#t3 p[dir]") })
	time.Sleep(300 * time.Millisecond) // for the stream to stand
	began := time.Now()
	d.Must(d.world.gate.TakeBack(t.Context(), d.bea, consent.Part{Contribution: d.talk.ID, Speaker: d.talk.Speakers[2]}, false))
	tab.Until("they are closed", func() bool { return tab.Exists("#t3 .shut") })
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v, more than a second", took)
	}
	var ticked bool
	tab.Eval(`document.getElementById("t5-tick").checked`, &ticked)
	if !ticked {
		t.Error("a tick was lost when the page was renewed")
	}
}
