// Package ledger keeps the log that nobody can rewrite unseen: decisions, versions of the agreement,
// terms and withdrawals, standings, keys, restores and releases (R100, P17).
//
// Each entry is a leaf of a Merkle tree (RFC 6962, as golang.org/x/mod/sumdb/tlog builds it). A leaf
// holds when, what kind, and a salted commitment to a few facts: random ids, numbers and flags, never
// words. The salt and the facts lie in a table of their own, so that they can go with words that were
// taken back, while the leaf stays and the log still adds up.
//
// The head of the tree is a Checkpoint: one short line, printed in meeting notes and reports. Whoever
// keeps such a page is a witness: from then on nothing before it can be changed, left out or lost
// without Verify saying so.
package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"footing/internal/person"
	"footing/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations holds the tables of this package.
var Migrations, _ = fs.Sub(migrations, "migrations")

// A Kind says what was done.
type Kind string

// The kinds of entry. Terms, Withdrawal and Erasure are private: others learn how many there were in
// a week and no more.
const (
	Decision   Kind = "decision"
	Agreement  Kind = "agreement"
	Standing   Kind = "standing"
	Key        Kind = "key"
	Restore    Kind = "restore"
	Release    Kind = "release"
	Terms      Kind = "terms"
	Withdrawal Kind = "withdrawal"
	Erasure    Kind = "erasure" // written by Forget
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{Decision, Agreement, Standing, Key, Restore, Release, Terms, Withdrawal, Erasure}
}

// Private reports whether entries of this kind are nobody's business but their owner's.
func (k Kind) Private() bool { return k == Terms || k == Withdrawal || k == Erasure }

// An Entry is one thing to log.
type Entry struct {
	At      time.Time
	Kind    Kind
	Subject string // the random id of what it is about; may be empty
	Facts   any    // a small struct or its JSON: ids, numbers and flags; nil for none
}

// token is all that a string among the facts may be: an id, a hash, a word of a fixed vocabulary.
// Sentences have spaces, so they cannot be logged by mistake.
var token = regexp.MustCompile(`^[A-Za-z0-9:_.+/=-]{0,200}$`)

var errWords = errors.New("logging: facts hold ids, numbers and flags, not words")

// encode checks e and returns its facts as they are stored and committed to.
func (e Entry) encode() (string, error) {
	if !slices.Contains(Kinds(), e.Kind) || e.At.IsZero() || !token.MatchString(e.Subject) {
		return "", errors.New("logging: an entry needs a known kind, a time and an id for its subject")
	}
	value := e.Facts
	if text, ok := value.([]byte); ok {
		value = json.RawMessage(text)
	}
	facts, err := json.Marshal(value)
	if err != nil {
		return "", errWords // the encoder's own text may quote a value
	}
	var tree any
	if err := json.Unmarshal(facts, &tree); err != nil || !wordless(tree) {
		return "", errWords
	}
	return string(facts), nil
}

func wordless(v any) bool {
	switch v := v.(type) {
	case string:
		return token.MatchString(v)
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !wordless(e) })
	case map[string]any:
		for key, e := range v {
			if !token.MatchString(key) || !wordless(e) {
				return false
			}
		}
	}
	return true
}

// newSalt returns 32 random bytes, so that facts cannot be guessed from their commitment.
func newSalt() []byte {
	salt := make([]byte, 32)
	_, _ = rand.Read(salt) // crypto/rand.Read never returns an error
	return salt
}

// commit returns the commitment to a subject and its facts. The salt has a fixed length and a subject
// no line end, so two different entries never hash the same bytes.
func commit(salt []byte, subject, facts string) []byte {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "footing facts 1\n%s\n%s\n%s", salt, subject, facts)
	return h.Sum(nil)
}

// leaf is what an entry's leaf is the hash of. Without the commitment, which is as good as random, the
// leaf tells neither kind nor time.
func leaf(p person.Partnership, seq, at int64, kind Kind, commitment []byte) tlog.Hash {
	return tlog.RecordHash(fmt.Appendf(nil, "footing entry 1\n%s\n%d\n%d\n%s\n%s\n",
		p, seq, at, kind, hex.EncodeToString(commitment)))
}

// A row is one entry as it is stored, with what opens it if that is still kept.
type row struct {
	seq, at    int64
	kind       Kind
	commitment []byte
	subject    *string
	salt       []byte
	facts      *string
}

func scanRow(r store.Row) (row, error) {
	var e row
	err := r.Scan(&e.seq, &e.at, &e.kind, &e.commitment, &e.subject, &e.salt, &e.facts)
	return e, err
}

// rows is the query that scanRow reads, to be followed by conditions.
const rows = `SELECT e.seq, e.at, e.kind, e.commitment, f.subject, f.salt, f.facts
	FROM ledger_entry e LEFT JOIN ledger_facts f ON f.partnership_id = e.partnership_id AND f.seq = e.seq
	WHERE e.partnership_id = $1 `
