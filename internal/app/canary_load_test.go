package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
)

// P9, while much comes and goes: tens of megabytes are brought in through the real upload and a hundred
// thousand passages leave as csv and as a workbook. All the while every file is searched, again and again,
// and what the process has open is looked at; nothing at all is put into the temporary folder.
// (Ten thousand passages without FOOTING_FULL=1, and on PostgreSQL.)
func TestCanary_WhileMuchComesAndGoes(t *testing.T) {
	files := 2
	if os.Getenv("FOOTING_FULL") == "1" && engine.Of() == store.SQLite { // on PostgreSQL it takes minutes
		files = 20
	}
	p := newPlace(t)
	h := open(t, p.log)
	h.alone(t)
	l := &load{place: p, h: h, word: canary.New(), ruth: h.visit(t, "Ruth", person.Researcher, person.Analyst), study: h.pointOf(t, "Bren").study}
	var waiting answer
	l.watched("an upload", func() { waiting = l.bringIn(files) })
	l.watched("keeping it", func() { l.keep(waiting) })
	rows := l.index()
	if rows != files*turnsEach {
		t.Fatalf("%d turns are indexed, want %d", rows, files*turnsEach)
	}
	for _, what := range []string{"codings.csv", "codings.xlsx"} {
		var sent []byte
		l.watched(what, func() { sent = l.export(what) })
		if n := passagesIn(t, what, sent, l.word); n < rows {
			t.Errorf("%s holds %d of %d passages: this test sees too little", what, n, rows)
		}
	}
	hits, err := canary.Finder{Words: []string{l.word}}.Look(h.serverFiles(t)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range hits {
		t.Error(hit)
	}
}

// turnsEach is how many turns each file brings, of about 300 letters each.
const turnsEach = 5000

type load struct {
	*place
	h     *house
	word  string
	ruth  *visitor
	study string
}

// watched searches everything while something is done, and once more afterwards.
func (l *load) watched(what string, do func()) {
	l.t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	find := canary.Finder{Words: []string{l.word}}
	found := make(chan []canary.Hit, 1)
	go func() { found <- l.passing(find, done) }()
	rounds, seen := 0, map[string]bool{}
	for last := false; !last; rounds++ {
		select {
		case <-done:
			last = true
		case <-time.After(300 * time.Millisecond): // what is searched for has to be written meanwhile
		}
		hits, err := find.Look(l.h.dir)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, hit := range hits {
			seen[hit.String()] = true
		}
	}
	l.mu.Lock()
	logged := find.Bytes("the log", l.lines.Bytes())
	l.mu.Unlock()
	for _, hit := range append(logged, <-found...) {
		seen[hit.String()] = true
	}
	for hit := range maps.Keys(seen) {
		l.t.Errorf("during %s: %s", what, hit)
	}
	l.t.Logf("%s: all files were searched %d times", what, rounds)
}

// passing looks until something is done at what may be gone in a moment: the temporary folder, where
// nothing may come, and files that are open and have no name any more.
func (l *load) passing(find canary.Finder, done <-chan struct{}) (hits []canary.Hit) {
	for ; len(hits) == 0; time.Sleep(5 * time.Millisecond) {
		entries, err := os.ReadDir(l.tmp)
		if err != nil {
			l.t.Error(err)
		}
		for _, e := range entries {
			hits = append(hits, canary.Hit{Path: filepath.Join(l.tmp, e.Name()), Word: "something", Form: "a temporary file"})
		}
		open, _ := filepath.Glob("/proc/self/fd/*") // where there is such a thing
		for _, path := range open {
			name, err := os.Readlink(path)
			if err != nil || !strings.HasSuffix(name, " (deleted)") {
				continue
			}
			if content, err := os.ReadFile(path); err == nil {
				hits = append(hits, find.Bytes(name, content)...)
			}
		}
		select {
		case <-done:
			return hits
		default:
		}
	}
	return hits
}

// bringIn uploads several transcripts at once.
func (l *load) bringIn(files int) answer {
	var parts []filePart
	for n := range files {
		var text strings.Builder
		for i := range turnsEach {
			fmt.Fprintf(&text, "%s: Part %d of %d. We said %s at the table, and walked on a little to the bench. %s\n\n", []string{"Ruth", "Ann"}[i%2], i, n, l.word,
				strings.Repeat("The bus was late and the tea was good. ", 5))
		}
		parts = append(parts, filePart{fmt.Sprintf("%s-%d.txt", l.word, n), text.String()})
	}
	a := l.ruth.uploadAll(l.t, "/source/upload", parts)
	if a.status != http.StatusSeeOther {
		l.t.Errorf("uploading answers %d", a.status)
	}
	return a
}

// keep confirms all of them.
func (l *load) keep(waiting answer) {
	page := l.ruth.ask(l.t, "GET", waiting.location, nil)
	choices := url.Values{"kind": {"interview"}, "own": {"yes"}}
	for _, name := range slices.Compact(voices.FindAllString(page.body, -1)) {
		choices.Set(name, "outside")
		if strings.HasSuffix(name, ".0") { // Ruth speaks first
			choices.Set(name, "interviewer")
		}
	}
	if a := l.ruth.ask(l.t, "POST", waiting.location+"/confirm", choices); a.status != http.StatusSeeOther {
		l.t.Errorf("keeping answers %d", a.status)
	}
}

var (
	voices  = regexp.MustCompile(`voice\.[0-9]+\.[0-9]+`)
	sources = regexp.MustCompile(`href="(/source/[a-z2-7]{26})"`)
	termsAt = regexp.MustCompile(`/source/[a-z2-7]{26}/terms/[a-z2-7]{26}`)
	sheetIs = regexp.MustCompile(`name="sheet" value="([^"]+)"|<option value="([^"]+)"`)
)

// index has every outside speaker's words allowed, offers each source and puts every turn under a theme.
// It returns how many turns are indexed.
func (l *load) index() (rows int) {
	theme := l.theme()
	known := map[string]bool{}
	for _, m := range sources.FindAllStringSubmatch(l.ruth.ask(l.t, "GET", "/source", nil).body, -1) {
		at := m[1]
		page := l.ruth.ask(l.t, "GET", at, nil)
		if known[at] || !strings.Contains(page.body, l.word) { // its title is the file's name
			continue
		}
		known[at] = true
		for _, terms := range slices.Compact(termsAt.FindAllString(page.body, -1)) {
			sheet := sheetIs.FindStringSubmatch(l.ruth.ask(l.t, "GET", terms, nil).body)
			l.did(terms, url.Values{"analysis": {"yes"}, "form": {"words"}, "until": {"study"}, "way": {"paper"}, "sheet": {sheet[1] + sheet[2]}, "limits": {"1"}})
		}
		l.did(at+"/offer", url.Values{"marked": {"1"}})
		turns := url.Values{"theme": {theme}, "version": {"1"}}
		for i := range turnsEach {
			turns.Add("turn", strconv.Itoa(i+1))
		}
		l.did(strings.Replace(at, "/source/", "/index/"+l.study+"/", 1), turns)
		rows += turnsEach
	}
	return rows
}

func (l *load) did(to string, form url.Values) {
	l.t.Helper()
	if a := l.ruth.ask(l.t, "POST", to, form); a.status != http.StatusSeeOther {
		l.t.Fatalf("%s answers %d", to, a.status)
	}
}

func (l *load) theme() string {
	link := themeAt.FindString(l.ruth.ask(l.t, "GET", "/frame/"+l.study, nil).body)
	return link[strings.LastIndex(link, "/")+1:]
}

// export makes a file and returns its bytes.
func (l *load) export(what string) []byte {
	form := url.Values{"what": {what}, "purpose": {"To count them."}}
	r := httptest.NewRequestWithContext(l.t.Context(), "POST", "/export/"+l.study, strings.NewReader(form.Encode()))
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range l.ruth.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	l.h.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		l.t.Errorf("%s answers %d", what, w.Code)
	}
	return w.Body.Bytes()
}

// passagesIn counts the rows of a file that hold the word.
func passagesIn(t *testing.T, what string, sent []byte, word string) (n int) {
	t.Helper()
	if strings.HasSuffix(what, ".xlsx") {
		book, err := zip.NewReader(bytes.NewReader(sent), int64(len(sent)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range book.File {
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			var text bytes.Buffer
			if _, err := text.ReadFrom(r); err != nil {
				t.Fatal(err)
			}
			n += bytes.Count(text.Bytes(), []byte("We said "+word))
		}
		return n
	}
	return bytes.Count(sent, []byte("We said "+word))
}
