package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// Join puts somebody into an audience from now on. Joining one she is in changes nothing.
func (g *Gate) Join(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, a Audience, since time.Time) error {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM consent_member
		WHERE partnership_id = $1 AND person_id = $2 AND audience = $3 AND audience_id = $4 AND until = 0`, p, who, a.Kind, a.ID)
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO consent_member (partnership_id, person_id, audience, audience_id, since, until)
		VALUES ($1, $2, $3, $4, $5, 0)`, p, who, a.Kind, a.ID, store.Micros(since))
	return err
}

// Leave takes somebody out of an audience at once.
func (g *Gate) Leave(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, a Audience) error {
	_, err := tx.Exec(ctx, `UPDATE consent_member SET until = $5
		WHERE partnership_id = $1 AND person_id = $2 AND audience = $3 AND audience_id = $4 AND until = 0`,
		p, who, a.Kind, a.ID, store.Micros(g.now()))
	if err != nil {
		return err
	}
	return g.Narrowed(ctx, tx, p)
}

// LeaveAll takes somebody out of every audience at once.
func (g *Gate) LeaveAll(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID) error {
	_, err := tx.Exec(ctx, `UPDATE consent_member SET until = $3 WHERE partnership_id = $1 AND person_id = $2 AND until = 0`,
		p, who, store.Micros(g.now()))
	if err != nil {
		return err
	}
	return g.Narrowed(ctx, tx, p)
}

// Narrowed tells open pages that somebody may read less than before, so that they ask anew.
func (g *Gate) Narrowed(ctx context.Context, tx *store.Tx, p person.Partnership) error {
	return g.events.Publish(ctx, tx, p, TopicTerms, "")
}

// InAudience lists who is in an audience today, by id.
func (g *Gate) InAudience(ctx context.Context, tx *store.Tx, p person.Partnership, a Audience) ([]person.ID, error) {
	if a.Kind == ToPerson {
		return []person.ID{person.ID(a.ID)}, nil
	}
	return store.List(ctx, tx, store.One[person.ID], `SELECT person_id FROM consent_member
		WHERE partnership_id = $1 AND audience = $2 AND audience_id = $3 AND until = 0 ORDER BY person_id`, p, a.Kind, a.ID)
}

// Spoken reports whether anybody is or was in an audience, or any terms, earlier ones too, speak of it.
func (g *Gate) Spoken(ctx context.Context, tx *store.Tx, p person.Partnership, a Audience) (bool, error) {
	n, err := store.Get(ctx, tx, store.One[int], `SELECT
		(SELECT count(*) FROM consent_member WHERE partnership_id = $1 AND audience = $2 AND audience_id = $3) +
		(SELECT count(*) FROM consent_yes WHERE partnership_id = $1 AND audience = $2 AND audience_id = $3) +
		(SELECT count(*) FROM consent_not WHERE partnership_id = $1 AND audience = $2 AND audience_id = $3)`, p, a.Kind, a.ID)
	return n > 0, err
}

// WhoWould lists who could open words under those terms for each purpose in them, as the audiences are
// today: the page as they will see it, before anything is shared. What may be checked is asked of the time from
// which it may.
func (g *Gate) WhoWould(ctx context.Context, tx *store.Tx, p person.Partnership, t Terms) (map[Use][]person.ID, error) {
	people, err := store.List(ctx, tx, store.One[person.ID],
		`SELECT DISTINCT person_id FROM consent_member WHERE partnership_id = $1 AND until = 0 ORDER BY person_id`, p)
	if err != nil {
		return nil, err
	}
	would := map[Use][]person.ID{}
	for _, who := range people {
		r, err := loadReader(ctx, tx, person.Viewer{Partnership: p, ID: who})
		if err != nil {
			return nil, err
		}
		asked := map[Use]bool{}
		for _, y := range t.Yes {
			if !asked[y.Use] && who != t.Owner && Allows(t, r, y.Use, t.from(y, g.now())) {
				would[y.Use] = append(would[y.Use], who)
			}
			asked[y.Use] = true
		}
	}
	return would, nil
}
