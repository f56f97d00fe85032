package source_test

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/consent"
)

// Two tabs are open on one turn: what the first saved is seen in the second, and what was typed there stays.
func TestMend_InTwoTabsLosesNeither(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "outside")
	turn := regexp.MustCompile(`/source/` + string(id) + `/mark/([a-z0-9]+)`).FindStringSubmatch(d.at(d.ruth).Get("/source/" + string(id) + "/mark").Body)[1]
	at := "/source/" + string(id) + "/mend/" + turn
	from := func(page interface{ Attr(string) (string, bool) }) string { v, _ := page.Attr("value"); return v }
	began := from(d.at(d.ruth).Get(at).One("input[name=from]"))
	d.at(d.ruth).Post(at, "from", began, "text", "The first tab, <i>mended</i>.").Is(http.StatusOK, d.Ground)

	page := d.at(d.ruth).Post(at, "from", began, "text", "The second tab, mended.").Is(http.StatusUnprocessableEntity, d.Ground)
	page.HasText("The first tab, <i>mended</i>.")
	page.HasText("The second tab, mended.")
	if now := d.at(d.ruth).Get(at); !strings.Contains(now.One("textarea").Text(), "The first tab") {
		t.Errorf("the second tab wrote over the first: %s", now.Text())
	}
	d.at(d.ruth).Post(at, "from", from(page.One("input[name=from]")), "text", "Both tabs, mended.").Is(http.StatusOK, d.Ground)
	if now := d.at(d.ruth).Get(at); !strings.Contains(now.One("textarea").Text(), "Both tabs") {
		t.Errorf("seen and saved once more, the turn says %s", now.Text())
	}
	if err := d.Gate.Mend(t.Context(), d.ruth, id, consent.ID(turn), "The first tab, mended.", "x"); !errors.Is(err, consent.ErrMended) {
		t.Errorf("over a text that stands there no more the gate mends: %v", err)
	}
}

func TestFacts_InTwoTabsLoseNeither(t *testing.T) {
	d := newDesk(t)
	at := "/source/" + string(d.keep(d.ruth, "outside")) + "/facts"
	began, _ := d.at(d.ruth).Get(at).One("input[name=from]").Attr("value")
	d.at(d.ruth).Post(at, "from", began, "title", "A walk", "setting", "A quiet room").Is(http.StatusOK, d.Ground)
	page := d.at(d.ruth).Post(at, "from", began, "title", "A walk", "setting", "By the canal").Is(http.StatusUnprocessableEntity, d.Ground)
	page.HasText("A quiet room")
	page.One("#setting").HasAttr("value", "By the canal")
	page.LacksText("About getting there")
	d.at(d.ruth).Get(at).One("#setting").HasAttr("value", "A quiet room")
	next, _ := page.One("input[name=from]").Attr("value")
	d.at(d.ruth).Post(at, "from", next, "title", "A walk", "setting", "By the canal").Is(http.StatusOK, d.Ground)
	d.at(d.ruth).Get(at).One("#setting").HasAttr("value", "By the canal")
}
