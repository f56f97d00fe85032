package consent

import (
	"context"
	"time"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// An Answer is what a member says to passages about her in somebody else's words. No answer is no.
type Answer string

// The answers. Only yes opens a passage; the others keep it shut until somebody has asked her.
const (
	AnswerYes    Answer = "yes"
	AnswerVeiled Answer = "only if nobody could tell"
	AnswerAsk    Answer = "ask me"
	AnswerNo     Answer = "no"
)

// A Mention is a passage that speaks of a member.
type Mention struct {
	ID           ID
	Contribution ID
	Turn         ID
	Span
	About person.ID
	By    person.ID
	Own   Answer // what she answered about this place; empty: her standing answer counts
}

// Mark records that a passage speaks of somebody. The passage is shut from then on as her answer says: the one about
// this place, where she has said no beforehand to what it stands in, else her standing one.
func (g *Gate) Mark(ctx context.Context, tx *store.Tx, p person.Partnership, m Mention) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent_mention
		(partnership_id, contribution_id, id, turn_id, start_at, end_at, person_id, marked_by, made, own)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		p, m.Contribution, store.RandomID(), m.Turn, m.Start, m.End, m.About, m.By, store.Micros(g.now()), m.Own)
	if err != nil {
		return err
	}
	return g.events.Publish(ctx, tx, p, TopicTerms, string(m.Contribution))
}

// Unmark takes a mark away again.
func (g *Gate) Unmark(ctx context.Context, tx *store.Tx, p person.Partnership, contribution, id ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM consent_mention WHERE partnership_id = $1 AND contribution_id = $2 AND id = $3`, p, contribution, id)
	if err != nil {
		return err
	}
	return g.events.Publish(ctx, tx, p, TopicTerms, string(contribution))
}

// Mentions lists the marks in a contribution, by place.
func (g *Gate) Mentions(ctx context.Context, tx *store.Tx, p person.Partnership, contribution ID) ([]Mention, error) {
	return store.List(ctx, tx, func(r store.Row) (Mention, error) {
		m := Mention{Contribution: contribution}
		err := r.Scan(&m.ID, &m.Turn, &m.Start, &m.End, &m.About, &m.By, &m.Own)
		return m, err
	}, `SELECT id, turn_id, start_at, end_at, person_id, marked_by, own FROM consent_mention
		WHERE partnership_id = $1 AND contribution_id = $2 ORDER BY turn_id, start_at, id`, p, contribution)
}

// SetAnswer records a member's standing answer.
func (g *Gate) SetAnswer(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, a Answer) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent_answer (partnership_id, person_id, answer, given) VALUES ($1, $2, $3, $4)
		ON CONFLICT (partnership_id, person_id) DO UPDATE SET answer = excluded.answer, given = excluded.given`,
		p, who, a, store.Micros(g.now()))
	if err != nil {
		return err
	}
	return g.events.Publish(ctx, tx, p, TopicTerms, "")
}

// AnswerOf returns a member's standing answer, no when she has given none.
func (g *Gate) AnswerOf(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) (Answer, error) {
	answers, err := store.List(ctx, tx, store.One[Answer],
		`SELECT answer FROM consent_answer WHERE partnership_id = $1 AND person_id = $2`, p, who)
	if err != nil || len(answers) == 0 {
		return AnswerNo, err
	}
	return answers[0], nil
}

// A Place is one passage that speaks of a member, as she may know of it: where and since when, never what
// is said or who says it.
type Place struct {
	Mention
	Kind  Kind      // of the recording or note it stands in
	Made  time.Time // when it was marked
	Uses  int       // what rests on the passage: codings, points
	Taken bool      // its speaker has taken the words back
}

// PlacesAbout lists the passages that speak of somebody, the newest first, for herself.
func (g *Gate) PlacesAbout(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Place, error) {
	list, err := store.List(ctx, tx, func(r store.Row) (Place, error) {
		p := Place{Mention: Mention{About: v.ID}}
		var made, taken int64
		err := r.Scan(&p.ID, &p.Contribution, &p.Turn, &p.Start, &p.End, &p.By, &p.Own, &made, &p.Kind, &taken)
		p.Made, p.Taken = store.Time(made), taken > 0
		return p, err
	}, `SELECT m.id, m.contribution_id, m.turn_id, m.start_at, m.end_at, m.marked_by, m.own, m.made, c.kind,
			(SELECT count(*) FROM consent_withdrawal w WHERE w.partnership_id = m.partnership_id AND w.contribution_id = m.contribution_id
				AND w.speaker_id = t.speaker_id AND w.undone = 0 AND (w.turn_id = '' OR w.turn_id = t.id))
		FROM consent_mention m
		JOIN consent_contribution c ON c.partnership_id = m.partnership_id AND c.id = m.contribution_id
		JOIN consent_turn t ON t.partnership_id = m.partnership_id AND t.id = m.turn_id
		WHERE m.partnership_id = $1 AND m.person_id = $2 ORDER BY m.made DESC, m.id`, v.Partnership, v.ID)
	for i := range list {
		if list[i].Uses, err = g.usesAt(ctx, tx, v.Partnership, list[i].Turn, list[i].Span); err != nil {
			return nil, err
		}
	}
	return list, err
}

// usesAt counts what rests directly on a part of a turn.
func (g *Gate) usesAt(ctx context.Context, tx *store.Tx, p person.Partnership, turn ID, at Span) (int, error) {
	using := map[Ref]bool{}
	err := tx.Each(ctx, func(r store.Row) error {
		var from, to Ref
		err := r.Scan(&from.Kind, &from.ID, &to.ID)
		to.Kind = spanKind
		if _, s, ok := to.Passage(); ok && s.Start < at.End && at.Start < s.End {
			using[from] = true
		}
		return err
	}, `SELECT from_kind, from_id, to_id FROM consent_rests_on WHERE partnership_id = $1 AND to_kind = $2 AND to_id >= $3 AND to_id < $4`,
		p, spanKind, string(turn)+":", string(turn)+";")
	return len(using), err
}

// AnswerPlace records what a member says about one passage that speaks of her: yes, no, or nothing, so
// that her standing answer counts. It returns fault.Missing for a passage that speaks of somebody else.
func (g *Gate) AnswerPlace(ctx context.Context, tx *store.Tx, v person.Viewer, place ID, a Answer) error {
	if a != AnswerYes && a != AnswerNo && a != "" {
		return fault.Missing
	}
	contribution, err := store.Get(ctx, tx, store.One[ID], `UPDATE consent_mention SET own = $4
		WHERE partnership_id = $1 AND id = $2 AND person_id = $3 RETURNING contribution_id`, v.Partnership, place, v.ID, a)
	if err != nil {
		return err
	}
	return g.events.Publish(ctx, tx, v.Partnership, TopicTerms, string(contribution))
}
