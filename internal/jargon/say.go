package jargon

import (
	"context"
	"slices"

	"footing/internal/person"
	"footing/internal/store"
)

// Mark counts that a word is hard. Nothing of the viewer is kept; she is asked for because words are opened for
// somebody.
func (r *Room) Mark(ctx context.Context, v person.Viewer, text string) error {
	text = fold(text)
	if text == "" {
		return ErrWord
	}
	w, err := r.find(ctx, v, text)
	if err != nil {
		return err
	}
	if w.ID != "" {
		return r.markOne(ctx, v.Partnership, w.ID)
	}
	if w, err = r.seal(ctx, v.Partnership, text); err != nil {
		return err
	}
	w.waits = 1
	return r.DB.Write(ctx, func(tx *store.Tx) error { return insertWord(ctx, tx, v.Partnership, w) })
}

// markOne counts that a word that is there is hard.
func (r *Room) markOne(ctx context.Context, p person.Partnership, id string) error {
	return r.DB.Write(ctx, func(tx *store.Tx) error { return mark(ctx, tx, p, id, countedOn(r.Now())) })
}

// find returns the word that is written like that, whether it is shown by now or not; an empty one when there is none.
func (r *Room) find(ctx context.Context, v person.Viewer, text string) (Word, error) {
	words, _, err := r.all(ctx, v)
	if i := slices.IndexFunc(words, func(w Word) bool { return w.Text == text }); i >= 0 {
		return words[i], err
	}
	return Word{}, err
}

// seal makes a word. It must be called outside of a writing transaction.
func (r *Room) seal(ctx context.Context, p person.Partnership, text string) (Word, error) {
	w := Word{ID: store.RandomID(), Text: text, counted: countedOn(r.Now())}
	var err error
	w.key, w.words, err = r.Gate.SealPaper(ctx, p, "jargon_word", "words", w.ID, filled(text))
	return w, err
}

// Explain writes what a word means over the n versions there are, under the viewer's name, and returns the
// word's id. It returns ErrNewer when somebody has written one meanwhile.
func (r *Room) Explain(ctx context.Context, v person.Viewer, text string, n int64, meaning string) (string, error) {
	text = fold(text)
	switch {
	case text == "":
		return "", ErrWord
	case meaning == "":
		return "", ErrMeaning
	}
	w, err := r.find(ctx, v, text)
	if err != nil {
		return "", err
	}
	fresh := w.ID == ""
	if fresh {
		if w, err = r.seal(ctx, v.Partnership, text); err != nil {
			return "", err
		}
	}
	one := Version{N: n + 1, Writer: v.ID, Made: r.Now()}
	if one.key, one.words, err = r.Gate.SealPaper(ctx, v.Partnership, "jargon_meaning", "words", row(w.ID, one.N), meaning); err != nil {
		return "", err
	}
	return w.ID, r.DB.Write(ctx, func(tx *store.Tx) error {
		if fresh {
			if err := insertWord(ctx, tx, v.Partnership, w); err != nil {
				return err
			}
		}
		return insertVersion(ctx, tx, v.Partnership, w.ID, one)
	})
}
