package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"footing/internal/person"
)

const (
	ours   = person.Partnership("ours")
	theirs = person.Partnership("theirs")
)

// A shelf is a feed from memory.
type shelf struct {
	mu       sync.Mutex
	passages map[person.Partnership][]Passage
	reads    atomic.Int64
	during   func(n int) error // called after each passage
}

func newShelf(texts ...string) *shelf {
	s := &shelf{passages: map[person.Partnership][]Passage{}}
	for i, text := range texts {
		s.passages[ours] = append(s.passages[ours], Passage{fmt.Sprint("p", i), text})
	}
	return s
}

func (s *shelf) Each(ctx context.Context, p person.Partnership, do func(Passage) error) error {
	s.reads.Add(1)
	s.mu.Lock()
	passages := slices.Clone(s.passages[p])
	s.mu.Unlock()
	for i, passage := range passages {
		if err := errors.Join(ctx.Err(), do(passage)); err != nil {
			return err
		}
		if s.during != nil {
			if err := s.during(i); err != nil {
				return err
			}
		}
	}
	return nil
}

func open(t *testing.T, feed Feed) *Indexes {
	t.Helper()
	s := New(feed, Idle)
	t.Cleanup(s.Close)
	return s
}

// ids searches and returns the ids found, sorted.
func ids(t *testing.T, s *Indexes, p person.Partnership, query string) []string {
	t.Helper()
	hits, err := s.Search(t.Context(), p, query, 0)
	if err != nil {
		t.Fatalf("searching %q: %v", query, err)
	}
	list := []string{}
	for _, h := range hits {
		list = append(list, h.ID)
	}
	slices.Sort(list)
	return list
}

func TestSearch_QueriesAsPeopleTypeThem(t *testing.T) {
	s := open(t, newShelf(
		"The waiting room was quiet and had plants in it.",
		"We sat in a room; it was not a waiting one.",
		"I didn't want to wait at the café.",
		"NEAR and OR are words too, and so is NOT.",
		"Приемная была светлой",
		"A cafe\u0301 with a de\u0301ja\u0300 vu",
	))
	for query, want := range map[string][]string{
		"waiting":              {"p0", "p1"},
		"waiting room":         {"p0", "p1"},
		`"waiting room"`:       {"p0"},
		"“waiting room”":       {"p0"},
		`"room waiting"`:       {},
		"wait":                 {"p0", "p1", "p2"}, // the last word may go on
		"wait room":            {},                 // the first may not
		`"wait"`:               {"p2"},             // in marks it may not
		"didn't":               {"p2"},
		"CAFE":                 {"p2", "p5"},
		"Café":                 {"p2", "p5"},
		"déjà":                 {"p5"},
		"приемная":             {"p4"},
		"NOT":                  {"p1", "p3"},
		"near or":              {"p3"},
		"room*":                {"p0", "p1"},
		`"waiting`:             {"p0", "p1"}, // a mark without its partner
		"text:room":            {},           // no column is named
		"room -plants":         {"p0"},       // a minus is no operator
		"":                     {},
		"   ":                  {},
		`""`:                   {},
		"— … !":                {},
		"room \x00 \xff quiet": {"p0"},
		"(room":                {"p0", "p1"},
		"nowhere":              {},
	} {
		if diff := cmp.Diff(want, ids(t, s, ours, query)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
}

func TestSearch_BestFirstAndNoMoreThanAsked(t *testing.T) {
	s := open(t, newShelf("a long text about many things and plants", "plants plants plants", "nothing", "other plants"))
	hits, err := s.Search(t.Context(), ours, "plants", 2)
	if err != nil || len(hits) != 2 || hits[0].ID != "p1" || hits[0].Rank > hits[1].Rank {
		t.Errorf("the two best are %v: %v", hits, err)
	}
}

// Whatever is typed, a query is never wrong, never an operator, and never finds what lacks its words.
func TestSearch_AnyQueryIsSafe(t *testing.T) {
	s := open(t, newShelf("alpha beta", "gamma", strings.Repeat("word ", 50)))
	rapid.Check(t, func(r *rapid.T) {
		query := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z"'*^:(){}+\- \x00]{0,30}`)).Draw(r, "query")
		hits, err := s.Search(t.Context(), ours, query, 0)
		if err != nil {
			r.Fatalf("%q gives %v", query, err)
		}
		for _, h := range hits {
			i := int(h.ID[1] - '0')
			if len(Spans(query, []string{"alpha beta", "gamma", strings.Repeat("word ", 50)}[i])) == 0 {
				r.Fatalf("%q finds %s, in which nothing can be marked", query, h.ID)
			}
		}
	})
}

func TestSearch_LongQueriesAreCut(t *testing.T) {
	s := open(t, newShelf("word "))
	if got := ids(t, s, ours, strings.Repeat("word ", 100_000)); len(got) != 1 {
		t.Errorf("a very long query finds %v", got)
	}
}

func TestSearch_PartnershipsAreApart(t *testing.T) {
	feed := newShelf("plants")
	feed.passages[theirs] = []Passage{{"p0", "plants"}, {"q1", "plants"}}
	s := open(t, feed)
	if diff := cmp.Diff([]string{"p0"}, ids(t, s, ours, "plants")); diff != "" {
		t.Errorf("ours (-want +got):\n%s", diff)
	}
	s.Forget(ours, "p0")
	if got := ids(t, s, ours, "plants"); len(got) != 0 {
		t.Errorf("forgotten, but found: %v", got)
	}
	if diff := cmp.Diff([]string{"p0", "q1"}, ids(t, s, theirs, "plants")); diff != "" {
		t.Errorf("theirs after forgetting ours (-want +got):\n%s", diff)
	}
}

func TestSearch_BuildsOnceForManyAndAgainAfterDrop(t *testing.T) {
	feed := newShelf("plants", "more plants")
	feed.during = func(int) error { time.Sleep(20 * time.Millisecond); return nil }
	s := open(t, feed)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if hits, err := s.Search(t.Context(), ours, "plants", 0); err != nil || len(hits) != 2 {
				t.Errorf("found %v: %v", hits, err)
			}
		})
	}
	group.Wait()
	if n := feed.reads.Load(); n != 1 {
		t.Errorf("the feed was read %d times for eight searches at once", n)
	}
	s.Drop(ours)
	ids(t, s, ours, "plants")
	if n := feed.reads.Load(); n != 2 {
		t.Errorf("the feed was read %d times after a drop, want 2", n)
	}
}

func TestSearch_DroppedWhileBuildingBuildsAnew(t *testing.T) {
	feed := newShelf("plants", "more plants")
	s := open(t, feed)
	feed.during = func(n int) error {
		if feed.reads.Load() == 1 && n == 0 {
			s.Drop(ours)
		}
		return nil
	}
	if got := ids(t, s, ours, "plants"); len(got) != 2 || feed.reads.Load() != 2 {
		t.Errorf("found %v in %d readings", got, feed.reads.Load())
	}
}

func TestSearch_EndlessDropsGiveBusy(t *testing.T) {
	feed := newShelf("plants")
	s := open(t, feed)
	feed.during = func(int) error { s.Drop(ours); return nil }
	if _, err := s.Search(t.Context(), ours, "plants", 0); !errors.Is(err, ErrBusy) {
		t.Errorf("an index dropped again and again gives %v, want ErrBusy", err)
	}
}

func TestSearch_BrokenFeedIsToldAndTriedAgain(t *testing.T) {
	feed, broken := newShelf("plants"), errors.New("the vault is shut")
	feed.during = func(int) error { return broken }
	s := open(t, feed)
	if _, err := s.Search(t.Context(), ours, "plants", 0); !errors.Is(err, broken) {
		t.Errorf("a broken feed gives %v", err)
	}
	feed.during = nil
	if got := ids(t, s, ours, "plants"); len(got) != 1 {
		t.Errorf("after the feed was mended: %v", got)
	}
}

func TestSearch_EndsWithItsRequestAndBuildsOn(t *testing.T) {
	feed, release := newShelf("plants"), make(chan struct{})
	feed.during = func(int) error { <-release; return nil }
	s := open(t, feed)
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	if _, err := s.Search(ctx, ours, "plants", 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a request that ended gives %v", err)
	}
	close(release)
	if got := ids(t, s, ours, "plants"); len(got) != 1 || feed.reads.Load() != 1 {
		t.Errorf("found %v in %d readings, want the first one's index", got, feed.reads.Load())
	}
}

func TestPut_ReplacesAndAdds(t *testing.T) {
	s := open(t, newShelf("plants", "quiet"))
	s.Put(ours, Passage{"p0", "never searched yet: nothing to change"})
	ids(t, s, ours, "plants")
	s.Put(ours, Passage{"p1", "loud plants"}, Passage{"p2", "quiet"})
	if diff := cmp.Diff([]string{"p0", "p1"}, ids(t, s, ours, "plants")); diff != "" {
		t.Errorf("plants (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"p2"}, ids(t, s, ours, "quiet")); diff != "" {
		t.Errorf("quiet (-want +got):\n%s", diff)
	}
}

func TestIndex_GoesAfterTheIdleTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feed := newShelf("plants")
		s := New(feed, Idle)
		defer s.Close()
		ids(t, s, ours, "plants")
		time.Sleep(Idle - time.Second)
		ids(t, s, ours, "plants") // begins the time again
		time.Sleep(Idle - time.Second)
		if s.count() != 1 || feed.reads.Load() != 1 {
			t.Errorf("%d indexes after %d readings, want the first still open", s.count(), feed.reads.Load())
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if s.count() != 0 {
			t.Error("the index is still there after the idle time")
		}
		if got := ids(t, s, ours, "plants"); len(got) != 1 || feed.reads.Load() != 2 {
			t.Errorf("found %v in %d readings, want a second index", got, feed.reads.Load())
		}
	})
}

// count returns how many indexes are open.
func (s *Indexes) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

func TestErrors_HoldNoQuery(t *testing.T) {
	w, err := newWords(t.Context(), newShelf("plants").feed())
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	if _, err := w.find(t.Context(), `canary "`, 0); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("a broken expression gives %v", err)
	}
}

// P9: what is read for search is on no disk, not even while SQLite sorts.
func TestWords_AreNeverAFile(t *testing.T) {
	w, err := newWords(t.Context(), newShelf("plants").feed())
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	var file string
	var temp, secure int
	for query, to := range map[string]any{
		`SELECT file FROM pragma_database_list WHERE name = 'main'`: &file,
		`PRAGMA temp_store`:    &temp,
		`PRAGMA secure_delete`: &secure,
	} {
		if err := w.conn.QueryRowContext(t.Context(), query).Scan(to); err != nil {
			t.Fatal(err)
		}
	}
	if file != "" || temp != 2 || secure != 1 {
		t.Errorf("the index has file %q, temp_store %d and secure_delete %d, want none, 2 (memory) and 1", file, temp, secure)
	}
}

// feed hands over everything of ours.
func (s *shelf) feed() func(func(Passage) error) error {
	return func(add func(Passage) error) error { return s.Each(context.Background(), ours, add) }
}

func TestSpans_CountCodePoints(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        []Span
	}{
		{"room", "A room, a ROOM.", []Span{{2, 6}, {10, 14}}},
		{"wait", "🙂 waiting", []Span{{2, 9}}},
		{`"wait" `, "waiting", nil},
		{"cafe", "a cafe\u0301!", []Span{{2, 7}}},
		{`"a room" room`, "in a room", []Span{{3, 9}}},
		{"don't", "I don't. don t", []Span{{2, 7}, {9, 14}}},
		{"room", "\r\nroom", []Span{{2, 6}}},
		{"", "room", nil},
		{"غرفة", "في غرفة", []Span{{3, 7}}},
	} {
		if diff := cmp.Diff(c.want, Spans(c.query, c.text)); diff != "" {
			t.Errorf("%q in %q (-want +got):\n%s", c.query, c.text, diff)
		}
	}
}
