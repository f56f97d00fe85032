package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// loadFacts reads what the rule needs to know but the turns themselves, which whoever reads words has in
// hand. With no contributions named it reads all of the partnership's, which a matrix or an export asks for.
func loadFacts(ctx context.Context, tx *store.Tx, v person.Viewer, contributions []ID) (facts, error) {
	f := facts{speakers: map[ID]speakerFacts{}, taken: map[ID]bool{}, takenFrom: map[ID]bool{}, mentions: map[ID][]mention{}, answers: map[person.ID]Answer{}}
	var err error
	if f.reader, err = loadReader(ctx, tx, v); err != nil {
		return f, err
	}
	in, args := only("contribution_id", v.Partnership, contributions)
	for _, load := range []func(context.Context, *store.Tx, string, []any) error{
		f.loadSpeakers, f.loadTerms, f.loadTaken, f.loadMentions,
	} {
		if err := load(ctx, tx, in, args); err != nil {
			return f, err
		}
	}
	return f, nil
}

// only returns the end of a WHERE clause that keeps to a partnership and, when any are named, to some
// contributions, with its arguments. Every query joined to it calls its main table x. The list is filled
// up to a power of two, so that a few texts, which stay prepared, serve for all lengths.
func only(column string, p person.Partnership, contributions []ID) (string, []any) {
	args := []any{p}
	if len(contributions) == 0 {
		return "x.partnership_id = $1", args
	}
	for _, id := range contributions {
		args = append(args, id)
	}
	n := len(contributions)
	for ; n&(n-1) != 0; n++ {
		args = append(args, contributions[0])
	}
	return "x.partnership_id = $1 AND x." + column + " IN " + store.In(2, n), args
}

func loadReader(ctx context.Context, tx *store.Tx, v person.Viewer) (Reader, error) {
	r := Reader{ID: v.ID, Since: map[Audience]time.Time{}}
	err := tx.Each(ctx, func(row store.Row) error {
		var a Audience
		var since int64
		if err := row.Scan(&a.Kind, &a.ID, &since); err != nil {
			return err
		}
		r.Since[a] = store.Time(since)
		return nil
	}, `SELECT audience, audience_id, since FROM consent_member
		WHERE partnership_id = $1 AND person_id = $2 AND until = 0`, v.Partnership, v.ID)
	return r, err
}

func (f *facts) loadSpeakers(ctx context.Context, tx *store.Tx, in string, args []any) error {
	return tx.Each(ctx, func(row store.Row) error {
		var id ID
		var s speakerFacts
		if err := row.Scan(&id, &s.contribution, &s.role, &s.person, &s.label, &s.keeper); err != nil {
			return err
		}
		s.terms.Owner = s.person
		f.speakers[id] = s
		f.inOrder = append(f.inOrder, id)
		return nil
	}, `SELECT x.id, x.contribution_id, x.role, x.person_id, x.label, c.keeper_id FROM consent_speaker x
		JOIN consent_contribution c ON c.partnership_id = x.partnership_id AND c.id = x.contribution_id
		WHERE `+in+` ORDER BY x.contribution_id, x.position`, args...)
}

// loadTerms reads each speaker's latest terms. Terms given for an earlier version of the words do not
// hold for the newest: changing her words, an owner starts anew.
func (f *facts) loadTerms(ctx context.Context, tx *store.Tx, in string, args []any) error {
	const latest = ` FROM consent_terms x
		JOIN consent_contribution c ON c.partnership_id = x.partnership_id AND c.id = x.contribution_id AND c.version = x.version `
	err := tx.Each(ctx, func(row store.Row) error {
		var id ID
		var given, asOf, ask, erase int64
		var t Terms
		if err := row.Scan(&id, &t.ID, &given, &asOf, &t.Attribution, &ask, &erase, &t.How.Way, &t.How.By, &t.How.Beside, &t.How.Sheet); err != nil {
			return err
		}
		s := f.speakers[id]
		t.Owner, t.Given, t.AsOf, t.AskFirst, t.EraseAfter = s.person, store.Time(given), store.Time(asOf), ask == 1, erase == 1
		s.terms = t
		f.speakers[id] = s
		return nil
	}, `SELECT x.speaker_id, x.id, x.given, x.as_of, x.attribution, x.ask_first, x.erase_after, x.how, x.given_by, x.beside, x.sheet`+latest+
		`WHERE x.latest = 1 AND `+in, args...)
	if err != nil {
		return err
	}
	err = tx.Each(ctx, func(row store.Row) error {
		id, y, err := scanYes(row)
		if err != nil {
			return err
		}
		s := f.speakers[id]
		s.terms.Yes = append(s.terms.Yes, y)
		f.speakers[id] = s
		return nil
	}, `SELECT x.speaker_id, y.audience, y.audience_id, y.purpose, y.purpose_id, y.form, y.begins, y.ends, y.later, y.moment_id`+latest+
		`JOIN consent_yes y ON y.partnership_id = x.partnership_id AND y.terms_id = x.id
		WHERE x.latest = 1 AND `+in+` ORDER BY x.speaker_id, y.n`, args...)
	if err != nil {
		return err
	}
	return tx.Each(ctx, func(row store.Row) error {
		var id ID
		var a Audience
		if err := row.Scan(&id, &a.Kind, &a.ID); err != nil {
			return err
		}
		s := f.speakers[id]
		s.terms.Not = append(s.terms.Not, a)
		f.speakers[id] = s
		return nil
	}, `SELECT x.speaker_id, n.audience, n.audience_id`+latest+
		`JOIN consent_not n ON n.partnership_id = x.partnership_id AND n.terms_id = x.id
		WHERE x.latest = 1 AND `+in+` ORDER BY x.speaker_id, n.audience, n.audience_id`, args...)
}

func scanYes(row store.Row) (ID, Yes, error) {
	var id ID
	var y Yes
	var from, until, later int64
	err := row.Scan(&id, &y.Audience.Kind, &y.Audience.ID, &y.Purpose, &y.For, &y.Form, &from, &until, &later, &y.Moment)
	y.From, y.Until, y.Later = store.Time(from), store.Time(until), later == 1
	return id, y, err
}

// loadTurns reads which turns there are, those of earlier versions too: a place in one of them is open to
// nobody.
func (f *facts) loadTurns(ctx context.Context, tx *store.Tx, p person.Partnership, contributions []ID) error {
	in, args := only("contribution_id", p, contributions)
	return tx.Each(ctx, func(row store.Row) error {
		var t turnFacts
		var versions int
		err := row.Scan(&t.id, &t.speaker, &versions)
		t.past = versions > 0
		f.turns = append(f.turns, t)
		return err
	}, `SELECT x.id, x.speaker_id, c.version - x.version FROM consent_turn x
		JOIN consent_contribution c ON c.partnership_id = x.partnership_id AND c.id = x.contribution_id
		WHERE `+in+` ORDER BY x.contribution_id, x.version, x.seq`, args...)
}

func (f *facts) loadTaken(ctx context.Context, tx *store.Tx, in string, args []any) error {
	return tx.Each(ctx, func(row store.Row) error {
		var contribution, speaker, turn ID
		err := row.Scan(&contribution, &speaker, &turn)
		if turn != "" {
			f.taken[turn] = true
		} else {
			f.taken[speaker] = true
		}
		f.takenFrom[contribution] = true
		return err
	}, `SELECT x.contribution_id, x.speaker_id, x.turn_id FROM consent_withdrawal x WHERE x.undone = 0 AND `+in, args...)
}

func (f *facts) loadMentions(ctx context.Context, tx *store.Tx, in string, args []any) error {
	err := tx.Each(ctx, func(row store.Row) error {
		var turn ID
		var m mention
		err := row.Scan(&m.in, &turn, &m.Start, &m.End, &m.about, &m.own)
		f.mentions[turn] = append(f.mentions[turn], m)
		return err
	}, `SELECT x.contribution_id, x.turn_id, x.start_at, x.end_at, x.person_id, x.own FROM consent_mention x
		WHERE `+in+` ORDER BY x.turn_id, x.start_at, x.id`, args...)
	if err != nil || len(f.mentions) == 0 {
		return err
	}
	return tx.Each(ctx, func(row store.Row) error {
		var who person.ID
		var a Answer
		err := row.Scan(&who, &a)
		f.answers[who] = a
		return err
	}, `SELECT person_id, answer FROM consent_answer WHERE partnership_id = $1`, args[0])
}
