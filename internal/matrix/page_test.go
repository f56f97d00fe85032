package matrix_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"footing/internal/account"
	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/person"
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

// From end to end: her taking back closes the point for everybody, on every page and in every file; its
// writer is told why and writes it again from what is left; the list of files names the earlier one.
func TestTakeBack_ReachesPagesFilesAndTheWriter(t *testing.T) {
	w, site := onFixture(t)
	k := w.talks[0]
	id := w.add(w.cat, w.promise, promised, w.link(k, 0), w.link(k, 1))
	cat, dan := site.AtDesk(w.cat), site.AtDesk(w.dan)
	export := func(what string) fixture.Page {
		return cat.Post("/matrix/"+w.study+"/export", "what", what, "purpose", "To read on paper")
	}
	if body := export(matrix.ChartsCSV).Is(http.StatusOK, site.Ground).Body; !strings.Contains(body, "A promise with a day") {
		t.Fatalf("the file lacks the point: %s", body)
	}
	hides(t, cat.Get("/releases/"+w.study), "Holds what was taken back")
	pages := []string{w.whole(), "/matrix/" + w.study + "/theme/" + w.trust, "/matrix/" + w.study + "/case/" + string(k.ID), w.cell(k, w.trust)}
	shows(t, cat.Get("/matrix/"+w.study+"/coverage"), "4")

	w.takeBack(w.ann, k, false, k.Turns[3])
	for _, page := range pages {
		p := cat.Get(page).Is(http.StatusOK, site.Ground)
		shows(t, p, "a passage it rests on was taken back")
		hides(t, p, "A promise with a day")
		p = dan.Get(page).Is(http.StatusOK, site.Ground)
		shows(t, p, "Being rewritten")
		hides(t, p, "A promise with a day", "taken back, or", "/point/"+id)
	}
	hides(t, cat.Get(w.cell(k, w.trust)), said[1])
	shows(t, cat.Get("/matrix/"+w.study+"/coverage"), "3")
	for _, what := range []string{matrix.ChartsCSV, matrix.ChartsPrint} {
		hides(t, export(what).Is(http.StatusOK, site.Ground), "A promise with a day", said[1])
	}
	list := cat.Get("/releases/"+w.study).Is(http.StatusOK, site.Ground)
	if n := len(list.All(".card .tag")); n != 1 {
		t.Errorf("%d files are named as holding what was taken back, want the first of three", n)
	}
	hides(t, list, "Ann")

	at := "/matrix/" + w.study + "/point/" + id
	dan.Get(at).Is(http.StatusNotFound, site.Ground)
	p := cat.Get(at).Is(http.StatusOK, site.Ground)
	shows(t, p, "Please write it again from what is left", said[0])
	hides(t, p, "A promise with a day", said[1])
	if n := len(p.All("input[checked]")); n != 1 {
		t.Errorf("%d passages are ticked, want the one that is left", n)
	}
	cat.Post(at, "text", "Being late was forgiven.", "coding", k.codings[0], "version", "1").Is(http.StatusOK, site.Ground)
	shows(t, dan.Get(w.whole()), "Being late was forgiven.")
}

func TestExport_IsARecordForWhoseWordsItRestsOn(t *testing.T) {
	w, site := onFixture(t)
	w.add(w.cat, w.trust, "=SUM(1+1) is no formula here.", w.link(w.talks[0], 0))
	cat := site.AtDesk(w.cat)
	p := cat.Post("/matrix/"+w.study+"/export", "what", matrix.ChartsXLSX, "purpose", " ").Is(http.StatusUnprocessableEntity, site.Ground)
	shows(t, p, "Say what the file is for.")
	file := cat.Post("/matrix/"+w.study+"/export", "what", matrix.ChartsXLSX, "purpose", "The analysis day").Is(http.StatusOK, site.Ground)
	book, err := zip.NewReader(bytes.NewReader([]byte(file.Body)), int64(len(file.Body)))
	must(t, err)
	parts := map[string]string{}
	for _, f := range book.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		parts[f.Name] = string(text)
	}
	if !strings.Contains(parts["xl/workbook.xml"], "All themes") || !strings.Contains(parts["xl/workbook.xml"], "Trust") {
		t.Errorf("the workbook's sheets: %s", parts["xl/workbook.xml"])
	}
	if sheet := parts["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, "=SUM(1+1)") || strings.Contains(sheet, "<f>") {
		t.Error("the point is not there as text")
	}
	cat.Post("/matrix/"+w.study+"/export", "what", matrix.ChartsPrint, "purpose", "On paper").Is(http.StatusOK, site.Ground)
	acts := func(owner person.Viewer, k talk) (list []string) {
		w.read(func(ctx context.Context, tx *store.Tx) error {
			openings, err := w.gate.Openings(ctx, tx, owner, k.ID)
			for _, o := range openings {
				if what, _, _ := strings.Cut(string(o.Act), ":"); what != string(consent.Reading) {
					list = append(list, what)
				}
			}
			return err
		})
		slices.Sort(list)
		return list
	}
	if got := acts(w.ann, w.talks[0]); !slices.Equal(got, []string{"export", "print"}) {
		t.Errorf("she whose words it rests on sees %v, want one export and one print", got)
	}
	if got := acts(w.bea, w.talks[1]); len(got) != 0 {
		t.Errorf("she whose words are not in it sees %v", got)
	}
	shows(t, cat.Get("/releases/"+w.study), "The analysis day", "charts.xlsx", "On paper", "charts.html")
}

func TestExport_CSVComesBackAsItWentIn(t *testing.T) {
	w, site := onFixture(t)
	text := "She said: \"ten days\", and\nmeant it."
	w.add(w.cat, w.promise, text, w.link(w.talks[0], 1))
	file := site.AtDesk(w.cat).Post("/matrix/"+w.study+"/export", "what", matrix.ChartsCSV, "purpose", "To compare").Is(http.StatusOK, site.Ground)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
	must(t, err)
	found := false
	for _, row := range rows {
		if row[4] == text {
			found = true
			if row[2] != "Trust" || row[3] != "Keeping a promise" || row[5] != "Interview 1, part 4" || row[6] != "Cat" {
				t.Errorf("the point's row: %q", row)
			}
		}
	}
	if !found {
		t.Errorf("the point is not in %q", rows)
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

// An open page hears of a withdrawal within a second, and of a new point as something that can wait.
func TestLive_TellsWhatClosedAndWhatChanged(t *testing.T) {
	w, site := onFixture(t)
	go func() { _ = w.events.Run(t.Context()) }()
	lines, only := w.listen(site, ""), w.listen(site, "?only=closed")
	w.add(w.cat, w.trust, promised, w.link(w.talks[0], 0))
	hears(t, lines, "data: changed")
	select {
	case got := <-only:
		t.Errorf("what stands beside a form heard %q of somebody else's point", got)
	default:
	}
	began := time.Now()
	w.takeBack(w.ann, w.talks[0], false)
	hears(t, lines, "data: closed")
	if took := time.Since(began); took > time.Second {
		t.Errorf("the page heard after %v", took)
	}
	hears(t, only, "data: closed")
}

// listen opens the stream that an open page listens to.
func (w *world) listen(site *fixture.Site, query string) <-chan string {
	w.t.Helper()
	site.AtDesk(w.cat) // so that she has a second factor
	site.Pass(time.Minute)
	var opened account.Opened
	site.Write(func(ctx context.Context, tx *store.Tx) error {
		var err error
		opened, err = site.Accounts.NewSession(ctx, tx, site.P, w.cat.ID, account.Computer, false)
		return err
	})
	opened, err := site.Accounts.GiveFactor(w.t.Context(), site.P, opened.Session, site.FactorCode(w.cat), netip.MustParseAddr("127.0.0.1"))
	must(w.t, err)
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, site.URL+w.whole()+"/live"+query, nil)
	must(w.t, err)
	request.AddCookie(&http.Cookie{Name: "s", Value: opened.Token})
	answer, err := http.DefaultClient.Do(request)
	must(w.t, err)
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		w.t.Fatalf("the stream is %s, status %d", kind, answer.StatusCode)
	}
	lines := make(chan string, 16)
	go func() {
		defer answer.Body.Close()
		for in := bufio.NewScanner(answer.Body); in.Scan(); {
			if strings.HasPrefix(in.Text(), "data:") {
				lines <- in.Text()
			}
		}
	}()
	return lines
}

// hears waits for a line; lines of another kind are passed over.
func hears(t *testing.T, lines <-chan string, want string) {
	t.Helper()
	for {
		select {
		case got := <-lines:
			if got == want {
				return
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("%q was not heard", want)
		}
	}
}
