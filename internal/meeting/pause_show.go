package meeting

import (
	"slices"
	"strings"

	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// pausePart is "I need a pause" on the page of a meeting. Whoever hosts reads there that somebody needs one.
// Everybody else sees only her own.
type pausePart struct {
	Head   string
	Who    look.Who
	Lines  []string
	Action string
	Acts   []look.Button
}

func (w world) pausePart(q *web.Request, m Meeting, today string) pausePart {
	t, path := q.Words.T, "/meetings/"+m.ID+"/pause"
	if !m.Sits(today) {
		return pausePart{}
	}
	if q.Viewer.Standings.Has(person.Facilitator) {
		return w.pausesForHost(q, path)
	}
	p := pausePart{Head: t("meeting.pause_head"), Action: path}
	hers, asked := ofHers(w.pauses, q.Viewer.ID)
	if !asked {
		p.Who = look.Who{Title: t("meeting.who_sees"), Text: t("meeting.pause_who", "names", w.hostNames())}
		p.Acts = []look.Button{{Text: t("meeting.pause_ask"), Look: look.Second, Name: "name", Value: "no"}, {Text: t("meeting.pause_ask_named"), Look: look.Second, Name: "name", Value: "yes"}}
		return p
	}
	p.Head, p.Lines = t("meeting.pause_head_asked"), []string{t("meeting.pause_there")}
	if hers.Named {
		p.Lines[0] = t("meeting.pause_there_named")
	}
	if hers.Seen.IsZero() {
		p.Lines = append(p.Lines, t("meeting.pause_unseen"))
	} else {
		p.Lines = append(p.Lines, t("meeting.pause_seen", "clock", q.Words.Clock(hers.Seen)))
	}
	p.Action, p.Acts = path+"/drop", []look.Button{{Text: t("meeting.pause_back"), Look: look.Second}}
	return p
}

// pausesForHost says that somebody needs a pause, in one line whoever and however many gave no name.
func (w world) pausesForHost(q *web.Request, path string) pausePart {
	t, all := q.Words.T, askedOf(w.pauses)
	var p pausePart
	for _, who := range all.Names {
		p.Lines = append(p.Lines, t("meeting.pause_by", "name", w.names[who]))
	}
	slices.SortFunc(p.Lines, strings.Compare)
	if all.Somebody {
		p.Lines = append(p.Lines, t("meeting.pause_somebody"))
	}
	switch {
	case len(p.Lines) == 0:
		return p
	case all.New:
		p.Action, p.Acts = path+"/seen", []look.Button{{Text: t("meeting.pause_see")}}
	default:
		p.Lines = append(p.Lines, t("meeting.pause_known"))
	}
	p.Head = t("meeting.pause_host_head")
	return p
}

type pauseForm struct {
	Name string `form:"name"`
}

func (r *Room) needPause(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[pauseForm](q)
	if err == nil {
		err = r.NeedPause(q.Context(), q.Viewer, q.Path("meeting"), f.Name == "yes")
	}
	if err != nil && mends(err) {
		p, other := r.nowPage(q)
		p.Check = form{}.wrong(q, err).Check
		return q.Again("now", p), other
	}
	return toPause(q), err
}

func (r *Room) noPause(q *web.Request) (web.Answer, error) {
	return toPause(q), r.NoPause(q.Context(), q.Viewer, q.Path("meeting"))
}

func (r *Room) seePauses(q *web.Request) (web.Answer, error) {
	return toPause(q), r.SeePauses(q.Context(), q.Viewer, q.Path("meeting"))
}

func toPause(q *web.Request) web.Answer {
	return web.Go("/meetings/" + q.Path("meeting") + "/now#pause")
}
