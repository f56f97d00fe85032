package observe

import (
	"context"
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Ask asks in the open to watch a meeting. One's own answer to it is yes.
func (r *Room) Ask(ctx context.Context, v person.Viewer, one Request) error {
	w, err := r.read(ctx, v, one.Meeting)
	switch {
	case err != nil:
		return err
	case w.there:
		return ErrAsked
	case !w.meeting.Takes():
		return ErrOver
	case one.Text.Down == "" || one.Text.Not == "":
		return ErrWords
	}
	s := w.study(one.Study)
	if !s.Runs(r.Now()) || !s.Names(one.Watcher) || !v.Standings.Has(person.Facilitator) && !s.Names(v.ID) {
		return ErrStudy
	}
	one.By, one.Made, one.Stage = v.ID, r.Now(), Asked
	if one.key, one.words, err = r.Gate.SealValue(ctx, v.Partnership, "observe_request", column, one.Meeting, one.Text); err != nil {
		return err
	}
	own, first, err := r.sealAnswer(ctx, v, one.Meeting, nil, true)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := insertRequest(ctx, tx, v.Partnership, one); err != nil {
			return err
		}
		return putAnswer(ctx, tx, v.Partnership, own, first)
	})
}

// sealAnswer seals what somebody says: anew, or under the key that what she said before has.
func (r *Room) sealAnswer(ctx context.Context, v person.Viewer, meeting string, before *Answer, yes bool) (a Answer, first bool, err error) {
	text := AnswerText{Yes: yes}.filled()
	if before != nil {
		a = *before
		a.words, err = r.Gate.ResealValue(ctx, v.Partnership, "observe_answer", column, a.ID, a.key, text)
		return a, false, err
	}
	a = Answer{ID: store.RandomID(), Meeting: meeting, Person: v.ID}
	a.key, a.words, err = r.Gate.SealValue(ctx, v.Partnership, "observe_answer", column, a.ID, text)
	return a, true, err
}

// Say keeps what the viewer says to being watched at a meeting, in the place of what she said before. It wakes no
// page and is on no list. A no takes back at once what she said in records of that meeting, and closes what speaks of
// her there.
func (r *Room) Say(ctx context.Context, v person.Viewer, meeting string, yes bool) error {
	w, err := r.read(ctx, v, meeting)
	switch {
	case err != nil:
		return err
	case !w.there:
		return fault.Missing
	case !slices.Contains(w.request.stands(w.meeting).Answers(), yes):
		return ErrOver
	}
	a, first, err := r.sealAnswer(ctx, v, meeting, w.mine, yes)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := stays(ctx, tx, v.Partnership, w.request); err != nil {
			return err
		}
		if err := putAnswer(ctx, tx, v.Partnership, a, first); err != nil || yes || r.Records == nil {
			return err
		}
		return r.Records.Without(ctx, tx, v.Partnership, meeting, v.ID)
	})
}
