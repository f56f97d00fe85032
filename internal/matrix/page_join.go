package matrix

import (
	"slices"

	"footing/internal/consent"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// joinPage asks a member whether what she gave to a study may be read side by side, as one person's. It
// says what follows from yes; without an answer it is no.
type joinPage struct {
	Title   look.Title
	Studies []joinStudy
	None    string
	Back    look.Link
}

type joinStudy struct {
	ID     string
	Choice look.Choice
	Save   look.Button
}

func (r *Room) showJoin(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	p := joinPage{Title: look.Title{Text: t("matrix.join_heading"), Lead: t("matrix.join_lead")}, None: t("matrix.join_none"),
		Back: look.Link{Href: "/share", Text: t("matrix.join_back")}}
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		running, err := r.Studies.Running(ctx, tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, s := range running {
			given, err := r.gave(q, tx, s.ID)
			if err != nil {
				return err
			}
			yes, err := scope{q.Partnership(), s.ID}.joined(ctx, tx, q.Viewer.ID)
			if err != nil {
				return err
			}
			if given || yes {
				p.Studies = append(p.Studies, joinStudy{s.ID, look.Choice{Name: "join", ID: "join-" + s.ID, Legend: t("matrix.join_legend", "question", s.Question),
					Hint: t("matrix.join_hint"), Row: true, Options: []look.Option{
						{Value: "no", Label: t("matrix.join_no"), Chosen: !yes}, {Value: "yes", Label: t("matrix.join_yes"), Chosen: yes}}},
					look.Button{Text: t("matrix.join_save"), Name: "study", Value: s.ID}})
			}
		}
		return nil
	})
	return q.Show("join", p), err
}

// gave reports whether words of hers are among a study's sources: whoever gave nothing is not asked.
func (r *Room) gave(q *web.Request, tx *store.Tx, study string) (bool, error) {
	list, err := r.Sources.List(q.Context(), tx, q.Partnership(), study)
	if err != nil {
		return false, err
	}
	for _, s := range list {
		parts, err := r.Sources.Parts(q.Context(), tx, q.Partnership(), s.ID)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(parts, func(p source.Part) bool { return p.Role == consent.Member && p.Person == q.Viewer.ID }) {
			return true, nil
		}
	}
	return false, nil
}

func (r *Room) saveJoin(q *web.Request) (web.Answer, error) {
	in, err := web.Parse[struct {
		Study string `form:"study"`
		Join  string `form:"join"`
	}](q)
	if err != nil {
		return nil, err
	}
	ctx := q.Context()
	err = r.DB.Write(ctx, func(tx *store.Tx) error {
		if _, err := r.Studies.Get(ctx, tx, q.Partnership(), in.Study); err != nil {
			return err
		}
		return r.Join(ctx, tx, q.Viewer, in.Study, in.Join == "yes")
	})
	if err != nil {
		return nil, err
	}
	return web.GoSaying("/side-by-side", "matrix.join_saved"), nil
}
