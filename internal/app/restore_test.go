package app_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"footing/internal/app"
	"footing/internal/backup"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/nextdoor"
	"footing/internal/testing/pg"
)

// A backup that is put back lets nobody in who had been shut out since: sessions, tokens, invitations and
// links end, and so do printed codes and passphrases that were used up or replaced.
func TestRestore_OpensNoDoorThatWasShut(t *testing.T) {
	doorsAfterRestore(t, stores(t), stores(t))
}

// stores returns where a server keeps its data on the run's engine: new databases, or none named, which is a folder.
func stores(t *testing.T) (c app.Config) {
	t.Helper()
	if engine.Of() == store.Postgres {
		c.Database, c.Keys = pg.Database(t), pg.Database(t)
	}
	return c
}

const (
	firstPassphrase = "orchard kettle ribbon atlas"
	nextPassphrase  = "meadow window thistle copper"
)

func doorsAfterRestore(t *testing.T, old, restored app.Config) {
	h := open(t, func(c *app.Config) { c.Database, c.Keys = old.Database, old.Keys })
	nextdoor.Leave(t, h.Store())
	bren, jo := h.visit(t, "Bren"), h.visit(t, "Jo", person.Administrator)
	codes := printedCodes.FindAllStringSubmatch(bren.ask(t, "POST", "/me/codes", nil).body, -1)
	if len(codes) != 8 {
		t.Fatalf("she is shown %d codes", len(codes))
	}
	bren = h.recover(t, codes[0][1], firstPassphrase, true)
	token := shownOnce(t, bren.ask(t, "POST", "/me/tokens", url.Values{"label": {"mine"}}))
	invitation := shownOnce(t, jo.ask(t, "POST", "/people/invite", url.Values{"standing": {"charity"}}))
	link := h.link(t, "Dr")
	h.openDoors(t, bren, jo)
	copied := h.backup(t, old)
	h.recover(t, codes[1][1], nextPassphrase, true) // after the backup

	stones := filepath.Join(t.TempDir(), backup.TombstoneFile)
	if err := backup.WriteTombstones(t.Context(), h.Store(), stones, h.clock.Now()); err != nil {
		t.Fatal(err)
	}
	for name, stones := range map[string]string{"with tombstones": stones, "without": ""} {
		t.Run(name, func(t *testing.T) {
			switch {
			case stones == "" && restored.Database != "":
				t.Skip("two databases are restored into once; nothing in this differs between the engines")
			case stones == "" && os.Getenv("FOOTING_FULL") != "1":
				t.Skip("hashes many passphrases: part of make check (FOOTING_FULL=1)")
			}
			back, said := h.restore(t, copied, stones, restored)
			for _, v := range []*visitor{bren, jo} {
				if got := v.at(back).ask(t, "GET", "/me", nil); got.status != http.StatusSeeOther {
					t.Errorf("%s is still signed in: /me answers %d", v.name, got.status)
				}
			}
			if got := back.bearing(t, token); got == http.StatusOK {
				t.Error("a token of before still works")
			}
			if got := back.visit(t, "").ask(t, "POST", "/join", url.Values{"code": {invitation}}); got.status != http.StatusUnprocessableEntity {
				t.Errorf("an invitation of before answers %d", got.status)
			}
			if got := back.visit(t, "").ask(t, "POST", link, nil); got.status == http.StatusSeeOther {
				t.Error("a link of before still signs somebody in")
			}
			for _, table := range doors {
				if n := back.rows(t, table); n > 0 {
					t.Errorf("%d rows of %s are back", n, table)
				}
			}
			known := stones != ""
			back.recover(t, codes[1][1], "another one of four words", false) // used since
			back.enter(t, firstPassphrase, !known)                           // replaced since
			if got := back.visit(t, "Bren").ask(t, "GET", "/asked", nil).body; !strings.Contains(got, "You may be asked about:</b> nothing.") {
				t.Error("she may be asked what she chose before, though she may have chosen nothing since")
			}
			back.recover(t, codes[2][1], nextPassphrase, known)
			for _, want := range []string{"Nobody is signed in", "printed code"} {
				if !strings.Contains(said, want) {
					t.Errorf("the keeper is not told %q: %s", want, said)
				}
			}
		})
	}
}

// doors are the tables of which nothing may be back: each row lets somebody in, or lets something be done
// for somebody who may have taken that back since.
var doors = []string{"account_session", "account_token", "entry_invitation", "table_sitting", "rescue_helper", "rescue_begun", "byhand_sheet", "byhand_allowed"}

// openDoors has a row made in each of them, as people do.
func (h *house) openDoors(t *testing.T, bren, jo *visitor) {
	t.Helper()
	tolu := h.idOf(t, "Tolu")
	bren.ask(t, "POST", "/me/helpers", url.Values{"helper": {tolu}})
	bren.ask(t, "POST", "/me/paper/allow", url.Values{"allow": {"1"}})
	bren.ask(t, "POST", "/paper/for/break", url.Values{"for": {h.idOf(t, "Bren")}})
	jo.ask(t, "POST", "/helping", url.Values{"who": {h.idOf(t, "Ruth Ellery")}, "do": {"vouch"}})
	h.visit(t, "Jo").ask(t, "POST", "/table/new", url.Values{"hours": {"1"}})
	for _, table := range doors {
		if h.rows(t, table) == 0 {
			t.Errorf("%s is empty before: this test does not see whether anything of it is back", table)
		}
	}
}

// rows counts the rows of a table.
func (h *house) rows(t *testing.T, table string) (n int) {
	t.Helper()
	err := h.Store().Read(t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.Get(t.Context(), tx, store.One[int], `SELECT count(*) FROM `+table)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var (
	printedCodes = regexp.MustCompile(`<li>((?:[a-z]+ ){5}[a-z]+)</li>`)
	onceShown    = regexp.MustCompile(`(?:<p class="slip">|<p><b>)([^<]+)</`)
)

func shownOnce(t *testing.T, a answer) string {
	t.Helper()
	m := onceShown.FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("nothing is shown once: %d", a.status)
	}
	return m[1]
}

// recover uses one of Bren's printed codes, says whether that must work, and returns her as she is in then.
func (h *house) recover(t *testing.T, code, passphrase string, works bool) *visitor {
	t.Helper()
	v := &visitor{name: "Bren", standings: person.Set{person.LivedExperience}, h: h}
	a := v.ask(t, "POST", "/recover", url.Values{"name": {"Bren"}, "code": {code}, "passphrase": {passphrase}})
	if got := a.status == http.StatusSeeOther; got != works {
		t.Errorf("recovering with %q answers %d; letting her in is %v", code, a.status, works)
	}
	return v
}

// enter signs Bren in with a passphrase and says whether that must work.
func (h *house) enter(t *testing.T, passphrase string, works bool) {
	t.Helper()
	a := h.visit(t, "").ask(t, "POST", "/in", url.Values{"name": {"Bren"}, "passphrase": {passphrase}})
	if got := a.status == http.StatusSeeOther; got != works {
		t.Errorf("signing in with %q answers %d; letting her in is %v", passphrase, a.status, works)
	}
}

// at is the same browser, at another server.
func (v *visitor) at(h *house) *visitor {
	return &visitor{name: v.name, standings: v.standings, h: h, cookies: slices.Clone(v.cookies)}
}

// bearing asks whom a token acts for and returns the status.
func (h *house) bearing(t *testing.T, token string) int {
	t.Helper()
	return h.visit(t, "").send(t, "GET", "/me/token", nil, http.Header{"Authorization": {"Bearer " + token}}).status
}

// copies are one backup and what opens it.
type copies struct {
	backup.Written
	identity age.Identity
}

func (h *house) backup(t *testing.T, addresses app.Config) copies {
	t.Helper()
	return h.backupTo(t, t.TempDir(), addresses)
}

func (h *house) backupTo(t *testing.T, dir string, addresses app.Config) copies {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	addresses.Data = h.dir
	main, keys := addresses.Stores()
	written, err := backup.Write(t.Context(), backup.Options{Main: main, Keys: keys, To: dir,
		Recipients: []age.Recipient{identity.Recipient()}, Now: h.clock.Now()})
	if err != nil {
		t.Fatal(err)
	}
	return copies{written, identity}
}

// restore puts a backup back into a folder of its own, serves it, and returns what the keeper is told.
func (h *house) restore(t *testing.T, from copies, tombstones string, into app.Config) (*house, string) {
	t.Helper()
	into.Addr, into.UndoDays, into.Now = "127.0.0.1:0", 7, h.clock.Now
	into.Data, into.RootKey = filepath.Join(t.TempDir(), "data"), filepath.Join(h.dir, "root.key")
	done, err := app.Restore(t.Context(), into, backup.RestoreOptions{Main: from.Main, Keys: from.Keys, Tombstones: tombstones,
		Identities: []age.Identity{from.identity}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), into)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return &house{App: a, dir: into.Data, clock: h.clock}, strings.Join(done.Sentences(), " ")
}
