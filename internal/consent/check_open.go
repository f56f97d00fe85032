package consent

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// ErrNoReason refuses to open what is kept for checking to somebody who does not say why.
var ErrNoReason = fault.New(fault.Invalid, "consent.check_reason")

// reasonHolds is for how long something can be looked at for a reason, from the beginning of the hour in which that
// was given. The row knows the hour alone, as an opening does.
const reasonHolds = 2 * time.Hour

// Why writes down why somebody wants to check what a study published, before anything is opened, and returns the act
// under which she can: see Check. For whom nothing of it is open it does not exist.
func (g *Gate) Why(ctx context.Context, v person.Viewer, study, why string, turns ...ID) (Act, error) {
	why = strings.TrimSpace(why)
	if why == "" {
		return "", ErrNoReason
	}
	open, err := g.anyOpen(ctx, v, toCheck(study), turns)
	if err != nil {
		return "", err
	}
	if !open {
		return "", errClosed
	}
	act := CheckAct(store.RandomID())
	key, sealed, err := g.SealPaper(ctx, v.Partnership, "consent_check", "reason", reasonRow(act, v.ID), why)
	if err != nil {
		return "", err
	}
	return act, g.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO consent_check (partnership_id, act, at, key_id, reason) VALUES ($1, $2, $3, $4, $5)`,
			v.Partnership, act, store.Micros(hourOf(toCheck(study), g.now())), key, sealed)
		return err
	})
}

// CheckAct returns the act of a reason, by the id that stands in its address.
func CheckAct(id string) Act { return Act("check:" + id) }

// reasonRow names whose reason it is, so that nobody looks for a reason that somebody else gave. The row itself does
// not say who gave it: nothing can be asked by reader.
func reasonRow(act Act, reader person.ID) string { return string(act) + " " + string(reader) }

func toCheck(study string) Use { return Use{Purpose: Checking, For: study, Form: Words} }

// Check opens turns that are kept for checking what a study published, and nothing else, to whoever has just said
// why. Each owner is told the reason with the opening. In all else it is OpenTurns, and no other method opens
// anything for Checking.
func (g *Gate) Check(ctx context.Context, v person.Viewer, study string, act Act, turns ...ID) ([]Contribution, error) {
	var h head
	var at int64
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		h, err = store.Get(ctx, tx, func(r store.Row) (h head, err error) { return h, r.Scan(&at, &h.key, &h.note) },
			`SELECT at, key_id, reason FROM consent_check WHERE partnership_id = $1 AND act = $2`, v.Partnership, act)
		return err
	})
	if err != nil {
		return nil, err
	}
	keys, err := g.keys.Keys(ctx, []string{h.key})
	if err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	if _, err := unseal.Open(keys[h.key], placeOf(v.Partnership, "consent_check", "reason", ID(reasonRow(act, v.ID)), h.key), h.note); err != nil || !g.now().Before(store.Time(at).Add(reasonHolds)) {
		return nil, errClosed // somebody else's reason, or one of a while ago
	}
	list, err := g.open(ctx, v, toCheck(study), act, asked{turns: turns}, func(f facts) Ruling { return f.rule(toCheck(study), g.now()) })
	if err == nil && len(list) == 0 {
		err = errClosed
	}
	return list, err
}

// anyOpen reports whether any of some turns is open to a reader and not her own.
func (g *Gate) anyOpen(ctx context.Context, v person.Viewer, u Use, turns []ID) (open bool, err error) {
	err = g.db.Read(ctx, func(tx *store.Tx) error {
		in, err := g.WhereTurns(ctx, tx, v.Partnership, turns...)
		if err != nil || len(in) == 0 {
			return err
		}
		var ids []ID
		for _, id := range in {
			ids = append(ids, id)
		}
		ruling, err := g.RuleIn(ctx, tx, v, u, once(ids)...)
		others := ruling.Others()
		open = slices.ContainsFunc(turns, func(id ID) bool { _, is := others[id]; return is })
		return err
	})
	return open, err
}

// Reasons opens why the owner's part of a contribution was checked, by the act under which it is on record. It
// answers the owner alone, as Openings does.
func (g *Gate) Reasons(ctx context.Context, owner person.Viewer, contribution ID) (map[Act]vault.Words, error) {
	sealed := map[Act]head{}
	readers := map[Act]person.ID{}
	var needed []string
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(r store.Row) error {
			var act Act
			var h head
			var reader person.ID
			err := r.Scan(&act, &reader, &h.key, &h.note)
			sealed[act], readers[act], needed = h, reader, append(needed, h.key)
			return err
		}, `SELECT DISTINCT k.act, o.reader_id, k.key_id, k.reason FROM consent_check k
			JOIN consent_opening o ON o.partnership_id = k.partnership_id AND o.act = k.act
			JOIN consent_speaker s ON s.partnership_id = o.partnership_id AND s.contribution_id = o.contribution_id AND s.id = o.speaker_id
			WHERE o.partnership_id = $1 AND o.contribution_id = $2 AND s.person_id = $3 AND s.person_id <> ''`,
			owner.Partnership, contribution, owner.ID)
	})
	if err != nil || len(needed) == 0 {
		return nil, err
	}
	keys, err := g.keys.Keys(ctx, needed)
	if err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	reasons := map[Act]vault.Words{}
	for act, h := range sealed {
		k, held := keys[h.key]
		if !held {
			continue
		}
		if reasons[act], err = unseal.Open(k, placeOf(owner.Partnership, "consent_check", "reason", ID(reasonRow(act, readers[act])), h.key), h.note); err != nil {
			return nil, fmt.Errorf("reason of a check: %w", err)
		}
	}
	return reasons, nil
}
