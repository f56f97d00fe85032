package sharing_test

import (
	"strings"
	"testing"
	"time"

	"footing/internal/person"
)

// An end can be something the group waits for: once it has happened, what was shared until then is closed,
// and at latest on its day (R43).
func TestMoments_EndWhatWaitsForThem(t *testing.T) {
	w := newGround(t)
	bea, fay := w.As(w.bea), w.As(w.Person("Fay", person.Charity, person.Facilitator))
	reads := func(who person.Viewer) int { return len(w.As(who).Get("/read").All(".card")) }

	bea.Get("/me/reminders").One("main a[href='/moments']")
	bea.Post("/moments", "name", "", "latest", "6").One(".check").HasText("what we wait for")
	bea.Post("/moments", "name", "the report is out").One(".check").HasText("at the latest")
	card := bea.Post("/moments", "name", "When the report is out.", "latest", "6").One(".card")
	card.HasText("When the report is out")
	card.HasText("At the latest on")
	bea.Post("/moments", "name", "The Report is out", "latest", "3").One(".check").HasText("already")
	w.As(w.jo).Get("/moments").Is(404, w.Ground)

	ann, d := w.draft(w.ann, "Tell us the time.")
	ann.Post(d+"/who", "who", "lived-experience", "who", "person:"+string(w.jo.ID))
	ann.Post(d+"/until", "until", "when:made-up:2027-09-01").One(".check").HasText("choose an end")
	option := ann.Get(d + "/until").One("input[value^='when:']")
	value, _ := option.Attr("value")
	ann.Post(d+"/until", "until", value)
	ann.Get(d + "/check").One("dl").HasText("When the report is out, at the latest on 1 September 2027")
	own := ann.Post(d+"/share").Is(200, w.Ground).Path
	ann.Get(own).One("dl").HasText("When the report is out, at the latest on 1 September 2027")
	ann.Get(own + "/change?open=until").One("input[checked][value='" + value + "']")
	fixed := w.give(w.ann, "This waits for a day alone.")
	// Saved unchanged it still waits; saved with the day alone it would go on for longer, so it is for today's people.
	ann.Post(own+"/change", "who", "lived-experience", "who", "person:"+string(w.jo.ID), "until", value).Is(200, w.Ground)
	ann.Get(own).One("dl").HasText("When the report is out")
	waiting, waitingPath := w.draft(w.ann, "Not shared yet.")
	waiting.Post(waitingPath+"/who", "who", "lived-experience")
	waiting.Post(waitingPath+"/until", "until", value)
	seen, _ := waiting.Get(waitingPath + "/check").One("input[name=seen]").Attr("value")
	if n := reads(w.jo); n != 1 {
		t.Fatalf("Jo reads %d, before it has happened", n)
	}

	moment, _ := fay.Get("/moments").One(".card a").Attr("href")
	fay.Get(moment).Is(200, w.Ground).One("main").HasText("cannot be undone")
	if n := reads(w.jo); n != 1 {
		t.Errorf("looking at the question closed it: Jo reads %d", n)
	}
	fay.Post(moment).One("main").HasText("Already over")
	fay.Post(moment).Is(200, w.Ground) // pressed twice
	fay.Get(moment).Is(404, w.Ground)
	if n := reads(w.jo); n != 0 {
		t.Errorf("it has happened and Jo reads %d", n)
	}
	if n := reads(w.bea); n != 1 {
		t.Errorf("Bea reads %d: what ends on a day alone stays", n)
	}
	ann.Get(own).One("main").HasText("It ended on 1 March 2027")
	ann.Get(fixed).None("form[action$='/longer']")
	ann.Get(waitingPath + "/until").None("input[value^='when:']")
	waiting.Post(waitingPath+"/share", "seen", seen).One(".check").HasText("not as it was")
	if n := reads(w.bea); n != 1 {
		t.Errorf("a draft that waited for it was shared: Bea reads %d", n)
	}

	ann.Post(own+"/longer", "until", "1").Is(200, w.Ground)
	if n := reads(w.jo); n != 1 {
		t.Errorf("Ann said yes again and Jo reads %d", n)
	}
}

// What is waited for for too long is over by itself.
func TestMoments_AreOverOnTheirDay(t *testing.T) {
	w := newGround(t)
	bea := w.As(w.bea)
	bea.Post("/moments", "name", "the garden is done", "latest", "3")
	ann, d := w.draft(w.ann, "Tell us the time.")
	ann.Post(d+"/who", "who", "lived-experience")
	value, _ := ann.Get(d + "/until").One("input[value^='when:']").Attr("value")
	ann.Post(d+"/until", "until", value)
	read := strings.Replace(ann.Post(d+"/share").Path, "/share/", "/read/", 1)
	bea.Get(read+"/words").Is(200, w.Ground)
	w.Pass(93 * 24 * time.Hour)
	w.As(w.bea).Get(read+"/words").Is(404, w.Ground)
	ann = w.As(w.ann)
	_, d = w.draft(w.ann, "Another.")
	ann.Post(d+"/who", "who", "lived-experience")
	ann.Get(d + "/until").None("input[value^='when:']")
	ann.Post(d+"/until", "until", value).One(".check").HasText("choose an end")
}

// Whoever ticked it has her part taken back when all she allowed has ended. Until the undo time is over she
// can bring it back, and then nobody takes it again; after it, the words are gone.
func TestErase_OnceAllHasEnded(t *testing.T) {
	w := newGround(t)
	day := 24 * time.Hour
	share := func(text string, form ...string) (own string) {
		ann, d := w.draft(w.ann, text)
		ann.Post(d+"/who", "who", "lived-experience")
		ann.Post(d+"/until", append([]string{"until", "1"}, form...)...)
		if len(form) > 0 {
			ann.Get(d + "/check").One("dl").HasText("Erased after that")
		}
		return ann.Post(d + "/share").Path
	}
	kept, gone, back := share("This stays with me."), share("This goes.", "erase", "1"), share("This comes back.", "erase", "1")
	w.As(w.ann).Get(gone + "/change?open=until").One("input[name=erase][checked]")
	tidy := func() {
		w.Must(w.Gate.TakeBackEnded(t.Context(), w.P))
		w.Must(w.Gate.DestroyDue(t.Context(), w.P))
	}
	taken := func(own string) bool { return len(w.As(w.ann).Get(own).All("form[action$='/return']")) > 0 }
	tidy()
	if taken(gone) {
		t.Fatal("it was taken back before it has ended")
	}
	w.Pass(32 * day)
	tidy()
	if taken(kept) || !taken(gone) || !taken(back) {
		t.Fatal("what she ticked is not taken back, or what she did not is")
	}
	w.As(w.ann).Post(back + "/return")
	tidy()
	if taken(back) {
		t.Error("she brought it back and it was taken again")
	}
	w.As(w.ann).Get(gone).HasText("This goes.")
	w.Pass(8 * day)
	tidy()
	w.As(w.ann).Get(gone).LacksText("This goes.")
	w.As(w.ann).Get(back).HasText("This comes back.")
	w.As(w.ann).Get(kept).HasText("This stays with me.")
}
