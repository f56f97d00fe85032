package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// A recording is somebody's voice in a contribution: a blob that belongs to her part of it. It is heard by
// whom her terms allow the form Voice, a chunk at a time, and each hour of it is on record for her as what is
// read is. It goes with her part: taken back, erased or ended, the blob is closed with it and its key
// destroyed. By itself it can be taken back like one of her turns, under its id.
//
// A voice says whose it is. So a part that is kept without its owner's name (Sever) loses its recordings,
// and so does one that is given new words (Rewrite): the old ones are gone, and nobody's voice goes on
// saying them.

// A Recording is a voice in a contribution, as whoever may hear it knows of it.
type Recording struct {
	ID           ID
	Contribution ID
	Speaker      ID
	Kind         string // what sort of sound it is, as AddRecording was told
	Size         int64  // bytes
	Made         time.Time
	Own          bool // hers who asked
}

// Hearing is the act of listening to a recording, where Reading is that of reading words.
const Hearing Act = "hearing"

// AddRecording makes a blob of the owner's a recording in her part of a contribution. From then on it goes
// with the part and no more by itself. kind is a word of the caller's for what sort of sound it is. A blob or
// a part that is not hers is fault.Missing.
func (g *Gate) AddRecording(ctx context.Context, tx *store.Tx, owner person.Viewer, contribution, speaker, blob ID, kind string) error {
	_, err := store.Get(ctx, tx, store.One[ID], `SELECT id FROM consent_speaker
		WHERE partnership_id = $1 AND contribution_id = $2 AND id = $3 AND person_id = $4 AND person_id <> ''`,
		owner.Partnership, contribution, speaker, owner.ID)
	if err != nil {
		return err
	}
	if err := g.KeepBlob(ctx, tx, owner, blob, Never); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO consent_recording (partnership_id, contribution_id, speaker_id, id, kind, made) VALUES ($1, $2, $3, $4, $5, $6)`,
		owner.Partnership, contribution, speaker, blob, kind, store.Micros(g.now()))
	return err
}

// Recordings lists what somebody may hear of a contribution for a use, in the order in which it was added.
// It opens nothing. Her own are hers to hear, also while they are taken back and not yet destroyed.
func (g *Gate) Recordings(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, contribution ID) ([]Recording, error) {
	list, err := store.List(ctx, tx, func(r store.Row) (Recording, error) {
		rec := Recording{Contribution: contribution}
		var made int64
		err := r.Scan(&rec.ID, &rec.Speaker, &rec.Kind, &made, &rec.Size)
		rec.Made = store.Time(made)
		return rec, err
	}, `SELECT x.id, x.speaker_id, x.kind, x.made, b.size FROM consent_recording x
		JOIN consent_blob b ON b.partnership_id = x.partnership_id AND b.id = x.id AND b.done = 1 AND b.gone = 0
		WHERE x.partnership_id = $1 AND x.contribution_id = $2 ORDER BY x.made, x.id`, v.Partnership, contribution)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	f, err := loadFacts(ctx, tx, v, []ID{contribution})
	if err != nil {
		return nil, err
	}
	heard := list[:0]
	for _, rec := range list {
		if f.hears(rec, u, g.now()) {
			rec.Own = f.owns(f.speakers[rec.Speaker])
			heard = append(heard, rec)
		}
	}
	return heard, nil
}

// hears reports whether the reader may hear a recording for a use. Nothing can be blanked in a voice as it is
// in words: where a passage of the part speaks of somebody who has not said yes, the whole of it is shut.
func (f facts) hears(rec Recording, u Use, now time.Time) bool {
	s, ok := f.speakers[rec.Speaker]
	if !ok || s.contribution != rec.Contribution {
		return false
	}
	if f.owns(s) {
		return true
	}
	if f.taken[rec.Speaker] || f.taken[rec.ID] {
		return false
	}
	for turn := range f.mentions {
		if len(f.masks(turnFacts{id: turn}, s)) > 0 {
			return false
		}
	}
	u.Form = Voice
	return Allows(s.terms, f.reader, u, now)
}

// Wordless reports which of some contributions hold a voice and not a letter: nothing was typed beside it, and
// it is not typed up. It opens nothing.
func (g *Gate) Wordless(ctx context.Context, tx *store.Tx, p person.Partnership, ids ...ID) (map[ID]bool, error) {
	wordless := map[ID]bool{}
	if len(ids) == 0 {
		return wordless, nil
	}
	in, args := only("contribution_id", p, ids)
	return wordless, tx.Each(ctx, func(r store.Row) error {
		id, err := store.One[ID](r)
		wordless[id] = true
		return err
	}, `SELECT DISTINCT x.contribution_id FROM consent_recording x WHERE NOT EXISTS (SELECT 1 FROM consent_turn t
			WHERE t.partnership_id = x.partnership_id AND t.contribution_id = x.contribution_id AND t.length > 0)
		AND `+in, args...)
}

// owns reports whether the reader is who speaks.
func (f facts) owns(s speakerFacts) bool { return s.person != "" && s.person == f.reader.ID }

// dropRecordings lets go of the recordings of a part, or of the one of them that is named: their blobs are not there
// any more once this commits, and their keys are doomed. The rows go.
func (g *Gate) dropRecordings(ctx context.Context, tx *store.Tx, p person.Partnership, contribution, speaker, one ID) error {
	const of = ` FROM consent_recording r WHERE r.partnership_id = $1 AND r.contribution_id = $2 AND r.speaker_id = $3 AND ($4 = '' OR r.id = $4)`
	args := []any{p, contribution, speaker, one}
	keys, err := store.List(ctx, tx, store.One[string], `UPDATE consent_blob SET gone = 1
		WHERE partnership_id = $1 AND gone = 0 AND id IN (SELECT r.id`+of+`) RETURNING key_id`, args...)
	if err != nil {
		return err
	}
	if err := g.Doom(ctx, tx, p, keys...); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM consent_recording WHERE partnership_id = $1 AND contribution_id = $2 AND speaker_id = $3 AND ($4 = '' OR id = $4)`, args...)
	return err
}

// ToTypeUp lists what somebody was asked to type up, and may still hear for that, newest first.
func (g *Gate) ToTypeUp(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Heading, error) {
	all, err := store.List(ctx, tx, scanHeading, `SELECT DISTINCT c.id, c.kind, c.keeper_id, c.made, c.version FROM consent_contribution c
		JOIN consent_terms x ON x.partnership_id = c.partnership_id AND x.contribution_id = c.id AND x.version = c.version AND x.latest = 1
		JOIN consent_yes y ON y.partnership_id = x.partnership_id AND y.terms_id = x.id
		WHERE c.partnership_id = $1 AND y.purpose = $2 AND y.audience = $3 AND y.audience_id = $4 ORDER BY c.made DESC, c.id`,
		v.Partnership, Typing, ToPerson, v.ID)
	list := all[:0]
	for _, h := range all {
		if err != nil {
			break
		}
		var heard []Recording
		if heard, err = g.Recordings(ctx, tx, v, Use{Purpose: Typing, Form: Voice}, h.ID); len(heard) > 0 {
			list = append(list, h)
		}
	}
	return list, err
}
