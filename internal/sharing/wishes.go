package sharing

import (
	"maps"
	"slices"
	"time"

	"footing/internal/consent"
)

// Wishes is what somebody asked of these pages for herself. It is kept sealed as one text that she alone
// opens: what she would rather not come across says something about her. Nothing of it is logged, counted
// or shown to anybody else.
type Wishes struct {
	Hidden []string  `json:"hidden,omitempty"` // topics that do not come up for her
	Until  time.Time `json:"until,omitzero"`   // zero: until she changes it

	Pace  Pace                     `json:"pace,omitempty"`   // when she is told of an end
	LetGo map[consent.ID]time.Time `json:"let_go,omitempty"` // ends up to these days she lets pass
	Later map[consent.ID][]string  `json:"later,omitempty"`  // uses of something shared that she put off
}

// LettingGo returns the wishes with the ends of something up to a day let go.
func (w Wishes) LettingGo(id consent.ID, until time.Time) Wishes {
	w.LetGo = maps.Clone(w.LetGo)
	if w.LetGo == nil {
		w.LetGo = map[consent.ID]time.Time{}
	}
	w.LetGo[id] = until
	return w
}

// PuttingOff returns the wishes with those uses of something put off, and no others of it.
func (w Wishes) PuttingOff(id consent.ID, uses []string) Wishes {
	w.Later = maps.Clone(w.Later)
	if w.Later == nil {
		w.Later = map[consent.ID][]string{}
	}
	if w.Later[id] = uses; len(uses) == 0 {
		delete(w.Later, id)
	}
	return w
}

// For how long topics can be hidden. The words are the answers' own.
const (
	HideToday  = "today" // until the same time tomorrow
	HideWeek   = "week"
	HideAlways = "always" // until she changes it
)

// Hide returns the wishes with those topics hidden and no others. Without an answer to how long, they stay
// hidden until she changes it: coming across one too early is the worse mistake.
func (w Wishes) Hide(topics []string, long string, now time.Time) Wishes {
	w.Hidden, w.Until = topics, time.Time{}
	switch long {
	case HideToday:
		w.Until = now.AddDate(0, 0, 1)
	case HideWeek:
		w.Until = now.AddDate(0, 0, 7)
	}
	return w
}

// Hiding lists the topics that do not come up for her now.
func (w Wishes) Hiding(now time.Time) []string {
	if !w.Until.IsZero() && !now.Before(w.Until) {
		return nil
	}
	return w.Hidden
}

// Hides reports whether something about those topics does not come up for her now.
func (w Wishes) Hides(topics []string, now time.Time) bool {
	return slices.ContainsFunc(w.Hiding(now), func(hidden string) bool { return slices.Contains(topics, hidden) })
}
