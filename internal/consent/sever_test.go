package consent_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	. "footing/internal/consent"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

// tied lists the rows in which somebody's id stands together with any of some other ids.
func (w *world) tied(who person.ID, with ...ID) (found []string) {
	w.t.Helper()
	for _, db := range []*store.DB{w.db, w.keys} {
		rows, err := engine.Rows(w.t.Context(), db)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, row := range rows {
			for _, id := range with {
				if strings.Contains(row, string(id)) && strings.Contains(row, string(who)) {
					found = append(found, row)
				}
			}
		}
	}
	return found
}

// A part that is severed is read by the same people to its end, and nothing says any more whose it is.
func TestSever_OpenAndNobodys(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		who := person.ID("ann-with-an-id-of-her-own")
		w.join(here, who, Audience{Kind: ToPartnership})
		ann := viewer(here, who)
		talk, err := w.gate.Prepare(t.Context(), here, Incoming{Kind: GroupTalk, Title: "Talk one", Keeper: "dan",
			Speakers: []NewSpeaker{{Interviewer, "dan", "Dan"}, {Member, who, "Ann"}}, Turns: []NewTurn{{0, "How was it?", 0}, {1, "The bus was late.", 0}}})
		if err != nil {
			t.Fatal(err)
		}
		part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		short := Yes{Audience: Audience{Kind: ToPartnership}, Use: Use{Training, "", Words}, Until: w.now.AddDate(0, 0, 1)}
		terms := Terms{Owner: who, Attribution: ByName, Yes: []Yes{w.study(), short, {Audience: Audience{ToSupporter, string(who)}, Use: inStudy, Until: w.now.AddDate(1, 0, 0)}}}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			if err := talk.Save(ctx, tx); err != nil {
				return err
			}
			for range 2 { // what she allowed before is gone too
				if err := w.gate.SetTerms(ctx, tx, ann, talk.ID, part.Speaker, terms); err != nil {
					return err
				}
			}
			for i, by := range []person.ID{who, "dan"} { // she marked one where somebody else speaks, too
				place := Mention{Contribution: talk.ID, Turn: talk.Turns[i], Span: Span{Start: 0, End: 3}, About: who, By: by}
				if err := w.gate.Mark(ctx, tx, here, place); err != nil {
					return err
				}
			}
			return nil
		})
		ids := append([]ID{talk.ID, part.Speaker}, talk.Turns...)
		if len(w.tied(who, ids...)) == 0 {
			t.Fatal("nothing ties her to what she said: the test shows nothing")
		}
		before := w.headKey(talk.ID)
		w.now = w.now.AddDate(0, 0, 2) // the shorter yes is over
		if err := w.gate.Sever(t.Context(), ann, part); err != nil {
			t.Fatal(err)
		}
		if rows := w.tied(who, ids...); len(rows) > 0 {
			t.Errorf("rows still tie her to it:\n%s", strings.Join(rows, "\n"))
		}
		if held, err := w.ring.Keys(t.Context(), []string{before}); err != nil || len(held) > 0 {
			t.Errorf("what sealed her name is still there (%v)", err)
		}
		c, err := w.gate.OpenOne(t.Context(), viewer(here, "cat"), inStudy, Reading, talk.ID)
		if err != nil {
			t.Fatal(err)
		}
		her := c.Speakers[1]
		if !her.Open || her.Person != "" || her.Label.Reveal() != "" || her.Called(map[person.ID]string{"": "Ann", who: "Ann"}).Reveal() != "" {
			t.Errorf("the analyst sees %+v", her)
		}
		if got := w.words(viewer(here, "cat"), inStudy, talk.ID); got != "··· bus was late." { // she never said yes to that place
			t.Errorf("the analyst reads %q", got)
		}
		if err := w.gate.TakeBack(t.Context(), ann, part, false); err == nil {
			t.Error("it can still be taken back by her: something knows whose it is")
		}
		if err := w.gate.TakeBack(t.Context(), viewer(here, "dan"), part, false); err == nil {
			t.Error("whoever keeps the talk can take back what is nobody's")
		}
		err = w.db.Write(t.Context(), func(tx *store.Tx) error {
			return w.gate.SetTerms(t.Context(), tx, viewer(here, "dan"), talk.ID, part.Speaker, Terms{Yes: []Yes{w.study()}, How: How{Way: "paper", Sheet: "2"}})
		})
		if err == nil {
			t.Error("whoever keeps the talk can allow more with it than she did")
		}
		w.now = w.now.AddDate(1, 0, 0)
		if got := w.words(viewer(here, "cat"), inStudy, talk.ID); got != "" {
			t.Errorf("after its end the analyst reads %q", got)
		}
		w.read(func(ctx context.Context, tx *store.Tx) error {
			report, err := ledger.Verify(ctx, tx, here, nil, nil)
			if len(report.Findings) > 0 {
				t.Errorf("the log is not sound any more: %v", report.Findings)
			}
			return err
		})
	})
}

// What nobody may open any more is not kept without an owner: it is erased.
func TestSever_WhatHasEndedIsErased(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		key := w.keyOf(talk.Turns[1])
		w.now = w.now.AddDate(2, 0, 0)
		if err := w.gate.Sever(t.Context(), viewer(here, "ann"), part); err != nil {
			t.Fatal(err)
		}
		if held, err := w.ring.Keys(t.Context(), []string{key}); err != nil || len(held) > 0 {
			t.Errorf("the key of words that nobody may read is kept (%v)", err)
		}
	})
}

// Somebody else's part is not there, and what is taken back is not kept after all.
func TestSever_HerOwnAndNotTakenBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		if err := w.gate.Sever(t.Context(), viewer(here, "dan"), part); err == nil {
			t.Error("somebody else severed her part")
		}
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), part, false); err != nil {
			t.Fatal(err)
		}
		if err := w.gate.Sever(t.Context(), viewer(here, "ann"), part); err == nil {
			t.Error("what is taken back was severed")
		}
	})
}

// An older copy of the database, in which her id still stands, is shut when it is put back.
func TestSever_AnOlderCopyIsShut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		part := Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}
		inForce := func() (terms []TermsInForce) {
			w.read(func(ctx context.Context, tx *store.Tx) error {
				stones, err := ReadTombstones(ctx, tx, here)
				terms = stones.Terms
				return err
			})
			return terms
		}
		before := inForce()
		if err := w.gate.Sever(t.Context(), viewer(here, "ann"), part); err != nil {
			t.Fatal(err)
		}
		if after := inForce(); fmt.Sprint(before) == fmt.Sprint(after) {
			t.Errorf("its terms have the same name as before, so an older copy opens: %v", after)
		}
	})
}

// What somebody keeps for others goes to whom she names, who then checks it; what is hers alone does not.
func TestHandOver_KeepsItKept(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		talk := w.interview(here, w.study())
		dan, bea := viewer(here, "dan"), viewer(here, "bea")
		w.write(func(ctx context.Context, tx *store.Tx) error { return w.gate.HandOver(ctx, tx, dan, bea.ID) })
		keeping := Use{Keeping, "", Words}
		if got := w.words(bea, keeping, talk.ID); !strings.Contains(got, "The bus was late") {
			t.Errorf("whoever keeps it now reads %q", got)
		}
		if got := w.words(dan, keeping, talk.ID); got != "" {
			t.Errorf("whoever kept it before reads %q", got)
		}
	})
}
