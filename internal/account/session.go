package account

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Device says what somebody signed in on, as far as it helps her to know her own sessions apart. What
// the browser says about itself is not kept.
type Device string

// The devices.
const (
	Phone    Device = "phone"
	Computer Device = "computer"
	Unknown  Device = ""
)

// A Session is one browser that is signed in.
type Session struct {
	ID      string // to list and end it; it opens nothing
	Person  person.ID
	Device  Device
	Created time.Time
	Seen    time.Time // to the minute
	Expires time.Time
	Stay    bool      // keep it when the browser is closed
	Factor  bool      // the second factor was given
	Table   string    // the table whose tablet it is on; empty for a browser of her own
	Sure    time.Time // until then her passphrase counts as just given; zero: ask for it
	Ended   bool      // it was ended from elsewhere; its row says for a day whose it was, and opens nothing
}

// Opened is a session together with the token that the browser keeps. The token is not stored and
// cannot be had again.
type Opened struct {
	Session
	Token string
}

// NewSession signs a person in, or returns ErrNoMatch while her account is frozen. Every sign-in makes a new session, so a token put into a browser
// beforehand is worth nothing.
func (a *Accounts) NewSession(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, on Device, stay bool) (Opened, error) {
	if frozen, err := a.Frozen(ctx, tx, p, id); err != nil || frozen {
		return Opened{}, cmp.Or(err, error(ErrNoMatch))
	}
	lasts := a.config.Lasts
	if stay {
		lasts = a.config.Stay
	}
	now := a.now()
	s := Session{ID: store.RandomID(), Person: id, Device: on, Created: now, Seen: now.Truncate(time.Minute), Expires: now.Add(lasts), Stay: stay}
	token := newToken()
	_, err := tx.Exec(ctx, `
		INSERT INTO account_session (partnership_id, id, token_hash, person_id, device, created, seen, expires, stay, factor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)`,
		p, s.ID, tokenHash(token), id, on, store.Micros(s.Created), store.Micros(s.Seen), store.Micros(s.Expires), store.Bool(stay))
	return Opened{s, token}, err
}

// newToken returns 256 random bits as 43 characters that fit a cookie or an address.
func newToken() string { return base64.RawURLEncoding.EncodeToString(random()) }

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

const sessionColumns = `id, person_id, device, created, seen, expires, stay, factor, table_id, sure_until, ended`

func scanSession(r store.Row) (s Session, err error) {
	var created, seen, expires, sure int64
	err = r.Scan(&s.ID, &s.Person, &s.Device, &created, &seen, &expires, &s.Stay, &s.Factor, &s.Table, &sure, &s.Ended)
	s.Created, s.Seen, s.Expires, s.Sure = store.Time(created), store.Time(seen), store.Time(expires), store.Time(sure)
	return s, err
}

// Session returns the session of a token and notes that it was seen. It returns ErrSignedOut for a token that is
// unknown, ended or too old.
func (a *Accounts) Session(ctx context.Context, p person.Partnership, token string) (s Session, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		s, err = a.SessionIn(ctx, tx, p, token)
		return err
	})
	if err != nil {
		return Session{}, err
	}
	return s, a.Saw(ctx, p, &s)
}

// SessionIn does the same within a transaction, and leaves what it saw to Saw.
func (a *Accounts) SessionIn(ctx context.Context, tx *store.Tx, p person.Partnership, token string) (Session, error) {
	s, err := store.Get(ctx, tx, scanSession,
		`SELECT `+sessionColumns+` FROM account_session WHERE partnership_id = $1 AND token_hash = $2`, p, tokenHash(token))
	if errors.Is(err, fault.Missing) || err == nil && !a.alive(s, a.now()) {
		return Session{}, ErrSignedOut
	}
	return s, err
}

// Saw notes, at most once a minute, that a session was seen.
func (a *Accounts) Saw(ctx context.Context, p person.Partnership, s *Session) error {
	minute := a.now().Truncate(time.Minute)
	if !s.Seen.Before(minute) {
		return nil
	}
	s.Seen = minute
	return a.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE account_session SET seen = $3 WHERE partnership_id = $1 AND id = $2`, p, s.ID, store.Micros(minute))
		return err
	})
}

// Whose returns whose session a token was that opens nothing any more, while its row is still there: a day
// after its end. Empty when that cannot be told, for one that she left or signed out of herself, and for a
// tablet that is handed round.
func (a *Accounts) Whose(ctx context.Context, tx *store.Tx, p person.Partnership, token string) (person.ID, error) {
	s, err := store.Get(ctx, tx, scanSession,
		`SELECT `+sessionColumns+` FROM account_session WHERE partnership_id = $1 AND token_hash = $2`, p, tokenHash(token))
	if errors.Is(err, fault.Missing) || s.Table != "" {
		return "", nil
	}
	return s.Person, err
}

// SealForm seals a form that a page carries along until its sender has signed in again.
func (a *Accounts) SealForm(plain []byte) []byte { return a.box.Seal(plain) }

// UnsealForm opens what SealForm sealed.
func (a *Accounts) UnsealForm(sealed []byte) ([]byte, error) { return a.box.Open(sealed) }

// alive reports whether a session still counts: neither at its end nor idle for too long.
func (a *Accounts) alive(s Session, now time.Time) bool {
	if s.Ended {
		return false
	}
	if s.Table != "" {
		return now.Before(s.Expires) && now.Before(s.Seen.Add(atTableIdle))
	}
	return now.Before(s.Expires) && (s.Stay || now.Before(s.Seen.Add(a.config.Idle)))
}

// IsSure reports whether the passphrase of a session counts as just given.
func (a *Accounts) IsSure(s Session) bool { return a.now().Before(s.Sure) }

// Sessions returns where a person is signed in, the oldest first.
func (a *Accounts) Sessions(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) ([]Session, error) {
	all, err := store.List(ctx, tx, scanSession, `SELECT `+sessionColumns+` FROM account_session
		WHERE partnership_id = $1 AND person_id = $2 ORDER BY created, id`, p, id)
	alive := all[:0]
	for _, s := range all {
		if a.alive(s, a.now()) {
			alive = append(alive, s)
		}
	}
	return alive, err
}

// EndSession ends one session of a person. It returns fault.Missing when she has no such session.
func (a *Accounts) EndSession(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, session string) error {
	n, err := tx.Exec(ctx, endSessions+` AND id = $4`, p, id, store.Micros(a.now()), session)
	return store.Changed(n, err, fault.Missing)
}

// EndSessions ends all sessions of a person except one, or all when except is empty. It returns how
// many it ended.
func (a *Accounts) EndSessions(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, except string) (int64, error) {
	return tx.Exec(ctx, endSessions+` AND id <> $4`, p, id, store.Micros(a.now()), except)
}

// endSessions leaves the rows for a day: in the browser that was signed in there may be something half
// written, which is sealed for the person whose session it was.
const endSessions = `UPDATE account_session SET ended = 1, expires = CASE WHEN expires < $3 THEN expires ELSE $3 END
	WHERE partnership_id = $1 AND person_id = $2 AND ended = 0`

// EndToken ends the session of a token. That it is gone already is no error: leaving always works.
func (a *Accounts) EndToken(ctx context.Context, tx *store.Tx, p person.Partnership, token string) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_session WHERE partnership_id = $1 AND token_hash = $2`, p, tokenHash(token))
	return err
}

// Assure notes that whoever a session was just opened for has just chosen her passphrase, so that she is not
// asked for it again at once.
func (a *Accounts) Assure(ctx context.Context, tx *store.Tx, p person.Partnership, s *Session) error {
	return assure(ctx, tx, p, s, a.now().Add(a.config.Sure))
}

// assure notes that the person of a session has just given her passphrase, which counts until then.
func assure(ctx context.Context, tx *store.Tx, p person.Partnership, s *Session, until time.Time) error {
	n, err := tx.Exec(ctx, `UPDATE account_session SET sure_until = $4 WHERE partnership_id = $1 AND person_id = $2 AND id = $3 AND ended = 0`,
		p, s.Person, s.ID, store.Micros(until))
	s.Sure = until
	return store.Changed(n, err, ErrSignedOut)
}

// raise marks a session as one in which the second factor was given and changes its token: whoever may
// have seen the old one gains nothing.
func raise(ctx context.Context, tx *store.Tx, p person.Partnership, s Session) (Opened, error) {
	token := newToken()
	n, err := tx.Exec(ctx, `UPDATE account_session SET factor = 1, token_hash = $4 WHERE partnership_id = $1 AND person_id = $2 AND id = $3 AND ended = 0`,
		p, s.Person, s.ID, tokenHash(token))
	s.Factor = true
	return Opened{s, token}, store.Changed(n, err, ErrSignedOut)
}
