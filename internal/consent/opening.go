package consent

import (
	"context"
	"fmt"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// An Opening is one line of "who has opened this".
type Opening struct {
	Contribution ID
	Speaker      ID
	Reader       person.ID
	Use
	Hour time.Time // the clock hour
	Act  Act
}

// record writes down who opens whose part for what, unless that is on record for this hour. Her own
// reading is not recorded.
func (g *Gate) record(ctx context.Context, v person.Viewer, u Use, act Act, ruling Ruling) error {
	hour := store.Micros(g.now().Truncate(time.Hour))
	type part struct{ contribution, speaker ID }
	parts := map[part]bool{}
	for _, t := range ruling.turns {
		if t.open && !t.own {
			parts[part{t.contribution, t.speaker}] = true
		}
	}
	if len(parts) == 0 {
		return nil
	}
	var ids []ID
	for p := range parts {
		ids = append(ids, p.contribution)
	}
	known, err := g.recorded(ctx, v, u, act, hour, ids)
	if err != nil {
		return err
	}
	for p := range parts {
		if known[p.speaker] {
			delete(parts, p)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return g.db.Write(ctx, func(tx *store.Tx) error {
		for p := range parts {
			_, err := tx.Exec(ctx, `INSERT INTO consent_opening
				(partnership_id, contribution_id, speaker_id, reader_id, purpose, purpose_id, hour, act)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
				v.Partnership, p.contribution, p.speaker, v.ID, u.Purpose, u.For, hour, act)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// recorded returns the speakers whose parts are on record for this reader, use, hour and act already.
// It asks by contribution, through the primary key; nothing here or anywhere lists by reader.
func (g *Gate) recorded(ctx context.Context, v person.Viewer, u Use, act Act, hour int64, contributions []ID) (map[ID]bool, error) {
	known := map[ID]bool{}
	in, args := only("contribution_id", v.Partnership, contributions)
	n := len(args)
	args = append(args, v.ID, u.Purpose, u.For, hour, act)
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Each(ctx, func(r store.Row) error {
			id, err := store.One[ID](r)
			known[id] = true
			return err
		}, fmt.Sprintf(`SELECT x.speaker_id FROM consent_opening x WHERE %s AND x.reader_id = $%d
			AND x.purpose = $%d AND x.purpose_id = $%d AND x.hour = $%d AND x.act = $%d`, in, n+1, n+2, n+3, n+4, n+5), args...)
	})
	return known, err
}

// Openings lists who has opened the owner's part of a contribution, newest first. It answers the owner
// alone: for anybody else there is nothing.
func (g *Gate) Openings(ctx context.Context, tx *store.Tx, owner person.Viewer, contribution ID) ([]Opening, error) {
	return store.List(ctx, tx, func(r store.Row) (Opening, error) {
		o := Opening{Contribution: contribution}
		var hour int64
		err := r.Scan(&o.Speaker, &o.Reader, &o.Purpose, &o.For, &hour, &o.Act)
		o.Hour = store.Time(hour)
		return o, err
	}, `SELECT o.speaker_id, o.reader_id, o.purpose, o.purpose_id, o.hour, o.act FROM consent_opening o
		JOIN consent_speaker s ON s.partnership_id = o.partnership_id AND s.contribution_id = o.contribution_id AND s.id = o.speaker_id
		WHERE o.partnership_id = $1 AND o.contribution_id = $2 AND s.person_id = $3 AND s.person_id <> ''
		ORDER BY o.hour DESC, o.reader_id, o.purpose, o.purpose_id, o.act`, owner.Partnership, contribution, owner.ID)
}
