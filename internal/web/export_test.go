package web

import "time"

// WaitForLines makes lines that stand still count as broken after d, and returns what puts that back.
func WaitForLines(d time.Duration) (back func()) {
	was := lineWait
	lineWait = d
	return func() { lineWait = was }
}

// Remembered returns every byte that is remembered of the answers to forms.
func Remembered(s *Shell) (all []byte) {
	s.once.mu.Lock()
	defer s.once.mu.Unlock()
	for _, one := range s.once.sent {
		all = append(append(append(all, one.sealed...), one.body.Bytes()...), one.key[:]...)
	}
	return all
}
