package coding

import (
	"context"
	"encoding/base32"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/refi"
	"footing/internal/sheet"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/web"
)

// mediaTypes are what the files are called in an answer.
var mediaTypes = map[string]string{
	CodebookCSV: "text/csv; charset=utf-8",
	CodebookQDC: "application/xml",
	CodingsCSV:  "text/csv; charset=utf-8",
	CodingsXLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Export enters a file as a release and returns what writes it. The release is on record before a word is
// opened; the file then streams, source by source, and nothing of it lies on a disk.
func (r *Room) Export(ctx context.Context, v person.Viewer, study, what, purpose string, words Headings) (func(io.Writer) error, error) {
	var f Frame
	var list []source.Source
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := r.studies.For(ctx, tx, v, study); err != nil {
			return err
		}
		var err error
		if f, err = r.Frame(ctx, tx, v.Partnership, study); err != nil {
			return err
		}
		list, err = r.sources.Offered(ctx, tx, v.Partnership, study)
		return err
	})
	if err != nil {
		return nil, err
	}
	if _, known := mediaTypes[what]; !known {
		return nil, ErrNoFile
	}
	rel, err := r.release(ctx, v, f, what, purpose)
	if err != nil {
		return nil, err
	}
	e := export{r, v, f, rel, words}
	return func(w io.Writer) error {
		switch what {
		case CodebookQDC:
			return e.codebookQDC(ctx, w)
		case CodebookCSV:
			return closing(sheet.NewCSV(w), func(out sheet.Writer) error { return e.codebook(ctx, out) })
		case CodingsCSV:
			return closing(sheet.NewCSV(w), func(out sheet.Writer) error { return e.codings(ctx, out, list) })
		}
		return closing(sheet.NewXLSX(w, e.words.T("coding.sheet"), widths), func(out sheet.Writer) error { return e.codings(ctx, out, list) })
	}, nil
}

// Headings is where a file's headings and set words come from: the words of the person it is made for.
type Headings interface {
	T(key string, args ...any) string
}

// export is one file on its way out.
type export struct {
	*Room
	viewer person.Viewer
	frame  Frame
	rel    Release
	words  Headings
}

// closing finishes a table after its rows were written.
func closing(out sheet.Writer, rows func(sheet.Writer) error) error {
	if err := rows(out); err != nil {
		return err
	}
	return out.Close()
}

func (e export) head(keys ...string) []string {
	cells := make([]string, len(keys))
	for i, key := range keys {
		cells[i] = e.words.T("coding." + key)
	}
	return cells
}

// codebook writes the frame as a table.
func (e export) codebook(ctx context.Context, out sheet.Writer) error {
	definitions, err := e.Definitions(ctx, e.viewer, e.frame.Study)
	if err != nil {
		return err
	}
	if err := out.Row(e.head("theme", "parent", "definition", "use_when", "not_when", "example", "origin", "in_use")...); err != nil {
		return err
	}
	for _, t := range e.frame.Themes {
		parent, _ := e.frame.Theme(t.Parent)
		d := definitions[t.ID]
		used := e.words.T("coding.yes")
		if !t.Retired.IsZero() {
			used = e.words.T("coding.no")
		}
		if err := out.Row(t.Name, parent.Name, d.Definition, d.UseWhen, d.NotWhen, d.Example, d.Source, used); err != nil {
			return err
		}
	}
	return nil
}

// codebookQDC writes the frame for other programs (REFI-QDA).
func (e export) codebookQDC(ctx context.Context, w io.Writer) error {
	definitions, err := e.Definitions(ctx, e.viewer, e.frame.Study)
	if err != nil {
		return err
	}
	book := refi.Codebook{Origin: "Footing"}
	for _, t := range e.frame.Themes {
		code := refi.Code{GUID: guid(e.frame.Study, t.ID), Name: t.Name, Description: definitions[t.ID].Description(),
			Colour: colours[(t.Hue+len(colours))%len(colours)], Codable: true}
		if t.Parent == "" {
			book.Codes = append(book.Codes, code)
			continue
		}
		last := &book.Codes[len(book.Codes)-1] // a sub-theme comes after its theme
		last.Children = append(last.Children, code)
	}
	return refi.EncodeCodebook(w, book)
}

// guid returns the GUID of a theme, always the same: its random id as 16 bytes, and for Other one made
// from the study's.
func guid(study, id string) string {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(id))
	if err != nil || len(raw) != 16 {
		return uuid.NewSHA1(uuid.Nil, []byte(study+"/"+id)).String()
	}
	return uuid.UUID(raw).String()
}

// colours are the twelve hues of the themes on screen (see package look, desk.css), at a lightness that
// stands out in other programs too.
var colours = [...]string{"#8E7029", "#29738E", "#668E29", "#58298E", "#298E73", "#8E2970", "#8E8E29", "#29488E", "#298E2D", "#81298E", "#298E8E", "#32298E"}

// columns of the table of codings.
var columns = []string{"theme", "parent", "source", "kind", "part", "speaker_heading", "passage", "begins", "ends", "indexed_by", "indexed_at", "frame_version", "coding"}

// widths are those of the columns in a workbook, in characters.
var widths = []int{24, 24, 24, 16, 8, 16, 60, 8, 8, 16, 20, 8, 28}

// codings writes every passage that the reader may see, one row each; one over several turns has a row
// for each, under the same id.
func (e export) codings(ctx context.Context, out sheet.Writer, list []source.Source) error {
	if err := out.Row(e.head(columns...)...); err != nil {
		return err
	}
	names, err := e.names(ctx, e.viewer.Partnership)
	if err != nil {
		return err
	}
	themes := map[string][2]string{}
	for _, t := range e.frame.Themes {
		parent, _ := e.frame.Theme(t.Parent)
		themes[t.ID] = [2]string{t.Name, parent.Name}
	}
	// Each owner sees one act: the file.
	act := consent.NewAct("export")
	for some := range slices.Chunk(list, batch) {
		opened, err := e.openBatch(ctx, e.viewer, e.frame, act, some, Filter{})
		if err != nil {
			return err
		}
		// Whose words they are is on record before a word of them goes further.
		if err := e.holds(ctx, e.viewer.Partnership, e.rel, opened); err != nil {
			return err
		}
		for _, o := range opened {
			if err := e.rows(out, o, themes, names); err != nil {
				return err
			}
		}
	}
	return nil
}

// rows writes the passages of one source. themes holds each theme's name and its parent's.
func (e export) rows(out sheet.Writer, o openedSource, themes map[string][2]string, names map[person.ID]string) error {
	who, _ := voices(e.words, o.words, names)
	from, kind := title(e.words, o.source.Kind, o.words.Title.Reveal()), e.words.T("coding.kind_"+string(o.source.Kind))
	row := make([]string, 0, len(columns))
	for _, c := range o.list {
		theme := themes[c.Theme]
		for _, p := range c.Parts {
			turn, text := o.words.Turns[o.at[p.Turn]], o.measured(o.at[p.Turn])
			for _, s := range inCells(p.Span) {
				row = append(row[:0], theme[0], theme[1], from, kind, strconv.Itoa(turn.Seq), who[turn.Speaker],
					text.cut(s), strconv.Itoa(s.Start), strconv.Itoa(s.End), names[c.By],
					c.At.Format(time.DateTime), strconv.FormatInt(c.Frame, 10), c.ID)
				if err := out.Row(row...); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// longestCell is how many code points fit into a cell of a spreadsheet, whatever they are.
const longestCell = sheet.MaxCell / 2

// inCells cuts a place into pieces that each fit into a cell. Nearly every place is one.
func inCells(s consent.Span) []consent.Span {
	var list []consent.Span
	for ; s.End-s.Start > longestCell; s.Start += longestCell {
		list = append(list, consent.Span{Start: s.Start, End: s.Start + longestCell})
	}
	return append(list, s)
}

func (r *Room) postExport(q *web.Request) (web.Answer, error) {
	form, err := web.Parse[exportForm](q)
	study := q.Path("study")
	var body func(io.Writer) error
	if err == nil {
		body, err = r.Export(q.Context(), q.Viewer, study, form.What, form.Purpose, q.Words)
	}
	if isInvalid(err) {
		return r.exportAgain(q, form, err)
	}
	if err != nil {
		return nil, err
	}
	return web.Attach(form.What, mediaTypes[form.What], body), nil
}
