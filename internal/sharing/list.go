package sharing

import (
	"strings"

	"footing/internal/consent"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is what she has shared and what she is still writing.
type listPage struct {
	Title  look.Title
	Start  look.Button
	Drafts []look.Card
	Shared []look.Card
	Thrown []thrownRow
	Words  struct{ Drafts, Shared, Thrown, ThrownText string }
	Empty  look.Empty
	Read   look.Link
	Asked  look.Link
	Whole  look.Link // leads to the list with the first words of each, where this one is without
}

func (r *Room) showAll(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	p := listPage{Title: look.Title{Text: t("sharing.list_heading"), Lead: t("sharing.list_lead")},
		Start: look.Button{Text: t("sharing.start")}, Read: look.Link{Href: "/read", Text: t("sharing.read_link")}, Asked: r.askedLink(q)}
	p.Words.Drafts, p.Words.Shared = t("sharing.drafts"), t("sharing.shared_heading")
	p.Words.Thrown, p.Words.ThrownText = t("sharing.thrown"), t("sharing.thrown_text")
	var drafts []draftRow
	var own []consent.Heading
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if drafts, err = listDrafts(ctx, tx, q.Viewer); err != nil {
			return err
		}
		own, err = r.gate.Mine(ctx, tx, q.Viewer)
		return err
	})
	if err != nil {
		return nil, err
	}
	answers, err := r.answers(ctx, q.Viewer, drafts)
	if err != nil {
		return nil, err
	}
	if !q.Viewer.Sure && len(drafts)+len(own) > 0 {
		p.Whole = look.Link{Href: "/share/all", Text: t("sharing.list_whole")}
	}
	for i, d := range drafts {
		if !d.thrown.IsZero() {
			p.Thrown = append(p.Thrown, r.thrownRow(q, d))
			continue
		}
		text := first(answers[i].Text, t("sharing.draft_empty"))
		if answers[i].Text == "" && answers[i].Spoken.Is() {
			text = t("sharing.sound_own")
		}
		if !q.Viewer.Sure {
			text = t("sharing.list_draft")
		}
		p.Drafts = append(p.Drafts, look.Card{Title: look.Link{Href: "/draft/" + d.id, Text: text},
			Meta: t("sharing.draft_when", "when", q.Words.When(d.changed)), Tags: []look.Tag{{Text: t("sharing.only_you"), Kind: look.Only}}})
	}
	wishes, err := r.wishes(ctx, q.Viewer)
	if err != nil {
		return nil, err
	}
	for _, h := range own {
		card, err := r.ownCard(q, h, wishes)
		if err != nil {
			return nil, err
		}
		p.Shared = append(p.Shared, card)
	}
	if len(drafts)+len(own) == 0 {
		p.Empty = look.Empty{Title: t("sharing.empty_title"), Text: t("sharing.empty_text")}
	}
	return q.Show("list", p), nil
}

func (r *Room) ownCard(q *web.Request, h consent.Heading, w Wishes) (look.Card, error) {
	t := q.Words.T
	m, err := r.hers(q.Context(), q, h.ID)
	if err != nil {
		return look.Card{}, err
	}
	card := look.Card{Title: look.Link{Href: "/share/" + string(h.ID), Text: m.begins(q)},
		Text: t("sharing.kind_" + string(h.Kind)), Meta: t("sharing.own_when", "date", q.Words.Date(h.Made))}
	if !q.Viewer.Sure {
		card.Title.Text, card.Text = card.Text, ""
	}
	_, taken := m.whole()
	if e, ok := EndingOf(m.speaker.Terms, w.LetGo[h.ID], q.Now()); ok && !taken && w.Pace.Told(e) {
		card.Text = strings.TrimPrefix(card.Text+". ", ". ") + t(map[bool]string{true: "sharing.end_over", false: "sharing.end_soon"}[e.Ended], "date", q.Words.Date(e.On))
	}
	switch {
	case taken:
		card.Tags = []look.Tag{{Text: t("sharing.tag_taken"), Kind: look.Closed}}
	case m.speaker.Terms.Locked(q.Now()) && q.Now().Before(m.speaker.Terms.Kept()):
		card.Tags = []look.Tag{{Text: t("sharing.tag_kept"), Kind: look.Closed}}
	case anyRunning(m.speaker.Terms, q):
		card.Tags = []look.Tag{{Text: t("sharing.tag_shared"), Kind: look.Shared}}
	default:
		card.Tags = []look.Tag{{Text: t("sharing.only_you"), Kind: look.Only}}
		if len(m.speaker.Terms.Yes) > 0 {
			card.Tags = append(card.Tags, look.Tag{Text: t("sharing.tag_ended"), Kind: look.Closed})
		}
	}
	return card, nil
}

func anyRunning(terms consent.Terms, q *web.Request) bool {
	for _, y := range terms.Yes {
		if q.Now().Before(y.Until) {
			return true
		}
	}
	return false
}

// firstLength is how many characters of somebody's own words stand in her list.
const firstLength = 60

// begins says how something of hers begins.
func (m mine) begins(q *web.Request) string {
	instead := q.Words.T("sharing.gone_title")
	if len(m.voice) > 0 {
		instead = q.Words.T("sharing.sound_own")
	}
	return first(strings.Join(m.said(), " "), instead)
}

// first returns the beginning of a text, cut at a word, or instead when there is none.
func first(text, instead string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return instead
	}
	for i, r := range runes {
		if r == '\n' || (i > firstLength && r == ' ') {
			return string(runes[:i]) + "…"
		}
	}
	return string(runes[:min(len(runes), 2*firstLength)])
}
