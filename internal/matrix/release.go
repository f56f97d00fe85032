package matrix

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// ReleaseKind is what lineage calls a file that left. It rests on the passages behind the points in it.
const ReleaseKind = "release"

// The files that can leave here.
const (
	ChartsXLSX  = "charts.xlsx"
	ChartsCSV   = "charts.csv"
	ChartsPrint = "charts.html"
)

// A Release is one file that left, from here or from the index.
type Release struct {
	ID      string
	At      time.Time
	By      person.ID
	What    string
	Purpose string // empty for whoever may not read it
	Lost    bool   // it holds a part that is taken back or not shared here any more

	study  string
	key    string
	sealed []byte
	index  coding.Release // where it left from the index
}

const releases = `SELECT id, study_id, at, by_id, what, key_id, purpose FROM matrix_release`

func scanRelease(row store.Row) (Release, error) {
	var rel Release
	var at int64
	err := row.Scan(&rel.ID, &rel.study, &at, &rel.By, &rel.What, &rel.key, &rel.sealed)
	rel.At = store.Time(at)
	return rel, err
}

// releaseFacts is what the ledger commits to.
type releaseFacts struct {
	Study  string `json:"study"`
	What   string `json:"what"`
	By     string `json:"by"`
	Points int    `json:"points"`
}

// release enters a file that is about to leave: what, for what, by whom, and what is in it. It must be
// called outside of a transaction, before anything of the file is written.
func (r *Room) release(ctx context.Context, w *View, v person.Viewer, what, purpose string) (Release, error) {
	rel := Release{ID: store.RandomID(), At: r.Now(), By: v.ID, What: what, Purpose: strings.TrimSpace(purpose)}
	if rel.Purpose == "" {
		return rel, ErrNoPurpose
	}
	var err error
	if rel.key, rel.sealed, err = r.Gate.SealPaper(ctx, v.Partnership, "matrix_release", "purpose", rel.ID, rel.Purpose); err != nil {
		return rel, fmt.Errorf("sealing a purpose: %w", err)
	}
	points := w.open()
	return rel, r.DB.Write(ctx, func(tx *store.Tx) error {
		if _, err := r.Studies.For(ctx, tx, v, w.Study.ID); err != nil {
			return err
		}
		if err := r.Studies.MayBegin(ctx, tx, v.Partnership); err != nil {
			return err
		}
		refs, err := r.passagesBehind(ctx, tx, v.Partnership, points)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO matrix_release (partnership_id, study_id, id, at, by_id, what, key_id, purpose)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, v.Partnership, w.Study.ID, rel.ID, store.Micros(rel.At), rel.By, rel.What, rel.key, rel.sealed)
		if err != nil {
			return err
		}
		if err := r.Gate.RestOn(ctx, tx, v.Partnership, consent.Ref{Kind: ReleaseKind, ID: rel.ID}, refs...); err != nil {
			return err
		}
		return ledger.Append(ctx, tx, v.Partnership, ledger.Entry{At: rel.At, Kind: ledger.Release, Subject: rel.ID,
			Facts: releaseFacts{w.Study.ID, what, string(v.ID), len(points)}})
	})
}

// passagesBehind returns the passages that points rest on as they stand, each once. A file keeps this list
// as it was, whatever becomes of the points.
func (r *Room) passagesBehind(ctx context.Context, tx *store.Tx, p person.Partnership, points []Point) ([]consent.Ref, error) {
	ids := make([]string, len(points))
	for i, point := range points {
		ids[i] = point.ID
	}
	of, err := r.Gate.Rests(ctx, tx, p, PointKind, ids...)
	if err != nil {
		return nil, err
	}
	seen := map[consent.Ref]bool{}
	var refs []consent.Ref
	for _, id := range ids {
		for _, ref := range of[id] {
			if !seen[ref] {
				seen[ref], refs = true, append(refs, ref)
			}
		}
	}
	return refs, nil
}

// open returns the points that are open to the viewer.
func (w *View) open() []Point {
	var list []Point
	for _, p := range w.Points {
		if p.Open {
			list = append(list, p)
		}
	}
	return list
}

// Releases lists every file that left a study, from the charts and from the index, newest first, for one
// of its analysts.
func (r *Room) Releases(ctx context.Context, v person.Viewer, study string) ([]Release, error) {
	indexed, err := r.Coding.Releases(ctx, v, study) // asks whether she is an analyst of it
	if err != nil {
		return nil, err
	}
	list, err := r.chartReleases(ctx, v, study)
	if err != nil {
		return nil, err
	}
	for _, c := range indexed {
		list = append(list, ofIndex(c))
	}
	slices.SortFunc(list, func(a, b Release) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

func ofIndex(c coding.Release) Release {
	return Release{ID: c.ID, At: c.At, By: c.By, What: c.What, Purpose: c.Purpose, Lost: !c.Since.IsZero(), index: c}
}

// chartReleases lists the files that left from here. Whether one holds what is shut by now is asked of the
// gate each time.
func (r *Room) chartReleases(ctx context.Context, v person.Viewer, study string) ([]Release, error) {
	var list []Release
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		list, err = store.List(ctx, tx, scanRelease, releases+` WHERE partnership_id = $1 AND study_id = $2 ORDER BY at DESC, id`, v.Partnership, study)
		if err != nil {
			return err
		}
		ids := make([]string, len(list))
		for i, rel := range list {
			ids[i] = rel.ID
		}
		ruling, err := r.Gate.RuleIn(ctx, tx, v, use(study, consent.Paraphrase))
		if err != nil {
			return err
		}
		stands, err := r.Gate.Standing(ctx, tx, v.Partnership, ruling, ReleaseKind, ids...)
		for i := range list {
			list[i].Lost = !stands[list[i].ID]
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, r.openPurposes(ctx, v, consent.Audience{Kind: consent.ToAnalysts, ID: study}, list)
}

// openPurposes opens what files were made for, for a reader who is in that audience: the study's analysts,
// or somebody whose words the files rest on.
func (r *Room) openPurposes(ctx context.Context, v person.Viewer, readers consent.Audience, list []Release) error {
	papers := make([]consent.Paper, len(list))
	for i, rel := range list {
		papers[i] = consent.Paper{Table: "matrix_release", Column: "purpose", Row: rel.ID, Key: rel.key, Sealed: rel.sealed,
			Writer: rel.By, Readers: []consent.Audience{readers}}
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	for i, o := range opened {
		list[i].Purpose = o.Words.Reveal()
	}
	return err
}
