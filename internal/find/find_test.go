package find_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/find"
	"footing/internal/lang/plain"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/web"
)

// desk is a study with one analyst, in which Ann was interviewed by Dan.
type desk struct {
	*fixture.Ground
	ann, dan, cat person.Viewer
	study         string
	feed          *counting
	indexes       *search.Indexes
	room          *find.Room
}

// counting counts how often an index is built.
type counting struct {
	search.Feed
	reads atomic.Int64
}

func (c *counting) Each(ctx context.Context, p person.Partnership, do func(search.Passage) error) error {
	c.reads.Add(1)
	return c.Feed.Each(ctx, p, do)
}

func newDesk(t *testing.T, idle time.Duration) *desk {
	t.Helper()
	g := fixture.New(t)
	d := &desk{Ground: g, feed: &counting{Feed: g.Gate}}
	d.ann = g.Person("Ann", person.LivedExperience)
	d.dan = g.Person("Dan", person.Charity)
	d.cat = g.Person("Cat", person.Researcher)
	d.study = g.Study("What helps?", d.cat)
	d.indexes = search.New(d.feed, idle)
	t.Cleanup(d.indexes.Close)
	d.room = find.New(find.Deps{DB: g.DB, Gate: g.Gate, Events: g.Events, Indexes: d.indexes, Circle: g.Circle, Studies: g.Studies, Log: slog.New(slog.DiscardHandler)})
	return d
}

func (d *desk) use() consent.Use {
	return consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Words}
}

// talk keeps a talk in which Dan asks and Ann answers. Ann allows the study her words, Dan nothing.
func (d *desk) talk(answers ...string) *consent.Prepared {
	d.T.Helper()
	in := consent.Incoming{Kind: consent.Interview, Title: "Talk one", Keeper: d.dan.ID, Speakers: []consent.NewSpeaker{
		{Role: consent.Interviewer, Person: d.dan.ID, Label: "Dan"}, {Role: consent.Member, Person: d.ann.ID, Label: "Ann"}}}
	in.Turns = []consent.NewTurn{{Speaker: 0, Text: "How was the tram?"}}
	for _, a := range answers {
		in.Turns = append(in.Turns, consent.NewTurn{Speaker: 1, Text: a})
	}
	talk, err := d.Gate.Prepare(d.T.Context(), d.P, in)
	d.Must(err)
	d.Write(talk.Save)
	d.allow(talk, consent.Audience{Kind: consent.ToAnalysts, ID: d.study}, d.use())
	return talk
}

// allow records what Ann allows with her part of a talk, in place of what she allowed before.
func (d *desk) allow(talk *consent.Prepared, to consent.Audience, u consent.Use) {
	d.T.Helper()
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.SetTerms(ctx, tx, d.ann, talk.ID, talk.Speakers[1], consent.Terms{Owner: d.ann.ID, Yes: []consent.Yes{{
			Audience: to, Use: u, Until: d.Now().AddDate(1, 0, 0)}}})
	})
}

// keep lets the room follow what happens, as a server does.
func (d *desk) keep() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 2)
	go func() { done <- d.Events.Run(ctx) }()
	go func() { done <- d.room.Keep(ctx) }()
	d.T.Cleanup(func() {
		stop()
		d.Must(<-done)
		d.Must(<-done)
	})
}

// hits asks the index itself, past the gate.
func (d *desk) hits(query string) int {
	d.T.Helper()
	hits, err := d.indexes.Search(d.T.Context(), d.P, query, 0)
	d.Must(err)
	return len(hits)
}

// soon waits until ok, at most five seconds: one for the look each second, the rest for a slow machine.
// It returns how long that took.
func (d *desk) soon(what string, ok func() bool) time.Duration {
	d.T.Helper()
	began := time.Now()
	for !ok() {
		if time.Since(began) > 5*time.Second {
			d.T.Fatalf("after five seconds still not so: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
	return time.Since(began)
}

func TestFind_ShowsOnlyWhatTheGateOpens(t *testing.T) {
	d := newDesk(t, search.Idle)
	talk := d.talk("The tram was late but the driver waited.")
	d.allow(d.talk("A tram for the women to read about."), consent.Audience{Kind: consent.ToLived}, consent.Use{Purpose: consent.Heard, Form: consent.Words})
	d.allow(d.talk("A tram to be counted."), consent.Audience{Kind: consent.ToAnalysts, ID: d.study}, consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Number})
	site := d.Serve(d.room.Web())
	page := site.AtDesk(d.cat).Post("/find/"+d.study, "q", "tram").Is(200, d.Ground)
	if n := d.hits("tram"); n != 3 {
		t.Fatalf("the index has %d passages, want three: this test sees nothing", n)
	}
	page.One("h2[role=status]").HasText("1 passage") // Dan said it too and allows nothing: not even counted
	page.One("li.card a[href='/index/" + d.study + "/" + string(talk.ID) + "#t2']").HasText("Interview, 1 March 2027, part 2")
	page.One("li.card mark").HasText("tram")
	page.One("li.card .words").HasText("The tram was late but the driver waited.")
	if strings.Contains(page.Body, "How was") {
		t.Error("words that nobody allowed are on the page")
	}
	page.One("#q[value=tram]")
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		list, err := d.Gate.Openings(ctx, tx, d.ann, talk.ID)
		if len(list) != 1 || list[0].Reader != d.cat.ID || list[0].Purpose != consent.Analysis {
			t.Errorf("Ann is shown %v, want Cat's opening for the study: that the program read it would tell her that somebody searched", list)
		}
		return err
	})
}

func TestFind_IsForTheStudysAnalystsAlone(t *testing.T) {
	d := newDesk(t, search.Idle)
	d.talk("The tram was late.")
	other := d.Study("Something else?", d.Person("Eve", person.Researcher))
	site := d.Serve(d.room.Web())
	cat := site.AtDesk(d.cat)
	cat.Get("/find/"+d.study).Is(200, d.Ground).One(".note").HasText("Owners see this. Each owner is told that the program reads her words for search. When a passage of hers is shown to you here, she sees that you opened it for the study.")
	for name, page := range map[string]fixture.Page{
		"an analyst of another study": cat.Post("/find/"+other, "q", "tram"),
		"no such study":               cat.Post("/find/none", "q", "tram"),
		"its owner":                   site.As(d.ann).Post("/find/"+d.study, "q", "tram"),
	} {
		if page.Status != 404 {
			t.Errorf("%s: status %d, want 404", name, page.Status)
		}
	}
	if page := site.As(d.cat).Post("/find/"+d.study, "q", "tram"); page.Status != 403 || len(page.All("#q")) > 0 {
		t.Errorf("without her second factor she is let in: %d", page.Status)
	}
	if d.feed.reads.Load() != 0 {
		t.Error("refused searches had words read")
	}
}

// sources is a study's list of sources.
type sources []consent.ID

func (s sources) Of(context.Context, *store.Tx, person.Partnership, string) ([]consent.ID, error) {
	return s, nil
}

func TestFind_OnlyInTheStudysSources(t *testing.T) {
	d := newDesk(t, search.Idle)
	in := d.talk("The tram was late.")
	d.talk("The tram was early.")
	d.room.Sources = sources{in.ID}
	page := d.Serve(d.room.Web()).AtDesk(d.cat).Post("/find/"+d.study, "q", "tram")
	page.One("h2[role=status]").HasText("1 passage")
	page.One("li.card .words").HasText("The tram was late.")
}

// P6: no words in addresses. And twenty passages on a page within the desk's budget.
func TestFind_PagesWithoutWordsInAddresses(t *testing.T) {
	d := newDesk(t, search.Idle)
	answers := make([]string, 45)
	for i := range answers {
		answers[i] = fmt.Sprintf("Answer %d about trams. %s", i, strings.Repeat("It rained and we waited together for a good while. ", 8))
	}
	d.talk(answers...)
	cat := d.Serve(d.room.Web()).AtDesk(d.cat)
	shown := map[string]bool{}
	for page, want := range []struct {
		number, said string
		passages     int
	}{{"", "Passages 1 to 20 of 45", 20}, {"2", "Passages 21 to 40 of 45", 20}, {"3", "Passages 41 to 45 of 45", 5}, {"99", "Passages 41 to 45 of 45", 5}} {
		got := cat.Post("/find/"+d.study, "q", "trams rained", "page", want.number).Is(200, d.Ground)
		got.One("h2[role=status]").HasText(want.said)
		cards := got.All("li.card")
		if len(cards) != want.passages {
			t.Errorf("page %d has %d passages, want %d", page, len(cards), want.passages)
		}
		for _, c := range cards {
			shown[c.One("a").Text()] = true
		}
		if strings.Contains(got.Path, "tram") || len(got.All("[href*=tram], [action*=tram]")) > 0 {
			t.Error("what was looked for stands in an address")
		}
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = w.Write([]byte(got.Body))
		d.Must(w.Close())
		if packed.Len() > web.AtDesk.Bytes {
			t.Errorf("the page has %d bytes compressed, at most %d", packed.Len(), web.AtDesk.Bytes)
		}
	}
	if len(shown) != 45 {
		t.Errorf("the pages show %d passages, want each of 45", len(shown))
	}
	cat.Post("/find/"+d.study, "q", "elephant").One("h2[role=status]").HasText("Nothing found that you may open.")
	if got := cat.Post("/find/"+d.study, "q", ""); len(got.All("h2[role=status]")) != 0 {
		t.Error("nothing was looked for and something is said about it")
	}
}

func TestFind_IndexGoesAfterTheIdleTime(t *testing.T) {
	d := newDesk(t, 100*time.Millisecond)
	d.talk("The tram was late.")
	cat := d.Serve(d.room.Web()).AtDesk(d.cat)
	cat.Post("/find/"+d.study, "q", "tram").One("h2[role=status]").HasText("1 passage")
	d.soon("the index is dropped", func() bool { return d.image() == nil })
	before := d.feed.reads.Load()
	cat.Post("/find/"+d.study, "q", "tram").One("h2[role=status]").HasText("1 passage")
	if d.feed.reads.Load() == before {
		t.Error("after the idle time the words were not read anew")
	}
}

// restless drops the index whenever it is being built.
type restless struct {
	search.Feed
	drop func()
}

func (r restless) Each(context.Context, person.Partnership, func(search.Passage) error) error {
	r.drop()
	return nil
}

func TestFind_BusyKeepsWhatWasTyped(t *testing.T) {
	d := newDesk(t, search.Idle)
	d.feed.Feed = restless{drop: func() { d.indexes.Drop(d.P) }}
	page := d.Serve(d.room.Web()).AtDesk(d.cat).Post("/find/"+d.study, "q", "tram").Is(422, d.Ground)
	page.One(".check").HasText("One thing to check Much is being changed just now. Please try again in a moment.")
	page.One("#q[value=tram]")
}

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(find.New(find.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
