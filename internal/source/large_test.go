package source_test

import (
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/source"
)

// heapPeak watches how much memory is in use at most until stop is called.
func heapPeak() (stop func() uint64) {
	var peak atomic.Uint64
	done, gone := make(chan bool), make(chan bool)
	go func() {
		defer close(gone)
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(done); <-gone; return peak.Load() }
}

func TestUpload_AnHourAfterHourStaysWithinItsMemory(t *testing.T) {
	const size = 30 << 20
	d := newDesk(t)
	client := d.sender(d.ruth)
	runtime.GC()
	stop := heapPeak()
	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() {
		w, err := form.CreateFormFile("file", "long.txt")
		for n := 0; err == nil && n < size; {
			var k int
			k, err = fmt.Fprintf(w, "%s: We walked a little further and talked about the bench, the bus and the tea. Part %d.\n\n", [...]string{"Ann", "Bea"}[n%2], n)
			n += k
		}
		form.Close()
		writer.CloseWithError(err)
	}()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL+"/source/upload", reader)
	d.Must(err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Accept", "application/json")
	answer, err := client.Do(request)
	d.Must(err)
	defer answer.Body.Close()
	var got source.Uploaded
	d.Must(json.NewDecoder(answer.Body).Decode(&got))
	peak := stop()
	if got.Import == "" || got.Files[0].Characters < size*9/10 {
		t.Fatalf("%d characters were found in a file of %d bytes", got.Files[0].Characters, size)
	}
	t.Logf("%d turns, at most %d MB in use", got.Files[0].Turns, peak>>20)
	if peak > 6*size {
		t.Errorf("reading a file of 30 MB took %d MB of memory", peak>>20)
	}
	d.at(d.ruth).Post("/import/" + got.Import + "/cancel")
	d.noneLeft()
}

func TestAdd_EveryTurnOfTheCorporaIsKept(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpora/interviews/*.txt")
	if err != nil || len(files) == 0 {
		t.Skip("the corpora are not beside the repository")
	}
	d := newDesk(t)
	for _, name := range files[:min(len(files), 6)] {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // a folder
		}
		status, _, body := d.send(d.ruth, "/source/add", "application/json", part{file: filepath.Base(name), text: string(text)}, part{field: "kind", text: "interview"})
		var got source.Confirmed
		d.Must(json.Unmarshal([]byte(body), &got))
		if status != http.StatusOK || len(got.Files) != 1 || got.Files[0].Problem != "" {
			t.Errorf("%s is answered with %d %s", filepath.Base(name), status, strings.TrimSpace(body))
			continue
		}
		f := got.Files[0]
		if n := d.count("consent_turn", "contribution_id = '"+string(f.Source)+"'"); n != f.Turns {
			t.Errorf("%s: %d turns found, %d kept", filepath.Base(name), f.Turns, n)
		}
		if n := d.Sum("length", "consent_turn", "contribution_id = '"+string(f.Source)+"'"); n != f.Characters {
			t.Errorf("%s: %d characters found, %d kept", filepath.Base(name), f.Characters, n)
		}
	}
	d.noneLeft()
}
