package asking

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// said is what one of the women said to the newest round, and what she would change.
type said struct {
	who   person.ID
	says  Says
	key   string
	words []byte
}

// paper is her words, for the asker and the women to read. Her name is not shown beside them.
func (s said) paper(q Request) consent.Paper {
	return consent.Paper{Table: "asking_said", Column: column, Row: saidRow(q.ID, s.who), Key: s.key, Sealed: s.words, Writer: s.who,
		Readers: []consent.Audience{{Kind: consent.ToLived}, {Kind: consent.ToPerson, ID: string(q.Asker)}}}
}

func saidRow(ask string, who person.ID) string { return ask + "/" + string(who) }

// listSaid returns what was said to a request. The order is that of random ids and tells nothing.
func listSaid(ctx context.Context, tx *store.Tx, p person.Partnership, ask string) ([]said, error) {
	return store.List(ctx, tx, func(row store.Row) (said, error) {
		var s said
		err := row.Scan(&s.who, &s.says, &s.key, &s.words)
		return s, err
	}, `SELECT person_id, says, key_id, words FROM asking_said WHERE partnership_id = $1 AND ask_id = $2 ORDER BY person_id`, p, ask)
}

// byWhom is what was said, as the rule takes it.
func byWhom(list []said) map[person.ID]Says {
	m := map[person.ID]Says{}
	for _, s := range list {
		m[s.who] = s.says
	}
	return m
}

func insertSaid(ctx context.Context, tx *store.Tx, p person.Partnership, ask string, s said) error {
	_, err := tx.Exec(ctx, `INSERT INTO asking_said (partnership_id, ask_id, person_id, says, key_id, words) VALUES ($1, $2, $3, $4, $5, $6)`,
		p, ask, s.who, s.says, s.key, s.words)
	return err
}

// forgetSaid deletes what was said to a request, by everybody or by those named, and returns the keys of
// the words.
func forgetSaid(ctx context.Context, tx *store.Tx, p person.Partnership, ask string, who ...person.ID) ([]string, error) {
	where, args := ` WHERE partnership_id = $1 AND ask_id = $2`, []any{p, ask}
	if len(who) > 0 {
		where += ` AND person_id IN ` + store.In(3, len(who))
		for _, id := range who {
			args = append(args, id)
		}
	}
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM asking_said`+where+` AND key_id <> ''`, args...)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM asking_said`+where, args...)
	return keys, err
}
