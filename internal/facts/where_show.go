package facts

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"footing/internal/chart"
	"footing/internal/web"
	"footing/internal/web/look"
)

// addTimes adds when and where one met in the twelve months before this one, as the reader may know it. It is counted
// as she looks: what a meeting says of itself is sealed for those who take part, and nobody else counts it.
func (r *Room) addTimes(q *web.Request, p *page) error {
	until := month(r.Now())
	from := until.AddDate(-1, 0, 0)
	list, err := r.Met.Met(q.Context(), q.Viewer, from.Format(time.DateOnly), until.Format(time.DateOnly))
	if err != nil {
		return err
	}
	p.Facts = append(p.Facts, times(q, CountedTimes(list), from, until))
	return nil
}

func times(q *web.Request, counted Times, from, until time.Time) shown {
	t := q.Words.T
	s := shown{Says: t("facts.where_what"), By: t("facts.none"), Not: t("facts.where_not")}
	if counted.All == 0 {
		return s
	}
	s.Says = t("facts.where_says", "all", counted.All, "morning", counted.Parts[Morning], "afternoon", counted.Parts[Afternoon], "evening", counted.Parts[Evening])
	s.By = t("facts.by", "time", t("facts.time", "from", q.Words.Date(from), "until", q.Words.Date(until.AddDate(0, 0, -1))))
	groups := counted.groups(q)
	drawn := chart.Chart{ID: "where", Title: t("facts.where_what")}
	var said []string
	for _, g := range groups {
		table := look.Table{Label: g.Label, Head: []string{g.Label, t("facts.where_count")}, Numbers: true}
		var of []string
		for _, b := range g.Bars {
			of = append(of, b.Label+": "+strconv.Itoa(b.Count))
			table.Rows = append(table.Rows, []string{b.Label, strconv.Itoa(b.Count)})
		}
		said = append(said, g.Label+". "+strings.Join(of, ", ")+".")
		s.Tables, drawn.Groups = append(s.Tables, table), append(drawn.Groups, short(g))
	}
	drawn.Desc = strings.Join(said, " ")
	s.Chart, s.Open = chart.Bars(drawn), t("facts.table")
	return s
}

// wide is how many letters fit into a line of a picture.
const wide = 36

// short cuts off names that are too long for a picture. They stand whole in the table behind it, and in what is read
// aloud.
func short(g chart.Group) chart.Group {
	g.Bars = slices.Clone(g.Bars)
	for i := range g.Bars {
		if label := []rune(g.Bars[i].Label); len(label) > wide {
			g.Bars[i].Label = strings.TrimSpace(string(label[:wide-1])) + "…"
		}
	}
	return g
}

// groups are the bars of times and places: every part of the day, and the days and places at which one met.
func (t Times) groups(q *web.Request) []chart.Group {
	say := q.Words.T
	parts, days, places := chart.Group{Label: say("facts.where_part")}, chart.Group{Label: say("facts.where_day")}, chart.Group{Label: say("facts.where_place")}
	for _, part := range DayParts() {
		parts.Bars = append(parts.Bars, chart.Bar{Label: say("facts.where_" + string(part)), Count: t.Parts[part]})
	}
	for i := range 7 {
		day := (time.Monday + time.Weekday(i)) % 7
		if n := t.Days[day]; n > 0 {
			days.Bars = append(days.Bars, chart.Bar{Label: say("lang.weekday_" + strconv.Itoa(int(day))), Count: n})
		}
	}
	for _, at := range t.Places {
		label := at.Place
		if label == "" {
			label = say("facts.where_elsewhere")
		}
		places.Bars = append(places.Bars, chart.Bar{Label: label, Count: at.Count})
	}
	return []chart.Group{parts, days, places}
}
