package sharing_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// give shares a text of somebody with the women's group for half a year and returns its address.
func (w *ground) give(who person.Viewer, text string, topics ...string) string {
	w.T.Helper()
	b, d := w.draft(who, text)
	b.Post(d+"/who", "who", "lived-experience")
	b.Post(d+"/until", "until", "6")
	form := []string{"about", "About it"}
	for _, topic := range topics {
		form = append(form, "topic", topic)
	}
	b.Post(d+"/front", form...)
	return b.Post(d+"/share").Is(200, w.Ground).Path
}

// What a reader hides leaves no gap in what she sees, and nobody else can tell: every page of everybody else,
// the writer among them, is as it was to the letter.
func TestHide_LeavesNoGapAndTellsNobody(t *testing.T) {
	w := newGround(t)
	loss := w.give(w.ann, "Something sad.", "loss", "family")
	w.give(w.ann, "A plain idea.")
	others := func() string {
		all := ""
		for _, who := range []person.Viewer{w.ann, w.kez, w.jo} {
			b := w.As(who)
			for _, path := range []string{"/", "/read", "/share", loss, loss + "/opened", strings.Replace(loss, "/share/", "/read/", 1), "/me", "/me/topics"} {
				all += b.Get(path).Body
			}
		}
		return all
	}
	bea, before := w.As(w.bea), others()
	if n := len(bea.Get("/read").All(".card")); n != 2 {
		t.Fatalf("Bea finds %d, want 2", n)
	}
	front := bea.Get(strings.Replace(loss, "/share/", "/read/", 1))
	front.One(".note").HasText("Children and family, Loss and grief")
	front.One("a[href='/me/topics']")

	page := w.heading(bea.Get("/me/topics"), "What would you rather not come across?")
	page.None("input[checked]")
	bea.Post("/me/topics", "topic", "loss", "long", "week").One("main").HasText("Some topics do not come up for you until 8 March 2027")
	list := bea.Get("/read")
	if n := len(list.All(".card")); n != 1 {
		t.Errorf("hidden, Bea finds %d", n)
	}
	list.One("main").LacksText("hid")
	home := bea.Get("/")
	home.One("main").LacksText("come up")
	bea.Get("/me").One("main").HasText("Some topics do not come up for you until 8 March 2027")
	if others() != before {
		t.Error("somebody else's pages are not what they were")
	}

	w.heading(bea.Post("/me/topics/show"), "What would you rather not come across?").None("input[checked]")
	if n := len(bea.Get("/read").All(".card")); n != 2 {
		t.Errorf("undone, Bea finds %d", n)
	}
	bea.Post("/me/topics", "topic", "family", "topic", "nothing like that", "long", "today")
	if n := len(bea.Get("/read").All(".card")); n != 1 {
		t.Errorf("hidden by another topic, Bea finds %d", n)
	}
	w.Pass(24 * time.Hour)
	if n := len(w.As(w.bea).Get("/read").All(".card")); n != 2 {
		t.Errorf("the next day Bea finds %d", n)
	}
}

// What she wishes for herself lies in the database and its logs in no form, and not by its length either;
// it goes when she leaves, with its key.
func TestWishes_AreSealedAndGoWithHer(t *testing.T) {
	w := newGround(t)
	b := w.As(w.bea)
	size := func() (n int) {
		w.Read(func(ctx context.Context, tx *store.Tx) error {
			sealed, err := store.List(ctx, tx, store.One[[]byte], `SELECT wishes FROM sharing_wish WHERE partnership_id = $1`, w.P)
			for _, one := range sealed {
				n += len(one)
			}
			return err
		})
		return n
	}
	b.Post("/me/reminders", "pace", "ended")
	first := size()
	b.Post("/me/topics", "topic", "courts", "topic", "loss", "topic", "harm", "topic", "drink", "long", "always")
	if first == 0 || size() != first {
		t.Errorf("with four topics hidden it takes %d bytes, with none %d", size(), first)
	}
	if w.DB.Engine() == store.SQLite {
		for _, name := range []string{"main.db", "main.db-wal"} {
			raw, err := os.ReadFile(w.Dir + "/" + name)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if bytes.Contains(raw, []byte("courts")) {
				t.Errorf("%s names a topic that she hides", name)
			}
		}
	}
	w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Circle.Leave(ctx, tx, w.P, w.bea.ID, "") })
	if size() != 0 {
		t.Error("she left, and her wishes are still there")
	}
}

// The group's list is changed by the women and whoever facilitates; a topic that is taken off stays with what
// is about it and hidden for whoever hides it.
func TestTopics_TheGroupsOwnList(t *testing.T) {
	w := newGround(t)
	ann, bea := w.As(w.ann), w.As(w.bea)
	w.As(w.jo).Get("/topics").Is(404, w.Ground)
	w.As(w.jo).Post("/topics", "name", "Jo's").Is(404, w.Ground)
	w.As(w.jo).Get("/me/topics").None("a[href='/topics']")
	ann.Get("/me/topics").One("a[href='/topics']")
	ann.Post("/topics", "name", "  Dogs   and cats ").Is(200, w.Ground).One("ul.cards").HasText("Dogs and cats")
	ann.Post("/topics", "name", "dogs AND cats").Is(422, w.Ground).One(".check").HasText("on the list already")
	ann.Post("/topics", "name", " ").Is(422, w.Ground).One(".check").HasText("one to 40 letters")
	ann.Post("/topics", "name", strings.Repeat("x", 41)).Is(422, w.Ground).One("#name[value]")
	ann.Post("/topics/nothing/off").Is(404, w.Ground)

	id, _ := bea.Get("/me/topics").All("input[name=topic]")[8].Attr("value")
	w.give(w.ann, "About my dog.", id, "loss")
	bea.Post("/me/topics", "topic", id)
	ann.Post("/topics/"+id+"/off").Is(200, w.Ground)
	ann.Post("/topics/loss/off").Is(200, w.Ground)
	options := func(p fixture.Page) string { return p.One("main form.stack").Text() }
	if got := options(w.As(w.kez).Get("/me/topics")); strings.Contains(got, "Dogs") || strings.Contains(got, "Loss") {
		t.Errorf("taken off, and Kez is offered %q", got)
	}
	if got := options(bea.Get("/me/topics")); !strings.Contains(got, "Dogs") {
		t.Errorf("Bea hides it and finds %q", got)
	}
	if n := len(bea.Get("/read").All(".card")); n != 0 {
		t.Error("others tidied the list, and it comes up for Bea")
	}
	ann.Post("/topics/loss/on").Is(200, w.Ground)
	if got := options(w.As(w.kez).Get("/me/topics")); !strings.Contains(got, "Loss and grief") {
		t.Errorf("put back, Kez is offered %q", got)
	}
}

// What stands before her words can be changed later, by her alone, and holds at once.
func TestChange_WhatOthersSeeFirst(t *testing.T) {
	w := newGround(t)
	own := w.give(w.ann, "Something sad.", "loss")
	ann, bea := w.As(w.ann), w.As(w.bea)
	bea.Post("/me/topics", "topic", "health")
	change := ann.Get(own + "/change?open=front")
	change.One("#front-fold[open]")
	change.One("input[name=topic][value=loss][checked]")
	ann.Post(own+"/change", "who", "lived-experience", "until", "6", "about", "About a visit", "topic", "health").Is(200, w.Ground)
	if n := len(bea.Get("/read").All(".card")); n != 0 {
		t.Error("it is about what Bea hides now, and comes up for her")
	}
	w.As(w.kez).Get(strings.Replace(own, "/share/", "/read/", 1)).One(".note").HasText("About a visit (Health and the body)")
}
