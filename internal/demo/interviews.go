package demo

import (
	"context"

	"footing/internal/consent"
	"footing/internal/interview"
	"footing/internal/store"
)

// toldBefore keeps that whoever spoke in an interview was told, before it began, what cannot be kept private: in the
// way in which she gave her terms, and under the first version of how they work together.
func (f *filler) toldBefore(ctx context.Context, tx *store.Tx, k *kept) error {
	if consent.Kind(k.Kind) != consent.Interview {
		return nil
	}
	for i, s := range k.Speakers {
		if s.Interviewer || s.Terms == nil {
			continue
		}
		now, asker := f.Clock.Now(), f.people[k.Keeper]
		told := interview.Interview{ID: store.RandomID(), Study: f.study, Asker: asker, Person: f.people[s.Person], Made: now, Sheet: sheetVersion(s.Terms.Sheet),
			Version: 1, Shown: now, Way: s.Terms.How, Told: asker, Begun: now, Source: k.prepared.ID, Speaker: k.prepared.Speakers[i]}
		if told.Person != "" && told.Way == "screen" {
			told.Told = told.Person
		}
		if err := f.Interview.Keep(ctx, tx, f.p, told); err != nil {
			return err
		}
	}
	return nil
}

// fillInterviews has somebody prepare an interview that has not begun.
func (f *filler) fillInterviews(ctx context.Context) error {
	f.ago(2)
	sheets := f.corpus.Study.Sheets
	next := interview.Interview{ID: store.RandomID(), Study: f.study, Asker: f.people["ruth"], Person: f.people["bren"], Made: f.Clock.Now(),
		Sheet: sheetVersion(sheets[len(sheets)-1].Version)}
	return f.write(ctx, func(tx *store.Tx) error { return f.Interview.Keep(ctx, tx, f.p, next) })
}
