package backup_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"footing/internal/backup"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/testing/canary"
)

// P10, first case: the main backup alone.
func TestRestore_MainAloneOpensNothing(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	word := canary.New()
	s := w.share(canary.Text(word), "", "Ann", canary.Text(word))
	written := w.backup(t.TempDir(), id)
	o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
	o.Keys, o.Tombstones = "", w.tombstones()
	back, done := w.restore(o)
	for _, v := range []struct{ who, got string }{{"Cat", back.words(cat, s)}, {"Ann herself", back.words(ann, s)}} {
		if v.got != "" {
			t.Errorf("without keys %s reads %q", v.who, v.got)
		}
	}
	if said := strings.Join(done.Sentences(), " "); !strings.Contains(said, "nobody's words can be read any more") {
		t.Errorf("nobody is told: %s", said)
	}
	nowhere(t, canary.Finder{Words: []string{word}, Identities: []age.Identity{id}}, o.Into, written.Main)
	another := back.share("New", "", "Ann", "We go on.")
	back.expect(cat, another, "after the loss", "We go on.")
}

// What Ann does after the backup, in every way there is.
type afterwards struct{ kept, hidden, erased, oneTurn, undone, late share }

func (w *world) live() (a afterwards, change func()) {
	a.kept = w.share("Kept", "", "Ann", "Kept.")
	a.hidden = w.share("Hidden", "", "Ann", "Hidden.")
	a.erased = w.share("Erased", "", "Ann", "Erased.")
	a.oneTurn = w.share("One", "", "Ann", "First.", "Second.")
	a.undone = w.share("Undone", "", "Ann", "Undone.")
	w.takeBack(a.undone.part, false)
	return a, func() {
		w.now = w.now.Add(time.Hour)
		w.takeBack(a.hidden.part, false)
		w.takeBack(a.erased.part, true)
		one := a.oneTurn.part
		one.Turns = []consent.ID{a.oneTurn.Turns[1]}
		w.takeBack(one, true)
		if err := w.gate.BringBack(w.t.Context(), ann, a.undone.part); err != nil {
			w.t.Fatal(err)
		}
		a.late = w.share("Late", "", "Ann", "Late.")
		late := a.late.part
		late.Turns = []consent.ID{a.late.Turns[1]}
		w.takeBack(late, false) // of a turn that the backup does not have
	}
}

// P10, second case: main and key backup with tombstones.
func TestRestore_TombstonesCloseWhatWasTakenBack(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	a, change := w.live()
	written := w.backup(t.TempDir(), id)
	change()
	o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
	o.Tombstones = w.tombstones()
	w.now = w.now.Add(time.Hour)
	back, done := w.restore(o)

	back.expect(cat, a.kept, "kept", "Kept.")
	back.expect(cat, a.hidden, "taken back", "")
	back.expect(ann, a.hidden, "taken back, for its owner", "Hidden.")
	back.expect(cat, a.erased, "erased", "")
	back.expect(ann, a.erased, "erased, for its owner", "")
	back.expect(cat, a.oneTurn, "one turn erased", "Second.")
	back.expect(ann, a.oneTurn, "one turn erased, for its owner", "Second.")
	back.expect(cat, a.undone, "brought back", "Undone.")
	gone(t, back, a.erased)

	got := done.Partnerships[0]
	if !got.Complete || got.Withdrawals != 4 || got.Destroyed != 2 || got.Undone != 1 || got.ShutAll != 0 || got.WithoutKey != 0 {
		t.Errorf("the outcome is %+v", got)
	}
	back.read(func(ctx context.Context, tx *store.Tx) error {
		report, err := ledger.Verify(ctx, tx, p, []ledger.Checkpoint{w.head()}, nil)
		if len(report.Findings) != 1 || report.Findings[0].Fault != ledger.LossLogged {
			t.Errorf("the log as its witness sees it: %v, want a loss that is logged", report.Findings)
		}
		return err
	})
	if err := back.gate.BringBack(t.Context(), ann, a.hidden.part); err != nil {
		t.Errorf("what was hidden cannot be brought back: %v", err)
	}
	back.expect(cat, a.hidden, "brought back after the restore", "Hidden.")
	back.now = back.now.Add(undoFor)
	if err := back.gate.DestroyDue(t.Context(), p); err != nil { // the late turn's time ends, of which there is nothing
		t.Error(err)
	}
}

// gone fails when a part's keys are anywhere in the restored stores, tried on the sealed words of the
// backup's own copy.
func gone(t *testing.T, back *world, s share) {
	t.Helper()
	var keys []string
	back.read(func(ctx context.Context, tx *store.Tx) (err error) {
		keys, err = store.List(ctx, tx, store.One[string], `SELECT DISTINCT key_id FROM consent_turn WHERE contribution_id = $1 AND speaker_id = $2`, s.ID, s.part.Speaker)
		return err
	})
	held, err := back.ring.Keys(t.Context(), keys)
	if err != nil || len(keys) == 0 || len(held) != 0 {
		t.Errorf("of %d keys %d are held (%v)", len(keys), len(held), err)
	}
}

// P10, third case: main and key backup without tombstones.
func TestRestore_WithoutTombstonesItStaysShut(t *testing.T) {
	for _, c := range []struct {
		name  string
		alter func(*testing.T, *world, *backup.RestoreOptions)
	}{
		{"none", func(*testing.T, *world, *backup.RestoreOptions) {}},
		{"older than the backup", func(t *testing.T, w *world, o *backup.RestoreOptions) {}},
		{"older than a witness", func(t *testing.T, w *world, o *backup.RestoreOptions) {
			o.Tombstones = w.tombstones()
			w.share("More", "", "Ann", "More.")
			o.Witnesses = []ledger.Checkpoint{w.head()}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, id := newWorld(t), newIdentity(t)
			old := filepath.Join(t.TempDir(), "old.jsonl")
			a, change := w.live()
			copyFile(t, w.tombstones(), old)
			w.share("Since", "", "Ann", "Since.") // the log goes on before the backup
			written := w.backup(t.TempDir(), id)
			change()
			o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
			if c.name == "older than the backup" {
				o.Tombstones = old
			}
			c.alter(t, w, &o)
			back, done := w.restore(o)
			for _, s := range []share{a.kept, a.hidden, a.erased, a.oneTurn, a.undone} {
				back.expect(cat, s, "before she opened it again", "")
			}
			if got := done.Partnerships[0]; got.Complete || got.ShutAll == 0 {
				t.Errorf("the outcome is %+v", got)
			}
			if said := strings.Join(done.Sentences(), " "); !strings.Contains(said, "Everything is shut until its owner opens it again") {
				t.Errorf("nobody is told: %s", said)
			}
			back.now = back.now.AddDate(5, 0, 0)
			if err := back.gate.DestroyDue(t.Context(), p); err != nil {
				t.Fatal(err)
			}
			back.now = w.now
			back.expect(ann, a.kept, "five years on, for its owner", "Kept.")
			if err := back.gate.BringBack(t.Context(), ann, a.kept.part); err != nil {
				t.Fatal(err)
			}
			back.expect(cat, a.kept, "opened again by its owner", "Kept.")
		})
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// What she took back herself stays so when she opens what the restore shut.
func TestRestore_OpeningAgainKeepsWhatSheTookBack(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	s := w.share("Talk", "", "Ann", "First.", "Second.")
	one := s.part
	one.Turns = []consent.ID{s.Turns[1]}
	w.takeBack(one, false)
	back, _ := w.restore(w.options(w.backup(t.TempDir(), id), id, filepath.Join(t.TempDir(), "data")))
	back.expect(cat, s, "after the restore", "")
	if err := back.gate.BringBack(t.Context(), ann, s.part); err != nil {
		t.Fatal(err)
	}
	back.expect(cat, s, "opened again", "Second.")
	if err := back.gate.BringBack(t.Context(), ann, s.part); err != nil {
		t.Fatal(err)
	}
	back.expect(cat, s, "brought back too", "First. | Second.")
}

// Terms, audiences and marks are closings too.
func TestRestore_OtherClosingsHold(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	narrowed, marked := w.share("Narrowed", "", "Ann", "Narrowed."), w.share("Marked", "", "Ann", "Bea laughed.")
	waits := w.share("Waits", "", "Ann", "Until the report is out.")
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(w.gate.AddMoment(ctx, tx, p, consent.Moment{ID: "report", Name: "the report is out", Latest: w.now.AddDate(1, 0, 0)}),
			w.gate.SetTerms(ctx, tx, ann, waits.ID, waits.part.Speaker, consent.Terms{Owner: "ann", Yes: []consent.Yes{{
				Audience: consent.Audience{Kind: consent.ToAnalysts, ID: "s1"}, Use: inStudy, Until: w.now.AddDate(1, 0, 0), Moment: "report"}}}))
	})
	w.expect(cat, waits, "what waits for the report", "Until the report is out.")
	written := w.backup(t.TempDir(), id)
	w.now = w.now.Add(time.Hour)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(
			w.gate.Happened(ctx, tx, p, "report"),
			w.gate.SetTerms(ctx, tx, ann, narrowed.ID, narrowed.part.Speaker, consent.Terms{Owner: "ann"}),
			w.gate.Mark(ctx, tx, p, consent.Mention{Contribution: marked.ID, Turn: marked.Turns[1], Span: consent.Span{Start: 0, End: 3}, About: "bea", By: "dan"}))
	})
	restore := func() *world {
		o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
		o.Tombstones = w.tombstones()
		back, done := w.restore(o)
		if got := done.Partnerships[0]; !got.Complete || got.Shut != 1 {
			t.Errorf("the outcome is %+v", got)
		}
		return back
	}
	back := restore()
	back.expect(cat, narrowed, "terms that were narrowed", "")
	back.expect(cat, waits, "what waited for something that has happened", "")
	back.expect(cat, marked, "a passage that was marked", "··· laughed.")
	// Bea says yes to such places and no to this one; the older copy knows neither.
	w.write(func(ctx context.Context, tx *store.Tx) error {
		marks, err := w.gate.Mentions(ctx, tx, p, marked.ID)
		if err != nil {
			return err
		}
		bea := person.Viewer{Partnership: p, ID: "bea"}
		return errors.Join(w.gate.SetAnswer(ctx, tx, p, "bea", consent.AnswerYes), w.gate.AnswerPlace(ctx, tx, bea, marks[0].ID, consent.AnswerNo))
	})
	back = restore()
	back.expect(cat, marked, "a place she keeps shut", "··· laughed.")
	w.write(func(ctx context.Context, tx *store.Tx) error { return w.gate.LeaveAll(ctx, tx, p, "cat") })
	back = restore()
	back.expect(cat, marked, "somebody who had left", "")
	back.read(func(ctx context.Context, tx *store.Tx) error {
		answer, err := back.gate.AnswerOf(ctx, tx, p, "bea")
		if answer != consent.AnswerYes {
			t.Errorf("Bea's answer is %q", answer)
		}
		return err
	})
}

// What is kept for checking alone is not opened by an older copy: neither for what was over since, nor where she
// said no to it since, nor after its day.
func TestRestore_KeptForChecking(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	analysts := consent.Audience{Kind: consent.ToAnalysts, ID: "s1"}
	year := w.now.AddDate(1, 0, 0)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.AddMoment(ctx, tx, p, consent.Moment{ID: "report", Name: "the report is out", Latest: year})
	})
	until := consent.Yes{Audience: analysts, Use: inStudy, Until: year, Moment: "report"}
	quote := consent.Yes{Audience: analysts, Use: consent.Use{Purpose: consent.Quote, For: "s1", Form: consent.Words}, Until: year, Moment: "report"}
	check := consent.Yes{Audience: analysts, Use: consent.Use{Purpose: consent.Checking, For: "s1", Form: consent.Words}, Until: w.now.AddDate(3, 0, 0)}
	set := func(s share, yes ...consent.Yes) {
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.gate.SetTerms(ctx, tx, ann, s.ID, s.part.Speaker, consent.Terms{Owner: "ann", Yes: yes})
		})
	}
	kept, refused := w.share("Kept", "", "Ann", "Kept."), w.share("Refused", "", "Ann", "Refused.")
	for _, s := range []share{kept, refused} {
		set(s, until, quote, check)
	}
	written := w.backup(t.TempDir(), id)
	w.now = w.now.Add(time.Hour)
	w.write(func(ctx context.Context, tx *store.Tx) error { return w.gate.Happened(ctx, tx, p, "report") })
	until.Until, quote.Until = w.now, w.now // as both are by now
	set(refused, until, quote)
	restore := func() *world {
		o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
		o.Tombstones = w.tombstones()
		back, _ := w.restore(o)
		return back
	}
	checked := func(back *world, s share) string {
		act, err := back.gate.Why(t.Context(), cat, "s1", "An editor asks.", s.Turns...)
		if errors.Is(err, fault.Missing) {
			return ""
		}
		list, err2 := back.gate.Check(t.Context(), cat, "s1", act, s.Turns...)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, c := range list {
			for _, turn := range c.Turns {
				text += turn.Words.Reveal()
			}
		}
		return text
	}
	back := restore()
	back.expect(cat, kept, "what was out", "")
	if got := checked(back, kept); got != "Kept." {
		t.Errorf("what is kept for checking reads %q when it is checked", got)
	}
	if got := checked(back, refused); got != "" {
		t.Errorf("she said no to checking since, and it reads %q", got)
	}
	w.now = w.now.AddDate(3, 0, 0)
	if err := w.gate.TakeBackEnded(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.AddDate(0, 1, 0)
	if err := w.gate.DestroyDue(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	back = restore()
	if got := checked(back, kept) + back.words(ann, kept); got != "" {
		t.Errorf("its day was over and it was erased, and an older copy reads %q", got)
	}
}

// An owner's new words end the old ones, also in an older copy.
func TestRestore_ReplacedWordsStayGone(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	prepared, err := w.gate.Prepare(t.Context(), p, consent.Incoming{Kind: consent.Idea, Keeper: "ann",
		Speakers: []consent.NewSpeaker{{Role: consent.Member, Person: "ann"}}, Turns: []consent.NewTurn{{Text: "Old."}}})
	if err != nil {
		t.Fatal(err)
	}
	w.write(func(ctx context.Context, tx *store.Tx) error { return prepared.Save(ctx, tx) })
	s := share{prepared, consent.Part{Contribution: prepared.ID, Speaker: prepared.Speakers[0]}}
	w.allow(s)
	written := w.backup(t.TempDir(), id)
	w.now = w.now.Add(time.Hour)
	if err := w.gate.Rewrite(t.Context(), ann, s.ID, nil, []string{"New."}); err != nil {
		t.Fatal(err)
	}
	o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
	o.Tombstones = w.tombstones()
	back, _ := w.restore(o)
	back.expect(cat, s, "replaced", "")
	back.expect(ann, s, "replaced, for its owner", "")
	gone(t, back, s)
}

// A passage marked in a turn that was mended since has no place in the older text: all of it is marked.
func TestRestore_AMarkInAMendedTurnCoversIt(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	s := w.share("Talk", "", "Ann", "Then Bea came.")
	written := w.backup(t.TempDir(), id)
	w.now = w.now.Add(time.Hour)
	if err := w.gate.Mend(t.Context(), person.Viewer{Partnership: p, ID: "dan"}, s.ID, s.Turns[1], "", "And then, later on, Bea came."); err != nil {
		t.Fatal(err)
	}
	w.write(func(ctx context.Context, tx *store.Tx) error {
		return w.gate.Mark(ctx, tx, p, consent.Mention{Contribution: s.ID, Turn: s.Turns[1], Span: consent.Span{Start: 20, End: 23}, About: "bea", By: "dan"})
	})
	w.expect(cat, s, "before", "And then, later on, ··· came.")
	o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
	o.Tombstones = w.tombstones()
	back, _ := w.restore(o)
	back.expect(cat, s, "after", "···· ··· ·····")
}

// Words that were erased end in every main backup once the last key backup from before is removed.
func TestRestore_ErasedWordsEndWithTheirLastKeyBackup(t *testing.T) {
	w, id, to := newWorld(t), newIdentity(t), t.TempDir()
	s := w.share("Talk", "", "Ann", "Erased.")
	first := w.backup(to, id)
	w.now = w.now.Add(time.Hour)
	w.takeBack(s.part, true)
	w.now = day0.Add(backup.KeepKeys)
	last := w.backup(to, id)
	if _, err := os.Stat(first.Keys); err == nil {
		t.Fatal("the key backup from before is still there")
	}
	// The worst that is left: the old main backup, the new keys, the root key, and no tombstones.
	o := w.options(backup.Written{Main: first.Main, Keys: last.Keys}, id, filepath.Join(t.TempDir(), "data"))
	back, _ := w.restore(o)
	gone(t, back, s)
	back.expect(ann, s, "out of the old main backup, for its owner", "")
	// What the record calls her goes too, though the talk and its title stay for the other one in it.
	var key string
	back.read(func(ctx context.Context, tx *store.Tx) (err error) {
		key, err = store.Get(ctx, tx, store.One[string], `SELECT key_id FROM consent_contribution WHERE id = $1`, s.ID)
		return err
	})
	if held, err := back.ring.Keys(t.Context(), []string{key}); err != nil || len(held) > 0 {
		t.Errorf("her name in the record can still be opened (%v)", err)
	}
}

// A restore that cannot be done says why and leaves nothing.
func TestRestore_RefusesAndLeavesNothing(t *testing.T) {
	w, id, to := newWorld(t), newIdentity(t), t.TempDir()
	w.share("Talk", "", "Ann", "Kept.")
	written, stones := w.backup(to, id), w.tombstones()
	spoilt := func(path string, change func([]byte) []byte) string {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		other := filepath.Join(t.TempDir(), "spoilt")
		if err := os.WriteFile(other, change(bytes.Clone(content)), 0o600); err != nil {
			t.Fatal(err)
		}
		return other
	}
	flip := func(b []byte) []byte { b[len(b)/2] ^= 1; return b }
	half := func(b []byte) []byte { return b[:len(b)/2] }
	strange := newWorld(t)
	for _, c := range []struct {
		name string
		with func(*backup.RestoreOptions)
		want string
	}{
		{"another's key", func(o *backup.RestoreOptions) { o.Identities = []age.Identity{newIdentity(t)} }, "does not open the file"},
		{"a byte changed", func(o *backup.RestoreOptions) { o.Main = spoilt(written.Main, flip) }, "damaged"},
		{"half a file", func(o *backup.RestoreOptions) { o.Keys = spoilt(written.Keys, half) }, "damaged"},
		{"no age file", func(o *backup.RestoreOptions) { o.Main = stones }, "damaged"},
		{"main and keys mixed up", func(o *backup.RestoreOptions) { o.Main, o.Keys = o.Keys, o.Main }, "mixed up"},
		{"another root key", func(o *backup.RestoreOptions) { o.RootKey = strange.root }, "root key is not the one"},
		{"no root key", func(o *backup.RestoreOptions) { o.RootKey = filepath.Join(o.Into, "root.key") }, "root key file is missing"},
		{"half the tombstones", func(o *backup.RestoreOptions) { o.Tombstones = spoilt(stones, half) }, "not whole"},
		{"a tombstone changed", func(o *backup.RestoreOptions) { o.Tombstones = spoilt(stones, flip) }, "not whole"},
		{"tombstones named and absent", func(o *backup.RestoreOptions) { o.Tombstones = filepath.Join(to, "absent") }, "no such file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
			o.Tombstones = stones
			c.with(&o)
			_, err := backup.Restore(t.Context(), o)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("it says %v, want something about %q", err, c.want)
			}
			if _, err := os.Stat(o.Into); err == nil {
				t.Errorf("left behind: %v", filesIn(t, o.Into))
			}
		})
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "main.db"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), w.options(written, id, full)); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("into a folder in use: %v", err)
	}
	if got := filesIn(t, full); !slices.Equal(got, []string{"main.db"}) {
		t.Errorf("the folder in use holds %v", got)
	}
}

// A folder that holds the root key alone is a folder to restore into.
func TestRestore_BesideTheRootKey(t *testing.T) {
	w, id, into := newWorld(t), newIdentity(t), t.TempDir()
	s := w.share("Talk", "", "Ann", "Kept.")
	o := w.options(w.backup(t.TempDir(), id), id, into)
	o.Tombstones, o.RootKey = w.tombstones(), filepath.Join(into, "root.key")
	copyFile(t, w.root, o.RootKey)
	back, _ := w.restore(o)
	back.expect(cat, s, "kept", "Kept.")
	if got := filesIn(t, into); slices.ContainsFunc(got, func(name string) bool { return strings.HasPrefix(name, ".") }) {
		t.Errorf("the folder holds %v", got)
	}
}

// What rooms close themselves is closed in the same transaction.
func TestRestore_RoomsCloseTheirs(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	o := w.options(w.backup(t.TempDir(), id), id, filepath.Join(t.TempDir(), "data"))
	no := errors.New("no")
	o.Then = func(context.Context, *store.Tx, person.Partnership) error { return no }
	if _, err := backup.Restore(t.Context(), o); !errors.Is(err, no) {
		t.Errorf("a room that could not close stopped nothing: %v", err)
	}
	if _, err := os.Stat(o.Into); err == nil {
		t.Error("something was put back")
	}
}

func TestByPassphrase_OpensWithThatOneAlone(t *testing.T) {
	w, to := newWorld(t), t.TempDir()
	recipient, right, err := backup.ByPassphrase("four easy made words")
	if err != nil {
		t.Fatal(err)
	}
	recipient.(*age.ScryptRecipient).SetWorkFactor(12) // the default costs a second each
	written, err := backup.Write(t.Context(), backup.Options{Main: w.main, Keys: w.keys, To: to, Recipients: []age.Recipient{recipient},
		Identities: []age.Identity{right}, Now: w.now})
	if err != nil {
		t.Fatal(err)
	}
	_, wrong, err := backup.ByPassphrase("four easy other words")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), w.options(written, wrong, filepath.Join(t.TempDir(), "data"))); !errors.Is(err, backup.ErrNoMatch) {
		t.Errorf("the wrong passphrase: %v", err)
	}
	w.restore(w.options(written, right, filepath.Join(t.TempDir(), "data")))
	if _, _, err := backup.ByPassphrase(""); err == nil {
		t.Error("an empty passphrase is taken")
	}
}

// What somebody kept without her name when she left does not come back as hers from a copy made before: it is
// shut, and since nobody could open it again, it is erased. What was severed before the copy is as it was left.
func TestRestore_WhatWasSeveredIsNobodysAndShut(t *testing.T) {
	w, id := newWorld(t), newIdentity(t)
	before, since, kept := w.share("Before", "", "Ann", "Before."), w.share("Since", "", "Ann", "Since."), w.share("Kept", "", "Ann", "Kept.")
	sever := func(s share) {
		t.Helper()
		if err := w.gate.Sever(t.Context(), ann, s.part); err != nil {
			t.Fatal(err)
		}
	}
	sever(before)
	written := w.backup(t.TempDir(), id)
	w.now = w.now.Add(time.Hour)
	sever(since)
	o := w.options(written, id, filepath.Join(t.TempDir(), "data"))
	o.Tombstones = w.tombstones()
	back, done := w.restore(o)

	back.expect(cat, before, "severed before the copy", "Before.")
	back.expect(cat, kept, "hers as before", "Kept.")
	back.expect(cat, since, "severed after the copy", "")
	back.expect(ann, since, "severed after the copy, for whose it was", "")
	gone(t, back, since)
	for _, v := range []person.Viewer{ann, {Partnership: p, ID: "dan"}} {
		if err := back.gate.BringBack(t.Context(), v, since.part); err == nil {
			t.Errorf("%s opens again what is nobody's", v.ID)
		}
	}
	if got := done.Partnerships[0]; got.Destroyed != 1 || got.Shut != 0 || len(got.Severed) != 1 {
		t.Errorf("the outcome is %+v", got)
	}
	back.read(func(ctx context.Context, tx *store.Tx) error {
		n, err := store.Get(ctx, tx, store.One[int], `SELECT (SELECT count(*) FROM consent_speaker WHERE id = $1 AND person_id <> '')
			+ (SELECT count(*) FROM consent_terms WHERE speaker_id = $1)`, since.part.Speaker)
		if n != 0 {
			t.Errorf("%d rows say that it is hers, or what she allowed", n)
		}
		return err
	})
}
