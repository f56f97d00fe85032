package reap

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary play the process that crashes: it starts a
// child, hands it to AtExit, says so, and waits to be killed.
func TestMain(m *testing.M) {
	dir := os.Getenv("REAP_TEST_DIR")
	if dir == "" {
		os.Exit(m.Run())
	}
	child := exec.Command("sleep", "60")
	if err := child.Start(); err != nil {
		panic(err)
	}
	if err := AtExit(child.Process.Pid, "TERM", dir); err != nil {
		panic(err)
	}
	fmt.Println(child.Process.Pid)
	time.Sleep(time.Minute)
}

func TestAtExit_KilledProcessLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "left behind")
	if err := os.MkdirAll(filepath.Join(dir, "deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	crash := exec.Command(os.Args[0])
	crash.Env = append(os.Environ(), "REAP_TEST_DIR="+dir)
	out, err := crash.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := crash.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	if !running(pid) {
		t.Fatal("the child is not running before the crash")
	}
	if err := crash.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = crash.Wait() // ends with "signal: killed", as intended

	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		_, err := os.Stat(dir)
		if os.IsNotExist(err) && !running(pid) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("ten seconds after the crash: child running %v, folder still there %v", running(pid), exists(dir))
}

// running reports whether pid is alive; an ended process that nobody has
// waited for yet counts as gone.
func running(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(stat), ") Z ")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
