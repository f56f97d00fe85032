package consent

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/vault/unseal"
)

// A Front is what stands before somebody's words, for a reader to decide whether to open them.
type Front struct {
	Heading
	Note   vault.Words
	Topics []string // ids of the room that keeps the group's list
}

// FrontOf opens what stands before a contribution for somebody who may open it, and nothing else. It is
// not recorded: whoever turns away has read nothing.
func (g *Gate) FrontOf(ctx context.Context, v person.Viewer, u Use, id ID) (Front, error) {
	if u.Purpose == Checking { // for a reason alone: see Check
		return Front{}, errClosed
	}
	rows, ruling, err := g.look(ctx, v, id, func(f facts) Ruling { return f.rule(u, g.now()) })
	if err != nil {
		return Front{}, err
	}
	if rows = openable(rows, ruling); len(rows) == 0 {
		return Front{}, errClosed
	}
	list, err := g.unsealAll(ctx, v.Partnership, rows, Ruling{told: ruling.told}) // and no turn
	if err != nil {
		return Front{}, err
	}
	return Front{list[0].Heading, list[0].Note, list[0].Topics}, nil
}

// TopicsOf opens the topics of contributions, of those that the reader may open for the use. It is how a
// list leaves out what she would rather not see; nothing is recorded.
func (g *Gate) TopicsOf(ctx context.Context, v person.Viewer, u Use, ids ...ID) (map[ID][]string, error) {
	if u.Purpose == Checking { // for a reason alone: see Check
		return nil, errClosed
	}
	if len(ids) == 0 {
		return nil, nil
	}
	sealed := map[ID]head{}
	var needed []string
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		ruling, err := g.RuleIn(ctx, tx, v, u, ids...)
		if err != nil {
			return err
		}
		in, args := only("id", v.Partnership, ids)
		return tx.Each(ctx, func(r store.Row) error {
			var id ID
			var h head
			err := r.Scan(&id, &h.key, &h.topics)
			if ruling.Told(id) {
				sealed[id], needed = h, append(needed, h.key)
			}
			return err
		}, `SELECT x.id, x.key_id, x.topics FROM consent_contribution x WHERE x.topics IS NOT NULL AND `+in, args...)
	})
	if err != nil || len(needed) == 0 {
		return nil, err
	}
	keys, err := g.keys.Keys(ctx, needed)
	if err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	topics := map[ID][]string{}
	var opener unseal.Opener
	for id, h := range sealed {
		k, held := keys[h.key]
		if !held {
			continue
		}
		if topics[id], err = openTopics(&opener, v.Partnership, k, id, h.key, h.topics); err != nil {
			return nil, err
		}
	}
	return topics, nil
}

// SetFront puts another note and other topics before a contribution. It is for its keeper; for anybody
// else the contribution does not exist. It must be called outside of a transaction.
func (g *Gate) SetFront(ctx context.Context, by person.Viewer, id ID, note string, topics []string) error {
	p := by.Partnership
	var h head
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		c, err := g.HeadingOf(ctx, tx, p, id)
		if err == nil && c.Keeper != by.ID {
			err = errClosed
		}
		if err != nil {
			return err
		}
		h, err = loadHead(ctx, tx, p, id)
		return err
	})
	if err != nil {
		return err
	}
	keys, err := g.keys.Keys(ctx, []string{h.key})
	if err != nil {
		return fmt.Errorf("reading keys: %w", err)
	}
	k, held := keys[h.key]
	if !held || h.title == nil {
		return errClosed
	}
	place := func(column string) vault.Place { return placeOf(p, "consent_contribution", column, id, h.key) }
	return g.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE consent_contribution SET note = $4, topics = $5 WHERE partnership_id = $1 AND id = $2 AND key_id = $3`,
			p, id, h.key, vault.Seal(k, place("note"), []byte(note)), vault.Seal(k, place("topics"), packTopics(topics)))
		if err := store.Changed(n, err, fault.New(fault.Conflict, "web.newer")); err != nil {
			return err
		}
		return g.events.Publish(ctx, tx, p, TopicTerms, string(id))
	})
}

// topicsSize is what topics are filled up to before they are sealed, so that the length of what lies in
// the database says neither how many there are nor which.
const topicsSize = 256

func packTopics(topics []string) []byte {
	text := []byte(strings.Join(topics, " "))
	return append(text, bytes.Repeat([]byte(" "), topicsSize-len(text)%topicsSize)...)
}

func openTopics(o *unseal.Opener, p person.Partnership, head vault.Key, id ID, key string, sealed []byte) ([]string, error) {
	if sealed == nil { // from before there were topics
		return nil, nil
	}
	words, err := o.Open(head, placeOf(p, "consent_contribution", "topics", id, key), sealed)
	if err != nil {
		return nil, fmt.Errorf("contribution %s, topics: %w", id, err)
	}
	return strings.Fields(words.Reveal()), nil
}
