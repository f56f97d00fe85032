package consent

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// An Act says how words are taken out: read on a page, or in something that leaves here. Each export,
// print and release has a number of its own and is recorded by itself.
type Act string

// Reading is the ordinary act. Other acts are made with NewAct.
const Reading Act = "reading"

// NewAct returns an act that is recorded once for itself: what is "export", "print" or "release".
func NewAct(what string) Act { return Act(what + ":" + store.NewID()) }

// A Turn is one turn, opened or shut.
type Turn struct {
	ID      ID
	Speaker ID
	Seq     int
	At      time.Duration
	Length  int // code points
	Open    bool
	Words   vault.Words // zero when shut
	Masked  []Span      // passages blanked because they speak of somebody; same length as what they hide
}

// A Speaker is one voice in an opened contribution.
type Speaker struct {
	ID     ID
	Role   Role
	Person person.ID
	Label  vault.Words
	Open   bool
	Terms  Terms
}

// Called returns what a speaker is called where others read her words: nothing unless she chose to be
// named and something of hers is open. A member is called by the name she uses here, which names holds,
// and somebody outside the circle as the recording calls her.
func (s Speaker) Called(names map[person.ID]string) vault.Words {
	switch {
	case !s.Open || !s.Terms.Attribution.Names():
		return vault.Words{}
	case s.Person != "":
		return vault.Hold(names[s.Person])
	}
	return s.Label
}

// A Contribution is one contribution as a reader may see it.
type Contribution struct {
	Heading
	Title, Note vault.Words
	Topics      []string
	Speakers    []Speaker
	Turns       []Turn // of the newest version, in order
	// Text returns whether anything is open at all.
	Any bool
}

// Open opens contributions for a reader. What she may not see is in its place, shut. A contribution of
// which nothing is open for her is left out, as if it did not exist; one name of those asked for
// missing is no error unless it was the only one.
//
// The opening is recorded and committed before a key is read, so that after a crash there may be a
// record without words read, never words read without a record. It must be called outside of a writing
// transaction.
func (g *Gate) Open(ctx context.Context, v person.Viewer, u Use, act Act, ids ...ID) ([]Contribution, error) {
	if u.Purpose == Checking { // for a reason alone: see Check
		return nil, errClosed
	}
	list, err := g.open(ctx, v, u, act, asked{contributions: ids}, func(f facts) Ruling { return f.rule(u, g.now()) })
	if err == nil && len(list) == 0 && len(ids) == 1 {
		return nil, errClosed
	}
	return list, err
}

// OpenTurns opens some turns for a reader and nothing else: the contributions that they stand in, in the
// order in which the turns are named, each with those of them that are in its newest version. Only whose
// turns are opened is recorded. A contribution of which none of them is open is left out; that all are
// is no error. In all else it is Open.
func (g *Gate) OpenTurns(ctx context.Context, v person.Viewer, u Use, act Act, turns ...ID) ([]Contribution, error) {
	if u.Purpose == Checking { // for a reason alone: see Check
		return nil, errClosed
	}
	return g.open(ctx, v, u, act, asked{turns: turns}, func(f facts) Ruling { return f.rule(u, g.now()) })
}

// open opens what is asked for under a rule, on record.
func (g *Gate) open(ctx context.Context, v person.Viewer, u Use, act Act, a asked, rule func(facts) Ruling) ([]Contribution, error) {
	var ruling Ruling
	var rows []*sealedContribution
	var fresh []part
	hour := hourOf(u, g.now())
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		f, loaded, err := loadSealed(ctx, tx, v, a)
		if err != nil {
			return err
		}
		ruling = rule(f)
		if rest := untold(loaded, ruling); len(a.turns) > 0 && len(rest) > 0 {
			if err := f.loadTurns(ctx, tx, v.Partnership, rest); err != nil {
				return err
			}
			ruling = rule(f)
		}
		rows = openable(loaded, ruling)
		fresh, err = unrecorded(ctx, tx, v, u, act, hour, openedBy(rows, ruling))
		return err
	})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if err := g.record(ctx, v, u, act, hour, fresh); err != nil {
		return nil, fmt.Errorf("recording an opening: %w", err)
	}
	return g.unsealAll(ctx, v.Partnership, rows, ruling)
}

// OpenOne is Open for a single contribution.
func (g *Gate) OpenOne(ctx context.Context, v person.Viewer, u Use, act Act, id ID) (Contribution, error) {
	list, err := g.Open(ctx, v, u, act, id)
	if err != nil {
		return Contribution{}, err
	}
	return list[0], nil
}

// untold returns the contributions of which the reader may not be told what they are called. Where not all
// of their turns are in hand, that may be for want of the others: one of them could be open to her.
func untold(rows []*sealedContribution, ruling Ruling) []ID {
	var ids []ID
	for _, c := range rows {
		if !ruling.Told(c.ID) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// openable keeps the contributions of which the reader may see something.
func openable(rows []*sealedContribution, ruling Ruling) []*sealedContribution {
	return slices.DeleteFunc(rows, func(c *sealedContribution) bool {
		c.Any = slices.ContainsFunc(c.turns, func(t storedTurn) bool { return ruling.Turn(t.ID) })
		return !c.Any
	})
}

// unsealAll reads the keys, after the opening is on record, and opens what the ruling opens.
func (g *Gate) unsealAll(ctx context.Context, p person.Partnership, rows []*sealedContribution, ruling Ruling) ([]Contribution, error) {
	needed := map[string]bool{}
	for _, c := range rows {
		needed[c.key] = true
		for _, t := range c.turns {
			if ruling.Turn(t.ID) {
				needed[t.key] = true
			}
		}
	}
	keys, err := g.keys.Keys(ctx, slices.Collect(maps.Keys(needed)))
	if err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	list := make([]Contribution, len(rows))
	var opener unseal.Opener
	for i, c := range rows {
		if err := c.unseal(&opener, p, keys, ruling); err != nil {
			return nil, err
		}
		list[i] = c.Contribution
	}
	return list, nil
}

func (c *sealedContribution) unseal(o *unseal.Opener, p person.Partnership, keys map[string]vault.Key, ruling Ruling) error {
	open := map[ID]bool{}
	c.Turns = make([]Turn, len(c.turns))
	for i, t := range c.turns {
		k, held := keys[t.key]
		if ruling.Turn(t.ID) && held && t.words != nil {
			w, err := o.Open(k, placeOf(p, "consent_turn", "words", t.ID, t.key), t.words)
			if err != nil {
				return fmt.Errorf("turn %s: %w", t.ID, err)
			}
			t.Open, t.Masked = true, ruling.turns[t.ID].masks
			t.Words = masked(w, t.Masked)
			open[t.Speaker] = true
		}
		c.Turns[i] = t.Turn
	}
	head, held := keys[c.key]
	if !held || c.title == nil { // everybody's part in it is destroyed, and its title with them
		return nil
	}
	return c.unsealHead(o, p, head, open, ruling.Told(c.ID))
}

// unsealHead opens the labels of the speakers of whom something is open and, if the reader is told, the
// title, the note and the topics.
func (c *sealedContribution) unsealHead(o *unseal.Opener, p person.Partnership, head vault.Key, open map[ID]bool, told bool) (err error) {
	if told {
		if c.Title, err = o.Open(head, placeOf(p, "consent_contribution", "title", c.ID, c.key), c.title); err != nil {
			return fmt.Errorf("contribution %s, title: %w", c.ID, err)
		}
		if c.Note, err = o.Open(head, placeOf(p, "consent_contribution", "note", c.ID, c.key), c.note); err != nil {
			return fmt.Errorf("contribution %s, note: %w", c.ID, err)
		}
		if c.Topics, err = openTopics(o, p, head, c.ID, c.key, c.topics); err != nil {
			return err
		}
	}
	for i := range c.Speakers {
		s := &c.Speakers[i]
		if s.Open = open[s.ID]; !s.Open || c.labels[i] == nil {
			continue
		}
		if s.Label, err = o.Open(head, placeOf(p, "consent_speaker", "label", s.ID, c.key), c.labels[i]); err != nil {
			return fmt.Errorf("speaker %s: %w", s.ID, err)
		}
	}
	return nil
}

// OpenOwn opens somebody's own part of a contribution for herself, whatever she allows others, also
// while it is taken back and not yet destroyed. Nothing is recorded.
func (g *Gate) OpenOwn(ctx context.Context, v person.Viewer, id ID) (Contribution, error) {
	rows, ruling, err := g.look(ctx, v, id, facts.ruleOwn)
	if err != nil {
		return Contribution{}, err
	}
	if len(rows) == 0 || len(ruling.turns) == 0 {
		return Contribution{}, errClosed
	}
	list, err := g.unsealAll(ctx, v.Partnership, rows, ruling)
	if err != nil {
		return Contribution{}, err
	}
	return list[0], nil
}

// look reads a contribution, sealed, and what a rule says of it.
func (g *Gate) look(ctx context.Context, v person.Viewer, id ID, rule func(facts) Ruling) (rows []*sealedContribution, r Ruling, err error) {
	err = g.db.Read(ctx, func(tx *store.Tx) error {
		var f facts
		f, rows, err = loadSealed(ctx, tx, v, asked{contributions: []ID{id}})
		r = rule(f)
		return err
	})
	return rows, r, err
}
