package decision

import (
	"context"
	"encoding/json"
	"math/rand/v2"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// slipsOf reads the slips of a decision.
func slipsOf(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) (Slips, error) {
	s := Slips{person.Lived: {}, person.Others: {}}
	err := tx.Each(ctx, func(row store.Row) error {
		var h person.House
		var b Box
		err := row.Scan(&h, &b.Given, &b.Screens)
		s[h] = b
		return err
	}, `SELECT house, count(CASE WHEN slip = 1 THEN 1 END), count(CASE WHEN slip = 0 AND person_id <> id THEN 1 END) FROM decision_roll
		WHERE partnership_id = $1 AND decision_id = $2 GROUP BY house`, p, decision)
	if err != nil {
		return nil, err
	}
	return s, tx.Each(ctx, func(row store.Row) error {
		var h person.House
		var who person.ID
		var totals string
		var agreed int64
		if err := row.Scan(&h, &who, &totals, &agreed); err != nil {
			return err
		}
		b := s[h]
		b.Counter, b.Agreed = who, agreed == 1
		if totals != "" {
			b.Totals = &Totals{}
			if err := json.Unmarshal([]byte(totals), b.Totals); err != nil {
				return err
			}
		}
		s[h] = b
		return nil
	}, `SELECT house, person_id, totals, agreed FROM decision_counter WHERE partnership_id = $1 AND decision_id = $2`, p, decision)
}

// saveSlips keeps who counts, what was entered and who agreed. It writes both houses' rows, also one that says nothing
// any more: what stood in it would go on counting.
func saveSlips(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, s Slips) error {
	for _, h := range Houses() {
		b := s[h]
		totals := ""
		if b.Totals != nil {
			totals = encode(b.Totals)
		}
		_, err := tx.Exec(ctx, `INSERT INTO decision_counter (partnership_id, decision_id, house, person_id, totals, agreed) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (partnership_id, decision_id, house) DO UPDATE SET person_id = $4, totals = $5, agreed = $6`, p, decision, h, b.Counter, totals, store.Bool(b.Agreed))
		if err != nil {
			return err
		}
	}
	return nil
}

// release lets those answer on a screen who chose a slip in a house whose slips do not stay.
func release(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) error {
	s, err := slipsOf(ctx, tx, p, decision)
	if err != nil {
		return err
	}
	keep := append(s.Keep(), "", "")
	_, err = tx.Exec(ctx, `UPDATE decision_roll SET slip = 0 WHERE partnership_id = $1 AND decision_id = $2 AND slip = 1 AND house <> $3 AND house <> $4`, p, decision, keep[0], keep[1])
	return err
}

// Slip keeps whether the viewer answers on a folded slip or on a screen. It is settled when ballots open.
func (r *Room) Slip(ctx context.Context, v person.Viewer, id string, slip bool) error {
	return r.slipping(ctx, v, id, func(tx *store.Tx, d Decision, at place, _ Slips) error {
		if d.Course.Stage != Talking {
			return ErrSettled
		}
		_, err := tx.Exec(ctx, `UPDATE decision_roll SET slip = $4 WHERE partnership_id = $1 AND decision_id = $2 AND id = $3`, v.Partnership, id, at.ID, store.Bool(slip))
		return err
	})
}

// CountSlips makes the viewer the one who counts the slips of her house.
func (r *Room) CountSlips(ctx context.Context, v person.Viewer, id string) error {
	return r.slipping(ctx, v, id, func(tx *store.Tx, d Decision, at place, s Slips) error {
		if d.Course.Stage == Balloting && !s.Given() {
			return ErrSettled
		}
		next, err := s.Name(at.House, v.ID, d.Course.Stage == Talking)
		if err != nil {
			return err
		}
		return saveSlips(ctx, tx, v.Partnership, id, next)
	})
}

// EnterSlips keeps what the viewer counted in the slips of her house.
func (r *Room) EnterSlips(ctx context.Context, v person.Viewer, id string, t Totals) error {
	return r.counting(ctx, v, id, func(tx *store.Tx, d Decision, at place, s Slips) error {
		next, err := s.Enter(d.Frame.Method, d.Frame.Choices, at.House, t)
		if err != nil {
			return err
		}
		return saveSlips(ctx, tx, v.Partnership, id, next)
	})
}

// AgreeSlips keeps that the viewer agrees to all that was entered, which she saw as from. When both who count do,
// the slips go into the box like any other ballots, and what was entered is forgotten.
func (r *Room) AgreeSlips(ctx context.Context, v person.Viewer, id, from string) error {
	return r.counting(ctx, v, id, func(tx *store.Tx, _ Decision, at place, s Slips) error {
		if from != s.shown() {
			return ErrNewer
		}
		next, err := s.Agree(at.House)
		if err != nil {
			return err
		}
		if next.Counted() {
			if err := putIn(ctx, tx, v.Partnership, id, next); err != nil {
				return err
			}
			for h, b := range next {
				b.Totals = nil
				next[h] = b
			}
		}
		return saveSlips(ctx, tx, v.Partnership, id, next)
	})
}

// shown names what was entered, as it is shown to those who count.
func (s Slips) shown() string {
	return hash([]byte(encode(s[person.Lived].Totals) + encode(s[person.Others].Totals)))
}

// putIn puts what was counted into the box, both houses' together and in no order.
func putIn(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, s Slips) error {
	var rows [][]any
	for h, b := range s {
		if b.Totals == nil {
			continue
		}
		for _, said := range Unfolded(*b.Totals) {
			rows = append(rows, []any{p, decision, store.RandomID(), h, said.Word, writeMarks(said.Marks)})
		}
		if b.Totals.Pairs.Orders > 0 {
			rows = append(rows, []any{p, decision, store.RandomID(), h, bundle, writePairs(b.Totals.Pairs)})
		}
	}
	rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	if len(rows) == 0 {
		return nil
	}
	return insertMany(ctx, tx, `INSERT INTO decision_ballot (partnership_id, decision_id, id, house, word, marks) VALUES `, rows)
}

// slipping does something with the slips of an open secret decision that has any, for one on its roll.
func (r *Room) slipping(ctx context.Context, v person.Viewer, id string, do func(*store.Tx, Decision, place, Slips) error) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err != nil {
			return err
		}
		at, on, err := onRoll(ctx, tx, v.Partnership, id, v.ID)
		switch {
		case err != nil:
			return err
		case !on || !d.slips():
			return fault.Missing
		case !d.Course.Open() || !r.Now().Before(d.Course.Until):
			return ErrSettled
		}
		s, err := slipsOf(ctx, tx, v.Partnership, id)
		if err != nil {
			return err
		}
		return do(tx, d, at, s)
	})
}

// counting is slipping for whoever counts the slips of her house, while ballots are open.
func (r *Room) counting(ctx context.Context, v person.Viewer, id string, do func(*store.Tx, Decision, place, Slips) error) error {
	return r.slipping(ctx, v, id, func(tx *store.Tx, d Decision, at place, s Slips) error {
		if d.Course.Stage != Balloting || s[at.House].Counter != v.ID {
			return fault.Missing
		}
		return do(tx, d, at, s)
	})
}

// slips reports whether a decision can be answered on a folded slip: in secret, whatever an answer looks like.
func (d Decision) slips() bool { return d.Course.Secret }
