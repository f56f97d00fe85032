package figures

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Sizes are the numbers of codings that figures are taken at; FOOTING_CODINGS names one instead.
func Sizes() []int {
	if k, err := strconv.Atoi(os.Getenv("FOOTING_CODINGS")); err == nil {
		return []int{k}
	}
	return []int{1_000, 10_000, 100_000}
}

// CPU returns the processor time, user and system, that this process has taken so far.
func CPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // the arguments are always good
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Measure does something as often as a benchmark wants it and reports, beside the wall time, what one
// turn took of the processor by that meter.
func Measure(b *testing.B, meter func() time.Duration, do func()) {
	b.Helper()
	runtime.GC() // what came before is not to be swept on this one's account
	before := meter()
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64(meter()-before)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
}

// A Process is one that is measured from outside, by its number.
type Process int

// tick is how Linux counts a process's time towards others (USER_HZ).
const tick = 10 * time.Millisecond

// CPU returns the processor time, user and system, that the process has taken so far, to 10 ms.
func (p Process) CPU() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p))
	if err != nil {
		return 0, err
	}
	// The second field is the program's name in brackets, which may hold anything; utime and stime are the
	// 14th and the 15th (proc_pid_stat(5)).
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var sum time.Duration
	for _, field := range fields[11:13] {
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(n) * tick
	}
	return sum, nil
}

// Peak returns the most memory the process has had in use (resident) since ResetPeak, or since it began,
// in bytes.
func (p Process) Peak() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kB, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kB << 10, err
		}
	}
	return 0, fmt.Errorf("process %d has no VmHWM", p)
}

// ResetPeak makes Peak begin anew.
func (p Process) ResetPeak() error {
	return os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p), []byte("5"), 0)
}
