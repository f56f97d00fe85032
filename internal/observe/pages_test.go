package observe_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"footing/internal/byhand"
	"footing/internal/event"
	"footing/internal/observe"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// spring is the one meeting of these tests, and who told it how she takes part.
type spring struct {
	on, day string // when it is, and which day it is by now
	there   []person.ID
	changed int // how often its open pages were woken
	records []string
}

// Without and Shut note what is asked of the records of it.
func (m *spring) Without(_ context.Context, _ *store.Tx, _ person.Partnership, _ string, who person.ID) error {
	m.records = append(m.records, "without "+string(who))
	return nil
}

func (m *spring) Shut(context.Context, *store.Tx, person.Partnership, string) error {
	m.records = append(m.records, "shut")
	return nil
}

func (m *spring) All(context.Context, person.Viewer) ([]observe.Meeting, error) {
	return []observe.Meeting{{ID: "spring", Day: m.on, Start: "10:30", Over: m.day > m.on}}, nil
}

func (m *spring) Present(context.Context, person.Viewer, string) ([]person.ID, error) {
	return m.there, nil
}

func (m *spring) Past(context.Context, *store.Tx, person.Partnership) ([]string, error) {
	if m.day > m.on {
		return []string{"spring"}, nil
	}
	return nil, nil
}

func (m *spring) Changed(context.Context, *store.Tx, person.Partnership, string) error {
	m.changed++
	return nil
}

// group is one in which Jo hosts, Ruth is named in a study, Kez and Bea are women of the group, and Mo has no screen.
type group struct {
	*fixture.Site
	*spring
	room               *observe.Room
	study              string
	jo, ruth, kez, bea *fixture.Browser
}

func newGroup(t *testing.T) *group {
	t.Helper()
	g := fixture.New(t)
	b := &group{spring: &spring{on: "2027-03-01", day: "2027-03-01"}}
	b.room = observe.New(observe.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now, Meetings: b.spring, Present: b.spring, Past: b.spring, Pages: b.spring, Records: b.spring})
	b.Site = g.Serve(b.room.Web(), byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now}).Web())
	jo, ruth := g.Person("Jo", person.Charity, person.Facilitator), g.Person("Ruth", person.Researcher)
	kez, bea := g.Person("Kez", person.LivedExperience), g.Person("Bea", person.LivedExperience)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, kez.ID, true)
	})
	b.study = g.Study("What makes a meeting easy to come to?", ruth)
	b.there = []person.ID{jo.ID, kez.ID}
	b.jo, b.ruth, b.kez, b.bea = b.As(jo), b.AtDesk(ruth), b.As(kez), b.As(bea)
	return b
}

const at = "/observe/spring"

// asked has Ruth ask to watch.
func (b *group) asked() {
	b.T.Helper()
	b.ruth.Post(at+"/ask", "study", b.study, "watcher", string(b.Named("Ruth").ID), "down", "Who speaks first.", "not", "Names.").HasText("Everybody can read it now.")
}

// begins has the meeting begin, as its own page does.
func (b *group) begins() {
	b.T.Helper()
	settle, err := b.room.Begins(b.T.Context(), b.Named("Jo"), "spring")
	b.Must(err)
	b.Write(func(_ context.Context, tx *store.Tx) error { return settle(tx) })
}

const (
	agreed = "Everybody who said how she takes part has said yes. The host still asks in the room."
	over   = "This meeting is not observed."
	open   = "It happens only if everybody says yes."
)

// One no, or one silence, and it is not observed; the page is the same for both.
func TestObserve_OneNoOrSilenceIsNotObserved(t *testing.T) {
	pages := map[string]string{}
	for _, tt := range []struct {
		name, want string
		kez        []string // what she does
	}{
		{"everybody says yes", agreed, []string{"yes"}},
		{"one says nothing", over, nil},
		{"one says no", over, []string{"no"}},
		{"one says yes, and no after all", over, []string{"yes", "after all"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newGroup(t)
			b.asked()
			b.jo.Get(at).HasText("You have said nothing so far. That counts as no.")
			b.jo.Post(at+"/answer", "says", "yes").HasText("You said yes.")
			for _, says := range tt.kez {
				if says == "after all" {
					b.kez.Post(at + "/no").HasText("You said no.") // one press, from the page itself
				} else {
					b.kez.Post(at+"/answer", "says", says)
				}
			}
			b.bea.Get(at).HasText(open)
			b.begins()
			page := b.bea.Get(at)
			page.HasText(tt.want)
			pages[tt.name] = page.One("main").Text()
			if left := b.Sum("1", "observe_answer"); tt.want == over && left != 0 {
				t.Errorf("%d answers to what is over lie there", left)
			}
		})
	}
	if pages["one says nothing"] == "" || pages["one says nothing"] != pages["one says no"] || pages["one says no"] != pages["one says yes, and no after all"] {
		t.Errorf("a no and a silence can be told apart: %q", pages)
	}
}

// Until it is looked, no page of anybody else, no event and no length of a row tells what somebody said.
func TestObserve_NothingShowsHowAnswersStand(t *testing.T) {
	b := newGroup(t)
	b.asked()
	b.jo.Post(at+"/answer", "says", "yes")
	b.kez.Post(at+"/answer", "says", "no")
	seen := func() map[string]string {
		all := map[string]string{}
		for name, v := range map[string]*fixture.Browser{"Jo": b.jo, "Ruth": b.ruth, "Bea": b.bea} {
			all[name] = v.Get(at).One("main").Text() + v.Get("/").One("main").Text()
		}
		return all
	}
	head, size := b.head(), b.Sum("LENGTH(words)", "observe_answer")
	before := seen()
	b.kez.Post(at+"/answer", "says", "yes").HasText("You said yes.")
	if !maps.Equal(before, seen()) {
		t.Errorf("others see that Kez changed what she said: %q", seen())
	}
	b.bea.Get(at).HasText("You have said nothing so far.")
	b.kez.Post(at + "/no").HasText("You said no.")
	if kez := "without " + string(b.Named("Kez").ID); !slices.Equal(b.records, []string{kez, kez}) {
		t.Errorf("of its records was asked: %q, want that hers are closed at each no", b.records)
	}
	if b.head() != head || b.changed != 0 {
		t.Error("answering wakes a page")
	}
	if b.Sum("LENGTH(words)", "observe_answer") != size || len(b.Holding("observe_answer", `"yes"`, ":true")) > 0 { // a random id can hold the bare word
		t.Error("an answer can be read off its row")
	}
}

func (b *group) head() (n int64) {
	b.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = event.Head(ctx, tx, b.P)
		return err
	})
	return n
}

// Whoever hosts, or asked, ends it for good, and nobody's name is kept. It cannot be asked, answered or looked at again.
func TestObserve_EndedIsForGood(t *testing.T) {
	b := newGroup(t)
	b.kez.Get(at).HasText("Nobody has asked to watch this meeting.")
	b.asked()
	b.ruth.Get(at + "/ask").LacksText("What is written down?") // there is one
	for _, v := range []*fixture.Browser{b.jo, b.kez} {
		v.Post(at+"/answer", "says", "yes")
	}
	b.kez.Post(at+"/end").Is(http.StatusNotFound, b.Ground) // she says it aloud, or says no
	b.begins()
	b.kez.Get(at).HasText(agreed)
	b.jo.Post(at + "/end").HasText("It has ended.")
	if b.changed != 1 {
		t.Error("open pages are not told")
	}
	for range 2 {
		b.begins()
		b.kez.Get(at).HasText(over)
		b.ruth.Post(at+"/may").Is(http.StatusConflict, b.Ground)
		b.kez.Post(at+"/answer", "says", "yes").HasText(over)
		b.ruth.Post(at+"/ask", "study", b.study, "watcher", string(b.Named("Ruth").ID), "down", "Who speaks first.", "not", "Names.").HasText("Somebody has asked for this meeting already.")
		b.jo.Post(at + "/end")
		b.kez.Get(at).HasText(over)
	}
	if n := b.Sum("1", "observe_answer"); n != 0 {
		t.Errorf("%d answers are left", n)
	}
	if len(b.records) != 1 || b.records[0] != "without " {
		t.Errorf("of its records was asked: %q, want that nothing of anybody stays open, once", b.records)
	}
	if found := b.Holding("observe_request", string(b.Named("Jo").ID)); len(found) > 0 {
		t.Errorf("it is kept who ended it: %q", found)
	}
}

// A meeting without a page while it happens is looked at once, on its day, by whoever watches.
func TestObserve_MayIIsAskedOnceOnTheDay(t *testing.T) {
	b := newGroup(t)
	b.asked()
	b.on = "2027-03-03"
	b.ruth.Get(at).LacksText("May I?")
	b.ruth.Post(at+"/may").Is(http.StatusConflict, b.Ground)
	b.on = b.day
	b.jo.Post(at+"/may").Is(http.StatusNotFound, b.Ground)
	b.ruth.Get(at).HasText("May I?")
	b.ruth.Post(at + "/may").HasText(over) // nobody but herself had said yes
	for _, v := range []*fixture.Browser{b.jo, b.kez} {
		v.Post(at+"/answer", "says", "yes").HasText(over)
	}
	b.ruth.Post(at+"/may").Is(http.StatusConflict, b.Ground)
	b.kez.Get(at).HasText(over)
}

// What nobody looked at on its day is over with it, and what was answered goes.
func TestObserve_IsOverWithItsDay(t *testing.T) {
	b := newGroup(t)
	b.asked()
	b.kez.Post(at+"/answer", "says", "yes")
	b.Must(b.room.Tidy(t.Context(), b.P))
	if b.Sum("1", "observe_answer") != 2 {
		t.Fatal("on the day answers are gone")
	}
	b.day = "2027-03-02"
	b.kez.Get(at).HasText(over)
	b.Must(b.room.Tidy(t.Context(), b.P))
	if n := b.Sum("1", "observe_answer"); n != 0 {
		t.Errorf("%d answers outlive the day", n)
	}
}

// Who may ask: whoever hosts, for somebody who is named, and who is named herself; with words, for a study that runs.
func TestObserve_WhoAsks(t *testing.T) {
	b := newGroup(t)
	ruth := string(b.Named("Ruth").ID)
	b.kez.Get(at+"/ask").Is(http.StatusNotFound, b.Ground)
	for _, form := range [][]string{
		{"study", "none", "watcher", ruth, "down", "Who speaks.", "not", "Names."},
		{"study", b.study, "watcher", string(b.Named("Kez").ID), "down", "Who speaks.", "not", "Names."},
		{"study", b.study, "watcher", ruth, "down", "Who speaks.", "not", " "},
	} {
		page := b.jo.Post(at+"/ask", form...).Is(http.StatusUnprocessableEntity, b.Ground)
		if !strings.Contains(page.Body, "Who speaks.") {
			t.Error("what she typed is gone")
		}
	}
	b.jo.Post(at+"/ask", "study", b.study, "watcher", ruth, "down", "Who speaks.", "not", "Names.")
	page := b.kez.Get(at)
	for _, want := range []string{"Who asks Jo", "Who watches Ruth", "What makes a meeting easy to come to?", "Who speaks.", "Names."} {
		page.HasText(want)
	}
	b.jo.Get(at).HasText("You said yes.") // asking is her own
	b.ruth.Get(at).HasText("You have said nothing so far.")
	b.kez.Post(at+"/answer", "says", "yes")
	b.begins()
	b.kez.Get(at).HasText(over) // whoever was to watch never said that she would
}

// After an older copy is put back every answer counts as no until she says yes again, and what was watched is not
// brought in any more; a no is possible still.
func TestObserve_RestoredAnswersCountAsNo(t *testing.T) {
	b := newGroup(t)
	b.asked()
	yes := func() {
		for _, v := range []*fixture.Browser{b.jo, b.kez, b.ruth} {
			v.Post(at+"/answer", "says", "yes")
		}
	}
	restored := func() {
		b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	}
	yes()
	restored()
	b.kez.Get(at).HasText("You have said nothing so far. That counts as no.")
	b.jo.Post(at+"/answer", "says", "yes")
	yes()
	b.begins()
	b.kez.Get(at).HasText(agreed)
	restored()
	if !slices.Equal(b.records, []string{"shut"}) { // out of analysis, and nobody's words are taken back for her
		t.Errorf("of its records was asked: %q", b.records)
	}
	page := b.kez.Get(at)
	page.HasText("put back from a safety copy")
	page.HasText("No, after all")
	b.kez.Post(at+"/answer", "says", "yes").HasText(over)
	b.kez.Post(at + "/no").HasText("You said no.")
	seen, err := b.room.Seen(t.Context(), b.Named("Ruth"), b.Named("Jo").ID)
	b.Must(err)
	if len(seen) != 1 || seen[0].Agreed || len(seen[0].Yes) > 0 {
		t.Errorf("after a restore a record can be brought in: %+v", seen)
	}
}

// Whoever leaves has said yes to nothing any more; where she asked, it does not happen.
func TestObserve_AnswersGoWithHer(t *testing.T) {
	b := newGroup(t)
	b.asked()
	b.kez.Post(at+"/answer", "says", "yes")
	leave := func(name string) {
		who := b.Named(name)
		b.Write(func(ctx context.Context, tx *store.Tx) error { return b.Circle.Leave(ctx, tx, b.P, who.ID, name) })
	}
	kez := b.Named("Kez").ID
	leave("Kez")
	if found := b.Holding("observe_answer", string(kez)); len(found) > 0 {
		t.Error("what she answered outlives her leaving")
	}
	leave("Ruth")
	b.bea.Get(at).HasText(over)
}

// Whoever has no screen answers on paper; a yes waits for the person beside her, a no does not.
func TestObserve_OnPaper(t *testing.T) {
	b := newGroup(t)
	b.asked()
	b.there = append(b.there, b.Named("Mo").ID)
	for _, v := range []*fixture.Browser{b.jo, b.kez} {
		v.Post(at+"/answer", "says", "yes")
	}
	b.paper("about", "spring", "says", "yes").HasText("waits for the person beside her")
	if b.Sum("1", "observe_answer") != 3 { // Ruth's, who asked, Jo's and Kez's
		t.Error("a yes counts before the person beside her has said that it is hers")
	}
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.kez.Post(action, "yes", "1")
	if b.Sum("1", "observe_answer") != 4 {
		t.Error("her yes is not kept")
	}
	b.paper("about", "spring", "says", "no").LacksText("waits for the person beside")
	b.begins()
	b.kez.Get(at).HasText(over)
}

// paper has Jo print a sheet for Mo and enter it, with Kez beside her.
func (b *group) paper(form ...string) fixture.Page {
	b.T.Helper()
	page := b.jo.Post("/paper/for/watched", "for", string(b.Named("Mo").ID)).Is(http.StatusOK, b.Ground)
	page.HasText("Whoever types this in reads your answer.")
	form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "spoken", "hand.beside", string(b.Named("Kez").ID)}, form...)
	b.jo.Post("/paper/enter/read", form...).Is(http.StatusOK, b.Ground)
	return b.jo.Post("/paper/enter/done", form...)
}
