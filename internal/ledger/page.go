package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// An Act is an entry as its readers see it.
type Act struct {
	At      time.Time
	Kind    Kind
	Subject string
	Facts   json.RawMessage // nil once destroyed
}

// A Week counts private acts from Monday 00:00 UTC for seven days, over everybody.
type Week struct {
	Monday             time.Time
	Terms, Withdrawals int64
}

// A Page is the log as every member may read it.
type Page struct {
	Acts       []Act      // newest first, private kinds left out
	Weeks      []Week     // newest first, weeks without any left out, up to weeks of them
	Checkpoint Checkpoint // as the log stood when the running week began
}

// weeks is how far back a page counts: half a year.
const weeks = 26

// monday is the first Monday after 1970 began, week one week, both in microseconds.
const (
	monday = int64(4 * 24 * time.Hour / time.Microsecond)
	week   = int64(7 * 24 * time.Hour / time.Microsecond)
)

// Recent returns the newest n acts that are everybody's, and counts a week of those that are not. The
// week that is running is not counted yet, nor in the checkpoint: a number that grows while one
// watches would tell when somebody changed her mind.
func Recent(ctx context.Context, tx *store.Tx, p person.Partnership, now time.Time, n int) (Page, error) {
	var page Page
	var err error
	page.Acts, err = store.List(ctx, tx, scanAct, rows+`AND e.kind NOT IN ($2, $3, $4) ORDER BY e.seq DESC LIMIT $5`,
		string(p), string(Terms), string(Withdrawal), string(Erasure), n)
	if err != nil {
		return Page{}, fmt.Errorf("reading the log: %w", err)
	}
	end := monday + (store.Micros(now)-monday)/week*week
	if page.Weeks, err = countWeeks(ctx, tx, p, end); err != nil {
		return Page{}, fmt.Errorf("counting the log by weeks: %w", err)
	}
	before, err := store.Get(ctx, tx, store.One[int64], `SELECT COALESCE(MIN(seq), (SELECT COALESCE(MAX(size), 0)
		FROM ledger_head WHERE partnership_id = $1)) FROM ledger_entry WHERE partnership_id = $1 AND at >= $2`, string(p), end)
	if err != nil {
		return Page{}, fmt.Errorf("reading the log's size: %w", err)
	}
	page.Checkpoint, err = at(ctx, tx, p, before)
	return page, err
}

func countWeeks(ctx context.Context, tx *store.Tx, p person.Partnership, end int64) ([]Week, error) {
	list := []Week{}
	err := tx.Each(ctx, func(r store.Row) error {
		var number, count int64
		var kind Kind
		if err := r.Scan(&number, &kind, &count); err != nil {
			return err
		}
		start := store.Time(monday + number*week)
		if len(list) == 0 || !list[len(list)-1].Monday.Equal(start) {
			list = append(list, Week{Monday: start})
		}
		if kind == Terms {
			list[len(list)-1].Terms = count
		} else {
			list[len(list)-1].Withdrawals = count
		}
		return nil
	}, fmt.Sprintf(`SELECT (at - %d) / %d AS week, kind, COUNT(*) FROM ledger_entry
		WHERE partnership_id = $1 AND kind IN ($2, $3) AND at >= $4 AND at < $5
		GROUP BY 1, 2 ORDER BY 1 DESC, 2`, monday, week),
		string(p), string(Terms), string(Withdrawal), end-weeks*week, end)
	return list, err
}

// About returns all entries about a subject, oldest first, private ones too: it is for the subject's
// owner, and the caller makes sure of that. Entries whose facts were destroyed are about nobody.
func About(ctx context.Context, tx *store.Tx, p person.Partnership, subject string) ([]Act, error) {
	acts, err := store.List(ctx, tx, scanAct, rows+`AND f.subject = $2 ORDER BY e.seq`, string(p), subject)
	if err != nil {
		return nil, fmt.Errorf("reading log entries about a subject: %w", err)
	}
	return acts, nil
}

func scanAct(r store.Row) (Act, error) {
	e, err := scanRow(r)
	act := Act{At: store.Time(e.at), Kind: e.kind}
	if e.subject != nil {
		act.Subject = *e.subject
	}
	if e.facts != nil {
		act.Facts = json.RawMessage(*e.facts)
	}
	return act, err
}
