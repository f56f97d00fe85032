package keyring_test

import (
	"fmt"
	"testing"
	"time"

	"footing/internal/store"
	"footing/internal/testing/pg"
	"footing/internal/vault/keyring"
)

// BenchmarkDestroy is one destruction among 100,000 keys: DESIGN allows an epoch change one second.
func BenchmarkDestroy(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchmarkDestroy(b, b.TempDir()+"/keys.db") })
	b.Run("postgres", func(b *testing.B) { benchmarkDestroy(b, pg.Database(b)) })
}

func benchmarkDestroy(b *testing.B, address string) {
	const keys = 100_000
	ring := filled(b, address, keys)
	next := 0
	for b.Loop() {
		if err := ring.Destroy(b.Context(), name(next)); err != nil {
			b.Fatal(err)
		}
		next++
	}
}

// BenchmarkKeys reads the keys of a page with eight speakers, and of an export, among 100,000.
func BenchmarkKeys(b *testing.B) {
	ring := filled(b, b.TempDir()+"/keys.db", 100_000)
	for _, n := range []int{8, 2000} {
		ids := make([]string, n)
		for i := range ids {
			ids[i] = name(i * 37)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if got, err := ring.Keys(b.Context(), ids); err != nil || len(got) != n {
					b.Fatalf("%d keys, %v", len(got), err)
				}
			}
		})
	}
}

// filled returns a ring with n keys.
func filled(b *testing.B, address string, n int) *keyring.Ring {
	b.Helper()
	db, err := store.Open(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	ring, err := keyring.Open(b.Context(), db, b.TempDir()+"/root.key", time.Now)
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]string, n)
	for i := range ids {
		ids[i] = name(i)
	}
	if _, err := ring.Create(b.Context(), ids...); err != nil {
		b.Fatal(err)
	}
	return ring
}

// name returns an id as long as the real ones.
func name(i int) string { return fmt.Sprintf("0190a5c2-7e3d-7b11-8c44-%012d", i) }
