package interview

import (
	"context"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// The table is called as it was while sources kept it: it is where it is in every database that there is.
const interviews = `SELECT id, study_id, asker_id, person_id, made, sheet, version, shown, way, told_by, begun, source_id, speaker_id
	FROM source_interview WHERE partnership_id = $1`

func scanInterview(r store.Row) (Interview, error) {
	var i Interview
	var made, shown, begun int64
	err := r.Scan(&i.ID, &i.Study, &i.Asker, &i.Person, &made, &i.Sheet, &i.Version, &shown, &i.Way, &i.Told, &begun, &i.Source, &i.Speaker)
	i.Made, i.Shown, i.Begun = store.Time(made), store.Time(shown), store.Time(begun)
	return i, err
}

// interviewsOf lists the interviews that somebody prepared or is asked in, the newest first.
func interviewsOf(ctx context.Context, tx *store.Tx, v person.Viewer) ([]Interview, error) {
	return store.List(ctx, tx, scanInterview, interviews+` AND (asker_id = $2 OR person_id = $2) ORDER BY made DESC, id`, v.Partnership, v.ID)
}

// getInterview returns one that somebody prepared or is asked in and that is no record yet.
func getInterview(ctx context.Context, tx *store.Tx, v person.Viewer, id string) (Interview, error) {
	i, err := store.Get(ctx, tx, scanInterview, interviews+` AND id = $2 AND source_id = ''`, v.Partnership, id)
	if err == nil && i.Asker != v.ID && i.Person != v.ID {
		err = fault.Missing
	}
	return i, err
}

// Kept lists what is kept of the limits that those who speak in a record were shown.
func (r *Room) Kept(ctx context.Context, tx *store.Tx, p person.Partnership, record consent.ID) ([]Interview, error) {
	return store.List(ctx, tx, scanInterview, interviews+` AND source_id = $2 ORDER BY speaker_id, id`, p, record)
}

// Keep keeps an interview that is prepared, or that was told of once it was a record.
func (r *Room) Keep(ctx context.Context, tx *store.Tx, p person.Partnership, i Interview) error {
	_, err := tx.Exec(ctx, `INSERT INTO source_interview (partnership_id, id, study_id, asker_id, person_id, made, sheet, version, shown, way, told_by, begun, source_id, speaker_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		p, i.ID, i.Study, i.Asker, i.Person, store.Micros(i.Made), i.Sheet, i.Version, store.Micros(i.Shown), i.Way, i.Told, store.Micros(i.Begun), i.Source, i.Speaker)
	return err
}

// saveInterview keeps what became of one that is no record yet.
func saveInterview(ctx context.Context, tx *store.Tx, p person.Partnership, i Interview) error {
	n, err := tx.Exec(ctx, `UPDATE source_interview SET version = $3, shown = $4, way = $5, told_by = $6, begun = $7 WHERE partnership_id = $1 AND id = $2 AND source_id = ''`,
		p, i.ID, i.Version, store.Micros(i.Shown), i.Way, i.Told, store.Micros(i.Begun))
	return store.Changed(n, err, fault.Missing)
}

// dropInterview forgets one that is no record yet.
func dropInterview(ctx context.Context, tx *store.Tx, p person.Partnership, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM source_interview WHERE partnership_id = $1 AND id = $2 AND source_id = ''`, p, id)
	return err
}

// tell keeps what a keeper writes down of a part, in the place of what stood there.
func (r *Room) tell(ctx context.Context, tx *store.Tx, p person.Partnership, i Interview) error {
	if _, err := tx.Exec(ctx, `DELETE FROM source_interview WHERE partnership_id = $1 AND source_id = $2 AND speaker_id = $3`, p, i.Source, i.Speaker); err != nil {
		return err
	}
	return r.Keep(ctx, tx, p, i)
}

// Told lists who of those who speak in a record is known to have been shown the limits before it began.
func (r *Room) Told(ctx context.Context, tx *store.Tx, p person.Partnership, record consent.ID) ([]consent.ID, error) {
	return store.List(ctx, tx, store.One[consent.ID], `SELECT speaker_id FROM source_interview
		WHERE partnership_id = $1 AND source_id = $2 AND shown > 0 ORDER BY speaker_id, id`, p, record)
}

// Became ties the last interview that was begun with somebody in a study, and is no record yet, to her part of one.
// Each becomes one record, so that the next needs its own.
func (r *Room) Became(ctx context.Context, tx *store.Tx, p person.Partnership, study string, who person.ID, part consent.Part) error {
	_, err := tx.Exec(ctx, `UPDATE source_interview SET source_id = $4, speaker_id = $5 WHERE partnership_id = $1 AND source_id = '' AND id =
		(SELECT i.id FROM source_interview i WHERE i.partnership_id = $1 AND i.study_id = $2 AND i.person_id = $3 AND i.begun > 0 AND i.source_id = '' ORDER BY i.begun DESC, i.id LIMIT 1)`,
		p, study, who, part.Contribution, part.Speaker)
	return err
}

// Forget forgets what somebody had been told whose part of a record is destroyed.
func (r *Room) Forget(ctx context.Context, tx *store.Tx, p person.Partnership, part consent.Part) error {
	_, err := tx.Exec(ctx, `DELETE FROM source_interview WHERE partnership_id = $1 AND source_id = $2 AND speaker_id = $3`, p, part.Contribution, part.Speaker)
	return err
}

// sever takes the id of somebody who leaves out of what is kept of a record: that she was asked, that she asked, and
// that she said so. It runs in the gate's own transaction.
func (r *Room) sever(ctx context.Context, tx *store.Tx, v person.Viewer, part consent.Part) error {
	for _, column := range []string{"person_id", "asker_id", "told_by"} {
		_, err := tx.Exec(ctx, `UPDATE source_interview SET `+column+` = '' WHERE partnership_id = $1 AND source_id = $2 AND `+column+` = $3`,
			v.Partnership, part.Contribution, v.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// leave forgets interviews that are no record yet when one of the two leaves.
func (r *Room) leave(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM source_interview WHERE partnership_id = $1 AND source_id = '' AND (person_id = $2 OR asker_id = $2)`, p, who)
	return err
}

// AfterRestore forgets interviews that an older copy holds and that had not begun: she may have said no since.
func (r *Room) AfterRestore(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	_, err := tx.Exec(ctx, `DELETE FROM source_interview WHERE partnership_id = $1 AND source_id = '' AND begun = 0`, p)
	return err
}
