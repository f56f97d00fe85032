package sharing_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/sharing"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// ground is the room with Ann, Bea and Kez of the women's group, Jo of the charity and a study that Ruth reads in.
type ground struct {
	*fixture.Site
	ann, bea, kez, jo, ruth person.Viewer
	study                   string
}

func newGround(t *testing.T) *ground {
	t.Helper()
	g := fixture.New(t)
	w := &ground{ann: g.Person("Ann", person.LivedExperience), bea: g.Person("Bea", person.LivedExperience), kez: g.Person("Kez", person.LivedExperience),
		jo: g.Person("Jo", person.Charity), ruth: g.Person("Ruth", person.Researcher)}
	w.study = g.Study("What helps?", w.ruth)
	room := sharing.New(sharing.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now})
	g.News, g.Mine = append(g.News, room.News), append(g.Mine, room.Mine)
	w.Site = g.Serve(room.Web())
	return w
}

// draft begins something as somebody and returns her browser and the draft's address.
func (w *ground) draft(who person.Viewer, text string) (*fixture.Browser, string) {
	w.T.Helper()
	b := w.As(who)
	path := b.Post("/share/new").Is(200, w.Ground).Path
	if text != "" {
		b.Post(path, "text", text, "kind", "idea").Is(200, w.Ground)
	}
	return b, path
}

func (w *ground) heading(p fixture.Page, want string) fixture.Page {
	w.T.Helper()
	p.Is(200, w.Ground).One("h1").HasText(want)
	return p
}

// Stopping anywhere keeps everything, skipping answers nothing, and neither blocks what follows.
func TestSteps_StopSkipAndComeBack(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "Tell us the time.")
	b.Post(d+"/who", "who", "lived-experience", "stop", "1").One("h1").HasText("What you share")
	p := w.heading(b.Get(d+"/who"), "Who may read it?")
	p.One("input[name=who][value=lived-experience][checked]")
	if n := len(p.All("input[checked]")); n != 1 {
		t.Errorf("%d things are ticked, she ticked one", n)
	}
	w.heading(b.Post(d+"/who", "who", "lived-experience"), "Should anybody not see it?")
	w.heading(b.Post(d+"/not", "not", "person:"+string(w.kez.ID)), "What may it be used for?")
	w.heading(b.Post(d+"/use", "use", sharing.UseTraining, "skip", "1"), "Under which name?") // skipped: what is ticked is not taken
	w.heading(b.Post(d+"/name", "skip", "1"), "Until when?")
	w.heading(b.Post(d+"/until", "skip", "1"), "What do others see first?")
	check := w.heading(b.Post(d+"/front", "skip", "1"), "Is this right?")
	check.One("main").HasText("without one nobody can open it")
	check.One("main").LacksText("To teach staff")
	kept := b.Post(d+"/share").Is(200, w.Ground)
	kept.One("main").HasText("Nobody but you")
	if got := w.As(w.bea).Get("/read"); len(got.All(".card")) != 0 {
		t.Error("no end was chosen and somebody can read it")
	}
}

// Each line of the check leads to its page and back to the check, with what was changed.
func TestCheck_EachLineComesBack(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "Tell us the time.")
	for _, step := range [][]string{{"/who", "who", "lived-experience"}, {"/use", "use", "analysis:" + w.study}, {"/how", "form", "words"}, {"/name", "by", "none"},
		{"/until", "until", "1"}, {"/front", "about", "About waiting"}} {
		b.Post(d+step[0], step[1], step[2])
	}
	check := w.heading(b.Get(d+"/check"), "Is this right?")
	changes := check.All("dl a")
	if len(changes) != 8 {
		t.Fatalf("%d lines can be changed, want 8", len(changes))
	}
	for _, a := range changes {
		to, _ := a.Attr("href")
		page := b.Get(to).Is(200, w.Ground)
		form := page.One("form.stack")
		action, _ := form.Attr("action")
		if !strings.HasSuffix(action, "?from=check") {
			t.Errorf("%s: sends its answer to %s", to, action)
		}
	}
	w.heading(b.Post(d+"/front?from=check", "about", "About clocks"), "Is this right?").One("dl").HasText("About clocks")
	w.heading(b.Post(d+"?from=check", "text", "Tell us the time, please."), "Is this right?").One("dl").HasText("please")
	w.heading(b.Post(d+"/who?from=check", "stop", "1"), "What you share")
	// A change that makes an end needed asks for it before it comes back.
	b.Post(d+"/until", "skip", "1")
	w.heading(b.Post(d+"/who?from=check", "who", "partnership"), "Until when?")
	w.heading(b.Post(d+"/until?from=check", "until", "3"), "Is this right?")
}

// What is not offered cannot be chosen by writing it into a form.
func TestSteps_TakeOnlyWhatIsOffered(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "Tell us the time.")
	b.Post(d+"/who", "who", "public", "who", "person:nobody")
	b.Post(d+"/use", "use", "analysis:other", "use", "anything")
	b.Post(d+"/until", "until", "600")
	w.heading(b.Get(d+"/check"), "Is this right?").One("main").HasText("Nobody but you.")
}

// Before she shares it she can see it as anybody would get it, and for whom it is nothing, that.
func TestAs_IsWhatTheyGet(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "Tell us the time.\n\nEven if it is bad.")
	for _, step := range [][]string{{"/who", "who", "lived-experience"}, {"/not", "not", "person:" + string(w.kez.ID)}, {"/use", "use", "analysis:" + w.study},
		{"/name", "by", "chosen"}, {"/until", "until", "1"}, {"/front", "about", "About waiting"}} {
		b.Post(d+step[0], step[1], step[2])
	}
	as := func(who person.Viewer, end string) string {
		p := b.Get(d+"/as/"+string(who.ID)+end).Is(200, w.Ground)
		return strings.TrimSpace(strings.Replace(p.One("main").Text(), p.One("main > .who").Text(), "", 1))
	}
	bea, beaWords, kez, ruth := as(w.bea, ""), as(w.bea, "/words"), as(w.kez, ""), as(w.ruth, "/words")
	b.Get(d + "/as/" + string(w.ruth.ID)).One("main > .who").HasText("For the study, counted only")
	b.Get(d+"/as/"+string(w.ann.ID)).Is(404, w.Ground)
	b.Get(d+"/as/nobody").Is(404, w.Ground)

	read := strings.Replace(b.Post(d+"/share").Path, "/share/", "/read/", 1)
	for who, pages := range map[*person.Viewer]map[string]string{
		&w.bea: {read: bea, read + "/words": beaWords}, &w.kez: {read: kez}, &w.ruth: {read + "/words": ruth},
	} {
		for path, shown := range pages {
			if got := w.As(*who).Get(path).One("main").Text(); got != shown {
				t.Errorf("%s was to get %q and gets %q", who.Name, shown, got)
			}
		}
	}
	if n := len(w.As(w.kez).Get("/read").All(".card")); n != 0 {
		t.Error("Kez finds it in her list")
	}
}

// Changing needs one page, shows what holds now behind each line, and lets nobody in who joined since when
// it only allows less.
func TestChange_OnOnePageAndForNobodyNew(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "Tell us the time.")
	b.Post(d+"/who", "who", "lived-experience")
	b.Post(d+"/until", "until", "6")
	own := b.Post(d + "/share").Path
	w.Pass(time.Hour)
	lea := w.Person("Lea", person.LivedExperience)
	reads := func(who person.Viewer) int { return len(w.As(who).Get("/read").All(".card")) }
	b = w.As(w.ann)
	change := b.Get(own+"/change?open=until").Is(200, w.Ground)
	change.One("#until-fold[open]")
	change.One("#who-fold summary").HasText("The women's group")
	if n := len(change.All("details[open]")); n != 1 {
		t.Errorf("%d lines are open, she came from one", n)
	}
	b.Post(own+"/change", "who", "lived-experience", "until", "1").Is(200, w.Ground)
	if reads(w.bea) != 1 || reads(lea) != 0 {
		t.Errorf("ended sooner, Bea reads %d and Lea, who joined since, %d", reads(w.bea), reads(lea))
	}
	b.Post(own+"/change", "who", "partnership").One(".check").HasText("choose an end")
	b.Post(own+"/change", "who", "lived-experience", "who", "person:"+string(w.jo.ID), "until", "12")
	if reads(w.jo) != 1 || reads(lea) != 1 {
		t.Errorf("given anew to more people, Jo reads %d and Lea %d", reads(w.jo), reads(lea))
	}
}

// What was allowed on paper, with more than the questions know, is shown as it is and not widened.
func TestOwn_ShowsWhatTermsSay(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "Tell us the time.")
	own := b.Post(d + "/share").Path
	id := consent.ID(strings.TrimPrefix(own, "/share/"))
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		c, err := w.Gate.OpenOwn(ctx, w.ann, id)
		if err != nil {
			return err
		}
		to := func(kind, of string, u consent.Use, days int) consent.Yes {
			return consent.Yes{Audience: consent.Audience{Kind: kind, ID: of}, Use: u, Until: w.Now().AddDate(0, 0, days)}
		}
		return w.Gate.SetTerms(ctx, tx, w.ann, id, c.Speakers[0].ID, consent.Terms{Yes: []consent.Yes{
			to(consent.ToLived, "", consent.Use{Purpose: consent.Heard, Form: consent.Words}, 90),
			to(consent.ToPerson, string(w.jo.ID), consent.Use{Purpose: consent.Improvement, Form: consent.Paraphrase}, 200),
			to(consent.ToLived, "", consent.Use{Purpose: consent.Decision, Form: consent.Words}, -1),
		}})
	})
	page := b.Get(own)
	page.One("dl").HasText("To make care better, in other words: Jo")
	page.One("dl").HasText("To read it: 30 May 2027")
	page.One("dl").LacksText("decide")
	b.Post(own+"/change", "who", "lived-experience", "until", "1")
	if b.Get(own).One("dl").LacksText("care better"); len(w.As(w.bea).Get("/read").All(".card")) != 1 {
		t.Error("Bea cannot read it any more")
	}
}

// Somebody else may hold her phone: five minutes after she gave her passphrase, what shows her own words and
// who opened them asks for it once more. Taking back never does.
func TestOwn_AsksAgainOnAPhoneThatLiesAbout(t *testing.T) {
	w := newGround(t)
	own := w.give(w.ann, "The door at the side is locked when it rains.")
	b, d := w.draft(w.ann, "Something else, half said.")
	shows := func(page fixture.Page) bool {
		text := page.One("main").Text()
		return strings.Contains(text, "The door at the side") || strings.Contains(text, "half said")
	}
	if !shows(b.Get("/share")) || !shows(b.Get(own)) {
		t.Fatal("she has just come in and her list does not show her own words")
	}
	w.Pass(6 * time.Minute)
	list := b.Get("/share").Is(200, w.Ground)
	if shows(list) || strings.Contains(list.Body, "The door") {
		t.Error("her list shows her words to whoever holds the phone")
	}
	list.One(".card a[href='" + own + "']")
	list.One(".card a[href='" + d + "']")
	list.One("main a[href='/share/all']")
	for _, path := range []string{"/share/all", own, own + "/change", own + "/words", own + "/part", own + "/opened", own + "/made"} {
		page := b.Get(path).Is(403, w.Ground)
		if page.One("h1").HasText("once more"); shows(page) {
			t.Errorf("%s shows her words before it asks", path)
		}
	}
	b.Post(own+"/back").Is(403, w.Ground) // done, and led to the page that asks
	if n := len(w.As(w.bea).Get("/read").All(".card")); n != 0 {
		t.Errorf("taking back asked for her passphrase first: Bea reads %d", n)
	}
	b.Get(d).Is(200, w.Ground).One("textarea").HasText("half said") // nobody is interrupted while she writes
	if page := b.Post("/again", "again", fixture.Passphrase, "again-on", own); !shows(page.Is(200, w.Ground)) {
		t.Error("she gave her passphrase and is not shown her own")
	}
	if !shows(b.Get("/share")) {
		t.Error("she gave her passphrase and her list shows nothing of it")
	}
}
