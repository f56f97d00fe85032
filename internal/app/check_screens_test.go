package app_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

// What becomes of her words once they are out, from her question to what she reads of whoever checked, and the
// pages of whoever checks, in the four views.
func TestChecks_OnEveryScreen(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, which matrix.TestChecks_WhatAFileUsedForAReason reads on both")
	h := open(t)
	bren := h.as(t, "Bren")
	draft := h.draftOf(t, bren)
	bren.Go(draft + "/use")
	bren.Check("main input[value=publication]")
	bren.Click("text=Save and go on")
	bren.Go(draft + "/out")
	screens(t, bren, "check-out")
	bren.Check("main input[name=out][value='3']")
	bren.Click("text=Save and go on")
	screens(t, bren, "check-out-nobody")
	bren.Check("main input[name=checker]")
	bren.Click("text=Save and go on")
	bren.Go(draft + "/check")
	screens(t, bren, "check-draft")
	bren.Click("text=Share it like this")
	own := bren.URL()
	h.isKeptForChecking(t, "Bren", consent.ID(own[strings.LastIndex(own, "/")+1:]), "Ruth")

	ruth := h.as(t, "Ruth")
	ruth.Go(h.url + "/checks")
	screens(t, ruth, "check-list")
	ruth.Click("main .card a")
	screens(t, ruth, "check-why")
	ruth.Click("text=Open it")
	screens(t, ruth, "check-why-needed")
	ruth.Fill("#why", "An editor asks if a quote is right.")
	ruth.Click("text=Open it")
	screens(t, ruth, "check-read")

	bren.Go(own)
	screens(t, bren, "check-own")
	bren.Go(own + "/change?open=out")
	screens(t, bren, "check-change")
	bren.Go(own + "/opened")
	screens(t, bren, "check-opened")
}

// isKeptForChecking lets somebody check what a woman shared, as if it had been printed since.
func (h *house) isKeptForChecking(t *testing.T, owner string, id consent.ID, by string) {
	t.Helper()
	w, ctx, own, now := h.Demo(h.clock), t.Context(), h.named(t, owner), h.clock.Now()
	c, err := w.Gate.OpenOwn(ctx, own, id)
	if err != nil {
		t.Fatal(err)
	}
	to := consent.Audience{Kind: consent.ToPerson, ID: h.idOf(t, cmp.Or(full[by], by))}
	err = w.DB.Write(ctx, func(tx *store.Tx) error {
		return w.Gate.SetTerms(ctx, tx, own, id, c.Speakers[0].ID, consent.Terms{Owner: own.ID, Yes: []consent.Yes{
			{Audience: to, Use: consent.Use{Purpose: consent.Publication, Form: consent.Words}, Until: now.Add(-time.Hour)},
			{Audience: to, Use: consent.Use{Purpose: consent.Checking, Form: consent.Words}, Until: now.AddDate(1, 0, 0)}}})
	})
	if err != nil {
		t.Fatal(err)
	}
}
