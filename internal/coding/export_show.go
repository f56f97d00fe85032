package coding

import (
	"context"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// exportPage makes files and lists those that left.
type exportPage struct {
	Check    look.Check
	Title    look.Title
	Seen     look.Note
	Action   string
	What     look.Choice
	Purpose  look.Field
	Acts     []look.Button
	Heading  string
	Releases []look.Card
	None     string
}

type exportForm struct {
	What    string `form:"what"`
	Purpose string `form:"purpose" max:"500"`
}

func (r *Room) showExport(q *web.Request) (web.Answer, error) {
	p, err := r.newExportPage(q, exportForm{}, nil)
	if err != nil {
		return nil, err
	}
	return q.Show("export", p), nil
}

func (r *Room) exportAgain(q *web.Request, form exportForm, problem error) (web.Answer, error) {
	p, err := r.newExportPage(q, form, problem)
	if err != nil {
		return nil, err
	}
	return q.Again("export", p), nil
}

func (r *Room) newExportPage(q *web.Request, form exportForm, problem error) (exportPage, error) {
	t, study := q.Words.T, q.Path("study")
	p := exportPage{Title: look.Title{Text: t("coding.export_heading"), Lead: t("coding.export_lead")}, Seen: look.Note{Text: t("coding.export_seen")},
		Action: "/export/" + study, Heading: t("coding.releases"),
		What:    look.Choice{Name: "what", Legend: t("coding.what")},
		Purpose: look.Field{Name: "purpose", Label: t("coding.purpose"), Hint: t("coding.purpose_hint"), Value: form.Purpose, Rows: 2, Max: 500, Left: t("coding.left"), Over: t("coding.over"), Required: true, WhoTitle: t("coding.who_title"), Who: t("coding.export_who")},
		Acts:    []look.Button{{Text: t("coding.make_file")}}}
	for _, what := range Files {
		p.What.Options = append(p.What.Options, look.Option{Value: what, Label: t("coding.file_" + what), Hint: t("coding.file_" + what + "_hint"), Chosen: form.What == what})
	}
	if problem != nil {
		text := say(q, problem)
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#purpose", Text: text}}}
		p.Purpose.Problem = text
	}
	releases, err := r.Releases(q.Context(), q.Viewer, study)
	if err != nil {
		return p, err
	}
	names, err := r.names(q.Context(), q.Partnership())
	if err != nil {
		return p, err
	}
	for _, rel := range releases {
		p.Releases = append(p.Releases, releaseCard(q, rel, names[rel.By]))
	}
	if len(releases) == 0 {
		p.None = t("coding.releases_none")
	}
	return p, nil
}

// releaseCard names a file that left. One that holds words that were taken back since says so, and what
// to do, but not whose they are.
func releaseCard(q *web.Request, rel Release, by string) look.Card {
	card := look.Card{Title: look.Link{Text: q.Words.T("coding.file_" + rel.What)}, Text: rel.Purpose,
		Meta: q.Words.T("coding.released", "name", by, "when", q.Words.When(rel.At))}
	if !rel.Since.IsZero() {
		card.Tags = []look.Tag{{Text: q.Words.T("coding.release_taken"), Kind: look.Closed}}
		card.Text += " " + q.Words.T("coding.release_taken_text", "when", q.Words.Date(rel.Since))
	}
	return card
}

func (r *Room) names(ctx context.Context, p person.Partnership) (names map[person.ID]string, err error) {
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		names, err = r.circle.Names(ctx, tx, p)
		return err
	})
	return names, err
}
