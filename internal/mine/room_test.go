package mine_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/fault"
	"footing/internal/mine"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
	"footing/internal/testing/fixture"
	"footing/internal/web"
	"footing/internal/web/look"
)

// notes is a room that keeps one line of everybody.
func notes(q *web.Request) ([]look.Held, error) {
	return []look.Held{{Heading: "Notes", Lines: []look.Line{{Text: "A note of " + q.Viewer.Name}}}}, nil
}

func serve(g *fixture.Ground, parts ...mine.Part) *fixture.Site {
	return g.Serve(circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has}).Web(),
		mine.New(mine.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Parts: append(parts, notes), Now: g.Now}).Web())
}

const (
	signIn = fixture.Passphrase
	words  = "maple lantern teapot gravel"
)

func TestRoom_AsksForThePassphraseFirst(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	ann := s.AsBefore(g.Person("Ann", person.LivedExperience))
	ann.Get("/me/copy").Is(http.StatusOK, g).LacksText("A note of Ann")
	ann.Get("/me/copy/all").Is(http.StatusForbidden, g).LacksText("A note of Ann")
	ann.Get("/me/copy/file").Is(http.StatusForbidden, g)
	ann.Post("/me/copy/file", "words", words, "again", words).Is(http.StatusForbidden, g)
	ann.Get("/me/copy").HasText("You have not taken one yet.")
	ann.Post("/again", "again", signIn, "again-on", "/me/copy/all").Is(http.StatusOK, g).HasText("A note of Ann")
}

// Whoever has just joined and takes no part yet has things kept of her too.
func TestRoom_IsForEverybodySignedIn(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	for _, v := range []person.Viewer{g.Person("Ann"), g.Person("Jo", person.Charity, person.Administrator)} {
		b := s.As(v)
		b.Post("/again", "again", signIn, "again-on", "/me/copy/all").Is(http.StatusOK, g).HasText("A note of " + v.Name)
	}
}

func TestRoom_WordsOfTheFileAreLookedAtFirst(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	ann := s.As(g.Person("Hildegard Ann", person.LivedExperience))
	ann.Post("/again", "again", signIn, "again-on", "/me/copy/file")
	ann.Post("/me/copy/file", "words", words, "again", "something else").Is(http.StatusUnprocessableEntity, g).HasText("These are not the same words")
	ann.Post("/me/copy/file", "words", "too short", "again", "too short").Is(http.StatusUnprocessableEntity, g).HasText("at least 12 letters")
	page := ann.Post("/me/copy/file", "easy", "1").Is(http.StatusOK, g)
	page.None("#again")
	made, _ := page.One("#words").Attr("value")
	if n := len(strings.Fields(made)); n != 4 {
		t.Errorf("%q was made for her, want four words", made)
	}
	ann.Get("/me/copy").HasText("You have not taken one yet.")
	file := ann.Post("/me/copy/file", "words", made, "made", "1").Is(http.StatusOK, g)
	if got := file.Header.Get("Content-Disposition"); got != "attachment; filename=page.html" {
		t.Errorf("the file is sent as %q", got)
	}
	if strings.Contains(file.Body, "Hildegard") {
		t.Error("the file shows her name")
	}
	ann.Get("/me/copy").HasText("A file was made.")
}

// A room that fails leaves no half a copy, and the copy is on her list all the same: it was asked for.
func TestRoom_HalfACopyIsNone(t *testing.T) {
	g := fixture.New(t)
	s := serve(g, func(*web.Request) ([]look.Held, error) { return nil, fault.New(fault.Internal, "web.our_fault") })
	ann := s.As(g.Person("Ann", person.LivedExperience))
	ann.Post("/again", "again", signIn, "again-on", "/me/copy/all").Is(http.StatusInternalServerError, g).LacksText("A note of Ann")
	ann.Post("/me/copy/file", "words", words, "again", words).Is(http.StatusInternalServerError, g).LacksText("A note of Ann")
	ann.Get("/me/copy").HasText("A file was made.")
}

func TestRoom_WhoLeavesTakesHerListAlong(t *testing.T) {
	g := fixture.New(t)
	s := serve(g)
	v := g.Person("Ann", person.LivedExperience)
	ann := s.As(v)
	ann.Post("/again", "again", signIn, "again-on", "/me/copy/file")
	ann.Post("/me/copy/file", "words", words, "again", words).Is(http.StatusOK, g)
	g.Write(func(ctx context.Context, tx *store.Tx) error { return g.Circle.Leave(ctx, tx, g.P, v.ID, "") })
	g.Read(func(ctx context.Context, tx *store.Tx) error {
		n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM mine_copy WHERE partnership_id = $1`, g.P)
		if n != 0 {
			t.Errorf("%d copies of somebody who left are still listed", n)
		}
		return err
	})
}

// With scripts and without: words are made for her, the passphrase is asked for twice since she took her
// time, and nothing she has is lost on the way.
func TestRoom_TakingHerTime(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, and the room's other tests try on both what stands behind them")
	for name, options := range map[string][]browser.Option{"scripts": nil, "without": {browser.NoJavaScript}} {
		t.Run(name, func(t *testing.T) {
			g := fixture.New(t)
			s := serve(g)
			g.Person("Ann", person.LivedExperience)
			tab := browser.New(t, options...)
			tab.Go(s.URL)
			tab.Fill("#name", "Ann")
			tab.Fill("#passphrase", signIn)
			tab.Click("text=Sign in")
			tab.Go(s.URL + "/me/copy")
			shot(tab, "copy-ways-"+name)
			g.Pass(6 * time.Minute)
			tab.Click("text=Make a file")
			shot(tab, "copy-again-"+name)
			tab.Fill("#again", signIn)
			tab.Click("text=Go on")
			shot(tab, "copy-words-"+name)
			tab.Click("text=Make me four easy words")
			shot(tab, "copy-easy-"+name)
			g.Pass(6 * time.Minute)
			tab.Click("text=Make the file")
			if got := tab.Text("h1"); !strings.Contains(got, "once more") {
				t.Fatalf("after a while she is shown %q", got)
			}
			tab.Fill("#again", signIn)
			tab.ClickWithoutWaiting("text=Go on")
			tab.Until("the file is made", func() bool {
				n := 0
				g.Read(func(ctx context.Context, tx *store.Tx) (err error) {
					n, err = store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM mine_copy WHERE partnership_id = $1`, g.P)
					return err
				})
				return n == 1
			})
		})
	}
}

// shot keeps a picture of the page when FOOTING_SHOTS names a folder, for those who want to look.
func shot(tab *browser.Tab, name string) {
	if dir := os.Getenv("FOOTING_SHOTS"); dir != "" {
		tab.Screenshot(filepath.Join(dir, name+".png"))
	}
}
