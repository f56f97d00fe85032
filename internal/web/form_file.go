package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// The most of a form with files that is read through: for an action that takes a file, and for one that takes
// none. It is more than any file may have, so that whoever sends too much is told so: a browser reads no
// answer before it has sent everything.
const (
	withFile    = 256 << 20
	withoutFile = 64 << 20
)

// TakeFile is given the field and the bytes of each file in a form, as they arrive. It need not read to their
// end. The name of a file on somebody's phone is not handed on: it can say what is in it. An error ends the
// reading of the form and is returned by it.
type TakeFile func(field string, file io.Reader) error

// ParseWithFile is Parse for a form that may hold files. They are never held whole and never on a disk: take
// gets them while they arrive, after the fields that stand before them in the page.
func ParseWithFile[T any](q *Request, take TakeFile) (T, error) {
	var v T
	if err := q.readFormWith(take); err != nil {
		return v, err
	}
	return fill[T](q.HTTP.PostForm)
}

// readParts reads a form with files, part by part. Without take its files are passed over.
func (q *Request) readParts(take TakeFile) error {
	limit := int64(withoutFile)
	if take != nil {
		limit = withFile
	}
	q.HTTP.Body = http.MaxBytesReader(q.w, q.HTTP.Body, limit)
	values := url.Values{}
	q.HTTP.PostForm, q.HTTP.Form = values, values
	parts, err := q.HTTP.MultipartReader()
	if err != nil {
		return ErrUnreadable.Wrap(err)
	}
	left := int64(formLimit)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return ErrUnreadable.Wrap(err)
		}
		if part.FileName() != "" {
			q.files++
			if take == nil {
				continue // NextPart reads over it
			}
			if err := take(part.FormName(), part); err != nil {
				return err
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, left+1))
		if left -= int64(len(text)); err != nil || left < 0 {
			return ErrUnreadable.Wrap(fmt.Errorf("reading a field: %w", errors.Join(err, errTooLong)))
		}
		values.Add(part.FormName(), strings.ToValidUTF8(string(text), "\ufffd"))
	}
}

var errTooLong = errors.New("there may be too many bytes in it")
