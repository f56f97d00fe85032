package coding

import (
	"context"
	"fmt"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// The things that can leave in a file.
const (
	CodebookCSV = "codebook.csv"
	CodebookQDC = "codebook.qdc"
	CodingsCSV  = "codings.csv"
	CodingsXLSX = "codings.xlsx"
)

// Files lists what can leave, in the order in which it is offered.
var Files = []string{CodebookCSV, CodebookQDC, CodingsCSV, CodingsXLSX}

// A Release is one file that left.
type Release struct {
	ID   string
	At   time.Time
	By   person.ID
	What string // one of Files
	// Purpose is what the file was made for, in its maker's words. It is empty for whoever may not read it.
	Purpose string
	// Since says when something that was in the file was taken back, the zero time when nothing was.
	Since time.Time

	study  string
	key    string
	sealed []byte
}

const releases = `SELECT id, study_id, at, by_id, what, key_id, purpose FROM coding_release`

func scanRelease(row store.Row) (Release, error) {
	var rel Release
	var at int64
	err := row.Scan(&rel.ID, &rel.study, &at, &rel.By, &rel.What, &rel.key, &rel.sealed)
	rel.At = store.Time(at)
	return rel, err
}

// A releaseFact is what the ledger commits to.
type releaseFact struct {
	Study string `json:"study"`
	What  string `json:"what"`
	By    string `json:"by"`
	Frame int64  `json:"frame"`
}

// release enters a file that is about to leave: what, for what, by whom. The words go into it afterwards,
// under an act of its own, so that each owner sees that hers left in a file.
func (r *Room) release(ctx context.Context, v person.Viewer, f Frame, what, purpose string) (Release, error) {
	rel := Release{ID: store.RandomID(), At: r.now(), By: v.ID, What: what, Purpose: strings.TrimSpace(purpose)}
	if rel.Purpose == "" {
		return rel, ErrNoPurpose
	}
	var err error
	rel.key, rel.sealed, err = r.gate.SealPaper(ctx, v.Partnership, "coding_release", "purpose", rel.ID, rel.Purpose)
	if err != nil {
		return rel, fmt.Errorf("sealing a purpose: %w", err)
	}
	return rel, r.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := r.studies.For(ctx, tx, v, f.Study); err != nil {
			return err
		}
		if err := r.studies.MayBegin(ctx, tx, v.Partnership); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO coding_release (partnership_id, study_id, id, at, by_id, what, key_id, purpose)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, v.Partnership, f.Study, rel.ID, store.Micros(rel.At), rel.By, rel.What, rel.key, rel.sealed)
		if err != nil {
			return fmt.Errorf("entering a release: %w", err)
		}
		return ledger.Append(ctx, tx, v.Partnership, ledger.Entry{At: rel.At, Kind: ledger.Release, Subject: rel.ID,
			Facts: releaseFact{f.Study, what, string(v.ID), f.Version}})
	})
}

// holds records whose words are about to go into a release's file.
func (r *Room) holds(ctx context.Context, p person.Partnership, rel Release, opened []openedSource) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		for _, o := range opened {
			for speaker := range o.speakers() {
				_, err := tx.Exec(ctx, `INSERT INTO coding_release_part (partnership_id, release_id, contribution_id, speaker_id)
					VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, p, rel.ID, o.source.ID, speaker)
				if err != nil {
					return fmt.Errorf("entering what a release holds: %w", err)
				}
			}
		}
		return nil
	})
}

// speakers returns whose words the listed passages are.
func (o openedSource) speakers() map[consent.ID]bool {
	quoted := make([]bool, len(o.words.Turns))
	for _, c := range o.list {
		for _, p := range c.Parts {
			quoted[o.at[p.Turn]] = true
		}
	}
	whose := map[consent.ID]bool{}
	for i, t := range o.words.Turns {
		if quoted[i] {
			whose[t.Speaker] = true
		}
	}
	return whose
}

// Releases lists the files that left a study, newest first, for one of its analysts: also which of them
// held words that were taken back since.
func (r *Room) Releases(ctx context.Context, v person.Viewer, study string) ([]Release, error) {
	var list []Release
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := r.studies.For(ctx, tx, v, study); err != nil {
			return err
		}
		var err error
		list, err = store.List(ctx, tx, scanRelease, releases+` WHERE partnership_id = $1 AND study_id = $2 ORDER BY at DESC, id`, v.Partnership, study)
		if err != nil {
			return err
		}
		return r.markTaken(ctx, tx, v.Partnership, list)
	})
	if err != nil {
		return nil, fmt.Errorf("reading releases: %w", err)
	}
	return list, r.OpenPurposes(ctx, v, analysts(study), list)
}

// OpenPurposes opens what files were made for, for a reader who is in that audience: the study's analysts,
// or somebody whose words are in the files. For anybody else they stay empty.
func (r *Room) OpenPurposes(ctx context.Context, v person.Viewer, readers consent.Audience, list []Release) error {
	papers := make([]consent.Paper, len(list))
	for i, rel := range list {
		papers[i] = consent.Paper{Table: "coding_release", Column: "purpose", Row: rel.ID, Key: rel.key, Sealed: rel.sealed,
			Writer: rel.By, Readers: []consent.Audience{readers}}
	}
	opened, err := r.gate.Papers(ctx, v, consent.Use{}, papers)
	if err != nil {
		return fmt.Errorf("opening purposes: %w", err)
	}
	for i, o := range opened {
		list[i].Purpose = o.Words.Reveal()
	}
	return nil
}

// markTaken finds the releases that held words of somebody who took some back since. It knows speakers,
// not turns: when she took back one turn, a file with any of her passages is named.
func (r *Room) markTaken(ctx context.Context, tx *store.Tx, p person.Partnership, list []Release) error {
	taken := map[consent.ID][]consent.Withdrawal{} // by contribution
	for i := range list {
		parts, err := partsOf(ctx, tx, p, list[i].ID)
		if err != nil {
			return err
		}
		for _, pt := range parts {
			if _, known := taken[pt.Contribution]; !known {
				if taken[pt.Contribution], err = r.gate.Taken(ctx, tx, p, pt.Contribution); err != nil {
					return err
				}
			}
			for _, w := range taken[pt.Contribution] {
				if w.Speaker == pt.Speaker && !w.Taken.Before(list[i].At) && w.Taken.After(list[i].Since) {
					list[i].Since = w.Taken
				}
			}
		}
	}
	return nil
}

// partsOf lists whose words went into a file.
func partsOf(ctx context.Context, tx *store.Tx, p person.Partnership, release string) ([]consent.Part, error) {
	return store.List(ctx, tx, func(row store.Row) (consent.Part, error) {
		var part consent.Part
		err := row.Scan(&part.Contribution, &part.Speaker)
		return part, err
	}, `SELECT contribution_id, speaker_id FROM coding_release_part WHERE partnership_id = $1 AND release_id = $2`, p, release)
}
