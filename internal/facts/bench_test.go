package facts_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/decision"
	"footing/internal/facts"
	"footing/internal/meeting"
	"footing/internal/notes"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/figures"
	"footing/internal/testing/fixture"
	"footing/internal/testing/nextdoor"
)

// BenchmarkFacts measures what counting takes, and what the page takes, of 300 meetings, 600 decisions, 20,000 things on
// lists, each with what became of it, 20,000 turns of 40 talks, of which all may be counted, and 2,000 things that were
// to be done, by 24 people.
func BenchmarkFacts(b *testing.B) {
	g := fixture.New(b)
	all := wereMet{meeting.New(meeting.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})}
	decisions := decision.New(decision.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	todos := notes.New(notes.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	sources := source.NewSources(g.Gate, fixture.Told(), g.Now)
	talks := source.New(source.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Sources: sources, Now: g.Now})
	of := map[facts.Fact]facts.Counter{facts.Agenda: all.AgendaFacts, facts.Said: sources.SaidFacts, facts.Opened: decisions.OpenedFacts, facts.Decided: decisions.DecidedFacts,
		facts.AboutMoney: decisions.MoneyFacts, facts.Sum: decisions.SumFacts, facts.Ladder: decisions.LadderFacts, facts.Todo: todos.TodoFacts, facts.Hosted: all.HostFacts}
	deps := facts.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now, Of: of, Met: all}
	room := facts.New(deps)
	site := g.Serve(all.Web(), decisions.Web(), todos.Web(), talks.Web(), room.Web())
	nextdoor.Leave(b, g.DB) // what is written there too would be measured along
	var people []person.Viewer
	for i := range 12 {
		people = append(people, g.Person(fmt.Sprint("Woman ", i), person.LivedExperience), g.Person(fmt.Sprint("Worker ", i), person.Charity))
	}
	fill(g, people)
	speak(g, sources, people)
	g.Pass(32 * 24 * time.Hour)

	b.Run("count", func(b *testing.B) {
		figures.Measure(b, figures.CPU, func() {
			g.Write(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, `DELETE FROM facts_count`)
				return err
			})
			again := facts.New(deps) // it has not tried this month
			g.Must(again.Tidy(b.Context(), g.P))
		})
		if n := g.Sum("1", "facts_count"); n != len(of) {
			b.Errorf("%d facts are counted, want %d", n, len(of))
		}
	})
	b.Run("page", func(b *testing.B) {
		reader := site.As(people[0])
		figures.Measure(b, figures.CPU, func() { reader.Get("/decides/counted").Is(http.StatusOK, g) })
	})
}

// fill has everybody do much of everything, all of it settled by now.
func fill(g *fixture.Ground, people []person.Viewer) {
	at := store.Micros(g.Now().AddDate(0, -1, 0))
	day := g.Now().AddDate(0, -1, 0).Format(time.DateOnly)
	sealed := meetingsOf(g, people)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		do := func(n int, query string, args func(i int) []any) (err error) {
			for i := 0; i < n && err == nil; i++ {
				_, err = tx.Exec(ctx, query, append([]any{g.P, people[i%len(people)].ID}, args(i)...)...)
			}
			return err
		}
		if err := do(300, `INSERT INTO meeting_meeting (partnership_id, id, host_id, by_id, made, known, state, day, key_id, words) VALUES ($1, $3, $2, $2, 1, 1, 'known', $4, $5, $6)`,
			func(i int) []any { return []any{sealed[i].id, day, sealed[i].key, sealed[i].words} }); err != nil {
			return err
		}
		if err := do(600, `INSERT INTO decision_decision (partnership_id, id, writer_id, of_id, made, key_id, words, stage, days, secret, opened, until, windows, outcome, closed, frame, result, scrub, matter, amount)
			VALUES ($1, $3, $2, '', 1, '', $4, 'closed', 7, 0, $5, 0, 1, 'passed', $5, '', '', 0, $6, 100)`, func(i int) []any {
			return []any{store.RandomID(), []byte{1}, at, []string{"money", "everyday"}[i/len(people)%2]}
		}); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO decision_rung (partnership_id, decision_id, person_id, rung) SELECT partnership_id, id, writer_id, 6 FROM decision_decision WHERE partnership_id = $1`, g.P); err != nil {
			return err
		}
		if err := do(2_000, `INSERT INTO notes_todo (partnership_id, id, meeting_id, person_id, due, state, ended, n, by_id, shut, key_id, words)
			VALUES ($1, $3, '', $2, $4, 'done', $4, 1, '', 0, '', $5)`, func(int) []any { return []any{store.RandomID(), day, []byte{1}} }); err != nil {
			return err
		}
		if err := do(20_000, `INSERT INTO meeting_item (partnership_id, id, meeting_id, person_id, made, shut, fates, key_id, words) VALUES ($1, $3, '', $2, $4, 0, 1, '', $5)`,
			func(i int) []any { return []any{fmt.Sprint("item ", i), at, []byte{1}} }); err != nil {
			return err
		}
		return do(20_000, `INSERT INTO meeting_fate (partnership_id, id, item_id, n, from_id, to_id, what, by_id, made, key_id, words) VALUES ($1, $3, $4, 1, '', '', 'taken', $2, $5, '', $6)`,
			func(i int) []any { return []any{store.RandomID(), fmt.Sprint("item ", i), at, []byte{1}} })
	})
}

// wereMet tells of the meetings that were, as the app does.
type wereMet struct{ *meeting.Room }

func (m wereMet) Met(ctx context.Context, v person.Viewer, from, until string) ([]facts.Met, error) {
	were, err := m.Were(ctx, v, from, until)
	var list []facts.Met
	for _, w := range were {
		list = append(list, facts.Met{Day: w.Meeting.Day, Start: w.Meeting.Text.Start, Place: w.Place, Women: w.Meeting.Text.Women, Others: len(w.Meeting.Text.With) > 0})
	}
	return list, err
}

// sealed is a meeting's own words under a key of their own, as its row has them.
type sealed struct {
	id, key string
	words   []byte
}

// meetingsOf seals what 300 meetings say of themselves.
func meetingsOf(g *fixture.Ground, people []person.Viewer) []sealed {
	list := make([]sealed, 300)
	for i := range list {
		words, err := json.Marshal(meeting.Text{Start: []string{"10:30", "14:00", "18:00"}[i%3], Women: true, With: []person.ID{people[1].ID}})
		g.Must(err)
		one := &list[i]
		one.id = store.RandomID()
		one.key, one.words, err = g.Gate.SealPaper(g.T.Context(), g.P, "meeting_meeting", "words", one.id, string(words))
		g.Must(err)
	}
	return list
}

// speak keeps 40 group talks in which everybody says the same number of times something that everybody may know of, 500 times in all.
func speak(g *fixture.Ground, sources *source.Sources, people []person.Viewer) {
	study := g.Study("What helps?")
	for range 40 {
		n := consent.Incoming{Kind: consent.GroupTalk, Title: "A talk", Keeper: people[1].ID}
		for _, who := range people {
			n.Speakers = append(n.Speakers, consent.NewSpeaker{Role: consent.Member, Person: who.ID, Label: who.Name})
		}
		for i := range 500 {
			n.Turns = append(n.Turns, consent.NewTurn{Speaker: i % len(people), Text: "It was a long way, and then there was tea."})
		}
		prepared, err := sources.Prepare(g.T.Context(), g.P, study, n, source.Facts{Title: "A talk"})
		g.Must(err)
		g.Write(func(ctx context.Context, tx *store.Tx) error {
			if err := prepared.Save(ctx, tx); err != nil {
				return err
			}
			for i, who := range people {
				err := g.Gate.SetTerms(ctx, tx, who, prepared.ID, prepared.Speakers[i], consent.Terms{Owner: who.ID, Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToPartnership},
					Use: consent.Use{Purpose: consent.Heard, Form: consent.Number}, Until: g.Now().AddDate(1, 0, 0)}}})
				if err != nil {
					return err
				}
			}
			src, err := sources.Get(ctx, tx, g.P, prepared.ID)
			if err != nil {
				return err
			}
			return sources.Move(ctx, tx, g.P, src, source.Offered)
		})
	}
}
