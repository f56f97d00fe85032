package matrix_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// allowFor gives the study's analysts her part of a talk for some days.
func (w *world) allowFor(who person.Viewer, k talk, days int) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.SetTerms(ctx, tx, who, k.ID, k.Speakers[hers], consent.Terms{Owner: who.ID, Yes: []consent.Yes{{
			Audience: consent.Audience{Kind: consent.ToAnalysts, ID: w.study}, Until: w.clock().AddDate(0, 0, days),
			Use: consent.Use{Purpose: consent.Analysis, For: w.study, Form: consent.Words}}}})
	})
}

// Analysts are told how many passages end within a month, few as few, and never whose.
func TestCoverage_SaysHowMuchEnds(t *testing.T) {
	w, site := onFixture(t)
	says := func(text string) {
		t.Helper()
		p := site.AtDesk(w.cat).Get(w.whole()+"/coverage").Is(http.StatusOK, site.Ground)
		shows(t, p, text)
		hides(t, p, "Ann", "Bea")
	}
	says("Nothing that is counted here ends within the next month.")
	w.allowFor(w.ann, w.talks[0], 20) // two passages
	says("Fewer than 3 passages end within the next month")
	w.allowFor(w.bea, w.talks[1], 30)
	says(fmt.Sprintf("%d passages end within the next month", 4))
	w.allowFor(w.bea, w.talks[1], 40)
	says("Fewer than 3 passages end within the next month")
	must(t, w.gate.TakeBack(t.Context(), w.ann, consent.Part{Contribution: w.talks[0].ID, Speaker: w.talks[0].Speakers[hers]}, false))
	says("Nothing that is counted here ends within the next month.") // what is shut already does not end
}
