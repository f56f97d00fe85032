package meeting

import (
	"context"
	"slices"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// world is what a viewer may see of what was read.
type world struct {
	people   map[person.ID]circle.Person // who is here
	names    map[person.ID]string        // of everybody there ever was
	hosts    []person.ID                 // who hosts meetings today
	meetings []Meeting
	items    []Item
	said     []Said
	takings  []Taking
	sitting  Sitting // of the meeting that was read
	pauses   []Pause
	records  []Record
	counts   []Counts
	places   map[string]string // where one meets, as members describe it
}

// read reads, as pick finds it, and opens what the viewer may know. What she may not is left out; an item
// that is shut stays, without a word of it.
func (r *Room) read(ctx context.Context, v person.Viewer, pick func(tx *store.Tx, w *world) error) (world, error) {
	w := world{people: map[person.ID]circle.Person{}}
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		people, err := r.Circle.List(ctx, tx, v.Partnership)
		if err != nil {
			return err
		}
		for _, p := range people {
			w.people[p.ID] = p
			if p.Standings.Has(person.Facilitator) {
				w.hosts = append(w.hosts, p.ID)
			}
		}
		if w.names, err = r.Circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		return pick(tx, &w)
	})
	if err != nil {
		return w, err
	}
	if r.Places != nil {
		if w.places, err = r.Places.Names(ctx, v); err != nil {
			return w, err
		}
	}
	return w, r.open(ctx, v, &w)
}

// opening gathers what is to be opened, with where each text goes.
type opening struct {
	papers []consent.Paper
	flags  []*bool
	into   []any
}

func (o *opening) add(table, row string, s *sealed, by person.ID, readers []consent.Audience, into any) {
	o.papers = append(o.papers, consent.Paper{Table: table, Column: column, Row: row, Key: s.key, Sealed: s.words, Writer: by, Readers: readers})
	o.flags, o.into = append(o.flags, &s.open), append(o.into, into)
}

// open opens what is there, for the viewer.
func (r *Room) open(ctx context.Context, v person.Viewer, w *world) error {
	var o opening
	for i := range w.meetings {
		m := &w.meetings[i]
		o.add("meeting_meeting", m.ID, &m.sealed, m.By, m.readers(w.hosts), &m.Text)
	}
	for i := range w.items {
		one := &w.items[i]
		o.add("meeting_item", one.ID, &one.sealed, one.Person, unless(one.Shut, toAll), &one.Text)
		for j := range one.Fates {
			f := &one.Fates[j]
			o.add("meeting_fate", f.ID, &f.sealed, f.By, toAll, &f.Why)
		}
	}
	for i := range w.said {
		s := &w.said[i]
		readers := toAll
		if s.May != Everybody {
			readers = toHosts(w.hosts)
		}
		o.add("meeting_said", s.ID, &s.sealed, s.Person, unless(s.Shut, readers), &s.Text)
	}
	for i := range w.takings {
		t := &w.takings[i]
		o.add("meeting_way", t.ID, &t.sealed, t.Person, toHosts(w.hosts), &t.Text)
	}
	for i := range w.records {
		one := &w.records[i]
		o.add("meeting_host", string(one.Person), &one.sealed, one.Person, toAll, &one.Text)
	}
	for i := range w.counts {
		c := &w.counts[i]
		o.add("meeting_counts", c.row(), &c.sealed, c.By, toAll, &c.Text)
	}
	err := r.Gate.OpenValues(ctx, v, o.papers, func(i int) any {
		*o.flags[i] = true
		return o.into[i]
	})
	if err != nil {
		return err
	}
	w.meetings = slices.DeleteFunc(w.meetings, func(m Meeting) bool { return !m.open })
	w.items = slices.DeleteFunc(w.items, func(i Item) bool { return !i.open && !i.Shut })
	w.said = slices.DeleteFunc(w.said, func(s Said) bool { return !s.open })
	w.takings = slices.DeleteFunc(w.takings, func(t Taking) bool { return !t.open })
	w.records = slices.DeleteFunc(w.records, func(one Record) bool { return !one.open })
	w.counts = slices.DeleteFunc(w.counts, func(c Counts) bool { return !c.open })
	return nil
}

func unless(shut bool, readers []consent.Audience) []consent.Audience {
	if shut {
		return nil
	}
	return readers
}

// column is what the column with somebody's words is called in every table of this room.
const column = "words"

// everyMeeting reads all meetings that the viewer may know, and whatever more finds.
func (r *Room) everyMeeting(ctx context.Context, v person.Viewer, more func(tx *store.Tx, w *world) error) (world, error) {
	return r.read(ctx, v, func(tx *store.Tx, w *world) error {
		var err error
		if w.meetings, err = allMeetings(ctx, tx, v.Partnership); err != nil || more == nil {
			return err
		}
		return more(tx, w)
	})
}

// theMeeting reads one meeting that the viewer may know, and whatever more finds. Any other is
// fault.Missing.
func (r *Room) theMeeting(ctx context.Context, v person.Viewer, id string, more func(tx *store.Tx, w *world) error) (Meeting, world, error) {
	w, err := r.read(ctx, v, func(tx *store.Tx, w *world) error {
		m, err := getMeeting(ctx, tx, v.Partnership, id)
		if err != nil {
			return err
		}
		if w.meetings = []Meeting{m}; more == nil {
			return nil
		}
		return more(tx, w)
	})
	if err == nil && len(w.meetings) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Meeting{}, w, err
	}
	return w.meetings[0], w, nil
}

// meeting returns one of the meetings that were read.
func (w world) meeting(id string) (Meeting, bool) {
	i := slices.IndexFunc(w.meetings, func(m Meeting) bool { return m.ID == id })
	if i < 0 {
		return Meeting{}, false
	}
	return w.meetings[i], true
}

// record returns what somebody told of what she learned for hosting.
func (w world) record(who person.ID) RecordText {
	for _, one := range w.records {
		if one.Person == who {
			return one.Text
		}
	}
	return RecordText{}
}

// ready reports whether somebody may host without a reason being given.
func (w world) ready(who person.ID) bool { return w.record(who).Ready(len(w.counts) > 0) }

// hosting reads what everybody who hosts told of what she learned, and what the group says is enough.
func hosting(ctx context.Context, tx *store.Tx, p person.Partnership, w *world) error {
	var err error
	if w.records, err = allRecords(ctx, tx, p); err != nil {
		return err
	}
	w.counts, err = allCounts(ctx, tx, p)
	return err
}
