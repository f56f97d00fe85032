package intake

import "strings"

// cutTurns makes the second pass: each turn's text is the part of the document
// from its label to the next.
func (t *Transcript) cutTurns(text string, ev *evidence) error {
	ls := lines{text: text}
	turn, from, begun := Turn{}, 0, false
	opening, before := true, ""
	for ls.next() {
		if blank(ls.line) {
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
			if err := t.close(turn, text[from:ls.start], begun); err != nil {
				return err
			}
			turn, begun = Turn{Speaker: h.label, At: h.at, HasTime: h.hasTime}, true
			from = ls.start + h.length
		}
		opening, before = false, ls.line
	}
	return t.close(turn, text[from:], begun)
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

// cutParagraphs makes each paragraph a turn. Blank lines part them; in a Word
// file every paragraph mark does. A text file without blank lines is taken line
// by line when its lines are too long to have been wrapped by hand.
func (t *Transcript) cutParagraphs(text string) error {
	each := t.Format == Word || !hasBlankLine(text) && hasLongLine(text)
	ls := lines{text: text}
	from := 0
	for ls.next() {
		if each || blank(ls.line) {
			if err := t.addParagraph(text[from:ls.end]); err != nil {
				return err
			}
			from = ls.end
		}
	}
	return t.addParagraph(text[from:])
}

func (t *Transcript) addParagraph(text string) error {
	if t.Format == Word {
		text = strings.ReplaceAll(text, "\v", "\n")
	}
	return t.add(Turn{Text: text})
}

func hasBlankLine(text string) bool {
	ls := lines{text: strings.Trim(text, blanks)}
	for ls.next() {
		if blank(ls.line) {
			return true
		}
	}
	return false
}

// hasLongLine uses a width beyond which nobody wraps lines by hand.
func hasLongLine(text string) bool {
	const width = 120
	ls := lines{text: text}
	for ls.next() {
		if len(ls.line) > width {
			return true
		}
	}
	return false
}
