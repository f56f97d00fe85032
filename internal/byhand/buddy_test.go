package byhand_test

import (
	"net/http"
	"testing"

	"footing/internal/buddy"
	"footing/internal/byhand"
	"footing/internal/person"
	"footing/internal/testing/fixture"
)

// R15 on paper: whoever has no screen asks somebody, answers and ends it. Whoever writes for her learns from no sheet
// that anybody asked her.
func TestBuddy_OnPaper(t *testing.T) {
	g := fixture.New(t)
	two := buddy.New(buddy.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(two.Web(), paper.Web())
	b := group{Site: s, jo: s.As(g.Person("Jo", person.Charity)), kez: s.As(g.Person("Kez", person.LivedExperience)), bren: s.As(g.Person("Bren", person.LivedExperience))}
	b.kez.Post("/me/paper/allow", "allow", "1")
	hand := []string{"hand.way", "spoken", "hand.beside", b.id("Bren")}
	before := b.bren.Get("/paper/sheet/" + b.print(b.bren, "buddy-again", "for", b.id("Kez"))).One("main")

	b.jo.Post("/buddy/new", "whom", b.id("Kez"), "words", "Persimmon: shall I come along?")
	code := b.print(b.bren, "buddy-again", "for", b.id("Kez"))
	sheet := b.bren.Get("/paper/sheet/" + code)
	sheet.LacksText("Persimmon")
	sheet.HasText("This page does not say whether anybody asked you.")
	if a, b := len(before.Text()), len(sheet.One("main").Text()); a != b {
		t.Errorf("the sheet is %d characters long when nobody asked her, and %d when somebody did", a, b)
	}
	hand[3] = b.id("Jo")
	b.entered(b.bren, code, append([]string{"whom", b.id("Jo"), "do", "yes"}, hand...)...)
	b.beside(b.jo, "yes")
	at, _ := b.jo.Get("/buddy").One(".cards a[href^='/buddy/']").Attr("href")
	b.jo.Get(at).HasText("You both said yes.")

	code = b.print(b.bren, "buddy-again", "for", b.id("Kez"))
	b.entered(b.bren, code, append([]string{"whom", b.id("Jo"), "do", "end"}, hand...)...).HasText("Done, as she said.")
	b.jo.Get(at).HasText("This has ended.")
	code = b.print(b.bren, "buddy", "for", b.id("Kez"))
	b.entered(b.bren, code, append([]string{"whom", b.id("Jo"), "words", "Plums."}, hand...)...)
	b.beside(b.jo, "yes")
	b.kez.Get("/buddy").HasText("You have asked Jo.")
	b.bren.Get("/buddy").Is(http.StatusOK, g).LacksText("Jo")
}
