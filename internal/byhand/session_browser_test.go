package byhand_test

import (
	"slices"
	"strings"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// A seat is where somebody sits in a session: her browser, and who she is in it.
type seat struct {
	*browser.Tab
	group
	who string
}

// seat gives somebody a browser of her own, in which she is signed in.
func (b group) seat(t *testing.T, who string, options ...browser.Option) seat {
	t.Helper()
	tab := browser.New(t, options...)
	tab.Take(b.URL, b.As(b.Named(who)).Cookies())
	return seat{tab, b, who}
}

// at opens a page of the site, and where is the one that is open.
func (s seat) at(path string) seat {
	s.T.Helper()
	s.Go(s.Site.URL + path)
	return s
}

func (s seat) where() string { return strings.TrimPrefix(s.Tab.URL(), s.Site.URL) }

// sees fails when something does not stand on the page, and lacks when it does, seen or not.
func (s seat) sees(what ...string) seat {
	s.T.Helper()
	for _, w := range what {
		if page := s.Text("body"); !strings.Contains(page, w) {
			s.T.Errorf("%s does not see %q at %s: %q", s.who, w, s.where(), page)
		}
	}
	return s
}

func (s seat) lacks(what ...string) seat {
	s.T.Helper()
	for _, w := range what {
		if strings.Contains(s.HTML(), w) {
			s.T.Errorf("%s has %q on the page at %s", s.who, w, s.where())
		}
	}
	return s
}

// shares goes the way from an empty page to something shared with the women, as a finger does.
func (s seat) shares(text string) {
	s.T.Helper()
	s.Click("form[action='/share/new'] button")
	draft := s.where()
	s.sees("You do not need to tell your story to be heard here.")
	s.Check("input[name=kind][value=idea]")
	s.Fill("textarea[name=text]", text)
	s.Click("text=Save and go on")
	if s.Exists("main input:checked") {
		s.T.Errorf("an answer is ticked for %s at %s", s.who, s.where())
	}
	s.Check("input[name=who][value=lived-experience]")
	s.Click("text=Save and go on")
	s.at(draft + "/until")
	s.Check("input[name=until][value='3']")
	s.Click("text=Save and go on")
	s.at(draft+"/check").sees(text, "The women's group")
	s.Click("text=Share it like this")
}

// prints makes a page of paper, looks at it as it comes out of the printer, and returns its code. about is the
// value that says whose it is or what it is about. What stands in unsaid must be on no paper.
func (s seat) prints(twin, about string, unsaid ...string) string {
	s.T.Helper()
	s.at("/paper/for/" + twin)
	s.Check("input[name=for][value='" + about + "']")
	s.Click("text=Make the page")
	code := s.where()[strings.LastIndex(s.where(), "/")+1:]
	paper := seat{s.Another(browser.Printed, browser.Size(794, 1123)), s.group, "the page for " + s.who} // A4
	paper.at("/paper/sheet/"+code).sees("The code of this page: "+code, "Choose one person to be beside you").lacks(unsaid...)
	for _, out := range []string{".top", ".nav", ".foot", "main a", "main button", "main input:not([type=hidden])"} {
		if paper.Visible(out) {
			s.T.Errorf("the printed page about %s shows %s, which is for screens", twin, out)
		}
	}
	if paper.Count("ul.boxes li") == 0 {
		s.T.Errorf("the printed page about %s has nothing to tick", twin)
	}
	return code
}

// enters types in what is on a page of paper, as ticked and written, and stops where it is read back to her.
// beside is whom she chose to sit beside her.
func (s seat) enters(code, way, beside, text string, ticked ...string) seat {
	s.T.Helper()
	s.at("/paper/enter")
	s.Fill("#code", code)
	s.Click("text=Go on")
	for _, box := range append(ticked, "hand.way="+way, "hand.beside="+s.id(beside)) {
		name, value, _ := strings.Cut(box, "=")
		s.Check("input[name='" + name + "'][value='" + value + "']")
	}
	if text != "" {
		s.Fill("textarea[name=text]", text)
	}
	s.Click("text=Go on to read it back")
	return s.sees("Read this to her", "slowly", text)
}

// saysYes is the yes of whoever sat beside, who is shown what was chosen and no words.
func (s seat) saysYes(unsaid ...string) {
	s.T.Helper()
	s.at("/paper/beside").sees("She chose you.").lacks(unsaid...)
	s.Click("text=Yes, that is what she said")
	s.sees("Done, as she said.")
}

// reads fails unless somebody is offered so many things of others to read.
func (s seat) reads(when string, want int) {
	s.T.Helper()
	if got := s.at("/read").Count("main a[href^='/read/']"); got != want {
		s.T.Errorf("%s: %s is offered %d things to read, want %d", when, s.who, got, want)
	}
}

// The session of TestSession_SixWomen as it is seen on the screens and papers on the table: a phone and a
// worker's laptop with scripts, a tablet without, one of the women at home who reads, and printed pages. Each
// woman sees what is hers, and no screen shows what is not for whoever looks at it.
func TestSession_OnTheTable(t *testing.T) {
	engine.Once(t, "it looks at screens; TestSession_SixWomen plays the same on both")
	browser.New(t) // without a browser there is nothing to prepare
	b := newSession(t)
	phone := b.seat(t, "Kez", browser.Size(360, 740))
	desk := b.seat(t, "Jo", browser.Size(1280, 900))
	tablet := b.seat(t, "Jo", browser.Size(820, 1180), browser.NoJavaScript)
	home := b.seat(t, "Bren", browser.Size(360, 740), browser.Dark)
	said := map[string]string{}
	for _, who := range []string{"Kez", "Ivy", "Nan", "Mo", "Pat", "Wyn"} {
		said[who] = who + " would like a quiet corner."
	}

	phone.at("/share").shares(said["Kez"])
	phone.sees(said["Kez"], "Take it back")
	own := phone.where()
	b.handedRound(tablet, said)
	b.onPaper(desk, phone, home, said)
	b.byHerBuddy(phone, desk, said["Wyn"])

	home.reads("after everybody shared", 6)
	desk.reads("what the women shared is not for workers", 0)
	home.at(strings.Replace(own, "/share/", "/read/", 1)).lacks(said["Kez"]) // what it is about comes first
	home.Click("text=Open it")
	home.sees(said["Kez"])
	desk.at(strings.Replace(own, "/share/", "/read/", 1)+"/words").lacks(said["Kez"], "quiet corner")
	phone.at(own+"/opened").sees("Bren").lacks("Jo", "Ivy", "Nan")
	b.mindsChange(desk, phone, home, said)

	for _, s := range []seat{phone, desk, tablet, home} {
		for _, url := range s.Requests() {
			if !strings.HasPrefix(url, b.URL) {
				t.Errorf("the browser of %s asked %s for something", s.who, url)
			}
		}
		if complaints := s.Errors(); slices.ContainsFunc(complaints, func(e string) bool { return !strings.Contains(e, "404") }) {
			t.Errorf("the browser of %s complains: %q", s.who, complaints)
		}
	}
}

// handedRound is the tablet with Ivy and then Nan, without a script.
func (b group) handedRound(tablet seat, said map[string]string) {
	b.T.Helper()
	tablet.at("/table/new")
	tablet.Check("input[name=hours][value='2']")
	tablet.Click("text=Open it")
	for _, one := range []struct{ who, other, picture string }{{"Ivy", "Nan", "kite"}, {"Nan", "Ivy", "leaf"}} {
		tablet.sees("Whose turn is it?").lacks("Ivy", "Nan", "Jo")
		tablet.Click("[href$='/" + one.picture + "']")
		tablet.Fill("#pin", "5283")
		tablet.Click("text=Go on")
		tablet.sees("Hello "+one.who).lacks(one.other, said[one.other])
		tablet.shares(said[one.who])
		tablet.sees("Whose turn is it?").lacks(one.who, said[one.who])
		for range 4 {
			tablet.Back()
			tablet.lacks(one.who, said[one.who])
		}
		for _, hers := range []string{"/share", "/read", "/me", "/table/tasks"} {
			if tablet.at(hers).lacks(one.who, said[one.who]); tablet.where() != "/" {
				b.T.Errorf("after the turn of %s the tablet opens %s", one.who, hers)
			}
		}
		tablet.at("/table")
	}
}

// onPaper is Mo and Pat, for whom Jo prints and enters, with Kez beside them.
func (b group) onPaper(desk, phone, home seat, said map[string]string) {
	b.T.Helper()
	for _, who := range []string{"Mo", "Pat"} {
		code := desk.prints("share", b.id(who), "quiet corner")
		desk.enters(code, "paper", "Kez", said[who], "kind=idea", "who=lived-experience", "until=3")
		desk.lacks("Take it back").Click("text=She says it is right")
		desk.sees("waits for the person beside her").lacks(said[who])
		if n := len(b.shared(who)); n != 0 {
			b.T.Errorf("%d things of %s are shared before Kez said yes", n, who)
		}
		home.at("/read").lacks(said[who])
		desk.at("/paper/beside").sees("Nothing waits for you.")
		phone.saysYes(said[who], "quiet corner")
	}
}

// byHerBuddy is Wyn, who says it to Kez, with Jo beside her.
func (b group) byHerBuddy(phone, desk seat, text string) {
	b.T.Helper()
	code := phone.prints("share", b.id("Wyn"), "quiet corner")
	phone.enters(code, "spoken", "Jo", text, "kind=idea", "who=lived-experience", "until=3")
	phone.Click("text=Something is different")
	if got := phone.Text("textarea[name=text]"); got != text {
		b.T.Errorf("Wyn corrects something, and in the box stands %q", got)
	}
	phone.Click("text=Go on to read it back")
	phone.Click("text=She says it is right")
	phone.sees("waits for the person beside her").lacks(text)
	desk.saysYes(text, "quiet corner")
}

// mindsChange is how Mo takes hers back and brings it back, Pat allows nobody any more, and Wyn takes back her
// one paragraph, each on paper; what was open goes from the screen of who reads.
func (b group) mindsChange(desk, phone, home seat, said map[string]string) {
	b.T.Helper()
	thing := func(who string) string { return b.id(who) + "/" + b.shared(who)[0] }
	done := func(s seat, code, way, beside string, ticked ...string) {
		s.enters(code, way, beside, "", ticked...).lacks("quiet corner").Click("text=She says it is right")
	}
	read := "/read/" + b.shared("Mo")[0] + "/words"
	home.at(read).sees(said["Mo"])
	done(desk, desk.prints("back", thing("Mo"), said["Mo"]), "spoken", "Kez", "back=1")
	desk.sees("Done, as she said.")
	home.at("/read")
	home.Back()
	home.lacks(said["Mo"])
	home.at(read).lacks(said["Mo"])
	done(desk, desk.prints("change", thing("Pat"), said["Pat"]), "paper", "Kez")
	desk.sees("Done, as she said.")
	home.reads("Mo took hers back and Pat allows nobody", 4)
	done(desk, desk.prints("return", thing("Mo"), said["Mo"]), "spoken", "Kez", "return=1")
	desk.sees("waits for the person beside her")
	home.reads("Mo wants hers back, and Kez has not said yes", 4)
	phone.saysYes(said["Mo"])
	home.reads("Mo brought hers back", 5)
	done(phone, phone.prints("part", thing("Wyn"), said["Wyn"]), "spoken", "Jo", "paragraph=1")
	phone.sees("Done, as she said.")
	home.reads("Wyn took back her one paragraph", 4)
	home.at("/paper/for/back").lacks("Mo", b.shared("Mo")[0])
}
