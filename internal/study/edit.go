package study

import (
	"context"
	"errors"
	"strings"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// studyForm is a study as it was typed.
type studyForm struct {
	Question      string `form:"question"`
	ChosenBy      string `form:"chosen_by"`
	Sponsor       string `form:"sponsor"`
	Committee     string `form:"committee"`
	Reference     string `form:"reference"`
	NoApproval    string `form:"no_approval"`
	ApprovedDay   string `form:"approved-day"`
	ApprovedMonth string `form:"approved-month"`
	ApprovedYear  string `form:"approved-year"`
	BeginsDay     string `form:"begins-day"`
	BeginsMonth   string `form:"begins-month"`
	BeginsYear    string `form:"begins-year"`
	EndsDay       string `form:"ends-day"`
	EndsMonth     string `form:"ends-month"`
	EndsYear      string `form:"ends-year"`
	Retention     string `form:"retention"`
	Version       int64  `form:"version"`
}

var (
	errDate      = fault.New(fault.Invalid, "study.date")
	errRetention = fault.New(fault.Invalid, "study.retention_number")
)

func (f studyForm) approved() boxes { return boxes{f.ApprovedDay, f.ApprovedMonth, f.ApprovedYear} }
func (f studyForm) begins() boxes   { return boxes{f.BeginsDay, f.BeginsMonth, f.BeginsYear} }
func (f studyForm) ends() boxes     { return boxes{f.EndsDay, f.EndsMonth, f.EndsYear} }

func formOf(s Study) studyForm {
	a, b, e := boxesOf(s.Approved), boxesOf(s.Begins), boxesOf(lastDay(s.Ends))
	return studyForm{
		Question: s.Question, ChosenBy: s.ChosenBy, Sponsor: s.Sponsor, Committee: s.Committee, Reference: s.Reference, NoApproval: s.NoApproval,
		ApprovedDay: a.Day, ApprovedMonth: a.Month, ApprovedYear: a.Year, BeginsDay: b.Day, BeginsMonth: b.Month, BeginsYear: b.Year,
		EndsDay: e.Day, EndsMonth: e.Month, EndsYear: e.Year, Retention: number(s.Retention), Version: s.Version,
	}
}

// over writes what was typed over a study. A day that was not changed keeps its hour. It returns the
// field that needs another look and why.
func (f studyForm) over(s Study, now time.Time) (Study, string, error) {
	s.Question, s.ChosenBy, s.Sponsor = strings.TrimSpace(f.Question), strings.TrimSpace(f.ChosenBy), strings.TrimSpace(f.Sponsor)
	s.Committee, s.Reference, s.NoApproval = strings.TrimSpace(f.Committee), strings.TrimSpace(f.Reference), strings.TrimSpace(f.NoApproval)
	s.Version = f.Version
	for _, d := range []struct {
		name  string
		typed boxes
		is    *time.Time
		last  bool // the day is the last one, and the study ends when it is over
	}{{"approved", f.approved(), &s.Approved, false}, {"begins", f.begins(), &s.Begins, false}, {"ends", f.ends(), &s.Ends, true}} {
		day, ok := d.typed.read()
		if !ok {
			return s, d.name, errDate
		}
		was := *d.is
		if d.last {
			was = lastDay(was)
		}
		if !was.IsZero() && boxesOf(was) == boxesOf(day) {
			continue
		}
		if d.last && !day.IsZero() {
			day = day.AddDate(0, 0, 1)
		}
		*d.is = day
	}
	if s.Begins.IsZero() {
		s.Begins = now
	}
	var err error
	if s.Retention, err = parseNumber(f.Retention); err != nil {
		return s, "retention", errRetention
	}
	err = s.Check()
	return s, fieldOf(err), err
}

func fieldOf(err error) string {
	switch {
	case errors.Is(err, ErrNoEnd):
		return "ends"
	case errors.Is(err, ErrTwoReasons):
		return "no_approval"
	}
	return "question"
}

// editPage asks everything about a study. What is added to one that exists stands under it.
type editPage struct {
	Check   look.Check
	Title   look.Title
	Action  string
	Version int64
	Newer   look.Newer
	Before  []look.Field
	Dates   []look.Dated
	After   []look.Field
	Save    []look.Button
	More    *more
}

func newEditPage(q *web.Request, f studyForm, action string) editPage {
	t := q.Words.T
	line := func(name, value string) look.Field {
		return look.Field{Name: name, Label: t("study.ask_" + name), Hint: t("study.ask_" + name + "_hint"), Value: value, Autocomplete: "off"}
	}
	question := line("question", f.Question)
	question.WhoTitle, question.Who, question.Required = t("study.who_title"), t("study.who_sees"), true
	retention := line("retention", f.Retention)
	retention.Short, retention.InputMode = true, "numeric"
	return editPage{
		Title: look.Title{Text: t("study.edit_heading"), Lead: t("study.edit_lead")}, Action: action, Version: f.Version,
		Before: []look.Field{question, line("chosen_by", f.ChosenBy), line("sponsor", f.Sponsor), line("committee", f.Committee), line("reference", f.Reference)},
		Dates: []look.Dated{f.approved().ask(q, "approved", "study.ask_approved", "study.ask_approved_hint"),
			f.begins().ask(q, "begins", "study.ask_begins", "study.ask_begins_hint"), f.ends().ask(q, "ends", "study.ask_ends", "study.ask_ends_hint")},
		After: []look.Field{line("no_approval", f.NoApproval), retention},
		Save:  []look.Button{{Text: t("study.save")}},
	}
}

// wrong puts a problem beside the field it is about.
func (p editPage) wrong(q *web.Request, field string, err error) editPage {
	say := circle.Say(q, err)
	p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + field, Text: say}}}
	for _, fields := range [][]look.Field{p.Before, p.After} {
		for i := range fields {
			if fields[i].Name == field {
				fields[i].Problem = say
			}
		}
	}
	for i := range p.Dates {
		if p.Dates[i].Name == field {
			p.Dates[i].Problem = say
		}
	}
	return p
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	return q.Show("edit", newEditPage(q, studyForm{}, "/studies/new")), nil
}

// add keeps a new study.
func (r *Room) add(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[studyForm](q)
	if err != nil {
		return nil, err
	}
	s, field, err := f.over(Study{}, q.Now())
	if err != nil {
		return q.Again("edit", newEditPage(q, f, "/studies/new").wrong(q, field, err)), nil
	}
	err = r.act(q, circle.Act{What: circle.NewStudy}, func(ctx context.Context, tx *store.Tx) error {
		if err := r.Studies.MayBegin(ctx, tx, q.Partnership()); err != nil {
			return err
		}
		s.ID, err = r.Studies.Add(ctx, tx, q.Partnership(), s)
		return err
	})
	if errors.Is(err, ErrNotAgreed) {
		return q.Again("edit", newEditPage(q, f, "/studies/new").wrong(q, "question", err)), nil
	}
	return web.GoSaying("/studies/"+s.ID, "study.saved"), err
}

func (r *Room) showEdit(q *web.Request) (web.Answer, error) {
	p, err := r.editPage(q)
	return q.Show("edit", p), err
}

func (r *Room) editPage(q *web.Request) (editPage, error) {
	s, err := r.load(q)
	if err != nil {
		return editPage{}, err
	}
	p := newEditPage(q, formOf(s), "/studies/"+s.ID+"/edit")
	p.More, err = r.more(q, s)
	return p, err
}

// edit changes what is written about a study.
func (r *Room) edit(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[studyForm](q)
	if err != nil {
		return nil, err
	}
	was, err := r.load(q)
	if err != nil {
		return nil, err
	}
	s, field, err := f.over(was, q.Now())
	if err == nil {
		err = r.act(q, circle.Act{What: circle.EditStudy}, func(ctx context.Context, tx *store.Tx) error {
			return r.Studies.Save(ctx, tx, q.Partnership(), s)
		})
		if err != nil && fault.KindOf(err) == fault.Conflict {
			return r.editNewer(q, f)
		}
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		p := newEditPage(q, f, "/studies/"+was.ID+"/edit").wrong(q, field, err)
		p.More, err = r.more(q, was)
		return q.Again("edit", p), err
	}
	return web.GoSaying("/studies/"+q.Path("study"), "study.saved"), err
}

// editNewer shows what was typed below what the study says by now, where the two differ.
func (r *Room) editNewer(q *web.Request, f studyForm) (web.Answer, error) {
	now, err := r.load(q)
	if err != nil {
		return nil, err
	}
	f.Version = now.Version
	p, is := newEditPage(q, f, "/studies/"+now.ID+"/edit"), newEditPage(q, formOf(now), "")
	var rows []look.SummaryRow
	differ := func(label, now, typed string) {
		if now != typed {
			rows = append(rows, look.SummaryRow{Term: label, Value: now})
		}
	}
	for i, field := range is.Before {
		differ(field.Label, field.Value, p.Before[i].Value)
	}
	for i, d := range is.Dates {
		differ(d.Legend, boxes{d.Day, d.Month, d.Year}.String(), boxes{p.Dates[i].Day, p.Dates[i].Month, p.Dates[i].Year}.String())
	}
	for i, field := range is.After {
		differ(field.Label, field.Value, p.After[i].Value)
	}
	p.Newer = q.Newer("", rows...)
	p.More, err = r.more(q, now)
	return q.Again("edit", p), err
}

// end ends the study now: nothing is read for it any more.
func (r *Room) end(q *web.Request) (web.Answer, error) {
	err := r.act(q, circle.Act{What: circle.EndedStudy}, func(ctx context.Context, tx *store.Tx) error {
		s, err := r.Studies.Get(ctx, tx, q.Partnership(), q.Path("study"))
		if err != nil {
			return err
		}
		return r.Studies.Save(ctx, tx, q.Partnership(), s.EndedAt(q.Now()))
	})
	return web.GoSaying("/studies/"+q.Path("study"), "study.saved"), err
}
