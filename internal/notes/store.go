package notes

import (
	"context"
	"errors"
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

const (
	allNotes = `SELECT meeting_id, step, keeper_id, opened, finished, checkpoint, shut, n FROM notes_notes WHERE partnership_id = $1`
	lines    = `SELECT id, meeting_id, place, n, gone, key_id, words FROM notes_line WHERE partnership_id = $1`
	todos    = `SELECT t.id, t.meeting_id, t.person_id, t.due, t.state, t.ended, t.n, t.by_id, t.shut, t.key_id, t.words,
		COALESCE(w.by_id, ''), COALESCE(w.shut, 0), COALESCE(w.key_id, ''), w.words
		FROM notes_todo t LEFT JOIN notes_todo_why w ON w.partnership_id = t.partnership_id AND w.todo_id = t.id WHERE t.partnership_id = $1`
	rights = `SELECT id, meeting_id, line_id, by_id, shown, gone, key_id, words FROM notes_right WHERE partnership_id = $1`
)

func scanNotes(r store.Row) (Notes, error) {
	var n Notes
	var finished, shut int64
	err := r.Scan(&n.Meeting, &n.Step, &n.Keeper, &n.Opened, &finished, &n.Checkpoint, &shut, &n.N)
	n.Finished, n.Shut = store.Time(finished), shut != 0
	return n, err
}

func scanLine(r store.Row) (Line, error) {
	var l Line
	var gone int64
	err := r.Scan(&l.ID, &l.Meeting, &l.Place, &l.N, &gone, &l.key, &l.words)
	l.Gone = gone != 0
	return l, err
}

func scanRight(r store.Row) (Right, error) {
	var one Right
	var gone int64
	err := r.Scan(&one.ID, &one.Meeting, &one.Line, &one.By, &one.Shown, &gone, &one.key, &one.words)
	one.Gone = gone != 0
	return one, err
}

// notesOf returns how far the notes of a meeting are, at the first step when nothing is written of it yet.
func notesOf(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) (Notes, error) {
	n, err := store.Get(ctx, tx, scanNotes, allNotes+` AND meeting_id = $2`, p, meeting)
	if errors.Is(err, fault.Missing) {
		return Notes{Meeting: meeting, Step: Drafting}, nil
	}
	return n, err
}

// linesOf lists the lines of a meeting's notes in their order, and rightsOf what puts them right: what has no
// name in the order of ids that mean nothing.
func linesOf(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) ([]Line, error) {
	return store.List(ctx, tx, scanLine, lines+` AND meeting_id = $2 ORDER BY place, id`, p, meeting)
}

func rightsOf(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]Right, error) {
	return store.List(ctx, tx, scanRight, rights+where+` ORDER BY shown, id`, append([]any{p}, args...)...)
}

// hold keeps the notes at the step they were read at until the transaction is over, and returns ErrNewer when
// they have moved on.
func hold(ctx context.Context, tx *store.Tx, p person.Partnership, n Notes) error {
	_, err := tx.Exec(ctx, `INSERT INTO notes_notes (partnership_id, meeting_id, step, keeper_id, opened, finished, checkpoint, shut, n)
		VALUES ($1, $2, $3, '', '', 0, '', 0, 0) ON CONFLICT DO NOTHING`, p, n.Meeting, Drafting)
	if err != nil {
		return err
	}
	count, err := tx.Exec(ctx, `UPDATE notes_notes SET n = n WHERE partnership_id = $1 AND meeting_id = $2 AND n = $3 AND shut = $4`, p, n.Meeting, n.N, store.Bool(n.Shut))
	return store.Changed(count, err, ErrNewer)
}

// keep moves notes that are held to where they are now.
func keep(ctx context.Context, tx *store.Tx, p person.Partnership, n Notes) error {
	_, err := tx.Exec(ctx, `UPDATE notes_notes SET step = $3, keeper_id = $4, opened = $5, finished = $6, checkpoint = $7, shut = $8, n = n + 1
		WHERE partnership_id = $1 AND meeting_id = $2`, p, n.Meeting, n.Step, n.Keeper, n.Opened, store.Micros(n.Finished), n.Checkpoint, store.Bool(n.Shut))
	return err
}

// addLine puts a line at the end.
func addLine(ctx context.Context, tx *store.Tx, p person.Partnership, l Line) error {
	_, err := tx.Exec(ctx, `INSERT INTO notes_line (partnership_id, id, meeting_id, place, n, gone, key_id, words)
		VALUES ($1, $2, $3, (SELECT COALESCE(MAX(place), 0) + 1 FROM notes_line WHERE partnership_id = $1 AND meeting_id = $3), 0, 0, $4, $5)`, p, l.ID, l.Meeting, l.key, l.words)
	return err
}

// changeLine keeps new words of a line, unless somebody changed it or took it out since it was read.
func changeLine(ctx context.Context, tx *store.Tx, p person.Partnership, l Line) error {
	n, err := tx.Exec(ctx, `UPDATE notes_line SET words = $4, n = n + 1 WHERE partnership_id = $1 AND id = $2 AND n = $3 AND gone = 0`, p, l.ID, l.N, l.words)
	return store.Changed(n, err, ErrNewer)
}

// shiftLine puts a line in the place of the one before or after it, and that one in its place. The first stays
// first and the last last.
func shiftLine(ctx context.Context, tx *store.Tx, p person.Partnership, l Line, to Shift) error {
	if to != Up && to != Down {
		return nil
	}
	list, err := linesOf(ctx, tx, p, l.Meeting)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(one Line) bool { return one.ID == l.ID })
	with := at - 1
	if to == Down {
		with = at + 1
	}
	if at < 0 || with < 0 || with >= len(list) {
		return nil
	}
	list[at], list[with] = list[with], list[at]
	for place, one := range list {
		if one.Place == int64(place+1) {
			continue
		}
		if _, err := tx.Exec(ctx, `UPDATE notes_line SET place = $3 WHERE partnership_id = $1 AND id = $2`, p, one.ID, place+1); err != nil {
			return err
		}
	}
	return nil
}

// eraseLine erases the words of a line, leaving a gap to see or nothing, with what puts it right, which would
// tell them. It returns the keys. Whoever is second finds that it is done.
func eraseLine(ctx context.Context, tx *store.Tx, p person.Partnership, l Line, trace bool) ([]string, error) {
	query := `DELETE FROM notes_line WHERE partnership_id = $1 AND id = $2 AND gone = 0`
	if trace {
		query = `UPDATE notes_line SET gone = 1, key_id = '', words = NULL WHERE partnership_id = $1 AND id = $2 AND gone = 0`
	}
	n, err := tx.Exec(ctx, query, p, l.ID)
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return nil, err
	}
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM notes_right WHERE partnership_id = $1 AND line_id = $2 AND key_id <> ''`, p, l.ID)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM notes_right WHERE partnership_id = $1 AND line_id = $2`, p, l.ID)
	return append(keys, l.key), err
}

func insertRight(ctx context.Context, tx *store.Tx, p person.Partnership, one Right) error {
	_, err := tx.Exec(ctx, `INSERT INTO notes_right (partnership_id, id, meeting_id, line_id, by_id, shown, gone, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)`, p, one.ID, one.Meeting, one.Line, one.By, one.Shown, one.key, one.words)
	return err
}

// eraseRight erases the words of what puts a line right and whose it was, and leaves a gap to see.
func eraseRight(ctx context.Context, tx *store.Tx, p person.Partnership, id string) error {
	n, err := tx.Exec(ctx, `UPDATE notes_right SET gone = 1, by_id = '', key_id = '', words = NULL WHERE partnership_id = $1 AND id = $2 AND gone = 0`, p, id)
	return store.Changed(n, err, fault.Missing)
}

// dropRights erases what somebody put beside notes with her name, all of it or one, and returns the keys.
func dropRights(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]string, error) {
	list, err := rightsOf(ctx, tx, p, where, args...)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, one := range list {
		if _, err := tx.Exec(ctx, `DELETE FROM notes_right WHERE partnership_id = $1 AND id = $2`, p, one.ID); err != nil {
			return nil, err
		}
		keys = append(keys, one.key)
	}
	return keys, nil
}
