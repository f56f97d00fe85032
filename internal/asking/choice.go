package asking

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// choice is what one of the women chose to be asked about, and what she put out of her way. It is sealed
// for her alone. Nobody else's page, and nothing the program does by itself, ever opens it: who is asked
// is worked out on her own page and kept nowhere.
type choice struct {
	Kinds []string `json:"kinds"` // none is nothing, which is where everybody begins
	Aside []string `json:"aside"` // what she does not want to be shown again
	// Fill makes the text as long as any other, so that its length tells nothing.
	Fill string `json:"fill"`
}

// block is the length that a choice is filled up to, or a multiple of it.
const block = 2048

func (c choice) filled() (choice, error) {
	c.Fill = ""
	text, err := json.Marshal(c)
	c.Fill = strings.Repeat(".", block-len(text)%block)
	return c, err
}

// chosen is a choice as it is stored.
type chosen struct {
	key   string
	words []byte
}

// chosenBy returns what somebody chose, still sealed, without a key when she never chose.
func chosenBy(ctx context.Context, tx *store.Tx, v person.Viewer) (chosen, error) {
	c, err := store.Get(ctx, tx, func(row store.Row) (chosen, error) {
		var c chosen
		err := row.Scan(&c.key, &c.words)
		return c, err
	}, `SELECT key_id, words FROM asking_choice WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
	if errors.Is(err, fault.Missing) {
		err = nil
	}
	return c, err
}

// choice opens what the viewer chose.
func (r *Room) choice(ctx context.Context, v person.Viewer) (choice, chosen, error) {
	var c chosen
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		c, err = chosenBy(ctx, tx, v)
		return err
	})
	if err != nil || c.key == "" {
		return choice{}, c, err
	}
	text, err := consent.ValueOf[choice](ctx, r.Gate, v, consent.Paper{Table: "asking_choice", Column: column, Row: string(v.ID), Key: c.key, Sealed: c.words, Writer: v.ID})
	return text, c, err
}

// Choose keeps what she wants to be asked about from now on; none of them is nothing.
func (r *Room) Choose(ctx context.Context, v person.Viewer, kinds []string) error {
	return r.changeChoice(ctx, v, func(c *choice) { c.Kinds = kinds })
}

// ChooseWith is Choose with who brings it to her on paper; nobody when it is empty.
func (r *Room) ChooseWith(ctx context.Context, v person.Viewer, kinds []string, bearer person.ID) error {
	if err := r.Choose(ctx, v, kinds); err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE asking_choice SET bearer_id = $3 WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID, bearer)
		return err
	})
}

// aside puts something out of her way. What is put aside and over long since is dropped from the list.
func (r *Room) aside(ctx context.Context, v person.Viewer, what string) error {
	return r.changeChoice(ctx, v, func(c *choice) {
		if !slices.Contains(c.Aside, what) {
			c.Aside = append(c.Aside, what)
		}
		c.Aside = c.Aside[max(0, len(c.Aside)-maxAside):]
	})
}

// maxAside is how many things somebody can have put aside at once: far more than can be open.
const maxAside = 50

func (r *Room) changeChoice(ctx context.Context, v person.Viewer, change func(*choice)) error {
	text, c, err := r.choice(ctx, v)
	if err != nil {
		return err
	}
	change(&text)
	if text, err = text.filled(); err != nil {
		return err
	}
	if c.key == "" {
		c.key, c.words, err = r.Gate.SealValue(ctx, v.Partnership, "asking_choice", column, string(v.ID), text)
	} else {
		c.words, err = r.Gate.ResealValue(ctx, v.Partnership, "asking_choice", column, string(v.ID), c.key, text)
	}
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO asking_choice (partnership_id, person_id, key_id, words) VALUES ($1, $2, $3, $4)
			ON CONFLICT (partnership_id, person_id) DO UPDATE SET key_id = $3, words = $4`, v.Partnership, v.ID, c.key, c.words)
		return err
	})
}
