package record_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"strings"
	"testing"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/lang"
	"footing/internal/lang/plain"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/record"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/web"
)

// house is a site with the record's pages, and Ann, who shared something.
type house struct {
	*fixture.Site
	room *record.Room
	ann  person.Viewer
	note *consent.Prepared
}

func newHouse(t *testing.T) *house {
	t.Helper()
	g := fixture.New(t)
	h := &house{room: record.New(record.Deps{DB: g.DB, Circle: g.Circle}), ann: g.Person("Ann", person.LivedExperience)}
	g.Person("Bob", person.Charity, person.Administrator)
	h.Site = g.Serve(h.room.Web())
	h.note = h.share()
	return h
}

// share keeps a note of Ann's and lets the women read it.
func (h *house) share() *consent.Prepared {
	h.T.Helper()
	note, err := h.Gate.Prepare(h.T.Context(), h.P, consent.Incoming{Kind: consent.Note, Keeper: h.ann.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: h.ann.ID}}, Turns: []consent.NewTurn{{Text: "More plants, please."}}})
	h.Must(err)
	h.Write(note.Save)
	h.Write(func(ctx context.Context, tx *store.Tx) error {
		return h.Gate.SetTerms(ctx, tx, h.ann, note.ID, note.Speakers[0], consent.Terms{Owner: h.ann.ID, Yes: []consent.Yes{{
			Audience: consent.Audience{Kind: consent.ToLived}, Use: consent.Use{Purpose: consent.Heard, Form: consent.Words}, Until: h.Now().AddDate(0, 6, 0)}}})
	})
	return note
}

func (h *house) takeBack(erase bool) {
	h.T.Helper()
	h.Must(h.Gate.TakeBack(h.T.Context(), h.ann, consent.Part{Contribution: h.note.ID, Speaker: h.note.Speakers[0]}, erase))
}

// entries counts what is in the log.
func (h *house) entries() (n int64) {
	h.T.Helper()
	h.Read(func(ctx context.Context, tx *store.Tx) error {
		line, err := ledger.Head(ctx, tx, h.P)
		n = line.Size
		return err
	})
	return n
}

// spoil changes the log behind the program's back.
func (h *house) spoil(query string) {
	h.T.Helper()
	_, err := h.DB.Raw().ExecContext(h.T.Context(), query, h.P)
	h.Must(err)
}

const week = 7 * 24 * time.Hour

func TestRecord_SaysWhatWasDone(t *testing.T) {
	h := newHouse(t)
	before := h.entries()
	page := h.As(h.ann).Get("/record").Is(200, h.Ground)
	for _, want := range []string{"Ann was given a part: Woman from the group.", "Bob was given a part: Charity worker.", "Bob was given a part: Looks after this site.",
		"If you keep this line on paper, nobody can change what is written here without it showing."} {
		if !strings.Contains(page.Text(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page.Body, "plants") {
		t.Error("words are on the record")
	}
	if missing := h.Words.Missing(); len(missing) > 0 {
		t.Errorf("words are missing: %v", missing)
	}
	// R100: reading leaves no trace.
	h.As(h.ann).Get("/record/file")
	if after := h.entries(); after != before {
		t.Errorf("looking at the record added %d entries", after-before)
	}
}

// What somebody takes back is nobody else's business: until the week is over, no page and no file differs.
func TestRecord_PrivateThingsOnlyOnceTheWeekIsOver(t *testing.T) {
	h := newHouse(t)
	eve := h.Person("Eve", person.Researcher)
	before, file := h.As(eve).Get("/record"), h.As(eve).Get("/record/file")
	if !strings.Contains(before.Text(), "No full week yet.") {
		t.Errorf("a week that is running is counted: %s", before.Text())
	}
	h.takeBack(true)
	if after := h.As(eve).Get("/record"); after.Body != before.Body {
		t.Error("the page tells that something was taken back")
	}
	if after := h.As(eve).Get("/record/file"); after.Body != file.Body {
		t.Error("the file tells that something was taken back")
	}
	h.Pass(week)
	after := h.As(eve).Get("/record") // a new session: hers ended
	after.One("tbody tr").HasText("1 March 2027 1 1")
	if after.One("#keep").Text() == before.One("#keep").Text() {
		t.Error("the line does not stand for the week that is over")
	}
}

func TestCheck_AnOldLine(t *testing.T) {
	h := newHouse(t)
	h.Pass(week)
	line := h.As(h.ann).Get("/record").One("#keep").Text()
	h.Person("Eve", person.Researcher)
	h.takeBack(true)
	h.Pass(week)
	ann := h.As(h.ann)

	ann.Post("/record", "line", "  "+strings.ToUpper(line)).Is(200, h.Ground).One(".note[role=status]").HasText("Nothing was changed since that line was printed.")

	slip := ann.Post("/record", "line", "log 12: abcd").Is(422, h.Ground)
	slip.One(".check a[href='#line']").HasText("There may be a slip in that line. Please look at it once more.")
	slip.One("#line[value='log 12: abcd']")
	ann.Post("/record", "line", strings.Repeat("x", 201)).Is(422, h.Ground).One(".check")

	h.spoil(`UPDATE ledger_entry SET at = at + 1 WHERE partnership_id = $1 AND seq = 0`)
	ann.Post("/record", "line", line).Is(200, h.Ground).One(".note[role=status]").HasText("Something is not as it was. One thing was changed after it was written down. " +
		"This can be a fault, or somebody’s doing. Please keep your line and talk to people you trust here.")
}

func TestCheck_OneAtATime(t *testing.T) {
	h := newHouse(t)
	ann := h.As(h.ann)
	line := ann.Get("/record").One("#keep").Text()
	end := h.room.BeginChecking()
	busy := ann.Post("/record", "line", line).Is(422, h.Ground)
	busy.One(".check").HasText("One thing to check Somebody else is checking just now. Please try again in a moment.")
	busy.One("#line[value='" + line + "']")
	end()
	ann.Post("/record", "line", line).Is(200, h.Ground).One(".note[role=status]")
}

func TestRecord_IsForThoseWhoTakePart(t *testing.T) {
	h := newHouse(t)
	newcomer := h.As(h.Person("Nell"))
	for _, path := range []string{"/record", "/record/file"} {
		newcomer.Get(path).Is(404, h.Ground)
		if page := h.Visitor().Get(path); page.Path == path && page.Status == 200 {
			t.Errorf("%s is open to everybody", path)
		}
	}
	newcomer.Post("/record", "line", "x").Is(404, h.Ground)
}

func TestFile_ChecksOfflineAgainstTheLine(t *testing.T) {
	h := newHouse(t)
	h.Pass(week)
	h.takeBack(false) // this week: neither in the line nor in the file
	ann := h.As(h.ann)
	line, err := ledger.ParseCheckpoint(ann.Get("/record").One("#keep").Text())
	h.Must(err)
	file := ann.Get("/record/file")
	report, err := ledger.VerifyOffline(strings.NewReader(file.Body), []ledger.Checkpoint{line})
	if err != nil || !record.Holds(report) || report.Checkpoint != line {
		t.Errorf("the file does not stand for the line on the page: %+v, %v", report, err)
	}
	spoilt := strings.Replace(file.Body, `Given\":true`, `Given\":false`, 1)
	if spoilt == file.Body {
		t.Fatal("there is nothing to spoil in the file: this test sees nothing")
	}
	if report, err := ledger.VerifyOffline(strings.NewReader(spoilt), []ledger.Checkpoint{line}); err == nil && record.Holds(report) {
		t.Error("a spoilt file holds")
	}
	if kind := file.Header.Get("Content-Disposition"); kind != "attachment; filename=record.jsonl" {
		t.Errorf("the file is handed out as %q", kind)
	}
}

// A long record still fits the budget of a member's page.
func TestRecord_FitsItsBudget(t *testing.T) {
	h := newHouse(t)
	h.Write(func(ctx context.Context, tx *store.Tx) error {
		for day := range 120 {
			for _, kind := range []ledger.Kind{ledger.Agreement, ledger.Release, ledger.Restore, ledger.Key, ledger.Decision, ledger.Terms} {
				facts := map[string]any{"version": day + 1}
				if err := ledger.Append(ctx, tx, h.P, ledger.Entry{At: h.Now().AddDate(0, 0, day), Kind: kind, Facts: facts}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	h.Pass(120 * 24 * time.Hour)
	page := h.As(h.ann).Get("/record").Is(200, h.Ground)
	for _, want := range []string{"It is version 120.", "Something was given out as a file.", "The site was put back", "The keys that lock", "Something was decided."} {
		if !strings.Contains(page.Text(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(page.Body))
	h.Must(w.Close())
	if packed.Len() > web.Member.Bytes {
		t.Errorf("the page has %d bytes compressed, at most %d", packed.Len(), web.Member.Bytes)
	}
	t.Logf("%d bytes compressed", packed.Len())
}

func TestWords_ArePlainAndComplete(t *testing.T) {
	room := record.New(record.Deps{}).Web()
	findings, err := plain.CheckCatalogue(room.Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	c, err := lang.Load(room.Words, circle.NewRoom(circle.Deps{}).Web().Words)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range ledger.Kinds() {
		if !kind.Private() && kind != ledger.Standing && !c.In("en").Has("record.act_"+string(kind)) {
			t.Errorf("nothing is said for an entry of kind %s", kind)
		}
	}
	faults := []ledger.Fault{ledger.RowChanged, ledger.RowMissing, ledger.RowExtra, ledger.FactsChanged, ledger.FactsMissing, ledger.FactsKept,
		ledger.TreeChanged, ledger.CounterChanged, ledger.Lost, ledger.LossLogged, ledger.Forged}
	for _, f := range faults {
		for _, count := range []int64{1, 7} {
			lines := record.Report(c.In("en"), ledger.Report{Findings: []ledger.Finding{{Fault: f, Count: count}}}, 1)
			if holds := f == ledger.LossLogged; holds != (len(lines) == 2) {
				t.Errorf("%s is reported as %q", f, lines)
			}
		}
	}
	if missing := c.Missing(); len(missing) > 0 {
		t.Errorf("words are missing: %v", missing)
	}
}

// A record that was written anew as a whole fits together: only the line shows it, and how much there is
// now is not told.
func TestCheck_ALineOfAnotherRecord(t *testing.T) {
	h := newHouse(t)
	kept := h.head()
	for _, table := range []string{"ledger_facts", "ledger_hash", "ledger_entry", "ledger_head"} {
		h.spoil(`DELETE FROM ` + table + ` WHERE partnership_id = $1`)
	}
	short := h.As(h.ann).Post("/record", "line", kept).Is(200, h.Ground).One(".note[role=status]").Text()
	for _, name := range []string{"Fay", "Gus", "Hal", "Ida", "Jay"} {
		h.Person(name, person.Researcher)
	}
	forged := h.As(h.ann).Post("/record", "line", kept).Is(200, h.Ground).One(".note[role=status]").Text()
	if !strings.Contains(short, "The record is shorter than the line says") || !strings.Contains(forged, "The record does not lead back to the line") {
		t.Errorf("shorter: %q; another: %q", short, forged)
	}
}
