package asking_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"footing/internal/store"
)

// U16: a request that its asker threw away comes back as it was, or is erased when she says so, or by itself after
// its days. Nobody else can do either, and no page shows a word of it.
func TestThrown_ComesBackOrIsErased(t *testing.T) {
	w := newWorld(t)
	id, err := w.room.Begin(t.Context(), w.ruth, whole("Evening texts"))
	w.Must(err)
	ruth, at := w.site.As(w.ruth), "/asks/"+id

	page := ruth.Post(at+"/drop").Is(http.StatusOK, w.Ground)
	page.HasText("You can bring it back")
	page.HasText("It is erased on")
	page.LacksText("Evening texts")
	ruth.Get(at+"/check").Is(http.StatusNotFound, w.Ground)
	ruth.Post(at+"/put").Is(http.StatusNotFound, w.Ground) // it is not put from another tab either
	ruth.Post(at+"/drop").Is(http.StatusNotFound, w.Ground)
	for _, act := range []string{"/return", "/now", "/drop"} {
		w.site.As(w.ann).Post(at+act).Is(http.StatusNotFound, w.Ground)
		w.site.As(w.jo).Post(at+act).Is(http.StatusNotFound, w.Ground)
	}

	page = ruth.Post(at+"/return").Is(http.StatusOK, w.Ground)
	page.HasText("Here it is again.")
	page.One("input[value='Evening texts']")
	ruth.Post(at+"/return").Is(http.StatusNotFound, w.Ground)
	ruth.Post(at+"/now").Is(http.StatusNotFound, w.Ground) // not while it is on her list
	ruth.Get("/asks").LacksText("Thrown away")

	ruth.Post(at + "/drop")
	ruth.Post(at+"/now").Is(http.StatusOK, w.Ground).HasText("Erased.")
	if n := w.Sum("1", "asking_ask"); n != 0 {
		t.Errorf("%d requests are left", n)
	}
}

// What was put to the women's group is not thrown away: it is taken back, and stays theirs to know of.
func TestThrown_NotWhatWasPut(t *testing.T) {
	w := newWorld(t)
	at := "/asks/" + w.put(w.ruth, whole("Evening texts"))
	w.site.As(w.ruth).Post(at+"/drop").Is(http.StatusNotFound, w.Ground)
	w.site.As(w.ann).Get(at).Is(http.StatusOK, w.Ground).HasText("Evening texts")
}

func TestThrown_IsErasedAfterItsDays(t *testing.T) {
	w := newWorld(t)
	id, err := w.room.Begin(t.Context(), w.ruth, whole("Evening texts"))
	w.Must(err)
	kept, err := w.room.Begin(t.Context(), w.ruth, whole("Morning texts"))
	w.Must(err)
	at := "/asks/" + id
	w.site.As(w.ruth).Post(at + "/drop")
	w.Pass(w.Gate.UndoTime() - time.Minute)
	w.days(0)
	ruth := w.site.As(w.ruth)
	ruth.Post(at+"/return").Is(http.StatusOK, w.Ground)
	ruth.Post(at + "/drop")
	w.Pass(w.Gate.UndoTime() + time.Minute)
	w.days(0)
	w.site.As(w.ruth).Post(at+"/return").Is(http.StatusNotFound, w.Ground)
	w.site.As(w.ruth).Get("/asks/" + kept + "/check").HasText("Morning texts")
	if n, doomed := w.Sum("1", "asking_ask"), w.Sum("1", "consent_doomed"); n != 1 || doomed != 1 {
		t.Errorf("%d requests are left, %d keys wait to be destroyed; want 1 and 1", n, doomed)
	}
}

// Whoever leaves takes along what she threw away, too.
func TestThrown_GoesWithHer(t *testing.T) {
	w := newWorld(t)
	id, err := w.room.Begin(t.Context(), w.ruth, whole("Evening texts"))
	w.Must(err)
	w.Must(w.room.Drop(t.Context(), w.ruth, id))
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		return w.Circle.Leave(ctx, tx, w.P, w.ruth.ID, "")
	})
	if n := w.Sum("1", "asking_ask"); n != 0 {
		t.Errorf("%d requests are left", n)
	}
}
