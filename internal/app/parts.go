package app

import (
	"context"
	"fmt"
	"io/fs"

	"footing/internal/account"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/lang"
	"footing/internal/ledger"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
)

// Parts is what rooms stand on, made once.
type Parts struct {
	gate     *consent.Gate
	events   *event.Bus
	circle   *circle.Circle
	studies  *study.Studies
	accounts *account.Accounts
	sources  *source.Sources
}

func assemble(c Config, db *store.DB, gate *consent.Gate, bus *event.Bus, seal account.Box) *Parts {
	people := circle.New(gate, c.Now)
	return &Parts{
		gate: gate, events: bus, circle: people,
		studies:  study.New(gate, people, c.Now),
		sources:  source.NewSources(gate, c.Now),
		accounts: account.New(account.Deps{DB: db, Box: seal, Now: c.Now}),
	}
}

// migrations lists every table's file: the ground's first, then the rooms'.
func migrations(rooms []web.Room) []fs.FS {
	list := []fs.FS{account.Migrations, consent.Migrations, event.Migrations, ledger.Migrations, study.Migrations}
	for _, r := range rooms {
		if r.Migrations != nil {
			list = append(list, r.Migrations)
		}
	}
	return list
}

// words reads every room's words, the shell's and the ground's.
func words(rooms []web.Room) (*lang.Catalogue, error) {
	list := []fs.FS{web.Words(), account.Words()}
	for _, r := range rooms {
		if r.Words != nil {
			list = append(list, r.Words)
		}
	}
	cat, err := lang.Load(list...)
	if err != nil {
		return nil, fmt.Errorf("reading the words: %w", err)
	}
	return cat, nil
}

// site tells the shell what the group chose to show of itself.
func (a *App) site(ctx context.Context) (web.Site, error) {
	site := web.Site{Name: "Notes"}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		s, ready, err := circle.Of(ctx, tx)
		if ready {
			site = web.Site{Partnership: s.Partnership, Name: s.Name, LeaveTo: s.LeaveTo, Ready: true}
		}
		return err
	})
	return site, err
}
