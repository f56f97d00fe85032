package study

import (
	"context"
	"slices"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Studies is what other rooms ask about studies.
type Studies struct {
	gate   *consent.Gate
	circle *circle.Circle
	now    func() time.Time
	// Agreement knows whether the group has agreed how it works together; nil: nothing is asked.
	Agreement Agreement
}

// An Agreement knows whether anything was ever agreed here.
type Agreement interface {
	Agreed(ctx context.Context, tx *store.Tx, p person.Partnership) (bool, error)
}

// MayBegin returns ErrNotAgreed where nothing was ever agreed: under borrowed rules no study begins, and no file
// leaves one (ADR 13).
func (st *Studies) MayBegin(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	if st.Agreement == nil {
		return nil
	}
	agreed, err := st.Agreement.Agreed(ctx, tx, p)
	if err == nil && !agreed {
		err = ErrNotAgreed
	}
	return err
}

// New returns the studies over the gate, whose audience of analysts they keep in step. agreed may be nil.
func New(gate *consent.Gate, people *circle.Circle, agreed Agreement, now func() time.Time) *Studies {
	return &Studies{gate: gate, circle: people, now: now, Agreement: agreed}
}

// Add keeps a new study and returns its id.
func (st *Studies) Add(ctx context.Context, tx *store.Tx, p person.Partnership, s Study) (string, error) {
	if err := s.Check(); err != nil {
		return "", err
	}
	s.ID = store.RandomID()
	_, err := tx.Exec(ctx, `INSERT INTO study_study (partnership_id, id, question, chosen_by, sponsor, committee, reference,
		approved, no_approval, begins, ends, retention_years, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
		p, s.ID, s.Question, s.ChosenBy, s.Sponsor, s.Committee, s.Reference,
		store.Micros(s.Approved), s.NoApproval, store.Micros(s.Begins), store.Micros(s.Ends), s.Retention)
	return s.ID, err
}

// Save changes a study over the version it was read at. Where it does not run, pages that are open close.
func (st *Studies) Save(ctx context.Context, tx *store.Tx, p person.Partnership, s Study) error {
	if err := s.Check(); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE study_study SET question = $3, chosen_by = $4, sponsor = $5, committee = $6, reference = $7,
		approved = $8, no_approval = $9, begins = $10, ends = $11, retention_years = $12, version = version + 1
		WHERE partnership_id = $1 AND id = $2 AND version = $13`, p, s.ID, s.Question, s.ChosenBy, s.Sponsor, s.Committee, s.Reference,
		store.Micros(s.Approved), s.NoApproval, store.Micros(s.Begins), store.Micros(s.Ends), s.Retention, s.Version)
	if err := store.Changed(n, err, fault.New(fault.Conflict, "web.newer")); err != nil || s.Runs(st.now()) {
		return err
	}
	return st.gate.Narrowed(ctx, tx, p)
}

// AddSheet keeps a version of the information sheet. A version is never changed afterwards.
func (st *Studies) AddSheet(ctx context.Context, tx *store.Tx, p person.Partnership, id string, s Sheet) error {
	_, err := tx.Exec(ctx, `INSERT INTO study_sheet (partnership_id, study_id, version, since, body, taking_back)
		VALUES ($1, $2, $3, $4, $5, $6)`, p, id, s.Version, store.Micros(s.Since), s.Body, s.TakingBack)
	return err
}

// Amend keeps an amendment.
func (st *Studies) Amend(ctx context.Context, tx *store.Tx, p person.Partnership, id string, a Amendment) error {
	_, err := tx.Exec(ctx, `INSERT INTO study_amendment (partnership_id, study_id, id, reference, approved, what)
		VALUES ($1, $2, $3, $4, $5, $6)`, p, id, store.NewID(), a.Reference, store.Micros(a.Approved), a.What)
	return err
}

// Name names an analyst from now on: from here she is in the study's audience of analysts. Naming
// somebody who is named changes nothing.
func (st *Studies) Name(ctx context.Context, tx *store.Tx, p person.Partnership, id string, who person.ID, practice string) error {
	named, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM study_analyst
		WHERE partnership_id = $1 AND study_id = $2 AND person_id = $3 AND until = 0`, p, id, who)
	if err != nil || named > 0 {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO study_analyst (partnership_id, study_id, person_id, practice_id, since, until)
		VALUES ($1, $2, $3, $4, $5, 0)`, p, id, who, practice, store.Micros(st.now()))
	if err != nil {
		return err
	}
	return st.gate.Join(ctx, tx, p, who, consent.Audience{Kind: consent.ToAnalysts, ID: id}, st.now())
}

// Unname ends somebody's time as an analyst: what she could open as one is shut at once.
func (st *Studies) Unname(ctx context.Context, tx *store.Tx, p person.Partnership, id string, who person.ID) error {
	_, err := tx.Exec(ctx, `UPDATE study_analyst SET until = $4 WHERE partnership_id = $1 AND study_id = $2 AND person_id = $3 AND until = 0`,
		p, id, who, store.Micros(st.now()))
	if err != nil {
		return err
	}
	return st.gate.Leave(ctx, tx, p, who, consent.Audience{Kind: consent.ToAnalysts, ID: id})
}

// UnnameAll ends somebody's time as an analyst everywhere, as when she takes part no longer.
func (st *Studies) UnnameAll(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	list, err := store.List(ctx, tx, store.One[string], `SELECT study_id FROM study_analyst
		WHERE partnership_id = $1 AND person_id = $2 AND until = 0 ORDER BY study_id`, p, who)
	for _, id := range list {
		if err := st.Unname(ctx, tx, p, id, who); err != nil {
			return err
		}
	}
	return err
}

// Get returns a study with its sheets, amendments and analysts.
func (st *Studies) Get(ctx context.Context, tx *store.Tx, p person.Partnership, id string) (Study, error) {
	s, err := store.Get(ctx, tx, scanStudy, studies+` WHERE partnership_id = $1 AND id = $2`, p, id)
	if err != nil {
		return s, err
	}
	return s, st.fill(ctx, tx, p, &s)
}

// List returns all studies, newest first.
func (st *Studies) List(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Study, error) {
	list, err := store.List(ctx, tx, scanStudy, studies+` WHERE partnership_id = $1 ORDER BY begins DESC, id`, p)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := st.fill(ctx, tx, p, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Running returns the studies that may analyse today, newest first.
func (st *Studies) Running(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Study, error) {
	list, err := st.List(ctx, tx, p)
	running := list[:0]
	for _, s := range list {
		if s.Runs(st.now()) {
			running = append(running, s)
		}
	}
	return running, err
}

// IsAnalyst reports whether somebody is named in a study that runs today.
func (st *Studies) IsAnalyst(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) (bool, error) {
	list, err := store.List(ctx, tx, scanStudy, studies+` WHERE partnership_id = $1 AND id IN (
		SELECT study_id FROM study_analyst WHERE partnership_id = $1 AND person_id = $2 AND until = 0)`, p, who)
	return slices.ContainsFunc(list, func(s Study) bool { return s.Runs(st.now()) }), err
}

// Names reports whether somebody is named as an analyst of the study.
func (s Study) Names(who person.ID) bool {
	for _, a := range s.Analysts {
		if a.Person == who {
			return true
		}
	}
	return false
}

// For returns a study that runs and names the viewer, fault.Missing otherwise: whoever is not an analyst
// of a study is not told that it has a desk.
func (st *Studies) For(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (Study, error) {
	s, err := st.Get(ctx, tx, v.Partnership, id)
	if err != nil {
		return s, err
	}
	if !s.Names(v.ID) {
		return Study{}, fault.Missing
	}
	if !s.Runs(st.now()) {
		return Study{}, ErrNotRunning
	}
	return s, nil
}

const studies = `SELECT id, question, chosen_by, sponsor, committee, reference, approved, no_approval, begins, ends,
	retention_years, version FROM study_study`

func scanStudy(r store.Row) (Study, error) {
	var s Study
	var approved, begins, ends int64
	err := r.Scan(&s.ID, &s.Question, &s.ChosenBy, &s.Sponsor, &s.Committee, &s.Reference, &approved, &s.NoApproval,
		&begins, &ends, &s.Retention, &s.Version)
	s.Approved, s.Begins, s.Ends = store.Time(approved), store.Time(begins), store.Time(ends)
	return s, err
}

func (st *Studies) fill(ctx context.Context, tx *store.Tx, p person.Partnership, s *Study) error {
	var err error
	s.Sheets, err = store.List(ctx, tx, func(r store.Row) (Sheet, error) {
		var sheet Sheet
		var since int64
		err := r.Scan(&sheet.Version, &since, &sheet.Body, &sheet.TakingBack)
		sheet.Since = store.Time(since)
		return sheet, err
	}, `SELECT version, since, body, taking_back FROM study_sheet WHERE partnership_id = $1 AND study_id = $2 ORDER BY since DESC, version DESC`, p, s.ID)
	if err != nil {
		return err
	}
	s.Amendments, err = store.List(ctx, tx, func(r store.Row) (Amendment, error) {
		var a Amendment
		var approved int64
		err := r.Scan(&a.ID, &a.Reference, &approved, &a.What)
		a.Approved = store.Time(approved)
		return a, err
	}, `SELECT id, reference, approved, what FROM study_amendment WHERE partnership_id = $1 AND study_id = $2 ORDER BY approved, id`, p, s.ID)
	if err != nil {
		return err
	}
	s.Analysts, err = store.List(ctx, tx, func(r store.Row) (Analyst, error) {
		var a Analyst
		err := r.Scan(&a.Person, &a.practice)
		return a, err
	}, `SELECT person_id, practice_id FROM study_analyst
		WHERE partnership_id = $1 AND study_id = $2 AND until = 0 ORDER BY since, person_id`, p, s.ID)
	if err != nil {
		return err
	}
	return st.describe(ctx, tx, p, s.Analysts)
}

// describe adds to each analyst what the circle knows of her.
func (st *Studies) describe(ctx context.Context, tx *store.Tx, p person.Partnership, analysts []Analyst) error {
	practices, err := st.circle.Practices(ctx, tx, p)
	if err != nil {
		return err
	}
	for i := range analysts {
		a := &analysts[i]
		who, err := st.circle.Get(ctx, tx, p, a.Person)
		if err != nil {
			return err
		}
		a.Name, a.Lived = who.Name, who.Standings.Has(person.LivedExperience)
		for _, pr := range practices {
			if pr.ID == a.practice {
				a.Practice = pr.Name
			}
		}
	}
	return nil
}
