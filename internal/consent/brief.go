package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// RuleInBrief is RuleIn for counts and lists, where most contributions are open from end to end and have
// many turns: of those it looks at none. Told answers for all contributions; NotWhole lists every turn
// that is not open from end to end; any other turn it was not asked about.
func (g *Gate) RuleInBrief(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, contributions ...ID) (Ruling, error) {
	f, err := loadFacts(ctx, tx, v, contributions)
	if err != nil {
		return Ruling{}, err
	}
	answered, err := loadAnswered(ctx, tx, v.Partnership, contributions)
	if err != nil {
		return Ruling{}, err
	}
	whole := f.wholly(answered, u, g.now())
	if rest := f.without(whole); len(rest) > 0 {
		if err := f.loadTurns(ctx, tx, v.Partnership, rest); err != nil {
			return Ruling{}, err
		}
	}
	r := f.rule(u, g.now())
	for id := range whole {
		r.told[id] = true
	}
	return r, nil
}

// loadAnswered lists contributions that were never rewritten and in which somebody speaks who does not
// only ask.
func loadAnswered(ctx context.Context, tx *store.Tx, p person.Partnership, contributions []ID) ([]ID, error) {
	in, args := only("id", p, contributions)
	return store.List(ctx, tx, store.One[ID], `SELECT x.id FROM consent_contribution x WHERE x.version = 1 AND EXISTS (
			SELECT 1 FROM consent_speaker s JOIN consent_turn t
				ON t.partnership_id = s.partnership_id AND t.contribution_id = s.contribution_id AND t.version = 1 AND t.speaker_id = s.id
			WHERE s.partnership_id = x.partnership_id AND s.contribution_id = x.id AND s.role <> '`+string(Interviewer)+`') AND `+in, args...)
}

// wholly returns those of the answered contributions in which nothing is shut: every speaker allows the
// use, nothing is taken back, and whoever is spoken of said yes.
func (f facts) wholly(answered []ID, u Use, now time.Time) map[ID]bool {
	whole := make(map[ID]bool, len(answered))
	for _, id := range answered {
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

// without returns the contributions that the facts are about, but for some.
func (f facts) without(some map[ID]bool) []ID {
	var rest []ID
	for _, id := range f.inOrder {
		if in := f.speakers[id].contribution; !some[in] {
			rest = append(rest, in)
		}
	}
	return once(rest)
}
