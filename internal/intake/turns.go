package intake

import "strings"

// cutTurns makes the second pass: each turn's text is the part of the document
// from its label to the next.
func (f *File) cutTurns(t *Transcript, ev *evidence) error {
	ls := f.lines()
	turn, from, begun := Turn{}, int64(0), false
	opening, before := true, ""
	var text []byte
	for ls.next() {
		if blank(ls.line) {
			text = ls.rest(text, from)
			opening, before = true, ""
			continue
		}
		v := speech
		var h head
		if ls.start >= ev.bodyStart && ls.start >= from {
			var ok bool
			if h, ok = findHead(ls.line, ls.following()); ok {
				v = ev.judge(h, before, opening, begun)
			}
		}
		t.warnOf(v, ls.n)
		if v == starts || v == once {
			if err := t.close(turn, string(text), begun); err != nil {
				return err
			}
			turn, begun = Turn{Speaker: h.label, At: h.at, HasTime: h.hasTime}, true
			from, text = ls.start+int64(h.length), text[:0]
		}
		text = ls.rest(text, from)
		opening, before = false, ls.line
	}
	if ls.err != nil {
		return ls.err
	}
	return t.close(turn, string(text), begun)
}

// warnOf warns of a verdict that a person should look at.
func (t *Transcript) warnOf(v verdict, line int) {
	switch v {
	case doubted:
		t.warn(NotASpeaker, line)
	case once:
		t.warn(SpokeOnce, line)
	}
}

// close ends a turn with its text; before the first speaker it has none.
func (t *Transcript) close(turn Turn, text string, begun bool) error {
	if !begun && !blank(text) {
		t.warn(BeforeSpeakers, 1)
	}
	turn.Text = text
	return t.add(turn)
}

// cutParagraphs makes each paragraph a turn. Blank lines part them, or each
// line is one: in a Word file every paragraph mark parts, and a text file
// without blank lines is taken line by line when its lines are too long to have
// been wrapped by hand.
func (f *File) cutParagraphs(t *Transcript, each bool) error {
	ls := newStream(f.text(false))
	var text []byte
	paragraph := func() error {
		turn := Turn{Text: string(text)}
		if text = text[:0]; f.word {
			turn.Text = strings.ReplaceAll(turn.Text, "\v", "\n")
		}
		return t.add(turn)
	}
	for ls.next() {
		text = ls.rest(text, 0)
		if each || blank(ls.line) {
			if err := paragraph(); err != nil {
				return err
			}
		}
	}
	if ls.err != nil {
		return ls.err
	}
	return paragraph()
}

// layout is what the lines of a text look like.
type layout struct {
	blankInside bool // a blank line between others
	long        bool // a line beyond the width at which people wrap by hand

	text, gap bool // something was seen; a blank line was seen since
}

const byHand = 120 // bytes of a line beyond which nobody wraps lines by hand

func (l *layout) see(line string) {
	l.long = l.long || len(line) > byHand
	if blank(line) {
		l.gap = l.text
		return
	}
	l.blankInside = l.blankInside || l.gap
	l.text = true
}
