package refi

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzDecodeCodebook holds that foreign bytes are either refused with one of
// the named errors or read as a code book that can be written and read again.
func FuzzDecodeCodebook(f *testing.F) {
	f.Add([]byte(one(Namespace, `<Code guid="`+guid(1)+`" name="a&amp;b" isCodable="true" color="#123"><Description>d</Description><Code guid="`+guid(2)+`" name=""/></Code>`)))
	f.Add([]byte("\xff\xfe<\x00a\x00/\x00>\x00"))
	f.Add([]byte(`<!DOCTYPE a><a/>`))
	f.Add([]byte(`<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes/></CodeBook></Project>`))
	f.Fuzz(func(t *testing.T, in []byte) {
		book, err := DecodeCodebook(bytes.NewReader(in))
		if err != nil {
			for _, known := range []error{ErrNotCodebook, ErrMalformed, ErrTooLarge, ErrDoctype} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("an error of no known kind: %v", err)
		}
		var buf bytes.Buffer
		if err := EncodeCodebook(&buf, book); errors.Is(err, ErrEmpty) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeCodebook(&buf)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(book, again); diff != "" {
			t.Fatal(diff)
		}
	})
}
