package coding_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/store"
)

// A woman who read for the study leaves and keeps what she said without her name. Nothing here says any more
// what she indexed in that talk, not even where another one speaks; what she indexed is still there.
func TestSever_LeavesNoTraceOfWhoIndexedHerOwnWords(t *testing.T) {
	w, g := onFixture(t)
	site := g.Serve(w.room.Web())
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.studies.Name(ctx, tx, w.p, w.study, w.ann.ID, "")
	})
	talk := w.talk(plain...)
	theme := w.theme("Being seen", "")
	both := w.add(w.ann, talk, theme, talk.part(2, 0, 10), talk.part(3, 0, 10))
	w.add(w.ann, talk, theme, talk.part(3, 12, 20))
	taken := w.add(w.cat, talk, theme, talk.part(2, 12, 20))
	must(t, w.room.Remove(t.Context(), w.ann, w.study, talk.ID, taken))
	if len(g.Holding("coding_", string(w.ann.ID))) == 0 {
		t.Fatal("nothing here names her: the test shows nothing")
	}
	before := len(w.codings(coding.Filter{}))

	must(t, w.gate.Sever(t.Context(), w.ann, consent.Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}))
	if rows := g.Holding("coding_", string(w.ann.ID), w.ann.Name); len(rows) > 0 {
		t.Errorf("rows still say that it was her:\n%s", strings.Join(rows, "\n"))
	}
	if now := len(w.codings(coding.Filter{})); now != before || before == 0 {
		t.Errorf("of %d passages %d are left", before, now)
	}
	page := site.AtDesk(w.cat).Get("/index/"+w.study+"/"+string(talk.ID)+"/2").Is(http.StatusOK, g)
	page.HasText("Somebody who was here")
	page.LacksText("by ,")
	must(t, w.room.Remove(t.Context(), w.cat, w.study, talk.ID, both))
}
