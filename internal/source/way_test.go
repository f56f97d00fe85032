package source_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// opened returns the words that somebody may open for analysis, joined.
func (d *desk) opened(v person.Viewer, id consent.ID) string {
	d.T.Helper()
	c, err := d.Gate.OpenOne(d.T.Context(), v, consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Words}, consent.Reading, id)
	if err != nil {
		return ""
	}
	var text []string
	for _, t := range c.Turns {
		if t.Open {
			text = append(text, t.Words.Reveal())
		}
	}
	return strings.Join(text, "|")
}

// state returns a source as it is stored.
func (d *desk) state(id consent.ID) source.State {
	d.T.Helper()
	var src source.Source
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		src, err = d.sources.Get(ctx, tx, d.P, id)
		return err
	})
	return src.State
}

func (d *desk) parts(id consent.ID) []source.Part {
	d.T.Helper()
	var parts []source.Part
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		parts, err = d.sources.Parts(ctx, tx, d.P, id)
		return err
	})
	return parts
}

// onPaper writes down what the second voice of a source allows.
func (d *desk) onPaper(v person.Viewer, id consent.ID, more ...string) {
	d.T.Helper()
	form := append([]string{"way", "paper", "sheet", "2", "beside", "friend", "analysis", "yes", "form", "words", "until", "study"}, more...)
	d.at(v).Post(fmt.Sprintf("/source/%s/terms/%s", id, d.parts(id)[1].Speaker), form...).Is(http.StatusOK, d.Ground).HasText("Written down.")
}

func TestTerms_WithoutTheSheetsVersionAreRefused(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "outside")
	at := fmt.Sprintf("/source/%s/terms/%s", id, d.parts(id)[1].Speaker)
	d.at(d.ruth).Get(at).Is(http.StatusOK, d.Ground).HasText("What Bren allows") // as the recording calls her
	for _, form := range [][]string{
		{"way", "paper", "analysis", "yes", "until", "study"},
		{"way", "paper", "sheet", "9", "analysis", "yes", "until", "study"},
		{"sheet", "2", "analysis", "yes", "until", "study"},
		{"way", "screen", "sheet", "2", "analysis", "yes", "until", "study"},
	} {
		page := d.at(d.ruth).Post(at, form...).Is(http.StatusUnprocessableEntity, d.Ground)
		page.One("#check").HasText("which version of the information sheet")
		page.One("input[name=analysis][value=yes][checked]")
	}
	d.at(d.ruth).Post(at, "way", "spoken", "sheet", "2", "analysis", "yes").Is(http.StatusUnprocessableEntity, d.Ground).HasText("Please choose an end.")
	if n := d.count("consent_terms"); n != 0 {
		t.Errorf("%d terms were kept", n)
	}
}

func TestWay_FromPaperToAnAnalystsDesk(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "outside")
	here := "/source/" + string(id)
	d.at(d.ruth).Post(here+"/offer").Is(http.StatusUnprocessableEntity, d.Ground).One("#check").HasText("Please mark the places")
	d.at(d.ruth).Post(here+"/offer", "marked", "1").Is(http.StatusOK, d.Ground).HasText("It waits for a yes")
	if got := d.state(id); got != source.Marked {
		t.Errorf("marked and without terms its state is %q", got)
	}
	d.at(d.lena).Get(here).Is(http.StatusNotFound, d.Ground)

	d.onPaper(d.ruth, id)
	d.at(d.ruth).Get(here).HasText("May be analysed until 1 March 2028")
	d.at(d.ruth).Post(here+"/offer", "marked", "1").Is(http.StatusOK, d.Ground).HasText("Offered for analysis")
	page := d.at(d.lena).Get(here).Is(http.StatusOK, d.Ground)
	page.HasText("A walk")
	page.LacksText("Write down what she allows")
	d.at(d.lena).Get("/source").Is(http.StatusOK, d.Ground).HasText("1 interview")
	if got := d.opened(d.lena, id); got != "It was windy. Lena came along and we laughed.|A bench half-way would be good. 🙂" {
		t.Errorf("the analyst can open %q", got)
	}
	d.at(d.asha).Get(here).Is(http.StatusNotFound, d.Ground)

	d.at(d.ruth).Post(here+"/close").Is(http.StatusOK, d.Ground).HasText("out of analysis")
	d.at(d.lena).Get(here).Is(http.StatusNotFound, d.Ground)
	d.at(d.ruth).Post(here+"/offer", "marked", "1").Is(http.StatusOK, d.Ground).HasText("Offered for analysis")
}

func TestMark_APlaceAboutAMemberIsShutUntilSheSaysYes(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "outside")
	d.onPaper(d.ruth, id)
	here := "/source/" + string(id)
	page := d.at(d.ruth).Get(here+"/mark").Is(http.StatusOK, d.Ground)
	link := regexp.MustCompile(here+`/mark/[a-z0-9]+`).FindAllString(page.Body, -1)[1]
	d.at(d.ruth).Post(link, "span", "14-46").Is(http.StatusUnprocessableEntity, d.Ground).HasText("choose who it speaks of")
	page = d.at(d.ruth).Get(link).Is(http.StatusOK, d.Ground)
	page.One(`input[value="14-45"]`)
	d.at(d.ruth).Post(link, "span", "14-45", "about", string(d.bren.ID)).Is(http.StatusOK, d.Ground).HasText("Speaks of Bren")
	const shut = "It was windy. ···· ···· ····· ··· ·· ········|A bench half-way would be good. 🙂"
	if got := d.opened(d.lena, id); got != shut {
		t.Errorf("the analyst can open %q", got)
	}
	d.at(d.ruth).Get(here + "/mark").HasText("Lena came along") // the keeper goes on seeing it
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.SetAnswer(ctx, tx, d.P, d.bren.ID, consent.AnswerYes)
	})
	if got := d.opened(d.lena, id); strings.Contains(got, "·") {
		t.Errorf("after her yes the analyst can open %q", got)
	}
	d.at(d.ruth).Post(here+"/mark", "turn", "2", "turn", "4", "about", string(d.lena.ID)).Is(http.StatusOK, d.Ground)
	d.at(d.ruth).Post(here+"/mark", "turn", "2", "about", string(d.lena.ID)).Is(http.StatusOK, d.Ground)
	if n := d.count("consent_mention"); n != 3 {
		t.Errorf("%d places are marked, want the sentence and two turns, each once", n)
	}
	mark := regexp.MustCompile(`name="id" value="([a-z0-9]+)"`).FindStringSubmatch(d.at(d.ruth).Get(here + "/mark").Body)[1]
	d.at(d.asha).Post(here+"/unmark", "id", mark).Is(http.StatusNotFound, d.Ground)
	d.at(d.ruth).Post(here+"/unmark", "id", mark).Is(http.StatusOK, d.Ground)
	if n := d.count("consent_mention"); n != 2 {
		t.Errorf("%d places are marked after one was taken away", n)
	}
}

func TestMark_IsOnRecordForWhoeverSpoke(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "member:"+string(d.bren.ID))
	d.at(d.ruth).Get("/source/"+string(id)).Is(http.StatusOK, d.Ground)
	var openings []consent.Opening
	read := func() {
		d.Read(func(ctx context.Context, tx *store.Tx) error {
			var err error
			openings, err = d.Gate.Openings(ctx, tx, d.bren, id)
			return err
		})
	}
	if read(); len(openings) != 0 {
		t.Error("the page of a source opened her words")
	}
	d.at(d.ruth).Get("/source/"+string(id)+"/mark").Is(http.StatusOK, d.Ground)
	if read(); len(openings) != 1 || openings[0].Reader != d.ruth.ID || openings[0].Purpose != consent.Keeping {
		t.Errorf("her record says %+v", openings)
	}
}

func TestTerms_OfAMemberWhoGivesThemHerselfAreHers(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "member:"+string(d.bren.ID))
	d.onPaper(d.ruth, id) // she may give them on paper
	speaker := d.parts(id)[1].Speaker
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.SetTerms(ctx, tx, d.bren, id, speaker, consent.Terms{How: consent.How{Way: "screen", By: d.bren.ID}})
	})
	at := fmt.Sprintf("/source/%s/terms/%s", id, speaker)
	d.at(d.ruth).Get(at).Is(http.StatusUnprocessableEntity, d.Ground).HasText("She gives her answers herself")
	d.at(d.ruth).Post(at, "way", "paper", "sheet", "2", "analysis", "yes", "until", "study").Is(http.StatusUnprocessableEntity, d.Ground)
	if got := d.opened(d.lena, id); got != "" {
		t.Errorf("her no was written over: %q is open", got)
	}
	d.at(d.ruth).Post(fmt.Sprintf("/source/%s/back/%s", id, speaker)).Is(http.StatusNotFound, d.Ground)
}

func TestTakenBack_ClosesAndIsCounted(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "outside")
	here, speaker := "/source/"+string(id), d.parts(id)[1].Speaker
	d.onPaper(d.ruth, id)
	d.at(d.ruth).Post(here+"/offer", "marked", "1").Is(http.StatusOK, d.Ground)
	page := d.at(d.ruth).Post(fmt.Sprintf("%s/back/%s", here, speaker)).Is(http.StatusOK, d.Ground)
	page.HasText("Taken back, closed")
	page.HasText("2 turns")
	page.LacksText("A walk")
	if got := d.opened(d.lena, id); got != "" {
		t.Errorf("taken back, %q is open", got)
	}
	list := d.at(d.lena).Get("/source").Is(http.StatusOK, d.Ground)
	list.HasText("Closed to you")
	list.LacksText("A walk")
	d.at(d.lena).Get(here).Is(http.StatusNotFound, d.Ground)
	d.at(d.ruth).Get(here+"/mark").Is(http.StatusOK, d.Ground).HasText("These words are closed.")

	d.at(d.ruth).Post(fmt.Sprintf("%s/return/%s", here, speaker)).Is(http.StatusOK, d.Ground).HasText("A walk")
	if got := d.opened(d.lena, id); !strings.Contains(got, "windy") {
		t.Errorf("brought back, %q is open", got)
	}

	d.at(d.ruth).Post(fmt.Sprintf("%s/back/%s", here, speaker)).Is(http.StatusOK, d.Ground)
	d.Pass(8 * 24 * time.Hour)
	d.Must(d.Gate.DestroyDue(t.Context(), d.P))
	if got := d.state(id); got != source.Closed {
		t.Errorf("with nobody left its state is %q", got)
	}
	if n := d.count("source_source", "facts IS NOT NULL"); n != 0 {
		t.Error("its title and facts outlive the words")
	}
	d.browsers = map[person.ID]*fixture.Browser{}
	d.at(d.ruth).Get(here).Is(http.StatusOK, d.Ground).HasText("Taken back and erased")
	d.at(d.ruth).Post(here+"/offer", "marked", "1").Is(http.StatusUnprocessableEntity, d.Ground)
}

// P16: an analyst to whom one of two voices is not open reads the same page whether that voice never allowed
// her anything or took everything back: neither its name, nor how much it says, nor that it is gone.
func TestTakenBack_IsNotToldToWhoMayNotRead(t *testing.T) {
	d := newDesk(t)
	in := consent.Incoming{Kind: consent.GroupTalk, Keeper: d.ruth.ID, Speakers: []consent.NewSpeaker{{Role: consent.Outside}, {Role: consent.Member, Person: d.bren.ID}},
		Turns: []consent.NewTurn{{Speaker: 0, Text: "We met on Monday."}, {Speaker: 1, Text: "It was windy."}, {Speaker: 1, Text: "And late."}}}
	pr, err := d.sources.Prepare(t.Context(), d.P, d.study, in, source.Facts{Title: "Mondays"})
	d.Must(err)
	allow := func(by person.Viewer, speaker int, not ...consent.Audience) {
		d.Write(func(ctx context.Context, tx *store.Tx) error {
			return d.Gate.SetTerms(ctx, tx, by, pr.ID, pr.Speakers[speaker], consent.Terms{Attribution: consent.ByName, Not: not, Yes: []consent.Yes{{
				Audience: consent.Audience{Kind: consent.ToAnalysts, ID: d.study}, Until: d.Now().AddDate(1, 0, 0),
				Use: consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Words}}}})
		})
	}
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := pr.Save(ctx, tx); err != nil {
			return err
		}
		src, err := d.sources.Get(ctx, tx, d.P, pr.ID)
		d.Must(err)
		return d.sources.Move(ctx, tx, d.P, src, source.Offered)
	})
	allow(d.ruth, 0)
	allow(d.bren, 1)
	here := "/source/" + string(pr.ID)
	open := d.at(d.lena).Get(here).Is(http.StatusOK, d.Ground)
	open.HasText(d.bren.Name)
	open.HasText("2 turns")
	allow(d.bren, 1, consent.Audience{Kind: consent.ToPerson, ID: string(d.lena.ID)})
	before := d.at(d.lena).Get(here).Is(http.StatusOK, d.Ground)
	before.HasText("Closed to you")
	before.LacksText(d.bren.Name)
	before.LacksText("2 turns")
	d.Must(d.Gate.TakeBack(t.Context(), d.bren, consent.Part{Contribution: pr.ID, Speaker: pr.Speakers[1]}, false))
	if after := d.at(d.lena).Get(here); after.Body != before.Body {
		t.Errorf("her page tells that Bren took something back: it was\n%s\nand is\n%s", before.Text(), after.Text())
	}
	d.at(d.ruth).Get(here).HasText("Taken back, closed")
}

func TestFacts_AreSealedAndShownToAnalysts(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "outside")
	here := "/source/" + string(id)
	d.onPaper(d.ruth, id)
	d.at(d.ruth).Post(here+"/offer", "marked", "1")
	d.at(d.ruth).Post(here+"/facts", "title", "A walk", "minutes", "many").Is(http.StatusUnprocessableEntity, d.Ground).HasText("Please use a number there.")
	d.at(d.ruth).Post(here+"/facts", "title", "A walk", "setting", "A quiet room", "present", "An interpreter", "guide", "3", "recording", "sound",
		"minutes", "48", "returned", "yes", "limits", "yes").Is(http.StatusOK, d.Ground)
	page := d.at(d.lena).Get(here).Is(http.StatusOK, d.Ground)
	for _, want := range []string{"A quiet room", "An interpreter", "Sound", "48 minutes"} {
		page.HasText(want)
	}
	d.at(d.lena).Get(here+"/facts").Is(http.StatusNotFound, d.Ground)
	var facts []byte
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		facts, err = store.Get(ctx, tx, store.One[[]byte], `SELECT facts FROM source_source`)
		return err
	})
	if strings.Contains(string(facts), "quiet") {
		t.Error("the facts lie in clear")
	}
}

func TestNote_ItsWriterOffersIt(t *testing.T) {
	d := newDesk(t)
	id := d.noteOf(d.bren)
	at := "/offer-note/" + string(id)
	hers := d.As(d.bren)
	hers.Get(at).Is(http.StatusOK, d.Ground).HasText("The meeting went well.")
	for _, other := range []person.Viewer{d.lena, d.ruth} {
		d.As(other).Get(at).Is(http.StatusNotFound, d.Ground)
		d.As(other).Post(at, "act", "offer", "study", d.study).Is(http.StatusNotFound, d.Ground)
	}
	hers.Post(at, "act", "offer").Is(http.StatusUnprocessableEntity, d.Ground).HasText("Please choose a study.")
	hers.Post(at, "act", "mark", "turn", "2", "about", string(d.lena.ID)).Is(http.StatusOK, d.Ground).HasText("Take the mark off part 2, Lena")
	for range 2 {
		hers.Post(at, "act", "offer", "study", d.study).Is(http.StatusOK, d.Ground).HasText("You have not said yes to this study.")
	}
	if got := d.opened(d.ruth, id); got != "" {
		t.Errorf("before her yes %q is open", got)
	}
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		use := consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Words}
		return d.Gate.SetTerms(ctx, tx, d.bren, id, d.parts(id)[0].Speaker, consent.Terms{How: consent.How{Way: "screen", By: d.bren.ID},
			Yes: []consent.Yes{{Audience: consent.Audience{Kind: consent.ToAnalysts, ID: d.study}, Use: use, Until: d.Now().AddDate(0, 1, 0)}}})
	})
	hers.Get(at).HasText("The study may use it as far as you said yes.")
	if got := d.opened(d.ruth, id); got != "The meeting went well.\n\n|···· ······ ·····" {
		t.Errorf("offered with her yes, %q is open", got)
	}
	hers.Post(at+"/stop").Is(http.StatusOK, d.Ground)
	if got := d.state(id); got != source.Closed {
		t.Errorf("stopped, its state is %q", got)
	}
	hers.Post(at, "act", "offer", "study", d.study).Is(http.StatusOK, d.Ground)
	if got := d.state(id); got != source.Offered {
		t.Errorf("offered again, its state is %q", got)
	}
}

// noteOf shares a reflective note of somebody's, with nobody yet.
func (d *desk) noteOf(v person.Viewer) consent.ID {
	d.T.Helper()
	prepared, err := d.Gate.Prepare(d.T.Context(), d.P, consent.Incoming{Kind: consent.Note, Keeper: v.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: v.ID, Label: v.Name}},
		Turns:    []consent.NewTurn{{Text: "The meeting went well.\n\n"}, {Text: "Lena helped most."}}})
	d.Must(err)
	d.Write(func(ctx context.Context, tx *store.Tx) error { return prepared.Save(ctx, tx) })
	return prepared.ID
}

func TestPages_KeepTheirBudgets(t *testing.T) {
	d := newDesk(t)
	var files []part
	for i := range 9 {
		files = append(files, part{file: fmt.Sprintf("talk-%d.txt", i), text: strings.Repeat(talk, 20)})
	}
	at := d.upload(d.ruth, files...)
	d.weighs(d.at(d.ruth).Get(at).Body, 30<<10)
	d.at(d.ruth).Post(at+"/confirm", "kind", "interview", "study", d.study).Is(http.StatusOK, d.Ground)
	list := d.at(d.ruth).Get("/source").Is(http.StatusOK, d.Ground)
	d.weighs(list.Body, 30<<10)
	here := regexp.MustCompile(`/source/[a-z0-9]{26}`).FindString(list.Body)
	d.weighs(d.at(d.ruth).Get(here).Body, 30<<10)
	page := d.at(d.ruth).Get(here+"/mark").Is(http.StatusOK, d.Ground)
	d.weighs(page.Body, 35<<10)
	d.weighs(d.As(d.bren).Get("/offer-note/"+string(d.noteOf(d.bren))).Body, 14<<10)
}

// weighs reports a page that is larger than its budget, compressed as the server sends it.
func (d *desk) weighs(body string, budget int) {
	d.T.Helper()
	var n counter
	z, err := gzip.NewWriterLevel(&n, 4)
	d.Must(err)
	_, err = z.Write([]byte(body))
	d.Must(err)
	d.Must(z.Close())
	if int(n) > budget {
		d.T.Errorf("a page takes %d bytes, more than its %d", n, budget)
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
