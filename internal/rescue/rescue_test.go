package rescue_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/lang/plain"
	"footing/internal/person"
	"footing/internal/rescue"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(rescue.New(rescue.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func TestJoin_TakesTwoHouses(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	one := rescue.Rescue{Of: "mo", First: "kez"}
	for _, c := range []struct {
		what           string
		r              rescue.Rescue
		second         person.ID
		first, second2 person.House
		ok             bool
	}{
		{"a woman from the group and a worker", one, "jo", person.Lived, person.Others, true},
		{"two women from the group", one, "bren", person.Lived, person.Lived, false},
		{"two workers", one, "jo", person.Others, person.Others, false},
		{"the same person twice", one, "kez", person.Lived, person.Others, false},
		{"a third", rescue.Rescue{Of: "mo", First: "kez", Second: "jo"}, "dr", person.Lived, person.Others, false},
		{"one that a named helper began", rescue.Rescue{Of: "mo", First: "kez", Named: true}, "jo", person.Lived, person.Others, false},
	} {
		got, err := c.r.Join(c.second, c.first, c.second2, now)
		if (err == nil) != c.ok {
			t.Errorf("%s: begun %v, want %v", c.what, err == nil, c.ok)
		}
		if c.ok && (got.Ready("jo", now.Add(rescue.WaitTwo-time.Second)) || !got.Ready("jo", now.Add(rescue.WaitTwo)) || got.Ready("dr", now.Add(rescue.WaitTwo))) {
			t.Errorf("%s: the code is ready at the wrong time or for the wrong person", c.what)
		}
	}
}

func newSite(t *testing.T) (s *fixture.Site, jo, kez, mo person.Viewer) {
	t.Helper()
	g := fixture.New(t)
	help := rescue.New(rescue.Deps{DB: g.DB, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	people := circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has})
	s = g.Serve(people.Web(), help.Web())
	return s, g.Person("Jo", person.Charity), g.Person("Kez", person.LivedExperience), g.Person("Mo", person.LivedExperience)
}

// sure is a browser in which somebody has just given her passphrase.
func sure(s *fixture.Site, v person.Viewer) *fixture.Browser {
	b := s.Visitor()
	b.Post("/in", "name", v.Name, "passphrase", fixture.Passphrase)
	return b
}

func do(b *fixture.Browser, who person.Viewer, what string) fixture.Page {
	return b.Post("/helping", "who", string(who.ID), "do", what)
}

func TestFreeze_AtOnceAndLooksLikeWrongWords(t *testing.T) {
	s, jo, kez, mo := newSite(t)
	phone := sure(s, mo)
	phone.Post("/me/helpers", "helper", string(kez.ID)).HasText("Kez: asked, no answer yet")
	do(s.As(kez), mo, "freeze").Is(http.StatusNotFound, s.Ground) // she has not said yes
	do(s.As(jo), mo, "agree").Is(http.StatusNotFound, s.Ground)
	do(s.As(kez), mo, "agree")
	do(s.As(jo), mo, "freeze").Is(http.StatusNotFound, s.Ground)
	do(s.As(kez), mo, "freeze").HasText("Her account is closed.")

	if at := phone.Get("/me/helpers").Path; at != "/" {
		t.Errorf("her phone still opens %s after Kez closed the account", at)
	}
	right := s.Visitor().Post("/in", "name", "Mo", "passphrase", fixture.Passphrase)
	wrong := s.Visitor().Post("/in", "name", "Mo", "passphrase", "something else entirely")
	nobody := s.Visitor().Post("/in", "name", "Mo", "passphrase", fixture.Passphrase)
	strip := func(p fixture.Page) string { return p.One("#check").Text() }
	if right.Status != wrong.Status || strip(right) != strip(wrong) || strip(right) != strip(nobody) {
		t.Errorf("a closed account answers %q and wrong words %q", strip(right), strip(wrong))
	}
	do(s.As(kez), mo, "thaw")
	s.Pass(2 * time.Minute)
	s.Visitor().Post("/in", "name", "Mo", "passphrase", fixture.Passphrase).HasText("Hello, Mo")
	s.As(jo).Get("/people/done").LacksText("Kez") // nobody else learns of it
}

// code returns the words that a page shows once.
func code(t *testing.T, p fixture.Page) string {
	t.Helper()
	return p.One(".card b").Text()
}

func recover(s *fixture.Site, words string) fixture.Page {
	return s.Visitor().Post("/recover", "name", "Mo", "code", words, "passphrase", "new lamp over water")
}

func TestRescue_ByAHelperWaitsADayAndSheCanStopIt(t *testing.T) {
	s, _, kez, mo := newSite(t)
	sure(s, mo).Post("/me/helpers", "helper", string(kez.ID))
	do(s.As(kez), mo, "agree")
	do(s.As(kez), mo, "begin").HasText("She can stop it until then.")
	do(s.As(kez), mo, "code").Is(http.StatusNotFound, s.Ground)
	s.Pass(rescue.WaitNamed)
	words := code(t, do(s.As(kez), mo, "code"))
	phone := sure(s, mo)
	phone.Get("/me/helpers").HasText("Kez began to get you a code.")
	phone.Post("/me/helpers/stop").HasText("No code works now.")
	recover(s, words).Is(http.StatusUnprocessableEntity, s.Ground)

	do(s.As(kez), mo, "begin")
	do(s.As(kez), mo, "freeze")
	s.Pass(rescue.WaitNamed)
	helper := s.As(kez)
	words = code(t, do(helper, mo, "code"))
	recover(s, strings.ToUpper(words)).HasText("You are back in.")
	recover(s, words).Is(http.StatusUnprocessableEntity, s.Ground) // it works once
	s.Read(func(ctx context.Context, tx *store.Tx) error {
		all, err := s.Accounts.Sessions(ctx, tx, s.P, mo.ID)
		if len(all) != 1 {
			t.Errorf("Mo is signed in at %d places, want the one where she used the code: helping lets nobody in", len(all))
		}
		return err
	})
	s.Visitor().Post("/in", "name", "Mo", "passphrase", "new lamp over water").HasText("Hello, Mo")
}

func TestRescue_ByTwoOfDifferentHouses(t *testing.T) {
	s, jo, kez, mo := newSite(t)
	do(s.As(kez), mo, "vouch").HasText("It needs a second person.")
	do(s.As(kez), mo, "vouch").Is(http.StatusUnprocessableEntity, s.Ground).HasText("It needs two people")
	bren := s.Person("Bren", person.LivedExperience)
	do(s.As(bren), mo, "vouch").Is(http.StatusUnprocessableEntity, s.Ground)
	do(s.As(jo), mo, "vouch").HasText("She can stop it until then.")
	s.As(bren).Get("/people/done").HasText("Jo says that Mo lost her way in, and helps her back.")
	s.Pass(rescue.WaitTwo - time.Minute)
	do(s.As(jo), mo, "code").Is(http.StatusNotFound, s.Ground)
	s.Pass(time.Minute)
	do(s.As(bren), mo, "code").Is(http.StatusNotFound, s.Ground)
	one, other := code(t, do(s.As(jo), mo, "code")), code(t, do(s.As(kez), mo, "code"))
	recover(s, one).Is(http.StatusUnprocessableEntity, s.Ground)
	recover(s, one+" "+one).Is(http.StatusUnprocessableEntity, s.Ground)
	recover(s, other+" "+one).HasText("You are back in.")
}

func TestRescue_TwoCannotGoAroundTheOnesSheNamed(t *testing.T) {
	s, jo, kez, mo := newSite(t)
	sure(s, mo).Post("/me/helpers", "helper", string(kez.ID))
	do(s.As(kez), mo, "agree")
	do(s.As(jo), mo, "vouch").Is(http.StatusUnprocessableEntity, s.Ground).HasText("She chose people who can help her.")
}

// Whom she named she can drop, and a helper can step down; whoever leaves is nobody's helper any more.
func TestHelpers_GoWhenAnySideWants(t *testing.T) {
	s, jo, kez, mo := newSite(t)
	named := func(who person.Viewer) (is bool) {
		s.Read(func(ctx context.Context, tx *store.Tx) error {
			n, err := store.Get(ctx, tx, store.One[int64], `SELECT count(*) FROM rescue_helper WHERE partnership_id = $1 AND helper_id = $2`, s.P, who.ID)
			is = n == 1
			return err
		})
		return is
	}
	phone := sure(s, mo)
	for _, who := range []person.Viewer{jo, kez} {
		phone.Post("/me/helpers", "helper", string(who.ID))
		do(s.As(who), mo, "agree")
	}
	if !named(jo) || !named(kez) {
		t.Fatal("she named two and they are not")
	}
	phone.Post("/me/helpers/drop", "helper", string(jo.ID)).Is(http.StatusOK, s.Ground)
	if named(jo) || !named(kez) {
		t.Error("she dropped Jo alone, and it is not so")
	}
	phone.Post("/me/helpers", "helper", string(jo.ID))
	do(s.As(jo), mo, "refuse")
	if named(jo) {
		t.Error("Jo said no and is a helper")
	}
	s.Write(func(ctx context.Context, tx *store.Tx) error { return s.Circle.Leave(ctx, tx, s.P, kez.ID, "Somebody") })
	if named(kez) {
		t.Error("Kez left and is a helper")
	}
}

func TestFiles_OffAtOnceAndOnAfterADay(t *testing.T) {
	s, _, _, mo := newSite(t)
	off := func() (is bool) {
		s.Read(func(ctx context.Context, tx *store.Tx) error {
			var err error
			is, err = rescue.New(rescue.Deps{Now: s.Now}).FilesOff(ctx, tx, s.P, mo.ID)
			return err
		})
		return is
	}
	phone := sure(s, mo)
	if off() {
		t.Error("files are off before she switched them off")
	}
	phone.Post("/me/helpers/files", "on", "").HasText("No files can be saved from your pages.")
	if !off() {
		t.Error("files are still on")
	}
	phone.Post("/me/helpers/files", "on", "1").HasText("Files can be saved again")
	s.Pass(rescue.FilesWait / 2)
	sure(s, mo).Post("/me/helpers/files", "on", "1") // asking twice does not wait twice
	s.Pass(rescue.FilesWait/2 - time.Second)
	if !off() {
		t.Error("files are on again before a day is over")
	}
	s.Pass(time.Second)
	if off() {
		t.Error("files are still off after a day")
	}
}
