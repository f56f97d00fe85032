package byhand_test

import (
	"context"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// A woman who has everything written down for her leaves and keeps one thing without her name: what was printed
// and taken down about it is gone, also what still waits, with its key.
func TestSever_LeavesNoTraceOfWhoseSheetItWas(t *testing.T) {
	b := newSession(t)
	code := b.print(b.jo, "share", "for", b.id("Mo"))
	b.entered(b.jo, code, "kind", "idea", "text", "A quiet corner.", "who", "lived-experience", "until", "3", "hand.way", person.Paper, "hand.beside", b.id("Kez"))
	b.beside(b.kez, "yes").HasText("Done")
	mo, thing := b.Named("Mo"), consent.ID(b.shared("Mo")[0])
	b.print(b.jo, "back", "for", string(mo.ID)+"/"+string(thing))
	code = b.print(b.jo, "change", "for", string(mo.ID)+"/"+string(thing))
	b.entered(b.jo, code, "who", "partnership", "until", "3", "hand.way", person.Paper, "hand.beside", b.id("Kez")).HasText("waits for the person beside her")
	if n := len(b.Holding("byhand_", string(thing))); n < 3 {
		t.Fatalf("%d rows lead to what she shared, want what was entered, what waits and a sheet", n)
	}
	var keys []string
	var c consent.Contribution
	b.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		keys, err = store.List(ctx, tx, store.One[string], `SELECT key_id FROM byhand_entry WHERE partnership_id = $1 AND state = 'waiting'`, b.P)
		return err
	})
	c, err := b.Gate.OpenOwn(t.Context(), mo, thing)
	b.Must(err)
	b.Must(b.Gate.Sever(t.Context(), mo, consent.Part{Contribution: thing, Speaker: c.Speakers[0].ID}))
	if rows := b.Holding("byhand_", string(thing)); len(rows) > 0 {
		t.Errorf("rows still lead from her to it:\n%s", strings.Join(rows, "\n"))
	}
	held, err := b.Ring.Keys(t.Context(), keys)
	if b.Must(err); len(keys) != 1 || len(held) > 0 {
		t.Errorf("of %d answers that waited, the keys of %d are kept", len(keys), len(held))
	}
	if n := b.readable(b.Named("Bren")); n != 1 {
		t.Errorf("Bren can read %d things, want the one that was kept", n)
	}
}
