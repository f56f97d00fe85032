package coding

import (
	"context"
	"fmt"

	"footing/internal/consent"
	"footing/internal/event"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
)

// A document is one source as an analyst has it open: its words from the gate, the study's frame, and
// what is indexed in it.
type document struct {
	study   study.Study
	frame   Frame
	source  source.Source
	codings []Coding // also removed ones
	names   map[person.ID]string
	seen    int64 // the number of the newest event before anything of it was read
	words   consent.Contribution
	text    []measured         // of the turns that were asked for; see measured
	at      map[consent.ID]int // turn → its index
}

// read opens a source that is offered to a study, for one of its analysts, with all that is indexed in it.
// The gate writes the opening down for the owners before a word is read.
func (r *Room) read(ctx context.Context, v person.Viewer, studyID string, id consent.ID) (*document, error) {
	return r.open(ctx, v, studyID, id, r.readIndex)
}

// open is read with what else is read of the document, which may be little.
func (r *Room) open(ctx context.Context, v person.Viewer, studyID string, id consent.ID, also reading) (*document, error) {
	d := &document{}
	err := r.db.Read(ctx, func(tx *store.Tx) error { return also(ctx, tx, v, d, studyID, id) })
	if err != nil {
		return nil, fmt.Errorf("reading a source's index: %w", err)
	}
	words, err := r.gate.OpenOne(ctx, v, use(studyID, consent.Words), consent.Reading, id)
	if err != nil {
		return nil, err
	}
	d.hold(words)
	return d, nil
}

// A reading reads something of a document but its words.
type reading func(ctx context.Context, tx *store.Tx, v person.Viewer, d *document, studyID string, id consent.ID) error

// readFrame reads what is around a document: its study and frame, and who is who.
func (r *Room) readFrame(ctx context.Context, tx *store.Tx, v person.Viewer, d *document, studyID string, id consent.ID) (err error) {
	if d.seen, err = event.Head(ctx, tx, v.Partnership); err != nil {
		return err
	}
	if d.study, err = r.studies.For(ctx, tx, v, studyID); err != nil {
		return err
	}
	if d.source, err = r.offeredOne(ctx, tx, v.Partnership, studyID, id); err != nil {
		return err
	}
	if d.frame, err = r.Frame(ctx, tx, v.Partnership, studyID); err != nil {
		return err
	}
	d.names, err = r.circle.Names(ctx, tx, v.Partnership)
	return err
}

// readIndex reads all of a document but its words.
func (r *Room) readIndex(ctx context.Context, tx *store.Tx, v person.Viewer, d *document, studyID string, id consent.ID) error {
	if err := r.readFrame(ctx, tx, v, d, studyID, id); err != nil {
		return err
	}
	var err error
	d.codings, err = r.Codings(ctx, tx, v.Partnership, studyID, Filter{Contributions: []consent.ID{id}, Removed: true})
	return err
}

// readAround reads what is indexed in the turns that passages touch, into a document without it: a few
// rows, however much is indexed elsewhere in it.
func (r *Room) readAround(ctx context.Context, v person.Viewer, d *document, passages [][]Part) error {
	only := Filter{Contributions: []consent.ID{d.source.ID}, Removed: true}
	for _, parts := range passages {
		for _, p := range parts {
			only.Turns = append(only.Turns, p.Turn)
		}
	}
	if len(only.Turns) == 0 {
		return nil
	}
	return r.db.Read(ctx, func(tx *store.Tx) (err error) {
		d.codings, err = r.Codings(ctx, tx, v.Partnership, d.study.ID, only)
		return err
	})
}

// hold takes in the words of the source.
func (d *document) hold(words consent.Contribution) {
	d.words, d.text, d.at = words, make([]measured, len(words.Turns)), make(map[consent.ID]int, len(words.Turns))
	for i, t := range words.Turns {
		d.at[t.ID] = i
	}
}

// measured returns the words of a turn, to be cut at code points, none where it is shut.
func (d *document) measured(i int) measured {
	if t := d.words.Turns[i]; t.Open && d.text[i].text == "" {
		d.text[i] = newMeasured(t.Words.Reveal())
	}
	return d.text[i]
}

// runes returns the words of a turn as code points, none where it is shut.
func (d *document) runes(i int) []rune {
	if t := d.words.Turns[i]; t.Open {
		return []rune(t.Words.Reveal())
	}
	return nil
}

// offeredOne returns a source of the study that is offered for analysis. Any other does not exist here.
func (r *Room) offeredOne(ctx context.Context, tx *store.Tx, p person.Partnership, studyID string, id consent.ID) (source.Source, error) {
	src, err := r.sources.Get(ctx, tx, p, id)
	if err == nil && (src.Study != studyID || src.State != source.Offered) {
		err = fault.Missing
	}
	return src, err
}

// offered returns the ids of the sources that an analyst of the study may index.
func (r *Room) offered(ctx context.Context, tx *store.Tx, v person.Viewer, studyID string) ([]consent.ID, error) {
	if _, err := r.studies.For(ctx, tx, v, studyID); err != nil {
		return nil, err
	}
	list, err := r.sources.Offered(ctx, tx, v.Partnership, studyID)
	ids := make([]consent.ID, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	return ids, err
}

// shows reports whether every part of a coding's passage lies in open words: not in a turn that is shut,
// not over words about somebody that are kept closed, and in the newest version.
func (d *document) shows(c Coding) bool {
	for _, p := range c.Parts {
		i, ok := d.at[p.Turn]
		if !ok || !d.words.Turns[i].Open || p.End > d.words.Turns[i].Length {
			return false
		}
		for _, m := range d.words.Turns[i].Masked {
			if m.Start < p.End && p.Start < m.End {
				return false
			}
		}
	}
	return true
}

// standing returns the codings that stand and show, in the order in which they were made.
func (d *document) standing() []Coding {
	var list []Coding
	for _, c := range d.codings {
		if c.Removed.IsZero() && d.shows(c) {
			list = append(list, c)
		}
	}
	sortByTime(list)
	return list
}

// passage returns the words of a coding, with an ellipsis between its parts, and the number of the turn
// it begins in.
func (d *document) passage(c Coding) (text string, n int) {
	for i, p := range c.Parts {
		if i == 0 {
			n = d.words.Turns[d.at[p.Turn]].Seq
		} else {
			text += " … "
		}
		text += d.measured(d.at[p.Turn]).cut(p.Span)
	}
	return text, n
}

// turn returns the index of the turn with a number.
func (d *document) turn(n int) (int, error) {
	for i, t := range d.words.Turns {
		if t.Seq == n {
			return i, nil
		}
	}
	return 0, fault.Missing
}

// whole returns the open words of a turn as parts, without those about somebody that are kept closed.
func (d *document) whole(i int) []Part { return d.parts(i, consent.Span{End: d.words.Turns[i].Length}) }

// parts returns the open words of a place in a turn.
func (d *document) parts(i int, s consent.Span) []Part {
	t := d.words.Turns[i]
	if !t.Open {
		return nil
	}
	s.Start, s.End = max(s.Start, 0), min(s.End, t.Length)
	var list []Part
	for _, open := range around(d.runes(i), s, t.Masked) {
		list = append(list, Part{Turn: t.ID, Span: open})
	}
	return list
}
