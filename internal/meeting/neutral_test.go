package meeting

import (
	"strings"
	"testing"
	"time"
)

func TestWithout_NoNameIsLeft(t *testing.T) {
	people, titles := []string{"Jo Tarrant", "Kez", "Dr Niamh Corrie", ""}, []string{"The Green Kettle", "Quince Lane Notes", ""}
	for text, want := range map[string]string{
		"Kez and Jo Tarrant meet JO.":           "… and … meet ….",
		"kez’s idea, at the green kettle.":      "…’s idea, at ….",
		"Ask Niamh, or the Green Kettle.":       "Ask …, or ….",
		"Fill the green kettle, or the kettle.": "Fill …, or the kettle.",
		"A green kettle of Quince lane notes":   "A … of …",
		"Jokes and kezia stay.":                 "Jokes and kezia stay.",
		"Nothing here.":                         "Nothing here.",
	} {
		if got := without(text, people, titles); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestCalendar_SaysADayAndAnHourAndNoMore(t *testing.T) {
	e := Entry{ID: "abc", Day: "2027-03-02", Start: "10:30", Minutes: 90, What: "Appointment", Made: time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)}
	want := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Calendar//EN\r\nBEGIN:VEVENT\r\nUID:abc\r\nDTSTAMP:20270201T090000Z\r\nDTSTART:20270302T103000\r\nDURATION:PT90M\r\nSUMMARY:Appointment\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	if got := e.Calendar(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	e.Minutes, e.Where = 0, "Lane Street 4; the side door, please\n"+strings.Repeat("ŵ", 60)
	got := e.Calendar()
	if strings.Contains(got, "DURATION") || !strings.Contains(got, `LOCATION:Lane Street 4\; the side door\, please\n`) {
		t.Errorf("got\n%s", got)
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line has %d bytes: %s", len(line), line)
		}
	}
	if unfolded := strings.ReplaceAll(got, "\r\n ", ""); !strings.Contains(unfolded, strings.Repeat("ŵ", 60)) {
		t.Error("a letter was broken")
	}
}
