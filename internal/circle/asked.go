package circle

import (
	"context"
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Asking is somebody who is to take part as a woman with lived experience, waiting for the yes of one
// who does. No proof is asked of her.
type Asking struct {
	Person person.ID
	Name   string
	By     person.ID
	At     time.Time
	Later  bool // a holder said "not now"; any of them can still say yes
}

// Ask puts somebody before the holders of lived experience. Asking twice changes nothing.
func (c *Circle) Ask(ctx context.Context, tx *store.Tx, p person.Partnership, who, by person.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO circle_asked (partnership_id, person_id, asked, asked_by) VALUES ($1, $2, $3, $4)
		ON CONFLICT DO NOTHING`, p, who, store.Micros(c.now()), by)
	return err
}

// Asked lists who waits for a yes, the longest waiting first.
func (c *Circle) Asked(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Asking, error) {
	return store.List(ctx, tx, func(r store.Row) (Asking, error) {
		var a Asking
		var at, declined int64
		err := r.Scan(&a.Person, &a.Name, &a.By, &at, &declined)
		a.At, a.Later = store.Time(at), declined > 0
		return a, err
	}, `SELECT a.person_id, x.name, a.asked_by, a.asked, a.declined FROM circle_asked a
		JOIN circle_person x ON x.partnership_id = a.partnership_id AND x.id = a.person_id
		WHERE a.partnership_id = $1 AND x.gone = 0 ORDER BY a.asked, a.person_id`, p)
}

// SayYes gives lived experience to somebody who waits for it, by the yes of a holder. It counts for
// decisions seven days later.
func (c *Circle) SayYes(ctx context.Context, tx *store.Tx, v person.Viewer, who person.ID) error {
	if err := MayGive(person.LivedExperience, v.Standings); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `DELETE FROM circle_asked WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, who)
	if err := store.Changed(n, err, fault.Missing); err != nil {
		return err
	}
	act := Act{By: v.ID, What: SaidYes, Whom: who}
	if err := c.Record(ctx, tx, v.Partnership, act); err != nil {
		return err
	}
	return c.Give(ctx, tx, v.Partnership, who, person.LivedExperience, v.ID, false)
}

// Fresh lists those whom a holder said yes to and whose place does not count for decisions yet: until then
// she can take her yes back.
func (c *Circle) Fresh(ctx context.Context, tx *store.Tx, v person.Viewer) ([]person.ID, error) {
	return store.List(ctx, tx, store.One[person.ID], `SELECT person_id FROM circle_standing WHERE partnership_id = $1 AND standing = $2
		AND until = 0 AND given_by = $3 AND counts_from > $4 ORDER BY since, person_id`, v.Partnership, person.LivedExperience, v.ID, store.Micros(c.now()))
}

// TakeYesBack ends a standing that was given by mistake, by the word of whoever said yes, within the seven
// days. What it opened is shut at once, and she waits for a yes as before. Everybody can read that it was
// done. It is fault.Missing for anybody else's yes, and for one that counts already.
func (c *Circle) TakeYesBack(ctx context.Context, tx *store.Tx, v person.Viewer, who person.ID) error {
	fresh, err := c.Fresh(ctx, tx, v)
	if err != nil {
		return err
	}
	if !slices.Contains(fresh, who) {
		return fault.Missing
	}
	if err := c.Take(ctx, tx, v.Partnership, who, person.LivedExperience); err != nil {
		return err
	}
	if err := c.Record(ctx, tx, v.Partnership, Act{By: v.ID, What: TookYesBack, Whom: who}); err != nil {
		return err
	}
	return c.Ask(ctx, tx, v.Partnership, who, v.ID)
}

// SayLater declines somebody who waits, by the word of a holder, as the group's word: who said it is not
// kept. She is told, kindly, and any holder can say yes to her later.
func (c *Circle) SayLater(ctx context.Context, tx *store.Tx, v person.Viewer, who person.ID) error {
	if err := MayGive(person.LivedExperience, v.Standings); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE circle_asked SET declined = $3 WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, who, store.Micros(c.now()))
	return store.Changed(n, err, fault.Missing)
}

// Unask ends somebody's wish to join, by her own word. She stays as she is here, and nothing waits any more.
func (c *Circle) Unask(ctx context.Context, tx *store.Tx, v person.Viewer) error {
	_, err := tx.Exec(ctx, `DELETE FROM circle_asked WHERE partnership_id = $1 AND person_id = $2`, v.Partnership, v.ID)
	return err
}

// Found gives the first two members their lived experience, each by the other's naming. It counts at
// once: without them nothing could ever be decided. Once somebody holds it, it is refused.
func (c *Circle) Found(ctx context.Context, tx *store.Tx, p person.Partnership, first, second person.ID) error {
	held, err := c.Holders(ctx, tx, p, person.LivedExperience)
	if err != nil {
		return err
	}
	if held > 0 || first == second {
		return ErrNotHers
	}
	if err := c.Give(ctx, tx, p, first, person.LivedExperience, second, true); err != nil {
		return err
	}
	return c.Give(ctx, tx, p, second, person.LivedExperience, first, true)
}

// StepBack pauses somebody's part: no reason is asked, and nothing she has is lost.
func (c *Circle) StepBack(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `UPDATE circle_person SET back = $3 WHERE partnership_id = $1 AND id = $2 AND back = 0`, p, who, store.Micros(c.now()))
	return err
}

// Return ends the pause. There is nothing to catch up with.
func (c *Circle) Return(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `UPDATE circle_person SET back = 0 WHERE partnership_id = $1 AND id = $2`, p, who)
	return err
}

// ToPractice says that somebody is of a practice from now on, which opens what is shared with it.
func (c *Circle) ToPractice(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, practice string) error {
	if _, err := store.Get(ctx, tx, store.One[string], `SELECT id FROM circle_practice WHERE partnership_id = $1 AND id = $2`, p, practice); err != nil {
		return err
	}
	return c.gate.Join(ctx, tx, p, who, consent.Audience{Kind: consent.ToPractice, ID: practice}, c.now())
}

// OffPractice says that she is not of it any more; what was shared with it is shut for her at once.
func (c *Circle) OffPractice(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, practice string) error {
	return c.gate.Leave(ctx, tx, p, who, consent.Audience{Kind: consent.ToPractice, ID: practice})
}

// OfPractice lists who is of a practice today.
func (c *Circle) OfPractice(ctx context.Context, tx *store.Tx, p person.Partnership, practice string) ([]person.ID, error) {
	return c.gate.InAudience(ctx, tx, p, consent.Audience{Kind: consent.ToPractice, ID: practice})
}
