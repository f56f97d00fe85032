package decision

import (
	"cmp"
	"slices"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// allPage lists what is decided, what is open first.
type allPage struct {
	Title  look.Title
	Start  look.Button
	None   look.Empty
	Groups []group
	Pages  look.Pages
}

type group struct {
	Head  string
	Cards []look.Card
}

// tags are the shapes of the stages.
var tags = map[Stage]look.TagKind{Draft: look.Only, Put: look.Wait, Talking: look.Shared, Balloting: look.Shared, Closed: look.Plain, TakenBack: look.Closed, Void: look.Closed}

func (r *Room) showAll(q *web.Request) (web.Answer, error) {
	ctx, t := q.Context(), q.Words.T
	if err := r.settleDue(ctx, q.Partnership()); err != nil {
		return nil, err
	}
	var all []Decision
	var names map[person.ID]string
	err := r.DB.Read(ctx, func(tx *store.Tx) error {
		var err error
		if all, err = list(ctx, tx, q.Viewer); err != nil {
			return err
		}
		names, err = r.Circle.Names(ctx, tx, q.Partnership())
		return err
	})
	if err != nil {
		return nil, err
	}
	p := allPage{Title: look.Title{Text: t("decision.heading"), Lead: t("decision.lead")}}
	var here []Decision
	here, p.Pages = leaf(q, all)
	papers := make([]consent.Paper, len(here))
	for i, d := range here {
		papers[i] = d.text()
	}
	shown, err := consent.Values[Text](ctx, r.Gate, q.Viewer, papers)
	if err != nil {
		return nil, err
	}
	if q.Viewer.Standings.Meets(web.Taking(web.Any).Standings) {
		p.Start = look.Button{Text: t("decision.start")}
	}
	groups := map[string][]look.Card{}
	for i, d := range here {
		in := groupOf(d.Course.Stage)
		groups[in] = append(groups[in], decisionCard(q, d, shown[i].Value, names))
	}
	for _, in := range inOrder {
		if len(groups[in]) > 0 {
			p.Groups = append(p.Groups, group{t("decision.group_" + in), groups[in]})
		}
	}
	if len(all) == 0 {
		p.None = look.Empty{Title: t("decision.none"), Text: t("decision.none_text")}
	}
	return q.Show("all", p), nil
}

// inOrder are the groups in the order in which they stand on the page.
var inOrder = []string{"open", "put", "draft", "over"}

// aCard is how many bytes a decision takes on the page of all.
const aCard = 250

// leaf returns those decisions that stand on the page that is asked for, group by group, and the way to the others.
func leaf(q *web.Request, all []Decision) ([]Decision, look.Pages) {
	slices.SortStableFunc(all, func(a, b Decision) int {
		return cmp.Compare(slices.Index(inOrder, groupOf(a.Course.Stage)), slices.Index(inOrder, groupOf(b.Course.Stage)))
	})
	sizes := make([]int, len(all))
	for i := range sizes {
		sizes[i] = aCard
	}
	from, to, pages := q.Leaves("/decide", "all", q.Words.T("decision.heading"), sizes, roomAlone)
	return all[from:to], pages
}

func groupOf(s Stage) string {
	switch s {
	case Talking, Balloting:
		return "open"
	case Put:
		return "put"
	case Draft:
		return "draft"
	}
	return "over"
}

// stageTag says in a word or two where a decision stands.
func stageTag(q *web.Request, d Decision) look.Tag {
	key := string(d.Course.Stage)
	if d.Course.Stage == Closed {
		key = "out_" + string(d.Course.Outcome)
	}
	return look.Tag{Text: q.Words.T("decision.tag_" + key), Kind: tags[d.Course.Stage]}
}

func decisionCard(q *web.Request, d Decision, text Text, names map[person.ID]string) look.Card {
	t := q.Words.T
	title := text.Title
	if title == "" {
		title = t("decision.untitled")
	}
	c := look.Card{Title: look.Link{Href: "/decide/" + d.ID, Text: title}, Tags: []look.Tag{stageTag(q, d)}}
	switch {
	case d.Course.Open():
		c.Meta = t("decision.until", "date", q.Words.Date(d.Course.Until))
	case !d.Course.Closed.IsZero():
		c.Meta = q.Words.Date(d.Course.Closed)
	case d.Course.Stage == Put:
		c.Meta = t("decision.put_by", "name", name(q, names, d.Writer))
	}
	return c
}

// name returns what somebody is called, also once she has left.
func name(q *web.Request, names map[person.ID]string, who person.ID) string {
	if who == "" {
		return q.Words.T("decision.somebody_left")
	}
	return names[who]
}

// News is a quiet line on the first page while something is open that the viewer can answer by name and has not,
// while ballots are open, whether hers is in or not, or while a doubt about her own wording waits for her.
func (r *Room) News(q *web.Request) ([]look.Link, error) {
	var open, doubted int
	err := r.DB.Read(q.Context(), func(tx *store.Tx) (err error) {
		open, err = store.Get(q.Context(), tx, store.One[int], `SELECT count(*) FROM decision_decision d JOIN decision_roll r
			ON r.partnership_id = d.partnership_id AND r.decision_id = d.id AND r.person_id = $2
			WHERE d.partnership_id = $1 AND d.until > $3 AND (d.stage = 'ballots' OR (d.stage = 'talking' AND NOT EXISTS
			(SELECT 1 FROM decision_said s WHERE s.partnership_id = d.partnership_id AND s.decision_id = d.id AND s.roll_id = r.id)))`,
			q.Partnership(), q.Viewer.ID, store.Micros(q.Now()))
		if err != nil {
			return err
		}
		doubted, err = store.Get(q.Context(), tx, store.One[int], `SELECT count(*) FROM decision_doubt b JOIN decision_decision d
			ON d.partnership_id = b.partnership_id AND d.id = b.decision_id WHERE b.partnership_id = $1 AND d.writer_id = $2 AND d.stage = 'put'
			AND NOT EXISTS (SELECT 1 FROM decision_told t WHERE t.partnership_id = b.partnership_id AND t.about_id = b.id AND t.kind = 'reply')`,
			q.Partnership(), q.Viewer.ID)
		return err
	})
	var links []look.Link
	if open > 0 {
		links = append(links, look.Link{Href: "/decide", Text: q.Words.T("decision.news_open")})
	}
	if doubted > 0 {
		links = append(links, look.Link{Href: "/decide", Text: q.Words.T("decision.news_doubt")})
	}
	return links, err
}
