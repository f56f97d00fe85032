package app_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
)

// used is one source of Bren's with four uses, each of another kind.
type used struct {
	*planted
	source consent.ID
	part   consent.Part
}

const (
	noteWords  = "On Tuesdays the room by the stairs is quiet, and I can think."
	pointWords = "A quiet room lets people think before they are asked."
)

// use makes the four: a passage under a theme, by Tolu; a sentence in a chart, by Ruth; a file of passages,
// by Tolu; a file of charts, by Ruth.
func use(t *testing.T, h *house) *used {
	t.Helper()
	ctx, w := t.Context(), h.Demo(h.clock)
	u := &used{planted: &planted{house: h}}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	u.p, err = h.Partnership(ctx)
	must(err)
	u.bren = h.named(t, "Bren")
	tolu, ruth := h.named(t, "Tolu"), h.named(t, "Ruth Ellery")
	must(w.DB.Read(ctx, func(tx *store.Tx) error {
		running, err := w.Studies.Running(ctx, tx, u.p)
		u.study = running[0].ID
		return err
	}))
	note, err := w.Sources.Prepare(ctx, u.p, u.study, consent.Incoming{Kind: consent.Note, Keeper: u.bren.ID, Turns: []consent.NewTurn{{Text: noteWords}},
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: u.bren.ID}}}, source.Facts{})
	must(err)
	u.source, u.part = note.ID, consent.Part{Contribution: note.ID, Speaker: note.Speakers[0]}
	analysis := consent.Use{Purpose: consent.Analysis, For: u.study, Form: consent.Words}
	must(w.DB.Write(ctx, func(tx *store.Tx) error {
		if err := note.Save(ctx, tx); err != nil {
			return err
		}
		src, err := w.Sources.Get(ctx, tx, u.p, note.ID)
		if err != nil {
			return err
		}
		if err := w.Sources.Move(ctx, tx, u.p, src, source.Offered); err != nil {
			return err
		}
		return w.Gate.SetTerms(ctx, tx, u.bren, note.ID, note.Speakers[0], consent.Terms{Attribution: consent.ByNone, How: consent.How{Way: "screen"},
			Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: u.study}, Use: analysis, Until: h.clock.Now().AddDate(1, 0, 0)}}})
	}))
	theme, err := w.Coding.AddTheme(ctx, ruth, u.study, coding.NewTheme{Name: "Rooms to think in"})
	must(err)
	at := consent.Span{Start: 0, End: 30}
	ids, err := w.Coding.Add(ctx, tolu, u.study, note.ID, theme, []coding.Part{{Turn: note.Turns[0], Span: at}})
	must(err)
	_, err = w.Matrix.Add(ctx, ruth, u.study, matrix.Saying{Theme: theme, Text: pointWords,
		Links: []matrix.Link{{Coding: ids[0], Source: note.ID, Turn: note.Turns[0], Seq: 1, Span: at}}})
	must(err)
	for who, form := range map[string]url.Values{
		"Tolu": {"what": {coding.CodingsXLSX}, "purpose": {"The analysis day"}},
		"Ruth": {"what": {matrix.ChartsCSV}, "purpose": {"The meeting in May"}},
	} {
		path := map[string]string{"Tolu": "/export/" + u.study, "Ruth": "/matrix/" + u.study + "/export"}[who]
		if a := u.visit(t, who).ask(t, "POST", path, form); a.status != http.StatusOK {
			t.Fatalf("%s makes a file and gets %d", who, a.status)
		}
	}
	return u
}

// kinds are the four flags, as a desk says them.
var kinds = []string{"A passage you put under “Rooms to think in” is closed", "A sentence of yours is closed: Rooms to think in",
	"A file you made holds words that were taken back: Passages, as a workbook", "A file you made holds what was taken back: A table"}

// flags returns which of the four somebody is shown on her desk.
func (u *used) flags(t *testing.T, who string) (list []string) {
	t.Helper()
	a := u.visit(t, who).ask(t, "GET", "/desk", nil)
	for _, kind := range kinds {
		for range strings.Count(a.body, kind) {
			list = append(list, kind)
		}
	}
	return list
}

// One source, four uses: taken back, each is flagged once, for whoever has to do something about it and for
// nobody else; brought back, none is (R45).
func TestUses_FourUsesFourFlags(t *testing.T) {
	h := open(t)
	u := use(t, h)
	w := h.Demo(h.clock)
	everybody := []string{"Tolu", "Ruth", "Bren", "Jo", "Dr"}
	none := func(when string) {
		t.Helper()
		for _, who := range everybody {
			if got := u.flags(t, who); len(got) > 0 {
				t.Errorf("%s, %s is asked to look at %q", when, who, got)
			}
		}
	}
	none("before")
	if err := w.Gate.TakeBack(t.Context(), u.bren, u.part, false); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string][]string{"Tolu": {kinds[0], kinds[2]}, "Ruth": {kinds[1], kinds[3]}, "Bren": nil, "Jo": nil, "Dr": nil} {
		if got := u.flags(t, who); !slices.Equal(got, want) {
			t.Errorf("%s is asked to look at %q, want %q", who, got, want)
		}
	}
	for _, who := range everybody {
		if a := u.visit(t, who).ask(t, "GET", "/desk", nil); strings.Contains(a.body, "Bren") || strings.Contains(a.body, noteWords[:30]) {
			t.Errorf("%s's desk says whose words were taken back, or the words", who)
		}
	}
	if err := w.Gate.BringBack(t.Context(), u.bren, u.part); err != nil {
		t.Fatal(err)
	}
	none("brought back")

	if err := w.Gate.TakeBack(t.Context(), u.bren, u.part, true); err != nil {
		t.Fatal(err)
	}
	// The passage is gone for good, with what was indexed; the sentence and the files are still to be seen to.
	for who, want := range map[string][]string{"Tolu": {kinds[2]}, "Ruth": {kinds[1], kinds[3]}, "Jo": nil} {
		if got := u.flags(t, who); !slices.Equal(got, want) {
			t.Errorf("erased, %s is asked to look at %q, want %q", who, got, want)
		}
	}
}

// She is told of each use in plain words; what analysts wrote stays on their desk, and nobody else is told.
func TestUses_AreToldToHerAlone(t *testing.T) {
	h := open(t)
	u := use(t, h)
	path := "/share/" + string(u.source) + "/made"
	page := u.visit(t, "Bren").ask(t, "GET", path, nil)
	for _, line := range []string{"1 place in what you said was put under the theme “Rooms to think in”.", "A sentence about “Rooms to think in” rests on what you said.",
		"Tolu saved a file with places from what you said.", "What for: The analysis day", "In what way: your own words",
		"Ruth Ellery saved a file with sentences that rest on what you said.", "What for: The meeting in May", "In what way: told in other words"} {
		if strings.Count(page.body, line) != 1 {
			t.Errorf("she is told %d times: %s", strings.Count(page.body, line), line)
		}
	}
	if n := strings.Count(page.body, "<li>") - strings.Count(page.body, "<li><a"); n != 4 {
		t.Errorf("she is told of %d uses, want four", n)
	}
	for _, unsaid := range []string{pointWords, "/matrix/" + u.study} {
		if strings.Contains(page.body, unsaid) {
			t.Errorf("her page holds %q", unsaid)
		}
	}
	if got := u.visit(t, "Bren").ask(t, "GET", "/share/"+string(u.source), nil).body; !strings.Contains(got, "What was made of your words: 4 things") {
		t.Error("her own page does not lead to the four things")
	}
	for _, who := range []string{"Tolu", "Ruth", "Jo", "Dr"} {
		if a := u.visit(t, who).ask(t, "GET", path, nil); a.status != http.StatusNotFound {
			t.Errorf("%s gets %d for what was made of Bren's words", who, a.status)
		}
	}
}

// Whoever reads for the study herself is led to the sentences; whose part in it is another's is told only
// of hers.
func TestUses_WhoReadsForTheStudyMayLook(t *testing.T) {
	h := open(t)
	u := use(t, h)
	w := h.Demo(h.clock)
	err := w.DB.Write(t.Context(), func(tx *store.Tx) error { return w.Studies.Name(t.Context(), tx, u.p, u.study, u.bren.ID, "") })
	if err != nil {
		t.Fatal(err)
	}
	page := u.visit(t, "Bren").ask(t, "GET", "/share/"+string(u.source)+"/made", nil)
	if !strings.Contains(page.body, `href="/matrix/`+u.study) || strings.Contains(page.body, pointWords) {
		t.Error("she reads for the study and is not led to where its sentences stand")
	}
}

// The page and the desk, to be looked at.
func TestUses_Pages(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, which TestUses_FourUsesFourFlags reads on both")
	h := open(t)
	u := use(t, h)
	tab := h.as(t, "Bren", browser.Size(360, 740))
	tab.Go(h.url + "/share/" + string(u.source) + "/made")
	shot(tab, "uses-360")
	for _, v := range tab.Axe() {
		t.Errorf("what was made of her words: %v", v)
	}
	if err := h.Demo(h.clock).Gate.TakeBack(context.WithoutCancel(t.Context()), u.bren, u.part, false); err != nil {
		t.Fatal(err)
	}
	tab.Reload()
	shot(tab, "uses-taken-360")
}
