package source_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"footing/internal/account"
	"footing/internal/consent"
	"footing/internal/interview"
	"footing/internal/person"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/testing/fixture"
)

// A desk is a site with this room on it, a study with a sheet, and the people of these tests.
type desk struct {
	*fixture.Site
	room     *source.Room
	sources  *source.Sources
	study    string
	ruth     person.Viewer // researcher, keeps the recordings
	asha     person.Viewer // charity worker, keeps recordings of her own
	lena     person.Viewer // one of the women, named as an analyst
	bren     person.Viewer // one of the women
	senders  map[person.ID]*http.Client
	browsers map[person.ID]*fixture.Browser
	met      source.Meetings // nil where an observation is of no meeting
}

func newDesk(t *testing.T) *desk { return newDeskOn(t, ground(t), nil) }

// ground is one on which it is kept what was told before interviews.
func ground(t *testing.T) *fixture.Ground {
	t.Helper()
	return fixture.New(t, interview.Migrations)
}

// newDeskOn is newDesk on a ground, and with meetings.
func newDeskOn(t *testing.T, g *fixture.Ground, met source.Meetings) *desk {
	t.Helper()
	d := &desk{met: met, senders: map[person.ID]*http.Client{}, browsers: map[person.ID]*fixture.Browser{}}
	d.ruth, d.asha = g.Person("Ruth", person.Researcher), g.Person("Asha", person.Charity)
	d.lena, d.bren = g.Person("Lena", person.LivedExperience), g.Person("Bren", person.LivedExperience)
	d.study = g.Study("What helps people come back to the desk?", d.ruth, d.lena)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		return g.Studies.AddSheet(ctx, tx, g.P, d.study, study.Sheet{Version: "2", Since: g.Now(), Body: "About the study.", TakingBack: "On any day."})
	})
	d.serve(g)
	return d
}

// serve opens the room on a ground.
func (d *desk) serve(g *fixture.Ground) {
	d.sources = source.NewSources(g.Gate, fixture.Told(), g.Now)
	d.room = source.New(source.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Studies: g.Studies, Sources: d.sources, Meetings: d.met, Now: g.Now})
	d.Site = g.Serve(d.room.Web())
}

// replica is the same desk served by another process on the same stores.
func (d *desk) replica() *desk {
	d.T.Helper()
	r := *d
	r.browsers = map[person.ID]*fixture.Browser{}
	r.serve(d.Ground.Replica())
	return &r
}

// at returns somebody's browser, with the second factor given.
func (d *desk) at(v person.Viewer) *fixture.Browser {
	d.T.Helper()
	if d.browsers[v.ID] == nil {
		d.browsers[v.ID] = d.AtDesk(v)
	}
	return d.browsers[v.ID]
}

// sender returns a client that sends files as somebody and does not follow on.
func (d *desk) sender(v person.Viewer) *http.Client {
	d.T.Helper()
	if c := d.senders[v.ID]; c != nil {
		return c
	}
	d.at(v)
	d.Pass(time.Minute) // a code works once
	var opened account.Opened
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		var err error
		opened, err = d.Accounts.NewSession(ctx, tx, d.P, v.ID, account.Computer, false)
		return err
	})
	opened, err := d.Accounts.GiveFactor(d.T.Context(), d.P, opened.Session, d.FactorCode(v), netip.MustParseAddr("127.0.0.1"))
	d.Must(err)
	c := &http.Client{Transport: withCookie(opened.Token), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	d.senders[v.ID] = c
	return c
}

type withCookie string

func (token withCookie) RoundTrip(r *http.Request) (*http.Response, error) {
	r.AddCookie(&http.Cookie{Name: "s", Value: string(token)})
	return http.DefaultTransport.RoundTrip(r)
}

// A part is one part of a posted form: a file when it has a name.
type part struct{ field, file, text string }

// send posts a form with files and returns the status, where it leads, and the body. accept is empty for
// a browser.
func (d *desk) send(v person.Viewer, path, accept string, parts ...part) (int, string, string) {
	d.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, p := range parts {
		var w io.Writer
		var err error
		if p.file != "" {
			w, err = form.CreateFormFile("file", p.file)
		} else {
			w, err = form.CreateFormField(p.field)
		}
		d.Must(err)
		_, err = io.WriteString(w, p.text)
		d.Must(err)
	}
	d.Must(form.Close())
	request, err := http.NewRequestWithContext(d.T.Context(), http.MethodPost, d.URL+path, &body)
	d.Must(err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	answer, err := d.sender(v).Do(request)
	d.Must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	d.Must(err)
	return answer.StatusCode, answer.Header.Get("Location"), string(text)
}

// talk is an interview as a recorder writes it.
const talk = "Interviewer: How was the walk to the library?\n\nBren: It was windy. Lena came along and we laughed.\n\nInterviewer: What would you change?\n\nBren: A bench half-way would be good. 🙂\n"

// upload brings files in as somebody and returns the path of the page that shows them.
func (d *desk) upload(v person.Viewer, files ...part) string {
	d.T.Helper()
	status, next, body := d.send(v, "/source/upload", "", files...)
	if status != http.StatusSeeOther || !strings.HasPrefix(next, "/import/") {
		d.T.Fatalf("uploading answered %d and leads to %q: %s", status, next, body)
	}
	return next
}

// keep brings the talk in, with Bren as herself or as somebody outside, who was told before it began what people here
// cannot keep private, and returns the source.
func (d *desk) keep(v person.Viewer, bren string) consent.ID {
	d.T.Helper()
	at := d.upload(v, part{file: "walk.txt", text: talk})
	page := d.at(v).Post(at+"/confirm", "kind", "interview", "study", d.study, "voice.0.0", "interviewer:"+string(v.ID), "voice.0.1", bren,
		"title.0", "A walk", "note.0", "About getting there").Is(http.StatusOK, d.Ground)
	id := consent.ID(strings.TrimPrefix(page.Path, "/source/"))
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return fixture.TellBefore(ctx, tx, d.P, id, d.parts(id)[1].Speaker)
	})
	return id
}

// count returns how many of our rows there are in a table.
func (d *desk) count(table string, where ...string) int {
	d.T.Helper()
	return d.Sum("1", table, where...)
}

// left returns how many files wait to be kept.
func (d *desk) left() int {
	d.T.Helper()
	return d.count("consent_blob", "gone = 0")
}

// noneLeft checks that no file waits, and that the sweeper leaves nothing of those that did.
func (d *desk) noneLeft() {
	d.T.Helper()
	if n := d.left(); n > 0 {
		d.T.Errorf("%d files wait", n)
	}
	d.Must(d.Gate.SweepBlobs(d.T.Context(), d.P))
	if n := d.count("consent_blob") + d.count("consent_chunk"); n > 0 {
		d.T.Errorf("%d rows of files are left", n)
	}
}

func TestUpload_ShowsWhatWasFoundAndKeepsNothing(t *testing.T) {
	d := newDesk(t)
	at := d.upload(d.ruth, part{file: "walk.txt", text: talk}, part{file: "junk.pdf", text: "%PDF-1.7 nothing"})
	page := d.at(d.ruth).Get(at).Is(http.StatusOK, d.Ground)
	for _, want := range []string{"walk.txt", "4 turns, 2 speakers", "Bren (2 turns)", "Interviewer (2 turns)", "It was windy.", "junk.pdf", "cannot read yet"} {
		page.HasText(want)
	}
	if n := d.count("consent_contribution") + d.count("source_source"); n != 0 {
		t.Errorf("%d rows are there before anything was confirmed", n)
	}
	if n := d.left(); n != 1 {
		t.Errorf("%d files wait, want the readable one alone", n)
	}
	d.at(d.ruth).Post(at+"/cancel").Is(http.StatusOK, d.Ground)
	d.noneLeft()
	d.at(d.ruth).Get(at).Is(http.StatusNotFound, d.Ground)
}

func TestConfirm_EachSpeakerOwnsHerTurns(t *testing.T) {
	d := newDesk(t)
	id := d.keep(d.ruth, "member:"+string(d.bren.ID))
	d.noneLeft()
	c, err := d.Gate.OpenOwn(t.Context(), d.bren, id)
	d.Must(err)
	var hers []string
	for _, turn := range c.Turns {
		if turn.Open {
			hers = append(hers, turn.Words.Reveal())
		}
	}
	if want := []string{"It was windy. Lena came along and we laughed.", "A bench half-way would be good. 🙂"}; strings.Join(hers, "|") != strings.Join(want, "|") {
		t.Errorf("her turns are %q, want %q", hers, want)
	}
	if c.Title.Reveal() != "A walk" || c.Note.Reveal() != "About getting there" {
		t.Errorf("the title is %q and the note %q", c.Title.Reveal(), c.Note.Reveal())
	}
	d.at(d.ruth).Get("/source/"+string(id)).Is(http.StatusOK, d.Ground).HasText("Kept, not analysed")
	if _, err := d.Gate.OpenOne(t.Context(), d.lena, consent.Use{Purpose: consent.Analysis, For: d.study, Form: consent.Number}, consent.Reading, id); err == nil {
		t.Error("without terms an analyst can open the source")
	}
}

func TestConfirm_PressedTwiceKeepsOnce(t *testing.T) {
	d := newDesk(t)
	at := d.upload(d.ruth, part{file: "a.txt", text: talk}, part{file: "b.txt", text: talk})
	form := []string{"kind", "interview", "study", d.study}
	for range 2 {
		d.at(d.ruth).Post(at+"/confirm", form...).Is(http.StatusOK, d.Ground)
	}
	if n := d.count("source_source"); n != 2 {
		t.Errorf("two files confirmed twice made %d sources", n)
	}
}

func TestConfirm_AtTheSameMomentKeepsOnce(t *testing.T) {
	d := newDesk(t)
	at := d.upload(d.ruth, part{file: "a.txt", text: talk})
	d.sender(d.ruth)
	done := make(chan bool)
	for range 3 {
		go func() {
			defer func() { done <- true }()
			d.send(d.ruth, at+"/confirm", "application/json", part{field: "kind", text: "note"}, part{field: "study", text: d.study})
		}()
	}
	for range 3 {
		<-done
	}
	if n := d.count("source_source"); n != 1 {
		t.Errorf("one file confirmed three times at once made %d sources", n)
	}
}

// An upload is taken in by one process, shown by a second and kept by both at once. So it is when the first
// was started again in between.
func TestConfirm_AtAnotherReplica(t *testing.T) {
	d := newDesk(t)
	at := d.upload(d.ruth, part{file: "walk.txt", text: talk}, part{file: "other.txt", text: strings.Repeat(talk+"\n", 500)}, part{file: "junk.pdf", text: "%PDF-1.7 nothing"})
	second, third := d.replica(), d.replica()
	page := second.at(d.ruth).Get(at).Is(http.StatusOK, d.Ground)
	for _, want := range []string{"walk.txt", "4 turns, 2 speakers", "Bren (2 turns)", "It was windy.", "2,000 turns", "junk.pdf", "cannot read yet"} {
		page.HasText(want)
	}
	second.at(d.asha).Get(at).Is(http.StatusNotFound, d.Ground)
	form := []part{{field: "kind", text: "interview"}, {field: "study", text: d.study}, {field: "voice.0.1", text: "member:" + string(d.bren.ID)}}
	bodies := make(chan string)
	for _, r := range []*desk{second, third} {
		go func() {
			status, _, body := r.send(d.ruth, at+"/confirm", "application/json", form...)
			if status != http.StatusOK {
				t.Errorf("answered %d: %s", status, body)
			}
			bodies <- body
		}()
	}
	var kept [2]source.Confirmed
	for i := range kept {
		d.Must(json.Unmarshal([]byte(<-bodies), &kept[i]))
	}
	for i := range 2 {
		if a, b := kept[0].Files[i].Source, kept[1].Files[i].Source; a == "" || a != b {
			t.Errorf("file %d is kept as %q and as %q", i, a, b)
		}
	}
	if sources, turns := d.count("source_source"), d.count("consent_turn"); sources != 2 || turns != 4+2000 {
		t.Errorf("%d sources with %d turns were kept", sources, turns)
	}
	d.at(d.ruth).Get(at).Is(http.StatusOK, d.Ground).HasText("walk.txt")
	d.noneLeft()
}

// Neither a cancelled upload nor one that is kept leaves a key of what was found in it, or of its bytes.
func TestImport_LeavesNoKeys(t *testing.T) {
	d := newDesk(t)
	before, err := d.Ring.Rows(t.Context())
	d.Must(err)
	d.at(d.ruth).Post(d.upload(d.ruth, part{file: "a.txt", text: talk}, part{file: "junk.pdf", text: "%PDF-1.7 nothing"})+"/cancel").Is(http.StatusOK, d.Ground)
	d.upload(d.ruth, part{file: "b.txt", text: talk})
	d.Pass(24 * time.Hour)
	d.Must(d.room.Expire(t.Context(), d.P))
	d.noneLeft()
	d.Must(d.Gate.DestroyDue(t.Context(), d.P))
	after, err := d.Ring.Rows(t.Context())
	if d.Must(err); after != before {
		t.Errorf("%d keys are left", after-before)
	}
}

func TestConfirm_WhatWasChosenStaysWhenSomethingIsMissing(t *testing.T) {
	d := newDesk(t)
	at := d.upload(d.ruth, part{file: "a.txt", text: talk})
	page := d.at(d.ruth).Post(at+"/confirm", "study", d.study, "voice.0.1", "member:"+string(d.bren.ID), "title.0", "Kept title").Is(http.StatusUnprocessableEntity, d.Ground)
	page.One("#check").HasText("Please choose what they are.")
	page.One(`option[value="member:` + string(d.bren.ID) + `"][selected]`).HasText("Bren")
	page.One("input[name=title\\.0], input[value='Kept title']")
	if n := d.count("source_source"); n != 0 {
		t.Errorf("%d sources were kept", n)
	}
	d.at(d.ruth).Post(at+"/confirm", "kind", "interview", "study", d.study, "voice.0.1", "member:nobody").
		Is(http.StatusUnprocessableEntity, d.Ground).HasText("somebody who is not in the circle")
	d.at(d.ruth).Post(at+"/confirm", "kind", "interview", "study", d.study, "leave.0", "1").Is(http.StatusOK, d.Ground).HasText("Nothing was kept")
	d.noneLeft()
}

func TestImport_IsNobodyElses(t *testing.T) {
	d := newDesk(t)
	at := d.upload(d.ruth, part{file: "a.txt", text: talk})
	for _, path := range []string{at, "/import/there-is-none"} {
		d.at(d.asha).Get(path).Is(http.StatusNotFound, d.Ground).HasText("not waiting here any more")
	}
	d.at(d.asha).Post(at+"/cancel").Is(http.StatusNotFound, d.Ground)
	d.at(d.ruth).Get(at).Is(http.StatusOK, d.Ground)
	d.As(d.bren).Get("/source/upload").Is(http.StatusNotFound, d.Ground)
}

func TestImport_GoesAfterADayAndBeyondFive(t *testing.T) {
	d := newDesk(t)
	first := d.upload(d.ruth, part{file: "a.txt", text: talk})
	for range 5 {
		d.Pass(time.Second)
		d.upload(d.ruth, part{file: "a.txt", text: talk})
	}
	if n := d.left(); n != 5 {
		t.Errorf("%d uploads of one person wait, want five at most", n)
	}
	d.at(d.ruth).Get(first).Is(http.StatusNotFound, d.Ground)
	d.Pass(24 * time.Hour)
	d.Must(d.room.Expire(t.Context(), d.P))
	d.noneLeft()
	if n := d.count("source_import") + d.count("source_import_file"); n != 0 {
		t.Errorf("%d rows of what was found are left", n)
	}
}

// bomb is a small Word file that would unpack to far more than may be read.
func bomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = io.CopyN(w, zeros{}, 150<<20)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestUpload_WordsOfAFileAreShownAsWords(t *testing.T) {
	d := newDesk(t)
	at := d.upload(d.ruth, part{file: `<b>x.txt`, text: "Ann: <script>alert(1)</script>\n\nBea: Yes.\n\nAnn: Fine.\n\nBea: Good."})
	page := d.at(d.ruth).Get(at).Is(http.StatusOK, d.Ground)
	page.None("main script")
	page.HasText("<script>alert(1)</script>")
}

func TestUpload_HostileFilesLeaveNothing(t *testing.T) {
	d := newDesk(t)
	bad := []part{
		{file: "empty.txt"}, {file: "bomb.docx", text: bomb(t)}, {file: "old.doc", text: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"},
		{file: "broken.docx", text: "PK\x03\x04 not a zip"}, {file: "../../etc/passwd", text: "\x00\x01\x02\x03\xff\xfe\x00"},
		{file: "blank.vtt", text: "WEBVTT\n\n"},
	}
	status, next, body := d.send(d.ruth, "/source/upload", "", bad...)
	if status != http.StatusUnprocessableEntity || next != "" {
		t.Errorf("answered %d and leads to %q", status, next)
	}
	if n := strings.Count(body, "Nothing was saved."); n != len(bad) {
		t.Errorf("%d problems are told of, want %d", n, len(bad))
	}
	status, _, body = d.send(d.ruth, "/source/add", "application/json", append(bad, part{field: "kind", text: "interview"})...)
	if status != http.StatusOK {
		t.Errorf("adding answered %d: %s", status, body)
	}
	var got source.Confirmed
	d.Must(json.Unmarshal([]byte(body), &got))
	for _, f := range got.Files {
		if f.Problem == "" || f.Source != "" {
			t.Errorf("a hostile file has problem %q and source %q", f.Problem, f.Source)
		}
	}
	if n := d.count("consent_contribution") + d.count("consent_turn") + d.count("source_source") + d.count("source_part"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
	d.noneLeft()
}

func TestUpload_BrokenOffLeavesNothing(t *testing.T) {
	d := newDesk(t)
	d.sender(d.ruth)
	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() {
		w, _ := form.CreateFormFile("file", "long.txt")
		io.WriteString(w, strings.Repeat(talk, 5000))
		writer.CloseWithError(io.ErrUnexpectedEOF)
	}()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL+"/source/upload", reader)
	d.Must(err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	if answer, err := d.sender(d.ruth).Do(request); err == nil {
		answer.Body.Close()
	}
	deadline := time.Now().Add(5 * time.Second)
	for (d.count("consent_blob") == 0 || d.left() > 0) && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	d.noneLeft()
	if n := d.count("source_source"); n != 0 {
		t.Errorf("%d sources were kept", n)
	}
}

func TestAdd_AnswersACommand(t *testing.T) {
	d := newDesk(t)
	status, _, body := d.send(d.ruth, "/source/add", "application/json", part{file: "walk.txt", text: talk}, part{file: "other.txt", text: "Words without a speaker.\n\nAnd more of them."},
		part{field: "kind", text: "interview"}, part{field: "own", text: "yes"}, part{field: "speaker.Interviewer", text: "interviewer"}, part{field: "speaker.Bren", text: "member:bren"})
	if status != http.StatusOK {
		t.Fatalf("answered %d: %s", status, body)
	}
	var got source.Confirmed
	d.Must(json.Unmarshal([]byte(body), &got))
	if len(got.Files) != 2 || got.Files[0].Turns != 4 || len(got.Files[0].Speakers) != 2 || got.Files[0].Source == "" || got.Files[1].Warnings == nil {
		t.Fatalf("the answer is %s", body)
	}
	if n := got.Files[0].Characters; n != 32+45+22+33 {
		t.Errorf("%d characters", n)
	}
	if !regexp.MustCompile(`"label":"","turns":2`).MatchString(body) {
		t.Errorf("turns without a speaker are not told of: %s", body)
	}
	var parts []source.Part
	d.Read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		parts, err = d.sources.Parts(ctx, tx, d.P, got.Files[0].Source)
		return err
	})
	if parts[0].Person != d.ruth.ID || parts[0].Role != consent.Interviewer || parts[1].Person != d.bren.ID || parts[1].Role != consent.Member {
		t.Errorf("the voices are %+v", parts)
	}
	d.at(d.ruth).Get("/source/" + string(got.Files[0].Source)).HasText("May be analysed until 1 March 2028")
	status, _, body = d.send(d.ruth, "/source/add", "application/json", part{file: "walk.txt", text: talk}, part{field: "kind", text: "diary"})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "choose what they are") || d.count("source_source") != 2 {
		t.Errorf("an unknown kind is answered with %d: %s", status, body)
	}
}
