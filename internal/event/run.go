package event

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"footing/internal/person"
	"footing/internal/store"
)

// subscribers are those who wait for something to change.
type subscribers struct {
	mu    sync.Mutex
	list  []*subscriber
	ended bool // nobody is told anything any more
}

type subscriber struct {
	p      person.Partnership
	topics []string // none means all
	wake   chan int64
}

// Subscribe returns a channel that is given the number of the newest event of the topics, of all if
// none is given, each time there is one. Numbers nobody fetched are replaced by newer ones. Whoever
// subscribes does so first, then reads Head or Since, so that nothing falls between. A number may come
// that was read already. The channel is closed when ctx ends, and when Run does.
func (b *Bus) Subscribe(ctx context.Context, p person.Partnership, topics ...string) <-chan int64 {
	s := &subscriber{p: p, topics: topics, wake: make(chan int64, 1)}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		close(s.wake)
		return s.wake
	}
	b.list = append(b.list, s)
	context.AfterFunc(ctx, func() { b.leave(s) })
	return s.wake
}

// leave closes the channel of somebody who waits, once.
func (s *subscribers) leave(one *subscriber) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.list, one); i >= 0 {
		s.list = slices.Delete(s.list, i, i+1)
		close(one.wake)
	}
}

// end closes everybody's channel.
func (s *subscribers) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.list {
		close(one.wake)
	}
	s.list, s.ended = nil, true
}

// waiting reports whether anybody waits for events of p.
func (s *subscribers) waiting(p person.Partnership) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.list, func(one *subscriber) bool { return one.p == p })
}

// tell wakes whoever waits for p and topic. An empty topic wakes all of p.
func (s *subscribers) tell(p person.Partnership, topic string, seq int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.list {
		if one.p != p || topic != "" && len(one.topics) > 0 && !slices.Contains(one.topics, topic) {
			continue
		}
		select {
		case <-one.wake: // an older number, not fetched yet
		default:
		}
		one.wake <- seq
	}
}

// Run looks for events until ctx ends, tells subscribers, and lets them go in the end. A database that does not answer is
// logged once and asked again each second. It returns nil.
func (b *Bus) Run(ctx context.Context) error {
	defer b.end()
	var group sync.WaitGroup
	if b.db.Engine() == store.Postgres {
		group.Go(func() { b.listen(ctx) })
	}
	defer group.Wait()
	poll, clean := time.NewTicker(b.every), time.NewTimer(time.Minute)
	defer poll.Stop()
	defer clean.Stop()
	seen, well := map[person.Partnership]int64{}, true
	for {
		err := b.read(ctx, seen)
		if err != nil && well && ctx.Err() == nil {
			b.log.Warn("events cannot be read", "error", err)
		}
		well = err == nil
		select {
		case <-ctx.Done():
			return nil
		case <-poll.C:
		case <-b.kick:
		case <-clean.C:
			clean.Reset(time.Hour)
			if err := b.trim(ctx); err != nil && ctx.Err() == nil {
				b.log.Warn("old events cannot be dropped", "error", err)
			}
		}
	}
}

// read tells subscribers what is new since seen, and brings seen up to date. Of a partnership that was
// not seen before it tells the newest number, whatever the topic.
func (b *Bus) read(ctx context.Context, seen map[person.Partnership]int64) error {
	return b.db.Read(ctx, func(tx *store.Tx) error {
		heads := map[person.Partnership]int64{}
		err := tx.Each(ctx, func(r store.Row) error {
			var p person.Partnership
			var seq int64
			err := r.Scan(&p, &seq)
			heads[p] = seq
			return err
		}, `SELECT partnership_id, seq FROM event_head`)
		if err != nil {
			return err
		}
		for p, head := range heads {
			last, known := seen[p]
			if head != last && b.waiting(p) {
				if err := b.pass(ctx, tx, p, head, last, known); err != nil {
					return err
				}
			}
			seen[p] = head
		}
		return nil
	})
}

// pass tells the events of one partnership from last to head. A head below last is a database that was
// put back from a backup: then all of them look again.
func (b *Bus) pass(ctx context.Context, tx *store.Tx, p person.Partnership, head, last int64, known bool) error {
	if !known || head < last {
		b.tell(p, "", head)
		return nil
	}
	events, err := Since(ctx, tx, p, last)
	if errors.Is(err, ErrTooOld) {
		b.tell(p, "", head)
		return nil
	}
	for _, e := range events {
		b.tell(p, e.Topic, e.Seq)
	}
	return err
}

// listen turns other processes' notifications into looks. It holds one connection of the pool; when
// that is lost it takes another one after a second, and the poll does its work meanwhile.
func (b *Bus) listen(ctx context.Context) {
	for ctx.Err() == nil {
		err := b.wait(ctx)
		if ctx.Err() != nil {
			return
		}
		b.log.Warn("listening for events stopped and will be tried again", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(b.every):
		}
	}
}

func (b *Bus) wait(ctx context.Context) error {
	conn, err := b.db.Raw().Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close()
	var why error
	_ = conn.Raw(func(raw any) error {
		native := raw.(*stdlib.Conn).Conn()
		if _, why = native.Exec(ctx, "LISTEN "+channel); why != nil {
			return driver.ErrBadConn
		}
		for why == nil {
			b.look() // also once at the start: for what came before LISTEN
			_, why = native.WaitForNotification(ctx)
		}
		return driver.ErrBadConn // so that no one else is given a connection that listens
	})
	return why
}
