package figures_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	"footing/internal/testing/figures"
)

// A house is a data folder with a corpus in it and the program that serves it.
type house struct {
	figures.House
	figures.Library
	program, dir string
	token        string // of the analyst's session
	last         int    // the document with 300 codings
}

// fill keeps a corpus of k codings in a new data folder.
func fill(b *testing.B, program string, k int) *house {
	b.Helper()
	h := &house{program: program, dir: b.TempDir()}
	a, err := app.Open(b.Context(), app.Config{Data: h.dir, UndoDays: 7})
	must(b, err)
	defer func() { must(b, a.Close()) }()
	w := a.Demo(&demo.Clock{})
	h.House = figures.House{DB: w.DB, Gate: w.Gate, Sources: w.Sources, Coding: w.Coding, Now: w.Clock.Now}
	h.people(b, w)
	c := figures.Read(b, k)
	h.Library, h.last = h.Keep(b, c), c.Last()
	h.token = h.signIn(b, w)
	return h
}

// people makes the partnership, its study and the three people.
func (h *house) people(b *testing.B, w demo.World) {
	b.Helper()
	p := person.Partnership(store.RandomID())
	must(b, w.DB.Write(b.Context(), func(tx *store.Tx) error {
		ctx, now := b.Context(), h.Now()
		if err := w.Circle.Make(ctx, tx, circle.Settings{Partnership: p, Name: "Notes", LeaveTo: "https://example.org/weather"}); err != nil {
			return err
		}
		for _, who := range []struct {
			name string
			as   person.Standing
			to   *person.Viewer
		}{{"Cat", person.Researcher, &h.Analyst}, {"Dan", person.Charity, &h.Keeper}, {"Ann", person.LivedExperience, &h.Member}} {
			id, err := w.Circle.Add(ctx, tx, p, who.name, "")
			if err == nil {
				err = w.Accounts.Create(ctx, tx, p, id, who.name, "")
			}
			if err == nil {
				err = w.Circle.Give(ctx, tx, p, id, who.as, id, true)
			}
			if err == nil {
				*who.to, err = w.Circle.Viewer(ctx, tx, p, id)
			}
			if err != nil {
				return err
			}
		}
		var err error
		h.Study, err = w.Studies.Add(ctx, tx, p, study.Study{Question: "What helps?", Approved: now, Begins: now, Ends: now.AddDate(1, 0, 0)})
		if err != nil {
			return err
		}
		if err := w.Studies.Name(ctx, tx, p, h.Study, h.Analyst.ID, ""); err != nil {
			return err
		}
		agreed, err := w.Agreed.Write(ctx, tx, p, h.Analyst.ID, "Tea first.", agreement.Change{}, 0) // before which no file leaves
		for _, who := range []person.Viewer{h.Analyst, h.Keeper, h.Member} {
			if err == nil {
				err = w.Agreed.Answer(ctx, tx, p, who.ID, agreed.N, agreement.Yes)
			}
		}
		return err
	}))
}

// signIn opens a session for the analyst, with her second factor.
func (h *house) signIn(b *testing.B, w demo.World) string {
	b.Helper()
	var link string
	must(b, w.DB.Write(b.Context(), func(tx *store.Tx) error {
		var err error
		link, err = w.Accounts.WholeLink(b.Context(), tx, h.Analyst.Partnership, h.Analyst.ID, time.Hour)
		return err
	}))
	opened, err := w.Accounts.SignInByLink(b.Context(), h.Analyst.Partnership, link, account.Computer)
	must(b, err)
	return opened.Token
}

// build builds the program as it is released.
func build(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "footing")
	cmd := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-o", program, "footing/cmd/footing")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("building: %v\n%s", err, out)
	}
	return program
}

// A server is the program, running.
type server struct {
	figures.Process
	url   string
	lines []string // what it said before it answered
	stop  func()
}

// run starts the program and returns once it says where it answers.
func run(b *testing.B, program string, args ...string) *server {
	b.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(b.Context()), program, args...)
	out, err := cmd.StdoutPipe()
	must(b, err)
	cmd.Stderr = os.Stderr
	must(b, cmd.Start())
	s := &server{Process: figures.Process(cmd.Process.Pid), stop: func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}}
	for scan := bufio.NewScanner(out); scan.Scan(); {
		s.lines = append(s.lines, scan.Text())
		if at := strings.Index(scan.Text(), "http://"); at >= 0 {
			s.url = strings.TrimSpace(scan.Text()[at:])
			return s
		}
	}
	s.stop()
	b.Fatal("the program ended before it answered")
	return nil
}

func (h *house) serve(b *testing.B) *server {
	return run(b, h.program, "serve", "--data", h.dir, "--addr", "127.0.0.1:0")
}

// cpu is the meter of a server.
func (s *server) cpu() time.Duration {
	d, err := s.CPU()
	if err != nil {
		panic(errors.Join(fmt.Errorf("the server is gone"), err))
	}
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
