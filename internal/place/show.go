package place

import (
	"slices"
	"strconv"

	"footing/internal/fault"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is the places where one meets, and those where one does not any more.
type listPage struct {
	Title    look.Title
	Places   []look.Card
	None     look.Empty
	New      look.Button
	AwayHead string
	Away     []look.Card
	Back     look.Link
}

func (r *Room) showList(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	list, names, err := r.known(q.Context(), q.Viewer)
	if err != nil {
		return nil, err
	}
	p := listPage{Title: look.Title{Text: t("place.heading"), Lead: t("place.lead")}, AwayHead: t("place.away_heading"), Back: look.Link{Href: "/meetings", Text: t("place.to_meetings")}}
	if mayWrite(q) {
		p.New = look.Button{Text: t("place.new"), Href: "/places/new", Look: look.Second}
	}
	for _, one := range list {
		now := one.Now()
		card := look.Card{Title: look.Link{Href: "/places/" + one.ID, Text: now.Text.Name}, Meta: t("place.by", "name", names[now.Writer], "date", q.Words.Date(now.Made))}
		if now.Text.Away {
			p.Away = append(p.Away, card)
		} else {
			p.Places = append(p.Places, card)
		}
	}
	if len(p.Places) == 0 {
		p.None = look.Empty{Title: t("place.none"), Text: t("place.none_text")}
	}
	return q.Show("list", p), nil
}

func mayWrite(q *web.Request) bool { return q.Viewer.Standings.Meets(web.Taking(web.Any).Standings) }

// page is one place, as its newest version says or as an older one did.
type page struct {
	Title   look.Title
	Notes   []look.Note
	Summary look.Summary
	Meta    string
	Change  look.Button
	Head    string
	Before  []look.Link
	Back    look.Link
}

func (r *Room) show(q *web.Request) (web.Answer, error) {
	one, names, err := r.one(q.Context(), q.Viewer, q.Path("place"))
	if err != nil {
		return nil, err
	}
	t, v, at := q.Words.T, one.Now(), "/places/"+one.ID
	if n := q.Path("version"); n != "" {
		i := slices.IndexFunc(one.Versions, func(v Version) bool { return strconv.FormatInt(v.N, 10) == n && v.open })
		if i < 0 {
			return nil, fault.Missing
		}
		v = one.Versions[i]
	}
	p := page{Title: look.Title{Text: v.Text.Name}, Summary: look.Summary{Rows: v.Text.rows(q)}, Head: t("place.before_heading"),
		Meta: t("place.by", "name", names[v.Writer], "date", q.Words.Date(v.Made)), Back: look.Link{Href: "/places", Text: t("place.back")}}
	switch {
	case v.N != one.Now().N:
		p.Notes = []look.Note{{Text: t("place.is_old"), Links: []look.Link{{Href: at, Text: t("place.to_now")}}}}
		return q.Show("place", p), nil
	case v.Text.Away:
		p.Notes = []look.Note{{Text: t("place.is_away")}}
	}
	if mayWrite(q) {
		p.Change = look.Button{Text: t("place.change"), Href: at + "/change", Look: look.Second}
	}
	for _, old := range slices.Backward(one.Versions[:len(one.Versions)-1]) {
		p.Before = append(p.Before, look.Link{Href: at + "/before/" + strconv.FormatInt(old.N, 10), Text: t("place.by", "name", names[old.Writer], "date", q.Words.Date(old.Made))})
	}
	return q.Show("place", p), nil
}

// rows is what a version says. What nobody knows is said as that.
func (t Text) rows(q *web.Request) []look.SummaryRow {
	var rows []look.SummaryRow
	for _, part := range Parts() {
		values := []string{q.Words.T("place.unknown")}
		if text := t.Parts[part]; text != "" {
			values = look.Paras(text)
		}
		if part == More && t.Parts[part] == "" {
			continue
		}
		rows = append(rows, look.SummaryRow{Term: q.Words.T("place.row_" + string(part)), Values: values})
	}
	return rows
}
