// Package app puts the program together: it opens the stores, hands every room what it stands on, and
// serves. The one list of rooms is in rooms.go.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"footing/internal/aloud"
	"footing/internal/consent"
	"footing/internal/entry"
	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/lang"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/vault/keyring"
	"footing/internal/web"
)

// App is a program that is put together and not yet serving.
type App struct {
	Config
	*Parts

	db, keys *store.DB
	ring     *keyring.Ring
	swept    time.Time // when keys without a row were last looked for
	lock     *lock
	ballast  *ballast
	door     *entry.Room
	aloud    *aloud.Room
	uploads  *source.Room
	restored []func(context.Context, *store.Tx, person.Partnership) error // what rooms close after a restore
	shell    *web.Shell
	words    *lang.Catalogue // what the rooms say, once they are read
	code     string          // makes a partnership while there is none
}

// Open opens the stores, brings them to the newest schema, finishes what was interrupted, and returns
// the program. The caller closes it.
func Open(ctx context.Context, c Config) (a *App, err error) {
	c = c.withDefaults()
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	if info, err := os.Stat(c.Backups); c.Backups != "" && (err != nil || !info.IsDir()) {
		return nil, fmt.Errorf("--backups: there is no folder %s: make it, or name the one that backups are written to", c.Backups)
	}
	a = &App{Config: c, code: entry.NewSetUpCode()}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.lock, err = takeLock(filepath.Join(c.Data, "lock")); err != nil {
		return a, err
	}
	a.ballast = newBallast(c)
	a.ballast.short() // before the stores are opened, which takes a little room
	if a.db, err = store.Open(ctx, c.mainAddress()); err != nil {
		return a, err
	}
	if a.keys, err = store.Open(ctx, c.keyAddress()); err != nil {
		return a, err
	}
	for _, db := range []*store.DB{a.db, a.keys} {
		db.OnFull(func() { a.ballast.short() })
	}
	if a.ring, err = keyring.Open(ctx, a.keys, c.RootKey, c.Now); err != nil {
		return a, err
	}
	bus := event.New(a.db, c.Now, c.Log)
	gate := consent.New(a.db, a.ring, bus, c.Now, time.Duration(c.UndoDays)*24*time.Hour, c.Log)
	a.Parts = assemble(c, a.db, gate, bus, consent.Box{Key: a.ring.Derive("account")})
	rooms, err := a.rooms()
	if err != nil {
		return a, err
	}
	if err := a.db.Migrate(ctx, migrations(rooms)...); err != nil {
		return a, err
	}
	if err := a.tidy(ctx); err != nil {
		return a, fmt.Errorf("finishing what was interrupted: %w", err)
	}
	a.shell, err = a.shellOf(rooms)
	return a, err
}

// Handler serves every page.
func (a *App) Handler() http.Handler { return a.shell.Handler() }

// Shell returns the routes, for the tests that range over them.
func (a *App) Shell() *web.Shell { return a.shell }

// Store returns the main database, for the demo and the tests.
func (a *App) Store() *store.DB { return a.db }

// KeyStore returns the key database, for the tests that search its bytes.
func (a *App) KeyStore() *store.DB { return a.keys }

// Close closes what is open. It can be called at any point of opening.
func (a *App) Close() error {
	var errs []error
	for _, db := range []*store.DB{a.db, a.keys} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if a.lock != nil {
		errs = append(errs, a.lock.release())
	}
	return errors.Join(errs...)
}

// lastMinute is how long what is on its way has to arrive and be answered once the server is to stop, and
// how long what was cut off then has to put itself in order.
const lastMinute = 5 * time.Second

// Run serves until ctx ends, then lets running requests finish: what somebody is sending is kept, and open
// pages are let go. It returns when no request runs any more. ready is called once the address answers.
func (a *App) Run(ctx context.Context, ready func(net.Addr)) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.Addr)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	if err := a.lock.says(a.where(listener.Addr())); err != nil {
		return errors.Join(fmt.Errorf("saying where this server answers: %w", err), listener.Close())
	}
	serving, served := context.WithCancel(context.WithoutCancel(ctx))
	defer served()
	var running sync.WaitGroup
	server := &http.Server{Handler: counted(a.Handler(), &running), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return serving },
		ErrorLog:    log.New(io.Discard, "", 0)} // what net/http writes by itself names addresses; faults of ours are logged where they happen
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if a.TLSCert != "" {
			return server.ServeTLS(listener, a.TLSCert, a.TLSKey)
		}
		return server.Serve(listener)
	})
	group.Go(func() error { return a.events.Run(ctx) })
	group.Go(func() error { return a.tombstonesFollow(ctx) })
	group.Go(func() error { return a.find.Keep(ctx) })
	group.Go(func() error { return a.tidyEvery(ctx, time.Minute) })
	group.Go(func() error {
		<-ctx.Done()
		return shut(server, &running, served, lastMinute)
	})
	ready(listener.Addr())
	if err := group.Wait(); !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// counted counts the requests that run: closing a line does not wait for whoever answers on it, and the
// stores must not be closed under them.
func counted(next http.Handler, running *sync.WaitGroup) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		running.Add(1)
		defer running.Done()
		next.ServeHTTP(w, r)
	})
}

// shut lets running requests finish for as long as that. Whoever is still sending then is cut off, and
// waited for once more.
func shut(server *http.Server, running *sync.WaitGroup, served func(), most time.Duration) error {
	late, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	err := server.Shutdown(late)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	err = server.Close()
	served()
	done := make(chan struct{})
	go func() {
		running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(most):
	}
	return err
}

// Partnership returns the id of the partnership, empty while there is none.
func (a *App) Partnership(ctx context.Context) (person.Partnership, error) { return a.partnership(ctx) }

func (a *App) partnership(ctx context.Context) (person.Partnership, error) {
	site, err := a.site(ctx)
	if errors.Is(err, fault.Missing) {
		return "", nil
	}
	return site.Partnership, err
}
