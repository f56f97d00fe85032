package account

import (
	"slices"
	"sync/atomic"
	"time"
)

// CountHashes counts how often a passphrase is hashed from now on, and the most at any one moment.
func (a *Accounts) CountHashes() (total, most func() int64) {
	var all, now, peak atomic.Int64
	inner := a.derive
	a.derive = func(passphrase, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte {
		all.Add(1)
		n := now.Add(1)
		defer now.Add(-1)
		for p := peak.Load(); n > p && !peak.CompareAndSwap(p, n); p = peak.Load() {
		}
		return inner(passphrase, salt, passes, memory, lanes, length)
	}
	return all.Load, peak.Load
}

// List returns the words that codes are drawn from.
func List() []string { return slices.Clone(easyWords) }

// WaitAfter is waitAfter for the tests.
func WaitAfter(misses, free int64) time.Duration { return waitAfter(misses, free) }

// FoldName is foldName for the tests.
func FoldName(name string) (string, error) { return foldName(name) }
