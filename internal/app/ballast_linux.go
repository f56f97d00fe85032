package app

import (
	"os"
	"syscall"
)

// allocate gives a file room on its disk.
func allocate(f *os.File, size int64) error {
	return syscall.Fallocate(int(f.Fd()), 0, 0, size)
}
