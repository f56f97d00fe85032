package matrix

import (
	"slices"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// exportForm is what somebody asks for: which file, and what for.
type exportForm struct {
	What    string `form:"what"`
	Purpose string `form:"purpose" max:"500"`
}

// longestPurpose is how many characters a purpose can have.
const longestPurpose = 500

// exportPage makes a file of the charts.
type exportPage struct {
	Title   look.Title
	Nav     []look.Link
	Check   look.Check
	Action  string
	What    look.Choice
	Purpose look.Field
	Seen    look.Note
	Make    look.Button
	List    look.Link
}

func (r *Room) showExport(q *web.Request) (web.Answer, error) {
	p, err := r.exportPage(q, exportForm{}, nil)
	if err != nil {
		return nil, err
	}
	return q.Show("export", p), nil
}

func (r *Room) exportAgain(q *web.Request, in exportForm, problem *fault.Error) (web.Answer, error) {
	p, err := r.exportPage(q, in, problem)
	if err != nil {
		return nil, err
	}
	return q.Again("export", p), nil
}

func (r *Room) exportPage(q *web.Request, in exportForm, problem *fault.Error) (exportPage, error) {
	n, err := r.look(q)
	if err != nil {
		return exportPage{}, err
	}
	t, id := q.Words.T, n.w.Study.ID
	p := exportPage{Title: look.Title{Text: t("matrix.export_heading"), Lead: t("matrix.export_lead")}, Nav: n.nav(), Action: at(id, "export"),
		What: look.Choice{Name: "what", Legend: t("matrix.export_what")}, Seen: look.Note{Text: t("matrix.export_seen")},
		Purpose: look.Field{Name: "purpose", Label: t("matrix.export_purpose"), Hint: t("matrix.export_purpose_hint"), WhoTitle: t("matrix.who_title"),
			Who: t("matrix.export_who"), Rows: 2, Max: longestPurpose, Left: t("matrix.left"), Over: t("matrix.over"), Value: in.Purpose, Required: true},
		Make: look.Button{Text: t("matrix.export_make")}, List: look.Link{Href: "/releases/" + id, Text: t("matrix.releases_link")}}
	for _, what := range []string{ChartsXLSX, ChartsCSV, ChartsPrint} {
		p.What.Options = append(p.What.Options, look.Option{Value: what, Label: t("matrix.file_" + what), Hint: t("matrix.hint_" + what), Chosen: in.What == what})
	}
	if problem != nil {
		p.Purpose.Problem = t(problem.Say, "max", longestPurpose)
		p.Check = look.Check{Title: t("matrix.check"), Items: []look.CheckItem{{Href: "#purpose", Text: p.Purpose.Problem}}}
	}
	return p, nil
}

// releasesPage lists the files that left. One that holds a part that was taken back since says so and what
// to do, never whose it is.
type releasesPage struct {
	Title look.Title
	Nav   []look.Link
	Cards []look.Card
	Empty look.Empty
}

func (r *Room) showReleases(q *web.Request) (web.Answer, error) {
	ctx, t, study := q.Context(), q.Words.T, q.Path("study")
	list, err := r.Releases(ctx, q.Viewer, study)
	if err != nil {
		return nil, err
	}
	var names map[person.ID]string
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	kept, err := r.checkable(ctx, q.Viewer)
	if err != nil {
		return nil, err
	}
	p := releasesPage{Title: look.Title{Text: t("matrix.releases_heading"), Lead: t("matrix.releases_lead")},
		Nav: []look.Link{{Href: at(study), Text: t("matrix.nav_whole")}, {Href: at(study, "export"), Text: t("matrix.nav_export")}}}
	for _, rel := range list {
		card := look.Card{Title: look.Link{Text: rel.What}, Text: rel.Purpose, Meta: t("matrix.by", "name", names[rel.By], "date", q.Words.When(rel.At))}
		if rel.Lost {
			card.Tags = []look.Tag{{Text: t("matrix.release_lost"), Kind: look.Closed}}
			card.Text += " " + t("matrix.release_lost_text")
		}
		if slices.ContainsFunc(kept, func(c checked) bool { return c.ID == rel.ID }) {
			card.Links = []look.Link{{Href: checkAt(rel.ID), Text: t("matrix.check_link")}}
		}
		p.Cards = append(p.Cards, card)
	}
	if len(list) == 0 {
		p.Empty = look.Empty{Title: t("matrix.releases_none"), Text: t("matrix.releases_none_text")}
	}
	return q.Show("releases", p), nil
}
