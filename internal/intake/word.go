package intake

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits on a Word file. The text of a real one is a few megabytes, a few dozen
// entries, a dozen deep and packed 10 to 60 times.
const (
	maxDirectory = 1 << 20   // bytes read to list the entries
	maxEntries   = 5_000     // files inside
	maxXML       = 128 << 20 // bytes of one part, unpacked
	maxRatio     = 200       // times a part may grow when unpacked, beyond ratioGrace
	ratioGrace   = 1 << 20   // bytes
	maxDepth     = 200       // elements inside one another
)

// readWord returns the text of a .docx file. Only the two parts that are needed
// are opened, by looking their names up; no name inside the file is ever a
// path.
func readWord(src *source) (string, []Warning, error) {
	listing := &allowance{src: src, left: maxDirectory}
	src.quiet = true
	archive, err := zip.NewReader(listing, src.size)
	src.quiet = false
	switch {
	case listing.spent:
		return "", nil, problemUnsafeWord("it holds far more parts than a transcript needs")
	case listing.failed != nil:
		return "", nil, listing.failed
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return "", nil, problemNotWord()
	case len(archive.File) > maxEntries:
		return "", nil, problemUnsafeWord("it holds far more parts than a transcript needs")
	}
	main, err := mainPart(archive)
	if err != nil {
		return "", nil, err
	}
	w := &wordText{}
	if err := readPart(archive, main, w.token); err != nil {
		if listing.failed != nil {
			return "", nil, listing.failed
		}
		return "", nil, err
	}
	return w.text.String(), w.warnings(), nil
}

// mainPart finds the name of the part that holds the text, as the package's
// relationships give it (ECMA-376 part 2, section 9.3); Word for the web does
// not always call it word/document.xml.
func mainPart(archive *zip.Reader) (string, error) {
	const usual = "word/document.xml"
	if find(archive, "_rels/.rels") == nil {
		if find(archive, usual) == nil {
			return "", problemNotWord()
		}
		return usual, nil
	}
	main := ""
	err := readPart(archive, "_rels/.rels", func(tok xml.Token) error {
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			main = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if main == "" || find(archive, main) == nil {
		return "", problemNotWord()
	}
	return main, nil
}

func find(archive *zip.Reader, name string) *zip.File {
	for _, f := range archive.File {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// readPart gives each XML token of a part to do, within the limits.
func readPart(archive *zip.Reader, name string, do func(xml.Token) error) error {
	f := find(archive, name)
	body, err := f.Open()
	if err != nil {
		return problemDamagedWord()
	}
	defer body.Close()
	unpacked := &unpacking{r: body, most: maxRatio*int64(f.CompressedSize64) + ratioGrace}
	d := xml.NewDecoder(unpacked)
	depth := 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if p := (*Problem)(nil); errors.As(err, &p) {
				return p
			}
			return problemDamagedWord()
		}
		switch tok.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.Directive:
			return problemUnsafeWord("it carries definitions of its own (a DOCTYPE)")
		}
		if depth > maxDepth {
			return problemUnsafeWord("its parts are nested far too deep")
		}
		if err := do(tok); err != nil {
			return err
		}
	}
}

// unpacking stops a part that grows too much, whatever size it claims.
type unpacking struct {
	r    io.Reader
	n    int64
	most int64
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.n += int64(n)
	if u.n > u.most {
		return 0, problemUnsafeWord("it unpacks to a size far beyond its own")
	}
	if u.n > maxXML {
		return 0, problemBigWord()
	}
	return n, err
}

// allowance bounds the bytes read while a zip's directory is listed, since each
// entry listed takes memory, and remembers an error of the file itself. The
// directory stands at the end, so reading it is no progress.
type allowance struct {
	src    *source
	left   int64
	spent  bool
	failed error
}

// ReadAt reads as long as something of the allowance is left.
func (a *allowance) ReadAt(p []byte, off int64) (int, error) {
	if a.src.quiet {
		if int64(len(p)) > a.left {
			a.spent = true
			return 0, errors.New("too many entries")
		}
		a.left -= int64(len(p))
	}
	n, err := a.src.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		a.failed = fmt.Errorf("reading a transcript: %w", err)
	}
	return n, err
}
