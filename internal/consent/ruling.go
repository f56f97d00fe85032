package consent

import (
	"context"
	"time"

	"footing/internal/person"
	"footing/internal/store"
)

// A Ruling says, for one reader and one use, which turns of some contributions are open. It opens
// nothing and writes nothing down: counts, shades and lists ask it, and Open asks it first.
type Ruling struct {
	reader Reader
	use    Use
	turns  map[ID]turnRuling
	told   map[ID]bool // contributions of which somebody who was asked says something that is open
}

type turnRuling struct {
	contribution, speaker ID
	own                   bool
	open                  bool
	masks                 []Span // passages about somebody who has not said yes
}

// A Span is a place in a turn: code points from Start up to, not including, End.
type Span struct{ Start, End int }

// Turn reports whether the turn is open. A turn the ruling was not asked about is not.
func (r Ruling) Turn(id ID) bool { return r.turns[id].open }

// Told reports whether the reader may know what a contribution is called and what it is about: something
// that is said in it is open to her, and not only what was asked.
func (r Ruling) Told(contribution ID) bool { return r.told[contribution] }

// Voice reports whether something that a speaker says is open.
func (r Ruling) Voice(speaker ID) bool {
	for _, t := range r.turns {
		if t.speaker == speaker && t.open {
			return true
		}
	}
	return false
}

// Span reports whether a passage of a turn is open: the turn is, and no part of the passage speaks of
// somebody who has not said yes.
func (r Ruling) Span(id ID, s Span) bool {
	t := r.turns[id]
	for _, m := range t.masks {
		if m.Start < s.End && s.Start < m.End {
			return false
		}
	}
	return t.open
}

// Others returns by turn whose it is, for the turns that are open and not the reader's own.
func (r Ruling) Others() map[ID]Part {
	of := map[ID]Part{}
	for id, t := range r.turns {
		if t.open && !t.own {
			of[id] = Part{Contribution: t.contribution, Speaker: t.speaker}
		}
	}
	return of
}

// NotWhole lists the turns that the ruling was asked about and that are not open from end to end.
func (r Ruling) NotWhole() []ID {
	var list []ID
	for id, t := range r.turns {
		if !t.open || len(t.masks) > 0 {
			list = append(list, id)
		}
	}
	return list
}

// Rule returns the ruling for the newest versions of the contributions, of all of them when none is
// named.
func (g *Gate) Rule(ctx context.Context, v person.Viewer, u Use, contributions ...ID) (Ruling, error) {
	var r Ruling
	err := g.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		r, err = g.RuleIn(ctx, tx, v, u, contributions...)
		return err
	})
	return r, err
}

// RuleIn is Rule within a transaction.
func (g *Gate) RuleIn(ctx context.Context, tx *store.Tx, v person.Viewer, u Use, contributions ...ID) (Ruling, error) {
	f, err := loadFacts(ctx, tx, v, contributions)
	if err != nil {
		return Ruling{}, err
	}
	if err := f.loadTurns(ctx, tx, v.Partnership, contributions); err != nil {
		return Ruling{}, err
	}
	return f.rule(u, g.now()), nil
}

// facts is everything the rule looks at, as the database has it at one moment.
type facts struct {
	reader    Reader
	speakers  map[ID]speakerFacts // by speaker
	inOrder   []ID                // of the speakers, by contribution and place
	turns     []turnFacts
	taken     map[ID]bool // speakers and turns that are taken back
	takenFrom map[ID]bool // contributions that something is taken back from
	mentions  map[ID][]mention
	answers   map[person.ID]Answer
}

type speakerFacts struct {
	contribution ID
	role         Role
	label        []byte // sealed
	person       person.ID
	keeper       person.ID
	terms        Terms
}

type turnFacts struct {
	id, speaker ID
	past        bool // of an earlier version
}

type mention struct {
	Span
	in    ID // contribution
	about person.ID
	own   Answer // about this place
}

// yes reports whether she whom a passage speaks of lets it be seen: what she said about this place, and
// where she said nothing, her standing answer.
func (f facts) yes(m mention) bool {
	if m.own != "" {
		return m.own == AnswerYes
	}
	return m.about != "" && f.answers[m.about] == AnswerYes
}

// rule applies Allows once per speaker and lays withdrawals and mentions over it. Questions are open with
// the answers: they repeat them and lead to them, so where no answer is open to somebody, no question is,
// but for whoever asked it.
func (f facts) rule(u Use, now time.Time) Ruling {
	allowed, asked := make(map[ID]bool, len(f.speakers)), map[ID]bool{}
	for id, s := range f.speakers {
		allowed[id] = !f.taken[id] && f.allows(s, u, now)
		asked[s.contribution] = asked[s.contribution] || s.role != Interviewer
	}
	r := Ruling{reader: f.reader, use: u, turns: make(map[ID]turnRuling, len(f.turns)), told: map[ID]bool{}}
	for _, t := range f.turns {
		s := f.speakers[t.speaker]
		open := allowed[t.speaker] && !f.taken[t.id] && !t.past
		r.turns[t.id] = turnRuling{
			contribution: s.contribution, speaker: t.speaker,
			own:   s.person != "" && s.person == f.reader.ID,
			open:  open,
			masks: f.masks(t, s),
		}
		r.told[s.contribution] = r.told[s.contribution] || open && (s.role != Interviewer || !asked[s.contribution])
	}
	for id, t := range r.turns {
		if t.open && !t.own && !r.told[t.contribution] {
			t.open = false
			r.turns[id] = t
		}
	}
	return r
}

// allows adds to Allows the one thing that terms do not grant: a keeper checks her recording, but for what is
// locked.
func (f facts) allows(s speakerFacts, u Use, now time.Time) bool {
	if u.Purpose == Keeping {
		return s.keeper != "" && s.keeper == f.reader.ID && !(s.terms.checked() && s.terms.Locked(now))
	}
	return Allows(s.terms, f.reader, u, now)
}

// masks returns the passages of a turn that the reader may not see because they speak of somebody who
// has not said yes. Whoever said them, whoever keeps them and whoever they are about see them.
func (f facts) masks(t turnFacts, s speakerFacts) []Span {
	var spans []Span
	for _, m := range f.mentions[t.id] {
		it := func(who person.ID) bool { return who != "" && who == f.reader.ID }
		if f.yes(m) || it(m.about) || it(s.keeper) || it(s.person) {
			continue
		}
		spans = append(spans, m.Span)
	}
	return spans
}

// ruleOwn opens to somebody her own turns and nothing else.
func (f facts) ruleOwn() Ruling {
	r := Ruling{reader: f.reader, turns: map[ID]turnRuling{}, told: map[ID]bool{}}
	for _, t := range f.turns {
		if s := f.speakers[t.speaker]; s.person != "" && s.person == f.reader.ID {
			r.told[s.contribution] = true
			r.turns[t.id] = turnRuling{contribution: s.contribution, speaker: t.speaker, own: true, open: true}
		}
	}
	return r
}
