package source_test

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
)

// spring is the meetings of these tests: one that everybody had said yes to being watched at, and one not. What
// people say there today is kept in yes.
type spring struct {
	study string
	yes   []person.ID
	moved bool // somebody changed what she says while a page is saved
}

func (m *spring) Seen(_ context.Context, _ person.Viewer, of ...person.ID) ([]source.Met, error) {
	yes := slices.DeleteFunc(slices.Clone(m.yes), func(who person.ID) bool { return !slices.Contains(of, who) })
	still := func(context.Context, *store.Tx) error {
		if m.moved {
			return context.Canceled
		}
		return nil
	}
	return []source.Met{{ID: "agreed", Day: "2027-02-22", Start: "10:30", Agreed: true, Study: m.study, Yes: yes, Still: still},
		{ID: "other", Day: "2027-02-23", Start: "10:30", Agreed: true, Study: "another", Yes: yes, Still: still},
		{ID: "refused", Day: "2027-02-24", Start: "10:30", Still: still}}, nil
}

// watched is a desk with those meetings, and an observation in which Ruth asks and Bren and Asha speak.
func watched(t *testing.T) (*desk, *spring, consent.ID) {
	t.Helper()
	m := &spring{}
	d := newDeskOn(t, ground(t), m)
	m.study, m.yes = d.study, []person.ID{d.ruth.ID, d.bren.ID, d.asha.ID}
	at := d.upload(d.ruth, part{file: "spring.txt", text: "Bren: The tea is warm.\n\nAsha: Lena brought it.\n\nBren: She did.\n"})
	page := d.at(d.ruth).Post(at+"/confirm", "kind", "observation", "study", d.study, "voice.0.0", "member:"+string(d.bren.ID), "voice.0.1", "member:"+string(d.asha.ID)).Is(http.StatusOK, d.Ground)
	id := consent.ID(strings.TrimPrefix(page.Path, "/source/"))
	for i, v := range []person.Viewer{d.bren, d.asha} {
		d.allowed(v, id, d.parts(id)[i].Speaker)
	}
	return d, m, id
}

// An observation is offered once its keeper said of which meeting it is, and only where everybody had said yes to
// being watched, for that study (R22).
func TestMeeting_OnlyWhatEverybodyAgreedToIsOffered(t *testing.T) {
	for meeting, want := range map[string]string{
		"":        "Please say first of which meeting this is",
		"agreed":  "Offered. What each voice allows",
		"none":    "Offered. What each voice allows",
		"refused": "This cannot be analysed",
		"other":   "This cannot be analysed",
	} {
		t.Run(meeting, func(t *testing.T) {
			d, _, id := watched(t)
			here, ruth := "/source/"+string(id), d.at(d.ruth)
			ruth.Get(here).HasText("Of which meeting is it?")
			if meeting == "" {
				ruth.Post(here+"/meeting").Is(http.StatusUnprocessableEntity, d.Ground)
			} else {
				ruth.Post(here+"/meeting", "meeting", meeting).HasText("Saved.")
			}
			status := http.StatusOK
			if !strings.HasPrefix(want, "Offered") {
				status = http.StatusUnprocessableEntity
			}
			if meeting == "refused" || meeting == "other" { // nothing of anybody is left open in it
				if got := d.opened(d.lena, id); got != "" {
					t.Errorf("an analyst can open %q", got)
				}
			}
			ruth.Post(here+"/offer", "marked", "1").Is(status, d.Ground).HasText(want)
			if got := d.state(id) == source.Offered; got != strings.HasPrefix(want, "Offered") {
				t.Errorf("it is offered: %v", got)
			}
			if meeting != "" {
				ruth.Get(here + "/meeting").LacksText("Which meeting") // it is said once
			}
			d.at(d.asha).Get(here+"/meeting").Is(http.StatusNotFound, d.Ground)
		})
	}
}

// Whoever has not said yes when the record is brought in has her part closed in the same moment, and what is marked
// about her later too, whatever her standing answer is.
func TestMeeting_SilenceIsNothingAboutHer(t *testing.T) {
	d, m, id := watched(t)
	m.yes = []person.ID{d.asha.ID}
	here := "/source/" + string(id)
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.SetAnswer(ctx, tx, d.P, d.lena.ID, consent.AnswerYes)
	})
	d.at(d.ruth).Get(here + "/meeting").HasText("taken back for her at once")
	d.at(d.ruth).Post(here+"/meeting", "meeting", "agreed").HasText("Saved.")
	d.at(d.ruth).Get(here).HasText("Taken back")
	d.at(d.ruth).Post(here+"/offer", "marked", "1").HasText("Offered. What each voice allows")
	if got := d.opened(d.lena, id); got != "Lena brought it." {
		t.Errorf("an analyst can open %q, want Asha's words alone", got)
	}
	if own, err := d.Gate.OpenOwn(t.Context(), d.bren, id); err != nil || own.Turns[0].Words.Reveal() != "The tea is warm." {
		t.Errorf("Bren cannot read her own: %v", err)
	}
	d.at(d.ruth).Post(here+"/mark", "turn", "2", "about", string(d.lena.ID))
	tolu := d.Person("Tolu", person.Researcher)
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Studies.Name(ctx, tx, d.P, d.study, tolu.ID, "")
	})
	if got := d.opened(tolu, id); strings.Contains(got, "Lena") {
		t.Errorf("what speaks of somebody who has not said yes is open: %q", got)
	}
}

// A later no closes what she said and what speaks of her, and no more; once it has ended, what every member said.
func TestMeeting_ALaterNo(t *testing.T) {
	d, m, id := watched(t)
	here := "/source/" + string(id)
	m.yes = append(m.yes, d.lena.ID)
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.SetAnswer(ctx, tx, d.P, d.bren.ID, consent.AnswerYes)
	})
	d.at(d.ruth).Post(here+"/meeting", "meeting", "agreed")
	d.at(d.ruth).Post(here+"/mark", "turn", "2", "about", string(d.bren.ID))
	d.at(d.ruth).Post(here+"/offer", "marked", "1")
	if got := d.opened(d.lena, id); got != "The tea is warm.|Lena brought it.|She did." {
		t.Fatalf("an analyst can open %q", got)
	}
	without := func(who person.ID) {
		d.Write(func(ctx context.Context, tx *store.Tx) error { return d.sources.Without(ctx, tx, d.P, "agreed", who) })
	}
	without(d.bren.ID)
	without(d.bren.ID) // saying no twice takes back once
	if got := d.opened(d.lena, id); regexp.MustCompile(`[A-Za-z]`).MatchString(got) {
		t.Errorf("after her no an analyst can open %q", got)
	}
	if n := d.count("consent_withdrawal"); n != 1 {
		t.Errorf("%d parts are taken back, want hers", n)
	}
	d.at(d.lena).Get(here).Is(http.StatusOK, d.Ground)
	without("")
	if got := d.state(id); got != source.Closed {
		t.Errorf("once it has ended the record is %s", got)
	}
	d.at(d.lena).Get(here).Is(http.StatusNotFound, d.Ground)
}

// Somebody who changes what she says while the record is brought in is not missed.
func TestMeeting_AnAnswerThatChangesMeanwhile(t *testing.T) {
	d, m, id := watched(t)
	m.moved = true
	d.at(d.ruth).Post("/source/"+string(id)+"/meeting", "meeting", "agreed").LacksText("Saved.")
	if n := d.count("source_meeting"); n != 0 {
		t.Error("it is kept all the same")
	}
}

// What was watched before an older copy was put back is out of analysis, and nothing is taken back.
func TestMeeting_ShutAfterARestore(t *testing.T) {
	d, _, id := watched(t)
	here := "/source/" + string(id)
	d.at(d.ruth).Post(here+"/meeting", "meeting", "agreed")
	d.at(d.ruth).Post(here+"/offer", "marked", "1")
	d.at(d.lena).Get(here).Is(http.StatusOK, d.Ground)
	for range 2 {
		d.Write(func(ctx context.Context, tx *store.Tx) error { return d.sources.Shut(ctx, tx, d.P, "agreed") })
	}
	d.at(d.lena).Get(here).Is(http.StatusNotFound, d.Ground)
	if got, n := d.state(id), d.count("consent_withdrawal"); got != source.Closed || n != 0 {
		t.Errorf("it is %s and %d parts are taken back", got, n)
	}
}
