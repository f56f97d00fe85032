package demo

import (
	"context"
	"fmt"

	"footing/internal/asking"
	"footing/internal/consent"
	"footing/internal/demo/texts"
	"footing/internal/person"
)

// fillAsking puts entries on the shelf, and has requests asked, let through, refused and answered, each on
// the day it was.
func (f *filler) fillAsking(ctx context.Context) error {
	all := f.corpus.Asking
	for _, k := range all.Known {
		f.ago(k.DaysAgo)
		if _, err := f.Asking.Add(ctx, f.viewer(k.Person), asking.Known{Title: k.Title, Known: k.Known, From: asking.From(k.From), Source: k.Source}); err != nil {
			return err
		}
	}
	for _, a := range all.Asks {
		if err := f.ask(ctx, a); err != nil {
			return fmt.Errorf("%s: %w", a.ID, err)
		}
	}
	for _, c := range all.Choices {
		if err := f.Asking.Choose(ctx, f.viewer(c.Person), c.Kinds); err != nil {
			return err
		}
	}
	return nil
}

// woman is one of the women, as the rule of asking wants to know it.
func (f *filler) woman(who string) person.Viewer {
	v := f.viewer(who)
	v.Standings = person.Set{person.LivedExperience}
	return v
}

func (f *filler) ask(ctx context.Context, a texts.Ask) error {
	f.ago(a.DaysAgo)
	asker := f.viewer(a.Person)
	id, err := f.Asking.Begin(ctx, asker, f.text(a))
	if err != nil {
		return err
	}
	if err := f.Asking.Put(ctx, asker, id); err != nil {
		return err
	}
	for _, s := range a.Said {
		f.ago(s.DaysAgo)
		if err := f.Asking.Say(ctx, f.woman(s.Person), id, 1, asking.Says(s.Says), s.Words); err != nil {
			return err
		}
	}
	if a.Refused {
		// Anybody can stand for the one who said it: it is kept without a name.
		if err := f.Asking.Say(ctx, f.woman("bren"), id, 1, asking.Not, ""); err != nil {
			return err
		}
	}
	f.ago(max(0, a.DaysAgo-asking.First().Days))
	if err := f.Asking.Tidy(ctx, f.p); err != nil {
		return err
	}
	for _, answer := range a.Answers {
		if err := f.share(ctx, answer, id); err != nil {
			return err
		}
	}
	if a.Told == "" {
		return nil
	}
	f.ago(a.ToldAgo)
	return f.Asking.Tell(ctx, asker, id, a.Title, a.Told)
}

// text is a request as its asker wrote it.
func (f *filler) text(a texts.Ask) asking.Text {
	t := asking.Text{Title: a.Title, What: a.What, Known: a.Known, More: a.More, Why: a.Why, Gain: a.Gain, Interest: a.Interest,
		Pay: asking.Pay(a.Pay), Pence: a.Pence, Support: a.Support, Kind: a.Kind, Weeks: a.Weeks}
	if a.Study {
		t.Study = f.study
	}
	for _, way := range a.Ways {
		t.Ways = append(t.Ways, consent.Kind(way))
	}
	return t
}
