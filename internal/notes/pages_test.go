package notes_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"footing/internal/byhand"
	"footing/internal/ledger"
	"footing/internal/notes"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
	"footing/internal/web"
	"footing/internal/web/look"
)

// past is a meeting that was. Kez said something to it in writing, so it is known that she took part.
type past struct{ g *group }

func (m past) All(_ context.Context, v person.Viewer) ([]notes.Meeting, error) {
	kez := m.g.Named("Kez").ID
	return []notes.Meeting{{ID: "spring", Day: "2027-03-01", Start: "10:30", Took: v.ID == kez,
		Said: []notes.Said{{By: kez, About: "The tea", Words: "It could be warmer."}}}}, nil
}

// group is one in which Jo hosts, Kez and Bea sign in, and Mo has no screen.
type group struct {
	*fixture.Site
	room         *notes.Room
	jo, kez, bea *fixture.Browser
}

func newGroup(t *testing.T) *group {
	t.Helper()
	g := fixture.New(t)
	b := &group{}
	b.room = notes.New(notes.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Meetings: past{b}, Now: g.Now})
	paper := byhand.New(byhand.Deps{DB: g.DB, Gate: g.Gate, Circle: g.Circle, Accounts: g.Accounts, Now: g.Now})
	g.News = []func(*web.Request) ([]look.Link, error){b.room.News}
	b.Site = g.Serve(b.room.Web(), paper.Web())
	g.Person("Jo", person.Charity, person.Facilitator)
	g.Person("Kez", person.LivedExperience)
	g.Person("Bea", person.LivedExperience)
	g.Write(func(ctx context.Context, tx *store.Tx) error {
		id, err := g.Circle.Add(ctx, tx, g.P, "Mo", "")
		if err != nil {
			return err
		}
		return g.Circle.Give(ctx, tx, g.P, id, person.LivedExperience, b.Named("Kez").ID, true)
	})
	b.later(0)
	return b
}

const (
	at      = "/notes/spring"
	tea     = "The tea was cold."
	letter  = "The letter goes to the whole surgery."
	private = "Somebody said where she lives."
)

// later lets days go by, after which everybody signs in anew.
func (b *group) later(days int) {
	b.Pass(time.Duration(days) * 24 * time.Hour)
	b.jo, b.kez, b.bea = b.As(b.Named("Jo")), b.As(b.Named("Kez")), b.As(b.Named("Bea"))
}

// line returns the page of the line with some words.
func (b *group) line(words string) string {
	b.T.Helper()
	_, lines, _, err := b.room.Of(b.T.Context(), b.Named("Jo"), "spring")
	b.Must(err)
	for _, l := range lines {
		if l.Text == words {
			return at + "/line/" + l.ID
		}
	}
	b.T.Fatalf("no line says %q", words)
	return ""
}

// opened has Bea write three lines, and Kez open them for putting right.
func (b *group) opened() {
	b.T.Helper()
	b.bea.Post(at+"/add", "words", tea+"\r\n\r\n"+letter+"\n"+private).HasText("Saved.")
	b.kez.Post(at+"/step", "to", "preparing").HasText("You are going through it.")
	b.kez.Post(at+"/step", "to", "open").HasText("Now it can be put right.")
}

func TestNotes_FourSteps(t *testing.T) {
	b := newGroup(t)
	page := b.jo.Get(at)
	page.HasText("Nothing is written yet")
	page.HasText("Kez The tea It could be warmer.") // sent in writing, it counts the same
	b.bea.Post(at+"/add", "words", " \n ").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Please write a few words.")
	b.bea.Post(at+"/add", "words", tea+"\n"+letter).HasText("Saved.")
	b.kez.Post(b.line(tea)+"/change", "words", "The tea was warm.", "from", "0").HasText("Saved.") // anybody changes it
	page = b.jo.Get(at)
	page.HasText("The tea was warm.")
	page.LacksText(tea)
	page.LacksText("Bea") // no line says who wrote it

	b.kez.Post(at+"/step", "to", "preparing").HasText("Done.")
	b.jo.Get(at).HasText("Kez is going through it now.")
	b.bea.Get(at+"/add").Is(http.StatusNotFound, b.Ground)
	late := b.bea.Post(at+"/add", "words", "And there were biscuits.").Is(http.StatusUnprocessableEntity, b.Ground)
	late.HasText("Kez is going through it now.")
	if !strings.Contains(late.Body, "And there were biscuits.") {
		t.Error("what she typed as the notes moved on is gone")
	}
	b.bea.Post(at+"/step", "to", "open").HasText("Somebody changed this just before you.") // it is not hers to open
	b.kez.Post(b.line(letter)+"/change", "words", "", "from", "0").HasText("Saved.")
	b.kez.Get(at).LacksText(letter)
	b.kez.Post(at+"/step", "to", "open").HasText("until 8 March 2027 at least")
	b.bea.Get("/").HasText("You can put the notes of")

	b.kez.Post(b.line("The tea was warm.")+"/change", "words", "It was not.", "from", "1").Is(http.StatusUnprocessableEntity, b.Ground)
	b.later(6)
	b.kez.Get(at).None("button[value='final']")
	b.kez.Post(at+"/step", "to", "final").HasText("Somebody changed this just before you.")
	b.later(1)
	b.bea.Get("/").LacksText("put the notes of")
	b.jo.Post(at+"/step", "to", "final").HasText("It was made final on 8 March 2027.")
	b.bea.Get(at).HasText("The tea was warm.")
	b.jo.Post(at+"/step", "to", "drafting").HasText("Somebody changed this just before you.")
	b.jo.Post(b.line("The tea was warm.")+"/change", "words", "It was not.", "from", "1").Is(http.StatusUnprocessableEntity, b.Ground)
	b.jo.Get(at).LacksText("It was not.")
	if got := b.Holding("notes_", "tea", "letter", "biscuits"); len(got) > 0 {
		t.Errorf("words lie in the clear: %v", got)
	}
}

func TestNotes_TwoWriteAtOnceAndLoseNothing(t *testing.T) {
	b := newGroup(t)
	b.bea.Post(at+"/add", "words", tea)
	to := b.line(tea)
	b.kez.Post(to+"/change", "words", "The tea was cold, and there was much of it.", "from", "0").HasText("Saved.")
	page := b.bea.Post(to+"/change", "words", "The tea was cold by noon.", "from", "0").Is(http.StatusUnprocessableEntity, b.Ground)
	page.HasText("The tea was cold, and there was much of it.")
	if !strings.Contains(page.Body, "The tea was cold by noon.") {
		t.Error("what she typed is gone")
	}
	b.jo.Get(at).HasText("and there was much of it")
	from, _ := page.One("input[name='from']").Attr("value")
	b.bea.Post(to+"/change", "words", "The tea was cold by noon, and there was much of it.", "from", from).HasText("Saved.")

	// Lines that two add at once both stand.
	b.bea.Post(at+"/add", "words", "One.")
	b.kez.Post(at+"/add", "words", "Two.")
	b.jo.Get(at).HasText("One.")
	b.jo.Get(at).HasText("Two.")
}

func TestRight_StandsBesideAndWritesNothingOver(t *testing.T) {
	b := newGroup(t)
	b.opened()
	to := b.line(letter)
	b.bea.Post(to+"/right", "words", "Only to the front desk.", "sign", "name").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Only those who took part can change this.")
	b.bea.Post(to+"/right", "words", "Only to the front desk.", "sign", "name", "there", "no").Is(http.StatusUnprocessableEntity, b.Ground)
	b.bea.Post(to+"/right", "words", "Only to the front desk.", "there", "yes").Is(http.StatusUnprocessableEntity, b.Ground).HasText("whether your name should be beside it")
	b.bea.Post(to+"/right", "words", "Only to the front desk.", "there", "yes", "sign", "name").HasText("Saved.")
	b.kez.Post(to+"/right", "words", "To those who answer the phone.", "sign", "without").HasText("Nothing with it says that it was you") // it is known that she took part
	page := b.jo.Get(at)
	page.HasText("As it was noted " + letter)
	page.HasText("Bea puts it right, 1 March 2027 Only to the front desk.")
	page.LacksText("answer the phone") // it waits for the day on which all of them are shown
	b.later(7)
	b.jo.Post(at+"/step", "to", "final")
	page = b.jo.Get(at)
	page.HasText("One of us puts it right, 8 March 2027 To those who answer the phone.")
	page.HasText("As it was noted " + letter)

	// Final notes take nothing but what stands beside them.
	b.kez.Post(at+"/right", "words", "There was a song at the end.", "sign", "name").HasText("Saved.")
	b.jo.Get(at).HasText("What was missing Kez puts it right, 8 March 2027 There was a song at the end.")

	// What has her name she takes back, and nobody else does.
	beas := regexp.MustCompile(at+"/line/[a-z2-7]{26}").FindAllString(b.bea.Get(at).Body, -1)
	var hers string
	for _, one := range beas {
		if strings.Contains(b.bea.Get(one).Body, one+"/drop") {
			hers = one
		}
	}
	b.kez.Post(hers+"/drop").Is(http.StatusNotFound, b.Ground)
	b.bea.Post(hers + "/drop").HasText("It is erased.")
	b.jo.Get(at).LacksText("front desk")
}

func TestRight_WithoutANameNothingOfHerIsKept(t *testing.T) {
	b := newGroup(t)
	b.opened()
	before := b.Sum("1", "notes_right")
	b.bea.Post(b.line(letter)+"/right", "words", "Not yet.", "there", "yes", "sign", "without")
	if b.Sum("1", "notes_right") != before+1 {
		t.Fatal("it is not kept")
	}
	if got := b.Holding("notes_", string(b.Named("Bea").ID)); len(got) > 0 {
		t.Errorf("her id is in %v", got)
	}
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		log, err := ledger.Recent(ctx, tx, b.P, b.Now(), 100)
		for _, act := range log.Acts {
			if act.Subject == "spring" {
				t.Errorf("the log knows of it: %v", act)
			}
		}
		return err
	})
}

func TestOut_ItsWordsAreErasedForEverybodyAndNobodyLearnsWhoAsked(t *testing.T) {
	b := newGroup(t)
	b.opened()
	to := b.line(private)
	b.kez.Post(to+"/right", "words", "She lives near the canal.", "sign", "name")
	b.bea.Post(to+"/out", "left", "gap").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Only those who took part")
	b.bea.Post(to+"/out", "there", "yes").Is(http.StatusUnprocessableEntity, b.Ground).HasText("what people should see in its place")
	key := b.key(private)
	b.bea.Post(to+"/out", "there", "yes", "left", "gap").HasText("Its words are erased.")
	for _, who := range []*fixture.Browser{b.jo, b.kez, b.bea} {
		page := who.Get(at)
		page.HasText("Something was said here, and is not written down.")
		page.LacksText("where she lives")
		page.LacksText("canal") // it would tell
		who.Get(to).Is(http.StatusNotFound, b.Ground)
	}
	if got := b.Holding("notes_", string(b.Named("Bea").ID)); len(got) > 0 {
		t.Errorf("who asked is in %v", got)
	}
	if b.Sum("1", "consent_doomed", "key_id = '"+key+"'") != 1 {
		t.Error("the key of what was taken out stays")
	}

	// Or nothing is left, if she asks so; of final notes a gap always is.
	b.kez.Post(b.line(tea)+"/out", "left", "nothing").HasText("Its words are erased.")
	if n := b.Sum("1", "notes_line"); n != 2 {
		t.Errorf("%d lines are left, want the letter and the gap", n)
	}
	b.later(7)
	b.jo.Post(at+"/step", "to", "final")
	b.kez.Get(b.line(letter)).None("input[name='left']")
	b.kez.Post(b.line(letter)+"/out", "left", "nothing").HasText("Its words are erased.")
	if n := b.Sum("1", "notes_line", "gone = 1"); n != 2 {
		t.Errorf("%d gaps show in final notes, want 2", n)
	}
}

// key returns the key of a line.
func (b *group) key(words string) (key string) {
	b.T.Helper()
	id := b.line(words)
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		key, err = store.Get(ctx, tx, store.One[string], `SELECT key_id FROM notes_line WHERE partnership_id = $1 AND id = $2`, b.P, id[strings.LastIndex(id, "/")+1:])
		return err
	})
	return key
}

func TestFinal_CloseWithALineOfTheLogThatHolds(t *testing.T) {
	b := newGroup(t)
	log := func() {
		b.Write(func(ctx context.Context, tx *store.Tx) error {
			return ledger.Append(ctx, tx, b.P, ledger.Entry{At: b.Now(), Kind: ledger.Decision, Subject: "agreed"})
		})
	}
	log() // what the meeting decided
	b.opened()
	b.later(7)
	log()
	b.jo.Get(at).None(".slip")
	b.jo.Post(at+"/step", "to", "final")
	line := b.bea.Get(at).One(".slip").Text()
	witness, err := ledger.ParseCheckpoint(line)
	b.Must(err)
	log()
	if again := b.kez.Get(at).One(".slip").Text(); again != line {
		t.Errorf("the line was %q and is %q", line, again)
	}
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		report, err := ledger.Verify(ctx, tx, b.P, []ledger.Checkpoint{witness}, nil)
		if err == nil && len(report.Findings) > 0 {
			t.Errorf("the line does not hold: %v", report.Findings)
		}
		acts, other := ledger.Recent(ctx, tx, b.P, b.Now(), 100)
		if other == nil && witness.Size < 1 || witness.Size >= int64(len(acts.Acts)) {
			t.Errorf("the line stands for %d entries of %d, want those from before the notes were opened and none of this week", witness.Size, len(acts.Acts))
		}
		return err
	})
}

func TestLeaving_WhatHasHerNameGoesAndTheLinesStay(t *testing.T) {
	b := newGroup(t)
	b.opened()
	b.bea.Post(b.line(letter)+"/right", "words", "Only to the front desk.", "there", "yes", "sign", "name")
	b.kez.Post(b.line(tea)+"/right", "words", "It was warm at first.", "sign", "name")
	bea := b.Named("Bea").ID
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		return b.Circle.Leave(ctx, tx, b.P, bea, "somebody")
	})
	page := b.jo.Get(at)
	page.LacksText("front desk")
	page.HasText("It was warm at first.")
	page.HasText(letter)
}

func TestRestore_ClosesNotesUntilSomebodyHasLooked(t *testing.T) {
	b := newGroup(t)
	b.opened()
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	page := b.bea.Get(at)
	page.HasText("Closed for now.")
	page.LacksText(letter)
	b.bea.Post(at+"/stands").Is(http.StatusNotFound, b.Ground)
	b.bea.Post(at+"/add", "words", "More.").Is(http.StatusUnprocessableEntity, b.Ground)
	b.jo.Get(at).HasText(private)
	b.jo.Post(b.line(private)+"/out", "left", "gap").HasText("Its words are erased.") // as somebody told her
	b.jo.Post(at + "/stands").HasText("Saved.")
	page = b.bea.Get(at)
	page.HasText(letter)
	page.LacksText("where she lives")
}

// paper has Jo print a sheet for Mo and enter it.
func (b *group) paper(twin, thing string, form ...string) fixture.Page {
	b.T.Helper()
	page := b.jo.Post("/paper/for/"+twin, "for", string(b.Named("Mo").ID)+thing).Is(http.StatusOK, b.Ground)
	form = append([]string{"code", page.Path[strings.LastIndex(page.Path, "/")+1:], "hand.way", "spoken", "hand.beside", string(b.Named("Kez").ID)}, form...)
	b.jo.Post("/paper/enter/read", form...).Is(http.StatusOK, b.Ground)
	return b.jo.Post("/paper/enter/done", form...)
}

func (b *group) yes() {
	b.T.Helper()
	action, _ := b.kez.Get("/paper/beside").One("form[action^='/paper/beside/']").Attr("action")
	b.kez.Post(action, "yes", "1").HasText("Done")
}

func TestPaper_EverythingWithoutAScreen(t *testing.T) {
	b := newGroup(t)
	b.paper("note", "", "about", "spring", "words", "There was a song.").HasText("waits for the person beside her")
	b.yes()
	b.jo.Get(at).HasText("There was a song.")
	b.opened()
	thing := func(words string) string {
		return "spring/" + strings.TrimPrefix(b.line(words), at+"/line/")
	}
	b.paper("note-right", "", "about", thing(letter), "words", "To us first.", "there", "yes")
	b.yes()
	b.jo.Get(at).HasText("Mo puts it right, 1 March 2027 To us first.")
	b.paper("note-right", "", "about", "spring/", "words", "The window was open.", "there", "yes")
	b.yes()
	b.jo.Get(at).HasText("The window was open.")
	b.paper("note-out", "", "about", thing(private), "there", "yes", "left", "nothing").LacksText("waits for the person beside") // what only closes never waits
	b.jo.Get(at).LacksText("where she lives")
	_, _, rights, err := b.room.Of(t.Context(), b.Named("Mo"), "spring")
	b.Must(err)
	for _, one := range rights {
		if one.Text.Words == "To us first." {
			b.paper("note-back", "/spring/"+one.ID, "do", "drop")
		}
	}
	b.jo.Get(at).LacksText("To us first.")
}

func TestTodo_TheListIsOpenToAllAndNotDoneIsAnAnswer(t *testing.T) {
	b := newGroup(t)
	jo, kez, bea := string(b.Named("Jo").ID), string(b.Named("Kez").ID), string(b.Named("Bea").ID)
	b.bea.Post("/todo/new", "what", "Bring the kettle.", "who", kez, "by-day", "3", "by-month", "3", "by-year", "2027").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Please choose who does it.")
	b.bea.Post("/todo/new", "what", "Bring the kettle.", "who", bea, "by-day", "30", "by-month", "2", "by-year", "2027").Is(http.StatusUnprocessableEntity, b.Ground).HasText("Please give a day that is still to come")
	b.bea.Post("/todo/new", "what", "Bring the kettle.", "who", bea, "by-day", "3", "by-month", "3", "by-year", "2027").HasText("Saved.")
	b.bea.Post("/todo/new", "what", "Ask for the room.", "who", jo, "by-day", "9", "by-month", "3", "by-year", "2027", "for", "spring").HasText("Saved.")
	b.jo.Get(at).HasText("Ask for the room. Jo, by 9 March 2027")
	b.later(4)
	for _, who := range []*fixture.Browser{b.jo, b.kez, b.bea} {
		page := who.Get("/todo")
		page.HasText("Bring the kettle. Bea, by 3 March 2027. It is still open.")
		page.HasText("Jo, by 9 March 2027")
	}
	find := func(who *fixture.Browser) string {
		return regexp.MustCompile(`/todo/[a-z2-7]{26}`).FindString(who.Get("/todo").Body)
	}
	one := find(b.bea)
	if other := find(b.kez); other != "" {
		t.Errorf("Kez is offered to say what became of what others do: %s", other)
	}
	b.jo.Post(one, "says", "not", "why", "She forgot.", "from", "0").Is(http.StatusUnprocessableEntity, b.Ground) // nobody says it for her
	b.bea.Post(one, "says", "not", "from", "0").Is(http.StatusUnprocessableEntity, b.Ground).HasText("what got in the way.")
	b.bea.Post(one, "says", "not", "why", "The shop had shut.", "from", "0").HasText("Saved.")
	b.kez.Get("/todo").HasText("Not done. Bea, by 3 March 2027 Because: The shop had shut.")
	late := b.bea.Post(one, "says", "done", "why", "After all.", "from", "0").Is(http.StatusUnprocessableEntity, b.Ground)
	late.HasText("After all.")
	late.HasText("The shop had shut.")

	b.bea.Post("/todo/new", "what", "Water the plant.", "who", "nobody", "by-day", "9", "by-month", "3", "by-year", "2027")
	b.kez.Post(find(b.kez), "says", "mine", "from", "0").HasText("Kez, by 9 March 2027")
	kezs := b.Named("Kez").ID
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.Circle.Leave(ctx, tx, b.P, kezs, "somebody") })
	b.jo.Get("/todo").HasText("Water the plant. Nobody yet, by 9 March 2027") // it waits for somebody else
	if got := b.Holding("notes_", "kettle", "plant", string(kezs)); len(got) > 0 {
		t.Errorf("words or her id lie in %v", got)
	}
}

func TestPaper_WhatIsToBeDone(t *testing.T) {
	b := newGroup(t)
	mo := string(b.Named("Mo").ID)
	b.paper("todo", "", "what", "Bake a cake.", "who", mo, "by-day", "9", "by-month", "3", "by-year", "2027")
	b.yes()
	b.kez.Get("/todo").HasText("Bake a cake. Mo, by 9 March 2027")
	list, err := b.room.Todos(t.Context(), b.Named("Mo"))
	b.Must(err)
	b.paper("todo-done", "", "about", list[0].ID, "says", "done")
	b.yes()
	b.kez.Get("/todo").HasText("Done. Mo, by 9 March 2027")
}

func TestChange_ALineGoesUpAndDown(t *testing.T) {
	b := newGroup(t)
	b.bea.Post(at+"/add", "words", "One.\nTwo.\nThree.")
	order := func(want string) {
		t.Helper()
		_, lines, _, err := b.room.Of(t.Context(), b.Named("Jo"), "spring")
		b.Must(err)
		var got []string
		for _, l := range lines {
			got = append(got, l.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("the lines stand as %q, want %q", got, want)
		}
	}
	b.kez.Post(b.line("Three.")+"/change", "words", "Three.", "move", "up", "from", "0").HasText("Saved.")
	order("One. Three. Two.")
	b.kez.Post(b.line("One.")+"/change", "words", "One.", "move", "up", "from", "0") // it is the first
	order("One. Three. Two.")
	b.kez.Post(b.line("One.")+"/change", "words", "One.", "move", "down", "from", "1")
	order("Three. One. Two.")
	b.bea.Post(at+"/add", "words", "Four.")
	order("Three. One. Two. Four.")
}
