package consent

import (
	"context"
	"slices"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// asked is what somebody wants to see: contributions whole, or turns wherever they stand.
type asked struct{ contributions, turns []ID }

// sealedContribution is a contribution, or what was asked for of it, as the database has it.
type sealedContribution struct {
	Contribution // without turns until it is unsealed
	key          string
	title, note  []byte
	topics       []byte
	labels       [][]byte // of the speakers
	turns        []storedTurn
}

type storedTurn struct {
	Turn
	contribution ID
	key          string
	words        []byte
}

// loadSealed reads what is asked for in the newest versions, each contribution once and in the order
// asked for, and what the rule needs to know of it.
func loadSealed(ctx context.Context, tx *store.Tx, v person.Viewer, a asked) (facts, []*sealedContribution, error) {
	turns, err := loadSealedTurns(ctx, tx, v.Partnership, a)
	if err != nil || len(turns) == 0 {
		return facts{}, nil, err
	}
	ids := a.in(turns)
	f, err := loadFacts(ctx, tx, v, ids)
	if err != nil {
		return facts{}, nil, err
	}
	found, err := loadSealedHeads(ctx, tx, v.Partnership, ids)
	if err != nil {
		return facts{}, nil, err
	}
	for _, id := range f.inOrder {
		s := f.speakers[id]
		c := found[s.contribution]
		c.Speakers = append(c.Speakers, Speaker{ID: id, Role: s.role, Person: s.person, Terms: s.terms})
		c.labels = append(c.labels, s.label)
	}
	for _, t := range turns {
		f.turns = append(f.turns, turnFacts{id: t.ID, speaker: t.Speaker})
		c := found[t.contribution]
		c.turns = append(c.turns, t)
	}
	var list []*sealedContribution
	for _, id := range ids {
		if c := found[id]; c != nil {
			list = append(list, c)
			slices.SortFunc(c.turns, func(a, b storedTurn) int { return a.Seq - b.Seq })
		}
	}
	return f, list, nil
}

// in returns the contributions that are asked for, each once, in the order asked for.
func (a asked) in(turns []storedTurn) []ID {
	ids := slices.Clone(a.contributions)
	of := make(map[ID]ID, len(turns))
	for _, t := range turns {
		of[t.ID] = t.contribution
	}
	for _, turn := range a.turns {
		if id, ok := of[turn]; ok {
			ids = append(ids, id)
		}
	}
	return once(ids)
}

// once returns ids without those that came before, in their order.
func once(ids []ID) []ID {
	seen := make(map[ID]bool, len(ids))
	var list []ID
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	return list
}

func loadSealedTurns(ctx context.Context, tx *store.Tx, p person.Partnership, a asked) ([]storedTurn, error) {
	column, ids := "contribution_id", a.contributions
	if len(a.turns) > 0 {
		column, ids = "id", a.turns
	}
	var turns []storedTurn
	for some := range slices.Chunk(once(ids), atOnce) {
		in, args := only(column, p, some)
		err := tx.Each(ctx, func(r store.Row) error {
			var t storedTurn
			var at int64
			err := r.Scan(&t.contribution, &t.ID, &t.Speaker, &t.Seq, &t.key, &at, &t.Length, &t.words)
			t.At = time.Duration(at) * time.Millisecond
			turns = append(turns, t)
			return err
		}, `SELECT x.contribution_id, x.id, x.speaker_id, x.seq, x.key_id, x.at_ms, x.length, x.words FROM consent_turn x
			JOIN consent_contribution c ON c.partnership_id = x.partnership_id AND c.id = x.contribution_id AND c.version = x.version
			WHERE `+in, args...)
		if err != nil {
			return nil, err
		}
	}
	return turns, nil
}

func loadSealedHeads(ctx context.Context, tx *store.Tx, p person.Partnership, ids []ID) (map[ID]*sealedContribution, error) {
	in, args := only("id", p, ids)
	found := make(map[ID]*sealedContribution, len(ids))
	return found, tx.Each(ctx, func(r store.Row) error {
		c := &sealedContribution{}
		var made int64
		err := r.Scan(&c.ID, &c.Kind, &c.Keeper, &made, &c.Version, &c.key, &c.title, &c.note, &c.topics)
		c.Made = store.Time(made)
		found[c.ID] = c
		return err
	}, `SELECT x.id, x.kind, x.keeper_id, x.made, x.version, x.key_id, x.title, x.note, x.topics FROM consent_contribution x WHERE `+in, args...)
}
