package coding_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/refi"
	"footing/internal/sheet"
)

func TestTheme_FirstFiftyThenAll(t *testing.T) {
	d := newDesk(t)
	for i := range 30 {
		d.add(d.cat, d.talk, coding.Other, d.talk.part(2, 0, 3+i), d.talk.part(5, i%10, 20))
	}
	more := d.world.talk(plain...)
	for i := range 30 {
		d.add(d.cat, more, coding.Other, more.part(2, 0, 3+i), more.part(5, i%10, 20))
	}
	_ = d.world.talk(plain...) // nothing is indexed in it, so nobody opens it
	page := d.get("/theme/" + d.study + "/" + coding.Other)
	distinct := len(d.codings(coding.Filter{}))
	if n := len(page.All("main ol > li")); n != min(50, distinct) {
		t.Errorf("%d passages first, want 50", n)
	}
	page = d.get("/theme/" + d.study + "/" + coding.Other + "?all=1")
	if n := len(page.All("main ol > li")); n != distinct {
		t.Errorf("%d passages in all, want %d", n, distinct)
	}
	place, _ := page.All("main ol > li .meta a")[0].Attr("href")
	if !strings.HasSuffix(place, "#t2") {
		t.Errorf("a passage leads to %s", place)
	}
}

func TestTheme_LookAgainAfterAChange(t *testing.T) {
	d := newDesk(t)
	theme := d.theme("The desk", "")
	d.add(d.cat, d.talk, theme, d.talk.part(2, 0, 21))
	d.add(d.cat, d.talk, theme, d.talk.part(5, 0, 19))
	at := "/frame/" + d.study + "/" + theme
	page := d.get(at)
	based, _ := page.One("input[name=based]").Attr("value")
	d.post(at, "based", based, "name", "The desk", "definition", "The desk and who sits at it").One("p[role=status].note").HasText("saved")
	again := d.cats.Post(at, "based", based, "name", "The desk", "definition", "Mine").Is(http.StatusUnprocessableEntity, d.Ground)
	again.One("section").HasText("The desk and who sits at it")
	again.One("#definition").HasText("Mine")

	here := "/theme/" + d.study + "/" + theme
	d.get(here).One("main").HasText("Look at them again")
	page = d.get(here + "?old=1")
	fits := page.All("button[name=fits]")
	if len(fits) != 2 {
		t.Fatalf("%d passages to look at again, want 2", len(fits))
	}
	value, _ := fits[0].Attr("value")
	d.post(here, "fits", value)
	remove, _ := page.All("button[name=remove]")[1].Attr("value")
	d.post(here, "remove", remove).One("main").LacksText("It still fits")
	if n := len(d.codings(coding.Filter{})); n != 1 {
		t.Errorf("%d passages are left, want 1", n)
	}
}

func TestFrame_SeedAddChangeRetire(t *testing.T) {
	d := newDesk(t)
	at := "/frame/" + d.study
	d.get(at).One("main").HasText("None of this is anybody's findings.")
	page := d.post(at+"/seed", "set", "ohid")
	page.One("main").HasText("Cultural consideration")
	d.cats.Post(at+"/new", "name", " ").Is(http.StatusUnprocessableEntity, d.Ground).One("#check").HasText("needs a name")
	page = d.post(at+"/new", "name", "The desk", "use_when", "Somebody waits at it")
	page.One("main").HasText("The desk")
	var theme string
	for _, th := range d.frame().Themes {
		if th.Name == "The desk" {
			theme = th.ID
		}
	}
	d.post(at + "/" + theme + "/retire")
	d.get(d.base).One("select[name=theme]").LacksText("The desk")
	d.post(at+"/"+theme+"/retire", "back", "1")
	d.get(d.base).One("select[name=theme]").HasText("The desk")
	d.get(at + "/new")
	d.get(at + "/" + coding.Other).None("#name")
}

func TestExport_Files(t *testing.T) {
	d := newDesk(t)
	theme := d.theme("=The desk", "")
	sub := d.theme("Being seen", theme)
	d.add(d.cat, d.talk, sub, d.talk.part(2, 23, 53), d.talk.part(3, 0, 26))
	d.add(d.cat, d.talk, theme, d.talk.part(5, 0, 19))
	at := "/export/" + d.study
	d.cats.Post(at, "what", coding.CodingsCSV, "purpose", "").Is(http.StatusUnprocessableEntity, d.Ground).One("#check").HasText("what the file is for")

	page := d.post(at, "what", coding.CodingsCSV, "purpose", "to compare")
	if got := page.Header.Get("Content-Disposition"); got != "attachment; filename=codings.csv" {
		t.Errorf("the file is called %q", got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(page.Body, "\ufeff"))).ReadAll()
	d.Must(err)
	if len(rows) != 4 || rows[1][6] != "I can see who I am talking to." || rows[2][6] != "I still stand by the door." || rows[1][12] != rows[2][12] {
		t.Errorf("rows: %q", rows)
	}
	if got := sheet.Unguard(rows[3][0]); got != "=The desk" || got == rows[3][0] {
		t.Errorf("a name that begins like a formula is written %q", rows[3][0])
	}
	page = d.post(at, "what", coding.CodingsXLSX, "purpose", "to compare")
	if !strings.HasPrefix(page.Body, "PK") {
		t.Error("the workbook is no zip")
	}
	page = d.post(at, "what", coding.CodebookCSV, "purpose", "to print")
	if !strings.Contains(page.Body, "What Being seen means") {
		t.Errorf("the code book says %q", page.Body)
	}
	page = d.post(at, "what", coding.CodebookQDC, "purpose", "to compare")
	book, err := refi.DecodeCodebook(strings.NewReader(page.Body))
	d.Must(err)
	if len(book.Codes) != 2 || book.Codes[0].Children[0].Name != "Being seen" || refi.ParseEntry(book.Codes[0].Children[0].Description).Definition != "What Being seen means" {
		t.Errorf("the code book reads back as %+v", book)
	}
	second := d.post(at, "what", coding.CodebookQDC, "purpose", "once more")
	if second.Body != page.Body {
		t.Error("the same frame was written differently")
	}
	d.Must(d.world.gate.TakeBack(t.Context(), d.bea, consent.Part{Contribution: d.talk.ID, Speaker: d.talk.Speakers[2]}, false))
	page = d.get(at)
	if n := len(page.All("main .card")); n != 5 {
		t.Errorf("%d files are listed, want 5", n)
	}
	tagged := 0
	for _, card := range page.All("main .card") {
		if strings.Contains(card.Text(), "Holds words taken back") {
			tagged++
		}
	}
	if tagged != 2 {
		t.Errorf("%d files are named as holding words taken back, want 2", tagged)
	}
	body := d.post(at, "what", coding.CodingsCSV, "purpose", "to compare").Body
	if strings.Contains(body, "by the door") || strings.Contains(body, "talking to") {
		t.Error("a file holds words that were taken back, or a passage that rests on them")
	}
}
