package agreement

import (
	"time"

	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Told is what people here cannot keep private, as one version of the agreement says it.
type Told struct {
	Version int64 // 0 while nothing of one's own was agreed
	Since   time.Time
	Rows    []look.SummaryRow
}

// LimitsTold lists it as each version said it that was ever agreed. The first is the one that counts now: it is what
// somebody is told before an interview; of one that was long ago, an earlier one may have been (R55).
func (r *Room) LimitsTold(q *web.Request) ([]Told, error) {
	var list []Told
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		all, err := listVersions(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		holds, err := r.holding(q.Context(), tx, q.Partnership(), all)
		list = append(list, told(q, holds))
		for _, v := range all {
			if v.N < holds.N && !v.Agreed.IsZero() {
				list = append(list, told(q, v))
			}
		}
		return err
	})
	return list, err
}

func told(q *web.Request, v Version) Told {
	return Told{v.N, v.Agreed, sayLimits(q, v.Rules.Limits).Summary.Rows}
}
