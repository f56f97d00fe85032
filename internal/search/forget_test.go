package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// image returns the bytes of an index's memory, as SQLite would write them to a file.
func image(t *testing.T, ix *index) []byte {
	t.Helper()
	var bytes []byte
	err := ix.words.conn.Raw(func(raw any) (err error) {
		bytes, err = raw.(interface{ Serialize() ([]byte, error) }).Serialize()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// vocabulary returns every word that an index knows.
func vocabulary(t *testing.T, ix *index) map[string]bool {
	t.Helper()
	if _, err := ix.words.conn.ExecContext(t.Context(), `CREATE VIRTUAL TABLE IF NOT EXISTS temp.known USING fts5vocab(main, word, row)`); err != nil {
		t.Fatal(err)
	}
	rows, err := ix.words.conn.QueryContext(t.Context(), `SELECT term FROM temp.known`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	known := map[string]bool{}
	for rows.Next() {
		var term string
		if err := rows.Scan(&term); err != nil {
			t.Fatal(err)
		}
		known[term] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return known
}

// invented returns a word of 16 letters that no other text has, so that no part of it is kept for
// another's sake.
func invented(random *rand.Rand) string {
	letters := make([]byte, 16)
	for i := range letters {
		letters[i] = byte('a' + random.IntN(26))
	}
	return string(letters)
}

// P12: search cannot bring back what I took back.
func TestForget_LeavesNoTraceInTheIndex(t *testing.T) {
	for _, size := range []int{1, 30, 3000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, uint64(size)))
			feed, canaries := newShelf(), make([][]string, size)
			for i := range size {
				canaries[i] = []string{invented(random), invented(random), invented(random)}
				text := "We met in the quiet room " + strings.Join(canaries[i], " and ") + " about plants"
				feed.passages[ours] = append(feed.passages[ours], Passage{fmt.Sprint("p", i), text})
			}
			s := open(t, feed)
			if got := ids(t, s, ours, canaries[0][0]); len(got) != 1 {
				t.Fatalf("before forgetting, %d passages are found", len(got))
			}
			if !bytes.Contains(image(t, s.open[ours]), []byte(canaries[0][1])) {
				t.Fatal("before forgetting, the word is not in the index's bytes: this test sees nothing")
			}
			gone := random.Perm(size)[:(size+2)/3]
			names := make([]string, len(gone))
			for n, i := range gone {
				names[n] = fmt.Sprint("p", i)
			}
			s.Forget(ours, names[:1]...)
			s.Forget(ours, names[1:]...)
			if s.open[ours] == nil {
				t.Fatal("the index was dropped: forgetting failed")
			}
			noTrace(t, s, canaries, gone)
			if got := ids(t, s, ours, "quiet"); len(got) != size-len(gone) {
				t.Errorf("%d passages are left to find, want %d", len(got), size-len(gone))
			}
		})
	}
}

func noTrace(t *testing.T, s *Indexes, canaries [][]string, gone []int) {
	t.Helper()
	raw, known, parts := image(t, s.open[ours]), vocabulary(t, s.open[ours]), map[string]bool{}
	for at := 0; at+8 <= len(raw); at++ {
		parts[string(raw[at:at+8])] = true
	}
	for _, i := range gone {
		for _, word := range canaries[i] {
			if known[word] {
				t.Error("the index still knows a forgotten word")
			}
			// A beginning may be stored apart from its rest, so eight letters together count as a trace.
			// Fewer are in other words by chance.
			for at := 0; at+8 <= len(word); at++ {
				if parts[word[at:at+8]] {
					t.Errorf("letters %d to %d of a forgotten word are still in the index's bytes", at, at+8)
				}
			}
			if got := ids(t, s, ours, word); len(got) != 0 {
				t.Errorf("a forgotten word finds %v", got)
			}
		}
	}
}

// Words that begin alike are stored as what tells them apart, and the first word of a page once more in
// the list of pages: there a word can stay after its last passage went.
func TestForget_LeavesNoTraceInTheListOfPages(t *testing.T) {
	const size = 5000
	feed, kept, gone := newShelf(), []string{}, []string{}
	for i := range size {
		word, id := fmt.Sprintf("wordsthatbeginalike%05dq", i*7919%100_000), fmt.Sprint("p", i)
		feed.passages[ours] = append(feed.passages[ours], Passage{id, word})
		if i%10 == 0 {
			kept = append(kept, word)
		} else {
			gone = append(gone, id)
		}
	}
	s := open(t, feed)
	ids(t, s, ours, "word")
	if before := pages(t, s.open[ours]); len(before) < 10 {
		t.Fatalf("the index has %d pages: too few to see anything", len(before))
	}
	s.Forget(ours, gone...)
	if known := vocabulary(t, s.open[ours]); len(known) != len(kept) {
		t.Errorf("the index knows %d words, want %d", len(known), len(kept))
	}
	for _, start := range pages(t, s.open[ours]) {
		if !slices.ContainsFunc(kept, func(word string) bool { return strings.HasPrefix(word, start) }) {
			t.Errorf("the list of pages has %q, which no kept word begins with", start)
		}
	}
}

// pages returns the beginnings of words in FTS5's list of pages.
func pages(t *testing.T, ix *index) []string {
	t.Helper()
	rows, err := ix.words.conn.QueryContext(t.Context(), `SELECT COALESCE(CAST(substr(term, 2) AS TEXT), '') FROM word_idx`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var starts []string
	for rows.Next() {
		var start string
		if err := rows.Scan(&start); err != nil {
			t.Fatal(err)
		}
		starts = append(starts, start)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return starts
}

func TestForget_WhileBuilding(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	early, late := invented(random), invented(random)
	feed := newShelf("first "+early, "second", "third "+late, "fourth")
	s := open(t, feed)
	feed.during = func(n int) error {
		if n == 1 { // one is read already, one is not
			s.Forget(ours, "p0", "p2")
		}
		return nil
	}
	if got := ids(t, s, ours, "second"); len(got) != 1 {
		t.Fatalf("found %v", got)
	}
	noTrace(t, s, [][]string{{early}, {late}}, []int{0, 1})
}

func TestForget_UnknownIDsAndNoIndexAreFine(t *testing.T) {
	s := open(t, newShelf("plants"))
	s.Forget(ours, "p0") // no index: the feed is asked afresh
	ids(t, s, ours, "plants")
	s.Forget(ours)
	s.Forget(ours, "nobody")
	s.Forget(theirs, "p0")
	if got := ids(t, s, ours, "plants"); len(got) != 1 {
		t.Errorf("found %v", got)
	}
}

// corpus makes passages of 100 words each, from 8,000 words in which few are frequent, as in speech.
func corpus(words int) *shelf {
	random := rand.New(rand.NewPCG(3, 3))
	known := make([]string, 8000)
	for i := range known {
		known[i] = invented(random)[:3+random.IntN(8)]
	}
	zipf := rand.NewZipf(random, 1.1, 4, uint64(len(known)-1))
	texts := make([]string, words/100)
	for i := range texts {
		var b strings.Builder
		for range 100 {
			b.WriteString(known[zipf.Uint64()])
			b.WriteByte(' ')
		}
		texts[i] = b.String()
	}
	s := newShelf(texts...)
	s.passages[theirs] = []Passage{{ID: known[0]}, {ID: known[40]}, {ID: known[2000]}} // frequent, common, rare
	return s
}

func BenchmarkBuild_MillionWords(b *testing.B) {
	feed := corpus(1_000_000)
	for b.Loop() {
		w, err := newWords(b.Context(), feed.feed())
		if err != nil {
			b.Fatal(err)
		}
		w.close()
	}
}

func BenchmarkSearch_MillionWords(b *testing.B) {
	feed := corpus(1_000_000)
	s := New(feed, Idle)
	defer s.Close()
	known := feed.passages[theirs]
	for name, query := range map[string]string{
		"rare": known[2].ID, "common": `"` + known[1].ID + `"`, "frequent": `"` + known[0].ID + `"`,
		"two": known[0].ID + " " + known[1].ID, "letter": "a",
	} {
		if _, err := s.Search(b.Context(), ours, query, 50); err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Search(b.Context(), ours, query, 50); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkForget_MillionWords(b *testing.B) {
	s := New(corpus(1_000_000), Idle)
	defer s.Close()
	if _, err := s.Search(b.Context(), ours, "a", 1); err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		s.Forget(ours, fmt.Sprint("p", i%10_000))
		i++
	}
}
