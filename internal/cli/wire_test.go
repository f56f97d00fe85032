package cli_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"footing/internal/account"
	"footing/internal/agreement"
	"footing/internal/app"
	"footing/internal/circle"
	"footing/internal/demo"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/browser"
)

// group is a data folder with an analyst and a study in it.
type group struct {
	dir, study, token string
}

// fill makes the group and gives the analyst's token to the commands.
func fill(t *testing.T) *group {
	t.Helper()
	g := &group{dir: t.TempDir()}
	a, err := app.Open(t.Context(), app.Config{Data: g.dir})
	must(t, err)
	defer func() { must(t, a.Close()) }()
	w, p, now := a.Demo(&demo.Clock{}), person.Partnership(store.RandomID()), time.Now().UTC()
	ctx, link := t.Context(), ""
	must(t, w.DB.Write(ctx, func(tx *store.Tx) error {
		must(t, w.Circle.Make(ctx, tx, circle.Settings{Partnership: p, Name: "Notes", LeaveTo: "https://example.org/weather"}))
		ruth, err := w.Circle.Add(ctx, tx, p, "Ruth", "")
		must(t, err)
		must(t, w.Accounts.Create(ctx, tx, p, ruth, "Ruth", ""))
		must(t, w.Circle.Give(ctx, tx, p, ruth, person.Researcher, ruth, true))
		g.study, err = w.Studies.Add(ctx, tx, p, study.Study{Question: "What helps?", Approved: now, Begins: now.AddDate(0, 0, -1), Ends: now.AddDate(1, 0, 0)})
		must(t, err)
		must(t, w.Studies.Name(ctx, tx, p, g.study, ruth, ""))
		bren, err := w.Circle.Add(ctx, tx, p, "Bren", "")
		must(t, err)
		must(t, w.Circle.Give(ctx, tx, p, bren, person.LivedExperience, bren, true))
		agreed, err := w.Agreed.Write(ctx, tx, p, ruth, "Tea first.", agreement.Change{}, 0) // before which no file leaves
		must(t, err)
		must(t, w.Agreed.Answer(ctx, tx, p, bren, agreed.N, agreement.Yes))
		must(t, w.Agreed.Answer(ctx, tx, p, ruth, agreed.N, agreement.Yes))
		link, err = w.Accounts.WholeLink(ctx, tx, p, ruth, time.Hour)
		return err
	}))
	opened, err := w.Accounts.SignInByLink(ctx, p, link, account.Computer)
	must(t, err)
	must(t, w.DB.Write(ctx, func(tx *store.Tx) error {
		_, g.token, err = w.Accounts.NewToken(ctx, tx, p, opened.Session, "here")
		return err
	}))
	t.Setenv("FOOTING_TOKEN", g.token)
	return g
}

// serve serves the group's folder until the returned function is called, and returns where it listens.
func (g *group) serve(t *testing.T, c app.Config) (at string, stop func()) {
	t.Helper()
	c.Data, c.Addr = g.dir, "127.0.0.1:0"
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	a, err := app.Open(ctx, c)
	must(t, err)
	ready, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- a.Run(ctx, func(at net.Addr) { ready <- at }) }()
	stop = sync.OnceFunc(func() {
		cancel()
		must(t, <-done)
		must(t, a.Close())
	})
	t.Cleanup(stop)
	return (<-ready).String(), stop
}

// imports and exports through whatever way more says, and expects both to work.
func (g *group) imports(t *testing.T, more ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "talk.txt")
	must(t, os.WriteFile(file, []byte("Ann: The train was late.\nBob: It was.\n"), 0o600))
	if code, out, err := run(t, append([]string{"import", "--as", "Ruth", "--kind", "interview", file}, more...)...); code != 0 || !strings.Contains(out, "2 turns by 2 speakers") {
		t.Errorf("import answers %d: %s%s", code, out, err)
	}
	for _, what := range []string{"codebook.csv", "charts.csv"} {
		to := filepath.Join(t.TempDir(), what)
		if code, _, err := run(t, append([]string{"export", "--as", "Ruth", "--study", g.study, "--what", what, "--purpose", "to look", "--to", to}, more...)...); code != 0 {
			t.Errorf("export answers %d: %s", code, err)
		}
		if text, err := os.ReadFile(to); err != nil || !strings.Contains(string(text), ",") {
			t.Errorf("%s holds %q, %v", what, text, err)
		}
	}
}

// refused expects an import to be refused with a sentence, and nothing kept by an export.
func (g *group) refused(t *testing.T, want string, more ...string) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "codebook.csv")
	code, out, err := run(t, append([]string{"export", "--as", "Ruth", "--study", g.study, "--what", "codebook.csv", "--purpose", "to look", "--to", to}, more...)...)
	if code != 1 || !strings.Contains(err, want) || strings.Count(err, "\n") != 1 {
		t.Errorf("%v answers %d, want %q: %s%s", more, code, want, out, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(to)); len(left) != 0 {
		t.Errorf("%v leaves %v", more, left)
	}
}

// ear is a listener on the way that hears each byte.
type ear struct {
	at    string
	mu    sync.Mutex
	heard bytes.Buffer
}

func (e *ear) Write(b []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.heard.Write(b)
}

func (e *ear) text() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.heard.String()
}

// listen hears what is sent by way of host to an address; with no address it takes lines and is silent.
func listen(t *testing.T, host, to string) *ear {
	t.Helper()
	in, err := net.Listen("tcp", host+":0")
	must(t, err)
	t.Cleanup(func() { in.Close() })
	e := &ear{at: in.Addr().String()}
	go func() {
		for {
			line, err := in.Accept()
			if err != nil {
				return
			}
			go func() {
				defer line.Close()
				if to == "" {
					_, _ = io.Copy(e, line)
					return
				}
				on, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				defer on.Close()
				go func() { _, _ = io.Copy(on, io.TeeReader(line, e)) }()
				_, _ = io.Copy(line, on)
			}()
		}
	}()
	return e
}

// A command finds the server by its lock and speaks to it as it wants to be spoken to. What goes over the
// line never shows the token.
func TestWire_ToAServerWithACertificate(t *testing.T) {
	g := fill(t)
	cert, key := browser.Certificate(t)
	at, stop := g.serve(t, app.Config{TLSCert: cert, TLSKey: key})
	g.imports(t, "--data", g.dir, "--tls-ca", cert)

	e := listen(t, "127.0.0.1", at)
	g.imports(t, "--server", "https://"+e.at, "--tls-ca", cert)
	if text := e.text(); text == "" || strings.Contains(text, g.token) || strings.Contains(text, "train") {
		t.Errorf("the line shows %d bytes, the token or the words among them", len(text))
	}

	g.refused(t, "--tls-ca FILE", "--data", g.dir)
	g.refused(t, "--tls-ca FILE", "--server", "https://"+at, "--tls-ca", otherAuthority(t))
	g.refused(t, "for another name, localhost", "--server", "https://"+listen(t, "127.0.0.2", at).at, "--tls-ca", cert)
	g.refused(t, "no certificate in", "--server", "https://"+at, "--tls-ca", key)

	stop()
	g.refused(t, "nobody answers at", "--server", "https://"+at, "--tls-ca", cert)
}

// Behind a proxy the lock cannot say where people go, so a command asks for it and sends nothing.
func TestWire_ThroughAProxy(t *testing.T) {
	g := fill(t)
	at, _ := g.serve(t, app.Config{BehindProxy: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	proxy := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: at})
		r.SetXForwarded()
	}})
	cert, key := browser.Certificate(t)
	pair, err := tls.LoadX509KeyPair(cert, key)
	must(t, err)
	proxy.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	proxy.StartTLS()
	defer proxy.Close()

	e := listen(t, "127.0.0.1", strings.TrimPrefix(proxy.URL, "https://"))
	t.Setenv("FOOTING_SERVER", "https://"+e.at)
	t.Setenv("FOOTING_TLS_CA", cert)
	g.imports(t)
	if text := e.text(); text == "" || strings.Contains(text, g.token) {
		t.Errorf("the line shows %d bytes, the token among them", len(text))
	}
	t.Setenv("FOOTING_SERVER", "")
	g.refused(t, "is behind a proxy: give the address that people open", "--data", g.dir)
	g.refused(t, "must be opened with https", "--server", "http://"+at)
}

// Plain HTTP goes to this machine alone, and no server can send a token on to another place.
func TestWire_TokensStayOnTheirWay(t *testing.T) {
	g := fill(t)
	_, stop := g.serve(t, app.Config{})
	g.imports(t, "--data", g.dir)
	stop()
	g.imports(t, "--data", g.dir) // and without a server

	other := listen(t, "127.0.0.1", "")
	t.Setenv("HTTP_PROXY", "http://"+other.at) // whatever the machine is set to
	for _, address := range []string{"http://192.0.2.7:8321", "http://[2001:db8::7]"} {
		g.refused(t, "not on this machine", "--server", address)
	}
	for _, address := range []string{"notes.example.org", "ftp://notes.example.org", "https://ruth@notes.example.org", "https://notes.example.org/path", "https://"} {
		g.refused(t, "--server is the address", "--server", address)
	}
	cert, _ := browser.Certificate(t)
	for _, to := range []string{"http://" + other.at, "https://" + other.at} {
		sending := httptest.NewServer(http.RedirectHandler(to+"/me/token", http.StatusTemporaryRedirect))
		g.refused(t, "sends on to "+other.at, "--server", sending.URL, "--tls-ca", cert)
		sending.Close()
	}
	if text := other.text(); text != "" {
		t.Errorf("the other place hears %q", text)
	}
}

// otherAuthority returns the certificate of somebody else.
func otherAuthority(t *testing.T) string {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	return writePEM(t, s.Certificate().Raw)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func writePEM(t *testing.T, der []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "authority.pem")
	must(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return path
}
