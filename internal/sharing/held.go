package sharing

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"footing/internal/consent"
	"footing/internal/person"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// Held is what is kept here of the viewer, for her own copy (R50): what she has not finished, and each
// thing she said or shared, with every yes and no she ever gave for it, what she took back, who opened it
// and what was made of it. Opened for herself; nothing is recorded.
func (r *Room) Held(q *web.Request) ([]look.Held, error) {
	n, err := r.naming(q)
	if err != nil {
		return nil, err
	}
	var drafts []draftRow
	var own []consent.Heading
	err = r.db.Read(q.Context(), func(tx *store.Tx) error {
		if drafts, err = listDrafts(q.Context(), tx, q.Viewer); err != nil {
			return err
		}
		own, err = r.gate.Mine(q.Context(), tx, q.Viewer)
		return err
	})
	if err != nil {
		return nil, err
	}
	parts, err := r.heldDrafts(q, n, drafts)
	for _, h := range own {
		if err != nil {
			break
		}
		var part look.Held
		part, err = r.heldOne(q, n, h.ID)
		parts = append(parts, part)
	}
	if err != nil {
		return nil, err
	}
	wished, err := r.heldWishes(q, n)
	if err != nil {
		return nil, err
	}
	typed, err := r.typedBy(q)
	if typed > 0 {
		wished.Lines = append(wished.Lines, look.Line{Text: q.Words.T("sharing.held_typist", "count", typed)})
	}
	if len(wished.Lines) > 0 {
		parts = append(parts, wished)
	}
	if len(parts) == 0 {
		parts = []look.Held{{Heading: q.Words.T("sharing.held_heading"), Lead: q.Words.T("sharing.held_none")}}
	}
	return parts, err
}

// heldDrafts is what she has written and not shared, with what she has chosen for it so far.
func (r *Room) heldDrafts(q *web.Request, n naming, drafts []draftRow) ([]look.Held, error) {
	answers, err := r.answers(q.Context(), q.Viewer, drafts)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("sharing.drafts"), Lead: t("sharing.held_drafts_lead")}
	for i, a := range answers {
		line := look.Line{When: t("sharing.draft_when", "when", q.Words.When(drafts[i].changed)), Text: t("sharing.kind_" + string(a.Kind)), Words: lettered(strings.Split(a.Text, "\n\n"))}
		if a.Spoken.Is() {
			line.More = append(line.More, t("sharing.held_spoken_draft"))
		}
		if a.Before.Is() {
			line.More = append(line.More, t("sharing.held_spoken_before", "until", q.Words.Date(a.Before.Until)))
		}
		if at := drafts[i].thrown; !at.IsZero() {
			line.More = append(line.More, t("sharing.thrown_when", "when", q.Words.When(at), "until", q.Words.Date(at.Add(r.gate.UndoTime()))))
		}
		for _, row := range summary(q, a, n.around, func(Step) string { return "" }).Rows[1:] { // the first is the text
			line.More = append(line.More, row.Term+": "+strings.Join(row.Values, ", "))
		}
		if a.About != "" && !slices.Contains(a.Way(), StepFront) { // written before she chose that nobody reads it
			line.More = append(line.More, t("sharing.sum_front")+": "+a.About)
		}
		h.Lines = append(h.Lines, line)
	}
	return []look.Held{h}, nil
}

// heldOne is one thing she said or shared.
func (r *Room) heldOne(q *web.Request, n naming, id consent.ID) (look.Held, error) {
	m, err := r.hers(q.Context(), q, id)
	if err != nil {
		return look.Held{}, err
	}
	t := q.Words.T
	h := look.Held{Heading: t("sharing.held_one", "kind", t("sharing.kind_"+string(m.c.Kind)), "date", q.Words.Date(m.c.Made))}
	if said := m.said(); len(said) > 0 {
		h.Lines = append(h.Lines, look.Line{Text: t("sharing.sum_text"), Words: said})
	} else if len(m.voice) == 0 {
		h.Lead = t("sharing.gone_title")
	}
	waiting, err := r.waitingFor(q)
	for _, d := range waiting {
		if err == nil && d.contribution == m.c.ID {
			var text string
			text, err = r.openTyped(q.Context(), q.Viewer, d, q.Viewer.ID)
			h.Lines = append(h.Lines, look.Line{Text: t("sharing.held_typed"), Words: []string{text}})
		}
	}
	if err != nil {
		return h, err
	}
	for _, rec := range m.voice {
		h.Lines = append(h.Lines, look.Line{When: q.Words.When(rec.Made), Text: t("sharing.held_spoken"), More: []string{t("sharing.held_spoken_where")}})
	}
	for _, named := range [][2]string{{"sharing.sum_front", m.about()}, {"sharing.held_called", m.called()}} {
		if named[1] != "" {
			h.Lines = append(h.Lines, look.Line{Text: t(named[0]), Words: named[1:]})
		}
	}
	if topics := topicNames(n.topics, m.c.Topics); len(topics) > 0 {
		h.Lines = append(h.Lines, look.Line{Text: t("sharing.held_topics"), More: topics})
	}
	to, err := r.answerLink(q, m.c.ID)
	if err != nil {
		return h, err
	}
	if to.Text != "" {
		h.Lines = append(h.Lines, look.Line{Text: to.Text})
	}
	mended, err := r.mended(q, m)
	if err != nil {
		return h, err
	}
	for _, c := range mended {
		h.Lines = append(h.Lines, look.Line{Text: c.When, Words: []string{c.Before}})
	}
	events, err := r.heldEvents(q, n, m)
	if err != nil {
		return h, err
	}
	made, err := r.made(q, m)
	for i := range made {
		made[i].Link = look.Link{} // it leads nowhere from a file or from paper
	}
	h.Lines = append(append(h.Lines, events...), made...)
	return h, err
}

// heldWishes is what she asked of these pages for herself.
func (r *Room) heldWishes(q *web.Request, n naming) (look.Held, error) {
	w, err := r.wishes(q.Context(), q.Viewer)
	t := q.Words.T
	h := look.Held{Heading: t("sharing.held_wishes"), Lead: t("sharing.held_wishes_lead")}
	if len(w.Hidden) > 0 {
		line := look.Line{Text: t("sharing.held_hidden"), More: topicNames(n.topics, w.Hidden)}
		if !w.Until.IsZero() {
			line.When = t("sharing.held_until", "when", q.Words.When(w.Until))
		}
		h.Lines = append(h.Lines, line)
	}
	if w.Pace != PaceNever {
		h.Lines = append(h.Lines, look.Line{Text: t("sharing.pace_heading") + ": " + paceName(q, w.Pace)})
	}
	if put := len(w.Later); put > 0 {
		h.Lines = append(h.Lines, look.Line{Text: t("sharing.held_put_off", "count", put)})
	}
	if let := len(w.LetGo); let > 0 {
		h.Lines = append(h.Lines, look.Line{Text: t("sharing.held_let_go", "count", let)})
	}
	return h, err
}

// An event is one line with its time, to be put in order.
type event struct {
	at   time.Time
	line look.Line
}

// heldEvents is what she allowed and refused, took back and brought back, and who opened it, in order.
func (r *Room) heldEvents(q *web.Request, n naming, m mine) ([]look.Line, error) {
	var terms []consent.Terms
	var taken []consent.Withdrawal
	var openings []consent.Opening
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		if terms, err = r.gate.History(q.Context(), tx, q.Viewer, m.c.ID, m.speaker.ID); err != nil {
			return err
		}
		if taken, err = r.gate.Withdrawals(q.Context(), tx, q.Viewer, m.c.ID); err != nil {
			return err
		}
		openings, err = r.gate.Openings(q.Context(), tx, q.Viewer, m.c.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	reasons, err := r.gate.Reasons(q.Context(), q.Viewer, m.c.ID)
	if err != nil {
		return nil, err
	}
	var events []event
	for _, t := range slices.Backward(terms) {
		events = append(events, event{t.Given, n.terms(t)})
	}
	for _, w := range taken {
		events = append(events, n.withdrawal(w)...)
	}
	for _, o := range slices.Backward(openings) {
		events = append(events, event{o.Hour, look.Line{When: q.Words.When(o.Hour), Text: q.Words.T("sharing.held_opened", "name", n.reader(o.Reader)), More: []string{why(q, o, reasons[o.Act].Reveal())}}})
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	var lines []look.Line
	for _, e := range events {
		lines = append(lines, e.line)
	}
	if slices.ContainsFunc(terms, func(t consent.Terms) bool { return len(t.Yes) > 0 }) {
		lines = append(lines, look.Line{Text: q.Words.T("sharing.opened_search")})
	}
	return lines, nil
}

// naming says in plain words to whom something was given, and by whom it was written down.
type naming struct {
	around
	q         *web.Request
	people    map[person.ID]string // everybody there ever was
	questions map[string]string    // of studies, also those that are over
}

func (r *Room) naming(q *web.Request) (naming, error) {
	n := naming{q: q, questions: map[string]string{}}
	var err error
	if n.around, err = r.around(q.Context(), q); err != nil {
		return n, err
	}
	return n, r.db.Read(q.Context(), func(tx *store.Tx) error {
		all, err := r.studies.List(q.Context(), tx, q.Partnership())
		if err != nil {
			return err
		}
		for _, s := range all {
			n.questions[s.ID] = s.Question
		}
		n.people, err = r.circle.Names(q.Context(), tx, q.Partnership())
		return err
	})
}

func (n naming) reader(id person.ID) string {
	if id == consent.Program {
		return n.q.Words.T("sharing.opened_program")
	}
	return n.people[id]
}

// audience names a group of people as the pages do.
func (n naming) audience(a consent.Audience) string {
	switch a.Kind {
	case consent.ToPerson:
		return n.people[person.ID(a.ID)]
	case consent.ToAnalysts:
		return n.q.Words.T("sharing.held_analysts", "question", n.questions[a.ID])
	case consent.ToMe:
		return n.q.Words.T("sharing.only_you")
	}
	return n.names[AudienceValue(a)]
}

// terms tells one time at which she said what others may do: how it was given, each yes, each no.
func (n naming) terms(terms consent.Terms) look.Line {
	t := n.q.Words.T
	line := look.Line{When: n.q.Words.When(terms.Given), Text: t("sharing.held_given_" + cmp.Or(terms.How.Way, "screen"))}
	if by := terms.How.By; by != "" && by != n.q.Viewer.ID {
		line.More = append(line.More, t("sharing.held_by", "name", n.people[by]))
	}
	if beside := terms.How.Beside; beside != "" {
		if name := n.people[person.ID(beside)]; name != "" {
			beside = name
		}
		line.More = append(line.More, t("sharing.held_beside", "who", beside))
	}
	if terms.How.Sheet != "" {
		line.More = append(line.More, t("sharing.held_sheet", "version", terms.How.Sheet))
	}
	for _, y := range terms.Yes {
		yes := t("sharing.held_yes", "who", n.audience(y.Audience), "what", useWords(n.q, y.Use), "until", n.q.Words.Date(y.Until))
		if y.Later {
			yes += " " + t("sharing.held_later")
		}
		line.More = append(line.More, yes)
	}
	if len(terms.Yes) == 0 {
		line.More = append(line.More, t("sharing.held_nobody"))
	}
	for _, no := range terms.Not {
		line.More = append(line.More, t("sharing.held_not", "who", n.audience(no)))
	}
	line.More = append(line.More, t("sharing.sum_name")+": "+t("sharing.by_"+string(Answers{Attribution: terms.Attribution}.attribution())))
	if terms.EraseAfter {
		line.More = append(line.More, t("sharing.sum_erase"))
	}
	if terms.AskFirst {
		line.More = append(line.More, t("sharing.held_ask_first"))
	}
	return line
}

// withdrawal tells what became of something taken back.
func (n naming) withdrawal(w consent.Withdrawal) []event {
	t, when := n.q.Words.T, n.q.Words.When
	key := "sharing.held_taken"
	switch {
	case w.ByRestore():
		key = "sharing.held_restored"
	case w.Turn != "":
		key = "sharing.held_taken_part"
	}
	list := []event{{w.Taken, look.Line{When: when(w.Taken), Text: t(key)}}}
	switch {
	case !w.Undone.IsZero():
		list = append(list, event{w.Undone, look.Line{When: when(w.Undone), Text: t("sharing.held_back")}})
	case !w.Destroyed.IsZero():
		list = append(list, event{w.Destroyed, look.Line{When: when(w.Destroyed), Text: t("sharing.held_erased")}})
	case !w.ByRestore():
		list[0].line.More = []string{t("sharing.held_erase_at", "when", when(w.EraseAt))}
	}
	return list
}
