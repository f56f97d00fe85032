package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
)

// Program is the reader under which the program's own reading is recorded.
const Program person.ID = "program"

// Searching is the purpose of its reading for search. It is on record once for each part, without a time.
const Searching Purpose = "search"

// Each feeds a partnership's open turns to the search index, contribution by contribution. A turn is fed
// when it is not taken back and its speaker allows somebody something but checking; each part read is on record as
// read by the program. It implements search.Feed.
func (g *Gate) Each(ctx context.Context, p person.Partnership, do func(search.Passage) error) error {
	v := person.Viewer{Partnership: p, ID: Program}
	u := Use{Purpose: Searching, Form: Words}
	var ids []ID
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		ids, err = store.List(ctx, tx, store.One[ID], `SELECT id FROM consent_contribution WHERE partnership_id = $1 ORDER BY id`, p)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := g.feed(ctx, v, u, id, do); err != nil {
			return err
		}
	}
	return nil
}

func (g *Gate) feed(ctx context.Context, v person.Viewer, u Use, id ID, do func(search.Passage) error) error {
	opened, err := g.open(ctx, v, u, Reading, asked{contributions: []ID{id}}, func(f facts) Ruling { return f.ruleSearch(u, g.now()) })
	if err != nil || len(opened) == 0 {
		return err
	}
	for _, t := range opened[0].Turns {
		if !t.Open {
			continue
		}
		if err := do(search.Passage{ID: string(t.ID), Text: t.Words.Reveal()}); err != nil {
			return err
		}
	}
	return nil
}

// ruleSearch opens a turn to the index when its speaker allows anybody anything but checking, now or later.
// What a searcher finds is decided for her, later, by the rule.
func (f facts) ruleSearch(u Use, now time.Time) Ruling {
	r := Ruling{reader: f.reader, use: u, turns: map[ID]turnRuling{}, told: map[ID]bool{}}
	for _, t := range f.turns {
		s := f.speakers[t.speaker]
		r.turns[t.id] = turnRuling{
			contribution: s.contribution, speaker: t.speaker, masks: f.masks(t, s),
			open: !f.taken[t.speaker] && !f.taken[t.id] && s.terms.lasts(now),
		}
	}
	return r
}
