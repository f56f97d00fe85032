package sharing_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/sharing"
	"footing/internal/store"
)

// What becomes of words once they are out is asked where they can be, and nothing said keeps them closed and hers.
func TestOut_EraseKeepOrNothing(t *testing.T) {
	base := sharing.Answers{Until: "6", Form: "paraphrase", Uses: map[string]string{"quote:s1": "yes"}}
	end := now.AddDate(0, 6, 0)
	for name, c := range map[string]struct {
		change   func(*sharing.Answers)
		checkers int
		kept     time.Time
		erased   bool
	}{
		"nothing said":         {func(*sharing.Answers) {}, 0, time.Time{}, false},
		"erased":               {func(a *sharing.Answers) { a.Erase = true }, 0, time.Time{}, true},
		"kept for three years": {func(a *sharing.Answers) { a.Keep, a.Checkers = "3", []string{"analysts:s1", "person:bob"} }, 2, end.AddDate(3, 0, 0), false},
		"kept until a day":     {func(a *sharing.Answers) { a.Keep, a.Checkers = "2029-05-01", []string{"person:bob"} }, 1, time.Date(2029, 5, 1, 0, 0, 0, 0, time.UTC), false},
		"kept, and nobody":     {func(a *sharing.Answers) { a.Keep = "3" }, 0, time.Time{}, false},
		"somebody, and no day": {func(a *sharing.Answers) { a.Checkers = []string{"person:bob"} }, 0, time.Time{}, false},
		"kept, and not printed": {func(a *sharing.Answers) {
			a.Keep, a.Checkers, a.Uses = "3", []string{"person:bob"}, map[string]string{"analysis:s1": "yes"}
		}, 0, time.Time{}, false},
	} {
		a := base
		c.change(&a)
		terms, checkers := a.Terms("ann", now), 0
		for _, y := range terms.Yes {
			if y.Purpose == consent.Checking {
				checkers++
				if y.Form != consent.Words || (y.Audience.Kind == consent.ToAnalysts) != (y.For == "s1") {
					t.Errorf("%s: %+v", name, y)
				}
			}
		}
		if checkers != c.checkers || !terms.Kept().Equal(c.kept) || terms.EraseAfter != c.erased {
			t.Errorf("%s: %d may check until %v, erased %v", name, checkers, terms.Kept(), terms.EraseAfter)
		}
	}
}

// She lets her words be printed until the report is out, and has them kept for Jo to check. Nobody can do anything
// with them then, Jo can look and says why, and Ann reads who looked and why. What else she says leaves it as it
// is; her no ends it, and so does taking back.
func TestOut_FromHerChoiceToHerList(t *testing.T) {
	w := newGround(t)
	w.As(w.bea).Post("/moments", "name", "the report is out", "latest", "6")
	ann, d := w.draft(w.ann, "Tell us the time.")
	ann.Post(d+"/who", "who", "lived-experience")
	ann.Get(d + "/until").One("input[name=erase]")
	ann.Post(d+"/use", "use", "publication")
	ann.Post(d+"/how", "form", "words")
	until, _ := ann.Get(d + "/until").One("input[value^='when:']").Attr("value")
	ann.Get(d + "/until").None("input[name=erase]")
	page := ann.Post(d+"/until", "until", until)
	if !strings.HasSuffix(page.Path, "/out") {
		t.Fatalf("after the end she is led to %s", page.Path)
	}
	page.None("input[checked]")
	page.None("input[name=out][value='" + until + "']") // it cannot be kept until it is out
	jo := "person:" + string(w.jo.ID)
	ann.Post(d+"/out", "out", "3").One(".check").HasText("who may check")
	ann.Post(d+"/out", "out", "2099-01-01", "checker", jo) // not on the page
	ann.Get(d + "/check").One("dl").LacksText("Locked")
	ann.Post(d+"/out", "out", "3", "checker", jo)
	check := ann.Get(d + "/check")
	check.One("dl").HasText("Locked, for checking only. Erased after: 1 September 2030")
	check.One("main").HasText("To check it once it is out")
	own := ann.Post(d+"/share").Is(200, w.Ground).Path
	id := consent.ID(strings.TrimPrefix(own, "/share/"))
	checked := func(why string) bool {
		act, err := w.Gate.Why(t.Context(), w.jo, "s1", why, w.turns(id)...)
		if err != nil {
			return false
		}
		list, err := w.Gate.Check(t.Context(), w.jo, "s1", act, w.turns(id)...)
		return err == nil && list[0].Turns[0].Open
	}
	if checked("Too early.") {
		t.Error("it is not out, and Jo checks it")
	}
	moment, _ := w.As(w.bea).Get("/moments").One(".card a").Attr("href")
	w.As(w.bea).Post(moment)
	if !checked("The printer asked about a word.") {
		t.Fatal("it is out, and Jo cannot check it")
	}
	if n := len(w.As(w.bea).Get("/read").All(".card")); n != 0 {
		t.Errorf("it is out, and Bea finds %d", n)
	}
	w.As(w.jo).Get("/read").One("main a[href='/checks']")
	w.As(w.bea).Get("/read").None("main a[href='/checks']")
	ann.Get("/share").One(".card").HasText("Locked, for checking only")
	ann.Get(own).One("dl").HasText("Who may check: " + w.jo.Name)
	ann.Get(own + "/opened").One("table").HasText("The printer asked about a word.")
	w.As(w.bea).Get(own+"/opened").Is(404, w.Ground)

	kept, _ := ann.Get(own + "/change?open=out").One("input[name=out][checked]").Attr("value")
	ann.Post(own+"/change", "out", kept, "checker", jo, "by", "none").Is(200, w.Ground) // another answer
	if !checked("After another answer.") {
		t.Error("she changed another answer, and Jo cannot check any more")
	}
	ann.Post(own+"/change", "out", kept).One(".check").HasText("who may check")
	ann.Post(own+"/back", "erase", "")
	if checked("Taken back.") {
		t.Error("she took it back, and Jo checks it")
	}
	ann.Post(own + "/return")
	ann.Post(own+"/change", "out", "stay", "checker", jo, "by", "none").Is(200, w.Ground)
	if checked("After her no.") {
		t.Error("she said no, and Jo checks it")
	}
}

// Who finds, once it is out, that it should go after all says so in the same place, and it goes as she would take
// it back herself.
func TestOut_ErasedAfterAll(t *testing.T) {
	w := newGround(t)
	ann, d := w.draft(w.ann, "Tell us the time.")
	ann.Post(d+"/use", "use", "publication")
	ann.Post(d+"/until", "until", "1")
	ann.Post(d+"/out", "out", "1", "checker", "person:"+string(w.jo.ID))
	own := ann.Post(d+"/share").Is(200, w.Ground).Path
	w.Pass(40 * 24 * time.Hour)
	w.Must(w.Gate.TakeBackEnded(t.Context(), w.P))
	ann = w.As(w.ann)
	ann.Get(own).One("main").LacksText("Only you can see it.")
	ann.Post(own+"/change", "out", "erase").Is(200, w.Ground)
	w.Must(w.Gate.TakeBackEnded(t.Context(), w.P))
	ann.Get(own).One("main").HasText("Only you can see it. It is erased on")
}

// turns lists the turns of something that was shared.
func (g *ground) turns(id consent.ID) []consent.ID {
	g.T.Helper()
	var list []consent.ID
	g.Must(g.DB.Read(g.T.Context(), func(tx *store.Tx) (err error) {
		list, err = store.List(context.Background(), tx, store.One[consent.ID], `SELECT id FROM consent_turn WHERE partnership_id = $1 AND contribution_id = $2 ORDER BY seq`, g.P, id)
		return err
	}))
	return list
}
