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

// decideCaptions looks cues through and chooses how turns are made of them.
// Voice tags say who speaks; without any, the labels at the start of lines do,
// on the same evidence as in a text; without those, a name on the first line of
// every cue; else each cue is a turn.
func (f *File) decideCaptions() error {
	vtt, err := f.startsAsWebVTT()
	if err != nil {
		return err
	}
	cs := cues{ls: f.lines(), vtt: vtt}
	ev, names, voices := newEvidence(), firstNames{seen: map[string]bool{}}, false
	for cs.next() {
		for _, p := range cs.cue.parts {
			voices = voices || p.voice != ""
			ev.seePart(p)
			names.see(p)
		}
	}
	if cs.err != nil {
		return cs.err
	}
	if err := f.seen(cs.ls); err != nil {
		return err
	}
	if cs.skipped > 0 {
		f.found.warn(CaptionNotes, cs.skipped)
	}
	ev.decide()
	switch {
	case voices:
		f.cut = func(t *Transcript) error { return f.joinVoices(t, vtt, asTagged) }
	case ev.conversation():
		f.cut = func(t *Transcript) error { return f.joinVoices(t, vtt, (&labels{t: t, ev: ev}).part) }
	case names.all():
		f.cut = func(t *Transcript) error { return f.joinVoices(t, vtt, named) }
	default:
		f.found.warn(NoSpeakers, 0)
		f.cut = func(t *Transcript) error { return f.cutCues(t, vtt) }
	}
	return nil
}

// cutCues makes each cue a turn.
func (f *File) cutCues(t *Transcript, vtt bool) error {
	cs := cues{ls: f.lines(), vtt: vtt}
	for cs.next() {
		for _, p := range cs.cue.parts {
			if err := t.add(Turn{At: cs.cue.at, HasTime: cs.cue.hasTime, Text: p.text}); err != nil {
				return err
			}
		}
	}
	return cs.err
}

// joinVoices makes neighbouring parts of one voice one turn. voiced says whose
// voice the parts of a cue are.
func (f *File) joinVoices(t *Transcript, vtt bool, voiced func(cue) (cue, error)) error {
	cs, j := cues{ls: f.lines(), vtt: vtt}, joining{t: t}
	for cs.next() {
		c, err := voiced(cs.cue)
		if err == nil {
			err = j.add(c)
		}
		if err != nil {
			return err
		}
	}
	if cs.err != nil {
		return cs.err
	}
	return j.end()
}

// asTagged leaves a cue's parts to the voices that its tags name.
func asTagged(c cue) (cue, error) { return c, nil }

// joining is a turn that parts are put on until another voice speaks.
type joining struct {
	t      *Transcript
	turn   Turn
	said   []byte
	begun  bool
	silent int // line of the first part without a voice
}

func (j *joining) add(c cue) error {
	for _, p := range c.parts {
		if j.begun && p.voice == j.turn.Speaker {
			j.said = append(append(j.said, ' '), p.text...)
			continue
		}
		if j.begun {
			if err := j.flush(); err != nil {
				return err
			}
		}
		if p.voice == "" && j.silent == 0 {
			j.silent = c.line
		}
		j.turn, j.begun = Turn{Speaker: p.voice, At: c.at, HasTime: c.hasTime}, true
		j.said = append(j.said, p.text...)
	}
	return nil
}

func (j *joining) flush() error {
	j.turn.Text = string(j.said)
	j.said = j.said[:0]
	return j.t.add(j.turn)
}

func (j *joining) end() error {
	if j.silent > 0 {
		j.t.warn(NoVoice, j.silent)
	}
	return j.flush()
}

// cues walks a caption file cue by cue. A cue is what stands between one timing
// line and the next, less the line that names the next. So text after a blank
// line inside a cue stays with it, and text before the first timing is a cue
// without a time.
type cues struct {
	ls      *stream
	vtt     bool
	cue     cue // the current one
	err     error
	skipped int // line of the first cue with blocks that were left out

	begun, ended bool
	coming       cue // whose text is read next
	opening      bool
	all          int // cues and parts so far
}

func (cs *cues) next() bool {
	if cs.err != nil || cs.ended {
		return false
	}
	if !cs.begun {
		cs.begun, cs.opening, cs.coming = true, true, cue{line: 1}
	}
	cs.cue = cs.coming
	body := cs.body()
	if cs.err = cs.ls.err; cs.err == nil {
		cs.err = cs.finish(body)
	}
	return cs.err == nil
}

// body reads the current cue's text and the timing line after it.
func (cs *cues) body() string {
	var text []byte
	nameAt := -1 // where the next cue's name would stand in text
	for cs.ls.next() {
		if at, ok := timing(cs.ls.line); ok {
			if nameAt >= 0 {
				text = text[:nameAt]
			}
			cs.coming = cue{at: at, hasTime: true, line: cs.ls.n}
			cs.opening = false
			return string(text)
		}
		nameAt = -1
		if cs.opening && !blank(cs.ls.line) && (cs.vtt || isNumber(cs.ls.line)) {
			nameAt = len(text)
		}
		text = cs.ls.rest(text, 0)
		cs.opening = blank(cs.ls.line)
	}
	cs.ended = true
	return string(text)
}

// finish parts the current cue's text by voice.
func (cs *cues) finish(body string) error {
	skipped := false
	if cs.vtt {
		body, skipped = spoken(body)
	}
	if skipped && cs.skipped == 0 {
		cs.skipped = cs.cue.line
	}
	cs.cue.parts = parts(strings.Trim(body, blanks), cs.vtt)
	if cs.all += 1 + len(cs.cue.parts); cs.all > 2*MaxTurns || len(cs.cue.parts) > MaxTurns {
		return problemTooManyTurns()
	}
	return nil
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

// seePart counts the labels in a part of a cue, each part a paragraph.
func (ev *evidence) seePart(p part) {
	ls := lines{text: p.text}
	for opening := true; ls.next(); opening = false {
		ev.see(ls.line, ls.following(), opening)
	}
}

// labels parts cues at their labels. A cue without one goes on with the speaker
// before it.
type labels struct {
	t     *Transcript
	ev    *evidence
	voice string
	all   int
}

func (l *labels) part(c cue) (cue, error) {
	var out []part
	for _, p := range c.parts {
		out, l.voice = l.t.splitAtLabels(out, p.text, l.voice, c.line, l.ev)
	}
	c.parts = out
	if l.all += len(out); l.all > MaxTurns {
		return c, problemTooManyTurns()
	}
	return c, nil
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

// firstNames tells whether the first line of nearly every cue is a name with
// text below, as older Teams transcripts have it, and one of them comes again.
type firstNames struct {
	seen  map[string]bool
	parts int
	again bool
	other bool // a part that begins with no name
}

func (f *firstNames) see(p part) {
	if f.other {
		return
	}
	f.parts++
	name, rest, _ := strings.Cut(p.text, "\n")
	name = cleanLabel(name)
	if blank(rest) || !plausible(name) || !nameLike(name) || endsSentence(name) {
		f.other = true
		return
	}
	f.again = f.again || f.seen[name]
	if len(f.seen) < maxLabels {
		f.seen[name] = true
	}
}

func (f *firstNames) all() bool { return !f.other && (f.again || f.parts == 1) }

// named takes the first line of each part as its voice.
func named(c cue) (cue, error) {
	for i, p := range c.parts {
		name, rest, _ := strings.Cut(p.text, "\n")
		c.parts[i] = part{cleanLabel(name), strings.Trim(rest, blanks)}
	}
	return c, nil
}
