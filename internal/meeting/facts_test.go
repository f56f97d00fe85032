package meeting_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// item puts something on a list, and fates on it, each so many days after it.
func item(g *fixture.Ground, who person.ID, made time.Time, shut bool, fates ...any) {
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id := store.RandomID()
		_, err := tx.Exec(ctx, `INSERT INTO meeting_item (partnership_id, id, meeting_id, person_id, made, shut, fates, key_id, words) VALUES ($1, $2, '', $3, $4, $5, 0, '', $6)`,
			g.P, id, who, store.Micros(made), store.Bool(shut), []byte{1})
		for i := 0; i < len(fates) && err == nil; i += 2 {
			_, err = tx.Exec(ctx, `INSERT INTO meeting_fate (partnership_id, id, item_id, n, from_id, to_id, what, by_id, made, key_id, words)
				VALUES ($1, $2, $3, $4, '', '', $5, 'somebody', $6, '', $7)`, g.P, store.RandomID(), id, i/2+1, fates[i], store.Micros(made.AddDate(0, 0, fates[i+1].(int))), []byte{1})
		}
		return err
	})
}

// R35: what became of what people put on lists is what somebody counts by hand. Each is counted once, on the day on
// which it was settled, and what is shut is not.
func TestAgendaFacts_AsCountedByHand(t *testing.T) {
	b := newGroup(t)
	kez, ruth := b.Named("Kez").ID, b.Named("Ruth").ID
	first := time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC)
	item(b.Ground, kez, first, false, "taken", 20)               // 30 January
	item(b.Ground, kez, first, false, "moved", 5, "dropped", 21) // 31 January
	item(b.Ground, kez, first, false, "dropped", 5, "moved", 6, "taken", 30)
	item(b.Ground, kez, first, false, "taken", 22)               // 1 February
	item(b.Ground, kez, first, false, "moved", 5, "taken", 95)   // waited: 10 April
	item(b.Ground, ruth, first, false)                           // waited: 10 April
	item(b.Ground, ruth, first, false, "taken", 20, "taken", 40) // put on again
	item(b.Ground, ruth, first, true, "taken", 20)               // shut
	day := func(m time.Month, d int) time.Time { return time.Date(2027, m, d, 0, 0, 0, 0, time.UTC) }
	for _, x := range []struct {
		from, until time.Time
		want        map[person.ID]map[string]int
	}{
		{time.Time{}, day(2, 1), map[person.ID]map[string]int{kez: {"taken": 1, "dropped": 2}, ruth: {"taken": 1}}},
		{day(2, 1), day(3, 1), map[person.ID]map[string]int{kez: {"taken": 1}}},
		{day(3, 1), day(5, 1), map[person.ID]map[string]int{kez: {"waits": 1}, ruth: {"waits": 1}}},
		{day(5, 1), day(9, 1), map[person.ID]map[string]int{}},
		{time.Time{}, day(9, 1), map[person.ID]map[string]int{kez: {"taken": 2, "dropped": 2, "waits": 1}, ruth: {"taken": 1, "waits": 1}}},
	} {
		b.Read(func(ctx context.Context, tx *store.Tx) error {
			got, err := b.room.AgendaFacts(ctx, tx, b.P, x.from, x.until)
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("from %s until %s (-want +got):\n%s", x.from.Format(time.DateOnly), x.until.Format(time.DateOnly), diff)
			}
			return err
		})
	}
}

func TestHostFacts_MeetingsThatWere(t *testing.T) {
	b := newGroup(t)
	jo := b.Named("Jo").ID
	for day, state := range map[string]string{"2027-01-31": "known", "2027-02-01": "known", "2027-02-28": "known", "2027-03-01": "known", "2027-02-03": "off", "2027-02-04": "planned"} {
		b.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO meeting_meeting (partnership_id, id, host_id, by_id, made, known, state, day, key_id, words) VALUES ($1, $2, $3, $3, 1, 1, $4, $5, '', $6)`,
				b.P, store.RandomID(), jo, state, day, []byte{1})
			return err
		})
	}
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		got, err := b.room.HostFacts(ctx, tx, b.P, time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC))
		if fmt.Sprint(got[jo], len(got)) != "map[hosted:2] 1" {
			t.Errorf("%v is counted, want the two meetings of February", got)
		}
		return err
	})
}
