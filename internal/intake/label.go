package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A label is at most this long.
const (
	labelRunes = 60
	labelWords = 6
)

// plausible reports whether a label could name a speaker at all: short, with a
// letter, and not the end of a sentence.
func plausible(label string) bool {
	if label == "" || utf8.RuneCountInString(label) > labelRunes || strings.ContainsAny(label, "?!;\"“”„«»<>{}|=\\*~`^\n") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(label)
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) || !strings.ContainsFunc(label, unicode.IsLetter) {
		return false
	}
	words := strings.Fields(label)
	if len(words) > labelWords {
		return false
	}
	for _, w := range words {
		if endsSentenceInside(w) {
			return false
		}
	}
	return true
}

// endsSentenceInside tells "home." from the full stops of "Dr." and "Psy.D".
func endsSentenceInside(word string) bool {
	stem, dotted := strings.CutSuffix(word, ".")
	return dotted && utf8.RuneCountInString(stem) > 4
}

// particles are the small words inside names and roles.
var particles = []string{"de", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "van", "von", "der", "den", "ter", "al", "el", "bin", "bint", "ibn", "ap", "ferch", "y", "e", "of", "the", "and", "from", "no", "&", "+", "-"}

// nameLike reports whether a plausible label is written as names are: each word
// with a capital, a digit, or in a script without capitals; words in brackets
// ("Maya (lived experience)") and particles aside.
func nameLike(label string) bool {
	inside := false
	for i, w := range strings.Fields(label) {
		opens := strings.ContainsAny(w, "([")
		if !inside && !opens && (i == 0 || !slices.Contains(particles, w)) {
			r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "'’#"))
			if unicode.IsLower(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				return false
			}
		}
		inside = (inside || opens) && !strings.ContainsAny(w, ")]")
	}
	return true
}

// headings are the labels that open the sheet at the head of a transcript, and
// introductions those that open a remark. Neither is a speaker before a colon,
// bold or plain, however often it comes.
var (
	headings = set("date", "time", "place", "location", "venue", "setting", "duration", "length", "recording", "recorded",
		"file", "filename", "file name", "present", "apologies", "attendees", "title", "topic", "project", "study",
		"transcribed by", "transcriber", "transcription", "transcript", "interview", "interview date", "interview number",
		"participant id", "participant number", "consent", "keywords", "version", "language", "author", "source")
	introductions = set("note", "notes", "nb", "n.b.", "n.b", "ps", "p.s.", "p.s", "example", "for example", "remember",
		"warning", "update", "edit", "action", "actions", "agenda", "reflection", "reflections", "observation",
		"observations", "comment", "comments", "summary", "context", "background", "aim", "aims", "method", "theme",
		"themes", "key", "part", "section", "chapter", "to", "from", "cc", "re", "fw", "fwd", "email", "phone", "tel",
		"http", "https", "mailto", "e.g", "e.g.", "i.e", "i.e.",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
	roles = set("interviewer", "interviewee", "participant", "respondent", "facilitator", "moderator", "researcher",
		"speaker", "unknown speaker")
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

func isHeading(label string) bool { return headings[strings.ToLower(label)] }

func isIntroduction(label string) bool {
	l := strings.ToLower(label)
	return headings[l] || introductions[l]
}

// isRole knows the labels that transcribers use in place of names, with or
// without a number or letter: "Participant 3", "SPEAKER B".
func isRole(label string) bool {
	l := strings.ToLower(label)
	if roles[l] {
		return true
	}
	i := strings.LastIndexAny(l, " #")
	return i > 0 && len(l)-i <= 4 && roles[strings.TrimRight(l[:i], " #")]
}
