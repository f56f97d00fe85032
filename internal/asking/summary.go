package asking

import (
	"slices"
	"strconv"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// summary is a request as it is read. With back set, each answer of the asker's can be changed.
func (r *Room) summary(q *web.Request, req Request, text Text, back string) (look.Summary, error) {
	at, err := r.around(q.Context(), q)
	if err != nil {
		return look.Summary{}, err
	}
	var asker circle.Person
	err = r.DB.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		asker, err = r.Circle.Get(q.Context(), tx, q.Partnership(), req.Asker)
		return err
	})
	t := q.Words.T
	var rows []look.SummaryRow
	row := func(part int, term string, values ...string) {
		values = slices.DeleteFunc(values, func(s string) bool { return s == "" })
		if len(values) == 0 && back == "" {
			return
		} else if len(values) == 0 {
			values = []string{t("asking.not_said")}
		}
		one := look.SummaryRow{Term: t("asking.sum_" + term), Values: values}
		if back != "" && part > 0 {
			one.Change = look.Link{Href: back + "/part/" + strconv.Itoa(part), Text: t("asking.change"), About: one.Term}
		}
		rows = append(rows, one)
	}
	row(0, "asker", asWhom(q, asker))
	if back != "" {
		row(1, "title", text.Title)
	}
	row(1, "what", text.What)
	for _, s := range at.studies {
		if s.ID == text.Study {
			row(1, "study", s.Question)
		}
	}
	row(2, "known", append(knownTitles(text, at), text.More)...)
	row(2, "why", text.Why)
	row(3, "gain", text.Gain)
	row(3, "interest", text.Interest)
	pay := ""
	if slices.Contains(Pays(), text.Pay) {
		pay = t("asking.paid_"+string(text.Pay), "amount", Pounds(text.Pence))
	}
	row(4, "pay", pay)
	row(4, "support", text.Support)
	row(5, "kind", kindName(q, text, at))
	row(5, "ways", wayWords(q, text.Ways)...)
	if text.Weeks > 0 {
		row(5, "weeks", t("asking.weeks_n", "count", text.Weeks))
	} else {
		row(5, "weeks")
	}
	return look.Summary{Rows: rows}, err
}

func kindName(q *web.Request, text Text, at around) string {
	for _, k := range at.kinds {
		if k.ID == text.Kind {
			return q.Words.T("asking.to_those", "kind", k.Name)
		}
	}
	return ""
}

// knownTitles lists the entries somebody picked, as they are called now. One that was taken off since is
// left out.
func knownTitles(text Text, at around) []string {
	var titles []string
	for _, e := range at.entries {
		if slices.Contains(text.Known, e.ID) && e.Off.IsZero() {
			titles = append(titles, e.Title)
		}
	}
	return titles
}

func wayWords(q *web.Request, ways []consent.Kind) []string {
	var words []string
	for _, way := range Ways() {
		if slices.Contains(ways, way) {
			words = append(words, q.Words.T("asking.way_"+string(way)))
		}
	}
	return words
}
