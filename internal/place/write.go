package place

import (
	"errors"
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/unsaved"
	"footing/internal/web"
	"footing/internal/web/look"
)

// form is the page on which a version is written.
type form struct {
	Check  look.Check
	Title  look.Title
	Notes  []look.Note
	Newer  look.Newer
	Action string // with /keep behind it, it saves what is typed while it is typed
	Asks   []look.Ask
	Draft  look.Draft
	Acts   []look.Button
	Back   look.Link
}

type placeForm struct {
	Name     string `form:"name" max:"120"`
	Address  string `form:"address" max:"1000"`
	Others   string `form:"others" max:"1000"`
	Out      string `form:"out" max:"1000"`
	Quiet    string `form:"quiet" max:"1000"`
	Children string `form:"children" max:"1000"`
	Buses    string `form:"buses" max:"1000"`
	Steps    string `form:"steps" max:"1000"`
	More     string `form:"more" max:"1000"`
	Away     bool   `form:"away"`
	Over     int64  `form:"from"` // how many versions there were
}

func (f placeForm) text() Text {
	t := Text{Name: strings.TrimSpace(f.Name), Away: f.Away, Parts: map[Part]string{}}
	for part, text := range map[Part]string{Address: f.Address, Others: f.Others, Out: f.Out, Quiet: f.Quiet, Children: f.Children, Buses: f.Buses, Steps: f.Steps, More: f.More} {
		if text = strings.TrimSpace(text); text != "" {
			t.Parts[part] = text
		}
	}
	return t
}

// asks are the questions about a place. Whether one meets there is asked of one that is there already.
func asks(q *web.Request, text Text, fresh bool) []look.Ask {
	t := q.Words.T
	list := []look.Ask{look.Write(look.Field{Name: "name", Label: t("place.ask_name"), Value: text.Name, Autocomplete: "off"})}
	for _, part := range Parts() {
		f := look.Field{Name: string(part), Label: t("place.row_" + string(part)), Value: text.Parts[part], Rows: 2, Autocomplete: "off", WhoTitle: t("place.who_title"), Who: t("place.who")}
		if key := "place.hint_" + string(part); q.Words.Has(key) {
			f.Hint = t(key)
		}
		list = append(list, look.Write(f))
	}
	if !fresh {
		list = append(list, look.Choose(look.Choice{Name: "away", Legend: t("place.ask_away"), Multiple: true, Options: []look.Option{{Value: "1", Label: t("place.away"), Chosen: text.Away}}}))
	}
	return list
}

func newForm(q *web.Request, one Place, text Text) form {
	t, fresh := q.Words.T, one.ID == ""
	f := form{Title: look.Title{Text: t("place.new"), Lead: t("place.write_lead")}, Action: "/places/new", Asks: asks(q, text, fresh), Draft: q.Draft(),
		Acts: []look.Button{{Text: t("place.save")}}, Back: look.Link{Href: "/places", Text: t("place.back")}}
	if !fresh {
		f.Title.Text, f.Action, f.Back.Href = t("place.change"), "/places/"+one.ID+"/change", "/places/"+one.ID
		f.Newer = look.Newer{From: strconv.FormatInt(one.Now().N, 10)}
	}
	return f
}

// wrong says on the page what needs another look.
func (f form) wrong(q *web.Request, err error) form {
	f.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#name", Text: circle.Say(q, err)}}}
	return f
}

// about returns the place that a form is about, an empty one for a new one.
func (r *Room) about(q *web.Request) (Place, error) {
	if q.Path("place") == "" {
		return Place{}, nil
	}
	one, _, err := r.one(q.Context(), q.Viewer, q.Path("place"))
	return one, err
}

// desk is where what somebody types of a place is kept, or of a new one.
func desk(q *web.Request) string { return "about/" + q.Path("place") }

// showWrite shows the form: with what she typed before, unless she wants to begin again.
func (r *Room) showWrite(q *web.Request) (web.Answer, error) {
	one, err := r.about(q)
	if err != nil {
		return nil, err
	}
	typed, there, err := unsaved.Kept[placeForm](q.Context(), r.unsaved(), q.Viewer, desk(q))
	if !there || q.Query("again") != "" {
		return q.Show("form", newForm(q, one, one.Now().Text)), err
	}
	p := newForm(q, one, typed.text())
	p.Notes = append(p.Notes, look.Note{Text: q.Words.T("place.typed"), Links: []look.Link{{Href: p.Action + "?again=1", Text: q.Words.T("place.again")}}})
	if one.ID != "" {
		p.Newer.From = strconv.FormatInt(typed.Over, 10)
	}
	return q.Show("form", p), nil
}

// keep saves what she types while she types it. Too long a text is kept too: she can shorten it later.
func (r *Room) keep(q *web.Request) (web.Answer, error) {
	if _, err := r.about(q); err != nil {
		return nil, err
	}
	f, _ := web.Parse[placeForm](q)
	return web.Data("kept"), r.unsaved().Keep(q.Context(), q.Viewer, desk(q), f)
}

func (r *Room) write(q *web.Request) (web.Answer, error) {
	one, err := r.about(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[placeForm](q)
	id := ""
	if err == nil {
		id, err = r.Write(q.Context(), q.Viewer, one.ID, f.Over, f.text())
	}
	switch {
	case errors.Is(err, ErrNewer):
		p := newForm(q, one, f.text())
		p.Newer = q.Newer(p.Newer.From, differing(q, one.Now().Text, f.text())...)
		return q.Again("form", p), nil
	case fault.KindOf(err) == fault.Invalid && err != nil:
		return q.Again("form", newForm(q, one, f.text()).wrong(q, err)), nil
	case err != nil:
		return nil, err
	}
	return web.GoSaying("/places/"+id, "place.saved"), r.unsaved().Drop(q.Context(), q.Viewer, desk(q))
}

// differing is what stands in a version where something else was typed.
func differing(q *web.Request, now, typed Text) []look.SummaryRow {
	var rows []look.SummaryRow
	if now.Name != typed.Name {
		rows = append(rows, look.SummaryRow{Term: q.Words.T("place.ask_name"), Value: now.Name})
	}
	for _, part := range Parts() {
		if now.Parts[part] != typed.Parts[part] {
			rows = append(rows, look.SummaryRow{Term: q.Words.T("place.row_" + string(part)), Value: now.Parts[part]})
		}
	}
	return rows
}
