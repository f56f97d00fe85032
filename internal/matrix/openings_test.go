package matrix_test

import (
	"context"
	"maps"
	"net/http"
	"testing"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// openedBy returns whose talks somebody is on record for having opened, and takes the record away.
func (w *world) openedBy(reader person.Viewer) map[person.ID]bool {
	w.t.Helper()
	opened := map[person.ID]bool{}
	w.write(func(ctx context.Context, tx *store.Tx) error {
		for _, k := range w.talks {
			for _, owner := range []person.Viewer{w.ann, w.bea} {
				list, err := w.gate.Openings(ctx, tx, owner, k.ID)
				if err != nil {
					return err
				}
				for _, o := range list {
					opened[owner.ID] = opened[owner.ID] || o.Reader == reader.ID
				}
			}
		}
		_, err := tx.Exec(ctx, `DELETE FROM consent_opening WHERE partnership_id = $1`, w.p)
		return err
	})
	return opened
}

// P15: a sentence of the charts may quote her. Each page that shows one tells her, and no page that only
// counts sentences does.
func TestOpenings_OfSentencesThatAreShown(t *testing.T) {
	w, site := onFixture(t)
	ofAnn := w.add(w.cat, w.trust, "She waited: “nobody minded”.", w.link(w.talks[0], 0))
	w.add(w.cat, w.waiting, "Ten days were ten days.", w.link(w.talks[1], 1))
	dan, annsCase := site.AtDesk(w.dan), "/matrix/"+w.study+"/case/"+string(w.talks[0].ID)
	w.openedBy(w.dan)
	ann, bea := w.ann.ID, w.bea.ID
	for _, tt := range []struct {
		path string
		want map[person.ID]bool
	}{
		{w.whole(), map[person.ID]bool{ann: true, bea: true}},
		{w.whole() + "?kind=note", nil},
		{w.whole() + "/theme/" + w.trust, map[person.ID]bool{ann: true}},
		{annsCase, map[person.ID]bool{ann: true}},
		{w.whole() + "/point/" + ofAnn, map[person.ID]bool{ann: true}},
		{w.whole() + "/coverage", nil},
		{w.whole() + "/cases", nil},
		{w.whole() + "/export", nil},
		{"/releases/" + w.study, nil},
	} {
		dan.Get(tt.path).Is(http.StatusOK, site.Ground)
		if got := w.openedBy(w.dan); !maps.Equal(got, tt.want) {
			t.Errorf("%s is on record with the owners %v, want %v (Ann is %s, Bea %s)", tt.path, got, tt.want, ann, bea)
		}
	}
}

// A row that shut stays for whoever read or wrote something of it. To another analyst it is not there: she
// is not told that somebody took something back.
func TestRow_ShutIsThereForWhoReadIt(t *testing.T) {
	w, site := onFixture(t)
	shut := w.talks[0]
	w.add(w.cat, w.trust, promised, w.link(shut, 0))
	cat, dan := site.AtDesk(w.cat), site.AtDesk(w.dan)
	eve := site.Person("Eve", person.Researcher)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.studies.Name(ctx, tx, w.p, w.study, eve.ID, "")
	})
	at := w.whole() + "/case/" + string(shut.ID)
	dan.Get(at).Is(http.StatusOK, site.Ground)
	w.takeBack(w.ann, shut, false)
	for name, page := range map[string]fixture.Page{"who wrote it": cat.Get(at), "who read it": dan.Get(at)} {
		if page.Status != http.StatusOK {
			t.Errorf("%s gets %d", name, page.Status)
		}
		hides(t, page, promised)
	}
	site.AtDesk(eve).Get(at).Is(http.StatusNotFound, site.Ground)
}
