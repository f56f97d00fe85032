package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"net/netip"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// The throttle slows and shuts nothing for good: each wait is a minute at most and ends by itself. While it
// runs the right words wait too, so whoever guesses without a pause keeps those with the same mark waiting
// for as long as he goes on (docs/threat-model.md). Misses are counted under up to three marks, and each mark has
// some free ones before the next attempt must wait 1, 2, 4 … up to 60 seconds:
//
//   - this subject from this address: whoever guesses one person's passphrase;
//   - this address: whoever goes through many names. More are free, since a women's centre is one address;
//   - this subject from anywhere. So many are free that nobody at one address can use them up (about 70
//     an hour: 5 free, 6 while waits double, then one a minute), so nobody can make somebody wait who is
//     elsewhere by guessing at her name. Only many addresses together reach it.
//
// A mark is forgotten an hour after its first miss.
//
// An attempt is counted as a miss before it is looked at and taken off again when it was none, so that
// a hundred at the same moment do not slip through together. All of it happens alike for names that
// exist and for names that do not.
const (
	freeHere    = 5
	freeAddress = 20
	freeSubject = 100

	longestWait = time.Minute
	forgotten   = time.Hour
)

// waitAfter returns how long to wait after so many misses, of which some are free.
func waitAfter(misses, free int64) time.Duration {
	over := misses - free
	switch {
	case over < 0:
		return 0
	case over > 5: // 2⁶ s is more than a minute
		return longestWait
	}
	return time.Second << over
}

// A limit is one mark and how many misses it has free.
type limit struct {
	mark []byte
	free int64
}

// limits returns the marks of an attempt at a subject. everywhere adds the one that counts over all
// addresses; it is for what can be guessed, which codes cannot.
func (a *Accounts) limits(subject string, from netip.Addr, everywhere bool) []limit {
	network := prefix(from)
	list := []limit{
		{mark(a.process, "here", subject, network), freeHere},
		{mark(a.process, "address", network), freeAddress},
	}
	if everywhere {
		list = append(list, limit{mark(a.secret, "subject", subject), freeSubject})
	}
	return list
}

// prefix returns the network an address is in: one household or provider hands out many addresses.
func prefix(from netip.Addr) string {
	bits := 48
	if from = from.Unmap(); from.Is4() {
		bits = 24
	}
	network, err := from.Prefix(bits)
	if err != nil {
		return "" // no address: a command on this machine
	}
	return network.String()
}

func mark(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return h.Sum(nil)
}

// attempt counts a miss under every limit, or returns ErrWait and counts nothing when one of them asks
// to wait.
func (a *Accounts) attempt(ctx context.Context, p person.Partnership, limits []limit) error {
	now := a.now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		for _, l := range limits {
			if err := countMiss(ctx, tx, p, l, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func countMiss(ctx context.Context, tx *store.Tx, p person.Partnership, l limit, now time.Time) error {
	misses, err := store.Get(ctx, tx, store.One[int64], `
		INSERT INTO account_miss (partnership_id, mark, misses, since, until) VALUES ($1, $2, 1, $3, 0)
		ON CONFLICT (partnership_id, mark) DO UPDATE
		SET misses = CASE WHEN account_miss.since < $4 THEN 1 ELSE account_miss.misses + 1 END,
			since = CASE WHEN account_miss.since < $4 THEN $3 ELSE account_miss.since END
		WHERE account_miss.until <= $3 RETURNING misses`,
		p, l.mark, store.Micros(now), store.Micros(now.Add(-forgotten)))
	if errors.Is(err, fault.Missing) {
		return mustWait(ctx, tx, p, l, now)
	}
	if wait := waitAfter(misses, l.free); err == nil && wait > 0 {
		_, err = tx.Exec(ctx, `UPDATE account_miss SET until = $3 WHERE partnership_id = $1 AND mark = $2`,
			p, l.mark, store.Micros(now.Add(wait)))
	}
	return err
}

func mustWait(ctx context.Context, tx *store.Tx, p person.Partnership, l limit, now time.Time) error {
	until, err := store.Get(ctx, tx, store.One[int64],
		`SELECT until FROM account_miss WHERE partnership_id = $1 AND mark = $2`, p, l.mark)
	if err != nil {
		return err
	}
	left := store.Time(until).Sub(now)
	return ErrWait.With("count", int((left+time.Second-1)/time.Second))
}

// forgive takes an attempt off again because it succeeded. Misses of this subject from this address are
// forgotten altogether.
func forgive(ctx context.Context, tx *store.Tx, p person.Partnership, limits []limit) error {
	for _, l := range limits {
		left := `misses - 1`
		if l.free == freeHere {
			left = `0`
		}
		_, err := tx.Exec(ctx, `UPDATE account_miss SET until = 0, misses = `+left+
			` WHERE partnership_id = $1 AND mark = $2 AND misses > 0`, p, l.mark)
		if err != nil {
			return err
		}
	}
	return nil
}

// sessionKnown is for how long after its end a session's row says whose it was.
const sessionKnown = 24 * time.Hour

// Sweep deletes what has run out: sessions, codes, tokens and misses. A job calls it now and then;
// nothing that has run out works in the meantime.
func (a *Accounts) Sweep(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	now := a.now()
	for table, until := range map[string]time.Time{"account_session": now.Add(-sessionKnown), "account_code": now, "account_token": now} {
		_, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE partnership_id = $1 AND expires > 0 AND expires <= $2`, p, store.Micros(until))
		if err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `DELETE FROM account_miss WHERE partnership_id = $1 AND since < $2`, p, store.Micros(now.Add(-forgotten)))
	return err
}
