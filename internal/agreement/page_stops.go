package agreement

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// stopsPage is where the women say how many of them it takes to stop something.
type stopsPage struct {
	Check  look.Check
	Title  look.Title
	Now    look.Summary
	Wait   look.Note
	Yes    look.Button
	Action string
	Newer  look.Newer
	Over   int64
	Asks   []look.Ask
	Acts   []look.Button
	Back   look.Link
}

// choosing is what the page shows.
type choosing struct {
	holds Stopping
	waits *Stopping
	by    string // who wrote what waits
	one   bool   // the viewer is one of the house
	said  bool   // she said yes to what waits
	last  int64  // the newest row
}

func (r *Room) choosing(q *web.Request) (choosing, error) {
	var c choosing
	err := r.DB.Read(q.Context(), func(tx *store.Tx) error {
		rows, err := listStops(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		if c.holds, c.waits = stopping(rows); len(rows) > 0 {
			c.last = rows[0].N
		}
		if _, c.one, err = r.house(q.Context(), tx, q.Viewer); err != nil || c.waits == nil {
			return err
		}
		said, err := yesToStops(q.Context(), tx, q.Partnership(), c.waits.N)
		if err != nil {
			return err
		}
		c.said = slices.Contains(said, q.Viewer.ID)
		names, err := r.Circle.Names(q.Context(), tx, q.Partnership())
		c.by = names[c.waits.Writer]
		return err
	})
	var rows []*Stopping
	if c.holds.N > 0 {
		rows = append(rows, &c.holds)
	}
	if c.waits != nil {
		rows = append(rows, c.waits)
	}
	if err != nil {
		return c, err
	}
	return c, r.openStops(q.Context(), q.Viewer, rows...)
}

// openStops opens the words of rows for one of the women.
func (r *Room) openStops(ctx context.Context, v person.Viewer, rows ...*Stopping) error {
	var papers []consent.Paper
	for _, s := range rows {
		papers = append(papers, consent.Paper{Table: "agreement_stops", Column: "meets", Row: strconv.FormatInt(s.N, 10), Key: s.key, Sealed: s.sealed, Writer: s.Writer,
			Readers: []consent.Audience{{Kind: consent.ToLived}}})
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	for i, o := range opened {
		if o.Open {
			rows[i].Meets = o.Words.Reveal()
		}
	}
	return err
}

type stopsForm struct {
	Stops string `form:"stops"`
	Meets string `form:"meets" max:"1000"`
	Over  int64  `form:"over"`
}

func (f stopsForm) stopping() Stopping {
	return Stopping{Stops: figure(f.Stops), Meets: strings.TrimSpace(f.Meets)}
}

// say says a row.
func (s Stopping) say(q *web.Request) []look.SummaryRow {
	t := q.Words.T
	rows := []look.SummaryRow{{Term: t("agreement.stops_sum"), Value: strconv.Itoa(s.Stops)}}
	if s.Meets != "" {
		rows = append(rows, look.SummaryRow{Term: t("agreement.stops_meets_sum"), Value: s.Meets})
	}
	return rows
}

// askStops are the questions, with what was said so far.
func askStops(q *web.Request, f stopsForm) []look.Ask {
	t := q.Words.T
	return []look.Ask{
		look.Write(look.Field{Name: "stops", Label: t("agreement.stops_ask"), Hint: t("agreement.stops_hint", "max", maxStops), Value: f.Stops, Short: true, InputMode: "numeric", Autocomplete: "off"}),
		look.Write(look.Field{Name: "meets", Label: t("agreement.stops_meets"), Hint: t("agreement.stops_meets_hint"), WhoTitle: t("agreement.who_title"), Who: t("agreement.stops_who"), Value: f.Meets, Rows: 4}),
	}
}

func newStopsPage(q *web.Request, c choosing, f stopsForm) stopsPage {
	t := q.Words.T
	p := stopsPage{Title: look.Title{Text: t("agreement.stops_heading"), Lead: t("agreement.stops_lead")}, Now: look.Summary{Rows: c.holds.say(q)}, Back: look.Link{Href: "/agreement", Text: t("agreement.stops_back")}}
	if c.waits != nil {
		p.Wait = look.Note{Title: t("agreement.stops_waits", "name", c.by, "n", c.waits.Stops), Text: strings.TrimSpace(t("agreement.stops_waits_text") + " " + c.waits.Meets)}
		switch {
		case c.said:
			p.Wait.Text += " " + t("agreement.stops_said")
		case c.one:
			p.Action, p.Yes = "/agreement/stops/"+strconv.FormatInt(c.waits.N, 10)+"/yes", look.Button{Text: t("agreement.stops_yes", "n", c.waits.Stops), Look: look.Second}
		}
	}
	if c.one {
		p.Over, p.Asks, p.Acts = c.last, askStops(q, f), []look.Button{{Text: t("agreement.stops_save")}}
	}
	return p
}

func (r *Room) showStops(q *web.Request) (web.Answer, error) {
	c, err := r.choosing(q)
	return q.Show("stops", newStopsPage(q, c, stopsForm{Stops: strconv.Itoa(c.holds.Stops), Meets: c.holds.Meets})), err
}

func (r *Room) saveStops(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[stopsForm](q)
	if errors.Is(err, web.ErrUnreadable) {
		return nil, err
	}
	if err == nil {
		err = r.SetStops(q.Context(), q.Viewer, f.stopping(), f.Over)
	}
	kind := fault.KindOf(err)
	if err == nil || kind != fault.Invalid && kind != fault.Conflict {
		return web.GoSaying("/agreement/stops", "agreement.stops_saved"), err
	}
	c, other := r.choosing(q)
	if other != nil {
		return nil, other
	}
	if !c.one {
		return nil, fault.Missing
	}
	p := newStopsPage(q, c, f)
	if kind == fault.Conflict {
		now := c.holds
		if c.waits != nil {
			now = *c.waits
		}
		p.Newer = q.Newer("", now.say(q)...)
	} else {
		p.Check = look.Check{Title: q.Words.T("web.problem_heading"), Items: []look.CheckItem{{Href: "#stops", Text: circle.Say(q, err)}}}
	}
	return q.Again("stops", p), nil
}

// sayYesToStops is one woman's yes to more of them.
func (r *Room) sayYesToStops(q *web.Request) (web.Answer, error) {
	n, err := strconv.ParseInt(q.Path("row"), 10, 64)
	if err != nil {
		return nil, fault.Missing
	}
	return web.GoSaying("/agreement/stops", "agreement.stops_saved"), r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.YesToStops(q.Context(), tx, q.Viewer, n) })
}

// askStopsOnPaper asks the same, and for a yes to what waits.
func (r *Room) askStopsOnPaper(q *web.Request, _ string) (web.Asked, error) {
	c, err := r.choosing(q)
	t := q.Words.T
	a := web.Asked{Notes: []look.Note{{Text: t("agreement.stops_lead")}, {Text: t("agreement.stops_now", "n", c.holds.Stops)}}, Asks: []look.Ask{look.Carry("over", strconv.FormatInt(c.last, 10))}}
	if c.waits != nil {
		a.Notes = append(a.Notes, look.Note{Title: t("agreement.stops_waits", "name", c.by, "n", c.waits.Stops), Text: t("agreement.stops_waits_text")})
		a.Asks = append(a.Asks, look.Choose(look.Choice{Name: "yes", Legend: t("agreement.stops_twin_yes"), Multiple: true,
			Options: []look.Option{{Value: strconv.FormatInt(c.waits.N, 10), Label: t("agreement.stops_yes", "n", c.waits.Stops)}}}))
	}
	a.Asks = append(a.Asks, askStops(q, stopsForm{})...)
	return a, err
}

type stopsOnPaper struct {
	Yes int64 `form:"yes"`
}

// enterStops keeps her yes to what waits or, without one, what she chose.
func (r *Room) enterStops(q *web.Request, _ string) (string, error) {
	yes, err := web.Parse[stopsOnPaper](q)
	if err != nil {
		return "", err
	}
	if yes.Yes > 0 {
		return "", r.DB.Write(q.Context(), func(tx *store.Tx) error { return r.YesToStops(q.Context(), tx, q.Viewer, yes.Yes) })
	}
	f, err := web.Parse[stopsForm](q)
	if err != nil {
		return "", err
	}
	return "", r.SetStops(q.Context(), q.Viewer, f.stopping(), f.Over)
}

// mayStop reports whether the viewer comes to the page on stops.
func mayStop(v person.Viewer) bool { return v.Standings.Has(person.LivedExperience) }
