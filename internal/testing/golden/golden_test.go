package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// recorder stands where a test would stand and keeps what is said to it.
type recorder struct {
	testing.TB
	errors, fatals []string
}

func (r *recorder) Helper()      {}
func (r *recorder) Name() string { return "TestOther" }

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.fatals = append(r.fatals, fmt.Sprintf(format, args...))
	runtime.Goexit()
}

// compare runs Compare in a goroutine of its own, as Fatalf ends it.
func compare(t *testing.T, name, got string) *recorder {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		Compare(r, name, []byte(got))
	}()
	<-done
	return r
}

func TestCompare_SameIsSilent(t *testing.T) {
	t.Chdir(t.TempDir())
	save(t, "a/b.txt", "one\ntwo\n")
	if r := compare(t, "a/b.txt", "one\ntwo\n"); len(r.errors)+len(r.fatals) != 0 {
		t.Errorf("said %v %v about equal text", r.errors, r.fatals)
	}
}

func TestCompare_DifferenceShowsTheLine(t *testing.T) {
	t.Chdir(t.TempDir())
	save(t, "b.txt", "one\ntwo\n")
	r := compare(t, "b.txt", "one\nthree\n")
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "two") || !strings.Contains(r.errors[0], "three") {
		t.Errorf("errors = %q, want one that shows both lines", r.errors)
	}
}

func TestCompare_MissingFileSaysHowToWriteIt(t *testing.T) {
	t.Chdir(t.TempDir())
	r := compare(t, "none.txt", "x")
	if len(r.fatals) != 1 || !strings.Contains(r.fatals[0], "-update") {
		t.Errorf("fatals = %q, want one that names -update", r.fatals)
	}
}

func TestCompare_UpdateWritesTheFile(t *testing.T) {
	t.Chdir(t.TempDir())
	*update = true
	defer func() { *update = false }()
	compare(t, "deep/c.txt", "new\n")
	got, err := os.ReadFile(filepath.Join("testdata", "deep", "c.txt"))
	if err != nil || string(got) != "new\n" {
		t.Errorf("file = %q, %v", got, err)
	}
}

func save(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
