package source

import (
	"context"
	"errors"
	"slices"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Met is a meeting of the group of which an observation can be the record (R22).
type Met struct {
	ID, Day, Start string
	Agreed         bool        // everybody there had said yes to being watched, and nobody has ended it
	Study          string      // for which that was asked
	Yes            []person.ID // who of those that were asked about says yes to this day
	// Still fails when any of that has changed since, in the transaction that goes by it.
	Still func(context.Context, *store.Tx) error
}

// The faults of an observation that may not be offered.
var (
	errWhich = fault.New(fault.Invalid, "source.meeting_needed")
	errUnmet = fault.New(fault.Invalid, "source.meeting_not_agreed")
)

// noMeeting is what the form says of an observation that is of no meeting of the group's.
const noMeeting = "none"

// meetingOf returns of which meeting a source is the record; told is false while its keeper has not said.
func (s *Sources) meetingOf(ctx context.Context, tx *store.Tx, p person.Partnership, id consent.ID) (meeting string, told bool, err error) {
	meeting, err = store.Get(ctx, tx, store.One[string], `SELECT meeting_id FROM source_meeting WHERE partnership_id = $1 AND source_id = $2`, p, id)
	if errors.Is(err, fault.Missing) {
		return "", false, nil
	}
	return meeting, err == nil, err
}

// Without takes back, as she would herself, what somebody said in the records of a meeting, and closes what speaks of
// her in them. For nobody in particular it does so for every member, and takes the records out of analysis.
func (s *Sources) Without(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string, who person.ID) error {
	ids, err := recordsOf(ctx, tx, p, meeting)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.withoutIn(ctx, tx, p, id, func(one person.ID) bool { return who == "" || one == who }); err != nil {
			return err
		}
	}
	if who != "" {
		return nil
	}
	return s.Shut(ctx, tx, p, meeting)
}

// Shut takes the records of a meeting out of analysis, and takes nothing back.
func (s *Sources) Shut(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) error {
	ids, err := recordsOf(ctx, tx, p, meeting)
	if err != nil {
		return err
	}
	for _, id := range ids {
		src, err := s.Get(ctx, tx, p, id)
		if err != nil {
			return err
		}
		if !CanMove(src.State, Closed) {
			continue
		}
		if err := s.Move(ctx, tx, p, src, Closed); err != nil {
			return err
		}
	}
	return nil
}

// recordsOf lists the sources that are a record of a meeting.
func recordsOf(ctx context.Context, tx *store.Tx, p person.Partnership, meeting string) ([]consent.ID, error) {
	return store.List(ctx, tx, store.One[consent.ID], `SELECT source_id FROM source_meeting WHERE partnership_id = $1 AND meeting_id = $2 ORDER BY source_id`, p, meeting)
}

// withoutIn does that in one source, for the members of whom a condition holds.
func (s *Sources) withoutIn(ctx context.Context, tx *store.Tx, p person.Partnership, id consent.ID, of func(person.ID) bool) error {
	parts, err := s.Parts(ctx, tx, p, id)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if part.Person == "" || part.Gone || !of(part.Person) {
			continue
		}
		if err := s.gate.TakeBackIn(ctx, tx, person.Viewer{Partnership: p, ID: part.Person}, consent.Part{Contribution: id, Speaker: part.Speaker}); err != nil {
			return err
		}
	}
	marks, err := s.gate.Mentions(ctx, tx, p, id)
	if err != nil {
		return err
	}
	for _, m := range marks {
		if m.About == "" || m.Own == consent.AnswerNo || !of(m.About) {
			continue
		}
		if err := s.gate.AnswerPlace(ctx, tx, person.Viewer{Partnership: p, ID: m.About}, m.ID, consent.AnswerNo); err != nil {
			return err
		}
	}
	return nil
}

// met returns the meeting of which a source is the record, with who of some people says yes to it. Without one it is
// the zero value.
func (r *Room) met(ctx context.Context, v person.Viewer, id consent.ID, of ...person.ID) (m Met, told bool, err error) {
	if r.meetings == nil {
		return m, true, nil
	}
	var meeting string
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		meeting, told, err = r.sources.meetingOf(ctx, tx, v.Partnership, id)
		return err
	})
	if err != nil || meeting == "" {
		return m, told, err
	}
	all, err := r.meetings.Seen(ctx, v, of...)
	i := slices.IndexFunc(all, func(m Met) bool { return m.ID == meeting })
	if i < 0 { // called off since: nobody's yes is known
		return Met{ID: meeting, Still: func(context.Context, *store.Tx) error { return nil }}, true, err
	}
	return all[i], true, err
}

// mayOffer refuses an observation of which nobody has said of what meeting it is, or of one that was not watched
// with everybody's yes, for that study. What it returns fails when that has changed before it is offered.
func (r *Room) mayOffer(ctx context.Context, v person.Viewer, src Source) (still func(*store.Tx) error, err error) {
	still = func(*store.Tx) error { return nil }
	if src.Kind != consent.Observation {
		return still, nil
	}
	m, told, err := r.met(ctx, v, src.ID)
	switch {
	case err != nil:
		return nil, err
	case !told:
		return nil, errWhich
	case m.ID == "":
		return still, nil
	case !m.Agreed || m.Study != src.Study:
		return nil, errUnmet
	}
	return func(tx *store.Tx) error { return m.Still(ctx, tx) }, nil
}

// tie says of which meeting a source is the record, and leaves nothing in it of whoever has not said yes.
func (r *Room) tie(ctx context.Context, tx *store.Tx, p person.Partnership, k kept, m Met) error {
	n, err := tx.Exec(ctx, `INSERT INTO source_meeting (partnership_id, source_id, meeting_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, p, k.ID, m.ID)
	if err := store.Changed(n, err, fault.New(fault.Conflict, "web.newer")); err != nil || m.ID == "" {
		return err
	}
	if err := m.Still(ctx, tx); err != nil {
		return err
	}
	return r.sources.withoutIn(ctx, tx, p, k.ID, m.refused(k.Study))
}

// refused tells who has not said yes to being watched at a meeting for a study.
func (m Met) refused(study string) func(person.ID) bool {
	return func(who person.ID) bool { return !m.Agreed || m.Study != study || !slices.Contains(m.Yes, who) }
}
