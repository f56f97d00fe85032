package decision

import (
	"context"
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// said is what somebody on the roll says by name.
type said struct {
	Place  string
	Person person.ID // empty once she has left
	House  person.House
	Said   Said
	Signed bool      // a stop is shown as hers, and not as the house's
	By     person.ID // who took it down for her

	key   string
	words []byte
}

// reasons is the paper of what somebody gives as her reasons.
func (s said) reasons(decision string) consent.Paper {
	return consent.Paper{Table: "decision_said", Column: column, Row: decision + "/" + s.Place, Key: s.key, Sealed: s.words, Writer: s.Person, Readers: everybody}
}

// names reports whether an answer is shown with who gave it. What one of the women says against going on is
// shown as the house's, unless she signed it.
func (s said) names() bool { return s.House != person.Lived || !s.Said.Word.Stops() || s.Signed }

func scanSaid(row store.Row) (said, error) {
	var s said
	var marks string
	var signed int64
	err := row.Scan(&s.Place, &s.Person, &s.House, &s.Said.Word, &marks, &signed, &s.By, &s.key, &s.words)
	s.Signed, s.Said.Marks = signed == 1, parseMarks(marks)
	return s, err
}

const answers = `SELECT s.roll_id, s.person_id, r.house, s.word, s.marks, s.signed, s.by_id, s.key_id, s.words FROM decision_said s
	JOIN decision_roll r ON r.partnership_id = s.partnership_id AND r.decision_id = s.decision_id AND r.id = s.roll_id
	WHERE s.partnership_id = $1 AND s.decision_id = $2`

// listSaid lists what was said to a decision, in the order of places, which says nothing.
func listSaid(ctx context.Context, tx *store.Tx, p person.Partnership, decision string) ([]said, error) {
	return store.List(ctx, tx, scanSaid, answers+` ORDER BY s.roll_id`, p, decision)
}

// putSaid keeps what somebody says in the place of what she said before, and returns the key of that.
func putSaid(ctx context.Context, tx *store.Tx, p person.Partnership, decision string, s said) ([]string, error) {
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM decision_said WHERE partnership_id = $1 AND decision_id = $2 AND roll_id = $3
		AND key_id <> ''`, p, decision, s.Place)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO decision_said (partnership_id, decision_id, roll_id, person_id, word, marks, signed, by_id, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (partnership_id, decision_id, roll_id) DO UPDATE SET word = $5, marks = $6, signed = $7, by_id = $8, key_id = $9, words = $10`,
		p, decision, s.Place, s.Person, s.Said.Word, writeMarks(s.Said.Marks), store.Bool(s.Signed), s.By, s.key, s.words)
	return keys, err
}

// dropSaid takes back what somebody said, and returns its key.
func dropSaid(ctx context.Context, tx *store.Tx, p person.Partnership, decision, place string) ([]string, error) {
	keys, err := store.List(ctx, tx, store.One[string], `DELETE FROM decision_said WHERE partnership_id = $1 AND decision_id = $2 AND roll_id = $3
		RETURNING key_id`, p, decision, place)
	return filled(keys), err
}

// filled leaves out what is empty.
func filled(keys []string) []string {
	var list []string
	for _, k := range keys {
		if k != "" {
			list = append(list, k)
		}
	}
	return list
}

// writeMarks writes marks as figures with spaces between them.
func writeMarks(marks []int) string {
	figures := make([]string, len(marks))
	for i, m := range marks {
		figures[i] = strconv.Itoa(m)
	}
	return strings.Join(figures, " ")
}

func parseMarks(text string) []int {
	var marks []int
	for figure := range strings.FieldsSeq(text) {
		n, _ := strconv.Atoi(figure) // written by writeMarks
		marks = append(marks, n)
	}
	return marks
}
