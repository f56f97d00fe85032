package coding

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/web"
	"footing/internal/web/look"
)

// A view turns an open document into what stands on a page.
type view struct {
	*document
	q      *web.Request
	byTurn map[consent.ID][]Coding // what stands, in order of making
	who    map[consent.ID]string   // speaker → what she is called here
	asks   map[consent.ID]bool
	ticked []string // numbers of turns that come back ticked
}

func newView(q *web.Request, d *document) *view {
	v := &view{document: d, q: q, byTurn: map[consent.ID][]Coding{}}
	v.who, v.asks = voices(q.Words, d.words, d.names)
	for _, c := range d.standing() {
		last := consent.ID("")
		for _, p := range c.Parts {
			if p.Turn != last {
				v.byTurn[p.Turn] = append(v.byTurn[p.Turn], c)
			}
			last = p.Turn
		}
	}
	return v
}

// voices says what each speaker is called on a desk: a number, unless she chose to be named (names are
// masked by default), and whether she asks the questions.
func voices(words Headings, c consent.Contribution, names map[person.ID]string) (who map[consent.ID]string, asks map[consent.ID]bool) {
	who, asks = map[consent.ID]string{}, map[consent.ID]bool{}
	n := 0
	for _, s := range c.Speakers {
		if s.Role == consent.Interviewer {
			who[s.ID], asks[s.ID] = words.T("coding.asks"), true
			continue
		}
		n++
		who[s.ID] = cmp.Or(s.Called(names).Reveal(), words.T("coding.speaker", "n", n))
	}
	return who, asks
}

// path returns the address of the document, or of a turn of it.
func (v *view) path() string { return indexPath(v.study.ID, v.source.ID) }

func indexPath(study string, source consent.ID) string {
	return "/index/" + study + "/" + string(source)
}

func turnID(n int) string { return "t" + strconv.Itoa(n) }

// turns returns what the page shows of all turns.
func (v *view) turns() []turnView {
	list := make([]turnView, len(v.words.Turns))
	for i := range list {
		list[i] = v.turn(i)
	}
	return list
}

// turn returns what the page shows of one turn.
func (v *view) turn(i int) turnView {
	t, q := v.words.Turns[i], v.q
	n := strconv.Itoa(t.Seq)
	view := turnView{Turn: look.Turn{ID: turnID(t.Seq), N: t.Seq, Speaker: v.who[t.Speaker], Time: clock(t.At), Asks: v.asks[t.Speaker]}}
	if !t.Open {
		view.Closed = q.Words.T("coding.closed")
		return view
	}
	view.Tick, view.Ticked, view.Runs = "turn", slices.Contains(v.ticked, n), v.runs(i)
	if len(t.Masked) > 0 {
		view.Kept = q.Words.T("coding.kept")
	}
	for _, c := range v.byTurn[t.ID] {
		view.Chips = append(view.Chips, v.chip(c))
	}
	view.ChipsLabel = q.Words.T("coding.chips", "n", n)
	view.Words = look.Link{Href: v.path() + "/" + n, Text: q.Words.T("coding.choose"), About: q.Words.T("coding.choose_about", "n", n)}
	return view
}

// runs cuts a turn's words where its marks begin and end.
func (v *view) runs(i int) []look.Run {
	t, text := v.words.Turns[i], v.measured(i)
	var marks []Mark
	for _, c := range v.byTurn[t.ID] {
		theme, _ := v.frame.Theme(c.Theme)
		for _, p := range c.Parts {
			if p.Turn == t.ID {
				marks = append(marks, Mark{p.Span, theme.Hue})
			}
		}
	}
	flat := Flatten(text.len(), marks)
	runs := make([]look.Run, len(flat))
	for j, r := range flat {
		runs[j] = look.Run{Text: text.cut(r.Span), Themes: r.Themes}
	}
	return runs
}

// chip names a coding under its turn. Only its maker removes it here; anybody else goes to the page that
// says whose it is.
func (v *view) chip(c Coding) look.Chip {
	t, _ := v.frame.Theme(c.Theme)
	chip := look.Chip{Text: t.Name, Theme: t.Hue}
	if c.By == v.q.Viewer.ID {
		chip.Remove = look.Button{Text: v.q.Words.T("coding.remove"), About: t.Name, Name: "remove", Value: short(c.ID)}
	}
	return chip
}

// shortID is how many letters of a coding's id its remove button carries, so that a page with hundreds of
// buttons stays light. They are 30 random bits, among one person's codings of one source; should two ever
// begin alike, neither goes by its button, and both by the page of their turn, which has whole ids.
const shortID = 6

func short(id string) string { return id[:min(shortID, len(id))] }

// clock says a place in a recording, nothing when it is not known.
func clock(at time.Duration) string {
	if at <= 0 {
		return ""
	}
	s := int(at / time.Second)
	two := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	return strconv.Itoa(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
}

// title returns what a source is called here: its keeper's title, or its kind.
func title(words Headings, kind consent.Kind, given string) string {
	if given != "" {
		return given
	}
	return words.T("coding.kind_" + string(kind))
}
