package decision_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// written fills in the form of a decision as Ruth, and returns its address.
func (w *world) written(question string) string {
	w.T.Helper()
	ruth := w.as(w.ruth)
	at := strings.TrimSuffix(ruth.Post("/decide/new").Is(http.StatusOK).Path, "/part/1")
	ruth.Post(at+"/part/1", "name", "Tea", "question", question, "matter", "everyday").Is(http.StatusOK)
	ruth.Post(at+"/part/2", "method", "majority", "secret", "no")
	ruth.Post(at+"/part/3", "fixed", "The room, by the college.", "why", "It is booked.", "interest", "This pays my employer.")
	ruth.Post(at+"/part/4", "rung", "6", "again", "4").Has("Please look once more")
	return at
}

// From the first word to the page of what came out, through the pages (R26, R29, R31, R33).
func TestPages_FromTheFirstWordToWhatCameOut(t *testing.T) {
	w := newWorld(t)
	at := w.written("Do we have tea first?")
	w.as(w.ann).Get(at).Is(http.StatusNotFound) // hers alone, until she shows it
	w.as(w.ruth).Post(at + "/put").Has("Everybody can see it now")
	w.as(w.ann).Get(at).Has("Do we have tea first?").Has("This pays my employer.").Has("The room, by the college.").Has("6. We decide as partners")

	w.as(w.cat).Post(at+"/doubt", "doubt", "Which tea?", "rung", "3").Has("Which tea?").Has("3. People are told")
	w.as(w.ruth).Post(at + "/open").Has("Please answer first")
	reply, _ := w.as(w.ruth).Get(at).One("a[href*='/reply/']").Attr("href")
	w.as(w.ruth).Get(reply).Has("Cat says: Which tea?")
	w.as(w.ann).Get(reply).Is(http.StatusNotFound)
	w.as(w.ruth).Post(reply, "reply", "Mint. It says so now.").Has("Mint. It says so now.")
	w.as(w.jo).Post(at + "/open").Has("The women open this kind of thing") // neither its writer nor one of them
	w.as(w.ruth).Post(at + "/open").Has("It is open now").Has("At least 2 of 3 people").Has("It takes 1 of the women to stop it")
	w.as(w.ruth).Post(at+"/part/1", "question", "Something else?").Is(http.StatusConflict) // the words stay

	w.as(w.ann).Get(at + "/answer").None("input[checked]")
	w.as(w.ann).Post(at+"/answer", "says", "yes", "words", "It calms me.", "gain", "I sell tea.").Has("Ann: Yes").Has("It calms me.").Has("I sell tea.")
	w.as(w.bea).Post(at+"/answer", "says", "no")
	w.as(w.bea).Post(at+"/answer", "says", "pass") // she changes it
	w.as(w.cat).Post(at+"/answer", "says", "yes")
	w.as(w.jo).Post(at+"/answer", "says", "yes").Has("Bea: I leave it to the others").Lacks("Bea: No")
	money := w.Person("Fay", person.Funder)
	w.as(money).Get(at).Has("Do we have tea first?").Lacks("Ann: Yes") // who only gives money does not see who said what
	w.as(money).Get(at + "/answer").Is(http.StatusNotFound)
	late := w.Person("Lee", person.Charity)
	w.as(late).Get(at + "/answer").Is(http.StatusNotFound) // the list is that of the opening

	w.Pass(7 * 24 * time.Hour)
	page := w.as(w.ann).Get(at) // whoever looks settles it
	for _, want := range []string{"Agreed.", "on 8 March 2027", "look at it again on 5 April 2027", "has not said yet what changed"} {
		page.Has(want)
	}
	w.as(w.ruth).Post(at+"/after", "after", "We bought mint tea, because of Cat.").Has("because of Cat")
	w.as(w.ann).Post(at+"/answer", "says", "stop").Is(http.StatusConflict)
	if n := w.Sum("1", "decision_decision", "words LIKE '%tea%'"); n != 0 {
		t.Error("what is decided lies in the clear")
	}
	if found := w.Holding("decision_", "calms", "sell tea", "Which tea", "Mint", "because of Cat"); found != nil {
		t.Errorf("what somebody wrote lies in the clear: %v", found)
	}
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		acts, err := ledger.About(ctx, tx, w.P, strings.TrimPrefix(at, "/decide/"))
		if len(acts) != 2 {
			t.Errorf("%d entries of its opening and its end are on record", len(acts))
		}
		return err
	})
}

// P19. What one of the women says against it stops it; it is the house's unless she signs; and no text of the
// same words comes again, whatever happens to the rules.
func TestStop_IsTheHousesAndHolds(t *testing.T) {
	w := newWorld(t)
	id := w.open(whole("Do we meet on Monday?"))
	at := "/decide/" + id
	for _, v := range []person.Viewer{w.ann, w.bea, w.ruth, w.sam, w.jo} {
		w.say(v, id, decision.Yes)
	}
	w.as(w.cat).Post(at+"/answer", "says", "talk", "words", "My bus.").Has("asked that this does not go on now").Lacks("Cat").Lacks("My bus")
	w.rules.stops, w.rules.rules.By[agreement.Everyday] = 3, agreement.Rule{Lived: agreement.House{Way: agreement.Majority, Quorum: 2}, Others: agreement.House{Way: agreement.Majority, Quorum: 1}, Days: 3, Opens: agreement.AnyOpens, Apart: agreement.Stays}
	w.Must(w.room.Say(t.Context(), w.cat, id, decision.Said{Word: decision.Stop}, "My bus.", true))
	w.as(w.ruth).Get(at).Has("Cat: Stop").Has("My bus")
	w.days(3)
	w.is(id, decision.Talking, "") // open for as long as it was when it opened
	w.days(4)
	w.is(id, decision.Closed, decision.Stopped)
	w.as(w.ruth).Get(at).Has("Stopped by the women")

	again, err := w.room.Begin(t.Context(), w.ruth, "", whole("Do we meet on MONDAY"))
	w.Must(err)
	if err := w.room.Put(t.Context(), w.ruth, again); !errors.Is(err, decision.ErrSame) {
		t.Errorf("the same words come again: %v", err)
	}
	w.Must(w.room.Save(t.Context(), w.ruth, again, whole("Do we meet on Tuesday?")))
	w.Must(w.room.Put(t.Context(), w.ruth, again))
	w.Must(w.room.Save(t.Context(), w.ruth, again, whole("Do we meet on Monday?")))
	if err := w.room.Open(t.Context(), w.ruth, again); !errors.Is(err, decision.ErrSame) {
		t.Errorf("put forward with new words and changed back, it opens: %v", err)
	}
	w.as(w.ruth).Post(at + "/again").Is(http.StatusNotFound) // the women open again (R32)
	page := w.as(w.ann).Post(at + "/again").Has("say something new")
	next := strings.TrimSuffix(page.Path, "/part/1")
	w.as(w.ann).Post(next+"/part/3", "fixed", "x", "why", "x", "interest", "Nothing.")
	w.as(w.ann).Post(next+"/part/4", "rung", "7", "again", "4")
	w.as(w.ann).Post(next + "/put").Is(http.StatusUnprocessableEntity).Has("asks the same as an earlier one")
	w.as(w.ann).Post(next+"/part/1", "name", "Meeting", "question", "Do we meet on Monday, if there is a lift for Cat?", "matter", "everyday")
	w.as(w.ann).Post(next + "/put").Has("opens an earlier one again")
	w.as(w.ruth).Get(at).Has("Stopped by the women").Has("opened again later") // the old one is kept
}

// Leaving, being given a standing and stepping back change nothing of what is open: nobody takes a stop along.
func TestRoll_IsThatOfTheOpening(t *testing.T) {
	w := newWorld(t)
	id := w.open(whole("Do we meet on Monday?"))
	for _, v := range []person.Viewer{w.ann, w.bea, w.ruth, w.sam, w.jo} {
		w.say(v, id, decision.Yes)
	}
	w.Must(w.room.Say(t.Context(), w.cat, id, decision.Said{Word: decision.Stop}, "My bus.", true))
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.cat.ID, "") })
	if n := w.Sum("1", "decision_roll", "decision_id = '"+id+"'"); n != 6 {
		t.Errorf("%d people are on the list of 6", n)
	}
	if found := w.Holding("decision_", string(w.cat.ID)); found != nil {
		t.Errorf("she has left, and stands in %v", found)
	}
	w.as(w.ann).Get("/decide/" + id).Lacks("My bus")
	w.days(7)
	w.is(id, decision.Closed, decision.Stopped)

	// Somebody new makes nothing pass, and who leaves makes nobody's silence a yes.
	w.rules.rules.By[agreement.Everyday] = agreement.Rule{Lived: agreement.House{Way: agreement.All, Quorum: 2}, Others: agreement.House{Way: agreement.Majority, Quorum: 1}, Days: 7, Opens: agreement.AnyOpens, Apart: agreement.Stays}
	next := w.open(whole("Do we meet on Friday?"))
	w.say(w.ann, next, decision.Yes)
	w.say(w.ruth, next, decision.Yes)
	dora := w.Person("Dora", person.LivedExperience)
	if err := w.room.Say(t.Context(), dora, next, decision.Said{Word: decision.Yes}, "", false); err == nil {
		t.Error("somebody who came since answers")
	}
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.bea.ID, "") })
	w.days(7)
	w.is(next, decision.Talking, decision.Waits)
	w.as(w.ann).Get("/decide/" + next).Has("Too few of the women took part").Has("What would help")
}

// After a backup was put back, what was open or waiting is over, and its words stay used.
func TestRestore_WhatWasOpenIsVoid(t *testing.T) {
	w := newWorld(t)
	id := w.open(whole("Do we meet on Monday?"))
	put, err := w.room.Begin(t.Context(), w.ruth, "", whole("Do we meet on Friday?"))
	w.Must(err)
	w.Must(w.room.Put(t.Context(), w.ruth, put))
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.room.AfterRestore(ctx, tx, w.P) })
	w.is(id, decision.Void, "")
	w.is(put, decision.Void, "")
	if err := w.room.Open(t.Context(), w.ruth, put); err == nil {
		t.Error("what waited opens after a restore")
	}
	again, err := w.room.Begin(t.Context(), w.ruth, "", whole("Do we meet on Monday?"))
	w.Must(err)
	if err := w.room.Put(t.Context(), w.ruth, again); !errors.Is(err, decision.ErrSame) {
		t.Errorf("the words of what is void come again: %v", err)
	}
	w.as(w.ann).Get("/decide/" + id).Has("An older copy of this site was brought back")
}

func TestOpen_NotWithoutARuleNorWithTooFew(t *testing.T) {
	w := newWorld(t)
	money := whole("Do we pay for tea?")
	money.Matter = agreement.Money
	id, err := w.room.Begin(t.Context(), w.ruth, "", money)
	w.Must(err)
	w.Must(w.room.Put(t.Context(), w.ruth, id))
	w.as(w.ann).Post("/decide/" + id + "/open").Has("have not agreed yet how")
	rule := w.rules.rules.By[agreement.Everyday]
	rule.Opens = agreement.LivedOpens
	w.rules.rules.By[agreement.Money] = rule
	w.as(w.ruth).Post("/decide/" + id + "/open").Has("The women open this kind of thing")
	rule.Lived.Quorum = 4
	w.rules.rules.By[agreement.Money] = rule
	w.as(w.ann).Post("/decide/" + id + "/open").Has("Too few people could answer")
	if n := w.Sum("1", "decision_roll"); n != 0 {
		t.Errorf("%d people are on the list of what did not open", n)
	}
	rule.Lived.Quorum = 3
	w.rules.rules.By[agreement.Money] = rule
	w.as(w.ann).Post("/decide/" + id + "/open").Has("It is open now")
}

// Marks and an order, through the pages.
func TestAnswer_MarksAndOrder(t *testing.T) {
	w := newWorld(t)
	text := whole("Which tea?")
	text.Method, text.Choices = decision.Ranked, []string{"Mint", "Black"}
	id := w.open(text)
	at := "/decide/" + id
	w.as(w.ann).Post(at+"/answer", "says", "marks").Is(http.StatusUnprocessableEntity)
	w.as(w.ann).Post(at+"/answer", "says", "marks", "mark-0", "1", "mark-1", "3", "mark-2", "2").Has("Ann: Mint: 1; Black: 3; None of these: 2")
	for _, v := range []person.Viewer{w.bea, w.ruth} {
		w.as(v).Post(at+"/answer", "says", "marks", "mark-0", "1", "mark-1", "2", "mark-2", "3")
	}
	w.as(w.cat).Post(at+"/answer", "says", "pass")
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
	w.as(w.ann).Get(at).Has("We chose: Mint.")
}

// Whoever decides after advice says whose she followed, and why not the others'; before, it waits.
func TestAdvice_WaitsForWhoseWasFollowed(t *testing.T) {
	w := newWorld(t)
	text := whole("Shall I order mint tea?")
	text.Method = decision.Advice
	id := w.open(text)
	for _, v := range []person.Viewer{w.ann, w.bea, w.sam} {
		w.say(v, id, decision.Yes)
	}
	w.days(7)
	w.is(id, decision.Talking, decision.Waits)
	w.as(w.ann).Get("/decide/" + id).Has("has not said yet whose advice")
	w.as(w.ruth).Post("/decide/"+id+"/after", "whose", "Ann’s.").Is(http.StatusUnprocessableEntity)
	w.as(w.ruth).Post("/decide/"+id+"/after", "whose", "Ann’s.", "why_not", "Nobody else gave any.").Has("Nobody else gave any.")
	w.as(w.ann).Post("/decide/"+id+"/after", "whose", "Mine.", "why_not", "x").Is(http.StatusNotFound)
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
}

// A worker takes down a named answer for somebody on the phone; it is marked so, and hers to change.
func TestPaper_SuggestingQuestioningAnswering(t *testing.T) {
	w := newWorld(t)
	about := string(w.cat.ID)
	w.paper("propose", about, "name", "Lifts", "question", "Do we pay for lifts?", "matter", "everyday", "method", "majority", "secret", "no",
		"fixed", "Nothing.", "why", "Nothing.", "interest", "I need one.", "rung", "6", "again", "4").Has("waits for the person beside her")
	action, _ := w.as(w.bea).Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	w.as(w.bea).Post(action, "yes", "1").Has("Done")
	w.as(w.ruth).Get("/decide").Has("Lifts")

	id, err := w.room.Begin(t.Context(), w.ruth, "", whole("Do we meet on Monday?"))
	w.Must(err)
	w.Must(w.room.Put(t.Context(), w.ruth, id))
	w.paper("question", about+"/"+id, "doubt", "Which Monday?").Has("Done, as she said.")
	page := w.as(w.ruth).Get("/decide/" + id).Has("Which Monday?")
	reply, _ := page.One("a[href*='/reply/']").Attr("href")
	w.as(w.ruth).Post(reply, "reply", "Each.")
	w.Must(w.room.Open(t.Context(), w.ruth, id))
	w.paper("decide", about+"/"+id, "says", "pass", "words", "Either way.").Has("Done, as she said.")
	w.as(w.ann).Get("/decide/" + id).Has("Cat: I leave it to the others").Has("Taken down by Jo")
	w.as(w.cat).Post("/decide/"+id+"/answer", "says", "yes").Has("Cat: Yes").Lacks("Taken down by Jo")
}

// While it is talked about, what somebody said is hers to take back: it goes with its key, as if she had not answered.
// So does a draft that she throws away, which nobody else ever saw.
func TestPages_WhatIsTakenBackIsGone(t *testing.T) {
	w := newWorld(t)
	draft := w.written("Do we need a bell?")
	w.as(w.ann).Post(draft + "/drop").Is(http.StatusNotFound)
	w.as(w.ruth).Post(draft + "/drop").Has("Thrown away.")
	w.as(w.ruth).Get(draft).Is(http.StatusNotFound)

	at := w.written("Do we have tea first?")
	w.as(w.ruth).Post(at + "/put")
	w.as(w.ruth).Post(at + "/open").Has("It is open now")
	w.as(w.ann).Post(at+"/answer", "says", "no", "words", "It calms nobody.").Has("Ann: No").Has("It calms nobody.")
	w.as(w.ann).Post(at+"/answer", "says", "unsay").Lacks("Ann: No").Lacks("It calms nobody.")
	w.as(w.bea).Get(at).Lacks("It calms nobody.")
	if n := w.Sum("1", "decision_said", "person_id = '"+string(w.ann.ID)+"'"); n != 0 {
		t.Errorf("%d answers of hers are still there", n)
	}
}
