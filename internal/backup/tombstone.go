package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"footing/internal/account"
	"footing/internal/consent"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// ErrOlder is returned when the tombstones know of more than the database does: an older copy of it was
// put in place by hand, or a standby that lagged took over.
var ErrOlder = errors.New("this database is older than what its tombstones say was taken back: put it back with footing restore, which keeps that closed")

// errStones is returned for a tombstone file that is not whole.
var errStones = errors.New("the tombstone file is damaged or not whole")

// A section is one partnership's part of the tombstone file.
type section struct {
	Partnership person.Partnership
	Log         ledger.Checkpoint // the log as it was when the section was written
	Written     time.Time
	consent.Tombstones
	WaysIn []account.WayIn
}

// refresh is how often the file is written anew although nothing changed, so that its time says until
// when it is known to be complete.
const refresh = time.Hour

// WriteTombstones brings the tombstone file at path up to date with the database: every withdrawal in
// sequence, and whatever else must stay closed when an older copy is put back, such as printed codes that
// were used. It holds ids, numbers and times, no words. The file is replaced as a whole or not at all, and left alone when nothing changed
// within the hour. It returns ErrOlder, and keeps the file, when the file knows more than the database.
// It is called after each withdrawal and each minute.
func WriteTombstones(ctx context.Context, db *store.DB, path string, now time.Time) error {
	old, err := readTombstones(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("writing tombstones: %w", err)
	}
	sections, err := sectionsOf(ctx, db, now)
	if err != nil {
		return fmt.Errorf("writing tombstones: %w", err)
	}
	logs := map[person.Partnership]int64{}
	for _, s := range sections {
		logs[s.Partnership] = s.Log.Size
	}
	for _, s := range old {
		if logs[s.Partnership] < s.Log.Size {
			return ErrOlder
		}
	}
	if len(old) > 0 && now.Sub(old[0].Written) < refresh && !old[0].Written.After(now) {
		for i := range min(len(old), len(sections)) {
			sections[i].Written = old[i].Written
		}
		if bytes.Equal(encode(old), encode(sections)) {
			return nil
		}
		for i := range sections {
			sections[i].Written = now.UTC()
		}
	}
	if err := replace(path, encode(sections)); err != nil {
		return fmt.Errorf("writing tombstones: %w", err)
	}
	return nil
}

// sectionsOf reads every partnership's tombstones as of one moment.
func sectionsOf(ctx context.Context, db *store.DB, now time.Time) (sections []section, err error) {
	err = db.Read(ctx, func(tx *store.Tx) error {
		partnerships, err := partnerships(ctx, tx)
		if err != nil {
			return err
		}
		for _, p := range partnerships {
			s := section{Partnership: p, Written: now.UTC()}
			if s.Log, err = ledger.Head(ctx, tx, p); err != nil {
				return err
			}
			if s.Tombstones, err = consent.ReadTombstones(ctx, tx, p); err != nil {
				return err
			}
			if s.WaysIn, err = account.WaysIn(ctx, tx, p); err != nil {
				return err
			}
			sections = append(sections, s)
		}
		return nil
	})
	return sections, err
}

// partnerships lists every partnership that has words or accounts, by id.
func partnerships(ctx context.Context, tx *store.Tx) ([]person.Partnership, error) {
	words, err := consent.Partnerships(ctx, tx)
	if err != nil {
		return nil, err
	}
	accounts, err := account.Partnerships(ctx, tx)
	all := append(words, accounts...)
	slices.Sort(all)
	return slices.Compact(all), err
}

// A line is one line of the file, of which exactly one field is set.
type line struct {
	Head       *head                  `json:"tombstones,omitempty"`
	Withdrawal *consent.Withdrawal    `json:"withdrawal,omitempty"`
	Terms      *consent.TermsInForce  `json:"terms,omitempty"`
	Rewritten  *consent.NewWords      `json:"rewritten,omitempty"`
	Left       *consent.Leaving       `json:"left,omitempty"`
	Mention    *consent.MarkedMention `json:"mention,omitempty"`
	Answer     *consent.GivenAnswer   `json:"answer,omitempty"`
	Moment     *consent.Moment        `json:"moment,omitempty"`
	WayIn      *account.WayIn         `json:"way,omitempty"`
	End        string                 `json:"end,omitempty"` // SHA-256 of all lines before
}

// head begins a section.
type head struct {
	Partnership person.Partnership `json:"partnership"`
	Log         string             `json:"log"`
	Written     time.Time          `json:"written"`
}

// encode returns the file's bytes.
func encode(sections []section) []byte {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	add := func(l line) {
		if err := out.Encode(l); err != nil {
			panic(err) // these types always encode
		}
	}
	for _, s := range sections {
		add(line{Head: &head{s.Partnership, s.Log.String(), s.Written}})
		for i := range s.Withdrawals {
			add(line{Withdrawal: &s.Withdrawals[i]})
		}
		for i := range s.Terms {
			add(line{Terms: &s.Terms[i]})
		}
		for i := range s.Rewritten {
			add(line{Rewritten: &s.Rewritten[i]})
		}
		for i := range s.Left {
			add(line{Left: &s.Left[i]})
		}
		for i := range s.Mentions {
			add(line{Mention: &s.Mentions[i]})
		}
		for i := range s.Answers {
			add(line{Answer: &s.Answers[i]})
		}
		for i := range s.Moments {
			add(line{Moment: &s.Moments[i]})
		}
		for i := range s.WaysIn {
			add(line{WayIn: &s.WaysIn[i]})
		}
	}
	sum := sha256.Sum256(b.Bytes())
	add(line{End: hex.EncodeToString(sum[:])})
	return b.Bytes()
}

// readTombstones reads a tombstone file. It returns errStones for one that is not whole.
func readTombstones(path string) ([]section, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return decode(content)
}

func decode(content []byte) ([]section, error) {
	body := bytes.TrimSuffix(content, []byte("\n"))
	cut := bytes.LastIndexByte(body, '\n') + 1
	var last line
	sum := sha256.Sum256(body[:cut])
	if err := json.Unmarshal(body[cut:], &last); err != nil || last.End != hex.EncodeToString(sum[:]) {
		return nil, errStones
	}
	var sections []section
	for text := range bytes.Lines(body[:cut]) {
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			return nil, errStones
		}
		if l.Head != nil {
			log, err := ledger.ParseCheckpoint(l.Head.Log)
			if err != nil {
				return nil, errStones
			}
			sections = append(sections, section{Partnership: l.Head.Partnership, Log: log, Written: l.Head.Written})
			continue
		}
		if len(sections) == 0 {
			return nil, errStones
		}
		sections[len(sections)-1].add(l)
	}
	return sections, nil
}

func (s *section) add(l line) {
	switch {
	case l.Withdrawal != nil:
		s.Withdrawals = append(s.Withdrawals, *l.Withdrawal)
	case l.Terms != nil:
		s.Terms = append(s.Terms, *l.Terms)
	case l.Rewritten != nil:
		s.Rewritten = append(s.Rewritten, *l.Rewritten)
	case l.Left != nil:
		s.Left = append(s.Left, *l.Left)
	case l.Mention != nil:
		s.Mentions = append(s.Mentions, *l.Mention)
	case l.Answer != nil:
		s.Answers = append(s.Answers, *l.Answer)
	case l.Moment != nil:
		s.Moments = append(s.Moments, *l.Moment)
	case l.WayIn != nil:
		s.WaysIn = append(s.WaysIn, *l.WayIn)
	}
}
