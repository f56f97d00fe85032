package interview

import (
	"errors"
	"fmt"

	"footing/internal/agreement"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// toldPage asks the keeper of an interview how somebody was told the limits before it began, and which version.
type toldPage struct {
	Check   look.Check
	Title   look.Title
	Note    look.Note
	Action  string
	Way     look.Choice
	Version look.Choice
	Acts    []look.Button
}

type toldForm struct {
	Way     string `form:"way"`
	Version string `form:"limits"`
}

// interviewed is somebody's part of a record that was an interview, with every version that she can have been told.
type interviewed struct {
	part  consent.Part
	study string
	who   person.ID
	name  string
	list  []agreement.Told
}

// interviewed returns the part that the request is about.
func (r *Room) interviewed(q *web.Request) (interviewed, error) {
	i := interviewed{part: consent.Part{Contribution: consent.ID(q.Path("source")), Speaker: consent.ID(q.Path("speaker"))}}
	var err error
	if i.study, i.who, i.name, err = r.Records.Interviewed(q, i.part); err == nil {
		i.list, err = r.Limits.LimitsTold(q)
	}
	return i, err
}

func newToldPage(q *web.Request, in interviewed, f toldForm, problem error) toldPage {
	t, record := q.Words.T, "/source/"+string(in.part.Contribution)
	p := toldPage{Title: look.Title{Text: t("interview.told_heading"), Lead: t("interview.told_lead", "name", in.name)}, Note: look.Note{Text: t("interview.told_note")},
		Action: fmt.Sprintf("%s/told/%s", record, in.part.Speaker), Way: *wayChoice(q), Version: versionChoice(q, in.list, f.Version),
		Acts: []look.Button{{Text: t("interview.save")}, {Text: t("interview.leave_as_is"), Look: look.Second, Href: record}}}
	for i, o := range p.Way.Options {
		p.Way.Options[i].Chosen = o.Value == f.Way
	}
	if problem != nil {
		at := "#limits"
		if p.Version.Problem = circle.Say(q, problem); errors.Is(problem, errToldHow) {
			at, p.Way.Problem, p.Version.Problem = "#way", p.Version.Problem, ""
		}
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: circle.Say(q, problem)}}}
	}
	return p
}

func (r *Room) showTold(q *web.Request) (web.Answer, error) {
	in, err := r.interviewed(q)
	if err != nil {
		return nil, err
	}
	return q.Show("told", newToldPage(q, in, toldForm{}, nil)), nil
}

// saveTold writes down, in the keeper's name, how somebody was told before an interview, and which version.
func (r *Room) saveTold(q *web.Request) (web.Answer, error) {
	in, err := r.interviewed(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[toldForm](q)
	if err != nil {
		return nil, err
	}
	i, err := in.told(q, f, "")
	if fault.KindOf(err) == fault.Invalid && err != nil && !q.WantsData() {
		return q.Again("told", newToldPage(q, in, f, err)), nil
	}
	if err == nil {
		err = r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.tell(q.Context(), tx, q.Partnership(), i) })
	}
	return web.GoSaying("/source/"+string(in.part.Contribution), "interview.told_saved"), err
}

// told is what the keeper writes down of a part, under a version of the sheet if that is known.
func (in interviewed) told(q *web.Request, f toldForm, sheet string) (Interview, error) {
	i := Interview{ID: store.RandomID(), Study: in.study, Asker: q.Viewer.ID, Person: in.who, Made: q.Now(), Sheet: sheet, Begun: q.Now(),
		Source: in.part.Contribution, Speaker: in.part.Speaker}
	version, err := versionOf(in.list, f.Version)
	if err != nil {
		return i, err
	}
	return i.Show(version, f.Way, q.Viewer.ID, q.Now())
}
