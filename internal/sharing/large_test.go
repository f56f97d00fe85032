package sharing_test

import (
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"footing/internal/sound"
	"footing/internal/testing/engine"
	"footing/internal/testing/memory"
)

// A recording of 50 MB is taken in and heard in little memory: a chunk at a time is alive. What a server as a
// process takes is in docs/figures.md.
func TestSpoken_FiftyMegabytesTakeLittleMemory(t *testing.T) {
	memory.AsUsual(t)
	engine.Once(t, "what the program holds is the same, and SQLite's pages come on top")
	const most = 24 << 20  // of what is alive and what waits to be collected, in a test that holds nothing else
	const whole = 64 << 20 // of the process, with what each connection to the database keeps of pages
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	w := newGround(t)
	b, d := w.draft(w.ann, "")
	reader := w.As(w.bea)
	runtime.GC()
	idle := memory.Watch()()
	within := func(what string, do func()) {
		t.Helper()
		stop := memory.Watch()
		do()
		got := stop()
		t.Logf("%s: %d MB of heap, %d before; %d MB of the process, %d before", what, got.Heap>>20, idle.Heap>>20, got.Process>>20, idle.Process>>20)
		if got.Heap > idle.Heap+most {
			t.Errorf("%s takes %d MB of memory", what, (got.Heap-idle.Heap)>>20)
		}
	}
	head := voice(1)
	within("taking in 50 MB", func() {
		file := io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, sound.MaxBytes-int64(len(head))))
		w.heading(w.leave(b, d, file, "text", "", "kind", "idea"), "Who may read it?")
	})
	for step, answer := range map[string][]string{"/who": {"who", "lived-experience"}, "/sound": {"voice", "yes"}, "/until": {"until", "3"}} {
		b.Post(d+step, answer...)
	}
	own := w.heading(b.Post(d+"/share"), "This is yours").Path
	play := strings.Replace(source(b.Get(own)), "/share/", "/read/", 1)
	hear := func() {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.URL+play, nil)
		w.Must(err)
		for _, c := range reader.Cookies() {
			request.AddCookie(c)
		}
		answer, err := http.DefaultClient.Do(request)
		w.Must(err)
		defer answer.Body.Close()
		if n, err := io.Copy(io.Discard, answer.Body); n != sound.MaxBytes || err != nil {
			t.Errorf("%d bytes are heard (%v)", n, err)
		}
	}
	within("hearing 50 MB", hear)
	stop := memory.Watch()
	var all sync.WaitGroup
	for range 3 { // at once, so that each has a connection of its own
		all.Go(hear)
	}
	all.Wait()
	_, d = w.draft(w.ann, "")
	w.heading(w.leave(b, d, io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, sound.MaxBytes-int64(len(head)))), "text", "", "kind", "idea"), "Who may read it?")
	got := stop()
	t.Logf("heard by three and taken in once more: %d MB of the process, %d before", got.Process>>20, idle.Process>>20)
	if got.Process > idle.Process+whole {
		t.Errorf("heard by three and taken in once more it takes %d MB of the process", (got.Process-idle.Process)>>20)
	}
}
