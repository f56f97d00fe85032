// Package backup writes copies of the two stores that can be put back, and puts them back without
// bringing back what somebody took back.
//
// A backup is two files, each encrypted with age (age-encryption.org/v1) and each an ordinary database
// inside: main-TIME.age with the sealed words, keys-TIME.age with the keys that open them. Kept apart,
// neither opens anything. Main backups may be kept for years; key backups are removed after a few days,
// and with the last one from before a part was erased its words end in every main backup there is.
// The root key, without which not even both of them open anything, is in neither.
//
// Between backups a third small file says what must stay closed (tombstones). Restore applies it before
// anybody is let in; without it, it keeps every part shut until its owner opens it again.
package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"footing/internal/store"
)

// KeepKeys is how long a key backup is kept at most: the N days that every page and receipt says.
const KeepKeys = 7 * 24 * time.Hour

// Names of the files in a data folder.
const (
	MainFile      = "main.db"
	KeyFile       = "keys.db"
	TombstoneFile = "tombstones.jsonl"
)

// Options say what to copy, where to, and who can open it.
type Options struct {
	Main, Keys string          // the two stores, as store.Open takes them
	To         string          // the folder for the files; made when absent
	Recipients []age.Recipient // who can open them; a passphrase (age.ScryptRecipient) stands alone
	Identities []age.Identity  // optional: with them each file is opened again before it counts as written
	Now        time.Time
	KeepKeys   time.Duration // how long key backups stay; KeepKeys when zero
}

// Written tells what Write did.
type Written struct {
	Main, Keys string   // the new files
	Removed    []string // key backups that were older than KeepKeys
	Opened     bool     // the new files were opened again; otherwise their bytes were only read back
	Bytes      int64    // of both files
}

// Write copies both stores while they are in use: the main store first, so that every key of it is in
// the key store by the time that is copied. A file has its name only once it is wholly on the disk and
// was read back. Key backups older than o.KeepKeys in the same folder are removed afterwards; a Write
// that fails removes nothing.
func Write(ctx context.Context, o Options) (Written, error) {
	if o.KeepKeys == 0 {
		o.KeepKeys = KeepKeys
	}
	if o.KeepKeys < 0 || o.KeepKeys > KeepKeys {
		return Written{}, errors.New("writing a backup: a key backup is kept for 7 days at most, as every page says")
	}
	if len(o.Recipients) == 0 {
		return Written{}, errors.New("writing a backup: say who can open it, with a passphrase or an age recipient")
	}
	if err := os.MkdirAll(o.To, 0o700); err != nil {
		return Written{}, fmt.Errorf("making the backup folder: %w", err)
	}
	at := o.Now.UTC().Format(stamp)
	w := Written{Main: filepath.Join(o.To, mainName+at+suffix), Keys: filepath.Join(o.To, keysName+at+suffix), Opened: len(o.Identities) > 0}
	for _, part := range []struct {
		path, address string
		keys          bool
	}{{w.Main, o.Main, false}, {w.Keys, o.Keys, true}} {
		n, err := seal(part.path, o.Recipients, o.Identities, source{part.address, part.keys}.copyTo(ctx))
		if err != nil {
			return Written{}, fmt.Errorf("writing %s: %w", filepath.Base(part.path), err)
		}
		w.Bytes += n
	}
	removed, err := Prune(o.To, o.Now, o.KeepKeys)
	w.Removed = removed
	return w, err
}

// Names of backup files: what is inside, when it was written in UTC, and age's suffix.
const (
	stamp    = "20060102T150405Z"
	mainName = "main-"
	keysName = "keys-"
	suffix   = ".age"
	// unfinished ends the name of a file while it is written.
	unfinished = ".part"
)

// Prune removes the key backups in a folder that are as old as keep or older, by the time in their
// names, and returns their paths. What is left of one that was cut off while it was written goes too.
// Write calls it; a server that knows the folder calls it each minute, so that words do not outlive their
// days because nobody made a new backup.
func Prune(dir string, now time.Time, keep time.Duration) (removed []string, err error) {
	names, err := filepath.Glob(filepath.Join(dir, keysName+"*"))
	if err != nil {
		return nil, fmt.Errorf("looking for old key backups: %w", err)
	}
	for _, name := range names {
		at, err := time.Parse(keysName+stamp+suffix, strings.TrimSuffix(filepath.Base(name), unfinished))
		if err != nil || now.Sub(at) < keep {
			continue // not one of ours, or young enough
		}
		if err := os.Remove(name); err != nil {
			return removed, fmt.Errorf("removing an old key backup: %w", err)
		}
		removed = append(removed, name)
	}
	if len(removed) > 0 {
		err = syncFolder(dir)
	}
	return removed, err
}

// Sentences says what was written, for the person at the terminal. rootKey is where the root key lies.
func (w Written) Sentences(rootKey string) []string {
	list := []string{
		fmt.Sprintf("Written: %s and %s. Keep them in two places: together they open words, alone neither does.", w.Main, w.Keys),
		fmt.Sprintf("The root key is in neither. It is the file %s: keep a copy on paper or a stick, away from the backups. Without it nobody can read any of this.", rootKey),
	}
	if !w.Opened {
		list = append(list, "The files were read back byte for byte. Only the holder of the age key can try whether they open.")
	}
	if n := len(w.Removed); n > 0 {
		list = append(list, fmt.Sprintf("Key backups past their days and removed: %d. Words erased before the oldest one left are now gone from every backup in this folder.", n))
	}
	return list
}

// A source is one of the two stores.
type source struct {
	address string
	keys    bool
}

// engine returns what kind of database an address names.
func engine(address string) store.Engine {
	if store.IsPostgres(address) {
		return store.Postgres
	}
	return store.SQLite
}
