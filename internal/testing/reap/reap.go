// Package reap ends what a test process started once that process is gone,
// however it went: a clean exit, a panic, a timeout or kill -9.
//
// Go has no hook that runs at the end of a test binary, and a deferred call
// does not run after a crash. A shell that waits on a pipe does both: the
// kernel closes the pipe when the test process ends.
package reap

import (
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
)

// script waits for the end of its input, asks the process to stop, insists
// after ten seconds, and removes the folder. Removing is tried a few times
// because children of the process may write a last file.
const script = `cat >/dev/null
kill -s "$2" "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done
kill -s KILL "$1" 2>/dev/null
n=0
while [ -e "$3" ] && [ $n -lt 20 ]; do rm -rf -- "$3" 2>/dev/null || sleep 0.1; n=$((n+1)); done`

var (
	mu    sync.Mutex
	pipes []io.Closer // held for the life of the process: closing one is the signal
)

// AtExit arranges that, once this process has ended, process pid is sent the
// named signal (TERM, QUIT) and then the folder dir is removed.
func AtExit(pid int, signal, dir string) error {
	watch := exec.Command("/bin/sh", "-c", script, "reap", strconv.Itoa(pid), signal, dir)
	// A session of its own, so that Ctrl-C on the tests does not end the watch.
	watch.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	pipe, err := watch.StdinPipe()
	if err != nil {
		return fmt.Errorf("opening the pipe of the watch: %w", err)
	}
	if err := watch.Start(); err != nil {
		return fmt.Errorf("starting the watch: %w", err)
	}
	mu.Lock()
	defer mu.Unlock()
	pipes = append(pipes, pipe)
	return nil
}
