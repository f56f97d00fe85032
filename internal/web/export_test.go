package web

import "time"

// WaitForLines makes lines that stand still count as broken after d, and returns what puts that back.
func WaitForLines(d time.Duration) (back func()) {
	was := lineWait
	lineWait = d
	return func() { lineWait = was }
}
