package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"footing/internal/demo/texts"
	"footing/internal/meeting"
	"footing/internal/person"
)

// host is whoever hosts meetings, as the rule of what becomes of an item wants to know it.
func (f *filler) host(who string) person.Viewer {
	v := f.viewer(who)
	v.Standings = person.Set{person.Facilitator}
	return v
}

// fillMeetings plans meetings, makes them known, and has people put things on their lists, each on the day it
// was.
func (f *filler) fillMeetings(ctx context.Context) error {
	all := f.corpus.Meetings
	f.ago(all.EnoughAgo)
	if err := f.Meeting.Enough(ctx, f.viewer(all.EnoughBy), 0, all.Enough); err != nil {
		return err
	}
	for _, h := range all.Hosts {
		f.ago(h.DaysAgo)
		if err := f.Meeting.Tell(ctx, f.viewer(h.Person), meeting.RecordText{Learned: meeting.Learned(h.Learned), Words: h.Words}); err != nil {
			return err
		}
	}
	ids := f.meetings
	for _, m := range all.Meetings {
		id, err := f.planMeeting(ctx, m)
		if err != nil {
			return fmt.Errorf("%s: %w", m.ID, err)
		}
		ids[m.ID] = id
	}
	items, err := f.fillAgenda(ctx, all.Items, ids)
	if err != nil {
		return err
	}
	if err := f.fillSaid(ctx, all, ids, items); err != nil {
		return err
	}
	if err := f.fillSitting(ctx, all, ids, items); err != nil {
		return err
	}
	f.ago(18)
	if err := f.Checkin.Keep(ctx, f.viewer("bren"), true, "Tired, and glad that I came. The tea helped."); err != nil {
		return err
	}
	_, err = f.Checkin.Ask(ctx, f.viewer("bren"), f.people["jo"], "On the shop's number, after two. Say that it is about the raffle.")
	return err
}

// day is a day so many days before the demo starts, as a room keeps it.
func (f *filler) day(ago int) string {
	return time.Now().UTC().AddDate(0, 0, -ago).Format(time.DateOnly)
}

func (f *filler) planMeeting(ctx context.Context, m texts.Meeting) (string, error) {
	f.ago(m.PlannedAgo)
	jo := f.viewer("jo")
	id, err := f.Meeting.Plan(ctx, jo, f.day(m.DaysAgo), m.Start, jo.ID)
	if err != nil {
		return "", err
	}
	say := func(field meeting.Field, l meeting.Line) error {
		now, err := f.Meeting.Planned(ctx, jo, id)
		if err != nil {
			return err
		}
		var with []person.ID
		for _, who := range m.With {
			with = append(with, f.people[who])
		}
		return f.Meeting.Say(ctx, jo, now, field, l, meeting.Further{With: with, Women: m.Women, At: f.places[m.Place]})
	}
	for _, field := range meeting.Fields() {
		if words := m.Lines[string(field)]; words != "" {
			if err := say(field, meeting.Line{Words: words}); err != nil {
				return "", err
			}
		}
	}
	for _, o := range m.Open {
		if err := say(meeting.Field(o.Field), meeting.Line{Words: o.Words, By: f.people[o.By], Until: f.day(-o.UntilDays)}); err != nil {
			return "", err
		}
	}
	if m.Draft {
		return id, nil
	}
	return id, f.Meeting.MakeKnown(ctx, jo, id, "")
}

func (f *filler) fillAgenda(ctx context.Context, list []texts.AgendaItem, meetings map[string]string) (ids []string, err error) {
	for _, i := range list {
		f.ago(i.DaysAgo)
		id, err := f.Meeting.Propose(ctx, f.viewer(i.Person), meetings[i.Meeting], meeting.ItemText{Title: i.Title, More: i.More})
		if err != nil {
			return nil, err
		}
		for _, fate := range i.Fates {
			f.ago(fate.DaysAgo)
			if err := f.Meeting.Decide(ctx, f.host(fate.Person), id, meeting.Fate{What: meeting.What(fate.What), To: meetings[fate.To], Why: fate.Why}); err != nil {
				return nil, fmt.Errorf("%s: %w", i.Title, err)
			}
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (f *filler) fillSaid(ctx context.Context, all texts.Meetings, meetings map[string]string, items []string) error {
	for _, s := range all.Said {
		f.ago(s.DaysAgo)
		said := meeting.Said{Meeting: meetings[s.Meeting], May: meeting.May(s.May), Text: meeting.SaidText{Words: s.Words, For: s.For}}
		if s.Item != nil {
			said.Item = items[*s.Item]
		}
		if _, err := f.Meeting.Speak(ctx, f.viewer(s.Person), said); err != nil {
			return err
		}
	}
	for _, w := range all.Ways {
		f.ago(w.DaysAgo)
		text := meeting.TakingText{Words: w.Words}
		for _, way := range w.Ways {
			text.Ways = append(text.Ways, meeting.Way(way))
		}
		if err := f.Meeting.TakePart(ctx, f.viewer(w.Person), meetings[w.Meeting], text); err != nil {
			return err
		}
	}
	return nil
}

// fillSitting begins the meeting that happens while the demo is looked at, with the first thing on its list, and
// has somebody need a pause.
func (f *filler) fillSitting(ctx context.Context, all texts.Meetings, meetings map[string]string, items []string) error {
	f.ago(0)
	for _, m := range all.Meetings {
		if !m.Begun {
			continue
		}
		first := slices.IndexFunc(all.Items, func(i texts.AgendaItem) bool { return i.Meeting == m.ID })
		if err := f.Meeting.Step(ctx, f.host("jo"), meetings[m.ID], 0, meeting.Begin, ""); err != nil {
			return err
		}
		if err := f.Meeting.Step(ctx, f.host("jo"), meetings[m.ID], 1, meeting.Take, items[first]); err != nil {
			return err
		}
		if err := f.Meeting.NeedPause(ctx, f.viewer("bren"), meetings[m.ID], false); err != nil {
			return err
		}
	}
	return nil
}
