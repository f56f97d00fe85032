package sharing

import (
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
)

// shownUses are the kinds of thing that can rest on somebody's words, as far as she is told of them, in
// the order in which they are made: a sentence in a chart, a file that left.
var shownUses = []string{"point", "release"}

// restingOn tells her what was made of her words elsewhere, one line for each kind with how many there
// are (R45). What was written and by whom stays where it is.
func (r *Room) restingOn(q *web.Request, m mine) ([]string, error) {
	seen := map[consent.Ref]bool{}
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		direct, err := r.gate.UsesOfTurns(q.Context(), tx, q.Partnership(), m.turns()...)
		if err != nil {
			return err
		}
		for _, ref := range direct {
			seen[ref] = true
			above, err := r.gate.UsedIn(q.Context(), tx, q.Partnership(), ref)
			if err != nil {
				return err
			}
			for _, up := range above {
				seen[up] = true
			}
		}
		return nil
	})
	count := map[string]int{}
	for ref := range seen {
		count[ref.Kind]++
	}
	var lines []string
	for _, kind := range shownUses {
		if n := count[kind]; n > 0 {
			lines = append(lines, q.Words.T("sharing.uses_"+kind, "count", n))
		}
	}
	return lines, err
}
