package decision_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

// secret is a world with six of the women and six others, and a decision of theirs with ballots open.
func secret(t *testing.T) (*world, string) {
	t.Helper()
	w := newWorld(t)
	for i := range 3 {
		w.Person(fmt.Sprint("Woman", i), person.LivedExperience)
		w.Person(fmt.Sprint("Worker", i), person.Charity)
	}
	rule := w.rules.rules.By[agreement.Everyday]
	rule.Lived.Way, rule.Others.Way = agreement.Majority, agreement.Majority
	w.rules.rules.By[agreement.Everyday] = rule
	text := whole("Do we meet in the evening?")
	text.Secret = true
	id := w.open(text)
	w.days(7)
	w.is(id, decision.Balloting, "")
	return w, id
}

func (w *world) cast(id string, word decision.Answer, who ...string) {
	w.T.Helper()
	for _, name := range who {
		w.Must(w.room.Cast(w.T.Context(), w.Named(name), id, decision.Said{Word: word}))
	}
}

// rows returns a table's rows of our partnership, in the order in which the database has them.
func (w *world) rows(table, columns string) []string {
	w.T.Helper()
	var list []string
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		n := strings.Count(columns, ",") + 1
		return tx.Each(ctx, func(row store.Row) error {
			values := make([]any, n)
			for i := range values {
				values[i] = &values[i]
			}
			err := row.Scan(values...)
			list = append(list, fmt.Sprint(values...))
			return err
		}, `SELECT `+columns+` FROM `+table+` WHERE partnership_id = $1`, w.P)
	})
	return list
}

// P20. With fewer than twice three people in a house nothing is called secret.
func TestSecret_RefusedWithFewPeople(t *testing.T) {
	w := newWorld(t)
	text := whole("Do we meet in the evening?")
	text.Secret = true
	id, err := w.room.Begin(t.Context(), w.ruth, "", text)
	w.Must(err)
	w.Must(w.room.Put(t.Context(), w.ruth, id))
	for i := range 3 {
		if err := w.room.Open(t.Context(), w.ruth, id); !errors.Is(err, decision.ErrFewSecret) {
			t.Errorf("with %d women and %d others it opens in secret: %v", 3+i, 3+i, err)
		}
		w.Person(fmt.Sprint("Woman", i), person.LivedExperience)
		w.Person(fmt.Sprint("Worker", i), person.Charity)
	}
	w.as(w.ruth).Post("/decide/" + id + "/open").Has("It is open now")
}

// P20. What lies in the tables: no time, no person, no ordered id, nothing that ballots and roll share but the
// decision; one ballot each, that cannot be changed; and at the end all of it written anew.
func TestSecret_NothingTiesABallotToAnybody(t *testing.T) {
	w, id := secret(t)
	for _, column := range []string{"person_id", "roll_id", "by_id", "made", "at", "done", "key_id", "words"} {
		tables, err := w.DB.TablesWith(t.Context(), column)
		w.Must(err)
		if slices.Contains(tables, "decision_ballot") {
			t.Errorf("a ballot has a column %s", column)
		}
	}
	entries := w.Sum("1", "ledger_entry")
	w.cast(id, decision.Yes, "Ann", "Bea", "Woman0", "Woman1", "Ruth", "Sam", "Worker0", "Worker1")
	w.cast(id, decision.No, "Cat", "Jo")
	if n := w.Sum("1", "ledger_entry"); n != entries {
		t.Error("a ballot is on the log")
	}
	if err := w.room.Cast(t.Context(), w.ann, id, decision.Said{Word: decision.Stop}); !errors.Is(err, decision.ErrCast) {
		t.Errorf("somebody has two ballots: %v", err)
	}
	w.as(w.ann).Post("/decide/"+id+"/ballot", "says", "stop").Is(http.StatusUnprocessableEntity).Has("in the box already")
	fay := w.Person("Fay", person.Charity)
	if err := w.room.Cast(t.Context(), fay, id, decision.Said{Word: decision.Yes}); err == nil {
		t.Error("somebody who came since has a ballot")
	}
	before, roll := w.rows("decision_ballot", "id"), w.rows("decision_roll", "id")
	if len(before) != 10 || slices.ContainsFunc(before, func(b string) bool { return slices.Contains(roll, b) }) {
		t.Errorf("%d ballots, some with an id of the roll", len(before))
	}
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
	after, rollAfter := w.rows("decision_ballot", "id"), w.rows("decision_roll", "id")
	if len(after) != 10 || slices.ContainsFunc(after, func(b string) bool { return slices.Contains(before, b) }) {
		t.Error("at the end ballots have the ids they had")
	}
	if len(rollAfter) != 12 || slices.ContainsFunc(rollAfter, func(b string) bool { return slices.Contains(roll, b) }) {
		t.Error("at the end the list has the ids it had")
	}
	if !slices.IsSorted(w.rows("decision_ballot", "id, word")) || !slices.IsSorted(w.rows("decision_roll", "id, house, done")) {
		t.Error("ballots lie in another order than that of their ids, which are random")
	}
	if n := w.Sum("done", "decision_roll"); n != 0 {
		t.Errorf("of %d people it is written down that they took part", n)
	}
	if n := w.Sum("scrub", "decision_decision"); n != 0 {
		t.Error("what was rewritten was not scrubbed")
	}
	w.as(w.ann).Get("/decide/" + id).Has("Agreed.").Lacks("Ann:")
}

// P20, the subtraction attack: whoever knows all ballots but those of three people of one house, and all of the
// other house, learns from what is shown nothing about the three beyond passed or not, and whether there were
// enough. For every way of a house, every ballots of the three, and a coalition that says anything.
func TestSecret_ACoalitionLearnsPassedOrNotAlone(t *testing.T) {
	engine.Once(t, "it counts, without a database")
	all := newSayings(3)
	three := all.counts[all.upTo[2]:]
	type known struct {
		passed bool
		short  string
	}
	tried := 0
	for _, m := range []decision.Method{decision.Majority, decision.NoObjection, decision.Consensus} {
		for _, way := range agreement.Ways() {
			for _, stops := range []int{1, 2} {
				for _, inLived := range []bool{true, false} {
					house := agreement.House{Way: way, Quorum: 4}
					if way == agreement.Share {
						house.Share = 67
					}
					frame := decision.Frame{Method: m, Stops: stops, Rule: agreement.Rule{Lived: house, Others: house}}
					for _, coalition := range three {
						for _, other := range []agreement.Counts{{Of: 6, Yes: 6}, {Of: 6, Yes: 3, No: 3}, {Of: 6, Yes: 2}, {Of: 6, Yes: 5, Stop: 1}} {
							seen := map[known]decision.Result{} // what passed or not tells → what is shown
							for _, outside := range three {
								mine := decision.Tally{Counts: coalition}.Add(outside)
								mine.Counts.Of = 6
								l, o := mine, decision.Tally{Counts: other}
								if !inLived {
									l, o = o, mine
								}
								out := frame.Ballots(l, o)
								tells := known{passed: out.Outcome == decision.Passed}
								for _, h := range out.Short {
									tells.short += string(h) + " "
								}
								if was, ok := seen[tells]; ok && !reflect.DeepEqual(was, out) {
									t.Fatalf("%+v, coalition %+v, other house %+v: %+v and %+v are told apart", frame, coalition, other, was, out)
								}
								seen[tells] = out
								tried++
								if full := frame.Decide(l, o, true); (full.Outcome == decision.Passed) != (out.Outcome == decision.Passed) {
									t.Fatalf("ballots %+v %+v: %s in secret and %s by name", l, o, out.Outcome, full.Outcome)
								}
							}
						}
					}
				}
			}
		}
	}
	if tried != 1354752 {
		t.Errorf("%d elections were tried", tried)
	}
}

// A stop in a ballot keeps it from passing, and shows as not agreed: that somebody stopped it would be told.
func TestSecret_AStopCountsAtTheEndAndIsNobodys(t *testing.T) {
	w, id := secret(t)
	w.cast(id, decision.Yes, "Ann", "Bea", "Woman0", "Woman1", "Woman2", "Ruth", "Sam", "Worker0", "Worker1")
	w.cast(id, decision.Stop, "Cat")
	w.days(7)
	w.is(id, decision.Closed, decision.NotPassed)
	w.as(w.ruth).Get("/decide/" + id).Has("Not agreed.").Lacks("Stopped")
}

// In the talk before ballots a stop is said in the open, and ends it there.
func TestSecret_AStopInTheTalkEndsItBeforeBallots(t *testing.T) {
	w := newWorld(t)
	for i := range 3 {
		w.Person(fmt.Sprint("Woman", i), person.LivedExperience)
		w.Person(fmt.Sprint("Worker", i), person.Charity)
	}
	text := whole("Do we meet in the evening?")
	text.Secret = true
	id := w.open(text)
	if err := w.room.Say(t.Context(), w.ann, id, decision.Said{Word: decision.Yes}, "", false); err == nil {
		t.Error("before ballots somebody says yes by name")
	}
	w.say(w.cat, id, decision.NotReady)
	w.as(w.ann).Get("/decide/" + id).Has("asked that this does not go on now").Lacks("Cat")
	w.days(7)
	w.is(id, decision.Closed, decision.Stopped)
}

func TestSecret_ShortOfPeopleItWaitsAsLongAgain(t *testing.T) {
	w, id := secret(t)
	w.cast(id, decision.Yes, "Ann", "Ruth", "Sam")
	w.days(7)
	w.is(id, decision.Balloting, decision.Waits)
	w.as(w.cat).Get("/decide/" + id).Has("Too few of the women took part")
	w.cast(id, decision.Yes, "Bea")
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
}

// Whoever leaves while ballots are open, or was there before, goes on counting, and is nowhere in the tables.
func TestSecret_WhoLeavesGoesOnCounting(t *testing.T) {
	w, id := secret(t)
	w.cast(id, decision.Stop, "Cat")
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.cat.ID, "") })
	w.cast(id, decision.Yes, "Ann", "Bea", "Woman0", "Woman1", "Woman2", "Ruth", "Sam")
	w.days(7)
	w.is(id, decision.Closed, decision.NotPassed)
	if found := w.Holding("decision_", string(w.cat.ID)); found != nil {
		t.Errorf("she has left, and stands in %v", found)
	}
	if n := w.Sum("1", "decision_roll"); n != 12 {
		t.Errorf("%d people are on the list of 12", n)
	}
}

// P21. While ballots are open every page and every copy of one's own is the same, byte by byte, under two tallies
// of the same people; and the same as before the first ballot.
func TestSecret_NobodySeesHowItStands(t *testing.T) {
	w, id := secret(t)
	people := []person.Viewer{w.ann, w.cat, w.ruth, w.jo, w.Person("Fay", person.Funder), w.Person("Adam", person.Charity, person.Administrator)}
	paths := []string{"/", "/decide", "/decide/" + id, "/decide/" + id + "/ballot", "/decide/" + id + "/doubt", "/decide/" + id + "/answer", "/people", "/me"}
	look := func() map[string]string {
		seen := map[string]string{}
		for _, v := range people {
			for _, path := range paths {
				seen[v.Name+" "+path] = w.as(v).Get(path).Body
			}
		}
		return seen
	}
	same := func(what string, before, after map[string]string) {
		t.Helper()
		for at, was := range before {
			if after[at] != was {
				t.Errorf("%s: %s is not what it was", what, at)
			}
		}
	}
	empty := look()
	w.cast(id, decision.Yes, "Ann", "Bea", "Woman0", "Ruth", "Sam", "Jo")
	yes := look()
	same("after ballots", empty, yes)
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE decision_ballot SET word = 'stop' WHERE partnership_id = $1`, w.P)
		return err
	})
	same("under another tally", yes, look())
}
