package coding

import (
	"errors"
	"strconv"

	"footing/internal/refi"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// editPage is a theme being written or changed.
type editPage struct {
	Check   look.Check
	Title   look.Title
	Action  string
	Based   int64 // the version of the definition that is being changed
	Other   bool  // of Other only the meaning can be changed
	Name    look.Field
	Parent  look.Select
	Fields  []look.Field
	Acts    []look.Button
	Retire  look.Button
	History []pastDefinition
	Past    string
	Latest  *pastDefinition // somebody else's newer version, beside what was typed
	Newer   string
}

// pastDefinition is one earlier version.
type pastDefinition struct {
	Heading string
	Meaning look.Summary
}

// editForm is what the page sends.
type editForm struct {
	Based      int    `form:"based"`
	Name       string `form:"name" max:"120"`
	Parent     string `form:"parent"`
	Definition string `form:"definition" max:"4000"`
	UseWhen    string `form:"use_when" max:"2000"`
	NotWhen    string `form:"not_when" max:"2000"`
	Example    string `form:"example" max:"2000"`
	Source     string `form:"origin" max:"500"`
}

func (f editForm) theme() NewTheme {
	return NewTheme{Name: f.Name, Parent: f.Parent,
		Entry: refi.Entry{Definition: f.Definition, UseWhen: f.UseWhen, NotWhen: f.NotWhen, Example: f.Example, Source: f.Source}}
}

func formOf(t Theme, d Definition) editForm {
	return editForm{Based: int(d.Version), Name: t.Name, Parent: t.Parent, Definition: d.Definition, UseWhen: d.UseWhen,
		NotWhen: d.NotWhen, Example: d.Example, Source: d.Source}
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	f, err := r.frameOf(q)
	if err != nil {
		return nil, err
	}
	return q.Show("edit", newEditPage(q, f, Theme{}, editForm{Parent: q.Query("parent")}, nil, "")), nil
}

func (r *Room) addTheme(q *web.Request) (web.Answer, error) {
	form, err := web.Parse[editForm](q)
	if err == nil {
		_, err = r.AddTheme(q.Context(), q.Viewer, q.Path("study"), form.theme())
	}
	if isInvalid(err) {
		return r.editAgain(q, Theme{}, form, err)
	}
	return web.GoSaying("/frame/"+q.Path("study"), "coding.theme_added"), err
}

func (r *Room) showEdit(q *web.Request) (web.Answer, error) {
	f, err := r.frameOf(q)
	if err != nil {
		return nil, err
	}
	t, err := f.find(q.Path("theme"))
	if err != nil {
		return nil, err
	}
	history, err := r.History(q.Context(), q.Viewer, f.Study, t.ID)
	if err != nil {
		return nil, err
	}
	return q.Show("edit", newEditPage(q, f, t, formOf(t, newest(history)), history, "")), nil
}

func (r *Room) editTheme(q *web.Request) (web.Answer, error) {
	study, id := q.Path("study"), q.Path("theme")
	form, err := web.Parse[editForm](q)
	if err == nil {
		err = r.EditTheme(q.Context(), q.Viewer, study, id, form.theme(), int64(form.Based))
	}
	if isInvalid(err) || errors.Is(err, errNewer) {
		return r.editAgain(q, Theme{ID: id}, form, err)
	}
	return web.GoSaying(themePath(study, id), "coding.theme_saved"), err
}

// editAgain shows what was typed once more. When somebody else saved meanwhile, her version stands above
// it, and saving again goes over that one knowingly.
func (r *Room) editAgain(q *web.Request, t Theme, form editForm, problem error) (web.Answer, error) {
	f, err := r.frameOf(q)
	if err != nil {
		return nil, err
	}
	if !errors.Is(problem, errNewer) {
		return q.Again("edit", newEditPage(q, f, t, form, nil, say(q, problem))), nil
	}
	history, err := r.History(q.Context(), q.Viewer, f.Study, t.ID)
	if err != nil {
		return nil, err
	}
	form.Based = int(newest(history).Version)
	p := newEditPage(q, f, t, form, nil, say(q, problem))
	p.Latest = &pastDefinition{q.Words.T("coding.newest"), meaning(q, newest(history))}
	return q.Again("edit", p), nil
}

type retireForm struct {
	Back bool `form:"back"`
}

func (r *Room) retire(q *web.Request) (web.Answer, error) {
	form, err := web.Parse[retireForm](q)
	if err != nil {
		return nil, err
	}
	said := "coding.theme_retired"
	if form.Back {
		said = "coding.theme_back"
	}
	study := q.Path("study")
	return web.GoSaying("/frame/"+study, said), r.Retire(q.Context(), q.Viewer, study, q.Path("theme"), !form.Back)
}

// frameOf returns the frame of the study in the address, for one of its analysts.
func (r *Room) frameOf(q *web.Request) (f Frame, err error) {
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		if _, err := r.studies.For(q.Context(), tx, q.Viewer, q.Path("study")); err != nil {
			return err
		}
		f, err = r.Frame(q.Context(), tx, q.Partnership(), q.Path("study"))
		return err
	})
	return f, err
}

func newEditPage(q *web.Request, f Frame, theme Theme, form editForm, history []Definition, problem string) editPage {
	t := q.Words.T
	p := editPage{Title: look.Title{Text: t("coding.theme_new"), Lead: t("coding.theme_lead")}, Action: "/frame/" + f.Study + "/new",
		Based: int64(form.Based), Other: theme.ID == Other, Past: t("coding.history"),
		Acts: []look.Button{{Text: t("coding.save")}, {Text: t("coding.cancel"), Look: look.Second, Href: "/frame/" + f.Study}}}
	if theme.ID != "" {
		p.Title.Text, p.Action = t("coding.theme_change"), "/frame/"+f.Study+"/"+theme.ID
		if theme.ID != Other {
			p.Retire = retireButton(q, theme, p.Action)
		}
	}
	p.Name = look.Field{Name: "name", Label: t("coding.name"), Hint: t("coding.name_hint"), Value: form.Name, Required: true}
	p.Parent = look.Select{Name: "parent", Label: t("coding.parent"), Options: []look.Option{{Label: t("coding.parent_none")}}}
	for _, top := range f.InUse() {
		if top.Parent == "" && top.ID != Other && top.ID != theme.ID {
			p.Parent.Options = append(p.Parent.Options, look.Option{Value: top.ID, Label: top.Name, Chosen: top.ID == form.Parent})
		}
	}
	field := func(name, value string, rows, limit int) {
		p.Fields = append(p.Fields, look.Field{Name: name, Label: t("coding." + name), Hint: t("coding." + name + "_hint"), Value: value,
			Rows: rows, Max: limit, Left: t("coding.left"), Over: t("coding.over"), WhoTitle: t("coding.who_title"), Who: t("coding.who")})
	}
	field("definition", form.Definition, 4, 4000)
	field("use_when", form.UseWhen, 3, 2000)
	field("not_when", form.NotWhen, 3, 2000)
	field("example", form.Example, 3, 2000)
	field("origin", form.Source, 1, 500)
	for _, d := range history {
		p.History = append(p.History, pastDefinition{t("coding.version", "n", d.Version, "when", q.Words.Date(d.At)), meaning(q, d)})
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#name", Text: problem}}}
		p.Name.Problem = problem
	}
	return p
}

func retireButton(q *web.Request, theme Theme, action string) look.Button {
	b := look.Button{Text: q.Words.T("coding.retire"), Look: look.Second, Action: action + "/retire"}
	if !theme.Retired.IsZero() {
		b.Text, b.Name, b.Value = q.Words.T("coding.bring_back"), "back", strconv.Itoa(1)
	}
	return b
}
