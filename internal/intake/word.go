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

// wordFile is a .docx file. Only the two parts that are needed are opened, by
// looking their names up; no name inside the file is ever a path.
type wordFile struct {
	archive *zip.Reader
	listing *allowance
	main    string // the part that holds the text
}

func openWord(src *source) (*wordFile, error) {
	w := &wordFile{listing: &allowance{src: src, left: maxDirectory}}
	var err error
	src.quiet = true
	w.archive, err = zip.NewReader(w.listing, src.size)
	src.quiet = false
	switch {
	case w.listing.spent:
		return nil, problemUnsafeWord("it holds far more parts than a transcript needs")
	case w.listing.failed != nil:
		return nil, w.listing.failed
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, problemNotWord()
	case len(w.archive.File) > maxEntries:
		return nil, problemUnsafeWord("it holds far more parts than a transcript needs")
	}
	w.main, err = mainPart(w.archive)
	return w, err
}

// wordPieces gives the text of a Word file piece by piece.
type wordPieces struct {
	wordText
	file  *wordFile
	lined bool // a line break inside a paragraph is one like any other
	part  *xmlPart
}

// pieceLength is how much text of a Word file makes a piece.
const pieceLength = 64 << 10

// more appends the next piece.
func (w *wordPieces) more(dst []byte) ([]byte, error) {
	if w.part == nil {
		part, err := openPart(w.file.archive, w.file.main)
		if err != nil {
			return dst, w.failed(err)
		}
		w.part = part
	}
	w.text.Reset()
	for w.text.Len() < pieceLength {
		token, err := w.part.next()
		if errors.Is(err, io.EOF) && w.text.Len() > 0 {
			break
		}
		if err != nil {
			return dst, w.failed(err)
		}
		w.token(token)
	}
	begin := len(dst)
	dst = append(dst, w.text.Bytes()...)
	for i := begin; w.lined && i < len(dst); i++ {
		if dst[i] == '\v' {
			dst[i] = '\n'
		}
	}
	return dst, nil
}

// failed prefers what went wrong with the file's bytes.
func (w *wordPieces) failed(err error) error {
	if w.file.listing.failed != nil {
		return w.file.listing.failed
	}
	return err
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
	part, err := openPart(archive, "_rels/.rels")
	main := ""
	for err == nil {
		var token xml.Token
		token, err = part.next()
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			main = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
		}
	}
	if !errors.Is(err, io.EOF) {
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

// xmlPart is a part of a Word file, read token by token within the limits.
type xmlPart struct {
	body  io.Closer
	d     *xml.Decoder
	depth int
}

func openPart(archive *zip.Reader, name string) (*xmlPart, error) {
	f := find(archive, name)
	body, err := f.Open()
	if err != nil {
		return nil, problemDamagedWord()
	}
	unpacked := &unpacking{r: body, most: maxRatio*int64(f.CompressedSize64) + ratioGrace}
	return &xmlPart{body: body, d: xml.NewDecoder(unpacked)}, nil
}

// next returns the next token, which is good until the one after it, and io.EOF
// at the end of the part.
func (p *xmlPart) next() (xml.Token, error) {
	token, err := p.d.Token()
	if errors.Is(err, io.EOF) {
		return nil, errors.Join(p.body.Close(), io.EOF)
	}
	if err != nil {
		if problem, ok := errors.AsType[*Problem](err); ok {
			return nil, problem
		}
		return nil, problemDamagedWord()
	}
	switch token.(type) {
	case xml.StartElement:
		p.depth++
	case xml.EndElement:
		p.depth--
	case xml.Directive:
		return nil, problemUnsafeWord("it carries definitions of its own (a DOCTYPE)")
	}
	if p.depth > maxDepth {
		return nil, problemUnsafeWord("its parts are nested far too deep")
	}
	return token, nil
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
