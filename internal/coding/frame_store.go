package coding

import (
	"context"
	"errors"
	"fmt"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/refi"
	"footing/internal/store"
)

// Frame returns the frame of a study. One that nobody has begun has version 0 and Other alone.
func (r *Room) Frame(ctx context.Context, tx *store.Tx, p person.Partnership, study string) (Frame, error) {
	f := Frame{Study: study}
	var err error
	f.Version, err = store.Get(ctx, tx, store.One[int64], `SELECT version FROM coding_frame WHERE partnership_id = $1 AND study_id = $2`, p, study)
	if err != nil && !errors.Is(err, fault.Missing) {
		return f, fmt.Errorf("reading a frame: %w", err)
	}
	themes, err := store.List(ctx, tx, func(row store.Row) (Theme, error) {
		var t Theme
		var made, retired int64
		err := row.Scan(&t.ID, &t.Parent, &t.Position, &t.Name, &t.Hue, &made, &retired)
		t.Made, t.Retired = store.Time(made), store.Time(retired)
		return t, err
	}, `SELECT id, parent_id, position, name, hue, made, retired FROM coding_theme
		WHERE partnership_id = $1 AND study_id = $2`, p, study)
	if err != nil {
		return f, fmt.Errorf("reading themes: %w", err)
	}
	f.Themes = arrange(themes)
	return f, f.readSince(ctx, tx, p)
}

// readSince fills in since when each theme means what it means.
func (f Frame) readSince(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	since := map[string]int64{}
	err := tx.Each(ctx, func(row store.Row) error {
		var theme string
		var version int64
		err := row.Scan(&theme, &version)
		since[theme] = version
		return err
	}, `SELECT theme_id, max(frame_version) FROM coding_definition WHERE partnership_id = $1 AND study_id = $2 GROUP BY theme_id`, p, f.Study)
	if err != nil {
		return fmt.Errorf("reading when themes were defined: %w", err)
	}
	for i := range f.Themes {
		f.Themes[i].Since = since[f.Themes[i].ID]
	}
	return nil
}

// bump opens a new version of the frame and returns its number. Whoever changes the frame does it first,
// so that two changes follow each other.
func bump(ctx context.Context, tx *store.Tx, p person.Partnership, study string) (int64, error) {
	v, err := store.Get(ctx, tx, store.One[int64], `INSERT INTO coding_frame (partnership_id, study_id, version) VALUES ($1, $2, 1)
		ON CONFLICT (partnership_id, study_id) DO UPDATE SET version = coding_frame.version + 1 RETURNING version`, p, study)
	if err != nil {
		return 0, fmt.Errorf("counting versions of a frame: %w", err)
	}
	return v, nil
}

func insertTheme(ctx context.Context, tx *store.Tx, p person.Partnership, study string, t Theme) error {
	_, err := tx.Exec(ctx, `INSERT INTO coding_theme (partnership_id, study_id, id, parent_id, position, name, hue, made, retired)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`, p, study, t.ID, t.Parent, t.Position, t.Name, t.Hue, store.Micros(t.Made))
	return err
}

func updateTheme(ctx context.Context, tx *store.Tx, p person.Partnership, study string, t Theme) error {
	n, err := tx.Exec(ctx, `UPDATE coding_theme SET parent_id = $4, position = $5, name = $6, retired = $7
		WHERE partnership_id = $1 AND study_id = $2 AND id = $3`,
		p, study, t.ID, t.Parent, t.Position, t.Name, store.Micros(t.Retired))
	return store.Changed(n, err, fault.Missing)
}

// A Definition is one version of what a theme means.
type Definition struct {
	Theme   string
	Version int64
	By      person.ID
	At      time.Time
	refi.Entry

	frame   int64 // the frame's version it came with
	id, key string
	sealed  []byte
}

const (
	everyDefinition = `SELECT theme_id, version, frame_version, id, key_id, entry, by_id, at FROM coding_definition WHERE partnership_id = $1`
	definitions     = everyDefinition + ` AND study_id = $2`
)

func scanDefinition(row store.Row) (Definition, error) {
	var d Definition
	var at int64
	err := row.Scan(&d.Theme, &d.Version, &d.frame, &d.id, &d.key, &d.sealed, &d.By, &at)
	d.At = store.Time(at)
	return d, err
}

func insertDefinition(ctx context.Context, tx *store.Tx, p person.Partnership, study string, d Definition) error {
	_, err := tx.Exec(ctx, `INSERT INTO coding_definition (partnership_id, study_id, theme_id, version, frame_version, id, key_id, entry, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, p, study, d.Theme, d.Version, d.frame, d.id, d.key, d.sealed, d.By, store.Micros(d.At))
	if errors.Is(err, store.ErrDuplicate) {
		return errNewer.Wrap(err)
	}
	return err
}

// Definitions returns the newest definition of each theme of a study, opened for one of its analysts.
// A theme without one is absent.
func (r *Room) Definitions(ctx context.Context, v person.Viewer, study string) (map[string]Definition, error) {
	var list []Definition
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		list, err = store.List(ctx, tx, scanDefinition, definitions+` AND version = (SELECT max(o.version) FROM coding_definition o
			WHERE o.partnership_id = coding_definition.partnership_id AND o.study_id = coding_definition.study_id
			AND o.theme_id = coding_definition.theme_id)`, v.Partnership, study)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading definitions: %w", err)
	}
	if list, err = r.openDefinitions(ctx, v, study, list); err != nil {
		return nil, err
	}
	byTheme := make(map[string]Definition, len(list))
	for _, d := range list {
		byTheme[d.Theme] = d
	}
	return byTheme, nil
}

// History returns all definitions a theme has had, newest first, opened for one of the study's analysts.
func (r *Room) History(ctx context.Context, v person.Viewer, study, theme string) ([]Definition, error) {
	var list []Definition
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		list, err = store.List(ctx, tx, scanDefinition, definitions+` AND theme_id = $3 ORDER BY version DESC`, v.Partnership, study, theme)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading a theme's definitions: %w", err)
	}
	return r.openDefinitions(ctx, v, study, list)
}

// newest returns the first of a history, the zero Definition when there is none.
func newest(history []Definition) Definition {
	if len(history) == 0 {
		return Definition{}
	}
	return history[0]
}

// openDefinitions opens definitions for somebody who is among the study's analysts.
func (r *Room) openDefinitions(ctx context.Context, v person.Viewer, study string, list []Definition) ([]Definition, error) {
	papers := make([]consent.Paper, len(list))
	for i, d := range list {
		papers[i] = consent.Paper{Table: "coding_definition", Column: "entry", Row: d.id, Key: d.key, Sealed: d.sealed,
			Writer: d.By, Readers: []consent.Audience{analysts(study)}}
	}
	err := r.gate.OpenValues(ctx, v, papers, func(i int) any { return &list[i].Entry })
	if err != nil {
		return nil, fmt.Errorf("opening definitions: %w", err)
	}
	return list, nil
}

// sealDefinition seals a definition, to be stored by insertDefinition. It must be called outside of a
// transaction: keys come first, rows second.
func (r *Room) sealDefinition(ctx context.Context, v person.Viewer, d *Definition) error {
	var err error
	d.id, d.By, d.At = store.RandomID(), v.ID, r.now()
	d.key, d.sealed, err = r.gate.SealValue(ctx, v.Partnership, "coding_definition", "entry", d.id, d.Entry)
	if err != nil {
		return fmt.Errorf("sealing a definition: %w", err)
	}
	return nil
}

// analysts is the group that reads what this room seals for a study.
func analysts(study string) consent.Audience {
	return consent.Audience{Kind: consent.ToAnalysts, ID: study}
}

// use is what the room asks the gate for.
func use(study string, f consent.Form) consent.Use {
	return consent.Use{Purpose: consent.Analysis, For: study, Form: f}
}
