package plain

import (
	"regexp"
	"slices"
	"strings"
)

// unwelcome are words that do not stand on members' screens, with what to do instead. Each is matched
// as a whole word, in the forms given. The first group puts people down or belongs to an office, the
// second are the project's own terms, which have plain names on screen.
var unwelcome = []struct{ words, instead string }{
	{"disclose discloses disclosed disclosing disclosure disclosures", "say tell, or share"},
	{"victim victims perpetrator perpetrators", "say who is meant: a woman, a person, somebody"},
	{"survivor survivors", "only a person herself says that; say women, or members"},
	{"trauma traumas traumatic traumatised traumatized trauma-informed", "say what is meant, or nothing"},
	{"abuse abuses abused abusive abuser abusers", "say what is meant, or nothing"},
	{"non-compliant noncompliant non-compliance noncompliance", "say what she would rather do"},
	{"dna", "say: did not come"},
	{"beneficiary beneficiaries stakeholder stakeholders", "say who is meant"},
	{"submit submits submitted submitting submission submissions", "say send, share or save"},

	{"house houses", "say the women's group, or everyone else"},
	{"standing standings", "say how she takes part"},
	{"terms", "say what others may do with it"},
	{"quorum quorums quorate inquorate", "say how many must take part"},
	{"roll rolls", "say who can take part"},
	{"case cases", "say person, meeting, or if"},
	{"proposal proposals", "say idea, or what we want to decide"},
}

var insteadOf = func() map[string]string {
	m := map[string]string{}
	for _, u := range unwelcome {
		for word := range strings.FieldsSeq(u.words) {
			m[word] = u.instead
		}
	}
	return m
}()

// initials are written in capitals and said letter by letter; nobody is shouted at with them.
var initials = []string{"GP", "NHS", "UK", "PDF", "CSV", "QR", "OK", "TV", "BBC", "ID"}

var capitals = regexp.MustCompile(`^[A-Z]{2,}$`)

// banned returns the words of a text that do not belong on members' screens, and what is shouted.
func banned(text string) []Finding {
	var findings []Finding
	for _, word := range Words(text) {
		for _, part := range append(strings.Split(word, "-"), word) {
			part = strings.TrimSuffix(strings.Trim(part, "'-"), "'s")
			instead, unwelcome := insteadOf[strings.ToLower(part)]
			switch {
			case unwelcome:
				findings = append(findings, Finding{What: part, Why: instead})
			case capitals.MatchString(part) && !slices.Contains(initials, part):
				findings = append(findings, Finding{What: part, Why: "all capitals are hard to read, and shout"})
			default:
				continue
			}
			break
		}
	}
	if strings.ContainsAny(text, "!¡！") {
		findings = append(findings, Finding{What: start(text), Why: "an exclamation mark raises the voice"})
	}
	return findings
}
