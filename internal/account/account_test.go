package account_test

import (
	"bytes"
	"context"
	"errors"
	"net/netip"
	"testing"
	"time"

	"footing/internal/account"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

// cheap makes hashing quick; what is tested does not depend on the cost.
var cheap = account.Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}

// Two partnerships hold equal data, so that whatever a query forgets to ask for shows.
const (
	here  person.Partnership = "here"
	there person.Partnership = "there"
)

const good = "four easy green words"

var home = netip.MustParseAddr("192.0.2.7")

// everyEngine runs a test on the run's engine.
func everyEngine(t *testing.T, test func(*testing.T, *world)) {
	engine.Run(t, func(t *testing.T, database func(name string) string) { test(t, newWorld(t, database("main.db"))) })
}

type world struct {
	*account.Accounts
	t   *testing.T
	db  *store.DB
	now time.Time
}

func newWorld(t *testing.T, address string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context(), account.Migrations); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, now: time.Date(2027, 3, 3, 9, 0, 20, 0, time.UTC)}
	w.Accounts = w.withCost(cheap)
	return w
}

func (w *world) withCost(c account.Cost) *account.Accounts {
	return account.New(account.Deps{DB: w.db, Box: box{}, Now: func() time.Time { return w.now }, Config: account.Config{Cost: c}})
}

// box stands for the vault's: it marks what it sealed, so that a column that was forgotten shows.
type box struct{}

var sealMark = []byte("sealed:")

func (box) Seal(plain []byte) []byte {
	out := bytes.Clone(sealMark)
	for _, b := range plain {
		out = append(out, b^0x5a)
	}
	return out
}

func (box) Open(sealed []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(sealed, sealMark)
	if !ok {
		return nil, errors.New("not sealed")
	}
	out := make([]byte, len(rest))
	for i, b := range rest {
		out[i] = b ^ 0x5a
	}
	return out, nil
}

func (w *world) write(do func(context.Context, *store.Tx) error) error {
	return w.db.Write(w.t.Context(), func(tx *store.Tx) error { return do(w.t.Context(), tx) })
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) want(what string, got, want error) {
	w.t.Helper()
	if !errors.Is(got, want) {
		w.t.Errorf("%s gives %v, want %v", what, got, want)
	}
}

// join makes the same account, with the same id, in both partnerships.
func (w *world) join(id person.ID, name string) {
	w.t.Helper()
	hashed, err := w.Hash(w.t.Context(), good)
	w.must(err)
	w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(w.Create(ctx, tx, here, id, name, hashed), w.Create(ctx, tx, there, id, name, hashed))
	}))
}

func (w *world) signIn(p person.Partnership, name string) account.Opened {
	w.t.Helper()
	opened, err := w.SignIn(w.t.Context(), p, account.Credentials{Name: name, Passphrase: good, From: home, Device: account.Phone})
	w.must(err)
	return opened
}

func (w *world) miss(name string, from netip.Addr) error {
	_, err := w.SignIn(w.t.Context(), here, account.Credentials{Name: name, Passphrase: "quite another one", From: from})
	return err
}

// rows counts the rows of a partnership in a table.
func (w *world) rows(p person.Partnership, table string) int {
	w.t.Helper()
	var n int
	w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) (err error) {
		n, err = store.Get(w.t.Context(), tx, store.One[int], `SELECT COUNT(*) FROM `+table+` WHERE partnership_id = $1`, p)
		return err
	}))
	return n
}
