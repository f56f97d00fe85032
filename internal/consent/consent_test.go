package consent_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "footing/internal/consent"
	"footing/internal/person"
)

var (
	people    = []person.ID{"", "ann", "bea", "cat"}
	audiences = []Audience{{Kind: ToMe}, {ToPerson, "ann"}, {ToPerson, "bea"}, {ToSupporter, "cat"}, {Kind: ToLived},
		{Kind: ToPartnership}, {ToPractice, "mill"}, {ToAnalysts, "s1"}, {ToAnalysts, "s2"}, {Kind: ToPublic}}
	purposes = []Purpose{Heard, Analysis, Quote, Publication, Checking, Keeping}
	day0     = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
)

// reference is the rule once more, written as a list of reasons to refuse each yes, so that the two can
// only agree by meaning the same (P13).
func reference(t Terms, r Reader, u Use, now time.Time) bool {
	if r.ID != "" && r.ID == t.Owner {
		return true
	}
	joined := func(a Audience) *time.Time {
		if a.Kind == ToPublic || a.Kind == ToPerson && a.ID == string(r.ID) && a.ID != "" {
			return &time.Time{}
		}
		if since, ok := r.Since[a]; ok && a.Kind != ToMe && a.Kind != ToPerson {
			return &since
		}
		return nil
	}
	for _, no := range t.Not {
		if joined(no) != nil {
			return false
		}
	}
	yeses, published, other := 0, 0, 0
	for _, y := range t.Yes {
		if y.Purpose == Quote || y.Purpose == Publication {
			published++
		}
		if y.Purpose != Checking && y.Until.After(now) {
			other++
		}
	}
	for _, y := range t.Yes {
		since := joined(y.Audience)
		refused := since == nil ||
			(!y.Later && (t.Given.Before(*since) || (!t.AsOf.IsZero() && t.AsOf.Before(*since)))) ||
			y.Purpose != u.Purpose || (y.For != u.For && y.For != "") || u.Form > y.Form ||
			y.Until.IsZero() || now.Before(y.From) || !y.Until.After(now) ||
			(u.Purpose == Checking && (published == 0 || other > 0))
		if !refused {
			yeses++
		}
	}
	return yeses > 0
}

func days(t *rapid.T, label string) time.Time {
	n := rapid.IntRange(-1, 6).Draw(t, label)
	if n < 0 {
		return time.Time{}
	}
	return day0.AddDate(0, 0, n)
}

func drawUse(t *rapid.T) Use {
	return Use{rapid.SampledFrom(purposes).Draw(t, "purpose"), rapid.SampledFrom([]string{"", "s1", "s2"}).Draw(t, "for"),
		Form(rapid.IntRange(1, 5).Draw(t, "form"))}
}

func drawTerms(t *rapid.T) Terms {
	terms := Terms{Owner: rapid.SampledFrom(people).Draw(t, "owner"), Given: days(t, "given"), AsOf: days(t, "as of")}
	for range rapid.IntRange(0, 3).Draw(t, "yeses") {
		terms.Yes = append(terms.Yes, Yes{Audience: rapid.SampledFrom(audiences).Draw(t, "audience"), Use: drawUse(t),
			From: days(t, "from"), Until: days(t, "until"), Later: rapid.Bool().Draw(t, "later")})
	}
	for range rapid.IntRange(0, 1).Draw(t, "nots") {
		terms.Not = append(terms.Not, rapid.SampledFrom(audiences[1:9]).Draw(t, "not"))
	}
	return terms
}

func TestAllows_AgreesWithTheReferenceModel(t *testing.T) {
	yes := 0
	rapid.Check(t, func(t *rapid.T) {
		terms, use, now := drawTerms(t), drawUse(t), days(t, "now")
		reader := Reader{ID: rapid.SampledFrom(people).Draw(t, "reader"), Since: map[Audience]time.Time{}}
		for range rapid.IntRange(0, 4).Draw(t, "groups") {
			reader.Since[rapid.SampledFrom(audiences).Draw(t, "group")] = days(t, "since")
		}
		got, want := Allows(terms, reader, use, now), reference(terms, reader, use, now)
		if got != want {
			t.Fatalf("Allows is %v, the model says %v", got, want)
		}
		if got {
			yes++
		}
	})
	if yes == 0 {
		t.Error("no draw was allowed: the property shows nothing")
	}
}

// What may be checked is closed for all else, and to everybody: whatever somebody allowed, as soon as one reader
// may check it, no reader may do anything else with it.
func TestAllows_WhatMayBeCheckedIsClosedForAllElse(t *testing.T) {
	checked := 0
	drawReader := func(t *rapid.T) Reader {
		r := Reader{ID: rapid.SampledFrom(people).Draw(t, "reader"), Since: map[Audience]time.Time{}}
		for range rapid.IntRange(0, 6).Draw(t, "groups") {
			r.Since[rapid.SampledFrom(audiences).Draw(t, "group")] = day0
		}
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		terms, now := drawTerms(t), days(t, "now")
		public := Audience{Kind: ToPublic}
		terms.Yes = append(terms.Yes, Yes{Audience: public, Use: Use{Publication, "", Words}, Until: days(t, "out")},
			Yes{Audience: public, Use: Use{Checking, "", Words}, Until: day0.AddDate(0, 0, 7)})
		checker, other := drawReader(t), drawReader(t)
		check, use := Use{Checking, "s1", Number}, drawUse(t)
		if checker.ID == terms.Owner || other.ID == terms.Owner || use.Purpose == Checking || !Allows(terms, checker, check, now) {
			return
		}
		checked++
		if Allows(terms, other, use, now) {
			t.Fatalf("it may be checked and is open for %v", use)
		}
	})
	if checked == 0 {
		t.Error("no draw could be checked: the property shows nothing")
	}
}

func TestAllows_Cases(t *testing.T) {
	given, end := day0, day0.AddDate(0, 1, 0)
	study := Use{Analysis, "s1", Words}
	analysts := Audience{ToAnalysts, "s1"}
	terms := Terms{Owner: "ann", Given: given, Yes: []Yes{{Audience: analysts, Use: study, Until: end}}}
	analyst := func(since time.Time) Reader {
		return Reader{ID: "bea", Since: map[Audience]time.Time{analysts: since}}
	}
	noEnd := Terms{Owner: "ann", Given: given, Yes: []Yes{{Audience: analysts, Use: study}}}
	refused := terms
	refused.Not = []Audience{{ToPerson, "bea"}}
	kept := Terms{Owner: "ann", Given: given, Yes: []Yes{{Audience: Audience{Kind: ToPublic}, Use: Use{Publication, "", Words}, Until: end},
		{Audience: analysts, Use: Use{Checking, "s1", Words}, Until: end.AddDate(2, 0, 0)}}}
	check := Use{Checking, "s1", Words}
	neverOut := kept
	neverOut.Yes = kept.Yes[1:]
	tests := []struct {
		name   string
		terms  Terms
		reader Reader
		use    Use
		now    time.Time
		want   bool
	}{
		{"an analyst of the study", terms, analyst(given), study, given, true},
		{"a number of what may be read in words", terms, analyst(given), Use{Analysis, "s1", Number}, given, true},
		{"her voice, where words were allowed", terms, analyst(given), Use{Analysis, "s1", Voice}, given, false},
		{"another study", terms, analyst(given), Use{Analysis, "s2", Words}, given, false},
		{"a quote, where analysis was allowed", terms, analyst(given), Use{Quote, "s1", Words}, given, false},
		{"somebody who joined later", terms, analyst(given.Add(1)), study, given.Add(2), false},
		{"after its end", terms, analyst(given), study, end, false},
		{"somebody who left", terms, Reader{ID: "bea"}, study, given, false},
		{"somebody she would rather did not see it", refused, analyst(given), study, given, false},
		{"a yes without an end", noEnd, analyst(given), study, given, false},
		{"nothing said", Terms{Owner: "ann"}, analyst(given), study, given, false},
		{"herself, after everything ended", terms, Reader{ID: "ann"}, study, end, true},
		{"checking, before it is out", kept, analyst(given), check, end.Add(-1), false},
		{"checking, once it is out", kept, analyst(given), check, end, true},
		{"checking for another study", kept, analyst(given), Use{Checking, "s2", Words}, end, false},
		{"checking, by somebody who joined later", kept, analyst(given.Add(1)), check, end, false},
		{"checking, by somebody she did not name", kept, Reader{ID: "bea"}, check, end, false},
		{"analysis of what is kept for checking", kept, analyst(given), study, end, false},
		{"a number of what is kept for checking", kept, analyst(given), Use{Analysis, "s1", Number}, end, false},
		{"checking, over", kept, analyst(given), check, end.AddDate(2, 0, 0), false},
		{"checking what was never to be published", neverOut, analyst(given), check, end, false},
	}
	for _, tt := range tests {
		if got := Allows(tt.terms, tt.reader, tt.use, tt.now); got != tt.want {
			t.Errorf("%s: Allows is %v, want %v", tt.name, got, tt.want)
		}
	}
}
