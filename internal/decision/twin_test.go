package decision_test

import (
	"context"
	"net/http"
	"testing"

	"footing/internal/decision"
	"footing/internal/person"
	"footing/internal/store"
)

// Somebody without a screen is asked for her answer as anybody is, by whoever prints for her, and carries on what she put
// forward: she answers who asked, opens it, takes it back, and says what changed.
func TestPaper_DecidingWithoutAScreen(t *testing.T) {
	w := newWorld(t)
	var mo person.ID
	w.Write(func(ctx context.Context, tx *store.Tx) (err error) {
		if mo, err = w.Circle.Add(ctx, tx, w.P, "Mo", ""); err != nil {
			return err
		}
		return w.Circle.Give(ctx, tx, w.P, mo, person.LivedExperience, w.cat.ID, true)
	})
	w.days(8) // from the seventh day on she decides with the women
	yes := func() {
		t.Helper()
		action, _ := w.as(w.bea).Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
		w.as(w.bea).Post(action, "yes", "1").Has("Done")
	}
	put := func(question string) (id, about string) {
		t.Helper()
		id, err := w.room.Begin(t.Context(), w.Named("Mo"), "", whole(question))
		w.Must(err)
		w.Must(w.room.Put(t.Context(), w.Named("Mo"), id))
		return id, string(mo) + "/" + id
	}
	id, about := put("Do we meet on Monday?")
	w.as(w.ann).Post("/decide/"+id+"/doubt", "doubt", "Which Monday?")
	w.as(w.cat).Get("/paper/for/propose-on").Has("For Mo: About Do we meet on Monday?")
	w.as(w.cat).Post("/paper/for/propose-on", "for", about).Has("Which Monday?")
	w.paper("propose-on", about).Has("waits for the person beside her")
	action, _ := w.as(w.bea).Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	w.as(w.bea).Post(action, "yes", "1").Is(http.StatusUnprocessableEntity)
	w.as(w.bea).Post(action, "no", "1")
	w.paper("propose-on", about, "do", "open", "doubt", w.doubt(id), "reply", "Each.")
	yes()
	w.as(w.ann).Get("/decide/" + id).Has("Each.")
	w.is(id, decision.Talking, "")

	w.paper("decide", about, "says", "yes").Has("waits for the person beside her")
	yes()
	w.as(w.ann).Get("/decide/" + id).Has("Mo: Yes").Has("Taken down by Jo")
	for _, v := range []person.Viewer{w.ann, w.bea, w.ruth, w.sam} {
		w.say(v, id, decision.Yes)
	}
	w.days(7)
	w.is(id, decision.Closed, decision.Passed)
	w.paper("propose-on", about, "after", "We bring a lamp.")
	yes()
	w.as(w.ann).Get("/decide/" + id).Has("We bring a lamp.")

	id, about = put("Do we meet at noon?")
	w.paper("propose-on", about, "do", "back").Has("Done, as she said.")
	w.is(id, decision.TakenBack, "")

	other := w.open(whole("Do we meet twice?")) // not hers: she takes it back as little as on a screen
	w.as(w.cat).Post("/paper/for/propose-on", "for", string(mo)+"/"+other).Is(http.StatusUnprocessableEntity)
}

// doubt is the id of the one doubt about a decision.
func (w *world) doubt(decision string) (id string) {
	w.T.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = store.Get(ctx, tx, store.One[string], `SELECT id FROM decision_doubt WHERE partnership_id = $1 AND decision_id = $2`, w.P, decision)
		return err
	})
	return id
}
