// Package circle keeps who is in the partnership: people, their standings and duties, practices, and the
// groups that follow from them.
//
// The rule it guards is who counts as a woman with lived experience. That standing is given only by the
// yes of somebody who holds it; the founding page makes the first two, each naming the other. No
// coordinator, import or command gives it, and no proof is asked (DESIGN, "Two houses").
package circle

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/web"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Person is somebody in the circle. Leaving keeps the row, so that what she agreed to leave here still
// has a name to show if she wanted that.
type Person struct {
	ID        person.ID
	Name      string
	Language  string
	Looks     person.Looks // how she has pages shown
	Made      time.Time
	Back      time.Time // stepped back since; zero when taking part
	Gone      time.Time // left; zero while here
	Standings person.Set

	livedFrom time.Time // from when she decides with the women by her own choice; zero without one that counts
}

// Taking reports whether she takes part at the moment: here, and not stepped back.
func (p Person) Taking() bool { return p.Gone.IsZero() && p.Back.IsZero() }

// Practice is a GP practice or another organisation that terms can speak of.
type Practice struct {
	ID   string
	Name string
}

// Wait is how long a new lived-experience standing waits before it counts for decisions.
const Wait = 7 * 24 * time.Hour

// The faults of this room.
var (
	ErrMade      = fault.New(fault.Conflict, "circle.made_already")
	ErrNotHers   = fault.New(fault.Invalid, "circle.only_holders")
	ErrNameTaken = fault.New(fault.Invalid, "circle.name_taken")
	ErrNoName    = fault.New(fault.Invalid, "circle.no_name")
	// ErrPracticeUsed means that somebody is or was of a practice, or that terms speak of it.
	ErrPracticeUsed = fault.New(fault.Invalid, "circle.practice_used")
	ErrLastAdmin    = fault.New(fault.Invalid, "circle.last_administrator")
	ErrNotByPower   = fault.New(fault.Invalid, "circle.not_by_command")
	ErrLeaveTo      = fault.New(fault.Invalid, "circle.leave_to_https")
	ErrTellingName  = fault.New(fault.Invalid, "circle.name_tells")
)

// Newcomer marks somebody who has joined and holds no standing yet: she can see to her own account and
// read the agreement, and that is all. It is not a standing: nobody is given it.
const Newcomer person.Standing = "newcomer"

// SignedIn allows everybody who is signed in, newcomers and those who only have a duty too.
func SignedIn(r web.Relation) web.Access {
	all := append(person.Standings(), person.Administrator, person.Facilitator, Newcomer)
	return web.Access{Standings: all, Relation: r}
}

// Writers are those who may print sheets for others and write down what they say: whoever takes part, and
// whoever hosts, but not those who only give money or stand for a practice.
func Writers() person.Set {
	return person.Set{person.LivedExperience, person.Charity, person.Clinician, person.Researcher, person.Facilitator}
}

// Label returns the catalogue key of what a standing or duty is called on a page. The group chooses the
// words.
func Label(s person.Standing) string { return "circle.is_" + string(s) }

// Givable lists what an administrator may give and take, in the order in which it is shown: the
// standings without lived experience, then the duties.
func Givable() []person.Standing {
	return append(person.Standings()[1:], person.Administrator, person.Facilitator)
}

// MayGive reports whether somebody with those standings may give a standing. Lived experience is given
// by those who hold it and by nobody else; the others by whoever looks after the server, who can also
// hand on that duty.
func MayGive(s person.Standing, giver person.Set) error {
	if s == person.LivedExperience {
		if !giver.Has(person.LivedExperience) {
			return ErrNotHers
		}
		return nil
	}
	if !giver.Has(person.Administrator) {
		return fault.Missing
	}
	return nil
}

// MayTake reports whether somebody with those standings may end another person's. Lived experience is
// nobody's to take: she puts it down herself when she leaves.
func MayTake(s person.Standing, taker person.Set) error {
	if s == person.LivedExperience || !taker.Has(person.Administrator) {
		return fault.Missing
	}
	return nil
}

// CountsFrom returns when a standing given now begins to count for decisions. The founders' counts at
// once: without them nothing could ever be decided.
func CountsFrom(s person.Standing, given time.Time, founding bool) time.Time {
	if s == person.LivedExperience && !founding {
		return given.Add(Wait)
	}
	return given
}

// telling are the beginnings of words that must not stand in a browser's list of pages (R11).
var telling = []string{"trauma", "abuse", "surviv", "violen", "refuge", "rape", "assault"}

// Check returns the fault of settings that cannot be used: the name stands in every title, so it is
// there and gives nothing away; leaving goes to a site that is reached by https.
func (s Settings) Check() error {
	name := Fold(s.Name)
	if name == "" || utf8.RuneCountInString(name) > 40 {
		return ErrNoName
	}
	for _, word := range telling {
		if strings.Contains(name, word) {
			return ErrTellingName
		}
	}
	to, err := url.Parse(s.LeaveTo)
	if err != nil || to.Scheme != "https" || to.Hostname() == "" || to.User != nil {
		return ErrLeaveTo
	}
	return nil
}

// Fold returns a name as it is compared: without case, without double spaces, in one Unicode form.
func Fold(name string) string {
	return cases.Fold().String(norm.NFKC.String(strings.Join(strings.Fields(name), " ")))
}
