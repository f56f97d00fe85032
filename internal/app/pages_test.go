package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/testing/browser"
	"footing/internal/testing/engine"
	"footing/internal/web"
)

// withParts fills the parts of paths with things that the visitor may open, as far as the demonstration
// has them.
func (h *house) withParts(t *testing.T) map[string]map[string]string {
	t.Helper()
	r := h.pointOf(t, "Bren")
	bren := map[string]string{"contribution": string(r.source), "study": r.study, "entry": "4", "ask": h.askCalled(t, "Bren", "side door")}
	ruth := map[string]string{"study": r.study, "source": string(r.source), "part": "1", "ask": h.askCalled(t, "Ruth", "booklet")}
	return map[string]map[string]string{"Bren": bren, "Ruth": ruth}
}

// neutral is what may stand in a title or an address: everyday words, no person, no story.
var unkind = regexp.MustCompile(`(?i)trauma|abuse|survivor|victim|violen`)

// Every page that can be opened by an address alone, as everybody who may: it answers, its title gives
// nothing away, nothing comes from another host, it keeps to its weight, and nothing in it is kept.
func TestPages_EveryOneForEverybody(t *testing.T) {
	h := open(t)
	parts := h.withParts(t)
	opened := 0
	for _, v := range h.everybody(t) {
		for _, route := range h.Shell().Routes() {
			if !strings.HasPrefix(route.Pattern, "GET ") || !v.may(route.Allow) {
				continue
			}
			_, path := filled(route.Pattern, parts[v.name], "")
			if strings.Contains(path, "//") || strings.HasSuffix(path, "/live") || (hasParts(route.Pattern) && strings.HasSuffix(path, "/")) {
				continue
			}
			a := v.ask(t, "GET", path, nil)
			if a.status == http.StatusSeeOther || (a.status == http.StatusNotFound && (hasParts(route.Pattern) || route.Allow.Relation == web.Own)) {
				continue
			}
			opened++
			v.checkPage(t, route, path, a)
		}
	}
	t.Logf("%d pages opened", opened)
	if opened < 80 {
		t.Errorf("only %d pages were opened: the test shows too little", opened)
	}
}

var (
	titleOf = regexp.MustCompile(`<title>([^<]*)</title>`)
	outside = regexp.MustCompile(`(?:src|action|data-[a-z]+)="(?:https?:)?//[^"]*"`)
	styles  = regexp.MustCompile(`\sstyle="|\son[a-z]+="`)
)

func (v *visitor) checkPage(t *testing.T, route web.Route, path string, a answer) {
	t.Helper()
	if a.status != http.StatusOK {
		t.Errorf("%s: %s gets %d", path, v.name, a.status)
		return
	}
	if a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s may be kept", path)
	}
	if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		return
	}
	title := titleOf.FindStringSubmatch(a.body)
	if title == nil || unkind.MatchString(title[1]) || unkind.MatchString(path) {
		t.Errorf("%s: the title %q or the address gives something away", path, title)
	}
	if m := outside.FindString(a.body); m != "" {
		t.Errorf("%s points elsewhere: %s", path, m)
	}
	if m := styles.FindString(a.body); m != "" {
		t.Errorf("%s has %s, which the policy refuses", path, m)
	}
	if a.bytes > route.Weight.Bytes {
		t.Errorf("%s: %d bytes, of %d for a %s page", path, a.bytes, route.Weight.Bytes, route.Weight.Name)
	}
}

// The pages people see most are free of faults that axe finds, on a phone and on a wide screen, by day
// and by night, with large letters, and ask nobody else for anything.
func TestPages_AreAccessible(t *testing.T) {
	engine.Once(t, "it looks at pages in a browser, which TestPages_EveryOneForEverybody reads on both")
	h := open(t)
	r := h.pointOf(t, "Bren")
	ask := map[string]string{"Bren": h.askCalled(t, "Bren", "side door"), "Ruth": h.askCalled(t, "Ruth", "booklet")}
	members := []string{"/", "/share", "/read", "/people", "/agreement", "/studies", "/record", "/me", "/me/copy", "/me/copy/file", "/support", "/phones", "/promises", "/known",
		"/known/4", "/known/new", "/asks", "/asks/how", "/asked", "/asked/about", "/asks/" + ask["Bren"], "/asks/" + ask["Bren"] + "/say",
		"/share/" + string(r.source), "/share/" + string(r.source) + "/change", "/share/" + string(r.source) + "/opened"}
	desk := []string{"/desk", "/source", "/source/upload", "/frame/" + r.study, "/index/" + r.study, "/index/" + r.study + "/" + string(r.source),
		"/find/" + r.study, "/matrix/" + r.study, "/matrix/" + r.study + "/coverage", "/export/" + r.study, "/releases/" + r.study}
	screens := map[string][]browser.Option{
		"Bren": {browser.Size(360, 740)}, "Tolu": {browser.Size(320, 700), browser.TextZoom200},
		"Ruth": {browser.Size(1280, 900), browser.Dark},
	}
	for who, options := range screens {
		tab := h.as(t, who, options...)
		paths := append([]string{}, members[:22]...)
		switch who {
		case "Bren":
			paths = members
		case "Ruth":
			paths = append(append(members[:18:18], desk...), "/asks/"+ask["Ruth"])
			for _, part := range []string{"/part/1", "/part/2", "/part/3", "/part/4", "/part/5", "/check"} {
				paths = append(paths, "/asks/"+ask["Ruth"]+part)
			}
		}
		for _, path := range paths {
			tab.Go(h.url + path)
			for _, v := range tab.Axe() {
				t.Errorf("%s for %s: %v", path, who, v)
			}
			var width, view int
			tab.Eval("document.documentElement.scrollWidth", &width)
			tab.Eval("window.innerWidth", &view)
			if width > view {
				t.Errorf("%s for %s is %d wide on a screen of %d", path, who, width, view)
			}
			shot(tab, who+strings.ReplaceAll(strings.ReplaceAll(path, r.study, "study"), "/", "-"))
		}
		for _, url := range tab.Requests() {
			if !strings.HasPrefix(url, h.url) {
				t.Errorf("%s's browser asked %s for something", who, url)
			}
		}
		for _, e := range tab.Errors() {
			t.Errorf("%s's browser complains: %s", who, e)
		}
	}
}
