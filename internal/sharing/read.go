package sharing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// reading is what for somebody opens what another shared with her.
var reading = consent.Use{Purpose: consent.Heard, Form: consent.Words}

// sharedPage lists what others shared with her: what kind, from whom, never a word of it (P22).
type sharedPage struct {
	Title  look.Title
	Cards  []look.Card
	Empty  look.Empty
	Known  look.Link // what is known already, where the group keeps it
	Checks look.Link // what she may check, where somebody named her
}

func (r *Room) showShared(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	p := sharedPage{Title: look.Title{Text: t("sharing.read_heading"), Lead: t("sharing.read_lead")}}
	list, err := r.Shared(ctx, q.Viewer)
	if err != nil {
		return nil, err
	}
	var names map[consent.ID]string
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		names, err = r.named(q, tx, list...)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, h := range list {
		p.Cards = append(p.Cards, look.Card{Title: look.Link{Href: "/read/" + string(h.ID), Text: from(q, h, names[h.ID])},
			Meta: t("sharing.own_when", "date", q.Words.Date(h.Made))})
	}
	if p.Checks, err = r.checksLink(q); err != nil {
		return nil, err
	}
	if r.asks != nil {
		p.Known = look.Link{Href: "/known", Text: t("sharing.known_link")}
	}
	if len(list) == 0 {
		p.Empty = look.Empty{Title: t("sharing.read_empty_title"), Text: t("sharing.read_empty_text")}
	}
	return q.Show("shared", p), nil
}

// checksLink leads to what somebody may check, where one of them named her for it. Analysts come to it from their
// desk.
func (r *Room) checksLink(q *web.Request) (look.Link, error) {
	ruling, err := r.gate.Rule(q.Context(), q.Viewer, consent.Use{Purpose: consent.Checking, Form: consent.Words})
	if err != nil || len(ruling.Others()) == 0 {
		return look.Link{}, err
	}
	return look.Link{Href: "/checks", Text: q.Words.T("sharing.checks_link")}, nil
}

// Shared lists what others shared with somebody, without what she would rather not come across. Every list,
// count and line of news about what is shared asks here and nowhere else, so that what is hidden leaves no
// gap in any of them.
func (r *Room) Shared(ctx context.Context, v person.Viewer) ([]consent.Heading, error) {
	var list []consent.Heading
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if list, err = r.gate.SharedWith(ctx, tx, v, reading); err == nil {
			list, err = r.withoutSilent(ctx, tx, v, list)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	wishes, err := r.wishes(ctx, v)
	if err != nil || len(wishes.Hiding(r.now())) == 0 {
		return list, err
	}
	ids := make([]consent.ID, len(list))
	for i, h := range list {
		ids[i] = h.ID
	}
	topics, err := r.gate.TopicsOf(ctx, v, reading, ids...)
	return slices.DeleteFunc(list, func(h consent.Heading) bool { return wishes.Hides(topics[h.ID], r.now()) }), err
}

// withoutSilent leaves out what there is nothing of yet: it was left spoken, her voice is not to be heard, and
// it is not typed up.
func (r *Room) withoutSilent(ctx context.Context, tx *store.Tx, v person.Viewer, list []consent.Heading) ([]consent.Heading, error) {
	ids := make([]consent.ID, len(list))
	for i, h := range list {
		ids[i] = h.ID
	}
	wordless, err := r.gate.Wordless(ctx, tx, v.Partnership, ids...)
	for id := range wordless {
		heard, problem := r.gate.Recordings(ctx, tx, v, toHear, id)
		if err = errors.Join(err, problem); len(heard) == 0 {
			list = slices.DeleteFunc(list, func(h consent.Heading) bool { return h.ID == id })
		}
	}
	return list, err
}

// notePage is what stands before somebody's words: what they are about, and that whoever wrote them will
// see who opened them. The words are not on it.
type notePage struct {
	As    *asIf
	Title look.Title
	About look.Note
	Hide  look.Link // to where she says that this is nothing for her
	Seen  string
	Acts  []look.Button
}

func newNotePage(q *web.Request, f consent.Front, note string, topics []Topic, name, open, list string) notePage {
	t := q.Words.T
	if note == "" {
		note = t("sharing.read_no_note")
	}
	seen := t("sharing.read_seen_unnamed")
	if name != "" {
		seen = t("sharing.read_seen", "name", name)
	}
	p := notePage{
		Title: look.Title{Text: from(q, f.Heading, name)},
		About: look.Note{Title: t("sharing.read_about"), Text: note}, Seen: seen,
		Acts: []look.Button{{Text: t("sharing.read_open"), Href: open}, {Text: t("sharing.read_skip"), Look: look.Second, Href: list}},
	}
	if names := topicNames(topics, f.Topics); len(names) > 0 {
		p.About.Text += " " + t("sharing.read_topics", "topics", strings.Join(names, ", "))
		p.Hide = look.Link{Href: "/me/topics", Text: t("sharing.read_hide")}
	}
	return p
}

func (r *Room) showNote(q *web.Request) (web.Answer, error) {
	id := consent.ID(q.Path("contribution"))
	front, err := r.gate.FrontOf(q.Context(), q.Viewer, reading, id)
	if err != nil {
		return nil, err
	}
	name, err := r.nameOf(q, front.Heading)
	if err != nil {
		return nil, err
	}
	topics, err := r.readTopics(q)
	if err != nil {
		return nil, err
	}
	return q.Show("note", newNotePage(q, front, front.Note.Reveal(), topics, name, "/read/"+string(id)+"/words", "/read")), nil
}

// named returns the names of those who shared something, of whoever chose to be named.
func (r *Room) named(q *web.Request, tx *store.Tx, list ...consent.Heading) (map[consent.ID]string, error) {
	ids := make([]consent.ID, len(list))
	for i, h := range list {
		ids[i] = h.ID
	}
	chose, err := r.gate.Named(q.Context(), tx, q.Partnership(), ids...)
	if err != nil {
		return nil, err
	}
	all, err := r.circle.Names(q.Context(), tx, q.Partnership())
	names := map[consent.ID]string{}
	for _, h := range list {
		if slices.Contains(chose[h.ID], h.Keeper) {
			names[h.ID] = all[h.Keeper]
		}
	}
	return names, err
}

func (r *Room) nameOf(q *web.Request, h consent.Heading) (name string, err error) {
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		names, err := r.named(q, tx, h)
		name = names[h.ID]
		return err
	})
	return name, err
}

// from says what something is and, if its writer chose that, whose.
func from(q *web.Request, h consent.Heading, name string) string {
	kind := q.Words.T("sharing.kind_" + string(h.Kind))
	if name == "" {
		return q.Words.T("sharing.read_from_unnamed", "kind", kind)
	}
	return q.Words.T("sharing.read_from", "kind", kind, "name", name)
}

// wordsPage is what somebody shared, opened.
type wordsPage struct {
	As    *asIf
	Title look.Title
	Words []string
	None  string // it is not typed up yet
	Sound []look.Sound
	Until string
	Back  look.Link
}

func newWordsPage(q *web.Request, h consent.Heading, words []string, sounds []look.Sound, name, list string) wordsPage {
	p := wordsPage{Title: look.Title{Text: from(q, h, name)}, Words: lettered(words), Sound: sounds, Until: q.Words.T("sharing.read_until"),
		Back: look.Link{Href: list, Text: q.Words.T("sharing.read_back")}}
	if len(p.Words) == 0 {
		p.None = q.Words.T("sharing.read_untyped")
	}
	return p
}

// lettered returns texts without those that have nothing in them.
func lettered(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
}

func (r *Room) showWords(q *web.Request) (web.Answer, error) {
	c, err := r.gate.OpenOne(q.Context(), q.Viewer, reading, consent.Reading, consent.ID(q.Path("contribution")))
	if err != nil {
		return nil, err
	}
	name, err := r.nameOf(q, c.Heading)
	if err != nil {
		return nil, err
	}
	var words []string
	for _, turn := range c.Turns {
		if turn.Open {
			words = append(words, turn.Words.Reveal())
		}
	}
	heard, err := r.recordings(q, c.ID)
	return q.Show("words", newWordsPage(q, c.Heading, words, players(q, "/read/"+string(c.ID), heard), name, "/read")), err
}
