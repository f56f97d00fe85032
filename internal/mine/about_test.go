package mine_test

import (
	"context"
	"net/http"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// What was said of her and shared with her is in her copy, and whoever said it sees that. Who said something
// else beside it is told nothing: nothing of hers was read.
func TestAbout_OpensWhatWasSaidOfHerAlone(t *testing.T) {
	g := fixture.New(t)
	ann, bea, cat := g.Person("Ann", person.LivedExperience), g.Person("Bea", person.LivedExperience), g.Person("Cat", person.LivedExperience)
	talk, err := g.Gate.Prepare(t.Context(), g.P, consent.Incoming{Kind: consent.GroupTalk, Keeper: bea.ID, Speakers: []consent.NewSpeaker{
		{Role: consent.Member, Person: bea.ID}, {Role: consent.Member, Person: cat.ID}},
		Turns: []consent.NewTurn{{Speaker: 0, Text: "Ann made the tea."}, {Speaker: 1, Text: "It rained."}}})
	g.Must(err)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := talk.Save(ctx, tx); err != nil {
			return err
		}
		for i, owner := range []person.Viewer{bea, cat} {
			err := g.Gate.SetTerms(ctx, tx, owner, talk.ID, talk.Speakers[i], consent.Terms{Owner: owner.ID, Yes: []consent.Yes{{
				Audience: consent.Audience{Kind: consent.ToLived}, Use: consent.Use{Purpose: consent.Heard, Form: consent.Words}, Until: g.Now().AddDate(1, 0, 0)}}})
			if err != nil {
				return err
			}
		}
		return g.Gate.Mark(ctx, tx, g.P, consent.Mention{Contribution: talk.ID, Turn: talk.Turns[0], Span: consent.Span{End: 3}, About: ann.ID, By: bea.ID})
	})
	page := serve(g).As(ann).Post("/again", "again", signIn, "again-on", "/me/copy/all").Is(http.StatusOK, g)
	page.LacksText("It rained")
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		hers, err := g.Gate.Openings(ctx, tx, bea, talk.ID)
		g.Must(err)
		others, err := g.Gate.Openings(ctx, tx, cat, talk.ID)
		if len(hers) != 1 || hers[0].Reader != ann.ID || len(others) > 0 {
			t.Errorf("Bea is told %v and Cat %v, want Ann's opening and nothing", hers, others)
		}
		return err
	})
}
