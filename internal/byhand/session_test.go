package byhand_test

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"footing/internal/agreement"
	"footing/internal/byhand"
	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/sharing"
	"footing/internal/store"
	"footing/internal/table"
	"footing/internal/testing/fixture"
)

// A table session: six women take part in one afternoon. Ivy and Nan share a tablet, Mo and Pat have paper,
// Kez has a phone, and Wyn says it to her buddy Kez. Jo hosts. Each is a full member; each shares something
// on her own terms, and two of them take it back.
func TestSession_SixWomen(t *testing.T) {
	b := newSession(t)
	phone := b.kez
	b.shareOnScreen(phone, "Evening calls would help.")
	tablet := b.As(b.Named("Jo"))
	tablet.Post("/table/new", "hours", "2").HasText("Whose turn is it?")
	for name, at := range map[string]string{"Ivy": "kite", "Nan": "leaf"} {
		tablet.Post("/table/tap/"+at, "pin", "5283").HasText("Hello " + name)
		page := b.shareOnScreen(tablet, name+" would like a longer first visit.")
		page.HasText("Whose turn is it?") // her turn is over, and the tablet shows the pictures again
		page.LacksText(name)
		if at := tablet.Get("/share").Path; at != "/" {
			t.Errorf("after %s's turn the tablet opens %s", name, at)
		}
	}

	for name, way := range map[string]string{"Mo": person.Paper, "Pat": person.Paper, "Wyn": person.Spoken} {
		writer, beside := b.jo, b.kez
		if way == person.Spoken { // her buddy writes, and Jo sits beside
			writer, beside = b.kez, b.jo
		}
		code := b.print(writer, "share", "for", b.id(name))
		sheet := writer.Get("/paper/sheet/"+code).Is(http.StatusOK, b.Ground)
		sheet.HasText(code)
		if n := len(sheet.All("ul.boxes li")); n < 10 {
			t.Errorf("the sheet has %d boxes to tick, want the questions of sharing", n)
		}
		answers := []string{"kind", "idea", "text", name + " would like a quiet corner.", "who", "lived-experience", "until", "3", "hand.way", way,
			"hand.beside", b.id(map[bool]string{true: "Jo", false: "Kez"}[way == person.Spoken])}
		b.entered(writer, code, answers...).HasText("waits for the person beside her")
		if got := b.shared(name); len(got) != 0 {
			t.Errorf("what %s said is shared before the one beside her said yes", name)
		}
		b.beside(beside, "yes").HasText("Done")
		if got := b.shared(name); len(got) != 1 {
			t.Errorf("%s shared %d things, want one", name, len(got))
		}
	}
	for _, name := range []string{"Kez", "Ivy", "Nan", "Mo", "Pat", "Wyn"} {
		if got := b.shared(name); len(got) != 1 {
			t.Errorf("%s took part, and %d things of hers are kept", name, len(got))
		}
	}
	b.waysOf(map[string]string{"Mo": "paper", "Pat": "paper", "Wyn": "spoken", "Ivy": "screen", "Kez": "screen"})
	if n := b.readable(b.Named("Bren")); n != 6 {
		t.Errorf("Bren can read %d of the six, want all: each said that the women may", n)
	}

	// Mo changes her mind, and says so. It is done at once: nothing waits.
	code := b.print(b.jo, "back", "for", b.id("Mo")+"/"+b.shared("Mo")[0])
	b.entered(b.jo, code, "back", "1", "hand.way", person.Spoken, "hand.beside", b.id("Kez")).HasText("Done, as she said.")
	// Pat narrows to nobody: that only closes, and waits for nobody either.
	code = b.print(b.jo, "change", "for", b.id("Pat")+"/"+b.shared("Pat")[0])
	b.entered(b.jo, code, "hand.way", person.Paper, "hand.beside", b.id("Kez")).HasText("Done, as she said.")
	if n := b.readable(b.Named("Bren")); n != 4 {
		t.Errorf("Bren can read %d after two took theirs back, want 4", n)
	}
	// She changes it again: bringing it back opens something, so Kez beside her says yes first.
	code = b.print(b.jo, "return", "for", b.id("Mo")+"/"+b.shared("Mo")[0])
	b.entered(b.jo, code, "return", "1", "hand.way", person.Spoken, "hand.beside", b.id("Kez")).HasText("waits for the person beside her")
	if n := b.readable(b.Named("Bren")); n != 4 {
		t.Errorf("Bren can read %d before the yes, want 4", n)
	}
	b.beside(b.kez, "yes").HasText("Done")
	if n := b.readable(b.Named("Bren")); n != 5 {
		t.Errorf("Bren can read %d after Mo brought hers back, want 5", n)
	}
	// Wyn wants the second paragraph of hers gone, and has only one.
	code = b.print(b.kez, "part", "for", b.id("Wyn")+"/"+b.shared("Wyn")[0])
	b.entered(b.kez, code, "paragraph", "2", "hand.way", person.Spoken, "hand.beside", b.id("Jo")).Is(http.StatusUnprocessableEntity, b.Ground)
	b.entered(b.kez, code, "paragraph", "1", "hand.way", person.Spoken, "hand.beside", b.id("Jo")).HasText("Done, as she said.")
	if n := b.readable(b.Named("Bren")); n != 4 {
		t.Errorf("Bren can read %d after Wyn took back her paragraph, want 4", n)
	}
	if b.bren.Post("/paper/for/back", "for", b.id("Mo")+"/"+b.shared("Mo")[0]).Status != http.StatusUnprocessableEntity {
		t.Error("Bren neither wrote it down nor sat beside, and can print a sheet about what Mo shared")
	}
}

// newSession is a group of six women and Jo, with the rooms they need.
func newSession(t *testing.T) group {
	t.Helper()
	g := fixture.New(t)
	agreed := agreement.New(agreement.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	people := circle.NewRoom(circle.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Remove: g.Accounts.Remove, Signs: g.Accounts.Has})
	from := func(*http.Request) netip.Addr { return netip.MustParseAddr("127.0.0.1") }
	tablet := table.New(table.Deps{DB: g.DB, Circle: g.Circle, Accounts: g.Accounts, From: from, Now: g.Now})
	share := sharing.New(sharing.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Now: g.Now})
	s := g.Serve(people.Web(), agreed.Web(), paper.Web(), tablet.Web(), share.Web())
	b := group{Site: s, jo: s.As(g.Person("Jo", person.Charity)), kez: s.As(g.Person("Kez", person.LivedExperience)), bren: s.As(g.Person("Bren", person.LivedExperience)), agreed: agreed}
	for _, name := range []string{"Mo", "Pat", "Wyn"} {
		g.Write(func(ctx context.Context, tx *store.Tx) error {
			id, err := g.Circle.Add(ctx, tx, g.P, name, "")
			if err != nil {
				return err
			}
			return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, b.Named("Kez").ID, true)
		})
	}
	for name, picture := range map[string]string{"Ivy": "kite", "Nan": "leaf"} {
		s.As(g.Person(name, person.LivedExperience)).Post("/me/picture", "picture", picture, "pin", "5283").HasText("Only you know the number.")
	}
	return b
}

// shareOnScreen goes the way from a text to something shared, page by page, as somebody does who answers
// the questions for the women alone.
func (b group) shareOnScreen(who *fixture.Browser, text string) fixture.Page {
	b.T.Helper()
	page := who.Post("/share/new").Is(http.StatusOK, b.Ground)
	draft := page.Path
	who.Post(draft, "kind", "idea", "text", text).Is(http.StatusOK, b.Ground)
	who.Post(draft+"/who", "who", "lived-experience").Is(http.StatusOK, b.Ground)
	who.Post(draft+"/until", "until", "3").Is(http.StatusOK, b.Ground)
	return who.Post(draft+"/share").Is(http.StatusOK, b.Ground)
}

// shared lists what somebody shared.
func (b group) shared(name string) []string {
	b.T.Helper()
	var ids []string
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		own, err := b.Gate.Mine(ctx, tx, b.Named(name))
		for _, h := range own {
			ids = append(ids, string(h.ID))
		}
		return err
	})
	return ids
}

// readable counts what somebody can read of others.
func (b group) readable(v person.Viewer) int {
	b.T.Helper()
	var n int
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		list, err := b.Gate.SharedWith(ctx, tx, v, consent.Use{Purpose: consent.Heard, Form: consent.Words})
		n = len(list)
		return err
	})
	return n
}

// waysOf checks how each woman's terms are recorded as given.
func (b group) waysOf(want map[string]string) {
	b.T.Helper()
	for name, way := range want {
		v := b.Named(name)
		c, err := b.Gate.OpenOwn(b.T.Context(), v, consent.ID(b.shared(name)[0]))
		b.Must(err)
		how := c.Speakers[0].Terms.How
		if how.Way != way {
			b.T.Errorf("the terms of %s are recorded as given on %q, want %q", name, how.Way, way)
		}
		if way != "screen" && (how.By == v.ID || how.Beside == "") {
			b.T.Errorf("of the terms of %s it is not recorded who wrote them and who sat beside: %+v", name, how)
		}
		if !strings.Contains(c.Turns[0].Words.Reveal(), "like") && name != "Kez" {
			b.T.Errorf("what %s said is not what is kept", name)
		}
	}
}
