package refi

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// document mirrors the root element: CodeBook in a .qdc, and Project in the
// project.qde of a whole project, which holds the same code book inside.
type document struct {
	XMLName xml.Name
	Origin  string    `xml:"origin,attr,omitempty"`
	Codes   []element `xml:"Codes>Code"`
	Inner   *struct {
		Codes []element `xml:"Codes>Code"`
	} `xml:"CodeBook"`
}

// element mirrors a Code. The order of the fields is the order the schema
// demands: Description before the codes below.
type element struct {
	GUID        string    `xml:"guid,attr"`
	Name        string    `xml:"name,attr"`
	Codable     string    `xml:"isCodable,attr"`
	Colour      string    `xml:"color,attr,omitempty"`
	Description string    `xml:"Description,omitempty"`
	Children    []element `xml:"Code"`
}

// EncodeCodebook writes the code book to w as a .qdc file in UTF-8. Texts are
// written as Clean returns them, GUIDs as NormalGUID does. It returns ErrEmpty
// for a code book without codes, ErrTooLarge for one nested deeper than
// MaxDepth, ErrMalformed for a GUID or colour of the wrong form or a GUID used
// twice, and in each of these cases writes nothing.
func EncodeCodebook(w io.Writer, book Codebook) error {
	if len(book.Codes) == 0 {
		return ErrEmpty
	}
	codes, err := toElements(book.Codes, 1, map[string]bool{})
	if err != nil {
		return fmt.Errorf("writing code book: %w", err)
	}
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(out)
	enc.Indent("", "  ")
	err = enc.Encode(document{
		XMLName: xml.Name{Space: Namespace, Local: "CodeBook"},
		Origin:  Clean(book.Origin),
		Codes:   codes,
	})
	if err == nil {
		out.WriteByte('\n')
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("writing code book: %w", err)
	}
	return nil
}

func toElements(codes []Code, depth int, seen map[string]bool) ([]element, error) {
	if len(codes) > 0 && depth > MaxDepth {
		return nil, fmt.Errorf("%w: codes nested deeper than %d", ErrTooLarge, MaxDepth)
	}
	elements := make([]element, 0, len(codes))
	for _, c := range codes {
		guid, err := onceGUID(c.GUID, seen)
		if err != nil {
			return nil, err
		}
		colour, ok := normalColour(c.Colour)
		if !ok && c.Colour != "" {
			return nil, fmt.Errorf("%w: colour of code %s is not #RRGGBB", ErrMalformed, guid)
		}
		children, err := toElements(c.Children, depth+1, seen)
		if err != nil {
			return nil, err
		}
		elements = append(elements, element{
			GUID:        guid,
			Name:        Clean(c.Name),
			Codable:     fmt.Sprint(c.Codable),
			Colour:      colour,
			Description: Clean(c.Description),
			Children:    children,
		})
	}
	return elements, nil
}

// onceGUID normalises a GUID and refuses one already seen: which of two codes
// a passage belongs to could not be told.
func onceGUID(s string, seen map[string]bool) (string, error) {
	guid, err := NormalGUID(s)
	if err != nil {
		return "", err
	}
	if seen[guid] {
		return "", fmt.Errorf("%w: GUID %s is used twice", ErrMalformed, guid)
	}
	seen[guid] = true
	return guid, nil
}

// DecodeCodebook reads a .qdc file, or the code book inside the project.qde of
// a whole project, in UTF-8 or in UTF-16 with a byte order mark. Errors wrap
// ErrNotCodebook, ErrMalformed, ErrTooLarge or ErrDoctype, or come from r;
// none holds a text of the file. On an error nothing is returned.
func DecodeCodebook(r io.Reader) (Codebook, error) {
	doc, err := parse(r)
	if err != nil {
		return Codebook{}, fmt.Errorf("reading code book: %w", err)
	}
	space, root := doc.XMLName.Space, doc.XMLName.Local
	elements := doc.Codes
	switch {
	case root == "CodeBook" && strings.HasPrefix(space, "urn:QDA-XML:codebook:"):
	case root == "Project" && strings.HasPrefix(space, "urn:QDA-XML:project:"):
		if elements = nil; doc.Inner != nil {
			elements = doc.Inner.Codes
		}
	default:
		return Codebook{}, fmt.Errorf("reading code book: %w", ErrNotCodebook)
	}
	codes, err := fromElements(elements, 1, map[string]bool{})
	if err != nil {
		return Codebook{}, fmt.Errorf("reading code book: %w", err)
	}
	return Codebook{Origin: doc.Origin, Codes: codes}, nil
}

func fromElements(elements []element, depth int, seen map[string]bool) ([]Code, error) {
	if len(elements) > 0 && depth > MaxDepth {
		return nil, fmt.Errorf("%w: codes nested deeper than %d", ErrTooLarge, MaxDepth)
	}
	codes := make([]Code, 0, len(elements))
	for _, e := range elements {
		guid, err := onceGUID(e.GUID, seen)
		if err != nil {
			return nil, err
		}
		children, err := fromElements(e.Children, depth+1, seen)
		if err != nil {
			return nil, err
		}
		colour, _ := normalColour(e.Colour)
		codable := strings.TrimSpace(e.Codable)
		codes = append(codes, Code{
			GUID:        guid,
			Name:        e.Name,
			Description: e.Description,
			Colour:      colour,
			// Taking no passages is the exception, so it has to be said.
			Codable:  codable != "false" && codable != "0",
			Children: children,
		})
	}
	return codes, nil
}

// parse reads the one root element and makes sure nothing but white space and
// comments follows it.
func parse(r io.Reader) (document, error) {
	src := &source{r: r, left: MaxBytes}
	guard := newGuard(plain(src))
	dec := xml.NewTokenDecoder(guard)
	var doc document
	err := dec.Decode(&doc)
	for err == nil {
		var tok xml.Token
		tok, err = dec.Token()
		if text, ok := tok.(xml.CharData); ok && len(bytes.TrimSpace(text)) > 0 {
			err = errors.New("text after the end")
		} else if _, ok := tok.(xml.StartElement); ok {
			err = errors.New("a second root")
		}
	}
	switch {
	case src.err != nil:
		return document{}, src.err
	case guard.err != nil:
		return document{}, guard.err
	case errors.Is(err, io.EOF) && doc.XMLName.Local != "":
		return doc, nil
	case errors.Is(err, io.EOF):
		return document{}, fmt.Errorf("%w: there is no element in it", ErrNotCodebook)
	}
	// The words of an XML error can hold words of the file, so only the place
	// is told.
	line, _ := guard.in.InputPos()
	return document{}, fmt.Errorf("%w near line %d", ErrMalformed, line)
}

// source reads a file up to MaxBytes and remembers why it stopped.
type source struct {
	r    io.Reader
	left int
	err  error // ErrTooLarge or an error of r; nil at the end of the file
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if s.left -= n; s.left < 0 {
		err = fmt.Errorf("%w: more than %d bytes", ErrTooLarge, MaxBytes)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// guard hands on the tokens of a file and stops at what no code book needs: a
// document type, and elements nested beyond what MaxDepth codes can take.
type guard struct {
	in    *xml.Decoder
	depth int
	err   error // what the guard objected to
}

func newGuard(in io.Reader) *guard {
	g := &guard{in: xml.NewDecoder(in)}
	g.in.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(name) {
		case "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii":
			// UTF-16 was dealt with by its mark. Without a mark the declaration
			// is a known slip of files that are UTF-8 after all.
			return in, nil
		}
		g.err = fmt.Errorf("%w: its encoding is neither UTF-8 nor UTF-16", ErrMalformed)
		return nil, g.err
	}
	return g
}

// Token returns the next token as written; the decoder above matches tags and
// resolves namespaces.
func (g *guard) Token() (xml.Token, error) {
	tok, err := g.in.RawToken()
	if err != nil {
		return nil, err
	}
	switch tok.(type) {
	case xml.Directive:
		g.err = ErrDoctype
	case xml.StartElement:
		// Project, CodeBook and Codes lie around the codes, a Description inside.
		if g.depth++; g.depth > MaxDepth+4 {
			g.err = fmt.Errorf("%w: nested deeper than %d", ErrTooLarge, MaxDepth)
		}
	case xml.EndElement:
		g.depth--
	}
	return tok, g.err
}

// plain strips a byte order mark and turns UTF-16 into UTF-8.
func plain(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	mark, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(mark, []byte("\xEF\xBB\xBF")):
		in.Discard(3)
	case bytes.HasPrefix(mark, []byte("\xFE\xFF")), bytes.HasPrefix(mark, []byte("\xFF\xFE")):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Reader(in)
	}
	return in
}
