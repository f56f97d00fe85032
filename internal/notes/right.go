package notes

import (
	"context"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Correct puts words beside a line, or says what is missing when line is empty. there is what she says herself
// of whether she took part. Unsigned, nothing of the viewer is kept. It returns the id.
func (r *Room) Correct(ctx context.Context, v person.Viewer, meeting, line, words string, signed, there bool) (string, error) {
	w, err := r.read(ctx, v, meeting)
	if err != nil {
		return "", err
	}
	l, err := w.line(line)
	switch {
	case line != "" && (err != nil || l.Gone):
		return "", fault.Missing
	case !w.notes.Corrects():
		return "", ErrNewer
	case !w.meeting.Took && !there:
		return "", ErrThere
	case words == "":
		return "", ErrWords
	}
	one := Right{ID: store.RandomID(), Meeting: meeting, Line: line, Shown: w.notes.ShownFrom(r.today(), signed), Text: RightText{Words: words}}
	if signed {
		one.By = v.ID
	}
	if one.key, one.words, err = r.Gate.SealValue(ctx, v.Partnership, "notes_right", column, one.ID, one.Text.filled()); err != nil {
		return "", err
	}
	return one.ID, r.DB.Write(ctx, func(tx *store.Tx) error {
		if line != "" { // first: whoever takes the line out waits, and takes this along
			n, err := tx.Exec(ctx, `UPDATE notes_line SET gone = 0 WHERE partnership_id = $1 AND id = $2 AND gone = 0`, v.Partnership, line)
			if err := store.Changed(n, err, fault.Missing); err != nil {
				return err
			}
		}
		return insertRight(ctx, tx, v.Partnership, one)
	})
}

// TakeOut erases the words of a line, or of something that puts one right, at once and for everybody. Nothing
// of the viewer is kept. What has a name its writer alone takes out. trace is whether it shows that something was said there; of what puts a line right,
// and of final notes, it always does.
func (r *Room) TakeOut(ctx context.Context, v person.Viewer, meeting, id string, trace, there bool) error {
	w, err := r.read(ctx, v, meeting)
	if err != nil {
		return err
	}
	l, noLine := w.line(id)
	one, noRight := w.right(id)
	switch {
	case noLine != nil && noRight != nil, l.Gone, one.Gone, noRight == nil && !w.notes.TakesOut(v, one):
		return fault.Missing
	case !w.meeting.Took && !there && !(w.notes.Shut && w.notes.Keeps(v)): // whoever looks through them after a restore
		return ErrThere
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := hold(ctx, tx, v.Partnership, w.notes); err != nil {
			return err
		}
		keys := []string{one.key}
		var err error
		if noLine == nil {
			keys, err = eraseLine(ctx, tx, v.Partnership, l, w.notes.Leaves(trace))
		} else {
			err = eraseRight(ctx, tx, v.Partnership, id)
		}
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}

// TakeBack erases something that the viewer put beside notes with her name.
func (r *Room) TakeBack(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		keys, err := dropRights(ctx, tx, v.Partnership, ` AND id = $2 AND by_id = $3`, id, v.ID)
		if err == nil && len(keys) == 0 {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}
