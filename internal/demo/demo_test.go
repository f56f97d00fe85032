package demo_test

import (
	"context"
	"log/slog"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"footing/internal/account"
	"footing/internal/agreement"
	"footing/internal/apart"
	"footing/internal/asking"
	"footing/internal/between"
	"footing/internal/buddy"
	"footing/internal/checkin"
	"footing/internal/circle"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/decision"
	"footing/internal/demo"
	"footing/internal/event"
	"footing/internal/facts"
	"footing/internal/interview"
	"footing/internal/jargon"
	"footing/internal/ledger"
	"footing/internal/matrix"
	"footing/internal/meeting"
	"footing/internal/notes"
	"footing/internal/observe"
	"footing/internal/person"
	"footing/internal/place"
	"footing/internal/power"
	"footing/internal/sharing"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/engine"
	"footing/internal/vault/keyring"
)

func fill(t *testing.T) (demo.World, []demo.Guest) {
	t.Helper()
	ctx, dir, clock := t.Context(), t.TempDir(), &demo.Clock{}
	open := func(name string) *store.DB {
		db, err := store.Open(ctx, engine.Database(t, dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	db := open("main.db")
	bus := event.New(db, clock.Now, slog.New(slog.DiscardHandler))
	ring, err := keyring.Open(ctx, open("keys.db"), filepath.Join(dir, "root.key"), clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	gate := consent.New(db, ring, bus, clock.Now, 7*24*time.Hour, slog.New(slog.DiscardHandler))
	w := demo.World{DB: db, Gate: gate, Circle: circle.New(gate, clock.Now), Clock: clock,
		Accounts: account.New(account.Deps{DB: db, Box: consent.Box{Key: ring.Derive("account")}, Now: clock.Now})}
	w.Studies = study.New(gate, w.Circle, nil, clock.Now)
	w.Interview = interview.New(interview.Deps{DB: db, Gate: gate, Circle: w.Circle, Studies: w.Studies, Now: clock.Now})
	w.Sources = source.NewSources(gate, w.Interview, clock.Now)
	w.Coding = coding.New(coding.Deps{DB: db, Gate: gate, Events: bus, Circle: w.Circle, Studies: w.Studies, Sources: w.Sources, Now: clock.Now})
	w.Matrix = matrix.New(matrix.Deps{DB: db, Gate: gate, Events: bus, Circle: w.Circle, Studies: w.Studies, Sources: w.Sources, Coding: w.Coding, Now: clock.Now})
	w.Asking = asking.New(asking.Deps{DB: db, Gate: gate, Circle: w.Circle, Studies: w.Studies, Now: clock.Now})
	w.Sharing = sharing.New(sharing.Deps{DB: db, Gate: gate, Circle: w.Circle, Studies: w.Studies, Asks: w.Asking, Now: clock.Now})
	w.Asking.Answers = w.Sharing
	w.Between = between.New(between.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	w.Buddy = buddy.New(buddy.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	w.Agreed = agreement.New(agreement.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	w.Decision = decision.New(decision.Deps{DB: db, Gate: gate, Circle: w.Circle, Rules: w.Agreed, Stops: w.Agreed, Now: clock.Now})
	w.Power = power.New(power.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	w.Place = place.New(place.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	w.Jargon = jargon.New(jargon.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	w.Meeting = meeting.New(meeting.Deps{DB: db, Gate: gate, Events: bus, Circle: w.Circle, Places: w.Place, Now: clock.Now})
	w.Notes = notes.New(notes.Deps{DB: db, Gate: gate, Circle: w.Circle, Meetings: were{w.Meeting}, Now: clock.Now})
	w.Observe = observe.New(observe.Deps{DB: db, Gate: gate, Circle: w.Circle, Studies: w.Studies, Meetings: watched{w.Meeting}, Present: w.Meeting, Past: w.Meeting, Now: clock.Now})
	w.Apart = apart.New(apart.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	w.Facts = facts.New(facts.Deps{DB: db, Gate: gate, Circle: w.Circle, Studies: w.Studies, Now: clock.Now, Of: map[facts.Fact]facts.Counter{
		facts.Agenda:     w.Meeting.AgendaFacts,
		facts.Said:       w.Sources.SaidFacts,
		facts.Opened:     w.Decision.OpenedFacts,
		facts.Decided:    w.Decision.DecidedFacts,
		facts.AboutMoney: w.Decision.MoneyFacts,
		facts.Sum:        w.Decision.SumFacts,
		facts.Ladder:     w.Decision.LadderFacts,
		facts.Todo:       w.Notes.TodoFacts,
		facts.Hosted:     w.Meeting.HostFacts,
	}})
	w.Checkin = checkin.New(checkin.Deps{DB: db, Gate: gate, Circle: w.Circle, Now: clock.Now})
	err = db.Migrate(ctx, account.Migrations, consent.Migrations, event.Migrations, ledger.Migrations, circle.Migrations, study.Migrations,
		source.New(source.Deps{}).Web().Migrations, w.Coding.Web().Migrations, w.Matrix.Web().Migrations, w.Sharing.Web().Migrations,
		agreement.Migrations,
		apart.Migrations,
		asking.Migrations,
		between.Migrations,
		buddy.Migrations,
		checkin.Migrations,
		decision.Migrations,
		facts.Migrations,
		interview.Migrations,
		jargon.Migrations,
		meeting.Migrations,
		notes.Migrations,
		observe.Migrations,
		place.Migrations,
		power.Migrations,
	)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	guests, err := demo.Fill(ctx, w)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("filled in %v", time.Since(start))
	return w, guests
}

// watched tells the room of watching which meetings there are.
type watched struct{ meeting *meeting.Room }

func (w watched) All(ctx context.Context, v person.Viewer) ([]observe.Meeting, error) {
	open, today, err := w.meeting.Open(ctx, v)
	var list []observe.Meeting
	for _, m := range open {
		list = append(list, observe.Meeting{ID: m.ID, Day: m.Day, Over: m.Over(today)})
	}
	return list, err
}

// were tells the notes which meetings there are.
type were struct{ meeting *meeting.Room }

func (w were) All(ctx context.Context, v person.Viewer) ([]notes.Meeting, error) {
	known, err := w.meeting.Noted(ctx, v)
	var list []notes.Meeting
	for _, k := range known {
		list = append(list, notes.Meeting{ID: k.Meeting.ID, Day: k.Meeting.Day})
	}
	return list, err
}

func TestFill_FivePeopleAndWhatTheyMayOpen(t *testing.T) {
	w, guests := fill(t)
	if len(guests) != 5 || guests[0].What != "one of the women" || guests[4].What != "researcher" {
		t.Fatalf("guests are %v", guests)
	}
	ctx := t.Context()
	err := w.DB.Read(ctx, func(tx *store.Tx) error {
		s, _, err := circle.Of(ctx, tx)
		if err != nil {
			return err
		}
		ruth, err := w.Circle.Named(ctx, tx, s.Partnership, "Ruth Ellery")
		if err != nil {
			return err
		}
		running, err := w.Studies.Running(ctx, tx, s.Partnership)
		if err != nil || len(running) != 1 {
			t.Fatalf("%d studies run (%v), want one", len(running), err)
		}
		use := consent.Use{Purpose: consent.Analysis, For: running[0].ID, Form: consent.Words}
		open, err := w.Gate.SharedWith(ctx, tx, person.Viewer{Partnership: s.Partnership, ID: ruth.ID}, use)
		if n := len(open); n < 20 || n > 33 {
			t.Errorf("the researcher may analyse something of %d sources, want most and not all", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFill_TwiceMakesNewLinksAlone(t *testing.T) {
	w, first := fill(t)
	again, err := demo.Fill(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if len(again) != 5 || again[0].Token == first[0].Token {
		t.Errorf("the second time gives %d links", len(again))
	}
}

// The made-up partnership has counts of what was settled by the autumn, where enough people are behind each number. It
// has one who hosts and one decision about money, so of these there is none.
func TestFill_WhatIsCounted(t *testing.T) {
	w, _ := fill(t)
	got := map[string]string{}
	err := w.DB.Read(t.Context(), func(tx *store.Tx) error {
		return tx.Each(t.Context(), func(r store.Row) error {
			var fact, numbers string
			err := r.Scan(&fact, &numbers)
			got[fact] = numbers
			return err
		}, `SELECT fact, numbers FROM facts_count`)
	})
	want := map[string]string{
		"agenda":  "[[4,0,0,4],[4,3,0,7],[8,3,0,11]]",
		"said":    "[[7133,7133],[3489,3489],[10622,10622]]",
		"opened":  "[[3,0,3],[3,0,3],[6,0,6]]",
		"decided": "[[3,0,0,3],[3,0,0,3],[6,0,0,6]]",
		"ladder":  "[[9,0,0,9],[7,0,0,7],[16,0,0,16]]",
		"todo":    "[[4,0,0,4],[4,0,0,4],[8,0,0,8]]",
	}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("the counts are %v (%v), want %v", got, err, want)
	}
}
