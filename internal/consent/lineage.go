package consent

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Ref names something that was made from words: a point of a chart, a memo, a quote, a release. The
// kind belongs to the room that made it.
type Ref struct{ Kind, ID string }

// spanKind is the kind of a ref that names a passage itself. Every lineage ends in passages.
const spanKind = "span"

// SpanRef names a passage of a turn.
func SpanRef(turn ID, s Span) Ref {
	return Ref{spanKind, fmt.Sprintf("%s:%d:%d", turn, s.Start, s.End)}
}

// Passage returns the turn and place that a span's ref names.
func (r Ref) Passage() (turn ID, s Span, ok bool) {
	parts := strings.Split(r.ID, ":")
	if r.Kind != spanKind || len(parts) != 3 {
		return "", Span{}, false
	}
	start, err1 := strconv.Atoi(parts[1])
	end, err2 := strconv.Atoi(parts[2])
	return ID(parts[0]), Span{start, end}, err1 == nil && err2 == nil
}

// RestOn records what from is made of, in place of what was recorded before.
func (g *Gate) RestOn(ctx context.Context, tx *store.Tx, p person.Partnership, from Ref, to ...Ref) error {
	_, err := tx.Exec(ctx, `DELETE FROM consent_rests_on WHERE partnership_id = $1 AND from_kind = $2 AND from_id = $3`, p, from.Kind, from.ID)
	if err != nil {
		return err
	}
	for _, t := range to {
		_, err := tx.Exec(ctx, `INSERT INTO consent_rests_on (partnership_id, from_kind, from_id, to_kind, to_id)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, p, from.Kind, from.ID, t.Kind, t.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many ids one query asks about: well under both engines' limits on arguments.
const atOnce = 512

// Rests returns what each ref is directly made of.
func (g *Gate) Rests(ctx context.Context, tx *store.Tx, p person.Partnership, kind string, ids ...string) (map[string][]Ref, error) {
	rests := map[string][]Ref{}
	for len(ids) > 0 {
		n := min(atOnce, len(ids))
		args := []any{p, kind}
		for _, id := range ids[:n] {
			args = append(args, id)
		}
		err := tx.Each(ctx, func(r store.Row) error {
			var from string
			var to Ref
			err := r.Scan(&from, &to.Kind, &to.ID)
			rests[from] = append(rests[from], to)
			return err
		}, `SELECT from_id, to_kind, to_id FROM consent_rests_on WHERE partnership_id = $1 AND from_kind = $2
			AND from_id IN `+store.In(3, n)+` ORDER BY from_id, to_kind, to_id`, args...)
		if err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return rests, nil
}

// UsedIn lists everything that rests on something, however far away (R45).
func (g *Gate) UsedIn(ctx context.Context, tx *store.Tx, p person.Partnership, of Ref) ([]Ref, error) {
	return store.List(ctx, tx, func(r store.Row) (Ref, error) {
		var ref Ref
		err := r.Scan(&ref.Kind, &ref.ID)
		return ref, err
	}, `WITH RECURSIVE up (kind, id) AS (
			SELECT from_kind, from_id FROM consent_rests_on WHERE partnership_id = $1 AND to_kind = $2 AND to_id = $3
			UNION
			SELECT r.from_kind, r.from_id FROM consent_rests_on r JOIN up ON r.to_kind = up.kind AND r.to_id = up.id
			WHERE r.partnership_id = $1)
		SELECT kind, id FROM up ORDER BY kind, id`, p, of.Kind, of.ID)
}

// UsesOfTurns lists what rests directly on any passage of some turns.
func (g *Gate) UsesOfTurns(ctx context.Context, tx *store.Tx, p person.Partnership, turns ...ID) ([]Ref, error) {
	var all []Ref
	seen := map[Ref]bool{}
	for _, t := range turns {
		refs, err := store.List(ctx, tx, func(r store.Row) (Ref, error) {
			var ref Ref
			err := r.Scan(&ref.Kind, &ref.ID)
			return ref, err
		}, `SELECT DISTINCT from_kind, from_id FROM consent_rests_on
			WHERE partnership_id = $1 AND to_kind = $2 AND to_id >= $3 AND to_id < $4 ORDER BY from_kind, from_id`,
			p, spanKind, string(t)+":", string(t)+";")
		if err != nil {
			return nil, err
		}
		for _, r := range refs {
			if !seen[r] {
				seen[r] = true
				all = append(all, r)
			}
		}
	}
	return all, nil
}

// Standing reports for each ref whether everything it rests on is open under the ruling. A ref that
// rests on something unknown to the ruling, or on itself, does not stand.
func (g *Gate) Standing(ctx context.Context, tx *store.Tx, p person.Partnership, ruling Ruling, kind string, ids ...string) (map[string]bool, error) {
	grounds, err := g.grounds(ctx, tx, p, ruling, kind, ids, 0)
	stands := make(map[string]bool, len(grounds))
	for id, ground := range grounds {
		stands[id] = ground.stands
	}
	return stands, err
}

// A ground is what something rests on: the turns at the end of its lineage, and whether all is open.
type ground struct {
	stands bool
	turns  []ID
}

// deepest is how many steps a lineage may have, from a report's line to a passage.
const deepest = 12

func (g *Gate) grounds(ctx context.Context, tx *store.Tx, p person.Partnership, ruling Ruling, kind string, ids []string, depth int) (map[string]ground, error) {
	if depth > deepest {
		return nil, fault.New(fault.Internal, "consent.lineage_too_deep")
	}
	rests, err := g.Rests(ctx, tx, p, kind, ids...)
	if err != nil {
		return nil, err
	}
	below := map[string][]string{} // kind → ids
	for _, refs := range rests {
		for _, r := range refs {
			if r.Kind != spanKind {
				below[r.Kind] = append(below[r.Kind], r.ID)
			}
		}
	}
	under := map[Ref]ground{}
	for k, list := range below {
		found, err := g.grounds(ctx, tx, p, ruling, k, list, depth+1)
		if err != nil {
			return nil, err
		}
		for id, ground := range found {
			under[Ref{k, id}] = ground
		}
	}
	result := make(map[string]ground, len(ids))
	for _, id := range ids {
		all := ground{stands: true}
		for _, r := range rests[id] {
			one := under[r]
			if turn, s, ok := r.Passage(); ok {
				one = ground{ruling.Span(turn, s), []ID{turn}}
			}
			all.stands = all.stands && one.stands
			all.turns = append(all.turns, one.turns...)
		}
		result[id] = all
	}
	return result, nil
}
