package app_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"footing/internal/store"
)

// asABrowser are the headers by which a page is asked for.
var asABrowser = http.Header{"Accept": {"text/html,application/xhtml+xml"}}

// post sends a form as somebody does who taps twice, and then once more: all three get the same answer, or
// a sentence, and the third changes nothing. Writing through every form does so with each of them.
func (w *writer) post(v *visitor, to string, values url.Values) answer {
	w.t.Helper()
	if w.refusal {
		return v.send(w.t, "POST", to, values, asABrowser)
	}
	if values.Get("once") == "" {
		w.t.Errorf("the form that leads to %s has no value by which it is done once", to)
	}
	var twice [2]answer
	var people [2]visitor
	var both sync.WaitGroup
	for i := range twice {
		people[i] = *v
		people[i].cookies = slices.Clone(v.cookies)
		both.Go(func() { twice[i] = people[i].send(w.t, "POST", to, values, asABrowser) })
	}
	both.Wait()
	first, second := 0, 1
	if isOnce(twice[0]) {
		first, second = 1, 0
	}
	before := w.h.everyTable(w.t)
	late := visitor{name: v.name, h: v.h, cookies: slices.Clone(v.cookies)}
	third := late.send(w.t, "POST", to, values, asABrowser)
	for _, again := range []answer{twice[second], third} {
		if !isOnce(again) && (again.status != twice[first].status || again.location != twice[first].location) {
			w.t.Errorf("%s answers %d %s, and sent again %d %s", to, twice[first].status, twice[first].location, again.status, again.location)
		}
	}
	after := w.h.everyTable(w.t)
	// The program tidies up each minute, so that rows can go meanwhile.
	maps.DeleteFunc(after, func(table string, n int64) bool { return n <= before[table] })
	if len(after) > 0 {
		w.t.Errorf("%s, sent once more, makes something in %v", to, slices.Sorted(maps.Keys(after)))
	}
	v.cookies = people[first].cookies
	return twice[first]
}

// isOnce reports whether an answer says that the form was done already.
func isOnce(a answer) bool { return strings.Contains(a.body, "It was done once") }

// everyTable counts the rows of every table, but for those that the program itself writes at any time.
func (h *house) everyTable(t *testing.T) map[string]int64 {
	t.Helper()
	tables := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if h.Store().Engine() == store.Postgres {
		tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	}
	ctx, counts := t.Context(), map[string]int64{}
	err := h.Store().Read(ctx, func(tx *store.Tx) error {
		names, err := store.List(ctx, tx, store.One[string], tables)
		for _, name := range names {
			if err == nil && !slices.Contains([]string{"event", "event_head", "sqlite_sequence"}, name) {
				counts[name], err = store.Get(ctx, tx, store.One[int64], "SELECT COUNT(*) FROM "+name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}
