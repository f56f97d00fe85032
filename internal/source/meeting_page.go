package source

import (
	"errors"
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// meetingPage asks of which meeting an observation is the record.
type meetingPage struct {
	Check  look.Check
	Title  look.Title
	Notes  []look.Note
	Action string
	Which  look.Choice
	Acts   []look.Button
}

// untied returns an observation that the viewer keeps, of which it was not said yet, with the meetings there are.
func (r *Room) untied(q *web.Request) (kept, []Met, error) {
	k, err := r.keeps(q)
	if err != nil {
		return k, nil, err
	}
	if r.meetings == nil || k.Kind != consent.Observation {
		return k, nil, fault.Missing
	}
	if _, told, err := r.met(q.Context(), q.Viewer, k.ID); err != nil || told {
		return k, nil, errors.Join(err, notTwice(told))
	}
	var people []person.ID
	for _, part := range k.parts {
		people = append(people, part.Person)
	}
	all, err := r.meetings.Seen(q.Context(), q.Viewer, people...)
	return k, all, err
}

// notTwice is the fault of saying it once more.
func notTwice(told bool) error {
	if told {
		return errNotAllowed
	}
	return nil
}

func newMeetingPage(q *web.Request, k kept, all []Met, days int, problem string) meetingPage {
	t, path := q.Words.T, "/source/"+string(k.ID)
	p := meetingPage{Title: look.Title{Text: t("source.meeting_heading"), Lead: t("source.meeting_lead")}, Action: path + "/meeting",
		Notes: []look.Note{{Title: t("source.meeting_then_title"), Text: t("source.meeting_then", "count", days)}},
		Which: look.Choice{Name: "meeting", Legend: t("source.meeting_which"), Problem: problem, Options: []look.Option{{Value: noMeeting, Label: t("source.meeting_none"), Hint: t("source.meeting_none_hint")}}},
		Acts:  []look.Button{{Text: t("source.save")}, {Text: t("source.leave_as_is"), Look: look.Second, Href: path}}}
	for _, m := range all {
		hint := "source.meeting_no"
		if m.Agreed && m.Study == k.Study {
			hint = "source.meeting_yes"
		}
		p.Which.Options = append(p.Which.Options, look.Option{Value: m.ID, Label: m.when(q), Hint: t(hint)})
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#" + p.Which.At(), Text: problem}}}
	}
	return p
}

// when says when a meeting was.
func (m Met) when(q *web.Request) string {
	day, err := time.Parse(time.DateOnly, m.Day)
	if err != nil {
		return m.Start
	}
	return q.Words.T("source.meeting_when", "day", q.Words.Day(day.Add(12*time.Hour)), "time", m.Start)
}

func (r *Room) showMeeting(q *web.Request) (web.Answer, error) {
	k, all, err := r.untied(q)
	if errors.Is(err, errNotAllowed) {
		return web.Go("/source/" + string(k.ID)), nil
	}
	if err != nil {
		return nil, err
	}
	return q.Show("meeting", newMeetingPage(q, k, all, r.days(), "")), nil
}

type meetingForm struct {
	Meeting string `form:"meeting"`
}

// saveMeeting keeps it, for good. Whoever has not said yes to being watched there has what she said in it taken back
// in the same moment, and what speaks of her closed.
func (r *Room) saveMeeting(q *web.Request) (web.Answer, error) {
	k, all, err := r.untied(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[meetingForm](q)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(m Met) bool { return m.ID == f.Meeting })
	if i < 0 && f.Meeting != noMeeting {
		if q.WantsData() {
			return nil, errWhich
		}
		return q.Again("meeting", newMeetingPage(q, k, all, r.days(), q.Words.T(errWhich.Say))), nil
	}
	var m Met
	if i >= 0 {
		m = all[i]
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error { return r.tie(q.Context(), tx, q.Partnership(), k, m) })
	return web.GoSaying("/source/"+string(k.ID), "source.meeting_saved"), err
}

// meetingNote says to the keeper of an observation of which meeting it is the record, or asks.
func (r *Room) meetingNote(q *web.Request, k kept, p *onePage) error {
	if r.meetings == nil || k.Kind != consent.Observation || k.Keeper != q.Viewer.ID {
		return nil
	}
	m, told, err := r.met(q.Context(), q.Viewer, k.ID)
	t := q.Words.T
	switch {
	case err != nil:
		return err
	case !told:
		p.Next = append(p.Next, look.Note{Title: t("source.meeting_heading"), Text: t("source.meeting_lead"),
			Links: []look.Link{{Href: "/source/" + string(k.ID) + "/meeting", Text: t("source.meeting_link")}}})
	case m.ID == "":
		p.Next = append(p.Next, look.Note{Text: t("source.meeting_of_none")})
	case m.Agreed && m.Study == k.Study:
		p.Next = append(p.Next, look.Note{Title: t("source.meeting_of", "when", m.when(q)), Text: t("source.meeting_yes")})
	default:
		p.Next = append(p.Next, look.Note{Title: t("source.meeting_of", "when", m.when(q)), Text: t(errUnmet.Say)})
	}
	return nil
}

func (r *Room) days() int { return int(r.gate.UndoTime() / (24 * time.Hour)) }
