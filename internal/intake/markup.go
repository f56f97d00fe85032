package intake

import (
	"regexp"
	"strings"
)

// The markup of captions: the tags WebVTT defines
// (https://www.w3.org/TR/webvtt1/#webvtt-cue-components), the HTML that SubRip
// files borrow, times inside a cue, and SubRip's positions ("{\an8}"). Other
// words in angle brackets, such as <laugh>, are what somebody wrote, and stay.
var (
	captionTag = regexp.MustCompile(`<(/?)(v|c|i|b|u|s|font|ruby|rt|lang)((?:\.[^<>\s]*)?)(?:[ \t\n]+([^<>]*))?>|<` + clock + `>`)
	position   = regexp.MustCompile(`\{\\a[n]?\d{1,2}\}`)
	escapes    = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&nbsp;", "\u00A0", "&lrm;", "\u200E", "&rlm;", "\u200F")
)

// parts reads the markup of a cue's body and parts it by voice. It stops at
// more parts than a transcript may have turns.
func parts(body string, vtt bool) []part {
	read := func(s string) string { return s }
	if vtt {
		read = escapes.Replace
	} else if strings.Contains(body, `{\a`) {
		body = position.ReplaceAllString(body, "")
	}
	if !strings.Contains(body, "<") {
		return appendPart(nil, "", read(body))
	}
	var out []part
	var said strings.Builder
	voice := ""
	for len(out) <= MaxTurns {
		m := captionTag.FindStringSubmatchIndex(body)
		if m == nil {
			break
		}
		said.WriteString(read(body[:m[0]]))
		if m[4] >= 0 && body[m[4]:m[5]] == "v" {
			out = appendPart(out, voice, said.String())
			said.Reset()
			voice = ""
			if closing := m[2] < m[3]; !closing && m[8] >= 0 {
				voice = cleanLabel(strings.ReplaceAll(read(body[m[8]:m[9]]), "\n", " "))
			}
		}
		body = body[m[1]:]
	}
	said.WriteString(read(body))
	return appendPart(out, voice, said.String())
}
