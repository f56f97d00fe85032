package jargon

import (
	"context"
	"fmt"
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

func scanWord(r store.Row) (Word, error) {
	var w Word
	var counted int64
	err := r.Scan(&w.ID, &w.marks, &w.waits, &counted, &w.key, &w.words)
	w.counted = store.Time(counted)
	return w, err
}

// allWords lists every word, still sealed, in the order of ids, which means nothing.
func allWords(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Word, error) {
	return store.List(ctx, tx, scanWord, `SELECT id, marks, waits, counted, key_id, words FROM jargon_word WHERE partnership_id = $1 ORDER BY id`, p)
}

// addVersions adds to each word what was written of it, still sealed.
func addVersions(ctx context.Context, tx *store.Tx, p person.Partnership, words []Word) error {
	at := map[string]*Word{}
	for i := range words {
		at[words[i].ID] = &words[i]
	}
	return tx.Each(ctx, func(r store.Row) error {
		var of string
		var v Version
		var made int64
		err := r.Scan(&of, &v.N, &v.Writer, &made, &v.key, &v.words)
		v.Made = store.Time(made)
		if w := at[of]; w != nil {
			w.Versions = append(w.Versions, v)
		}
		return err
	}, `SELECT word_id, n, writer_id, made, key_id, words FROM jargon_meaning WHERE partnership_id = $1 ORDER BY word_id, n`, p)
}

// insertWord adds a word that waits marks of its first week, or none when somebody explains it unmarked.
func insertWord(ctx context.Context, tx *store.Tx, p person.Partnership, w Word) error {
	_, err := tx.Exec(ctx, `INSERT INTO jargon_word (partnership_id, id, marks, waits, counted, key_id, words) VALUES ($1, $2, 0, $3, $4, $5, $6)`,
		p, w.ID, w.waits, store.Micros(w.counted), w.key, w.words)
	return err
}

// mark adds one to the marks that wait for a day. Those whose day has come move on first, so that no week is
// kept apart from the others for longer than it runs.
func mark(ctx context.Context, tx *store.Tx, p person.Partnership, id string, on time.Time) error {
	n, err := tx.Exec(ctx, `UPDATE jargon_word SET marks = CASE WHEN counted < $3 THEN marks + waits ELSE marks END,
		waits = CASE WHEN counted < $3 THEN 1 ELSE waits + 1 END, counted = $3 WHERE partnership_id = $1 AND id = $2`, p, id, store.Micros(on))
	return store.Changed(n, err, fault.Missing)
}

// insertVersion adds a version. Somebody who was quicker has its number.
func insertVersion(ctx context.Context, tx *store.Tx, p person.Partnership, id string, v Version) error {
	n, err := tx.Exec(ctx, `INSERT INTO jargon_meaning (partnership_id, word_id, n, writer_id, made, key_id, words) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
		p, id, v.N, v.Writer, store.Micros(v.Made), v.key, v.words)
	return store.Changed(n, err, ErrNewer)
}

// forget takes the name of whoever leaves off what she explained. What a word means is the group's.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `UPDATE jargon_meaning SET writer_id = '' WHERE partnership_id = $1 AND writer_id = $2`, p, who)
	return err
}

// row is what a version's words are bound to.
func row(id string, n int64) string { return fmt.Sprintf("%s/%d", id, n) }

// everybody who takes part may read every word and what it means.
func everybody() []consent.Audience { return []consent.Audience{{Kind: consent.ToPartnership}} }

// all returns every word, those that nobody is shown yet as well, opened for the viewer, with everybody's name.
func (r *Room) all(ctx context.Context, v person.Viewer) (words []Word, names map[person.ID]string, err error) {
	err = r.DB.Read(ctx, func(tx *store.Tx) error {
		if words, err = allWords(ctx, tx, v.Partnership); err != nil {
			return err
		}
		if err := addVersions(ctx, tx, v.Partnership, words); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, v.Partnership)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	var papers []consent.Paper
	for _, w := range words {
		papers = append(papers, consent.Paper{Table: "jargon_word", Column: "words", Row: w.ID, Key: w.key, Sealed: w.words, Readers: everybody()})
	}
	for _, w := range words {
		for _, one := range w.Versions {
			papers = append(papers, consent.Paper{Table: "jargon_meaning", Column: "words", Row: row(w.ID, one.N), Key: one.key, Sealed: one.words, Writer: one.Writer, Readers: everybody()})
		}
	}
	opened, err := r.Gate.Papers(ctx, v, consent.Use{}, papers)
	if err != nil {
		return nil, nil, err
	}
	next := len(words)
	for i := range words {
		if opened[i].Open {
			words[i].Text = plain(opened[i].Words.Reveal())
		}
		for j := range words[i].Versions {
			if o := opened[next]; o.Open {
				words[i].Versions[j].Text, words[i].Versions[j].open = o.Words.Reveal(), true
			}
			next++
		}
	}
	return once(words), names, nil
}

// once returns each word that could be opened once. Two who say the same new word in the same moment make two rows of it:
// their marks are added up, the one that was explained more often is the word, and all that was written of either
// stands with it, in order of time.
func once(words []Word) []Word {
	var list []Word
	for _, w := range words {
		i := slices.IndexFunc(list, func(one Word) bool { return one.Text == w.Text })
		switch {
		case w.Text == "":
		case i < 0:
			list = append(list, w)
		default:
			list[i] = merged(list[i], w)
		}
	}
	return list
}

// merged returns two rows of a word as one. Its versions are numbered anew, which never gives the next one a number
// that a row of its has.
func merged(a, b Word) Word {
	both, other := a, b
	if len(b.Versions) > len(a.Versions) {
		both, other = b, a
	}
	both.also = append(append(slices.Clone(both.also), other.ID), other.also...)
	both.marks, both.waits, both.counted = a.marks+b.marks, a.waits+b.waits, later(a.counted, b.counted)
	both.Versions = slices.Concat(both.Versions, other.Versions)
	slices.SortStableFunc(both.Versions, func(a, b Version) int { return a.Made.Compare(b.Made) })
	for i := range both.Versions {
		both.Versions[i].N = int64(i + 1)
	}
	return both
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// known returns the words that everybody sees by now, with everybody's name.
func (r *Room) known(ctx context.Context, v person.Viewer) ([]Word, map[person.ID]string, error) {
	words, names, err := r.all(ctx, v)
	return slices.DeleteFunc(words, func(w Word) bool { return !w.shown(r.Now()) }), names, err
}

// one returns a word that everybody sees by now. Any other is fault.Missing.
func (r *Room) one(ctx context.Context, v person.Viewer, id string) (Word, map[person.ID]string, error) {
	words, names, err := r.known(ctx, v)
	if err != nil {
		return Word{}, nil, err
	}
	i := slices.IndexFunc(words, func(w Word) bool { return w.ID == id || slices.Contains(w.also, id) })
	if i < 0 {
		return Word{}, nil, fault.Missing
	}
	return words[i], names, nil
}
