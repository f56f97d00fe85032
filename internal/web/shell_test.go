package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"footing/internal/fault"
	"footing/internal/lang"
	"footing/internal/person"
	"footing/internal/testing/htmlcheck"
	"footing/internal/web"
)

// sessions knows two people by their tokens.
type sessions struct{ ended []string }

func (s *sessions) Viewer(_ context.Context, _ person.Partnership, token string) (person.Viewer, error) {
	switch token {
	case "ann":
		return person.Viewer{Partnership: "p", ID: "ann", Standings: person.Set{person.LivedExperience}}, nil
	case "ruth":
		return person.Viewer{Partnership: "p", ID: "ruth", Standings: person.Set{person.Researcher, person.Analyst}}, nil
	}
	return person.Viewer{}, nil
}
func (s *sessions) Bearer(ctx context.Context, p person.Partnership, token string) (person.Viewer, error) {
	return s.Viewer(ctx, p, token)
}
func (s *sessions) Whose(context.Context, string) (person.ID, error) { return "", nil }
func (s *sessions) Seal(plain []byte) []byte                         { return append([]byte(rand.Text()), plain...) }
func (s *sessions) Unseal(sealed []byte) ([]byte, error) {
	if len(sealed) < 26 {
		return nil, io.ErrUnexpectedEOF
	}
	return sealed[26:], nil
}
func (s *sessions) End(_ context.Context, token string) error {
	s.ended = append(s.ended, token)
	return nil
}

type site struct {
	*httptest.Server
	sessions *sessions
	kept     []string
	log      bytes.Buffer
	made     atomic.Int32
	shell    *web.Shell
	passed   atomic.Int64 // since the test began
}

var pages = fstest.MapFS{"hello.html": {Data: []byte(`{{define "main"}}<h1>{{t "room.title"}}</h1><p class="words">{{.}}</p>{{end}}`)},
	"form.html": {Data: []byte(`{{define "main"}}<h1>{{t "room.title"}}</h1><form class="stack" method="post" action="/make"></form>{{end}}`)}}

func (s *site) room() web.Room {
	show := func(q *web.Request) (web.Answer, error) { return q.Show("hello", q.Query("say")), nil }
	return web.Room{Name: "room", Pages: pages, Words: fstest.MapFS{"en.toml": {Data: []byte(`"room.title" = "Notes"`)}}, Routes: slices.Concat(files(), making(&s.made), []web.Route{
		{Pattern: "GET /{$}", Allow: web.Everybody(), Title: "room.title", Weight: web.Member, Do: show},
		{Pattern: "GET /mine", Allow: web.Members(web.Own), Title: "room.title", Weight: web.Member, Do: show},
		{Pattern: "GET /desk", Allow: web.Only(web.Any, person.Researcher), Title: "room.title", Weight: web.AtDesk, Do: show},
		{Pattern: "GET /deep", Allow: web.Desk(web.Any, person.Analyst), Title: "room.title", Weight: web.AtDesk, Do: show},
		{Pattern: "GET /newer", Allow: web.Everybody(), Title: "room.title", Weight: web.Member, Do: func(*web.Request) (web.Answer, error) {
			return nil, fault.New(fault.Conflict, "web.newer")
		}},
		{Pattern: "GET /broken", Allow: web.Everybody(), Title: "room.title", Weight: web.Member, Do: func(*web.Request) (web.Answer, error) {
			return nil, io.ErrUnexpectedEOF
		}},
		{Pattern: "POST /keep/{draft}", Allow: web.Members(web.Own), Title: "room.title", Weight: web.Nothing, Keeps: true, Do: s.keep},
		{Pattern: "POST /send", Allow: web.Members(web.Own), Title: "room.title", Weight: web.Nothing, Do: s.keep},
		{Pattern: "GET /asked", Allow: web.Members(web.Own), Title: "room.title", Weight: web.Member, Do: func(q *web.Request) (web.Answer, error) {
			return q.Show("form", nil), nil
		}},
	})}
}

func (s *site) keep(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[struct {
		Text string `form:"text" max:"1000"`
	}](q)
	s.kept = append(s.kept, string(q.Viewer.ID)+" "+q.Path("draft")+": "+f.Text)
	return web.Data("kept"), err
}

func newSite(t *testing.T, trusted ...netip.Prefix) *site {
	t.Helper()
	s := &site{sessions: &sessions{}}
	words, err := lang.Load(web.Words(), s.room().Words)
	if err != nil {
		t.Fatal(err)
	}
	shell, err := web.New(web.Config{Rooms: []web.Room{s.room()}, Words: words, Sessions: s.sessions, Trusted: trusted, Secure: len(trusted) > 0,
		Links: []web.Link{{Path: "/mine", Label: "room.title", Allow: web.Members(web.Own)}, {Path: "/desk", Label: "room.title", Allow: web.Only(web.Any, person.Researcher)}},
		Site: func(context.Context) (web.Site, error) {
			return web.Site{Partnership: "p", Name: "Harbour", LeaveTo: "https://weather.example/", Ready: true}, nil
		},
		Now: func() time.Time {
			return time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(s.passed.Load()))
		}, Log: slog.New(slog.NewTextHandler(&s.log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	s.shell = shell
	s.Server = httptest.NewServer(shell.Handler())
	t.Cleanup(s.Close)
	return s
}

// pass moves the clock on.
func (s *site) pass(d time.Duration) { s.passed.Add(int64(d)) }

func (s *site) do(t *testing.T, method, path, token string, form url.Values, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		r.AddCookie(&http.Cookie{Name: "s", Value: token})
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestNew_RefusesARouteWithAFieldMissing(t *testing.T) {
	whole := web.Route{Pattern: "GET /x", Allow: web.Everybody(), Title: "room.title", Weight: web.Member, Do: func(*web.Request) (web.Answer, error) { return web.Go("/"), nil }}
	tests := map[string]func(*web.Route){
		"access rule": func(r *web.Route) { r.Allow = web.Access{} },
		"title":       func(r *web.Route) { r.Title = "" },
		"weight":      func(r *web.Route) { r.Weight = web.Weight{} },
		"action":      func(r *web.Route) { r.Do = nil },
		"method":      func(r *web.Route) { r.Pattern = "/x" },
	}
	words, err := lang.Load(web.Words())
	if err != nil {
		t.Fatal(err)
	}
	for missing, without := range tests {
		route := whole
		without(&route)
		_, err := web.New(web.Config{Rooms: []web.Room{{Name: "r", Routes: []web.Route{route}}}, Words: words})
		if err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("a route without its %s is mounted (%v)", missing, err)
		}
	}
}

func TestRefusals_LookAlike(t *testing.T) {
	s := newSite(t)
	refused, absent := s.do(t, "GET", "/desk", "ann", nil), s.do(t, "GET", "/nothing/here", "ann", nil)
	if refused.StatusCode != http.StatusNotFound || absent.StatusCode != http.StatusNotFound || body(t, refused) != body(t, absent) {
		t.Errorf("not allowed (%d) and not there (%d) can be told apart", refused.StatusCode, absent.StatusCode)
	}
	for _, path := range []string{"/mine", "/desk", "/nothing/here"} {
		r := s.do(t, "GET", path, "", nil)
		if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/" {
			t.Errorf("signed out, %s answers %d to %q, want the first page", path, r.StatusCode, r.Header.Get("Location"))
		}
	}
	if r := s.do(t, "GET", "/deep", "ruth", nil); r.Header.Get("Location") != "/factor" {
		t.Errorf("without the second factor /deep leads to %q", r.Header.Get("Location"))
	}
}

func TestPage_NothingIsKeptAndNothingComesFromElsewhere(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/mine", "/newer", "/broken", "/away", "/nothing"} {
		r := s.do(t, "GET", path, "ann", nil)
		if got := r.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q", path, got)
		}
		if got := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'") || strings.Contains(got, "unsafe") {
			t.Errorf("%s: policy is %q", path, got)
		}
		if got := r.Header.Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("%s: referrer policy is %q", path, got)
		}
	}
}

func TestPage_LeaveIsSecondAndWordsAreEscaped(t *testing.T) {
	s := newSite(t)
	doc := htmlcheck.Parse(t, s.do(t, "GET", "/mine?say="+url.QueryEscape("<script>x</script>"), "ann", nil).Body)
	doc.One(".words").HasText("<script>x</script>")
	links := doc.All("a[href]")
	if got, _ := links[1].Attr("href"); got != "/away" {
		t.Errorf("the second link leads to %q, want the way out", got)
	}
	doc.One("title").HasText("Notes - Harbour")
	if nav := doc.All("nav a"); len(nav) != 1 {
		t.Errorf("she sees %d pages in the list, want her one", len(nav))
	}
}

func TestProblem_SaysTheSafeTextAndNoOther(t *testing.T) {
	s := newSite(t)
	r := s.do(t, "GET", "/broken", "ann", nil)
	if text := body(t, r); r.StatusCode != http.StatusInternalServerError || strings.Contains(text, "EOF") {
		t.Errorf("a fault of ours answers %d and shows its inside", r.StatusCode)
	}
	r = s.do(t, "GET", "/newer", "ann", nil, "Accept", "application/json")
	if text := body(t, r); r.StatusCode != http.StatusConflict || !strings.Contains(text, "Somebody changed this") {
		t.Errorf("a command is told %d %q", r.StatusCode, text)
	}
}

func TestAway_EndsTheSessionForEverybodyAlike(t *testing.T) {
	s := newSite(t)
	in, out := s.do(t, "GET", "/away", "ann", nil), s.do(t, "GET", "/away", "", nil)
	if body(t, in) != body(t, out) {
		t.Error("the page tells who was signed in")
	}
	if got := in.Header.Get("Clear-Site-Data"); got != `"cache", "cookies", "storage"` {
		t.Errorf("Clear-Site-Data is %s", got)
	}
	if len(s.sessions.ended) != 1 || s.sessions.ended[0] != "ann" {
		t.Errorf("ended sessions are %v", s.sessions.ended)
	}
	doc := htmlcheck.Parse(t, s.do(t, "GET", "/away", "", nil).Body)
	if got, _ := doc.One("meta[http-equiv=refresh]").Attr("content"); got != "0;url=https://weather.example/" {
		t.Errorf("it goes on to %q", got)
	}
}

func TestAway_KeepsWhatWasTypedBeforeTheSessionEnds(t *testing.T) {
	s := newSite(t)
	form := url.Values{"keep": {"/keep/d1"}, "text": {"half a sentence"}}
	s.do(t, "POST", "/away", "ann", form)
	if len(s.kept) != 1 || s.kept[0] != "ann d1: half a sentence" {
		t.Errorf("kept %q", s.kept)
	}
	if len(s.sessions.ended) != 1 {
		t.Error("the session did not end")
	}
	for _, path := range []string{"/send", "/away", "https://elsewhere.example/keep/d1", "/nothing"} {
		s.do(t, "POST", "/away", "ann", url.Values{"keep": {path}, "text": {"x"}})
	}
	if len(s.kept) != 2 { // the third is a path of ours under another host's name: only its path counts
		t.Errorf("leaving ran other actions: %q", s.kept)
	}
}

func TestPosts_FromAnotherSiteAreRefused(t *testing.T) {
	s := newSite(t)
	r := s.do(t, "POST", "/send", "ann", url.Values{"text": {"x"}}, "Sec-Fetch-Site", "cross-site")
	if r.StatusCode != http.StatusForbidden || len(s.kept) != 0 {
		t.Errorf("a forged post answers %d and did %v", r.StatusCode, s.kept)
	}
}

func TestPlainHTTP_IsRefusedBehindAProxyUnlessItSaysHTTPS(t *testing.T) {
	s := newSite(t, netip.MustParsePrefix("127.0.0.0/8"))
	if r := s.do(t, "GET", "/", "", nil); r.StatusCode != http.StatusForbidden {
		t.Errorf("plain http answers %d", r.StatusCode)
	}
	if r := s.do(t, "GET", "/", "", nil, "X-Forwarded-Proto", "https"); r.StatusCode != http.StatusOK {
		t.Errorf("https through the proxy answers %d", r.StatusCode)
	}
	s = newSite(t, netip.MustParsePrefix("10.0.0.0/8"))
	if r := s.do(t, "GET", "/", "", nil, "X-Forwarded-Proto", "https"); r.StatusCode != http.StatusForbidden {
		t.Errorf("somebody who is not the proxy is believed: %d", r.StatusCode)
	}
}

func TestParse_KeepsWhatIsTooLong(t *testing.T) {
	s := newSite(t)
	r := s.do(t, "POST", "/keep/d", "ann", url.Values{"text": {strings.Repeat("é", 1001)}})
	if r.StatusCode != http.StatusUnprocessableEntity || len(s.kept) != 1 || len([]rune(s.kept[0])) < 1001 {
		t.Errorf("too long a text answers %d and %d are kept", r.StatusCode, len(s.kept))
	}
}

// A page that cannot be read stops the start, and is named: nobody comes upon it later.
func TestShell_ABrokenPageStopsTheStart(t *testing.T) {
	words, err := lang.Load(web.Words())
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]string{"open.html": `{{define "main"}}{{if .}}`, "_part.html": `{{define "part"}}{{unknown}}{{end}}`} {
		room := web.Room{Name: "room", Pages: fstest.MapFS{"whole.html": {Data: []byte(`{{define "main"}}{{end}}`)}, name: {Data: []byte(page)}}}
		_, err := web.New(web.Config{Rooms: []web.Room{room}, Words: words, Sessions: &sessions{}, Now: time.Now, Log: slog.Default()})
		if err == nil || !strings.Contains(err.Error(), "room/") {
			t.Errorf("with %s the start says %v, want the page that is broken", name, err)
		}
	}
}
