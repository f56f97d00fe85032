package meeting

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Plan begins a meeting, which those who host see until it is made known, and returns its id.
func (r *Room) Plan(ctx context.Context, v person.Viewer, day, start string, host person.ID) (string, error) {
	m := Meeting{ID: store.RandomID(), By: v.ID, Made: r.Now(), State: Planned, Day: day, Host: host, Text: Text{Start: start}}
	if err := r.check(ctx, v, m); err != nil {
		return "", err
	}
	var err error
	if m.key, m.words, err = r.Gate.SealValue(ctx, v.Partnership, "meeting_meeting", column, m.ID, m.Text); err != nil {
		return "", err
	}
	return m.ID, r.DB.Write(ctx, func(tx *store.Tx) error { return insertMeeting(ctx, tx, v.Partnership, m) })
}

// clock is a time of day as it is kept.
var clock = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// check returns the fault of when a meeting is and who hosts it.
func (r *Room) check(ctx context.Context, v person.Viewer, m Meeting) error {
	switch {
	case at(m.Day).IsZero():
		return ErrDay
	case !clock.MatchString(m.Text.Start):
		return ErrStart
	case m.Over(r.today()):
		return ErrPast
	}
	w, err := r.read(ctx, v, func(*store.Tx, *world) error { return nil })
	if err == nil && !slices.Contains(w.hosts, m.Host) {
		err = ErrHosts
	}
	return err
}

// Planned returns a meeting as those who host it see it.
func (r *Room) Planned(ctx context.Context, v person.Viewer, id string) (Meeting, error) {
	m, _, err := r.theMeeting(ctx, v, id, nil)
	return m, err
}

// Set changes a meeting as change says, and returns ErrNewer when somebody else was quicker.
func (r *Room) Set(ctx context.Context, v person.Viewer, m Meeting, change func(*Meeting)) error {
	was := m.words
	m.Text.Lines = maps.Clone(m.Text.Lines)
	change(&m)
	var err error
	if m.words, err = r.Gate.ResealValue(ctx, v.Partnership, "meeting_meeting", column, m.ID, m.key, m.Text); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error { return changeMeeting(ctx, tx, v.Partnership, m, was) })
}

// A Further is what is chosen in a field beside words: who will be there in Who, where it is in Place.
type Further struct {
	With  []person.ID
	Women bool
	At    string
}

// Say says something in a field of a meeting.
func (r *Room) Say(ctx context.Context, v person.Viewer, m Meeting, f Field, l Line, chosen Further) error {
	if err := l.Check(f, r.today()); err != nil {
		return err
	}
	l.Set, l.SetBy = r.Now(), v.ID
	return r.Set(ctx, v, m, func(m *Meeting) {
		if m.Text.Lines == nil {
			m.Text.Lines = map[Field]Line{}
		}
		m.Text.Lines[f] = l
		switch f {
		case Who:
			m.Text.With, m.Text.Women = chosen.With, chosen.Women
		case Place:
			m.Text.At = chosen.At
		}
	})
}

// MakeKnown shows a meeting to everybody. why is why it is hosted by somebody with nothing on record; it
// stands on the page with the name of whoever said it.
func (r *Room) MakeKnown(ctx context.Context, v person.Viewer, id, why string) error {
	m, w, err := r.theMeeting(ctx, v, id, func(tx *store.Tx, w *world) error { return hosting(ctx, tx, v.Partnership, w) })
	if err != nil {
		return err
	}
	ready := w.ready(m.Host)
	if m.Text.Why, m.Text.WhyBy = why, v.ID; ready || why == "" {
		m.Text.Why, m.Text.WhyBy = "", ""
	}
	if err := m.Check(ready, r.today()); err != nil || m.State != Planned {
		return err
	}
	return r.Set(ctx, v, m, func(m *Meeting) { m.State, m.Known = Known, r.Now() })
}

// CallOff calls off a meeting that was made known.
func (r *Room) CallOff(ctx context.Context, v person.Viewer, id, why string) error {
	m, _, err := r.theMeeting(ctx, v, id, nil)
	if err != nil || m.State != Known {
		return err
	}
	if why == "" {
		return ErrWhy
	}
	return r.Set(ctx, v, m, func(m *Meeting) { m.State, m.Text.Off, m.Text.OffBy = Off, why, v.ID })
}

type newForm struct {
	Day   string `form:"on-day"`
	Month string `form:"on-month"`
	Year  string `form:"on-year"`
	Start string `form:"start"`
	Host  string `form:"host"`
	Why   string `form:"why" max:"500"`
	From  string `form:"from"`
}

func (f newForm) day() (string, error) { return boxes{f.Day, f.Month, f.Year}.read() }

// start returns the time of day as it is kept: 9.30 and 9:30 are one.
func (f newForm) start() string {
	s := strings.ReplaceAll(strings.TrimSpace(f.Start), ".", ":")
	if len(s) == len("9:30") {
		s = "0" + s
	}
	return s
}

// askWhen asks when a meeting is and who hosts it.
func (w world) askWhen(q *web.Request, f newForm) form {
	t := q.Words.T
	p := form{Title: look.Title{Text: t("meeting.new_heading"), Lead: t("meeting.new_lead")}, Action: "/meetings/new",
		Day:  boxes{f.Day, f.Month, f.Year}.ask(q, "on", "meeting.ask_day"),
		Asks: []look.Ask{line(q, "start", "meeting.ask_start", f.Start)},
		Acts: []look.Button{{Text: t("meeting.go_on")}}, Back: look.Link{Href: "/meetings", Text: t("meeting.back")}}
	host := look.Choice{Name: "host", Legend: t("meeting.ask_host"), Hint: t("meeting.ask_host_hint")}
	for _, id := range w.hosts {
		o := look.Option{Value: string(id), Label: w.names[id], Chosen: f.Host == string(id)}
		if !w.ready(id) {
			o.Hint = t("meeting.gap")
		}
		host.Options = append(host.Options, o)
	}
	p.Asks = append(p.Asks, look.Choose(host))
	return p
}

func (r *Room) hosts(q *web.Request) (world, error) {
	return r.read(q.Context(), q.Viewer, func(tx *store.Tx, w *world) error { return hosting(q.Context(), tx, q.Partnership(), w) })
}

func (r *Room) showNew(q *web.Request) (web.Answer, error) {
	w, err := r.hosts(q)
	return q.Show("form", w.askWhen(q, newForm{})), err
}

func (r *Room) plan(q *web.Request) (web.Answer, error) {
	w, err := r.hosts(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[newForm](q)
	day, id := "", ""
	if err == nil {
		day, err = f.day()
	}
	if err == nil {
		id, err = r.Plan(q.Context(), q.Viewer, day, f.start(), person.ID(f.Host))
	}
	if err != nil {
		return w.askWhen(q, f).again(q, err)
	}
	return web.Go("/meetings/" + id + "/plan"), nil
}
