package demo

import (
	"context"
	"fmt"

	"footing/internal/coding"
	"footing/internal/demo/texts"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/refi"
	"footing/internal/store"
)

// fillFrame makes the study's frame: themes, their sub-themes, and what each is for.
func (f *filler) fillFrame(ctx context.Context) error {
	f.ago(f.corpus.Study.StartedDaysAgo - 40)
	lead := f.viewer(f.corpus.Study.Analysts[0].Person)
	f.themes[coding.Other] = coding.Other
	for _, t := range f.corpus.Frame.Themes {
		if t.ID == coding.Other {
			continue // every frame has it
		}
		id, err := f.Coding.AddTheme(ctx, lead, f.study, coding.NewTheme{Name: t.Name, Parent: f.themes[t.Parent],
			Entry: refi.Entry{Definition: t.Definition, UseWhen: t.UseWhen, NotWhen: t.NotWhen, Example: t.Example, Source: t.Origin}})
		if err != nil {
			return fmt.Errorf("theme %s: %w", t.ID, err)
		}
		f.themes[t.ID] = id
	}
	return nil
}

func (f *filler) viewer(who string) person.Viewer {
	return person.Viewer{Partnership: f.p, ID: f.people[who]}
}

// fillIndexing puts themes on passages, each on the day it was done.
func (f *filler) fillIndexing(ctx context.Context) error {
	for _, p := range f.corpus.Passages {
		f.ago(p.DaysAgo)
		part, err := f.part(p)
		if err != nil {
			return err
		}
		source := f.sources[p.Source].prepared.ID
		for _, theme := range p.Themes {
			ids, err := f.Coding.Add(ctx, f.viewer(p.By), f.study, source, f.themes[theme], []coding.Part{part})
			if err != nil {
				return fmt.Errorf("%s under %s: %w", p.ID, theme, err)
			}
			f.passages[p.ID] = matrix.Link{Coding: ids[0], Source: source, Turn: part.Turn, Seq: p.Turn, Span: part.Span}
		}
	}
	return nil
}

// part returns where a passage stands.
func (f *filler) part(p texts.Passage) (coding.Part, error) {
	k := f.sources[p.Source]
	span, ok := spanOf(k.Turns[p.Turn-1].Text, p.Passage)
	if !ok {
		return coding.Part{}, fmt.Errorf("%s is not in its turn", p.ID)
	}
	return coding.Part{Turn: k.prepared.Turns[p.Turn-1], Span: span}, nil
}

// fillCharts writes what was summarised, cell by cell.
func (f *filler) fillCharts(ctx context.Context) error {
	for _, cell := range f.corpus.Cells {
		f.ago(cell.DaysAgo)
		who, source, theme := f.viewer(cell.By), f.sources[cell.Source].prepared.ID, f.themes[cell.Theme]
		if cell.Empty != "" {
			err := f.write(ctx, func(tx *store.Tx) error {
				return f.Matrix.Mark(ctx, tx, who, f.study, theme, empties[cell.Empty], source)
			})
			if err != nil {
				return err
			}
		}
		for _, p := range cell.Points {
			s := matrix.Saying{Theme: theme, Text: p.Text}
			for _, id := range p.Passages {
				s.Links = append(s.Links, f.passages[id])
			}
			if _, err := f.Matrix.Add(ctx, who, f.study, s); err != nil {
				return fmt.Errorf("%s under %s: %w", cell.Source, cell.Theme, err)
			}
		}
	}
	return nil
}

// empties are the reasons for an empty cell.
var empties = map[string]matrix.Mark{"nothing there": matrix.Nothing, "not asked": matrix.NotAsked}
