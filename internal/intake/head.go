package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// blanks are the white space that is layout and never part of what was said.
const blanks = " \t\n"

// lines walks a text that is held line by line; a file is walked by stream.
type lines struct {
	text  string
	start int    // offset of line in text
	end   int    // offset just after line's line feed
	line  string // without its line feed
	n     int    // its number, from 1
}

func (l *lines) next() bool {
	if l.end >= len(l.text) {
		return false
	}
	l.start = l.end
	l.n++
	if i := strings.IndexByte(l.text[l.start:], '\n'); i >= 0 {
		l.line, l.end = l.text[l.start:l.start+i], l.start+i+1
	} else {
		l.line, l.end = l.text[l.start:], len(l.text)
	}
	return true
}

// following returns the line after the current one.
func (l *lines) following() string {
	ahead := *l
	if !ahead.next() {
		return ""
	}
	return ahead.line
}

func blank(line string) bool { return strings.Trim(line, blanks) == "" }

// shape is how a label is written. The first three say "speaker" by
// themselves; a plain colon may be ordinary prose.
type shape int

const (
	timed shape = iota // Name (00:12:34) - text, [00:12:34] Name: text
	above              // Name  0:03 with the text below; Name, 0:03 and the text on three lines
	bold               // **Name:** text
	plain              // Name: text
	shapes
)

// head is the beginning of a line that may start a turn.
type head struct {
	shape   shape
	label   string
	at      time.Duration
	hasTime bool
	length  int  // bytes from the start of the line to where the text may start
	loose   bool // written with less than its shape's usual marks: needs to recur
}

// clock is a time from the start of a recording: m:ss, h:mm:ss, with or without
// a fraction.
const clock = `\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?`

var (
	clockAlone  = regexp.MustCompile(`^[ \t]*(` + clock + `)[ \t]*$`)
	boldInside  = regexp.MustCompile(`^[ \t]*(?:\*\*|__)([^*_:]+?)[ \t]*(?:[(\[](` + clock + `)[)\]][ \t]*)?(:)[ \t]*(?:\*\*|__)[ \t]*`)
	boldOutside = regexp.MustCompile(`^[ \t]*(?:\*\*|__)([^*_:]+?)(?:\*\*|__)[ \t]*(?:[(\[](` + clock + `)[)\]][ \t]*)?(:|[-–—][ \t]|$)[ \t]*`)
	timedHead   = regexp.MustCompile(`^[ \t]*([^:]+?)[ \t]*[(\[](` + clock + `)[)\]][ \t]*(?::|[-–—][ \t]|[-–—]?$)[ \t]*`)
	leadingTime = regexp.MustCompile(`^[ \t]*[(\[]?(` + clock + `)[)\]]?[ \t]+([^:]+?)[ \t]*:(?:[ \t]+|$)`)
	aboveHead   = regexp.MustCompile(`^[ \t]*([^:]+?)([ \t]+)(` + clock + `)[ \t]*$`)
)

// wideColon is the colon of Chinese and Japanese.
const wideColon = "\uFF1A"

// headLength is how many bytes into a line a label and its time may reach.
const headLength = 160

// findHead reads the start of a turn from a line. The line after it is needed
// where the time stands below the name.
func findHead(line, next string) (head, bool) {
	if h, ok := stackedHead(line, next); ok {
		return h, true
	}
	front := line[:runeStart(line, headLength)]
	if !strings.Contains(front, ":") && !strings.Contains(front, wideColon) {
		return head{}, false
	}
	if h, ok := boldHead(front); ok {
		return h, plausible(h.label)
	}
	if hasClock(front) {
		if h, ok := clockHead(line, front, next); ok {
			return h, plausible(h.label)
		}
	}
	return colonHead(line, front)
}

func boldHead(front string) (head, bool) {
	if mark := strings.TrimLeft(front, blanks); !strings.HasPrefix(mark, "**") && !strings.HasPrefix(mark, "__") {
		return head{}, false
	}
	if m := boldInside.FindStringSubmatch(front); m != nil {
		return newHead(bold, m[1], m[2], len(m[0]))
	}
	if m := boldOutside.FindStringSubmatch(front); m != nil && (m[2] != "" || m[3] == ":") {
		return newHead(bold, m[1], m[2], len(m[0]))
	}
	return head{}, false
}

func clockHead(line, front, next string) (head, bool) {
	if m := timedHead.FindStringSubmatch(front); m != nil {
		return newHead(timed, m[1], m[2], len(m[0]))
	}
	if m := leadingTime.FindStringSubmatch(front); m != nil {
		return newHead(timed, m[2], m[1], len(m[0]))
	}
	if len(line) > len(front) || blank(next) || aboveHead.MatchString(next) {
		return head{}, false
	}
	if m := aboveHead.FindStringSubmatch(line); m != nil {
		h, ok := newHead(above, strings.Trim(m[1], "[]"), m[3], len(m[0]))
		h.loose = m[2] == " "
		return h, ok
	}
	return head{}, false
}

// hasClock is a quick look for a digit on both sides of a colon.
func hasClock(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == ':' && isDigit(s[i-1]) && isDigit(s[i+1]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// colonHead takes what stands before the first colon, of either width. After a
// narrow one a space is usual.
func colonHead(line, front string) (head, bool) {
	i := strings.IndexByte(front, ':')
	length := i + len(":")
	if wide := strings.Index(front, wideColon); wide >= 0 && (i < 0 || wide < i) {
		i, length = wide, wide+len(wideColon)
	}
	h, ok := newHead(plain, front[:i], "", length)
	h.loose = ok && front[i] == ':' && length < len(line) && !strings.ContainsRune(blanks, rune(line[length]))
	return h, ok
}

// stackedHead reads a name on one line with the time alone on the next.
func stackedHead(line, next string) (head, bool) {
	if len(next) > 20 || len(line) > headLength || strings.Contains(line, ":") {
		return head{}, false
	}
	m := clockAlone.FindStringSubmatch(next)
	if m == nil {
		return head{}, false
	}
	return newHead(above, line, m[1], len(line)+len("\n")+len(next))
}

func newHead(s shape, label, at string, length int) (head, bool) {
	h := head{shape: s, label: cleanLabel(label), length: length}
	if at != "" {
		if h.at, h.hasTime = parseClock(at); !h.hasTime {
			return head{}, false
		}
	}
	return h, plausible(h.label)
}

// cleanLabel takes off white space and the invisible marks that turn the
// direction of writing, so that one name is one label.
func cleanLabel(label string) string {
	return strings.TrimFunc(label, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
}

// runeStart returns the last place not after n where a letter of s starts.
func runeStart(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// parseClock reads a clock; it is no time when its minutes or seconds run over
// sixty.
func parseClock(s string) (time.Duration, bool) {
	s = strings.ReplaceAll(s, ",", ".")
	whole, fraction, _ := strings.Cut(s, ".")
	parts := strings.Split(whole, ":")
	var d time.Duration
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || i > 0 && n >= 60 {
			return 0, false
		}
		d = d*60 + time.Duration(n)*time.Second
	}
	if fraction != "" {
		n, err := strconv.Atoi((fraction + "00")[:3])
		if err != nil {
			return 0, false
		}
		d += time.Duration(n) * time.Millisecond
	}
	return d, true
}
