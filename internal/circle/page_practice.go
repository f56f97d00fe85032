package circle

import (
	"slices"
	"strings"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// practicePage gives one practice another name, or takes it off the list.
type practicePage struct {
	Check  look.Check
	Title  look.Title
	Action string
	Name   look.Field
	Acts   []look.Button
	Off    look.Note
	Drop   look.Button
}

func (r *Room) showPractice(q *web.Request) (web.Answer, error) {
	pr, err := r.practice(q)
	return q.Show("practice", newPracticePage(q, pr, pr.Name, nil)), err
}

// practice returns the practice of the path.
func (r *Room) practice(q *web.Request) (Practice, error) {
	var list []Practice
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		list, err = r.Circle.Practices(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return Practice{}, err
	}
	i := slices.IndexFunc(list, func(p Practice) bool { return p.ID == q.Path("practice") })
	if i < 0 {
		return Practice{}, fault.Missing
	}
	return list[i], nil
}

func newPracticePage(q *web.Request, pr Practice, name string, problem error) practicePage {
	t, at := q.Words.T, "/practices/"+pr.ID
	p := practicePage{Title: look.Title{Text: pr.Name}, Action: at,
		Name: look.Field{Name: "practice", Label: t("circle.practice_name"), Value: name, Autocomplete: "off"},
		Acts: []look.Button{{Text: t("circle.save")}}, Off: look.Note{Text: t("circle.practice_off_text")},
		Drop: look.Button{Text: t("circle.practice_off"), Look: look.Second}}
	if problem != nil {
		p.Name.Problem = Say(q, problem)
		p.Check = check(q, "practice", p.Name.Problem)
	}
	return p
}

// renamePractice gives a practice another name; what was shared with it stays as it is.
func (r *Room) renamePractice(q *web.Request) (web.Answer, error) {
	pr, err := r.practice(q)
	if err != nil {
		return nil, err
	}
	f, problem := web.Parse[newPracticeForm](q)
	if problem == nil && strings.TrimSpace(f.Name) == "" {
		problem = ErrNoName
	}
	if problem != nil {
		return q.Again("practice", newPracticePage(q, pr, f.Name, problem)), nil
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := r.Circle.RenamePractice(q.Context(), tx, q.Partnership(), pr.ID, f.Name); err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), Act{By: q.Viewer.ID, What: RenamedPractice})
	})
	return web.GoSaying("/settings", "circle.saved"), err
}

// dropPractice takes a practice off the list, while nobody is of it and nobody's answers speak of it.
func (r *Room) dropPractice(q *web.Request) (web.Answer, error) {
	pr, err := r.practice(q)
	if err != nil {
		return nil, err
	}
	err = r.DB.Write(q.Context(), func(tx *store.Tx) error {
		if err := r.Circle.DropPractice(q.Context(), tx, q.Partnership(), pr.ID); err != nil {
			return err
		}
		return r.Circle.Record(q.Context(), tx, q.Partnership(), Act{By: q.Viewer.ID, What: DroppedPractice})
	})
	if fault.KindOf(err) == fault.Invalid {
		return q.Again("practice", newPracticePage(q, pr, pr.Name, err)), nil
	}
	return web.GoSaying("/settings", "circle.saved"), err
}
