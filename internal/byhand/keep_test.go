package byhand_test

import (
	"net/http"
	"testing"

	"footing/internal/person"
)

// A woman without a phone names who is to look after the site, and says no to it: the first waits for the
// person beside her, the second is done at once.
func TestKeep_NamingAndSayingNoOnPaper(t *testing.T) {
	b := newSession(t)
	b.jo.Post("/people/keep", "who", b.id("Kez")).HasText("A second person is needed")
	code := b.print(b.jo, "keep", "for", b.id("Mo"))
	b.jo.Get("/paper/sheet/"+code).Is(http.StatusOK, b.Ground).HasText("Jo named Kez.")
	b.entered(b.jo, code, "who", b.id("Kez"), "hand.way", person.Spoken, "hand.beside", b.id("Bren")).HasText("waits for the person beside her")
	b.jo.Get("/people/keep").HasText("A second person is needed")
	b.beside(b.bren, "yes").HasText("Done")
	b.jo.Get("/people/keep").HasText("Jo and Mo named Kez.")
	code = b.print(b.jo, "keep", "for", b.id("Pat"))
	b.entered(b.jo, code, "no", "1", "hand.way", person.Paper, "hand.beside", b.id("Bren")).HasText("Done, as she said.")
	b.jo.Get("/people/keep").HasText("Nobody looks after this site")
}
