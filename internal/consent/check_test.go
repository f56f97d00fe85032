package consent_test

import (
	"context"
	"errors"
	"testing"
	"time"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
)

// keptTalk is a talk that may be analysed in study s1 and published until the report is out, at the latest in a
// year, and that the study's analysts may check for two years after that.
func (w *world) keptTalk() *Prepared {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.AddMoment(ctx, tx, here, Moment{ID: "out", Name: "the report is out", Latest: w.now.AddDate(1, 0, 0)})
	})
	until := w.now.AddDate(1, 0, 0)
	return w.interview(here,
		Yes{Audience: Audience{ToAnalysts, "s1"}, Use: inStudy, Until: until, Moment: "out"},
		Yes{Audience: Audience{Kind: ToPublic}, Use: Use{Publication, "", Words}, Until: until, Moment: "out"},
		Yes{Audience: Audience{ToAnalysts, "s1"}, Use: toCheck, Until: w.now.AddDate(3, 0, 0)})
}

var toCheck = Use{Checking, "s1", Words}

func (w *world) itIsOut() {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error { return w.gate.Happened(ctx, tx, here, "out") })
}

// checks returns what Cat gets to see who checks a turn.
func (w *world) checks(why string, turn ID) (string, error) {
	cat := viewer(here, "cat")
	act, err := w.gate.Why(w.t.Context(), cat, "s1", why, turn)
	if err != nil {
		return "", err
	}
	list, err := w.gate.Check(w.t.Context(), cat, "s1", act, turn)
	if err != nil {
		return "", err
	}
	text := ""
	for _, turn := range list[0].Turns {
		text += turn.Words.Reveal()
	}
	return text, nil
}

func (w *world) closedToCheck(when string, turn ID) {
	w.t.Helper()
	if text, err := w.checks("An editor asks.", turn); !errors.Is(err, fault.Missing) {
		w.t.Errorf("%s: who checks reads %q (%v), want that there is nothing", when, text, err)
	}
}

// Until it is out nobody checks anything. Then it opens for that alone, to whom she named, for a reason that she
// is told each time; to everything else it is closed. After its day it is erased.
func TestCheck_OpensForThatAloneAndOnRecord(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.keptTalk()
		cat, turn := viewer(here, "cat"), talk.Turns[1]
		w.closedToCheck("before it is out", turn)
		if got := w.words(cat, inStudy, talk.ID); got != annsWords {
			t.Fatalf("before it is out the analyst reads %q", got)
		}
		before := len(w.openings(talk.ID))
		w.itIsOut()
		if got := w.words(cat, inStudy, talk.ID); got != "" {
			t.Errorf("it is out, and the analyst reads %q", got)
		}
		if _, err := w.checks("  ", turn); !errors.Is(err, ErrNoReason) {
			t.Errorf("without a reason: %v", err)
		}
		w.onlyChecked(talk)
		if n := len(w.openings(talk.ID)); n != before {
			t.Errorf("%d openings are on record of nothing opened", n-before)
		}
		for _, why := range []string{"An editor asks.", "The committee asks."} {
			if text, err := w.checks(why, turn); err != nil || text != "The bus was late, the talk was good." {
				t.Fatalf("who checks reads %q (%v), want the one turn", text, err)
			}
		}
		if _, err := w.gate.Why(t.Context(), viewer(here, "bea"), "s1", "I would like to know.", turn); !errors.Is(err, fault.Missing) {
			t.Errorf("somebody she did not name checks: %v", err)
		}
		w.reasonIsHers(turn)
		w.toldWhy(talk.ID, before)
		w.now = w.now.AddDate(3, 0, 0)
		w.closedToCheck("after its day", turn)
		if err := w.gate.TakeBackEnded(t.Context(), here); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(8 * 24 * time.Hour)
		if err := w.gate.DestroyDue(t.Context(), here); err != nil {
			t.Fatal(err)
		}
		c, err := w.gate.OpenOwn(t.Context(), viewer(here, "ann"), talk.ID)
		if err != nil || c.Turns[1].Open {
			t.Errorf("its day is over, and her words are kept: %v (%v)", c.Turns[1].Open, err)
		}
		w.toldWhy(talk.ID, before) // what was done stays on record
	})
}

// reasonIsHers looks whether somebody can check for a reason that another analyst gave, or of a while ago.
func (w *world) reasonIsHers(turn ID) {
	w.t.Helper()
	ctx, cat := w.t.Context(), viewer(here, "cat")
	act, err := w.gate.Why(ctx, cat, "s1", "A reader asks.", turn)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, other := range []person.ID{"dan", "bea"} {
		if list, err := w.gate.Check(ctx, viewer(here, other), "s1", act, turn); !errors.Is(err, fault.Missing) || len(list) > 0 {
			w.t.Errorf("%s checks for a reason of Cat's: %v", other, err)
		}
	}
	w.now = w.now.Add(2 * time.Hour)
	for _, act := range []Act{act, NewAct("check"), Reading} {
		if list, err := w.gate.Check(ctx, cat, "s1", act, turn); !errors.Is(err, fault.Missing) || len(list) > 0 {
			w.t.Errorf("for %q she still checks: %v", act, err)
		}
	}
}

// onlyChecked asks for what is kept for checking in every other way there is.
func (w *world) onlyChecked(talk *Prepared) {
	w.t.Helper()
	ctx, cat := w.t.Context(), viewer(here, "cat")
	_, err := w.gate.Open(ctx, cat, toCheck, NewAct("check"), talk.ID)
	_, err2 := w.gate.OpenTurns(ctx, cat, toCheck, NewAct("check"), talk.Turns...)
	_, err3 := w.gate.FrontOf(ctx, cat, toCheck, talk.ID)
	_, err4 := w.gate.TopicsOf(ctx, cat, toCheck, talk.ID)
	_, err5 := w.gate.Papers(ctx, cat, toCheck, []Paper{{Writer: "cat", Sealed: []byte("x")}})
	for _, err := range []error{err, err2, err3, err4, err5} {
		if !errors.Is(err, fault.Missing) {
			w.t.Errorf("something opens for checking without a reason: %v", err)
		}
	}
	err = w.gate.Each(ctx, here, func(p search.Passage) error {
		w.t.Errorf("what is kept for checking is found by search: %q", p.Text)
		return nil
	})
	if err != nil {
		w.t.Error(err)
	}
	w.read(func(ctx context.Context, tx *store.Tx) error {
		if r, err := w.gate.RuleIn(ctx, tx, viewer(here, "dan"), Use{Keeping, "", Words}, talk.ID); err != nil || r.Turn(talk.Turns[1]) || !r.Turn(talk.Turns[0]) {
			w.t.Errorf("the keeper of the talk still reads what is locked, or not her own: %v", err)
		}
		for _, u := range []Use{{Analysis, "s1", Number}, {Quote, "s1", Number}, {Publication, "", Number}, {Heard, "", Number}, {Keeping, "", Number}} {
			r, err := w.gate.RuleIn(ctx, tx, cat, u, talk.ID)
			brief, err2 := w.gate.RuleInBrief(ctx, tx, cat, u, talk.ID)
			if err != nil || err2 != nil || r.Turn(talk.Turns[1]) || r.Told(talk.ID) || brief.Told(talk.ID) {
				w.t.Errorf("what is kept for checking counts for %v (%v, %v)", u, err, err2)
			}
		}
		return nil
	})
}

// toldWhy looks at what Ann is told of the two checks, and that nobody else is.
func (w *world) toldWhy(talk ID, before int) {
	w.t.Helper()
	why, err := w.gate.Reasons(w.t.Context(), viewer(here, "ann"), talk)
	if err != nil {
		w.t.Fatal(err)
	}
	told := map[string]int{}
	list := w.openings(talk)
	for _, o := range list {
		if o.Purpose == Checking && o.Reader == "cat" && o.For == "s1" {
			told[why[o.Act].Reveal()]++
		}
	}
	if len(list) != before+2 || told["An editor asks."] != 1 || told["The committee asks."] != 1 {
		w.t.Errorf("of two checks she is told %v, in %d rows", told, len(list)-before)
	}
	for _, other := range []person.ID{"bea", "cat", "dan"} {
		if why, err := w.gate.Reasons(w.t.Context(), viewer(here, other), talk); err != nil || len(why) > 0 {
			w.t.Errorf("%s is told why Ann's words were checked: %v (%v)", other, why, err)
		}
	}
	if why, err := w.gate.Reasons(w.t.Context(), viewer(there, "ann"), talk); err != nil || len(why) > 0 {
		w.t.Errorf("next door is told %v (%v)", why, err)
	}
}

// Taking back, a no to it, and a yes to something else each end the checking.
func TestCheck_EndsWhenSheSaysSo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk, ann := w.keptTalk(), viewer(here, "ann")
		part, turn := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}, talk.Turns[1]
		w.itIsOut()
		if err := w.gate.TakeBack(t.Context(), ann, part, false); err != nil {
			t.Fatal(err)
		}
		w.closedToCheck("taken back", turn)
		if err := w.gate.BringBack(t.Context(), ann, part); err != nil {
			t.Fatal(err)
		}
		if _, err := w.checks("An editor asks.", turn); err != nil {
			t.Errorf("brought back, it is not as it was: %v", err)
		}
		var terms Terms
		w.read(func(ctx context.Context, tx *store.Tx) (err error) {
			terms, err = w.gate.TermsOf(ctx, tx, ann, talk.ID, part.Speaker)
			return err
		})
		if !terms.EraseAfter || !terms.Locked(w.now) || !terms.Kept().Equal(day0.AddDate(3, 0, 0)) {
			t.Errorf("her terms erase %v, are locked %v and kept until %v", terms.EraseAfter, terms.Locked(w.now), terms.Kept())
		}
		set := func(yes ...Yes) {
			terms := Terms{Owner: "ann", Yes: yes}
			w.write(func(ctx context.Context, tx *store.Tx) error {
				return w.gate.SetTerms(ctx, tx, ann, talk.ID, part.Speaker, terms)
			})
		}
		again := Yes{Audience: Audience{Kind: ToPartnership}, Use: Use{Heard, "", Words}, Until: w.now.AddDate(0, 1, 0)}
		set(append(terms.Yes, again)...)
		w.closedToCheck("shared again for something else", turn)
		set(terms.Yes[:2]...)
		w.closedToCheck("after her no to checking", turn)
	})
}

// What was never to be published cannot be kept for checking, nor for longer than ten years.
func TestSetTerms_RefusesToKeepForCheckingWhatCannotBe(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/m.db", t.TempDir()+"/k.db")
	talk, ann := w.interview(here), viewer(here, "ann")
	out := Yes{Audience: Audience{ToAnalysts, "s1"}, Use: Use{Quote, "s1", Words}, Until: w.now.AddDate(1, 0, 0)}
	check := Yes{Audience: Audience{ToAnalysts, "s1"}, Use: toCheck, Until: LongestCheck(w.now)}
	long := check
	long.Until = long.Until.Add(time.Hour)
	for name, c := range map[string]struct {
		yes  []Yes
		kept bool
	}{
		"quoted, for ten years":   {[]Yes{out, check}, true},
		"quoted, for longer":      {[]Yes{out, long}, false},
		"analysed, not published": {[]Yes{w.study(), check}, false},
	} {
		err := w.db.Write(t.Context(), func(tx *store.Tx) error {
			return w.gate.SetTerms(t.Context(), tx, ann, talk.ID, talk.Speakers[1], Terms{Owner: "ann", Yes: c.yes})
		})
		if (err == nil) != c.kept || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Kept without her name, what is locked for checking stays so, for the same people, until its day.
func TestSever_KeptForChecking(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.keptTalk()
		w.itIsOut()
		w.now = w.now.AddDate(0, 1, 0)
		if err := w.gate.Sever(t.Context(), viewer(here, "ann"), Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}); err != nil {
			t.Fatal(err)
		}
		if text, err := w.checks("An editor asks.", talk.Turns[1]); err != nil || text == "" {
			t.Errorf("kept without her name it cannot be checked: %v", err)
		}
		if got := w.words(viewer(here, "cat"), inStudy, talk.ID); got != "" {
			t.Errorf("kept without her name it is read: %q", got)
		}
		w.now = w.now.AddDate(3, 0, 0)
		if err := w.gate.TakeBackEnded(t.Context(), here); err != nil {
			t.Fatal(err)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			taken, err := w.gate.Taken(ctx, tx, here, talk.ID)
			if len(taken) != 1 {
				t.Errorf("its day is over, and %d parts wait to be erased", len(taken))
			}
			return err
		})
	})
}

// Before she shares it she is shown who may check it later, though nobody may yet.
func TestWhoWould_CheckLater(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/m.db", t.TempDir()+"/k.db")
	terms := Terms{Owner: "ann", Given: w.now, Yes: []Yes{{Audience: Audience{Kind: ToPublic}, Use: Use{Publication, "", Words}, Until: w.now.AddDate(1, 0, 0)},
		{Audience: Audience{ToAnalysts, "s1"}, Use: toCheck, Until: w.now.AddDate(3, 0, 0)}}}
	w.read(func(ctx context.Context, tx *store.Tx) error {
		would, err := w.gate.WhoWould(ctx, tx, here, terms)
		if list := would[toCheck]; len(list) != 1 || list[0] != "cat" {
			t.Errorf("she is shown %v, want Cat who may check", list)
		}
		return err
	})
}
