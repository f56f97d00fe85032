package intake

import (
	"regexp"
	"strings"
	"time"
)

// cue is one caption: when it shows and what is said in it.
type cue struct {
	at      time.Duration
	hasTime bool
	parts   []part
	line    int // of its timing, in the file
}

// part is what one voice says in a cue.
type part struct {
	voice string
	text  string
}

var timingLine = regexp.MustCompile(`^[ \t]*(` + clock + `)[ \t]*-->[ \t]*` + clock + `(?:[ \t].*)?$`)

// timing reads the line of a cue that says when it starts and ends.
func timing(line string) (time.Duration, bool) {
	if !strings.Contains(line, "-->") {
		return 0, false
	}
	m := timingLine.FindStringSubmatch(line)
	if m == nil {
		return 0, false
	}
	return parseClock(m[1])
}

// cutCaptions makes turns of cues. Voice tags say who speaks; without any, the
// labels at the start of lines do, on the same evidence as in a text; without
// those, a name on the first line of every cue; else each cue is a turn.
func (t *Transcript) cutCaptions(text string) error {
	cues, err := t.readCues(text)
	if err != nil {
		return err
	}
	for _, c := range cues {
		for _, p := range c.parts {
			if p.voice != "" {
				return t.joinVoices(cues)
			}
		}
	}
	ev := weighCues(cues)
	if ev.conversation() {
		if cues, err = t.labelled(cues, ev); err != nil {
			return err
		}
		return t.joinVoices(cues)
	}
	if nameFirst(cues) {
		return t.joinVoices(named(cues))
	}
	t.warn(NoSpeakers, 0)
	for _, c := range cues {
		for _, p := range c.parts {
			if err := t.add(Turn{At: c.at, HasTime: c.hasTime, Text: p.text}); err != nil {
				return err
			}
		}
	}
	return nil
}

// joinVoices makes neighbouring parts of one voice one turn.
func (t *Transcript) joinVoices(cues []cue) error {
	var turn Turn
	var said strings.Builder
	silent := 0
	flush := func() error {
		turn.Text = said.String()
		said.Reset()
		return t.add(turn)
	}
	begun := false
	for _, c := range cues {
		for _, p := range c.parts {
			if begun && p.voice == turn.Speaker {
				said.WriteByte(' ')
				said.WriteString(p.text)
				continue
			}
			if begun {
				if err := flush(); err != nil {
					return err
				}
			}
			if p.voice == "" && silent == 0 {
				silent = c.line
			}
			turn, begun = Turn{Speaker: p.voice, At: c.at, HasTime: c.hasTime}, true
			said.WriteString(p.text)
		}
	}
	if silent > 0 {
		t.warn(NoVoice, silent)
	}
	return flush()
}

// readCues finds the cues: what stands between one timing line and the next,
// less the line that names the next. So text after a blank line inside a cue
// stays with it, and text before the first timing is a cue without a time.
func (t *Transcript) readCues(text string) ([]cue, error) {
	vtt := startsAsWebVTT(text)
	cues := []cue{{line: 1}}
	from := 0
	all := 0
	finish := func(to int) error {
		body, skipped := text[from:to], false
		if vtt {
			body, skipped = spoken(body)
		}
		last := &cues[len(cues)-1]
		if skipped {
			t.warnOnce(CaptionNotes, last.line)
		}
		last.parts = parts(strings.Trim(body, blanks), vtt)
		if all += 1 + len(last.parts); all > 2*MaxTurns || len(last.parts) > MaxTurns {
			return problemTooManyTurns()
		}
		return nil
	}
	ls := lines{text: text}
	opening, nameAt := true, -1 // whether a block opens here; where a cue's name would stand
	for ls.next() {
		if at, ok := timing(ls.line); ok {
			to := ls.start
			if nameAt >= 0 {
				to = nameAt
			}
			if err := finish(to); err != nil {
				return nil, err
			}
			cues = append(cues, cue{at: at, hasTime: true, line: ls.n})
			from = ls.end
		}
		nameAt = -1
		if opening && !blank(ls.line) && (vtt || isNumber(ls.line)) {
			nameAt = ls.start
		}
		opening = blank(ls.line)
	}
	return cues, finish(len(text))
}

func isNumber(line string) bool {
	line = strings.Trim(line, blanks)
	return line != "" && strings.Trim(line, "0123456789") == ""
}

// spoken leaves out the header and the NOTE, STYLE and REGION blocks of WebVTT
// (https://www.w3.org/TR/webvtt1/#file-structure) and reports whether there
// were blocks other than the header.
func spoken(body string) (kept string, skipped bool) {
	if !strings.Contains(body, "WEBVTT") && !strings.Contains(body, "NOTE") && !strings.Contains(body, "STYLE") && !strings.Contains(body, "REGION") {
		return body, false
	}
	var b strings.Builder
	ls := lines{text: body}
	skipping, opening := false, true
	for ls.next() {
		word, _, _ := strings.Cut(strings.TrimRight(ls.line, blanks), " ")
		word, _, _ = strings.Cut(word, "\t")
		switch {
		case blank(ls.line):
			skipping = false
		case opening && word == "WEBVTT":
			skipping = true
		case opening && ls.n > 1 && (word == "NOTE" || word == "STYLE" || word == "REGION"):
			skipping, skipped = true, true
		}
		if !skipping {
			b.WriteString(ls.line)
			b.WriteByte('\n')
		}
		opening = blank(ls.line)
	}
	return b.String(), skipped
}

// weighCues gathers the evidence of the labels in cues, each cue a paragraph.
func weighCues(cues []cue) *evidence {
	ev := newEvidence()
	for _, c := range cues {
		for _, p := range c.parts {
			ls := lines{text: p.text}
			for opening := true; ls.next(); opening = false {
				ev.see(ls.line, ls.following(), opening)
			}
		}
	}
	ev.decide()
	return ev
}

// labelled parts the cues at their labels. A cue without one goes on with the
// speaker before it.
func (t *Transcript) labelled(cues []cue, ev *evidence) ([]cue, error) {
	voice, all := "", 0
	for i := range cues {
		var out []part
		for _, p := range cues[i].parts {
			out, voice = t.splitAtLabels(out, p.text, voice, cues[i].line, ev)
		}
		cues[i].parts = out
		if all += len(out); all > MaxTurns {
			return nil, problemTooManyTurns()
		}
	}
	return cues, nil
}

// splitAtLabels appends the parts of one cue's text to out and returns who
// speaks at its end. It stops like parts does.
func (t *Transcript) splitAtLabels(out []part, text, voice string, at int, ev *evidence) ([]part, string) {
	ls := lines{text: text}
	from, before := 0, ""
	for opening := true; ls.next() && len(out) <= MaxTurns; opening = false {
		v := speech
		h, ok := findHead(ls.line, ls.following())
		if ok && ls.start >= from {
			v = ev.judge(h, before, opening, voice != "")
		}
		t.warnOf(v, at)
		if v == starts || v == once {
			out = appendPart(out, voice, text[from:ls.start])
			voice, from = h.label, min(ls.start+h.length, len(text))
		}
		before = ls.line
	}
	return appendPart(out, voice, text[from:]), voice
}

func appendPart(out []part, voice, text string) []part {
	if text = strings.Trim(text, blanks); text == "" {
		return out
	}
	return append(out, part{voice, text})
}

// nameFirst reports whether the first line of nearly every cue is a name with
// text below, as older Teams transcripts have it, and one of them comes again.
func nameFirst(cues []cue) bool {
	seen, all, again := map[string]bool{}, 0, false
	for _, c := range cues {
		for _, p := range c.parts {
			all++
			name, rest, _ := strings.Cut(p.text, "\n")
			name = cleanLabel(name)
			if blank(rest) || !plausible(name) || !nameLike(name) || endsSentence(name) {
				return false
			}
			again = again || seen[name]
			seen[name] = true
		}
	}
	return again || all == 1
}

// named takes the first line of each cue as its voice.
func named(cues []cue) []cue {
	for i := range cues {
		for j, p := range cues[i].parts {
			name, rest, _ := strings.Cut(p.text, "\n")
			cues[i].parts[j] = part{cleanLabel(name), strings.Trim(rest, blanks)}
		}
	}
	return cues
}
