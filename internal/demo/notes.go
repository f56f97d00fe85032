package demo

import (
	"context"
	"fmt"

	"footing/internal/demo/texts"
	"footing/internal/notes"
)

// fillNotes has people write down what was said at meetings that were, and puts each as far as it is.
func (f *filler) fillNotes(ctx context.Context) error {
	for _, n := range f.corpus.Meetings.Notes {
		if err := f.noteDown(ctx, n); err != nil {
			return fmt.Errorf("%s: %w", n.Meeting, err)
		}
	}
	for _, t := range f.corpus.Meetings.Todos {
		if err := f.agree(ctx, t); err != nil {
			return fmt.Errorf("%s: %w", t.What, err)
		}
	}
	return nil
}

// agree has somebody write down what is to be done, and say what became of it.
func (f *filler) agree(ctx context.Context, t texts.Todo) error {
	f.ago(t.DaysAgo)
	v := f.viewer(t.Person)
	todo := notes.Todo{Meeting: f.meetings[t.Meeting], Person: v.ID, Due: f.day(-t.DueDays), Text: notes.TodoText{What: t.What}}
	if t.Nobody {
		todo.Person = ""
	}
	id, err := f.Notes.Agree(ctx, v, todo)
	if err != nil || t.Became == "" {
		return err
	}
	f.ago(t.AnsweredAgo)
	return f.Notes.Answer(ctx, v, id, 0, notes.Doing(t.Became), t.Why)
}

func (f *filler) noteDown(ctx context.Context, n texts.Notes) error {
	meeting := f.meetings[n.Meeting]
	f.ago(n.WrittenAgo)
	if err := f.Notes.Add(ctx, f.viewer("bren"), meeting, n.Lines); err != nil || n.Keeper == "" {
		return err
	}
	f.ago(n.OpenedAgo)
	for _, to := range []notes.Step{notes.Preparing, notes.Open} {
		if err := f.Notes.Move(ctx, f.viewer(n.Keeper), meeting, to); err != nil {
			return err
		}
	}
	_, lines, _, err := f.Notes.Of(ctx, f.viewer(n.Keeper), meeting)
	if err != nil {
		return err
	}
	for _, one := range n.Rights {
		f.ago(one.DaysAgo)
		line := ""
		if one.Line != nil {
			line = lines[*one.Line].ID
		}
		if _, err := f.Notes.Correct(ctx, f.viewer(one.Person), meeting, line, one.Words, one.Signed, true); err != nil {
			return err
		}
	}
	if n.Out != nil {
		f.ago(n.Out.DaysAgo)
		if err := f.Notes.TakeOut(ctx, f.viewer(n.Out.Person), meeting, lines[n.Out.Line].ID, true, true); err != nil {
			return err
		}
	}
	if n.FinalAgo == 0 {
		return nil
	}
	f.ago(n.FinalAgo)
	return f.Notes.Move(ctx, f.viewer(n.Keeper), meeting, notes.Final)
}
