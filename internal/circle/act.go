package circle

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// An Act is something done by whoever looks after the site or the studies, which every member can read
// in plain words (R5).
type Act struct {
	At    time.Time
	By    person.ID
	What  What
	Whom  person.ID // may be empty
	About string    // the standing it was about; may be empty
}

// What says what an Act was.
type What string

// What can be done.
const (
	Gave    What = "gave"
	Took    What = "took"
	SaidYes What = "said_yes"
	// TookYesBack is taking such a yes back within the seven days.
	TookYesBack What = "yes_back"
	// LetChoose is a yes of one of the women to somebody who wishes to decide with them.
	LetChoose       What = "group_yes"
	Invited         What = "invited"
	Uninvited       What = "uninvited"
	Changed         What = "settings"
	Practised       What = "practice" // added a practice
	RenamedPractice What = "practice_named"
	DroppedPractice What = "practice_off"
	ToPractice      What = "to_practice"  // said that somebody is of a practice
	OffOne          What = "off_practice" // said that she is not any more
	// OpenedTable is making a tablet ready to be handed round.
	OpenedTable What = "table"
	// Vouched is being one of two who help somebody back in who named nobody.
	Vouched What = "vouched"
	// NamedKeeper is naming somebody who is to look after a site that nobody looks after.
	NamedKeeper What = "keeper"
	// StoppedNaming is a no to that. Whose it was is not kept.
	StoppedNaming What = "keeper_no"
	// TookOn is the yes of whom it named.
	TookOn     What = "keeper_yes"
	NewStudy   What = "study"
	EditStudy  What = "study_changed"
	Named      What = "named"   // named somebody in a study
	Unnamed    What = "unnamed" // ended that
	EndedStudy What = "study_ended"
)

// Record writes an act down in the transaction that does it.
func (c *Circle) Record(ctx context.Context, tx *store.Tx, p person.Partnership, a Act) error {
	_, err := tx.Exec(ctx, `INSERT INTO circle_act (partnership_id, id, at, by_id, what, whom_id, about) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p, store.NewID(), store.Micros(c.now()), a.By, a.What, a.Whom, a.About)
	return err
}

// Acts returns the newest n acts, newest first.
func (c *Circle) Acts(ctx context.Context, tx *store.Tx, p person.Partnership, n int) ([]Act, error) {
	return store.List(ctx, tx, scanAct, acts+` WHERE partnership_id = $1 ORDER BY id DESC LIMIT $2`, p, n)
}

// actsWith returns the acts that somebody did or that were about her, the oldest first.
func (c *Circle) actsWith(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) ([]Act, error) {
	return store.List(ctx, tx, scanAct, acts+` WHERE partnership_id = $1 AND (by_id = $2 OR whom_id = $2) ORDER BY id`, p, who)
}

const acts = `SELECT at, by_id, what, whom_id, about FROM circle_act`

func scanAct(r store.Row) (Act, error) {
	var a Act
	var at int64
	err := r.Scan(&at, &a.By, &a.What, &a.Whom, &a.About)
	a.At = store.Time(at)
	return a, err
}
