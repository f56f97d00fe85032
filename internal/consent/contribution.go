package consent

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/vault"
)

// Incoming is a contribution on its way in.
type Incoming struct {
	Kind     Kind
	Title    string   // sealed
	Note     string   // what it is about, for somebody who wants to know before she opens it; sealed
	Topics   []string // the same by the group's list of topics, as ids of a room's; sealed
	Keeper   person.ID
	Speakers []NewSpeaker
	Turns    []NewTurn
}

// NewSpeaker is one voice in it.
type NewSpeaker struct {
	Role   Role
	Person person.ID // empty outside the circle
	Label  string    // what the recording calls this speaker; sealed
}

// NewTurn is one thing said. Its text is kept code point for code point.
type NewTurn struct {
	Speaker int // index into Speakers
	Text    string
	At      time.Duration // into the recording, 0 where unknown
}

// Prepared is a contribution that is sealed and has its keys, but no rows yet. Keys are made first and
// rows second, so that a crash between the two leaves a key without words, never words without a key.
type Prepared struct {
	ID       ID
	Speakers []ID // in the order they were given
	Turns    []ID

	gate        *Gate
	partnership person.Partnership
	n           Incoming
	key         string
	speakerKeys []string
	keys        map[string]vault.Key
	seq         int // of the turn saved last
	title, note []byte
	topics      []byte
	labels      [][]byte
	words       [][]byte
}

// Prepare seals a contribution: one key for its title and note, one for each speaker. It must be called
// outside of a transaction.
func (g *Gate) Prepare(ctx context.Context, p person.Partnership, n Incoming) (*Prepared, error) {
	pr := &Prepared{ID: ID(store.RandomID()), gate: g, partnership: p, n: n, key: store.RandomID()}
	ids := []string{pr.key}
	for range n.Speakers {
		pr.Speakers = append(pr.Speakers, ID(store.RandomID()))
		k := store.RandomID()
		pr.speakerKeys = append(pr.speakerKeys, k)
		ids = append(ids, k)
	}
	var err error
	if pr.keys, err = g.keys.Create(ctx, ids...); err != nil {
		return nil, fmt.Errorf("making keys: %w", err)
	}
	head := pr.keys[pr.key]
	pr.title = vault.Seal(head, placeOf(p, "consent_contribution", "title", pr.ID, pr.key), []byte(n.Title))
	pr.note = vault.Seal(head, placeOf(p, "consent_contribution", "note", pr.ID, pr.key), []byte(n.Note))
	pr.topics = vault.Seal(head, placeOf(p, "consent_contribution", "topics", pr.ID, pr.key), packTopics(n.Topics))
	for i, s := range n.Speakers {
		pr.labels = append(pr.labels, vault.Seal(head, placeOf(p, "consent_speaker", "label", pr.Speakers[i], pr.key), []byte(s.Label)))
	}
	for _, t := range n.Turns {
		id, words := pr.seal(t)
		pr.Turns, pr.words = append(pr.Turns, id), append(pr.words, words)
	}
	return pr, nil
}

// seal seals a turn under its speaker's key.
func (pr *Prepared) seal(t NewTurn) (ID, []byte) {
	id, k := ID(store.RandomID()), pr.speakerKeys[t.Speaker]
	return id, vault.Seal(pr.keys[k], placeOf(pr.partnership, "consent_turn", "words", id, k), []byte(t.Text))
}

// placeOf binds sealed bytes to the row they belong to and the key they are under, so that nobody can
// move them to a row with milder terms.
func placeOf(p person.Partnership, table, column string, row ID, key string) vault.Place {
	return vault.Place{Table: table, Column: column, Row: string(row), Partnership: p, Owner: key}
}

// Save writes the rows. Whoever sees them is nobody but the keeper until terms are given.
func (pr *Prepared) Save(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent_contribution
		(partnership_id, id, kind, keeper_id, made, version, key_id, title, note, topics) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9)`,
		pr.partnership, pr.ID, pr.n.Kind, pr.n.Keeper, store.Micros(pr.gate.now()), pr.key, pr.title, pr.note, pr.topics)
	if err != nil {
		return err
	}
	for i, s := range pr.n.Speakers {
		_, err := tx.Exec(ctx, `INSERT INTO consent_speaker (partnership_id, contribution_id, id, position, role, person_id, label)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, pr.partnership, pr.ID, pr.Speakers[i], i, s.Role, s.Person, pr.labels[i])
		if err != nil {
			return err
		}
	}
	for i, t := range pr.n.Turns {
		if err := pr.saveTurn(ctx, tx, t, pr.Turns[i], pr.words[i]); err != nil {
			return err
		}
	}
	return pr.gate.events.Publish(ctx, tx, pr.partnership, TopicAdded, string(pr.ID))
}

// SaveTurn seals one more turn and writes its row, after Save and in the same transaction. It is for turns
// that are too many to be held: Prepare is given the speakers and none of them.
func (pr *Prepared) SaveTurn(ctx context.Context, tx *store.Tx, t NewTurn) (ID, error) {
	id, words := pr.seal(t)
	return id, pr.saveTurn(ctx, tx, t, id, words)
}

func (pr *Prepared) saveTurn(ctx context.Context, tx *store.Tx, t NewTurn, id ID, words []byte) error {
	pr.seq++
	_, err := tx.Exec(ctx, `INSERT INTO consent_turn
		(partnership_id, contribution_id, version, seq, id, speaker_id, key_id, at_ms, length, words)
		VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)`,
		pr.partnership, pr.ID, pr.seq, id, pr.Speakers[t.Speaker], pr.speakerKeys[t.Speaker],
		t.At.Milliseconds(), utf8.RuneCountInString(t.Text), words)
	return err
}

// A Heading is what can be known of a contribution without opening a word of it.
type Heading struct {
	ID      ID
	Kind    Kind
	Keeper  person.ID
	Made    time.Time
	Version int
}

// HeadingOf returns the heading of a contribution. It says nothing about who may read it: callers show
// it only to those a ruling lets in.
func (g *Gate) HeadingOf(ctx context.Context, tx *store.Tx, p person.Partnership, id ID) (Heading, error) {
	return store.Get(ctx, tx, scanHeading, `SELECT id, kind, keeper_id, made, version FROM consent_contribution
		WHERE partnership_id = $1 AND id = $2`, p, id)
}

func scanHeading(r store.Row) (Heading, error) {
	var h Heading
	var made int64
	err := r.Scan(&h.ID, &h.Kind, &h.Keeper, &made, &h.Version)
	h.Made = store.Time(made)
	return h, err
}

// Mine lists what a person has contributed or keeps, newest first.
func (g *Gate) Mine(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Heading, error) {
	return store.List(ctx, tx, scanHeading, `SELECT DISTINCT c.id, c.kind, c.keeper_id, c.made, c.version FROM consent_contribution c
		JOIN consent_speaker s ON s.partnership_id = c.partnership_id AND s.contribution_id = c.id
		WHERE c.partnership_id = $1 AND s.person_id = $2 ORDER BY c.made DESC, c.id`, v.Partnership, v.ID)
}

// SharedWith lists what a person may open for a use, without her own, newest first.
func (g *Gate) SharedWith(ctx context.Context, tx *store.Tx, v person.Viewer, u Use) ([]Heading, error) {
	ruling, err := g.RuleIn(ctx, tx, v, u)
	if err != nil {
		return nil, err
	}
	open := map[ID]bool{}
	for _, t := range ruling.turns {
		if t.open && !t.own {
			open[t.contribution] = true
		}
	}
	all, err := store.List(ctx, tx, scanHeading, `SELECT id, kind, keeper_id, made, version FROM consent_contribution
		WHERE partnership_id = $1 ORDER BY made DESC, id`, v.Partnership)
	shared := all[:0]
	for _, h := range all {
		if open[h.ID] {
			shared = append(shared, h)
		}
	}
	return shared, err
}
