package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// WhollyOpen returns which of some contributions are open to a reader for a use from end to end: every
// speaker allows it, nothing is taken back, no passage is kept closed, and the words were never
// rewritten. It looks at no turn, so it is quick where there are many. Of what is not among them, a
// ruling says what is open.
func (g *Gate) WhollyOpen(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, contributions ...ID) (map[ID]bool, error) {
	if len(contributions) == 0 {
		return nil, nil
	}
	f, err := loadFacts(ctx, tx, v, contributions)
	if err != nil {
		return nil, err
	}
	said, err := loadSaid(ctx, tx, v.Partnership, contributions)
	if err != nil {
		return nil, err
	}
	return f.wholly(said, u, g.now()), nil
}

// loadSaid lists contributions that have one version and in which somebody speaks who was asked, or who
// was not asked anything: in those, questions are open as far as their terms allow.
func loadSaid(ctx context.Context, tx *store.Tx, p person.Partnership, contributions []ID) ([]ID, error) {
	in, args := only("id", p, contributions)
	return store.List(ctx, tx, store.One[ID], `SELECT x.id FROM consent_contribution x WHERE x.version = 1 AND EXISTS (
			SELECT 1 FROM consent_speaker s JOIN consent_turn t
				ON t.partnership_id = s.partnership_id AND t.contribution_id = s.contribution_id AND t.version = 1 AND t.speaker_id = s.id
			WHERE s.partnership_id = x.partnership_id AND s.contribution_id = x.id AND s.role <> '`+string(Interviewer)+`') AND `+in, args...)
}

// wholly returns the contributions of a list in which nothing is shut to the reader.
func (f facts) wholly(list []ID, u Use, now time.Time) map[ID]bool {
	whole := make(map[ID]bool, len(list))
	for _, id := range list {
		if !f.takenFrom[id] {
			whole[id] = true
		}
	}
	for _, s := range f.speakers {
		if !f.allows(s, u, now) {
			delete(whole, s.contribution)
		}
	}
	for _, places := range f.mentions {
		for _, m := range places {
			if !f.yes(m) {
				delete(whole, m.in)
			}
		}
	}
	return whole
}
