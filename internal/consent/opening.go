package consent

import (
	"context"
	"fmt"
	"maps"
	"slices"
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

// A part is what one speaker said in a contribution.
type part struct{ contribution, speaker ID }

// record writes down who opens whose parts for what in an hour.
func (g *Gate) record(ctx context.Context, v person.Viewer, u Use, act Act, hour time.Time, parts []part) error {
	if len(parts) == 0 {
		return nil
	}
	return g.db.Write(ctx, func(tx *store.Tx) error {
		for _, p := range parts {
			_, err := tx.Exec(ctx, `INSERT INTO consent_opening
				(partnership_id, contribution_id, speaker_id, reader_id, purpose, purpose_id, hour, act)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
				v.Partnership, p.contribution, p.speaker, v.ID, u.Purpose, u.For, store.Micros(hour), act)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// hourOf returns under which hour an opening is recorded. The program's reading for search has none: it is
// read because somebody searched, and a time would tell a third person when.
func hourOf(u Use, now time.Time) time.Time {
	if u.Purpose == Searching {
		return time.Time{}
	}
	return now.Truncate(time.Hour)
}

// openedBy returns the parts of which a ruling opens some turn in hand. Her own are not among them: her own
// reading is not recorded.
func openedBy(rows []*sealedContribution, ruling Ruling) map[part]bool {
	parts := map[part]bool{}
	for _, c := range rows {
		for _, t := range c.turns {
			if r := ruling.turns[t.ID]; r.open && !r.own {
				parts[part{c.ID, t.Speaker}] = true
			}
		}
	}
	return parts
}

// unrecorded returns those of some parts that are not on record for this reader, use, hour and act. It asks
// by contribution, through the primary key; nothing here or anywhere lists by reader.
func unrecorded(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, act Act, hour time.Time, fresh map[part]bool) ([]part, error) {
	in := map[ID]bool{}
	for p := range fresh {
		in[p.contribution] = true
	}
	if len(fresh) == 0 {
		return nil, nil
	}
	where, args := only("contribution_id", v.Partnership, slices.Collect(maps.Keys(in)))
	n := len(args)
	args = append(args, v.ID, u.Purpose, u.For, store.Micros(hour), act)
	err := tx.Each(ctx, func(r store.Row) error {
		var known part
		err := r.Scan(&known.contribution, &known.speaker)
		delete(fresh, known)
		return err
	}, fmt.Sprintf(`SELECT x.contribution_id, x.speaker_id FROM consent_opening x WHERE %s AND x.reader_id = $%d
		AND x.purpose = $%d AND x.purpose_id = $%d AND x.hour = $%d AND x.act = $%d`, where, n+1, n+2, n+3, n+4, n+5), args...)
	return slices.Collect(maps.Keys(fresh)), err
}

// Openings lists who has opened the owner's part of a contribution, newest first. It answers the owner
// alone: for anybody else there is nothing. That the program read it for search is not in it: whether it
// did follows from what others looked for, so she is told once and for all that it may.
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
		AND o.purpose <> '`+string(Searching)+`'
		ORDER BY o.hour DESC, o.reader_id, o.purpose, o.purpose_id, o.act`, owner.Partnership, contribution, owner.ID)
}

// Knew reports of which contributions somebody has opened a part before for a use, her own left out: to her
// it is no news that one is there when it shuts. It is asked by contribution, and about whoever asks.
func (g *Gate) Knew(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, contributions ...ID) (map[ID]bool, error) {
	knew := map[ID]bool{}
	if len(contributions) == 0 {
		return knew, nil
	}
	where, args := only("contribution_id", v.Partnership, contributions)
	n := len(args)
	return knew, tx.Each(ctx, func(r store.Row) error {
		id, err := store.One[ID](r)
		knew[id] = true
		return err
	}, fmt.Sprintf(`SELECT DISTINCT x.contribution_id FROM consent_opening x WHERE %s AND x.reader_id = $%d
		AND x.purpose = $%d AND x.purpose_id = $%d`, where, n+1, n+2, n+3), append(args, v.ID, u.Purpose, u.For)...)
}
