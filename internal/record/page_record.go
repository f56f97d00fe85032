package record

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// newest is how many public entries stand on the page. The file has all of them.
const newest = 50

// recordPage is the record in words.
type recordPage struct {
	Check    look.Check
	Result   look.Note
	Title    look.Title
	LineHead string
	Line     string
	LineWhy  string
	LineWhen string
	OldHead  string
	Old      look.Field
	Do       look.Button
	ActsHead string
	Acts     look.Summary
	NoActs   string
	WeekHead string
	WeekText string
	Weeks    look.Table
	NoWeeks  string
	FileText string
	File     look.Link
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	p, err := r.page(q)
	if err != nil {
		return nil, err
	}
	return q.Show("record", p), nil
}

func (r *Room) page(q *web.Request) (recordPage, error) {
	var log ledger.Page
	var names map[person.ID]string
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if log, err = ledger.Recent(q.Context(), tx, q.Partnership(), q.Now(), newest); err != nil {
			return err
		}
		names, err = r.Circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return recordPage{}, err
	}
	t := q.Words.T
	return recordPage{
		Title:    look.Title{Text: t("record.heading"), Lead: t("record.lead")},
		LineHead: t("record.line_heading"), Line: log.Checkpoint.String(), LineWhy: t("record.line_why"),
		LineWhen: t("record.line_when", "date", q.Words.Date(monday(q.Now()))),
		OldHead:  t("record.old_heading"), Do: look.Button{Text: t("record.old_check")},
		Old:      look.Field{Name: "line", Label: t("record.old_label"), Hint: t("record.old_hint"), Who: t("record.old_who"), WhoTitle: t("record.old_who_title"), Autocomplete: "off"},
		ActsHead: t("record.acts_heading"), Acts: look.Summary{Rows: days(q, names, log.Acts)}, NoActs: t("record.acts_none"),
		WeekHead: t("record.weeks_heading"), WeekText: t("record.weeks_text"), Weeks: weeks(q, log.Weeks), NoWeeks: t("record.weeks_none"),
		FileText: t("record.file_text"), File: look.Link{Href: "/record/file", Text: t("record.file_link")},
	}, nil
}

// monday returns when the running week began, as ledger.Recent counts weeks.
func monday(now time.Time) time.Time {
	now = now.UTC().Truncate(24 * time.Hour)
	return now.AddDate(0, 0, -(int(now.Weekday())+6)%7)
}

// days puts what was done on one day together.
func days(q *web.Request, names map[person.ID]string, acts []ledger.Act) []look.SummaryRow {
	var rows []look.SummaryRow
	for _, a := range acts {
		day := q.Words.Date(a.At)
		if len(rows) == 0 || rows[len(rows)-1].Term != day {
			rows = append(rows, look.SummaryRow{Term: day})
		}
		last := &rows[len(rows)-1]
		last.Values = append(last.Values, said(q.Words, names, a))
	}
	return rows
}

func weeks(q *web.Request, list []ledger.Week) look.Table {
	t := q.Words.T
	table := look.Table{Label: t("record.weeks_heading"), Head: []string{t("record.week"), t("record.week_changed"), t("record.week_taken")}, Numbers: true}
	for _, w := range list {
		table.Rows = append(table.Rows, []string{q.Words.Date(w.Monday), strconv.FormatInt(w.Terms, 10), strconv.FormatInt(w.Withdrawals, 10)})
	}
	return table
}

// check compares the record with a line that somebody kept.
func (r *Room) check(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[struct {
		Line string `form:"line" max:"200"`
	}](q)
	var result []string
	if err == nil {
		result, err = r.compare(q, f.Line)
	}
	problem, known := errors.AsType[*fault.Error](err)
	if err != nil && !known {
		return nil, err
	}
	p, err := r.page(q)
	if err != nil {
		return nil, err
	}
	p.Old.Value = f.Line
	if known {
		p.Old.Problem = q.Words.T(problem.Say, "max", 200)
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#line", Text: p.Old.Problem}}}
		return q.Again("record", p), nil
	}
	p.Result = look.Note{Title: result[0], Text: strings.Join(result[1:], " "), Said: true}
	return q.Show("record", p), nil
}

// compare checks the whole log against one line.
func (r *Room) compare(q *web.Request, line string) ([]string, error) {
	witness, err := ledger.ParseCheckpoint(line)
	if err != nil {
		return nil, err
	}
	if !r.checking.TryLock() {
		return nil, errBusy
	}
	defer r.checking.Unlock()
	var report ledger.Report
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		report, err = ledger.Verify(q.Context(), tx, q.Partnership(), []ledger.Checkpoint{witness}, nil)
		return err
	})
	return Report(q.Words, report, 1), err
}
