package app_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"footing/internal/store"
	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
)

// Words that go in through the pages lie nowhere readable on the disk: not in the databases and their
// logs, not in the spool while an upload waits, not in temporary files while an export runs (P9).
func TestCanary_WordsAreNeverReadableOnTheDisk(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	h := open(t)
	word := canary.New()
	text := canary.Text(word)
	bren, ruth := h.visit(t, "Bren"), h.visit(t, "Ruth")

	draft := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {text}})
	bren.ask(t, "POST", draft+"/front", url.Values{"about": {word}})
	h.search(t, word, tmp) // while it is a draft
	bren.ask(t, "POST", draft+"/until", url.Values{"until": {"3"}})
	shared := bren.ask(t, "POST", draft+"/share", nil)
	if !strings.HasPrefix(shared.location, "/share/") {
		t.Fatalf("sharing leads to %q", shared.location)
	}
	upload := ruth.upload(t, "talk-"+word+".txt", "Ann: "+text+"\n\nRuth: Thank you.\n\nAnn: "+word+" indeed.\n\nRuth: Yes.\n")
	h.search(t, word, tmp) // while it waits to be confirmed
	if upload.status != http.StatusSeeOther {
		t.Fatalf("uploading answers %d", upload.status)
	}
	confirmed := ruth.ask(t, "POST", upload.location+"/confirm", url.Values{"kind": {"interview"}, "voice.0.0": {"outside"}, "voice.0.1": {"interviewer"}, "title.0": {word}})
	if confirmed.status != http.StatusSeeOther {
		t.Fatalf("confirming answers %d: %s", confirmed.status, confirmed.location)
	}
	h.search(t, word, tmp)
	if got := bren.ask(t, "GET", shared.location, nil); !strings.Contains(got.body, word) {
		t.Error("she cannot read her own words: the search shows nothing")
	}
}

// search looks through everything on the disk, the database server's files too.
func (h *house) search(t *testing.T, word string, more ...string) {
	t.Helper()
	if engine.Of() == store.Postgres {
		var files string
		if _, err := h.Store().Raw().ExecContext(t.Context(), "CHECKPOINT"); err != nil {
			t.Fatal(err)
		}
		if err := h.Store().Raw().QueryRowContext(t.Context(), "SHOW data_directory").Scan(&files); err != nil {
			t.Fatal(err)
		}
		more = append(more, files)
	}
	hits, err := canary.Finder{Words: []string{word}}.Look(append([]string{h.dir}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range hits {
		t.Error(hit)
	}
}

// upload sends one file as the page does.
func (v *visitor) upload(t *testing.T, name, text string) answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	if err != nil || form.Close() != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/source/upload", &body)
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("Content-Type", form.FormDataContentType())
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	v.h.Handler().ServeHTTP(w, r)
	return answer{status: w.Code, location: w.Header().Get("Location"), body: w.Body.String()}
}
