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
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/fixture"
	"footing/internal/web"
)

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

// An open page hears of a withdrawal within a second, and of a new point as something that can wait.
func TestLive_TellsWhatClosedAndWhatChanged(t *testing.T) {
	w, site := onFixture(t)
	go func() { _ = w.events.Run(t.Context()) }()
	listens, _ := site.AtDesk(w.cat).Get(w.whole()).One("[data-live]").Attr("data-live")
	since, _ := strings.CutPrefix(listens, w.whole()+"/live?")
	at := func(query string) string { return query + since }
	lines, only := w.listen(site, at("?")), w.listen(site, at("?only=closed&"))
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
	// A page that was made before and begins to listen now is told at once.
	hears(t, w.listen(site, at("?only=closed&")), "data: closed")
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

// nothing is a group in which nothing was ever agreed.
type nothing struct{}

// Agreed says so.
func (nothing) Agreed(context.Context, *store.Tx, person.Partnership) (bool, error) {
	return false, nil
}

// Where nothing was ever agreed no file leaves, from the charts or from the index, and nothing is on record (ADR 13).
func TestExport_NoFileBeforeAnythingIsAgreed(t *testing.T) {
	w, site := onFixture(t)
	w.add(w.cat, w.trust, promised, w.link(w.talks[0], 0))
	w.studies.Agreement = nothing{}
	there := func(r web.Room) web.Room { r.Migrations = nil; return r } // its tables are
	site = site.Serve(there(w.coding.Web()), there(w.room.Web()), there(study.NewRoom(study.Deps{DB: w.db, Circle: w.circle, Studies: w.studies}).Web()))
	cat := site.AtDesk(w.cat)
	for to, what := range map[string]string{w.whole() + "/export": matrix.ChartsCSV, "/export/" + w.study: coding.CodingsCSV} {
		page := cat.Post(to, "what", what, "purpose", "To compare").Is(http.StatusUnprocessableEntity, site.Ground)
		page.HasText("Please agree first how you work together.")
		page.HasText("To compare")
	}
	for _, table := range []string{"matrix_release", "coding_release"} {
		if n := site.Sum("1", table); n != 0 {
			t.Errorf("%s: %d files left", table, n)
		}
	}
}
