package consent_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	. "footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

var (
	toHear   = Use{Heard, "", Voice}
	inWords  = Use{Heard, "", Words}
	theVoice = Audience{Kind: ToLived}
)

// heard is a yes of Ann's to the women: with how much of what she said.
func (w *world) heard(f Form) Yes {
	return Yes{Audience: theVoice, Use: Use{Heard, "", f}, Until: w.now.AddDate(1, 0, 0)}
}

// spoken is Ann's voice, with words beside it when there are any.
type spoken struct {
	*Prepared
	id      ID
	content []byte
}

func (w *world) spoken(p person.Partnership, text string, content []byte, yes ...Yes) spoken {
	w.t.Helper()
	ann := viewer(p, "ann")
	pr, err := w.gate.Prepare(w.t.Context(), p, Incoming{Kind: Idea, Keeper: "ann", Speakers: []NewSpeaker{{Member, "ann", "Ann"}}, Turns: []NewTurn{{0, text, 0}}})
	if err != nil {
		w.t.Fatal(err)
	}
	s := spoken{pr, w.blob(ann, content), content}
	w.write(func(ctx context.Context, tx *store.Tx) error {
		if err := pr.Save(ctx, tx); err != nil {
			return err
		}
		if err := w.gate.AddRecording(ctx, tx, ann, pr.ID, pr.Speakers[0], s.id, "ogg"); err != nil {
			return err
		}
		return w.gate.SetTerms(ctx, tx, ann, pr.ID, pr.Speakers[0], Terms{Owner: "ann", Yes: yes})
	})
	return s
}

func (s spoken) whole() Part { return Part{Contribution: s.ID, Speaker: s.Speakers[0]} }
func (s spoken) voice() Part {
	return Part{Contribution: s.ID, Speaker: s.Speakers[0], Turns: []ID{s.id}}
}

// hears returns what somebody gets to hear.
func (w *world) hears(v person.Viewer, s spoken) ([]byte, error) {
	r, _, err := w.gate.Hear(w.t.Context(), v, toHear, s.ID, s.id)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
}

// heardBy fails unless exactly those hear it.
func (w *world) heardBy(s spoken, when string, who ...person.ID) {
	w.t.Helper()
	for _, p := range []person.Partnership{here, there} {
		for _, id := range []person.ID{"ann", "bea", "cat", "dan", ""} {
			want := false
			for _, one := range who {
				want = want || p == here && one == id
			}
			got, err := w.hears(viewer(p, id), s)
			switch {
			case want && (err != nil || !bytes.Equal(got, s.content)):
				w.t.Errorf("%s, %s hears %d bytes of %d (%v)", when, id, len(got), len(s.content), err)
			case !want && !errors.Is(err, fault.Missing):
				w.t.Errorf("%s, %q of %s: %v, want that nothing is there", when, id, p, err)
			}
			w.read(func(ctx context.Context, tx *store.Tx) error {
				list, err := w.gate.Recordings(ctx, tx, viewer(p, id), toHear, s.ID)
				if (len(list) == 1) != want || err != nil {
					w.t.Errorf("%s, %q of %s is told of %d recordings (%v)", when, id, p, len(list), err)
				}
				return nil
			})
		}
	}
}

// "May my voice be heard, or only typed words used": a yes to words is none to the voice.
func TestRecording_IsHeardWithAYesToTheVoiceAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		silent := w.spoken(here, "Buses.", randomBytes(chunk+9))
		w.heardBy(silent, "nothing said", "ann")
		typed := w.spoken(here, "Buses.", randomBytes(chunk+9), w.heard(Words))
		w.heardBy(typed, "only typed words", "ann")
		if got := w.words(viewer(here, "bea"), inWords, typed.ID); got != "Buses." {
			t.Errorf("Bea reads %q", got)
		}
		voice := w.spoken(here, "", randomBytes(2*chunk+9), w.heard(Words), w.heard(Voice))
		w.heardBy(voice, "with her yes", "ann", "bea")
		if _, _, err := w.gate.Hear(t.Context(), viewer(here, "bea"), Use{Training, "", Voice}, voice.ID, voice.id); !errors.Is(err, fault.Missing) {
			t.Errorf("to teach with it, which nobody allowed: %v", err)
		}
		if _, _, err := w.gate.Hear(t.Context(), viewer(here, "bea"), toHear, typed.ID, voice.id); !errors.Is(err, fault.Missing) {
			t.Errorf("by another contribution's address: %v", err)
		}
		w.now = w.now.AddDate(1, 0, 1)
		w.heardBy(voice, "once it has ended", "ann")
	})
}

// P15: who hears it is on her list, by the hour, and before a key is read; her own listening is not.
func TestRecording_IsOnRecordEachHour(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.now = w.now.Add(30 * time.Minute)
		s := w.spoken(here, "", randomBytes(3*chunk), w.heard(Voice))
		if _, err := w.hears(viewer(here, "ann"), s); err != nil {
			t.Fatal(err)
		}
		if rows := w.openings(s.ID); len(rows) != 0 {
			t.Errorf("her own listening is on record: %v", rows)
		}
		r, rec, err := w.gate.Hear(t.Context(), viewer(here, "bea"), toHear, s.ID, s.id)
		if err != nil || rec.Kind != "ogg" || rec.Size != int64(len(s.content)) {
			t.Fatalf("%v, %v", rec, err)
		}
		rows := w.openings(s.ID)
		if len(rows) != 1 || rows[0].Reader != "bea" || rows[0].Act != Hearing || rows[0].Purpose != Heard {
			t.Errorf("opened, and on record as %v", rows)
		}
		for range 2 {
			if _, err := r.ReadAt(make([]byte, 9), 0); err != nil {
				t.Fatal(err)
			}
		}
		w.now = w.now.Add(time.Hour) // while it plays
		if _, err := r.ReadAt(make([]byte, 9), chunk); err != nil {
			t.Fatal(err)
		}
		if rows := w.openings(s.ID); len(rows) != 2 || !rows[0].Hour.After(rows[1].Hour) {
			t.Errorf("heard in two hours, and on record as %v", rows)
		}
	})
}

// P10: whoever has it open stops at the next chunk.
func TestRecording_StopsWhileItPlays(t *testing.T) {
	ends := map[string]func(*world, spoken) error{
		"taken back": func(w *world, s spoken) error {
			return w.gate.TakeBack(w.t.Context(), viewer(here, "ann"), s.whole(), false)
		},
		"erased": func(w *world, s spoken) error {
			return w.gate.TakeBack(w.t.Context(), viewer(here, "ann"), s.whole(), true)
		},
		"the voice alone": func(w *world, s spoken) error {
			return w.gate.TakeBack(w.t.Context(), viewer(here, "ann"), s.voice(), false)
		},
		"given new words": func(w *world, s spoken) error {
			return w.gate.Rewrite(w.t.Context(), viewer(here, "ann"), s.ID, nil, []string{"x"})
		},
		"kept unnamed":     func(w *world, s spoken) error { return w.gate.Sever(w.t.Context(), viewer(here, "ann"), s.whole()) },
		"over":             func(w *world, _ spoken) error { w.now = w.now.AddDate(2, 0, 0); return nil },
		"only words again": func(w *world, s spoken) error { return w.allow(s, w.heard(Words)) },
		"she left the group": func(w *world, _ spoken) error {
			return w.db.Write(w.t.Context(), func(tx *store.Tx) error { return w.gate.Leave(w.t.Context(), tx, here, "bea", theVoice) })
		},
	}
	engines(t, func(t *testing.T, w *world) {
		for name, end := range ends {
			w.now = w.now.Add(time.Minute)
			w.join(here, "bea", theVoice)
			s := w.spoken(here, "Buses.", randomBytes(3*chunk), w.heard(Voice))
			r, _, err := w.gate.Hear(t.Context(), viewer(here, "bea"), toHear, s.ID, s.id)
			if err == nil {
				_, err = r.ReadAt(make([]byte, 10), 0)
			}
			if err == nil {
				err = end(w, s)
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if n, err := r.ReadAt(make([]byte, chunk), 10); n != chunk-10 || !errors.Is(err, fault.Missing) {
				t.Errorf("%s: %d bytes were heard on, and %v", name, n, err)
			}
		}
	})
}

func (w *world) allow(s spoken, yes ...Yes) error {
	return w.db.Write(w.t.Context(), func(tx *store.Tx) error {
		return w.gate.SetTerms(w.t.Context(), tx, viewer(here, "ann"), s.ID, s.Speakers[0], Terms{Owner: "ann", Yes: yes})
	})
}

// What is taken back can be brought back, the voice by itself too, and she alone hears it meanwhile.
func TestRecording_TakenBackAndBroughtBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ann := viewer(here, "ann")
		for name, of := range map[string]func(spoken) Part{"all of it": spoken.whole, "the voice": spoken.voice} {
			s := w.spoken(here, "Buses.", randomBytes(chunk), w.heard(Words), w.heard(Voice))
			if err := w.gate.TakeBack(t.Context(), viewer(here, "bea"), of(s), false); !errors.Is(err, fault.Missing) {
				t.Errorf("Bea takes back %s: %v", name, err)
			}
			if err := w.gate.TakeBack(t.Context(), ann, of(s), false); err != nil {
				t.Fatal(err)
			}
			w.heardBy(s, name+" taken back", "ann")
			if got := w.words(viewer(here, "bea"), inWords, s.ID); (got == "Buses.") != (name == "the voice") {
				t.Errorf("%s taken back, and Bea reads %q", name, got)
			}
			if err := w.gate.BringBack(t.Context(), ann, s.whole()); err != nil {
				t.Fatal(err)
			}
			w.heardBy(s, name+" brought back", "ann", "bea")
		}
	})
}

// Whatever ends it leaves neither its key nor a byte.
func TestRecording_ErasedLeavesNeitherKeyNorBytes(t *testing.T) {
	ends := map[string]func(*world, spoken) error{
		"erased": func(w *world, s spoken) error {
			return w.gate.TakeBack(w.t.Context(), viewer(here, "ann"), s.whole(), true)
		},
		"the voice alone": func(w *world, s spoken) error {
			return w.gate.TakeBack(w.t.Context(), viewer(here, "ann"), s.voice(), true)
		},
		"given new words": func(w *world, s spoken) error {
			return w.gate.Rewrite(w.t.Context(), viewer(here, "ann"), s.ID, nil, []string{"x"})
		},
		"kept unnamed": func(w *world, s spoken) error { return w.gate.Sever(w.t.Context(), viewer(here, "ann"), s.whole()) },
		"after its time": func(w *world, s spoken) error {
			err := w.gate.TakeBack(w.t.Context(), viewer(here, "ann"), s.whole(), false)
			w.now = w.now.AddDate(0, 0, 8)
			return err
		},
		"once it has ended": func(w *world, s spoken) error {
			terms := Terms{Owner: "ann", Yes: []Yes{w.heard(Voice)}, EraseAfter: true}
			err := w.db.Write(w.t.Context(), func(tx *store.Tx) error {
				return w.gate.SetTerms(w.t.Context(), tx, viewer(here, "ann"), s.ID, s.Speakers[0], terms)
			})
			w.now = w.now.AddDate(1, 0, 1)
			err = errors.Join(err, w.gate.TakeBackEnded(w.t.Context(), here))
			w.now = w.now.AddDate(0, 0, 8)
			return err
		},
	}
	engines(t, func(t *testing.T, w *world) {
		for name, end := range ends {
			s := w.spoken(here, "Buses.", randomBytes(2*chunk), w.heard(Words), w.heard(Voice))
			var key string
			w.read(func(ctx context.Context, tx *store.Tx) (err error) {
				key, err = store.Get(ctx, tx, store.One[string], `SELECT key_id FROM consent_blob WHERE partnership_id = $1 AND id = $2`, here, s.id)
				return err
			})
			if err := end(w, s); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := w.gate.DestroyDue(t.Context(), here); err != nil {
				t.Fatal(err)
			}
			w.heardBy(s, name)
			w.sweep()
			if held, err := w.ring.Keys(t.Context(), []string{key}); err != nil || len(held) > 0 {
				t.Errorf("%s: its key is there (%v)", name, err)
			}
			if n := w.stored("consent_recording") + w.stored("consent_blob") + w.stored("consent_chunk"); n != 0 {
				t.Errorf("%s: %d rows are left", name, n)
			}
		}
	})
}

// Where there was nothing but a voice, nothing is left to keep without a name.
func TestRecording_AloneIsNotKeptUnnamed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		s := w.spoken(here, "", randomBytes(9), w.heard(Words), w.heard(Voice))
		if err := w.gate.Sever(t.Context(), viewer(here, "ann"), s.whole()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.gate.FrontOf(t.Context(), viewer(here, "bea"), inWords, s.ID); !errors.Is(err, fault.Missing) {
			t.Errorf("it is there: %v", err)
		}
	})
}

// An older copy of the databases, with everything that was in it then, stays shut where she shut it since.
func TestRecording_StaysShutAfterARestore(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ann := viewer(here, "ann")
		shut, erased, only := w.spoken(here, "a", randomBytes(9), w.heard(Voice)), w.spoken(here, "b", randomBytes(9), w.heard(Voice)), w.spoken(here, "c", randomBytes(9), w.heard(Voice))
		when := w.now
		for _, part := range []Part{erased.whole(), only.voice(), shut.voice()} {
			w.now = w.now.Add(time.Minute)
			var t Tombstones
			later := Withdrawal{ID: ID(store.RandomID()), Contribution: part.Contribution, Speaker: part.Speaker, Taken: w.now, EraseAt: w.now}
			if len(part.Turns) > 0 {
				later.Turn = part.Turns[0]
			}
			if part.Contribution == shut.ID {
				later.EraseAt = w.now.AddDate(0, 0, 7)
			} else {
				later.Destroyed = w.now
			}
			t.Withdrawals = []Withdrawal{later}
			w.write(func(ctx context.Context, tx *store.Tx) error {
				_, err := Replay(ctx, tx, here, t, when)
				return err
			})
		}
		if err := w.gate.DestroyDue(t.Context(), here); err != nil {
			t.Fatal(err)
		}
		w.heardBy(erased, "erased after the copy was made")
		w.heardBy(only, "its voice erased after the copy was made")
		w.heardBy(shut, "its voice taken back after the copy was made", "ann")
		if err := w.gate.BringBack(t.Context(), ann, shut.whole()); err != nil {
			t.Fatal(err)
		}
		w.heardBy(shut, "brought back", "ann", "bea")
	})
}

// Nothing can be blanked in a voice: where a passage speaks of somebody who has not said yes, it is shut.
func TestRecording_IsShutWhereItSpeaksOfSomebody(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		s := w.spoken(here, "Cat was there.", randomBytes(9), w.heard(Words), w.heard(Voice))
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.Mark(ctx, tx, here, Mention{Contribution: s.ID, Turn: s.Turns[0], Span: Span{0, 3}, About: "cat", By: "ann"})
		})
		w.heardBy(s, "Cat has not said yes", "ann")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetAnswer(ctx, tx, here, "cat", AnswerYes)
		})
		w.heardBy(s, "Cat says yes", "ann", "bea")
	})
}

// A recording is made of a blob of one's own, in a part of one's own, once.
func TestRecording_IsAddedByItsOwnerAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		s := w.spoken(here, "Buses.", randomBytes(9))
		add := func(v person.Viewer, contribution, speaker, blob ID) error {
			return w.db.Write(t.Context(), func(tx *store.Tx) error {
				return w.gate.AddRecording(t.Context(), tx, v, contribution, speaker, blob, "ogg")
			})
		}
		bea, ann := viewer(here, "bea"), viewer(here, "ann")
		for name, err := range map[string]error{
			"in another's part":       add(bea, s.ID, s.Speakers[0], w.blob(bea, randomBytes(9))),
			"of another's blob":       add(ann, s.ID, s.Speakers[0], w.blob(bea, randomBytes(9))),
			"of what is not there":    add(ann, s.ID, s.Speakers[0], "nothing"),
			"in another partnership":  add(viewer(there, "ann"), s.ID, s.Speakers[0], w.blob(viewer(there, "ann"), randomBytes(9))),
			"of somebody who is none": add(viewer(here, ""), s.ID, s.Speakers[0], w.blob(viewer(here, ""), randomBytes(9))),
		} {
			if !errors.Is(err, fault.Missing) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.now = w.now.AddDate(5, 0, 0)
		w.sweep()
		w.heardBy(s, "years on", "ann")
	})
}
