package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"footing/internal/person"
)

var (
	entryAt = regexp.MustCompile(`/known/[a-z2-7]{26}`)
	needAt  = regexp.MustCompile(`/needs/line/[a-z2-7]{26}`)
	saidAt  = regexp.MustCompile(`/decides/said/[a-z2-7]{26}`)
	bookAt  = regexp.MustCompile(`/needs/arrange/[a-z2-7]{26}`)
)

// asAsker writes through asking the women's group, what they say to it, and what is known already. It
// returns what is left for when the time to answer is over.
func (w *writer) asAsker() (told func(*place)) {
	w.t.Helper()
	ruth, bren := w.h.visit(w.t, "Ruth", person.Researcher), w.h.visit(w.t, "Bren", person.LivedExperience)
	w.fill(bren, "/topics", "/topics")
	w.fill(bren, "/moments", "/moments", "latest", "6")
	w.fill(bren, "/me/topics", "/me/topics", "topic", valueOf(w.t, bren.ask(w.t, "GET", "/me/topics", nil), "topic"))
	w.fill(bren, "/asks/how/kinds", "/asks/how/kinds")
	kind := valueOf(w.t, bren.ask(w.t, "GET", "/asked/about", nil), "about")
	w.fill(bren, "/asked/about", "/asked/about", "about", kind)

	w.h.hosts(w.t, "Jo Tarrant")
	jo := w.h.visit(w.t, "Jo", person.Facilitator)
	w.fill(bren, "/needs/new", "/needs/new", "kind", "interpreter", "may", "hosts")
	line := w.link(bren, "/needs", needAt)
	w.fill(bren, line, line)
	book := w.link(jo, "/needs/arrange", bookAt)
	w.fill(jo, book, book, "agreed", "1", "agreed_on-day", "1", "agreed_on-month", "1", "agreed_on-year", "2026")

	w.fill(bren, "/decides/new/pulled", "/decides/new/pulled", "asked", "no", "sign", "name")
	for _, said := range saidAt.FindAllString(jo.ask(w.t, "GET", "/decides", nil).body, -1) {
		if strings.Contains(jo.ask(w.t, "GET", said, nil).body, said+"/answer") { // the demo's may stand before hers
			w.fill(jo, said, said+"/answer")
			break
		}
	}
	w.fill(bren, "/decides/list/new", "/decides/list/new")
	w.fill(bren, "/decides/who/new", "/decides/who/new", "kind", "money")

	w.keeps(ruth, "POST /known/new/keep", "/known/new/keep")
	w.fill(ruth, "/known/new", "/known/new", "link", "", "from", valueOf(w.t, ruth.ask(w.t, "GET", "/known/new", nil), "from"))
	entry := w.link(ruth, "/known", entryAt)
	w.fill(ruth, entry+"/change", entry+"/change", "link", "")
	w.keeps(ruth, "POST /known/{entry}/change/keep", entry+"/change/keep") // and leaves it there

	at := strings.TrimSuffix(w.fill(ruth, "/asks", "/asks/new").location, "/part/1")
	for _, part := range []string{"/part/1", "/part/2", "/part/3", "/part/4", "/part/5"} {
		w.keeps(ruth, "POST /asks/{ask}/part/{part}/keep", at+part+"/keep")
		given := map[string][]string{"/part/4": {"pay", "unset"}, "/part/5": {"kind", kind, "ways", "idea", "weeks", "4"}}
		w.fill(ruth, at+part, at+part, given[part]...)
	}
	w.fill(ruth, at+"/check", at+"/put")
	w.keeps(bren, "POST /asks/{ask}/say/keep", at+"/say/keep", "says", "change", "round", "1")
	w.fill(bren, at+"/say", at+"/say", "says", "change")
	return func(p *place) {
		w.t.Helper()
		for _, name := range []string{"Bren", "Tolu"} {
			if got := w.h.visit(w.t, name).ask(w.t, "POST", at+"/say", url.Values{"says": {"fine"}, "round": {"1"}}); got.status != http.StatusSeeOther {
				w.t.Errorf("%s says it is fine by her, and is answered %d", name, got.status)
			}
		}
		for _, days := range []int{8, 40} { // they let it through, and the time to answer ends
			p.later += time.Duration(days) * 24 * time.Hour
			if err := w.h.Tidy(w.t.Context()); err != nil {
				w.t.Fatal(err)
			}
		}
		later := w.h.visit(w.t, "Ruth", person.Researcher)
		w.keeps(later, "POST /asks/{ask}/told/keep", at+"/told/keep")
		w.fill(later, at+"/told", at+"/told")
		w.fill(w.h.visit(w.t, "Bren", person.LivedExperience), "/asks/how/rule", "/asks/how/rule", "days", "9", "fine", "3")
	}
}
