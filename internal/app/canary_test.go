package app_test

import (
	"bytes"
	"errors"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"footing/internal/app"
	"footing/internal/backup"
	"footing/internal/demo"
	"footing/internal/store"
	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
	"footing/internal/testing/nextdoor"
)

// P9: through every form of the program that somebody can type into, and into every sealed column, a word
// is written that is nowhere else. Afterwards it is readable in no file: not in the databases and their
// logs, temporary folders, tombstones and backups, nor in what the program logged, nor in an
// address. What the group shows of itself is in the main database alone.
func TestCanary_ThroughEveryForm(t *testing.T) {
	place := newPlace(t)
	h := open(t, place.log)
	h.alone(t)
	w := newWriter(t, h)
	before := h.sealed(t)
	w.asWeMeet()
	w.foundAnother(place)
	w.atTheDoor(place)
	w.asAMember()
	w.atTheTable()
	w.onPaper()
	w.asAnalyst()
	w.asKeeper()
	told := w.asAsker()
	closed := w.asDecider()
	w.asHost()
	after := h.sealed(t)
	w.everyPage()
	closed(place)
	told(place)
	if missed := w.missed(); len(missed) > 0 {
		t.Errorf("nothing was written through %s: write through it here, or say in the table of forms that nothing can be typed into it",
			strings.Join(slices.Sorted(slices.Values(missed)), ", "))
	}
	for column, values := range h.sealed(t) {
		maps.Copy(values, after[column])
		maps.DeleteFunc(values, func(sealed string, _ bool) bool { return before[column][sealed] })
		if len(values) == 0 {
			t.Errorf("nothing was written into %s", column)
		}
	}
	place.look(w)
	// Every room has been written into by now: each key belongs to something stored, and is there.
	keys := replicas{t: t, config: h.Config}
	keys.everyStoredKeyIsThere(h.App)
}

// alone leaves the partnership next door, for a test of whole databases. The tombstones that were written
// by then may know of it, and are written anew.
func (h *house) alone(t *testing.T) {
	t.Helper()
	nextdoor.Leave(t, h.Store())
	for {
		err := os.Remove(filepath.Join(h.dir, backup.TombstoneFile))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if err := h.Tidy(t.Context()); !errors.Is(err, backup.ErrOlder) {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
	}
}

// A place is everywhere that a run of the program leaves something.
type place struct {
	t     *testing.T
	tmp   string
	later time.Duration // how far the clock is set forward
	dirs  []string
	mu    sync.Mutex
	lines bytes.Buffer // what was logged, down to the smallest
}

func newPlace(t *testing.T) *place {
	p := &place{t: t, tmp: t.TempDir()}
	t.Setenv("TMPDIR", p.tmp)
	p.dirs = []string{p.tmp}
	return p
}

func (p *place) log(c *app.Config) {
	now := c.Now
	c.Now = func() time.Time { return now().Add(p.later) }
	c.Log = slog.New(slog.NewTextHandler(p, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p.dirs = append(p.dirs, c.Data)
}

// Write takes a line of the log.
func (p *place) Write(line []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lines.Write(line)
}

// look searches everything, backups too, and says of each hit through which form it came.
func (p *place) look(w *writer) {
	p.t.Helper()
	copies := w.h.backup(p.t, w.h.Config)
	find := canary.Finder{Words: []string{w.hide, w.show}, Identities: []age.Identity{copies.identity}}
	if err := w.h.Tidy(p.t.Context()); err != nil { // which writes tombstones
		p.t.Fatal(err)
	}
	server := w.h.serverFiles(p.t)
	hits, err := find.Look(append(append(p.dirs, filepath.Dir(copies.Main)), server...)...)
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	logged := bytes.Clone(p.lines.Bytes())
	p.mu.Unlock()
	if !bytes.Contains(logged, []byte("answered")) {
		p.t.Error("the log has no line about an answer: the search of it shows nothing")
	}
	open := map[string]bool{}
	for _, hit := range append(hits, find.Bytes("the log", logged)...) {
		name := filepath.Base(strings.TrimSuffix(hit.Path, "!age"))
		main := strings.HasPrefix(name, "main.db") || strings.HasPrefix(name, "main-") || slices.ContainsFunc(server, func(dir string) bool { return strings.HasPrefix(hit.Path, dir) })
		if hit.Word == w.show && main && hit.Form == "plain text" {
			open[name] = true
			continue
		}
		p.t.Errorf("%s; its words are of %v", hit, w.sent(hit))
	}
	if names := slices.Collect(maps.Keys(open)); len(open) < 2 || !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, "main-") }) {
		p.t.Errorf("what is kept in the clear was found in %v alone: the search shows nothing", open)
	}
}

// serverFiles returns the folder of a database server's files, and none on SQLite.
func (h *house) serverFiles(t *testing.T) []string {
	t.Helper()
	if engine.Of() != store.Postgres {
		return nil
	}
	var files string
	if _, err := h.Store().Raw().ExecContext(t.Context(), "CHECKPOINT"); err != nil {
		t.Fatal(err)
	}
	if err := h.Store().Raw().QueryRowContext(t.Context(), "SHOW data_directory").Scan(&files); err != nil {
		t.Fatal(err)
	}
	return []string{files}
}

// sent says through which forms the words of a hit may have come: those that are in the file as they were
// written, or all of that kind.
func (w *writer) sent(hit canary.Hit) (list []string) {
	for word, where := range w.went {
		if !strings.HasPrefix(word, hit.Word) {
			continue
		}
		if exact, err := (canary.Finder{Words: []string{word}}).Look(strings.SplitN(hit.Path, "!", 2)[0]); err == nil && len(exact) > 0 {
			list = append(list, where)
		}
	}
	return list
}

// sealed returns the values in each sealed column of the main database.
func (h *house) sealed(t *testing.T) map[string]map[string]bool {
	t.Helper()
	all := map[string]map[string]bool{}
	for table, fields := range listedColumns(t) {
		for field, c := range fields {
			if c.Kept != "sealed" || table == "shelf" || table == "epoch" {
				continue
			}
			values := map[string]bool{}
			all[table+"."+field] = values
			err := h.Store().Read(t.Context(), func(tx *store.Tx) error {
				return tx.Each(t.Context(), func(r store.Row) error {
					sealed, err := store.One[[]byte](r)
					values[string(sealed)] = true
					return err
				}, `SELECT `+field+` FROM `+table+` WHERE `+field+` IS NOT NULL`)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return all
}

// foundAnother makes a partnership of its own on an empty server, which can be done once on each.
func (w *writer) foundAnother(p *place) {
	w.t.Helper()
	clock := &demo.Clock{}
	config := app.Config{Data: w.t.TempDir(), UndoDays: 7, Now: clock.Now}
	p.log(&config)
	a, err := app.Open(w.t.Context(), config)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			w.t.Error(err)
		}
	}()
	code, err := a.SetUpCode(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	first := &visitor{name: "the first of two", h: &house{App: a, dir: config.Data, clock: clock}}
	w.fill(first, "/", "/set-up", "code", code, "keeper", "me")
	second := first.h.visit(w.t, "")
	given := w.fill(first, "/founding", "/founding")
	joining := w.fill(second, "/join", "/join", "code", shownOnce(w.t, given))
	w.send(second, joining, "/join", "/join/now", "other", w.wentTo("POST /set-up", "name"))
}

// wentTo returns the word that was sent to a field last.
func (w *writer) wentTo(action, field string) (word string) {
	w.t.Helper()
	for one, where := range w.went {
		if where == action+", "+field && one > word {
			word = one
		}
	}
	if word == "" {
		w.t.Fatalf("nothing was sent to %s of %s", field, action)
	}
	return word
}

// upload sends one file as the page does.
func (v *visitor) upload(t *testing.T, to, name, text string, more ...string) answer {
	t.Helper()
	return v.uploadAll(t, to, []filePart{{name, text}}, more...)
}

// leave sends what somebody left spoken, as the page does.
func (v *visitor) leave(t *testing.T, to, name, sound string, more ...string) answer {
	t.Helper()
	return v.sendFiles(t, to, "sound", []filePart{{name, sound}}, more...)
}

// A filePart is one file of an upload.
type filePart struct{ name, text string }

// uploadAll sends files as the page does, with further fields, names and values in turn.
func (v *visitor) uploadAll(t *testing.T, to string, files []filePart, more ...string) answer {
	t.Helper()
	return v.sendFiles(t, to, "file", files, more...)
}

func (v *visitor) sendFiles(t *testing.T, to, field string, files []filePart, more ...string) answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(more); i += 2 {
		if err := form.WriteField(more[i], more[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		part, err := form.CreateFormFile(field, f.name)
		if err == nil {
			_, err = part.Write([]byte(f.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, to, &body)
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("Content-Type", form.FormDataContentType())
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	got := httptest.NewRecorder()
	v.h.Handler().ServeHTTP(got, r)
	return answer{status: got.Code, location: got.Header().Get("Location"), body: got.Body.String()}
}
