package source

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"footing/internal/circle"
	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// keeping is the use under which a keeper looks through a record. Everybody whose words it opens sees it
// among who has opened them.
var keeping = consent.Use{Purpose: consent.Keeping, Form: consent.Words}

// One page of a long transcript ends after so many turns or code points, so that it stays light.
const (
	pageTurns  = 120
	pageLength = 50_000
)

// markPage is a transcript with a box at each turn and the places already marked.
type markPage struct {
	Check  look.Check
	Title  look.Title
	Told   look.Note
	Action string
	Turns  []look.Turn
	Bar    look.Bar
	Pages  []look.Link
	Back   look.Link
}

// marking is what that page is made of.
type marking struct {
	kept
	c      consent.Contribution
	marks  []consent.Mention
	people []circle.Person
}

// marking opens a source that the viewer keeps, to mark it. The opening is recorded.
func (r *Room) marking(q *web.Request) (marking, error) {
	k, err := r.keeps(q)
	if err != nil {
		return marking{}, err
	}
	m := marking{kept: k}
	if m.c, err = r.gate.OpenOne(q.Context(), q.Viewer, keeping, consent.Reading, k.ID); err != nil {
		return m, err
	}
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		if m.marks, err = r.gate.Mentions(q.Context(), tx, q.Partnership(), k.ID); err != nil {
			return err
		}
		m.people, err = r.circle.List(q.Context(), tx, q.Partnership())
		return err
	})
	return m, err
}

func (r *Room) showMark(q *web.Request) (web.Answer, error) {
	m, err := r.marking(q)
	if isMissing(err) && m.ID != "" {
		return web.Go("/source/" + string(m.ID)), nil // everything in it is taken back: there is nothing to mark
	}
	if err != nil {
		return nil, err
	}
	return q.Show("mark", m.page(q, "")), nil
}

func (m marking) page(q *web.Request, problem string) markPage {
	t, path := q.Words.T, "/source/"+string(m.ID)
	from, _ := strconv.Atoi(q.Query("from"))
	begin, end := pageOf(m.c.Turns, from)
	p := markPage{
		Title:  look.Title{Text: t("source.mark_heading"), Lead: t("source.mark_lead")},
		Told:   look.Note{Text: t("source.mark_told")},
		Action: path + "/mark?from=" + strconv.Itoa(begin+1),
		Bar: look.Bar{Label: t("source.mark_bar"), Choose: m.peopleSelect(q),
			Do: []look.Button{{Text: t("source.mark_add")}}},
		Back: look.Link{Href: path, Text: t("source.mark_back")},
	}
	for _, turn := range m.c.Turns[begin:end] {
		p.Turns = append(p.Turns, m.turn(q, turn))
	}
	p.Pages = m.pages(q, path, begin)
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#about", Text: problem}}}
	}
	return p
}

// pageOf returns the turns of the page that holds turn number from, counted from 1.
func pageOf(turns []consent.Turn, from int) (begin, end int) {
	for begin < len(turns) {
		length := 0
		for end = begin; end < len(turns) && end-begin < pageTurns && (end == begin || length+turns[end].Length <= pageLength); end++ {
			length += turns[end].Length
		}
		if from <= end {
			return begin, end
		}
		if end == len(turns) {
			return begin, end
		}
		begin = end
	}
	return 0, 0
}

// pages links to the other pages of a long transcript.
func (m marking) pages(q *web.Request, path string, here int) []look.Link {
	var list []look.Link
	for begin := 0; begin < len(m.c.Turns); {
		b, end := pageOf(m.c.Turns, begin+1)
		list = append(list, look.Link{Href: fmt.Sprintf("%s/mark?from=%d", path, b+1), Text: q.Words.T("source.turns_to", "from", b+1, "to", end), Here: b == here})
		begin = end
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

// turn is one turn with the places in it that are marked.
func (m marking) turn(q *web.Request, turn consent.Turn) look.Turn {
	t := q.Words.T
	v := look.Turn{ID: "t" + strconv.Itoa(turn.Seq), N: turn.Seq, Speaker: m.speaker(q, turn.Speaker), Asks: m.asks(turn.Speaker)}
	if turn.At > 0 {
		v.Time = clock(turn.At)
	}
	if !turn.Open {
		v.Closed = t("source.turn_closed")
		return v
	}
	words := turn.Words.Reveal()
	v.Tick = "turn"
	v.Words = look.Link{Href: fmt.Sprintf("/source/%s/mark/%s", m.ID, turn.ID), Text: t("source.choose_sentences"), About: t("source.of_turn", "n", turn.Seq)}
	v.ChipsLabel = t("source.marks_of_turn", "n", turn.Seq)
	at := 0
	for _, mark := range m.marks {
		if mark.Turn != turn.ID {
			continue
		}
		v.Chips = append(v.Chips, look.Chip{Text: t("source.speaks_of", "name", m.names[mark.About]),
			Remove: look.Button{Text: t("source.unmark"), About: m.names[mark.About], Name: "id", Value: string(mark.ID), Action: "/source/" + string(m.ID) + "/unmark"}})
		if start := max(mark.Start, at); start < mark.End {
			v.Runs = append(v.Runs, look.Run{Text: cutout(words, consent.Span{Start: at, End: start})},
				look.Run{Text: cutout(words, consent.Span{Start: start, End: mark.End}), Themes: []int{0}})
			at = mark.End
		}
	}
	v.Runs = append(v.Runs, look.Run{Text: cutout(words, consent.Span{Start: at, End: max(at, turn.Length)})})
	return v
}

// clock writes a place in a recording: "01:02:03".
func clock(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
}

func (m marking) speaker(q *web.Request, id consent.ID) string {
	for i, s := range m.c.Speakers {
		if s.ID != id {
			continue
		}
		if label := s.Label.Reveal(); s.Open && label != "" {
			return label
		}
		if i < len(m.parts) {
			return partName(q, m.kept, i)
		}
	}
	return q.Words.T("source.no_label")
}

func (m marking) asks(id consent.ID) bool {
	return slices.ContainsFunc(m.parts, func(p Part) bool { return p.Speaker == id && p.Role == consent.Interviewer })
}

func (m marking) peopleSelect(q *web.Request) look.Select {
	s := look.Select{Name: "about", Label: q.Words.T("source.mark_who"), Options: []look.Option{{Label: q.Words.T("source.mark_choose")}}}
	s.Options = append(s.Options, circle.Options(m.people, "")...)
	return s
}

// markForm is what was ticked: turns by number, sentences by place.
type markForm struct {
	About string   `form:"about"`
	Turns []string `form:"turn"`
	Spans []string `form:"span"`
}

// mark marks whole turns as speaking of somebody.
func (r *Room) mark(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[markForm](q)
	if err != nil {
		return nil, err
	}
	m, err := r.marking(q)
	if err != nil {
		return nil, err
	}
	var marks []consent.Mention
	for _, turn := range m.c.Turns {
		if slices.Contains(f.Turns, strconv.Itoa(turn.Seq)) && turn.Open {
			marks = append(marks, consent.Mention{Turn: turn.ID, Span: consent.Span{End: turn.Length}})
		}
	}
	if !m.knows(f.About) || len(marks) == 0 {
		return q.Again("mark", m.page(q, q.Words.T("source.mark_needs"))), nil
	}
	err = r.save(q, m, person.ID(f.About), marks)
	return web.GoSaying(fmt.Sprintf("/source/%s/mark?from=%s#t%s", m.ID, f.Turns[0], f.Turns[0]), "source.marked_said"), err
}

func (m marking) knows(id string) bool {
	return circle.Among(m.people, person.ID(id))
}

// save records marks, leaving out those that are there already.
//
// In the record of a meeting that was watched, what speaks of a member who has not said yes to that is closed.
func (r *Room) save(q *web.Request, m marking, about person.ID, marks []consent.Mention) error {
	met, _, err := r.met(q.Context(), q.Viewer, m.ID, about)
	if err != nil {
		return err
	}
	own := consent.Answer("")
	if met.ID != "" && met.refused(m.Study)(about) {
		own = consent.AnswerNo
	}
	return r.db.Write(q.Context(), func(tx *store.Tx) error {
		if met.ID != "" {
			if err := met.Still(q.Context(), tx); err != nil {
				return err
			}
		}
		for _, mark := range marks {
			mark.Contribution, mark.About, mark.By, mark.Own = m.ID, about, q.Viewer.ID, own
			if slices.ContainsFunc(m.marks, func(old consent.Mention) bool {
				return old.Turn == mark.Turn && old.Span == mark.Span && old.About == about
			}) {
				continue
			}
			if err := r.gate.Mark(q.Context(), tx, q.Partnership(), mark); err != nil {
				return err
			}
		}
		return nil
	})
}

type unmarkForm struct {
	ID string `form:"id"`
}

// unmark takes a mark away again.
func (r *Room) unmark(q *web.Request) (web.Answer, error) {
	f, err := web.Parse[unmarkForm](q)
	if err != nil {
		return nil, err
	}
	k, err := r.keeps(q)
	if err != nil {
		return nil, err
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.gate.Unmark(q.Context(), tx, q.Partnership(), k.ID, consent.ID(f.ID))
	})
	return web.GoSaying("/source/"+string(k.ID)+"/mark", "source.unmarked_said"), err
}

// turnOf returns the turn of a request, if it is open.
func (m marking) turnOf(q *web.Request) (consent.Turn, error) {
	i := slices.IndexFunc(m.c.Turns, func(t consent.Turn) bool { return string(t.ID) == q.Path("turn") && t.Open })
	if i < 0 {
		return consent.Turn{}, fault.Missing
	}
	return m.c.Turns[i], nil
}
