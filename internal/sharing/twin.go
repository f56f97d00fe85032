package sharing

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"footing/internal/consent"
	"footing/internal/fault"
	"footing/internal/store"
	"footing/internal/web"
	"footing/internal/web/look"
)

// twins is what can be done here on paper: sharing something, changing who may see it, taking it back, all or
// some paragraphs, and bringing it back.
func (r *Room) twins() []web.Twin {
	at := func(id string) string { return "/share/" + id }
	own := web.Members(web.Own)
	share := web.Twin{Name: "share", Title: "sharing.twin_share", Allow: own, Gives: allowsAny, Ask: r.shareOnPaper, Enter: r.enterShare, At: at}
	if r.asks != nil { // an answer is shared as anything is
		share.Brings = r.asks.Brings
		share.Aside = func(q *web.Request, ask string, back bool) error {
			return r.asks.PutAside(q.Context(), q.Viewer, ask, back)
		}
	}
	return []web.Twin{
		share,
		{Name: "change", Title: "sharing.twin_change", Allow: own, Gives: allowsAny, Of: "share", Things: r.thingsOnPaper, Ask: r.changeOnPaper, Enter: r.enterChange, At: at},
		{Name: "back", Title: "sharing.twin_back", Allow: own, Of: "share", Things: r.thingsOnPaper, Ask: r.backOnPaper, Enter: r.enterBack, At: at},
		{Name: "part", Title: "sharing.twin_part", Allow: own, Of: "share", Things: r.thingsOnPaper, Ask: r.partOnPaper, Enter: r.enterPart, At: at},
		{Name: "return", Title: "sharing.twin_return", Allow: own, Gives: web.Always, Of: "share", Things: r.takenOnPaper, Ask: r.returnOnPaper, Enter: r.enterReturn, At: at},
	}
}

// allowsAny reports whether answers let anybody see or use anything. Answers that allow nothing only close.
func allowsAny(answers url.Values) bool {
	if answers == nil {
		return true
	}
	uses := slices.DeleteFunc(slices.Clone(answers["use"]), func(use string) bool { return use == later })
	return len(answers["who"])+len(uses) > 0 || !slices.Contains([]string{"", nobody}, answers.Get("typist"))
}

// shareOnPaper is the whole way from a text to something shared, on one sheet. With ask it answers what is
// asked of her: all that stands in the request comes first.
func (r *Room) shareOnPaper(q *web.Request, ask string) (web.Asked, error) {
	a, err := r.termsOnPaper(q, changed)
	if err != nil {
		return a, err
	}
	if ask != "" && r.asks != nil {
		title, notes, err := r.asks.OnPaper(q, ask)
		if err != nil && !errors.Is(err, fault.Missing) { // it can be over by the time somebody says yes to her answer
			return a, err
		}
		a.About, a.Notes = title, append(notes, a.Notes...)
	}
	text := newTextPage(q, "", Answers{Kind: consent.Idea, Uses: map[string]string{}}, asked{}, "")
	text.Text.Max = 0 // nobody counts letters on paper
	a.Asks = append([]look.Ask{look.Choose(text.Kind), look.Write(text.Text)}, a.Asks...)
	limits, _, err := r.allLimits(q)
	a.Notes = append(limits.notes(), a.Notes...)
	return a, err
}

// termsOnPaper asks the questions of some steps, none of them answered beforehand, and says what each
// running study's sheet promises: terms on paper are given under a sheet (R49).
func (r *Room) termsOnPaper(q *web.Request, of []Step) (web.Asked, error) {
	at, err := r.around(q.Context(), q)
	if err != nil {
		return web.Asked{}, err
	}
	at.all, at.out, at.paper = true, true, true
	a := web.Asked{Notes: []look.Note{{Title: q.Words.T("sharing.cannot_title"), Text: q.Words.T("sharing.cannot_text")}}}
	for _, s := range at.studies {
		if n := len(s.Sheets); n > 0 {
			a.Notes = append(a.Notes, look.Note{Title: s.Question, Text: s.Sheets[n-1].TakingBack})
		}
	}
	for _, s := range of {
		for _, one := range asks(q, s, Answers{Uses: map[string]string{}}, at) {
			a.Asks = append(a.Asks, one.Ask)
		}
	}
	return a, nil
}

// onPaper reads the answers of a sheet.
func (r *Room) onPaper(q *web.Request, a Answers, of []Step) (Answers, around, error) {
	at, err := r.around(q.Context(), q)
	if err != nil {
		return a, at, err
	}
	at.all = true
	g, err := web.Parse[given](q)
	if err != nil {
		return a, at, err
	}
	for _, s := range of {
		a = g.into(s, a, at)
	}
	if _, ok := a.End(q.Now()); a.Allowing() && !ok {
		return a, at, fault.New(fault.Invalid, "sharing.until_needed")
	}
	if at.nobodyChecks(a, q.Now()) {
		return a, at, fault.New(fault.Invalid, "sharing.checker_needed")
	}
	return a, at, nil
}

// underSheet returns the terms that answers allow, under the newest sheet of the studies they speak of.
func underSheet(q *web.Request, a Answers, at around) consent.Terms {
	terms := a.Terms(q.Viewer.ID, q.Now())
	for _, s := range at.studies {
		if n := len(s.Sheets); n > 0 && slices.ContainsFunc(terms.Yes, func(y consent.Yes) bool { return y.For == s.ID }) {
			terms.How.Sheet = s.Sheets[n-1].Version
		}
	}
	return terms
}

// enterShare shares what she wrote or said, under what she allowed. With ask it answers that.
func (r *Room) enterShare(q *web.Request, ask string) (string, error) {
	f, err := web.Parse[textForm](q)
	if err != nil {
		return "", err
	}
	a, at, err := r.onPaper(q, f.into(Answers{Kind: consent.Idea, Uses: map[string]string{}}), changed)
	if err == nil && strings.TrimSpace(a.Text) == "" {
		err = fault.New(fault.Invalid, "sharing.text_empty")
	}
	if err != nil {
		return "", err
	}
	to, err := r.asked(q.Context(), q.Viewer, ask)
	if err != nil {
		return "", err
	}
	a.Ask = to.id
	_, shown, err := r.unread(q)
	if err != nil {
		return "", err
	}
	return r.give(q.Context(), q, a, underSheet(q, a, at), shown)
}

// thingsOnPaper lists what she shared and has not taken back, by how it begins. It is for herself: byhand
// shows others only the days of what they wrote down.
func (r *Room) thingsOnPaper(q *web.Request) ([]look.Option, error) {
	var own []consent.Heading
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		var err error
		own, err = r.gate.Mine(q.Context(), tx, q.Viewer)
		return err
	})
	if err != nil {
		return nil, err
	}
	var list []look.Option
	for _, h := range own {
		m, err := r.hers(q.Context(), q, h.ID)
		if err != nil {
			return nil, err
		}
		if _, taken := m.whole(); !taken {
			list = append(list, look.Option{Value: string(h.ID), Label: m.begins(q), Hint: q.Words.Date(h.Made)})
		}
	}
	return list, nil
}

// changeOnPaper asks everything anew: what she allowed before is not printed, since paper lies about.
func (r *Room) changeOnPaper(q *web.Request, thing string) (web.Asked, error) {
	m, err := r.hers(q.Context(), q, consent.ID(thing))
	if err != nil {
		return web.Asked{}, err
	}
	return r.termsOnPaper(q, m.spokenOf(changed[:len(changed)-1]))
}

// enterChange puts what is on the sheet in the place of what she allowed.
func (r *Room) enterChange(q *web.Request, thing string) (string, error) {
	m, err := r.hers(q.Context(), q, consent.ID(thing))
	if err != nil {
		return "", err
	}
	a, at, err := r.onPaper(q, Answers{Uses: map[string]string{}}, m.spokenOf(changed[:len(changed)-1]))
	if err != nil {
		return "", err
	}
	return thing, r.db.Write(q.Context(), func(tx *store.Tx) error {
		return r.gate.SetTerms(q.Context(), tx, q.Viewer, m.c.ID, m.speaker.ID, underSheet(q, a, at))
	})
}

// backOnPaper offers taking back that can be undone, and nothing more: what is erased at once cannot come
// back, and somebody else's hand must not be able to do that.
func (r *Room) backOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("sharing.twin_back_note")}}, Asks: []look.Ask{look.Choose(look.Choice{Name: "back", Legend: t("sharing.twin_back_legend"),
		Options: []look.Option{{Value: "1", Label: t("sharing.twin_back_yes")}}})}}, nil
}

type paperBack struct {
	Back bool `form:"back"`
}

// enterBack takes it back at once.
func (r *Room) enterBack(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[paperBack](q)
	if err != nil {
		return "", err
	}
	if !f.Back {
		return "", fault.New(fault.Invalid, "sharing.twin_back_choose")
	}
	m, err := r.hers(q.Context(), q, consent.ID(thing))
	if err != nil {
		return "", err
	}
	return thing, r.gate.TakeBack(q.Context(), q.Viewer, consent.Part{Contribution: m.c.ID, Speaker: m.speaker.ID}, false)
}

// partOnPaper asks which of her paragraphs, by their number: her words are not printed, since paper lies
// about.
func (r *Room) partOnPaper(q *web.Request, thing string) (web.Asked, error) {
	m, err := r.hers(q.Context(), q, consent.ID(thing))
	if err != nil {
		return web.Asked{}, err
	}
	t := q.Words.T
	which := look.Choice{Name: "paragraph", Legend: t("sharing.twin_part_legend"), Multiple: true}
	for n := range m.own() {
		which.Options = append(which.Options, look.Option{Value: strconv.Itoa(n + 1), Label: t("sharing.twin_part_n", "n", n+1)})
	}
	return web.Asked{Notes: []look.Note{{Text: t("sharing.twin_part_note")}}, Asks: []look.Ask{look.Choose(which)}}, nil
}

type paperPart struct {
	Paragraphs []string `form:"paragraph"`
}

// enterPart takes back the paragraphs with those numbers. Those that are back already are passed over.
func (r *Room) enterPart(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[paperPart](q)
	if err != nil {
		return "", err
	}
	m, err := r.hers(q.Context(), q, consent.ID(thing))
	if err != nil {
		return "", err
	}
	part, left := consent.Part{Contribution: m.c.ID, Speaker: m.speaker.ID}, m.left()
	for n, turn := range m.own() {
		stays := slices.ContainsFunc(left, func(l consent.Turn) bool { return l.ID == turn.ID })
		if stays && slices.Contains(f.Paragraphs, strconv.Itoa(n+1)) {
			part.Turns = append(part.Turns, turn.ID)
		}
	}
	if len(part.Turns) == 0 { // no turns would mean all of it
		return "", fault.New(fault.Invalid, "sharing.twin_part_choose")
	}
	return thing, r.gate.TakeBack(q.Context(), q.Viewer, part, false)
}

// takenOnPaper lists what of hers is taken back and can be brought back, by its day alone.
func (r *Room) takenOnPaper(q *web.Request) ([]look.Option, error) {
	var list []look.Option
	err := r.db.Read(q.Context(), func(tx *store.Tx) error {
		own, err := r.gate.Mine(q.Context(), tx, q.Viewer)
		if err != nil {
			return err
		}
		for _, h := range own {
			taken, err := r.gate.Taken(q.Context(), tx, q.Partnership(), h.ID)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(taken, func(w consent.Withdrawal) bool { return w.EraseAt.After(q.Now()) }) {
				list = append(list, look.Option{Value: string(h.ID), Label: q.Words.T("sharing.kind_" + string(h.Kind)), Hint: q.Words.Date(h.Made)})
			}
		}
		return nil
	})
	return list, err
}

// returnOnPaper asks once; since it opens something again, it waits for the yes of whoever is beside her.
func (r *Room) returnOnPaper(q *web.Request, _ string) (web.Asked, error) {
	t := q.Words.T
	return web.Asked{Notes: []look.Note{{Text: t("sharing.twin_return_note")}}, Asks: []look.Ask{look.Choose(look.Choice{Name: "return", Legend: t("sharing.twin_return_legend"),
		Options: []look.Option{{Value: "1", Label: t("sharing.twin_return_yes")}}})}}, nil
}

type paperReturn struct {
	Return bool `form:"return"`
}

// enterReturn brings back what went last.
func (r *Room) enterReturn(q *web.Request, thing string) (string, error) {
	f, err := web.Parse[paperReturn](q)
	if err != nil {
		return "", err
	}
	if !f.Return {
		return "", fault.New(fault.Invalid, "sharing.twin_back_choose")
	}
	m, err := r.hers(q.Context(), q, consent.ID(thing))
	if err != nil {
		return "", err
	}
	return thing, r.gate.BringBack(q.Context(), q.Viewer, consent.Part{Contribution: m.c.ID, Speaker: m.speaker.ID})
}
