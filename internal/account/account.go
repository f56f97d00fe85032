// Package account keeps how people prove who they are: passphrases, sessions, second factors, codes
// that work once, tokens for commands, and the throttle in front of them. It has no pages.
//
// Whatever goes wrong at the door gives the one answer ErrNoMatch, after the same work, so that nobody
// can learn from it whether an account exists. Of everything that lets somebody in only a hash is kept.
//
// Methods that take a *store.Tx are store methods and work inside the caller's transaction. The others
// are actions: they open their own, and none of them hashes a passphrase while one is open.
package account

import (
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"io/fs"
	"time"

	"golang.org/x/crypto/argon2"

	"footing/internal/fault"
	"footing/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations holds this package's tables, all called account_….
var Migrations = sub(migrations, "migrations")

//go:embed words/*.toml
var words embed.FS

// Words holds the sentences of this package's faults, as catalogue files.
func Words() fs.FS { return sub(words, "words") }

func sub(f embed.FS, dir string) fs.FS { inner, _ := fs.Sub(f, dir); return inner }

// What a person is told.
var (
	// ErrNoMatch is the one answer to every wrong name, passphrase, code or link.
	ErrNoMatch = fault.New(fault.Invalid, "account.no_match")
	// ErrSignedOut means that a session or token is no good any more, or never was.
	ErrSignedOut = fault.New(fault.SignIn, "account.signed_out")
	// ErrWait asks for patience; its argument "count" is how many seconds.
	ErrWait = fault.New(fault.Busy, "account.wait")
	// ErrWrongCode is a second-factor code that is wrong, too old or used already.
	ErrWrongCode = fault.New(fault.Invalid, "account.wrong_code")
	// ErrFactorExists asks to take the old second factor away before making a new one.
	ErrFactorExists = fault.New(fault.Conflict, "account.factor_exists")
	// ErrNameTaken means that somebody in this partnership is called that already.
	ErrNameTaken = fault.New(fault.Conflict, "account.name_taken")
	// ErrNameUnusable is a name that is empty, too long, or holds signs that cannot be seen.
	ErrNameUnusable = fault.New(fault.Invalid, "account.name_unusable")
	// ErrPassphraseShort, ErrPassphraseLong and ErrPassphraseCommon are all that is demanded of a passphrase.
	ErrPassphraseShort  = fault.New(fault.Invalid, "account.passphrase_short")
	ErrPassphraseLong   = fault.New(fault.Invalid, "account.passphrase_long")
	ErrPassphraseCommon = fault.New(fault.Invalid, "account.passphrase_common")
	// ErrInvitation is an invitation code that is wrong, used, withdrawn or too old.
	ErrInvitation = fault.New(fault.Invalid, "account.invitation")
)

// Config holds what a server may set. Every zero field means its default.
type Config struct {
	// Cost of hashing a passphrase; by default 64 MiB, 3 passes, 1 lane.
	Cost Cost
	// Idle is how long a session lasts without a page being opened: 20 h, since no page may time out
	// sooner without a warning (WCAG 2.2.1).
	Idle time.Duration
	// Lasts is how long a session lasts at most: 24 h.
	Lasts time.Duration
	// Stay replaces both for somebody who chose to stay signed in: 30 days.
	Stay time.Duration
	// InvitationLasts is how long an invitation can be used: 14 days.
	InvitationLasts time.Duration
	// TokenLasts is how long a command's token can be used: 90 days.
	TokenLasts time.Duration
	// Sure is how long a session counts as one in which the passphrase was just given: 5 minutes.
	Sure time.Duration
}

func (c Config) withDefaults() Config {
	const day = 24 * time.Hour
	if c.Cost == (Cost{}) {
		c.Cost = Cost{MemoryKiB: 64 * 1024, Passes: 3, Lanes: 1}
	}
	set(&c.Idle, 20*time.Hour)
	set(&c.Lasts, day)
	set(&c.Stay, 30*day)
	set(&c.InvitationLasts, 14*day)
	set(&c.TokenLasts, 90*day)
	set(&c.Sure, 5*time.Minute)
	return c
}

func set(d *time.Duration, byDefault time.Duration) {
	if *d == 0 {
		*d = byDefault
	}
}

// A Box seals what must be read again: second-factor secrets and labels.
type Box interface {
	Seal(plain []byte) []byte
	Open(sealed []byte) ([]byte, error)
}

// Deps is what Accounts stand on. DB and Box are needed; Now is time.Now when nil.
type Deps struct {
	DB  *store.DB
	Box Box
	Now func() time.Time
	// Secret keys the hashes under which misses per name are counted. Servers that share a database
	// share it; when empty each process counts for itself and forgets at a restart.
	Secret []byte
	Config Config
}

// Accounts does everything in this package. It is safe for use by many goroutines.
type Accounts struct {
	db     *store.DB
	box    Box
	now    func() time.Time
	config Config

	secret  []byte        // keys marks of names
	process []byte        // keys marks of addresses; never leaves this process
	hashing chan struct{} // bounds how many hashes are computed at once
	derive  func(passphrase, salt []byte, passes, memoryKiB uint32, lanes uint8, length uint32) []byte
}

// atOnce bounds the memory that signing in can take: two hashes, 128 MiB by default.
const atOnce = 2

// New returns the accounts kept in d.DB.
func New(d Deps) *Accounts {
	a := &Accounts{
		db: d.DB, box: d.Box, now: d.Now, config: d.Config.withDefaults(), secret: d.Secret,
		process: random(), hashing: make(chan struct{}, atOnce), derive: argon2.IDKey,
	}
	if a.now == nil {
		a.now = time.Now
	}
	if len(a.secret) == 0 {
		a.secret = random()
	}
	return a
}

// random returns 256 random bits.
func random() []byte {
	b := make([]byte, sha256.Size)
	_, _ = rand.Read(b) // crypto/rand.Read never returns an error
	return b
}
