package notes

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// world is the notes of one meeting, as a viewer may see them.
type world struct {
	meeting Meeting
	notes   Notes
	lines   []Line
	rights  []Right
	names   map[person.ID]string // of everybody there ever was
	hosts   []person.ID          // who hosts meetings today
}

// Of returns how far the notes of a meeting are, with its lines and what puts them right, opened for the viewer.
func (r *Room) Of(ctx context.Context, v person.Viewer, meeting string) (Notes, []Line, []Right, error) {
	w, err := r.read(ctx, v, meeting)
	return w.notes, w.lines, w.rights, err
}

// read reads the notes of a meeting that the viewer may know. Any other is fault.Missing.
func (r *Room) read(ctx context.Context, v person.Viewer, meeting string) (world, error) {
	all, err := r.Meetings.All(ctx, v)
	if err != nil {
		return world{}, err
	}
	i := slices.IndexFunc(all, func(m Meeting) bool { return m.ID == meeting })
	if i < 0 {
		return world{}, fault.Missing
	}
	w := world{meeting: all[i]}
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		people, err := r.Circle.List(ctx, tx, v.Partnership)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Standings.Has(person.Facilitator) {
				w.hosts = append(w.hosts, p.ID)
			}
		}
		if w.names, err = r.Circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if w.notes, err = notesOf(ctx, tx, v.Partnership, meeting); err != nil {
			return err
		}
		if w.lines, err = linesOf(ctx, tx, v.Partnership, meeting); err != nil {
			return err
		}
		w.rights, err = rightsOf(ctx, tx, v.Partnership, ` AND meeting_id = $2 AND shown <= $3`, meeting, r.today())
		return err
	})
	if err != nil {
		return w, err
	}
	return w, r.open(ctx, v, &w)
}

// readers are everybody, or while the notes are shut whoever keeps them, who has to look at them.
func (w world) readers() []consent.Audience {
	if !w.notes.Shut {
		return []consent.Audience{{Kind: consent.ToPartnership}}
	}
	var list []consent.Audience
	for _, id := range append(slices.Clone(w.hosts), w.notes.Keeper) {
		if id != "" {
			list = append(list, consent.Audience{Kind: consent.ToPerson, ID: string(id)})
		}
	}
	return list
}

// open opens what is there, and leaves out what the viewer may not see or what has no key any more. What was
// taken out stays, without a word.
func (r *Room) open(ctx context.Context, v person.Viewer, w *world) error {
	var papers []consent.Paper
	add := func(table, row string, s sealed, by person.ID) {
		papers = append(papers, consent.Paper{Table: table, Column: column, Row: row, Key: s.key, Sealed: s.words, Writer: by, Readers: w.readers()})
	}
	for _, l := range w.lines {
		add("notes_line", l.ID, l.sealed, "")
	}
	for _, one := range w.rights {
		add("notes_right", one.ID, one.sealed, one.By)
	}
	err := r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		if n := i - len(w.lines); n >= 0 {
			w.rights[n].open = true
			return &w.rights[n].Text
		}
		w.lines[i].open = true
		return &w.lines[i].Text
	})
	if err != nil {
		return err
	}
	w.lines = slices.DeleteFunc(w.lines, func(l Line) bool { return !l.open && (!l.Gone || w.notes.Shut) })
	w.rights = slices.DeleteFunc(w.rights, func(one Right) bool { return !one.open && (!one.Gone || w.notes.Shut) })
	return nil
}

// openTodos opens what the viewer may read. What was erased, or is shut, stays with its day and without words.
func (r *Room) openTodos(ctx context.Context, v person.Viewer, a *agreed) error {
	var papers []consent.Paper
	var into []any
	var open []*bool
	add := func(table string, t *Todo, p Piece, text any, is *bool) {
		by, shut, s := t.piece(p)
		if s.key == "" {
			return
		}
		papers = append(papers, consent.Paper{Table: table, Column: column, Row: t.ID, Key: s.key, Sealed: s.words, Writer: by, Readers: a.readers(shut)})
		into, open = append(into, text), append(open, is)
	}
	for i := range a.todos {
		t := &a.todos[i]
		add("notes_todo", t, What, &t.Text, &t.open)
		add("notes_todo_why", t, Why, &t.Why.Text, &t.Why.open)
	}
	err := r.Gate.OpenValues(ctx, v, papers, func(i int) any {
		*open[i] = true
		return into[i]
	})
	if err != nil {
		return err
	}
	a.todos = slices.DeleteFunc(a.todos, func(t Todo) bool { return t.key != "" && !t.open && !t.Shut })
	Sort(a.todos)
	return nil
}

// readers are everybody, or of what is shut whoever hosts beside its writer.
func (a agreed) readers(shut bool) []consent.Audience {
	if !shut {
		return []consent.Audience{{Kind: consent.ToPartnership}}
	}
	var list []consent.Audience
	for _, p := range a.people {
		if p.Standings.Has(person.Facilitator) {
			list = append(list, consent.Audience{Kind: consent.ToPerson, ID: string(p.ID)})
		}
	}
	return list
}

// line and right return one of what was read, and fault.Missing for any other.
func (w world) line(id string) (Line, error) {
	i := slices.IndexFunc(w.lines, func(l Line) bool { return l.ID == id })
	if i < 0 {
		return Line{}, fault.Missing
	}
	return w.lines[i], nil
}

func (w world) right(id string) (Right, error) {
	i := slices.IndexFunc(w.rights, func(one Right) bool { return one.ID == id })
	if i < 0 {
		return Right{}, fault.Missing
	}
	return w.rights[i], nil
}

// of lists what puts a line right, or what is missing for an empty id.
func (w world) of(line string) []Right {
	var list []Right
	for _, one := range w.rights {
		if one.Line == line {
			list = append(list, one)
		}
	}
	return list
}

// column is what the column with somebody's words is called in every table of this room.
const column = "words"

// today is the day it is.
func (r *Room) today() string { return dayOf(r.Now()) }
