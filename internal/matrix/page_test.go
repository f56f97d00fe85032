package matrix_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"footing/internal/circle"
	"footing/internal/matrix"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// cell is the address of a case and theme.
func (w *world) cell(k talk, theme string) string {
	return "/matrix/" + w.study + "/cell/" + string(k.ID) + "/" + theme
}

func (w *world) whole() string { return "/matrix/" + w.study }

func shows(t *testing.T, p fixture.Page, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Text(), text) {
			t.Errorf("%s does not say %q", p.Path, text)
		}
	}
}

func hides(t *testing.T, p fixture.Page, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.Body, text) {
			t.Errorf("%s says %q", p.Path, text)
		}
	}
}

const promised = "A promise with a day in it was believed: “ten days”."

func TestCell_AddChangeRemoveAndPutBack(t *testing.T) {
	w, site := onFixture(t)
	k, cat := w.talks[0], site.AtDesk(w.cat)
	p := cat.Get(w.cell(k, w.trust)).Is(http.StatusOK, site.Ground)
	shows(t, p, said[0], said[1], "2 passages, nothing written yet", "In your own words")
	p.None("#text[required]")
	p = cat.Post(w.cell(k, w.trust), "text", promised, "coding", k.codings[1], "theme", w.promise).Is(http.StatusOK, site.Ground)
	shows(t, p, promised, "Saved.")

	whole := cat.Get(w.whole()).Is(http.StatusOK, site.Ground)
	shows(t, whole, promised, "Interview 1", "Interview 2", "Not read")
	if got, _ := whole.One(`td li a.quiet`).Attr("href"); got != "/index/"+w.study+"/"+string(k.ID)+"#t4" {
		t.Errorf("the point's link leads to %s", got)
	}
	shows(t, cat.Get("/matrix/"+w.study+"/theme/"+w.trust), promised, "Keeping a promise", "Trust, in general")
	shows(t, cat.Get("/matrix/"+w.study+"/case/"+string(k.ID)), promised, "Next: Interview 2")

	id := w.view(w.cat).Points[0].ID
	at := "/matrix/" + w.study + "/point/" + id
	p = cat.Get(at).Is(http.StatusOK, site.Ground)
	if p.One("textarea").Text() != promised {
		t.Errorf("the box holds %q", p.One("textarea").Text())
	}
	cat.Post(at, "text", "Said and done.", "coding", k.codings[1], "version", "1").Is(http.StatusOK, site.Ground)
	if got := w.text(w.dan, id); got != "Said and done." {
		t.Errorf("changed, it says %q", got)
	}
	p = cat.Post(at+"/remove", "version", "2").Is(http.StatusOK, site.Ground)
	shows(t, p, "Removed. You can put it back below.", "Removed from this cell")
	hides(t, cat.Get(w.whole()), "Said and done.")
	shows(t, cat.Post(at+"/return", "version", "2").Is(http.StatusOK, site.Ground), "It is back.")
	shows(t, cat.Get(w.whole()), "Said and done.")
}

func TestCell_WhatWasTypedComesBackWithOneThingToCheck(t *testing.T) {
	w, site := onFixture(t)
	k, cat := w.talks[0], site.AtDesk(w.cat)
	p := cat.Post(w.cell(k, w.trust), "text", promised).Is(http.StatusUnprocessableEntity, site.Ground)
	shows(t, p, "Tick at least one passage")
	if p.One("textarea").Text() != promised {
		t.Error("what was typed is gone")
	}
	p = cat.Post(w.cell(k, w.trust), "text", " ", "coding", k.codings[0]).Is(http.StatusUnprocessableEntity, site.Ground)
	shows(t, p, "Write a sentence first.")
	p.One(`input[checked]`)
}

// Leaving keeps what was typed, for her alone, and closes it with what it rests on.
func TestCell_WhatIsTypedIsKeptUntilSaved(t *testing.T) {
	w, site := onFixture(t)
	k, cat := w.talks[0], site.AtDesk(w.cat)
	cat.Post(w.cell(k, w.trust)+"/keep", "text", "Half a sen", "coding", k.codings[0]).Is(http.StatusOK, site.Ground)
	p := cat.Get(w.cell(k, w.trust))
	if p.One("textarea").Text() != "Half a sen" || len(p.All("input[checked]")) != 1 {
		t.Error("what was kept does not come back as it was")
	}
	hides(t, site.AtDesk(w.dan).Get(w.cell(k, w.trust)), "Half a sen")
	w.takeBack(w.ann, k, false, k.Turns[1])
	hides(t, cat.Get(w.cell(k, w.trust)), "Half a sen", said[0])
	w.bringBack(w.ann, k)
	cat.Post(w.cell(k, w.trust), "text", "Half a sentence, now whole.", "coding", k.codings[0])
	if got := cat.Get(w.cell(k, w.trust)).One("textarea").Text(); got != "" {
		t.Errorf("after saving the box holds %q", got)
	}
}

func TestPoint_TwoEditAndNothingIsLost(t *testing.T) {
	for how, want := range map[string][]string{"another": {"Dan's.", "Cat's."}, "replace": {"Cat's."}, "theirs": {"Dan's."}} {
		t.Run(how, func(t *testing.T) {
			w, site := onFixture(t)
			k := w.talks[0]
			id := w.add(w.cat, w.trust, "As it was.", w.link(k, 0))
			cat, dan, at := site.AtDesk(w.cat), site.AtDesk(w.dan), "/matrix/"+w.study+"/point/"+id
			dan.Post(at, "text", "Dan's.", "coding", k.codings[0], "version", "1").Is(http.StatusOK, site.Ground)
			p := cat.Post(at, "text", "Cat's.", "coding", k.codings[0], "version", "1").Is(http.StatusUnprocessableEntity, site.Ground)
			shows(t, p, "Two people changed this point", "Dan's.", "Cat's.", "What Dan wrote")
			if got := w.text(w.cat, id); got != "Dan's." {
				t.Errorf("before she chose the point says %q", got)
			}
			form := []string{"how", how}
			for _, in := range p.All("main form input[type=hidden]") {
				name, _ := in.Attr("name")
				value, _ := in.Attr("value")
				form = append(form, name, value)
			}
			cat.Post(at, form...).Is(http.StatusOK, site.Ground)
			var got []string
			for _, point := range w.view(w.cat).Points {
				got = append(got, point.Words.Reveal())
			}
			if strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("the cell says %v, want %v", got, want)
			}
		})
	}
}

func TestPoint_RemovedWhileSomebodyWroteKeepsHerWords(t *testing.T) {
	w, site := onFixture(t)
	k := w.talks[0]
	id := w.add(w.cat, w.trust, "As it was.", w.link(k, 0))
	cat := site.AtDesk(w.cat)
	must(t, w.room.Remove(t.Context(), w.dan, w.study, id, 1))
	p := cat.Post("/matrix/"+w.study+"/point/"+id, "text", "Worth keeping.", "coding", k.codings[0], "version", "1").Is(http.StatusOK, site.Ground)
	shows(t, p, "What you wrote is kept here")
	if p.One("textarea").Text() != "Worth keeping." {
		t.Error("what was typed is gone")
	}
}

func TestMark_SaysWhyACellIsEmpty(t *testing.T) {
	w, site := onFixture(t)
	cat, at := site.AtDesk(w.cat), w.cell(w.talks[1], w.waiting)
	for mark, want := range map[string]string{"nothing": "Read, and nothing there", "notasked": "Not asked", "": "Not read"} {
		p := cat.Post(at+"/mark", "mark", mark).Is(http.StatusOK, site.Ground)
		if got := p.One("#points p.hint").Text(); got != want {
			t.Errorf("marked %q, the cell says %q, want %q", mark, got, want)
		}
	}
}

func TestTools_NarrowAndSort(t *testing.T) {
	w, site := onFixture(t)
	cat := site.AtDesk(w.cat)
	for query, want := range map[string]int{"": 2, "?kind=interview": 2, "?kind=note": 0, "?house=lived": 2, "?house=others": 0, "?sort=house&kind=interview": 2} {
		if got := len(cat.Get(w.whole()+query).Is(http.StatusOK, site.Ground).All("tbody tr")); got != want {
			t.Errorf("%q shows %d rows, want %d", query, got, want)
		}
	}
	last := cat.Get("/matrix/" + w.study + "/case/" + string(w.talks[1].ID) + "?kind=interview")
	if got, _ := last.One("nav a.quiet").Attr("href"); got != "/matrix/"+w.study+"/case/"+string(w.talks[0].ID)+"?kind=interview" {
		t.Errorf("from the last interview the way leads to %s", got)
	}
	if p := cat.Get(w.whole() + "?case=" + string(w.talks[1].ID)); !strings.HasSuffix(p.Path, "/case/"+string(w.talks[1].ID)) {
		t.Errorf("going to a case leads to %s", p.Path)
	}
}

func TestGrouping_APersonsSourcesWithHerYesAlone(t *testing.T) {
	w, site := onFixture(t)
	second := w.talk(w.ann)
	w.add(w.cat, w.trust, "From her second talk.", w.link(second, 0))
	cat, ann := site.AtDesk(w.cat), site.As(w.ann)
	rows := func() int { return len(cat.Get(w.whole()).All("tbody tr")) }
	cat.Post("/matrix/"+w.study+"/cases", "kind-interview", "person").Is(http.StatusOK, site.Ground)
	if rows() != 3 {
		t.Errorf("%d rows before anybody said yes, want a row for each source", rows())
	}
	p := ann.Get("/side-by-side").Is(http.StatusOK, site.Ground)
	if chosen, _ := p.One("input[checked]").Attr("value"); chosen != "no" {
		t.Errorf("before she answers the answer is %q", chosen)
	}
	shows(t, ann.Post("/side-by-side", "study", w.study, "join", "yes").Is(http.StatusOK, site.Ground), "Saved.")
	if rows() != 2 {
		t.Errorf("%d rows with her yes, want two", rows())
	}
	shows(t, cat.Get(w.whole()), "Person 1", "From her second talk.")
	ann.Post("/side-by-side", "study", w.study, "join", "no")
	if rows() != 3 {
		t.Errorf("%d rows after she took it back", rows())
	}
	shows(t, site.As(w.dan).Get("/side-by-side"), "There is nothing of yours in a study")
}

// Sources put with one practice are one row, and a row of its own again when they are put with none.
func TestGrouping_SourcesOfOnePractice(t *testing.T) {
	w, site := onFixture(t)
	second := w.talk(w.ann)
	w.add(w.cat, w.trust, "From her second talk.", w.link(second, 0))
	var practice circle.Practice
	w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		practice, err = w.circle.AddPractice(ctx, tx, w.p, "Hill Surgery")
		return err
	})
	cat, cases := site.AtDesk(w.cat), "/matrix/"+w.study+"/cases"
	rows := func() int { return len(cat.Get(w.whole()).All("tbody tr")) }
	apart := rows()
	cat.Post(cases, "kind-interview", "practice").Is(http.StatusOK, site.Ground)
	both := []string{"put-" + string(second.ID), practice.ID, "put-" + string(w.talks[0].ID), practice.ID}
	shows(t, cat.Post(cases, both...).Is(http.StatusOK, site.Ground), "Saved")
	shows(t, cat.Get(w.whole()), "Hill Surgery")
	if got := rows(); got != apart-1 {
		t.Errorf("%d rows with two of %d sources put together", got, apart)
	}
	cat.Post(cases, "put-"+string(second.ID), "elsewhere").Is(http.StatusNotFound, site.Ground)
	cat.Post(cases, "put-"+string(second.ID), "")
	if got := rows(); got != apart {
		t.Errorf("%d rows after they were put apart again, want %d", got, apart)
	}
}

// Nobody but the study's analysts is told that there is a matrix.
func TestRoutes_AreForTheStudysAnalysts(t *testing.T) {
	w, site := onFixture(t)
	id := w.add(w.cat, w.trust, promised, w.link(w.talks[0], 0))
	eve := site.Person("Eve", w.cat.Standings[0])
	site.Study("Another question?", eve)
	outsider := site.AtDesk(site.Named("Eve"))
	gets := []string{"", "/coverage", "/cases", "/export", "/live", "/theme/" + w.trust, "/case/" + string(w.talks[0].ID), "/point/" + id,
		"/cell/" + string(w.talks[0].ID) + "/" + w.trust}
	for _, path := range gets {
		p := outsider.Get(w.whole()+path).Is(http.StatusNotFound, site.Ground)
		hides(t, p, promised)
	}
	outsider.Get("/releases/"+w.study).Is(http.StatusNotFound, site.Ground)
	for _, path := range []string{"/cases", "/point/" + id, "/point/" + id + "/remove", "/point/" + id + "/return", "/point/" + id + "/keep",
		gets[8], gets[8] + "/keep", gets[8] + "/mark"} {
		outsider.Post(w.whole()+path, "version", "1", "text", "x", "coding", w.talks[0].codings[0]).Is(http.StatusNotFound, site.Ground)
	}
	outsider.Post(w.whole()+"/export", "what", matrix.ChartsCSV, "purpose", "x").Is(http.StatusNotFound, site.Ground)
	if got := w.text(w.cat, id); got != promised {
		t.Errorf("after somebody else's tries the point says %q", got)
	}
}
