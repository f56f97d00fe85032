package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/intake"
	"footing/internal/person"
	"footing/internal/store"
)

// Limits on one upload. Those on one file are intake's.
const (
	maxFiles    = 50
	maxTogether = 1 << 30   // bytes of all files
	maxFields   = 256 << 10 // bytes of everything that is not a file
	maxName     = 200       // characters of a file's name
)

// Found is what was found in one file. It is what a command gets for each file, as JSON, from
// POST /source/upload, GET /import/{import}, its confirm, and POST /source/add.
type Found struct {
	Name       string         `json:"name"`
	Format     string         `json:"format,omitempty"`   // txt, md, docx, vtt or srt
	Encoding   string         `json:"encoding,omitempty"` // UTF-8, UTF-16LE, UTF-16BE or Windows-1252
	Turns      int            `json:"turns"`
	Characters int            `json:"characters"`        // code points in all turns, without labels and times
	Speakers   []FoundSpeaker `json:"speakers"`          // in order of first appearance; the label is empty for turns without one
	Warnings   []string       `json:"warnings"`          // sentences about what to look at
	Problem    string         `json:"problem,omitempty"` // why the file could not be read; nothing of it is kept
	Source     consent.ID     `json:"source,omitempty"`  // once it is kept

	lines []line
}

// FoundSpeaker is one label and how much stands under it.
type FoundSpeaker struct {
	Label      string `json:"label"`
	Turns      int    `json:"turns"`
	Characters int    `json:"characters"`
}

// A line is the beginning of a turn, for a person to see whether the file was read as she expects.
type line struct {
	Speaker string `json:"speaker"`
	Words   string `json:"words"`
}

// Of the first turns the first words are shown.
const (
	shownTurns = 6
	shownWords = 14
)

// describe goes through a file's turns and fills in what was found.
func (f *Found) describe(file *intake.File) error {
	var none FoundSpeaker
	first := 0 // how many labels came before the first turn without one
	named := map[string]bool{}
	t, err := file.Each(func(turn intake.Turn) error {
		if f.Turns++; f.Turns <= shownTurns {
			f.lines = append(f.lines, line{strings.Clone(turn.Speaker), firstWords(turn.Text)})
		}
		if turn.Speaker != "" {
			named[turn.Speaker] = true
			return nil
		}
		if none.Turns++; none.Turns == 1 {
			first = len(named)
		}
		none.Characters += utf8.RuneCountInString(turn.Text)
		return nil
	})
	if err != nil {
		return err
	}
	f.Format, f.Encoding, f.Characters = t.Format, t.Encoding, t.Characters
	for _, s := range t.Speakers {
		f.Speakers = append(f.Speakers, FoundSpeaker(s))
	}
	if none.Turns > 0 {
		f.Speakers = slices.Insert(f.Speakers, first, none)
	}
	for _, w := range t.Warnings {
		if !slices.Contains(f.Warnings, w.Sentence) {
			f.Warnings = append(f.Warnings, w.Sentence)
		}
	}
	return nil
}

// firstWords returns the first words of a text as one line, cut off from the text's own memory.
func firstWords(text string) string {
	const enough = shownWords * 20
	runes, more := []rune(text[:min(len(text), 4*enough)]), len(text) > 4*enough
	words := strings.Fields(string(runes[:min(len(runes), enough)]))
	if len(words) > shownWords {
		words, more = words[:shownWords], true
	}
	line := strings.ToValidUTF8(strings.Join(words, " "), "")
	if more {
		line += "…"
	}
	return line
}

// A received file lies sealed in the database until it is kept or let go.
type received struct {
	Found
	n    int        // its place in the upload
	blob consent.ID // its bytes; empty once they are gone
	key  string     // of what was found in it
}

// drop lets go of files' bytes, also when whoever sent them is gone.
func (r *Room) drop(ctx context.Context, owner person.Viewer, files ...*received) error {
	ctx = context.WithoutCancel(ctx)
	return r.db.Write(ctx, func(tx *store.Tx) error {
		for _, f := range files {
			if f.blob == "" {
				continue
			}
			if err := r.gate.DropBlob(ctx, tx, owner, f.blob); err != nil && !isMissing(err) {
				return err
			}
			f.blob = ""
		}
		return nil
	})
}

// receive streams a posted form of the owner's: each file into a sealed blob that is kept until then, where
// it is read at once to see what is in it, and all other fields into values. A file that cannot be read is
// told of in its Found and lies nowhere. When receive returns an error nothing of the upload is left.
func (r *Room) receive(
	ctx context.Context, owner person.Viewer, req *http.Request, until time.Time,
) (files []*received, values url.Values, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, r.drop(ctx, owner, files...))
			files = nil
		}
	}()
	form, err := req.MultipartReader()
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "web.form_unreadable").Wrap(err)
	}
	values = url.Values{}
	together, fields := int64(maxTogether), int64(maxFields)
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return files, values, nil
		}
		if err != nil {
			return files, nil, fault.New(fault.Invalid, "web.form_unreadable").Wrap(err)
		}
		switch {
		case part.FileName() != "" && len(files) == maxFiles:
			return files, nil, errTooMany
		case part.FileName() != "":
			f := &received{n: len(files), Found: Found{Name: cleanName(part.FileName()), Speakers: []FoundSpeaker{}, Warnings: []string{}}}
			files = append(files, f)
			size, err := r.receiveFile(ctx, owner, f, part, together, until)
			if err != nil {
				return files, nil, err
			}
			together -= size
		case part.FormName() != "":
			text, err := io.ReadAll(io.LimitReader(part, fields+1))
			if fields -= int64(len(text)); err != nil || fields < 0 {
				return files, nil, fault.New(fault.Invalid, "web.form_unreadable").Wrap(err)
			}
			values.Add(part.FormName(), strings.ToValidUTF8(string(text), "\ufffd"))
		}
	}
}

// receiveFile takes one file in and reads it, and returns how long it is. With an error the caller lets go
// of the file.
func (r *Room) receiveFile(
	ctx context.Context, owner person.Viewer, f *received, part *multipart.Part, together int64, until time.Time,
) (int64, error) {
	blob, err := r.gate.NewBlob(ctx, owner, until)
	if err != nil {
		return 0, err
	}
	f.blob = blob.ID
	size, err := io.Copy(blob, io.LimitReader(part, min(intake.MaxBytes, together)+1))
	switch {
	case err != nil: // the sender went away, or the disk is full
		return size, fmt.Errorf("receiving a file: %w", err)
	case size > together:
		return size, errTooMuch
	}
	if err := blob.Close(); err != nil {
		return size, fmt.Errorf("receiving a file: %w", err)
	}
	err = r.read(ctx, owner, f, f.describe)
	if problem, ok := errors.AsType[*intake.Problem](err); ok {
		f.Found = Found{Name: f.Name, Speakers: []FoundSpeaker{}, Warnings: []string{}, Problem: problem.Sentence}
		return size, r.drop(ctx, owner, f)
	}
	return size, err
}

// read opens the transcript in a received file's bytes for do.
func (r *Room) read(ctx context.Context, owner person.Viewer, f *received, do func(*intake.File) error) error {
	select {
	case r.reading <- struct{}{}:
		defer func() { <-r.reading }()
	case <-ctx.Done():
		return ctx.Err()
	}
	bytes, err := r.gate.OpenBlob(ctx, owner, f.blob)
	if err != nil {
		return err
	}
	file, err := intake.Open(f.Name, bytes, bytes.Size(), nil)
	if err != nil {
		return err
	}
	return do(file)
}

// cleanName returns a file's name as a line of text: it comes from outside and is shown to a person.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "\ufffd"), `\`, "/"))
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
	runes := []rune(name)
	return string(runes[:min(len(runes), maxName)])
}

// titleOf is the title proposed for a file: its name without its ending.
func titleOf(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
