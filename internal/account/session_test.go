package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/store"
)

func (w *world) sessions() (list []account.Session) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), func(tx *store.Tx) (err error) {
		list, err = w.Sessions(w.t.Context(), tx, here, "p1")
		return err
	}))
	return list
}

func TestSession_IsFoundByItsTokenAlone(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s := w.signIn(here, "Wren")
		got, err := w.Session(t.Context(), here, s.Token)
		w.must(err)
		if diff := cmp.Diff(s.Session, got); diff != "" {
			t.Errorf("the session differs from the one opened (-opened +found):\n%s", diff)
		}
		for _, wrong := range []string{"", s.ID, s.Token + "x", "' OR 1=1 --"} {
			_, err := w.Session(t.Context(), here, wrong)
			w.want("a wrong token", err, account.ErrSignedOut)
		}
	})
}

func TestSession_SeenToTheMinute(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s := w.signIn(here, "Wren")
		w.now = w.now.Add(3*time.Minute + 17*time.Second)
		_, err := w.Session(t.Context(), here, s.Token)
		w.must(err)
		if seen := w.sessions()[0].Seen; !seen.Equal(w.now.Truncate(time.Minute)) {
			t.Errorf("seen at %v, want the whole minute before %v", seen, w.now)
		}
	})
}

func TestSession_EndsByItself(t *testing.T) {
	const minute = time.Minute
	for _, c := range []struct {
		name        string
		stay        bool
		step, until time.Duration
		lives       bool
	}{
		{"idle for less than 20 hours", false, 19*time.Hour + 50*minute, 19*time.Hour + 50*minute, true},
		{"idle for 20 hours", false, 20 * time.Hour, 20 * time.Hour, false},
		{"in use for less than a day", false, minute * 59, 23 * time.Hour, true},
		{"in use for more than a day", false, minute * 59, 25 * time.Hour, false},
		{"chose to stay", true, 10 * 24 * time.Hour, 29 * 24 * time.Hour, true},
		{"stayed for 30 days", true, 10 * 24 * time.Hour, 30 * 24 * time.Hour, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			everyEngine(t, func(t *testing.T, w *world) {
				w.join("p1", "Wren")
				s, err := w.SignIn(t.Context(), here, account.Credentials{Name: "Wren", Passphrase: good, From: home, Stay: c.stay})
				w.must(err)
				start := w.now
				for w.now.Before(start.Add(c.until)) {
					w.now = w.now.Add(min(c.step, start.Add(c.until).Sub(w.now)))
					_, err = w.Session(t.Context(), here, s.Token)
				}
				if (err == nil) != c.lives {
					t.Errorf("the session gives %v", err)
				}
				if n := len(w.sessions()); (n == 1) != c.lives {
					t.Errorf("%d sessions are listed", n)
				}
			})
		})
	}
}

func TestSession_EndedOneByOneAndAllButOne(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.join("p2", "Robin")
		var open []account.Opened
		for range 4 {
			open = append(open, w.signIn(here, "Wren"))
			w.now = w.now.Add(time.Second)
		}
		robin, far := w.signIn(here, "Robin"), w.signIn(there, "Wren")
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			w.want("ending another's session", w.EndSession(ctx, tx, here, "p1", robin.ID), fault.Missing)
			w.want("ending one in another partnership", w.EndSession(ctx, tx, here, "p1", far.ID), fault.Missing)
			if err := w.EndSession(ctx, tx, here, "p1", open[0].ID); err != nil {
				return err
			}
			if err := w.EndToken(ctx, tx, here, open[1].Token); err != nil {
				return err
			}
			return w.EndToken(ctx, tx, here, open[1].Token) // leaving twice is no error
		}))
		if list := w.sessions(); len(list) != 2 || list[0].ID != open[2].ID || list[1].ID != open[3].ID {
			t.Errorf("left are %v", list)
		}
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			n, err := w.EndSessions(ctx, tx, here, "p1", open[3].ID)
			if n != 1 {
				t.Errorf("ended %d others, want 1", n)
			}
			return err
		}))
		for token, want := range map[string]error{
			open[0].Token: account.ErrSignedOut, open[1].Token: account.ErrSignedOut, open[2].Token: account.ErrSignedOut,
			open[3].Token: nil, robin.Token: nil,
		} {
			_, err := w.Session(t.Context(), here, token)
			w.want("a session", err, want)
		}
		_, err := w.Session(t.Context(), there, far.Token)
		w.must(err)
	})
}

func TestSweep_TakesWhatHasRunOutAndNothingElse(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		w.signIn(here, "Wren")
		w.signIn(there, "Wren")
		w.recoveryCodes(here, "p1")
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			_, _, err := w.Invite(ctx, tx, here, "p1")
			return err
		}))
		w.now = w.now.Add(15 * 24 * time.Hour)
		w.signIn(here, "Wren")
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error { return w.Sweep(ctx, tx, here) }))
		if n := w.rows(here, "account_session"); n != 1 {
			t.Errorf("%d sessions here, want the new one", n)
		}
		if n := w.rows(there, "account_session"); n != 1 {
			t.Errorf("%d sessions there, want the one that was not asked about", n)
		}
		if n := w.rows(here, "account_code"); n != 8 {
			t.Errorf("%d codes, want the 8 recovery codes", n)
		}
	})
}

func TestAgain_CountsInThatSessionForFiveMinutes(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s, other := w.signIn(here, "Wren"), w.signIn(here, "Wren")
		sure := func(o account.Opened) bool {
			got, err := w.Session(t.Context(), here, o.Token)
			w.must(err)
			return w.IsSure(got)
		}
		if !sure(s) {
			t.Error("whoever has just signed in with her passphrase is asked for it")
		}
		w.now = w.now.Add(5 * time.Minute)
		if sure(s) {
			t.Error("five minutes later she is not asked")
		}
		w.want("a wrong passphrase", w.Again(t.Context(), here, s.Session, "wrong wrong wrong", home), account.ErrNoMatch)
		if sure(s) {
			t.Error("a wrong passphrase counts as given")
		}
		w.must(w.Again(t.Context(), here, s.Session, good, home))
		if !sure(s) || sure(other) {
			t.Errorf("given in one session it counts there: %v, in another: %v", sure(s), sure(other))
		}
	})
}
