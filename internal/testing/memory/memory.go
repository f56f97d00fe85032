// Package memory tells tests how much memory something takes while it happens.
package memory

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// A Peak is the most memory in use at one time, in bytes.
type Peak struct{ Heap, Process uint64 }

// AsUsual has memory collected in a test as often as in the program, however seldom that is in the other tests.
func AsUsual(t testing.TB) {
	was := debug.SetGCPercent(100)
	debug.FreeOSMemory()
	t.Cleanup(func() { debug.SetGCPercent(was) })
}

// Watch watches memory until stop is called. What the process has is 0 where the system does not say: it
// counts what the database holds too, which is not on Go's heap.
func Watch() (stop func() Peak) {
	var most Peak
	done, gone := make(chan bool), make(chan bool)
	go func() {
		defer close(gone)
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Heap, most.Process = max(most.Heap, m.HeapInuse), max(most.Process, resident())
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	}()
	return func() Peak { close(done); <-gone; return most }
}

// resident returns how much memory the process has now.
func resident() uint64 {
	var pages, inUse uint64
	text, err := os.ReadFile("/proc/self/statm")
	if err == nil {
		_, err = fmt.Sscan(string(text), &pages, &inUse)
	}
	if err != nil {
		return 0
	}
	return inUse * uint64(os.Getpagesize())
}
