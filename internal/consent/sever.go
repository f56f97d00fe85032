package consent

import (
	"context"
	"slices"
	"time"

	"footing/internal/fault"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// Sever keeps somebody's part as she allows it and ends that it is hers: what it calls her is sealed away,
// and no row ties it to her id any more, neither of the gate nor of a room (WhenSevered). It goes on obeying
// its terms to their end, for the same people as before. From then on it is nobody's: nobody lists who opened
// it, changes its terms or takes it back.
//
// An older copy of the database, in which her id still stands, is put right by Replay and SeverAgain. A recording
// is not kept: a voice says whose it is. Where she allows nothing that is still to come, or there was nothing but a
// recording, nobody could ever open the part again, and it is taken back and erased. It is for whose part it is,
// and must be called outside of a transaction. Cut off half-way, it can be done again.
func (g *Gate) Sever(ctx context.Context, v person.Viewer, part Part) error {
	part.Turns = nil
	var lasting []Yes
	var silent bool
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		s, err := ownSpeaker(ctx, tx, v, part)
		if err != nil {
			return err
		}
		lasting = still(s.terms.Yes, v.ID, g.now())
		silent, err = wordless(ctx, tx, v.Partnership, part)
		return err
	})
	if err != nil {
		return err
	}
	if len(lasting) == 0 || silent {
		return g.TakeBack(ctx, v, part, true)
	}
	if err := g.resealHead(ctx, v.Partnership, Withdrawal{Contribution: part.Contribution, Speaker: part.Speaker}); err != nil {
		return err
	}
	if err := g.db.Write(ctx, func(tx *store.Tx) error { return g.sever(ctx, tx, v, part) }); err != nil {
		return err
	}
	if err := g.destroyDoomed(ctx, v.Partnership); err != nil {
		return err
	}
	return g.db.Scrub(ctx, "consent_contribution", "consent_speaker", "consent_terms", ledger.FactsTable)
}

// Severed reports whether whoever gave these terms has left and kept her part without her name. Nobody changes
// them any more, nor takes the part back.
func (t Terms) Severed() bool { return t.ID != "" && t.Owner == "" && t.How.By == "" }

// notSevered is a condition on a speaker s: that her part was not severed.
const notSevered = ` AND (s.person_id <> '' OR NOT EXISTS (SELECT 1 FROM consent_terms x WHERE x.partnership_id = s.partnership_id
	AND x.contribution_id = s.contribution_id AND x.speaker_id = s.id AND x.latest = 1 AND x.given_by = ''))`

// ownSpeaker returns what is known of somebody's own part, and fault.Missing where it is not hers.
func ownSpeaker(ctx context.Context, tx *store.Tx, v person.Viewer, part Part) (speakerFacts, error) {
	f, err := loadFacts(ctx, tx, v, []ID{part.Contribution})
	if err != nil {
		return speakerFacts{}, err
	}
	s, ok := f.speakers[part.Speaker]
	if !ok || v.ID == "" || s.person != v.ID || f.taken[part.Speaker] {
		return speakerFacts{}, fault.Missing
	}
	return s, nil
}

// still returns what is allowed now or later, without what is said of the people around her: who they are
// cannot be told without telling who she is. Where something may be checked yet, what let it be published stays
// with it, over as it is: without that nobody could check it.
func still(list []Yes, who person.ID, now time.Time) []Yes {
	around := func(y Yes) bool { return y.Audience.Kind == ToMe || y.Audience.ID == string(who) }
	checked := slices.ContainsFunc(list, func(y Yes) bool { return y.Purpose == Checking && now.Before(y.Until) && !around(y) })
	return slices.DeleteFunc(slices.Clone(list), func(y Yes) bool {
		return around(y) || !now.Before(y.Until) && !(checked && y.publishes())
	})
}

// wordless reports whether there is a recording in a part and not a letter beside it.
func wordless(ctx context.Context, tx *store.Tx, p person.Partnership, part Part) (bool, error) {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM consent_recording r
		WHERE r.partnership_id = $1 AND r.contribution_id = $2 AND r.speaker_id = $3 AND NOT EXISTS (SELECT 1 FROM consent_turn t
			WHERE t.partnership_id = $1 AND t.contribution_id = $2 AND t.speaker_id = $3 AND t.length > 0)`, p, part.Contribution, part.Speaker)
	return n > 0, err
}

func (g *Gate) sever(ctx context.Context, tx *store.Tx, v person.Viewer, part Part) error {
	s, err := ownSpeaker(ctx, tx, v, part)
	if err != nil {
		return err
	}
	version, err := store.Get(ctx, tx, store.One[int64], `SELECT version FROM consent_contribution WHERE partnership_id = $1 AND id = $2`,
		v.Partnership, part.Contribution)
	if err != nil {
		return err
	}
	if err := g.untie(ctx, tx, v, part); err != nil {
		return err
	}
	if err := ledger.Forget(ctx, tx, v.Partnership, g.now(), string(part.Speaker)); err != nil {
		return err
	}
	t := s.terms
	t.Owner, t.Attribution, t.Yes, t.How = "", ByNone, still(t.Yes, v.ID, g.now()), How{Way: t.How.Way, Sheet: t.How.Sheet}
	t.Not = slices.DeleteFunc(slices.Clone(t.Not), func(a Audience) bool { return a.ID == string(v.ID) })
	if err := insertTerms(ctx, tx, v.Partnership, part.Contribution, part.Speaker, version, t, ""); err != nil {
		return err
	}
	if err := g.ledgerTerms(ctx, tx, v.Partnership, part.Speaker, t); err != nil {
		return err
	}
	return g.events.Publish(ctx, tx, v.Partnership, TopicTerms, string(part.Contribution))
}

// untie ends every row that ties somebody to her part, with all that was ever allowed for it and her voice: in
// the gate's tables, and in those of the rooms.
func (g *Gate) untie(ctx context.Context, tx *store.Tx, v person.Viewer, part Part) error {
	args := []any{v.Partnership, part.Contribution, part.Speaker}
	const terms = ` WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3`
	for _, query := range []string{
		`DELETE FROM consent_yes WHERE partnership_id = $1 AND terms_id IN (SELECT id FROM consent_terms` + terms + `)`,
		`DELETE FROM consent_not WHERE partnership_id = $1 AND terms_id IN (SELECT id FROM consent_terms` + terms + `)`,
		`DELETE FROM consent_terms` + terms,
	} {
		if _, err := tx.Exec(ctx, query, args...); err != nil {
			return err
		}
	}
	if err := g.dropRecordings(ctx, tx, v.Partnership, part.Contribution, part.Speaker, ""); err != nil {
		return err
	}
	if err := severRows(ctx, tx, v, part); err != nil {
		return err
	}
	var err error
	part.Turns, err = store.List(ctx, tx, store.One[ID], `SELECT id FROM consent_turn
		WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3 ORDER BY id`, args...)
	if err != nil {
		return err
	}
	for _, do := range g.severed {
		if err := do(ctx, tx, v, part); err != nil {
			return err
		}
	}
	return nil
}

// severRows empties her id in what somebody else said beside her as well: were it gone from her own turns
// alone, the gap would tell which they are. A passage that speaks of her stays shut as she left it. Where she
// had said yes it needs no answer any more; where she had not, nobody can give one now.
func severRows(ctx context.Context, tx *store.Tx, v person.Viewer, part Part) error {
	_, err := tx.Exec(ctx, `UPDATE consent_speaker SET person_id = '' WHERE partnership_id = $1 AND contribution_id = $2 AND person_id = $3 AND id = $4`,
		v.Partnership, part.Contribution, v.ID, part.Speaker)
	if err != nil {
		return err
	}
	const hers = ` WHERE partnership_id = $1 AND contribution_id = $2 AND person_id = $3`
	for _, query := range []string{
		`UPDATE consent_correction SET made_by = '' WHERE partnership_id = $1 AND contribution_id = $2 AND made_by = $3`,
		`UPDATE consent_mention SET marked_by = '' WHERE partnership_id = $1 AND contribution_id = $2 AND marked_by = $3`,
		`DELETE FROM consent_mention` + hers + ` AND (own = '` + string(AnswerYes) + `' OR (own = '' AND EXISTS (SELECT 1 FROM consent_answer a
			WHERE a.partnership_id = $1 AND a.person_id = $3 AND a.answer = '` + string(AnswerYes) + `')))`,
		`UPDATE consent_mention SET person_id = '', own = ''` + hers,
	} {
		if _, err := tx.Exec(ctx, query, v.Partnership, part.Contribution, v.ID); err != nil {
			return err
		}
	}
	// Nobody else speaks in what she kept for herself alone; what she keeps for others she hands over.
	_, err = tx.Exec(ctx, `UPDATE consent_contribution SET keeper_id = '' WHERE partnership_id = $1 AND id = $2 AND keeper_id = $3
		AND NOT EXISTS (SELECT 1 FROM consent_speaker s WHERE s.partnership_id = $1 AND s.contribution_id = $2 AND s.id <> $4)`,
		v.Partnership, part.Contribution, v.ID, part.Speaker)
	return err
}

// A Severed is a part that was somebody's in an older copy of the database, and has been nobody's since.
type Severed struct {
	Part
	Was person.ID
}

// SeverAgain ends that parts are somebody's which Replay found to have been severed after the copy was made.
// It comes before DestroyDue, which erases them.
func (g *Gate) SeverAgain(ctx context.Context, p person.Partnership, list []Severed) error {
	return g.db.Write(ctx, func(tx *store.Tx) error {
		for _, s := range list {
			if err := g.untie(ctx, tx, person.Viewer{Partnership: p, ID: s.Was}, s.Part); err != nil {
				return err
			}
		}
		return nil
	})
}

// Kept lists what somebody keeps in which others speak, by id: what must not be left without a keeper.
func (g *Gate) Kept(ctx context.Context, tx *store.Tx, v person.Viewer) ([]ID, error) {
	return store.List(ctx, tx, store.One[ID], `SELECT c.id FROM consent_contribution c WHERE c.partnership_id = $1 AND c.keeper_id = $2
		AND EXISTS (SELECT 1 FROM consent_speaker s WHERE s.partnership_id = c.partnership_id AND s.contribution_id = c.id AND s.person_id <> $2)
		ORDER BY c.id`, v.Partnership, v.ID)
}

// HandOver makes somebody else the keeper of all that Kept lists of from. What others allow with it stays as
// it is. Whether to is somebody who may keep it is the caller's to know.
func (g *Gate) HandOver(ctx context.Context, tx *store.Tx, from person.Viewer, to person.ID) error {
	ids, err := g.Kept(ctx, tx, from)
	if err != nil || len(ids) == 0 {
		return err
	}
	for _, id := range ids {
		_, err := tx.Exec(ctx, `UPDATE consent_contribution SET keeper_id = $3 WHERE partnership_id = $1 AND id = $2`, from.Partnership, id, to)
		if err != nil {
			return err
		}
		if err := g.events.Publish(ctx, tx, from.Partnership, TopicTerms, string(id)); err != nil {
			return err
		}
	}
	for _, do := range g.handed {
		if err := do(ctx, tx, from, to, ids); err != nil {
			return err
		}
	}
	return nil
}
