// Package disclosure decides what a count, an attribution, a chart or a release may show when few people
// are behind it.
//
// Groups here have six or fifteen people. Rounding leaves nothing of such numbers, and noise would make an
// account of power false. So small numbers are withheld, and are said to be withheld.
//
// Plan looks at one table of counts. The rules have the names they have in the specification:
//
//   - S1: a count of somebody but of fewer than k people is withheld (Small), and a count of things that fewer
//     than k people did (Table.Behind).
//   - S2: where all of a row or column have the same answer to a sensitive question, its cells are withheld
//     (Group), unless that line is approved by name.
//   - S3: a percentage, a mean, a bar and the order of rows are counts; see Share and Plan.Whole.
//   - S4: further cells are withheld (Secondary) so that the others cannot be worked out.
//   - S5: Audit works out, from everything that is left, between which numbers each cell of S1 and S2 lies.
//     Nothing is shown unless that reaches from 0 to k or more.
//
// # Who the reader is
//
// The reader of S5 can add and subtract, and knows that counts are whole and not below 0. He sees where
// something is withheld and not why: reasons are for whoever prepares the page, and must not be published.
// An empty cell is never withheld to protect another one, since he may know that it has to be empty (no GP
// is one of the women), unless little or nothing of the table is shown at all.
//
// A second reader runs these rules himself, on every table that could be behind what he sees, and strikes out
// those that would have been shown in another way. The intervals of S5 do not hold against him: that something
// is withheld tells him that a number is small, and of two or three numbers one is often the only one left. So
// Protect does what S5 does not ask: where he would be left with one small number, or would see that everybody
// in a line has the same answer, it shows how many people there are and nothing else. As that is decided by what
// was going to be shown, and by nothing that was not, it tells him nothing in turn. He still learns that a number
// is between 1 and k-1; no rule that withholds only where numbers are small can keep that from him. Where too
// many tables could be behind a plan to go through them, which is from about four by four, he is not looked at.
//
// Nobody here knows what the reader has heard elsewhere. Somebody who was in the room knows her own answer
// and can take it off the count: k=3 leaves her at least two others, and k=2 would not.
//
// Attribute is for the words beside a quote, Thin for the rows of a chart, and Ledger.Check for what several
// releases say together.
package disclosure

// An Audience is for whom something is put out.
type Audience int

// The audiences, from the smallest.
const (
	Internal     Audience = iota // whoever prepares it, and may see each person anyway
	Participants                 // the people it is about, together
	Public
)

// Threshold returns k: as few people as a count may be of, for an audience. What the group has set raises it
// and never lowers it; 0 is nothing set. The three defaults are the specification's. An audience that is
// unknown is the public.
func Threshold(to Audience, set int) int {
	least := 5
	switch to {
	case Internal:
		least = 1
	case Participants:
		least = 3
	}
	return max(least, set)
}

// A Why is the reason for which something is withheld.
type Why string

// The reasons. They are for whoever prepares a page, and no page shows them.
const (
	Shown     Why = ""
	Small     Why = "small"     // of fewer than k people (S1)
	Group     Why = "group"     // would say the same of everybody in a line (S2)
	Secondary Why = "secondary" // another one could be worked out from it (S4)
)

// Share says whether "part of whole" may be said, as a number, a percentage, a mean or a bar: Shown, or why
// not (S3). Whoever knows the part and the whole knows the rest, so the rest is a count as well.
func Share(part, whole, k int, sensitive bool) Why {
	rest := whole - part
	switch {
	case whole < k, small(part, k), small(rest, k):
		return Small
	case sensitive && whole > 0 && (part == 0 || rest == 0):
		return Group
	}
	return Shown
}

// small reports whether a count is of somebody, but of fewer than k people.
func small(count, k int) bool { return 0 < count && count < k }
