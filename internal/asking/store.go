package asking

import (
	"context"
	"strconv"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// A Request is what somebody asks: as she writes it, and the newest text she put to the women's group.
type Request struct {
	ID    string
	Asker person.ID
	Made  time.Time
	Entry string // the entry of the shelf that tells what came of it
	Round Round
	// Thrown is when its asker threw it away, before anybody was given it; zero while she did not.
	Thrown time.Time

	key        string
	words      []byte // nil once she has left
	roundKey   string
	roundWords []byte
}

// Left reports whether the asker has left the group.
func (r Request) Left() bool { return r.words == nil }

// openTo reports whether somebody may see the request: whoever asks, and once she has put it to them, the
// women.
func (r Request) openTo(v person.Viewer, now time.Time) bool {
	stage := r.Round.Stage(now)
	return r.Asker == v.ID || (v.Standings.Has(person.LivedExperience) && stage != Draft && stage != TakenBack)
}

// draft is the sealed text as she writes it, hers alone.
func (r Request) draft() consent.Paper {
	return consent.Paper{Table: "asking_ask", Column: column, Row: r.ID, Key: r.key, Sealed: r.words, Writer: r.Asker}
}

// put is the sealed text as the women were given it.
func (r Request) put() consent.Paper {
	return consent.Paper{Table: "asking_round", Column: column, Row: roundRow(r.ID, r.Round.N), Key: r.roundKey, Sealed: r.roundWords,
		Writer: r.Asker, Readers: []consent.Audience{{Kind: consent.ToLived}}}
}

func roundRow(ask string, n int64) string { return ask + "/" + strconv.FormatInt(n, 10) }

const requests = `SELECT a.id, a.asker_id, a.made, a.thrown, a.entry_id, a.key_id, a.words, COALESCE(r.n, 0), COALESCE(r.key_id, ''), r.words,
	COALESCE(r.asked, 0), COALESCE(r.due, 0), COALESCE(r.need, 0), COALESCE(r.weeks, 0), COALESCE(r.refused, 0), COALESCE(r.sent, 0), COALESCE(r.stopped, 0)
	FROM asking_ask a LEFT JOIN asking_round r ON r.partnership_id = a.partnership_id AND r.ask_id = a.id
	AND r.n = (SELECT MAX(x.n) FROM asking_round x WHERE x.partnership_id = a.partnership_id AND x.ask_id = a.id)
	WHERE a.partnership_id = $1`

func scanRequest(row store.Row) (Request, error) {
	var q Request
	var made, thrown, asked, due, refused, sent, stopped int64
	err := row.Scan(&q.ID, &q.Asker, &made, &thrown, &q.Entry, &q.key, &q.words, &q.Round.N, &q.roundKey, &q.roundWords,
		&asked, &due, &q.Round.Need, &q.Round.Weeks, &refused, &sent, &stopped)
	q.Made, q.Thrown = store.Time(made), store.Time(thrown)
	q.Round.Asked, q.Round.Due, q.Round.Refused = store.Time(asked), store.Time(due), store.Time(refused)
	q.Round.Sent, q.Round.Stopped = store.Time(sent), store.Time(stopped)
	return q, err
}

// get returns a request that the viewer may see; any other is not there, nor one that she threw away.
func (r *Room) get(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (Request, error) {
	q, err := store.Get(ctx, tx, scanRequest, requests+` AND a.id = $2`, v.Partnership, id)
	if err == nil && (!q.openTo(v, r.Now()) || !q.Thrown.IsZero()) {
		err = fault.Missing
	}
	return q, err
}

// list returns the requests that the viewer may see, newest first, with those that she threw away.
func (r *Room) list(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Request, error) {
	all, err := store.List(ctx, tx, scanRequest, requests+` ORDER BY a.made DESC, a.id`, v.Partnership)
	seen := all[:0]
	for _, q := range all {
		if q.openTo(v, r.Now()) {
			seen = append(seen, q)
		}
	}
	return seen, err
}

// lock makes everybody who changes a request wait for this transaction, and reads it anew.
func (r *Room) lock(ctx context.Context, tx *store.Tx, p person.Partnership, id string) (Request, error) {
	n, err := tx.Exec(ctx, `UPDATE asking_ask SET made = made WHERE partnership_id = $1 AND id = $2`, p, id)
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return Request{}, err
	}
	return store.Get(ctx, tx, scanRequest, requests+` AND a.id = $2`, p, id)
}

func insertAsk(ctx context.Context, tx *store.Tx, p person.Partnership, q Request) error {
	_, err := tx.Exec(ctx, `INSERT INTO asking_ask (partnership_id, id, asker_id, made, key_id, words, entry_id) VALUES ($1, $2, $3, $4, $5, $6, '')`,
		p, q.ID, q.Asker, store.Micros(q.Made), q.key, q.words)
	return err
}

func updateAsk(ctx context.Context, tx *store.Tx, p person.Partnership, q Request) error {
	n, err := tx.Exec(ctx, `UPDATE asking_ask SET words = $3, entry_id = $4 WHERE partnership_id = $1 AND id = $2`, p, q.ID, q.words, q.Entry)
	return store.Changed(n, err, fault.Missing)
}

func insertRound(ctx context.Context, tx *store.Tx, p person.Partnership, q Request) error {
	d := q.Round
	_, err := tx.Exec(ctx, `INSERT INTO asking_round (partnership_id, ask_id, n, key_id, words, asked, due, need, weeks, refused, sent, stopped)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0)`,
		p, q.ID, d.N, q.roundKey, q.roundWords, store.Micros(d.Asked), store.Micros(d.Due), d.Need, d.Weeks)
	return err
}

// saveRound keeps what became of a round.
func saveRound(ctx context.Context, tx *store.Tx, p person.Partnership, q Request) error {
	_, err := tx.Exec(ctx, `UPDATE asking_round SET refused = $4, sent = $5, stopped = $6 WHERE partnership_id = $1 AND ask_id = $2 AND n = $3`,
		p, q.ID, q.Round.N, store.Micros(q.Round.Refused), store.Micros(q.Round.Sent), store.Micros(q.Round.Stopped))
	return err
}

// everPut returns all texts that somebody ever put to the group, in any request of hers, still sealed.
func everPut(ctx context.Context, tx *store.Tx, v person.Viewer) ([]consent.Paper, error) {
	return store.List(ctx, tx, func(row store.Row) (consent.Paper, error) {
		var ask string
		var n int64
		p := consent.Paper{Table: "asking_round", Column: column, Writer: v.ID}
		err := row.Scan(&ask, &n, &p.Key, &p.Sealed)
		p.Row = roundRow(ask, n)
		return p, err
	}, `SELECT r.ask_id, r.n, r.key_id, r.words FROM asking_round r JOIN asking_ask a ON a.partnership_id = r.partnership_id AND a.id = r.ask_id
		WHERE r.partnership_id = $1 AND a.asker_id = $2 ORDER BY r.ask_id, r.n`, v.Partnership, v.ID)
}

// deleteAsk deletes a request with all its texts, and returns their keys.
func deleteAsk(ctx context.Context, tx *store.Tx, p person.Partnership, id string) ([]string, error) {
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM asking_ask WHERE partnership_id = $1 AND id = $2
		UNION ALL SELECT key_id FROM asking_round WHERE partnership_id = $1 AND ask_id = $2`, p, id)
	if err != nil {
		return nil, err
	}
	for _, statement := range []string{`DELETE FROM asking_ask WHERE partnership_id = $1 AND id = $2`,
		`DELETE FROM asking_round WHERE partnership_id = $1 AND ask_id = $2`} {
		if _, err := tx.Exec(ctx, statement, p, id); err != nil {
			return nil, err
		}
	}
	said, err := forgetSaid(ctx, tx, p, id)
	return append(keys, said...), err
}
