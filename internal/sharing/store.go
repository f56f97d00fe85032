package sharing

import (
	"cmp"
	"context"
	"errors"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// draftRow is a draft as it is stored.
type draftRow struct {
	id      string
	owner   person.ID
	key     string
	sealed  []byte
	spoken  Spoken
	before  Before // may be over
	changed time.Time
	thrown  time.Time // when she threw it away; zero while she did not
}

func (d draftRow) paper() consent.Paper {
	return consent.Paper{Table: "sharing_draft", Column: "answers", Row: d.id, Key: d.key, Sealed: d.sealed, Writer: d.owner}
}

// draftRows lists drafts of a partnership's, the one that was changed last first.
func draftRows(ctx context.Context, tx *store.Tx, p person.Partnership, where string, args ...any) ([]draftRow, error) {
	return store.List(ctx, tx, func(r store.Row) (draftRow, error) {
		var d draftRow
		var changed, thrown, until int64
		err := r.Scan(&d.id, &d.owner, &d.key, &d.sealed, &d.spoken.Blob, &d.spoken.Kind, &d.before.Blob, &d.before.Kind, &until, &changed, &thrown)
		d.changed, d.thrown, d.before.Until = store.Time(changed), store.Time(thrown), store.Time(until)
		return d, err
	}, `SELECT id, person_id, key_id, answers, blob_id, sound, before_id, before_sound, before_until, changed, thrown FROM sharing_draft WHERE partnership_id = $1 AND `+where+` ORDER BY changed DESC, id`,
		append([]any{p}, args...)...)
}

// getDraft returns a draft of the viewer's that she is writing.
func getDraft(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (draftRow, error) {
	list, err := draftRows(ctx, tx, v.Partnership, `person_id = $2 AND id = $3 AND thrown = 0`, v.ID, id)
	if err != nil || len(list) == 0 {
		return draftRow{}, cmp.Or(err, error(fault.Missing))
	}
	return list[0], nil
}

// listDrafts lists the viewer's drafts, with those that she threw away.
func listDrafts(ctx context.Context, tx *store.Tx, v person.Viewer) ([]draftRow, error) {
	return draftRows(ctx, tx, v.Partnership, `person_id = $2`, v.ID)
}

func insertDraft(ctx context.Context, tx *store.Tx, v person.Viewer, d draftRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO sharing_draft (partnership_id, person_id, id, key_id, answers, changed)
		VALUES ($1, $2, $3, $4, $5, $6)`, v.Partnership, v.ID, d.id, d.key, d.sealed, store.Micros(d.changed))
	return err
}

// errDraftNewer says that a draft was saved, shared or thrown away since it was read.
var errDraftNewer = fault.New(fault.Conflict, "web.newer")

// updateDraft saves a draft over the answers it was read with.
func updateDraft(ctx context.Context, tx *store.Tx, v person.Viewer, d draftRow, was []byte) error {
	n, err := tx.Exec(ctx, `UPDATE sharing_draft SET answers = $4, changed = $5, blob_id = $7, sound = $8, before_id = $9, before_sound = $10, before_until = $11
		WHERE partnership_id = $1 AND person_id = $2 AND id = $3 AND answers = $6 AND thrown = 0`,
		v.Partnership, v.ID, d.id, d.sealed, store.Micros(d.changed), was, d.spoken.Blob, d.spoken.Kind,
		d.before.Blob, d.before.Kind, store.Micros(d.before.Until))
	return store.Changed(n, err, errDraftNewer)
}

// erase deletes a draft with what was left spoken in it, and gives their keys up.
func (r *Room) erase(ctx context.Context, tx *store.Tx, p person.Partnership, d draftRow) error {
	if err := r.spokenAnew(ctx, tx, person.Viewer{Partnership: p, ID: d.owner}, d, draftRow{before: d.before}); err != nil {
		return err
	}
	return r.useUp(ctx, tx, p, d)
}

// useUp deletes a draft whose recording belongs to something else by now. One that was there before goes with it.
func (r *Room) useUp(ctx context.Context, tx *store.Tx, p person.Partnership, d draftRow) error {
	if err := r.spokenAnew(ctx, tx, person.Viewer{Partnership: p, ID: d.owner}, draftRow{before: d.before}, draftRow{}); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM sharing_draft WHERE partnership_id = $1 AND person_id = $2 AND id = $3`, p, d.owner, d.id); err != nil {
		return err
	}
	return r.gate.Doom(ctx, tx, p, d.key)
}

// begin makes an empty draft, in answer to a request if one is named, and returns its id.
func (r *Room) begin(ctx context.Context, v person.Viewer, ask string) (string, error) {
	d := draftRow{id: store.RandomID(), owner: v.ID, changed: r.now()}
	var err error
	d.key, d.sealed, err = r.gate.SealValue(ctx, v.Partnership, "sharing_draft", "answers", d.id, Answers{Kind: consent.Idea, Uses: map[string]string{}, Ask: ask})
	if err != nil {
		return "", err
	}
	return d.id, r.db.Write(ctx, func(tx *store.Tx) error { return insertDraft(ctx, tx, v, d) })
}

// open returns a draft of the viewer's, opened.
func (r *Room) open(ctx context.Context, v person.Viewer, id string) (draftRow, Answers, error) {
	var d draftRow
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		d, err = getDraft(ctx, tx, v, id)
		return err
	})
	if err != nil {
		return d, Answers{}, err
	}
	list, err := r.answers(ctx, v, []draftRow{d})
	if err != nil {
		return d, Answers{}, err
	}
	return d, list[0], nil
}

// answers opens drafts, in their order.
func (r *Room) answers(ctx context.Context, v person.Viewer, drafts []draftRow) ([]Answers, error) {
	papers := make([]consent.Paper, len(drafts))
	for i, d := range drafts {
		papers[i] = d.paper()
	}
	opened, err := consent.Values[Answers](ctx, r.gate, v, papers)
	if err != nil {
		return nil, err
	}
	list := make([]Answers, len(drafts))
	for i, o := range opened {
		if !o.OK {
			continue
		}
		list[i] = o.Value
		if list[i].Uses == nil {
			list[i].Uses = map[string]string{}
		}
		list[i].Spoken = drafts[i].spoken
		if r.now().Before(drafts[i].before.Until) {
			list[i].Before = drafts[i].before
		}
	}
	return list, nil
}

// rewrite changes a draft of the viewer's and returns it as it is then. When it was saved meanwhile, such as by
// the page itself while she typed, the change is made to that, so that neither takes the other's answers away.
func (r *Room) rewrite(ctx context.Context, v person.Viewer, id string, change func(Answers) Answers) (d draftRow, a Answers, err error) {
	for range 5 {
		if d, a, err = r.open(ctx, v, id); err != nil {
			return d, a, err
		}
		a = change(a)
		if err = r.save(ctx, v, d, a); !errors.Is(err, errDraftNewer) {
			break
		}
	}
	return d, a, err
}

// save seals new answers over a draft's old ones, under the draft's own key. It returns errDraftNewer when
// others stand there by now.
func (r *Room) save(ctx context.Context, v person.Viewer, d draftRow, a Answers) error {
	was := d
	var err error
	if d.sealed, err = r.gate.ResealValue(ctx, v.Partnership, "sharing_draft", "answers", d.id, d.key, a); err != nil {
		return err
	}
	d.changed, d.spoken, d.before = r.now(), a.Spoken, a.Before
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := updateDraft(ctx, tx, v, d, was.sealed); err != nil {
			return err
		}
		return r.spokenAnew(ctx, tx, v, was, d)
	})
}

// forget throws away the drafts of somebody who leaves, and what she asked of these pages for herself.
func (r *Room) forget(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	v := person.Viewer{Partnership: p, ID: who}
	drafts, err := listDrafts(ctx, tx, v)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if err := r.erase(ctx, tx, p, d); err != nil {
			return err
		}
	}
	if err := r.dropAll(ctx, tx, p, `person_id = $2`, who); err != nil { // what she typed up of another's voice and nobody said yes to
		return err
	}
	return r.forgetWishes(ctx, tx, p, who)
}
