package notes

import (
	"context"
	"slices"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// Add puts lines at the end of the notes of a meeting, Most at once.
func (r *Room) Add(ctx context.Context, v person.Viewer, meeting string, texts []string) error {
	w, err := r.read(ctx, v, meeting)
	switch {
	case err != nil:
		return err
	case !w.notes.Writes(v):
		return ErrNewer
	case len(texts) == 0:
		return ErrWords
	case len(texts) > Most:
		return ErrMany
	}
	var list []Line
	for _, text := range texts {
		l := Line{ID: store.RandomID(), Meeting: meeting}
		if l.key, l.words, err = r.Gate.SealValue(ctx, v.Partnership, "notes_line", column, l.ID, text); err != nil {
			return err
		}
		list = append(list, l)
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := hold(ctx, tx, v.Partnership, w.notes); err != nil {
			return err
		}
		for _, l := range list {
			if err := addLine(ctx, tx, v.Partnership, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// A Shift is where a line goes that is changed: one place on, or back, or nowhere.
type Shift string

// The shifts.
const (
	Stay Shift = ""
	Up   Shift = "up"
	Down Shift = "down"
)

// Change keeps new words of a line that was changed n times before, and where it stands. It returns ErrNewer
// when it was changed since. No words erase it, which is how what was put there twice goes.
func (r *Room) Change(ctx context.Context, v person.Viewer, meeting, line string, n int64, text string, to Shift) error {
	w, err := r.read(ctx, v, meeting)
	if err != nil {
		return err
	}
	l, err := w.line(line)
	switch {
	case err != nil || l.Gone:
		return fault.Missing
	case l.N != n, !w.notes.Writes(v):
		return ErrNewer
	}
	if l.words, err = r.Gate.ResealValue(ctx, v.Partnership, "notes_line", column, l.ID, l.key, text); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := hold(ctx, tx, v.Partnership, w.notes); err != nil {
			return err
		}
		if err := changeLine(ctx, tx, v.Partnership, l); err != nil {
			return err
		}
		if text != "" {
			return shiftLine(ctx, tx, v.Partnership, l, to)
		}
		keys, err := eraseLine(ctx, tx, v.Partnership, l, false)
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}

// Move moves the notes of a meeting to another step, and returns ErrNewer when somebody was quicker. As they
// become final, the line of the log is kept that the record showed on that day: it stands for all that was
// decided before the week began, and so before they were opened, and says nothing of what anybody took back
// since.
func (r *Room) Move(ctx context.Context, v person.Viewer, meeting string, to Step) error {
	w, err := r.read(ctx, v, meeting)
	if err != nil {
		return err
	}
	if !slices.Contains(w.notes.Next(v, len(w.lines), r.today()), to) {
		return ErrNewer
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		n := w.notes
		if err := hold(ctx, tx, v.Partnership, n); err != nil {
			return err
		}
		switch n.Step = to; to {
		case Drafting:
			n.Keeper = ""
		case Preparing:
			n.Keeper = v.ID
		case Open:
			n.Opened = r.today()
		case Final:
			page, err := ledger.Recent(ctx, tx, v.Partnership, r.Now(), 0)
			if err != nil {
				return err
			}
			n.Finished, n.Checkpoint = r.Now(), page.Checkpoint.String()
		}
		return keep(ctx, tx, v.Partnership, n)
	})
}

// Stand opens notes again that were shut when an older copy was put back. Whoever keeps them has looked
// whether something stands there that was taken out since.
func (r *Room) Stand(ctx context.Context, v person.Viewer, meeting string) error {
	w, err := r.read(ctx, v, meeting)
	if err != nil {
		return err
	}
	if !w.notes.Shut || !w.notes.Keeps(v) {
		return fault.Missing
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		n := w.notes
		if err := hold(ctx, tx, v.Partnership, n); err != nil {
			return err
		}
		n.Shut = false
		return keep(ctx, tx, v.Partnership, n)
	})
}
