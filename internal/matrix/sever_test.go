package matrix_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/store"
)

// A woman who charted for the study leaves and keeps what she said without her name. Nothing here says any
// more what she wrote about her own talk; her sentences stay, and another analyst can change them.
func TestSever_LeavesNoTraceOfWhoChartedHerOwnWords(t *testing.T) {
	w, site := onFixture(t)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.studies.Name(ctx, tx, w.p, w.study, w.ann.ID, "")
	})
	k := w.talks[0]
	id := w.add(w.ann, w.trust, "A promise was kept.", w.link(k, 1))
	gone := w.add(w.cat, w.trust, "Being late was forgiven.", w.link(k, 0))
	ann := site.AtDesk(w.ann)
	ann.Post("/matrix/"+w.study+"/point/"+gone+"/remove", "version", "1").Is(http.StatusOK, site.Ground)
	ann.Post(w.cell(k, w.waiting)+"/mark", "mark", "nothing").Is(http.StatusOK, site.Ground)
	ann.Post(w.cell(k, w.trust)+"/keep", "text", "Half a sen", "coding", k.codings[0]).Is(http.StatusOK, site.Ground)
	if n := len(site.Holding("matrix_", string(w.ann.ID))); n < 4 {
		t.Fatalf("%d rows name her, want what she wrote, marked, took out and did not save", n)
	}

	must(t, w.gate.Sever(t.Context(), w.ann, consent.Part{Contribution: k.ID, Speaker: k.Speakers[hers]}))
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.circle.Leave(ctx, tx, w.p, w.ann.ID, "Somebody")
	})
	if rows := site.Holding("matrix_", string(w.ann.ID), w.ann.Name); len(rows) > 0 {
		t.Errorf("rows still say that it was her:\n%s", strings.Join(rows, "\n"))
	}
	if got := w.text(w.cat, id); got != "A promise was kept." {
		t.Errorf("what she wrote reads %q", got)
	}
	cat := site.AtDesk(w.cat)
	shows(t, cat.Get(w.cell(k, w.trust)).Is(http.StatusOK, site.Ground), "A promise was kept.", "Somebody who was here")
	cat.Post("/matrix/"+w.study+"/point/"+id, "text", "Said and done.", "coding", k.codings[1], "version", "1").Is(http.StatusOK, site.Ground)
	if got := w.text(w.dan, id); got != "Said and done." {
		t.Errorf("changed, it says %q", got)
	}
}
