package sharing_test

import (
	"strings"
	"testing"
	"time"

	"footing/internal/person"
)

// Past its end the use stops by itself. Nothing tells her unless she asked for it; the page of the thing
// itself always says how it stands, and one tap says yes again to the same people.
func TestEnds_ByItselfAndAgainWithOneTap(t *testing.T) {
	w := newGround(t)
	own := w.give(w.ann, "Tell us the time.")
	read := strings.Replace(own, "/share/", "/read/", 1)
	reads := func(who person.Viewer) int { return len(w.As(who).Get("/read").All(".card")) }
	told := func() string {
		b := w.As(w.ann)
		return b.Get("/").One("main").Text() + b.Get("/share").One("main").Text()
	}
	w.As(w.ann).Get(own).None("form[action$='/longer']")
	w.Pass(160 * 24 * time.Hour) // three weeks before its end, on 1 September
	lea := w.Person("Lea", person.LivedExperience)
	if strings.Contains(told(), "ends") {
		t.Error("she asked for nothing and is told that something ends")
	}
	page := w.As(w.ann).Get(own)
	page.One("form[action$='/longer']").HasText("It ends on 1 September 2027")
	if got := page.One("form[action$='/longer'] .btn[value='1']").Text(); got != "Yes, until 1 October 2027" {
		t.Errorf("the button says %q", got)
	}
	w.As(w.ann).Post("/me/reminders", "pace", "ended")
	if strings.Contains(told(), "ends within") {
		t.Error("she asked to be told once it has ended and is told before")
	}
	w.As(w.ann).Post("/me/reminders", "pace", "month")
	if got := told(); !strings.Contains(got, "Something you shared ends within a month") || !strings.Contains(got, "It ends on 1 September 2027") {
		t.Errorf("she asked to be told a month before and is told %q", got)
	}
	if href, _ := w.As(w.ann).Get("/").One("main a[href='" + own + "']").Attr("href"); href == "" {
		t.Error("the line does not lead to the thing")
	}
	if strings.Contains(w.As(w.bea).Get("/").Body, "within a month") {
		t.Error("Bea is told that something of Ann's ends")
	}

	w.Pass(40 * 24 * time.Hour) // two weeks after
	if reads(w.bea) != 0 {
		t.Error("it has ended and Bea finds it")
	}
	w.As(w.bea).Get(read+"/words").Is(404, w.Ground)
	if got := told(); !strings.Contains(got, "has ended. It is still yours") {
		t.Errorf("ended, she is told %q", got)
	}
	ann := w.As(w.ann)
	ann.Get("/share").One(".card").HasText("Ended")
	ann.Post(own+"/longer", "until", "12").Is(404, w.Ground) // not on a button
	ann.Post(own+"/longer", "until", "3").Is(200, w.Ground).One("dl").HasText("December 2027")
	if reads(w.bea) != 1 || reads(lea) != 0 {
		t.Errorf("again for longer, Bea finds %d and Lea, who joined since, %d", reads(w.bea), reads(lea))
	}
	w.As(w.bea).Get(read+"/words").Is(200, w.Ground)
	if got := told(); strings.Contains(got, "ended") || strings.Contains(got, "within a month") {
		t.Errorf("she said yes again and is told %q", got)
	}
	ann.Post(own+"/longer", "until", "3").Is(200, w.Ground) // the same button, pressed twice
	w.As(w.bea).Post(own+"/longer", "until", "3").Is(404, w.Ground)
	w.As(w.bea).Post(own+"/end").Is(404, w.Ground)
}

// Let go, it ends by itself and she is not told of that end again.
func TestEnds_LetGo(t *testing.T) {
	w := newGround(t)
	own := w.give(w.ann, "Tell us the time.")
	w.As(w.ann).Post("/me/reminders", "pace", "month")
	w.Pass(170 * 24 * time.Hour)
	b := w.As(w.ann)
	b.Post(own+"/end").Is(200, w.Ground).None("form[action$='/longer']")
	b.Get("/").One("main").LacksText("within a month")
	if n := len(w.As(w.bea).Get("/read").All(".card")); n != 1 {
		t.Error("let go, it ends on its day and not before")
	}
	w.Pass(30 * 24 * time.Hour)
	b = w.As(w.ann)
	b.Get("/").One("main").LacksText("ended")
	if n := len(w.As(w.bea).Get("/read").All(".card")); n != 0 {
		t.Error("it has ended and Bea finds it")
	}
}

// What she put off waits on the page of the thing, allows nothing, and is there to answer when she likes.
func TestLater_WaitsWhereItIs(t *testing.T) {
	w := newGround(t)
	b, d := w.draft(w.ann, "Tell us the time.")
	b.Post(d+"/who", "who", "lived-experience")
	b.Post(d+"/use", "use", "improvement", "use", "later")
	b.Post(d+"/until", "until", "6")
	own := b.Post(d + "/share").Path
	page := b.Get(own)
	page.One("dl").HasText("Quoted in the study: ask me later")
	page.One("dl").HasText("To make care better")
	b.Get(own + "/change?open=use").One("input[value=later][checked]")
	b.Post(own+"/change", "who", "lived-experience", "use", "improvement", "until", "6").One("dl").LacksText("ask me later")
}
