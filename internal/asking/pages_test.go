package asking_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/asking"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func TestAsk_FromDraftToWhatCameOfIt(t *testing.T) {
	w := newWorld(t)
	ruth, ann, bea := w.as(w.ruth), w.as(w.ann), w.as(w.bea)

	page := ruth.Post("/asks/new").Is(http.StatusOK, w.Ground)
	at := strings.TrimSuffix(page.Path, "/part/1")
	id := strings.TrimPrefix(at, "/asks/")
	page.HasText("under your own name")
	ruth.Post(at+"/part/1", "entry_title", "Texts in the evening", "what", "Which texts help?")
	ruth.Post(at+"/part/2", "known", "4", "more", "", "why", "Nobody wrote about evenings.")
	check := ruth.Post(at+"/part/3", "gain", "Better texts.", "interest", "This pays my employer.")
	check.HasText("What is paid")
	ruth.Post(at+"/part/4", "pay", "amount", "amount", "lots", "support", "Jo.").Is(http.StatusUnprocessableEntity, w.Ground).One("#amount-problem")
	ruth.Post(at+"/part/4", "pay", "unset", "amount", "", "support", "Jo.")
	ruth.Get(at + "/check").HasText("Choose how it can be answered")
	page = ruth.Get(at + "/part/5")
	for _, way := range page.All("input[name=ways]") {
		if _, ticked := way.Attr("checked"); ticked {
			t.Error("a way to answer is ticked for the asker")
		}
	}
	check = ruth.Post(at+"/part/5", "kind", "letters", "ways", "opinion", "ways", "idea", "weeks", "4")
	check.HasText("No rate is set yet.")
	check.HasText("A course for the whole surgery")
	ann.Get(at).Is(http.StatusNotFound, w.Ground)
	ann.Get("/asks").None(".card")
	ruth.Post(at + "/put").HasText("It is with the women’s group")

	page = ann.Get("/")
	page.One("a[href='/asks']").HasText("Somebody would like to ask the women something")
	page = ann.Get(at)
	page.HasText("This pays my employer.")
	page.HasText("Ruth, Researcher")
	w.as(w.jo).Get(at).Is(http.StatusNotFound, w.Ground)
	w.as(w.jo).Get("/asks").None(".card")
	ann.Post(at+"/say", "round", "1", "says", "change", "words", "Say what it pays.")
	ruth.Get(at).One("blockquote").HasText("Say what it pays.")
	ruth.Get(at).LacksText("Ann")
	ann.Get("/").None("section a[href='/asks']")
	ann.Post(at+"/say", "round", "1", "says", "fine")
	bea.Post(at+"/say", "round", "1", "says", "fine")
	w.days(6)
	bea.Post("/asked/about", "about", "letters").HasText("Letters, texts and forms")
	bea.Get("/asked").HasText("Nothing is asked of you")
	w.days(1)
	ruth.Get(at).HasText("You do not learn who is asked")

	bea.Get("/").One("section a[href='/asked']")
	bea.Get("/asked").One(".card a[href='" + at + "']")
	ann.Get("/").None("section a[href='/asked']")
	ann.Get("/asked").HasText("Nothing is asked of you")
	w.Must(w.room.Choose(t.Context(), w.dora, []string{"training", "us"}))
	w.as(w.dora).Get("/").None("section a[href='/asked']")
	w.as(w.dora).Get("/asked").HasText("Nothing is asked of you")
	draft := bea.Post("/share/new", "ask", id)
	draft.HasText("You answer Ruth:")
	draft.One("input[name=kind][value=idea]").HasAttr("checked", "")

	w.days(7 * 4)
	ruth.Get(at).HasText("It is over.")
	w.days(31)
	ruth.Get("/").One("section a[href='" + at + "']").HasText("You have not told yet")
	ann.Get(at).HasText("and has not so far")
	ruth.Post(at+"/told", "entry_title", "Texts in the evening", "told", "Nobody wants texts after six. They stop on Monday.").HasText("They stop on Monday.")
	ruth.Get("/").None("section a[href='" + at + "']")
	bea.Get("/asked").HasText("What came of what you were asked")
	w.as(w.jo).Get("/known").HasText("They stop on Monday.")
	ruth.Get(at+"/told").Is(http.StatusNotFound, w.Ground)
}

func TestPut_ARefusedTextDoesNotComeBack(t *testing.T) {
	w := newWorld(t)
	id := w.put(w.ruth, whole("Texts"))
	w.say(w.ann, id, asking.Fine)
	w.say(w.bea, id, asking.Fine)
	w.say(w.cat, id, asking.Not)
	ruth := w.as(w.ruth)
	w.days(6)
	ruth.Get("/asks/" + id).HasText("It is with the women’s group.")
	w.days(1)
	ruth.Get("/asks/" + id).HasText("The women’s group said: not this.")
	if n := w.count("asking_said"); n != 0 {
		t.Errorf("the answer is told and what %d of the women said is still kept", n)
	}
	w.as(w.ann).Post("/asks/"+id+"/say", "round", "1", "says", "fine").Is(http.StatusNotFound, w.Ground)
	ruth.Post("/asks/"+id+"/put").Is(http.StatusUnprocessableEntity, w.Ground).HasText("You sent this to them before")

	again, err := w.room.Begin(t.Context(), w.ruth, whole("TEXTS "))
	w.Must(err)
	ruth.Post("/asks/"+again+"/put").Is(http.StatusUnprocessableEntity, w.Ground)
	ruth.Post("/asks/"+id+"/part/3", "gain", "Texts at better times, by May.", "interest", "This pays my employer.")
	ruth.Post("/asks/" + id + "/put").HasText("It is with the women’s group")
	w.days(7)
	ruth.Get("/asks/" + id).HasText("Not enough of them have said yes so far")
}

func TestSay_TheNewOfTheWomenMayStopAndNotPass(t *testing.T) {
	w := newWorld(t)
	newcomer := w.Person("Eve")
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		return w.Circle.Give(ctx, tx, w.P, newcomer.ID, person.LivedExperience, w.ann.ID, false)
	})
	newcomer = w.Named("Eve")
	id := w.put(w.ruth, whole("Texts"))
	w.say(w.ann, id, asking.Fine)
	w.say(newcomer, id, asking.Fine)
	w.days(8)
	w.as(w.ruth).Get("/asks/" + id).HasText("Not enough of them")
	w.say(w.bea, id, asking.Fine)
	w.days(0)
	w.as(w.ruth).Get("/asks/" + id).HasText("let it through")
	w.say(newcomer, id, asking.Not)
	w.as(w.ruth).Get("/asks/" + id).HasText("The women’s group said: not this.")
}

func TestSay_NobodyLearnsWhoSaidNotThis(t *testing.T) {
	w := newWorld(t)
	id := w.put(w.ruth, whole("Texts"))
	w.say(w.ann, id, asking.Fine)
	others := map[string]visitor{"Ruth": w.as(w.ruth), "Ann": w.as(w.ann), "Bea": w.as(w.bea), "Jo": w.as(w.jo)}
	paths := []string{"/", "/asks", "/asks/" + id, "/asks/" + id + "/say", "/asked", "/known", "/share", "/read", "/me"}
	before := look(others, paths)
	cat := w.as(w.cat)
	cat.Get("/asks/" + id + "/say")
	cat.Post("/asks/"+id+"/say", "round", "1", "says", "not").HasText("It is kept.")
	same(t, before, look(others, paths))
	cat.Get("/asks/" + id + "/say").None("input[name=says][checked]")
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, func(row store.Row) error {
			var who person.ID
			err := row.Scan(&who)
			if who == w.cat.ID {
				t.Error("a row says that she said something")
			}
			return err
		}, `SELECT person_id FROM asking_said WHERE partnership_id = $1`, w.P)
	})
}

// Nobody says anything to what she asks herself, or to a text that she has not read.
func TestSay_NotToHerOwnAndNotToAnotherText(t *testing.T) {
	w := newWorld(t)
	own := w.put(w.ann, whole("Lifts"))
	w.as(w.ann).Get("/asks/"+own+"/say").Is(http.StatusNotFound, w.Ground)
	if err := w.room.Say(t.Context(), w.ann, own, 1, asking.Fine, ""); fault.KindOf(err) != fault.NotFound {
		t.Errorf("saying something to her own gives %v", err)
	}
	w.as(w.ann).Post("/asks/"+own+"/part/3", "gain", "Lifts, by May.", "interest", "None.")
	w.as(w.ann).Post("/asks/" + own + "/put")
	w.as(w.bea).Post("/asks/"+own+"/say", "round", "1", "says", "fine").Is(http.StatusUnprocessableEntity, w.Ground).HasText("Somebody changed this a moment ago")
	if n := w.count("asking_said"); n != 0 {
		t.Error("what she said to the first text counts for the second")
	}
}

// look opens pages as each of some people and returns what they see, without what changes by itself.
func look(people map[string]visitor, paths []string) map[string]string {
	seen := map[string]string{}
	for name, b := range people {
		for _, path := range paths {
			seen[name+" "+path] = b.Get(path).Body
		}
	}
	return seen
}

func same(t *testing.T, before, after map[string]string) {
	t.Helper()
	for at, was := range before {
		if after[at] != was {
			t.Errorf("%s is not what it was", at)
		}
	}
}

// Whether she looked, put it aside, or did nothing: everybody else's pages are the same, byte by byte,
// and looking writes nothing at all (R51).
func TestAsked_LookingShowsNowhere(t *testing.T) {
	w := newWorld(t)
	id := w.out("Texts")
	w.Must(w.room.Choose(t.Context(), w.cat, []string{"letters"}))
	others := map[string]visitor{"Ruth": w.as(w.ruth), "Ann": w.as(w.ann), "Bea": w.as(w.bea), "Jo": w.as(w.jo)}
	paths := []string{"/", "/asks", "/asks/how", "/asks/" + id, "/asks/" + id + "/say", "/asked", "/asked/about", "/known", "/share", "/read", "/me"}
	before, rows := look(others, paths), w.rows()
	cat := w.as(w.cat)
	cat.Get("/").One("section a[href='/asked']")
	cat.Get("/asked")
	cat.Get("/asks/" + id).HasText("If you would like to answer")
	if now := w.rows(); now != rows {
		t.Errorf("looking wrote something down:\n%s\n%s", rows, now)
	}
	same(t, before, look(others, paths))
	cat.Post("/asked/" + id + "/aside").None(".card a[href='/asks/" + id + "']")
	cat.Get("/").None("section a[href='/asked']")
	same(t, before, look(others, paths))
	cat.Post("/share/new", "ask", id)
	same(t, before, look(others, paths))
	w.answer(w.cat, id, "Before six.") // shared with nobody
	same(t, before, look(others, paths))
}

// rows counts the rows of every table that looking could write to.
func (w *world) rows() string {
	w.T.Helper()
	var b strings.Builder
	for _, table := range []string{"asking_ask", "asking_round", "asking_said", "asking_choice", "asking_unsaved", "asking_shelf", "sharing_draft",
		"sharing_answer", "consent_contribution", "consent_opening", "consent_doomed"} {
		b.WriteString(table)
		b.WriteByte(' ')
		b.WriteString(strings.Repeat("|", w.count(table)))
		b.WriteByte('\n')
	}
	return b.String()
}

func TestAnswers_NoneListedBelowThreePeople(t *testing.T) {
	w := newWorld(t)
	id := w.out("Texts")
	ruth, list := w.as(w.ruth), "main a[href^='/read/']"
	w.answer(w.ann, id, "A day before.", "partnership")
	w.answer(w.ann, id, "And by name.", "partnership")
	w.answer(w.bea, id, "Not after six.", "partnership")
	w.answer(w.cat, id, "Only to one of us.", "lived-experience")
	few := ruth.Get("/asks/" + id)
	few.None(list)
	few.HasText("Until then we do not say how many")
	third := w.answer(w.dora, id, "With a number to text back.", "partnership")
	if n := len(ruth.Get("/asks/" + id).All(list)); n != 4 {
		t.Errorf("the asker is shown %d answers, want the four shared with her", n)
	}
	ruth.Get("/asks/" + id).LacksText("Cat")
	w.as(w.dora).Get("/share/" + third).One("a[href='/asks/" + id + "']").HasText("Texts")
	w.as(w.dora).Post("/share/" + third + "/back")
	ruth.Get("/asks/" + id).None(list)
	w.as(w.jo).Post("/share/new", "ask", id).LacksText("You answer")
}

func TestChoice_IsSealedAndTellsNothingByItsLength(t *testing.T) {
	w := newWorld(t)
	length := func(v person.Viewer, kinds ...string) int {
		w.Must(w.room.Choose(t.Context(), v, kinds))
		var sealed []byte
		w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			sealed, err = store.Get(ctx, tx, store.One[[]byte], `SELECT words FROM asking_choice WHERE partnership_id = $1 AND person_id = $2`, w.P, v.ID)
			return err
		})
		if strings.Contains(string(sealed), "letters") {
			t.Error("what she chose lies in the clear")
		}
		return len(sealed)
	}
	all, none := length(w.ann, "letters", "getting-in", "front-desk", "training", "research", "us"), length(w.bea)
	if all != none {
		t.Errorf("all is %d bytes long and nothing is %d", all, none)
	}
}

func TestBreak_NothingIsAskedOfHer(t *testing.T) {
	w := newWorld(t)
	w.out("Texts")
	w.put(w.ruth, whole("Letters"))
	w.Must(w.room.Choose(t.Context(), w.cat, []string{"letters"}))
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.StepBack(ctx, tx, w.P, w.cat.ID) })
	cat := w.as(w.cat)
	for _, link := range []string{"/asked", "/asks"} {
		cat.Get("/").None("section a[href='" + link + "']")
	}
	cat.Get("/asked").HasText("Nothing is asked of you")
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Return(ctx, tx, w.P, w.cat.ID) })
	cat.Get("/").One("section a[href='/asked']")
}

func TestLeaving_WhatSheHadHereEndsWithHer(t *testing.T) {
	w := newWorld(t)
	out := w.out("Texts")
	waits := w.put(w.ruth, whole("Letters"))
	w.say(w.cat, waits, asking.Change)
	w.Must(w.room.Choose(t.Context(), w.cat, []string{"letters"}))
	w.as(w.cat).Post("/known/new/keep", "known", "half a thought")
	leave := func(v person.Viewer) {
		w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, v.ID, "") })
	}
	leave(w.cat)
	if n := w.count("asking_said") + w.count("asking_choice") + w.count("asking_unsaved"); n != 0 {
		t.Errorf("one of the women left, and %d things of hers stayed", n)
	}
	leave(w.ruth)
	ann := w.as(w.ann)
	ann.Get("/asks/"+waits).Is(http.StatusNotFound, w.Ground)
	ann.Get("/asks/" + out).HasText("Ruth has left the group")
	if n := w.count("consent_doomed"); n < 6 {
		t.Errorf("%d keys go with them, want those of what she chose, what she said, her drafts and her texts", n)
	}
}

// A backup that was put back may not know of a "not this", or that somebody wants to be asked nothing.
func TestRestore_StopsWhatWasWaitingOrOut(t *testing.T) {
	w := newWorld(t)
	out := w.out("Texts")
	waits := w.put(w.ruth, whole("Letters"))
	w.say(w.ann, waits, asking.Fine)
	w.say(w.bea, waits, asking.Fine)
	w.Must(w.room.Choose(t.Context(), w.cat, []string{"letters"}))
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.room.AfterRestore(ctx, tx, w.P) })
	w.as(w.cat).Get("/asked").HasText("You may be asked about: nothing.")
	w.days(8)
	ruth := w.as(w.ruth)
	ruth.Get("/asks/" + waits).HasText("You took it back.")
	ruth.Get("/asks/" + out).HasText("It is over.")
	after := w.put(w.ruth, whole("Forms"))
	w.days(1)
	ruth.Get("/asks/" + after).HasText("It is with the women’s group.")
}

func TestPages_WhatIsWrittenIsKeptAndSealed(t *testing.T) {
	w := newWorld(t)
	ruth, ann := w.as(w.ruth), w.as(w.ann)
	ruth.Post("/known/new/keep", "known", "persimmon").Is(http.StatusOK, w.Ground)
	ruth.Get("/known/new").One("textarea[name=known]").HasText("persimmon")
	ann.Get("/known/new").LacksText("persimmon")
	id := w.put(w.ruth, whole("Texts"))
	ann.Post("/asks/"+id+"/say/keep", "says", "not", "words", "persimmon pear").Is(http.StatusOK, w.Ground)
	say := ann.Get("/asks/" + id + "/say")
	say.One("textarea").HasText("persimmon pear")
	say.None("input[name=says][checked]")
	ruth.Post("/asks/"+id+"/part/1/keep", "entry_title", "Texts", "what", "persimmon tart")
	ruth.Get("/asks/" + id + "/part/1").One("textarea").HasText("persimmon tart")
	ann.Get("/asks/" + id).LacksText("persimmon tart")
}

func TestRule_TheWomensAndWrittenWithTwo(t *testing.T) {
	w := newWorld(t)
	ann, bea, ruth := w.as(w.ann), w.as(w.bea), w.as(w.ruth)
	ruth.Get("/asks/how").HasText("A question waits 7 days")
	ruth.Get("/asks/how/rule").Is(http.StatusNotFound, w.Ground)
	ann.Post("/asks/how/rule", "days", "3", "fine", "2").HasText("A question waits 7 days")
	ann.Get("/asks/how").None("form")
	ann.Post("/asks/how/rule/1/yes").Is(http.StatusNotFound, w.Ground)
	bea.Get("/asks/how").One("form[action='/asks/how/rule/1/yes']")
	bea.Post("/asks/how/rule/1/yes").HasText("A question waits 3 days")
	ann.Post("/asks/how/rule", "days", "2", "fine", "1").Is(http.StatusUnprocessableEntity, w.Ground)
	ann.Post("/asks/how/rule", "days", "21", "fine", "3").HasText("A question waits 21 days")

	ann.Post("/asks/how/kinds", "name", "Buses").HasText("Buses")
	ann.Post("/asks/how/kinds/training/off")
	bea.Get("/asked/about").HasText("Buses")
	bea.Get("/asked/about").LacksText("Teaching staff")
	ann.Post("/asks/how/kinds/training/back")
	bea.Get("/asked/about").HasText("Teaching staff")
	ann.Post("/asks/how/kinds/elsewhere/off").Is(http.StatusNotFound, w.Ground)
}
