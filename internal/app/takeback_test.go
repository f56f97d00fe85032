package app_test

import (
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/browser"
)

// resting is a point of the demonstration and the woman whose words it rests on.
type resting struct {
	p       person.Partnership
	study   string
	source  consent.ID
	owner   string
	passage string // a stretch of her words that the point rests on
	point   string
}

// A researcher's point rests on a passage. Its owner takes it back on her phone; at once it is gone from
// page, matrix, search and export, the open page closes by itself, and the writer is told why.
func TestTakeBack_FromPhoneToMatrix(t *testing.T) {
	h := open(t)
	r := h.pointOf(t, "Bren")
	ruth := h.as(t, "Ruth", browser.Size(1280, 900))
	ruth.Go(h.url + "/matrix/" + r.study)
	shot(ruth, "matrix-1280")
	if !strings.Contains(ruth.HTML(), r.point) {
		t.Fatalf("the point is not in the matrix")
	}
	second := h.as(t, "Tolu", browser.Size(1280, 900))
	second.Go(h.url + "/index/" + r.study + "/" + string(r.source))
	shot(second, "index-1280")
	second.Until("the passage is on the document page", func() bool { return strings.Contains(second.Text("main"), r.passage) })

	bren := h.as(t, "Bren", browser.Size(360, 740))
	bren.Go(h.url + "/share/" + string(r.source))
	bren.Click("[href$='/made']")
	shot(bren, "made-360")
	if got := bren.Text("main"); !strings.Contains(got, "rests on what you said") || strings.Contains(got, r.point) {
		t.Errorf("she is told of what was made of her words:\n%s", got)
	}
	bren.Go(h.url + "/share/" + string(r.source))
	bren.Click("form[action$='/back'] .btn")
	taken := time.Now()

	for name, tab := range map[string]*browser.Tab{"matrix": ruth, "document": second} {
		words := map[string]string{"matrix": r.point, "document": r.passage}[name]
		tab.Until("the open "+name+" page closes by itself", func() bool { return !strings.Contains(tab.HTML(), words) })
	}
	t.Logf("open pages closed %v after the tap", time.Since(taken))
	ruth.Go(h.url + "/find/" + r.study)
	ruth.Fill("input[type=search], #q", r.passage[:min(len(r.passage), 24)])
	ruth.Click("main form .btn")
	if strings.Contains(ruth.Text("main"), r.passage) {
		t.Error("search still finds it")
	}
	shot(ruth, "matrix-after-1280")
}

// pointOf finds a point that rests on words of somebody.
func (h *house) pointOf(t *testing.T, owner string) resting {
	t.Helper()
	return h.pointIn(t, "", owner)
}

// pointIn finds a point that rests on words of somebody, in a source of a kind, or of any.
func (h *house) pointIn(t *testing.T, kind consent.Kind, owner string) resting {
	t.Helper()
	ctx, w := t.Context(), h.Demo(h.clock)
	r := resting{owner: owner}
	var err error
	if r.p, err = h.Partnership(ctx); err != nil {
		t.Fatal(err)
	}
	var ruth, her person.Viewer
	err = w.DB.Read(ctx, func(tx *store.Tx) error {
		running, err := w.Studies.Running(ctx, tx, r.p)
		if err != nil {
			return err
		}
		r.study = running[0].ID
		for name, v := range map[string]*person.Viewer{"Ruth Ellery": &ruth, owner: &her} {
			who, err := w.Circle.Named(ctx, tx, r.p, name)
			if err != nil {
				return err
			}
			*v = person.Viewer{Partnership: r.p, ID: who.ID}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	view, err := w.Matrix.View(ctx, ruth, r.study)
	if err == nil {
		err = w.Matrix.Read(ctx, ruth, view, consent.Reading, func(matrix.Point) bool { return true })
	}
	if err != nil {
		t.Fatal(err)
	}
	use := consent.Use{Purpose: consent.Analysis, For: r.study, Form: consent.Words}
	for _, point := range view.Points {
		if !point.Open {
			continue
		}
		link := point.Links[0]
		c, err := w.Gate.OpenOne(ctx, ruth, use, consent.Reading, link.Source)
		if err != nil {
			t.Fatal(err)
		}
		if words, ok := hers(c, link, her.ID); ok && (kind == "" || c.Kind == kind) {
			r.source, r.point, r.passage = link.Source, point.Words.Reveal(), words
			return r
		}
	}
	t.Fatalf("no point rests on words of %s", owner)
	return r
}

// hers returns the passage a link leads to when somebody said it.
func hers(c consent.Contribution, link matrix.Link, who person.ID) (string, bool) {
	for _, turn := range c.Turns {
		for _, s := range c.Speakers {
			if turn.ID == link.Turn && turn.Speaker == s.ID && s.Person == who {
				return string([]rune(turn.Words.Reveal())[link.Start:link.End]), true
			}
		}
	}
	return "", false
}
