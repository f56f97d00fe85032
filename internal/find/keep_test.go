package find_test

import (
	"bytes"
	"context"
	"database/sql"
	"reflect"
	"testing"
	"time"
	"unsafe"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/search"
	"footing/internal/store"
)

// image returns the bytes of the partnership's index as SQLite would write them to a file, nil when there
// is none. It reaches into search, since nothing but a test has any business there.
func (d *desk) image() (image []byte) {
	d.T.Helper()
	inside := func(v reflect.Value, field string) reflect.Value {
		f := v.Elem().FieldByName(field)
		return reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
	}
	ix := inside(reflect.ValueOf(d.indexes), "open").MapIndex(reflect.ValueOf(d.P))
	if !ix.IsValid() {
		return nil
	}
	conn := inside(inside(ix, "words"), "conn").Interface().(*sql.Conn)
	d.Must(conn.Raw(func(raw any) (err error) {
		image, err = raw.(interface{ Serialize() ([]byte, error) }).Serialize()
		return err
	}))
	return image
}

// P12, R44: what is taken back is out of the index within a second, with no trace in its bytes, and other
// passages stay found without reading anything anew.
func TestKeep_TakenBackIsForgotten(t *testing.T) {
	d := newDesk(t, search.Idle)
	canary := "qzbellflowerqz"
	talk := d.talk("We spoke of "+canary+" that day.", "The tram was late.")
	d.keep()
	cat := d.Serve(d.room.Web()).AtDesk(d.cat)
	d.soon("the index is built once and stays", func() bool { // the first look drops what was there before
		before := d.feed.reads.Load()
		return d.hits(canary) == 1 && d.feed.reads.Load() == before
	})
	if !bytes.Contains(d.image(), []byte(canary[2:])) {
		t.Fatal("the word is not in the index's bytes to begin with: this test sees nothing")
	}
	reads := d.feed.reads.Load()
	part := consent.Part{Contribution: talk.ID, Speaker: talk.Speakers[1], Turns: []consent.ID{talk.Turns[1]}}
	d.Must(d.Gate.TakeBack(t.Context(), d.ann, part, false))
	cat.Post("/find/"+d.study, "q", canary).One("h2[role=status]").HasText("Nothing found that you may open.")
	if took := d.soon("forgotten by the index", func() bool { return d.hits(canary) == 0 }); took > time.Second {
		t.Errorf("it took %v to be forgotten, at most a second", took)
	}
	for at := 0; at+8 <= len(canary); at++ {
		if bytes.Contains(d.image(), []byte(canary[at:at+8])) {
			t.Errorf("letters %d to %d of it are still in the index's bytes", at, at+8)
		}
	}
	if n := d.hits("tram"); n != 1 || d.feed.reads.Load() != reads {
		t.Errorf("%d passages about the tram in %d more readings, want the other one and none", n, d.feed.reads.Load()-reads)
	}
	d.Must(d.Gate.BringBack(t.Context(), d.ann, part))
	d.soon("found again once she brought it back", func() bool { return d.hits(canary) == 1 })
}

// What another process does to the same databases is followed too: the look each second sees it.
func TestKeep_AnotherProcessTakesBack(t *testing.T) {
	d := newDesk(t, search.Idle)
	talk := d.talk("We spoke of bellflowers.")
	d.keep()
	d.soon("the index is built once and stays", func() bool {
		before := d.feed.reads.Load()
		return d.hits("bellflowers") == 1 && d.feed.reads.Load() == before
	})
	other := openAgain(d)
	d.Must(other.TakeBack(t.Context(), d.ann, consent.Part{Contribution: talk.ID, Speaker: talk.Speakers[1]}, true))
	took := d.soon("forgotten here", func() bool { return d.hits("bellflowers") == 0 })
	t.Logf("forgotten here after %v", took)
	d.Must(other.Rewrite(t.Context(), d.ann, rewritable(d, "An old bellflower."), nil, []string{"A new daisy."}))
	d.soon("the old words are forgotten here", func() bool { return d.hits("bellflower") == 0 })
}

// rewritable shares a note of Ann's own that the study may use, and waits until it is found.
func rewritable(d *desk, text string) consent.ID {
	d.T.Helper()
	note, err := d.Gate.Prepare(d.T.Context(), d.P, consent.Incoming{Kind: consent.Note, Keeper: d.ann.ID,
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: d.ann.ID}}, Turns: []consent.NewTurn{{Text: text}}})
	d.Must(err)
	d.Write(note.Save)
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.SetTerms(ctx, tx, d.ann, note.ID, note.Speakers[0], consent.Terms{Owner: d.ann.ID, Yes: []consent.Yes{{
			Audience: consent.Audience{Kind: consent.ToAnalysts, ID: d.study}, Use: d.use(), Until: d.Now().AddDate(1, 0, 0)}}})
	})
	d.soon("what was added is found", func() bool { return d.hits(text) == 1 })
	return note.ID
}

// Words about somebody who has not said yes are not in the index at all.
func TestKeep_WordsAboutSomebodyAreNotFound(t *testing.T) {
	d := newDesk(t, search.Idle)
	bea := d.Person("Bea", person.LivedExperience)
	talk := d.talk("Then Bellflower came and we laughed.")
	d.keep()
	cat := d.Serve(d.room.Web()).AtDesk(d.cat)
	d.soon("found before it is marked", func() bool { return d.hits("bellflower") == 1 })
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.Mark(ctx, tx, d.P, consent.Mention{Contribution: talk.ID, Turn: talk.Turns[1], Span: consent.Span{Start: 5, End: 15}, About: bea.ID, By: d.dan.ID})
	})
	d.soon("marked words are not found", func() bool { return d.hits("bellflower") == 0 })
	page := cat.Post("/find/"+d.study, "q", "laughed")
	page.One("li.card .words").HasText("Then ·········· came and we laughed.")
	if image := d.image(); image == nil || bytes.Contains(image, []byte("ellflowe")) {
		t.Error("there is no index to look at, or marked words are in its bytes")
	}
	d.Write(func(ctx context.Context, tx *store.Tx) error {
		return d.Gate.SetAnswer(ctx, tx, d.P, bea.ID, consent.AnswerYes)
	})
	d.soon("found once she says yes", func() bool { return d.hits("bellflower") == 1 })
}

func TestKeep_EndsWithItsIndexes(t *testing.T) {
	d := newDesk(t, search.Idle)
	d.talk("The tram was late.")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- d.room.Keep(ctx) }()
	d.hits("tram")
	stop()
	d.Must(<-done)
	if d.image() != nil {
		t.Error("the index is still there after the server stopped")
	}
}
