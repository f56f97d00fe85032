package app_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"footing/internal/person"
)

// half sends a form whose line breaks off in the middle, as in a tunnel.
func (v *visitor) half(t *testing.T, path string, form url.Values) int {
	t.Helper()
	body := form.Encode()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, io.MultiReader(strings.NewReader(body[:len(body)/2]), broken{}))
	r.ContentLength = int64(len(body))
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	v.h.Handler().ServeHTTP(w, r)
	return w.Code
}

// broken is a line that broke off.
type broken struct{}

// Read reads nothing.
func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// What did not arrive whole takes nobody's words away: her draft, her answers and her suggestion stay as
// they were kept last.
func TestKeep_HalfASendingTakesNothingAway(t *testing.T) {
	h := open(t)
	bren := h.visit(t, "Bren", person.LivedExperience)
	jo := "person:" + h.idOf(t, "Jo Tarrant")
	draft := "/draft/" + bren.draft(t)
	forms := map[string]url.Values{
		draft:                 {"kind": {"idea"}, "text": {"A number instead of a surname."}},
		draft + "/keep":       {"kind": {"idea"}, "text": {"A number instead of a surname."}},
		draft + "/who":        {"who": {"partnership"}},
		draft + "/not":        {"not": {jo}},
		"/agreement/new/keep": {"text": {"We begin with tea."}},
		"/agreement/new":      {"text": {"We begin with tea."}, "stop": {"1"}},
	}
	shown := map[string]string{draft + "/keep": draft, "/agreement/new/keep": "/agreement/new"}
	for path, form := range forms {
		if a := bren.ask(t, "POST", path, form); a.status >= 400 {
			t.Fatalf("%s answers %d", path, a.status)
		}
		at := path
		if shown[path] != "" {
			at = shown[path]
		}
		bren.ask(t, "GET", at, nil) // says once that it is kept
		before := bren.ask(t, "GET", at, nil).body
		if status := bren.half(t, path, form); status < 400 {
			t.Errorf("%s takes half a sending with %d", path, status)
		}
		if bren.ask(t, "GET", at, nil).body != before {
			t.Errorf("half a sending to %s takes away what was kept", path)
		}
	}
}

// Nobody leaves the group on half of what she chose.
func TestLeave_NotOnHalfOfWhatWasChosen(t *testing.T) {
	h := open(t)
	bren := h.visit(t, "Bren", person.LivedExperience)
	if status := bren.half(t, "/me/end/now", url.Values{"name": {"stays"}, "something": {"goes"}}); status < 400 {
		t.Errorf("half of a form answers %d", status)
	}
	if a := bren.ask(t, "GET", "/share", nil); a.status != http.StatusOK {
		t.Errorf("and she is out: her page answers %d", a.status)
	}
}
