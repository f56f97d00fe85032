package decision

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

// told is something that the writer of a decision tells about it, or about a doubt, still sealed.
type told struct {
	key   string
	words []byte
}

// What she can tell.
const (
	heed  = "heed"  // whose advice she follows
	after = "after" // what changed
	reply = "reply" // what she answers to a doubt
)

// there reports whether it was told.
func (t told) there() bool { return t.words != nil }

func toldRow(about, kind string) string { return about + "/" + kind }

func (t told) paper(about, kind string, writer person.ID) consent.Paper {
	return consent.Paper{Table: "decision_told", Column: column, Row: toldRow(about, kind), Key: t.key, Sealed: t.words, Writer: writer, Readers: everybody}
}

// sealTold seals something to be told. It must be called outside of a writing transaction.
func (r *Room) sealTold(ctx context.Context, p person.Partnership, about, kind string, value any) (t told, err error) {
	t.key, t.words, err = r.Gate.SealValue(ctx, p, "decision_told", column, toldRow(about, kind), value)
	return t, err
}

// putTold keeps it in the place of what was told before.
func (r *Room) putTold(ctx context.Context, tx *store.Tx, p person.Partnership, about, kind string, t told) error {
	if err := r.dropTold(ctx, tx, p, about, kind); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO decision_told (partnership_id, about_id, kind, key_id, words) VALUES ($1, $2, $3, $4, $5)`, p, about, kind, t.key, t.words)
	return err
}

// dropTold erases what was told.
func (r *Room) dropTold(ctx context.Context, tx *store.Tx, p person.Partnership, about, kind string) error {
	keys, err := store.List(ctx, tx, store.One[string], `DELETE FROM decision_told WHERE partnership_id = $1 AND about_id = $2 AND kind = $3 RETURNING key_id`, p, about, kind)
	if err != nil {
		return err
	}
	return r.Gate.Doom(ctx, tx, p, keys...)
}
