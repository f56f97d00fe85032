package facts_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"footing/internal/decision"
	"footing/internal/facts"
	"footing/internal/meeting"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/figures"
	"footing/internal/testing/fixture"
	"footing/internal/testing/nextdoor"
)

// BenchmarkFacts measures what counting takes, and what the page takes, of 300 meetings, 600 decisions and 20,000
// things on lists, each with what became of it, by 24 people.
func BenchmarkFacts(b *testing.B) {
	g := fixture.New(b)
	meetings := meeting.New(meeting.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	decisions := decision.New(decision.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	of := map[facts.Fact]facts.Counter{facts.Agenda: meetings.AgendaFacts, facts.Hosted: meetings.HostFacts, facts.Opened: decisions.OpenedFacts, facts.Decided: decisions.DecidedFacts, facts.Ladder: decisions.LadderFacts}
	room := facts.New(facts.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now, Of: of})
	site := g.Serve(meetings.Web(), decisions.Web(), room.Web())
	nextdoor.Leave(b, g.DB) // what is written there too would be measured along
	var people []person.Viewer
	for i := range 12 {
		people = append(people, g.Person(fmt.Sprint("Woman ", i), person.LivedExperience), g.Person(fmt.Sprint("Worker ", i), person.Charity))
	}
	fill(g, people)
	g.Pass(32 * 24 * time.Hour)

	b.Run("count", func(b *testing.B) {
		figures.Measure(b, figures.CPU, func() {
			g.Write(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, `DELETE FROM facts_count`)
				return err
			})
			again := facts.New(facts.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now, Of: of}) // it has not tried this month
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
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		do := func(n int, query string, args func(i int) []any) (err error) {
			for i := 0; i < n && err == nil; i++ {
				_, err = tx.Exec(ctx, query, append([]any{g.P, people[i%len(people)].ID}, args(i)...)...)
			}
			return err
		}
		if err := do(300, `INSERT INTO meeting_meeting (partnership_id, id, host_id, by_id, made, known, state, day, key_id, words) VALUES ($1, $3, $2, $2, 1, 1, 'known', $4, '', $5)`,
			func(int) []any { return []any{store.RandomID(), day, []byte{1}} }); err != nil {
			return err
		}
		if err := do(600, `INSERT INTO decision_decision (partnership_id, id, writer_id, of_id, made, key_id, words, stage, days, secret, opened, until, windows, outcome, closed, frame, result, scrub)
			VALUES ($1, $3, $2, '', 1, '', $4, 'closed', 7, 0, $5, 0, 1, 'passed', $5, '', '', 0)`, func(int) []any { return []any{store.RandomID(), []byte{1}, at} }); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO decision_rung (partnership_id, decision_id, person_id, rung) SELECT partnership_id, id, writer_id, 6 FROM decision_decision WHERE partnership_id = $1`, g.P); err != nil {
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
