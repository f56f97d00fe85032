package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Lost is a part of an indexed passage whose place was lost when the typing of its turn was put right.
// Until it is placed anew it covers the whole turn.
type Lost struct {
	ID         string // its own, for Settle
	Turn       consent.ID
	Theme, By  string       // the theme's name, and who indexed it
	Correction consent.ID   // in the text before which
	Was        consent.Span // it stood here
}

// The faults of placing one.
var (
	errNotThere = fault.New(fault.Invalid, "source.lost_not_there")
	errTwice    = fault.New(fault.Invalid, "source.lost_twice")
)

// Find returns where words stand in a text, in code points. It fails when they are not there, or more than
// once.
func Find(text, words string) (consent.Span, error) {
	words = strings.TrimSpace(words)
	i := strings.Index(text, words)
	switch {
	case words == "" || i < 0:
		return consent.Span{}, errNotThere
	case strings.Contains(text[i+1:], words):
		return consent.Span{}, errTwice
	}
	start := utf8.RuneCountInString(text[:i])
	return consent.Span{Start: start, End: start + utf8.RuneCountInString(words)}, nil
}

// lostView is one of them on the page of its turn.
type lostView struct {
	Theme  string
	By     string
	Was    string // the old words, empty when they are gone
	Gone   string // said instead of them
	Action string
	ID     string
	Words  look.Field
	Acts   []look.Button
}

// lostIn lists the passages of a turn that lost their place.
func (r *Room) lostIn(q *web.Request, contribution, turn consent.ID) ([]Lost, error) {
	all, err := r.allLost(q, contribution)
	return slices.DeleteFunc(all, func(l Lost) bool { return l.Turn != turn }), err
}

func (r *Room) allLost(q *web.Request, contribution consent.ID) (all []Lost, err error) {
	if r.lost == nil {
		return nil, nil
	}
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		all, err = r.lost(q.Context(), tx, q.Partnership(), contribution)
		return err
	})
	return all, err
}

// lostViews shows them with the words they stood on, which only the gate knows. typed is what was typed
// for the one with that id, with what stands against it.
func (r *Room) lostViews(q *web.Request, m marking, turn consent.Turn, typed placeForm, problem string) ([]lostView, error) {
	list, err := r.lostIn(q, m.ID, turn.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	before, err := r.gate.Before(q.Context(), q.Viewer, m.ID, turn.ID)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	views := make([]lostView, len(list))
	for i, l := range list {
		was := cutout(before[l.Correction].Reveal(), l.Was)
		v := lostView{Theme: l.Theme, By: t("source.lost_by", "name", l.By), Was: was, ID: l.ID, Action: fmt.Sprintf("/source/%s/mend/%s/place", m.ID, turn.ID),
			Words: look.Field{Name: "words", ID: fmt.Sprintf("words-%d", i), Label: t("source.lost_words"), Hint: t("source.lost_words_hint"), Value: was, Rows: 2},
			Acts: []look.Button{{Text: t("source.lost_here"), About: l.Theme},
				{Text: t("source.lost_drop"), About: l.Theme, Look: look.Second, Name: "drop", Value: "1"}}}
		if was == "" {
			v.Gone = t("source.lost_gone")
		}
		if typed.ID == l.ID {
			v.Words.Value, v.Words.Problem = typed.Words, problem
		}
		views[i] = v
	}
	return views, nil
}

type placeForm struct {
	ID    string `form:"id"`
	Words string `form:"words" max:"20000"`
	Drop  bool   `form:"drop"`
}

// place puts a lost passage where its words stand now, or takes it out of the index.
func (r *Room) place(q *web.Request) (web.Answer, error) {
	m, turn, err := r.markingTurn(q)
	if err != nil {
		return nil, err
	}
	f, err := web.Parse[placeForm](q)
	if err != nil {
		return nil, err
	}
	list, err := r.lostIn(q, m.ID, turn.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(list, func(l Lost) bool { return l.ID == f.ID }) {
		return nil, fault.Missing
	}
	var at consent.Span
	said := "source.lost_dropped"
	if !f.Drop {
		said = "source.lost_placed"
		if at, err = Find(turn.Words.Reveal(), f.Words); err != nil {
			p, other := r.mendPage(q, m, turn, turn.Words.Reveal(), "", f, say(q, err))
			return q.Again("mend", p), other
		}
	}
	if err := r.settle(q.Context(), q.Viewer, m.ID, f.ID, at); err != nil {
		return nil, err
	}
	next := m.atTurn(turn)
	if len(list) > 1 {
		next = fmt.Sprintf("/source/%s/mend/%s", m.ID, turn.ID)
	}
	return web.GoSaying(next, said), nil
}

// lostNote tells the keeper on the source's own page that something waits to be placed.
func (r *Room) lostNote(q *web.Request, contribution consent.ID) (look.Note, error) {
	all, err := r.allLost(q, contribution)
	if err != nil || len(all) == 0 {
		return look.Note{}, err
	}
	t := q.Words.T
	n := look.Note{Title: t("source.lost_title", "count", len(all)), Text: t("source.lost_text")}
	var turns []consent.ID
	for _, l := range all {
		if !slices.Contains(turns, l.Turn) {
			turns = append(turns, l.Turn)
			n.Links = append(n.Links, look.Link{Href: fmt.Sprintf("/source/%s/mend/%s", contribution, l.Turn), Text: t("source.lost_link", "n", len(turns))})
		}
	}
	return n, nil
}
