package meeting_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"footing/internal/byhand"
	"footing/internal/meeting"
	"footing/internal/mine"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// group is one in which Jo hosts, Kez, Bea and Ruth sign in, and Mo has no screen.
type group struct {
	*fixture.Site
	room               *meeting.Room
	jo, kez, bea, ruth *fixture.Browser
}

func newGroup(t testing.TB) group {
	t.Helper()
	g := fixture.New(t)
	room := meeting.New(meeting.Deps{DB: g.DB, Gate: g.Gate, Events: g.Events, Circle: g.Circle, Now: g.Now})
	g.News = append(g.News, room.News)
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	copies := mine.New(mine.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now, Parts: []mine.Part{room.Held}})
	s := g.Serve(room.Web(), paper.Web(), copies.Web())
	b := group{Site: s, room: room, jo: s.As(g.Person("Jo", person.Charity, person.Facilitator)), kez: s.As(g.Person("Kez", person.LivedExperience)),
		bea: s.As(g.Person("Bea", person.LivedExperience)), ruth: s.As(g.Person("Ruth", person.Researcher))}
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, b.Named("Kez").ID, true)
	})
	return b
}

var id = `[a-z2-7]{26}`

// later lets days go by, after which everybody signs in anew.
func (b *group) later(days int) {
	b.Pass(time.Duration(days) * 24 * time.Hour)
	b.jo, b.kez, b.bea, b.ruth = b.As(b.Named("Jo")), b.As(b.Named("Kez")), b.As(b.Named("Bea")), b.As(b.Named("Ruth"))
}

// at returns the first address on a page that looks so.
func (b group) at(page fixture.Page, like string) string {
	b.T.Helper()
	found := regexp.MustCompile(like).FindString(page.Body)
	if found == "" {
		b.T.Fatalf("no address like %s on %s", like, page.Path)
	}
	return found
}

// said is what Jo says of a meeting, field by field.
var said = map[string][]string{
	"purpose": {"words", "We read the letter together."},
	"who":     {"women", "1", "words", "Amina Warsame, interpreter."},
	"length":  {"words", "90"},
	"breaks":  {"words", "Ten minutes, after the first half."},
	"travel":  {"words", "The 14 stops outside."},
	"pay":     {"words", "25 pounds, on the day."},
	"content": {"words", "Nothing that we know of."},
	"place":   {"words", "The green room."},
}

// plans has Jo plan a meeting on the 9th of March, with everything said but what is left out.
func (b group) plans(day string, without ...string) string {
	b.T.Helper()
	page := b.jo.Post("/meetings/new", "on-day", day, "on-month", "3", "on-year", "2027", "start", "9.30", "host", string(b.Named("Jo").ID)).Is(http.StatusOK, b.Ground)
	at := "/meetings/" + b.at(page, id)
	if !strings.HasPrefix(page.Path, at) {
		at = strings.TrimSuffix(page.Path, "/plan")
	}
	for field, form := range said {
		if !strings.Contains(strings.Join(without, " "), field) {
			b.jo.Post(at+"/plan/"+field, form...).Is(http.StatusOK, b.Ground)
		}
	}
	return at
}

func (b group) learned() {
	b.T.Helper()
	b.jo.Post("/meetings/hosts/me", "learned", "training", "words", "Two days with the Nettle Trust, 2025.").HasText("Nettle Trust")
}

// known has Jo make a meeting known.
func (b group) known(day string) string {
	b.T.Helper()
	b.learned()
	at := b.plans(day)
	b.jo.Post(at + "/known").HasText("Everybody can read it now.")
	return at
}

// R16: a meeting cannot be made known while a field is empty, and each can say that it is not settled, by whom and
// by when.
func TestMeeting_IsKnownOnceEverythingIsSaid(t *testing.T) {
	b := newGroup(t)
	b.learned()
	at := b.plans("9", "place", "pay")
	b.jo.Get(at + "/plan").HasText("2 things are still open")
	b.jo.Get(at + "/plan").None("form[action='" + at + "/known']")
	b.jo.Post(at+"/known").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Something is still open")
	for _, v := range []*fixture.Browser{b.kez, b.ruth} { // and until then nobody else knows of it
		v.Get(at).Is(http.StatusNotFound, b.Ground)
		v.Get("/meetings").LacksText("9 March")
	}
	jo := string(b.Named("Jo").ID)
	b.jo.Post(at+"/plan/pay", "words", "25 pounds, on the day.")
	b.jo.Post(at+"/plan/place", "by", jo).Is(http.StatusUnprocessableEntity, b.Ground).HasText("who settles it, and by which day")
	b.jo.Post(at+"/plan/place", "words", "Near the bus.", "by", jo, "until-day", "4", "until-month", "3", "until-year", "2027").Is(http.StatusOK, b.Ground)
	b.jo.Post(at + "/known").HasText("Everybody can read it now.")
	page := b.kez.Get(at)
	for _, want := range []string{"Tuesday 9 March, 09:30", "We read the letter together.", "The women’s group. Each of them decides for herself.", "Amina Warsame", "90 minutes", "Ten minutes",
		"Near the bus.", "Jo settles it by 4 March 2027", "The 14 stops", "25 pounds", "Nothing that we know of.", "Jo, Charity worker", "Training: Two days with the Nettle Trust, 2025."} {
		page.HasText(want)
	}
	b.kez.Get("/meetings").HasText("Tuesday 9 March")
	b.later(4)
	b.kez.Get(at).HasText("Jo was to settle it by 4 March 2027")
	b.jo.Post(at+"/plan/place", "words", "The green room.").Is(http.StatusOK, b.Ground)
	b.kez.Get(at).HasText("Changed by Jo on 5 March 2027.")
	if got := b.Holding("meeting_", "green room", "Nettle Trust", "letter together"); len(got) > 0 {
		t.Errorf("words lie in the clear: %v", got)
	}
}

// R14: a host without anything on record shows, and needs a reason under the name of whoever gives it.
func TestHost_AGapShowsAndNeedsAReason(t *testing.T) {
	b := newGroup(t)
	at := b.plans("9")
	b.kez.Get("/meetings/hosts").HasText("No training for it is on record.")
	b.jo.Post(at+"/known").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Nothing is on record for whoever hosts")
	b.jo.Post(at+"/known", "why", "The trainer is ill until May.").HasText("Everybody can read it now.")
	page := b.kez.Get(at)
	page.HasText("No training for it is on record.")
	page.HasText("Why all the same, says Jo: The trainer is ill until May.")

	// Experience counts once the women's group has said what it means by it; whoever hosts does not say it.
	b.jo.Post("/meetings/hosts/me", "learned", "experience", "words", "Ten meetings beside Hana.")
	b.kez.Get(at).HasText("No training for it is on record.")
	b.kez.Get("/meetings/hosts").HasText("has not said yet what experience is enough")
	for _, v := range []*fixture.Browser{b.jo, b.ruth} {
		v.Post("/meetings/hosts/enough", "from", "0", "words", "Anything.").Is(http.StatusNotFound, b.Ground)
	}
	b.kez.Post("/meetings/hosts/enough", "from", "0", "words", "Five meetings beside somebody who hosts.").HasText("Written by Kez")
	b.bea.Post("/meetings/hosts/enough", "from", "0", "words", "Two are enough.").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Five meetings beside")
	page = b.kez.Get(at)
	page.HasText("Experience: Ten meetings beside Hana.")
	page.LacksText("No training for it is on record.")
}

// A woman who hosts does not say herself what is enough.
func TestHost_DoesNotSayWhatIsEnough(t *testing.T) {
	b := newGroup(t)
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Give(ctx, tx, b.P, b.Named("Bea").ID, person.Facilitator, b.Named("Kez").ID, true)
	})
	b.As(b.Named("Bea")).Post("/meetings/hosts/enough", "from", "0", "words", "One meeting.").HasText("Somebody else should write this.")
	b.kez.Get("/meetings/hosts").LacksText("One meeting.")
}

// Once a meeting is known it goes to another host only if something is on record for her, or with a reason.
func TestHost_ChangedAfterwardsNeedsAReasonToo(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Give(ctx, tx, b.P, b.Named("Ruth").ID, person.Facilitator, b.Named("Kez").ID, true)
	})
	form := []string{"on-day", "9", "on-month", "3", "on-year", "2027", "start", "10:00", "host", string(b.Named("Ruth").ID)}
	b.jo.Post(at+"/plan/when", form...).Is(http.StatusUnprocessableEntity, b.Ground).HasText("why she hosts all the same")
	b.jo.Post(at+"/plan/when", append(form, "why", "Jo has a cold.")...).Is(http.StatusOK, b.Ground)
	b.kez.Get(at).HasText("says Jo: Jo has a cold.")
}

func TestMeeting_InTwoWindows(t *testing.T) {
	b := newGroup(t)
	at := b.plans("9")
	from, _ := b.jo.Get(at + "/plan/place").One("input[name=from]").Attr("value")
	b.jo.Post(at+"/plan/place", "from", from, "words", "The blue room.")
	page := b.jo.Post(at+"/plan/place", "from", from, "words", "The red room.").Is(http.StatusUnprocessableEntity, b.Ground)
	page.HasText("The blue room.")
	page.One("textarea").HasText("The red room.")
	from, _ = b.jo.Get(at + "/plan/when").One("input[name=from]").Attr("value")
	form := []string{"on-day", "10", "on-month", "3", "on-year", "2027", "start", "10:00", "host", string(b.Named("Jo").ID), "from", from}
	b.jo.Post(at+"/plan/when", form...).Is(http.StatusOK, b.Ground)
	b.jo.Post(at+"/plan/when", form...).Is(http.StatusUnprocessableEntity, b.Ground).HasText("Wednesday 10 March, 10:00")
}

// R17: anybody proposes, under her name, and nothing leaves a list without a name and a reason.
func TestAgenda_NothingIsDroppedWithoutANameAndAReason(t *testing.T) {
	b := newGroup(t)
	first, second := b.known("9"), b.known("16")
	b.kez.Get("/agenda/new?for=" + strings.TrimPrefix(first, "/meetings/")).None("input[type=radio]") // which is known already
	b.kez.Post("/agenda/new", "for", strings.TrimPrefix(first, "/meetings/")).Is(http.StatusUnprocessableEntity, b.Ground).HasText("write a few words")
	item := b.kez.Post("/agenda/new", "about", "Why the letters come late", "more", "Mine came in May.", "for", strings.TrimPrefix(first, "/meetings/")).Is(http.StatusOK, b.Ground).Path
	for _, v := range []*fixture.Browser{b.jo, b.bea, b.ruth} {
		page := v.Get(first)
		page.HasText("Why the letters come late")
		page.HasText("Kez, 1 March 2027")
	}
	b.bea.Post(item+"/fate", "what", "dropped", "why", "Not now.").Is(http.StatusUnprocessableEntity, b.Ground)
	b.jo.Post(item+"/fate", "what", "dropped").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Please say why.")
	b.jo.Post(item+"/fate", "what", "dropped", "why", "The post office answers in May.").Is(http.StatusOK, b.Ground)
	page := b.bea.Get(item)
	page.HasText("Jo took it off the list on 1 March 2027.")
	page.HasText("Because: The post office answers in May.")
	b.bea.Get(first).HasText("Because: The post office answers in May.")

	// Anybody puts it on a list again, and all of it stays to be read.
	b.bea.Post(item+"/fate", "what", "taken").Is(http.StatusUnprocessableEntity, b.Ground)
	b.bea.Post(item+"/fate", "what", "moved", "to", strings.TrimPrefix(second, "/meetings/"), "why", "May is too late.").Is(http.StatusOK, b.Ground)
	for _, at := range []string{first, second} {
		page := b.kez.Get(at)
		page.HasText("Jo took it off the list")
		page.HasText("Bea put it on the list for Tuesday 16 March, 09:30. Because: May is too late.")
	}
	b.jo.Post(item+"/fate", "what", "taken").Is(http.StatusOK, b.Ground)
	b.kez.Get(second).HasText("We talked about it. Jo wrote this down on 1 March 2027.")
}

// What is on no list to come says so, to everybody.
func TestAgenda_WhatWaitsShows(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	b.kez.Post("/agenda/new", "about", "The side door")
	b.bea.Post("/agenda/new", "about", "Bus fares", "for", strings.TrimPrefix(at, "/meetings/"))
	page := b.ruth.Get("/meetings")
	page.HasText("The side door")
	page.LacksText("Bus fares")
	b.jo.Post(at+"/off").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Please say why.")
	b.jo.Post(at+"/off", "why", "The room is flooded.").HasText("Jo called it off, because: The room is flooded.")
	b.ruth.Get("/meetings").HasText("Bus fares")
	b.ruth.Get("/meetings").HasText("Called off")
	b.kez.Post("/agenda/new", "about", "Late", "for", strings.TrimPrefix(at, "/meetings/")).Is(http.StatusUnprocessableEntity, b.Ground)
	next := b.known("16")
	b.kez.Post("/agenda/new", "about", "Chairs", "for", strings.TrimPrefix(next, "/meetings/"))
	b.later(30)
	b.ruth.Get("/meetings").HasText("Chairs")
}

// Her own words on a list are hers: she takes them back, and what others said to them is theirs and stays.
func TestAgenda_SheTakesItBack(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	item := b.kez.Post("/agenda/new", "about", "The waiting room", "for", strings.TrimPrefix(at, "/meetings/")).Path
	b.bea.Post(at+"/say", "about", strings.TrimPrefix(item, "/agenda/"), "words", "It has no window.", "may", "everybody")
	b.ruth.Get(item).HasText("It has no window.")
	for _, v := range []*fixture.Browser{b.jo, b.bea} {
		v.Post(item+"/drop").Is(http.StatusNotFound, b.Ground)
	}
	b.kez.Post(item + "/drop").HasText("It is erased.")
	b.jo.Get(item).Is(http.StatusNotFound, b.Ground)
	b.jo.Get(at).LacksText("The waiting room")
	b.jo.Get(at).HasText("It has no window.")
	if n := b.Sum("1", "meeting_item"); n != 0 {
		t.Errorf("%d items are kept after she took it back", n)
	}
}

// R18: what comes in before, after, or through somebody else stands in one row, and nothing marks what is late.
func TestSay_LateCountsTheSame(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	b.kez.Post(at+"/say", "about", "all", "words", "I cannot read the letter.", "may", "everybody").HasText("It is there.")
	b.later(20)
	b.bea.Post(at+"/say", "about", "all", "words", "I thought about it since.", "may", "everybody", "for", "1")
	page := b.ruth.Get(at)
	page.HasText("I cannot read the letter.")
	page.HasText("Bea, for somebody who asked her to, 21 March 2027 I thought about it since.")
	lines := page.All("ul.cards > li")
	if n := len(lines); n != 2 || strings.Contains(strings.ToLower(page.Text()), "late") {
		t.Errorf("what came in stands in %d lines, or is called late: %s", n, page.Text())
	}
}

// Who may read what she says is hers to choose, and no answer means those who host.
func TestSay_GoesToThoseSheChooses(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	page := b.kez.Get(at + "/say")
	page.None("input[checked]")
	b.kez.Post(at+"/say", "about", "all").Is(http.StatusUnprocessableEntity, b.Ground)
	b.kez.Post(at+"/say", "about", "all", "words", "Please say it for me.")
	b.jo.Get(at).HasText("Please say it for me.")
	b.jo.Get(at).HasText("to be said in the meeting")
	for _, v := range []*fixture.Browser{b.bea, b.ruth} {
		v.Get(at).LacksText("Please say it for me.")
	}
	drop := b.at(b.kez.Get(at), "/said/"+id+"/drop")
	b.jo.Post(drop).Is(http.StatusNotFound, b.Ground)
	b.kez.Post(drop).HasText("It is erased.")
	if n := b.Sum("1", "meeting_said"); n != 0 {
		t.Errorf("%d are kept after she took it back", n)
	}
}

// How she takes part is between her and those who host, and is gone two weeks later.
func TestWay_IsKnownToWhoeverHosts(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	b.kez.Get(at + "/way").None("input[checked]")
	b.kez.Post(at+"/way").Is(http.StatusUnprocessableEntity, b.Ground)
	b.kez.Post(at+"/way", "way", "phone", "way", "after", "words", "Ring the shop.").HasText("By phone")
	b.kez.Get(at).HasText("Ring the shop.")
	page := b.jo.Get(at + "/ways")
	for _, want := range []string{"Kez", "By phone", "In writing, after", "Ring the shop."} {
		page.HasText(want)
	}
	for _, name := range []string{"Bea", "Mo", "Ruth"} {
		page.LacksText(name) // whoever said nothing is on no list
	}
	for _, v := range []*fixture.Browser{b.bea, b.ruth} {
		v.Get(at+"/ways").Is(http.StatusNotFound, b.Ground)
		v.Get(at).LacksText("Ring the shop.")
		v.Get(at).LacksText("By phone")
	}
	b.kez.Post(at+"/way", "way", "not").HasText("Not this time")
	b.jo.Get(at + "/ways").LacksText("Ring the shop.")
	b.kez.Post(at + "/way/drop").HasText("It is erased.")
	b.jo.Get(at + "/ways").LacksText("Kez")

	b.kez.Post(at+"/way", "way", "here")
	tidy := func() int {
		b.Must(b.room.Tidy(t.Context(), b.P))
		return b.Sum("1", "meeting_way")
	}
	b.later(20)
	if tidy() != 1 {
		t.Error("how she takes part is gone before two weeks are over")
	}
	b.later(4)
	if n := tidy(); n != 0 {
		t.Errorf("two weeks after the meeting it is still known how %d took part", n)
	}
}

// paper has Jo print a sheet for Mo and enter it, with Kez beside her.
func (b group) paper(twin, about string, form ...string) fixture.Page {
	b.T.Helper()
	page := b.jo.Post("/paper/for/"+twin, "for", about).Is(http.StatusOK, b.Ground)
	form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "spoken", "hand.beside", string(b.Named("Kez").ID)}, form...)
	b.jo.Post("/paper/enter/read", form...).Is(http.StatusOK, b.Ground)
	return b.jo.Post("/paper/enter/done", form...)
}

func (b group) yes() {
	b.T.Helper()
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.kez.Post(action, "yes", "1").HasText("Done")
}

// one returns the id of the one row of a table that meets a condition.
func (b group) one(table, where string) string {
	b.T.Helper()
	var found string
	b.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		found, err = store.Get(ctx, tx, store.One[string], `SELECT id FROM `+table+` WHERE partnership_id = $1 AND `+where, b.P)
		return err
	})
	return found
}

// Whoever has no screen takes part on paper: what came in through somebody else stands as what she said herself.
func TestPaper_TakingPartWithoutAScreen(t *testing.T) {
	b := newGroup(t)
	at, mo := b.known("9"), string(b.Named("Mo").ID)
	m := strings.TrimPrefix(at, "/meetings/")
	b.paper("agenda", mo, "about", "The kettle", "for", m).HasText("waits for the person beside her")
	b.bea.Get(at).LacksText("The kettle")
	b.yes()
	b.bea.Get(at).HasText("The kettle")
	b.bea.Get(at).HasText("Mo, 1 March 2027")
	item := b.one("meeting_item", "shut = 0")
	b.paper("heard", mo, "about", m+"/"+item, "words", "It needs a lid.", "may", "everybody")
	b.yes()
	b.bea.Get("/agenda/" + item).HasText("Mo 1 March 2027 It needs a lid.")
	b.paper("way", mo, "for", m, "way", "through", "words", "Kez speaks for me.")
	b.yes()
	b.jo.Get(at + "/ways").HasText("Kez speaks for me.")
	b.bea.Get(at+"/ways").Is(http.StatusNotFound, b.Ground)

	b.jo.Post("/agenda/"+item+"/fate", "what", "dropped", "why", "There is a new one.")
	next := b.known("16")
	b.paper("again", mo+"/"+item, "what", "moved", "to", strings.TrimPrefix(next, "/meetings/"), "why", "It has no lid.")
	b.yes()
	b.bea.Get(next).HasText("Mo put it on the list")
	b.paper("enough", mo, "from", "0", "words", "Three meetings.")
	b.yes()
	b.kez.Get("/meetings/hosts").HasText("Written by Mo")
	b.paper("heard-back", mo+"/"+b.one("meeting_said", "shut = 0"), "do", "drop").HasText("Done, as she said.")
	b.paper("agenda-back", mo+"/"+item, "do", "drop").HasText("Done, as she said.")
	b.bea.Get(next).LacksText("The kettle")

	b.paper("agenda", mo, "about", "The chairs", "for", m)
	b.yes()
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	b.bea.Get(at).LacksText("The chairs")
	b.paper("agenda-back", mo+"/"+b.one("meeting_item", "shut = 1"), "do", "stands").HasText("waits for the person beside her")
	b.yes()
	b.bea.Get(at).HasText("The chairs")
}

// After a backup was put back, what anybody said is closed until she says that it stands: she may have taken it back.
func TestRestore_ClosesUntilSheSaysItStands(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	item := b.kez.Post("/agenda/new", "about", "The waiting room", "for", strings.TrimPrefix(at, "/meetings/")).Path
	b.kez.Post(at+"/say", "about", "all", "words", "It has no window.", "may", "everybody")
	b.kez.Post(at+"/way", "way", "phone")
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	page := b.jo.Get(at)
	page.LacksText("The waiting room")
	page.LacksText("It has no window.")
	page.HasText("Closed until she says that it still stands")
	b.jo.Get(item).Is(http.StatusNotFound, b.Ground)
	b.jo.Get(at + "/ways").LacksText("Kez")
	b.kez.Get(item).HasText("Does this still stand?")
	b.bea.Post(item+"/stands").Is(http.StatusNotFound, b.Ground)
	b.kez.Post(item + "/stands").HasText("The waiting room")
	b.kez.Post(b.at(b.kez.Get(at), "/said/"+id+"/stands"))
	b.jo.Get(at).HasText("The waiting room")
	b.jo.Get(at).HasText("It has no window.")
}

// What she said goes with her; what she did as whoever hosts, about others' things, stays with her reason.
func TestLeave_HerWordsGoWithHer(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	item := b.kez.Post("/agenda/new", "about", "The waiting room").Path
	b.jo.Post(item+"/fate", "what", "dropped", "why", "It is painted.")
	b.jo.Post("/agenda/new", "about", "The kettle")
	b.jo.Post(at+"/say", "about", "all", "words", "I bring cake.", "may", "everybody")
	b.jo.Post(at+"/way", "way", "here")
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Leave(ctx, tx, b.P, b.Named("Jo").ID, "")
	})
	for table, want := range map[string]int{"meeting_item": 1, "meeting_fate": 1, "meeting_said": 0, "meeting_way": 0, "meeting_host": 0, "meeting_meeting": 1} {
		if n := b.Sum("1", table); n != want {
			t.Errorf("after she left %s has %d rows, want %d", table, n, want)
		}
	}
	b.kez.Get(item).HasText("Because: It is painted.")
}

// places are those where one meets, as a neighbouring room would tell.
type places map[string]string

func (p places) Names(context.Context, person.Viewer) (map[string]string, error) { return p, nil }

// R25: what is taken along holds no name, no place and nothing of the group but what she asks for.
func TestTake_NothingNamesAnybodyUnlessShePicksIt(t *testing.T) {
	b := newGroup(t)
	b.room.Places = places{"aaaaaaaaaaaaaaaaaaaaaaaaaa": "The Green Kettle"}
	b.learned()
	at := b.plans("9", "place", "purpose", "who")
	b.jo.Post(at+"/plan/purpose", "words", "Kez and Jo read the letter at the Green Kettle, for Notes.")
	b.jo.Post(at+"/plan/who", "women", "1", "with", string(b.Named("Ruth").ID))
	b.jo.Post(at+"/plan/place", "at", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "words", "In the back room.")
	b.jo.Post(at + "/known").HasText("Everybody can read it now.")
	b.kez.Get(at).One("a[href='/places/aaaaaaaaaaaaaaaaaaaaaaaaaa']")
	b.bea.Post("/agenda/new", "about", "What Bea said of the bus", "for", strings.TrimPrefix(at, "/meetings/"))

	choose := b.kez.Get(at + "/take")
	choose.None("input[checked]")
	bare := b.kez.Get(at+"/pack").Is(http.StatusOK, b.Ground).One("main")
	for _, want := range []string{"Tuesday 9 March, 09:30", "… and … read the letter at …, for ….", "What … said of the bus", "90 minutes"} {
		bare.HasText(want)
	}
	for _, name := range []string{"Kez", "Jo", "Bea", "Ruth", "Kettle", "back room", "Notes", "The 14"} {
		bare.LacksText(name)
	}
	full := b.kez.Get(at + "/pack?with=names&with=place&with=called").One("main")
	for _, want := range []string{"Kez and Jo read the letter at the Green Kettle, for Notes.", "What Bea said of the bus (Bea)", "Ruth, Researcher", "The Green Kettle In the back room.", "The 14"} {
		full.HasText(want)
	}
	day := b.kez.Get(at + "/day")
	if got := day.Header.Get("Content-Disposition"); !strings.Contains(got, "day.ics") {
		t.Errorf("the file is offered as %q", got)
	}
	for _, name := range []string{"Kez", "Jo", "Ruth", "Kettle", "Notes", "letter", "LOCATION", "DESCRIPTION"} {
		if strings.Contains(day.Body, name) {
			t.Errorf("the calendar says %q:\n%s", name, day.Body)
		}
	}
	day = b.kez.Get(at + "/day?with=place&with=called&with=names")
	for _, want := range []string{"SUMMARY:Notes", `LOCATION:The Green Kettle\nIn the back room.`, "Ruth\\, Researcher", "DTSTART:20270309T093000", "DURATION:PT90M"} {
		if !strings.Contains(strings.ReplaceAll(day.Body, "\r\n ", ""), want) {
			t.Errorf("the calendar lacks %q:\n%s", want, day.Body)
		}
	}
}

// Two who host say at once what became of something: one of them is heard, and nothing is written over.
func TestFate_TwoAtOnce(t *testing.T) {
	b := newGroup(t)
	at := b.known("9")
	item := strings.TrimPrefix(b.kez.Post("/agenda/new", "about", "The bell", "for", strings.TrimPrefix(at, "/meetings/")).Path, "/agenda/")
	done := make(chan error)
	for _, f := range []meeting.Fate{{What: meeting.Taken}, {What: meeting.Dropped, Why: "It rings."}} {
		go func() { done <- b.room.Decide(t.Context(), b.Named("Jo"), item, f) }()
	}
	if one, other := <-done, <-done; (one == nil) == (other == nil) {
		t.Errorf("two at once are answered %v and %v", one, other)
	}
	if n := b.Sum("1", "meeting_fate"); n != 1 {
		t.Errorf("%d things became of it", n)
	}
}
