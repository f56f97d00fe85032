package figures

import (
	"context"
	"testing"
	"time"

	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/refi"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/testing/fixture"
)

// House is the part of the program that a corpus is kept in, and who is in it: an analyst of the study, a
// keeper, who asks in every document, and a member, who answers.
type House struct {
	DB      *store.DB
	Gate    *consent.Gate
	Sources *source.Sources
	Coding  *coding.Room
	Now     func() time.Time

	Study                   string
	Analyst, Keeper, Member person.Viewer
}

// A Library is a corpus as it is kept.
type Library struct {
	Themes []string
	Docs   []*source.Prepared
}

// Keep keeps a corpus: each document sealed, with terms, and offered to the study. The codings are written
// straight into their table, since it is the reading that is measured.
func (h House) Keep(t testing.TB, c Corpus) Library {
	t.Helper()
	var l Library
	for _, code := range c.Codes {
		id, err := h.Coding.AddTheme(t.Context(), h.Analyst, h.Study, coding.NewTheme{Name: code.Path, Entry: refi.Entry{Definition: "What " + code.Path + " means"}})
		must(t, err)
		l.Themes = append(l.Themes, id)
	}
	for i := range c.Docs {
		l.Docs = append(l.Docs, h.document(t, c, i))
	}
	h.write(t, func(ctx context.Context, tx *store.Tx) error {
		for _, place := range c.Places() {
			doc := l.Docs[place.Doc]
			_, err := tx.Exec(ctx, `INSERT INTO coding_part (partnership_id, study_id, contribution_id, coding_id, n, theme_id, turn_id,
				start_at, end_at, by_id, at, frame_version, removed, removed_by) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, 60, 0, '')`,
				h.Analyst.Partnership, h.Study, doc.ID, store.RandomID(), l.Themes[place.Code], doc.Turns[place.Para],
				place.Start, place.End, h.Analyst.ID, store.Micros(h.Now()))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return l
}

func (h House) document(t testing.TB, c Corpus, i int) *source.Prepared {
	t.Helper()
	speakers := []person.Viewer{h.Keeper, h.Member}
	in := consent.Incoming{Kind: consent.Interview, Title: c.Docs[i].Name, Note: "Made up", Keeper: h.Keeper.ID, Speakers: []consent.NewSpeaker{
		{Role: consent.Interviewer, Person: h.Keeper.ID, Label: "Interviewer"}, {Role: consent.Member, Person: h.Member.ID, Label: "P"}}}
	for n, para := range c.Docs[i].Paras {
		in.Turns = append(in.Turns, consent.NewTurn{Speaker: n % len(speakers), Text: para})
	}
	doc, err := h.Sources.Prepare(t.Context(), h.Keeper.Partnership, h.Study, in, source.Facts{Title: in.Title})
	must(t, err)
	h.write(t, func(ctx context.Context, tx *store.Tx) error {
		if err := doc.Save(ctx, tx); err != nil {
			return err
		}
		for n, v := range speakers {
			if err := h.Gate.SetTerms(ctx, tx, v, doc.ID, doc.Speakers[n], h.terms(v)); err != nil {
				return err
			}
		}
		if err := fixture.TellBefore(ctx, tx, h.Keeper.Partnership, doc.ID, doc.Speakers[1]); err != nil {
			return err
		}
		src, err := h.Sources.Get(ctx, tx, h.Keeper.Partnership, doc.ID)
		if err != nil {
			return err
		}
		return h.Sources.Move(ctx, tx, h.Keeper.Partnership, src, source.Offered)
	})
	return doc
}

// terms allow the study's analysts the words.
func (h House) terms(v person.Viewer) consent.Terms {
	return consent.Terms{Owner: v.ID, Given: h.Now(), Yes: []consent.Yes{{
		Audience: consent.Audience{Kind: consent.ToAnalysts, ID: h.Study}, Until: h.Now().AddDate(1, 0, 0),
		Use: consent.Use{Purpose: consent.Analysis, For: h.Study, Form: consent.Words}}}}
}

func (h House) write(t testing.TB, do func(context.Context, *store.Tx) error) {
	t.Helper()
	must(t, h.DB.Write(t.Context(), func(tx *store.Tx) error { return do(t.Context(), tx) }))
}
