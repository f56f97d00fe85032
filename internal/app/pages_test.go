package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/web"
)

// Every page that each visitor comes by: it answers, nothing comes from another host, it keeps to its
// weight, and nothing in it is kept.
func TestPages_EveryOneForEverybody(t *testing.T) {
	beside(t)
	h := open(t)
	h.furnish(t)
	tablet := h.tablet(t)
	opened := 0
	for _, v := range append(h.everybody(t), tablet) {
		v.packs = true
		for _, at := range v.everywhere(t, 3) {
			if at.status < http.StatusBadRequest || at.status >= http.StatusInternalServerError { // a refusal is a page of its own
				opened++
				v.checkPage(t, at.route, at.path, at.answer)
			}
		}
	}
	t.Logf("%d pages opened", opened)
	if opened < 300 {
		t.Errorf("only %d pages were opened: the test shows too little", opened)
	}
}

var (
	outside = regexp.MustCompile(`(?:src|action|data-[a-z]+)="(?:https?:)?//[^"]*"`)
	styles  = regexp.MustCompile(`\sstyle="|\son[a-z]+="`)
)

// checkPage looks at a page that came compressed, as it is weighed.
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
