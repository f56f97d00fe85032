package meeting

import (
	"context"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
)

const meetings = `SELECT id, host_id, by_id, made, known, state, day, key_id, words,
	COALESCE((SELECT s.stage FROM meeting_sitting s WHERE s.partnership_id = $1 AND s.meeting_id = meeting_meeting.id), '')
	FROM meeting_meeting WHERE partnership_id = $1`

func scanMeeting(r store.Row) (Meeting, error) {
	var m Meeting
	var made, known int64
	err := r.Scan(&m.ID, &m.Host, &m.By, &made, &known, &m.State, &m.Day, &m.key, &m.words, &m.Stage)
	m.Made, m.Known = store.Time(made), store.Time(known)
	return m, err
}

// allMeetings lists every meeting, by its day.
func allMeetings(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Meeting, error) {
	return store.List(ctx, tx, scanMeeting, meetings+` ORDER BY day, id`, p)
}

func getMeeting(ctx context.Context, tx *store.Tx, p person.Partnership, id string) (Meeting, error) {
	return store.Get(ctx, tx, scanMeeting, meetings+` AND id = $2`, p, id)
}

func insertMeeting(ctx context.Context, tx *store.Tx, p person.Partnership, m Meeting) error {
	_, err := tx.Exec(ctx, `INSERT INTO meeting_meeting (partnership_id, id, host_id, by_id, made, known, state, day, key_id, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, p, m.ID, m.Host, m.By, store.Micros(m.Made), store.Micros(m.Known), m.State, m.Day, m.key, m.words)
	return err
}

// changeMeeting keeps a meeting as it is now, if the old words still stand there.
func changeMeeting(ctx context.Context, tx *store.Tx, p person.Partnership, m Meeting, was []byte) error {
	n, err := tx.Exec(ctx, `UPDATE meeting_meeting SET host_id = $4, known = $5, state = $6, day = $7, words = $8 WHERE partnership_id = $1 AND id = $2 AND words = $3`,
		p, m.ID, was, m.Host, store.Micros(m.Known), m.State, m.Day, m.words)
	return store.Changed(n, err, ErrNewer)
}

const records = `SELECT person_id, made, key_id, words FROM meeting_host WHERE partnership_id = $1`

func scanRecord(r store.Row) (Record, error) {
	var one Record
	var made int64
	err := r.Scan(&one.Person, &made, &one.key, &one.words)
	one.Made = store.Time(made)
	return one, err
}

// allRecords lists what everybody who hosts, or hosted, told of what she learned for it.
func allRecords(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Record, error) {
	return store.List(ctx, tx, scanRecord, records+` ORDER BY person_id`, p)
}

// putRecord keeps what somebody says in the place of what she said before, and returns the key of that.
func putRecord(ctx context.Context, tx *store.Tx, p person.Partnership, one Record) (old []string, err error) {
	if old, err = dropRecord(ctx, tx, p, one.Person); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO meeting_host (partnership_id, person_id, made, key_id, words) VALUES ($1, $2, $3, $4, $5)`,
		p, one.Person, store.Micros(one.Made), one.key, one.words)
	return old, err
}

func dropRecord(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) ([]string, error) {
	keys, err := store.List(ctx, tx, store.One[string], `SELECT key_id FROM meeting_host WHERE partnership_id = $1 AND person_id = $2`, p, who)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM meeting_host WHERE partnership_id = $1 AND person_id = $2`, p, who)
	return keys, err
}

// allCounts lists what the group said is experience enough, the newest last.
func allCounts(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Counts, error) {
	return store.List(ctx, tx, func(r store.Row) (Counts, error) {
		var c Counts
		var made int64
		err := r.Scan(&c.N, &c.By, &made, &c.key, &c.words)
		c.Made = store.Time(made)
		return c, err
	}, `SELECT n, by_id, made, key_id, words FROM meeting_counts WHERE partnership_id = $1 ORDER BY n`, p)
}

// insertCounts adds a version. Somebody who was quicker has its number.
func insertCounts(ctx context.Context, tx *store.Tx, p person.Partnership, c Counts) error {
	n, err := tx.Exec(ctx, `INSERT INTO meeting_counts (partnership_id, n, by_id, made, key_id, words) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		p, c.N, c.By, store.Micros(c.Made), c.key, c.words)
	return store.Changed(n, err, ErrNewer)
}

// readers are who may read a meeting beside whoever planned it: everybody once it was made known.
func (m Meeting) readers(hosts []person.ID) []consent.Audience {
	if m.State == Planned {
		return toHosts(hosts)
	}
	return toAll
}

// toAll is everybody who takes part.
var toAll = []consent.Audience{{Kind: consent.ToPartnership}}

// toHosts are those who host meetings today.
func toHosts(hosts []person.ID) []consent.Audience {
	var list []consent.Audience
	for _, h := range hosts {
		list = append(list, consent.Audience{Kind: consent.ToPerson, ID: string(h)})
	}
	return list
}
