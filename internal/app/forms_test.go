package app_test

import (
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"footing/internal/testing/canary"
	"footing/internal/testing/htmlcheck"
	"footing/internal/web"
)

// What somebody types into a field.
const (
	words  = "words"  // hers: sealed, and readable nowhere
	shown  = "shown"  // what the group shows of itself: in the database in the clear, and nowhere else
	secret = "secret" // lets somebody in, or is looked at and thrown away: readable nowhere
	figure = "figure" // a day, a number, an address, a code of ours: no words fit into it
)

// forms says of every form in the program that somebody can type into what goes into its fields, and of
// every action that no page has a form for. TestCanary_ThroughEveryForm writes through each of them and
// fails on a form that is not here: add it, and write through it there.
var forms = map[string]map[string]string{
	"POST /set-up":               {"code": figure, "site": shown, "leave_to": figure, "name": shown, "passphrase": secret, "second": shown},
	"POST /founding":             {"second": shown},
	"POST /in":                   {"name": secret, "passphrase": secret}, // a name that nobody has is thrown away
	"POST /again":                {"again": secret},
	"POST /join":                 {"code": secret},
	"POST /join/now":             {"name": shown, "passphrase": secret, "other": secret},
	"POST /recover":              {"name": figure, "code": secret, "passphrase": secret},
	"POST /factor":               {"code": secret},
	"POST /factor/lost":          {"code": secret},
	"POST /me":                   {"name": shown},
	"POST /me/passphrase":        {"old": secret, "passphrase": secret},
	"POST /me/codes":             {"passphrase": secret},
	"POST /me/tokens":            {"label": words},
	"POST /me/copy/file":         {"words": secret, "again": secret},
	"POST /me/picture":           {"pin": figure},
	"POST /table/tap/{picture}":  {"pin": figure},
	"POST /settings":             {"name": shown, "leave_to": figure},
	"POST /practices":            {"practice": shown},
	"POST /practices/{practice}": {"practice": shown},
	"POST /agreement/new":        {"text": words},
	"POST /agreement/new/keep":   {"text": words},
	"POST /agreement/new/rule/{thing}": {"what": words, "why": words, "charity": words, "clinician": words, "practice": words, "researcher": words,
		"lived.share": figure, "lived.enough": figure, "others.share": figure, "others.enough": figure, "days": figure},
	"POST /agreement/stops":        {"stops": figure, "meets": words},
	"POST /studies/new":            aboutStudy,
	"POST /studies/{study}/edit":   aboutStudy,
	"POST /studies/{study}/sheets": {"sheet": shown, "body": shown, "taking_back": shown},
	"POST /studies/{study}/amendments": {"amendment": shown, "what": shown, "amended-day": figure, "amended-month": figure,
		"amended-year": figure},
	"POST /draft/{draft}":                     {"text": words, "sound": words},
	"POST /draft/{draft}/keep":                {"text": words},
	"POST /draft/{draft}/front":               {"about": words},
	"POST /share/{contribution}/change":       {"about": words},
	"POST /share/{contribution}/words":        {"text": words},
	"POST /share/{contribution}/typed":        {"typed": words},
	"POST /typing/{contribution}":             {"typed": words},
	"POST /first":                             {"text": words},
	"POST /paper/enter":                       {"code": figure},
	"POST /paper/enter/read":                  {"name": words}, // of the sheet for somebody who joins
	"POST /paper/enter/done":                  {"name": words},
	"POST /source/upload":                     {"file": words},
	"POST /source/add":                        {"file": words},
	"POST /import/{import}/confirm":           {"title.0": words, "note.0": words},
	"POST /source/{source}/facts":             {"title": words, "setting": words, "present": words, "guide": words, "minutes": figure},
	"POST /source/{source}/mend/{turn}":       {"text": words},
	"POST /source/{source}/mend/{turn}/place": {"words": secret},
	"POST /frame/{study}/new":                 aboutTheme,
	"POST /frame/{study}/{theme}":             aboutTheme,
	"POST /frame/{study}/{theme}/retire": {"name": secret, "definition": secret, "use_when": secret, "not_when": secret,
		"example": secret, "origin": secret}, // its button stands in the same form
	"POST /export/{study}":                          {"purpose": words},
	"POST /matrix/{study}/cell/{case}/{theme}":      {"text": words},
	"POST /matrix/{study}/cell/{case}/{theme}/keep": {"text": words},
	"POST /matrix/{study}/point/{point}":            {"text": words},
	"POST /matrix/{study}/point/{point}/keep":       {"text": words},
	"POST /matrix/{study}/export":                   {"purpose": words},
	"POST /checks/{check}":                          {"why": words},
	"POST /find/{study}":                            {"q": secret},
	"POST /asks/{ask}/part/{part}":                  aboutAsk,
	"POST /asks/{ask}/part/{part}/keep":             aboutAsk,
	"POST /asks/{ask}/say":                          {"words": words},
	"POST /asks/{ask}/say/keep":                     {"words": words},
	"POST /asks/{ask}/told":                         {"entry_title": words, "told": words},
	"POST /asks/{ask}/told/keep":                    {"entry_title": words, "told": words},
	"POST /asks/how/rule":                           {"days": figure, "fine": figure},
	"POST /asks/how/kinds":                          {"name": shown},
	"POST /known/new":                               aboutKnown,
	"POST /known/new/keep":                          aboutKnown,
	"POST /known/{entry}/change":                    aboutKnown,
	"POST /known/{entry}/change/keep":               aboutKnown,
	"POST /topics":                                  {"name": shown},
	"POST /buddy/new":                               {"words": words},
	"POST /between/new":                             {"words": words},
	"POST /between/{agreed}":                        {"words": words},
	"POST /decide/{decision}/part/{part}":           aboutDecision,
	"POST /decide/{decision}/part/{part}/keep":      aboutDecision,
	"POST /decide/{decision}/doubt":                 {"doubt": words},
	"POST /decide/{decision}/doubt/keep":            {"doubt": words},
	"POST /decide/{decision}/reply/{doubt}":         {"reply": words},
	"POST /decide/{decision}/reply/{doubt}/keep":    {"reply": words},
	"POST /decide/{decision}/answer":                {"words": words, "gain": words},
	"POST /decide/{decision}/answer/keep":           {"words": words, "gain": words},
	"POST /decide/{decision}/after":                 {"after": words, "whose": words, "why_not": words},
	"POST /decide/{decision}/after/keep":            {"after": words, "whose": words, "why_not": words},
	"POST /today/note":                              {"words": words},
	"POST /today/call":                              {"how": words},
	"POST /meetings/new":                            {"on-day": figure, "on-month": figure, "on-year": figure, "start": figure},
	"POST /meetings/{meeting}/plan/{field}":         aboutMeeting,
	"POST /meetings/{meeting}/known":                {"why": words},
	"POST /meetings/{meeting}/off":                  {"why": words},
	"POST /meetings/{meeting}/way":                  {"words": words},
	"POST /meetings/{meeting}/say":                  {"words": words},
	"POST /meetings/hosts/me":                       {"words": words},
	"POST /meetings/hosts/enough":                   {"words": words},
	"POST /agenda/new":                              {"about": words, "more": words},
	"POST /agenda/{item}/fate":                      {"why": words},
	"POST /notes/{meeting}/add":                     {"words": words},
	"POST /notes/{meeting}/right":                   {"words": words},
	"POST /notes/{meeting}/line/{line}/change":      {"words": words},
	"POST /notes/{meeting}/line/{line}/right":       {"words": words},
	"POST /observe/{meeting}/ask":                   {"down": words, "not": words},
	"POST /todo/new":                                {"what": words, "by-day": figure, "by-month": figure, "by-year": figure},
	"POST /todo/{todo}":                             {"why": words},
	"POST /apart/new":                               aboutSpace,
	"POST /apart/space/{space}":                     aboutSpace,
	"POST /apart/ours":                              {"words": words},
	"POST /places/new":                              aboutPlace,
	"POST /places/new/keep":                         aboutPlace,
	"POST /places/{place}/change":                   aboutPlace,
	"POST /places/{place}/change/keep":              aboutPlace,
	"POST /words/hard":                              {"word": words},
	"POST /words/new":                               {"word": words, "meaning": words},
	"POST /words/{word}/mean":                       {"meaning": words},
	"POST /needs/new":                               aboutNeed,
	"POST /decides/new/{kind}":                      {"what": words, "who": words, "after": words},
	"POST /decides/said/{said}/answer":              {"reply": words},
	"POST /decides/list/new":                        {"questions": words, "source": words},
	"POST /decides/who/new":                         {"what": words, "who": words},
	"POST /needs/line/{line}":                       aboutNeed,
	"POST /needs/arrange/{line}":                    aboutBooking,
	"POST /aloud":                                   {"sound": words},
	"POST /moments":                                 {"name": shown},
	"POST /record":                                  {"line": secret},
}

// chosen lists the actions that are asked for by ticking and pressing alone and that this test comes by no
// page for, such as undoing something. Nothing can be typed into them.
var chosen = []string{
	"POST /in/kept",
	"POST /decide/{decision}/drop",
	"POST /decide/{decision}/stop",
	"POST /decide/{decision}/again",
	"POST /decide/{decision}/ballot",
	"POST /decide/{decision}/slip",
	"POST /decide/{decision}/counter",
	"POST /decide/{decision}/count", // numbers and letters of choices, and nothing else is taken
	"POST /decide/{decision}/count/agree",
	"POST /people/keep",
	"POST /people/keep/stop",
	"POST /people/keep/yes",
	"POST /agreement/{version}/answer",
	"POST /agreement/stops/{row}/yes",
	"POST /factor/end",
	"POST /first/{contribution}/back",
	"POST /first/{contribution}/read",
	"POST /helping",
	"POST /in/{token}",
	"POST /matrix/{study}/point/{point}/return",
	"POST /me/end/now",
	"POST /me/end/{part}",
	"POST /me/end/keep",
	"POST /me/end/name",
	"POST /me/end/stay",
	"POST /me/helpers/drop",
	"POST /me/helpers/stop",
	"POST /me/paper/{entry}/drop",
	"POST /between/{agreed}/yes",
	"POST /buddy/{buddy}/yes",
	"POST /talks",
	"POST /talks/{talk}/shown",
	"POST /talks/{talk}/begin",
	"POST /talks/{talk}/drop",
	"POST /source/{source}/told/{speaker}",
	"POST /source/{source}/meeting",
	"POST /buddy/{buddy}/end",
	"POST /between/{agreed}/back",
	"POST /between/{agreed}/end",
	"POST /needs/booked/{booking}",
	"POST /needs/line/{line}/drop",
	"POST /needs/arrange/{booking}/off",
	"POST /me/copy/with",
	"POST /me/copy/with/stop",
	"POST /paper/print/{copy}",
	"POST /paper/bring/{twin}/{person}/{thing}",
	"POST /paper/bring/{twin}/{person}/{thing}/aside",
	"POST /me/return",
	"POST /offer-note/{contribution}",
	"POST /offer-note/{contribution}/stop",
	"POST /decides/said/{said}/drop",
	"POST /decides/said/{said}/back",
	"POST /decides/day",
	"POST /words/{word}/hard",
	"POST /decides/who/{line}/still",
	"POST /decides/who/{line}/back",
	"POST /decides/who/{line}/drop",
	"POST /agenda/{item}/stands",
	"POST /notes/{meeting}/step",
	"POST /notes/{meeting}/stands",
	"POST /observe/{meeting}/may",
	"POST /observe/{meeting}/end",
	"POST /todo/{todo}/stands",
	"POST /todo/{todo}/words/out",
	"POST /todo/{todo}/words/stands",
	"POST /apart/ours/{note}/stands",
	"POST /meetings/{meeting}/step",
	"POST /meetings/{meeting}/pause",
	"POST /said/{said}/stands",
	"POST /people/invite/{invitation}/end",
	"POST /people/{person}/take",
	"POST /people/{person}/yes",
	"POST /people/{person}/undo",
	"POST /people/{person}/group",
	"POST /me/group",
	"POST /people/{person}/later",
	"POST /me/wish/drop",
	"POST /share/{contribution}/return",
	"POST /side-by-side",
	"POST /source/{source}/return/{speaker}",
	"POST /source/{source}/unmark",
	"POST /studies/{study}/readers/{person}/end",
	"POST /studies/{study}/stop",
	"POST /asks/how/kinds/{kind}/back",
	"POST /asks/how/rule/{rule}/yes",
	"POST /asks/{ask}/drop",
	"POST /asks/{ask}/return",
	"POST /asks/{ask}/now",
	"POST /known/{entry}/back",
	"POST /draft/{draft}/return",
	"POST /agreement/new/return",
	"POST /draft/{draft}/now",
	"POST /me/topics/show",
	"POST /topics/{topic}/on",
	"POST /asked/{ask}/aside",
	"POST /moments/{moment}",
	"POST /practices/{practice}/off",
	"POST /aloud/{recording}/remove",
	"POST /today/call/{call}",
}

var (
	aboutDecision = map[string]string{"name": words, "question": words, "amount": words, "choices": words, "fixed": words, "why": words, "interest": words}
	aboutNeed     = map[string]string{"language": words, "words": words, "like": words, "not": words}
	aboutBooking  = map[string]string{"what": words, "when": words, "who": words, "for": words, "agreed_on-day": figure, "agreed_on-month": figure, "agreed_on-year": figure}
	// A day and an hour of a meeting are asked by the same address as what it says of itself.
	aboutMeeting = map[string]string{"words": words, "why": words, "until-day": figure, "until-month": figure, "until-year": figure,
		"on-day": figure, "on-month": figure, "on-year": figure, "start": figure}
	aboutSpace = map[string]string{"name": words, "for": words, "leaves": words}
	aboutPlace = map[string]string{"name": words, "address": words, "others": words, "out": words, "quiet": words, "children": words, "buses": words, "steps": words, "more": words}

	aboutAsk = map[string]string{"entry_title": words, "what": words, "more": words, "why": words, "gain": words, "interest": words, "amount": figure,
		"support": words}
	aboutKnown = map[string]string{"entry_title": words, "known": words, "source": words, "link": figure}
	aboutStudy = map[string]string{"question": shown, "chosen_by": shown, "sponsor": shown, "committee": shown, "reference": shown, "no_approval": shown,
		"approved-day": figure, "approved-month": figure, "approved-year": figure, "begins-day": figure, "begins-month": figure, "begins-year": figure,
		"ends-day": figure, "ends-month": figure, "ends-year": figure, "retention": figure}
	aboutTheme = map[string]string{"name": shown, "definition": words, "use_when": words, "not_when": words, "example": words, "origin": words}
)

// A writer writes canaries through forms and knows which went where.
type writer struct {
	t       *testing.T
	h       *house
	hide    string            // begins every canary that must be readable nowhere
	show    string            // begins those that are in the database in the clear
	went    map[string]string // by canary, the action and field it was sent to
	kept    string            // where something can be checked that was printed
	refusal bool              // what is sent next is not to be taken
	tried   map[string]bool   // actions that were sent something, or of which a page has a form without a field to type into
}

func newWriter(t *testing.T, h *house) *writer {
	return &writer{t: t, h: h, hide: canary.New(), show: canary.New(), went: map[string]string{}, tried: map[string]bool{}}
}

// canary returns what is sent to a field.
func (w *writer) canary(action, field string) string {
	family := w.hide
	switch forms[action][field] {
	case shown:
		family = w.show
	case figure:
		return ""
	}
	n := len(w.went)
	word := family + string([]byte{'a' + byte(n/676%26), 'a' + byte(n/26%26), 'a' + byte(n%26)})
	w.went[word] = action + ", " + field
	return word
}

// pattern returns the route's pattern that an address belongs to, "" when it is none.
func (h *house) pattern(t *testing.T, method, path string) string {
	t.Helper()
	routes := http.NewServeMux()
	for _, r := range h.Shell().Routes() {
		routes.HandleFunc(r.Pattern, func(http.ResponseWriter, *http.Request) {})
	}
	r, err := http.NewRequestWithContext(t.Context(), method, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, pattern := routes.Handler(r)
	return pattern
}

// fill opens a page, writes a canary into every field of the form that leads to an action, chooses what is
// given, sends it, and expects that it was taken.
func (w *writer) fill(v *visitor, page, to string, given ...string) answer {
	w.t.Helper()
	a := v.send(w.t, "GET", page, nil, asABrowser)
	if a.status != http.StatusOK && a.status != http.StatusForbidden { // where the passphrase is asked for once more
		w.t.Fatalf("%s: %s gets %d", page, v.name, a.status)
	}
	return w.send(v, a, page, to, given...)
}

// refused is fill for what is not taken, since it is no right code or passphrase.
func (w *writer) refused(v *visitor, page, to string, given ...string) {
	w.t.Helper()
	w.refusal = true
	defer func() { w.refusal = false }()
	w.fill(v, page, to, given...)
}

// send is fill on a page that is open already.
func (w *writer) send(v *visitor, page answer, at, to string, given ...string) answer {
	w.t.Helper()
	form := w.formOn(page.body, at, to)
	if form == nil {
		w.t.Fatalf("%s has no form that leads to %s", at, to)
	}
	action := w.h.pattern(w.t, "POST", to)
	values := url.Values{}
	for _, field := range form.All("input[type=hidden]") {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		values.Add(name, value)
	}
	for _, field := range typedInto(form) {
		name, _ := field.Attr("name")
		word := w.canary(action, name)
		if strings.HasPrefix(field.HTML(), "<textarea") {
			word = strings.TrimSpace(canary.Text(word))
		}
		if forms[action][name] == figure {
			word, _ = field.Attr("value")
		}
		values.Set(name, word)
	}
	for _, chosen := range form.All("input[checked]") {
		name, _ := chosen.Attr("name")
		value, _ := chosen.Attr("value")
		values.Add(name, value)
	}
	for _, list := range form.All("select[name]") {
		name, _ := list.Attr("name")
		options := append(list.All("option[selected]"), list.All("option")...)
		value, _ := options[0].Attr("value")
		values.Set(name, value)
	}
	for i := 0; i+1 < len(given); i += 2 {
		values[given[i]] = nil
	}
	for i := 0; i+1 < len(given); i += 2 {
		values.Add(given[i], given[i+1])
	}
	w.tried[action] = true
	got := w.post(v, to, values)
	taken := got.status == http.StatusSeeOther || got.status == http.StatusOK || got.status == http.StatusTemporaryRedirect
	if taken == w.refusal {
		w.t.Errorf("%s as %s answers %d: %s", to, v.name, got.status, htmlcheck.Parse(w.t, strings.NewReader(got.body)).Text())
	}
	w.addresses(to, got.location)
	return got
}

// addresses fails when a canary stands in an address, which others' logs and lists of pages keep.
func (w *writer) addresses(list ...string) {
	w.t.Helper()
	for _, address := range list {
		plain, err := url.QueryUnescape(address)
		if err != nil {
			plain = address
		}
		if strings.Contains(plain, w.hide) || strings.Contains(plain, w.show) {
			w.t.Errorf("what was typed is in the address %s", address)
		}
	}
}

// typedInto lists the fields of a form that take what somebody types.
func typedInto(form *htmlcheck.Node) []*htmlcheck.Node {
	chosen := []string{"hidden", "radio", "checkbox", "submit", "button"}
	return slices.DeleteFunc(form.All("input[name], textarea[name]"), func(n *htmlcheck.Node) bool {
		kind, _ := n.Attr("type")
		return slices.Contains(chosen, kind)
	})
}

// formOn returns the form on a page that leads to an action, nil when there is none. It looks at all the
// page's forms for fields that the table does not know.
func (w *writer) formOn(body, at, to string) (found *htmlcheck.Node) {
	w.t.Helper()
	for _, form := range htmlcheck.Parse(w.t, strings.NewReader(body)).All("form[method=post]") {
		actions := []string{at}
		if action, ok := form.Attr("action"); ok && action != "" {
			actions[0] = action
		}
		for _, button := range form.All("button[formaction]") {
			action, _ := button.Attr("formaction")
			actions = append(actions, action)
		}
		for _, action := range actions {
			w.knows(form, html.UnescapeString(action))
			if action == to {
				found = form
			}
		}
	}
	return found
}

// knows fails for a field that the table does not have.
func (w *writer) knows(form *htmlcheck.Node, action string) {
	w.t.Helper()
	pattern := w.h.pattern(w.t, "POST", action)
	fields := typedInto(form)
	if len(fields) == 0 {
		w.tried[pattern] = true
	}
	for _, field := range fields {
		if name, _ := field.Attr("name"); forms[pattern][name] == "" {
			w.t.Errorf("%s has a field %q that is not in the table of forms: say what goes into it", pattern, name)
		}
	}
}

// missed lists the actions that nothing was sent to: they have a field to type into, or no page has a form
// for them.
func (w *writer) missed() (list []string) {
	for _, r := range w.h.Shell().Routes() {
		if strings.HasPrefix(r.Pattern, "POST ") && !w.tried[r.Pattern] && !slices.Contains(chosen, r.Pattern) {
			list = append(list, r.Pattern)
		}
	}
	for action := range forms {
		if !slices.ContainsFunc(w.h.Shell().Routes(), func(r web.Route) bool { return r.Pattern == action }) {
			list = append(list, action+" (there is none)")
		}
	}
	return list
}
