package decision

import (
	"context"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Say keeps what somebody on the roll says by name, in the place of what she said before, as long as it is
// talked about. Before ballots one can only ask that it does not go on. words are her reasons, which nobody
// has to give; signed shows a stop as hers.
func (r *Room) Say(ctx context.Context, v person.Viewer, id string, says Said, words string, signed bool) error {
	d, at, err := r.speaking(ctx, v, id)
	if err != nil {
		return err
	}
	if err := says.Check(d.Frame.Method, d.Frame.Choices); err != nil {
		return err
	}
	if d.Course.Secret && !says.Word.Stops() {
		return ErrAnswer
	}
	s := said{Place: at.ID, Person: v.ID, House: at.House, Said: says, Signed: signed, By: v.Hand.By}
	if words = strings.TrimSpace(words); words != "" {
		if s.key, s.words, err = r.Gate.SealValue(ctx, v.Partnership, "decision_said", column, id+"/"+at.ID, words); err != nil {
			return err
		}
	}
	return r.whileTalking(ctx, v, id, func(tx *store.Tx) ([]string, error) { return putSaid(ctx, tx, v.Partnership, id, s) })
}

// Unsay takes back what she said. It is as if she had not answered.
func (r *Room) Unsay(ctx context.Context, v person.Viewer, id string) error {
	_, at, err := r.speaking(ctx, v, id)
	if err != nil {
		return err
	}
	return r.whileTalking(ctx, v, id, func(tx *store.Tx) ([]string, error) { return dropSaid(ctx, tx, v.Partnership, id, at.ID) })
}

// speaking returns a decision that is talked about, and the viewer's place on its roll.
func (r *Room) speaking(ctx context.Context, v person.Viewer, id string) (d Decision, at place, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if d, err = get(ctx, tx, v, id); err != nil {
			return err
		}
		var on bool
		if at, on, err = onRoll(ctx, tx, v.Partnership, id, v.ID); err == nil && !on {
			err = fault.Missing
		}
		return err
	})
	if err == nil && (d.Course.Stage != Talking || !r.Now().Before(d.Course.Until)) {
		err = ErrSettled
	}
	return d, at, err
}

// whileTalking changes what was said, if it still is talked about, and hands on the keys of what went.
func (r *Room) whileTalking(ctx context.Context, v person.Viewer, id string, do func(*store.Tx) ([]string, error)) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err == nil && (d.Course.Stage != Talking || !r.Now().Before(d.Course.Until)) {
			err = ErrSettled
		}
		if err != nil {
			return err
		}
		keys, err := do(tx)
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}
