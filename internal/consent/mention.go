package consent

import (
	"context"

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
}

// Mark records that a passage speaks of somebody. The passage is shut from then on as her answer says.
func (g *Gate) Mark(ctx context.Context, tx *store.Tx, p person.Partnership, m Mention) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent_mention
		(partnership_id, contribution_id, id, turn_id, start_at, end_at, person_id, marked_by, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p, m.Contribution, store.RandomID(), m.Turn, m.Start, m.End, m.About, m.By, store.Micros(g.now()))
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
		err := r.Scan(&m.ID, &m.Turn, &m.Start, &m.End, &m.About, &m.By)
		return m, err
	}, `SELECT id, turn_id, start_at, end_at, person_id, marked_by FROM consent_mention
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
