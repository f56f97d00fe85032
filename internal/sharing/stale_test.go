package sharing_test

import (
	"context"
	"net/http"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
)

// Between looking and pressing, somebody is given a part and could read it too, or another window changed
// what she chose. She shares what she saw, or looks once more.
func TestShare_OnlyWhatSheLookedAt(t *testing.T) {
	for name, meanwhile := range map[string]func(*ground, string){
		"somebody new could open it": func(w *ground, _ string) {
			late := w.Person("Late")
			w.Write(func(ctx context.Context, tx *store.Tx) error {
				return w.Circle.Give(ctx, tx, w.P, late.ID, person.Clinician, late.ID, false)
			})
		},
		"another window": func(w *ground, draft string) {
			w.As(w.ann).Post(draft+"/name", "by", "chosen")
		},
	} {
		w := newGround(t)
		b, draft := w.draft(w.ann, "A number instead of a surname.")
		b.Post(draft+"/who", "who", "partnership")
		b.Post(draft+"/until", "until", "3")
		seen, _ := b.Get(draft + "/check").One("input[name=seen]").Attr("value")
		meanwhile(w, draft)
		page := b.Post(draft+"/share", "seen", seen).Is(http.StatusUnprocessableEntity, w.Ground)
		page.One(".check")
		seen, _ = page.One("input[name=seen]").Attr("value")
		if page = b.Post(draft+"/share", "seen", seen).Is(http.StatusOK, w.Ground); page.Path == draft+"/check" {
			t.Errorf("%s: having looked once more she still cannot share it", name)
		}
	}
}
