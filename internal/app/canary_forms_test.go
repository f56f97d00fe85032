package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/testing/canary"
	"footing/internal/testing/htmlcheck"
)

// atTheDoor writes through what stands before and around signing in. Whoever joins here changes her words
// a few times, and a way in with what was typed before proves that it arrived.
func (w *writer) atTheDoor(p *place) {
	w.t.Helper()
	jo, out := w.h.visit(w.t, "Jo", person.Administrator), w.h.visit(w.t, "")
	w.refused(out, "/join", "/join")
	w.refused(out, "/", "/in")
	invited := w.fill(jo, "/people/invite", "/people/invite", "standing", "charity")
	her := &visitor{name: "whoever joins", standings: person.Set{person.Charity}, h: w.h}
	w.send(her, w.fill(her, "/join", "/join", "code", shownOnce(w.t, invited)), "/join", "/join/now")
	name, passphrase := w.wentTo("POST /join/now", "name"), w.wentTo("POST /join/now", "passphrase")

	codes := printedCodes.FindAllStringSubmatch(w.fill(her, "/me/codes", "/me/codes").body, -1)
	w.fill(her, "/me/passphrase", "/me/passphrase", "old", passphrase) // which she cannot unless that was kept
	w.refused(out, "/recover", "/recover", "name", name)
	w.fill(out, "/recover", "/recover", "name", name, "code", codes[0][1])
	passphrase = w.wentTo("POST /recover", "passphrase")

	her = &visitor{name: her.name, standings: her.standings, h: w.h}
	w.fill(her, "/", "/in", "name", name, "passphrase", passphrase)
	made := w.fill(her, "/factor", "/factor/new")
	w.refusedOn(her, made, "/factor", "/factor")
	secret := strings.ReplaceAll(shownOnce(w.t, made), " ", "")
	code, err := totp.GenerateCode(secret, w.h.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	w.send(her, made, "/factor", "/factor", "code", code)
	w.out(her)
	w.fill(her, "/", "/in", "name", name, "passphrase", passphrase)
	w.refused(her, "/factor", "/factor/lost")
	w.fill(her, "/factor", "/factor/lost", "code", codes[1][1])
	w.fill(her, "/factor", "/factor/new")
	p.later += 10 * time.Minute // after which a passphrase does not count as just given
	w.refused(her, "/me/copy/file", "/again")
	w.fill(her, "/me/copy/file", "/again", "again", passphrase)
	lock := w.canary("POST /me/copy/file", "words")
	w.fill(her, "/me/copy/file", "/me/copy/file", "words", lock, "again", lock)
	w.fill(her, "/me", "/me")
}

// out signs somebody out.
func (w *writer) out(v *visitor) {
	w.t.Helper()
	v.ask(w.t, "POST", "/out", url.Values{})
	v.cookies = nil
}

// refusedOn is refused on a page that is open already.
func (w *writer) refusedOn(v *visitor, page answer, at, to string, given ...string) {
	w.t.Helper()
	w.refusal = true
	defer func() { w.refusal = false }()
	w.send(v, page, at, to, given...)
}

// asAMember writes through everything that a woman of the group has.
func (w *writer) asAMember() {
	w.t.Helper()
	bren := w.h.visit(w.t, "Bren", person.LivedExperience)
	w.fill(bren, "/me/tokens", "/me/tokens")
	w.fill(bren, "/me/picture", "/me/picture", "picture", valueOf(w.t, bren.ask(w.t, "GET", "/me/picture", nil), "picture"), "pin", "2915")
	w.keeps(bren, "POST /agreement/new/keep", "/agreement/new/keep")
	w.fill(bren, "/agreement/new", "/agreement/new", "stop", "1")
	for _, thing := range []string{"closed", "limits"} {
		w.fill(bren, "/agreement/new/rule/"+thing, "/agreement/new/rule/"+thing)
	}
	w.fill(bren, "/agreement/stops", "/agreement/stops")
	w.fill(bren, "/between/new", "/between/new", "whom", w.h.idOf(w.t, "Jo Tarrant"), "again", "3")
	between := w.link(bren, "/between", betweenAt)
	w.fill(bren, between, between, "again", "6")
	w.fill(bren, "/buddy/new", "/buddy/new", "whom", w.h.idOf(w.t, "Jo Tarrant"))

	draft := "/draft/" + bren.draft(w.t)
	w.keeps(bren, "POST /draft/{draft}/keep", draft+"/keep")
	w.fill(bren, draft, draft, "kind", "idea")
	w.fileWhereNoneBelongs(bren, draft)
	spoken := w.canary("POST /draft/{draft}", "sound")
	said := "OggS" + strings.Repeat(canary.Text(spoken), 12000)
	bren.leave(w.t, draft, w.canary("POST /draft/{draft}", "sound")+".ogg", said, "kind", "idea", "text", w.canary("POST /draft/{draft}", "text"))
	for _, step := range []string{"/who", "/not", "/sound", "/use", "/how", "/name", "/out", "/front"} {
		w.fill(bren, draft+step, draft+step)
	}
	w.fill(bren, draft+"/until", draft+"/until", "until", "3")
	shared := w.fill(bren, draft+"/check", draft+"/share")
	w.fill(bren, shared.location+"/change", shared.location+"/change")
	w.fill(bren, shared.location+"/words", shared.location+"/words")
	w.fill(bren, "/first", "/first", "text", w.canary("POST /first", "text")) // once, since it must be short
	if got := bren.ask(w.t, "GET", shared.location, nil); !strings.Contains(got.body, w.wentTo("POST /share/{contribution}/words", "text")) {
		w.t.Error("she cannot read her own words: the search shows nothing")
	}
	w.typedUp(bren, said)
	if got := bren.ask(w.t, "GET", "/draft/"+w.again(bren, said)+"/play", nil); got.body != said {
		w.t.Errorf("she hears %d bytes of what she left spoken, of %d", len(got.body), len(said))
	}
	w.kept = strings.Replace(shared.location, "/share/", "/checks/", 1)
	w.tried["POST /aloud"] = true
	if a := bren.leave(w.t, "/aloud", "a.ogg", "OggS"+strings.Repeat(canary.Text(w.canary("POST /aloud", "sound")), 12000), "page", "/support"); a.location != "/aloud" {
		w.t.Errorf("reading a page aloud answers %d", a.status)
	}
	w.leaving(bren)
}

// typedUp shares a voice for Jo to type up, who does, and says yes to that.
func (w *writer) typedUp(v *visitor, said string) {
	w.t.Helper()
	jo := w.h.visit(w.t, "Jo", person.Administrator)
	draft := "/draft/" + w.again(v, said)
	w.fill(v, draft+"/sound", draft+"/sound", "typist", "person:"+w.h.idOf(w.t, "Jo Tarrant"))
	w.fill(v, draft+"/until", draft+"/until", "until", "1") // so soon that its page asks whether it goes on
	shared := w.fill(v, draft+"/check", draft+"/share").location
	typing := strings.Replace(shared, "/share/", "/typing/", 1)
	w.fill(jo, typing, typing, "send", "1")
	w.fill(v, shared+"/typed", shared+"/typed")
	w.fill(jo, typing, typing) // and leaves this one there
}

// again begins a draft with that voice in it, and leaves it there.
func (w *writer) again(v *visitor, said string) string {
	w.t.Helper()
	draft := v.draft(w.t)
	v.leave(w.t, "/draft/"+draft, "a.ogg", said, "kind", "idea", "text", "")
	return draft
}

// fileWhereNoneBelongs sends a large file with a form that takes none: it must not end on the disk.
func (w *writer) fileWhereNoneBelongs(v *visitor, draft string) {
	w.t.Helper()
	word := w.canary("POST /draft/{draft}", "text")
	v.upload(w.t, draft, word+".txt", strings.Repeat(canary.Text(word), 12000), "text", word, "kind", "idea")
}

// atTheTable taps a picture on a tablet that is handed round.
func (w *writer) atTheTable() {
	w.t.Helper()
	tablet := w.h.visit(w.t, "Jo")
	w.fill(tablet, "/table/new", "/table/new", "hours", "1")
	tap := w.link(tablet, "/table", tapAt)
	w.refused(tablet, tap, tap, "pin", "4444")
	w.fill(tablet, tap, tap, "pin", "2915")
	w.fill(tablet, "/table", "/table/close")
}

// keeps sends what the page's script sends while somebody types.
func (w *writer) keeps(v *visitor, action, to string, more ...string) {
	w.t.Helper()
	values := url.Values{}
	for field := range forms[action] {
		values.Set(field, w.canary(action, field))
	}
	for i := 0; i+1 < len(more); i += 2 {
		values.Set(more[i], more[i+1])
	}
	w.tried[action] = true
	if got := v.ask(w.t, "POST", to, values); got.status != http.StatusOK {
		w.t.Errorf("%s answers %d", to, got.status)
	}
}

// leaving sends what was typed along when somebody leaves, as the script does.
func (w *writer) leaving(v *visitor) {
	w.t.Helper()
	word := w.canary("POST /draft/{draft}/keep", "text")
	draft := "/draft/" + v.draft(w.t)
	v.ask(w.t, "POST", "/away", url.Values{"keep": {draft + "/keep"}, "text": {word}})
	again := w.h.visit(w.t, v.name)
	if got := again.ask(w.t, "GET", draft, nil); !strings.Contains(got.body, word) {
		w.t.Error("what was typed when she left is not in her draft")
	}
}

// onPaper enters what somebody said who joins without signing in.
func (w *writer) onPaper() {
	w.t.Helper()
	jo := w.h.visit(w.t, "Jo")
	sheet := w.fill(jo, "/paper/for/join", "/paper/for/join").location
	code := sheet[strings.LastIndex(sheet, "/")+1:]
	asked := w.fill(jo, "/paper/enter", "/paper/enter", "code", code)
	read := w.send(jo, asked, "/paper/enter", "/paper/enter/read", "hand.way", "spoken", "hand.beside", valueOf(w.t, asked, "hand.beside"))
	w.send(jo, read, "/paper/enter/read", "/paper/enter/done")
}

// asKeeper writes through what whoever looks after the site has.
func (w *writer) asKeeper() {
	w.t.Helper()
	jo, ruth := w.h.visit(w.t, "Jo", person.Administrator), w.h.visit(w.t, "Ruth", person.Researcher)
	w.fill(jo, "/settings", "/settings")
	w.fill(jo, "/settings", "/practices")
	practice := w.link(jo, "/settings", practiceAt)
	w.fill(jo, practice, practice)
	days := []string{"begins-day", "1", "begins-month", "3", "begins-year", "2026", "ends-day", "1", "ends-month", "3", "ends-year", "2036", "retention", "10"}
	approved := []string{"approved-day", "1", "approved-month", "2", "approved-year", "2026", "no_approval", ""}
	made := w.fill(ruth, "/studies/new", "/studies/new", days...) // one that needs no approval
	w.fill(ruth, made.location+"/edit", made.location+"/edit", append(days, approved...)...)
	w.fill(ruth, made.location+"/edit", made.location+"/sheets")
	w.fill(ruth, made.location+"/edit", made.location+"/amendments", "amended-day", "1", "amended-month", "4", "amended-year", "2026")
}

// asAnalyst writes through the desk, from a transcript to a point.
func (w *writer) asAnalyst() {
	w.t.Helper()
	r := w.h.pointOf(w.t, "Bren")
	ruth := w.h.visit(w.t, "Ruth", person.Researcher, person.Analyst)
	source := w.transcript(ruth)
	w.fill(ruth, source+"/facts", source+"/facts", "minutes", "20")
	turn := strings.Replace(w.link(ruth, source+"/mark", markAt), "/mark/", "/mend/", 1)
	w.fill(ruth, turn, turn)
	// Nothing lost its place here, so there is no form; what is typed is looked at and thrown away.
	placing := "POST /source/{source}/mend/{turn}/place"
	ruth.ask(w.t, "POST", turn+"/place", url.Values{"id": {absent}, "words": {w.canary(placing, "words")}})
	w.tried[placing] = true

	w.fill(ruth, "/frame/"+r.study+"/new", "/frame/"+r.study+"/new")
	theme := strings.Replace(w.link(ruth, "/frame/"+r.study, themeAt), "/theme/", "/frame/", 1)
	w.fill(ruth, theme, theme)
	w.fill(ruth, theme, theme+"/retire")
	w.fill(ruth, "/export/"+r.study, "/export/"+r.study, "what", "codings.xlsx")
	w.fill(ruth, "/matrix/"+r.study+"/export", "/matrix/"+r.study+"/export", "what", "charts.xlsx")
	w.h.isKeptForChecking(w.t, "Bren", consent.ID(strings.TrimPrefix(w.kept, "/checks/")), "Ruth")
	w.fill(ruth, w.kept, w.kept)
	w.fill(ruth, "/find/"+r.study, "/find/"+r.study)
	w.refused(ruth, "/record", "/record")

	cell := w.cellWithPassages(ruth, r.study)
	w.keeps(ruth, "POST /matrix/{study}/cell/{case}/{theme}/keep", cell+"/keep")
	page := ruth.send(w.t, "GET", cell, nil, asABrowser)
	passage := valueOf(w.t, page, "coding")
	point := w.send(ruth, page, cell, cell, "coding", passage)
	edit := w.link(ruth, point.location, pointAt)
	version := valueOf(w.t, ruth.send(w.t, "GET", edit, nil, asABrowser), "version")
	w.keeps(ruth, "POST /matrix/{study}/point/{point}/keep", edit+"/keep", "coding", passage, "version", version)
	w.fill(ruth, edit, edit, "coding", passage)
	w.keeps(ruth, "POST /matrix/{study}/cell/{case}/{theme}/keep", cell+"/keep") // and leaves it there
}

var (
	betweenAt  = regexp.MustCompile(`/between/[a-z2-7]{26}`)
	markAt     = regexp.MustCompile(`/source/[a-z2-7]{26}/mark/[a-z2-7]{26}`)
	themeAt    = regexp.MustCompile(`/theme/[a-z2-7]{26}/[a-z2-7]{26}`)
	pointAt    = regexp.MustCompile(`/matrix/[a-z2-7]{26}/point/[a-z2-7]{26}`)
	practiceAt = regexp.MustCompile(`/practices/[a-z2-7]{26}`)
	tapAt      = regexp.MustCompile(`/table/tap/[a-z]+`)
	caseAt     = regexp.MustCompile(`/matrix/[a-z2-7]{26}/case/[a-z2-7]{26}`)
	cellAt     = regexp.MustCompile(`/matrix/[a-z2-7]{26}/cell/[a-z2-7]{26}/[a-z2-7]{26}`)
)

// link returns the first link on a page that looks like that.
func (w *writer) link(v *visitor, page string, like *regexp.Regexp) string {
	w.t.Helper()
	found := like.FindString(v.ask(w.t, "GET", page, nil).body)
	if found == "" {
		w.t.Fatalf("%s has no link like %s", page, like)
	}
	return found
}

// transcript brings one in, and another as a command does, and returns where the first lies.
func (w *writer) transcript(ruth *visitor) string {
	w.t.Helper()
	text := func(action string) string {
		return "Ann: We said " + w.canary(action, "file") + " at the table.\n\nRuth: Thank you.\n\nAnn: Indeed.\n\nRuth: Yes.\n"
	}
	w.tried["POST /source/upload"], w.tried["POST /source/add"] = true, true
	sent := ruth.upload(w.t, "/source/upload", w.canary("POST /source/upload", "file")+".txt", text("POST /source/upload"))
	kept := w.fill(ruth, sent.location, sent.location+"/confirm", "kind", "interview", "voice.0.0", "outside", "voice.0.1", "interviewer")
	added := ruth.upload(w.t, "/source/add", w.canary("POST /source/add", "file")+".txt", text("POST /source/add"), "kind", "interview")
	if added.status != http.StatusOK && added.status != http.StatusSeeOther {
		w.t.Errorf("adding at once answers %d: %s", added.status, added.body)
	}
	return kept.location
}

// cellWithPassages returns a cell of the matrix in which a point can be written.
func (w *writer) cellWithPassages(ruth *visitor, study string) string {
	w.t.Helper()
	row := w.link(ruth, "/matrix/"+study, caseAt)
	for _, cell := range cellAt.FindAllString(ruth.ask(w.t, "GET", row, nil).body, -1) {
		if strings.Contains(ruth.ask(w.t, "GET", cell, nil).body, `name="coding"`) {
			return cell
		}
	}
	w.t.Fatal("no cell has a passage")
	return ""
}

// valueOf returns the value of the first input of that name on a page.
func valueOf(t *testing.T, a answer, name string) string {
	t.Helper()
	for _, field := range htmlcheck.Parse(t, strings.NewReader(a.body)).All("input[name='" + name + "']") {
		if value, _ := field.Attr("value"); value != "" {
			return value
		}
	}
	t.Fatalf("the page has nothing called %s", name)
	return ""
}

// everyPage looks through all that anybody can come to for forms that the table does not know.
func (w *writer) everyPage() {
	w.t.Helper()
	for _, v := range w.h.everybody(w.t) {
		var starts []string
		if v.name != "" {
			starts = append(starts, "/draft/"+v.draft(w.t))
		}
		for _, s := range v.walk(w.t, 1, starts...) {
			w.formOn(s.body, s.path, "")
			w.addresses(s.path)
		}
	}
}
