package decision

import (
	"context"
	"errors"
	"slices"
	"strings"

	"footing/internal/agreement"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Begin makes a decision that its writer alone can see, and returns its id. of is the one it opens again, or
// nothing.
func (r *Room) Begin(ctx context.Context, v person.Viewer, of string, text Text) (string, error) {
	d := Decision{ID: store.RandomID(), Writer: v.ID, Of: of, Made: r.Now(), Course: Course{Stage: Draft}}
	var err error
	if d.key, d.words, err = r.Gate.SealValue(ctx, v.Partnership, "decision_decision", column, d.ID, text); err != nil {
		return "", err
	}
	return d.ID, r.DB.Write(ctx, func(tx *store.Tx) error { return insert(ctx, tx, v.Partnership, d) })
}

// load returns a decision that the viewer may see, with its text.
func (r *Room) load(ctx context.Context, v person.Viewer, id string) (Decision, Text, error) {
	var d Decision
	err := r.DB.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = get(ctx, tx, v, id)
		return err
	})
	if err != nil {
		return d, Text{}, err
	}
	text, err := consent.ValueOf[Text](ctx, r.Gate, v, d.text())
	return d, text, err
}

// mine returns a decision that the viewer wrote.
func (r *Room) mine(ctx context.Context, v person.Viewer, id string) (Decision, Text, error) {
	d, text, err := r.load(ctx, v, id)
	if err == nil && d.Writer != v.ID {
		err = fault.Missing
	}
	return d, text, err
}

// writable returns a decision of hers that is not open yet.
func (r *Room) writable(ctx context.Context, v person.Viewer, id string) (Decision, Text, error) {
	d, text, err := r.mine(ctx, v, id)
	if err == nil && d.Course.Stage != Draft && d.Course.Stage != Put {
		err = ErrSettled
	}
	return d, text, err
}

// Save keeps what she writes, under the decision's own key. What is put forward already changes for everybody.
func (r *Room) Save(ctx context.Context, v person.Viewer, id string, text Text) error {
	d, before, err := r.writable(ctx, v, id)
	if err != nil {
		return err
	}
	was := d.words
	if d.words, err = r.Gate.ResealValue(ctx, v.Partnership, "decision_decision", column, d.ID, d.key, text); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		if err := saveWords(ctx, tx, v.Partnership, d, was); err != nil || d.Course.Stage == Draft || text.Rung == before.Rung {
			return err
		}
		return putSeen(ctx, tx, v.Partnership, id, v.ID, text.Rung)
	})
}

// others returns the texts of all other decisions that were ever put forward, whatever became of them.
func (r *Room) others(ctx context.Context, v person.Viewer, id string) ([]Text, error) {
	var papers []consent.Paper
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := list(ctx, tx, v)
		for _, d := range all {
			if d.ID != id && d.Course.Stage != Draft {
				papers = append(papers, d.text())
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	shown, err := consent.Values[Text](ctx, r.Gate, v, papers)
	texts := make([]Text, 0, len(shown))
	for _, o := range shown {
		texts = append(texts, o.Value)
	}
	return texts, err
}

// unchanged returns ErrNewer when somebody put something forward, or changed this text, since it was looked at.
func unchanged(ctx context.Context, tx *store.Tx, v person.Viewer, d, now Decision, earlier int) error {
	all, err := list(ctx, tx, v)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(o Decision) bool { return o.ID == d.ID || o.Course.Stage == Draft })
	if len(all) != earlier || !slices.Equal(d.words, now.words) {
		return ErrNewer
	}
	return nil
}

// Put puts a draft forward: everybody sees it from then on. A text that says the same as any that was put
// forward before is ErrSame.
func (r *Room) Put(ctx context.Context, v person.Viewer, id string) error {
	d, text, err := r.writable(ctx, v, id)
	if err != nil {
		return err
	}
	if len(text.Gaps()) > 0 {
		return ErrEmpty
	}
	earlier, err := r.others(ctx, v, id)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		now, err := lock(ctx, tx, v, id)
		if err != nil {
			return err
		}
		if err := unchanged(ctx, tx, v, d, now, len(earlier)); err != nil {
			return err
		}
		if now.Course, err = now.Course.PutForward(text, earlier); err != nil {
			return err
		}
		if err := saveCourse(ctx, tx, v.Partnership, now); err != nil {
			return err
		}
		return putWriters(ctx, tx, v.Partnership, now, text.Rung)
	})
}

// Drop throws a draft away that nobody else ever saw.
func (r *Room) Drop(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err == nil && (d.Writer != v.ID || d.Course.Stage != Draft) {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		key, err := deleteDecision(ctx, tx, v.Partnership, d)
		return errors.Join(err, r.Gate.Doom(ctx, tx, v.Partnership, key))
	})
}

// TakeBack ends a decision by its writer's hand. Its text stays used.
func (r *Room) TakeBack(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err == nil && d.Writer != v.ID {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		if d.Course, err = d.Course.TakeBack(r.Now()); err != nil {
			return err
		}
		return r.finish(ctx, tx, v.Partnership, d)
	})
}

// trimmed takes the spaces off both ends of what was written.
func trimmed(t Text) Text {
	for _, words := range []*string{&t.Title, &t.Question, &t.Amount, &t.Fixed, &t.Why, &t.Interest} {
		*words = strings.TrimSpace(*words)
	}
	if !t.Method.Marks() {
		t.Choices = nil
	}
	if t.Matter != agreement.Money {
		t.Amount = ""
	}
	if t.Method == Advice {
		t.Secret = false // whoever decides after advice has to know it
	}
	return t
}
