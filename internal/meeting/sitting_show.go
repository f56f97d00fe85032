package meeting

import (
	"slices"
	"strings"
	"time"

	"footing/internal/event"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// nowPage is a meeting while it happens. It has no clock. What is on it comes in three parts, which an open page
// renews where they change: what is talked about, who needs a pause, and the list.
type nowPage struct {
	Check   look.Check
	Title   look.Title
	Live    string // where the page listens
	State   string
	Watched look.Note // whether somebody watches it
	NowHead string
	Now     look.Card
	Next    string
	Pause   pausePart
	Over    string // how often the sitting was changed, when the page was made
	Steps   string // where the host's buttons send
	Acts    []look.Button
	Lists   []nowList
	Links   []look.Link
}

// nowList is a part of the list.
type nowList struct {
	Head, Lead string
	Things     []nowThing
}

// nowThing is one thing on it, with the host's button that takes it up.
type nowThing struct {
	look.Card
	Take look.Button
}

func (r *Room) showNow(q *web.Request) (web.Answer, error) {
	p, err := r.nowPage(q)
	return q.Show("now", p), err
}

func (r *Room) nowPage(q *web.Request) (nowPage, error) {
	t, id, today, since := q.Words.T, q.Path("meeting"), r.today(), int64(0)
	m, w, err := r.sitting(q.Context(), q.Viewer, id, func(tx *store.Tx) error {
		var err error
		since, err = event.Head(q.Context(), tx, q.Partnership())
		return err
	})
	if err != nil {
		return nowPage{}, err
	}
	path := "/meetings/" + id
	p := nowPage{Title: look.Title{Text: m.when(q), Lead: m.Text.Lines[Purpose].Words}, Live: q.LiveAt(path+"/live?", since), State: t("meeting.stage_going"),
		Links: []look.Link{{Href: path + "/now", Text: t("meeting.look_again")}, {Href: path, Text: t("meeting.to_meeting")}}}
	if !m.Over(today) {
		p.Links = slices.Insert(p.Links, 1, look.Link{Href: "/agenda/new?for=" + id, Text: t("meeting.propose")})
	}
	if !m.Sits(today) {
		p.State = t("meeting.stage_before", "day", q.Words.Day(at(m.Day)))
		if m.Over(today) {
			p.State = t("meeting.stage_closed")
		}
	} else if m.Stage == Break {
		p.State = t("meeting.stage_break")
	}
	if r.Watched != nil {
		if p.Watched, err = r.Watched(q, id, m.Stage != Ahead, m.Over(today)); err != nil {
			return p, err
		}
	}
	w.nowAndNext(q, m, today, &p)
	w.nowLists(q, m, today, &p)
	p.Pause = w.pausePart(q, m, today)
	if q.Viewer.Standings.Has(person.Facilitator) && m.Day == today {
		w.nowSteps(q, m, &p)
	}
	return p, nil
}

// nowAndNext says what is talked about and what comes after it.
func (w world) nowAndNext(q *web.Request, m Meeting, today string, p *nowPage) {
	if !m.Sits(today) {
		return
	}
	t, waits := q.Words.T, w.waits()
	p.NowHead = t("meeting.now_head")
	p.Now = look.Card{Title: look.Link{Text: t("meeting.now_none")}}
	if now := w.sitting.now(waits); now != "" {
		p.Now = w.nowCard(q, now)
	}
	p.Next = t("meeting.next_none")
	if next := w.sitting.next(waits); next != "" {
		p.Next = t("meeting.next", "what", w.nowCard(q, next).Title.Text)
	}
}

// nowCard is one thing on the list that was read.
func (w world) nowCard(q *web.Request, id string) look.Card {
	i := w.items[slices.IndexFunc(w.items, func(i Item) bool { return i.ID == id })]
	return w.thing(q, i).Card
}

// nowLists puts what is on the list in order: what waits, what came in since it began, what was talked about,
// and what came off. Once it is over, what waits is what nobody came to.
func (w world) nowLists(q *web.Request, m Meeting, today string, p *nowPage) {
	t := q.Words.T
	var waits, came, taken []nowThing
	head, lead, now := t("meeting.list_heading"), "", ""
	if m.Sits(today) {
		head, now = t("meeting.also"), w.sitting.now(w.waits())
	}
	for _, i := range w.items {
		one := nowThing{Card: w.thing(q, i).Card}
		switch {
		case i.ID == now: // it stands above
		case i.Stands() == Taken:
			taken = append(taken, one)
		case i.Stands() == Dropped:
			one.Text = strings.Join(w.course(q, i), " ")
			taken = append(taken, one)
		case w.sitting.Stage != Ahead && i.cameAt().After(w.sitting.Began):
			came = append(came, w.takeable(q, m, today, i, one))
		default:
			waits = append(waits, w.takeable(q, m, today, i, one))
		}
	}
	if m.Over(today) {
		waits, came = append(waits, came...), nil
		head, lead = t("meeting.not_reached"), t("meeting.not_reached_text")
	}
	for _, l := range []nowList{{head, lead, waits}, {t("meeting.came"), "", came}, {t("meeting.gone_through"), "", taken}} {
		if len(l.Things) > 0 {
			p.Lists = append(p.Lists, l)
		}
	}
}

// cameAt is when an item came to the list on which it is.
func (i Item) cameAt() time.Time {
	for _, f := range slices.Backward(i.Fates) {
		if f.What == Moved {
			return f.Made
		}
	}
	return i.Made
}

// takeable adds the host's button that takes an item up, while there is a meeting to take it up in.
func (w world) takeable(q *web.Request, m Meeting, today string, i Item, one nowThing) nowThing {
	now := w.sitting.now(w.waits())
	if q.Viewer.Standings.Has(person.Facilitator) && m.Day == today && slices.Contains(w.sitting.Steps(now), Take) && i.ID != now && !i.Shut {
		one.Take = look.Button{Text: q.Words.T("meeting.step_take"), About: i.Text.Title, Look: look.Second, Name: "take", Value: i.ID}
	}
	return one
}

// nowSteps puts what the host can do on the page.
func (w world) nowSteps(q *web.Request, m Meeting, p *nowPage) {
	p.Steps, p.Over = "/meetings/"+m.ID+"/step", w.sitting.over()
	waits := w.waits()
	now, next := w.sitting.now(waits), w.sitting.next(waits)
	for _, s := range w.sitting.Steps(now) {
		if s == Take { // its buttons stand on the list, and here that of the first when nothing is taken up
			if now == "" && next != "" {
				p.Acts = append(p.Acts, look.Button{Text: q.Words.T("meeting.step_next", "what", w.nowCard(q, next).Title.Text), Name: "take", Value: next})
			}
			continue
		}
		b := look.Button{Text: q.Words.T("meeting.step_" + string(s)), Name: "step", Value: string(s), Look: look.Second}
		if s == Begin || s == Done || s == GoOn {
			b.Look = look.Main
		}
		p.Acts = append(p.Acts, b)
	}
}
