package keyring

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/internal/box"
)

const (
	// shelves is how many shelves keys are spread over. With 100,000 keys a shelf holds about 25 and 2 kB:
	// few enough to open for one key, many enough to a row for an epoch change to take far less than the
	// second that a row for each key would need. The number cannot change once there are keys.
	shelves = 4096
	// batch is how many shelves one statement reads or writes.
	batch = 64
)

var errShelf = errors.New("a shelf of keys cannot be read")

// A shelf holds the keys of all ids that hash to its number, one after the other: the id's length, the
// id, the key. It is stored as one sealed value.
type shelf struct {
	number int
	keys   int64 // how many
	plain  []byte
}

// shelfOf returns the number of the shelf that id's key lies on.
func shelfOf(id string) int {
	sum := sha256.Sum256([]byte(id))
	return int(binary.BigEndian.Uint16(sum[:])) % shelves
}

// each calls do for every entry; id and key are parts of s.plain.
func (s *shelf) each(do func(id, key []byte)) error {
	for rest := s.plain; len(rest) > 0; {
		size, n := binary.Uvarint(rest)
		if n <= 0 || size > uint64(len(rest)) || len(rest) < n+int(size)+box.KeySize {
			return errShelf
		}
		id, end := rest[n:n+int(size)], n+int(size)+box.KeySize
		do(id, rest[n+int(size):end])
		rest = rest[end:]
	}
	return nil
}

// add puts key on the shelf. It returns store.ErrDuplicate if id has a key.
func (s *shelf) add(id string, key vault.Key) error {
	duplicate := false
	if err := s.each(func(other, _ []byte) { duplicate = duplicate || string(other) == id }); err != nil {
		return err
	}
	if duplicate {
		return store.ErrDuplicate
	}
	s.append([]byte(id), box.Raw(key))
	return nil
}

func (s *shelf) append(id, key []byte) {
	s.plain = binary.AppendUvarint(s.plain, uint64(len(id)))
	s.plain = append(append(s.plain, id...), key...)
	s.keys++
}

// without returns a shelf with all keys but those of ids. Its count is of what is there, whatever the
// row's count said.
func (s *shelf) without(ids map[string]bool) (left *shelf, dropped int64, err error) {
	left = &shelf{number: s.number, plain: make([]byte, 0, len(s.plain))}
	err = s.each(func(id, key []byte) {
		if ids[string(id)] {
			dropped++
		} else {
			left.append(id, key)
		}
	})
	return left, dropped, err
}

func (s *shelf) forget() { clear(s.plain[:cap(s.plain)]) }

// A sealedShelf is a row of the table shelf.
type sealedShelf struct {
	number int
	keys   int64
	sealed []byte
}

func scanShelf(from store.Row) (row sealedShelf, err error) {
	err = from.Scan(&row.number, &row.keys, &row.sealed)
	return row, err
}

// eachShelf opens the shelves with these numbers, those that there are, and calls do for each. The
// shelf is wiped after do.
func (e *epoch) eachShelf(ctx context.Context, tx *store.Tx, numbers []int, do func(*shelf) error) error {
	for some := range slices.Chunk(numbers, batch) {
		args := make([]any, len(some))
		for i, number := range some {
			args[i] = number
		}
		err := tx.Each(ctx, func(from store.Row) error {
			row, err := scanShelf(from)
			if err != nil {
				return err
			}
			s, err := e.openShelf(row)
			if err != nil {
				return err
			}
			defer s.forget()
			return do(s)
		}, `SELECT number, keys, sealed FROM shelf WHERE number IN `+store.In(1, len(some)), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *epoch) openShelf(row sealedShelf) (*shelf, error) {
	plain, err := box.Open(nil, e.cipher, e.place(row.number), row.sealed)
	if err != nil {
		return nil, fmt.Errorf("shelf %d in epoch %d: %w", row.number, e.number, err)
	}
	return &shelf{row.number, row.keys, plain}, nil
}

func (e *epoch) sealShelf(s *shelf) sealedShelf {
	sealed := make([]byte, 0, len(s.plain)+box.Overhead)
	return sealedShelf{s.number, s.keys, box.Seal(sealed, e.cipher, e.place(s.number), s.plain)}
}

// place returns where a shelf belongs: its number and its epoch.
func (e *epoch) place(number int) []byte {
	return vault.Place{Table: "shelf", Column: "sealed", Row: fmt.Sprint(number), Version: e.number}.Bind(nil)
}

// put stores shelves, new ones and changed ones, several to a statement.
func put(ctx context.Context, tx *store.Tx, rows []sealedShelf) error {
	for some := range slices.Chunk(rows, batch) {
		args := make([]any, 0, 3*len(some))
		for _, row := range some {
			args = append(args, row.number, row.keys, row.sealed)
		}
		if _, err := tx.Exec(ctx, putQuery(len(some)), args...); err != nil {
			return err
		}
	}
	return nil
}

func putQuery(rows int) string {
	values := make([]string, rows)
	for i := range values {
		values[i] = store.In(3*i+1, 3)
	}
	return `INSERT INTO shelf (number, keys, sealed) VALUES ` + strings.Join(values, ", ") + `
		ON CONFLICT (number) DO UPDATE SET keys = excluded.keys, sealed = excluded.sealed`
}
