package power

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is the questions, with those before them.
type listPage struct {
	Title  look.Title
	Ask    []string
	Source string
	Change look.Button
	Say    look.Link
	Before string
	Old    []oldList
	Back   look.Link
}

type oldList struct {
	Heading string
	Ask     []string
	Source  string
}

func (r *Room) showList(q *web.Request) (web.Answer, error) {
	all, err := r.Lists(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	var names map[person.ID]string
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	t := q.Words.T
	source := func(l List) string { return t("power.list_source", "source", l.Source) }
	p := listPage{Title: look.Title{Text: t("power.list_heading"), Lead: t("power.list_lead")}, Ask: all[0].Ask, Source: source(all[0]), Before: t("power.list_before"),
		Change: look.Button{Text: t("power.list_change"), Href: "/decides/list/new", Look: look.Second}, Say: look.Link{Href: "/decides/new/" + string(Seen), Text: t("power.new_seen")},
		Back: look.Link{Href: "/decides", Text: t("power.back")}}
	for i, l := range all[1:] {
		newer := all[i]
		p.Old = append(p.Old, oldList{t("power.list_until", "date", q.Words.Date(newer.Made), "name", nameOr(q, names[newer.Writer])), l.Ask, source(l)})
	}
	return q.Show("list", p), err
}

// nameOr is somebody's name, or that she has left.
func nameOr(q *web.Request, name string) string {
	if name == "" {
		return q.Words.T("power.somebody")
	}
	return name
}

type listForm struct {
	Ask    string `form:"questions" max:"4000"`
	Source string `form:"source" max:"300"`
	Over   int64  `form:"over"`
}

// questions takes a text apart: one question a line.
func (f listForm) questions() Questions {
	lines := strings.Split(strings.ReplaceAll(f.Ask, "\r", ""), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return Questions{Ask: slices.DeleteFunc(lines, func(l string) bool { return l == "" }), Source: strings.TrimSpace(f.Source)}
}

func listForms(q *web.Request, f listForm) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("power.list_change"), Lead: t("power.list_change_lead")}, Action: "/decides/list/new", Asks: []look.Ask{
		look.Carry("over", strconv.FormatInt(f.Over, 10)),
		look.Write(look.Field{Name: "questions", Label: t("power.list_questions"), Hint: t("power.list_hint"), WhoTitle: t("power.who_title"), Who: t("power.list_who"), Value: f.Ask, Rows: 14, Autocomplete: "off"}),
		look.Write(look.Field{Name: "source", Label: t("power.list_whose"), Hint: t("power.list_whose_hint"), Value: f.Source, Autocomplete: "off"}),
	}, Acts: []look.Button{{Text: t("power.list_save")}}, Back: look.Link{Href: "/decides/list", Text: t("power.back_list")}}
}

func (r *Room) showWriteList(q *web.Request) (web.Answer, error) {
	all, err := r.Lists(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	return q.Show("form", listForms(q, all[0].form())), nil
}

// form is a version as it is changed.
func (l List) form() listForm { return listForm{strings.Join(l.Ask, "\n"), l.Source, l.N} }

func (r *Room) writeList(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[listForm](q)
	if err == nil {
		err = r.WriteList(q.Context(), q.Viewer, f.Over, f.questions())
	}
	if errors.Is(err, ErrNewer) {
		all, err := r.Lists(q.Context(), q.Viewer)
		if err != nil {
			return nil, err
		}
		f.Over = all[0].N
		p := listForms(q, f)
		p.Newer = q.Newer("", look.SummaryRow{Term: q.Words.T("power.list_questions"), Value: strings.Join(all[0].Ask, "\n")},
			look.SummaryRow{Term: q.Words.T("power.list_whose"), Value: all[0].Source})
		return q.Again("form", p), nil
	}
	if err != nil && again(err) {
		return q.Again("form", listForms(q, f).wrong(q, err)), nil
	}
	return web.GoSaying("/decides/list", "power.saved"), err
}
