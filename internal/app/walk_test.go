package app_test

import (
	"cmp"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/engine"
	"footing/internal/testing/htmlcheck"
	"footing/internal/web"
)

// A stop is one page that somebody came by.
type stop struct {
	who   string
	route web.Route
	path  string
	answer
}

var linked = regexp.MustCompile(`\bhref="(/[^"#]*)`)

// walk follows every link from the first page on, as a person could, and returns the pages it came by:
// of each route the first few, since two themes look alike. It follows no link that ends the session.
func (v *visitor) walk(t *testing.T, each int, starts ...string) []stop {
	t.Helper()
	return v.follow(t, each, false, starts)
}

// everywhere is walk from everything that can be begun, with every address beneath one that it came by:
// the pages that forms lead to.
func (v *visitor) everywhere(t *testing.T, each int) []stop {
	t.Helper()
	return v.follow(t, each, true, v.begin(t))
}

func (v *visitor) follow(t *testing.T, each int, beneath bool, starts []string) []stop {
	t.Helper()
	routes := http.NewServeMux()
	known := map[string]web.Route{}
	for _, r := range v.h.Shell().Routes() {
		if strings.HasPrefix(r.Pattern, "GET ") {
			routes.HandleFunc(r.Pattern, func(http.ResponseWriter, *http.Request) {})
			known[r.Pattern] = r
		}
	}
	var stops []stop
	came, seen := map[string]int{}, map[string]bool{}
	for todo := append([]string{"/"}, starts...); len(todo) > 0; todo = todo[1:] {
		path := html.UnescapeString(todo[0])
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		if err != nil {
			t.Fatalf("a link to %q: %v", path, err)
		}
		_, pattern := routes.Handler(r)
		if seen[path] || came[pattern] == each || known[pattern].Pattern == "" {
			continue
		}
		seen[path] = true
		came[pattern]++
		a := v.ask(t, http.MethodGet, path, nil)
		if a.status == http.StatusSeeOther {
			todo = append(todo, a.location)
			continue
		}
		stops = append(stops, stop{cmp.Or(v.name, "nobody"), known[pattern], path, a})
		for _, m := range linked.FindAllStringSubmatch(a.body, -1) {
			todo = append(todo, m[1])
		}
		for one := range known {
			rest, ok := strings.CutPrefix(one, pattern+"/")
			if at, _, _ := strings.Cut(path, "?"); beneath && ok && hasParts(pattern) && !hasParts(rest) && !strings.HasSuffix(rest, "live") { // that one never ends
				todo = append(todo, at+"/"+rest)
			}
		}
	}
	return stops
}

// furnish adds what the demonstration does not have and pages can show: two more versions of an
// agreement, a picture on the tablet, somebody who brings one of the women what is asked, and something that
// one needs, with a host who books it.
func (h *house) furnish(t *testing.T) {
	t.Helper()
	bren := h.visit(t, "Bren")
	for n, text := range []string{"We begin on time.", "We begin on time, and nobody has to stay."} { // over the one of the demonstration
		bren.ask(t, "POST", "/agreement/new", url.Values{"text": {text}, "over": {strconv.Itoa(n + 1)}})
	}
	bren.ask(t, "POST", "/me/picture", url.Values{"picture": {"kite"}, "pin": {"4711"}})
	bren.ask(t, "POST", "/me/paper/allow", url.Values{"allow": {"1"}})
	about := url.Values{"bring": {h.idOf(t, "Jo Tarrant")}}
	for _, kind := range htmlcheck.Parse(t, strings.NewReader(bren.ask(t, "GET", "/asked/about", nil).body)).All("input[name=about]") {
		value, _ := kind.Attr("value")
		about.Add("about", value)
	}
	bren.ask(t, "POST", "/asked/about", about)
	draft := "/draft/" + bren.draft(t)
	bren.ask(t, "POST", draft, url.Values{"kind": {"idea"}, "text": {"Tell us the time."}})
	shared := bren.ask(t, "POST", draft+"/share", nil)
	h.isKeptForChecking(t, "Bren", consent.ID(strings.TrimPrefix(shared.location, "/share/")), "Ruth")
	h.hosts(t, "Jo Tarrant")
	for _, may := range []string{"hosts", "everybody"} {
		bren.ask(t, "POST", "/needs/new", url.Values{"kind": {"children"}, "words": {"Two of them."}, "may": {may}})
	}
	for _, sign := range []string{"name", "without"} {
		bren.ask(t, "POST", "/decides/new/wrong", url.Values{"what": {"The room was locked."}, "sign": {sign}})
	}
	bren.ask(t, "POST", "/decides/who/new", url.Values{"kind": {"place"}, "what": {"The key of the back room."}, "who": {"The office."}})
	bren.ask(t, "POST", "/decides/list/new", url.Values{"questions": {"Who sits where?"}, "source": {"Our first meeting."}, "over": {"0"}})
}

// hosts has somebody host meetings.
func (h *house) hosts(t *testing.T, name string) {
	t.Helper()
	w, p := h.Demo(h.clock), person.ID(h.idOf(t, name))
	err := w.DB.Write(t.Context(), func(tx *store.Tx) error {
		at, err := h.Partnership(t.Context())
		if err != nil {
			return err
		}
		return w.Circle.Give(t.Context(), tx, at, p, person.Facilitator, p, false)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// begin begins what can be begun, and returns where to walk from beside the first page: what was begun,
// and every address without a part that differs.
func (v *visitor) begin(t *testing.T) []string {
	t.Helper()
	var starts []string
	for _, r := range v.h.Shell().Routes() {
		if method, path, _ := strings.Cut(r.Pattern, " "); method == "GET" && !hasParts(r.Pattern) && v.may(r.Allow) && !strings.HasSuffix(path, "}") {
			starts = append(starts, path)
		}
	}
	if v.name == "" {
		return starts
	}
	draft := map[string]string{"draft": v.draft(t)}
	for _, r := range v.h.Shell().Routes() {
		if _, path := filled(r.Pattern, draft, ""); strings.HasPrefix(r.Pattern, "GET /draft/") && !strings.Contains(path, "//") && !strings.HasSuffix(path, "/") {
			starts = append(starts, path)
		}
	}
	if v.may(web.Members(web.Any)) {
		starts = append(starts, "/agreement/new/rule/money", "/agreement/new/rule/closed")
	}
	if a := v.ask(t, "POST", "/paper/for/agree", nil); strings.HasPrefix(a.location, "/paper/sheet/") {
		starts = append(starts, a.location)
	}
	if v.standings.Has(person.Analyst) {
		a := v.upload(t, "/source/upload", "talk.txt", "Ann: Good morning.\n\nRuth: Thank you for coming.\n\nAnn: It rained.\n\nRuth: It did.\n")
		starts = append(starts, a.location)
	}
	return starts
}

// tablet is the tablet that a worker opens and hands round, in nobody's hands yet.
func (h *house) tablet(t *testing.T) *visitor {
	t.Helper()
	v := h.visit(t, "Jo")
	if a := v.ask(t, "POST", "/table/new", url.Values{"hours": {"1"}}); a.location != "/table" {
		t.Fatalf("opening a tablet answers %d to %q", a.status, a.location)
	}
	v.name = ""
	return v
}

// Every page that a browser can show is led to by a link that somebody comes by, apart from those that
// follow a form. A page without one is a page that nobody finds.
func TestWalk_EveryPageIsLedTo(t *testing.T) {
	beside(t)
	engine.Once(t, "its pages and forms are read and sent on both by TestPages_EveryOneForEverybody and TestCanary_ThroughEveryForm")
	h := open(t)
	h.furnish(t)
	follow := []string{ // their beginnings
		"GET /founding",                      // until the second woman is here
		"GET /in/{token}",                    // a link that somebody is given
		"GET /helping",                       // news for whoever is named to help
		"GET /asks/{ask}/",                   // follow a form
		"GET /agreement/new/rule/",           // follows a form
		"GET /decide/{decision}/check",       // follows a form
		"GET /decide/{decision}/ballot",      // while ballots are open
		"GET /decide/{decision}/slip",        // while something is open in secret
		"GET /decide/{decision}/count",       // for one of the two who count slips
		"GET /draft/{draft}",                 // follows a form
		"GET /first/",                        // follows a form
		"GET /paper/sheet/{code}",            // follows a form
		"GET /import/{import}",               // follows a form
		"GET /me/group",                      // for whoever could be in either house
		"GET /me/wish",                       // while somebody waits for a yes
		"GET /share/{contribution}/play/",    // once she has left something spoken
		"GET /read/{contribution}/play/",     // once somebody has, and lets her hear it
		"GET /checks/{check}/",               // follows a form
		"GET /source/{source}/told/",         // where somebody was not told before an interview
		"GET /observe/{meeting}/ask",         // where nobody asks to watch a meeting yet
		"GET /source/{source}/meeting",       // where it is not said yet of which meeting a record is
		"GET /aloud/{recording}",             // once somebody reads a page aloud
		"GET /meetings/{meeting}/pack",       // follows a form
		"GET /meetings/{meeting}/day",        // follows a form
		"GET /typing",                        // news for whoever is asked to type something up
		"GET /share/{contribution}/typed",    // once she has left something spoken
		"GET /share/all",                     // once her passphrase was given a while ago
		"GET /table/tasks", "GET /table/end", // follow a form
		"GET /components",               // the demonstration prints its address
		"GET /me/token", "GET /healthz", // answer no person
		"GET /index/{study}/{source}/live", "GET /matrix/{study}/live", // a page listens to them
		"GET /meetings/{meeting}/live", // and to this
	}
	came := map[string]bool{}
	tablet := h.tablet(t)
	for _, v := range append(h.everybody(t), tablet) {
		var starts []string
		if v == tablet {
			starts = []string{"/table"}
		}
		for _, s := range v.walk(t, 3, starts...) {
			came[s.route.Pattern] = true
		}
	}
	for _, r := range h.Shell().Routes() {
		follows := slices.ContainsFunc(follow, func(begin string) bool { return strings.HasPrefix(r.Pattern, begin) })
		if strings.HasPrefix(r.Pattern, "GET ") && !came[r.Pattern] && !follows {
			t.Errorf("no link that anybody comes by leads to %s", r.Pattern)
		}
	}
}
