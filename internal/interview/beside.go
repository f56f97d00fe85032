package interview

import (
	"context"
	"strconv"

	"footing/internal/agreement"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// versionChoice asks which version of the limits it was.
func versionChoice(q *web.Request, list []agreement.Told, chosen string) look.Choice {
	t := q.Words.T
	c := look.Choice{Name: "limits", Legend: t("interview.told_version"), Hint: t("interview.told_version_hint")}
	for i, v := range list {
		n := strconv.FormatInt(v.Version, 10)
		key := "interview.told_version_before"
		if i == 0 {
			key = "interview.told_version_now"
		}
		c.Options = append(c.Options, look.Option{Value: n, Label: t(key, "version", n), Chosen: chosen == n})
	}
	return c
}

// versionOf returns the version that was chosen.
func versionOf(list []agreement.Told, chosen string) (int64, error) {
	for _, v := range list {
		if strconv.FormatInt(v.Version, 10) == chosen {
			return v.Version, nil
		}
	}
	return 0, errToldWhat
}

// Beside asks, beside the terms of somebody in an interview that the viewer keeps, which version of the limits she was
// read or given before it began. What it returns beside the question writes down what was chosen, in the way in which
// the terms were given and in the transaction that keeps them. It writes nothing where nothing was chosen, and fails
// where that is no version.
func (r *Room) Beside(q *web.Request, study string, who person.ID, part consent.Part, how consent.How, chosen string) (look.Choice, func(context.Context, *store.Tx) error, error) {
	in := interviewed{part: part, study: study, who: who}
	var err error
	if in.list, err = r.Limits.LimitsTold(q); err != nil {
		return look.Choice{}, nil, err
	}
	return versionChoice(q, in.list, chosen), func(ctx context.Context, tx *store.Tx) error {
		if chosen == "" {
			return nil
		}
		i, err := in.told(q, toldForm{how.Way, chosen}, how.Sheet)
		if err != nil {
			return err
		}
		return r.tell(ctx, tx, q.Partnership(), i)
	}, nil
}

// HowTold says, by speaker, how those who speak in a record were told the limits before it began, and which version.
func (r *Room) HowTold(q *web.Request, record consent.ID) (map[consent.ID]string, error) {
	var list []Interview
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		list, err = r.Kept(q.Context(), tx, q.Partnership(), record)
		return err
	})
	said := map[consent.ID]string{}
	for _, i := range list {
		if said[i.Speaker] == "" && !i.Shown.IsZero() {
			said[i.Speaker] = q.Words.T("interview.how_told", "version", i.Version, "how", q.Words.T("interview.told_way_"+i.Way))
		}
	}
	return said, err
}
