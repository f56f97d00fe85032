package source

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// factsPage asks how a source came to be (R73). Every answer can be left out.
type factsPage struct {
	Check     look.Check
	Title     look.Title
	Action    string
	Newer     look.Newer
	Fields    []look.Field
	Recording look.Choice
	Minutes   look.Field
	Returned  look.Choice
	Limits    look.Choice
	Acts      []look.Button
}

// factsForm is what comes back from it.
type factsForm struct {
	Title     string `form:"title" max:"200"`
	Setting   string `form:"setting" max:"300"`
	Present   string `form:"present" max:"300"`
	Guide     string `form:"guide" max:"100"`
	Recording string `form:"recording"`
	Minutes   int    `form:"minutes"`
	Returned  string `form:"returned"`
	Limits    string `form:"limits"`
	From      string `form:"from"`
}

// facts returns what was typed, without answers that nobody was offered.
func (f factsForm) facts() Facts {
	yesOrNo := func(s string) string {
		if s == "yes" || s == "no" {
			return s
		}
		return ""
	}
	facts := Facts{Title: strings.TrimSpace(f.Title), Setting: strings.TrimSpace(f.Setting), Present: strings.TrimSpace(f.Present),
		Guide: strings.TrimSpace(f.Guide), Minutes: max(0, f.Minutes), Returned: yesOrNo(f.Returned), Limits: yesOrNo(f.Limits)}
	if slices.Contains(Recordings, f.Recording) {
		facts.Recording = f.Recording
	}
	return facts
}

// from names these facts, for a form that begins from them.
func (f Facts) from() string {
	return web.From(f.Title, f.Setting, f.Present, f.Guide, f.Recording, strconv.Itoa(f.Minutes), f.Returned, f.Limits)
}

// newFactsPage shows f in the boxes of a form that begins from now.
func newFactsPage(q *web.Request, k kept, now, f Facts, problem string) factsPage {
	t := q.Words.T
	field := func(name, value string) look.Field {
		return look.Field{Name: name, Label: t("source.facts_" + name), Hint: t("source.facts_" + name + "_hint"), Value: value, Autocomplete: "off"}
	}
	yesNo := func(name, value string) look.Choice {
		return look.Choice{Name: name, Legend: t("source.facts_" + name), Row: true,
			Options: options(value, look.Option{Value: "no", Label: t("source.no")}, look.Option{Value: "yes", Label: t("source.yes")})}
	}
	p := factsPage{
		Title:    look.Title{Text: t("source.facts_heading"), Lead: t("source.facts_lead")},
		Action:   "/source/" + string(k.ID) + "/facts",
		Newer:    look.Newer{From: now.from()},
		Fields:   []look.Field{field("title", f.Title), field("setting", f.Setting), field("present", f.Present), field("guide", f.Guide)},
		Minutes:  look.Field{Name: "minutes", Label: t("source.facts_minutes"), InputMode: "numeric", Short: true, Autocomplete: "off", Problem: problem},
		Returned: yesNo("returned", f.Returned), Limits: yesNo("limits", f.Limits),
		Recording: look.Choice{Name: "recording", Legend: t("source.facts_recording")},
		Acts:      []look.Button{{Text: t("source.save")}, {Text: t("source.leave_as_is"), Look: look.Second, Href: "/source/" + string(k.ID)}},
	}
	if f.Minutes > 0 {
		p.Minutes.Value = fmt.Sprint(f.Minutes)
	}
	for _, way := range Recordings {
		p.Recording.Options = append(p.Recording.Options, look.Option{Value: way, Label: t("source.recording_" + way), Chosen: way == f.Recording})
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#minutes", Text: problem}}}
	}
	return p
}

func (r *Room) showFacts(q *web.Request) (web.Answer, error) {
	k, f, err := r.factsOf(q)
	if err != nil {
		return nil, err
	}
	return q.Show("facts", newFactsPage(q, k, f, f, "")), nil
}

// factsOf returns a source that the viewer keeps with its facts. One without facts, such as an offered
// note, has no such page, nor has one of which everything is taken back.
func (r *Room) factsOf(q *web.Request) (kept, Facts, error) {
	k, err := r.keeps(q)
	if err != nil {
		return k, Facts{}, err
	}
	all, err := r.sources.FactsOf(q.Context(), q.Viewer, k.Source)
	if err != nil {
		return k, Facts{}, err
	}
	f, ok := all[k.ID]
	if !ok || k.shut() {
		return k, f, fault.Missing
	}
	return k, f, nil
}

func (r *Room) saveFacts(q *web.Request) (web.Answer, error) {
	k, now, err := r.factsOf(q)
	if err != nil {
		return nil, err
	}
	form, err := web.Parse[factsForm](q)
	if err != nil {
		return q.Again("facts", newFactsPage(q, k, now, form.facts(), say(q, err))), nil
	}
	if form.From != "" && form.From != now.from() && form.facts() != now {
		return q.Again("facts", factsNewer(q, k, now, form.facts())), nil
	}
	sealed, err := r.sources.sealFacts(q.Context(), q.Partnership(), k.Source, form.facts())
	if err != nil {
		return nil, err
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.sources.saveFacts(q.Context(), tx, q.Partnership(), k.Source, sealed)
	})
	if errors.Is(err, errFactsNewer) {
		if k, now, err = r.factsOf(q); err == nil {
			return q.Again("facts", factsNewer(q, k, now, form.facts())), nil
		}
	}
	return web.GoSaying("/source/"+string(k.ID), "source.facts_saved"), err
}

// factsNewer shows what was typed below what the facts say by now, where the two differ.
func factsNewer(q *web.Request, k kept, now, typed Facts) factsPage {
	p := newFactsPage(q, k, now, typed, "")
	var rows []look.SummaryRow
	if now.Title != typed.Title {
		rows = append(rows, look.SummaryRow{Term: q.Words.T("source.facts_title"), Value: now.Title})
	}
	other := factsSummary(q, typed).Rows
	for i, row := range factsSummary(q, now).Rows {
		if row.Value != other[i].Value {
			rows = append(rows, row)
		}
	}
	p.Newer = q.Newer(p.Newer.From, rows...)
	return p
}

// factsSummary shows the facts that are known.
func factsSummary(q *web.Request, f Facts) look.Summary {
	t := q.Words.T
	var s look.Summary
	add := func(key, value string) {
		if value == "" {
			value = t("source.not_written")
		}
		s.Rows = append(s.Rows, look.SummaryRow{Term: t("source.facts_" + key), Value: value})
	}
	words := func(prefix, value string) string {
		if value == "" {
			return ""
		}
		return t(prefix + value)
	}
	minutes := ""
	if f.Minutes > 0 {
		minutes = t("source.minutes", "count", f.Minutes)
	}
	add("setting", f.Setting)
	add("present", f.Present)
	add("guide", f.Guide)
	add("recording", words("source.recording_", f.Recording))
	add("minutes", minutes)
	add("returned", words("source.", f.Returned))
	add("limits", words("source.", f.Limits))
	return s
}
