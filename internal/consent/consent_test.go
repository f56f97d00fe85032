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
	purposes = []Purpose{Heard, Analysis, Quote, Keeping}
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
	yeses := 0
	for _, y := range t.Yes {
		since := joined(y.Audience)
		refused := since == nil ||
			(!y.Later && (t.Given.Before(*since) || (!t.AsOf.IsZero() && t.AsOf.Before(*since)))) ||
			y.Purpose != u.Purpose || (y.For != u.For && y.For != "") || u.Form > y.Form ||
			y.Until.IsZero() || now.Before(y.From) || !y.Until.After(now)
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
	}
	for _, tt := range tests {
		if got := Allows(tt.terms, tt.reader, tt.use, tt.now); got != tt.want {
			t.Errorf("%s: Allows is %v, want %v", tt.name, got, tt.want)
		}
	}
}
