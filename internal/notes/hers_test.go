package notes_test

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"footing/internal/fault"
	"footing/internal/notes"
	"footing/internal/person"
	"footing/internal/store"
)

// agreed has Kez write down what she will do, and say why she did not. It returns its page.
func (b *group) agreed() string {
	b.T.Helper()
	b.kez.Post("/todo/new", "what", "Bring the kettle.", "who", string(b.Named("Kez").ID), "by-day", "3", "by-month", "3", "by-year", "2027")
	one := regexp.MustCompile(`/todo/[a-z2-7]{26}`).FindString(b.kez.Get("/todo").Body)
	b.kez.Post(one, "says", "not", "why", "I was not well.", "from", "0").HasText("Because: I was not well.")
	return one
}

// keys lists the keys that a table names.
func (b *group) keys(table string) (keys []string) {
	b.T.Helper()
	b.Read(func(ctx context.Context, tx *store.Tx) error {
		var err error
		keys, err = store.List(ctx, tx, store.One[string], `SELECT key_id FROM `+table+` WHERE partnership_id = $1 ORDER BY key_id`, b.P)
		return err
	})
	return keys
}

func (b *group) doomed(keys []string) {
	b.T.Helper()
	if len(keys) != 1 {
		b.T.Fatalf("%d keys, want one", len(keys))
	}
	if b.Sum("1", "consent_doomed", "key_id = '"+keys[0]+"'") != 1 {
		b.T.Error("the key of erased words stays")
	}
}

func TestTodo_HerWordsAreHersToErase(t *testing.T) {
	b := newGroup(t)
	one := b.agreed()
	for _, path := range []string{"/out", "/words/out"} {
		b.jo.Post(one+path).Is(http.StatusNotFound, b.Ground) // whoever hosts erases nobody's
	}
	b.jo.Get(one).None("form[action$='/out']")
	b.kez.Get(one).HasText("In place of your words people read: Somebody took these words out.")
	keys := b.keys("notes_todo_why")
	b.kez.Post(one + "/words/out").HasText("Your words are erased.")
	b.doomed(keys)
	page := b.bea.Get("/todo")
	page.LacksText("not well")
	page.HasText("Bring the kettle. Not done. Kez, by 3 March 2027 Somebody took these words out.")
	b.kez.Post(one+"/words/out").Is(http.StatusNotFound, b.Ground)

	keys = b.keys("notes_todo")
	b.kez.Post(one + "/out").HasText("Your words are erased.")
	b.doomed(keys)
	page = b.bea.Get("/todo")
	page.LacksText("kettle")
	page.HasText("Somebody took these words out. Not done. Kez, by 3 March 2027")
}

func TestTodo_HerWordsGoWhenSheLeaves(t *testing.T) {
	b := newGroup(t)
	b.agreed()
	what, why := b.keys("notes_todo"), b.keys("notes_todo_why")
	kez := b.Named("Kez").ID
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.Circle.Leave(ctx, tx, b.P, kez, "somebody") })
	b.doomed(what)
	b.doomed(why)
	page := b.bea.Get("/todo")
	page.LacksText("kettle")
	page.LacksText("not well")
	page.HasText("by 3 March 2027 Somebody took these words out.")
	if got := b.Holding("notes_", string(kez)); len(got) > 0 {
		t.Errorf("her id lies in %v", got)
	}
}

func TestTodo_ARestoreShutsWordsUntilTheyStand(t *testing.T) {
	b := newGroup(t)
	one := b.agreed()
	b.Write(func(ctx context.Context, tx *store.Tx) error { return b.room.AfterRestore(ctx, tx, b.P) })
	page := b.bea.Get("/todo")
	page.LacksText("kettle")
	page.LacksText("not well")
	page.HasText("Closed for now. Not done. Kez, by 3 March 2027 Closed for now.")
	b.bea.Post(one+"/stands").Is(http.StatusNotFound, b.Ground)
	b.jo.Get(one).HasText("Bring the kettle.")
	b.jo.Post(one + "/stands").HasText("Saved.")
	page = b.bea.Get("/todo")
	page.HasText("Bring the kettle.")
	page.LacksText("not well") // each stands by itself
	b.kez.Post(one + "/words/stands").HasText("Saved.")
	b.bea.Get("/todo").HasText("Because: I was not well.")
	b.kez.Post(one + "/words/out").HasText("Your words are erased.")
}

func TestPaper_HerWordsComeOutOfAThingToDo(t *testing.T) {
	b := newGroup(t)
	b.paper("todo", "", "what", "Bake a cake.", "who", string(b.Named("Mo").ID), "by-day", "9", "by-month", "3", "by-year", "2027")
	b.yes()
	list, err := b.room.Todos(t.Context(), b.Named("Mo"))
	b.Must(err)
	b.paper("todo-done", "", "about", list[0].ID, "says", "not", "why", "The oven broke.")
	b.yes()
	b.kez.Get("/todo").HasText("Because: The oven broke.")
	b.paper("todo-words-back", "/"+list[0].ID, "do", "drop").LacksText("waits for the person beside")
	b.kez.Get("/todo").LacksText("oven")
	b.paper("todo-back", "/"+list[0].ID, "do", "drop").LacksText("waits for the person beside")
	b.kez.Get("/todo").LacksText("cake")
}

// Whoever gives money reads, and changes nothing, whatever she says of having been there.
func TestFunder_ReadsAndChangesNothing(t *testing.T) {
	b := newGroup(t)
	wim := b.As(b.Person("Wim", person.Funder))
	wim.Post(at+"/add", "words", "Mine.").Is(http.StatusNotFound, b.Ground)
	wim.Get(at+"/add").Is(http.StatusNotFound, b.Ground)
	b.opened()
	to := b.line(letter)
	b.bea.Post(to+"/right", "words", "Only to the front desk.", "there", "yes", "sign", "name")
	one := b.agreed()
	for path, form := range map[string][]string{
		at + "/step": {"to", "final"}, at + "/stands": nil, at + "/right": {"words", "No.", "there", "yes", "sign", "name"},
		to + "/right": {"words", "No.", "there", "yes", "sign", "name"}, to + "/out": {"there", "yes", "left", "nothing"}, to + "/change": {"words", "No.", "from", "0"},
		"/todo/new": {"what", "Pay.", "who", "nobody", "by-day", "9", "by-month", "3", "by-year", "2027"}, one: {"says", "mine", "from", "1"}, one + "/stands": nil,
	} {
		wim.Post(path, form...).Is(http.StatusNotFound, b.Ground)
	}
	wim.Get(at).None("a[href*='/line/'], a[href^='/todo/new'], form[action^='/notes/']")
	wim.Get(to).None("form[action^='/notes/']")
	wim.Get("/todo").None("a[href^='/todo/']")
	b.kez.Get(at).HasText("Only to the front desk.")
}

// What has a name its writer alone takes out.
func TestOut_ASignedCorrectionIsItsWritersAlone(t *testing.T) {
	b := newGroup(t)
	b.opened()
	b.bea.Post(b.line(letter)+"/right", "words", "Only to the front desk.", "there", "yes", "sign", "name")
	_, _, rights, err := b.room.Of(t.Context(), b.Named("Bea"), "spring")
	b.Must(err)
	hers := at + "/line/" + rights[0].ID
	b.kez.Get(at).None("a[href='" + hers + "']")
	b.kez.Get(hers).None("form[action$='/out']")
	b.kez.Post(hers+"/out", "there", "yes").Is(http.StatusNotFound, b.Ground)
	b.jo.Get(at).HasText("Only to the front desk.")
	b.bea.Post(hers+"/out", "there", "yes").HasText("Its words are erased.")
	b.jo.Get(at).LacksText("front desk")
}

func TestAdd_SoManyLinesAtOnceAndNoMore(t *testing.T) {
	b := newGroup(t)
	many := strings.Repeat("x\n", notes.Most+1)
	page := b.bea.Post(at+"/add", "words", many).Is(http.StatusUnprocessableEntity, b.Ground)
	page.HasText("That is more than 60 lines at once.")
	if n := strings.Count(page.Body, "x\n"); n < notes.Most {
		t.Errorf("%d lines of what she typed are left", n)
	}
	if n := b.Sum("1", "notes_line"); n != 0 {
		t.Errorf("%d lines are kept", n)
	}
	b.bea.Post(at+"/add", "words", strings.Repeat("x\n", notes.Most)).HasText("Saved.")
}

// Of things to do from before it was kept who wrote them down, the page says so, and shows why they are not done: the
// reason lies in what was sealed then. It is not taken for words that somebody took out.
func TestTodo_FromBeforeItsWriterWasKept(t *testing.T) {
	b := newGroup(t)
	const id = "old"
	key, words, err := b.Gate.SealPaper(t.Context(), b.P, "notes_todo", "words", id, `{"what":"Ask about the bus.","why":"The office was shut."}`)
	b.Must(err)
	b.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO notes_todo (partnership_id, id, meeting_id, person_id, due, state, n, key_id, words) VALUES ($1, $2, '', $3, '2027-01-20', $4, 1, $5, $6)`,
			b.P, id, b.Named("Kez").ID, notes.NotDone, key, words)
		return err
	})
	_, err = b.room.Agree(t.Context(), b.Named("Kez"), notes.Todo{Due: "2099-01-20", Text: notes.TodoText{What: "Bring tea."}})
	b.Must(err)
	page := b.As(b.Named("Kez")).Get("/todo")
	page.HasText("Ask about the bus.")
	page.HasText("Because: The office was shut. It was not kept who wrote this.")
	page.LacksText("Somebody took these words out")
	if n := strings.Count(page.Text(), "It was not kept who wrote this"); n != 1 {
		t.Errorf("of %d things it says that nobody knows who wrote them", n)
	}
	if err := b.room.EraseTodo(t.Context(), b.Named("Kez"), id, notes.What); !errors.Is(err, fault.Missing) {
		t.Errorf("somebody who may not have written it erases it: %v", err)
	}
}
