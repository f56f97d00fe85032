package coding

import (
	"context"
	"time"

	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/vault"
	"footing/internal/web"
)

// The page of a document as a program would make it that keeps words in the clear and asks nobody: to
// measure what sealing and the gate cost. It reads the same frame, names and codings and shows the same
// page; only the words come from a table of their own, and no terms, keys or openings are looked at.

// PlainTable is the table of words in the clear.
const PlainTable = `CREATE TABLE plain_turn (partnership_id TEXT NOT NULL, contribution_id TEXT NOT NULL, seq BIGINT NOT NULL, id TEXT NOT NULL,
	speaker_id TEXT NOT NULL, role TEXT NOT NULL, at_ms BIGINT NOT NULL, length BIGINT NOT NULL, words TEXT NOT NULL,
	title TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (partnership_id, contribution_id, seq))`

// Plain returns the room with one more route, which serves documents from the table in the clear.
func (r *Room) Plain() web.Room {
	room := r.Web()
	for _, route := range room.Routes {
		if route.Pattern == "GET /index/{study}/{source}" {
			route.Pattern, route.Do = "GET /plain/{study}/{source}", r.showPlain
			room.Routes = append(room.Routes, route)
		}
	}
	return room
}

func (r *Room) showPlain(q *web.Request) (web.Answer, error) {
	ctx, id := q.Context(), consent.ID(q.Path("source"))
	d := &document{}
	var words consent.Contribution
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		err := r.readIndex(ctx, tx, q.Viewer, d, q.Path("study"), id)
		if err == nil {
			words, err = plainWords(ctx, tx, q, id)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	d.hold(words)
	return q.Show("document", newDocumentPage(q, d, indexForm{}, "")), nil
}

func plainWords(ctx context.Context, tx *store.Tx, q *web.Request, id consent.ID) (consent.Contribution, error) {
	c := consent.Contribution{Heading: consent.Heading{ID: id, Version: 1}}
	known := map[consent.ID]bool{}
	err := tx.Each(ctx, func(row store.Row) error {
		var role consent.Role
		var at int64
		var words, title, note string
		t := consent.Turn{Open: true}
		if err := row.Scan(&t.ID, &t.Speaker, &role, &t.Seq, &at, &t.Length, &words, &title, &note); err != nil {
			return err
		}
		t.At, t.Words, c.Title, c.Note = time.Duration(at)*time.Millisecond, vault.Hold(words), vault.Hold(title), vault.Hold(note)
		c.Turns = append(c.Turns, t)
		if !known[t.Speaker] {
			known[t.Speaker] = true
			c.Speakers = append(c.Speakers, consent.Speaker{ID: t.Speaker, Role: role, Open: true})
		}
		return nil
	}, `SELECT id, speaker_id, role, seq, at_ms, length, words, title, note FROM plain_turn
		WHERE partnership_id = $1 AND contribution_id = $2 ORDER BY seq`, q.Viewer.Partnership, id)
	return c, err
}
