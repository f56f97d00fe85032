package web

import (
	"errors"
	"io"
	"net/http"
	"time"
)

type sound struct {
	kind  string
	bytes io.ReadSeeker
}

// Sound answers with a recording, or with the stretch of it that is asked for: a player asks for some of it,
// and for more when somebody moves on. contentType is ours and never what somebody's phone said. bytes is
// read while it is sent; when it fails half-way, because the recording was taken back, the line is cut.
func Sound(contentType string, bytes io.ReadSeeker) Answer { return sound{contentType, bytes} }

func (a sound) write(q *Request) error {
	q.w.Header().Set("Content-Type", a.kind)
	out := &sending{ResponseWriter: unkept{q.w}, line: http.NewResponseController(q.w)}
	defer func() { _ = out.line.SetWriteDeadline(time.Time{}) }()
	reading := &failing{ReadSeeker: a.bytes}
	http.ServeContent(out, q.HTTP, "", time.Time{}, reading)
	if reading.err == nil {
		return nil
	}
	return errors.Join(errCut, reading.err)
}

// unkept says once more that nothing is to be kept: http.ServeContent forgets it where it refuses.
type unkept struct{ http.ResponseWriter }

// WriteHeader sends the headers.
func (u unkept) WriteHeader(status int) {
	u.Header().Set("Cache-Control", "no-store")
	u.ResponseWriter.WriteHeader(status)
}

// failing keeps what went wrong while it was read: http.ServeContent does not say.
type failing struct {
	io.ReadSeeker
	err error
}

// Read reads on, and keeps an error that is not the end.
func (f *failing) Read(p []byte) (int, error) {
	n, err := f.ReadSeeker.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		f.err = err
	}
	return n, err
}
