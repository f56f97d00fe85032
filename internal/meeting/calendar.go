package meeting

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// An Entry is what a calendar file says of a meeting. Where, What and Note may be empty: a phone shows them to
// whoever picks it up, so nothing stands there that she did not ask for.
type Entry struct {
	ID      string
	Day     string // 2027-03-02
	Start   string // 10:30
	Minutes int    // 0 when that is not settled
	What    string
	Where   string
	Note    string
	Made    time.Time
}

// Calendar returns the entry as an iCalendar file (RFC 5545). Its time is the one on the wall, with no zone,
// which a phone shows as it is.
func (e Entry) Calendar() string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(fold(name + ":" + value))
		}
	}
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Calendar//EN")
	line("BEGIN", "VEVENT")
	line("UID", e.ID)
	line("DTSTAMP", e.Made.UTC().Format("20060102T150405Z"))
	line("DTSTART", strings.ReplaceAll(e.Day, "-", "")+"T"+strings.ReplaceAll(e.Start, ":", "")+"00")
	if e.Minutes > 0 {
		line("DURATION", fmt.Sprintf("PT%dM", e.Minutes))
	}
	line("SUMMARY", escape(e.What))
	line("LOCATION", escape(e.Where))
	line("DESCRIPTION", escape(e.Note))
	line("CLASS", "PRIVATE")
	line("END", "VEVENT")
	line("END", "VCALENDAR")
	return b.String()
}

// escape writes a text as RFC 5545 wants it (section 3.3.11).
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(text)
}

// fold breaks a line after at most 75 bytes, and never within a letter (section 3.1).
func fold(line string) string {
	var b strings.Builder
	n := 0
	for _, letter := range line {
		if size := utf8.RuneLen(letter); n+size > 75 {
			b.WriteString("\r\n ")
			n = 1 + size
		} else {
			n += size
		}
		b.WriteRune(letter)
	}
	return b.String() + "\r\n"
}
