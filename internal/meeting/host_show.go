package meeting

import (
	"context"
	"strconv"
	"strings"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Tell keeps what the viewer, who hosts, learned for it, for everybody to read, in the place of what she told
// before. No words take it away.
func (r *Room) Tell(ctx context.Context, v person.Viewer, text RecordText) error {
	if text.Words != "" && text.Learned != Training && text.Learned != Experience {
		return ErrChoose
	}
	one := Record{Person: v.ID, Made: r.Now()}
	if text.Words != "" {
		var err error
		if one.key, one.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_host", column, string(v.ID), text); err != nil {
			return err
		}
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		drop := func() ([]string, error) { return dropRecord(ctx, tx, v.Partnership, v.ID) }
		if text.Words != "" {
			drop = func() ([]string, error) { return putRecord(ctx, tx, v.Partnership, one) }
		}
		old, err := drop()
		if err != nil {
			return err
		}
		return r.Gate.Doom(ctx, tx, v.Partnership, old...)
	})
}

// Enough says what experience the group takes for enough to host, in the name of one of the women, after the
// n versions there are. Whoever hosts herself does not say it.
func (r *Room) Enough(ctx context.Context, v person.Viewer, n int64, text string) error {
	switch {
	case v.Standings.Has(person.Facilitator):
		return ErrOwn
	case text == "":
		return ErrWords
	}
	c := Counts{N: n + 1, By: v.ID, Made: r.Now()}
	var err error
	if c.key, c.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_counts", column, c.row(), text); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return insertCounts(ctx, tx, v.Partnership, c) })
}

// hostsPage is who hosts meetings, and on what.
type hostsPage struct {
	Title      look.Title
	Hosts      []look.SummaryRow
	None       string
	Me         look.Button
	EnoughHead string
	Enough     []string
	Meta       string
	Write      look.Button
	Back       look.Link
}

func (r *Room) showHosts(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	w, err := r.hosts(q)
	if err != nil {
		return nil, err
	}
	p := hostsPage{Title: look.Title{Text: t("meeting.hosts_heading"), Lead: t("meeting.hosts_lead")}, EnoughHead: t("meeting.enough_heading"),
		Enough: []string{t("meeting.enough_none")}, Back: look.Link{Href: "/meetings", Text: t("meeting.back")}}
	for _, id := range w.hosts {
		said := t("meeting.gap")
		if one := w.record(id); one.Words != "" {
			said = t("meeting.learned_"+string(one.Learned), "words", one.Words)
			if !w.ready(id) {
				said += " " + t("meeting.not_enough")
			}
		}
		p.Hosts = append(p.Hosts, look.SummaryRow{Term: w.asWhom(q, id), Values: look.Paras(said)})
	}
	if len(p.Hosts) == 0 {
		p.None = t("meeting.hosts_none")
	}
	if n := len(w.counts); n > 0 {
		c := w.counts[n-1]
		p.Enough, p.Meta = look.Paras(c.Text), t("meeting.enough_by", "name", w.names[c.By], "date", q.Words.Date(c.Made))
	}
	switch {
	case q.Viewer.Standings.Has(person.Facilitator):
		p.Me = look.Button{Text: t("meeting.record_link"), Look: look.Second, Href: "/meetings/hosts/me"}
	case q.Viewer.Standings.Has(person.LivedExperience):
		p.Write = look.Button{Text: t("meeting.enough_link"), Look: look.Second, Href: "/meetings/hosts/enough"}
	}
	return q.Show("hosts", p), nil
}

type recordForm struct {
	Learned string `form:"learned"`
	Words   string `form:"words" max:"1000"`
}

func newRecordPage(q *web.Request, text RecordText) form {
	t := q.Words.T
	c := look.Choice{Name: "learned", Legend: t("meeting.ask_learned")}
	for _, one := range []Learned{Training, Experience} {
		c.Options = append(c.Options, look.Option{Value: string(one), Label: t("meeting.by_" + string(one)), Chosen: text.Learned == one})
	}
	return form{Title: look.Title{Text: t("meeting.record_link"), Lead: t("meeting.record_lead")}, Action: "/meetings/hosts/me",
		Asks: []look.Ask{look.Choose(c), box(q, "words", "meeting.ask_record", text.Words, "meeting.who_all")}, Acts: []look.Button{{Text: t("meeting.save")}},
		Back: look.Link{Href: "/meetings/hosts", Text: t("meeting.back")}}
}

func (r *Room) showRecord(q *web.Request) (web.Answer, error) {
	w, err := r.hosts(q)
	return q.Show("form", newRecordPage(q, w.record(q.Viewer.ID))), err
}

func (r *Room) saveRecord(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[recordForm](q)
	text := RecordText{Learned: Learned(f.Learned), Words: strings.TrimSpace(f.Words)}
	if err == nil {
		err = r.Tell(q.Context(), q.Viewer, text)
	}
	if err != nil {
		return newRecordPage(q, text).again(q, err)
	}
	return web.GoSaying("/meetings/hosts", "meeting.saved"), nil
}

type enoughForm struct {
	Words string `form:"words" max:"2000"`
	Over  int64  `form:"from"` // how many versions there were
}

func askEnough(q *web.Request, text string) []look.Ask {
	return []look.Ask{box(q, "words", "meeting.ask_enough", text, "meeting.who_named")}
}

func (w world) newEnough(q *web.Request, text string) form {
	t := q.Words.T
	return form{Title: look.Title{Text: t("meeting.enough_link"), Lead: t("meeting.enough_lead")}, Action: "/meetings/hosts/enough", Newer: look.Newer{From: w.versions()},
		Asks: askEnough(q, text), Acts: []look.Button{{Text: t("meeting.save")}}, Back: look.Link{Href: "/meetings/hosts", Text: t("meeting.back")}}
}

// enough returns what the group says today, and versions how often it said something, as a form begins from it.
func (w world) enough() string {
	if n := len(w.counts); n > 0 {
		return w.counts[n-1].Text
	}
	return ""
}

func (w world) versions() string { return strconv.Itoa(len(w.counts)) }

func (r *Room) showCounts(q *web.Request) (web.Answer, error) {
	w, err := r.hosts(q)
	return q.Show("form", w.newEnough(q, w.enough())), err
}

func (r *Room) saveCounts(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[enoughForm](q)
	if err == nil {
		err = r.Enough(q.Context(), q.Viewer, f.Over, strings.TrimSpace(f.Words))
	}
	if err == nil {
		return web.GoSaying("/meetings/hosts", "meeting.saved"), nil
	}
	w, other := r.hosts(q)
	if other != nil {
		return nil, other
	}
	p := w.newEnough(q, f.Words)
	if f.Over != int64(len(w.counts)) {
		p.Newer = q.Newer(w.versions(), look.SummaryRow{Term: q.Words.T("meeting.enough_heading"), Value: w.enough()})
		return q.Again("form", p), nil
	}
	return p.again(q, err)
}
