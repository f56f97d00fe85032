package agreement

import (
	"net/url"
	"strconv"
	"strings"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: answering the newest version, which the sheet carries whole.
func (r *Room) twins() []web.Twin {
	return []web.Twin{
		{Name: "agree", Title: "agreement.twin", Allow: web.Members(web.Any), Gives: commits, Ask: r.askOnPaper, Enter: r.enterAnswer,
			At: func(string) string { return "/agreement" }},
		{Name: "rule", Title: "agreement.twin_rule", Allow: write, Gives: web.Always, Ask: r.askRuleOnPaper, Enter: r.enterRule, At: func(string) string { return "/agreement" }},
		{Name: "limits", Title: "agreement.twin_lists", Allow: write, Gives: web.Always, Ask: r.askListsOnPaper, Enter: r.enterLists, At: func(string) string { return "/agreement" }},
		{Name: "stops", Title: "agreement.twin_stops", Allow: women, Gives: web.Always, Ask: r.askStopsOnPaper, Enter: r.enterStops, At: func(string) string { return "/agreement/stops" }},
		{Name: "suggest", Title: "agreement.twin_suggest", Allow: write, Gives: web.Always, Ask: r.askSuggestion, Enter: r.enterSuggestion, At: func(string) string { return "/agreement" }},
	}
}

// commits reports whether an answer binds her: a yes does, and not yet never waits.
func commits(answers url.Values) bool { return answers == nil || answers.Get("answer") == string(Yes) }

func (r *Room) askOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	v, seen, err := r.load(q, 0)
	if err != nil {
		return web.Asked{}, err
	}
	var a web.Asked
	if v.N == 0 {
		a.Notes = []look.Note{{Title: t("agreement.none")}}
	}
	for _, p := range Paras(v.Text) {
		a.Notes = append(a.Notes, look.Note{Title: p.Head + p.Lead, Text: p.Text})
	}
	a.Notes = append(a.Notes, rulesOnPaper(q, v.Rules, seen.stops)...)
	a.Asks = []look.Ask{
		look.Carry("version", strconv.FormatInt(v.N, 10)),
		look.Choose(look.Choice{Name: "answer", Legend: t("agreement.twin_legend"), Options: []look.Option{
			{Value: string(NotYet), Label: t("agreement.not_yet")}, {Value: string(Yes), Label: t("agreement.yes")}}}),
	}
	return a, nil
}

// rulesOnPaper is what the rules say, for a sheet.
func rulesOnPaper(q *web.Request, rules Rules, stops int) []look.Note {
	said := say(q, rules, stops)
	var notes []look.Note
	if said.Note.Text != "" {
		notes = append(notes, said.Note)
	}
	for _, row := range said.Summary.Rows {
		notes = append(notes, noteOf(row))
	}
	notes = append(notes, look.Note{Text: said.Stops})
	for _, l := range said.Lists {
		notes = append(notes, look.Note{Title: l.Heading + ".", Text: l.Lead})
		for _, row := range l.Summary.Rows {
			notes = append(notes, noteOf(row))
		}
	}
	return notes
}

// noteOf is what is said about one thing, for a sheet.
func noteOf(row look.SummaryRow) look.Note {
	return look.Note{Title: row.Term + ".", Text: strings.TrimSpace(row.Value + " " + strings.Join(row.Values, " "))}
}

type paperForm struct {
	Version int64  `form:"version"`
	Answer  string `form:"answer"`
}

// enterAnswer keeps what she said to the version that stood on her sheet. A newer one asks her anew.
func (r *Room) enterAnswer(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[paperForm](q)
	if err != nil {
		return "", err
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		return r.Answer(q.Context(), tx, q.Partnership(), q.Viewer.ID, f.Version, Answer(f.Answer))
	})
}

// write allows those who may suggest a change: whoever gives money reads what is for everybody and changes
// nothing.
var write = web.Only(web.Any, person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Practice)

func (r *Room) askSuggestion(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	v, _, err := r.load(q, 0)
	return web.Asked{Notes: []look.Note{{Text: t("agreement.twin_suggest_note")}}, Asks: []look.Ask{
		look.Carry("over", strconv.FormatInt(v.N, 10)),
		look.Write(look.Field{Name: "text", Label: t("agreement.twin_suggest_label"), WhoTitle: t("agreement.who_title"), Who: t("agreement.twin_suggest_who"), Rows: 5})}}, err
}

// enterSuggestion puts what she wrote behind the text that stood when her sheet was printed, and asks
// everybody anew.
func (r *Room) enterSuggestion(q *web.Request, _ string) (string, error) {
	f, err := web.Parse[draftForm](q)
	if err != nil {
		return "", err
	}
	added := strings.TrimSpace(f.Text)
	if added == "" {
		return "", ErrEmpty
	}
	v, _, err := r.load(q, 0)
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(v.Text + "\n\n" + added)
	if len([]rune(text)) > Limit {
		return "", fault.New(fault.Invalid, "web.too_long").With("max", Limit)
	}
	return "", r.DB.Write(q.Context(), func(tx *store.Tx) error {
		_, err := r.Write(q.Context(), tx, q.Partnership(), q.Viewer.ID, text, Change{}, f.Over)
		return err
	})
}
