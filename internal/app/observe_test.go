package app_test

import (
	"html"
	"maps"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"footing/internal/app"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/matrix"
	"footing/internal/meeting"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
)

// R22. Before a meeting begins every page of everybody, each one's own copy among them, and every file that leaves the
// study, is the same, byte by byte, whatever somebody else said to being watched there. As it begins it is looked
// once, and one no is enough.
func TestObserve_NoPageCopyOrFileShowsHowAnswersStand(t *testing.T) {
	beside(t)
	engine.Once(t, "its pages and forms are read and sent on both by TestPages_EveryOneForEverybody and TestCanary_ThroughEveryForm")
	h, still := standing(t)
	study, next := h.running(t), h.watched(t, false)
	h.say(t, "Kez", next, true)
	all := h.everybody(t)
	ids := h.foreign(t)
	maps.Copy(ids, map[string]string{"meeting": next, "study": study, "part": "1"})
	everyPage(t, all, ids) // they open what was shared with them, and its owners see that
	yes := everyPage(t, all, ids)
	for _, at := range []string{"Bren /me/copy/all", "Jo /observe/" + next, "Ruth /meetings/" + next} {
		if !strings.Contains(yes[at], "<h1") {
			t.Errorf("%s is no page: the test shows too little", at)
		}
	}
	h.say(t, "Kez", next, false)
	for at, is := range everyPage(t, all, ids) {
		if is != yes[at] {
			t.Errorf("when Kez says no %s is not what it was: %s", at, firstDifference(yes[at], is))
		}
	}
	files := h.leaving(t, study) // which stand on pages, and so come after them
	h.say(t, "Kez", next, true)
	for what, is := range h.leaving(t, study) {
		if is != files[what] {
			t.Errorf("when Kez says yes %s is not what it was: %s", what, firstDifference(files[what], is))
		}
	}
	h.say(t, "Kez", next, false)
	if got := h.begun(t, still, next); !strings.Contains(got, "This meeting is not observed.") {
		t.Error("with a no it is observed")
	}
}

// Where everybody who said how she takes part has said yes, everybody reads that on the page of the meeting as it
// begins; who said that she does not come is not asked.
func TestObserve_EverybodySaidYes(t *testing.T) {
	beside(t)
	engine.Once(t, "its tables are read and written on both by observe.TestObserve_OneNoOrSilenceIsNotObserved")
	h, still := standing(t)
	next := h.watched(t, false)
	for _, who := range []string{"Jo Tarrant", "Lindsay Burr", "Dan Whitlow", "Bren", "Kez"} {
		h.say(t, who, next, true)
	}
	if err := h.Demo(h.clock).Meeting.TakePart(t.Context(), h.named(t, "Ivy"), next, meeting.TakingText{Ways: []meeting.Way{meeting.Not}}); err != nil {
		t.Fatal(err)
	}
	if got := h.begun(t, still, next); !strings.Contains(got, "Everybody who said how she takes part has said yes.") {
		t.Error("with every yes it is not observed")
	}
}

// R22. One refusal, later, hides what she said there from every page, the matrix, the search and every file, and what
// is in her own copy stays hers.
func TestObserve_ALaterNoHidesWhatSheSaid(t *testing.T) {
	beside(t)
	engine.Once(t, "what it closes is closed on both by source.TestMeeting_ALaterNo")
	h, _ := standing(t)
	last := h.watched(t, true)
	r := h.pointIn(t, consent.Observation, "Bren")
	for _, who := range h.speakers(t, r) {
		if who != "Ivy" { // who says nothing
			h.say(t, who, last, true)
		}
	}
	h.ties(t, r, last)
	bren, ruth := h.visit(t, "Bren", person.LivedExperience), h.visit(t, "Ruth", person.Researcher, person.Analyst)
	at := func(v *visitor, path string) string { return read(v.ask(t, "GET", path, nil).body) }
	shown := func() map[string]string {
		all := h.leaving(t, r.study)
		all["the page of the record"] = at(ruth, "/index/"+r.study+"/"+string(r.source))
		all["the matrix"] = at(ruth, "/matrix/"+r.study)
		all["the search"] = read(ruth.ask(t, "POST", "/find/"+r.study, url.Values{"q": {r.passage[:24]}}).body)
		return all
	}
	before, holds := shown(), func(page, words string) bool { return strings.Contains(page, words) }
	for what, is := range before {
		if !holds(is, r.passage) && !holds(is, r.point) {
			t.Fatalf("%s holds nothing of her before she says no: the test shows nothing", what)
		}
	}
	if a := bren.ask(t, "POST", "/observe/"+last+"/no", nil); a.location != "/observe/"+last {
		t.Fatalf("her no answers %d", a.status)
	}
	for what, is := range shown() {
		for _, words := range []string{r.passage, r.point} {
			if holds(is, words) {
				t.Errorf("after her no %s holds what she said", what)
			}
		}
	}
	if !holds(at(bren, "/share/"+string(r.source)), "Taken back") {
		t.Error("her own page does not say that it is taken back")
	}
}

// tags is what stands between words on a page.
var tags = regexp.MustCompile(`<[^>]*>`)

// read is a page as somebody reads it.
func read(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(page, ""))), " ")
}

// standing is a house whose clock stands where the second value says.
func standing(t *testing.T) (*house, *atomic.Pointer[time.Time]) {
	t.Helper()
	still := new(atomic.Pointer[time.Time])
	h := open(t, func(c *app.Config) {
		runs := c.Now
		c.Now = func() time.Time {
			if at := still.Load(); at != nil {
				return *at
			}
			return runs()
		}
	})
	now := h.clock.Now()
	still.Store(&now)
	return h, still
}

// watched is the meeting of the demonstration that somebody asks to watch, or the one that was watched.
func (h *house) watched(t *testing.T, was bool) (id string) {
	t.Helper()
	seen, err := h.Demo(h.clock).Observe.Seen(t.Context(), h.named(t, "Ruth Ellery"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range seen {
		if one.Agreed && was {
			return one.Meeting.ID
		}
	}
	bren := h.visit(t, "Bren")
	for _, at := range meetingAt.FindAllString(bren.ask(t, "GET", "/meetings", nil).body, -1) {
		if strings.Contains(bren.ask(t, "GET", at, nil).body, "Somebody asks to watch this meeting") && !was {
			return at[len("/meetings/"):]
		}
	}
	t.Fatal("nobody asks to watch a meeting")
	return ""
}

// say says for somebody whether she may be watched.
func (h *house) say(t *testing.T, who, meeting string, yes bool) {
	t.Helper()
	v := h.named(t, who)
	if err := h.Demo(h.clock).Observe.Say(t.Context(), v, meeting, yes); err != nil {
		t.Fatalf("%s: %v", who, err)
	}
}

// leaving is the files that leave a study.
func (h *house) leaving(t *testing.T, study string) map[string]string {
	t.Helper()
	ruth, files := h.visit(t, "Ruth", person.Researcher, person.Analyst), map[string]string{}
	for at, what := range map[string]string{"/export/" + study: coding.CodingsCSV, "/matrix/" + study + "/export": matrix.ChartsCSV} {
		got := ruth.ask(t, "POST", at, url.Values{"what": {what}, "purpose": {"To compare."}})
		if got.status != 200 || len(got.body) < 100 {
			t.Fatalf("%s answers %d: %s", at, got.status, got.body)
		}
		files[what] = got.body
	}
	return files
}

// begun moves the clock to the day of a meeting, has whoever hosts begin it, and returns its page as Bren reads it.
func (h *house) begun(t *testing.T, still *atomic.Pointer[time.Time], id string) string {
	t.Helper()
	ctx, w := t.Context(), h.Demo(h.clock)
	jo := h.named(t, "Jo Tarrant")
	jo.Standings = append(jo.Standings, person.Facilitator)
	open, _, err := w.Meeting.Open(ctx, jo)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range open {
		if m.ID != id {
			continue
		}
		day, err := time.Parse(time.DateOnly, m.Day)
		if err != nil {
			t.Fatal(err)
		}
		day = day.Add(11 * time.Hour)
		still.Store(&day)
		if err := w.Meeting.Step(ctx, jo, id, 0, meeting.Begin, ""); err != nil {
			t.Fatal(err)
		}
	}
	return h.visit(t, "Bren").ask(t, "GET", "/meetings/"+id+"/now", nil).body
}

// speakers lists who of the circle speaks in a source, by name.
func (h *house) speakers(t *testing.T, r resting) (names []string) {
	t.Helper()
	w := h.Demo(h.clock)
	if err := w.DB.Read(t.Context(), func(tx *store.Tx) error {
		of, err := w.Circle.Names(t.Context(), tx, r.p)
		if err != nil {
			return err
		}
		parts, err := w.Sources.Parts(t.Context(), tx, r.p, r.source)
		for _, part := range parts {
			if part.Person != "" {
				names = append(names, of[part.Person])
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

// ties has the keeper of a record say of which meeting it is. He is none of those who sign in to the demonstration, so
// it is handed to Ruth first.
func (h *house) ties(t *testing.T, r resting, meeting string) {
	t.Helper()
	w := h.Demo(h.clock)
	if err := w.DB.Write(t.Context(), func(tx *store.Tx) error {
		src, err := w.Sources.Get(t.Context(), tx, r.p, r.source)
		if err != nil {
			return err
		}
		return w.Gate.HandOver(t.Context(), tx, person.Viewer{Partnership: r.p, ID: src.Keeper}, h.named(t, "Ruth Ellery").ID)
	}); err != nil {
		t.Fatal(err)
	}
	at := "/source/" + string(r.source)
	ruth := h.visit(t, "Ruth", person.Researcher, person.Analyst)
	if a := ruth.ask(t, "POST", at+"/meeting", url.Values{"meeting": {meeting}}); a.location != at {
		t.Fatalf("saying of which meeting it is answers %d to %q: %s", a.status, a.location, a.body)
	}
}
