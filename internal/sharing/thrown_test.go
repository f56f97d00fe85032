package sharing_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"footing/internal/sharing"
	"footing/internal/store"
)

// room is another of the same, as at a replica.
func room(w *ground) *sharing.Room {
	return sharing.New(sharing.Deps{DB: w.DB, Gate: w.Gate, Studies: w.Studies, Now: w.Now})
}

// U16: what she threw away comes back as it was, or is erased when she says so, or by itself after its days.
// Nobody else can do either, and no page shows a word of it.
func TestThrown_ComesBackOrIsErased(t *testing.T) {
	w := newGround(t)
	b, draft := w.draft(w.ann, first)
	other := w.As(w.bea)

	page := b.Post(draft+"/drop").Is(http.StatusOK, w.Ground)
	page.HasText("You can bring it back")
	page.HasText("It is erased on")
	page.LacksText(first)
	b.Get(draft).Is(http.StatusNotFound, w.Ground)
	b.Post(draft + "/share").LacksText(first) // it is not shared from another tab either
	for _, act := range []string{"/return", "/now", "/drop"} {
		other.Post(draft+act).Is(http.StatusNotFound, w.Ground)
	}
	b.Post(draft+"/drop").Is(http.StatusNotFound, w.Ground)

	b.Post(draft+"/return").Is(http.StatusOK, w.Ground).HasText(first)
	b.Post(draft+"/return").Is(http.StatusNotFound, w.Ground)
	b.Post(draft+"/now").Is(http.StatusNotFound, w.Ground) // not while it is on her list
	b.Get("/share").LacksText("Thrown away")

	b.Post(draft + "/drop")
	b.Post(draft+"/now").Is(http.StatusOK, w.Ground).HasText("Erased.")
	if n := w.Sum("1", "sharing_draft"); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

func TestThrown_IsErasedAfterItsDays(t *testing.T) {
	w := newGround(t)
	b, draft := w.draft(w.ann, first)
	_, kept := w.draft(w.ann, second)
	b.Post(draft + "/drop")
	w.Pass(w.Gate.UndoTime() - time.Minute)
	w.Must(room(w).Tidy(t.Context(), w.ann.Partnership))
	b = w.As(w.ann)
	b.Post(draft+"/return").Is(http.StatusOK, w.Ground).HasText(first)
	b.Post(draft + "/drop")
	w.Pass(w.Gate.UndoTime() + time.Minute)
	w.Must(room(w).Tidy(t.Context(), w.ann.Partnership))
	w.As(w.ann).Post(draft+"/return").Is(http.StatusNotFound, w.Ground)
	w.As(w.ann).Get(kept).HasText(second)
	doomed := w.Sum("1", "consent_doomed")
	if n := w.Sum("1", "sharing_draft"); n != 1 || doomed != 1 {
		t.Errorf("%d drafts are left, %d keys wait to be destroyed; want 1 and 1", n, doomed)
	}
}

// Whoever leaves takes along what she threw away, too.
func TestThrown_GoesWithHer(t *testing.T) {
	w := newGround(t)
	b, draft := w.draft(w.ann, first)
	b.Post(draft + "/drop")
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		return w.Circle.Leave(ctx, tx, w.ann.Partnership, w.ann.ID, "")
	})
	if n := w.Sum("1", "sharing_draft"); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}
