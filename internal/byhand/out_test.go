package byhand_test

import (
	"context"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// On paper too she is asked what becomes of her words once they are out, and who may check them.
func TestOut_OnPaper(t *testing.T) {
	b := newSession(t)
	code := b.print(b.jo, "share", "for", b.id("Mo"))
	b.entered(b.jo, code, "kind", "idea", "text", "A quiet corner.", "use", "publication", "form", "words", "until", "3", "out", "3", "checker", "person:"+string(b.Named("Kez").ID),
		"hand.way", person.Paper, "hand.beside", b.id("Kez"))
	b.beside(b.kez, "yes").HasText("Done")
	mo := b.Named("Mo")
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		terms, err := b.Gate.OwnTerms(ctx, tx, mo)
		for _, t := range terms {
			if t.Kept().IsZero() || !t.EraseAfter || t.How.Way != person.Paper {
				b.T.Errorf("what was entered keeps until %v, erases %v and was given on %q", t.Kept(), t.EraseAfter, t.How.Way)
			}
			out := t.Yes[0].Until
			if !consent.Allows(t, consent.Reader{ID: b.Named("Kez").ID}, consent.Use{Purpose: consent.Checking, Form: consent.Words}, out) {
				b.T.Error("Kez, whom she named, cannot check it once it is out")
			}
		}
		if len(terms) != 1 {
			b.T.Errorf("%d things were shared", len(terms))
		}
		return err
	})
}
