package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// evidence is what a first pass over a whole document says about its labels.
//
// The rule, from strong to weak:
//
//   - A name with a time in brackets, or above its text with a time, is a
//     speaker when it is written as names are (nameLike) or comes twice.
//   - Before a colon, headings and introductions ("Date", "Note") are none.
//   - A bold label is a speaker when it is nameLike and bold labels make a
//     conversation: one comes twice, or they open half of the paragraphs.
//   - A plain label is a speaker when it is nameLike and comes twice, and plain
//     labels make a conversation: two of them come twice, one is a role
//     ("Interviewer"), or they open half of the paragraphs. Where a stronger shape is the
//     document's habit, plain colons make no speakers of their own.
//   - In a conversation of plain labels, a nameLike label that comes once is a
//     speaker with a warning when it opens a paragraph after the first speaker,
//     is no introduction and has no comma.
//   - Labels not written as names ("maya's phone") count where such labels come
//     three times and half of the paragraphs begin with one.
//   - A speaker once known is known in every shape.
//
// A plain label starts a turn at the start of a paragraph. Inside a paragraph
// it does when labels stand inside paragraphs throughout the document, or when
// the line before has ended its sentence: a wrapped line may begin with a name
// and a colon by chance.
type evidence struct {
	tallies    map[string]*tally
	order      []string
	paragraphs int   // opened after a blank line
	lines      int   // with something on them
	bodyStart  int64 // bytes; what is before is the sheet at the head

	speakers  map[string]bool
	plainTalk bool // plain labels make a conversation
	dense     bool // plain labels stand inside paragraphs throughout
}

// tally counts one label.
type tally struct {
	label   string
	count   [shapes]int
	loose   [shapes]int // of count, those with less than the usual marks
	opening int         // plain, at the start of a paragraph
}

// maxLabels bounds the memory a hostile file can ask for: different labels
// after this many are not counted.
const maxLabels = 10_000

// weigh makes the first pass over a text and decides who speaks.
func (f *File) weigh() (*evidence, layout, error) {
	var of layout
	ev := newEvidence()
	var err error
	if ev.bodyStart, err = sheetEnd(f.lines()); err != nil {
		return nil, of, err
	}
	ls := f.lines()
	opening := true
	for ls.next() {
		of.see(ls.line)
		if ls.start < ev.bodyStart {
			continue
		}
		if blank(ls.line) {
			opening = true
			continue
		}
		ev.see(ls.line, ls.following(), opening)
		opening = false
	}
	ev.decide()
	return ev, of, f.seen(ls)
}

func newEvidence() *evidence { return &evidence{tallies: map[string]*tally{}} }

// see counts one line that is not blank.
func (ev *evidence) see(line, next string, opening bool) {
	ev.lines++
	if opening {
		ev.paragraphs++
	}
	h, ok := findHead(line, next)
	if !ok {
		return
	}
	t := ev.tallies[h.label]
	if t == nil {
		if len(ev.tallies) >= maxLabels {
			return
		}
		t = &tally{label: strings.Clone(h.label)}
		ev.tallies[t.label] = t
		ev.order = append(ev.order, t.label)
	}
	t.count[h.shape]++
	if h.loose {
		t.loose[h.shape]++
	}
	if h.shape == plain && opening {
		t.opening++
	}
}

// decide settles who the speakers are.
func (ev *evidence) decide() {
	ev.speakers = map[string]bool{}
	strong := 0
	for _, l := range ev.order {
		t := ev.tallies[l]
		usual := t.count[timed] + t.count[above] - t.loose[above]
		again := t.count[timed]+t.count[above] > 1
		if usual > 0 && nameLike(l) || again && (nameLike(l) || usual > 0) {
			ev.speakers[l] = true
			strong += t.count[timed] + t.count[above]
		}
	}
	strong += ev.decideBold()
	ev.decidePlain(strong)
}

// decideBold returns how many turns it found.
func (ev *evidence) decideBold() int {
	found, recurs := 0, false
	var names []string
	for _, l := range ev.order {
		if n := ev.tallies[l].count[bold]; n > 0 && nameLike(l) && !isIntroduction(l) {
			names = append(names, l)
			found += n
			recurs = recurs || n > 1
		}
	}
	if !recurs && (len(names) < 2 || 2*found < ev.paragraphs) {
		return 0
	}
	for _, l := range names {
		ev.speakers[l] = true
	}
	return found
}

// decidePlain weighs the plain labels against the turns of stronger shapes.
func (ev *evidence) decidePlain(strong int) {
	var named, habitual []*tally
	turns, opening, habits, again, role := 0, 0, 0, 0, false
	for _, l := range ev.order {
		t := ev.tallies[l]
		n := t.count[plain] - t.loose[plain]
		if n == 0 || isIntroduction(l) {
			continue
		}
		if n > 2 {
			habitual = append(habitual, t)
			habits += n
		}
		if !nameLike(l) {
			continue
		}
		named = append(named, t)
		turns += n
		opening += t.opening
		role = role || isRole(l)
		if n > 1 {
			again++
		}
	}
	ev.dense = 2*opening < turns
	units := ev.paragraphs
	if ev.dense {
		units = ev.lines
	}
	half := turns > 1 && 2*turns >= units
	ev.plainTalk = turns > strong && (again > 1 || role && turns > 1 || half)
	if ev.plainTalk {
		for _, t := range named {
			if t.count[plain]-t.loose[plain] > 1 || isRole(t.label) || half && again == 0 {
				ev.speakers[t.label] = true
			}
		}
	}
	if habits > strong && len(habitual) > 1 && 2*habits >= ev.paragraphs {
		for _, t := range habitual {
			ev.speakers[t.label] = true
		}
	}
}

// conversation reports whether anybody was found to speak.
func (ev *evidence) conversation() bool { return len(ev.speakers) > 0 }

// verdict is what a line turned out to be.
type verdict int

const (
	speech  verdict = iota // goes on with the turn before it
	starts                 // starts a turn
	once                   // starts a turn, of a label that comes only once
	doubted                // begins like a turn but was taken as speech
)

// judge decides about one line of the second pass. before is the line above it
// and begun says whether a speaker has been found already.
func (ev *evidence) judge(h head, before string, opening, begun bool) verdict {
	known := ev.speakers[h.label]
	if known && (h.shape != plain || opening || ev.dense || endsSentence(before)) {
		if t := ev.tallies[h.label]; t != nil && ev.total(t) == 1 {
			return once
		}
		return starts
	}
	if known {
		return doubted
	}
	if h.shape == bold && begun && nameLike(h.label) {
		return doubted
	}
	if h.shape != plain || h.loose || !ev.plainTalk || !begun || !opening && !ev.dense || !nameLike(h.label) {
		return speech
	}
	if isIntroduction(h.label) || strings.Contains(h.label, ",") {
		return doubted
	}
	return once
}

func (ev *evidence) total(t *tally) int {
	n := 0
	for _, c := range t.count {
		n += c
	}
	return n
}

// endsSentence reports whether a line ends as a sentence or a remark does.
func endsSentence(line string) bool {
	line = strings.TrimRightFunc(line, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Pe, r) || unicode.Is(unicode.Pf, r) || strings.ContainsRune("\"'*_", r)
	})
	r, _ := utf8.DecodeLastRuneInString(line)
	return line == "" || strings.ContainsRune(".?!…:-–—。!?؟۔।", r)
}

// sheetLines is how far down a sheet at the head may reach.
const sheetLines = 20

// sheetEnd returns where the sheet at the head of a transcript ends: through
// the paragraph of the last heading ("Date: 3 May") among the first short
// lines, as long as no other label has come twice, for then the talk has begun.
// It is zero when there is no sheet.
func sheetEnd(ls *stream) (end int64, err error) {
	open := false
	seen := map[string]bool{}
	for n := 0; n < sheetLines && ls.next(); {
		if blank(ls.line) {
			open = false
			continue
		}
		n++
		if len(ls.line) > headLength {
			break
		}
		h, ok := findHead(ls.line, "")
		heading := ok && (h.shape == plain || h.shape == bold) && isHeading(h.label)
		if ok && !heading && seen[h.label] {
			break
		}
		seen[h.label] = true
		if heading || open {
			end, open = ls.end, true
		}
	}
	return end, ls.err
}
