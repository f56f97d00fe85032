package matrix

import (
	"context"
	"slices"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/person"
)

// A Passage is an indexed passage that is open to whoever charts, with its words.
type Passage struct {
	Coding coding.Coding
	Links  []Link
	Parts  []string // its words, part by part
	Here   bool     // indexed under the cell's theme
}

// passages opens what is indexed in some sources for reading, that of the column first. Whoever said it
// sees that it was read. The second result counts passages of the column that are shut.
func (r *Room) passages(ctx context.Context, v person.Viewer, w *View, sources []consent.ID, column Column) ([]Passage, int, error) {
	var codings []coding.Coding
	var asked []consent.ID
	for _, c := range w.codings {
		if slices.Contains(sources, c.Contribution) {
			codings = append(codings, c)
			for _, p := range c.Parts {
				if w.openOf[c.Contribution] {
					asked = append(asked, p.Turn)
				}
			}
		}
	}
	contributions, err := r.Gate.OpenTurns(ctx, v, use(w.Study.ID, consent.Words), consent.Reading, asked...)
	if err != nil {
		return nil, 0, err
	}
	turns := map[consent.ID]consent.Turn{}
	for _, c := range contributions {
		for _, t := range c.Turns {
			turns[t.ID] = t
		}
	}
	var here, elsewhere []Passage
	shut := 0
	for _, c := range codings {
		p, ok := read(c, turns)
		p.Here = slices.Contains(column.Under, c.Theme)
		switch {
		case !ok && p.Here:
			shut++
		case !ok:
		case p.Here:
			here = append(here, p)
		default:
			elsewhere = append(elsewhere, p)
		}
	}
	inTurns(here)
	inTurns(elsewhere)
	return append(here, elsewhere...), shut, nil
}

// inTurns sorts passages as they stand in their sources.
func inTurns(list []Passage) {
	slices.SortStableFunc(list, func(a, b Passage) int {
		x, y := a.Links[0], b.Links[0]
		if x.Source != y.Source {
			return 0 // sources keep the order in which they were read
		}
		if x.Seq != y.Seq {
			return x.Seq - y.Seq
		}
		return x.Start - y.Start
	})
}

// read cuts a passage's words out of the opened turns. It returns false when part of it is shut.
func read(c coding.Coding, turns map[consent.ID]consent.Turn) (Passage, bool) {
	p := Passage{Coding: c}
	for _, part := range c.Parts {
		t := turns[part.Turn]
		if !t.Open || hidden(t.Masked, part.Span) {
			return p, false
		}
		text := []rune(t.Words.Reveal())
		p.Parts = append(p.Parts, string(text[min(part.Start, len(text)):min(part.End, len(text))]))
		p.Links = append(p.Links, Link{Coding: c.ID, Source: c.Contribution, Turn: part.Turn, Seq: t.Seq, Span: part.Span})
	}
	return p, len(p.Parts) > 0
}

func hidden(masked []consent.Span, s consent.Span) bool {
	return slices.ContainsFunc(masked, func(m consent.Span) bool { return m.Start < s.End && s.Start < m.End })
}

// chosen returns the links of the passages that were ticked, in the order of the passages. It fails with
// ErrShutLink when one of them is not open any more.
func chosen(list []Passage, codings []string) ([]Link, error) {
	var links []Link
	found := 0
	for _, p := range list {
		if slices.Contains(codings, p.Coding.ID) {
			links = append(links, p.Links...)
			found++
		}
	}
	slices.Sort(codings)
	if found < len(slices.Compact(codings)) {
		return links, ErrShutLink
	}
	return links, nil
}

// codingsOf returns which passages links were chosen from, each once.
func codingsOf(links []Link) []string {
	var ids []string
	for _, l := range links {
		if !slices.Contains(ids, l.Coding) {
			ids = append(ids, l.Coding)
		}
	}
	return ids
}
