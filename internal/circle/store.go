package circle

import (
	"context"
	"errors"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
)

// Settings is what the group chose to show of itself.
type Settings struct {
	Partnership person.Partnership
	Name        string // neutral: it stands in titles and on the icon (R11)
	LeaveTo     string // the everyday site that "Leave this page" goes on to
	Version     int64
}

// Of returns the settings of the one partnership this server holds, and false when there is none yet.
func Of(ctx context.Context, tx *store.Tx) (Settings, bool, error) {
	s, err := store.Get(ctx, tx, scanSettings, `SELECT id, name, leave_to, version FROM circle_partnership ORDER BY made, id LIMIT 1`)
	if errors.Is(err, fault.Missing) {
		return s, false, nil
	}
	return s, err == nil, err
}

func scanSettings(r store.Row) (Settings, error) {
	var s Settings
	err := r.Scan(&s.Partnership, &s.Name, &s.LeaveTo, &s.Version)
	return s, err
}

// Make makes the partnership. It has nobody in it. Where there is one already it returns ErrMade, also when
// another process makes one at this moment: the database takes one.
func (c *Circle) Make(ctx context.Context, tx *store.Tx, s Settings) error {
	_, err := tx.Exec(ctx, `INSERT INTO circle_partnership (id, name, leave_to, made, version) VALUES ($1, $2, $3, $4, 1)`,
		s.Partnership, s.Name, s.LeaveTo, store.Micros(c.now()))
	if errors.Is(err, store.ErrDuplicate) {
		return ErrMade.Wrap(err)
	}
	return err
}

// Change saves new settings over the version they were read at.
func (c *Circle) Change(ctx context.Context, tx *store.Tx, s Settings) error {
	n, err := tx.Exec(ctx, `UPDATE circle_partnership SET name = $2, leave_to = $3, version = version + 1
		WHERE id = $1 AND version = $4`, s.Partnership, s.Name, s.LeaveTo, s.Version)
	return store.Changed(n, err, fault.New(fault.Conflict, "web.newer"))
}

// Circle is what other rooms ask about people.
type Circle struct {
	gate    *consent.Gate
	now     func() time.Time
	leaving []func(context.Context, *store.Tx, person.Partnership, person.ID) error
	out     []func(context.Context, *store.Tx, person.Partnership, person.ID) error
}

// New returns the circle over the gate, whose groups it keeps in step with standings.
func New(gate *consent.Gate, now func() time.Time) *Circle {
	gate.WhenSevered(forgetChoice)
	return &Circle{gate: gate, now: now}
}

// Add puts a new person into the circle, without any standing: until she has one she is in no audience.
// The name must not be taken.
func (c *Circle) Add(ctx context.Context, tx *store.Tx, p person.Partnership, name, language string) (person.ID, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return "", ErrNoName
	}
	id := person.ID(store.RandomID())
	_, err := tx.Exec(ctx, `INSERT INTO circle_person (partnership_id, id, name, folded, language, made, back, gone)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0)`, p, id, name, Fold(name), language, store.Micros(c.now()))
	if errors.Is(err, store.ErrDuplicate) {
		return "", ErrNameTaken
	}
	return id, err
}

// Rename changes the name that everybody here reads.
func (c *Circle) Rename(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return ErrNoName
	}
	n, err := tx.Exec(ctx, `UPDATE circle_person SET name = $3, folded = $4 WHERE partnership_id = $1 AND id = $2`, p, id, name, Fold(name))
	if errors.Is(err, store.ErrDuplicate) {
		return ErrNameTaken
	}
	return store.Changed(n, err, fault.Missing)
}

// Speak keeps the language in which somebody reads the pages.
func (c *Circle) Speak(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, language string) error {
	_, err := tx.Exec(ctx, `UPDATE circle_person SET language = $3 WHERE partnership_id = $1 AND id = $2`, p, id, language)
	return err
}

// Show keeps how somebody has pages shown.
func (c *Circle) Show(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID, looks person.Looks) error {
	_, err := tx.Exec(ctx, `UPDATE circle_person SET looks = $3 WHERE partnership_id = $1 AND id = $2`, p, id, looks.String())
	return err
}

// Give gives somebody a standing or duty. The caller has asked MayGive. founding makes it count at once.
func (c *Circle) Give(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, s person.Standing, by person.ID, founding bool) error {
	held, err := store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM circle_standing
		WHERE partnership_id = $1 AND person_id = $2 AND standing = $3 AND until = 0`, p, who, s)
	if err != nil || held > 0 {
		return err
	}
	now := c.now()
	_, err = tx.Exec(ctx, `INSERT INTO circle_standing (partnership_id, person_id, standing, since, counts_from, until, given_by)
		VALUES ($1, $2, $3, $4, $5, 0, $6)`, p, who, s, store.Micros(now), store.Micros(CountsFrom(s, now, founding)), by)
	if err != nil {
		return err
	}
	for _, a := range audiences(s) {
		if err := c.gate.Join(ctx, tx, p, who, a, now); err != nil {
			return err
		}
	}
	return c.log(ctx, tx, p, who, s, true)
}

// audiences returns the groups that come with a standing. A duty brings none: who looks after the
// server is not thereby somebody that words are shared with.
func audiences(s person.Standing) []consent.Audience {
	switch {
	case s == person.LivedExperience:
		return []consent.Audience{{Kind: consent.ToPartnership}, {Kind: consent.ToLived}}
	case s.Valid():
		return []consent.Audience{{Kind: consent.ToPartnership}}
	}
	return nil
}

// Take ends a standing or duty at once, with what it opened. The last standing takes everything else with
// it that taking part brings: practices, being named in a study.
func (c *Circle) Take(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, s person.Standing) error {
	_, err := tx.Exec(ctx, `UPDATE circle_standing SET until = $4
		WHERE partnership_id = $1 AND person_id = $2 AND standing = $3 AND until = 0`, p, who, s, store.Micros(c.now()))
	if err != nil {
		return err
	}
	if s == person.LivedExperience { // with it goes what she chose by it
		if err := c.ChooseOthers(ctx, tx, p, who); err != nil {
			return err
		}
	}
	held, err := standings(ctx, tx, p, who)
	if err != nil {
		return err
	}
	if s.Valid() && !held.Meets(person.Standings()) {
		if err := c.outOf(ctx, tx, p, who); err != nil {
			return err
		}
	}
	for _, a := range audiences(s) {
		if a.Kind == consent.ToPartnership && held.Meets(person.Standings()) {
			continue // another standing still brings it
		}
		if err := c.gate.Leave(ctx, tx, p, who, a); err != nil {
			return err
		}
	}
	return c.log(ctx, tx, p, who, s, false)
}

// Get returns one person with her standings.
func (c *Circle) Get(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (Person, error) {
	who, err := store.Get(ctx, tx, scanPerson, people+` WHERE partnership_id = $1 AND id = $2`, p, id)
	if err != nil {
		return who, err
	}
	who.Standings, err = standings(ctx, tx, p, id)
	return who, err
}

// Named returns the person with that name, however it is typed.
func (c *Circle) Named(ctx context.Context, tx *store.Tx, p person.Partnership, name string) (Person, error) {
	who, err := store.Get(ctx, tx, scanPerson, people+` WHERE partnership_id = $1 AND folded = $2`, p, Fold(name))
	if err != nil {
		return who, err
	}
	who.Standings, err = standings(ctx, tx, p, who.ID)
	return who, err
}

// List returns everybody who is here, by name.
func (c *Circle) List(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Person, error) {
	list, err := store.List(ctx, tx, scanPerson, people+` WHERE partnership_id = $1 AND gone = 0 ORDER BY folded, id`, p)
	if err != nil {
		return nil, err
	}
	held, err := allStandings(ctx, tx, p)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Standings = held[list[i].ID]
	}
	return list, nil
}

// Names returns the names of everybody there ever was, by id, for pages that show who did something.
func (c *Circle) Names(ctx context.Context, tx *store.Tx, p person.Partnership) (map[person.ID]string, error) {
	names := map[person.ID]string{}
	err := tx.Each(ctx, func(r store.Row) error {
		var id person.ID
		var name string
		err := r.Scan(&id, &name)
		names[id] = name
		return err
	}, `SELECT id, name FROM circle_person WHERE partnership_id = $1`, p)
	return names, err
}

// people reads people, with the day from which the place among the women counts that somebody chose.
const people = `SELECT id, name, language, looks, made, back, gone, coalesce((SELECT h.counts_from FROM circle_house h
	WHERE h.partnership_id = circle_person.partnership_id AND h.person_id = circle_person.id AND h.counts_from > 0), 0) FROM circle_person`

func scanPerson(r store.Row) (Person, error) {
	var p Person
	var looks string
	var made, back, gone, lived int64
	err := r.Scan(&p.ID, &p.Name, &p.Language, &looks, &made, &back, &gone, &lived)
	p.Looks, p.Made, p.Back, p.Gone, p.livedFrom = person.ParseLooks(looks), store.Time(made), store.Time(back), store.Time(gone), store.Time(lived)
	return p, err
}

func standings(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (person.Set, error) {
	list, err := store.List(ctx, tx, store.One[person.Standing], `SELECT standing FROM circle_standing
		WHERE partnership_id = $1 AND person_id = $2 AND until = 0 ORDER BY standing`, p, id)
	return person.Set(list), err
}

// allStandings returns everybody's standings of today in one go: lists of people are on many pages.
func allStandings(ctx context.Context, tx *store.Tx, p person.Partnership) (map[person.ID]person.Set, error) {
	held := map[person.ID]person.Set{}
	err := tx.Each(ctx, func(r store.Row) error {
		var id person.ID
		var s person.Standing
		err := r.Scan(&id, &s)
		held[id] = append(held[id], s)
		return err
	}, `SELECT person_id, standing FROM circle_standing WHERE partnership_id = $1 AND until = 0 ORDER BY person_id, standing`, p)
	return held, err
}

// Viewer returns somebody as the gate and the shell see her. Whoever has left is nobody; whoever holds
// no standing yet is a Newcomer.
func (c *Circle) Viewer(ctx context.Context, tx *store.Tx, p person.Partnership, id person.ID) (person.Viewer, error) {
	who, err := c.Get(ctx, tx, p, id)
	if err != nil || !who.Gone.IsZero() {
		return person.Viewer{}, err
	}
	set := who.Standings
	if !set.Meets(person.Standings()) {
		set = append(set, Newcomer)
	}
	return person.Viewer{Partnership: p, ID: id, Name: who.Name, Standings: set, Language: who.Language, Looks: who.Looks}, nil
}

// Holders counts who holds a standing today.
func (c *Circle) Holders(ctx context.Context, tx *store.Tx, p person.Partnership, s person.Standing) (int, error) {
	return store.Get(ctx, tx, store.One[int], `SELECT count(*) FROM circle_standing
		WHERE partnership_id = $1 AND standing = $2 AND until = 0`, p, s)
}

// Counting lists who holds a standing today that counted for decisions already at that time.
func (c *Circle) Counting(ctx context.Context, tx *store.Tx, p person.Partnership, s person.Standing, at time.Time) ([]person.ID, error) {
	return store.List(ctx, tx, store.One[person.ID], `SELECT person_id FROM circle_standing
		WHERE partnership_id = $1 AND standing = $2 AND until = 0 AND counts_from <= $3 ORDER BY person_id`, p, s, store.Micros(at))
}

// AddPractice adds a practice.
func (c *Circle) AddPractice(ctx context.Context, tx *store.Tx, p person.Partnership, name string) (Practice, error) {
	pr := Practice{store.RandomID(), strings.TrimSpace(name)}
	if pr.Name == "" {
		return pr, ErrNoName
	}
	_, err := tx.Exec(ctx, `INSERT INTO circle_practice (partnership_id, id, name) VALUES ($1, $2, $3)`, p, pr.ID, pr.Name)
	return pr, err
}

// RenamePractice gives a practice another name. A name of nothing is ErrNoName.
func (c *Circle) RenamePractice(ctx context.Context, tx *store.Tx, p person.Partnership, practice, name string) error {
	if name = strings.TrimSpace(name); name == "" {
		return ErrNoName
	}
	n, err := tx.Exec(ctx, `UPDATE circle_practice SET name = $3 WHERE partnership_id = $1 AND id = $2`, p, practice, name)
	return store.Changed(n, err, fault.Missing)
}

// DropPractice takes a practice off the list. While anybody is or was of it, or anybody's terms speak of it,
// it is ErrPracticeUsed: what she chose must keep its name.
func (c *Circle) DropPractice(ctx context.Context, tx *store.Tx, p person.Partnership, practice string) error {
	spoken, err := c.gate.Spoken(ctx, tx, p, consent.Audience{Kind: consent.ToPractice, ID: practice})
	if err != nil {
		return err
	}
	if spoken {
		return ErrPracticeUsed
	}
	n, err := tx.Exec(ctx, `DELETE FROM circle_practice WHERE partnership_id = $1 AND id = $2`, p, practice)
	return store.Changed(n, err, fault.Missing)
}

// Practices lists the practices, by name.
func (c *Circle) Practices(ctx context.Context, tx *store.Tx, p person.Partnership) ([]Practice, error) {
	return store.List(ctx, tx, func(r store.Row) (Practice, error) {
		var pr Practice
		err := r.Scan(&pr.ID, &pr.Name)
		return pr, err
	}, `SELECT id, name FROM circle_practice WHERE partnership_id = $1 ORDER BY name, id`, p)
}
