package decision

import (
	"context"
	"encoding/json"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// column is what the column with somebody's words is called in most tables of this room.
const column = "words"

// everybody is whom a decision is shown to once it is put forward.
var everybody = []consent.Audience{{Kind: consent.ToPartnership}}

// A Decision is one thing to decide, with where it stands. Its words are sealed.
type Decision struct {
	ID     string
	Writer person.ID // empty once she has left
	Of     string    // the decision it opens again
	Made   time.Time
	Course Course
	Frame  Counted // taken down when it opened
	Result Result

	key         string
	words       []byte
	heed, after told
}

// Counted is what a decision is counted by, with among how many choices.
type Counted struct {
	Frame
	Choices int                  `json:"choices"`
	Of      map[person.House]int `json:"of"` // how many of each house can answer
}

// openTo reports whether somebody may see the decision: its writer, and everybody once it is put forward.
func (d Decision) openTo(v person.Viewer) bool { return d.Course.Stage != Draft || d.Writer == v.ID }

// text is the paper of what is to be decided.
func (d Decision) text() consent.Paper {
	p := consent.Paper{Table: "decision_decision", Column: column, Row: d.ID, Key: d.key, Sealed: d.words, Writer: d.Writer}
	if d.Course.Stage != Draft {
		p.Readers = everybody
	}
	return p
}

// heeded is the paper of whose advice was followed.
func (d Decision) heeded() consent.Paper { return d.heed.paper(d.ID, heed, d.Writer) }

// changed is the paper of what changed because of what somebody said.
func (d Decision) changed() consent.Paper { return d.after.paper(d.ID, after, d.Writer) }

const decisions = `SELECT d.id, d.writer_id, d.of_id, d.made, d.key_id, d.words, d.stage, d.days, d.secret, d.opened, d.until, d.windows, d.outcome, d.closed,
	d.frame, d.result, COALESCE(h.key_id, ''), h.words, COALESCE(a.key_id, ''), a.words FROM decision_decision d
	LEFT JOIN decision_told h ON h.partnership_id = d.partnership_id AND h.about_id = d.id AND h.kind = 'heed'
	LEFT JOIN decision_told a ON a.partnership_id = d.partnership_id AND a.about_id = d.id AND a.kind = 'after'
	WHERE d.partnership_id = $1`

func scanDecision(row store.Row) (Decision, error) {
	var d Decision
	var made, secret, opened, until, closed int64
	var frame, result string
	c := &d.Course
	err := row.Scan(&d.ID, &d.Writer, &d.Of, &made, &d.key, &d.words, &c.Stage, &c.Days, &secret, &opened, &until, &c.Windows, &c.Outcome, &closed,
		&frame, &result, &d.heed.key, &d.heed.words, &d.after.key, &d.after.words)
	if err != nil {
		return d, err
	}
	d.Made, c.Secret = store.Time(made), secret == 1
	c.Opened, c.Until, c.Closed = store.Time(opened), store.Time(until), store.Time(closed)
	if err := decode(frame, &d.Frame); err != nil {
		return d, err
	}
	return d, decode(result, &d.Result)
}

// decode reads one of our own values. There is none while a decision is not open.
func decode(text string, into any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// encode writes one of our own values.
func encode(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return string(text)
}

// get returns a decision that the viewer may see; any other is not there.
func get(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (Decision, error) {
	d, err := store.Get(ctx, tx, scanDecision, decisions+` AND d.id = $2`, v.Partnership, id)
	if err == nil && !d.openTo(v) {
		err = fault.Missing
	}
	return d, err
}

// list returns the decisions that the viewer may see, newest first.
func list(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Decision, error) {
	return store.List(ctx, tx, scanDecision, decisions+` AND (d.stage <> 'draft' OR d.writer_id = $2) ORDER BY d.made DESC, d.id`, v.Partnership, v.ID)
}

// lock makes everybody who changes a decision wait for this transaction, and reads it anew.
func lock(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (Decision, error) {
	n, err := tx.Exec(ctx, `UPDATE decision_decision SET made = made WHERE partnership_id = $1 AND id = $2`, v.Partnership, id)
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return Decision{}, err
	}
	return get(ctx, tx, v, id)
}

func insert(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) error {
	_, err := tx.Exec(ctx, `INSERT INTO decision_decision (partnership_id, id, writer_id, of_id, made, key_id, words, stage, days, secret, opened, until, windows,
		outcome, closed, frame, result, scrub) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, '', 0, '', '', 0)`,
		p, d.ID, d.Writer, d.Of, store.Micros(d.Made), d.key, d.words, d.Course.Stage)
	return err
}

// saveWords keeps a new text, if the old one still stands there.
func saveWords(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision, was []byte) error {
	n, err := tx.Exec(ctx, `UPDATE decision_decision SET words = $3 WHERE partnership_id = $1 AND id = $2 AND words = $4 AND stage IN ('draft', 'put')`,
		p, d.ID, d.words, was)
	return store.Changed(n, err, ErrNewer)
}

// saveCourse keeps where a decision stands.
func saveCourse(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) error {
	c := d.Course
	_, err := tx.Exec(ctx, `UPDATE decision_decision SET stage = $3, days = $4, secret = $5, opened = $6, until = $7, windows = $8, outcome = $9, closed = $10,
		frame = $11, result = $12 WHERE partnership_id = $1 AND id = $2`, p, d.ID, c.Stage, c.Days, store.Bool(c.Secret), store.Micros(c.Opened),
		store.Micros(c.Until), c.Windows, c.Outcome, store.Micros(c.Closed), encode(d.Frame), encode(d.Result))
	return err
}

// saveMatter keeps what a decision is about and how much money, for what is counted. Of a secret one it keeps neither.
func saveMatter(ctx context.Context, tx *store.Tx, p person.Partnership, id string, text Text) error {
	if text.Secret {
		return nil
	}
	pounds, _ := text.Pounds() // a number, or it could not have been put forward
	_, err := tx.Exec(ctx, `UPDATE decision_decision SET matter = $3, amount = $4 WHERE partnership_id = $1 AND id = $2`, p, id, text.Matter, pounds)
	return err
}

// deleteDecision deletes a draft, and returns its key.
func deleteDecision(ctx context.Context, tx *store.Tx, p person.Partnership, d Decision) (string, error) {
	_, err := tx.Exec(ctx, `DELETE FROM decision_decision WHERE partnership_id = $1 AND id = $2`, p, d.ID)
	return d.key, err
}
