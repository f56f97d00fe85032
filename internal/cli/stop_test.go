package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"footing/internal/app"
	"footing/internal/cli"
	"footing/internal/demo"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/figures"
)

// asProgram makes this binary the program, so that tests can start and stop it as the system does.
const asProgram = "FOOTING_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		go func() { // the program ends with the test that started it, however that ends
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(3)
		}()
		os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// process is the program, running.
type process struct {
	*exec.Cmd
	out *bufio.Reader
	err bytes.Buffer
}

// start starts the program with the environment of the test.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0], args...)}
	p.Env = append(os.Environ(), asProgram+"=1")
	p.Stderr = &p.err
	out, err := p.StdoutPipe()
	must(t, err)
	p.out = bufio.NewReader(out)
	held, err := p.StdinPipe()
	must(t, err)
	must(t, p.Start())
	t.Cleanup(func() { held.Close() })
	return p
}

// serves starts a server and returns where it answers.
func (g *group) serves(t *testing.T) (*process, string) {
	t.Helper()
	p := start(t, "serve", "--data", g.dir, "--addr", "127.0.0.1:0")
	line, err := p.out.ReadString('\n')
	at := strings.TrimSpace(line[strings.Index(line, "http")+len("http://"):])
	if err != nil || !strings.Contains(line, "http://") {
		t.Fatalf("the server says %q, %v: %s", line, err, &p.err)
	}
	return p, at
}

// stop asks a process to stop, as systemd does.
func (p *process) stop(t *testing.T) *process {
	t.Helper()
	must(t, p.Process.Signal(syscall.SIGTERM))
	return p
}

// ends waits until a process has ended.
func (p *process) ends(t *testing.T) (code int, said string) {
	t.Helper()
	_, _ = io.Copy(io.Discard, p.out)
	err := p.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), p.err.String()
	}
	must(t, err)
	return 0, p.err.String()
}

// line begins a request by hand.
func (g *group) line(t *testing.T, at, head, body string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", at)
	must(t, err)
	t.Cleanup(func() { c.Close() })
	must(t, c.SetDeadline(time.Now().Add(time.Minute)))
	_, err = fmt.Fprintf(c, "%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: application/json\r\nConnection: close\r\n%s", head, at, g.token, body)
	must(t, err)
	return c
}

// upload begins to send a transcript; rest is what is missing of it.
func (g *group) upload(t *testing.T, at, name string) (c net.Conn, rest string) {
	t.Helper()
	form := "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ninterview\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
		name + ".txt\"\r\n\r\n" + strings.Repeat("Ann: The train was late.\n", 40_000)
	rest = "Bob: It was.\n\r\n--b--\r\n"
	c = g.line(t, at, "POST /source/add", fmt.Sprintf("Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n%s", len(form)+len(rest), form))
	return c, rest
}

// kept counts what is in the group's stores: sources, uploads on their way, and keys.
func (g *group) kept(t *testing.T) (sources, uploads, chunks int64) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: g.dir})
	must(t, err)
	must(t, a.Store().Read(t.Context(), func(tx *store.Tx) error {
		for table, n := range map[string]*int64{"source_source": &sources, "source_import": &uploads, "consent_chunk": &chunks} {
			if *n, err = store.Get(t.Context(), tx, store.One[int64], "SELECT COUNT(*) FROM "+table); err != nil {
				return err
			}
		}
		return nil
	}))
	must(t, a.Close())
	return sources, uploads, chunks
}

// library puts a long document into the study, with codings that make a file of many megabytes.
func (g *group) library(t *testing.T) (source string) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: g.dir})
	must(t, err)
	w := a.Demo(&demo.Clock{})
	var ruth person.Viewer
	must(t, w.DB.Read(t.Context(), func(tx *store.Tx) error {
		p, err := a.Partnership(t.Context())
		must(t, err)
		who, err := w.Circle.Named(t.Context(), tx, p, "Ruth")
		must(t, err)
		ruth, err = w.Circle.Viewer(t.Context(), tx, p, who.ID)
		return err
	}))
	letters := rand.New(rand.NewPCG(1, 1)) // words that no line makes smaller
	text := []byte(strings.Repeat("a", 100<<10))
	for i := range text {
		text[i] = byte('a' + letters.IntN(26))
	}
	var c figures.Corpus
	c.Codes = append(c.Codes, struct{ Path string }{"Trains"})
	c.Docs = append(c.Docs, struct {
		Name  string
		Paras []string
	}{"Talk", []string{string(text)}})
	for i := range 200 {
		c.Codings = append(c.Codings, [4]int{0, i, len(text), 0})
	}
	h := figures.House{DB: w.DB, Gate: w.Gate, Sources: w.Sources, Coding: w.Coding, Now: func() time.Time { return time.Now().UTC() },
		Study: g.study, Analyst: ruth, Keeper: ruth, Member: ruth}
	source = string(h.Keep(t, c).Docs[0].ID)
	must(t, a.Close())
	return source
}

// stalled is a line on which an answer begins to come and stops coming, until it is let go on.
type stalled struct {
	at    string
	began chan struct{}
	goOn  chan struct{}
}

func stall(t *testing.T, to string) *stalled {
	t.Helper()
	in, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { in.Close() })
	s := &stalled{in.Addr().String(), make(chan struct{}, 10), make(chan struct{})}
	go func() {
		for {
			line, err := in.Accept()
			if err != nil {
				return
			}
			go func() {
				defer line.Close()
				on, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				defer on.Close()
				_ = on.(*net.TCPConn).SetReadBuffer(256 << 10)
				go func() { _, _ = io.Copy(on, line) }()
				if n, _ := io.CopyN(line, on, 64<<10); n == 64<<10 {
					s.began <- struct{}{}
					<-s.goOn
				}
				_, _ = io.Copy(line, on)
			}()
		}
	}()
	return s
}

// begins waits until an answer has begun to come.
func (s *stalled) begins(t *testing.T) {
	t.Helper()
	select {
	case <-s.began:
	case <-time.After(time.Minute):
		t.Fatal("no answer begins to come")
	}
}

// The server is asked to stop while a page is open, an upload is on its way, another has come to a halt and
// so has a file that somebody fetches. Open pages are let go at once, what arrives is kept, what does not
// is cut off and leaves nothing, and there is nothing to complain about, then or at the next start.
func TestStop_TheServerWithEverythingOpen(t *testing.T) {
	g := fill(t)
	source := g.library(t)
	server, at := g.serves(t)
	page := bufio.NewReader(g.line(t, at, "GET /index/"+g.study+"/"+source+"/live?page=a", "\r\n"))
	if line, err := page.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Fatalf("an open page is told %q, %v", line, err)
	}
	arriving, rest := g.upload(t, at, "arrives")
	halted, _ := g.upload(t, at, "halts")
	slow, to := stall(t, at), filepath.Join(t.TempDir(), "codings.csv")
	fetching := start(t, "export", "--server", "http://"+slow.at, "--as", "Ruth", "--study", g.study, "--what", "codings.csv", "--purpose", "to look", "--to", to)
	slow.begins(t)

	server.stop(t)
	if _, err := io.Copy(io.Discard, page); err != nil {
		t.Errorf("an open page ends with %v", err)
	}
	for { // it takes no new ones while it waits for those it has
		c, err := net.Dial("tcp", at)
		if err != nil {
			break
		}
		c.Close()
	}
	_, err := io.WriteString(arriving, rest)
	must(t, err)
	if answer, err := io.ReadAll(arriving); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 200") {
		t.Errorf("what arrives after the signal is answered %q, %v", answer, err)
	}
	if code, said := server.ends(t); code != 0 || strings.Contains(said, "level=ERROR") || strings.Contains(said, "level=WARN") {
		t.Errorf("the server ends with %d: %s", code, said)
	}
	if answer, _ := io.ReadAll(halted); strings.Contains(string(answer), " 200 ") {
		t.Errorf("what never arrived is answered %q", answer)
	}
	close(slow.goOn)
	if code, said := fetching.ends(t); code != 1 || !strings.Contains(said, "did not come whole") {
		t.Errorf("a file that was cut off ends with %d: %s", code, said)
	}
	if left, _ := os.ReadDir(filepath.Dir(to)); len(left) != 0 {
		t.Errorf("a file that was cut off leaves %v", left)
	}
	if sources, uploads, chunks := g.kept(t); sources != 2 || uploads != 0 || chunks != 0 {
		t.Errorf("there are %d sources, %d uploads and %d chunks: want the two that are whole, and nothing else", sources, uploads, chunks)
	}
	again, _ := g.serves(t)
	if code, said := again.stop(t).ends(t); code != 0 || said != "" {
		t.Errorf("started again it ends with %d and says %q", code, said)
	}
}

// A command is asked to stop half-way, with a server and without one. Nothing half is kept.
func TestStop_CommandsHalfWay(t *testing.T) {
	g := fill(t)
	g.library(t)
	server, at := g.serves(t)
	for _, way := range [][]string{{"--server", "http://" + at}, {"--data", g.dir}} {
		pipe := filepath.Join(t.TempDir(), "talk.txt") // a file that comes slowly, as from a stick
		must(t, syscall.Mkfifo(pipe, 0o600))
		importing := start(t, append([]string{"import", "--as", "Ruth", "--kind", "interview", pipe}, way...)...)
		file, err := os.OpenFile(pipe, os.O_WRONLY, 0)
		must(t, err)
		_, err = io.WriteString(file, strings.Repeat("Ann: The train was late.\n", 40_000))
		must(t, err)
		if code, said := importing.stop(t).ends(t); code != 1 || !strings.Contains(said, "stopped before it was done") || strings.Count(said, "\n") != 1 {
			t.Errorf("import %v ends with %d: %s", way, code, said)
		}
		must(t, file.Close())
		if way[0] != "--server" {
			break
		}
		slow, to := stall(t, at), filepath.Join(t.TempDir(), "codings.csv")
		fetching := start(t, "export", "--server", "http://"+slow.at, "--as", "Ruth", "--study", g.study, "--what", "codings.csv", "--purpose", "to look", "--to", to)
		slow.begins(t)
		if code, said := fetching.stop(t).ends(t); code != 1 || !strings.Contains(said, "stopped before it was done") {
			t.Errorf("export ends with %d: %s", code, said)
		}
		close(slow.goOn)
		if left, _ := os.ReadDir(filepath.Dir(to)); len(left) != 0 {
			t.Errorf("export leaves %v", left)
		}
		if code, said := server.stop(t).ends(t); code != 0 || strings.Contains(said, "level=ERROR") {
			t.Errorf("the server ends with %d: %s", code, said)
		}
	}
	if sources, uploads, chunks := g.kept(t); sources != 1 || uploads != 0 || chunks != 0 {
		t.Errorf("there are %d sources, %d uploads and %d chunks", sources, uploads, chunks)
	}
}
