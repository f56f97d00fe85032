// Package search finds passages by the words in them, in memory alone.
//
// There is one index for each partnership and process. It is built when somebody searches, out of what
// the gate hands over, and thrown away after a time without a search. It answers with ids, never with
// words: the caller asks the gate which of them this reader may see before even counting them, and the
// gate for their text.
package search

import (
	"context"
	"errors"
	"sync"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
)

// A Passage is what can be found: one turn of one version.
type Passage struct {
	ID   string
	Text string
}

// A Feed hands over all passages of a partnership that may be searched at all. It reads them from one
// state of the database that is no older than the call.
type Feed interface {
	Each(ctx context.Context, p person.Partnership, do func(Passage) error) error
}

// A Hit is a passage that was found. Lower ranks fit better (BM25, as FTS5 computes it).
type Hit struct {
	ID   string
	Rank float64
}

// Idle is how long an index is kept without a search.
const Idle = 10 * time.Minute

// ErrBusy is returned when the index changes faster than it can be built.
var ErrBusy = fault.New(fault.Busy, "search.busy")

// errDropped is what a search meets when the index was dropped under it.
var errDropped = errors.New("the index was dropped")

// Indexes holds the indexes of all partnerships in this process.
type Indexes struct {
	feed Feed
	idle time.Duration
	mu   sync.Mutex
	open map[person.Partnership]*index
}

// New returns indexes fed by feed, each dropped after idle without a search (Idle, except in tests).
func New(feed Feed, idle time.Duration) *Indexes {
	return &Indexes{feed: feed, idle: idle, open: map[person.Partnership]*index{}}
}

// An index is one partnership's, being built or built.
type index struct {
	cancel context.CancelFunc // stops the building
	ready  chan struct{}      // closed when built or given up
	timer  *time.Timer

	mu      sync.Mutex
	words   *words // nil until built
	err     error  // why it was given up
	dropped bool
	late    []change // what changed while it was being built, in order
}

// A change takes a passage out, or puts a new text in its place.
type change struct {
	id   string
	text *string
}

// tries is how often a search starts again because the index was dropped under it.
const tries = 5

// Search returns the n best passages for what somebody typed, all of them if n is 0, best first. All
// words must be there; words in quotation marks must stand together; the last word may go on. Accents
// and capitals do not matter. The first search builds the index, and others wait for it. It returns
// ErrBusy when the index is dropped again and again meanwhile.
func (s *Indexes) Search(ctx context.Context, p person.Partnership, query string, n int) ([]Hit, error) {
	match := expression(parse(query))
	if match == "" {
		return nil, nil
	}
	for range tries {
		ix := s.index(ctx, p)
		select {
		case <-ix.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		hits, err := ix.find(ctx, match, n)
		if err == nil {
			ix.timer.Reset(s.idle)
			return hits, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !errors.Is(err, errDropped) {
			s.discard(p, ix) // it is broken: the next search builds anew
			return nil, err
		}
	}
	return nil, ErrBusy
}

// Forget takes passages out of the partnership's index, if there is one, so that no trace of their
// words is left in it. It is called once the taking back has been committed.
func (s *Indexes) Forget(p person.Partnership, ids ...string) {
	changes := make([]change, len(ids))
	for i, id := range ids {
		changes[i] = change{id: id}
	}
	s.change(p, changes)
}

// Put adds passages to the partnership's index, if there is one, in place of those with the same ids.
func (s *Indexes) Put(p person.Partnership, passages ...Passage) {
	changes := make([]change, len(passages))
	for i, passage := range passages {
		changes[i] = change{passage.ID, &passage.Text}
	}
	s.change(p, changes)
}

// Drop throws the partnership's index away, if there is one. The next search builds it anew.
func (s *Indexes) Drop(p person.Partnership) {
	s.mu.Lock()
	ix := s.open[p]
	s.mu.Unlock()
	if ix != nil {
		s.discard(p, ix)
	}
}

// Close drops all indexes.
func (s *Indexes) Close() {
	s.mu.Lock()
	open := s.open
	s.open = map[person.Partnership]*index{}
	s.mu.Unlock()
	for p, ix := range open {
		s.discard(p, ix)
	}
}

// index returns the partnership's index, and begins to build one if there is none.
func (s *Indexes) index(ctx context.Context, p person.Partnership) *index {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ix := s.open[p]; ix != nil {
		return ix
	}
	// Others wait for this index too, so it does not end with the request that began it.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ix := &index{cancel: cancel, ready: make(chan struct{})}
	ix.timer = time.AfterFunc(s.idle, func() { s.discard(p, ix) })
	s.open[p] = ix
	go ix.build(ctx, s.feed, p)
	return ix
}

// discard takes ix out of use and frees its memory.
func (s *Indexes) discard(p person.Partnership, ix *index) {
	s.mu.Lock()
	if s.open[p] == ix {
		delete(s.open, p)
	}
	s.mu.Unlock()
	ix.cancel()
	ix.timer.Stop()
	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.dropped = true
	if ix.words != nil {
		ix.words.close()
		ix.words = nil
	}
}

// change applies changes to the partnership's index. One that cannot be changed is dropped: nothing is
// then left to find.
func (s *Indexes) change(p person.Partnership, changes []change) {
	s.mu.Lock()
	ix := s.open[p]
	s.mu.Unlock()
	if ix != nil && !ix.apply(changes) {
		s.discard(p, ix)
	}
}

// apply changes a built index, or leaves the changes to the one who is building it.
func (ix *index) apply(changes []change) bool {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.words == nil {
		ix.late = append(ix.late, changes...)
		return true
	}
	return ix.words.apply(changes) == nil
}

// build reads the feed into a new index. What changed meanwhile is applied before anybody can search.
func (ix *index) build(ctx context.Context, feed Feed, p person.Partnership) {
	defer close(ix.ready)
	w, err := newWords(ctx, func(add func(Passage) error) error { return feed.Each(ctx, p, add) })
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.dropped {
		err = errDropped
	}
	if err == nil {
		err = w.apply(ix.late)
	}
	ix.late, ix.err = nil, err
	if err != nil {
		w.close()
		return
	}
	ix.words = w
}

func (ix *index) find(ctx context.Context, match string, n int) ([]Hit, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.err != nil {
		return nil, ix.err
	}
	if ix.words == nil {
		return nil, errDropped
	}
	return ix.words.find(ctx, match, n)
}
