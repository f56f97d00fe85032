package agreement

import (
	"context"
	"encoding/json"

	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// Write keeps a new version, written over the one of that number: 0 for the first. Everybody is asked anew. It is
// refused with ErrNewer when somebody else's came first, and with ErrOpens where the rule that counts lets the
// women alone begin a change and the writer is none of them.
func (r *Room) Write(ctx context.Context, tx *store.Tx, p person.Partnership, writer person.ID, text string, change Change, over int64) (Version, error) {
	last, err := newest(ctx, tx, p)
	if err != nil {
		return last, err
	}
	rules := change.To(last.Rules)
	switch {
	case last.N != over:
		return last, ErrNewer
	case text == "":
		return last, ErrEmpty
	case text == last.Text && rules.Equal(last.Rules):
		return last, ErrSame
	}
	if err := rules.Check(); err != nil {
		return last, err
	}
	holds, err := r.settle(ctx, tx, p)
	if err != nil {
		return last, err
	}
	if err := r.mayOpen(ctx, tx, p, writer, holds); err != nil {
		return last, err
	}
	v := Version{N: last.N + 1, Text: text, Rules: rules, Under: holds.N, Written: r.Now(), Writer: writer}
	kept, err := json.Marshal(rules)
	if err != nil {
		return v, err
	}
	v.rules = string(kept)
	if err := insertVersion(ctx, tx, p, v); err != nil {
		return v, err
	}
	return v, r.log(ctx, tx, p, v)
}

// mayOpen returns ErrOpens for whoever may not begin a change by the version that counts.
func (r *Room) mayOpen(ctx context.Context, tx *store.Tx, p person.Partnership, writer person.ID, holds Version) error {
	rule := holds.Rules.Rule(Changes)
	if rule == nil || rule.Opens != LivedOpens {
		return nil
	}
	who, err := r.Circle.Get(ctx, tx, p, writer)
	if err == nil && who.House(r.Now()) != person.Lived {
		err = ErrOpens
	}
	return err
}

// log commits to a version's text and rules, which themselves stay in their table, and to its being agreed.
func (r *Room) log(ctx context.Context, tx *store.Tx, p person.Partnership, v Version) error {
	facts := struct {
		Version int64
		Hash    string
		Agreed  bool
	}{v.N, v.Hash(), !v.Agreed.IsZero()}
	return ledger.Append(ctx, tx, p, ledger.Entry{At: r.Now(), Kind: ledger.Agreement, Facts: facts})
}

// Answer keeps what somebody says to the newest version. She can change it at any time; what was agreed by then
// stays agreed.
func (r *Room) Answer(ctx context.Context, tx *store.Tx, p person.Partnership, who person.ID, version int64, a Answer) error {
	last, err := newest(ctx, tx, p)
	if err != nil {
		return err
	}
	if last.N != version || !a.Valid() {
		return ErrUnasked
	}
	if err := setAnswer(ctx, tx, p, version, who, a, store.Micros(r.Now())); err != nil {
		return err
	}
	_, err = r.settle(ctx, tx, p)
	return err
}

// settle writes down which version counts by now, and returns it.
func (r *Room) settle(ctx context.Context, tx *store.Tx, p person.Partnership) (Version, error) {
	all, err := listVersions(ctx, tx, p)
	if err != nil {
		return Version{}, err
	}
	v, err := r.holding(ctx, tx, p, all)
	if err != nil || v.N == 0 || !v.Agreed.IsZero() {
		return v, err
	}
	v.Agreed = r.Now()
	if err := setAgreed(ctx, tx, p, v.N, v.Agreed); err != nil {
		return v, err
	}
	return v, r.log(ctx, tx, p, v)
}

// holding finds the newest of the versions, newest first, that is agreed: the one that counts. Without a time
// beside it, it is agreed since just now.
func (r *Room) holding(ctx context.Context, tx *store.Tx, p person.Partnership, all []Version) (Version, error) {
	for _, v := range all {
		if !v.Agreed.IsZero() {
			return v, nil
		}
		t, err := r.tally(ctx, tx, p, v)
		if err != nil {
			return Version{}, err
		}
		stops, err := r.Stops(ctx, tx, p)
		if err != nil {
			return Version{}, err
		}
		if v.Agrees(t, ruleOf(all, v), stops, r.Now()) {
			return v, nil
		}
	}
	return Version{}, nil
}

// ruleOf returns the rule by which a version is agreed: the one for changes of the version that counted when it
// was written.
func ruleOf(all []Version, v Version) *Rule {
	for _, before := range all {
		if before.N == v.Under {
			return before.Rules.Rule(Changes)
		}
	}
	return nil
}

func (r *Room) tally(ctx context.Context, tx *store.Tx, p person.Partnership, v Version) (Tally, error) {
	people, err := r.Circle.List(ctx, tx, p)
	if err != nil {
		return Tally{}, err
	}
	counting, err := r.Circle.Counting(ctx, tx, p, person.LivedExperience, v.Written)
	if err != nil {
		return Tally{}, err
	}
	answers, err := answersTo(ctx, tx, p, v.N)
	return v.Tally(people, counting, answers), err
}

// Agreed reports whether a partnership has ever agreed how it works together. Until then a study does not begin and no
// file leaves one (ADR 13). A text without rules, which everybody agreed to, is an agreement of its own.
func (r *Room) Agreed(ctx context.Context, tx *store.Tx, p person.Partnership) (bool, error) {
	all, err := listVersions(ctx, tx, p)
	if err != nil {
		return false, err
	}
	v, err := r.holding(ctx, tx, p, all)
	return v.N != 0, err
}

// RulesInForce returns the rules by which a partnership decides today: its own, or the borrowed ones.
func (r *Room) RulesInForce(ctx context.Context, tx *store.Tx, p person.Partnership) (Rules, error) {
	all, err := listVersions(ctx, tx, p)
	if err != nil {
		return Rules{}, err
	}
	v, err := r.holding(ctx, tx, p, all)
	return v.Rules.InForce(), err
}
