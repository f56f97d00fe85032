package table_test

import (
	"context"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"footing/internal/agreement"
	"footing/internal/circle"
	"footing/internal/lang/plain"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/table"
	"footing/internal/testing/fixture"
)

func TestWords_ArePlain(t *testing.T) {
	findings, err := plain.CheckCatalogue(table.New(table.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func newSite(t *testing.T) *fixture.Site {
	t.Helper()
	g := fixture.New(t)
	from := func(*http.Request) netip.Addr { return netip.MustParseAddr("127.0.0.1") }
	tablet := table.New(table.Deps{DB: g.DB, Circle: g.Circle, Accounts: g.Accounts, From: from, Now: g.Now})
	agreed := agreement.New(agreement.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	people := circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has})
	return g.Serve(people.Web(), agreed.Web(), tablet.Web())
}

// Two women share one tablet: each taps her picture, does one thing, and nothing of hers is left for the
// other.
func TestTable_TwoWomenOneTablet(t *testing.T) {
	s := newSite(t)
	jo, kez, bren := s.Person("Jo", person.Charity), s.Person("Kez", person.LivedExperience), s.Person("Bren", person.LivedExperience)
	s.As(jo).Post("/agreement/new", "text", "**Quiet is fine.**", "over", "0")
	s.As(jo).Post("/agreement/1/answer", "answer", "yes")
	s.As(kez).Post("/me/picture", "picture", "kite", "pin", "1234").HasText("not a row such as 1234")
	s.As(kez).Post("/me/picture", "picture", "kite", "pin", "2741").HasText("Only you know the number.")
	s.As(bren).Post("/me/picture", "picture", "kite", "pin", "5283").Is(http.StatusUnprocessableEntity, s.Ground).HasText("Somebody else has that picture.")
	s.As(bren).Post("/me/picture", "picture", "leaf", "pin", "5283")

	tablet := s.As(jo)
	tablet.Post("/table/new", "hours", "2").HasText("Whose turn is it?")
	page := tablet.Get("/table")
	page.One("a[href='/table/tap/kite']")
	page.One("a[href='/table/tap/leaf']")
	page.LacksText("Kez")
	if tablet.Get("/people").Path != "/" {
		t.Error("whoever opened the tablet is still signed in on it")
	}

	tablet.Post("/table/tap/kite", "pin", "5283").Is(http.StatusUnprocessableEntity, s.Ground).HasText("That is not the number of this picture.")
	tablet.Post("/table/tap/kite", "pin", "2741").HasText("Hello Kez")
	for _, path := range []string{"/people", "/me", "/me/sessions", "/agreement/new", "/me/picture", "/me/codes", "/table/new"} {
		tablet.Get(path).Is(http.StatusNotFound, s.Ground)
	}
	tablet.Post("/me/codes").Is(http.StatusNotFound, s.Ground)
	tablet.Get("/agreement").One("meta[http-equiv='refresh']")
	tablet.Post("/agreement/1/answer", "answer", "yes").HasText("You said yes.")
	tablet.Get("/table/end").HasText("Whose turn is it?")
	if at := tablet.Get("/agreement").Path; at != "/" {
		t.Errorf("after her turn the tablet still opens %s", at)
	}
	tablet.Post("/table/tap/leaf", "pin", "5283").HasText("Hello Bren")
	tablet.Get("/agreement").HasText("What do you say to it?")
	s.Pass(16 * time.Minute)
	if at := tablet.Get("/agreement").Path; at != "/" {
		t.Errorf("a turn that nobody ended is still open after a quarter of an hour: %s", at)
	}
	tablet.Post("/table/tap/leaf", "pin", "5283").HasText("Hello Bren")
	tablet.Post("/table/close")
	if at := tablet.Get("/agreement").Path; at != "/" {
		t.Errorf("after the tablet was closed it still opens %s", at)
	}
	if at := tablet.Get("/table").Path; at != "/" {
		t.Errorf("after the tablet was closed it still shows the pictures at %s", at)
	}
}

func TestTable_ClosesByItselfAndIsNothingElsewhere(t *testing.T) {
	s := newSite(t)
	jo, kez := s.Person("Jo", person.Charity), s.Person("Kez", person.LivedExperience)
	s.As(kez).Post("/me/picture", "picture", "kite", "pin", "2741")
	other := s.Visitor()
	if at := other.Get("/table/tap/kite").Path; at != "/" {
		t.Errorf("a picture can be tapped on a browser that is no tablet: %s", at)
	}
	if at := other.Post("/table/tap/kite", "pin", "2741").Path; at != "/" {
		t.Errorf("a picture and its number open %s away from the tablet", at)
	}
	tablet := s.As(jo)
	tablet.Post("/table/new", "hours", "1")
	tablet.Post("/table/tap/kite", "pin", "2741").HasText("Hello Kez")
	s.Pass(time.Hour)
	if at := tablet.Get("/table/tasks").Path; at != "/" {
		t.Errorf("after its hour the tablet still opens %s", at)
	}
}

func TestTable_FirstTapChoosesTheNumberWithinADay(t *testing.T) {
	s := newSite(t)
	jo, kez := s.Person("Jo", person.Charity), s.Person("Kez", person.LivedExperience)
	set := func() {
		s.Write(func(ctx context.Context, tx *store.Tx) error {
			return s.Accounts.SetPicture(ctx, tx, s.P, kez.ID, "sun", "")
		})
	}
	set()
	tablet := s.As(jo)
	tablet.Post("/table/new", "hours", "4")
	tablet.Get("/table/tap/sun").HasText("Choose a secret number")
	tablet.Post("/table/tap/sun", "pin", "1111").Is(http.StatusUnprocessableEntity, s.Ground)
	tablet.Post("/table/tap/sun", "pin", "4823").HasText("Hello Kez")
	tablet.Get("/table/end")
	tablet.Post("/table/tap/sun", "pin", "9999").Is(http.StatusUnprocessableEntity, s.Ground)
	tablet.Post("/table/tap/sun", "pin", "4823").HasText("Hello Kez")
	set()
	s.Pass(25 * time.Hour)
	tablet = s.As(jo)
	tablet.Post("/table/new", "hours", "4")
	tablet.Post("/table/tap/sun", "pin", "4823").Is(http.StatusUnprocessableEntity, s.Ground)
}

// Guessing is slowed: a picture is not a way around the throttle.
func TestTable_GuessingIsSlowed(t *testing.T) {
	s := newSite(t)
	jo, kez := s.Person("Jo", person.Charity), s.Person("Kez", person.LivedExperience)
	s.As(kez).Post("/me/picture", "picture", "kite", "pin", "2741")
	tablet := s.As(jo)
	tablet.Post("/table/new", "hours", "4")
	for range 8 {
		tablet.Post("/table/tap/kite", "pin", "9182")
	}
	tablet.Post("/table/tap/kite", "pin", "2741").LacksText("Hello Kez")
	s.Pass(2 * time.Minute)
	tablet.Post("/table/tap/kite", "pin", "2741").HasText("Hello Kez")
}

// Ten wrong numbers in a row, however slowly, shut a picture until its owner chooses a number anew.
func TestTable_TenWrongNumbersShutAPicture(t *testing.T) {
	s := newSite(t)
	jo, kez := s.Person("Jo", person.Charity), s.Person("Kez", person.LivedExperience)
	s.As(kez).Post("/me/picture", "picture", "kite", "pin", "2741")
	tablet := s.As(jo)
	tablet.Post("/table/new", "hours", "4")
	for range 9 {
		tablet.Post("/table/tap/kite", "pin", "9182").LacksText("closed for now")
		s.Pass(2 * time.Minute)
	}
	tablet.Post("/table/tap/kite", "pin", "2741").HasText("Hello Kez") // the tenth is hers, and forgives the others
	tablet.Get("/table/end")
	for range 10 {
		tablet.Post("/table/tap/kite", "pin", "9182")
		s.Pass(2 * time.Minute)
	}
	tablet.Post("/table/tap/kite", "pin", "2741").HasText("closed for now")
	s.As(kez).Get("/me/picture").HasText("Your picture is closed.")
	s.As(kez).Post("/me/picture", "picture", "kite", "pin", "3852")
	s.Pass(2 * time.Minute)
	tablet.Post("/table/tap/kite", "pin", "3852").HasText("Hello Kez")
}
