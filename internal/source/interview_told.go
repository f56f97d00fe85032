package source

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"footing/internal/agreement"
	"footing/internal/consent"
	"footing/internal/fault"
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

// untold lists the parts of a source whose speaker is not known to have been told; where nothing is told here, none.
func (r *Room) untold(k kept) []Part {
	if r.limits == nil {
		return nil
	}
	parts := slices.DeleteFunc(slices.Clone(k.parts), func(p Part) bool { _, taken := k.withdrawn(p); return taken })
	return untold(k.Kind, parts, k.told)
}

// toldText says which version the speaker of a part was told, and how; nothing where that is not known.
func toldText(q *web.Request, k kept, part Part) string {
	for _, i := range k.told {
		if i.Speaker == part.Speaker && !i.Shown.IsZero() {
			return q.Words.T("source.part_told", "version", i.Version, "how", q.Words.T("source.told_way_"+i.Way))
		}
	}
	return ""
}

// untoldNote says on the page of a source what is missing, and for whom.
func (r *Room) untoldNote(q *web.Request, k kept) look.Note {
	parts, t := r.untold(k), q.Words.T
	if len(parts) == 0 {
		return look.Note{}
	}
	n := look.Note{Title: t("source.untold_title"), Text: t("source.untold")}
	for _, p := range parts {
		i := slices.IndexFunc(k.parts, func(o Part) bool { return o.Speaker == p.Speaker })
		n.Links = append(n.Links, look.Link{Href: fmt.Sprintf("/source/%s/told/%s", k.ID, p.Speaker), Text: t("source.untold_link", "name", partName(q, k, i))})
	}
	return n
}

// versionChoice asks which version of the limits it was.
func versionChoice(q *web.Request, list []agreement.Told, chosen string) look.Choice {
	t := q.Words.T
	c := look.Choice{Name: "limits", Legend: t("source.told_version"), Hint: t("source.told_version_hint")}
	for i, v := range list {
		n := strconv.FormatInt(v.Version, 10)
		key := "source.told_version_before"
		if i == 0 {
			key = "source.told_version_now"
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

// tellable returns the part of an interview that the request is about.
func (r *Room) tellable(q *web.Request) (kept, Part, []agreement.Told, error) {
	k, err := r.keeps(q)
	if err != nil {
		return k, Part{}, nil, err
	}
	part, err := k.part(consent.ID(q.Path("speaker")))
	if _, taken := k.withdrawn(part); err == nil && (taken || part.Gone || k.Kind != consent.Interview || part.Role == consent.Interviewer || r.limits == nil) {
		err = fault.Missing
	}
	if err != nil {
		return k, part, nil, err
	}
	list, err := r.toldList(q)
	return k, part, list, err
}

func newToldPage(q *web.Request, k kept, part Part, list []agreement.Told, f toldForm, problem error) toldPage {
	t := q.Words.T
	name := partName(q, k, slices.IndexFunc(k.parts, func(p Part) bool { return p.Speaker == part.Speaker }))
	p := toldPage{Title: look.Title{Text: t("source.told_heading"), Lead: t("source.told_lead", "name", name)}, Note: look.Note{Text: t("source.told_note")},
		Action: fmt.Sprintf("/source/%s/told/%s", k.ID, part.Speaker), Way: *wayChoice(q), Version: versionChoice(q, list, f.Version),
		Acts: []look.Button{{Text: t("source.save")}, {Text: t("source.leave_as_is"), Look: look.Second, Href: "/source/" + string(k.ID)}}}
	for i, o := range p.Way.Options {
		p.Way.Options[i].Chosen = o.Value == f.Way
	}
	if problem != nil {
		at := "#limits"
		if p.Version.Problem = say(q, problem); errors.Is(problem, errToldHow) {
			at, p.Way.Problem, p.Version.Problem = "#way", p.Version.Problem, ""
		}
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: at, Text: say(q, problem)}}}
	}
	return p
}

func (r *Room) showTold(q *web.Request) (web.Answer, error) {
	k, part, list, err := r.tellable(q)
	if err != nil {
		return nil, err
	}
	return q.Show("told", newToldPage(q, k, part, list, toldForm{}, nil)), nil
}

// saveTold writes down, in the keeper's name, how somebody was told before an interview, and which version.
func (r *Room) saveTold(q *web.Request) (web.Answer, error) {
	k, part, list, err := r.tellable(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[toldForm](q)
	if err != nil {
		return nil, err
	}
	i, err := r.toldOf(q, k, part, list, f, "")
	if fault.KindOf(err) == fault.Invalid && err != nil && !q.WantsData() {
		return q.Again("told", newToldPage(q, k, part, list, f, err)), nil
	}
	if err == nil {
		err = r.db.Write(q.Context(), func(tx *store.Tx) error { return r.sources.told(q.Context(), tx, q.Partnership(), i) })
	}
	return web.GoSaying("/source/"+string(k.ID), "source.told_saved"), err
}

// toldOf is what the keeper writes down of a part, under a version of the sheet if that is known.
func (r *Room) toldOf(q *web.Request, k kept, part Part, list []agreement.Told, f toldForm, sheet string) (Interview, error) {
	i := Interview{ID: store.RandomID(), Study: k.Study, Asker: q.Viewer.ID, Person: part.Person, Made: q.Now(), Sheet: sheet, Begun: q.Now(), Source: k.ID, Speaker: part.Speaker}
	version, err := versionOf(list, f.Version)
	if err != nil {
		return i, err
	}
	return i.Show(version, f.Way, q.Viewer.ID, q.Now())
}

// limitsChoice asks, beside the terms of somebody in an interview, which version of the limits she was read or given
// before it began. It is not asked where it is known.
func (r *Room) limitsChoice(q *web.Request, k kept, part Part, chosen string) (*look.Choice, error) {
	if !slices.ContainsFunc(r.untold(k), func(p Part) bool { return p.Speaker == part.Speaker }) {
		return nil, nil
	}
	list, err := r.toldList(q)
	c := versionChoice(q, list, chosen)
	return &c, err
}

// toldWithTerms is what was written down of that beside terms, in the way in which they were given; nil when nothing
// was.
func (r *Room) toldWithTerms(q *web.Request, k kept, part Part, a Answers) (*Interview, error) {
	if a.Limits == "" || r.limits == nil || k.Kind != consent.Interview {
		return nil, nil
	}
	list, err := r.toldList(q)
	if err != nil {
		return nil, err
	}
	i, err := r.toldOf(q, k, part, list, toldForm{a.Way, a.Limits}, a.Sheet)
	return &i, err
}

// warnUntold says of a file that was just kept that it cannot be offered yet, for whoever brings it in by a command.
func (r *Room) warnUntold(q *web.Request, f *received) error {
	k, err := r.load(q.Context(), q.Viewer, f.Source)
	if err == nil && len(r.untold(k)) > 0 {
		f.Warnings = append(f.Warnings, q.Words.T("source.untold_file"))
	}
	return err
}
