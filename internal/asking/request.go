package asking

import (
	"context"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Begin makes a request that its asker alone can see, and returns its id.
func (r *Room) Begin(ctx context.Context, v person.Viewer, text Text) (string, error) {
	q := Request{ID: store.RandomID(), Asker: v.ID, Made: r.Now()}
	var err error
	if q.key, q.words, err = r.Gate.SealValue(ctx, v.Partnership, "asking_ask", column, q.ID, text); err != nil {
		return "", err
	}
	return q.ID, r.DB.Write(ctx, func(tx *store.Tx) error { return insertAsk(ctx, tx, v.Partnership, q) })
}

// mine returns a request of the viewer's own with the text as she writes it.
func (r *Room) mine(ctx context.Context, v person.Viewer, id string) (Request, Text, error) {
	var q Request
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if q, err = r.get(ctx, tx, v, id); err == nil && q.Asker != v.ID {
			err = fault.Missing
		}
		return err
	})
	if err != nil {
		return q, Text{}, err
	}
	text, err := consent.ValueOf[Text](ctx, r.Gate, v, q.draft())
	return q, text, err
}

// Save keeps what she writes, under the request's own key.
func (r *Room) Save(ctx context.Context, v person.Viewer, id string, text Text) error {
	q, _, err := r.mine(ctx, v, id)
	if err != nil {
		return err
	}
	if q.words, err = r.Gate.ResealValue(ctx, v.Partnership, "asking_ask", column, q.ID, q.key, text); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return updateAsk(ctx, tx, v.Partnership, q) })
}

// Put puts her text, as it is now, to the women's group. It is refused with ErrSame when she put the same
// to them before, in this request or another. What they said to an earlier text is forgotten: they are
// asked anew.
func (r *Room) Put(ctx context.Context, v person.Viewer, id string) error {
	q, text, err := r.mine(ctx, v, id)
	if err != nil {
		return err
	}
	earlier, err := r.earlier(ctx, v)
	if err != nil {
		return err
	}
	row := roundRow(q.ID, q.Round.N+1)
	if q.roundKey, q.roundWords, err = r.Gate.SealValue(ctx, v.Partnership, "asking_round", column, row, trimmed(text)); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		now, err := r.lock(ctx, tx, v.Partnership, id)
		if err != nil {
			return err
		}
		rule, _, err := rules(ctx, tx, v.Partnership)
		if err != nil {
			return err
		}
		if now.Round.N != q.Round.N {
			return ErrNewer // the same button, pressed twice
		}
		if q.Round, err = Put(now.Round, trimmed(text), earlier, rule, r.Now()); err != nil {
			return err
		}
		if err := insertRound(ctx, tx, v.Partnership, q); err != nil {
			return err
		}
		keys, err := forgetSaid(ctx, tx, v.Partnership, id)
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}

// earlier opens every text the viewer ever put to the group.
func (r *Room) earlier(ctx context.Context, v person.Viewer) ([]Text, error) {
	var papers []consent.Paper
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		papers, err = everPut(ctx, tx, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	list, err := consent.Values[Text](ctx, r.Gate, v, papers)
	return values(list), err
}

// trimmed takes the spaces off both ends of what was written.
func trimmed(t Text) Text {
	for _, words := range []*string{&t.Title, &t.What, &t.More, &t.Why, &t.Gain, &t.Interest, &t.Support} {
		*words = strings.TrimSpace(*words)
	}
	if t.Pay != PayAmount {
		t.Pence = 0
	}
	return t
}

// Stop takes a request back before anybody was asked, or ends the asking early.
func (r *Room) Stop(ctx context.Context, v person.Viewer, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		q, err := r.lock(ctx, tx, v.Partnership, id)
		if err == nil && q.Asker != v.ID {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		if q.Round, err = q.Round.Stop(r.Now()); err != nil {
			return err
		}
		return r.close(ctx, tx, v.Partnership, q)
	})
}

// close keeps what became of a round, and forgets what was said to it: it has been told.
func (r *Room) close(ctx context.Context, tx *store.Tx, p person.Partnership, q Request) error {
	if err := saveRound(ctx, tx, p, q); err != nil {
		return err
	}
	keys, err := forgetSaid(ctx, tx, p, q.ID)
	if err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}

// Say keeps what one of the women says to the round she read. A change comes with words. Nobody says
// anything to what she asks herself.
func (r *Room) Say(ctx context.Context, v person.Viewer, id string, round int64, says Says, words string) error {
	words = strings.TrimSpace(words)
	if says == Change && words == "" {
		return ErrNoChange
	}
	s := said{who: v.ID, says: says}
	if says == Change {
		var err error
		if s.key, s.words, err = r.Gate.SealValue(ctx, v.Partnership, "asking_said", column, saidRow(id, v.ID), words); err != nil {
			return err
		}
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		q, err := r.lock(ctx, tx, v.Partnership, id)
		if err == nil && (q.Asker == v.ID || !q.openTo(v, r.Now()) || !v.Standings.Has(person.LivedExperience)) {
			err = fault.Missing
		}
		if err == nil && q.Round.N != round {
			err = ErrNewer
		}
		if err != nil {
			return err
		}
		list, err := listSaid(ctx, tx, v.Partnership, id)
		if err != nil {
			return err
		}
		var after map[person.ID]Says
		if q.Round, after, err = q.Round.Hear(byWhom(list), v.ID, says, r.Now()); err != nil {
			return err
		}
		keys, err := forgetSaid(ctx, tx, v.Partnership, id, v.ID)
		if err != nil {
			return err
		}
		if _, kept := after[v.ID]; kept {
			if err := insertSaid(ctx, tx, v.Partnership, id, s); err != nil {
				return err
			}
		}
		if err := saveRound(ctx, tx, v.Partnership, q); err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, keys...)
	})
}
