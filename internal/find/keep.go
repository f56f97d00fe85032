package find

import (
	"context"
	"errors"
	"fmt"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/store"
)

// Keep makes this process's indexes follow what is taken back, changed and added, in this process or
// another one, until ctx ends; then it drops them. The bus looks at the numbers of events each second,
// so what another process did is followed within about a second. It returns nil.
//
// What was taken back is forgotten in place, so that searching goes on. After anything else, and after
// anything that could not be read, the index is dropped: there is then nothing left to find, and the
// next search reads it anew from what the gate has.
func (r *Room) Keep(ctx context.Context) error {
	defer r.Indexes.Close()
	p := r.partnership(ctx)
	if p == "" {
		return nil
	}
	wake := r.Events.Subscribe(ctx, p, consent.TopicTaken, consent.TopicTerms, consent.TopicAdded)
	seen, well := int64(-1), true
	for ctx.Err() == nil {
		head, err := r.follow(ctx, p, seen)
		if err != nil {
			r.Indexes.Drop(p)
			if well && ctx.Err() == nil {
				r.Log.Warn("search cannot follow what is taken back", "error", err)
			}
		} else {
			seen = head
		}
		well = err == nil
		if _, on := <-wake; !on {
			break
		}
	}
	return nil
}

// partnership waits until there is a partnership, and returns "" when ctx ends before.
func (r *Room) partnership(ctx context.Context) person.Partnership {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		var settings circle.Settings
		var ready bool
		err := r.DB.Read(ctx, func(tx *store.Tx) error {
			var err error
			settings, ready, err = circle.Of(ctx, tx)
			return err
		})
		if err == nil && ready {
			return settings.Partnership
		}
		select {
		case <-ctx.Done():
			return ""
		case <-tick.C:
		}
	}
}

// follow brings the index up to the newest event and returns its number. seen is the last one that was
// followed, below 0 at the start.
func (r *Room) follow(ctx context.Context, p person.Partnership, seen int64) (head int64, err error) {
	drop := seen < 0
	var forget []string
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if head, err = event.Head(ctx, tx, p); err != nil || drop {
			return err
		}
		if head < seen { // a backup was put back
			drop = true
			return nil
		}
		events, err := event.Since(ctx, tx, p, seen, consent.TopicTaken, consent.TopicTerms, consent.TopicAdded)
		if errors.Is(err, event.ErrTooOld) {
			drop = true
			return nil
		}
		if err != nil {
			return err
		}
		for _, e := range events {
			turns, back := []consent.ID(nil), true
			if e.Topic == consent.TopicTaken {
				if turns, back, err = r.Gate.ShutTurns(ctx, tx, p, consent.ID(e.Subject)); err != nil {
					return fmt.Errorf("reading what was taken back: %w", err)
				}
			}
			for _, turn := range turns {
				forget = append(forget, string(turn))
			}
			drop = drop || back
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if drop {
		r.Indexes.Drop(p)
	} else if len(forget) > 0 {
		r.Indexes.Forget(p, forget...)
	}
	return head, nil
}
