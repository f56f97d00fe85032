package byhand_test

import (
	"net/http"
	"testing"

	"footing/internal/between"
	"footing/internal/byhand"
	"footing/internal/person"
	"footing/internal/testing/fixture"
)

// R13 on paper: whoever has no screen asks, answers and ends what she agrees with somebody. Whoever writes for her
// learns neither what it says nor that it is there.
func TestBetween_OnPaper(t *testing.T) {
	g := fixture.New(t)
	two := between.New(between.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	s := g.Serve(two.Web(), paper.Web())
	b := group{Site: s, jo: s.As(g.Person("Jo", person.Charity)), kez: s.As(g.Person("Kez", person.LivedExperience)), bren: s.As(g.Person("Bren", person.LivedExperience))}
	b.kez.Post("/me/paper/allow", "allow", "1")
	hand := []string{"hand.way", "spoken", "hand.beside", b.id("Bren")}

	b.jo.Post("/between/new", "whom", b.id("Kez"), "words", "Persimmon: I am not your support in meetings.", "again", "3")
	code := b.print(b.bren, "between-again", "for", b.id("Kez"))
	sheet := b.bren.Get("/paper/sheet/" + code)
	sheet.LacksText("Persimmon")
	sheet.HasText("The words are not on this page.")
	hand[3] = b.id("Jo")
	b.entered(b.bren, code, append([]string{"whom", b.id("Jo"), "do", "yes"}, hand...)...)
	at, _ := b.jo.Get("/between").One(".cards a[href^='/between/']").Attr("href")
	b.jo.Get(at).HasText("It waits for Kez.")
	b.beside(b.jo, "yes")
	b.jo.Get(at).HasText("You both said yes.")

	code = b.print(b.bren, "between-again", "for", b.id("Kez"))
	b.entered(b.bren, code, append([]string{"whom", b.id("Jo"), "do", "end"}, hand...)...).HasText("Done, as she said.")
	b.jo.Get(at).HasText("Kez has ended this.")
	code = b.print(b.bren, "between", "for", b.id("Kez"))
	b.entered(b.bren, code, append([]string{"whom", b.id("Jo"), "words", "Plums.", "again", "6"}, hand...)...)
	b.beside(b.jo, "yes")
	b.kez.Get("/between").HasText("It waits for Jo.")
	b.bren.Get("/between").Is(http.StatusOK, g).LacksText("Jo")
}
