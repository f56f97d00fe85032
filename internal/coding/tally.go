package coding

import (
	"context"
	"fmt"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// A Tally is how many passages of each theme there are in each source: source, then theme. It counts
// passages, not people, and only what a reader may know as a number.
type Tally map[consent.ID]map[string]int

// Theme returns how many passages a theme has in all sources.
func (t Tally) Theme(id string) int {
	n := 0
	for _, themes := range t {
		n += themes[id]
	}
	return n
}

// Source returns how many passages a source has of all themes.
func (t Tally) Source(id consent.ID) int {
	n := 0
	for _, count := range t[id] {
		n += count
	}
	return n
}

// Tally counts for one of the study's analysts what stands in its offered sources. Everything is counted
// by the database, and what is closed to her is then taken off: that is little, and everything is much.
func (r *Room) Tally(ctx context.Context, tx *store.Tx, v person.Viewer, study string) (Tally, error) {
	sources, err := r.offered(ctx, tx, v, study)
	if err != nil || len(sources) == 0 {
		return nil, err
	}
	tally, err := tallyAll(ctx, tx, v.Partnership, study, sources)
	if err != nil {
		return nil, err
	}
	ruling, err := r.gate.RuleInBrief(ctx, tx, v, use(study, consent.Number), sources...)
	if err != nil {
		return nil, err
	}
	return tally, tally.takeOffClosed(ctx, tx, v.Partnership, study, ruling)
}

func tallyAll(ctx context.Context, tx *store.Tx, p person.Partnership, study string, sources []consent.ID) (Tally, error) {
	tally := make(Tally, len(sources))
	for _, id := range sources {
		tally[id] = map[string]int{}
	}
	err := tx.Each(ctx, func(row store.Row) error {
		var id consent.ID
		var theme string
		var n int
		err := row.Scan(&id, &theme, &n)
		if counts, offered := tally[id]; offered {
			counts[theme] = n
		}
		return err
	}, `SELECT contribution_id, theme_id, count(*) FROM coding_part
		WHERE partnership_id = $1 AND study_id = $2 AND n = 0 AND removed = 0 GROUP BY theme_id, contribution_id`, p, study)
	if err != nil {
		return nil, fmt.Errorf("counting codings: %w", err)
	}
	return tally, nil
}

// takeOffClosed looks at the passages in turns that are not wholly open, and takes off those that are closed.
func (t Tally) takeOffClosed(ctx context.Context, tx *store.Tx, p person.Partnership, study string, ruling consent.Ruling) error {
	gone := map[string]bool{} // codings, since one can have closed parts in several turns
	for some := range slices.Chunk(ruling.NotWhole(), turnsAtOnce) {
		args := []any{p, study}
		for _, id := range some {
			args = append(args, id)
		}
		err := tx.Each(ctx, func(row store.Row) error {
			var id consent.ID
			var coding, theme string
			var part Part
			if err := row.Scan(&id, &coding, &theme, &part.Turn, &part.Start, &part.End); err != nil {
				return err
			}
			if _, counted := t[id]; counted && !gone[coding] && !ruling.Span(part.Turn, part.Span) {
				gone[coding] = true
				t.takeOff(id, theme)
			}
			return nil
		}, `SELECT contribution_id, coding_id, theme_id, turn_id, start_at, end_at FROM coding_part
			WHERE partnership_id = $1 AND study_id = $2 AND removed = 0 AND turn_id IN `+store.In(3, len(some)), args...)
		if err != nil {
			return fmt.Errorf("looking for closed codings: %w", err)
		}
	}
	return nil
}

// takeOff counts one passage less. A count of nothing is left out.
func (t Tally) takeOff(id consent.ID, theme string) {
	if t[id][theme]--; t[id][theme] <= 0 {
		delete(t[id], theme)
	}
}

// turnsAtOnce is how many turns one query asks about: well under both engines' limits on arguments.
const turnsAtOnce = 500
