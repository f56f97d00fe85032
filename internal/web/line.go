package web

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// lineWait is how long a line may stand still while a form or a file travels. It counts anew with every
// piece, so that a slow phone is never cut off, and whoever sends a byte a minute holds nothing up.
var lineWait = 30 * time.Second

// patient lets a request's body stand still for lineWait at a time, also what of it nobody reads.
func patient(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody {
			line := http.NewResponseController(w)
			_ = line.SetReadDeadline(time.Now().Add(lineWait)) // where there is no line, nothing can stand still
			r.Body = &arriving{r.Body, line}
		}
		next.ServeHTTP(w, r)
	})
}

// arriving is a body whose every piece must arrive within lineWait. One that breaks off is told of as
// ErrUnreadable, whoever reads it.
type arriving struct {
	io.ReadCloser
	line *http.ResponseController
}

// Read reads the next piece. At the end the line may rest for as long as the server lets it.
func (a *arriving) Read(p []byte) (int, error) {
	_ = a.line.SetReadDeadline(time.Now().Add(lineWait))
	n, err := a.ReadCloser.Read(p)
	switch {
	case errors.Is(err, io.EOF):
		_ = a.line.SetReadDeadline(time.Time{})
	case err != nil:
		err = ErrUnreadable.Wrap(err)
	}
	return n, err
}

// sending counts what has gone into an answer, each piece of which must be taken within lineWait: what is
// read from the database while it is sent must not be held by a reader who stopped.
type sending struct {
	http.ResponseWriter
	line *http.ResponseController
	n    int64
}

// Write writes the next piece.
func (s *sending) Write(p []byte) (int, error) {
	_ = s.line.SetWriteDeadline(time.Now().Add(lineWait))
	n, err := s.ResponseWriter.Write(p)
	s.n += int64(n)
	return n, err
}

// errCut says that a file broke off after it had begun: the line is cut, so that nobody takes what arrived
// for the whole.
var errCut = errors.New("a file broke off")
