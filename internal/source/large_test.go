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
	"runtime/debug"
	"strings"
	"testing"

	"footing/internal/intake"
	"footing/internal/source"
	"footing/internal/testing/engine"
	"footing/internal/testing/memory"
)

// A long file is taken in, looked through and kept in little memory, whatever its length: 24 MB here, and with
// FOOTING_SOAK=1 the 100 MB that a file may have.
func TestUpload_ALongFileTakesLittleMemory(t *testing.T) {
	memory.AsUsual(t)
	engine.Once(t, "what the program holds is the same, and SQLite's pages come on top")
	const most = 32 << 20 // of what is alive; what waits to be collected comes on top in a server
	if os.Getenv("FOOTING_SOAK") != "1" {
		defer debug.SetGCPercent(debug.SetGCPercent(50))
	}
	size := 24 << 20
	if os.Getenv("FOOTING_SOAK") == "1" {
		size = intake.MaxBytes - 4096
	}
	d := newDesk(t)
	client := d.sender(d.ruth)
	runtime.GC()
	idle := memory.Watch()()
	within := func(what string, do func()) {
		t.Helper()
		stop := memory.Watch()
		do()
		got := stop()
		t.Logf("%s: %d MB of heap, %d before; %d MB of the process, %d before", what, got.Heap>>20, idle.Heap>>20, got.Process>>20, idle.Process>>20)
		if os.Getenv("FOOTING_SOAK") != "1" && got.Heap > idle.Heap+most {
			t.Errorf("%s a file of %d MB took %d MB of memory", what, size>>20, (got.Heap-idle.Heap)>>20)
		}
	}
	var found source.Uploaded
	within("taking in", func() { found = d.uploadLong(client, size) })
	if found.Import == "" || found.Files[0].Characters < size*9/10 {
		t.Fatalf("%d characters were found in a file of %d bytes", found.Files[0].Characters, size)
	}
	within("keeping", func() {
		d.at(d.ruth).Post(found.Next+"/confirm", "kind", "interview", "study", d.study).Is(http.StatusOK, d.Ground)
	})
	if n := d.Sum("length", "consent_turn"); n != found.Files[0].Characters || d.count("consent_turn") != found.Files[0].Turns {
		t.Errorf("%d characters were found and %d are kept", found.Files[0].Characters, n)
	}
	within("sweeping", d.noneLeft)
}

// uploadLong sends a file of about that many bytes, which is never whole anywhere here.
func (d *desk) uploadLong(client *http.Client, size int) (got source.Uploaded) {
	d.T.Helper()
	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	const said = "We walked a little further and talked about the bench, the bus and the tea. "
	go func() {
		w, err := form.CreateFormFile("file", "long.txt")
		for n := 0; err == nil && n < size; {
			var k int
			k, err = fmt.Fprintf(w, "%s: %d. %s\n\n", [...]string{"Ann", "Bea"}[n%2], n, strings.Repeat(said, 25))
			n += k
		}
		form.Close()
		writer.CloseWithError(err)
	}()
	request, err := http.NewRequestWithContext(d.T.Context(), http.MethodPost, d.URL+"/source/upload", reader)
	d.Must(err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Accept", "application/json")
	answer, err := client.Do(request)
	d.Must(err)
	defer answer.Body.Close()
	d.Must(json.NewDecoder(answer.Body).Decode(&got))
	return got
}

// Voices are asked about, and kept, in the order in which they first speak, those without a label too.
func TestAdd_VoicesStandInTheOrderInWhichTheySpeak(t *testing.T) {
	d := newDesk(t)
	for text, want := range map[string][]string{"The bench, 3 May.\n\n" + talk: {"", "Interviewer", "Bren"}, talk: {"Interviewer", "Bren"},
		"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes.\n\n00:03.000 --> 00:04.000\nNo voice.\n\n00:05.000 --> 00:06.000\n<v Bea>No.\n": {"Ann", "", "Bea"}} {
		_, _, body := d.send(d.ruth, "/source/add", "application/json", part{file: "a.txt", text: text}, part{field: "kind", text: "note"})
		var got source.Confirmed
		d.Must(json.Unmarshal([]byte(body), &got))
		parts := d.parts(got.Files[0].Source)
		if len(parts) != len(want) || len(got.Files[0].Speakers) != len(want) {
			t.Fatalf("%d parts are kept and %d voices found, want %q", len(parts), len(got.Files[0].Speakers), want)
		}
		for i, s := range got.Files[0].Speakers {
			if s.Label != want[i] || s.Turns != parts[i].Turns {
				t.Errorf("voice %d is %q with %d turns, and %d are kept, want %q", i, s.Label, s.Turns, parts[i].Turns, want[i])
			}
		}
	}
}

func TestAdd_EveryTurnOfTheCorporaIsKept(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpora/interviews/*.txt")
	if err != nil || len(files) == 0 {
		t.Skip("needs ../shared/corpora beside the repository")
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
