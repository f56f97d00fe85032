package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"footing/internal/consent"
	"footing/internal/demo/texts"
	"footing/internal/person"
	"footing/internal/sharing"
	"footing/internal/source"
	"footing/internal/store"
)

// fillSources keeps every recording and note, with each speaker's terms and the places that speak of
// somebody.
func (f *filler) fillSources(ctx context.Context) error {
	for _, s := range f.corpus.Sources {
		f.ago(s.DaysAgo)
		k := &kept{Source: s, speakers: map[string]int{}}
		facts := source.Facts{Title: s.Title, Setting: s.Setting, Present: s.Present, Minutes: s.Minutes}
		prepared, err := f.Sources.Prepare(ctx, f.p, f.study, f.incoming(k), facts)
		if err != nil {
			return err
		}
		k.prepared, f.sources[s.ID] = prepared, k
		if err := f.write(ctx, func(tx *store.Tx) error { return f.keep(ctx, tx, k) }); err != nil {
			return fmt.Errorf("%s: %w", s.ID, err)
		}
	}
	return nil
}

func (f *filler) incoming(k *kept) consent.Incoming {
	n := consent.Incoming{Kind: consent.Kind(k.Kind), Title: k.Title, Note: k.ContentNote, Keeper: f.people[k.Keeper]}
	for i, s := range k.Speakers {
		k.speakers[s.Label] = i
		role := consent.Member
		switch {
		case s.Interviewer:
			role = consent.Interviewer
		case s.Outside != "":
			role = consent.Outside
		}
		n.Speakers = append(n.Speakers, consent.NewSpeaker{Role: role, Person: f.people[s.Person], Label: s.Label})
	}
	for _, t := range k.Turns {
		n.Turns = append(n.Turns, consent.NewTurn{Speaker: k.speakers[t.Speaker], Text: t.Text})
	}
	return n
}

func (f *filler) keep(ctx context.Context, tx *store.Tx, k *kept) error {
	if err := k.prepared.Save(ctx, tx); err != nil {
		return err
	}
	for i, s := range k.Speakers {
		if s.Terms == nil {
			continue
		}
		if err := f.setTerms(ctx, tx, k.prepared.Prepared, i, s, f.people[k.Keeper]); err != nil {
			return err
		}
	}
	if err := f.toldBefore(ctx, tx, k); err != nil {
		return err
	}
	if err := f.offer(ctx, tx, k); err != nil {
		return err
	}
	for _, m := range k.Mentions {
		turn := k.Turns[m.Turn-1]
		span, ok := spanOf(turn.Text, m.Passage)
		if !ok {
			return fmt.Errorf("a marked passage is not in turn %d", m.Turn)
		}
		err := f.Gate.Mark(ctx, tx, f.p, consent.Mention{Contribution: k.prepared.ID, Turn: k.prepared.Turns[m.Turn-1], Span: span,
			About: f.people[m.Person], By: f.people[k.Keeper]})
		if err != nil {
			return err
		}
	}
	return nil
}

// offer gives a source to analysis when anybody in it allowed that. Others are kept and wait.
func (f *filler) offer(ctx context.Context, tx *store.Tx, k *kept) error {
	allowed := slices.ContainsFunc(k.Speakers, func(s texts.Speaker) bool {
		return !s.Interviewer && s.Terms != nil && slices.ContainsFunc(s.Terms.Yes, func(y texts.Yes) bool { return y.Purpose == "analysis" })
	})
	if !allowed {
		return nil
	}
	src, err := f.Sources.Get(ctx, tx, f.p, k.prepared.ID)
	if err != nil {
		return err
	}
	return f.Sources.Move(ctx, tx, f.p, src, source.Offered)
}

// setTerms records what a speaker allows: herself on screen, her keeper on paper or when she said it.
func (f *filler) setTerms(ctx context.Context, tx *store.Tx, prepared *consent.Prepared, i int, s texts.Speaker, keeper person.ID) error {
	owner := f.people[s.Person]
	by := owner
	if owner == "" || s.Terms.How != "screen" {
		by = keeper
	}
	return f.Gate.SetTerms(ctx, tx, person.Viewer{Partnership: f.p, ID: by}, prepared.ID, prepared.Speakers[i], f.terms(*s.Terms, owner))
}

// terms turns terms of the texts into terms of the gate. Ends count from the real today.
func (f *filler) terms(t texts.Terms, owner person.ID) consent.Terms {
	terms := consent.Terms{Owner: owner, Given: f.Clock.Now(), Attribution: consent.Attribution(t.Attribution), AskFirst: t.AskFirst,
		How: consent.How{Way: t.How, Beside: t.Beside, Sheet: sheetVersion(t.Sheet)}}
	today := time.Now().UTC()
	for _, y := range t.Yes {
		yes := consent.Yes{Audience: f.audience(y.Audience), Until: today.AddDate(0, 0, y.UntilDays), Moment: f.moments[y.UntilEvent],
			Use: consent.Use{Purpose: purposes[y.Purpose], Form: forms[y.Form]}}
		if yes.Audience.Kind == consent.ToAnalysts || yes.Purpose == consent.Analysis || yes.Purpose == consent.Quote && yes.Audience.Kind != consent.ToPublic {
			yes.For = f.study
		}
		terms.Yes = append(terms.Yes, yes)
	}
	for _, no := range t.Not {
		terms.Not = append(terms.Not, f.audience(no))
	}
	return terms
}

var purposes = map[string]consent.Purpose{
	"meeting": consent.Heard, "decision": consent.Decision, "improvement": consent.Improvement, "training": consent.Training,
	"analysis": consent.Analysis, "quote": consent.Quote, "publication": consent.Publication,
}

var forms = map[string]consent.Form{
	"words": consent.Words, "voice": consent.Voice, "paraphrase": consent.Paraphrase, "theme": consent.Theme, "number": consent.Number,
}

// audience turns an audience of the texts into one of the gate's.
func (f *filler) audience(value string) consent.Audience {
	a := sharing.ParseAudience(value)
	switch a.Kind {
	case consent.ToPerson:
		a.ID = string(f.people[a.ID])
	case consent.ToPractice:
		a.ID = f.practices[a.ID]
	case consent.ToAnalysts:
		a.ID = f.study
	}
	return a
}

// spanOf returns where a passage stands in a text, in code points.
func spanOf(text, passage string) (consent.Span, bool) {
	i := strings.Index(text, passage)
	if i < 0 {
		return consent.Span{}, false
	}
	start := utf8.RuneCountInString(text[:i])
	return consent.Span{Start: start, End: start + utf8.RuneCountInString(passage)}, true
}

// fillShares keeps what members shared themselves, and how they want to be told when it ends.
func (f *filler) fillShares(ctx context.Context) error {
	for _, who := range f.corpus.Partnership.People {
		if who.Reminders == "" {
			continue
		}
		if err := f.Sharing.Remind(ctx, person.Viewer{Partnership: f.p, ID: f.people[who.ID]}, sharing.Pace(who.Reminders)); err != nil {
			return err
		}
	}
	for _, s := range f.corpus.Shares {
		if err := f.share(ctx, s, ""); err != nil {
			return fmt.Errorf("%s: %w", s.ID, err)
		}
	}
	return nil
}

// share keeps one thing a member shared, in answer to a request if there is one.
func (f *filler) share(ctx context.Context, s texts.Share, ask string) error {
	f.ago(s.DaysAgo)
	owner := f.people[s.Person]
	n := consent.Incoming{Kind: consent.Kind(s.Kind), Title: s.Title, Note: s.ContentNote, Topics: s.Topics, Keeper: owner,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: owner}}}
	for _, text := range sharing.Paragraphs(s.Text) {
		n.Turns = append(n.Turns, consent.NewTurn{Text: text})
	}
	prepared, err := f.Gate.Prepare(ctx, f.p, n)
	if err != nil {
		return err
	}
	err = f.write(ctx, func(tx *store.Tx) error {
		if err := prepared.Save(ctx, tx); err != nil {
			return err
		}
		if err := f.Sharing.Answer(ctx, tx, f.p, prepared.ID, ask); err != nil {
			return err
		}
		return f.Gate.SetTerms(ctx, tx, person.Viewer{Partnership: f.p, ID: owner}, prepared.ID, prepared.Speakers[0], f.terms(s.Terms, owner))
	})
	if err != nil {
		return err
	}
	return f.takeBack(ctx, prepared, 0, owner, s.Terms.TakenBack)
}

// fillTakenBack takes back what its speakers took back, after it was analysed.
func (f *filler) fillTakenBack(ctx context.Context) error {
	for _, s := range f.corpus.Sources {
		k := f.sources[s.ID]
		for i, sp := range k.Speakers {
			if sp.Terms == nil {
				continue
			}
			owner := f.people[sp.Person]
			if owner == "" {
				owner = f.people[k.Keeper]
			}
			if err := f.takeBack(ctx, k.prepared.Prepared, i, owner, sp.Terms.TakenBack); err != nil {
				return fmt.Errorf("%s: %w", s.ID, err)
			}
		}
	}
	return nil
}

func (f *filler) takeBack(ctx context.Context, prepared *consent.Prepared, speaker int, owner person.ID, back *texts.Back) error {
	if back == nil {
		return nil
	}
	f.ago(back.DaysAgo)
	part := consent.Part{Contribution: prepared.ID, Speaker: prepared.Speakers[speaker]}
	for _, n := range back.Turns {
		part.Turns = append(part.Turns, prepared.Turns[n-1])
	}
	return f.Gate.TakeBack(ctx, person.Viewer{Partnership: f.p, ID: owner}, part, false)
}

// fillAskedAgain has those asked again whose words an analyst reads who was named after they had spoken:
// who joins later opens nothing given before, unless its owner says yes anew.
func (f *filler) fillAskedAgain(ctx context.Context) error {
	for _, a := range f.corpus.Study.Analysts {
		f.ago(a.FromDaysAgo - 1)
		for _, s := range f.corpus.Sources {
			reads := func(p texts.Passage) bool { return p.Source == s.ID && p.By == a.Person }
			if s.DaysAgo <= a.FromDaysAgo || !slices.ContainsFunc(f.corpus.Passages, reads) {
				continue
			}
			k := f.sources[s.ID]
			for i, sp := range k.Speakers {
				if sp.Terms == nil {
					continue
				}
				err := f.write(ctx, func(tx *store.Tx) error {
					return f.setTerms(ctx, tx, k.prepared.Prepared, i, sp, f.people[k.Keeper])
				})
				if err != nil {
					return fmt.Errorf("%s: %w", s.ID, err)
				}
			}
		}
	}
	return nil
}
