package decision

import (
	"context"
	"slices"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Doubt is what somebody would have worded otherwise, or asks about, before a decision opens. It does not open
// before its writer has answered each.
type Doubt struct {
	ID       string
	Decision string
	Person   person.ID
	Made     time.Time

	key   string
	words []byte
	reply told
}

// Answered reports whether the writer has answered it.
func (d Doubt) Answered() bool { return d.reply.there() }

func (d Doubt) paper() consent.Paper {
	return consent.Paper{Table: "decision_doubt", Column: column, Row: d.ID, Key: d.key, Sealed: d.words, Writer: d.Person, Readers: everybody}
}

func (d Doubt) replied(writer person.ID) consent.Paper {
	return d.reply.paper(d.ID, reply, writer)
}

const everyDoubt = `SELECT b.id, b.decision_id, b.person_id, b.made, b.key_id, b.words, COALESCE(t.key_id, ''), t.words FROM decision_doubt b
	LEFT JOIN decision_told t ON t.partnership_id = b.partnership_id AND t.about_id = b.id AND t.kind = 'reply' WHERE b.partnership_id = $1`

const doubts = everyDoubt + ` AND b.decision_id = $2`

func scanDoubt(row store.Row) (Doubt, error) {
	var d Doubt
	var made int64
	err := row.Scan(&d.ID, &d.Decision, &d.Person, &made, &d.key, &d.words, &d.reply.key, &d.reply.words)
	d.Made = store.Time(made)
	return d, err
}

func listDoubts(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) ([]Doubt, error) {
	return store.List(ctx, tx, scanDoubt, doubts+` ORDER BY b.made, b.id`, p, decision)
}

// unanswered reports whether the writer has left somebody's doubt without an answer.
func unanswered(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) (bool, error) {
	list, err := listDoubts(ctx, tx, p, decision)
	return slices.ContainsFunc(list, func(d Doubt) bool { return !d.Answered() }), err
}

// Question keeps what the viewer would have worded otherwise.
func (r *Room) Question(ctx context.Context, v person.Viewer, id, words string) error {
	if words = strings.TrimSpace(words); words == "" {
		return ErrEmpty
	}
	d := Doubt{ID: store.RandomID(), Decision: id, Person: v.ID, Made: r.Now()}
	var err error
	if d.key, d.words, err = r.Gate.SealValue(ctx, v.Partnership, "decision_doubt", column, d.ID, words); err != nil {
		return err
	}
	return r.whilePut(ctx, v, id, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO decision_doubt (partnership_id, id, decision_id, person_id, made, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, $7)`, v.Partnership, d.ID, id, v.ID, store.Micros(d.Made), d.key, d.words)
		return err
	})
}

// Reply keeps what the writer answers to a doubt: what she changed, or why not.
func (r *Room) Reply(ctx context.Context, v person.Viewer, id, doubt, words string) error {
	if words = strings.TrimSpace(words); words == "" {
		return ErrEmpty
	}
	if _, _, err := r.doubted(ctx, v, id, doubt); err != nil {
		return err
	}
	t, err := r.sealTold(ctx, v.Partnership, doubt, reply, words)
	if err != nil {
		return err
	}
	return r.whilePut(ctx, v, id, func(tx *store.Tx) error { return r.putTold(ctx, tx, v.Partnership, doubt, reply, t) })
}

// doubted returns a decision of the viewer's own and a doubt about it that she has not answered.
func (r *Room) doubted(ctx context.Context, v person.Viewer, id, doubt string) (d Decision, one Doubt, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if d, err = get(ctx, tx, v, id); err != nil {
			return err
		}
		one, err = store.Get(ctx, tx, scanDoubt, doubts+` AND b.id = $3`, v.Partnership, id, doubt)
		if err == nil && (d.Writer != v.ID || one.Answered()) {
			err = fault.Missing
		}
		return err
	})
	return d, one, err
}

// whilePut changes something about a decision that is put forward and not open yet.
func (r *Room) whilePut(ctx context.Context, v person.Viewer, id string, do func(*store.Tx) error) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := lock(ctx, tx, v, id)
		if err == nil && d.Course.Stage != Put {
			err = ErrSettled
		}
		if err != nil {
			return err
		}
		return do(tx)
	})
}
