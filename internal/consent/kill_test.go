package consent_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"modernc.org/sqlite"

	. "footing/internal/consent"
	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/vault"
	"footing/internal/vault/keyring"
)

// A scene is what a child process does until it is killed.
type scene struct {
	Name       string
	Main, Keys string // addresses of the stores
	Root       string // file of the root key
	Talk       ID
	Speaker    ID
	Turn       ID // the one turn that "turn" takes back and "typed" replaces
	Second     ID // another talk
	Now        time.Time
}

func (s scene) env(at int) []string {
	return append(os.Environ(), "CONSENT_KILL_SCENE="+strings.Join([]string{s.Name, s.Main, s.Keys, s.Root,
		string(s.Talk), string(s.Speaker), string(s.Turn), string(s.Second), strconv.FormatInt(s.Now.UnixMicro(), 10), strconv.Itoa(at)}, "\n"))
}

func TestMain(m *testing.M) {
	if text := os.Getenv("CONSENT_KILL_SCENE"); text != "" {
		if err := playUntilKilled(strings.Split(text, "\n")); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// steps counts what a child does, from the moment it is armed, and kills it at the step it was told.
type steps struct {
	armed bool
	n, at int
}

func (s *steps) step(what string) {
	if !s.armed {
		return
	}
	s.n++
	fmt.Println("step", what)
	if s.n == s.at {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // the signal is on its way
	}
}

// asked says which keys are about to be read.
func (s *steps) asked(ids []string) {
	if s.armed {
		fmt.Println("asked", strings.Join(ids, " "))
	}
}

// steppedKeys makes a step before and after each use of the key store.
type steppedKeys struct {
	inner Keys
	steps *steps
}

func (k steppedKeys) Create(ctx context.Context, ids ...string) (map[string]vault.Key, error) {
	k.steps.step("create")
	keys, err := k.inner.Create(ctx, ids...)
	k.steps.step("created")
	return keys, err
}

func (k steppedKeys) Keys(ctx context.Context, ids []string) (map[string]vault.Key, error) {
	k.steps.asked(ids)
	k.steps.step("keys")
	return k.inner.Keys(ctx, ids)
}

func (k steppedKeys) Destroy(ctx context.Context, ids ...string) error {
	k.steps.step("destroy")
	err := k.inner.Destroy(ctx, ids...)
	k.steps.step("destroyed")
	return err
}

func playUntilKilled(args []string) error {
	at, err := strconv.Atoi(args[9])
	if err != nil {
		return err
	}
	micros, err := strconv.ParseInt(args[8], 10, 64)
	if err != nil {
		return err
	}
	s := scene{args[0], args[1], args[2], args[3], ID(args[4]), ID(args[5]), ID(args[6]), ID(args[7]), time.UnixMicro(micros).UTC()}
	count := &steps{at: at}
	// A commit on either store is a step, made before the commit takes effect.
	sqlite.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		conn.(interface{ RegisterCommitHook(sqlite.CommitHookFn) }).RegisterCommitHook(func() int32 {
			count.step("commit")
			return 0
		})
		return nil
	})
	ctx := context.Background()
	gate, err := s.open(ctx, func(k Keys) Keys { return steppedKeys{k, count} })
	if err != nil {
		return err
	}
	count.armed = true
	fmt.Println("go")
	if err := s.play(ctx, gate); err != nil {
		return err
	}
	fmt.Println("done")
	return nil
}

func (s scene) open(ctx context.Context, wrap func(Keys) Keys) (*Gate, error) {
	main, err := store.Open(ctx, s.Main)
	if err != nil {
		return nil, err
	}
	keys, err := store.Open(ctx, s.Keys)
	if err != nil {
		return nil, err
	}
	clock := func() time.Time { return s.Now }
	ring, err := keyring.Open(ctx, keys, s.Root, clock)
	if err != nil {
		return nil, err
	}
	quiet := slog.New(slog.DiscardHandler)
	return New(main, wrap(ring), event.New(main, clock, quiet), clock, 7*24*time.Hour, quiet), nil
}

func (s scene) play(ctx context.Context, gate *Gate) error {
	part := Part{Contribution: s.Talk, Speaker: s.Speaker}
	switch s.Name {
	case "whole":
		return gate.TakeBack(ctx, viewer(here, "ann"), part, true)
	case "turn":
		part.Turns = []ID{s.Turn}
		return gate.TakeBack(ctx, viewer(here, "ann"), part, true)
	case "typed":
		part.Turns = []ID{s.Turn}
		return gate.AddTurns(ctx, viewer(here, "ann"), part, []string{"The bus was early."}, func(context.Context, *store.Tx, []ID) error { return nil })
	case "due":
		return gate.DestroyDue(ctx, here)
	case "upload":
		b, err := gate.NewBlob(ctx, viewer(here, "ann"), s.Now.Add(time.Hour))
		if err == nil {
			_, err = b.Write(make([]byte, 2*chunk+1))
		}
		return errors.Join(err, b.Close())
	}
	return s.playOpening(ctx, gate)
}

// run plays a scene in a child and returns the lines it printed. It is killed at step at, or after that
// time when at is 0 and the time is not.
func (s scene) run(t *testing.T, at int, after time.Duration) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = s.env(at)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said = append(said, lines.Text())
		if after > 0 && lines.Text() == "go" {
			time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
	}
	_ = child.Wait()
	if i := slices.IndexFunc(said, func(line string) bool { return strings.HasPrefix(line, "error") }); i >= 0 {
		t.Fatalf("the child says: %s", said[i])
	}
	return said
}

// killWorld is a world with a talk, and the scene for a child on it.
func killWorld(t *testing.T, name, main, keys string) (*world, *Prepared, scene) {
	w := newWorld(t, main, keys)
	talk := w.interview(here, w.study())
	s := scene{Name: name, Main: main, Keys: keys, Root: w.root, Talk: talk.ID, Speaker: talk.Speakers[1], Turn: talk.Turns[1], Now: w.now}
	if _, opens := openings[name]; opens {
		s.Second = w.interview(here, w.study()).ID
	}
	if name == "due" {
		if err := w.gate.TakeBack(t.Context(), viewer(here, "ann"), Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}, false); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(8 * 24 * time.Hour)
		s.Now = w.now
	}
	return w, talk, s
}

// P11: taking back survives being killed at each step. After each kill the part is either as it was, and
// nobody was told otherwise, or shut; once the program has started again it is gone. It is never marked
// and readable. Words of hers that take the place of others come in the same moment as those go.
func TestTakeBack_SurvivesBeingKilledAtEachStep(t *testing.T) {
	engine.Once(t, "which step a process is killed at shows on SQLite alone")
	for _, name := range []string{"whole", "turn", "typed", "due"} {
		t.Run(name, func(t *testing.T) {
			base := t.TempDir()
			w, talk, s := killWorld(t, name, filepath.Join(base, "main.db"), filepath.Join(base, "keys.db"))
			key := w.keyOf(talk.Turns[1])
			w.close()
			total := len(steppedLines(copied(t, base, s).run(t, 0, 0)))
			if total < 6 {
				t.Fatalf("only %d steps: this test sees too little", total)
			}
			shut := 0
			for at := 1; at <= total; at++ {
				mine := copied(t, base, s)
				said := mine.run(t, at, 0)
				if slices.Contains(said, "done") {
					t.Fatalf("step %d of %d: the child was not killed", at, total)
				}
				if afterKill(t, mine, talk, key, fmt.Sprintf("killed at step %d (%s)", at, said[len(said)-1])) {
					shut++
				}
			}
			if name != "due" && (shut == 0 || shut == total) {
				t.Errorf("of %d kills %d came after the mark: only one side was tried", total, shut)
			}
			t.Logf("%d kills, %d after the mark", total, shut)
		})
	}
}

// Kills at any moment, within statements and between a commit and what overwrites the old bytes.
func TestTakeBack_SurvivesBeingKilledAtAnyMoment(t *testing.T) {
	rounds := 4
	if os.Getenv("FOOTING_SOAK") == "1" {
		rounds = 100
	}
	engine.Run(t, func(t *testing.T, database func(name string) string) {
		for round := range rounds {
			name := []string{"whole", "turn", "typed", "due"}[round%4]
			w, talk, s := killWorld(t, name, database(fmt.Sprint(round, "main.db")), database(fmt.Sprint(round, "keys.db")))
			key := w.keyOf(talk.Turns[1])
			w.close()
			after := time.Duration(1 + rand.Int64N(int64(40*time.Millisecond)))
			said := s.run(t, 0, after)
			afterKill(t, s, talk, key, fmt.Sprintf("%s, killed after %v (%v)", name, after, said[len(said)-1]))
		}
	})
}

// afterKill checks what a killed child left, starts again, and checks that it is finished then. It
// reports whether the part had been marked.
func afterKill(t *testing.T, s scene, talk *Prepared, key, when string) (marked bool) {
	t.Helper()
	w := openWorld(t, s.Main, s.Keys, s.Root, s.Now)
	defer w.close()
	cat := viewer(here, "cat")
	taken := func() (list []Withdrawal) {
		w.read(func(ctx context.Context, tx *store.Tx) (err error) {
			list, err = w.gate.Taken(ctx, tx, here, talk.ID)
			return err
		})
		return list
	}
	marked = len(taken()) > 0
	left := map[string]string{"turn": "Then Bea came and we laughed.", "typed": "Then Bea came and we laughed. | The bus was early."}[s.Name] // of Ann's, when it is done
	want := left
	if !marked {
		want = annsWords
	}
	if got := w.words(cat, inStudy, talk.ID); got != want {
		t.Errorf("%s: marked is %v and the analyst reads %q, want %q", when, marked, got, want)
	}
	if err := w.gate.DestroyDue(t.Context(), here); err != nil {
		t.Fatalf("%s: starting again: %v", when, err)
	}
	if got := w.words(cat, inStudy, talk.ID); got != want {
		t.Errorf("%s, and started again: the analyst reads %q, want %q", when, got, want)
	}
	if !marked {
		return false
	}
	for _, x := range taken() {
		if x.Destroyed.IsZero() {
			t.Errorf("%s, and started again: not destroyed", when)
		}
	}
	if held, err := w.ring.Keys(t.Context(), []string{key}); err != nil || len(held) > 0 {
		t.Errorf("%s, and started again: the key is still there (%v)", when, err)
	}
	w.read(func(ctx context.Context, tx *store.Tx) error {
		sealed, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM consent_turn WHERE partnership_id = $1 AND id = $2 AND words IS NOT NULL`, here, talk.Turns[1])
		if sealed != 0 {
			t.Errorf("%s, and started again: the sealed words are still there", when)
		}
		return err
	})
	own, err := w.gate.OpenOwn(t.Context(), viewer(here, "ann"), talk.ID)
	if err != nil && !errors.Is(err, fault.Missing) {
		t.Fatal(err)
	}
	for _, turn := range own.Turns {
		if turn.Speaker == s.Speaker && turn.Open && !strings.Contains(left, turn.Words.Reveal()) {
			t.Errorf("%s, and started again: Ann still reads %q", when, turn.Words.Reveal())
		}
	}
	dans, err := w.gate.OpenOwn(t.Context(), viewer(here, "dan"), talk.ID)
	if err != nil || !dans.Turns[0].Open {
		t.Errorf("%s, and started again: Dan's own words are lost (%v)", when, err)
	}
	return true
}

func steppedLines(said []string) (steps []string) {
	for _, line := range said {
		if strings.HasPrefix(line, "step ") {
			steps = append(steps, line)
		}
	}
	return steps
}

// copied returns the scene on a copy of its stores.
func copied(t *testing.T, base string, s scene) scene {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"main.db", "keys.db"} {
		content, err := os.ReadFile(filepath.Join(base, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.Main, s.Keys = filepath.Join(dir, "main.db"), filepath.Join(dir, "keys.db")
	return s
}

// keyOf returns the id of the key of a turn.
func (w *world) keyOf(turn ID) (key string) {
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		key, err = store.Get(ctx, tx, store.One[string], `SELECT key_id FROM consent_turn WHERE partnership_id = $1 AND id = $2`, here, turn)
		return err
	})
	return key
}
