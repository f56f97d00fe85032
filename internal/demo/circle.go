package demo

import (
	"context"
	"strings"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/demo/texts"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
)

// founded is how many days ago the partnership began: before everything that happened in it.
const founded = 450

// fillCircle makes the partnership, its people and its practices.
func (f *filler) fillCircle(ctx context.Context) error {
	f.ago(founded)
	f.p = person.Partnership(store.RandomID())
	return f.write(ctx, func(tx *store.Tx) error {
		if err := f.Circle.Make(ctx, tx, circle.Settings{Partnership: f.p, Name: f.corpus.Partnership.Name, LeaveTo: "https://www.bbc.co.uk/weather"}); err != nil {
			return err
		}
		for _, o := range f.corpus.Partnership.Organisations {
			if o.Kind != "practice" {
				continue
			}
			pr, err := f.Circle.AddPractice(ctx, tx, f.p, o.Name)
			if err != nil {
				return err
			}
			f.practices[o.ID] = pr.ID
		}
		for _, who := range f.corpus.Partnership.People {
			if err := f.add(ctx, tx, who); err != nil {
				return err
			}
		}
		return nil
	})
}

// add puts one person into the circle. The first worker of the charity looks after the server, and hosts.
func (f *filler) add(ctx context.Context, tx *store.Tx, who texts.Person) error {
	id, err := f.Circle.Add(ctx, tx, f.p, who.Name, "")
	if err != nil {
		return err
	}
	f.people[who.ID] = id
	if err := f.Accounts.Create(ctx, tx, f.p, id, who.Name, ""); err != nil {
		return err
	}
	standing := person.Standing(who.Standing)
	if err := f.Circle.Give(ctx, tx, f.p, id, standing, id, true); err != nil {
		return err
	}
	if standing == person.Charity && who.SignIn {
		for _, duty := range []person.Standing{person.Administrator, person.Facilitator} {
			if err := f.Circle.Give(ctx, tx, f.p, id, duty, id, true); err != nil {
				return err
			}
		}
	}
	if practice := f.practices[who.Organisation]; practice != "" {
		if err := f.Gate.Join(ctx, tx, f.p, id, consent.Audience{Kind: consent.ToPractice, ID: practice}, f.Clock.Now()); err != nil {
			return err
		}
	}
	if who.AboutMe != "" {
		return f.Gate.SetAnswer(ctx, tx, f.p, id, consent.Answer(who.AboutMe))
	}
	return nil
}

// fillStudy makes the study: approved, with two versions of its sheet and three analysts.
func (f *filler) fillStudy(ctx context.Context) error {
	s := f.corpus.Study
	f.ago(founded)
	day := func(ago int) (t study.Sheet) { f.ago(ago); t.Since = f.Clock.Now(); return t }
	return f.write(ctx, func(tx *store.Tx) error {
		kept := study.Study{Question: s.Question, ChosenBy: f.chosenBy(), Sponsor: s.Sponsor, Committee: s.EthicsCommittee,
			Reference: s.References[0].Reference, Approved: day(s.References[0].DaysAgo).Since, Begins: day(s.StartedDaysAgo).Since,
			Ends: day(-s.EndsInDays).Since, Retention: s.RetentionYears}
		f.ago(s.StartedDaysAgo)
		var err error
		if f.study, err = f.Studies.Add(ctx, tx, f.p, kept); err != nil {
			return err
		}
		for _, sheet := range s.Sheets {
			k := day(sheet.DaysAgo)
			k.Version, k.Body, k.TakingBack = sheetVersion(sheet.Version), sheet.Text, sheet.Promise
			if err := f.Studies.AddSheet(ctx, tx, f.p, f.study, k); err != nil {
				return err
			}
		}
		for _, r := range s.References[1:] {
			if err := f.Studies.Amend(ctx, tx, f.p, f.study, study.Amendment{Reference: r.Reference, What: r.What, Approved: day(r.DaysAgo).Since}); err != nil {
				return err
			}
		}
		for _, a := range s.Analysts {
			f.ago(a.FromDaysAgo)
			if err := f.Studies.Name(ctx, tx, f.p, f.study, f.people[a.Person], ""); err != nil {
				return err
			}
		}
		return nil
	})
}

func sheetVersion(n int) string {
	if n == 0 {
		return ""
	}
	return "v" + string(rune('0'+n))
}

// chosenBy names who chose the question.
func (f *filler) chosenBy() string {
	var names []string
	for _, id := range f.corpus.Study.QuestionChosenBy {
		for _, who := range f.corpus.Partnership.People {
			if who.ID == id {
				names = append(names, who.Name)
			}
		}
	}
	return strings.Join(names, ", ") + ". " + f.corpus.Study.QuestionNote
}
