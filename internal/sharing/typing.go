package sharing

import (
	"errors"
	"io"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/sound"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// A recording is typed up by a person whom its owner lets hear it for that. What she types is seen by her and
// by the owner alone, and is words of the owner's only once she has looked at it and said yes: each version
// anew. No program listens.

// toType is what for a typist hears a recording.
var toType = consent.Use{Purpose: consent.Typing, Form: consent.Voice}

// typingPage lists what somebody may type up.
type typingPage struct {
	Title look.Title
	Cards []look.Card
	Empty look.Empty
	Back  look.Link
}

// toTypeUp lists what the viewer is asked to type up, without what she would rather not come across, and what
// is typed of it so far.
func (r *Room) toTypeUp(q *web.Request) (list []consent.Heading, rows map[consent.ID]typedRow, err error) {
	rows = map[consent.ID]typedRow{}
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		if list, err = r.gate.ToTypeUp(q.Context(), tx, q.Viewer); err != nil || len(list) == 0 {
			return err
		}
		typed, err := listTyped(q.Context(), tx, q.Partnership(), `sent > 0`)
		for _, d := range typed {
			rows[d.contribution] = d
		}
		return err
	})
	if err != nil || len(list) == 0 {
		return list, rows, err
	}
	ids := make([]consent.ID, len(list))
	for i, h := range list {
		ids[i] = h.ID
	}
	wishes, err := r.wishes(q.Context(), q.Viewer)
	if err != nil {
		return nil, nil, err
	}
	topics, err := r.gate.TopicsOf(q.Context(), q.Viewer, toType, ids...)
	return slices.DeleteFunc(list, func(h consent.Heading) bool { return wishes.Hides(topics[h.ID], r.now()) }), rows, err
}

func (r *Room) showTyping(q *web.Request) (web.Answer, error) {
	t := q.Words.T
	list, rows, err := r.toTypeUp(q)
	if err != nil {
		return nil, err
	}
	p := typingPage{Title: look.Title{Text: t("sharing.typing_heading"), Lead: t("sharing.typing_lead")}, Back: look.Link{Href: "/read", Text: t("sharing.read_back")}}
	for _, h := range list {
		card := look.Card{Title: look.Link{Href: "/typing/" + string(h.ID), Text: t("sharing.kind_" + string(h.Kind))}, Meta: t("sharing.own_when", "date", q.Words.Date(h.Made))}
		if rows[h.ID].sent {
			card.Tags = []look.Tag{{Text: t("sharing.typing_sent"), Kind: look.Wait}}
		}
		p.Cards = append(p.Cards, card)
	}
	if len(list) == 0 {
		p.Empty = look.Empty{Title: t("sharing.typing_none"), Text: t("sharing.typing_none_text")}
	}
	return q.Show("typing", p), nil
}

// typePage is one recording with a box for what is said in it.
type typePage struct {
	Check  look.Check
	Title  look.Title
	State  look.Note
	About  look.Note // what stands before the words
	Sound  []look.Sound
	Action string
	Newer  look.Newer
	Text   look.Field
	Acts   []look.Button
	Back   look.Link
}

// aTyping is a recording that the viewer may type up.
type aTyping struct {
	heading consent.Heading
	rec     consent.Recording
	row     typedRow
	text    string
	about   string
}

// mayType returns what the viewer may type up of a contribution; for anybody else it is not there.
func (r *Room) mayType(q *web.Request) (a aTyping, err error) {
	id := consent.ID(q.Path("contribution"))
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		heard, err := r.gate.Recordings(q.Context(), tx, q.Viewer, toType, id)
		if err != nil {
			return err
		}
		if len(heard) == 0 || heard[0].Own {
			return fault.Missing
		}
		a.rec = heard[0]
		if a.heading, err = r.gate.HeadingOf(q.Context(), tx, q.Partnership(), id); err != nil {
			return err
		}
		a.row, err = typedOf(q.Context(), tx, q.Partnership(), id, a.rec.ID)
		return err
	})
	if err != nil {
		return a, err
	}
	front, err := r.gate.FrontOf(q.Context(), q.Viewer, toType, id)
	if err != nil {
		return a, err
	}
	topics, err := r.readTopics(q)
	if err != nil {
		return a, err
	}
	a.about = strings.Join(append(filled(front.Note.Reveal()), topicNames(topics, front.Topics)...), ". ")
	if a.row.typist == q.Viewer.ID { // what another typed before stays between her and its owner
		a.text, err = r.openTyped(q.Context(), q.Viewer, a.row, a.heading.Keeper)
	}
	return a, err
}

func newTypePage(q *web.Request, a aTyping, text, problem string) typePage {
	t, at := q.Words.T, "/typing/"+string(a.heading.ID)
	p := typePage{Title: look.Title{Text: t("sharing.typing_one"), Lead: t("sharing.typing_one_lead")}, Sound: players(q, at, []consent.Recording{a.rec}),
		Action: at, Newer: look.Newer{From: web.From(a.row.id)}, Back: look.Link{Href: "/typing", Text: t("sharing.read_back")},
		Text: look.Field{Name: "typed", Label: t("sharing.typing_label"), Hint: t("sharing.typing_hint"), WhoTitle: t("sharing.typing_who_title"), Who: t("sharing.typing_who"),
			Value: text, Rows: 12, Max: textLimit, Left: t("sharing.left"), Over: t("sharing.over"), Problem: problem},
		Acts: []look.Button{{Text: t("sharing.typing_send"), Name: "send", Value: "1"}, {Text: t("sharing.stop"), Look: look.Second}}}
	if a.about != "" {
		p.About = look.Note{Title: t("sharing.read_about"), Text: a.about}
	}
	if a.row.sent && a.row.typist == q.Viewer.ID {
		p.State = look.Note{Title: t("sharing.typing_sent"), Text: t("sharing.typing_sent_text")}
	}
	if problem != "" {
		p.Check = look.Check{Title: t("web.problem_heading"), Items: []look.CheckItem{{Href: "#typed", Text: problem}}}
	}
	return p
}

func (r *Room) showType(q *web.Request) (web.Answer, error) {
	a, err := r.mayType(q)
	return q.Show("type", newTypePage(q, a, a.text, "")), err
}

type typeForm struct {
	From  string `form:"from"`
	Typed string `form:"typed" max:"20000"`
	Send  bool   `form:"send"`
	No    bool   `form:"no"`
}

// saveType keeps what she has typed, and gives it to the owner to check when she says so. When something else
// stands there by now, since the owner answered or another typist was at it, she gets hers back to look at.
func (r *Room) saveType(q *web.Request) (web.Answer, error) {
	f, problem := web.Parse[typeForm](q)
	if errors.Is(problem, web.ErrUnreadable) {
		return nil, problem
	}
	a, err := r.mayType(q)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	switch {
	case problem != nil:
		return q.Again("type", newTypePage(q, a, f.Typed, t("web.too_long", "max", textLimit))), nil
	case strings.TrimSpace(f.Typed) == "":
		return q.Again("type", newTypePage(q, a, f.Typed, t("sharing.typing_empty"))), nil
	case f.From != "" && f.From != web.From(a.row.id):
		return q.Again("type", newTypePage(q, a, f.Typed, t("sharing.typing_newer"))), nil
	}
	d := typedRow{contribution: a.heading.ID, recording: a.rec.ID, id: store.RandomID(), typist: q.Viewer.ID, sent: f.Send}
	if d.key, d.sealed, err = r.gate.SealPaper(q.Context(), q.Partnership(), "sharing_typed", "words", d.id, f.Typed); err != nil {
		return nil, err
	}
	err = r.db.Write(q.Context(), func(tx *store.Tx) error {
		d.turn, err = r.gate.FirstTurn(q.Context(), tx, q.Partnership(), a.heading.ID, a.rec.Speaker)
		if err != nil {
			return err
		}
		return r.putTyped(q.Context(), tx, q.Partnership(), a.row, d)
	})
	if errors.Is(err, errDraftNewer) {
		return q.Again("type", newTypePage(q, a, f.Typed, t("sharing.typing_newer"))), nil
	}
	said := "sharing.typing_kept"
	if f.Send {
		said = "sharing.typing_gone"
	}
	return web.GoSaying("/typing", said), err
}

// playTyping lets a typist hear a recording, on record.
func (r *Room) playTyping(q *web.Request) (web.Answer, error) {
	b, rec, err := r.gate.Hear(q.Context(), q.Viewer, toType, consent.ID(q.Path("contribution")), consent.ID(q.Path("recording")))
	if err != nil {
		return nil, err
	}
	return web.Sound(sound.Kind(rec.Kind).ContentType(), io.NewSectionReader(b, 0, b.Size())), nil
}

// typingNews tells a typist that something waits to be typed up, and an owner that something waits to be
// checked.
func (r *Room) typingNews(q *web.Request) (news []look.Link, err error) {
	list, rows, err := r.toTypeUp(q)
	for _, h := range list {
		if !rows[h.ID].sent {
			news = append(news, look.Link{Href: "/typing", Text: q.Words.T("sharing.news_typing")})
			break
		}
	}
	if err != nil {
		return nil, err
	}
	waiting, err := r.waitingFor(q)
	for _, d := range waiting {
		news = append(news, look.Link{Href: "/share/" + string(d.contribution) + "/typed", Text: q.Words.T("sharing.news_typed")})
	}
	return news, err
}

// waitingFor lists what was typed up of the viewer's voice and given to her to check.
func (r *Room) waitingFor(q *web.Request) (list []typedRow, err error) {
	return list, r.db.Read(q.Context(), func(tx *store.Tx) error {
		own, err := r.gate.Mine(q.Context(), tx, q.Viewer)
		for _, h := range own {
			if err != nil {
				return err
			}
			var rows []typedRow
			rows, err = listTyped(q.Context(), tx, q.Partnership(), `contribution_id = $2 AND sent > 0`, h.ID)
			list = append(list, rows...)
		}
		return err
	})
}

// typedBy counts what the viewer typed up of others' voices that nobody has answered.
func (r *Room) typedBy(q *web.Request) (n int, err error) {
	return n, r.db.Read(q.Context(), func(tx *store.Tx) error {
		rows, err := listTyped(q.Context(), tx, q.Partnership(), `person_id = $2`, q.Viewer.ID)
		n = len(rows)
		return err
	})
}
