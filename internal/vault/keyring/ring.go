// Package keyring keeps the keys that package vault seals with, so that one of them can be destroyed
// and stay destroyed.
//
// A root key in a file outside every database wraps the key of the epoch in force; that one seals one
// random key per id. To destroy keys, Destroy makes a new epoch key, seals all other keys again under
// it and drops the old one: whatever is left anywhere of what the old epoch sealed, in free pages, logs
// or copies of single rows, then opens with nothing. Only a copy of the whole key store from before
// still does, which is why its backups are few and short-lived.
//
// No key but the root key is held in memory from one call to the next, so a replica never goes on
// using an epoch that another one has ended.
package keyring

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/internal/box"
)

// A Ring is an open key store. It is safe for use by many goroutines and by several replicas at once.
type Ring struct {
	db    *store.DB
	root  vault.Key
	clock func() time.Time
}

// Rows returns how many keys there are.
func (r *Ring) Rows(ctx context.Context) (n int64, err error) {
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		n, err = store.Get(ctx, tx, store.One[int64], `SELECT CAST(coalesce(sum(keys), 0) AS BIGINT) FROM shelf`)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("counting keys: %w", err)
	}
	return n, nil
}

// Create makes and stores a random key for each id and returns them by id. It comes before the row
// that is sealed with it; what never gets its row is swept by Orphans. It returns store.ErrDuplicate,
// and makes none, if one of the ids has a key.
func (r *Ring) Create(ctx context.Context, ids ...string) (map[string]vault.Key, error) {
	var keys map[string]vault.Key
	err := r.db.Write(ctx, func(tx *store.Tx) error {
		e, err := r.takeTurn(ctx, tx)
		if err != nil {
			return err
		}
		defer e.forget()
		keys = make(map[string]vault.Key, len(ids))
		return e.create(ctx, tx, ids, keys)
	})
	if err != nil {
		return nil, fmt.Errorf("creating keys: %w", err)
	}
	return keys, nil
}

func (e *epoch) create(ctx context.Context, tx *store.Tx, ids []string, keys map[string]vault.Key) error {
	on := byShelf(ids)
	rows := make([]sealedShelf, 0, len(on))
	fill := func(s *shelf) error {
		for _, id := range on[s.number] {
			keys[id] = box.NewKey()
			if err := s.add(id, keys[id]); err != nil {
				return err
			}
		}
		rows = append(rows, e.sealShelf(s))
		delete(on, s.number)
		return nil
	}
	if err := e.eachShelf(ctx, tx, numbers(on), fill); err != nil {
		return err
	}
	for _, number := range numbers(on) { // those that were empty
		if err := fill(&shelf{number: number}); err != nil {
			return err
		}
	}
	return put(ctx, tx, rows)
}

// Keys returns the keys of ids. Ids without a key are absent from the answer.
func (r *Ring) Keys(ctx context.Context, ids []string) (map[string]vault.Key, error) {
	keys := make(map[string]vault.Key, len(ids))
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		e, err := r.inForce(ctx, tx)
		if err != nil {
			return err
		}
		defer e.forget()
		return e.eachShelf(ctx, tx, numbers(byShelf(ids)), func(s *shelf) error {
			return s.each(func(id, raw []byte) {
				if wanted[string(id)] {
					keys[string(id)] = box.KeyOf([box.KeySize]byte(raw))
				}
			})
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	return keys, nil
}

// byShelf groups ids by the shelf they lie on.
func byShelf(ids []string) map[int][]string {
	on := make(map[int][]string, min(len(ids), shelves))
	for _, id := range ids {
		number := shelfOf(id)
		on[number] = append(on[number], id)
	}
	return on
}

func numbers(on map[int][]string) []int {
	list := make([]int, 0, len(on))
	for number := range on {
		list = append(list, number)
	}
	slices.Sort(list)
	return list
}

// An epoch is an epoch's key, for the length of one transaction.
type epoch struct {
	number int64
	key    vault.Key
	cipher cipher.AEAD
}

func newEpoch(number int64, key vault.Key) *epoch { return &epoch{number, key, box.Cipher(key)} }

func (e *epoch) forget() { box.Wipe(e.key) }

// inForce returns the epoch in force.
func (r *Ring) inForce(ctx context.Context, tx *store.Tx) (*epoch, error) {
	return r.epoch(ctx, tx, `SELECT number, wrapped FROM epoch`)
}

// takeTurn returns the epoch in force and makes other writers wait until tx ends. What tx reads after
// it on PostgreSQL (read committed) includes all that earlier writers did.
func (r *Ring) takeTurn(ctx context.Context, tx *store.Tx) (*epoch, error) {
	return r.epoch(ctx, tx, `UPDATE epoch SET number = number RETURNING number, wrapped`)
}

func (r *Ring) epoch(ctx context.Context, tx *store.Tx, query string) (*epoch, error) {
	var number int64
	wrapped, err := store.Get(ctx, tx, func(from store.Row) (wrapped []byte, err error) {
		err = from.Scan(&number, &wrapped)
		return wrapped, err
	}, query)
	if errors.Is(err, fault.Missing) {
		return nil, errors.New("the key store has no epoch")
	} else if err != nil {
		return nil, fmt.Errorf("reading the epoch: %w", err)
	}
	raw, err := box.Open(nil, box.Cipher(r.root), epochPlace(number), wrapped)
	if err != nil {
		return nil, ErrWrongRoot
	}
	defer clear(raw)
	if len(raw) != box.KeySize {
		return nil, errors.New("the epoch's key has the wrong length")
	}
	return newEpoch(number, box.KeyOf([box.KeySize]byte(raw))), nil
}

// wrapEpoch returns an epoch's key sealed under the root key.
func (r *Ring) wrapEpoch(e *epoch) []byte {
	return box.Seal(nil, box.Cipher(r.root), epochPlace(e.number), box.Raw(e.key))
}

func epochPlace(number int64) []byte {
	return vault.Place{Table: "epoch", Column: "wrapped", Version: number}.Bind(nil)
}
