package source

import (
	"cmp"
	"context"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/study"
	"footing/internal/web"
	"footing/internal/web/look"
)

// listPage is what the viewer keeps, and what is offered in the studies she analyses.
type listPage struct {
	Title   look.Title
	Add     look.Button
	Talks   look.Button
	Kept    []look.Card
	Mine    string
	Studies []listStudy
	Empty   look.Empty
}

// listStudy is one study with what is offered in it.
type listStudy struct {
	Heading string
	Counts  string // how many of each kind
	Cards   []look.Card
	None    string
}

// listed is everything the list is made of.
type listed struct {
	kept    []Source
	studies []study.Study // that run and name the viewer
	offered [][]Source    // of each study
	open    map[consent.ID]bool
	shut    map[consent.ID]bool // nothing but the parts of those who asked is left
}

func (r *Room) list(q *web.Request) (listed, error) {
	l := listed{open: map[consent.ID]bool{}, shut: map[consent.ID]bool{}}
	ctx, p := q.Context(), q.Partnership()
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		if l.kept, err = r.sources.Kept(ctx, tx, q.Viewer); err != nil {
			return err
		}
		for _, src := range l.kept {
			if l.shut[src.ID], err = r.allTaken(ctx, tx, p, src); err != nil {
				return err
			}
		}
		running, err := r.studies.Running(ctx, tx, p)
		if err != nil {
			return err
		}
		for _, s := range running {
			if s.Names(q.Viewer.ID) {
				l.studies = append(l.studies, s)
				if err := r.listOffered(q, tx, &l, s); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return l, err
}

// allTaken reports whether nothing is left of a source but the parts of those who asked. What it was called
// is then nobody's to read any more.
func (r *Room) allTaken(ctx context.Context, tx *store.Tx, p person.Partnership, src Source) (bool, error) {
	k := kept{Source: src}
	var err error
	if k.parts, err = r.sources.Parts(ctx, tx, p, src.ID); err != nil {
		return false, err
	}
	k.taken, err = r.gate.Taken(ctx, tx, p, src.ID)
	return k.shut(), err
}

// listOffered adds what is offered in a study, and which of it the viewer may count.
func (r *Room) listOffered(q *web.Request, tx *store.Tx, l *listed, s study.Study) error {
	offered, err := r.sources.Offered(q.Context(), tx, q.Partnership(), s.ID)
	if err != nil {
		return err
	}
	l.offered = append(l.offered, offered)
	use := consent.Use{Purpose: consent.Analysis, For: s.ID, Form: consent.Number}
	ruling, err := r.gate.RuleInBrief(q.Context(), tx, q.Viewer, use)
	for _, src := range offered {
		l.open[src.ID] = ruling.Told(src.ID)
	}
	return err
}

func (r *Room) showAll(q *web.Request) (web.Answer, error) {
	l, err := r.list(q)
	if err != nil {
		return nil, err
	}
	all := append([]Source{}, l.kept...)
	for _, offered := range l.offered {
		all = append(all, offered...)
	}
	facts, err := r.sources.FactsOf(q.Context(), q.Viewer, all...)
	if err != nil {
		return nil, err
	}
	t := q.Words.T
	p := listPage{Title: look.Title{Text: t("source.list_heading"), Lead: t("source.list_lead")}, Mine: t("source.list_mine"),
		Add: look.Button{Text: t("source.add_link"), Href: "/source/upload"}, Talks: look.Button{Text: t("source.talks_link"), Href: "/talks", Look: look.Second}}
	for _, src := range l.kept {
		card := sourceCard(q, src, facts[src.ID].Title)
		if l.shut[src.ID] {
			card.Title.Text = kindName(q, src.Kind) // see allTaken
			card.Tags = append(card.Tags, look.Tag{Text: t("source.all_taken"), Kind: look.Closed})
		}
		p.Kept = append(p.Kept, card)
	}
	for i, s := range l.studies {
		p.Studies = append(p.Studies, studyList(q, s, l.offered[i], l, facts))
	}
	if len(l.kept) == 0 && len(l.studies) == 0 {
		p.Empty = look.Empty{Title: t("source.empty_title"), Text: t("source.empty_text")}
	}
	return q.Show("list", p), nil
}

// studyList shows what is offered in a study. What the viewer may not open is counted, not named.
func studyList(q *web.Request, s study.Study, offered []Source, l listed, facts map[consent.ID]Facts) listStudy {
	t := q.Words.T
	list := listStudy{Heading: s.Question}
	counts := map[consent.Kind]int{}
	for _, src := range offered {
		counts[src.Kind]++
		title := facts[src.ID].Title
		if !l.open[src.ID] && (src.Keeper != q.Viewer.ID || l.shut[src.ID]) {
			title = ""
		}
		card := sourceCard(q, src, title)
		if !l.open[src.ID] {
			card.Tags = []look.Tag{{Text: t("source.closed_to_you"), Kind: look.Closed}}
			if src.Keeper != q.Viewer.ID {
				card.Title.Href = ""
			}
		}
		list.Cards = append(list.Cards, card)
	}
	list.Counts = countsText(q, counts)
	if len(offered) == 0 {
		list.None = t("source.none_offered")
	}
	return list
}

// countsText says how many sources of each kind there are, without the kinds of which there is none.
func countsText(q *web.Request, counts map[consent.Kind]int) string {
	text := ""
	for _, k := range Kinds() {
		if counts[k] == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += q.Words.T("source.count_"+string(k), "count", counts[k])
	}
	return text
}

func sourceCard(q *web.Request, src Source, title string) look.Card {
	kind := kindName(q, src.Kind)
	return look.Card{Title: look.Link{Href: "/source/" + string(src.ID), Text: cmp.Or(title, kind)},
		Meta: q.Words.T("source.card_meta", "kind", kind, "date", q.Words.Date(src.Added)), Tags: []look.Tag{stateTag(q, src.State)}}
}

func stateTag(q *web.Request, s State) look.Tag {
	kind := map[State]look.TagKind{Unmarked: look.Only, Marked: look.Wait, Offered: look.Shared, Closed: look.Closed}[s]
	return look.Tag{Text: q.Words.T("source.state_" + string(s)), Kind: kind}
}

// partName is what a voice is called where no word is opened: a member by her name to whoever keeps the
// recording, and to others if she chose that; everybody else by her place.
func partName(q *web.Request, k kept, i int) string {
	p := k.parts[i]
	switch {
	case p.Person == q.Viewer.ID:
		return q.Words.T("source.part_me")
	case p.Person != "" && (k.Keeper == q.Viewer.ID || slices.Contains(k.named, p.Person)):
		return k.names[p.Person]
	}
	return placeName(q, p, i)
}

// placeName is what a voice is called by its place alone.
func placeName(q *web.Request, p Part, i int) string {
	if p.Person == "" && p.Role != consent.Member { // a member without one has left
		return q.Words.T("source.part_outside", "n", i+1)
	}
	return q.Words.T("source.part_unnamed", "n", i+1)
}
