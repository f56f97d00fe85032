package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"footing/internal/app"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/canary"
	"footing/internal/testing/engine"
)

const fileWords = "orchard kettle ribbon atlas"

// planted is a word of each kind that is kept of Bren, and where it must not show.
type planted struct {
	*house
	p        person.Partnership
	study    string
	bren, jo person.Viewer
	sealed   map[string]string // kind → a word that may lie nowhere readable
	open     map[string]string // kind → a word that others see too: names, themes
	secret   string            // said of her in words that are not for her
	ofJo     consent.ID        // what Jo said of her, to her
}

// plant puts a canary wherever something of hers is kept.
func plant(t *testing.T, h *house) *planted {
	t.Helper()
	k := &planted{house: h, sealed: map[string]string{}, open: map[string]string{}, secret: canary.New()}
	ctx, w := t.Context(), h.Demo(h.clock)
	var err error
	if k.p, err = h.Partnership(ctx); err != nil {
		t.Fatal(err)
	}
	r := h.pointOf(t, "Bren")
	k.study = r.study
	k.bren, k.jo = h.named(t, "Bren"), h.named(t, "Jo Tarrant")
	ruth := h.named(t, "Ruth Ellery")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	write := func(do func(context.Context, *store.Tx) error) {
		t.Helper()
		must(w.DB.Write(ctx, func(tx *store.Tx) error { return do(ctx, tx) }))
	}
	word := func(kind string) string { k.sealed[kind] = canary.New(); return canary.Text(k.sealed[kind]) }
	name := func(kind string) string { k.open[kind] = canary.New(); return k.open[kind] }

	bren := k.visit(t, "Bren")
	draft := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {word("draft")}})
	bren.ask(t, "POST", draft+"/front", url.Values{"about": {word("note of a draft")}})
	bren.ask(t, "POST", "/agreement/new/keep", url.Values{"text": {word("draft of the agreement")}, "over": {"1"}})
	ask := bren.ask(t, "POST", "/asks/new", nil).location
	bren.ask(t, "POST", ask+"/keep", url.Values{"entry_title": {"A question"}, "what": {word("question of hers")}})
	bren.ask(t, "POST", "/known/new/keep", url.Values{"known": {word("unsaved entry of the shelf")}})
	bren.ask(t, "POST", "/me/tokens", url.Values{"label": {word("key's label")[:60]}})
	shared := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", shared, url.Values{"kind": {"idea"}, "text": {word("shared words")}})
	bren.ask(t, "POST", shared+"/who", url.Values{"who": {"partnership"}})
	bren.ask(t, "POST", shared+"/until", url.Values{"until": {"3"}})
	bren.ask(t, "POST", shared+"/front", url.Values{"about": {word("note of shared words")}})
	bren.ask(t, "POST", shared+"/share", nil)
	back := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", back, url.Values{"kind": {"opinion"}, "text": {word("words taken back")}})
	bren.ask(t, "POST", strings.TrimSpace(bren.ask(t, "POST", back+"/share", nil).location)+"/back", nil)

	var refused, reader person.ID
	write(func(ctx context.Context, tx *store.Tx) error {
		if refused, err = w.Circle.Add(ctx, tx, k.p, name("whoever she refused"), ""); err != nil {
			return err
		}
		if reader, err = w.Circle.Add(ctx, tx, k.p, name("whoever opened it"), ""); err != nil {
			return err
		}
		return w.Circle.Give(ctx, tx, k.p, reader, person.Charity, reader, true)
	})
	said := func(keeper, speaker person.Viewer, text string, terms consent.Terms) *consent.Prepared {
		t.Helper()
		prepared, err := w.Gate.Prepare(ctx, k.p, consent.Incoming{Kind: consent.Idea, Keeper: keeper.ID, Turns: []consent.NewTurn{{Text: text}},
			Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: speaker.ID}}})
		must(err)
		write(func(ctx context.Context, tx *store.Tx) error {
			if err := prepared.Save(ctx, tx); err != nil {
				return err
			}
			return w.Gate.SetTerms(ctx, tx, speaker, prepared.ID, prepared.Speakers[0], terms)
		})
		return prepared
	}
	yes := func(to consent.Audience) []consent.Yes {
		return []consent.Yes{{Audience: to, Use: consent.Use{Purpose: consent.Heard, Form: consent.Words}, Until: h.clock.Now().AddDate(1, 0, 0), Later: true}}
	}
	mended := said(ruth, k.bren, word("words before they were mended"), consent.Terms{Yes: yes(consent.Audience{Kind: consent.ToPartnership}),
		Not: []consent.Audience{{Kind: consent.ToPerson, ID: string(refused)}}, Attribution: consent.ByNone, How: consent.How{Way: "paper", Sheet: "v1"}})
	must(w.Gate.Mend(ctx, ruth, mended.ID, mended.Turns[0], "", word("words as they were mended")))
	_, err = w.Gate.OpenOne(ctx, person.Viewer{Partnership: k.p, ID: reader}, consent.Use{Purpose: consent.Heard, Form: consent.Words}, consent.Reading, mended.ID)
	must(err)

	checked := said(k.bren, k.bren, word("words kept for checking"), consent.Terms{Attribution: consent.ByNone})
	h.isKeptForChecking(t, "Bren", checked.ID, "Ruth")
	act, err := w.Gate.Why(ctx, ruth, "", word("why somebody checked"), checked.Turns...)
	must(err)
	_, err = w.Gate.Check(ctx, ruth, "", act, checked.Turns...)
	must(err)

	about := said(k.jo, k.jo, word("what somebody said of her"), consent.Terms{Yes: yes(consent.Audience{Kind: consent.ToPerson, ID: string(k.bren.ID)}), Attribution: consent.ByNone})
	hidden := said(k.jo, k.jo, canary.Text(k.secret), consent.Terms{Attribution: consent.ByNone})
	k.ofJo = about.ID
	write(func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []*consent.Prepared{about, hidden} {
			m := consent.Mention{Contribution: c.ID, Turn: c.Turns[0], Span: consent.Span{End: 60}, About: k.bren.ID, By: k.jo.ID}
			if err := w.Gate.Mark(ctx, tx, k.p, m); err != nil {
				return err
			}
		}
		return nil
	})

	theme, err := w.Coding.AddTheme(ctx, ruth, k.study, coding.NewTheme{Name: name("theme")})
	must(err)
	src, err := w.Gate.OpenOne(ctx, ruth, consent.Use{Purpose: consent.Analysis, For: k.study, Form: consent.Words}, consent.Reading, r.source)
	must(err)
	for _, turn := range src.Turns {
		if turn.Open && speaks(src, turn, k.bren.ID) {
			_, err := w.Coding.Add(ctx, ruth, k.study, r.source, theme, []coding.Part{{Turn: turn.ID, Span: consent.Span{End: turn.Length}}})
			must(err)
			break
		}
	}
	desk := k.visit(t, "Ruth")
	for path, form := range map[string]url.Values{
		"/export/" + k.study:             {"what": {coding.CodingsCSV}, "purpose": {word("what a file of passages was for")}},
		"/matrix/" + k.study + "/export": {"what": {"charts.csv"}, "purpose": {word("what a file of charts was for")}},
	} {
		if a := desk.ask(t, "POST", path, form); a.status != http.StatusOK {
			t.Fatalf("%s answers %d", path, a.status)
		}
	}
	return k
}

func speaks(c consent.Contribution, turn consent.Turn, who person.ID) bool {
	return slices.ContainsFunc(c.Speakers, func(s consent.Speaker) bool { return s.ID == turn.Speaker && s.Person == who })
}

// named returns somebody of the made-up partnership.
func (h *house) named(t *testing.T, name string) person.Viewer {
	t.Helper()
	w := h.Demo(h.clock)
	var v person.Viewer
	err := w.DB.Read(t.Context(), func(tx *store.Tx) error {
		p, err := h.Partnership(t.Context())
		if err != nil {
			return err
		}
		who, err := w.Circle.Named(t.Context(), tx, p, name)
		v = person.Viewer{Partnership: p, ID: who.ID, Name: who.Name}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A copy holds a word of every kind that is kept of her, and nothing that is not for her; locked it shows
// none of them, and making it leaves none on the disk or in the log (R50).
func TestCopy_HoldsEverythingAndShowsNothing(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	var log bytes.Buffer
	h := open(t, func(c *app.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	k := plant(t, h)
	bren := k.visit(t, "Bren")
	page := bren.ask(t, "GET", "/me/copy/all", nil)
	for _, kinds := range []map[string]string{k.sealed, k.open} {
		for kind, word := range kinds {
			if !strings.Contains(page.body, word) {
				t.Errorf("the page to read lacks: %s", kind)
			}
		}
	}
	for line := range strings.SplitSeq(page.body, "<li>") {
		if strings.Contains(line, k.sealed["what somebody said of her"]) && !strings.Contains(line, "Somebody said:") {
			t.Errorf("the page names somebody who chose no name for what she said: %s", line)
		}
	}
	if strings.Contains(page.body, k.secret) {
		t.Error("the page holds words of another that are not for her")
	}
	for _, fact := range []string{"You chose this on paper.", "Written down by Ruth Ellery", "It was taken back.", "Marked by Jo Tarrant", "In what way: your own words"} {
		if !strings.Contains(page.body, fact) {
			t.Errorf("the page does not say: %s", fact)
		}
	}
	file := bren.ask(t, "POST", "/me/copy/file", url.Values{"words": {fileWords}, "again": {fileWords}})
	if got := file.header.Get("Content-Disposition"); file.status != http.StatusOK || got != "attachment; filename=page.html" {
		t.Fatalf("making the file answers %d, %s", file.status, got)
	}
	var sealed []string
	for _, word := range k.sealed {
		sealed = append(sealed, word)
	}
	for _, plain := range []string{"footing", "sharing"} { // too short to look for in other forms: locked bytes have them by chance
		if strings.Contains(strings.ToLower(file.body), plain) {
			t.Errorf("the file says %q", plain)
		}
	}
	all := append(slices.Clone(sealed), k.secret, fileWords)
	for _, word := range k.open {
		all = append(all, word)
	}
	for _, hit := range (canary.Finder{Words: all}).Bytes("the file", []byte(file.body)) {
		t.Error(hit)
	}
	for _, hit := range (canary.Finder{Words: append(sealed, fileWords, "orchard")}).Bytes("the log", log.Bytes()) {
		t.Error(hit)
	}
	hits, err := canary.Finder{Words: append(sealed, fileWords)}.Look(h.dir, tmp)
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range hits {
		t.Error(hit)
	}
}

// Her own reading is no opening; that of another's words that speak of her is, and is its owner's to see.
// That a copy was taken only she sees.
func TestCopy_OwnReadingIsNotRecorded(t *testing.T) {
	h := open(t)
	k := plant(t, h)
	bren := k.visit(t, "Bren")
	bren.ask(t, "GET", "/me/copy/all", nil)
	bren.ask(t, "POST", "/me/copy/file", url.Values{"words": {fileWords}, "again": {fileWords}})
	w := h.Demo(h.clock)
	err := w.DB.Read(t.Context(), func(tx *store.Tx) error {
		own, err := w.Gate.Mine(t.Context(), tx, k.bren)
		for _, c := range own {
			list, err := w.Gate.Openings(t.Context(), tx, k.bren, c.ID)
			if err != nil {
				return err
			}
			for _, o := range list {
				if o.Reader == k.bren.ID {
					t.Errorf("her own reading of her own words is on record: %v", o)
				}
			}
		}
		if err != nil {
			return err
		}
		list, err := w.Gate.Openings(t.Context(), tx, k.jo, k.ofJo)
		var acts []string
		for _, o := range list {
			act, _, _ := strings.Cut(string(o.Act), ":")
			acts = append(acts, string(o.Reader)+" "+act)
		}
		slices.Sort(acts)
		if want := []string{string(k.bren.ID) + " export", string(k.bren.ID) + " reading"}; !slices.Equal(acts, want) {
			t.Errorf("Jo sees %v, want %v", acts, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := bren.ask(t, "GET", "/me/copy", nil).body; strings.Count(got, "A file was made.") != 1 {
		t.Error("she is not shown the one copy she took")
	}
	for _, other := range []string{"Jo", "Ruth", "Tolu"} {
		v := k.visit(t, other)
		for _, path := range []string{"/me/copy", "/people/done", "/record"} {
			if got := v.ask(t, "GET", path, nil).body; strings.Contains(got, "A file was made.") {
				t.Errorf("%s sees on %s that she took a copy", other, path)
			}
		}
	}
}

// The file opens from a phone's own storage without a network: with its words, not with others, without
// asking anybody for anything. Without scripts it stays a neutral page.
func TestCopy_FileOpensOffline(t *testing.T) {
	engine.Once(t, "it opens a file in a browser, which TestCopy_HoldsEverythingAndShowsNothing reads on both")
	h := open(t)
	k := plant(t, h)
	file := k.visit(t, "Bren").ask(t, "POST", "/me/copy/file", url.Values{"words": {fileWords}, "again": {fileWords}})
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(file.body), 0o600); err != nil {
		t.Fatal(err)
	}
	tab := browser.New(t, browser.Size(360, 740))
	tab.Offline()
	tab.Go("file://" + path)
	neutral := func(tab *browser.Tab) {
		t.Helper()
		if tab.Title() != "Page" || strings.Contains(tab.Text("main"), "Bren") {
			t.Errorf("locked it is called %q and says %q", tab.Title(), tab.Text("main"))
		}
	}
	neutral(tab)
	shot(tab, "copy-locked-360")
	tab.Fill("#words", "orchard kettle ribbon maple")
	tab.ClickWithoutWaiting("text=Open")
	tab.Until("other words are refused", func() bool { return strings.Contains(tab.Text("[role=status]"), "did not open") })
	shot(tab, "copy-refused-360")
	neutral(tab)
	tab.Fill("#words", " orchard  kettle ribbon atlas ")
	tab.ClickWithoutWaiting("text=Open")
	tab.Until("its words open it", func() bool { return tab.Exists("main h2") })
	text := tab.Text("main")
	for _, kinds := range []map[string]string{k.sealed, k.open} {
		for kind, word := range kinds {
			if !strings.Contains(text, word) {
				t.Errorf("the file lacks: %s", kind)
			}
		}
	}
	if strings.Contains(text, k.secret) {
		t.Error("the file holds words of another that are not for her")
	}
	if tab.Title() != "Page" {
		t.Errorf("open, it is called %q", tab.Title())
	}
	shot(tab, "copy-open-360")
	for _, v := range tab.Axe() {
		t.Errorf("the open file: %v", v)
	}
	tab.ClickWithoutWaiting("text=Hide this page")
	tab.Until("hiding locks it again", func() bool { return tab.Exists("#words") })
	neutral(tab)
	for _, url := range tab.Requests() {
		if url != "file://"+path {
			t.Errorf("the file asked for %s", url)
		}
	}
	for _, e := range tab.Errors() {
		t.Errorf("the browser complains: %s", e)
	}

	plain := browser.New(t, browser.NoJavaScript)
	plain.Go("file://" + path)
	neutral(plain)
	if got := plain.Text("main"); !strings.Contains(got, "needs scripts") {
		t.Errorf("without scripts it says %q", got)
	}
}
