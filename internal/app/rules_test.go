package app_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"footing/internal/person"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
	"footing/internal/web"
)

// The rules of docs/rules.toml that are about how a page is made, on every page that anybody who is not an
// analyst comes by.
func TestRules_EveryMembersPage(t *testing.T) {
	beside(t)
	engine.Once(t, "pages are made alike on both")
	h := open(t)
	h.furnish(t)
	visitors := []*visitor{h.visit(t, ""), h.visit(t, "Bren", person.LivedExperience), h.visit(t, "Jo", person.Charity, person.Administrator, person.Facilitator),
		h.visit(t, "Dr", person.Clinician), h.tablet(t)}
	seen, boxes := 0, 0
	for _, v := range visitors {
		for _, at := range v.everywhere(t, 3) {
			if at.status != http.StatusOK || at.route.Weight != web.Member || strings.HasPrefix(at.path, "/components") {
				continue
			}
			seen++
			page := htmlcheck.Parse(t, strings.NewReader(at.body))
			boxes += checkRules(func(rule, what string) { t.Errorf("%s (%s): %s: %s", at.path, v.name, rule, what) }, page, at.path)
		}
	}
	t.Logf("%d pages, %d boxes to write in", seen, boxes)
	if seen < 200 || boxes < 30 {
		t.Error("the test shows too little")
	}
}

// never are the elements and attributes that no page of a member has, and the rule that says so.
var never = map[string]string{
	"[required]":    "U10, nothing is demanded",
	"[placeholder]": "U38, a question stands beside its box and not in it",
	"[autoplay]":    "U30, nothing plays by itself",
	"video":         "U30, nothing moves by itself",
	"dialog":        "U33, nothing covers the page",
	"img":           "U34, no photographs",
	"marquee":       "U30, nothing moves by itself",
	"meter":         "U31, nothing is scored",
	"[disabled]":    "U38, what cannot be used is not there",
	"[target]":      "U38, a page opens where one is",
	"[maxlength]":   "U29, nothing that is typed or pasted is cut off",
}

// checkRules tells of each rule that a page does not keep to, and returns how many boxes to write in it has.
func checkRules(tell func(rule, what string), page *htmlcheck.Node, path string) (boxes int) {
	for selector, rule := range never {
		for _, n := range page.All(selector) {
			tell(rule, n.HTML())
		}
	}
	if len(page.All("footer a[href='/support']")) != 1 || !strings.Contains(page.One("footer").Text(), "999") {
		tell("U35, help is at the foot of each page", page.One("footer").Text())
	}
	if len(page.All("h1")) != 1 {
		tell("U25, one thing a page", "it has another number of main headings than one")
	}
	for _, box := range page.All("textarea") {
		boxes++
		if about, _ := box.Attr("aria-describedby"); !strings.Contains(about, "-who") {
			tell("U20, who will see it stands above the box", box.HTML())
		}
	}
	for _, player := range page.All("audio") {
		if how, _ := player.Attr("preload"); how != "none" {
			tell("U30, sound is fetched when she asks for it", player.HTML())
		}
	}
	for _, box := range page.All("input[type=password]") {
		id, _ := box.Attr("id")
		if strings.HasPrefix(path, "/table/tap/") {
			continue // others sit beside her, and it is a number of four
		}
		if len(page.All("button[data-show="+id+"]")) != 1 {
			tell("U39, what she types can be shown", box.HTML())
		}
	}
	return boxes
}

// least are the answers that a page may show as chosen to somebody who never chose: what holds now, and lets
// nobody see or do anything.
var least = map[string]string{
	"kind":   "idea", // what she writes begins as an idea, and not as an experience
	"answer": "no",   // nobody reads what is said about her
	"allow":  "",     // nobody enters things for her
	"bring":  "",     // nobody brings her anything
	"pace":   "",     // she is reminded of nothing
	"hours":  "1",    // how long a tablet goes round: for who opens one
}

// U12: somebody who has answered nothing finds nothing ticked, on any page, but the least.
func TestRules_NothingIsTickedForHer(t *testing.T) {
	beside(t)
	engine.Once(t, "pages are made alike on both")
	h := open(t)
	wren := h.newcomer(t)
	pages := 0
	for _, at := range wren.everywhere(t, 2) {
		if at.status != http.StatusOK || at.path == "/letters" || strings.HasPrefix(at.path, "/components") ||
			strings.HasPrefix(at.path, "/known/") { // how pages look is shown as it is, and what the group knows
			continue
		}
		pages++
		for _, n := range htmlcheck.Parse(t, strings.NewReader(at.body)).All("[checked]") {
			name, _ := n.Attr("name")
			value, _ := n.Attr("value")
			if only, ok := least[name]; !ok || value != only {
				t.Errorf("%s: %s", at.path, n.HTML())
			}
		}
	}
	if pages < 60 {
		t.Errorf("only %d pages were looked at: the test shows too little", pages)
	}
}

// U3: leaving ends a session and is written down nowhere, in no table and in no log.
func TestRules_LeavingIsNotCounted(t *testing.T) {
	p := newPlace(t)
	h := open(t, p.log)
	bren := h.visit(t, "Bren", person.LivedExperience)
	before := h.everyTable(t)
	p.mu.Lock()
	logged := p.lines.Len()
	p.mu.Unlock()
	if a := bren.ask(t, http.MethodGet, "/away", nil); a.status != http.StatusSeeOther && a.status != http.StatusOK {
		t.Fatalf("leaving answers %d", a.status)
	}
	after := h.everyTable(t)
	if after["account_session"] != before["account_session"]-1 {
		t.Errorf("of %d sessions %d are left", before["account_session"], after["account_session"])
	}
	after["account_session"] = before["account_session"]
	if !maps.Equal(before, after) {
		maps.DeleteFunc(after, func(table string, n int64) bool { return before[table] == n })
		t.Errorf("leaving changes %v", after)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if more := p.lines.String()[logged:]; more != "" {
		t.Errorf("leaving is logged: %s", more)
	}
}

// U23: what cannot stay between us is told above the box in which an experience may be written, in two sentences.
func TestRules_LimitsAreToldBefore(t *testing.T) {
	engine.Once(t, "pages are made alike on both")
	h := open(t)
	bren := h.visit(t, "Bren", person.LivedExperience)
	page := htmlcheck.Parse(t, strings.NewReader(bren.ask(t, http.MethodGet, "/draft/"+bren.draft(t), nil).body))
	about, _ := page.One("textarea").Attr("aria-describedby")
	told := ""
	for _, id := range strings.Fields(about) {
		if strings.HasSuffix(id, "-who") {
			told = page.One("#" + id).Text()
		}
	}
	if _, limits, ok := strings.Cut(told, "If somebody's life or a child is in danger"); !ok || strings.Count(limits, ".") != 2 {
		t.Errorf("above the box stands %q", told)
	}
}

// newcomer is a woman who has joined a moment ago and had the yes of one of the women.
func (h *house) newcomer(t *testing.T) *visitor {
	t.Helper()
	invited := h.visit(t, "Jo").ask(t, http.MethodPost, "/people/invite", url.Values{"standing": {string(person.LivedExperience)}})
	v := &visitor{name: "Wren", standings: person.Set{person.LivedExperience}, h: h}
	page := v.ask(t, http.MethodPost, "/join", url.Values{"code": {shownOnce(t, invited)}})
	join := url.Values{"name": {"Wren Newling"}, "passphrase": {"four plain words here"}}
	for _, field := range htmlcheck.Parse(t, strings.NewReader(page.body)).All("form[action='/join/now'] input[type=hidden]") {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		join.Set(name, value)
	}
	if a := v.ask(t, http.MethodPost, "/join/now", join); a.status >= http.StatusBadRequest || len(v.cookies) == 0 {
		t.Fatalf("joining answers %d: %s", a.status, a.body)
	}
	if a := h.visit(t, "Bren").ask(t, http.MethodPost, "/people/"+h.idOf(t, "Wren Newling")+"/yes", nil); a.status != http.StatusSeeOther {
		t.Fatalf("saying yes to her answers %d", a.status)
	}
	return v
}
