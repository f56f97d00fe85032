package observe

import (
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
)

// column is what the column with somebody's words is called in both tables.
const column = "words"

// world is a meeting with what is asked about it, and what the viewer said to that.
type world struct {
	meeting Meeting
	request Request // zero while nobody asks
	there   bool    // somebody asks
	mine    *Answer // nil while she said nothing
	names   map[person.ID]string
	studies []study.Study // that run, and the one it is asked for
}

// read reads a meeting that the viewer may know. Any other is fault.Missing.
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
	var mine []Answer
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if w.names, err = r.Circle.Names(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if w.studies, err = r.Studies.List(ctx, tx, v.Partnership); err != nil {
			return err
		}
		list, err := requestsWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2`, meeting)
		if err != nil {
			return err
		}
		if w.there = len(list) > 0; w.there {
			w.request = list[0]
		}
		mine, err = answersWhere(ctx, tx, v.Partnership, ` AND meeting_id = $2 AND person_id = $3`, meeting, v.ID)
		return err
	})
	if err != nil {
		return w, err
	}
	if err := r.openRequest(ctx, v, &w.request); err != nil {
		return w, err
	}
	if mine, err = r.openAnswers(ctx, v.Partnership, mine); len(mine) > 0 {
		w.mine = &mine[0]
	}
	return w, err
}

// openRequest opens what is asked. It is everybody's to read.
func (r *Room) openRequest(ctx context.Context, v person.Viewer, one *Request) error {
	if one.key == "" {
		return nil
	}
	papers := []consent.Paper{{Table: "observe_request", Column: column, Row: one.Meeting, Key: one.key, Sealed: one.words,
		Writer: one.By, Readers: []consent.Audience{{Kind: consent.ToPartnership}}}}
	return r.Gate.OpenValues(ctx, v, papers, func(int) any {
		one.open = true
		return &one.Text
	})
}

// openAnswers opens answers, each in the name of her who gave it, who is its only reader. What does not open is left
// out, and so is no.
func (r *Room) openAnswers(ctx context.Context, p person.Partnership, list []Answer) ([]Answer, error) {
	var open []Answer
	for _, a := range list {
		hers := []consent.Paper{{Table: "observe_answer", Column: column, Row: a.ID, Key: a.key, Sealed: a.words, Writer: a.Person}}
		err := r.Gate.OpenValues(ctx, person.Viewer{Partnership: p, ID: a.Person}, hers, func(int) any {
			open = append(open, a)
			return &open[len(open)-1].Text
		})
		if err != nil {
			return nil, err
		}
	}
	return open, nil
}

// yeses lists who of some answers said yes.
func yeses(list []Answer) (yes []person.ID) {
	for _, a := range list {
		if a.Text.Yes {
			yes = append(yes, a.Person)
		}
	}
	return yes
}

// study returns the one that it is asked for.
func (w world) study(id string) study.Study {
	i := slices.IndexFunc(w.studies, func(s study.Study) bool { return s.ID == id })
	if i < 0 {
		return study.Study{}
	}
	return w.studies[i]
}
