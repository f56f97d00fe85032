package decision_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/store"
)

// R35: decisions by who wrote them are what somebody counts by hand; secret ones are in none of it (ADR 14).
func TestFacts_AsCountedByHand(t *testing.T) {
	w := newWorld(t)
	day := func(m time.Month, d int) time.Time { return time.Date(2027, m, d, 12, 0, 0, 0, time.UTC) }
	for _, d := range []struct {
		writer         person.Viewer
		of, stage, out string
		secret         bool
		opened, closed time.Time
	}{
		{w.ann, "", "closed", "passed", false, day(1, 3), day(1, 10)},
		{w.ann, "", "closed", "stopped", false, day(1, 3), day(2, 10)},
		{w.ann, "another", "closed", "passed", false, day(1, 30), day(2, 28)},
		{w.ruth, "", "closed", "not", false, day(2, 3), day(2, 10)},
		{w.ruth, "", "closed", "passed", true, day(2, 3), day(2, 10)},
		{w.ruth, "", "talking", "", false, day(2, 28), time.Time{}},
		{w.ruth, "", "back", "", false, day(2, 3), day(2, 4)},
		{w.sam, "", "draft", "", false, time.Time{}, time.Time{}},
	} {
		w.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO decision_decision (partnership_id, id, writer_id, of_id, made, key_id, words, stage, days, secret, opened, until, windows,
				outcome, closed, frame, result, scrub) VALUES ($1, $2, $3, $4, 1, '', $5, $6, 7, $7, $8, 0, 1, $9, $10, '', '', 0)`, w.P, store.RandomID(), d.writer.ID, d.of, []byte{1}, d.stage,
				store.Bool(d.secret), store.Micros(d.opened), d.out, store.Micros(d.closed))
			return err
		})
	}
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO decision_rung (partnership_id, decision_id, person_id, rung) SELECT partnership_id, id, $2, 6 FROM decision_decision WHERE partnership_id = $1
			UNION ALL SELECT partnership_id, id, $3, 5 FROM decision_decision WHERE partnership_id = $1 AND writer_id = $2
			UNION ALL SELECT partnership_id, id, $4, 2 FROM decision_decision WHERE partnership_id = $1 AND outcome = 'passed'`, w.P, w.ann.ID, w.bea.ID, w.jo.ID)
		return err
	})
	type did = map[person.ID]map[string]int
	first := func(m time.Month) time.Time { return time.Date(2027, m, 1, 0, 0, 0, 0, time.UTC) }
	for _, x := range []struct {
		name        string
		count       func(context.Context, *store.Tx, person.Partnership, time.Time, time.Time) (did, error)
		from, until time.Time
		want        did
	}{
		{"opened up to January", w.room.OpenedFacts, time.Time{}, first(2), did{w.ann.ID: {"new": 2, "again": 1}}},
		{"opened in February", w.room.OpenedFacts, first(2), first(3), did{w.ruth.ID: {"new": 3}}},
		{"decided up to January", w.room.DecidedFacts, time.Time{}, first(2), did{w.ann.ID: {"passed": 1}}},
		{"decided in February", w.room.DecidedFacts, first(2), first(3), did{w.ann.ID: {"passed": 1, "stopped": 1}, w.ruth.ID: {"not": 1}}},
		{"money up to January", w.room.MoneyFacts, time.Time{}, first(2), did{}},
		{"seen on steps, up to January", w.room.LadderFacts, time.Time{}, first(2), did{w.ann.ID: {"high": 1}, w.bea.ID: {"middle": 1}, w.jo.ID: {"low": 1}}},
		{"seen on steps in February", w.room.LadderFacts, first(2), first(3), did{w.ann.ID: {"high": 3}, w.bea.ID: {"middle": 2}, w.jo.ID: {"low": 1}}},
	} {
		w.Read(func(ctx context.Context, tx *store.Tx) error {
			got, err := x.count(ctx, tx, w.P, x.from, x.until)
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", x.name, diff)
			}
			return err
		})
	}
}

// R33: the step on which its writer sees a decision is counted as hers, as she left it when it opened, beside those of
// the others. A draft is on none. What she says of it later counts in its place.
func TestFacts_TheWritersStepIsCountedToo(t *testing.T) {
	w := newWorld(t)
	id, err := w.room.Begin(t.Context(), w.ruth, "", whole("Do we have tea first?")) // on the sixth
	w.Must(err)
	if n := w.Sum("1", "decision_rung"); n != 0 {
		t.Error("a draft is on a step already")
	}
	w.Must(w.room.Put(t.Context(), w.ruth, id))
	w.Must(w.room.See(t.Context(), w.cat, id, 1))
	text := whole("Do we have tea first?")
	text.Rung = 5
	w.Must(w.room.Save(t.Context(), w.ruth, id, text))
	w.Must(w.room.Put(t.Context(), w.ruth, id)) // once more, with what she changed
	w.Must(w.room.Open(t.Context(), w.ruth, id))
	w.as(w.ann).Get("/decide/" + id).Has("Seen on another step Cat 1. It is only made to look like taking part").Lacks("Ruth 5.")
	for _, v := range []person.Viewer{w.ann, w.bea, w.jo} {
		w.say(v, id, decision.Yes)
	}
	other := w.open(whole("Do we meet on Mondays?"))
	w.Must(w.room.See(t.Context(), w.ruth, other, 2))
	w.say(w.ann, other, decision.Yes)
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
	seen := func() (did map[person.ID]map[string]int) {
		w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
			did, err = w.room.LadderFacts(ctx, tx, w.P, time.Time{}, w.Now().Add(time.Hour))
			return err
		})
		return did
	}
	if diff := cmp.Diff(map[person.ID]map[string]int{w.ruth.ID: {"middle": 1}, w.cat.ID: {"low": 1}}, seen()); diff != "" {
		t.Errorf("on steps (-want +got):\n%s", diff)
	}
	w.say(w.bea, other, decision.Yes)
	w.say(w.jo, other, decision.Yes)
	w.days(7)
	if diff := cmp.Diff(map[person.ID]map[string]int{w.ruth.ID: {"middle": 1, "low": 1}, w.cat.ID: {"low": 1}}, seen()); diff != "" {
		t.Errorf("once the other one is over too (-want +got):\n%s", diff)
	}
}

// R35: what came out of decisions about money, and how much was agreed in them, is what somebody counts by hand. They
// are in no other count of what came out, and secret ones in none.
func TestMoneyFacts_AsCountedByHand(t *testing.T) {
	w := newWorld(t)
	w.rules.rules.By[agreement.Money] = w.rules.rules.By[agreement.Everyday]
	money := func(v person.Viewer, question, amount string, matter agreement.Matter, answers ...decision.Answer) {
		text := whole(question)
		text.Matter, text.Amount = matter, amount
		id, err := w.room.Begin(t.Context(), v, "", text)
		w.Must(err)
		w.Must(w.room.Put(t.Context(), v, id))
		w.Must(w.room.Open(t.Context(), v, id))
		for i, who := range []person.Viewer{w.ann, w.bea, w.cat, w.ruth, w.sam, w.jo} {
			if i < len(answers) {
				w.say(who, id, answers[i])
			}
		}
	}
	yes := []decision.Answer{"yes", "yes", "yes", "yes", "yes", "yes"}
	money(w.ann, "Taxis?", "£1,240", agreement.Money, yes...)
	money(w.ann, "Tea?", "60", agreement.Money, yes...)
	money(w.ann, "A kettle?", "", agreement.Money, yes...)
	money(w.ruth, "A recorder?", "80", agreement.Money, "no", "no", "no", "no", "no", "no")
	money(w.jo, "Chairs?", "500", agreement.Money, "stop", "yes", "yes", "yes", "yes", "yes")
	money(w.jo, "A song?", "7", agreement.Everyday, yes...)
	w.days(8)
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO decision_decision (partnership_id, id, writer_id, of_id, made, key_id, words, stage, days, secret, opened, until, windows,
			outcome, closed, frame, result, scrub, matter, amount) VALUES ($1, $2, $3, '', 1, '', $4, 'closed', 7, 1, 1, 0, 1, 'passed', $5, '', '', 0, 'money', 9)`,
			w.P, store.RandomID(), w.ruth.ID, []byte{1}, store.Micros(w.Now()))
		return err
	})
	type did = map[person.ID]map[string]int
	for _, x := range []struct {
		name  string
		count func(context.Context, *store.Tx, person.Partnership, time.Time, time.Time) (did, error)
		want  did
	}{
		{"money", w.room.MoneyFacts, did{w.ann.ID: {"passed": 3}, w.ruth.ID: {"not": 1}, w.jo.ID: {"stopped": 1}}},
		{"its sum", w.room.SumFacts, did{w.ann.ID: {"pounds": 1300}}},
		{"all else", w.room.DecidedFacts, did{w.jo.ID: {"passed": 1}}},
	} {
		w.Read(func(ctx context.Context, tx *store.Tx) error {
			got, err := x.count(ctx, tx, w.P, time.Time{}, w.Now().AddDate(0, 1, 0))
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", x.name, diff)
			}
			return err
		})
	}
}

// Of a secret decision neither what it is about nor how much money is kept outside of its sealed words.
func TestMoney_OfASecretDecisionIsNotKept(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"Ada", "Eve", "Fay"} {
		w.Person(name, person.LivedExperience)
		w.Person("Dr "+name, person.Clinician)
	}
	w.days(8) // whoever joins counts from then on
	w.rules.rules.By[agreement.Money] = w.rules.rules.By[agreement.Everyday]
	text := whole("Taxis?")
	text.Matter, text.Amount, text.Secret = agreement.Money, "240", true
	w.open(text)
	if n := w.Sum("amount", "decision_decision") + len(w.Holding("decision_decision", " money ")); n != 0 {
		t.Error("what a secret decision is about is kept")
	}
}

func TestPounds_AWholeNumberOrNothing(t *testing.T) {
	for _, x := range []struct {
		typed  string
		matter agreement.Matter
		want   int
		ok     bool
	}{{"240", "money", 240, true}, {"£1,240", "money", 1240, true}, {" 1 240 ", "money", 1240, true}, {"", "money", 0, true}, {"a bit", "everyday", 0, true},
		{"2.50", "money", 0, false}, {"-3", "money", 0, false}, {"a bit", "money", 0, false}, {"9999999999", "money", 0, false}} {
		text := whole("Taxis?")
		text.Matter, text.Amount = x.matter, x.typed
		got, ok := text.Pounds()
		if ok != x.ok || ok && got != x.want || (len(text.Gaps()) == 0) != x.ok {
			t.Errorf("%q of %s reads as %d, %v, with gaps %v", x.typed, x.matter, got, ok, text.Gaps())
		}
	}
}

// What is about money says how much, if that is known; what is no number stays as it was typed until it is mended.
func TestPages_HowMuchMoney(t *testing.T) {
	w := newWorld(t)
	id, err := w.room.Begin(t.Context(), w.ruth, "", whole("Taxis?"))
	w.Must(err)
	at := "/decide/" + id
	first := func(amount, matter string) {
		w.as(w.ruth).Post(at+"/part/1", "name", "Taxis", "question", "Taxis?", "matter", matter, "amount", amount).Is(http.StatusOK)
	}
	first("about 200", "money")
	page := w.as(w.ruth).Get(at + "/check").Has("How much money, as a whole number").Has("about 200")
	page.One(`.check a[href="` + at + `/part/1#amount"]`)
	w.as(w.ruth).Get(at + "/part/1").One(`input[name="amount"][value="about 200"]`)
	first("£240", "money")
	w.as(w.ruth).Get(at + "/check").Lacks("Still to fill in").Has("£240")
	w.as(w.ruth).Post(at + "/put").Is(http.StatusOK)
	w.as(w.ann).Get(at).Has("How much money").Has("£240")
	first("£240", "everyday")
	w.as(w.ann).Get(at).Lacks("£240")
}
