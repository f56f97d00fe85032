package consent

import (
	"context"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// errNoEnd refuses a yes without an end, errNoSheet one for a study, written down for
// somebody, without the version of the sheet she was given (R49), errOver one until something that has
// happened already, errCheck one to check what was never to be published, or for too long.
var (
	errNoEnd   = fault.New(fault.Invalid, "consent.no_end")
	errNoSheet = fault.New(fault.Invalid, "consent.no_sheet")
	errOver    = fault.New(fault.Invalid, "consent.moment_over")
	errCheck   = fault.New(fault.Invalid, "consent.check_what")
)

// SetTerms records what a speaker allows with the newest version of her part, in place of what she
// allowed before. It is for the owner of the part or, outside the circle and on paper, for whoever
// keeps the contribution; for anybody else the part does not exist. Parts taken back take no terms.
func (g *Gate) SetTerms(ctx context.Context, tx *store.Tx, by person.Viewer, contribution, speaker ID, t Terms) error {
	if t.Given.IsZero() {
		t.Given = g.now()
	}
	if err := t.check(); err != nil {
		return err
	}
	t.EraseAfter = t.EraseAfter || t.checked()
	version, err := store.Get(ctx, tx, store.One[int64], `SELECT c.version FROM consent_speaker s
		JOIN consent_contribution c ON c.partnership_id = s.partnership_id AND c.id = s.contribution_id
		WHERE s.partnership_id = $1 AND s.contribution_id = $2 AND s.id = $3 AND (s.person_id = $4 OR c.keeper_id = $4)`+notSevered,
		by.Partnership, contribution, speaker, by.ID)
	if err != nil {
		return err
	}
	writer := by.ID
	if !by.Hand.Own() { // she said it or wrote it, and somebody entered it
		t.How.Way, t.How.Beside, writer = by.Hand.Way, string(by.Hand.Beside), by.Hand.By
	}
	if _, err := tx.Exec(ctx, `UPDATE consent_terms SET latest = 0
		WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3 AND latest = 1`, by.Partnership, contribution, speaker); err != nil {
		return err
	}
	if err := insertTerms(ctx, tx, by.Partnership, contribution, speaker, version, t, writer); err != nil {
		return err
	}
	if err := g.ledgerTerms(ctx, tx, by.Partnership, speaker, t); err != nil {
		return err
	}
	return g.events.Publish(ctx, tx, by.Partnership, TopicTerms, string(contribution))
}

// check refuses terms that could not be kept.
func (t Terms) check() error {
	written := t.How.Way == "paper" || t.How.Way == "spoken"
	for _, y := range t.Yes {
		if y.Until.IsZero() {
			return errNoEnd
		}
		if written && y.For != "" && t.How.Sheet == "" {
			return errNoSheet
		}
		if y.Purpose == Checking && (!t.published() || y.Until.After(LongestCheck(t.Given))) {
			return errCheck
		}
	}
	return nil
}

func insertTerms(ctx context.Context, tx *store.Tx, p person.Partnership, contribution, speaker ID, version int64, t Terms, by person.ID) error {
	id := ID(store.NewID())
	_, err := tx.Exec(ctx, `INSERT INTO consent_terms
		(partnership_id, contribution_id, speaker_id, id, version, given, latest, attribution, ask_first, how, given_by, beside, sheet, as_of, erase_after)
		VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, $13, $14)`,
		p, contribution, speaker, id, version, store.Micros(t.Given), t.Attribution, store.Bool(t.AskFirst), t.How.Way, by, t.How.Beside, t.How.Sheet,
		store.Micros(t.AsOf), store.Bool(t.EraseAfter))
	if err != nil {
		return err
	}
	for n, y := range t.Yes {
		if y.Moment != "" && y.Until.After(t.Given) { // what has ended may be written down again as it was
			if err := waits(ctx, tx, p, y.Moment); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO consent_yes
			(partnership_id, terms_id, n, audience, audience_id, purpose, purpose_id, form, begins, ends, later, moment_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, p, id, n, y.Audience.Kind, y.Audience.ID,
			y.Purpose, y.For, y.Form, store.Micros(y.From), store.Micros(y.Until), store.Bool(y.Later), y.Moment)
		if err != nil {
			return err
		}
	}
	for _, no := range t.Not {
		_, err := tx.Exec(ctx, `INSERT INTO consent_not (partnership_id, terms_id, audience, audience_id) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO NOTHING`, p, id, no.Kind, no.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// ledgerTerms commits to what was allowed without saying it: the facts are salted, and their salt goes
// when the part is destroyed.
func (g *Gate) ledgerTerms(ctx context.Context, tx *store.Tx, p person.Partnership, speaker ID, t Terms) error {
	facts := struct {
		Given      time.Time
		AsOf       time.Time `json:",omitzero"`
		Yes        []Yes
		Not        []Audience
		EraseAfter bool `json:",omitzero"`
	}{t.Given, t.AsOf, t.Yes, t.Not, t.EraseAfter}
	return ledger.Append(ctx, tx, p, ledger.Entry{Kind: ledger.Terms, Subject: string(speaker), Facts: facts, At: g.now()})
}

// TermsOf returns a speaker's latest terms for the newest version, zero terms when there are none. It
// answers the owner and the keeper alone.
func (g *Gate) TermsOf(ctx context.Context, tx *store.Tx, v person.Viewer, contribution, speaker ID) (Terms, error) {
	f, err := loadFacts(ctx, tx, v, []ID{contribution})
	if err != nil {
		return Terms{}, err
	}
	s, ok := f.speakers[speaker]
	if !ok || (s.person != v.ID && s.keeper != v.ID) {
		return Terms{}, fault.Missing
	}
	return s.terms, nil
}

// History lists all terms a speaker ever gave, newest first, for the owner and the keeper alone.
func (g *Gate) History(ctx context.Context, tx *store.Tx, v person.Viewer, contribution, speaker ID) ([]Terms, error) {
	if _, err := g.TermsOf(ctx, tx, v, contribution, speaker); err != nil {
		return nil, err
	}
	list, err := store.List(ctx, tx, func(r store.Row) (Terms, error) {
		var t Terms
		var given, asOf, ask, erase int64
		err := r.Scan(&t.ID, &given, &asOf, &t.Attribution, &ask, &erase, &t.How.Way, &t.How.By, &t.How.Beside, &t.How.Sheet)
		t.Given, t.AsOf, t.AskFirst, t.EraseAfter = store.Time(given), store.Time(asOf), ask == 1, erase == 1
		return t, err
	}, `SELECT id, given, as_of, attribution, ask_first, erase_after, how, given_by, beside, sheet FROM consent_terms
		WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3 ORDER BY given DESC, id DESC`, v.Partnership, contribution, speaker)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Yes, err = store.List(ctx, tx, func(r store.Row) (Yes, error) {
			_, y, err := scanYes(r)
			return y, err
		}, `SELECT terms_id, audience, audience_id, purpose, purpose_id, form, begins, ends, later, moment_id FROM consent_yes
			WHERE partnership_id = $1 AND terms_id = $2 ORDER BY n`, v.Partnership, list[i].ID)
		if err != nil {
			return nil, err
		}
		list[i].Not, err = store.List(ctx, tx, func(r store.Row) (a Audience, err error) {
			return a, r.Scan(&a.Kind, &a.ID)
		}, `SELECT audience, audience_id FROM consent_not WHERE partnership_id = $1 AND terms_id = $2 ORDER BY audience, audience_id`,
			v.Partnership, list[i].ID)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Named lists who of the circle chose to be named with her part of some contributions, of all when none
// is given. It opens nothing.
func (g *Gate) Named(ctx context.Context, tx *store.Tx, p person.Partnership, contributions ...ID) (map[ID][]person.ID, error) {
	named := map[ID][]person.ID{}
	in, args := only("contribution_id", p, contributions)
	err := tx.Each(ctx, func(r store.Row) error {
		var id ID
		var who person.ID
		var a Attribution
		err := r.Scan(&id, &who, &a)
		if a.Names() {
			named[id] = append(named[id], who)
		}
		return err
	}, `SELECT x.contribution_id, s.person_id, x.attribution FROM consent_terms x
		JOIN consent_contribution c ON c.partnership_id = x.partnership_id AND c.id = x.contribution_id AND c.version = x.version
		JOIN consent_speaker s ON s.partnership_id = x.partnership_id AND s.contribution_id = x.contribution_id AND s.id = x.speaker_id
		WHERE x.latest = 1 AND s.person_id <> '' AND `+in+` ORDER BY x.contribution_id, s.position`, args...)
	return named, err
}
