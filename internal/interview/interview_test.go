package interview_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
)

// R55: an interview does not begin before she was shown what cannot be kept private, and the version is kept with it.
func TestInterview_DoesNotBeginBeforeSheWasShown(t *testing.T) {
	d := newDesk(t)
	at := d.prepared()
	bren := d.As(d.bren)
	bren.Get("/").One("section a[href='" + at + "']").HasText("Ruth would like to talk with you.")
	page := bren.Get(at)
	for _, want := range []string{"Ruth", "What helps people come back to the desk?", "Version 2 of its sheet", limit, "You can stop at any time", "leave out any question", "take back what you said"} {
		page.HasText(want)
	}
	page.None("input[checked]")
	d.at(d.ruth).Get(at).None("form[action$='/begin']")
	d.at(d.ruth).Post(at+"/begin").Is(http.StatusUnprocessableEntity, d.Ground).One("#check").HasText("It cannot begin yet.")
	if n := d.count("begun > 0"); n != 0 {
		t.Fatal("it began, and she was not shown what cannot be kept private")
	}
	d.says(bren, at).Is(http.StatusOK, d.Ground).HasText("version 1")
	bren.Get("/").None("section a[href='" + at + "']")
	d.at(d.ruth).Post(at+"/begin").Is(http.StatusOK, d.Ground).HasText("It began on")
	id := d.keep("member:" + string(d.bren.ID))
	if kept := d.kept(id); len(kept) != 1 || kept[0].Version != 1 || kept[0].Way != "screen" || kept[0].Told != d.bren.ID || kept[0].Shown.IsZero() || kept[0].Sheet != "2" {
		t.Errorf("with the interview is kept %+v", kept)
	}
	d.at(d.ruth).Get("/source/" + string(id)).HasText("She read it on a screen (version 1)")
	d.offers(id, true)
}

// offers says yes for Bren, offers a source, and checks whether that can be.
func (d *desk) offers(id consent.ID, can bool) {
	d.T.Helper()
	d.allow(id)
	page := d.at(d.ruth).Post("/source/"+string(id)+"/offer", "marked", "1").Is(http.StatusOK, d.Ground)
	want := source.Marked
	if can {
		want = source.Offered
	}
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		src, err := d.sources.Get(ctx, tx, d.P, id)
		if src.State != want {
			d.T.Errorf("the record is %s, want %s", src.State, want)
		}
		return err
	})
	if !can {
		page.HasText("It is not known that she was told what cannot be kept private.")
	}
}

// allow says on Bren's screen that her part may be analysed.
func (d *desk) allow(id consent.ID) {
	d.T.Helper()
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		parts, err := d.sources.Parts(ctx, tx, d.P, id)
		for _, p := range parts {
			if err == nil && p.Person == d.bren.ID {
				err = d.Gate.SetTerms(ctx, tx, d.bren, id, p.Speaker, consent.Terms{Owner: d.bren.ID, Attribution: consent.ByNone, How: consent.How{Way: "screen", By: d.bren.ID},
					Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: d.study}, Until: d.Now().AddDate(0, 6, 0),
						Use: consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Words}}}})
			}
		}
		return err
	})
}

// R55: what was brought in without it is kept and cannot be offered, until whoever keeps it writes down which version
// she was told. The next interview needs its own.
func TestInterview_WithoutItIsKeptAndNotOffered(t *testing.T) {
	d := newDesk(t)
	id := d.keep("member:" + string(d.bren.ID))
	d.offers(id, false)
	link, _ := d.at(d.ruth).Get("/source/" + string(id)).One("a[href*='/told/']").Attr("href")
	d.at(d.ruth).Post(link, "way", "paper").Is(http.StatusUnprocessableEntity, d.Ground).One("#check a[href='#limits']")
	d.at(d.ruth).Post(link, "limits", "1").Is(http.StatusUnprocessableEntity, d.Ground).One("#check a[href='#way']")
	d.at(d.ruth).Post(link, "way", "paper", "limits", "7").Is(http.StatusUnprocessableEntity, d.Ground)
	d.at(d.asha).Get(link).Is(http.StatusNotFound, d.Ground)
	d.at(d.ruth).Post(link, "way", "paper", "limits", "1").Is(http.StatusOK, d.Ground).LacksText("It is not known")
	d.offers(id, true)

	at := d.prepared()
	d.says(d.As(d.bren), at)
	d.at(d.ruth).Post(at + "/begin")
	d.offers(d.keep("member:"+string(d.bren.ID)), true)
	d.offers(d.keep("member:"+string(d.bren.ID)), false)
}

// R55: a command that brings interviews in is held to the same.
func TestInterview_BroughtInByACommand(t *testing.T) {
	d := newDesk(t)
	body := d.send("/source/add", "application/json", "kind", "interview", "speaker.Interviewer", "interviewer", "speaker.Bren", "member:bren").Body
	if !strings.Contains(body, "It is not known that everybody was told what cannot be kept private.") {
		t.Errorf("whoever brings it in is not told what is missing: %s", body)
	}
	var id consent.ID
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		kept, err := d.sources.Kept(ctx, tx, d.ruth)
		id = kept[0].ID
		return err
	})
	d.offers(id, false)
}

// R55: when what cannot be kept private has changed since she saw it, it is shown again.
func TestInterview_IsShownAgainOnceItHasChanged(t *testing.T) {
	d := newDesk(t)
	at := d.prepared()
	bren := d.As(d.bren)
	old := bren.Get(at)
	d.says(bren, at)
	d.Pass(time.Minute)
	d.agree("If a child is not safe, I must tell two people.")
	page := bren.Get(at)
	page.HasText("two people")
	page.HasText("So it is shown once more.")
	bren.Get("/").One("section a[href='" + at + "']")
	d.at(d.ruth).Post(at+"/begin").Is(http.StatusUnprocessableEntity, d.Ground)
	version, _ := old.One("input[name='version']").Attr("value")
	bren.Post(at+"/shown", "version", version).Is(http.StatusUnprocessableEntity, d.Ground).One("#check").HasText("has changed meanwhile")
	d.says(bren, at).HasText("version 2")
	d.at(d.ruth).Post(at+"/begin").Is(http.StatusOK, d.Ground)
}

// Whoever asks can hold out her own phone, or read it aloud, and says which; she can call it off without a reason.
func TestInterview_OnThePhoneOfWhoeverAsks(t *testing.T) {
	d := newDesk(t)
	at := d.prepared()
	ruth, bren := d.at(d.ruth), d.As(d.bren)
	ruth.Get(at).HasText(limit)
	d.says(ruth, at).Is(http.StatusUnprocessableEntity, d.Ground).One("#check").HasText("how she was told")
	d.says(ruth, at, "way", "spoken").Is(http.StatusOK, d.Ground)
	if n := d.count("way = 'spoken'", "told_by = '"+string(d.ruth.ID)+"'"); n != 1 {
		t.Error("it is not kept how she was told, and by whom")
	}
	for _, who := range []person.Viewer{d.asha, d.lena} {
		d.at(who).Get(at).Is(http.StatusNotFound, d.Ground)
		for _, action := range []string{"/shown", "/begin", "/drop"} {
			d.at(who).Post(at+action).Is(http.StatusNotFound, d.Ground)
		}
	}
	bren.Post(at+"/drop").Is(http.StatusOK, d.Ground)
	if n := d.count(); n != 0 {
		t.Errorf("she would rather not, and %d rows are left", n)
	}
	for _, whom := range []string{"", string(d.ruth.ID), "nobody"} {
		ruth.Post("/talks", "whom", whom, "study", d.study).Is(http.StatusUnprocessableEntity, d.Ground)
	}
}

// R55: beside the terms of somebody outside the circle stands which version she was read or given.
func TestTerms_OfAnInterviewSayWhichLimitsSheWasRead(t *testing.T) {
	d := newDesk(t)
	id := d.keep("outside")
	at := "/source/" + string(id)
	link, _ := d.at(d.ruth).Get(at).One("a[href*='/terms/']").Attr("href")
	d.at(d.ruth).Get(link).One("input[name='limits'][value='1']")
	terms := []string{"way", "spoken", "sheet", "2", "analysis", "yes", "form", "words", "until", "6"}
	d.at(d.ruth).Post(link, append(terms, "limits", "9")...).Is(http.StatusUnprocessableEntity, d.Ground)
	d.at(d.ruth).Post(link, terms...).Is(http.StatusOK, d.Ground)
	d.offers(id, false)
	d.at(d.ruth).Post(link, append(terms, "limits", "1")...).Is(http.StatusOK, d.Ground)
	if n := d.count("version = 1", "way = 'spoken'", "person_id = ''", "sheet = '2'"); n != 1 {
		t.Error("which version she was read is not kept with her terms")
	}
	d.offers(id, true)
}

// Who leaves, and an older copy: what is no source yet is forgotten, and what has her name no longer does not say it.
func TestInterview_LeavingAndAnOlderCopy(t *testing.T) {
	d := newDesk(t)
	at := d.prepared()
	d.says(d.As(d.bren), at)
	d.at(d.ruth).Post(at + "/begin")
	id := d.keep("member:" + string(d.bren.ID))
	d.allow(id)
	d.prepared()
	d.Write(func(ctx context.Context, tx *store.Tx) error { return d.room.AfterRestore(ctx, tx, d.P) })
	if n := d.count("source_id = ''"); n != 0 {
		t.Errorf("%d that had not begun came back with an older copy", n)
	}
	d.prepared()
	var part source.Part
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		parts, err := d.sources.Parts(ctx, tx, d.P, id)
		part = parts[1]
		return err
	})
	d.Must(d.Gate.Sever(t.Context(), d.bren, consent.Part{Contribution: id, Speaker: part.Speaker}))
	if n := d.count("source_id = '"+string(id)+"'", "person_id = ''", "told_by = ''"); n != 1 {
		t.Error("her part is nobody's, and what she was shown says whose it was")
	}
	d.Write(func(ctx context.Context, tx *store.Tx) error { return d.Circle.Leave(ctx, tx, d.P, d.bren.ID, "") })
	if n := d.count("person_id = '" + string(d.bren.ID) + "'"); n != 0 {
		t.Errorf("she left, and %d that were no source are here", n)
	}
}

// What is erased says nothing any more of what was told before it.
func TestInterview_WhatIsErasedIsForgotten(t *testing.T) {
	d := newDesk(t)
	at := d.prepared()
	d.says(d.As(d.bren), at)
	d.at(d.ruth).Post(at + "/begin")
	id, other := d.keep("member:"+string(d.bren.ID)), d.keep("outside")
	link, _ := d.at(d.ruth).Get("/source/" + string(other)).One("a[href*='/told/']").Attr("href")
	d.at(d.ruth).Post(link, "way", "spoken", "limits", "1").Is(http.StatusOK, d.Ground)
	d.Must(d.Gate.TakeBack(t.Context(), d.bren, consent.Part{Contribution: id, Speaker: d.kept(id)[0].Speaker}, true))
	if kept := d.kept(id); len(kept) != 0 {
		t.Errorf("her part is erased, and with it is kept %+v", kept)
	}
	if kept := d.kept(other); len(kept) != 1 {
		t.Errorf("somebody else's is gone along: %d", len(kept))
	}
}
