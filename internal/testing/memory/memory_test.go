package memory_test

import (
	"runtime"
	"testing"
	"time"

	"footing/internal/testing/memory"
)

func TestWatch_SeesWhatWasHeldMeanwhile(t *testing.T) {
	const held = 64 << 20
	before := memory.Watch()()
	stop := memory.Watch()
	b := make([]byte, held)
	for i := range b {
		b[i] = 1
	}
	time.Sleep(300 * time.Millisecond)
	runtime.KeepAlive(b)
	if peak := stop(); peak.Heap < before.Heap+held/2 {
		t.Errorf("64 MB were held, and of %d bytes before the most is %d", before.Heap, peak.Heap)
	}
}
