package agreement_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/agreement"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

var day = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func TestParas_HeadingsLeadsAndNothingElse(t *testing.T) {
	got := agreement.Paras("# How\n\n**Quiet is fine.** There is a tin.\n\n<b>x</b> **y**\n\n\n")
	want := []agreement.Para{{Head: "How"}, {Lead: "Quiet is fine.", Text: "There is a tin."}, {Text: "<b>x</b> **y**"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
}

func room(g *fixture.Ground) *agreement.Room {
	return agreement.New(agreement.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
}

func TestAgreement_NewVersionAsksEverybodyAndKeepsTheOld(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	bren.Get("/agreement").One("a[href='/agreement/new']")
	bren.Post("/agreement/new", "text", "**Quiet is fine.** There is a tin.", "over", "0").HasText("Quiet is fine.")
	bren.Post("/agreement/1/answer", "answer", "yes")
	bren.Get("/agreement").HasText("Not everybody has answered yet.")
	jo.Post("/agreement/1/answer", "answer", "yes").HasText("This is what we agreed.")

	jo.Get("/agreement/new").One("textarea").HasText("Quiet is fine.")
	jo.Post("/agreement/new", "text", "Money comes first.", "over", "1").HasText("Until then, version 1 counts.")
	page := bren.Get("/agreement")
	page.HasText("What do you say to it?")
	page.LacksText("Jo said")
	bren.Get("/agreement/1").HasText("Quiet is fine.")
	bren.Post("/agreement/1/answer", "answer", "yes").Is(http.StatusConflict, g)
	if n := len(bren.Get("/agreement/all").All(".cards .card")); n != 2 {
		t.Errorf("the history has %d versions, want 2", n)
	}
	var log ledger.Page
	g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		log, err = ledger.Recent(ctx, tx, g.P, g.Now(), 100)
		return err
	})
	logged := 0
	for _, act := range log.Acts {
		if act.Kind == ledger.Agreement {
			logged++
		}
	}
	if logged != 3 {
		t.Errorf("the ledger has %d entries, want one for each of two versions and one for the day on which the first was agreed", logged)
	}
}

func TestAgreement_SomebodyElsesNewerVersionIsNotOverwritten(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	bren.Post("/agreement/new", "text", "First.", "over", "0")
	page := jo.Post("/agreement/new", "text", "Mine.", "over", "0").Is(http.StatusUnprocessableEntity, g)
	page.One("blockquote").HasText("First.")
	page.One("#text-problem")
	page.One("textarea").HasText("Mine.")
	jo.Get("/agreement").HasText("First.")
	jo.Post("/agreement/new", "text", "Mine.", "over", "1").HasText("Mine.")
}

func TestDraft_IsHersAloneAndSealed(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	v := g.Person("Bren", person.LivedExperience)
	bren, jo := s.As(v), s.As(g.Person("Jo", person.Charity))
	bren.Post("/agreement/new/keep", "text", "persimmon pear", "over", "0").Is(http.StatusOK, g)
	bren.Get("/agreement/new").One("textarea").HasText("persimmon pear")
	jo.Get("/agreement/new").One("textarea").LacksText("persimmon")
	var sealed []byte
	read := func(ctx context.Context, tx *store.Tx) (err error) {
		sealed, err = store.Get(ctx, tx, store.One[[]byte], `SELECT body FROM agreement_draft WHERE partnership_id = $1`, g.P)
		return err
	}
	g.Read(read)
	if strings.Contains(string(sealed), "persimmon") {
		t.Error("the draft lies in the clear")
	}
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Leave(ctx, tx, g.P, v.ID, "") })
	if err := g.DB.Read(t.Context(), func(tx *store.Tx) error { return read(t.Context(), tx) }); err == nil {
		t.Error("she left and her draft stayed")
	}
}

// U16: a draft that was thrown away comes back as it was, until she begins a new one or its days are over.
func TestThrown_ComesBackUntilSheBeginsAnew(t *testing.T) {
	g := fixture.New(t)
	agreed := room(g)
	s := g.Serve(agreed.Web())
	v := g.Person("Bren", person.LivedExperience)
	bren, jo := s.As(v), s.As(g.Person("Jo", person.Charity))
	jo.Post("/agreement/new", "text", "We begin on time.", "over", "0")
	throw := func(text string) fixture.Page {
		bren.Post("/agreement/new/keep", "text", text, "over", "1").Is(http.StatusOK, g)
		return bren.Post("/agreement/new/drop").Is(http.StatusOK, g)
	}
	page := throw("Nobody has to stay.")
	page.HasText("You threw a draft away.")
	page.One("textarea").HasText("We begin on time.")
	jo.Post("/agreement/new/return").Is(http.StatusNotFound, g)
	jo.Get("/agreement/new").LacksText("threw a draft away")
	page = bren.Post("/agreement/new/return").Is(http.StatusOK, g)
	page.One("textarea").HasText("Nobody has to stay.")
	page.LacksText("You threw a draft away.")

	throw("Nobody has to stay.")
	bren.Post("/agreement/new/keep", "text", "Tea first.", "over", "1").Is(http.StatusOK, g)
	bren.Post("/agreement/new/return").Is(http.StatusNotFound, g)
	throw("Tea first.")
	g.Pass(g.Gate.UndoTime() + time.Minute)
	g.Must(agreed.Tidy(t.Context(), g.P))
	s.As(v).Get("/agreement/new").LacksText("You threw a draft away.")
	if n := g.Sum("1", "agreement_draft"); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

func TestWrite_OneMoreThanTheLastAndNeverTheSame(t *testing.T) {
	g := fixture.New(t, agreement.Migrations)
	r, bren := room(g), g.Person("Bren", person.LivedExperience)
	write := func(text string, over int64) error {
		return g.DB.Write(t.Context(), func(tx *store.Tx) error {
			_, err := r.Write(t.Context(), tx, g.P, bren.ID, text, agreement.Change{}, over)
			return err
		})
	}
	g.Must(write("One.", 0))
	for text, want := range map[string]error{"": agreement.ErrEmpty, "One.": agreement.ErrSame} {
		if err := write(text, 1); !errors.Is(err, want) {
			t.Errorf("writing %q gives %v, want %v", text, err, want)
		}
	}
	if err := write("Two.", 0); !errors.Is(err, agreement.ErrNewer) {
		t.Errorf("writing over a version that is not the newest gives %v", err)
	}
}

func TestNews_UntilSheHasAnswered(t *testing.T) {
	g := fixture.New(t)
	r := room(g)
	g.News = append(g.News, r.News)
	s := g.Serve(r.Web())
	bren, jo := s.As(g.Person("Bren", person.LivedExperience)), s.As(g.Person("Jo", person.Charity))
	const news = "section a[href='/agreement']"
	jo.Get("/").None(news)
	bren.Post("/agreement/new", "text", "First.", "over", "0")
	jo.Get("/").One(news)
	jo.Post("/agreement/1/answer", "answer", "not-yet")
	jo.Get("/").None(news)
	bren.Get("/").One(news)
}

func TestRead_NewcomersReadAndDoNotAnswer(t *testing.T) {
	g := fixture.New(t)
	s := g.Serve(room(g).Web())
	s.As(g.Person("Bren", person.LivedExperience)).Post("/agreement/new", "text", "First.", "over", "0")
	ada, funder := s.As(g.Person("Ada")), s.As(g.Person("Fay", person.Funder))
	ada.Get("/agreement").None("form[action='/agreement/1/answer']")
	ada.Post("/agreement/1/answer", "answer", "yes").Is(http.StatusNotFound, g)
	funder.Get("/agreement/new").Is(http.StatusNotFound, g)
	s.Visitor().Get("/agreement").One("form[action='/in']")
}
