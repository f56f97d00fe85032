package demo

import (
	"context"
	"strings"

	"footing/internal/agreement"
	"footing/internal/person"
	"footing/internal/store"
)

// agreed is how many days ago they agreed on how they work together.
const agreed = 440

// fillAgreement writes down how they work together and by which rules they decide, and everybody says yes. How many
// stops their own group takes the women leave as it is, and say how they meet.
func (f *filler) fillAgreement(ctx context.Context) error {
	f.ago(agreed)
	bren := f.people["bren"]
	err := f.write(ctx, func(tx *store.Tx) error {
		v, err := f.Agreed.Write(ctx, tx, f.p, bren, strings.TrimPrefix(f.corpus.Agreement, "# How we work together\n\n"), theirRules(), 0)
		if err != nil {
			return err
		}
		for _, who := range f.corpus.Partnership.People {
			if !person.Standing(who.Standing).Valid() {
				continue
			}
			if err := f.Agreed.Answer(ctx, tx, f.p, f.people[who.ID], v.N, agreement.Yes); err != nil {
				return err
			}
			if err := f.Agreed.Shown(ctx, tx, f.viewer(who.ID), v.N); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.Agreed.SetStops(ctx, f.woman("bren"), agreement.Stopping{Stops: agreement.FirstStops, Meets: "Just us, over tea, before anybody else hears of it."}, 0)
}

// theirRules is how this group decides.
func theirRules() agreement.Change {
	mild := agreement.Rule{Lived: agreement.House{Way: agreement.Unopposed, Quorum: 2}, Others: agreement.House{Way: agreement.Unopposed, Quorum: 1},
		Days: 7, Opens: agreement.AnyOpens, Apart: agreement.Again}
	most := mild
	most.Lived, most.Others, most.Days = agreement.House{Way: agreement.Majority, Quorum: 3}, agreement.House{Way: agreement.Majority, Quorum: 2}, 14
	money := most
	money.Opens, money.Apart = agreement.LivedOpens, agreement.Stays
	slow := most
	slow.Lived.Way, slow.Days, slow.Apart = agreement.Unopposed, 21, agreement.Outside
	closed := []agreement.Closed{{What: "Who is a practice’s patient", Why: "The practice decides that, and says so."}}
	limits := []agreement.Confidence{
		{Of: person.Charity, Text: "If a child or somebody’s life is not safe, I must tell our safeguarding lead. I say so to you first."},
		{Of: person.Clinician, Text: "If a child or somebody’s life is not safe, I must tell the safeguarding team. Nothing from here goes into your notes."},
		{Of: person.Researcher, Text: "If a child or somebody’s life is not safe, I must tell our lead. Your name is in no report unless you said so."},
	}
	return agreement.Change{By: map[agreement.Matter]agreement.Rule{agreement.Everyday: mild, agreement.Practices: most, agreement.Research: most,
		agreement.Published: slow, agreement.Money: money, agreement.Changes: slow}, Closed: &closed, Limits: &limits}
}
