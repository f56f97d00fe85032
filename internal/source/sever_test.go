package source_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
)

// allowed lets the study read somebody's part of a source.
func (d *desk) allowed(v person.Viewer, id, speaker consent.ID) {
	d.T.Helper()
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		use := consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Words}
		return d.Gate.SetTerms(ctx, tx, v, id, speaker, consent.Terms{Owner: v.ID, How: consent.How{Way: "screen", By: v.ID},
			Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: d.study}, Use: use, Until: d.Now().AddDate(0, 1, 0)}}})
	})
}

// Somebody leaves who offered a note and brought in a talk of hers, and keeps both without her name. Nothing
// here says any more whose they are, not even the upload that is still remembered; both can be read as before.
func TestSever_LeavesNoTraceOfWhoseVoiceItIs(t *testing.T) {
	d := newDesk(t)
	note := d.noteOf(d.asha)
	d.at(d.asha).Post("/offer-note/"+string(note), "act", "offer", "study", d.study).Is(http.StatusOK, d.Ground)
	kept := d.keep(d.asha, "member:"+string(d.bren.ID))
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		src, err := d.sources.Get(ctx, tx, d.P, kept)
		if err != nil {
			return err
		}
		return d.sources.Move(ctx, tx, d.P, src, source.Offered)
	})
	asks := d.parts(kept)[0]
	d.allowed(d.asha, note, d.parts(note)[0].Speaker)
	d.allowed(d.asha, kept, asks.Speaker)
	d.allowed(d.bren, kept, d.parts(kept)[1].Speaker)
	before := d.opened(d.ruth, note) + d.opened(d.ruth, kept)
	if len(d.Holding("source_", string(d.asha.ID))) < 3 || !strings.Contains(before, "The meeting went well.") || !strings.Contains(before, "library") {
		t.Fatalf("there is too little to sever: %q", before)
	}

	for _, part := range []consent.Part{{Contribution: note, Speaker: d.parts(note)[0].Speaker}, {Contribution: kept, Speaker: asks.Speaker}} {
		d.Must(d.Gate.Sever(t.Context(), d.asha, part))
	}
	d.Write(func(ctx context.Context, tx *store.Tx) error { return d.Gate.HandOver(ctx, tx, d.asha, d.ruth.ID) })
	for _, row := range d.Holding("source_", string(d.asha.ID), d.asha.Name) {
		if !strings.HasPrefix(row, "source_import ") { // that she brought something in, not what
			t.Errorf("a row still says that it was her: %s", row)
		}
	}
	if rows := d.Holding("source_import_file", string(kept)); len(rows) > 0 {
		t.Errorf("the upload she made still says what became of it: %s", rows)
	}
	if after := d.opened(d.lena, note) + d.opened(d.lena, kept); after != before {
		t.Errorf("an analyst reads %q, before it was %q", after, before)
	}
	ruth := d.at(d.ruth)
	terms := "/source/" + string(kept) + "/terms/" + string(asks.Speaker)
	ruth.Get(terms).Is(http.StatusNotFound, d.Ground)
	ruth.Post(terms, "way", "paper", "sheet", "2", "analysis", "yes", "publication", "yes", "form", "words", "until", "study").Is(http.StatusNotFound, d.Ground)
	ruth.Post("/source/"+string(kept)+"/back/"+string(asks.Speaker)).Is(http.StatusNotFound, d.Ground)
	ruth.Get("/source/"+string(kept)).Is(http.StatusOK, d.Ground).LacksText("Asha")
}
