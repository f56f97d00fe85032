// Package demo fills a server with a made-up partnership: people, an agreement, a study, nineteen
// reflective notes, three observed meetings, nine interviews, two group talks, what of them is indexed
// and charted, and what was taken back since.
//
// It does what people would have done, through the same methods, with the clock set back to the day on
// which each of it would have happened. The texts are in package texts.
package demo

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"footing/internal/account"
	"footing/internal/agreement"
	"footing/internal/apart"
	"footing/internal/asking"
	"footing/internal/between"
	"footing/internal/buddy"
	"footing/internal/checkin"
	"footing/internal/circle"
	"footing/internal/coding"
	"footing/internal/consent"
	"footing/internal/decision"
	"footing/internal/demo/texts"
	"footing/internal/facts"
	"footing/internal/interview"
	"footing/internal/jargon"
	"footing/internal/matrix"
	"footing/internal/meeting"
	"footing/internal/notes"
	"footing/internal/observe"
	"footing/internal/person"
	"footing/internal/place"
	"footing/internal/power"
	"footing/internal/sharing"
	"footing/internal/source"
	"footing/internal/store"
	"footing/internal/study"
)

// A Clock can be set back while the demo is filled. Afterwards it shows the real time. What runs meanwhile may ask it.
type Clock struct{ back atomic.Int64 } // nanoseconds

// Now returns the time this clock shows.
func (c *Clock) Now() time.Time { return time.Now().UTC().Add(-time.Duration(c.back.Load())) }

// World is what the demo fills.
type World struct {
	DB       *store.DB
	Gate     *consent.Gate
	Circle   *circle.Circle
	Studies  *study.Studies
	Accounts *account.Accounts
	Sources  *source.Sources
	Coding   *coding.Room
	Matrix   *matrix.Room
	Asking   *asking.Room
	Power    *power.Room
	Facts    *facts.Room
	Sharing  *sharing.Room
	Agreed   *agreement.Room
	Between  *between.Room
	Buddy    *buddy.Room
	Decision *decision.Room
	Meeting  *meeting.Room
	Notes    *notes.Room
	Observe  *observe.Room
	Checkin  *checkin.Room
	Apart    *apart.Room
	Place    *place.Room
	Jargon   *jargon.Room
	Clock    *Clock

	Interview *interview.Room
}

// A Guest is somebody the demo's reader can sign in as.
type Guest struct {
	Name  string
	What  string // "lives with it", "GP": as whom she takes part
	Token string // opens /in/{token} once
}

// linkLasts is how long a sign-in link of the demo works.
const linkLasts = 24 * time.Hour

// filler carries what is made along: ids of the texts to ids in the store.
type filler struct {
	World
	corpus    *texts.Corpus
	p         person.Partnership
	people    map[string]person.ID
	practices map[string]string
	moments   map[string]consent.ID // by name
	places    map[string]string
	meetings  map[string]string
	study     string
	sources   map[string]*kept
	themes    map[string]string
	passages  map[string]matrix.Link
}

// kept is a source once it is in the store.
type kept struct {
	texts.Source
	prepared *source.Prepared
	speakers map[string]int // label → index
}

// Fill fills an empty server and returns five people to sign in as. A server that is filled already gets
// new sign-in links and nothing else.
func Fill(ctx context.Context, w World) ([]Guest, error) {
	corpus, err := texts.Load()
	if err != nil {
		return nil, err
	}
	f := &filler{World: w, corpus: corpus, people: map[string]person.ID{}, practices: map[string]string{}, moments: map[string]consent.ID{}, places: map[string]string{}, meetings: map[string]string{}, sources: map[string]*kept{},
		themes: map[string]string{}, passages: map[string]matrix.Link{}}
	defer func() { w.Clock.back.Store(0) }()
	if filled, err := f.found(ctx); err != nil || filled {
		if err != nil {
			return nil, err
		}
		return f.guests(ctx)
	}
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"the circle", f.fillCircle},
		{"how they work together", f.fillAgreement},
		{"what two of them agreed", f.fillBetween},
		{"who is there for whom", f.fillBuddies},
		{"the study", f.fillStudy},
		{"what is waited for", f.fillMoments},
		{"sources", f.fillSources},
		{"an interview", f.fillInterviews},
		{"asking again", f.fillAskedAgain},
		{"the frame", f.fillFrame},
		{"indexing", f.fillIndexing},
		{"charts", f.fillCharts},
		{"shares", f.fillShares},
		{"asking", f.fillAsking},
		{"places", f.fillPlaces},
		{"meetings", f.fillMeetings},
		{"watching", f.fillWatched},
		{"notes", f.fillNotes},
		{"what meets apart", f.fillApart},
		{"deciding", f.fillDecisions},
		{"what decides", f.fillPower},
		{"hard words", f.fillJargon},
		{"what is counted", f.fillFacts},
		{"taking back", f.fillTakenBack},
	} {
		if err := step.do(ctx); err != nil {
			return nil, fmt.Errorf("%s: %w", step.what, err)
		}
	}
	f.ago(0)
	return f.guests(ctx)
}

// ago sets the clock to so many days before now.
func (f *filler) ago(days int) { f.Clock.back.Store(int64(days) * int64(24*time.Hour)) }

func (f *filler) write(ctx context.Context, do func(*store.Tx) error) error {
	return f.DB.Write(ctx, do)
}

// found reports whether the partnership is here already, and learns its people.
func (f *filler) found(ctx context.Context) (bool, error) {
	filled := false
	err := f.DB.Read(ctx, func(tx *store.Tx) error {
		s, ready, err := circle.Of(ctx, tx)
		if err != nil || !ready {
			return err
		}
		filled, f.p = true, s.Partnership
		for _, who := range f.corpus.Partnership.People {
			p, err := f.Circle.Named(ctx, tx, f.p, who.Name)
			if err != nil {
				return err
			}
			f.people[who.ID] = p.ID
		}
		return nil
	})
	return filled, err
}

// guests makes a sign-in link for each of the five.
func (f *filler) guests(ctx context.Context) ([]Guest, error) {
	var list []Guest
	err := f.write(ctx, func(tx *store.Tx) error {
		for _, who := range f.corpus.Partnership.People {
			if !who.SignIn {
				continue
			}
			token, err := f.Accounts.WholeLink(ctx, tx, f.p, f.people[who.ID], linkLasts)
			if err != nil {
				return err
			}
			list = append(list, Guest{who.Name, as[person.Standing(who.Standing)], token})
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b Guest) int { return order(a) - order(b) })
	return list, err
}

// as says in the terminal as whom somebody takes part.
var as = map[person.Standing]string{
	person.LivedExperience: "one of the women", person.Charity: "charity worker", person.Clinician: "GP",
	person.Practice: "works at a practice", person.Researcher: "researcher",
}

func order(g Guest) int {
	return slices.Index([]string{"one of the women", "charity worker", "GP", "researcher"}, g.What)
}
