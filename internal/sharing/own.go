package sharing

import (
	"context"
	"slices"
	"time"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// mine is one thing she shared, opened for herself: her own reading is not recorded.
type mine struct {
	c       consent.Contribution
	speaker consent.Speaker
	taken   []consent.Withdrawal
	voice   []consent.Recording // hers
}

// hers opens something of the viewer's own. Somebody else's does not exist here.
func (r *Room) hers(ctx context.Context, q *web.Request, id consent.ID) (mine, error) {
	var m mine
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		own, err := r.gate.Mine(ctx, tx, q.Viewer)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(own, func(h consent.Heading) bool { return h.ID == id }) {
			return fault.Missing
		}
		if m.voice, err = r.gate.Recordings(ctx, tx, q.Viewer, toHear, id); err != nil {
			return err
		}
		m.voice = slices.DeleteFunc(m.voice, func(rec consent.Recording) bool { return !rec.Own })
		m.taken, err = r.gate.Taken(ctx, tx, q.Partnership(), id)
		return err
	})
	if err != nil {
		return m, err
	}
	m.c, err = r.gate.OpenOwn(ctx, q.Viewer, id)
	if err != nil {
		return m, err
	}
	for _, s := range m.c.Speakers {
		if s.Person == q.Viewer.ID {
			m.speaker = s
		}
	}
	m.taken = slices.DeleteFunc(m.taken, func(w consent.Withdrawal) bool {
		old := w.Turn != "" && !slices.ContainsFunc(m.c.Turns, func(t consent.Turn) bool { return t.ID == w.Turn }) && // of words since reworded
			!slices.ContainsFunc(m.voice, func(rec consent.Recording) bool { return rec.ID == w.Turn })
		return w.Speaker != m.speaker.ID || old
	})
	return m, nil
}

// said returns her turns in it, one by one.
func (m mine) said() []string {
	var list []string
	for _, t := range m.c.Turns {
		if t.Speaker == m.speaker.ID && t.Open {
			list = append(list, t.Words.Reveal())
		}
	}
	return lettered(list)
}

// heard lists her recordings that are not taken back.
func (m mine) heard() []consent.Recording {
	return slices.DeleteFunc(slices.Clone(m.voice), func(rec consent.Recording) bool {
		return slices.ContainsFunc(m.taken, func(w consent.Withdrawal) bool { return w.Turn == "" || w.Turn == rec.ID })
	})
}

// ownPage is her own thing with everything she can do with it, and what she is told when she has just
// shared it. Taking back stands on it, one step away, and so does each line of what she allowed.
type ownPage struct {
	Title  look.Title
	State  look.Note
	Asked  look.Link // the request it answers
	End    *endForm
	Return *returnForm
	Words  []string
	Sound  []look.Sound // her voice, with a way to save it
	Back   *backForm
	Part   look.Link
	seen
	Opened  look.Link
	Allowed string
	Summary look.Summary
	Made    look.Link
	Mended  []mendedLine
	More    []look.Link // change the words; offer a note about the work to a study
	Cannot  look.Note
}

// about is what it is about, in her words.
func (m mine) about() string { return m.c.Note.Reveal() }

// called is what the record calls her.
func (m mine) called() string { return m.speaker.Label.Reveal() }

// mendedLine says that the typing of something she said was put right, and what stood there.
type mendedLine struct{ When, Before string }

func (r *Room) mended(q *web.Request, m mine) ([]mendedLine, error) {
	list, err := r.gate.Mendings(q.Context(), q.Viewer, m.c.ID)
	var lines []mendedLine
	for _, c := range list {
		lines = append(lines, mendedLine{q.Words.T("sharing.mended", "date", q.Words.Date(c.Made)), c.Before.Reveal()})
	}
	return lines, err
}

type backForm struct {
	Action, Heading, Text, EraseText string
	Take, Erase                      look.Button
}

type returnForm struct {
	Action string
	Button look.Button
}

func (r *Room) showOwn(q *web.Request) (web.Answer, error) {
	ctx := q.Context()
	m, err := r.hers(ctx, q, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	at, err := r.around(ctx, q)
	if err != nil {
		return nil, err
	}
	t, path := q.Words.T, "/share/"+string(m.c.ID)
	p := ownPage{
		Title: look.Title{Text: t("sharing.own_heading"), Lead: t("sharing.kind_"+string(m.c.Kind)) + ". " + t("sharing.own_when", "date", q.Words.Date(m.c.Made))},
		Words: m.said(), Sound: players(q, path, m.voice),
		Opened: look.Link{Href: path + "/opened", Text: t("sharing.opened_link")},
		Cannot: look.Note{Title: t("sharing.cannot_title"), Text: t("sharing.cannot_text") + " " + t("sharing.copies_text")},
	}
	for i, rec := range m.voice {
		p.Sound[i].Title, p.Sound[i].Save = t("sharing.sound_own"), look.Link{Href: path + "/play/" + string(rec.ID) + "/file", Text: t("sharing.sound_save")}
	}
	if p.Asked, err = r.answerLink(q, m.c.ID); err != nil {
		return nil, err
	}
	made, err := r.made(q, m)
	if err != nil {
		return nil, err
	}
	if len(made) > 0 {
		p.Made = look.Link{Href: path + "/made", Text: t("sharing.made_link", "count", len(made))}
	}
	if p.Mended, err = r.mended(q, m); err != nil {
		return nil, err
	}
	if w, taken := m.whole(); taken {
		p.State, p.Return = takenState(q, w, path)
		return q.Show("own", p), nil
	}
	if w, ok := m.open(q.Now()); ok {
		p.State = look.Note{Title: t("sharing.part_title"), Text: t("sharing.part_text", "date", q.Words.When(w.EraseAt))}
		p.Return = &returnForm{path + "/return", look.Button{Text: t("sharing.return"), Look: look.Second}}
	}
	if err := r.addDoings(q, &p, m, at, path); err != nil {
		return nil, err
	}
	return q.Show("own", p), nil
}

// addDoings adds who can open it, what is allowed, and everything she can do about that.
func (r *Room) addDoings(q *web.Request, p *ownPage, m mine, at around, path string) error {
	t := q.Words.T
	wishes, err := r.wishes(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	p.End = newEndForm(q, m, wishes, path)
	p.SeeTitle, p.SeeNone = t("sharing.see_now"), t("sharing.see_nobody")
	if p.See, err = r.see(q.Context(), q, m.speaker.Terms, at); err != nil {
		return err
	}
	p.Allowed = t("sharing.allowed_heading")
	p.Summary = allowed(q, m.speaker.Terms, wishes.Later[m.c.ID], len(m.heard()) > 0, at, func(s Step) string { return path + "/change?open=" + string(s) })
	if wishes.Pace == PaceNever && len(p.See) > 0 {
		p.More = append(p.More, look.Link{Href: "/me/reminders", Text: t("sharing.pace_link")})
	}
	if len(m.said())+len(m.heard()) > 1 {
		p.Part = look.Link{Href: path + "/part", Text: t("sharing.part_link")}
	}
	if len(m.heard()) > 0 {
		p.More = append(p.More, look.Link{Href: path + "/typed", Text: t("sharing.typed_link")})
	}
	if len(m.c.Speakers) == 1 {
		p.More = append(p.More, look.Link{Href: path + "/words", Text: t("sharing.reword_link")})
	}
	if m.c.Kind == consent.Note && len(at.studies) > 0 {
		p.More = append(p.More, look.Link{Href: "/offer-note/" + string(m.c.ID), Text: t("sharing.offer_link")})
	}
	p.Back = &backForm{Action: path + "/back", Heading: t("sharing.back_heading"), Text: t("sharing.back_text", "days", days(r.gate.UndoTime())),
		EraseText: t("sharing.erase_text"), Take: look.Button{Text: t("sharing.back")},
		Erase: look.Button{Text: t("sharing.erase"), Look: look.Second, Name: "erase", Value: "1"}}
	return nil
}

func (m mine) turns() []consent.ID {
	var ids []consent.ID
	for _, t := range m.c.Turns {
		if t.Speaker == m.speaker.ID {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// whole returns the withdrawal of the whole part, if there is one.
func (m mine) whole() (consent.Withdrawal, bool) {
	for _, w := range m.taken {
		if w.Turn == "" {
			return w, true
		}
	}
	return consent.Withdrawal{}, false
}

// open returns a withdrawal that can still be undone, if there is one.
func (m mine) open(now time.Time) (consent.Withdrawal, bool) {
	for _, w := range m.taken {
		if w.Destroyed.IsZero() && w.EraseAt.After(now) {
			return w, true
		}
	}
	return consent.Withdrawal{}, false
}

// takenState says where something taken back stands, and offers it back while that can be done.
func takenState(q *web.Request, w consent.Withdrawal, path string) (look.Note, *returnForm) {
	t := q.Words.T
	if !w.Destroyed.IsZero() || !w.EraseAt.After(q.Now()) {
		return look.Note{Title: t("sharing.gone_title"), Text: t("sharing.gone_text")}, nil
	}
	if w.ByRestore() {
		return look.Note{Title: t("sharing.restored_title"), Text: t("sharing.restored_text")},
			&returnForm{path + "/return", look.Button{Text: t("sharing.return"), Look: look.Second}}
	}
	return look.Note{Title: t("sharing.taken_title"), Text: t("sharing.taken_text", "date", q.Words.When(w.EraseAt))},
		&returnForm{path + "/return", look.Button{Text: t("sharing.return"), Look: look.Second}}
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }
