package decision

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"footing/internal/agreement"
	"footing/internal/ledger"
	"footing/internal/person"
	"footing/internal/store"
)

// few is the k of secret ballots: what is shown must fit any ballots of so many people of a house, whatever the
// others of it know. A house of fewer than twice as many does not vote in secret.
const few = 3

// mayOpen returns why somebody may not open a decision under a rule: its writer opens it, or any of the women,
// and where the rule says so only they do.
func mayOpen(rule agreement.Rule, v person.Viewer, writer person.ID) error {
	if v.Standings.Has(person.LivedExperience) || (rule.Opens == agreement.AnyOpens && v.ID == writer) {
		return nil
	}
	return ErrNotYours
}

// enough returns why a decision cannot open with so few people of a house.
func enough(f Counted, secret bool) error {
	for _, h := range Houses() {
		switch {
		case f.Of[h] < f.House(h).Quorum:
			return ErrFew
		case secret && f.Of[h] < 2*few:
			return ErrFewSecret
		}
	}
	return nil
}

// Open opens a decision that was put forward: the rule it is decided by, how many stops the women take, and who
// can answer are taken down with it, and nothing changes them afterwards.
func (r *Room) Open(ctx context.Context, v person.Viewer, id string) error {
	d, text, err := r.load(ctx, v, id)
	if err != nil {
		return err
	}
	earlier, err := r.others(ctx, v, id)
	if err != nil {
		return err
	}
	return r.DB.Write(ctx, func(tx *store.Tx) error {
		now, err := lock(ctx, tx, v, id)
		if err != nil {
			return err
		}
		if now.Course.Stage != Put {
			return ErrSettled // first: what is over does not open, however it came to be over
		}
		if err := unchanged(ctx, tx, v, d, now, len(earlier)); err != nil {
			return err
		}
		if _, err := now.Course.PutForward(text, earlier); err != nil {
			return err // it was changed since, into something that was asked before
		}
		return r.takeDown(ctx, tx, v, now, text)
	})
}

// takeDown opens a decision and writes down everything it is decided by.
func (r *Room) takeDown(ctx context.Context, tx *store.Tx, v person.Viewer, d Decision, text Text) error {
	rules, err := r.Rules.RulesInForce(ctx, tx, v.Partnership)
	if err != nil {
		return err
	}
	rule, ok := rules.By[text.Matter]
	if !ok {
		return ErrNoRule
	}
	if err := mayOpen(rule, v, d.Writer); err != nil {
		return err
	}
	stops, err := r.Stops.Stops(ctx, tx, v.Partnership)
	if err != nil {
		return err
	}
	questioned, err := unanswered(ctx, tx, v.Partnership, d.ID)
	if err != nil {
		return err
	}
	if d.Course, err = d.Course.Begin(rule.Days, text.Secret, questioned, r.Now()); err != nil {
		return err
	}
	roll, err := r.Circle.Roll(ctx, tx, v.Partnership, r.Now())
	if err != nil {
		return err
	}
	d.Frame = Counted{Frame: Frame{Method: text.Method, Rule: rule, Stops: stops}, Choices: max(len(text.Choices), 1)}
	if d.Frame.Of, err = writeRoll(ctx, tx, v.Partnership, d.ID, roll); err != nil {
		return err
	}
	if err := putWriters(ctx, tx, v.Partnership, d, text.Rung); err != nil {
		return err
	}
	if err := enough(d.Frame, text.Secret); err != nil {
		return err
	}
	if err := saveCourse(ctx, tx, v.Partnership, d); err != nil {
		return err
	}
	if err := saveMatter(ctx, tx, v.Partnership, d.ID, text); err != nil {
		return err
	}
	return ledger.Append(ctx, tx, v.Partnership, ledger.Entry{At: r.Now(), Kind: ledger.Decision, Subject: d.ID, Facts: openedFacts{
		Act: "opened", Text: hash(d.words), Method: string(text.Method), Lived: d.Frame.Of[person.Lived], Others: d.Frame.Of[person.Others], Rule: hash([]byte(encode(d.Frame)))}})
}

// openedFacts is what the ledger keeps of an opening. Text is the hash of the sealed text, which tells nothing
// of it and binds it.
type openedFacts struct {
	Act    string
	Text   string
	Rule   string
	Method string
	Lived  int
	Others int
}

// closedFacts is what the ledger keeps of an end.
type closedFacts struct {
	Act     string
	Outcome string
	Choice  int
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
