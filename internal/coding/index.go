package coding

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Add puts a theme on passages of a source, for one of the study's analysts, and returns the codings'
// ids. What she may not read is left out of a passage; a passage of which nothing is left, and a theme
// that is not in use, are faults. A passage she has under that theme already stays one.
func (r *Room) Add(ctx context.Context, v person.Viewer, study string, source consent.ID, theme string, passages ...[]Part) ([]string, error) {
	d, err := r.read(ctx, v, study, source)
	if err != nil {
		return nil, err
	}
	added, err := r.add(ctx, v, d, theme, passages, "")
	ids := make([]string, len(added))
	for i, c := range added {
		ids[i] = c.ID
	}
	return ids, err
}

// add is Add on an open document, which has the new codings afterwards. page names the page it was done
// on, so that this page is not told of its own change.
func (r *Room) add(ctx context.Context, v person.Viewer, d *document, theme string, passages [][]Part, page string) ([]Coding, error) {
	t, ok := d.frame.Theme(theme)
	if !ok || !t.Retired.IsZero() {
		return nil, ErrNoTheme
	}
	var added []Coding
	now := r.now()
	for _, passage := range passages {
		c := Coding{ID: store.RandomID(), Theme: theme, Contribution: d.source.ID, By: v.ID, At: now, Frame: d.frame.Version}
		for _, p := range passage {
			if i, ok := d.at[p.Turn]; ok {
				c.Parts = append(c.Parts, d.parts(i, p.Span)...)
			}
		}
		if len(c.Parts) == 0 {
			return nil, ErrNoPassage
		}
		if !d.has(c) {
			added = append(added, c)
		}
	}
	if len(passages) == 0 {
		return nil, ErrNoPassage
	}
	if len(added) == 0 {
		return nil, nil
	}
	err := r.db.Write(ctx, func(tx *store.Tx) error {
		for _, c := range added {
			if err := insertCoding(ctx, tx, v.Partnership, d.study.ID, c); err != nil {
				return err
			}
		}
		return r.tell(ctx, tx, v.Partnership, d.source.ID, page)
	})
	if err != nil {
		return nil, err
	}
	d.codings = append(d.codings, added...)
	return added, nil
}

// has reports whether the same person has the same theme on the same passage already.
func (d *document) has(c Coding) bool {
	return slices.ContainsFunc(d.codings, func(o Coding) bool {
		return o.Removed.IsZero() && o.By == c.By && o.Theme == c.Theme && slices.Equal(o.Parts, c.Parts)
	})
}

// tell publishes that a source's index changed.
func (r *Room) tell(ctx context.Context, tx *store.Tx, p person.Partnership, id consent.ID, page string) error {
	return r.events.Publish(ctx, tx, p, TopicCoding, string(id)+"."+page)
}

// Remove takes a coding out of a source's index. It is kept with who removed it, and PutBack brings it
// back: two people's readings may differ, and both can be talked about (R85).
func (r *Room) Remove(ctx context.Context, v person.Viewer, study string, source consent.ID, coding string) error {
	return r.remove(ctx, v, study, source, coding, "")
}

func (r *Room) remove(ctx context.Context, v person.Viewer, study string, source consent.ID, coding, page string) error {
	return r.change(ctx, v, study, source, page, `UPDATE coding_part SET removed = $5, removed_by = $6
		WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND coding_id = $4 AND removed = 0`,
		coding, store.Micros(r.now()), v.ID)
}

// PutBack brings a removed coding back as it was.
func (r *Room) PutBack(ctx context.Context, v person.Viewer, study string, source consent.ID, coding string) error {
	return r.change(ctx, v, study, source, "", `UPDATE coding_part SET removed = 0, removed_by = ''
		WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND coding_id = $4 AND removed > 0`, coding)
}

// StillFits records that a coding was looked at again and holds as it stands, under the theme's newest
// definition.
func (r *Room) StillFits(ctx context.Context, v person.Viewer, study string, source consent.ID, coding string) error {
	err := r.change(ctx, v, study, source, "", `UPDATE coding_part SET frame_version = (SELECT version FROM coding_frame
			WHERE partnership_id = $1 AND study_id = $2)
		WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND coding_id = $4 AND removed = 0`, coding)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		return forgetLost(ctx, tx, v.Partnership, ` AND contribution_id = $2 AND coding_id = $3`, source, coding)
	})
}

// change runs one statement on a coding of a source that is offered, for one of the study's analysts.
func (r *Room) change(ctx context.Context, v person.Viewer, study string, source consent.ID, page, query string, args ...any) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.mayIndex(ctx, tx, v, study, source); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, query, append([]any{v.Partnership, study, source}, args...)...)
		if err := store.Changed(n, err, fault.Missing); err != nil {
			return err
		}
		return r.tell(ctx, tx, v.Partnership, source, page)
	})
}

// Undo removes what the viewer added last to a source, all of it when it was several passages at once.
func (r *Room) Undo(ctx context.Context, v person.Viewer, study string, source consent.ID) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.mayIndex(ctx, tx, v, study, source); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `UPDATE coding_part SET removed = $5, removed_by = $4
			WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND by_id = $4 AND removed = 0 AND at = (
				SELECT max(at) FROM coding_part WHERE partnership_id = $1 AND study_id = $2 AND contribution_id = $3 AND by_id = $4 AND removed = 0)`,
			v.Partnership, study, source, v.ID, store.Micros(r.now()))
		if err := store.Changed(n, err, ErrNothing); err != nil {
			return err
		}
		return r.tell(ctx, tx, v.Partnership, source, "")
	})
}

// mayIndex returns fault.Missing to whoever may not index the source in the study.
func (r *Room) mayIndex(ctx context.Context, tx *store.Tx, v person.Viewer, study string, source consent.ID) error {
	if _, err := r.studies.For(ctx, tx, v, study); err != nil {
		return err
	}
	if _, err := r.offeredOne(ctx, tx, v.Partnership, study, source); err != nil {
		return fmt.Errorf("looking for a source: %w", err)
	}
	return nil
}

// sortByTime puts codings into the order in which they were made.
func sortByTime(list []Coding) {
	slices.SortFunc(list, func(a, b Coding) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
}

// byPlace returns codings of the document in the order of the text.
func (d *document) byPlace(list []Coding) []Coding {
	type placed struct{ turn, start, i int }
	order := make([]placed, len(list)) // codings are large: what is sorted are their places
	for i, c := range list {
		order[i] = placed{d.at[c.Parts[0].Turn], c.Parts[0].Start, i}
	}
	slices.SortFunc(order, func(a, b placed) int {
		x, y := &list[a.i], &list[b.i]
		return cmp.Or(a.turn-b.turn, a.start-b.start, x.At.Compare(y.At), strings.Compare(x.ID, y.ID))
	})
	sorted := make([]Coding, len(list))
	for i, p := range order {
		sorted[i] = list[p.i]
	}
	return sorted
}
