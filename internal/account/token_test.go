package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/account"
	"footing/internal/fault"
	"footing/internal/store"
)

func TestToken_ActsForItsPersonUntilRevoked(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s, ctx := w.signIn(here, "Wren"), t.Context()
		var made account.Token
		var secret string
		w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
			made, secret, err = w.NewToken(ctx, tx, here, s.Session, strings.Repeat("my old laptop ", 9))
			return err
		}))
		if len([]rune(made.Label)) != 60 || !strings.HasPrefix(secret, "footing_") {
			t.Errorf("made %+v", made)
		}
		w.now = w.now.Add(30 * time.Hour)
		got, err := w.Token(ctx, here, secret)
		w.must(err)
		made.Used = w.now.Truncate(24 * time.Hour)
		if diff := cmp.Diff(made, got); diff != "" {
			t.Errorf("the token differs (-made +found):\n%s", diff)
		}
		_, err = w.Token(ctx, there, secret)
		w.want("the token elsewhere", err, account.ErrSignedOut)
		_, err = w.Session(ctx, here, secret)
		w.want("the token as a session", err, account.ErrSignedOut)
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error {
			list, err := w.Tokens(ctx, tx, here, "p1")
			if diff := cmp.Diff([]account.Token{made}, list); diff != "" {
				t.Errorf("listed (-want +got):\n%s", diff)
			}
			w.want("revoking another's", w.RevokeToken(ctx, tx, here, "p2", made.ID), fault.Missing)
			w.want("revoking it elsewhere", w.RevokeToken(ctx, tx, there, "p1", made.ID), fault.Missing)
			return err
		}))
		w.must(w.write(func(ctx context.Context, tx *store.Tx) error { return w.RevokeToken(ctx, tx, here, "p1", made.ID) }))
		_, err = w.Token(ctx, here, secret)
		w.want("a revoked token", err, account.ErrSignedOut)
	})
}

func TestToken_RunsOut(t *testing.T) {
	everyEngine(t, func(t *testing.T, w *world) {
		w.join("p1", "Wren")
		s := w.signIn(here, "Wren")
		var secret string
		w.must(w.write(func(ctx context.Context, tx *store.Tx) (err error) {
			_, secret, err = w.NewToken(ctx, tx, here, s.Session, "")
			return err
		}))
		w.now = w.now.Add(90 * 24 * time.Hour)
		_, err := w.Token(t.Context(), here, secret)
		w.want("a token after 90 days", err, account.ErrSignedOut)
	})
}
